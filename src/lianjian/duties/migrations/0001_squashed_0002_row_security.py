"""All tables of this app as `0002_row_security` left them, for a new house. Written by `lianjian.config.squash`."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("duties", "0001_initial"), ("duties", "0002_row_security")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0001_squashed_0011_volunteers"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
        ("rulebook", "0001_squashed_0012_rules_scope_and_instructors"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_key", models.UUIDField()),
                        ("kind", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=200)),
                        ("url", models.CharField(max_length=300)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待办"), ("done", "已办")], default="open", max_length=4
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_by", models.CharField(blank=True, max_length=80)),
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
                            "user",
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
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["due_at", "id"],
                                name="duty_open_by_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["organization", "due_at"],
                                name="duty_by_organization",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["person"],
                                name="duty_by_person",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")), fields=["user"], name="duty_by_user"
                            ),
                            models.Index(fields=["subject_kind", "subject_key"], name="duty_by_subject"),
                            models.Index(
                                condition=models.Q(("state", "done")),
                                fields=["jurisdiction", "-closed_at"],
                                name="duty_done",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="duties_duty_key"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=(
                                    "jurisdiction",
                                    "subject_kind",
                                    "subject_key",
                                    "kind",
                                    "organization",
                                    "person",
                                    "user",
                                ),
                                name="one_open_duty_per_record_and_assignee",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("state", "open")),
                                    models.Q(("closed_at__isnull", False), ("state", "done")),
                                    _connector="OR",
                                ),
                                name="duty_closed_at_a_time",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="duties_duty",
            kind="owned",
            shared=True,
            open_to="",
        ),
    ]
