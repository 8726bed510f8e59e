"""People noticed in firms, and members who lead a project of prosperity."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0005_members"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pledge",
            name="kind",
            field=models.CharField(
                choices=[("post", "先锋岗"), ("pledge", "公开承诺"), ("leader", "致富带头人")], max_length=8
            ),
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
                        choices=[("open", "联系中"), ("applied", "已递交申请"), ("ended", "不再联系")],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "人才线索",
                "indexes": [models.Index(fields=["jurisdiction", "-noticed_on", "id"], name="lead_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_talentlead_key"),
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
                                ("applicant__isnull", True), ("ended_on__isnull", True), ("state", "open")
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
        RowSecurity("partylife_talentlead"),
    ]
