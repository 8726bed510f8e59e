"""Members, the branch of each, and exemptions, behind their wall; members and seats may be lent to a host."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0004_development"),
        ("rulebook", "0009_rules_of_parties"),
    ]

    operations = [
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
                "indexes": [models.Index(fields=["jurisdiction", "joined_on"], name="member_by_joined")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_partymember_key"),
                    models.UniqueConstraint(fields=("person",), name="one_record_per_member"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("full_on__isnull", True), ("full_on__gt", models.F("joined_on")), _connector="OR"
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
                            models.Q(models.Q(("consent", ""), _negated=True), ("adopted_on__isnull", False)),
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["branch", "role", "since"], name="branch_membership_by_branch")
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
                            models.Q(("until__isnull", False), models.Q(("ended_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="branch_membership_ends_with_reason",
                    ),
                ],
            },
        ),
        RowSecurity("partylife_partymember", shared=True),
        RowSecurity("partylife_branchmembership", shared=True),
        RowSecurity("partylife_memberexemption"),
    ]
