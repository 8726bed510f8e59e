"""Frozen figures behind the wall."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [RowSecurity("insight_frozenfigure")]
