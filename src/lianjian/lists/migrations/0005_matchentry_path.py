"""A search row keeps where its body hung when it was written: a row that lags is told by what it says, not by a clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0004_matchcount_floor"),
    ]

    operations = [
        migrations.AddField(
            model_name="matchentry",
            name="path",
            field=models.CharField(
                blank=True, db_collation="C", db_default="", default="", editable=False, max_length=120
            ),
        ),
        migrations.AlterField(
            model_name="matchentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("need", "需求"),
                    ("resource", "资源"),
                    ("project", "合作项目"),
                    ("activity", "活动"),
                    ("expert", "专家"),
                    ("policy", "政策"),
                    ("lesson", "办理经验"),
                ],
                max_length=10,
            ),
        ),
    ]
