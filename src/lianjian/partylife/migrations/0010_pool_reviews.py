"""A committee's reviews of those on their way into the party."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_temporary_formation"),
        ("events", "0010_standing_topics"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0009_moves_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="PoolReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("reviewed_on", models.DateField()),
                ("problems", models.CharField(max_length=500)),
                ("measures", models.CharField(max_length=500)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_reason", models.CharField(blank=True, max_length=200)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_reviews",
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "入党积极分子队伍分析",
            },
        ),
        migrations.CreateModel(
            name="PoolNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("words", models.CharField(max_length=200)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partylife.applicant",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="partylife.poolreview",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="poolreview",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="partylife_poolreview_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="poolreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("struck_at__isnull", True)),
                fields=("body", "reviewed_on"),
                name="one_pool_review_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("struck_at__isnull", True),
                    models.Q(("struck_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="struck_review_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolnote",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_poolnote_key"),
        ),
        migrations.AddConstraint(
            model_name="poolnote",
            constraint=models.UniqueConstraint(
                fields=("review", "applicant"), name="one_pool_note_per_applicant"
            ),
        ),
        RowSecurity("partylife_poolreview"),
        RowSecurity("partylife_poolnote"),
    ]
