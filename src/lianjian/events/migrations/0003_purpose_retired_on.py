"""A purpose may be offered no longer; visits that have it keep it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="purpose", name="retired_on", field=models.DateField(blank=True, null=True)
        )
    ]
