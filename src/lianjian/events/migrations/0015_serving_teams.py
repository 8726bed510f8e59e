"""Teams that serve at a meeting, who came with them, and the hours of service."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_volunteers"),
        ("events", "0014_venue_bookings"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServingTeam",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=60)),
            ],
        ),
        migrations.AddField(
            model_name="attendance",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.team",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="service_hours",
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("team__isnull", True), ("state", "present"), _connector="OR"),
                name="who_serves_is_present",
            ),
        ),
        migrations.AddField(
            model_name="servingteam",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="servingteam",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="teams",
                to="events.meeting",
            ),
        ),
        migrations.AddField(
            model_name="servingteam",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="served", to="directory.team"
            ),
        ),
        migrations.AddConstraint(
            model_name="servingteam",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_servingteam_key"),
        ),
        migrations.AddConstraint(
            model_name="servingteam",
            constraint=models.UniqueConstraint(fields=("meeting", "team"), name="one_team_per_meeting"),
        ),
        RowSecurity("events_servingteam", kind="register"),
    ]
