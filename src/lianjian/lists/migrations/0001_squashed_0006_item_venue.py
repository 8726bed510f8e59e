"""All tables of this app as `0006_item_venue` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from decimal import Decimal
from django.db import migrations, models


_0002_protocol = import_module("lianjian.lists.migrations.0002_protocol")
_0003_matching = import_module("lianjian.lists.migrations.0003_matching")
_0006_item_venue = import_module("lianjian.lists.migrations.0006_item_venue")


class Migration(migrations.Migration):
    replaces = [
        ("lists", "0001_initial"),
        ("lists", "0002_protocol"),
        ("lists", "0003_matching"),
        ("lists", "0004_matchcount_floor"),
        ("lists", "0005_matchentry_path"),
        ("lists", "0006_item_venue"),
    ]

    initial = True

    dependencies = [
        ("alliances", "0001_squashed_0008_people_and_parties"),
        ("directory", "0001_squashed_0011_volunteers"),
        ("events", "0001_squashed_0018_lists_before_teams"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Edition",
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
                                blank=True,
                                choices=[
                                    ("need", "需求清单"),
                                    ("resource", "资源清单"),
                                    ("project", "项目清单"),
                                    ("activity", "活动清单"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "reach",
                            models.CharField(
                                choices=[("county", "全县"), ("town", "本地区")],
                                default="county",
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=60)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("issued_at", models.DateTimeField()),
                        ("issued_by", models.CharField(max_length=80)),
                        (
                            "alliance",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="alliances.alliance",
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_edition_key"),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "alliance", "kind", "title"),
                                name="one_edition_of_a_title",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))),
                                name="edition_days_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                                    ("need", "需求清单"),
                                    ("resource", "资源清单"),
                                    ("project", "项目清单"),
                                    ("activity", "活动清单"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("category", models.CharField(max_length=30)),
                        ("title", models.CharField(max_length=80)),
                        ("text", models.TextField(blank=True)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "capacity",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                        ),
                        ("unit", models.CharField(blank=True, max_length=10)),
                        (
                            "taken",
                            models.DecimalField(
                                decimal_places=2, default=Decimal("0"), editable=False, max_digits=20
                            ),
                        ),
                        ("reusable", models.BooleanField(default=False)),
                        ("by_day", models.BooleanField(default=False)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("alliance", "联盟内"),
                                    ("town", "本地区"),
                                    ("county", "全县"),
                                    ("public", "公开"),
                                ],
                                default="county",
                                max_length=10,
                            ),
                        ),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("own", "单位发布"),
                                    ("case", "由诉求发布"),
                                    ("visit", "走访"),
                                    ("import", "表格导入"),
                                ],
                                default="own",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "发布中"), ("closed", "已结束"), ("withdrawn", "已撤回")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("published_at", models.DateTimeField()),
                        ("published_by", models.CharField(max_length=80)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                        ),
                        (
                            "alliance",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="alliances.alliance",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="list_items",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="list_items",
                                to="events.visit",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="list_items",
                                to="events.venue",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["jurisdiction", "kind", "state", "-id"], name="item_by_kind"
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["kind", "state", "-id"],
                                name="item_open_by_kind",
                            ),
                            models.Index(fields=["organization", "-id"], name="item_by_organization"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=True,
                                fields=["search"],
                                gin_pending_list_limit=1024,
                                name="item_search",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_item_key"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("capacity__isnull", True),
                                    ("taken__lte", models.F("capacity")),
                                    _connector="OR",
                                ),
                                name="item_not_promised_twice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("taken__gte", 0)), name="item_taken_from_zero"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__isnull", True),
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="item_days_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("visibility", "alliance"), _negated=True),
                                    ("alliance__isnull", False),
                                    _connector="OR",
                                ),
                                name="item_seen_in_an_alliance",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="item_ended_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("venue__isnull", True), ("by_day", True), _connector="OR"
                                ),
                                name="item_of_a_venue_by_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditionLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("position", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("need", "需求清单"),
                                    ("resource", "资源清单"),
                                    ("project", "项目清单"),
                                    ("activity", "活动清单"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("category", models.CharField(max_length=30)),
                        ("title", models.CharField(max_length=80)),
                        ("text", models.TextField(blank=True)),
                        ("organization_name", models.CharField(max_length=120)),
                        ("quantity", models.CharField(blank=True, max_length=40)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="lists.edition",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="lists.item",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="lists_editionline_key"
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "position"), name="one_line_at_a_position"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "proposed_by",
                            models.CharField(
                                choices=[("owner", "发布方"), ("claimant", "对接方")], max_length=10
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("by_day", models.BooleanField(default=False, editable=False)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待确认"),
                                    ("agreed", "已确认"),
                                    ("fulfilled", "已完成"),
                                    ("refused", "未同意"),
                                    ("taken_back", "已取消"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("proposed_by_name", models.CharField(max_length=80)),
                        ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                                related_name="claims",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="lists.item",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["item", "state"], name="claim_by_item"),
                            models.Index(fields=["organization", "-id"], name="claim_by_organization"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_claim_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("by_day", False), ("state__in", ["proposed", "agreed"])),
                                fields=("item", "organization"),
                                name="one_open_claim_of_a_body",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="claim_of_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("proposed_by__in", ["owner", "claimant"])),
                                name="claim_by_a_side",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("by_day", False),
                                    models.Q(
                                        ("since__isnull", False),
                                        ("until__gte", models.F("since")),
                                        ("until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_of_days_has_them",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("by_day", True), ("state__in", ["agreed", "fulfilled"])),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("item_id"),
                                            models.F("item_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("since"),
                                            models.F("until"),
                                            models.Value("[]"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_booking_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("by_day", True), ("state__in", ["proposed", "agreed"])),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("item_id"),
                                            models.F("item_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
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
                                        models.Func(
                                            models.F("since"),
                                            models.F("until"),
                                            models.Value("[]"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_booking_of_a_body",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[("owner", "发布方"), ("claimant", "对接方")], max_length=10
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("money", "资金"),
                                    ("jobs", "用工"),
                                    ("land", "用地"),
                                    ("goods", "物资或服务"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("unit", models.CharField(max_length=10)),
                        ("on", models.DateField()),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcomes",
                                to="lists.claim",
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
                            models.Index(fields=["jurisdiction", "kind", "on"], name="outcome_by_kind")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_outcome_key"),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="outcome_of_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["owner", "claimant"])),
                                name="outcome_by_a_side",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[("owner", "发布方"), ("claimant", "对接方")], max_length=10
                            ),
                        ),
                        ("act", models.CharField(max_length=10)),
                        ("at", models.DateTimeField()),
                        ("by_name", models.CharField(max_length=80)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("rating", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="lists.claim",
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
                                fields=("key", "jurisdiction"), name="lists_claimstep_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("act", "rate")),
                                fields=("claim",),
                                name="one_rating_of_a_claim",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("act__in", ["agree", "refuse", "take_back", "fulfil", "rate"]),
                                    ("side__in", ["owner", "claimant"]),
                                ),
                                name="claim_step_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "rate"), ("rating__gte", 1), ("rating__lte", 5)),
                                    models.Q(
                                        models.Q(("act", "rate"), _negated=True), ("rating__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_rated_by_rating",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("documents", models.PositiveIntegerField()),
                        ("mean_length", models.FloatField()),
                        ("floor", models.BigIntegerField(db_default=0, default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="MatchChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry_id", models.BigIntegerField()),
                        ("xid", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["xid", "entry_id"], name="match_change_by_xid")],
                    },
                ),
                migrations.CreateModel(
                    name="MatchEntry",
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
                                    ("need", "需求"),
                                    ("resource", "资源"),
                                    ("project", "合作项目"),
                                    ("activity", "活动"),
                                    ("expert", "专家"),
                                    ("policy", "政策"),
                                    ("lesson", "办理经验"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("subject_label", models.CharField(max_length=40)),
                        ("subject_key", models.UUIDField()),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("category", models.CharField(blank=True, max_length=30)),
                        ("chain", models.CharField(blank=True, max_length=30)),
                        ("latitude", models.FloatField(blank=True, null=True)),
                        ("longitude", models.FloatField(blank=True, null=True)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        ("left", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                        ("unit", models.CharField(blank=True, max_length=10)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("alliance", "联盟内"),
                                    ("town", "本地区"),
                                    ("county", "全县"),
                                    ("public", "公开"),
                                ],
                                default="county",
                                max_length=10,
                            ),
                        ),
                        ("ratings", models.PositiveIntegerField(default=0, editable=False)),
                        ("rating_sum", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=24),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        (
                            "counts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        ("length", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "alliance",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="alliances.alliance",
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
                                related_name="match_entries",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "path",
                            models.CharField(
                                blank=True,
                                db_collation="C",
                                db_default="",
                                default="",
                                editable=False,
                                max_length=120,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=True,
                                fields=["search"],
                                gin_pending_list_limit=1024,
                                name="match_entry_search",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="lists_matchentry_key"
                            ),
                            models.UniqueConstraint(
                                fields=("subject_label", "subject_key"), name="one_match_entry_of_a_record"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("audience", "alliance"), _negated=True),
                                    ("alliance__isnull", False),
                                    _connector="OR",
                                ),
                                name="match_entry_in_an_alliance",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchWeight",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("words", "用词"),
                                    ("category", "类别"),
                                    ("chain", "产业链"),
                                    ("distance", "距离"),
                                    ("time", "时间"),
                                    ("capacity", "数量"),
                                    ("outcomes", "以往成效"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=2, max_digits=5)),
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
                                fields=("key", "jurisdiction"), name="lists_matchweight_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "code"), name="one_weight_of_a_criterion"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0), ("value__lte", 20)),
                                name="match_weight_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(db_collation="C", max_length=24)),
                        ("documents", models.PositiveIntegerField()),
                        (
                            "count",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="lists.matchcount",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("count", "word"), name="one_number_per_word_and_count"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Synonym",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("word", models.CharField(max_length=24)),
                        ("other", models.CharField(max_length=24)),
                        ("ground", models.CharField(blank=True, max_length=200)),
                        ("added_by", models.CharField(max_length=80)),
                        ("added_on", models.DateField()),
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_synonym_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("jurisdiction", "word", "other"),
                                name="one_synonym_of_a_pair",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verdict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("asker_label", models.CharField(max_length=40)),
                        ("asker_key", models.UUIDField()),
                        ("asker_title", models.CharField(max_length=120)),
                        ("found_label", models.CharField(max_length=40)),
                        ("found_key", models.UUIDField()),
                        ("found_title", models.CharField(max_length=120)),
                        ("accepted", models.BooleanField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("score", models.FloatField()),
                        ("parts", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        ("by_name", models.CharField(max_length=80)),
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
                                related_name="match_verdicts",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["jurisdiction", "-id"], name="verdict_by_place")],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_verdict_key"),
                            models.UniqueConstraint(
                                fields=("asker_key", "found_key"), name="one_verdict_of_a_proposal"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted", True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="refused_match_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_item",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_claim",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_claimstep",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_outcome",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_edition",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_editionline",
            kind="register",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0002_protocol.MOVES,
            reverse_sql=_0002_protocol.BACK,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_matchentry",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_synonym",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_matchweight",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="lists_verdict",
            kind="owned",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0003_matching.TRIGGERS,
            reverse_sql=_0003_matching.BACK,
        ),
        migrations.RunSQL(
            sql=_0006_item_venue.BOOKS,
            reverse_sql=_0006_item_venue.BACK,
        ),
    ]
