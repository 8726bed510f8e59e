"""Struck measures, and how many pairs greedy choice makes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0002_pairing"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="pairmeasure",
            name="one_measure_of_a_day",
        ),
        migrations.AddField(
            model_name="pairmeasure",
            name="struck_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="pairmeasure",
            name="struck_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="proposal",
            name="greedy_pairs",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="programmeside",
            name="consent",
            field=models.CharField(
                choices=[("unknown", "未知"), ("yes", "愿意"), ("no", "不愿意")],
                default="unknown",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="pairmeasure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("struck_at__isnull", True)),
                fields=("pairing", "kind", "day"),
                name="one_measure_of_a_day",
            ),
        ),
    ]
