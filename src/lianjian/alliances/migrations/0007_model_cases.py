"""Model cases that others can learn from."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0006_goals_of_other_apps"),
        ("directory", "0010_tags_and_moves"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("named_by", models.CharField(max_length=80)),
                ("document", models.CharField(max_length=120)),
                ("story", models.TextField(blank=True)),
                ("lessons", models.TextField()),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="model_cases",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization"], name="model_case_by_organization")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_modelcase_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("jurisdiction", "title", "year"),
                        name="one_model_case_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", False), ("place", "")),
                            models.Q(("organization__isnull", True), models.Q(("place", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="model_case_has_one_place",
                    ),
                ],
            },
        ),
        RowSecurity("alliances_modelcase", kind="register"),
    ]
