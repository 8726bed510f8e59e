"""Lists keep the order of the law; step three of the four deliberations has a floor; limits have words."""

from typing import Any

from django.db import migrations

from lianjian.rulebook.actions.loading import load

DIGEST = "c0fef733c5d75ec7"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0009_rules_of_parties")]

    operations = [migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True)]
