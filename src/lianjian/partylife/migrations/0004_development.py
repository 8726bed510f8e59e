"""The way into the party in 25 steps; what earlier records knew of it is on paper up to its last day."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.foundation.keys
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


OF_HIS = "EXISTS (SELECT 1 FROM partylife_applicant a WHERE a.id = applicant_id)"
OF_STEP = "EXISTS (SELECT 1 FROM partylife_developmentstep s WHERE s.id = step_id)"
ON_PAPER = """
UPDATE partylife_applicant SET
    paper_until = CASE stage WHEN 'full' THEN 24 WHEN 'probationary' THEN 17 WHEN 'activist' THEN 3 ELSE 1 END,
    next_step = CASE stage WHEN 'full' THEN 25 WHEN 'probationary' THEN 18 WHEN 'activist' THEN 4 ELSE 2 END,
    next_from = COALESCE(full_on, probationary_on, activist_on, applied_on),
    waits_for = CASE WHEN ended_on IS NOT NULL OR withdrawn_at IS NOT NULL THEN ''
        WHEN stage = 'probationary' THEN 'department' WHEN stage = 'applicant' THEN 'branch' ELSE 'committee' END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0003_life"),
        ("rulebook", "0009_rules_of_parties"),
    ]

    operations = [
        migrations.CreateModel(
            name="DevelopmentStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("done_on", models.DateField()),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("choice", models.CharField(blank=True, max_length=20)),
                (
                    "observed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("by_whom", models.CharField(blank=True, max_length=120)),
                ("body_kind", models.CharField(blank=True, max_length=20)),
                ("form_number", models.CharField(blank=True, max_length=40)),
                ("of_age", models.BooleanField(default=False)),
                ("eligible", models.PositiveIntegerField(blank=True, null=True)),
                ("present", models.PositiveIntegerField(blank=True, null=True)),
                ("yes", models.PositiveIntegerField(blank=True, null=True)),
                ("no", models.PositiveIntegerField(default=0)),
                ("abstain", models.PositiveIntegerField(default=0)),
                ("written", models.PositiveIntegerField(default=0)),
                ("written_yes", models.PositiveIntegerField(default=0)),
                ("training_days", models.PositiveSmallIntegerField(default=0)),
                ("training_hours", models.PositiveSmallIntegerField(default=0)),
                ("extend_months", models.PositiveSmallIntegerField(default=0)),
                ("leaves_on", models.DateField(blank=True, null=True)),
                ("notice_from", models.DateField(blank=True, null=True)),
                ("mobile", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("override", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("filed", models.BooleanField(default=False)),
                ("standing", models.BooleanField(default=True)),
                ("undone", models.CharField(blank=True, max_length=12)),
                ("undone_reason", models.CharField(blank=True, max_length=200)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "发展党员步骤",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 25))), name="step_is_one_of_25"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("eligible__isnull", True),
                            ("present__lte", models.F("eligible")),
                            _connector="OR",
                        ),
                        name="step_present_are_eligible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", True), ("undone", "")),
                            models.Q(("standing", False), models.Q(("undone", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="undone_step_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=40)),
                ("status", models.CharField(max_length=20)),
            ],
            options={
                "verbose_name": "培养联系人或介绍人",
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("kind", models.CharField(max_length=12)),
                ("by_text", models.CharField(max_length=120)),
                ("recommended_on", models.DateField()),
                ("opinion", models.CharField(blank=True, max_length=300)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "推优记录",
            },
        ),
        migrations.CreateModel(
            name="StepGround",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
            ],
            options={
                "verbose_name": "发展步骤的依据",
            },
        ),
        migrations.RemoveConstraint(
            model_name="applicant",
            name="steps_follow_one_another",
        ),
        migrations.RemoveConstraint(
            model_name="applicant",
            name="stage_follows_from_days",
        ),
        migrations.AddField(
            model_name="applicant",
            name="branch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="applicant",
            name="branch_text",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="applicant",
            name="committee_text",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="applicant",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="partylife.applicant",
            ),
        ),
        migrations.AddField(
            model_name="applicant",
            name="due_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="applicant",
            name="ended_kind",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="applicant",
            name="extension_months",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="applicant",
            name="missing",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="applicant",
            name="next_from",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="applicant",
            name="next_step",
            field=models.PositiveSmallIntegerField(default=2, editable=False),
        ),
        migrations.AddField(
            model_name="applicant",
            name="paper_until",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="applicant",
            name="target_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="applicant",
            name="transferred_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="applicant",
            name="waits_for",
            field=models.CharField(blank=True, editable=False, max_length=12),
        ),
        migrations.AddIndex(
            model_name="applicant",
            index=models.Index(fields=["jurisdiction", "waits_for", "due_on"], name="applicant_by_waiting"),
        ),
        migrations.AddConstraint(
            model_name="applicant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("activist_on__isnull", True),
                        ("activist_on__gte", models.F("applied_on")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("target_on__isnull", True),
                        models.Q(("activist_on__isnull", False), ("target_on__gt", models.F("activist_on"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("probationary_on__isnull", True),
                        models.Q(
                            ("activist_on__isnull", False), ("probationary_on__gt", models.F("activist_on"))
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("full_on__isnull", True),
                        models.Q(
                            ("full_on__gt", models.F("probationary_on")), ("probationary_on__isnull", False)
                        ),
                        _connector="OR",
                    ),
                ),
                name="steps_follow_one_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("full_on__isnull", False), ("stage", "full")),
                    models.Q(
                        ("full_on__isnull", True),
                        ("probationary_on__isnull", False),
                        ("stage", "probationary"),
                    ),
                    models.Q(
                        ("probationary_on__isnull", True), ("stage", "target"), ("target_on__isnull", False)
                    ),
                    models.Q(
                        ("activist_on__isnull", False),
                        ("probationary_on__isnull", True),
                        ("stage", "activist"),
                        ("target_on__isnull", True),
                    ),
                    models.Q(("activist_on__isnull", True), ("stage", "applicant")),
                    _connector="OR",
                ),
                name="stage_follows_from_days",
            ),
        ),
        migrations.AddField(
            model_name="developmentstep",
            name="applicant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="partylife.applicant"
            ),
        ),
        migrations.AddField(
            model_name="developmentstep",
            name="bundle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="files.bundle",
            ),
        ),
        migrations.AddField(
            model_name="developmentstep",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="developmentstep",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="partylife.developmentstep",
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.person",
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="guides",
                to="partylife.developmentstep",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="applicant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="recommendations",
                to="partylife.applicant",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="stepground",
            name="evaluation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rulebook.evaluation"
            ),
        ),
        migrations.AddField(
            model_name="stepground",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="stepground",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="grounds",
                to="partylife.developmentstep",
            ),
        ),
        migrations.AddField(
            model_name="developmentstep",
            name="evaluations",
            field=models.ManyToManyField(
                related_name="+", through="partylife.StepGround", to="rulebook.evaluation"
            ),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_guide_key"),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.UniqueConstraint(fields=("step", "name"), name="guide_named_once"),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="partylife_recommendation_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(
                fields=("applicant", "kind", "by_text", "recommended_on"), name="recommended_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepground",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="partylife_stepground_key"
            ),
        ),
        migrations.AddIndex(
            model_name="developmentstep",
            index=models.Index(fields=["applicant", "number", "done_on"], name="step_by_applicant"),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="partylife_developmentstep_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("standing", True), models.Q(("number__in", [6, 21]), _negated=True)),
                fields=("applicant", "number"),
                name="one_standing_step_of_a_number",
            ),
        ),
        RowSecurity("partylife_developmentstep", open_to=OF_HIS),
        RowSecurity("partylife_recommendation", open_to=OF_HIS),
        RowSecurity("partylife_guide", open_to=OF_STEP),
        RowSecurity("partylife_stepground"),
        migrations.RunSQL(ON_PAPER, migrations.RunSQL.noop, elidable=True),
    ]
