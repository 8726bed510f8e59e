"""Files behind the wall; a lent record lends its files with it."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("files_bundle", shared=True),
        RowSecurity("files_file", shared=True),
    ]
