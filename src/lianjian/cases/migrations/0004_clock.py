"""Pauses, escalations and levels of cases; the moment at which each ended."""

import django.db.models.deletion
import django.db.models.expressions
import lianjian.foundation.keys
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity

# The owner is bound by row security too, and this fills the rows of every place.
ENDED = """
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
UPDATE cases_case SET ended_at = coalesce(closed_at, story_at)
WHERE state IN ('closed', 'withdrawn', 'declined', 'merged');
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_core"),
        ("directory", "0006_adjudicator"),
        ("events", "0004_fewer_indexes"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("rulebook", "0007_rules_of_escalation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("rule", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=6)),
                ("level", models.CharField(max_length=6)),
                ("mark", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("acted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("reason_code", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=300)),
                ("first", models.DateField(blank=True, null=True)),
                ("last", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_by_name", models.CharField(max_length=80)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "待审批"),
                            ("approved", "同意"),
                            ("refused", "不同意"),
                            ("lapsed", "已失效"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=80)),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("ended_early_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason_code__in",
                                ["material", "appraisal", "superior", "lawsuit", "weather", "season"],
                            )
                        ),
                        name="pause_reason_is_listed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "approved"), _negated=True),
                            models.Q(
                                ("first__isnull", False),
                                (
                                    "last__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("first"), "-", models.Value(1)
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="approved_pause_has_its_days",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="paused_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="profile",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="case",
            name="tier",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="case",
            name="tier_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="extension",
            name="unit",
            field=models.CharField(default="wd", max_length=2),
        ),
        migrations.RunSQL(ENDED, migrations.RunSQL.noop, elidable=True),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("tier_due_at__isnull", False)),
                fields=["jurisdiction", "tier_due_at"],
                name="case_by_tier_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state__in", ["closed", "withdrawn", "declined", "merged"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["closed", "withdrawn", "declined", "merged"]), _negated=True),
                        ("ended_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="case_ended_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="escalations", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["jurisdiction", "-id"], name="escalation_by_newest"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_escalation_key"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("case", "rule", "mark"), name="one_escalation_per_mark"
            ),
        ),
        migrations.AddIndex(
            model_name="pause",
            index=models.Index(fields=["case", "id"], name="pause_by_case"),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_pause_key"),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("case",), name="one_open_pause_per_case"
            ),
        ),
        RowSecurity("cases_escalation"),
        RowSecurity("cases_pause"),
    ]
