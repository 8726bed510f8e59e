"""All tables of this app as `0002_row_security` left them, for a new house. Written by `lianjian.config.squash`."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial"), ("files", "0002_row_security")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Bundle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("created_at", models.DateTimeField()),
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
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="files_bundle_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="File",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("sha256", models.CharField(db_collation="C", max_length=64)),
                        ("media_type", models.CharField(max_length=100)),
                        ("at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "bundle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
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
                            "made_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["bundle", "id"], name="file_by_bundle"),
                            models.Index(fields=["sha256"], name="file_by_content"),
                            models.Index(
                                condition=models.Q(("made_for__isnull", False)),
                                fields=["made_for", "-at"],
                                name="file_made_for",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="files_file_key"),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                                name="file_has_a_digest",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="files_bundle",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="files_file",
            kind="owned",
            shared=True,
            open_to="",
        ),
    ]
