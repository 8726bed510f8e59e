"""Sections and divisions of GB/T 4754-2017, so that every new house knows them. The full table can be loaded later."""

from typing import Any

from django.db import migrations

from lianjian.foundation.data.industries import DIVISIONS, SECTION_OF, SECTIONS


def load(apps: Any, schema_editor: Any) -> None:
    industry = apps.get_model("directory", "Industry")
    industry.objects.bulk_create(
        industry(code=letter, name=name, section=letter, level=1) for letter, (name, _first, _last) in SECTIONS.items()
    )
    sections = dict(industry.objects.filter(level=1).values_list("code", "id"))
    industry.objects.bulk_create(
        industry(code=code, name=name, section=SECTION_OF[code], level=2, parent_id=sections[SECTION_OF[code]])
        for code, name in DIVISIONS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_row_security")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
