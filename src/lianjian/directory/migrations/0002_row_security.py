"""The directory behind its wall: organizations and links are register, people are owned and can be lent."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity

REGISTER = (
    "organization",
    "alias",
    "enterpriseprofile",
    "enterpriseyear",
    "villageprofile",
    "partyprofile",
    "link",
    "post",
    "grant",
    "areashape",
    "likeness",
    "merge",
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        *(RowSecurity(f"directory_{name}", kind="register") for name in REGISTER),
        RowSecurity("directory_person", shared=True),
        RowSecurity("directory_membership", shared=True),
    ]
