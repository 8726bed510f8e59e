"""An index that ends before the last purge of changes is built anew: the number of that purge is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0003_matching"),
    ]

    operations = [
        migrations.AddField(
            model_name="matchcount",
            name="floor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
