"""Which rows of an import others have come to stand on since.

A row made by the import may go unless: a row that came later points to it; it has a journal entry of its own
since; a later import changed it; or a row that stays needs it. Rows that came with the import and hang on its rows
(details, story lines, dated links) were never listed by the stores: their ids lie below the marks that the import
took at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from lianjian.foundation.among import Among
from lianjian.foundation.errors import _, translate

from ..models import ChangedRow, Import

Model = type[models.Model]
Place = tuple[Model, int]
BOOKKEEPING = frozenset({"sheets.madechunk", "sheets.changedrow", "sheets.keptchunk", "sheets.importsheet"})

SENTENCES = {
    "points": _("后来登记的“%(what)s”与它有关联"),
    "journal": _("导入后又被改动过（%(what)s）"),
    "import": _("后来的导入“%(what)s”又改过它"),
    "needed": _("不能撤销的“%(what)s”要用到它"),
    "changed": _("导入后又被改成了别的内容，原值没有恢复"),
}


@dataclass(frozen=True)
class Reason:
    """Why a row stays: a key of SENTENCES and what stands in its way."""

    code: str
    what: str

    def facts(self) -> dict[str, str]:
        """For the report."""
        return {"reason": self.code, "what": self.what[:120]}


def reason_sentence(facts: dict[str, Any]) -> str:
    """The reason in the active language."""
    return translate(SENTENCES[facts["reason"]]) % {"what": facts.get("what", "")}


class Footing:
    """Finds out what may go. `mine` are the import's rows, `staying` those of them that must stay."""

    def __init__(self, imported: Import, made: dict[Model, set[int]]) -> None:
        self.imported = imported
        self.mine: dict[Model, set[int]] = {}
        self.staying: dict[Model, set[int]] = {}
        self._reasons: dict[Place, Reason] = {}
        self._later: list[tuple[Place, Place]] = []
        self._found = made

    def look(self) -> None:
        """Gather, find what is in the way, and spread it to what the rows in the way need."""
        for model, pks in self._found.items():
            self._gather(model, pks)
        self._born()
        for model, pks in self.mine.items():
            self._journalled(model, pks)
            self._imported_since(model, pks)
        # Last: that somebody changed a firm tells more than that its new alias points to it.
        for (model, pk), other in self._later:
            self._stop(model, pk, "points", other)
        self._spread()

    def refused(self, most: int) -> list[tuple[Place, Reason]]:
        """Rows that stay, with the reasons: those in the way first."""
        order = sorted(self._reasons.items(), key=lambda item: item[1].code == "needed")
        return order[:most]

    @property
    def refused_count(self) -> int:
        """How many rows stay for a reason of their own or because others need them."""
        return len(self._reasons)

    def _gather(self, model: Model, pks: set[int]) -> None:
        """Take in rows that still exist and, around and around, those that came with them."""
        new = pks - self.mine.get(model, set())
        new = {pk for (pk,) in _select(model, "id", "id", new)}
        if not new:
            return
        self.mine.setdefault(model, set()).update(new)
        mark = self.imported.marks
        for other, item in _pointing(model):
            last = int(mark.get(other._meta.db_table, 0))
            came_along = set()
            for pk, target in _select(other, f"id, {item.column}", item.column, new):
                if pk in self.mine.get(other, ()):
                    continue
                if pk <= last and other._meta.label_lower != "sheets.reviewitem":
                    came_along.add(pk)
                else:
                    self._later.append(((model, target), (other, pk)))
            if came_along:
                self._gather(other, came_along)
        for other in _about(model):
            self._gather(other, _notes_on(other, model, new))

    def _born(self) -> None:
        """Take in what our rows point to, if it was made while we ran, on nobody's own account, and for us alone.

        A verb of a person leaves a journal entry on what it makes; an evaluation made by the way has none.
        """
        for model in list(self.mine):
            for item in _foreign(model):
                target = item.related_model
                table = target._meta.db_table
                low, high = self.imported.marks_before.get(table, 0), self.imported.marks.get(table, 0)
                wanted = {pk for (pk,) in _select(model, item.column, "id", self.mine[model]) if pk}
                fresh = {pk for pk in wanted if low < pk <= high} - self.mine.get(target, set())
                fresh -= self._others_use(target, fresh) | _with_entry(target, fresh)
                if fresh:
                    self._gather(target, fresh)

    def _others_use(self, model: Model, pks: set[int]) -> set[int]:
        used = set()
        for other, item in _pointing(model):
            rows = _select(other, f"id, {item.column}", item.column, pks)
            used |= {target for pk, target in rows if pk not in self.mine.get(other, ())}
        return used

    def _journalled(self, model: Model, pks: set[int]) -> None:
        for pk, name in _entries(model, pks, self.imported.entry_mark):
            self._stop(model, pk, "journal", name)

    def _imported_since(self, model: Model, pks: set[int]) -> None:
        later = (
            ChangedRow.objects.filter(Among("row_id", pks), label=model._meta.label_lower)
            .exclude(imported=self.imported)
            .values_list("row_id", "imported__name")
        )
        for pk, name in later:
            self._stop(model, pk, "import", name)

    def _stop(self, model: Model, pk: int, code: str, what: str | Place) -> None:
        if (model, pk) in self._reasons:
            return
        if not isinstance(what, str):
            other, other_pk = what
            row = other._base_manager.filter(pk=other_pk).first()
            what = f"{other._meta.verbose_name} {row}" if row is not None else other._meta.label
        self._reasons[model, pk] = Reason(code, what)
        self.staying.setdefault(model, set()).add(pk)

    def _spread(self) -> None:
        """A row in the way stays with all its details, and so does whatever these need.

        What is only needed keeps its own details, but draws in nothing new: the station of one firm that stays must
        not keep the hundred other firms it covers.
        """
        for model, pks in list(self.staying.items()):
            for other, rows in self._details(model, set(pks)):
                self.staying.setdefault(other, set()).update(rows)
        before = -1
        while (size := sum(map(len, self.staying.values()))) != before:
            before = size
            waiting = {model: set(pks) for model, pks in self.staying.items()}
            while waiting:
                model, pks = waiting.popitem()
                for other, rows in self._needed(model, pks):
                    fresh = rows - self.staying.get(other, set())
                    self.staying.setdefault(other, set()).update(fresh)
                    if fresh:
                        waiting.setdefault(other, set()).update(fresh)
            for model, pks in list(self.staying.items()):
                for other, rows in self._details(model, set(pks)):
                    kept = rows - self._drawing(other, rows)
                    self.staying.setdefault(other, set()).update(kept)

    def _drawing(self, model: Model, pks: set[int]) -> set[int]:
        """Rows that point to rows of ours which may go."""
        found = set()
        for item in _foreign(model):
            free = self.mine.get(item.related_model, set()) - self.staying.get(item.related_model, set())
            found |= {pk for pk, target in _select(model, f"id, {item.column}", "id", pks) if target in free}
        return found

    def _needed(self, model: Model, pks: set[int]) -> Iterator[tuple[Model, set[int]]]:
        for item in model._meta.concrete_fields:
            target: Any = item.related_model
            if not isinstance(item, models.ForeignKey) or target not in self.mine:
                continue
            needed = set()
            for pk, target_pk in _select(model, f"id, {item.column}", "id", pks):
                if target_pk in self.mine[target]:
                    needed.add(target_pk)
                    if (target, target_pk) not in self._reasons and (model, pk) in self._reasons:
                        row = model._base_manager.filter(pk=pk).first()
                        self._reasons[target, target_pk] = Reason("needed", str(row))
            yield target, needed

    def _details(self, model: Model, pks: set[int]) -> Iterator[tuple[Model, set[int]]]:
        for other, item in _pointing(model):
            if other in self.mine and other is not model and other._meta.app_label == model._meta.app_label:
                found = {pk for (pk,) in _select(other, "id", item.column, pks)}
                yield other, found & self.mine[other]


