"""Cases behind their wall; categories and routes are register."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("cases_category", kind="register"),
        RowSecurity("cases_route", kind="register"),
        RowSecurity("cases_case", shared=True),
        RowSecurity("cases_caseevent"),
        RowSecurity("cases_extension"),
    ]
