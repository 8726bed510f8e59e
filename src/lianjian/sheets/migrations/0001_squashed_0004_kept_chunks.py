"""All tables of this app as `0004_kept_chunks` left them, for a new house. Written by `lianjian.config.squash`."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("sheets", "0001_initial"),
        ("sheets", "0002_row_security"),
        ("sheets", "0003_fewer_indexes"),
        ("sheets", "0004_kept_chunks"),
    ]

    initial = True

    dependencies = [
        ("directory", "0001_squashed_0011_volunteers"),
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Import",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(db_collation="C", max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "读取中"),
                                    ("guessed", "待核对列"),
                                    ("checked", "待提交"),
                                    ("running", "导入中"),
                                    ("done", "已导入"),
                                    ("undone", "导入已撤销"),
                                    ("failed", "未成功"),
                                ],
                                default="uploaded",
                                max_length=10,
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("all", "全部行"), ("good", "无误的行")],
                                default="good",
                                max_length=4,
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("uploaded_by", models.BigIntegerField(blank=True, null=True)),
                        ("uploaded_by_name", models.CharField(max_length=80)),
                        ("uploaded_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_by_name", models.CharField(blank=True, max_length=80)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("run", models.PositiveSmallIntegerField(default=0)),
                        ("step", models.CharField(blank=True, max_length=40)),
                        ("done_rows", models.PositiveIntegerField(default=0)),
                        ("total_rows", models.PositiveIntegerField(default=0)),
                        ("beat_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.CharField(blank=True, max_length=300)),
                        ("receipt", models.JSONField(default=dict)),
                        ("undo_report", models.JSONField(default=dict)),
                        ("marks_before", models.JSONField(default=dict)),
                        ("marks", models.JSONField(default=dict)),
                        ("entry_mark", models.BigIntegerField(default=0)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file"
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
                            models.Index(fields=["jurisdiction", "-uploaded_at"], name="import_by_time"),
                            models.Index(fields=["jurisdiction", "sha256"], name="import_by_content"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="sheets_import_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("hidden", models.BooleanField(default=False)),
                        ("signature", models.CharField(blank=True, max_length=400)),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("kind", models.CharField(blank=True, max_length=40)),
                        ("guessed", models.CharField(blank=True, max_length=40)),
                        ("confidence", models.FloatField(default=0)),
                        ("runner_up", models.CharField(blank=True, max_length=40)),
                        ("source", models.CharField(blank=True, max_length=10)),
                        ("chosen", models.JSONField(default=dict)),
                        ("columns", models.JSONField(default=list)),
                        ("header", models.JSONField(default=dict)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("bad_rows", models.PositiveIntegerField(default=0)),
                        ("warned_rows", models.PositiveIntegerField(default=0)),
                        ("blocked", models.BooleanField(default=False)),
                        ("problems", models.JSONField(default=list)),
                        ("outcome", models.JSONField(default=dict)),
                        (
                            "imported",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sheets",
                                to="sheets.import",
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
                                fields=("key", "jurisdiction"), name="sheets_importsheet_key"
                            ),
                            models.UniqueConstraint(
                                fields=("imported", "number"), name="one_sheet_per_number"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("label", models.CharField(max_length=60)),
                        ("row_id", models.BigIntegerField()),
                        ("number", models.IntegerField(default=0)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "imported",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changed",
                                to="sheets.import",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sheets.importsheet",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["label", "row_id"], name="changed_by_row")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="sheets_changedrow_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(blank=True, max_length=40)),
                        ("name", models.CharField(max_length=200)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("signature", models.CharField(blank=True, max_length=400)),
                        ("columns", models.JSONField(default=list)),
                        ("claimed_by", models.CharField(blank=True, max_length=40)),
                        (
                            "first_import",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="sheets.import",
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
                                fields=("key", "jurisdiction"), name="sheets_keptsheet_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "kind", "name", "signature"),
                                name="one_kept_sheet_per_header",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MadeChunk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("label", models.CharField(max_length=60)),
                        (
                            "ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None
                            ),
                        ),
                        (
                            "numbers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), size=None
                            ),
                        ),
                        (
                            "imported",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="made",
                                to="sheets.import",
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
                            "sheet",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="sheets.importsheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="sheets_madechunk_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Memory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "what",
                            models.CharField(
                                choices=[("sheet", "表的种类"), ("column", "列"), ("value", "写法")],
                                max_length=6,
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=40)),
                        ("field", models.CharField(blank=True, max_length=40)),
                        ("word", models.CharField(max_length=400)),
                        ("target", models.CharField(blank=True, max_length=40)),
                        ("by_name", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="sheets_memory_key"),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "what", "kind", "field", "word"),
                                name="one_memory_per_word",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=200)),
                        ("name_key", models.CharField(max_length=200)),
                        ("classification", models.CharField(blank=True, max_length=60)),
                        ("candidates", models.JSONField(default=list)),
                        ("places", models.JSONField(default=list)),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待核对"), ("same", "已认定"), ("other", "都不是")],
                                default="open",
                                max_length=5,
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by_name", models.CharField(blank=True, max_length=80)),
                        (
                            "imported",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reviews",
                                to="sheets.import",
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
                                fields=("key", "jurisdiction"), name="sheets_reviewitem_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name_key", "classification"),
                                name="one_review_per_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptChunk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("label", models.CharField(blank=True, max_length=60)),
                        (
                            "numbers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), size=None
                            ),
                        ),
                        (
                            "lines",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        (
                            "digests",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        (
                            "row_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(null=True), size=None
                            ),
                        ),
                        (
                            "imported",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="kept",
                                to="sheets.import",
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
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chunks",
                                to="sheets.keptsheet",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="sheets_keptchunk_key"
                            )
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_import",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_importsheet",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_madechunk",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_changedrow",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_keptsheet",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_memory",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_reviewitem",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="sheets_keptchunk",
            kind="owned",
            shared=False,
            open_to="",
        ),
    ]
