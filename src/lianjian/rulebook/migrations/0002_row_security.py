"""Evaluations are owned; local rules are read by everybody and written by their place."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("rulebook_localrule", kind="register"),
        RowSecurity("rulebook_evaluation", shared=True),
    ]
