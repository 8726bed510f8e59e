"""`python -m lianjian.config.squash`: one migration for each app that has several, for a new house.

A new house runs these alone; an older one goes on through the chain that they replace (`replaces`), and both end in
the same schema (tests/test_migrations.py). What a step did to rows that were there is marked `elidable` and left out;
functions, triggers, row security and references are taken over in their order, their text from where it stands.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

HEAD = '"""All tables of this app as `{last}` left them, for a new house. Written by `lianjian.config.squash`."""\n\n'
NAMED = re.compile(r"""['"]@@(\w+)\.(\w+)['"]""")
FUNCTION = re.compile(r"lianjian\.\w+\.migrations\.(\d\w+)\.(\w+)")


def chains(loader: Any) -> dict[str, list[Any]]:
    """The migrations of each of our apps in order, without those that replace others."""
    found: dict[str, list[Any]] = {}
    for (app, _name), migration in sorted(loader.disk_migrations.items()):
        if type(migration).__module__.startswith("lianjian.") and not migration.replaces:
            found.setdefault(app, []).append(migration)
    return found


def on_top(loader: Any) -> list[str]:
    """Migrations that stand on one that still replaces a chain: both ways at once are no state to draw."""
    ours = {k: one for k, one in loader.disk_migrations.items() if type(one).__module__.startswith("lianjian.")}
    old = {key for key, migration in ours.items() if migration.replaces}
    plain = (migration for key, migration in ours.items() if key not in old)
    return sorted(str(migration) for migration in plain if old & {tuple(one) for one in migration.dependencies})


def whole(state: Any, app: str) -> list[Any]:
    """A `CreateModel` for each model of the app, with everything that it has in the end."""
    from django.db.migrations.operations import CreateModel

    made = []
    for (label, _name), model in state.models.items():
        if label == app:
            options = {name: value for name, value in model.options.items() if value}
            made.append(CreateModel(model.name, list(model.fields.items()), options, model.bases, model.managers))
    return made


def taken_over(chain: list[Any], tables: set[str]) -> tuple[list[Any], list[Any]]:
    """What is not about models: before the first table, and after the last. Tables that are gone leave nothing."""
    from django.db.migrations.operations import SeparateDatabaseAndState
    from django.db.migrations.operations.fields import FieldOperation
    from django.db.migrations.operations.models import IndexOperation, ModelOperation

    from lianjian.foundation.tables import Tables

    drawn = (ModelOperation, FieldOperation, IndexOperation, SeparateDatabaseAndState, Tables)
    before: list[Any] = []
    after: list[Any] = []
    part = before
    for migration in chain:
        for operation in migration.operations:
            if isinstance(operation, drawn):
                part = after
            elif not operation.elidable and getattr(operation, "table", None) in {None, *tables}:
                part.append(_named(operation, migration))
    return before, after


def _named(operation: Any, migration: Any) -> Any:
    """SQL that stands in a constant of its migration is named there, not written a second time."""
    from django.db.migrations.operations import RunSQL

    if not isinstance(operation, RunSQL):
        return operation
    constants = vars(sys.modules[type(migration).__module__]).items()
    names = {value: name for name, value in constants if name.isupper() and isinstance(value, str)}

    def name(text: Any) -> Any:
        return f"@@{migration.name}.{names[text]}" if isinstance(text, str) and text in names else text

    return RunSQL(name(operation.sql), name(operation.reverse_sql))


def depends(chain: list[Any], last: dict[str, str]) -> list[Any]:
    """The newest of every other app that the chain leans on; the user as the setting names it."""
    from django.conf import settings
    from django.db.migrations import swappable_dependency

    found: dict[str, Any] = {}
    for migration in chain:
        for app, name in migration.dependencies:
            if app != migration.app_label:
                user = name == "__first__"
                found[app] = swappable_dependency(settings.AUTH_USER_MODEL) if user else (app, last.get(app, name))
    return [found[app] for app in sorted(found)]


def text_of(app: str, name: str, chain: list[Any], parts: list[Any], dependencies: list[Any]) -> str:
    """The file. What stands in a numbered module, which cannot be imported by statement, is imported by name."""
    from django.db.migrations import Migration
    from django.db.migrations.writer import MigrationWriter

    kind = type("Migration", (Migration,), {
        "initial": True, "dependencies": dependencies, "operations": parts,
        "replaces": [(app, migration.name) for migration in chain],
    })  # fmt: skip
    text = MigrationWriter(kind(name, app), include_header=False).as_string()
    text = re.sub(r"^import lianjian\.\w+\.migrations\.\d\w+\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^# (Functions from|Move them|RunPython op|lianjian).*\n", "", text, flags=re.MULTILINE)
    text = FUNCTION.sub(r'"@@\1.\2"', text)
    modules = sorted({found[0] for found in NAMED.findall(text)})
    text = NAMED.sub(lambda found: f"_{found[1]}.{found[2]}", text)
    lines = [f'_{module} = import_module("lianjian.{app}.migrations.{module}")\n' for module in modules]
    if lines:
        text = "from importlib import import_module\n" + text
        text = text.replace("\nclass Migration", "\n" + "".join(lines) + "\n\nclass Migration", 1)
    return HEAD.format(last=chain[-1].name) + text


def main() -> int:
    """Write them all anew. The chains and the models stay as they are."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianjian.config.settings")
    django.setup()
    from django.db.migrations.loader import MigrationLoader

    from lianjian.foundation.tables import Tables

    loader = MigrationLoader(None, replace_migrations=False)
    if standing := on_top(loader):
        names = ", ".join(standing)
        sys.stderr.write(f"First remove the chains that are replaced, and `replaces` (decision 0023): {names}\n")
        return 1
    found = chains(loader)
    state = loader.project_state([(app, chain[-1].name) for app, chain in found.items()])
    tables = {model.options.get("db_table") or f"{app}_{name}" for (app, name), model in state.models.items()}
    several = {app: chain for app, chain in found.items() if len(chain) > 1}
    names = {app: f"0001_squashed_{chain[-1].name}" for app, chain in several.items()}
    for app, chain in several.items():
        before, after = taken_over(chain, tables)
        parts = [*before, Tables(whole(state, app)), *after]
        path = Path(sys.modules[type(chain[0]).__module__].__file__ or "").with_name(f"{names[app]}.py")
        path.write_text(text_of(app, names[app], chain, parts, depends(chain, names)))
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(path)], check=True)  # noqa: S603
    return 0


if __name__ == "__main__":
    sys.exit(main())
