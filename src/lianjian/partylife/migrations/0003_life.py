"""Cadences that branches missed, standards, guidance, pledges, appraisals, plans of training."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
        ("events", "0008_attendance"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0002_row_security"),
        ("rulebook", "0009_rules_of_parties"),
    ]

    operations = [
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_standard_key"),
                    models.UniqueConstraint(
                        fields=("jurisdiction", "title", "valid_from"), name="one_standard_per_title_and_day"
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
                        fields=("branch", "standard", "year"), name="one_check_per_branch_standard_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "open"), _negated=True),
                            models.Q(models.Q(("words", ""), _negated=True), ("mend_by__isnull", False)),
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
            ],
            options={
                "verbose_name": "民主评议党员",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_appraisal_key"),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_guidance_key"),
                    models.UniqueConstraint(
                        fields=("meeting", "branch", "guide_name"), name="one_remark_per_guide"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quality", "mend"), _negated=True),
                            models.Q(models.Q(("words", ""), _negated=True), ("mend_by__isnull", False)),
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
                    models.CharField(choices=[("post", "先锋岗"), ("pledge", "公开承诺")], max_length=8),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "先锋岗和承诺",
                "indexes": [models.Index(fields=["jurisdiction", "-since", "id"], name="pledge_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_pledge_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("branch", "person", "post"),
                        name="one_pledge_per_person_and_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="pledge_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("result_on__isnull", True)),
                            models.Q(models.Q(("result", ""), _negated=True), ("result_on__isnull", False)),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_shortfall_key"),
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
        RowSecurity("partylife_shortfall"),
        RowSecurity("partylife_appraisal"),
        RowSecurity("partylife_standard", kind="register"),
        RowSecurity("partylife_standardcheck"),
        RowSecurity("partylife_guidance"),
        RowSecurity("partylife_pledge"),
        RowSecurity("partylife_trainingline"),
    ]
