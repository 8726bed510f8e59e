"""A need that is published points to its item on the list."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_counts"),
        ("directory", "0007_teams"),
        ("events", "0006_search_list"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("lists", "0002_protocol"),
        ("rulebook", "0008_references"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="item",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="lists.item",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("item__isnull", False)), fields=["item"], name="case_by_item"
            ),
        ),
    ]
