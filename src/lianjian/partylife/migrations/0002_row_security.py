"""Found members and applicants behind their wall; both may be lent to the home branch's jurisdiction."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("partylife", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("partylife_foundmember", shared=True),
        RowSecurity("partylife_applicant", shared=True),
    ]
