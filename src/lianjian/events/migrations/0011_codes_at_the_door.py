"""Codes at the door: whether they are given out, and who came by one."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_temporary_formation"),
        ("events", "0010_standing_topics"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="door_opened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("arrived_at", models.DateTimeField()),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="events.meeting",
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_arrival_key"),
                    models.UniqueConstraint(fields=("meeting", "person"), name="one_arrival_per_person"),
                ],
            },
        ),
        RowSecurity("events_arrival", shared=True),
    ]
