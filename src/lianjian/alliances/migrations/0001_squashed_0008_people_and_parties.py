"""All tables of this app as `0008_people_and_parties` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import lianjian.alliances.models.programmes
import lianjian.directory.models.organizations
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


_0001_initial = import_module("lianjian.alliances.migrations.0001_initial")
_0008_people_and_parties = import_module("lianjian.alliances.migrations.0008_people_and_parties")


class Migration(migrations.Migration):
    replaces = [
        ("alliances", "0001_initial"),
        ("alliances", "0002_pairing"),
        ("alliances", "0003_pairing_kept"),
        ("alliances", "0004_campaigns"),
        ("alliances", "0005_pairs_over_towns"),
        ("alliances", "0006_goals_of_other_apps"),
        ("alliances", "0007_model_cases"),
        ("alliances", "0008_people_and_parties"),
    ]

    initial = True

    dependencies = [
        ("directory", "0001_squashed_0011_volunteers"),
        ("events", "0001_squashed_0018_lists_before_teams"),
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Alliance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "form",
                            models.CharField(
                                choices=[("formal", "联建党组织"), ("functional", "功能型联盟")],
                                max_length=10,
                            ),
                        ),
                        ("mode", models.CharField(max_length=30)),
                        ("basis", models.CharField(blank=True, max_length=30)),
                        ("chain", models.CharField(blank=True, max_length=30)),
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
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("charter", models.TextField(blank=True)),
                        ("document", models.CharField(blank=True, max_length=80)),
                        ("founded_on", models.DateField()),
                        ("term_until", models.DateField(blank=True, null=True)),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alliance",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["jurisdiction", "mode"], name="alliance_by_mode")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_alliance_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllianceMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("entered_as", models.BigIntegerField(editable=False)),
                        ("role", models.CharField(max_length=30)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("ground", models.CharField(blank=True, max_length=200)),
                        (
                            "alliance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
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
                                related_name="alliance_seats",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["organization", "since"], name="seat_by_organization"),
                            models.Index(fields=["alliance", "since"], name="seat_by_alliance"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_alliancemember_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="alliance_member_leaves_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("alliance_id"),
                                            models.F("alliance_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("entered_as"),
                                            models.F("entered_as"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (models.Func(models.F("role"), function="link_kind_range"), "&&"),
                                    (
                                        lianjian.directory.models.organizations.DateRange(
                                            models.F("since"), models.F("until")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_seat_in_a_role_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("role", "牵头单位")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("alliance_id"),
                                            models.F("alliance_id"),
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
                                name="one_chair_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Brand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("about", models.CharField(blank=True, max_length=300)),
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
                                related_name="brands",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_brand_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("organization",),
                                name="one_brand_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Demonstration",
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
                        ("named_on", models.DateField()),
                        (
                            "alliance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demonstrations",
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_demonstration_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "year", "title"), name="one_demonstration_per_title"
                            ),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_term_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "list", "name"), name="one_term_per_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pairing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("exclusive", models.BooleanField()),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("giver_duties", models.TextField(blank=True)),
                        ("receiver_duties", models.TextField(blank=True)),
                        ("end_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings_given",
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
                            "receiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings_received",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="alliances.programme",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["giver"], name="pairing_by_giver"),
                            models.Index(fields=["receiver"], name="pairing_by_receiver"),
                            models.Index(fields=["programme", "since"], name="pairing_by_programme"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_pairing_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="pairing_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("giver", models.F("receiver")), _negated=True),
                                name="pairing_joins_two",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("programme_id"),
                                            models.F("programme_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("receiver_id"),
                                            models.F("receiver_id"),
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
                                name="one_giver_for_a_receiver",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("exclusive", True)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("programme_id"),
                                            models.F("programme_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("giver_id"),
                                            models.F("giver_id"),
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
                                name="one_receiver_for_a_giver",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "sides",
                            models.CharField(
                                choices=[("both", "双方"), ("giver", "结对方"), ("receiver", "帮扶对象")],
                                max_length=8,
                            ),
                        ),
                        ("times", models.PositiveSmallIntegerField(default=1)),
                        ("due_on", models.DateField()),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "pairing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="alliances.pairing",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_pairaction_key"
                            ),
                            models.UniqueConstraint(fields=("pairing", "code"), name="one_action_of_a_code"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                                choices=[("giver", "结对方"), ("receiver", "帮扶对象")], max_length=8
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                        ),
                        ("what", models.CharField(blank=True, max_length=80)),
                        (
                            "quantity",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                        ),
                        ("unit", models.CharField(blank=True, max_length=10)),
                        ("on", models.DateField()),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        ("struck_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "pairing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="alliances.pairing",
                            ),
                        ),
                        ("note", models.CharField(max_length=120)),
                        ("source", models.CharField(blank=True, default="", max_length=30)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_contribution_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__gt", 0), ("quantity__isnull", True), ("what", "")),
                                    models.Q(
                                        ("amount__isnull", True),
                                        ("quantity__gt", 0),
                                        models.Q(("what", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_is_money_or_things",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairMeasure",
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
                                choices=[("income", "村集体经济年经营收入"), ("jobs", "带动就业")],
                                max_length=10,
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("day", models.DateField()),
                        ("source", models.CharField(max_length=120)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "pairing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="alliances.pairing",
                            ),
                        ),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        ("struck_reason", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_pairmeasure_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)), name="measure_is_not_below_0"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("struck_at__isnull", True)),
                                fields=("pairing", "kind", "day"),
                                name="one_measure_of_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("on", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("recorded_by", models.CharField(max_length=80)),
                        ("recorded_at", models.DateTimeField()),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        ("struck_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="alliances.pairaction",
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
                            "report",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="record",
                                to="alliances.pairreport",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["action"], name="record_by_action")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_pairrecord_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
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
                            "shape",
                            models.CharField(
                                choices=[("one_to_one", "一对一"), ("one_to_many", "一方对多方")],
                                max_length=12,
                            ),
                        ),
                        ("capacity", models.PositiveSmallIntegerField(default=1)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "actions",
                            models.JSONField(default=lianjian.alliances.models.programmes._default_actions),
                        ),
                        ("giver_duties", models.TextField(blank=True)),
                        ("receiver_duties", models.TextField(blank=True)),
                        (
                            "weights",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=lianjian.alliances.models.programmes._default_weights,
                                size=4,
                            ),
                        ),
                        ("far_km", models.PositiveSmallIntegerField(default=30)),
                        ("yuan_full", models.PositiveIntegerField(default=200000)),
                        ("jobs_full", models.PositiveSmallIntegerField(default=10)),
                        ("weak_first", models.BooleanField(default=False)),
                        ("weak_below", models.PositiveIntegerField(default=50000)),
                        (
                            "chains",
                            models.JSONField(default=lianjian.alliances.models.programmes._default_chains),
                        ),
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
                                related_name="programmes",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_programme_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"), name="one_programme_per_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="programme_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("shape", "one_to_one"), _negated=True),
                                    ("capacity", 1),
                                    _connector="OR",
                                ),
                                name="one_to_one_has_room_for_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairRule",
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
                                choices=[("must", "必须结对"), ("never", "不得结对")], max_length=6
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        (
                            "giver",
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
                            "receiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rules",
                                to="alliances.programme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_pairrule_key"
                            ),
                            models.UniqueConstraint(
                                fields=("programme", "giver", "receiver"), name="one_rule_for_a_pair"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeSide",
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
                                choices=[("giver", "结对方"), ("receiver", "帮扶对象")], max_length=8
                            ),
                        ),
                        (
                            "consent",
                            models.CharField(
                                choices=[("unknown", "未知"), ("yes", "愿意"), ("no", "不愿意")],
                                default="unknown",
                                max_length=8,
                            ),
                        ),
                        ("consent_on", models.DateField(blank=True, null=True)),
                        ("capacity", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("enrolled_on", models.DateField()),
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
                                related_name="programme_sides",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sides",
                                to="alliances.programme",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["programme", "side"], name="side_by_programme")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_programmeside_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("programme", "organization"),
                                name="one_side_in_a_programme",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent", "unknown"), ("consent_on__isnull", False), _connector="OR"
                                ),
                                name="consent_has_a_day",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "待确认"),
                                    ("confirmed", "已确认"),
                                    ("withdrawn", "已作废"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("made_by", models.CharField(max_length=80)),
                        ("digest", models.CharField(max_length=64)),
                        ("total", models.PositiveBigIntegerField()),
                        ("best", models.PositiveBigIntegerField()),
                        ("bound", models.PositiveBigIntegerField()),
                        ("greedy", models.PositiveBigIntegerField(null=True)),
                        ("gaps", models.JSONField(default=dict)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_by", models.CharField(blank=True, max_length=80)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="alliances.programme",
                            ),
                        ),
                        ("greedy_pairs", models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_proposal_key"
                            ),
                            models.UniqueConstraint(
                                fields=("programme", "number"), name="one_proposal_per_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("programme",),
                                name="one_open_proposal",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("gain", models.PositiveIntegerField(default=0)),
                        ("industry", models.SmallIntegerField(null=True)),
                        ("place", models.SmallIntegerField(null=True)),
                        ("market", models.SmallIntegerField(null=True)),
                        ("economy", models.SmallIntegerField(null=True)),
                        ("others", models.JSONField(default=list)),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("open", "未决定"),
                                    ("accepted", "同意"),
                                    ("changed", "人工调整"),
                                    ("refused", "不采用"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("moved", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("decided_by", models.CharField(blank=True, max_length=80)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "giver",
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs",
                                to="alliances.proposal",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["proposal"], name="pair_by_proposal")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_proposalpair_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "refused"), _negated=True),
                                fields=("proposal", "receiver"),
                                name="one_pair_of_a_receiver",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairFact",
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
                                    ("industry", "主导产业"),
                                    ("market", "销售或采购市场"),
                                    ("contract", "现有合同"),
                                    ("jobs", "现有用工"),
                                    ("surveyed", "合同和用工已全部摸排"),
                                    ("income", "村集体经济年经营收入"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=60)),
                        (
                            "value",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                        ),
                        ("day", models.DateField()),
                        ("source", models.CharField(max_length=120)),
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
                                related_name="pair_facts",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "partner",
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
                                fields=("key", "jurisdiction"), name="alliances_pairfact_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "organization", "partner", "kind", "text", "day"),
                                name="one_fact_of_a_day",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__isnull", True), ("value__gte", 0), _connector="OR"
                                ),
                                name="fact_is_not_below_0",
                            ),
                        ],
                    },
                ),
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
                                fields=("key", "jurisdiction"), name="alliances_benefitagreement_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="benefit_ends_later",
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "title"), name="one_agreement_per_title"
                            ),
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
                                    ("profit", "经营收益分红"),
                                    ("rent", "土地租金"),
                                    ("wages", "务工工资"),
                                    ("sales", "产品销售额"),
                                    ("other", "其他事项"),
                                ],
                                max_length=10,
                            ),
                        ),
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
                        ("name", models.CharField(blank=True, max_length=30)),
                        ("unit", models.CharField(blank=True, max_length=10)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_benefititem_key"
                            ),
                            models.UniqueConstraint(
                                fields=("agreement", "kind", "name"), name="one_share_of_a_kind"
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_campaign_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"), name="one_campaign_per_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
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
                        ("counts", models.CharField(max_length=10)),
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
                            models.UniqueConstraint(
                                fields=("campaign", "name"), name="one_campaign_action_per_name"
                            ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_campaignmeeting_key"
                            ),
                            models.UniqueConstraint(
                                fields=("campaign", "meeting"), name="one_tag_of_a_meeting"
                            ),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_honour_key"
                            ),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_participant_key"
                            ),
                            models.UniqueConstraint(
                                fields=("campaign", "organization"), name="once_in_a_campaign"
                            ),
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
                        "indexes": [
                            models.Index(fields=["participant", "on"], name="campaign_record_by_part")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_campaignrecord_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", ""), ("result_on__isnull", True)),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True), ("result_on__isnull", False)
                                    ),
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
                            models.Index(
                                fields=["jurisdiction", "state", "due_on"], name="rectification_by_day"
                            ),
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
                        "indexes": [
                            models.Index(fields=["rectification", "id"], name="step_by_rectification")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_rectificationstep_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("on", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("reported_by", models.CharField(max_length=80)),
                        ("reported_at", models.DateTimeField()),
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
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="alliances.pairtask",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_pairreport_key"
                            )
                        ],
                        "indexes": [models.Index(fields=["task"], name="report_by_task")],
                    },
                ),
                migrations.CreateModel(
                    name="PairTask",
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
                                choices=[("giver", "结对方"), ("receiver", "帮扶对象")], max_length=8
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="alliances.pairaction",
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
                                fields=("key", "jurisdiction"), name="alliances_pairtask_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "action", "side"), name="one_task_of_a_side"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModelCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("place", models.CharField(blank=True, max_length=80)),
                        ("title", models.CharField(max_length=80)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("named_by", models.CharField(max_length=80)),
                        ("document", models.CharField(max_length=120)),
                        ("story", models.TextField(blank=True)),
                        ("lessons", models.TextField()),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="model_cases",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["organization"], name="model_case_by_organization")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_modelcase_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("jurisdiction", "title", "year"),
                                name="one_model_case_of_a_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("place", "")),
                                    models.Q(
                                        ("organization__isnull", True), models.Q(("place", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="model_case_has_one_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonSeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("role", models.CharField(max_length=30)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("ground", models.CharField(blank=True, max_length=200)),
                        (
                            "alliance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
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
                            "on_behalf",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alliance_seats",
                                to="directory.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["person", "since"], name="seat_by_person"),
                            models.Index(fields=["alliance", "role"], name="person_seat_by_alliance"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_personseat_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="person_seat_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("alliance_id"),
                                            models.F("alliance_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (models.Func(models.F("role"), function="link_kind_range"), "&&"),
                                    (
                                        lianjian.directory.models.organizations.DateRange(
                                            models.F("since"), models.F("until")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_role_of_a_person_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BenefitParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("village", "村集体"),
                                    ("firm", "企业"),
                                    ("cooperative", "合作社"),
                                    ("farmers", "农户方"),
                                    ("government", "镇(街道)或部门"),
                                    ("park", "园区"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=80)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_benefitparty_key"
                            ),
                            models.UniqueConstraint(
                                fields=("agreement", "number"), name="one_party_of_a_number"
                            ),
                            models.UniqueConstraint(
                                fields=("agreement", "organization"), name="each_body_is_one_party"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("group", ""), ("organization__isnull", False)),
                                    models.Q(
                                        ("organization__isnull", True),
                                        ("side", "farmers"),
                                        models.Q(("group", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="party_is_a_body_or_farmers",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BenefitPayout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("source", models.CharField(max_length=120)),
                        ("stated_by", models.CharField(max_length=80)),
                        ("stated_at", models.DateTimeField()),
                        ("struck_at", models.DateTimeField(blank=True, null=True)),
                        ("struck_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payouts",
                                to="alliances.benefititem",
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payouts",
                                to="alliances.benefitparty",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["item", "on"], name="payout_by_item")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_benefitpayout_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="payout_is_above_0"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BenefitShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("points", models.PositiveSmallIntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="alliances.benefititem",
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shares",
                                to="alliances.benefitparty",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="alliances_benefitshare_key"
                            ),
                            models.UniqueConstraint(fields=("item", "party"), name="one_share_of_a_party"),
                            models.CheckConstraint(
                                condition=models.Q(("points__lte", 10000)), name="share_is_a_part"
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_term",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_alliance",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_alliancemember",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_brand",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_demonstration",
            kind="register",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0001_initial.BODY,
            reverse_sql="DROP FUNCTION alliance_body(bigint, timestamptz)",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_programme",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_programmeside",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairing",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairfact",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairrule",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_proposal",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_proposalpair",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairaction",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairrecord",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_contribution",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairmeasure",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_campaign",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_campaignaction",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_campaignmeeting",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_participant",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_honour",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_participantstep",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_campaignrecord",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_rectification",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_rectificationstep",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_benefitagreement",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_benefititem",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_benefitfigure",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairtask",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_pairreport",
            kind="owned",
            shared=True,
            open_to="",
        ),
        migrations.RunSQL(
            sql="ALTER POLICY read ON alliances_pairaction USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]) OR id = ANY ((SELECT sec.shared('alliances_pairaction'))::bigint[]))",
            reverse_sql="ALTER POLICY read ON alliances_pairaction USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]))",
        ),
        migrations.RunSQL(
            sql="ALTER POLICY read ON alliances_pairrecord USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]) OR id = ANY ((SELECT sec.shared('alliances_pairrecord'))::bigint[]))",
            reverse_sql="ALTER POLICY read ON alliances_pairrecord USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]))",
        ),
        migrations.RunSQL(
            sql="ALTER POLICY read ON alliances_contribution USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]) OR id = ANY ((SELECT sec.shared('alliances_contribution'))::bigint[]))",
            reverse_sql="ALTER POLICY read ON alliances_contribution USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]))",
        ),
        migrations.RunSQL(
            sql="ALTER POLICY read ON alliances_pairmeasure USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]) OR id = ANY ((SELECT sec.shared('alliances_pairmeasure'))::bigint[]))",
            reverse_sql="ALTER POLICY read ON alliances_pairmeasure USING (jurisdiction_id = ANY ((SELECT sec.readable())::int[]))",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_modelcase",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_personseat",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_benefitparty",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_benefitshare",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="alliances_benefitpayout",
            kind="owned",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0008_people_and_parties.WHOLE,
            reverse_sql=_0008_people_and_parties.NOT_WHOLE,
        ),
    ]
