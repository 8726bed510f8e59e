"""Signing up: till when, for how many, and who did."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_temporary_formation"),
        ("events", "0011_codes_at_the_door"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.AddField("meeting", "seats", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("meeting", "sign_up_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__isnull", True), ("seats__gte", 1), _connector="OR"),
                name="meeting_has_a_seat",
            ),
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("signed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by_name", models.CharField(max_length=80)),
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
                        related_name="sign_ups",
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
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_signup_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("meeting", "person"),
                        name="one_sign_up_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("signed_at")),
                            _connector="OR",
                        ),
                        name="sign_up_withdrawn_after",
                    ),
                ],
            },
        ),
        RowSecurity("events_signup", shared=True),
    ]
