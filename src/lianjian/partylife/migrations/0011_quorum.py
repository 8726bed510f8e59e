"""Whether enough of those entitled were at a branch's meeting."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_temporary_formation"),
        ("events", "0012_sign_ups"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0010_pool_reviews"),
        ("rulebook", "0010_rules_in_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quorum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("eligible", models.PositiveIntegerField()),
                ("present", models.PositiveIntegerField()),
                ("typed", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("met", models.BooleanField()),
                ("counts", models.BooleanField()),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rulebook.evaluation",
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
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quorums",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议法定人数",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_quorum_key"),
                    models.UniqueConstraint(
                        fields=("meeting", "branch"), name="one_quorum_per_meeting_and_branch"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("eligible__gt", 0), ("present__lte", models.F("eligible"))),
                        name="quorum_of_those_entitled",
                    ),
                ],
            },
        ),
        RowSecurity("partylife_quorum"),
    ]
