"""All tables of this app as `0018_lists_before_teams` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.conf import settings
from django.db import migrations, models


_0014_venue_bookings = import_module("lianjian.events.migrations.0014_venue_bookings")
_0016_counted_bookings_stay = import_module("lianjian.events.migrations.0016_counted_bookings_stay")
_0018_lists_before_teams = import_module("lianjian.events.migrations.0018_lists_before_teams")


class Migration(migrations.Migration):
    replaces = [
        ("events", "0001_initial"),
        ("events", "0002_row_security"),
        ("events", "0003_purpose_retired_on"),
        ("events", "0004_fewer_indexes"),
        ("events", "0005_registered_visitors"),
        ("events", "0006_search_list"),
        ("events", "0007_meetings"),
        ("events", "0008_attendance"),
        ("events", "0009_activities"),
        ("events", "0010_standing_topics"),
        ("events", "0011_codes_at_the_door"),
        ("events", "0012_sign_ups"),
        ("events", "0013_votes"),
        ("events", "0014_venue_bookings"),
        ("events", "0015_serving_teams"),
        ("events", "0016_counted_bookings_stay"),
        ("events", "0017_servingteam_kind"),
        ("events", "0018_lists_before_teams"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0001_squashed_0011_volunteers"),
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
        ("rulebook", "0001_squashed_0012_rules_scope_and_instructors"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("organization_text", models.CharField(blank=True, max_length=120)),
                        ("visited_on", models.DateField()),
                        ("purpose", models.CharField(max_length=30)),
                        ("visitors", models.TextField()),
                        ("received_by", models.CharField(blank=True, max_length=60)),
                        ("content", models.TextField(blank=True)),
                        ("heard", models.TextField(blank=True)),
                        ("needs_found", models.PositiveSmallIntegerField(default=0)),
                        ("remark", models.CharField(blank=True, max_length=300)),
                        ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                        ("line_key", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
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
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "走访",
                        "indexes": [
                            models.Index(fields=["jurisdiction", "visited_on", "id"], name="visit_by_day"),
                            models.Index(fields=["organization", "visited_on"], name="visit_by_organization"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=True,
                                fields=["search"],
                                gin_pending_list_limit=16384,
                                name="visit_search",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_visit_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("line_key", ""), _negated=True),
                                fields=("jurisdiction", "line_key"),
                                name="one_visit_per_ledger_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organization__isnull", False),
                                    models.Q(("organization_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="visit_names_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="events.visit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person"], name="visit_person_by_person")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_visitperson_key"
                            ),
                            models.UniqueConstraint(
                                fields=("visit", "person"), name="one_visitor_per_person"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Purpose",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=30)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        ("retired_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_purpose_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"), name="one_purpose_per_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        ("due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "落实中"),
                                    ("done", "已落实"),
                                    ("dropped", "不再办理"),
                                    ("lost", "表决未通过"),
                                ],
                                default="open",
                                max_length=7,
                            ),
                        ),
                        ("settled_on", models.DateField(blank=True, null=True)),
                        ("words", models.CharField(blank=True, max_length=500)),
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
                                related_name="decisions",
                                to="events.meeting",
                            ),
                        ),
                        ("abstain", models.PositiveIntegerField(blank=True, null=True)),
                        ("eligible", models.PositiveIntegerField(blank=True, null=True)),
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
                        ("no", models.PositiveIntegerField(blank=True, null=True)),
                        ("present", models.PositiveIntegerField(blank=True, null=True)),
                        ("yes", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["jurisdiction", "due_on"],
                                name="decision_open_by_due",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_decision_key"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "number"), name="one_decision_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("eligible__isnull", True),
                                        ("evaluation__isnull", True),
                                        ("present__isnull", True),
                                        ("yes__isnull", True),
                                    ),
                                    models.Q(
                                        (
                                            "present__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("yes"), "+", models.F("no")
                                                ),
                                                "+",
                                                models.F("abstain"),
                                            ),
                                        ),
                                        ("present__lte", models.F("eligible")),
                                    ),
                                    _connector="OR",
                                ),
                                name="votes_within_those_present",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_on__isnull", True), ("state", "open")),
                                    models.Q(
                                        ("settled_on__isnull", False),
                                        ("state", "lost"),
                                        ("yes__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["open", "lost"]), _negated=True),
                                        ("settled_on__isnull", False),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_settled_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Charge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
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
                            "decision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="charges",
                                to="events.decision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_charge_key"),
                            models.UniqueConstraint(
                                fields=("decision", "organization"), name="one_charge_per_body"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("member", "参会"),
                                    ("host", "主办或接待"),
                                    ("guest", "来访单位"),
                                    ("department", "受邀部门"),
                                ],
                                default="member",
                                max_length=10,
                            ),
                        ),
                        ("invited_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attendance",
                            models.CharField(
                                blank=True,
                                choices=[("attended", "到会"), ("excused", "请假"), ("absent", "缺席")],
                                max_length=8,
                            ),
                        ),
                        ("people", models.PositiveSmallIntegerField(default=0)),
                        ("words", models.CharField(blank=True, max_length=100)),
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
                                related_name="invitations",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_invitation_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("attendance", "attended"), ("people__gt", 0)),
                                    models.Q(
                                        models.Q(("attendance", "attended"), _negated=True), ("people", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="who_attended_sent_people",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("meeting", "organization"),
                                name="one_invitation_per_body",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "coming",
                            models.CharField(
                                blank=True,
                                choices=[("yes", "参加"), ("no", "不能参加"), ("maybe", "待定")],
                                max_length=5,
                            ),
                        ),
                        ("people", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by_name", models.CharField(blank=True, max_length=80)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="events.invitation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_answer_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("series_day", models.DateField(blank=True, editable=False, null=True)),
                        ("kind", models.CharField(max_length=30)),
                        ("title", models.CharField(max_length=80)),
                        (
                            "topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("agenda", models.TextField(blank=True)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("place", models.CharField(blank=True, max_length=120)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    (
                                        "open",
                                        "各地可查(时间、地点、议题和参加单位;纪要和决定只有参加单位能看)",
                                    ),
                                    ("invited", "只有召集方和参加单位能看"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("answer_by", models.DateField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "待召开"), ("held", "已召开"), ("cancelled", "已取消")],
                                default="planned",
                                max_length=9,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("moved_at", models.DateTimeField(blank=True, null=True)),
                        ("changed_at", models.DateTimeField()),
                        ("sequence", models.PositiveSmallIntegerField(default=0)),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                        ),
                        (
                            "convener",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
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
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="events.series",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="events.venue",
                            ),
                        ),
                        ("hours", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                        ("served", models.PositiveIntegerField(blank=True, null=True)),
                        ("served_times", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "parts_held",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("door_opened_at", models.DateTimeField(blank=True, null=True)),
                        ("seats", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("sign_up_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "service_hours",
                            models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["starts_at", "id"], name="meeting_by_start"),
                            models.Index(fields=["jurisdiction", "starts_at"], name="meeting_by_place"),
                            models.Index(fields=["convener", "starts_at"], name="meeting_by_convener"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="meeting_search"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_meeting_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="meeting_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "planned"), ("settled_at__isnull", True)),
                                    models.Q(("state", "held"), ("settled_at__isnull", False)),
                                    models.Q(
                                        ("state", "cancelled"),
                                        ("settled_at__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_settled_with_reason",
                            ),
                            models.UniqueConstraint(
                                fields=("series", "series_day"), name="one_meeting_per_series_and_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("venue__isnull", False),
                                    models.Q(("place", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_has_a_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("served__isnull", True),
                                    ("served_times__isnull", True),
                                    ("served_times__gte", models.F("served")),
                                    _connector="OR",
                                ),
                                name="meeting_served_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parts_held__len__lte", models.F("parts__len"))),
                                name="held_parts_are_parts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seats__isnull", True), ("seats__gte", 1), _connector="OR"
                                ),
                                name="meeting_has_a_seat",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("text", models.TextField(blank=True)),
                        ("corrected_at", models.DateTimeField(blank=True, null=True)),
                        ("corrected_reason", models.CharField(blank=True, max_length=200)),
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
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_minutes_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("title", models.CharField(max_length=80)),
                        ("rhythm", models.CharField(max_length=12)),
                        ("rule", models.CharField(max_length=120)),
                        ("first_on", models.DateField()),
                        ("last_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "convener",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_series_key"),
                            models.CheckConstraint(
                                condition=models.Q(("last_on__gte", models.F("first_on"))),
                                name="series_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("text", models.CharField(blank=True, max_length=500)),
                        ("reported_at", models.DateTimeField(blank=True, null=True)),
                        ("reported_by_name", models.CharField(blank=True, max_length=80)),
                        (
                            "charge",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="task",
                                to="events.charge",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_task_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Venue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("address", models.CharField(blank=True, max_length=120)),
                        ("area_m2", models.PositiveIntegerField(blank=True, null=True)),
                        ("service_m2", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "functions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "facilities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("seats", models.PositiveIntegerField(blank=True, null=True)),
                        ("opening", models.CharField(blank=True, max_length=200)),
                        ("double_reason", models.CharField(blank=True, max_length=200)),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
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
                                related_name="venues",
                                to="directory.organization",
                            ),
                        ),
                        ("several", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["jurisdiction", "id"], name="venue_by_place")],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_venue_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=("organization", "name"),
                                name="one_open_venue_per_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("service_m2__isnull", True),
                                    models.Q(
                                        ("area_m2__isnull", False), ("service_m2__lte", models.F("area_m2"))
                                    ),
                                    _connector="OR",
                                ),
                                name="venue_serves_on_its_area",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="venue_closes_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VenueUser",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
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
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="users",
                                to="events.venue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_venueuser_key"
                            ),
                            models.UniqueConstraint(
                                fields=("venue", "organization"), name="one_use_per_venue_and_body"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Word",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("list", models.CharField(max_length=10)),
                        ("name", models.CharField(max_length=30)),
                        ("retired_on", models.DateField(blank=True, null=True)),
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_word_key"),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "list", "name"), name="one_event_word_per_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                                    ("present", "到会"),
                                    ("leave", "请假"),
                                    ("absent", "缺席"),
                                    ("exempt", "免予参加"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("work", "公务或生产"),
                                    ("away", "外出"),
                                    ("study", "学习培训"),
                                    ("private", "个人事由"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("recorded_by_name", models.CharField(max_length=80)),
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
                                related_name="attendance",
                                to="events.meeting",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="directory.person",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.team",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "leave"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "leave"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="leave_has_a_reason",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_attendance_key"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "person"), name="one_attendance_per_person"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("team__isnull", True), ("state", "present"), _connector="OR"
                                ),
                                name="who_serves_is_present",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Audience",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=30)),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="audiences",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_audience_key"
                            ),
                            models.UniqueConstraint(fields=("meeting", "name"), name="one_audience_per_name"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Display",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=30)),
                        ("title", models.CharField(max_length=60)),
                        ("text", models.CharField(blank=True, max_length=500)),
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
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="displays",
                                to="events.venue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="display_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_display_key"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                default=lianjian.foundation.keys.uuid7, editable=False, unique=True
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "organization"),
                                name="one_feed_per_user_and_body",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("caption", models.CharField(max_length=100)),
                        ("credit", models.CharField(max_length=40)),
                        ("consent", models.BooleanField(default=False)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_photo_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("asked_by", models.CharField(blank=True, max_length=80)),
                        ("text", models.CharField(max_length=500)),
                        ("answer", models.CharField(blank=True, max_length=2000)),
                        ("answered_by", models.CharField(blank=True, max_length=80)),
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
                                related_name="questions",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_question_key"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "number"), name="one_question_per_number"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Template",
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
                        (
                            "parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), size=None
                            ),
                        ),
                        ("agenda", models.TextField(blank=True)),
                        (
                            "rhythm",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("weekly", "每周一次"),
                                    ("fortnightly", "每两周一次"),
                                    ("monthly", "每月一次"),
                                    ("quarterly", "每季度一次"),
                                    ("halfyearly", "每半年一次"),
                                    ("yearly", "每年一次"),
                                    ("nines", "逢九(公历9日、19日、29日)"),
                                    ("lunar_nines", "逢九(农历初九、十九、廿九)"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("minutes", models.PositiveSmallIntegerField(default=120)),
                        ("retired_on", models.DateField(blank=True, null=True)),
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
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.venue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("parts__len__gt", 0)), name="template_has_parts"
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_template_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("organization", "name"),
                                name="one_activity_template_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateHost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
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
                            "template",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hosts",
                                to="events.template",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_templatehost_key"
                            ),
                            models.UniqueConstraint(
                                fields=("template", "organization"), name="one_host_per_template"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Winner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("prize", models.CharField(max_length=60)),
                        ("person_name", models.CharField(blank=True, max_length=40)),
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
                                related_name="winners",
                                to="events.meeting",
                            ),
                        ),
                        (
                            "organization",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_winner_key"),
                            models.UniqueConstraint(
                                fields=("meeting", "number"), name="one_winner_per_number"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "prize", "person_name", "organization"),
                                name="one_prize_per_winner",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organization__isnull", False),
                                    models.Q(("person_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="winner_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingTopic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("topic", models.CharField(max_length=30)),
                        ("kind", models.CharField(blank=True, max_length=30)),
                        (
                            "per",
                            models.CharField(
                                choices=[
                                    ("month", "每月"),
                                    ("quarter", "每季度"),
                                    ("half", "每半年"),
                                    ("year", "每年"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
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
                                fields=("key", "jurisdiction"), name="events_standingtopic_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("organization", "topic"),
                                name="one_standing_topic_per_body",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("arrived_at", models.DateTimeField()),
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
                                related_name="arrivals",
                                to="events.meeting",
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
                                fields=("key", "jurisdiction"), name="events_arrival_key"
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "person"), name="one_arrival_per_person"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("signed_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("recorded_by_name", models.CharField(max_length=80)),
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
                                related_name="sign_ups",
                                to="events.meeting",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_signup_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("meeting", "person"),
                                name="one_sign_up_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("withdrawn_at__gte", models.F("signed_at")),
                                    _connector="OR",
                                ),
                                name="sign_up_withdrawn_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=30)),
                        ("record", models.BigIntegerField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("alone", models.BooleanField(default=True)),
                        ("ahead", models.BooleanField(default=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="events.venue",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["venue", "starts_at"], name="booking_by_start")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_booking_key"
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "record"), name="one_booking_of_a_record"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="booking_ends_after_start",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("alone", True)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("venue_id"),
                                            models.F("venue_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_at"), models.F("ends_at"), function="tstzrange"
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_booking_of_a_venue",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VenueCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("on", models.DateField()),
                        ("members", models.PositiveIntegerField()),
                        ("others", models.PositiveIntegerField()),
                        ("recorded_by_name", models.CharField(max_length=80)),
                        (
                            "booking",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="events.booking",
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
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="events.venue",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="events.venueservice",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["jurisdiction", "on"], name="venue_count_by_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_venuecount_key"
                            ),
                            models.UniqueConstraint(fields=("booking",), name="one_count_of_a_booking"),
                            models.UniqueConstraint(
                                condition=models.Q(("booking__isnull", True)),
                                fields=("venue", "on", "service"),
                                name="one_count_a_day",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("members__gt", 0), ("others__gt", 0), _connector="OR"),
                                name="venue_count_of_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("booking__isnull", True), ("service__isnull", True), _connector="OR"
                                ),
                                name="venue_count_of_one_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VenueService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("charge", models.CharField(blank=True, max_length=60)),
                        ("hours", models.CharField(blank=True, max_length=80)),
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
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="services",
                                to="events.venue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_venueservice_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("venue", "name"),
                                name="one_venue_service_per_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="venue_service_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServingTeam",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=60)),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="teams",
                                to="events.meeting",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="served",
                                to="directory.team",
                            ),
                        ),
                        ("kind", models.CharField(max_length=9)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="events_servingteam_key"
                            ),
                            models.UniqueConstraint(fields=("meeting", "team"), name="one_team_per_meeting"),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_purpose",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_visit",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_visitperson",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_word",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_venue",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_venueuser",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_series",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_meeting",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_invitation",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_answer",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_charge",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_minutes",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_decision",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_task",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_attendance",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_audience",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_template",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_templatehost",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_winner",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_display",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_question",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_photo",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_standingtopic",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_arrival",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_signup",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_booking",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_venueservice",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_venuecount",
            kind="register",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0014_venue_bookings.BOOKINGS,
            reverse_sql=_0014_venue_bookings.BACK,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="events_servingteam",
            kind="register",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0016_counted_bookings_stay.MOVED,
            reverse_sql=_0016_counted_bookings_stay.BACK,
        ),
        migrations.RunSQL(
            sql=_0018_lists_before_teams.LISTS,
            reverse_sql=_0018_lists_before_teams.BACK,
        ),
    ]
