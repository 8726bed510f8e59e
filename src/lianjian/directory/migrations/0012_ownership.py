"""An enterprise has an owner: state, collective, private, Hong Kong, Macao and Taiwan, foreign."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_squashed_0011_volunteers"),
    ]

    operations = [
        migrations.AddField(
            model_name="enterpriseprofile",
            name="ownership",
            field=models.CharField(
                blank=True,
                choices=[
                    ("state", "国有(含国有控股)"),
                    ("collective", "集体(含集体控股)"),
                    ("private", "民营(私营)"),
                    ("hmt", "港澳台资"),
                    ("foreign", "外资"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
    ]
