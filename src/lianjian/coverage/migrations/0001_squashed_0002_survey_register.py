"""All tables of this app as `0002_survey_register` left them, for a new house. Written by `lianjian.config.squash`."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.directory.models.organizations
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("coverage", "0001_initial"), ("coverage", "0002_survey_register")]

    initial = True

    dependencies = [
        ("directory", "0001_squashed_0011_volunteers"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Cap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("most", models.PositiveSmallIntegerField()),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                            "station",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="coverage_cap_key"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("person__isnull", True), ("station__isnull", False)),
                                    models.Q(("person__isnull", False), ("station__isnull", True)),
                                    _connector="OR",
                                ),
                                name="cap_is_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("most__range", (1, 500))), name="cap_is_a_number_of_firms"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="cap_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("station__isnull", False)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("station_id"),
                                            models.F("station_id"),
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
                                name="one_cap_of_a_station",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("person__isnull", False)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
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
                                name="one_cap_of_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CapPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "cap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="coverage.cap",
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="coverage_capplace_key"
                            ),
                            models.UniqueConstraint(
                                fields=("cap", "organization"), name="one_place_of_a_cap"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FirmTier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "tier",
                            models.CharField(
                                choices=[("A", "A 类(重点)"), ("B", "B 类(一般)"), ("C", "C 类(其他)")],
                                max_length=1,
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="coverage_firmtier_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="tier_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="tier_ends_later",
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
                                name="one_tier_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Goal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("target", models.CharField(max_length=6)),
                        ("due_on", models.DateField()),
                        ("step", models.CharField(max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("set_by", models.CharField(max_length=80)),
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="coverage_goal_key"),
                            models.CheckConstraint(
                                condition=models.Q(("target__in", ["none", "member", "joint", "own"])),
                                name="goal_is_a_stage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="goal_ends_later",
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
                                name="one_goal_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "tier",
                            models.CharField(
                                choices=[("A", "A 类(重点)"), ("B", "B 类(一般)"), ("C", "C 类(其他)")],
                                max_length=1,
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField()),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                                fields=("key", "jurisdiction"), name="coverage_interval_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__range", (1, 366))), name="interval_is_some_days"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="interval_ends_later",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("jurisdiction", "tier"),
                                name="one_interval_of_a_tier",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Leave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="coverage_leave_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="leave_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
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
                                name="one_leave_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
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
                                choices=[("station", "指导站"), ("instructor", "指导员(红管家)")],
                                max_length=10,
                            ),
                        ),
                        ("scope", models.CharField(max_length=10)),
                        ("since", models.DateField()),
                        ("state", models.CharField(default="open", max_length=10)),
                        ("shortages", models.JSONField(default=list)),
                        ("proposed_at", models.DateTimeField()),
                        ("proposed_by", models.CharField(max_length=80)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=80)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "leave",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="coverage.leave",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["jurisdiction", "-id"], name="proposal_by_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="coverage_proposal_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "confirmed", "withdrawn"])),
                                name="proposal_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_is_decided_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposedCover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("way", models.CharField(max_length=6)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("distance", models.PositiveIntegerField(blank=True, null=True)),
                        ("load", models.PositiveSmallIntegerField(default=0)),
                        ("most", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("decision", models.CharField(default="open", max_length=8)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "enterprise",
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
                            "person_before",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="coverage.proposal",
                            ),
                        ),
                        (
                            "station",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "station_before",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="coverage_proposedcover_key"
                            ),
                            models.UniqueConstraint(
                                fields=("proposal", "enterprise"), name="one_line_for_a_firm"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("station__isnull", True), ("person__isnull", True), _connector="OR"
                                ),
                                name="proposed_cover_is_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["kept", "new", "moved", "room", "none"])),
                                name="way_of_cover_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["open", "accepted", "refused", "lapsed"])
                                ),
                                name="decision_on_cover_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="refused_cover_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "accepted"), _negated=True),
                                    ("station__isnull", False),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="accepted_cover_names_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("firms", models.CharField(max_length=10)),
                        (
                            "facts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        ("opens_on", models.DateField()),
                        ("closes_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
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
                                fields=("key", "jurisdiction"), name="coverage_survey_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                                name="survey_closes_later",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=("jurisdiction", "name"),
                                name="one_survey_of_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyFirm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("asked_on", models.DateField()),
                        ("facts", models.JSONField(default=dict)),
                        ("answered_on", models.DateField(blank=True, null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=80)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("taken_on", models.DateField(blank=True, null=True)),
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="coverage.survey",
                            ),
                        ),
                        ("register_had", models.JSONField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="coverage_surveyfirm_key"
                            ),
                            models.UniqueConstraint(
                                fields=("survey", "organization"), name="one_answer_for_a_firm"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on__isnull", True), ("answered_on__isnull", False), _connector="OR"
                                ),
                                name="done_is_answered",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_cap",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_capplace",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_leave",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_proposal",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_proposedcover",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_interval",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_firmtier",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_goal",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_survey",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="coverage_surveyfirm",
            kind="owned",
            shared=False,
            open_to="",
        ),
    ]
