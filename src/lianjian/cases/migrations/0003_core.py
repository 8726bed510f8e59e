"""Kinds, places, second refusals, other units, merging and splitting."""

import django.db.models.deletion
import lianjian.foundation.keys
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_row_security"),
        ("directory", "0006_adjudicator"),
        ("events", "0004_fewer_indexes"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("rulebook", "0003_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("co", "协办"), ("refer", "委托办理"), ("transfer", "移交")], max_length=10
                    ),
                ),
                ("offered_by_name", models.CharField(max_length=80)),
                ("offered_at", models.DateTimeField()),
                ("ground", models.CharField(max_length=300)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "待接受"),
                            ("accepted", "已接受"),
                            ("refused", "未接受"),
                            ("done", "已反馈"),
                            ("revoked", "已撤销"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("replied_by_name", models.CharField(blank=True, max_length=80)),
                ("reply", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "协办转办",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reply", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refused_offer_says_why",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_lies_in_one_hand",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_in_work_has_a_handler",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_by_due",
        ),
        migrations.AddField(
            model_name="case",
            name="address",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="case",
            name="lent_to",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="reopened",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="case",
            name="ruled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="village",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "registered",
                            "dispatched",
                            "signed",
                            "handling",
                            "vetting",
                            "answered",
                            "disputed",
                            "returned",
                            "objected",
                            "parked",
                        ],
                    )
                ),
                fields=["jurisdiction", "due_at"],
                name="case_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="case_by_winner",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("part_of__isnull", False)), fields=["part_of"], name="case_by_whole"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "registered",
                            "dispatched",
                            "signed",
                            "handling",
                            "vetting",
                            "answered",
                            "disputed",
                            "returned",
                            "objected",
                            "parked",
                            "closed",
                            "withdrawn",
                            "declined",
                            "merged",
                        ],
                    )
                ),
                name="case_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hand", "desk"), ("state", "registered")),
                    models.Q(("hand", "desk"), ("state", "returned")),
                    models.Q(("hand", "desk"), ("state", "parked")),
                    models.Q(("hand", "desk"), ("state", "vetting")),
                    models.Q(("hand", "judge"), ("state", "objected")),
                    models.Q(("hand", "unit"), ("state", "dispatched")),
                    models.Q(("hand", "unit"), ("state", "signed")),
                    models.Q(("hand", "unit"), ("state", "handling")),
                    models.Q(("hand", "unit"), ("state", "disputed")),
                    models.Q(("hand", "asker"), ("state", "answered")),
                    models.Q(("hand", ""), ("state", "closed")),
                    models.Q(("hand", ""), ("state", "withdrawn")),
                    models.Q(("hand", ""), ("state", "declined")),
                    models.Q(("hand", ""), ("state", "merged")),
                    _connector="OR",
                ),
                name="case_lies_in_one_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            ["dispatched", "signed", "vetting", "answered", "disputed", "objected"],
                        ),
                        _negated=True,
                    ),
                    ("handler__isnull", False),
                    _connector="OR",
                ),
                name="case_in_work_has_a_handler",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="case_merged_into_another",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="offered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_handover_key"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("offered", "accepted"))),
                fields=("case", "organization"),
                name="one_live_offer_per_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("offered", "accepted")), models.Q(("kind", "co"), _negated=True)
                ),
                fields=("case", "kind"),
                name="one_live_loan_or_transfer",
            ),
        ),
        RowSecurity("cases_handover"),
    ]
