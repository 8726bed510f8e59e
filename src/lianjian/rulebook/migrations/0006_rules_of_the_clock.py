"""Load the shipped rules: how long a refusal, an extension and a pause may take, and how long a matter stays on a tier."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "dbb41da373e34d57"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0005_profiles")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
