"""Alliances, seats from day to day, terms, brands, demonstration projects."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


# Which organization a record was before a moment: it follows the merges that had happened by then and stand today.
BODY = """
CREATE FUNCTION alliance_body(entered bigint, before timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
  WITH RECURSIVE line(id, step) AS (
    SELECT entered, 0
    UNION ALL
    SELECT m.winner_id, line.step + 1 FROM line JOIN directory_merge m
        ON m.loser_id = line.id AND m.undone_at IS NULL AND m.at < before
     WHERE line.step < 100
  ) SELECT id FROM line ORDER BY step DESC LIMIT 1
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0007_teams"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alliance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "form",
                    models.CharField(
                        choices=[("formal", "联建党组织"), ("functional", "功能型联盟")], max_length=10
                    ),
                ),
                ("mode", models.CharField(max_length=30)),
                ("basis", models.CharField(blank=True, max_length=30)),
                ("chain", models.CharField(blank=True, max_length=30)),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("charter", models.TextField(blank=True)),
                ("document", models.CharField(blank=True, max_length=80)),
                ("founded_on", models.DateField()),
                ("term_until", models.DateField(blank=True, null=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alliance",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["jurisdiction", "mode"], name="alliance_by_mode")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_alliance_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="AllianceMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("entered_as", models.BigIntegerField(editable=False)),
                ("role", models.CharField(max_length=30)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("ground", models.CharField(blank=True, max_length=200)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alliance_seats",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "since"], name="seat_by_organization"),
                    models.Index(fields=["alliance", "since"], name="seat_by_alliance"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_alliancemember_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="alliance_member_leaves_later",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("alliance_id"),
                                    models.F("alliance_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("entered_as"),
                                    models.F("entered_as"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("role"), function="link_kind_range"), "&&"),
                            (
                                lianjian.directory.models.organizations.DateRange(
                                    models.F("since"), models.F("until")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_seat_in_a_role_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "牵头单位")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("alliance_id"),
                                    models.F("alliance_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                lianjian.directory.models.organizations.DateRange(
                                    models.F("since"), models.F("until")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_chair_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brands",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_brand_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organization",),
                        name="one_brand_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demonstration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("named_on", models.DateField()),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demonstrations",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_demonstration_key"
                    ),
                    models.UniqueConstraint(
                        fields=("jurisdiction", "year", "title"), name="one_demonstration_per_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("list", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=30)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_term_key"),
                    models.UniqueConstraint(
                        fields=("jurisdiction", "list", "name"), name="one_term_per_name"
                    ),
                ],
            },
        ),
        RowSecurity("alliances_term", kind="register"),
        RowSecurity("alliances_alliance", kind="register"),
        RowSecurity("alliances_alliancemember", kind="register"),
        RowSecurity("alliances_brand", kind="register"),
        RowSecurity("alliances_demonstration", kind="register"),
        migrations.RunSQL(BODY, "DROP FUNCTION alliance_body(bigint, timestamptz)"),
    ]
