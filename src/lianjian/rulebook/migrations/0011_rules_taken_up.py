"""The yearly analysis of activists binds where a place's own document takes it up."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "1cd5880dd2bfd5e5"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0010_rules_in_order")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
