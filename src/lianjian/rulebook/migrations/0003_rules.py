"""Load the shipped rules. When `data/national.py` changes, add a migration like this one with the new digest."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "cd595a1ffd1a2bc6"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0002_row_security")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
