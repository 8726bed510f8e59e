"""Indexes that others begin with: each row of an import wrote them for nobody."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0003_purpose_retired_on")]

    operations = [
        migrations.AlterField(
            model_name="visit",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="directory.organization",
            ),
        ),
        migrations.AlterField(
            model_name="visitperson",
            name="visit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="people",
                to="events.visit",
            ),
        ),
        migrations.AlterField(
            model_name="visitperson",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.person",
            ),
        ),
    ]
