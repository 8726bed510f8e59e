"""All tables of this app as `0003_office_templates` left them, for a new house. Written by `lianjian.config.squash`."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("insight", "0001_initial"),
        ("insight", "0002_row_security"),
        ("insight", "0003_office_templates"),
    ]

    initial = True

    dependencies = [
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="FrozenFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("code", models.CharField(max_length=60)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("organization_key", models.UUIDField()),
                        ("start", models.DateField()),
                        ("end", models.DateField()),
                        ("value", models.DecimalField(decimal_places=2, max_digits=18)),
                        ("base", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        (
                            "row_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None
                            ),
                        ),
                        (
                            "base_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("frozen_at", models.DateTimeField()),
                        ("frozen_by", models.CharField(max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "restates",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="restated_by",
                                to="insight.frozenfigure",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["jurisdiction", "code", "start", "end"], name="frozen_by_figure"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="insight_frozenfigure_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("restates__isnull", True)),
                                fields=("jurisdiction", "code", "organization_key", "start", "end"),
                                name="one_first_freeze_of_a_figure",
                            ),
                            models.UniqueConstraint(fields=("restates",), name="one_restatement_of_a_freeze"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("made_by", models.CharField(max_length=40)),
                        ("changed_at", models.DateTimeField()),
                        ("retired_on", models.DateField(blank=True, null=True)),
                        (
                            "bundle",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.bundle",
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
                                fields=("key", "jurisdiction"), name="insight_officetemplate_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("jurisdiction", "name"),
                                name="one_template_in_use_per_name",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="insight_frozenfigure",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="insight_officetemplate",
            kind="owned",
            shared=False,
            open_to="",
        ),
    ]
