"""Forms of party organizations, approvals, terms and elections, behind their wall; members sit in groups."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_temporary_formation"),
        ("events", "0009_activities"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0007_moves"),
        ("rulebook", "0010_rules_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="branchmembership",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="group_members",
                to="directory.organization",
            ),
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
                        choices=[("members", "党员大会选举"), ("delegates", "党员代表大会选举")], max_length=9
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
                        choices=[("recorded", "待上级批复"), ("approved", "已批复"), ("returned", "已退回")],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "换届选举",
                "indexes": [models.Index(fields=["branch", "held_on"], name="election_by_branch")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_election_key"),
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
        migrations.AddField(
            model_name="election",
            name="evaluations",
            field=models.ManyToManyField(
                related_name="+", through="partylife.ElectionGround", to="rulebook.evaluation"
            ),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_term_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gt", models.F("since")), _connector="OR"
                        ),
                        name="term_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gt", models.F("since")), _connector="OR"
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
        migrations.AddField(
            model_name="election",
            name="term",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="election",
                to="partylife.term",
            ),
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
                    models.Index(fields=["branch", "matter", "approved_on"], name="approval_by_branch")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_approval_key"),
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
                        condition=models.Q(("paper", ""), _negated=True), name="approval_names_its_paper"
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
                "indexes": [models.Index(fields=["organization", "since"], name="form_by_organization")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_bodyform_key"),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_elected_key"),
                    models.UniqueConstraint(fields=("election", "member"), name="elected_once"),
                    models.CheckConstraint(
                        condition=models.Q(("offices__len__gte", 1)), name="elected_to_an_office"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_on__isnull", True), ("state", "recorded"), ("term__isnull", True)),
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
        ),
        RowSecurity("partylife_bodyform", kind="register"),
        RowSecurity("partylife_approval"),
        RowSecurity("partylife_term"),
        RowSecurity("partylife_election"),
        RowSecurity("partylife_electionground"),
        RowSecurity("partylife_elected"),
    ]
