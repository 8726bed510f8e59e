"""Accusations are kept from the accused; who has an interest withdraws."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_followers"),
        ("directory", "0006_adjudicator"),
        ("events", "0005_registered_visitors"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("rulebook", "0007_rules_of_escalation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("user_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=80)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="accused",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="accused_text",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("accused__isnull", False)), fields=["accused"], name="case_by_accused"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_recusal_key"),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(fields=("case", "user_id"), name="one_recusal_per_account"),
        ),
        RowSecurity("cases_recusal"),
    ]
