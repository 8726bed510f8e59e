"""Rules and the calendar are kept from request to request."""

from django.db import migrations

from lianjian.foundation.references import Reference


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0007_rules_of_escalation"), ("foundation", "0002_references")]

    operations = [
        Reference("rulebook_rule"),
        Reference("rulebook_localrule"),
        Reference("rulebook_profilechoice"),
        Reference("rulebook_loadedyear"),
    ]
