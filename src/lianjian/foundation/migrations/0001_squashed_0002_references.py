"""All tables of this app as `0002_references` left them, for a new house. Written by `lianjian.config.squash`."""

import lianjian.foundation.references
import lianjian.foundation.tables
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("foundation", "0001_initial"), ("foundation", "0002_references")]

    initial = True

    dependencies = []

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="DayOverride",
                    fields=[
                        ("day", models.DateField(primary_key=True, serialize=False)),
                        ("working", models.BooleanField()),
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("source", models.CharField(max_length=200)),
                    ],
                ),
                migrations.CreateModel(
                    name="OnceKey",
                    fields=[
                        ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "once-key",
                    },
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("user_id", models.BigIntegerField()),
                        ("key", models.CharField(max_length=80)),
                        ("digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("location", models.TextField(blank=True)),
                        ("body", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user_id", "key"), name="one_answer_per_idempotency_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("user_id", models.BigIntegerField()),
                        ("page", models.CharField(max_length=60)),
                        ("name", models.CharField(max_length=60)),
                        ("query", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user_id", "page", "name"), name="one_saved_view_per_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("n", models.BigIntegerField()),
                    ],
                ),
            ],
        ),
        migrations.RunSQL(
            sql="CREATE FUNCTION foundation_reference_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO foundation_referencechange (n) VALUES (1); RETURN NULL; END $$",
            reverse_sql="DROP FUNCTION foundation_reference_changed()",
        ),
        lianjian.foundation.references.Reference(
            table="foundation_dayoverride",
        ),
    ]
