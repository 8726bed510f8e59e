"""What a goal counts may belong to an app above: the list of choices is no longer the model's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alliances", "0005_pairs_over_towns")]

    operations = [
        migrations.AlterField(
            model_name="campaignaction",
            name="counts",
            field=models.CharField(max_length=10),
        ),
    ]