def _pointing(model: Model) -> list[tuple[Model, Any]]:
    """Every foreign key of the house that points to the model, hidden ones too."""
    found = []
    for other in apps.get_models():
        if other._meta.label_lower in BOOKKEEPING or other._meta.app_label == "journal":
            continue
        for item in other._meta.concrete_fields:
            if isinstance(item, models.ForeignKey) and item.related_model is model:
                found.append((other, item))
    return found


def _foreign(model: Model) -> list[Any]:
    """The foreign keys of a model to tables of the house."""
    keys = (item for item in model._meta.concrete_fields if isinstance(item, models.ForeignKey))
    return [item for item in keys if item.related_model._meta.app_label not in ("jurisdictions", "accounts")]  # type: ignore[union-attr]


def _has(model: Model, *names: str) -> bool:
    return set(names) <= {item.name for item in model._meta.concrete_fields}


def _about(model: Model) -> list[Model]:
    """Models that name their record by kind and key (duties), if the model has a key."""
    if not _has(model, "key"):
        return []
    return [
        other
        for other in apps.get_models()
        if _has(other, "subject_kind", "subject_key") and other._meta.app_label != "journal"
    ]


def _notes_on(other: Model, model: Model, pks: set[int]) -> set[int]:
    table, named = (connection.ops.quote_name(one._meta.db_table) for one in (model, other))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n.id FROM {named} n JOIN {table} m ON m.key = n.subject_key"  # noqa: S608 - our own tables
            " WHERE n.subject_kind = %s AND m.id = ANY (%s)",
            [model._meta.label_lower, list(pks)],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _entries(model: Model, pks: set[int], after: int) -> list[tuple[int, str]]:
    """Rows with a journal entry of their own above a mark, and whose entry it is."""
    if not pks or not _has(model, "key", "jurisdiction"):
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.id, e.actor_name FROM {table} m JOIN journal_entry e"  # noqa: S608 - our own table
            " ON e.jurisdiction_id = m.jurisdiction_id AND e.subject_key = m.key AND e.id > %s"
            " WHERE m.id = ANY (%s) ORDER BY e.id",
            [after, list(pks)],
        )
        return list(cursor.fetchall())


def _with_entry(model: Model, pks: set[int]) -> set[int]:
    return {pk for pk, _name in _entries(model, pks, 0)}


def _select(model: Model, columns: str, by: str, pks: set[int]) -> list[tuple[Any, ...]]:
    """Columns of the rows whose column `by` is among the ids: one array, not a list of thousands of parameters."""
    if not pks:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {by} = ANY (%s)", [list(pks)])  # noqa: S608 - our own names
        return list(cursor.fetchall())
