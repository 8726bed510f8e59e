"""All tables of this app as `0013_corrections_corrected` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import lianjian.directory.models.organizations
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


_0007_moves = import_module("lianjian.partylife.migrations.0007_moves")
_0012_practice_in_order = import_module("lianjian.partylife.migrations.0012_practice_in_order")


class Migration(migrations.Migration):
    replaces = [
        ("partylife", "0001_initial"),
        ("partylife", "0002_row_security"),
        ("partylife", "0003_life"),
        ("partylife", "0004_development"),
        ("partylife", "0005_members"),
        ("partylife", "0006_talent_leads"),
        ("partylife", "0007_moves"),
        ("partylife", "0008_bodies"),
        ("partylife", "0009_moves_kept"),
        ("partylife", "0010_pool_reviews"),
        ("partylife", "0011_quorum"),
        ("partylife", "0012_practice_in_order"),
        ("partylife", "0013_corrections_corrected"),
    ]

    initial = True

    dependencies = [
        ("directory", "0001_squashed_0011_volunteers"),
        ("events", "0001_squashed_0018_lists_before_teams"),
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
        ("rulebook", "0001_squashed_0012_rules_scope_and_instructors"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Applicant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("enterprise_text", models.CharField(blank=True, max_length=120)),
                        ("kind", models.CharField(blank=True, max_length=30)),
                        ("applied_on", models.DateField()),
                        ("activist_on", models.DateField(blank=True, null=True)),
                        ("probationary_on", models.DateField(blank=True, null=True)),
                        ("full_on", models.DateField(blank=True, null=True)),
                        ("stage", models.CharField(default="applicant", editable=False, max_length=12)),
                        ("contacts", models.CharField(blank=True, max_length=120)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_reason", models.CharField(blank=True, max_length=200)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applicants",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="directory.person",
                            ),
                        ),
                        (
                            "branch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        ("branch_text", models.CharField(blank=True, max_length=120)),
                        ("committee_text", models.CharField(blank=True, max_length=120)),
                        (
                            "continues",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="partylife.applicant",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, editable=False, null=True)),
                        ("ended_kind", models.CharField(blank=True, max_length=12)),
                        ("extension_months", models.PositiveSmallIntegerField(default=0)),
                        ("missing", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("next_from", models.DateField(blank=True, editable=False, null=True)),
                        ("next_step", models.PositiveSmallIntegerField(default=2, editable=False)),
                        ("paper_until", models.PositiveSmallIntegerField(default=0)),
                        ("target_on", models.DateField(blank=True, null=True)),
                        (
                            "transferred_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        ("waits_for", models.CharField(blank=True, editable=False, max_length=12)),
                    ],
                    options={
                        "verbose_name": "入党申请人",
                        "indexes": [
                            models.Index(
                                fields=["jurisdiction", "applied_on", "id"], name="applicant_by_day"
                            ),
                            models.Index(
                                fields=["jurisdiction", "activist_on"], name="applicant_by_activist_day"
                            ),
                            models.Index(
                                fields=["jurisdiction", "probationary_on"], name="applicant_by_member_day"
                            ),
                            models.Index(fields=["enterprise"], name="applicant_by_enterprise"),
                            models.Index(
                                fields=["jurisdiction", "waits_for", "due_on"], name="applicant_by_waiting"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_applicant_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("withdrawn_at__isnull", True)
                                ),
                                fields=("person",),
                                name="one_open_application_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("enterprise__isnull", False),
                                    models.Q(("enterprise_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="application_names_the_firm",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("activist_on__isnull", True),
                                        ("activist_on__gte", models.F("applied_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("target_on__isnull", True),
                                        models.Q(
                                            ("activist_on__isnull", False),
                                            ("target_on__gt", models.F("activist_on")),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("probationary_on__isnull", True),
                                        models.Q(
                                            ("activist_on__isnull", False),
                                            ("probationary_on__gt", models.F("activist_on")),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("full_on__isnull", True),
                                        models.Q(
                                            ("full_on__gt", models.F("probationary_on")),
                                            ("probationary_on__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="steps_follow_one_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("full_on__isnull", False), ("stage", "full")),
                                    models.Q(
                                        ("full_on__isnull", True),
                                        ("probationary_on__isnull", False),
                                        ("stage", "probationary"),
                                    ),
                                    models.Q(
                                        ("probationary_on__isnull", True),
                                        ("stage", "target"),
                                        ("target_on__isnull", False),
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FoundMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("enterprise_text", models.CharField(blank=True, max_length=120)),
                        ("home_branch_text", models.CharField(blank=True, max_length=120)),
                        ("joint_branch_text", models.CharField(blank=True, max_length=120)),
                        ("found_on", models.DateField()),
                        ("managed_on", models.DateField(blank=True, null=True)),
                        ("source", models.CharField(default="search", max_length=20)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found_members",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "home_branch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "joint_branch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="directory.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "找出的党员",
                        "indexes": [
                            models.Index(
                                fields=["jurisdiction", "found_on", "id"], name="found_member_by_day"
                            ),
                            models.Index(fields=["enterprise"], name="found_member_by_enterprise"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_foundmember_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("person",),
                                name="one_finding_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("managed_on__isnull", True),
                                    ("managed_on__gte", models.F("found_on")),
                                    _connector="OR",
                                ),
                                name="managed_after_found",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("enterprise__isnull", False),
                                    models.Q(("enterprise_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="finding_names_the_firm",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("setup", "组织设置"),
                                    ("life", "组织生活"),
                                    ("members", "党员教育管理"),
                                    ("place", "阵地建设"),
                                    ("papers", "制度台账"),
                                    ("role", "作用发挥"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("source", models.CharField(max_length=200)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
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
                        "verbose_name": "支部标准",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_standard_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "title", "valid_from"),
                                name="one_standard_per_title_and_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="standard_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandardCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("met", "达标"), ("open", "待整改"), ("na", "不适用")], max_length=8
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("mend_by", models.DateField(blank=True, null=True)),
                        ("checked_on", models.DateField()),
                        ("checked_by_name", models.CharField(max_length=80)),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standard_checks",
                                to="directory.organization",
                            ),
                        ),
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
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="partylife.standard",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "支部标准化检查",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_standardcheck_key"
                            ),
                            models.UniqueConstraint(
                                fields=("branch", "standard", "year"),
                                name="one_check_per_branch_standard_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verdict", "open"), _negated=True),
                                    models.Q(
                                        models.Q(("words", ""), _negated=True), ("mend_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="open_standard_says_what_by_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=80)),
                        (
                            "audiences",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), default=list, size=None
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField(default=1)),
                        ("month", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("hours", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                        ("document", models.CharField(blank=True, max_length=120)),
                        ("dropped_reason", models.CharField(blank=True, max_length=200)),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="training_lines",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年度培训计划",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_trainingline_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dropped_reason", "")),
                                fields=("organization", "year", "title"),
                                name="one_training_line_per_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("times__gte", 1)), name="training_is_held_at_least_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("month__isnull", True), ("month__range", (1, 12)), _connector="OR"
                                ),
                                name="training_month_of_the_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appraisal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("held_on", models.DateField()),
                        ("members", models.PositiveSmallIntegerField()),
                        ("excellent", models.PositiveSmallIntegerField(default=0)),
                        ("qualified", models.PositiveSmallIntegerField(default=0)),
                        ("basic", models.PositiveSmallIntegerField(default=0)),
                        ("unqualified", models.PositiveSmallIntegerField(default=0)),
                        ("exempt", models.PositiveSmallIntegerField(default=0)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appraisals",
                                to="directory.organization",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.meeting",
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="rulebook.evaluation",
                            ),
                        ),
                        ("mutual_on", models.DateField(blank=True, null=True)),
                        ("order_reason", models.CharField(blank=True, max_length=200)),
                        ("rating_on", models.DateField(blank=True, null=True)),
                        ("self_on", models.DateField(blank=True, null=True)),
                        (
                            "verdict_by",
                            models.CharField(
                                blank=True,
                                choices=[("committee", "支部委员会"), ("meeting", "支部党员大会")],
                                max_length=9,
                            ),
                        ),
                        ("verdict_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "民主评议党员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_appraisal_key"
                            ),
                            models.UniqueConstraint(
                                fields=("branch", "year"), name="one_appraisal_per_branch_and_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "members",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("excellent"), "+", models.F("qualified")
                                                    ),
                                                    "+",
                                                    models.F("basic"),
                                                ),
                                                "+",
                                                models.F("unqualified"),
                                            ),
                                            "+",
                                            models.F("exempt"),
                                        ),
                                    )
                                ),
                                name="appraisal_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guidance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("guide_name", models.CharField(max_length=80)),
                        (
                            "quality",
                            models.CharField(
                                choices=[("good", "程序规范"), ("fair", "基本规范"), ("mend", "需要改进")],
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("mend_by", models.DateField(blank=True, null=True)),
                        ("mended_on", models.DateField(blank=True, null=True)),
                        ("mended_words", models.CharField(blank=True, max_length=300)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidance",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "guide",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guidance",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组织生活指导记录",
                        "indexes": [models.Index(fields=["branch", "id"], name="guidance_by_branch")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_guidance_key"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "branch", "guide_name"), name="one_remark_per_guide"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quality", "mend"), _negated=True),
                                    models.Q(
                                        models.Q(("words", ""), _negated=True), ("mend_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="guidance_says_what_by_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mended_on__isnull", True),
                                    models.Q(("mended_words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="mended_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pledge",
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
                                choices=[
                                    ("post", "先锋岗"),
                                    ("pledge", "公开承诺"),
                                    ("leader", "致富带头人"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("post", models.CharField(max_length=60)),
                        ("promise", models.CharField(max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("result", models.CharField(blank=True, max_length=300)),
                        ("result_on", models.DateField(blank=True, null=True)),
                        ("consented", models.BooleanField(default=False)),
                        ("ended_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pledges",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "先锋岗和承诺",
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-since", "id"], name="pledge_by_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_pledge_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("branch", "person", "post"),
                                name="one_pledge_per_person_and_post",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="pledge_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", ""), ("result_on__isnull", True)),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True), ("result_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="pledge_result_has_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shortfall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("rule_code", models.CharField(db_collation="C", max_length=60)),
                        ("period_from", models.DateField()),
                        ("period_to", models.DateField()),
                        ("required", models.PositiveSmallIntegerField()),
                        ("held", models.PositiveSmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("due", "本期未开展"),
                                    ("late", "上期未开展"),
                                    ("met", "已补齐"),
                                    ("excused", "已说明"),
                                    ("off", "不再适用"),
                                ],
                                default="due",
                                max_length=9,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shortfalls",
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
                    ],
                    options={
                        "verbose_name": "组织生活未按期开展",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["due", "late"])),
                                fields=["jurisdiction", "period_to", "id"],
                                name="shortfall_open_by_period",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_shortfall_key"
                            ),
                            models.UniqueConstraint(
                                fields=("branch", "rule_code", "period_from"),
                                name="one_shortfall_per_branch_rule_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period_to__gte", models.F("period_from"))),
                                name="shortfall_period_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("held__lt", models.F("required")),
                                        ("settled_at__isnull", True),
                                        ("state__in", ["due", "late"]),
                                    ),
                                    models.Q(
                                        ("held__gte", models.F("required")),
                                        ("settled_at__isnull", False),
                                        ("state", "met"),
                                    ),
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        ("state__in", ["excused", "off"]),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="shortfall_settled_one_way",
                            ),
                        ],
                    },
                ),
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
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
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
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="partylife.applicant",
                            ),
                        ),
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
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="partylife.developmentstep",
                            ),
                        ),
                        (
                            "evaluations",
                            models.ManyToManyField(
                                related_name="+", through="partylife.StepGround", to="rulebook.evaluation"
                            ),
                        ),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_developmentstep_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("standing", True), models.Q(("number__in", [6, 21]), _negated=True)
                                ),
                                fields=("applicant", "number"),
                                name="one_standing_step_of_a_number",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["applicant", "number", "done_on"], name="step_by_applicant")
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
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guides",
                                to="partylife.developmentstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培养联系人或介绍人",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_guide_key"
                            ),
                            models.UniqueConstraint(fields=("step", "name"), name="guide_named_once"),
                        ],
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
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="partylife.applicant",
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
                        "verbose_name": "推优记录",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_recommendation_key"
                            ),
                            models.UniqueConstraint(
                                fields=("applicant", "kind", "by_text", "recommended_on"),
                                name="recommended_once_a_day",
                            ),
                        ],
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
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grounds",
                                to="partylife.developmentstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发展步骤的依据",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_stepground_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartyMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("joined_on", models.DateField()),
                        ("full_on", models.DateField(blank=True, null=True)),
                        ("occupation", models.CharField(blank=True, max_length=40)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="party_records",
                                to="directory.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党员",
                        "indexes": [
                            models.Index(fields=["jurisdiction", "joined_on"], name="member_by_joined")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_partymember_key"
                            ),
                            models.UniqueConstraint(fields=("person",), name="one_record_per_member"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("full_on__isnull", True),
                                    ("full_on__gt", models.F("joined_on")),
                                    _connector="OR",
                                ),
                                name="full_after_joined",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberExemption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "effect",
                            models.CharField(
                                choices=[("attendance", "不作出勤硬性要求"), ("vote", "不计入应到会人数")],
                                max_length=10,
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("consent", models.CharField(blank=True, max_length=60)),
                        ("adopted_on", models.DateField(blank=True, null=True)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exemptions",
                                to="partylife.partymember",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_memberexemption_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="exemption_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("effect", "attendance")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="one_exemption_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("effect", "vote")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="one_exclusion_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effect", "attendance"),
                                    models.Q(
                                        models.Q(("consent", ""), _negated=True),
                                        ("adopted_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="exclusion_needs_consent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BranchMembership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "role",
                            models.CharField(
                                choices=[("home", "组织关系在本支部"), ("host", "双联共管")], max_length=4
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("ended_kind", models.CharField(blank=True, max_length=12)),
                        ("ended_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "branch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="party_members",
                                to="directory.organization",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="branches",
                                to="partylife.partymember",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_members",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["branch", "role", "since"], name="branch_membership_by_branch"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_branchmembership_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="branch_membership_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("role", "home")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="one_home_branch_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("branch_id"),
                                            models.F("branch_id"),
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
                                name="once_in_a_branch_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_reason", ""), ("until__isnull", True)),
                                    models.Q(
                                        ("until__isnull", False),
                                        models.Q(("ended_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="branch_membership_ends_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalentLead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=30)),
                        ("noticed_on", models.DateField()),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("visit", "走访中了解"),
                                    ("firm", "企业推荐"),
                                    ("branch", "党支部推荐"),
                                    ("self", "本人表达意愿"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("next_step", models.CharField(blank=True, max_length=120)),
                        ("next_by", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "联系中"),
                                    ("applied", "已递交申请"),
                                    ("ended", "不再联系"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_reason", models.CharField(blank=True, max_length=120)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "applicant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leads",
                                to="partylife.applicant",
                            ),
                        ),
                        (
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="talent_leads",
                                to="directory.organization",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "人才线索",
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-noticed_on", "id"], name="lead_by_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_talentlead_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("person",),
                                name="one_open_lead_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("noticed_on")),
                                    _connector="OR",
                                ),
                                name="lead_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("applicant__isnull", True),
                                        ("ended_on__isnull", True),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("applicant__isnull", False),
                                        ("ended_on__isnull", False),
                                        ("state", "applied"),
                                    ),
                                    models.Q(
                                        ("applicant__isnull", True),
                                        ("ended_on__isnull", False),
                                        ("state", "ended"),
                                        models.Q(("ended_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="lead_state_says_how_it_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("branch_text", models.CharField(blank=True, max_length=120)),
                        ("to_text", models.CharField(blank=True, max_length=120)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("work", "工作单位变动"),
                                    ("home", "经常居住地变动"),
                                    ("away", "外出六个月以上且地点较固定"),
                                    ("study", "升学或毕业"),
                                    ("retired", "离退休"),
                                    ("branch", "支部设置调整"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("letter_number", models.CharField(blank=True, max_length=60)),
                        ("opened_on", models.DateField()),
                        ("valid_until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待接收"),
                                    ("accepted", "已接收"),
                                    ("refused", "未接收"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("closed_reason", models.CharField(blank=True, max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "branch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers_out",
                                to="directory.organization",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="partylife.partymember",
                            ),
                        ),
                        (
                            "to_branch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers_in",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组织关系转接",
                        "indexes": [
                            models.Index(fields=["to_branch", "state"], name="transfer_by_receiver"),
                            models.Index(fields=["branch", "state"], name="transfer_by_sender"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_transfer_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("member",),
                                name="one_open_transfer_per_member",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("branch__isnull", False),
                                        models.Q(("branch_text", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("to_branch__isnull", False),
                                        models.Q(("to_text", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("branch__isnull", False),
                                        ("to_branch__isnull", False),
                                        _connector="OR",
                                    ),
                                ),
                                name="transfer_names_both_sides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="transfer_closes_on_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "accepted"]),
                                    models.Q(("closed_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="transfer_ends_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gte", models.F("opened_on"))),
                                name="transfer_valid_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferAnswer",
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
                                choices=[("accepted", "已接收"), ("refused", "未接收")], max_length=8
                            ),
                        ),
                        ("day", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
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
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="partylife.transfer",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_transferanswer_key"
                            ),
                            models.UniqueConstraint(fields=("transfer",), name="one_answer_per_transfer"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "accepted"),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="transfer_refused_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
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
                                choices=[
                                    ("mobile", "流动在外"),
                                    ("study", "出国(境)学习"),
                                    ("abroad", "出国(境),不是学习"),
                                    ("lost", "失去联系"),
                                    ("life", "不参加组织生活"),
                                    ("work", "不做党所分配的工作"),
                                    ("graduate", "毕业生组织关系保留在学校"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("place", models.CharField(blank=True, max_length=80)),
                        ("contact_name", models.CharField(blank=True, max_length=40)),
                        ("registered_out_on", models.DateField(blank=True, null=True)),
                        ("registered_in_on", models.DateField(blank=True, null=True)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to="partylife.partymember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "流动和失联",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_absence_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="absence_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind__in", ("mobile", "study", "abroad"))),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="one_spell_away_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("mobile", "study", "abroad")), _negated=True),
                                    models.Q(("place", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="away_somewhere",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind__in", ("lost", "life", "work"))),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="one_loss_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind", "graduate")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="kept_at_one_school_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("day", models.DateField()),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "电话"),
                                    ("message", "微信、短信"),
                                    ("visit", "上门走访"),
                                    ("letter", "信函"),
                                    ("kin", "通过家属、同事"),
                                    ("host", "通过流入地党组织"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reached", models.BooleanField(default=True)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="partylife.partymember",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["member", "day"], name="member_contact_by_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_membercontact_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingDecision",
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
                                choices=[
                                    ("correct", "限期改正"),
                                    ("mended", "限期改正已改正"),
                                    ("suspend", "停止党籍"),
                                    ("remove", "除名"),
                                    ("restore", "恢复党籍"),
                                    ("keep", "不作处理,继续联系"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("ground", models.CharField(blank=True, max_length=8)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("body", models.CharField(blank=True, max_length=120)),
                        ("paper", models.CharField(blank=True, max_length=60)),
                        ("reason", models.CharField(max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="partylife.partymember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党籍决定",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_standingdecision_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="decision_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind", "suspend")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
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
                                name="one_suspension_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="decision_with_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "keep"),
                                    models.Q(
                                        models.Q(("body", ""), _negated=True),
                                        models.Q(("paper", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_with_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ("suspend", "correct")),
                                    ("until__isnull", True),
                                    _connector="OR",
                                ),
                                name="decision_of_one_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "correct"), _negated=True),
                                    ("until__isnull", False),
                                    _connector="OR",
                                ),
                                name="correction_ends_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Election",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("held_on", models.DateField()),
                        (
                            "leadership",
                            models.CharField(
                                choices=[("committee", "委员会"), ("secretary", "只设书记(必要时设副书记)")],
                                max_length=9,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[("members", "党员大会选举"), ("delegates", "党员代表大会选举")],
                                max_length=9,
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField()),
                        ("candidates", models.PositiveSmallIntegerField()),
                        ("eligible", models.PositiveIntegerField()),
                        ("present", models.PositiveIntegerField()),
                        ("ballots_out", models.PositiveIntegerField()),
                        ("ballots_in", models.PositiveIntegerField()),
                        ("best_other", models.PositiveIntegerField(default=0)),
                        ("left_open", models.BooleanField(default=False)),
                        ("request_paper", models.CharField(max_length=60)),
                        ("report_paper", models.CharField(blank=True, max_length=60)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("recorded", "待上级批复"),
                                    ("approved", "已批复"),
                                    ("returned", "已退回"),
                                ],
                                default="recorded",
                                max_length=8,
                            ),
                        ),
                        ("settled_on", models.DateField(blank=True, null=True)),
                        ("settled_paper", models.CharField(blank=True, max_length=60)),
                        ("settled_reason", models.CharField(blank=True, max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elections",
                                to="directory.organization",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.meeting",
                            ),
                        ),
                        (
                            "evaluations",
                            models.ManyToManyField(
                                related_name="+", through="partylife.ElectionGround", to="rulebook.evaluation"
                            ),
                        ),
                        (
                            "term",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="election",
                                to="partylife.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "换届选举",
                        "indexes": [models.Index(fields=["branch", "held_on"], name="election_by_branch")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_election_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "returned"), _negated=True),
                                fields=("branch", "meeting"),
                                name="one_election_at_a_meeting",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "recorded")),
                                fields=("branch",),
                                name="one_election_waits_for_approval",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("present__lte", models.F("eligible")),
                                    ("ballots_out__lte", models.F("present")),
                                    ("ballots_in__lte", models.F("ballots_out")),
                                ),
                                name="election_counts_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_on__isnull", True),
                                        ("state", "recorded"),
                                        ("term__isnull", True),
                                    ),
                                    models.Q(
                                        ("settled_on__isnull", False),
                                        ("state", "approved"),
                                        ("term__isnull", False),
                                        models.Q(("settled_paper", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("settled_on__isnull", False),
                                        ("state", "returned"),
                                        ("term__isnull", True),
                                        models.Q(("settled_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="election_settled_one_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ElectionGround",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grounds",
                                to="partylife.election",
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
                    ],
                    options={
                        "verbose_name": "选举的依据",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_electionground_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "leadership",
                            models.CharField(
                                choices=[("committee", "委员会"), ("secretary", "只设书记(必要时设副书记)")],
                                max_length=9,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[("elected", "选举产生"), ("appointed", "上级指定")], max_length=9
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField()),
                        ("since", models.DateField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("extended_to", models.DateField(blank=True, null=True)),
                        ("remind_on", models.DateField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("paper", models.CharField(blank=True, max_length=60)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                    ],
                    options={
                        "verbose_name": "班子任期",
                        "indexes": [
                            models.Index(fields=["branch", "since"], name="term_by_branch"),
                            models.Index(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=["jurisdiction", "remind_on"],
                                name="term_by_reminder",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_term_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("ended_on__gt", models.F("since")),
                                    _connector="OR",
                                ),
                                name="term_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True),
                                    ("due_on__gt", models.F("since")),
                                    _connector="OR",
                                ),
                                name="term_due_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("extended_to__isnull", True),
                                    ("extended_to__gt", models.F("due_on")),
                                    _connector="OR",
                                ),
                                name="term_extended_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("branch_id"),
                                            models.F("branch_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        lianjian.directory.models.organizations.DateRange(
                                            models.F("since"), models.F("ended_on")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_term_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "matter",
                            models.CharField(
                                choices=[
                                    ("few", "正式党员不足规定人数,经批准设立"),
                                    ("many", "党支部人数超过一般规模,经批准"),
                                    ("level", "党总支、党委的人数不在规定范围,经批准"),
                                    ("joint", "联合党支部覆盖单位超过一般数量,经批准"),
                                    ("postpone", "延期换届"),
                                    ("early", "提前换届"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("paper", models.CharField(max_length=60)),
                        ("approved_on", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "branch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "evaluation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="partylife.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上级批复",
                        "indexes": [
                            models.Index(
                                fields=["branch", "matter", "approved_on"], name="approval_by_branch"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_approval_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gt", models.F("approved_on")),
                                    ("matter", "postpone"),
                                    _connector="OR",
                                ),
                                name="approval_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paper", ""), _negated=True),
                                name="approval_names_its_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("matter__in", ["postpone", "early"]), ("term__isnull", False)),
                                    models.Q(
                                        models.Q(("matter__in", ["postpone", "early"]), _negated=True),
                                        ("term__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_of_a_term_names_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodyForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("committee", "党委"),
                                    ("work_committee", "党工委"),
                                    ("chain_committee", "产业链(行业)党委"),
                                    ("joint", "联合党组织"),
                                    ("general_branch", "党总支"),
                                    ("branch", "党支部"),
                                    ("chain_branch", "产业链党支部"),
                                    ("group", "党小组"),
                                    ("home", "党员中心户"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "formation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "单独建"),
                                    ("joint", "联合建"),
                                    ("attached", "挂靠建"),
                                    ("temporary", "临时设立"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "seat",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("park", "园区服务中心"),
                                    ("chamber", "商会(行业协会)"),
                                    ("firm", "企业"),
                                    ("village", "村(社区)"),
                                    ("organ", "机关事业单位"),
                                    ("social", "社会组织"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("paper", models.CharField(blank=True, max_length=60)),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forms",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "党组织形式",
                        "indexes": [
                            models.Index(fields=["organization", "since"], name="form_by_organization")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_bodyform_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="form_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
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
                                name="one_form_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Elected",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "offices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12), size=None
                            ),
                        ),
                        ("votes", models.PositiveIntegerField()),
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partylife.partymember",
                            ),
                        ),
                        (
                            "election",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="elected",
                                to="partylife.election",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "当选人",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_elected_key"
                            ),
                            models.UniqueConstraint(fields=("election", "member"), name="elected_once"),
                            models.CheckConstraint(
                                condition=models.Q(("offices__len__gte", 1)), name="elected_to_an_office"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("reviewed_on", models.DateField()),
                        ("problems", models.CharField(max_length=500)),
                        ("measures", models.CharField(max_length=500)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        ("struck_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pool_reviews",
                                to="directory.organization",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "入党积极分子队伍分析",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_poolreview_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("struck_at__isnull", True)),
                                fields=("body", "reviewed_on"),
                                name="one_pool_review_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("struck_at__isnull", True),
                                    models.Q(("struck_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="struck_review_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("words", models.CharField(max_length=200)),
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partylife.applicant",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="partylife.poolreview",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_poolnote_key"
                            ),
                            models.UniqueConstraint(
                                fields=("review", "applicant"), name="one_pool_note_per_applicant"
                            ),
                        ],
                    },
                ),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="partylife_quorum_key"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "branch"), name="one_quorum_per_meeting_and_branch"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("eligible__gt", 0), ("present__lte", models.F("eligible"))
                                ),
                                name="quorum_of_those_entitled",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_foundmember",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_applicant",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_shortfall",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_appraisal",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_standard",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_standardcheck",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_guidance",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_pledge",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_trainingline",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_developmentstep",
            kind="owned",
            shared=False,
            open_to="EXISTS (SELECT 1 FROM partylife_applicant a WHERE a.id = applicant_id)",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_recommendation",
            kind="owned",
            shared=False,
            open_to="EXISTS (SELECT 1 FROM partylife_applicant a WHERE a.id = applicant_id)",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_guide",
            kind="owned",
            shared=False,
            open_to="EXISTS (SELECT 1 FROM partylife_developmentstep s WHERE s.id = step_id)",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_stepground",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_partymember",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_branchmembership",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_memberexemption",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_talentlead",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_transfer",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_transferanswer",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_absence",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_membercontact",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_standingdecision",
            kind="owned",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0007_moves.MOVES,
            reverse_sql=_0007_moves.BACK,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_bodyform",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_approval",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_term",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_election",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_electionground",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_elected",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_poolreview",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_poolnote",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="partylife_quorum",
            kind="owned",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0012_practice_in_order.MOVES,
            reverse_sql="",
        ),
    ]
