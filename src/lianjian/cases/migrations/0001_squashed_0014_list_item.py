"""All tables of this app as `0014_list_item` left them, for a new house. Written by `lianjian.config.squash`."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import lianjian.foundation.keys
import lianjian.foundation.references
import lianjian.foundation.secretfield
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_row_security"),
        ("cases", "0003_core"),
        ("cases", "0004_clock"),
        ("cases", "0005_measures"),
        ("cases", "0006_categories"),
        ("cases", "0007_followers"),
        ("cases", "0008_accusations"),
        ("cases", "0009_settling"),
        ("cases", "0010_callbacks"),
        ("cases", "0011_team"),
        ("cases", "0012_channels"),
        ("cases", "0013_counts"),
        ("cases", "0014_list_item"),
    ]

    initial = True

    dependencies = [
        ("directory", "0001_squashed_0011_volunteers"),
        ("events", "0001_squashed_0018_lists_before_teams"),
        ("files", "0001_squashed_0002_row_security"),
        ("foundation", "0001_squashed_0002_references"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
        ("lists", "0001_squashed_0006_item_venue"),
        ("rulebook", "0001_squashed_0012_rules_scope_and_instructors"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("code", models.CharField(db_collation="C", max_length=40)),
                        ("name", models.CharField(max_length=40)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("active", models.BooleanField(default=True)),
                        ("deadline_code", models.CharField(default="case.need", max_length=60)),
                        ("amount", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("unit", models.CharField(blank=True, max_length=10)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="cases.category",
                            ),
                        ),
                        ("departmental", models.BooleanField(default=False)),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_category_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "code"), name="one_category_per_code"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.CharField(db_collation="C", max_length=30)),
                        ("external_number", models.CharField(blank=True, db_collation="C", max_length=40)),
                        ("kind", models.CharField(default="need", max_length=20)),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField()),
                        ("original_text", models.TextField()),
                        ("organization_text", models.CharField(blank=True, max_length=120)),
                        ("reporter", models.CharField(blank=True, max_length=40)),
                        ("reporter_phone", lianjian.foundation.secretfield.SecretField(blank=True)),
                        ("source", models.CharField(max_length=20)),
                        ("urgency", models.CharField(default="normal", max_length=10)),
                        ("registered_at", models.DateTimeField()),
                        ("registered_on", models.DateField()),
                        ("registered_by", models.BigIntegerField(blank=True, null=True)),
                        ("registered_by_name", models.CharField(max_length=80)),
                        ("state", models.CharField(default="registered", max_length=12)),
                        ("hand", models.CharField(blank=True, default="desk", max_length=8)),
                        ("story_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("handler_text", models.CharField(blank=True, max_length=120)),
                        ("handler_person", models.CharField(blank=True, max_length=40)),
                        ("returns", models.PositiveSmallIntegerField(default=0)),
                        ("dispatched_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True)),
                        ("reply_until", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=12)),
                        ("closing", models.CharField(blank=True, max_length=12)),
                        ("rating", models.CharField(blank=True, max_length=12)),
                        ("review_on", models.DateField(blank=True, null=True)),
                        ("urged_at", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
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
                            "handler",
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
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="events.visit",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200)),
                        (
                            "lent_to",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="cases.case",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="cases.case",
                            ),
                        ),
                        ("reopened", models.PositiveSmallIntegerField(default=0)),
                        ("ruled_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "village",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("paused_until", models.DateField(blank=True, null=True)),
                        ("profile", models.CharField(blank=True, max_length=20)),
                        ("tier", models.CharField(blank=True, max_length=8)),
                        ("tier_due_at", models.DateTimeField(blank=True, null=True)),
                        ("answers", models.JSONField(blank=True, default=list)),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.service",
                            ),
                        ),
                        ("followed", models.BooleanField(default=False)),
                        ("published", models.BooleanField(default=False)),
                        (
                            "accused",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        ("accused_text", models.CharField(blank=True, max_length=120)),
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
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="lists.item",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "诉求",
                        "indexes": [
                            models.Index(fields=["jurisdiction", "registered_on", "id"], name="case_by_day"),
                            models.Index(fields=["jurisdiction", "-id"], name="case_by_newest"),
                            models.Index(fields=["organization", "-id"], name="case_by_organization"),
                            models.Index(fields=["handler", "-id"], name="case_by_handler"),
                            models.Index(
                                condition=models.Q(("state", "closed")),
                                fields=["jurisdiction", "closed_on"],
                                name="case_by_end",
                            ),
                            models.Index(
                                condition=models.Q(("visit__isnull", False)),
                                fields=["visit"],
                                name="case_by_visit",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=True,
                                fields=["search"],
                                gin_pending_list_limit=1024,
                                name="case_search",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "registered",
                                            "dispatched",
                                            "signed",
                                            "handling",
                                            "vetting",
                                            "answered",
                                            "disputed",
                                            "returned",
                                            "objected",
                                            "parked",
                                        ],
                                    )
                                ),
                                fields=["jurisdiction", "due_at"],
                                name="case_open_by_due",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", False)),
                                fields=["merged_into"],
                                name="case_by_winner",
                            ),
                            models.Index(
                                condition=models.Q(("part_of__isnull", False)),
                                fields=["part_of"],
                                name="case_by_whole",
                            ),
                            models.Index(
                                condition=models.Q(("tier_due_at__isnull", False)),
                                fields=["jurisdiction", "tier_due_at"],
                                name="case_by_tier_limit",
                            ),
                            models.Index(
                                condition=models.Q(("service__isnull", False)),
                                fields=["service", "-id"],
                                name="case_by_service",
                            ),
                            models.Index(
                                condition=models.Q(("accused__isnull", False)),
                                fields=["accused"],
                                name="case_by_accused",
                            ),
                            models.Index(
                                condition=models.Q(("team__isnull", False)),
                                fields=["team", "-id"],
                                name="case_by_team",
                            ),
                            models.Index(
                                fields=["jurisdiction", "state", "-id"],
                                include=("kind", "accused"),
                                name="case_by_state",
                            ),
                            models.Index(fields=["jurisdiction", "ended_at"], name="case_by_ending"),
                            models.Index(
                                condition=models.Q(("reopened__gt", 0)),
                                fields=["jurisdiction"],
                                name="case_opened_again",
                            ),
                            models.Index(
                                condition=models.Q(("handler__isnull", False)),
                                fields=["category", "-id"],
                                name="case_handled_before",
                            ),
                            models.Index(
                                condition=models.Q(("item__isnull", False)),
                                fields=["item"],
                                name="case_by_item",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_case_key"),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "number"), name="one_case_per_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_number", ""), _negated=True),
                                fields=("jurisdiction", "external_number"),
                                name="one_case_per_external_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_on__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("closing", ""), _negated=True),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("closed_on__isnull", True),
                                        ("closing", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_closed_with_its_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organization__isnull", False),
                                    models.Q(("organization_text", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_names_who_asked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "registered",
                                            "dispatched",
                                            "signed",
                                            "handling",
                                            "vetting",
                                            "answered",
                                            "disputed",
                                            "returned",
                                            "objected",
                                            "parked",
                                            "closed",
                                            "withdrawn",
                                            "declined",
                                            "merged",
                                        ],
                                    )
                                ),
                                name="case_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hand", "desk"), ("state", "registered")),
                                    models.Q(("hand", "desk"), ("state", "returned")),
                                    models.Q(("hand", "desk"), ("state", "parked")),
                                    models.Q(("hand", "desk"), ("state", "vetting")),
                                    models.Q(("hand", "judge"), ("state", "objected")),
                                    models.Q(("hand", "unit"), ("state", "dispatched")),
                                    models.Q(("hand", "unit"), ("state", "signed")),
                                    models.Q(("hand", "unit"), ("state", "handling")),
                                    models.Q(("hand", "unit"), ("state", "disputed")),
                                    models.Q(("hand", "asker"), ("state", "answered")),
                                    models.Q(("hand", ""), ("state", "closed")),
                                    models.Q(("hand", ""), ("state", "withdrawn")),
                                    models.Q(("hand", ""), ("state", "declined")),
                                    models.Q(("hand", ""), ("state", "merged")),
                                    _connector="OR",
                                ),
                                name="case_lies_in_one_hand",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                "dispatched",
                                                "signed",
                                                "vetting",
                                                "answered",
                                                "disputed",
                                                "objected",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("handler__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_in_work_has_a_handler",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                                    models.Q(
                                        models.Q(("state", "merged"), _negated=True),
                                        ("merged_into__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_merged_into_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state__in", ["closed", "withdrawn", "declined", "merged"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["closed", "withdrawn", "declined", "merged"]),
                                            _negated=True,
                                        ),
                                        ("ended_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_ended_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("days", models.PositiveSmallIntegerField()),
                        ("reason", models.CharField(max_length=300)),
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
                        ("due_before", models.DateTimeField()),
                        ("due_after", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="extensions",
                                to="cases.case",
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
                        ("unit", models.CharField(default="wd", max_length=2)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_extension_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")),
                                fields=("case",),
                                name="one_open_extension_per_case",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Route",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("ground", models.CharField(blank=True, max_length=200)),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="routes",
                                to="cases.category",
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
                        (
                            "village",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_route_key"),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "category", "village"),
                                name="one_route_per_category_and_place",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("category__isnull", False), ("village__isnull", False), _connector="OR"
                                ),
                                name="route_is_for_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("at", models.DateTimeField()),
                        ("move", models.CharField(max_length=20)),
                        ("from_state", models.CharField(blank=True, max_length=12)),
                        ("to_state", models.CharField(max_length=12)),
                        ("actor_id", models.BigIntegerField(null=True)),
                        ("actor_name", models.CharField(max_length=80)),
                        ("unit", models.CharField(blank=True, max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("hand", models.CharField(blank=True, max_length=8)),
                        ("hand_name", models.CharField(blank=True, max_length=120)),
                        ("seconds", models.PositiveIntegerField(default=0)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="cases.case",
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
                        ("from_unit", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["case", "id"], name="case_event_by_case"),
                            models.Index(
                                condition=models.Q(("from_unit", ""), _negated=True),
                                fields=["jurisdiction", "from_unit", "unit"],
                                name="case_event_by_handing",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_caseevent_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                                choices=[("co", "协办"), ("refer", "委托办理"), ("transfer", "移交")],
                                max_length=10,
                            ),
                        ),
                        ("offered_by_name", models.CharField(max_length=80)),
                        ("offered_at", models.DateTimeField()),
                        ("ground", models.CharField(max_length=300)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "待接受"),
                                    ("accepted", "已接受"),
                                    ("refused", "未接受"),
                                    ("done", "已反馈"),
                                    ("revoked", "已撤销"),
                                ],
                                default="offered",
                                max_length=10,
                            ),
                        ),
                        ("replied_at", models.DateTimeField(blank=True, null=True)),
                        ("replied_by_name", models.CharField(blank=True, max_length=80)),
                        ("reply", models.CharField(blank=True, max_length=500)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="handovers",
                                to="cases.case",
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
                            "offered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
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
                        "verbose_name": "协办转办",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reply", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="refused_offer_says_why",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_handover_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("offered", "accepted"))),
                                fields=("case", "organization"),
                                name="one_live_offer_per_unit",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("offered", "accepted")),
                                    models.Q(("kind", "co"), _negated=True),
                                ),
                                fields=("case", "kind"),
                                name="one_live_loan_or_transfer",
                            ),
                        ],
                    },
                ),
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
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="escalations",
                                to="cases.case",
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
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-id"], name="escalation_by_newest")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_escalation_key"
                            ),
                            models.UniqueConstraint(
                                fields=("case", "rule", "mark"), name="one_escalation_per_mark"
                            ),
                        ],
                    },
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
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="cases.case",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_pause_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "")),
                                fields=("case",),
                                name="one_open_pause_per_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "reason_code__in",
                                        [
                                            "material",
                                            "appraisal",
                                            "superior",
                                            "lawsuit",
                                            "weather",
                                            "season",
                                            "hearing",
                                        ],
                                    )
                                ),
                                name="pause_reason_is_listed",
                            ),
                        ],
                        "indexes": [models.Index(fields=["case", "id"], name="pause_by_case")],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=10)),
                        ("what", models.CharField(max_length=120)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("unit", models.CharField(max_length=16)),
                        ("quantity_text", models.CharField(max_length=40)),
                        ("done_on", models.DateField()),
                        ("by_unit", models.CharField(blank=True, max_length=120)),
                        ("by_name", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="cases.case",
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
                        ("channel", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["case", "id"], name="measure_by_case"),
                            models.Index(fields=["jurisdiction", "done_on"], name="measure_by_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_measure_key"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["work", "jobs", "money"])),
                                name="measure_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="measure_is_something"
                            ),
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
                        ("category_code", models.CharField(db_collation="C", max_length=40)),
                        ("text", models.CharField(max_length=100)),
                        ("kind", models.CharField(default="text", max_length=8)),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("required", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["text", "number", "date", "yes_no", "choice"])
                                ),
                                name="question_kind_is_known",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_question_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("jurisdiction", "category_code", "text"),
                                name="one_question_per_text",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("category_code", models.CharField(blank=True, db_collation="C", max_length=40)),
                        ("name", models.CharField(max_length=40)),
                        ("text", models.TextField()),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_replytemplate_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("jurisdiction", "name"),
                                name="one_template_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("about", models.CharField(max_length=500)),
                        ("papers", models.CharField(blank=True, max_length=500)),
                        ("kind", models.CharField(default="proxy", max_length=20)),
                        ("post", models.CharField(blank=True, max_length=40)),
                        ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("retired_on", models.DateField(blank=True, null=True)),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_service_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("jurisdiction", "name"),
                                name="one_service_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Follower",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("first", models.BooleanField(default=False)),
                        ("name", models.CharField(blank=True, max_length=40)),
                        ("phone", lianjian.foundation.secretfield.SecretField(blank=True)),
                        (
                            "code_digest",
                            models.CharField(blank=True, db_collation="C", editable=False, max_length=64),
                        ),
                        ("user_id", models.BigIntegerField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="cases.case",
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
                        "indexes": [models.Index(fields=["case", "id"], name="follower_by_case")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_follower_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("left_at__isnull", True), ("user_id__isnull", False)),
                                fields=("case", "user_id"),
                                name="one_follower_per_account",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("first", True)),
                                fields=("case",),
                                name="one_first_teller_per_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("user_id__isnull", False),
                                    models.Q(("code_digest", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="follower_has_a_way_back",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("user_id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=80)),
                        ("reason", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        ("by_name", models.CharField(max_length=80)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recusals",
                                to="cases.case",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_recusal_key"),
                            models.UniqueConstraint(
                                fields=("case", "user_id"), name="one_recusal_per_account"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("form", models.CharField(max_length=8)),
                        ("terms", models.TextField()),
                        ("effective_on", models.DateField()),
                        ("court_until", models.DateTimeField(blank=True, null=True)),
                        ("court_on", models.DateField(blank=True, null=True)),
                        ("court_number", models.CharField(blank=True, max_length=60)),
                        ("kept", models.BooleanField(null=True)),
                        ("kept_on", models.DateField(blank=True, null=True)),
                        ("kept_note", models.CharField(blank=True, max_length=300)),
                        ("by_name", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreement",
                                to="cases.case",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_agreement_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("held_on", models.DateField()),
                        ("place", models.CharField(blank=True, max_length=100)),
                        ("mediators", models.JSONField(default=list)),
                        ("outcome", models.CharField(max_length=10)),
                        ("text", models.TextField()),
                        ("tier", models.CharField(blank=True, max_length=8)),
                        ("by_name", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="cases.case",
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
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["agreed", "closer", "apart", "refused"])),
                                name="attempt_outcome_is_known",
                            ),
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_attempt_key"),
                        ],
                        "indexes": [
                            models.Index(fields=["case", "id"], name="attempt_by_case"),
                            models.Index(fields=["jurisdiction", "held_on"], name="attempt_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("title", models.CharField(max_length=120)),
                        ("plan", models.TextField()),
                        ("scheduled_at", models.DateTimeField()),
                        ("place", models.CharField(max_length=100)),
                        ("state", models.CharField(default="planned", max_length=10)),
                        ("held_on", models.DateField(blank=True, null=True)),
                        ("minutes", models.TextField(blank=True)),
                        ("conclusion", models.TextField(blank=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("made_by_name", models.CharField(max_length=80)),
                        ("made_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "cases",
                            models.ManyToManyField(
                                related_name="hearings", through="cases.HearingCase", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "concluded", "cancelled"])),
                                name="hearing_state_is_known",
                            ),
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_hearing_key"),
                        ],
                        "indexes": [models.Index(fields=["jurisdiction", "-id"], name="hearing_by_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="HearingCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("outcome", models.CharField(blank=True, max_length=12)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="heard_in",
                                to="cases.case",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="heard",
                                to="cases.hearing",
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
                                fields=("key", "jurisdiction"), name="cases_hearingcase_key"
                            ),
                            models.UniqueConstraint(fields=("hearing", "case"), name="one_case_in_a_hearing"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HearingPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("role", models.CharField(max_length=10)),
                        ("attended", models.BooleanField(null=True)),
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="cases.hearing",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "chair",
                                            "member",
                                            "clerk",
                                            "petitioner",
                                            "agent",
                                            "unit",
                                            "lawyer",
                                            "deputy",
                                            "public",
                                        ],
                                    )
                                ),
                                name="hearing_role_is_known",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_hearingperson_key"
                            ),
                            models.UniqueConstraint(
                                fields=("hearing", "name", "role"), name="one_seat_per_person"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("side", models.CharField(max_length=10)),
                        ("name", models.CharField(max_length=60)),
                        ("phone", lianjian.foundation.secretfield.SecretField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="cases.case",
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
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["asking", "other"])),
                                name="party_side_is_known",
                            ),
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_party_key"),
                            models.UniqueConstraint(fields=("case", "name"), name="one_party_per_name"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallBack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("called_at", models.DateTimeField()),
                        ("called_on", models.DateField()),
                        ("way", models.CharField(max_length=8)),
                        ("reached", models.BooleanField()),
                        ("solved", models.CharField(blank=True, max_length=8)),
                        ("satisfied", models.CharField(blank=True, max_length=12)),
                        ("words", models.TextField(blank=True)),
                        ("by_user", models.BigIntegerField(blank=True, null=True)),
                        ("by_name", models.CharField(max_length=80)),
                        ("unit", models.CharField(blank=True, max_length=120)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="callbacks",
                                to="cases.case",
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
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["phone", "visit", "chat"])),
                                name="call_way_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reached", True), ("solved__in", ["yes", "partly", "no"])),
                                    models.Q(("reached", False), ("satisfied", ""), ("solved", "")),
                                    _connector="OR",
                                ),
                                name="call_answers_when_reached",
                            ),
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_callback_key"
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["case", "id"], name="callback_by_case"),
                            models.Index(fields=["jurisdiction", "called_on"], name="callback_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Channel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=60)),
                        ("purpose", models.CharField(blank=True, max_length=200)),
                        ("opened_on", models.DateField()),
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_channel_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=("organization", "name"),
                                name="one_channel_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("role", models.CharField(max_length=40)),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="cases.channel",
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
                                fields=("key", "jurisdiction"), name="cases_channelmember_key"
                            ),
                            models.UniqueConstraint(
                                fields=("channel", "name", "role"), name="one_member_per_role"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=8)),
                        ("posted_on", models.DateField()),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("by_name", models.CharField(max_length=80)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="posts",
                                to="cases.channel",
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
                        "indexes": [models.Index(fields=["channel", "-id"], name="post_by_channel")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="cases_channelpost_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["push", "question"])),
                                name="post_kind_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("question", models.CharField(max_length=200)),
                        ("answer", models.TextField()),
                        ("category_code", models.CharField(db_collation="C", max_length=40)),
                        ("number", models.CharField(blank=True, db_collation="C", max_length=30)),
                        ("kept_on", models.DateField()),
                        ("kept_by_name", models.CharField(max_length=80)),
                        ("retired_on", models.DateField(blank=True, null=True)),
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
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="lesson_search")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_lesson_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("jurisdiction", "question"),
                                name="one_lesson_per_question",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=20)),
                        ("measure", models.CharField(max_length=5)),
                        ("day", models.DateField()),
                        ("state", models.CharField(blank=True, max_length=20)),
                        ("n", models.IntegerField()),
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
                                fields=("key", "jurisdiction"), name="cases_casecount_key"
                            )
                        ],
                        "indexes": [
                            models.Index(
                                fields=["jurisdiction", "measure", "kind", "day", "state"],
                                include=("n",),
                                name="case_count",
                            )
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_category",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_route",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_case",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_caseevent",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_extension",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_handover",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_escalation",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_pause",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_measure",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_question",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_replytemplate",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_service",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_follower",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_recusal",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_party",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_attempt",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_agreement",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_hearing",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_hearingcase",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_hearingperson",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_callback",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_lesson",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_channel",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_channelmember",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_channelpost",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="cases_casecount",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.foundation.references.Reference(
            table="cases_category",
        ),
        lianjian.foundation.references.Reference(
            table="cases_question",
        ),
        lianjian.foundation.references.Reference(
            table="cases_service",
        ),
        migrations.RunSQL(
            sql=[
                "CREATE FUNCTION cases_count_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \nINSERT INTO cases_casecount (key, jurisdiction_id, kind, measure, day, state, n)\nSELECT gen_random_uuid(), jurisdiction_id, kind, measure, day, state, sum(n) FROM (\nSELECT c.jurisdiction_id, c.kind, m.measure, m.day, m.state, 1 AS n\n  FROM fresh c CROSS JOIN LATERAL (VALUES\n    ('month', date_trunc('month', c.registered_on)::date, c.state),\n    ('told', c.registered_on, ''),\n    ('ended', CASE WHEN c.reopened = 0\n                   THEN greatest((c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.registered_on) END, '')\n  ) AS m(measure, day, state)\n WHERE c.accused_id IS NULL AND c.state NOT IN ('withdrawn', 'merged')\n   AND m.day IS NOT NULL AND (m.measure <> 'ended' OR c.ended_at IS NOT NULL)\n) r\n GROUP BY jurisdiction_id, kind, measure, day, state HAVING sum(n) <> 0\n; RETURN NULL; END $$",
                "CREATE TRIGGER count_insert AFTER INSERT ON cases_case REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_count_insert()",
                "CREATE FUNCTION cases_count_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \nINSERT INTO cases_casecount (key, jurisdiction_id, kind, measure, day, state, n)\nSELECT gen_random_uuid(), jurisdiction_id, kind, measure, day, state, sum(n) FROM (\nSELECT c.jurisdiction_id, c.kind, m.measure, m.day, m.state, 1 AS n\n  FROM fresh c CROSS JOIN LATERAL (VALUES\n    ('month', date_trunc('month', c.registered_on)::date, c.state),\n    ('told', c.registered_on, ''),\n    ('ended', CASE WHEN c.reopened = 0\n                   THEN greatest((c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.registered_on) END, '')\n  ) AS m(measure, day, state)\n WHERE c.accused_id IS NULL AND c.state NOT IN ('withdrawn', 'merged')\n   AND m.day IS NOT NULL AND (m.measure <> 'ended' OR c.ended_at IS NOT NULL)\n UNION ALL \nSELECT c.jurisdiction_id, c.kind, m.measure, m.day, m.state, -1 AS n\n  FROM old c CROSS JOIN LATERAL (VALUES\n    ('month', date_trunc('month', c.registered_on)::date, c.state),\n    ('told', c.registered_on, ''),\n    ('ended', CASE WHEN c.reopened = 0\n                   THEN greatest((c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.registered_on) END, '')\n  ) AS m(measure, day, state)\n WHERE c.accused_id IS NULL AND c.state NOT IN ('withdrawn', 'merged')\n   AND m.day IS NOT NULL AND (m.measure <> 'ended' OR c.ended_at IS NOT NULL)\n) r\n GROUP BY jurisdiction_id, kind, measure, day, state HAVING sum(n) <> 0\n; RETURN NULL; END $$",
                "CREATE TRIGGER count_update AFTER UPDATE ON cases_case REFERENCING OLD TABLE AS old NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_count_update()",
                "CREATE FUNCTION cases_count_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \nINSERT INTO cases_casecount (key, jurisdiction_id, kind, measure, day, state, n)\nSELECT gen_random_uuid(), jurisdiction_id, kind, measure, day, state, sum(n) FROM (\nSELECT c.jurisdiction_id, c.kind, m.measure, m.day, m.state, -1 AS n\n  FROM old c CROSS JOIN LATERAL (VALUES\n    ('month', date_trunc('month', c.registered_on)::date, c.state),\n    ('told', c.registered_on, ''),\n    ('ended', CASE WHEN c.reopened = 0\n                   THEN greatest((c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.registered_on) END, '')\n  ) AS m(measure, day, state)\n WHERE c.accused_id IS NULL AND c.state NOT IN ('withdrawn', 'merged')\n   AND m.day IS NOT NULL AND (m.measure <> 'ended' OR c.ended_at IS NOT NULL)\n) r\n GROUP BY jurisdiction_id, kind, measure, day, state HAVING sum(n) <> 0\n; RETURN NULL; END $$",
                "CREATE TRIGGER count_delete AFTER DELETE ON cases_case REFERENCING OLD TABLE AS old FOR EACH STATEMENT EXECUTE FUNCTION cases_count_delete()",
                "\nINSERT INTO cases_casecount (key, jurisdiction_id, kind, measure, day, state, n)\nSELECT gen_random_uuid(), jurisdiction_id, kind, measure, day, state, sum(n) FROM (\nSELECT c.jurisdiction_id, c.kind, m.measure, m.day, m.state, 1 AS n\n  FROM cases_case c CROSS JOIN LATERAL (VALUES\n    ('month', date_trunc('month', c.registered_on)::date, c.state),\n    ('told', c.registered_on, ''),\n    ('ended', CASE WHEN c.reopened = 0\n                   THEN greatest((c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.registered_on) END, '')\n  ) AS m(measure, day, state)\n WHERE c.accused_id IS NULL AND c.state NOT IN ('withdrawn', 'merged')\n   AND m.day IS NOT NULL AND (m.measure <> 'ended' OR c.ended_at IS NOT NULL)\n) r\n GROUP BY jurisdiction_id, kind, measure, day, state HAVING sum(n) <> 0\n",
            ],
            reverse_sql=[
                "DROP TRIGGER count_insert ON cases_case",
                "DROP FUNCTION cases_count_insert()",
                "DROP TRIGGER count_update ON cases_case",
                "DROP FUNCTION cases_count_update()",
                "DROP TRIGGER count_delete ON cases_case",
                "DROP FUNCTION cases_count_delete()",
            ],
        ),
    ]
