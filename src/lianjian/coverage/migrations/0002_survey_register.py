"""What the register said when a firm answered a survey, so that newer entries there are kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coverage", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="surveyfirm",
            name="register_had",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
