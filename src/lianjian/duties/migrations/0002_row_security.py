"""Duties behind the wall; a lent record lends its duties with it."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [RowSecurity("duties_duty", shared=True)]
