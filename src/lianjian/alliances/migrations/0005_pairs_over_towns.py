"""What sides in other places report; what hangs on a pair can be lent to the places of its sides."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


OWN = "jurisdiction_id = ANY ((SELECT sec.readable())::int[])"


def _lent(name: str) -> migrations.RunSQL:
    """Rows that a share lends are read too, as `RowSecurity(shared=True)` would have written it."""
    table = f"alliances_{name}"
    change = f"ALTER POLICY read ON {table} USING"
    return migrations.RunSQL(
        f"{change} ({OWN} OR id = ANY ((SELECT sec.shared('{table}'))::bigint[]))", f"{change} ({OWN})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0004_campaigns"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="PairReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("reported_by", models.CharField(max_length=80)),
                ("reported_at", models.DateTimeField()),
                (
                    "bundle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairreport_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="pairrecord",
            name="report",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record",
                to="alliances.pairreport",
            ),
        ),
        migrations.CreateModel(
            name="PairTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "side",
                    models.CharField(choices=[("giver", "结对方"), ("receiver", "帮扶对象")], max_length=8),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="alliances.pairaction",
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairtask_key"),
                    models.UniqueConstraint(
                        fields=("jurisdiction", "action", "side"), name="one_task_of_a_side"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="pairreport",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="alliances.pairtask"
            ),
        ),
        migrations.AddIndex(
            model_name="pairreport",
            index=models.Index(fields=["task"], name="report_by_task"),
        ),
        RowSecurity("alliances_pairtask", shared=True),
        RowSecurity("alliances_pairreport", shared=True),
        *(_lent(table) for table in ("pairaction", "pairrecord", "contribution", "pairmeasure")),
    ]
