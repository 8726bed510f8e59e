"""The unique index of kept rows begins with the sheet."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sheets", "0002_row_security")]

    operations = [
        migrations.AlterField(
            model_name="keptrow",
            name="sheet",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="sheets.keptsheet",
            ),
        ),
    ]
