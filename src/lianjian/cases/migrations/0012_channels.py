"""Answers kept for all, channels, how jobs were found."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_team"),
        ("directory", "0007_teams"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="channel",
            field=models.CharField(blank=True, max_length=40),
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_channelmember_key"),
                    models.UniqueConstraint(fields=("channel", "name", "role"), name="one_member_per_role"),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="cases.channel"
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_channelpost_key"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["push", "question"])), name="post_kind_is_known"
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
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
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
        RowSecurity("cases_lesson", kind="register"),
        RowSecurity("cases_channel"),
        RowSecurity("cases_channelmember"),
        RowSecurity("cases_channelpost"),
    ]
