"""Everything of an import belongs to its office."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("sheets_import"),
        RowSecurity("sheets_importsheet"),
        RowSecurity("sheets_madechunk"),
        RowSecurity("sheets_changedrow"),
        RowSecurity("sheets_keptsheet"),
        RowSecurity("sheets_keptrow"),
        RowSecurity("sheets_memory"),
        RowSecurity("sheets_reviewitem"),
    ]
