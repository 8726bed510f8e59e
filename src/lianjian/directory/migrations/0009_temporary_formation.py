"""A party organization may be temporary."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
    ]

    operations = [
        migrations.AlterField(
            model_name="partyprofile",
            name="formation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own", "单独建"),
                    ("joint", "联合建"),
                    ("attached", "挂靠建"),
                    ("temporary", "临时设立"),
                ],
                max_length=10,
            ),
        ),
    ]
