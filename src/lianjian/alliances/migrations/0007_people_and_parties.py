"""People in alliances."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0006_goals_of_other_apps"),
        ("directory", "0009_temporary_formation"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("role", models.CharField(max_length=30)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("ground", models.CharField(blank=True, max_length=200)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
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
                    "on_behalf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alliance_seats",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "since"], name="seat_by_person"),
                    models.Index(fields=["alliance", "role"], name="person_seat_by_alliance"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_personseat_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="person_seat_ends_later",
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
                                    models.F("person_id"),
                                    models.F("person_id"),
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
                        name="one_role_of_a_person_at_a_time",
                    ),
                ],
            },
        ),
        # What was written as the source so far says how it is known: a bank slip, a list. It is kept as that.
        migrations.RenameField("contribution", "source", "note"),
        migrations.AddField("contribution", "source", models.CharField(blank=True, default="", max_length=30)),
        RowSecurity("alliances_personseat"),
    ]
