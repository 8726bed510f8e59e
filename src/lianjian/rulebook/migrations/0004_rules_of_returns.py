"""The limits to send a case back and to rule on a second return."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "86c9e887f74ca038"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0003_rules")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
