"""All tables of this app as `0002_chain` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.db.models.deletion
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


_0002_chain = import_module("lianjian.journal.migrations.0002_chain")


class Migration(migrations.Migration):
    replaces = [("journal", "0001_initial"), ("journal", "0002_chain")]

    initial = True

    dependencies = [
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Head",
                    fields=[
                        (
                            "jurisdiction",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        ("seq", models.BigIntegerField()),
                        ("hash", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.BigIntegerField(editable=False, null=True)),
                        ("at", models.DateTimeField(editable=False, null=True)),
                        ("txid", models.BigIntegerField(editable=False, null=True)),
                        ("actor_id", models.BigIntegerField(null=True)),
                        ("actor_name", models.CharField(max_length=80)),
                        ("verb", models.CharField(max_length=60)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_key", models.UUIDField(null=True)),
                        ("body", models.TextField()),
                        ("prev", models.BinaryField(null=True)),
                        ("hash", models.BinaryField(null=True)),
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
                                fields=["jurisdiction", "subject_key", "id"], name="entry_by_subject"
                            ),
                            models.Index(fields=["jurisdiction", "at"], name="entry_by_time"),
                            models.Index(
                                condition=models.Q(("seq__isnull", True)),
                                fields=["txid"],
                                name="entry_unchained",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "seq"), name="one_entry_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=60)),
                        ("before", models.TextField(blank=True)),
                        ("after", models.TextField(blank=True)),
                        ("salt", models.BinaryField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="journal.entry",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["entry"], name="change_by_entry")],
                    },
                ),
                migrations.CreateModel(
                    name="Anchor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("at", models.DateTimeField()),
                        ("short", models.CharField(max_length=12)),
                        ("body", models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Check",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("entries", models.PositiveBigIntegerField()),
                        ("problems", models.JSONField(default=list)),
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
                            models.Index(fields=["jurisdiction", "-at"], name="check_by_jurisdiction")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql=_0002_chain.CHAIN,
            reverse_sql=_0002_chain.UNDO,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="journal_entry",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="journal_head",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="journal_change",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="journal_check",
            kind="owned",
            shared=False,
            open_to="",
        ),
    ]
