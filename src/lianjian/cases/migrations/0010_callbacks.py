"""Call-backs apart from cases; who had a case before it went on."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_settling"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("called_at", models.DateTimeField()),
                ("called_on", models.DateField()),
                ("way", models.CharField(max_length=8)),
                ("reached", models.BooleanField()),
                ("solved", models.CharField(blank=True, max_length=8)),
                ("satisfied", models.CharField(blank=True, max_length=12)),
                ("words", models.TextField(blank=True)),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(max_length=80)),
                ("unit", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["phone", "visit", "chat"])), name="call_way_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reached", True), ("solved__in", ["yes", "partly", "no"])),
                            models.Q(("reached", False), ("satisfied", ""), ("solved", "")),
                            _connector="OR",
                        ),
                        name="call_answers_when_reached",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="caseevent",
            name="from_unit",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=models.Q(("from_unit", ""), _negated=True),
                fields=["jurisdiction", "from_unit", "unit"],
                name="case_event_by_handing",
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="callbacks", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(fields=["case", "id"], name="callback_by_case"),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(fields=["jurisdiction", "called_on"], name="callback_by_day"),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_callback_key"),
        ),
        RowSecurity("cases_callback"),
    ]
