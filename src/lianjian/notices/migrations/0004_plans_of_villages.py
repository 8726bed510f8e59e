"""Help plans of villages and spatial plans are kinds of documents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_documents"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("notice", "通知"),
                    ("plan", "方案(计划)"),
                    ("help_plan", "帮扶计划"),
                    ("spatial", "规划"),
                    ("system", "制度"),
                    ("minutes", "纪要"),
                    ("disclosure", "公示"),
                    ("policy", "政策"),
                    ("agreement", "协议"),
                    ("report", "简报"),
                    ("letter", "函"),
                    ("other", "其他文件"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="kind",
            field=models.CharField(
                choices=[
                    ("notice", "通知"),
                    ("plan", "方案(计划)"),
                    ("help_plan", "帮扶计划"),
                    ("spatial", "规划"),
                    ("system", "制度"),
                    ("minutes", "纪要"),
                    ("disclosure", "公示"),
                    ("policy", "政策"),
                    ("agreement", "协议"),
                    ("report", "简报"),
                    ("letter", "函"),
                    ("other", "其他文件"),
                ],
                max_length=12,
            ),
        ),
    ]
