"""More rows wait for the search index of visits: fewer, larger merges are cheaper for an import."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0005_registered_visitors")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX visit_search SET (gin_pending_list_limit = 16384)",
                    "ALTER INDEX visit_search SET (gin_pending_list_limit = 4096)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex(model_name="visit", name="visit_search"),
                migrations.AddIndex(
                    model_name="visit",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fastupdate=True, fields=["search"], gin_pending_list_limit=16384, name="visit_search"
                    ),
                ),
            ],
        )
    ]
