"""All tables of this app as `0003_own_rows_only` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


_0002_context = import_module("lianjian.jurisdictions.migrations.0002_context")
_0003_own_rows_only = import_module("lianjian.jurisdictions.migrations.0003_own_rows_only")


class Migration(migrations.Migration):
    replaces = [
        ("jurisdictions", "0001_initial"),
        ("jurisdictions", "0002_context"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    initial = True

    dependencies = []

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Jurisdiction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                default=lianjian.foundation.keys.uuid7, editable=False, unique=True
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "省"),
                                    ("city", "市"),
                                    ("county", "县"),
                                    ("town", "乡镇"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "prefix",
                            models.CharField(
                                help_text="letters in front of record numbers, such as JB", max_length=8
                            ),
                        ),
                        ("area_code", models.CharField(blank=True, max_length=12)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("prefix",), name="one_jurisdiction_per_prefix"),
                            models.UniqueConstraint(
                                fields=("parent", "name"),
                                name="one_jurisdiction_per_name",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
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
                                fields=("jurisdiction", "kind", "year"), name="one_counter_per_kind_and_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Share",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("table", models.CharField(max_length=63)),
                        ("row_id", models.BigIntegerField()),
                        ("reason", models.CharField(max_length=200)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "grantee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
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
                        "indexes": [
                            models.Index(fields=["grantee", "table", "until"], name="share_by_grantee")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("jurisdiction", "table", "row_id", "grantee"),
                                name="one_open_share_per_row",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql=_0002_context.CONTEXT,
            reverse_sql=_0002_context.UNDO,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="jurisdictions_counter",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="jurisdictions_share",
            kind="owned",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql="CREATE POLICY borrowed ON jurisdictions_share FOR SELECT TO app USING (grantee_id = ANY ((SELECT sec.readable())::int[]))",
            reverse_sql="DROP POLICY borrowed ON jurisdictions_share",
        ),
        migrations.RunSQL(
            sql=_0003_own_rows_only.GUARD,
            reverse_sql=_0003_own_rows_only.UNDO,
        ),
    ]
