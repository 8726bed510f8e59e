"""The plan of the house (`docs/house.md`), held by machine.

Each rule reads the source; what it may not find is named in its message with file and line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey

from lianjian.foundation import translate

SOURCE = Path(__file__).resolve().parents[1] / "src" / "lianjian"

LEVELS = [
    ["foundation"],
    ["jurisdictions"],
    ["journal"],
    ["accounts"],
    ["files"],
    ["rulebook"],
    ["directory"],
    ["notices"],
    ["duties", "sheets"],
    ["events"],
    ["alliances", "awards", "points"],
    ["lists"],
    ["cases", "partylife", "deliberation"],
    ["coverage", "economy", "grid", "projects", "support"],
    ["insight"],
    ["portal", "workbench"],
    ["demo"],
    ["config"],
]
LEVEL = {app: number for number, row in enumerate(LEVELS) for app in row}
FILE_LINES, FUNCTION_LINES, VIEW_LINES, TEMPLATE_LINES = 400, 60, 25, 150

# Doors may read the clock; so may the launcher, whose waiting is not about law.
DOORS = ("views", "api", "tasks", "commands", "middleware", "sessions", "pages", "clock", "export", "wiring")
CLOCK_CALLS = {"now", "today", "utcnow", "localdate", "localtime"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update"}
# Rooms in which rows are written: models and actions, and the technical tables of the foundation.
WRITERS = ("models", "actions", "migrations", "tests")


def sources(*skip: str) -> Iterator[tuple[Path, tuple[str, ...], ast.Module]]:
    """Every module of the product with its path parts below the package and its syntax tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if "tests" in parts or "migrations" in parts or any(word in parts for word in skip):
            continue
        yield path, parts, ast.parse(path.read_text(), str(path))


def where(path: Path, node: ast.AST) -> str:
    """File and line, as an editor opens them."""
    return f"{path.relative_to(SOURCE.parents[1])}:{getattr(node, 'lineno', 0)}"


def test_every_app_has_its_level() -> None:
    unknown = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists()} - set(LEVEL)
    assert not unknown, f"not in the plan: {unknown}"


def test_imports_go_down_only() -> None:
    faults = []
    for path, parts, tree in sources():
        own = LEVEL.get(parts[0], 0)
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                bits = name.split(".")
                if bits[0] != "lianjian" or len(bits) < 2 or bits[1] == parts[0]:
                    continue
                if LEVEL.get(bits[1], 99) >= own:
                    faults.append(f"{where(path, node)} imports {name}")
    assert not faults, "\n".join(faults)


def test_foreign_keys_point_down() -> None:
    faults = []
    for model in apps.get_models():
        if not model.__module__.startswith("lianjian."):
            continue
        own = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model.__module__.startswith("lianjian."):
                other = field.related_model.__module__.split(".")[1]
                if other != own and LEVEL[other] >= LEVEL[own]:
                    faults.append(f"{model.__name__}.{field.name} points up to {other}")
    assert not faults, "\n".join(faults)


def test_files_and_functions_keep_their_budgets() -> None:
    faults = []
    for path, parts, tree in sources():
        lines = len(path.read_text().splitlines())
        if lines > FILE_LINES and "data" not in parts:
            faults.append(f"{where(path, tree)} has {lines} lines (at most {FILE_LINES})")
        if "gallery" in parts:  # sample data for looking at the macros
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                bound = VIEW_LINES if _is_door(node) else FUNCTION_LINES
                if length > bound:
                    faults.append(f"{where(path, node)} {node.name} has {length} lines (at most {bound})")
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        lines = len(path.read_text().splitlines())
        if lines > TEMPLATE_LINES:
            faults.append(f"{path.relative_to(SOURCE)} has {lines} lines (at most {TEMPLATE_LINES})")
    assert not faults, "\n".join(faults)


def _is_door(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(d, ast.Call) and getattr(d.func, "id", "") == "door" for d in node.decorator_list)


def test_only_doors_read_the_clock() -> None:
    faults = []
    for path, parts, tree in sources("launcher", "demo", "reading"):
        if any(part in DOORS for part in parts[1:]):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS:
                owner = node.func.value
                word = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                if word in {"clock", "timezone", "datetime", "date"} and not (
                    node.func.attr in {"localtime", "localdate"} and node.args
                ):
                    faults.append(f"{where(path, node)} {word}.{node.func.attr}()")
    assert not faults, "\n".join(faults)


def test_rows_are_written_by_models_and_actions_only() -> None:
    faults = []
    for path, parts, tree in sources("foundation", "config", "launcher", "reading"):
        if any(part in WRITERS for part in parts[1:]):
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in WRITES and _touches_rows(node.func.value):
                faults.append(f"{where(path, node)} .{node.func.attr}()")
    assert not faults, "\n".join(faults)


def _touches_rows(value: ast.AST) -> bool:
    """True for `X.objects...`, and for a chain of queryset methods."""
    while isinstance(value, ast.Call | ast.Attribute):
        if isinstance(value, ast.Attribute) and value.attr == "objects":
            return True
        value = value.func if isinstance(value, ast.Call) else value.value
    return False


def test_saving_names_its_fields() -> None:
    faults = []
    for path, _parts, tree in sources("launcher", "reading"):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "save"
                and not {k.arg for k in node.keywords} & {"update_fields", "force_insert"}
                and _looks_like_row(node.func.value)
            ):
                faults.append(f"{where(path, node)} save() without update_fields")
    assert not faults, "\n".join(faults)


def _looks_like_row(value: ast.AST) -> bool:
    """Images, forms and documents have a `save` too; they are called by these names."""
    name = value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
    return not any(word in name for word in ("image", "form", "document", "book", "super", "picture", "template"))


def test_rules_stay_plain_python() -> None:
    faults = []
    for path, parts, tree in sources():
        if "rules" not in parts[1:]:
            continue
        for node in ast.walk(tree):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            names = [module] if module else [a.name for a in node.names] if isinstance(node, ast.Import) else []
            faults += [f"{where(path, node)} imports {n}" for n in names if n and n.split(".")[0] == "django"]
    assert not faults, "\n".join(faults)


def test_every_word_has_both_languages() -> None:
    merged = {app.name: translate.merge(translate.extract(app), translate.read(app)) for app in translate.rooms()}
    missing = translate.faults(merged)
    assert not missing, "\n".join(missing[:50])


def test_no_translation_goes_by_an_unknown_name() -> None:
    """A word called through an alias that the collector does not know would never be asked for its English."""
    strange = [
        f"{where(path, node)}: {alias.asname}"
        for path, _parts, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and (alias.asname or alias.name) not in translate.KEYWORDS
    ]
    assert not strange, "\n".join(strange)
