"""All tables of this app as `0012_rules_scope_and_instructors` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.db.migrations.operations.special
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.references
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


_0012_rules_scope_and_instructors = import_module(
    "lianjian.rulebook.migrations.0012_rules_scope_and_instructors"
)


class Migration(migrations.Migration):
    replaces = [
        ("rulebook", "0001_initial"),
        ("rulebook", "0002_row_security"),
        ("rulebook", "0003_rules"),
        ("rulebook", "0004_rules_of_returns"),
        ("rulebook", "0005_profiles"),
        ("rulebook", "0006_rules_of_the_clock"),
        ("rulebook", "0007_rules_of_escalation"),
        ("rulebook", "0008_references"),
        ("rulebook", "0009_rules_of_parties"),
        ("rulebook", "0010_rules_in_order"),
        ("rulebook", "0011_rules_taken_up"),
        ("rulebook", "0012_rules_scope_and_instructors"),
    ]

    initial = True

    dependencies = [
        ("foundation", "0001_squashed_0002_references"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="LoadedYear",
                    fields=[
                        ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ("source", models.CharField(max_length=200)),
                        ("loaded_by", models.CharField(max_length=80)),
                        ("loaded_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Rule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=60)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=120)),
                        ("matter", models.CharField(max_length=30)),
                        ("source", models.CharField(max_length=160)),
                        ("article", models.CharField(blank=True, max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("quorum", "到会人数"),
                                    ("majority", "表决票数"),
                                    ("min_interval", "最短间隔"),
                                    ("max_deadline", "最长期限"),
                                    ("cadence", "每期次数"),
                                    ("range", "数量范围"),
                                    ("enum", "规定的项"),
                                    ("exclusion", "不得有的项"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("params", models.JSONField(default=dict)),
                        ("unit", models.CharField(max_length=10)),
                        (
                            "mode",
                            models.CharField(
                                choices=[("BLOCK", "禁止"), ("WARN", "提醒并说明理由"), ("ALERT", "提示")],
                                max_length=5,
                            ),
                        ),
                        (
                            "confidence",
                            models.CharField(
                                choices=[("V1", "法规原文"), ("V2", "权威转述"), ("CONF", "本地可调")],
                                max_length=4,
                            ),
                        ),
                        ("bites", models.CharField(blank=True, max_length=200)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("overridable_by", models.CharField(blank=True, max_length=120)),
                        ("ref", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "version"), name="one_rule_per_code_and_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="rule_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("rule_code", models.CharField(max_length=60)),
                        ("rule_version", models.PositiveSmallIntegerField()),
                        ("cite", models.CharField(max_length=300)),
                        ("inputs", models.JSONField(default=dict)),
                        ("result", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("provisional", models.BooleanField(default=False)),
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
                            models.Index(
                                condition=models.Q(("provisional", True)),
                                fields=["jurisdiction", "id"],
                                name="evaluation_provisional",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="rulebook_evaluation_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocalRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("code", models.CharField(max_length=60)),
                        ("amount", models.PositiveSmallIntegerField(default=0)),
                        ("unit", models.CharField(blank=True, max_length=10)),
                        ("source", models.CharField(max_length=200)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("set_by", models.CharField(max_length=80)),
                        ("set_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        ("params", models.JSONField(default=dict)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="rulebook_localrule_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "code", "valid_from"),
                                name="one_local_rule_per_first_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="local_rule_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("profile", models.CharField(blank=True, max_length=20)),
                        ("subject", models.CharField(blank=True, db_collation="C", max_length=40)),
                        ("source", models.CharField(max_length=200)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(blank=True, null=True)),
                        ("set_by", models.CharField(max_length=80)),
                        ("set_at", models.DateTimeField()),
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
                                fields=("key", "jurisdiction"), name="rulebook_profilechoice_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "subject", "valid_from"),
                                name="one_profile_per_first_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="profile_choice_ends_later",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="rulebook_localrule",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="rulebook_evaluation",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="rulebook_profilechoice",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.foundation.references.Reference(
            table="rulebook_rule",
        ),
        lianjian.foundation.references.Reference(
            table="rulebook_localrule",
        ),
        lianjian.foundation.references.Reference(
            table="rulebook_profilechoice",
        ),
        lianjian.foundation.references.Reference(
            table="rulebook_loadedyear",
        ),
        migrations.RunPython(
            code=_0012_rules_scope_and_instructors.bring_up,
            reverse_code=django.db.migrations.operations.special.RunPython.noop,
        ),
    ]
