"""Campaigns with sub-actions, bodies that take part, items to be put right; honours; shared benefits."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0003_pairing_kept"),
        ("directory", "0008_reviewer_role"),
        ("events", "0007_meetings"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="BenefitAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("title", models.CharField(max_length=80)),
                ("document", models.CharField(max_length=120)),
                ("signed_on", models.DateField()),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200)),
                (
                    "first",
                    models.ForeignKey(
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
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_benefitagreement_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="benefit_joins_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="benefit_ends_later",
                    ),
                    models.UniqueConstraint(fields=("jurisdiction", "title"), name="one_agreement_per_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitItem",
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
                            ("tax", "税收留成"),
                            ("output", "产值"),
                            ("invest", "固定资产投资"),
                            ("jobs", "新增就业"),
                            ("land", "供地面积"),
                        ],
                        max_length=10,
                    ),
                ),
                ("first_share", models.PositiveSmallIntegerField()),
                ("second_share", models.PositiveSmallIntegerField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="alliances.benefitagreement",
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_benefititem_key"),
                    models.UniqueConstraint(fields=("agreement", "kind"), name="one_share_of_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "first_share",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(10000), "-", models.F("second_share")
                                ),
                            )
                        ),
                        name="shares_make_the_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=16)),
                ("source", models.CharField(max_length=120)),
                ("stated_by", models.CharField(max_length=80)),
                ("stated_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="alliances.benefititem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_benefitfigure_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("item", "year"),
                        name="one_benefit_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="benefit_is_not_below_0"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=30)),
                ("document", models.CharField(blank=True, max_length=120)),
                ("about", models.TextField(blank=True)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_campaign_key"),
                    models.UniqueConstraint(fields=("jurisdiction", "name"), name="one_campaign_per_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="campaign_ends_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                (
                    "counts",
                    models.CharField(
                        choices=[
                            ("joined", "参加的单位"),
                            ("done", "完成的单位"),
                            ("bodies", "有工作记录的单位"),
                            ("records", "工作记录"),
                            ("results", "有办理结果的问题"),
                            ("accepted", "核查销号的整改事项"),
                            ("stated", "不计数,以文件认定"),
                        ],
                        max_length=10,
                    ),
                ),
                ("target", models.PositiveIntegerField(blank=True, null=True)),
                ("criterion", models.CharField(blank=True, max_length=200)),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("reached_by", models.CharField(blank=True, max_length=120)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="alliances.campaign",
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
                        fields=("key", "jurisdiction"), name="alliances_campaignaction_key"
                    ),
                    models.UniqueConstraint(fields=("campaign", "name"), name="one_campaign_action_per_name"),
                    models.UniqueConstraint(
                        fields=("campaign", "number"), name="one_campaign_action_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counts", "stated"), ("target__isnull", True)),
                            models.Q(
                                models.Q(("counts", "stated"), _negated=True),
                                ("reached_on__isnull", True),
                                ("target__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="counted_or_stated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="alliances.campaign",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_campaignmeeting_key"
                    ),
                    models.UniqueConstraint(fields=("campaign", "meeting"), name="one_tag_of_a_meeting"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Honour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("title", models.CharField(max_length=80)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "国家级"),
                            ("province", "省级"),
                            ("city", "市级"),
                            ("county", "县级"),
                            ("town", "乡镇级"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("awarded_by", models.CharField(max_length=80)),
                ("awarded_on", models.DateField()),
                ("document", models.CharField(max_length=120)),
                ("person_name", models.CharField(blank=True, max_length=40)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization"], name="honour_by_organization")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_honour_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("organization", "title", "awarded_on", "person_name"),
                        name="one_honour_of_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "已邀请"),
                            ("pilot", "先行试点"),
                            ("joined", "已参加"),
                            ("going", "推进中"),
                            ("done", "已完成"),
                            ("left", "已退出"),
                        ],
                        max_length=8,
                    ),
                ),
                ("status_on", models.DateField()),
                ("pilot", models.BooleanField(default=False)),
                ("joined_on", models.DateField(blank=True, null=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="alliances.campaign",
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_parts",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization"], name="campaign_part_by_body")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_participant_key"),
                    models.UniqueConstraint(fields=("campaign", "organization"), name="once_in_a_campaign"),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("campaign", "number"),
                        name="one_place_in_the_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_on__isnull", True), ("number__isnull", True)),
                            models.Q(("joined_on__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_joined_has_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("on", models.DateField()),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("done", models.CharField(blank=True, max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("result_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_reason", models.CharField(blank=True, max_length=200)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="alliances.campaignaction",
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
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_records",
                        to="events.visit",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="alliances.participant",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["participant", "on"], name="campaign_record_by_part")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_campaignrecord_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("result_on__isnull", True)),
                            models.Q(models.Q(("result", ""), _negated=True), ("result_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="result_has_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("struck_at__isnull", True), ("visit__isnull", False)),
                        fields=("participant", "action", "visit"),
                        name="one_record_of_a_visit",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipantStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "已邀请"),
                            ("pilot", "先行试点"),
                            ("joined", "已参加"),
                            ("going", "推进中"),
                            ("done", "已完成"),
                            ("left", "已退出"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="alliances.participant",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["participant", "id"], name="step_by_participant")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_participantstep_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("issue", models.CharField(max_length=300)),
                ("measure", models.CharField(max_length=300)),
                ("found_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待整改"),
                            ("submitted", "待核查"),
                            ("returned", "退回整改"),
                            ("accepted", "已销号"),
                            ("dropped", "不再整改"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("submitted_by", models.BigIntegerField(blank=True, null=True)),
                ("checked_by", models.BigIntegerField(blank=True, null=True)),
                ("settled_on", models.DateField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="alliances.campaignaction",
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
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="alliances.participant",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["participant", "state"], name="rectification_by_part"),
                    models.Index(fields=["jurisdiction", "state", "due_on"], name="rectification_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_rectification_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("checked_by__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("checked_by", models.F("submitted_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("found_on"))),
                        name="rectified_after_found",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RectificationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待整改"),
                            ("submitted", "待核查"),
                            ("returned", "退回整改"),
                            ("accepted", "已销号"),
                            ("dropped", "不再整改"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "rectification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="alliances.rectification",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["rectification", "id"], name="step_by_rectification")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="alliances_rectificationstep_key"
                    )
                ],
            },
        ),
        RowSecurity("alliances_campaign", kind="register"),
        RowSecurity("alliances_campaignaction", kind="register"),
        RowSecurity("alliances_campaignmeeting", kind="register"),
        RowSecurity("alliances_participant", kind="register"),
        RowSecurity("alliances_honour", kind="register"),
        RowSecurity("alliances_participantstep"),
        RowSecurity("alliances_campaignrecord"),
        RowSecurity("alliances_rectification"),
        RowSecurity("alliances_rectificationstep"),
        RowSecurity("alliances_benefitagreement"),
        RowSecurity("alliances_benefititem"),
        RowSecurity("alliances_benefitfigure"),
    ]
