"""Programmes of pairing, facts before it, proposals, pairs and what hangs on them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.alliances.models.programmes
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0001_initial"),
        ("directory", "0007_teams"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["giver"], name="pairing_by_giver"),
                    models.Index(fields=["receiver"], name="pairing_by_receiver"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairing_key"),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairaction_key"),
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
                    models.CharField(choices=[("giver", "结对方"), ("receiver", "帮扶对象")], max_length=8),
                ),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("what", models.CharField(blank=True, max_length=80)),
                ("quantity", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("unit", models.CharField(blank=True, max_length=10)),
                ("on", models.DateField()),
                ("source", models.CharField(max_length=120)),
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
                        choices=[("income", "村集体经济年经营收入"), ("jobs", "带动就业")], max_length=10
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairmeasure_key"),
                    models.UniqueConstraint(fields=("pairing", "kind", "day"), name="one_measure_of_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="measure_is_not_below_0"
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
            ],
            options={
                "indexes": [models.Index(fields=["action"], name="record_by_action")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairrecord_key")
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
                        choices=[("one_to_one", "一对一"), ("one_to_many", "一方对多方")], max_length=12
                    ),
                ),
                ("capacity", models.PositiveSmallIntegerField(default=1)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("actions", models.JSONField(default=lianjian.alliances.models.programmes._default_actions)),
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
                ("chains", models.JSONField(default=lianjian.alliances.models.programmes._default_chains)),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_programme_key"),
                    models.UniqueConstraint(fields=("jurisdiction", "name"), name="one_programme_per_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="programme_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shape", "one_to_one"), _negated=True), ("capacity", 1), _connector="OR"
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
                    models.CharField(choices=[("must", "必须结对"), ("never", "不得结对")], max_length=6),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairrule_key"),
                    models.UniqueConstraint(
                        fields=("programme", "giver", "receiver"), name="one_rule_for_a_pair"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="pairing",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairings", to="alliances.programme"
            ),
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
                    models.CharField(choices=[("giver", "结对方"), ("receiver", "帮扶对象")], max_length=8),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=[("unknown", "未知"), ("yes", "同意"), ("no", "不同意")],
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
                        choices=[("draft", "待确认"), ("confirmed", "已确认"), ("withdrawn", "已作废")],
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_proposal_key"),
                    models.UniqueConstraint(fields=("programme", "number"), name="one_proposal_per_number"),
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
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_pairfact_key"),
                    models.UniqueConstraint(
                        fields=("jurisdiction", "organization", "partner", "kind", "text", "day"),
                        name="one_fact_of_a_day",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="fact_is_not_below_0",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="pairing",
            index=models.Index(fields=["programme", "since"], name="pairing_by_programme"),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        RowSecurity("alliances_programme", kind="register"),
        RowSecurity("alliances_programmeside", kind="register"),
        RowSecurity("alliances_pairing", kind="register"),
        RowSecurity("alliances_pairfact"),
        RowSecurity("alliances_pairrule"),
        RowSecurity("alliances_proposal"),
        RowSecurity("alliances_proposalpair"),
        RowSecurity("alliances_pairaction"),
        RowSecurity("alliances_pairrecord"),
        RowSecurity("alliances_contribution"),
        RowSecurity("alliances_pairmeasure"),
    ]
