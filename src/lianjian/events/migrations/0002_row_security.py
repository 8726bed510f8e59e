"""Visits behind their wall; purposes are register."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("events_purpose", kind="register"),
        RowSecurity("events_visit", shared=True),
        RowSecurity("events_visitperson"),
    ]
