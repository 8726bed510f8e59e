"""When a case goes up the line: how long each rule waits."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "d1460b896ee124b2"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0006_rules_of_the_clock")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
