"""Volunteer teams: what a team is for, bodies in it, and nobody twice in a team at a time."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0010_tags_and_moves"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        # Who left a team on the day before it was founded was never in it.
        migrations.RunSQL(
            "UPDATE directory_teammember SET until = since WHERE until < since", migrations.RunSQL.noop, elidable=True
        ),
        migrations.CreateModel(
            name="TeamUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="teammember",
            name="one_seat_in_a_team",
        ),
        migrations.AddField(
            model_name="team",
            name="purpose",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="team",
            name="kind",
            field=models.CharField(
                choices=[("help", "帮办团"), ("task", "专班"), ("volunteer", "志愿服务队")],
                default="help",
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("team_id"), models.F("team_id"), models.Value("[]"), function="int8range"
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
                    (
                        lianjian.directory.models.organizations.DateRange(
                            models.F("since"), models.F("until")
                        ),
                        "&&",
                    ),
                ],
                name="one_seat_in_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="team_seat_ends_later",
            ),
        ),
        migrations.AddField(
            model_name="teamunit",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="teamunit",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organization"
            ),
        ),
        migrations.AddField(
            model_name="teamunit",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="units",
                to="directory.team",
            ),
        ),
        migrations.AddIndex(
            model_name="teamunit",
            index=models.Index(fields=["team", "since"], name="team_unit_by_team"),
        ),
        migrations.AddConstraint(
            model_name="teamunit",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="directory_teamunit_key"),
        ),
        migrations.AddConstraint(
            model_name="teamunit",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("team_id"), models.F("team_id"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("organization_id"),
                            models.F("organization_id"),
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
                name="one_unit_in_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="team_unit_ends_later",
            ),
        ),
        RowSecurity("directory_teamunit"),
    ]
