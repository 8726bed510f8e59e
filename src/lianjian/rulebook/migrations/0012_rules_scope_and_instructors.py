"""Which firms the rates of coverage count; days of instructors and visits of leaders bind by a place's own document."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "fb9c4089b834f6ec"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0011_rules_taken_up")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop)]
