"""Take back exactly what an import made, and nothing on which somebody has built since."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Sum

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ..models import RIGHT, ChangedRow, Import, KeptChunk, KeptSheet, MadeChunk, ReviewItem
from ..refusals import WrongStep
from .footing import Footing, Reason
from .writing import plain

SHOWN = 500  # refused rows that the report names; it counts them all


@verb
def undo(*, actor: Actor, imported: Import, now: datetime) -> dict[str, Any]:
    """Remove what the import made and put back what it changed; returns the report.

    A row on which something later hangs stays, and is named with the reason; so does what that row needs. While any
    stays, the import stays "done" and can be undone again later.
    """
    require(actor, RIGHT, Whole(imported.jurisdiction_id))
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if imported.state != Import.State.DONE:
        raise WrongStep(state=imported.get_state_display())
    footing = Footing(imported, _made(imported))
    footing.look()
    refused = [_named(model, pk, reason) for (model, pk), reason in footing.refused(SHOWN)]
    restored, unrestored, waiting = _restore(imported, footing)
    removed = _remove(imported, footing)
    if waiting:  # what the import made stood in the place of what was before: now it is free
        more, unrestored, waiting = _restore(imported, footing)
        restored, unrestored = restored + more, unrestored + waiting
    kept = _remove_kept(imported)
    left = sum(len(pks) for pks in footing.staying.values())
    report = {
        "removed": {model._meta.label_lower: len(pks) for model, pks in removed.items() if pks},
        "restored": restored,
        "kept_rows": kept,
        "refused": refused + unrestored[:SHOWN],
        "refused_count": footing.refused_count + len(unrestored),
    }
    whole = not left and not unrestored
    imported.state = Import.State.UNDONE if whole else Import.State.DONE
    imported.undo_report, imported.undone_at, imported.undone_by_name = report, now, actor.name[:80]
    imported.save(update_fields=["state", "undo_report", "undone_at", "undone_by_name"])
    record_bulk(
        actor=actor,
        verb="sheets.undo",
        subject=imported,
        rows={model._meta.label_lower: sorted(pks) for model, pks in removed.items() if pks},
        now=now,
        note=f"restored {restored}, refused {report['refused_count']}",
    )
    return report


def _made(imported: Import) -> dict[type[models.Model], set[int]]:
    """Ids of the rows that the import made, by model."""
    found: dict[type[models.Model], set[int]] = {}
    for label, ids in MadeChunk.objects.filter(imported=imported).values_list("label", "ids"):
        try:
            model = apps.get_model(label)
        except LookupError:
            continue
        found.setdefault(model, set()).update(ids)
    return found


def _named(model: type[models.Model], pk: int, reason: Reason) -> dict[str, Any]:
    row = model._base_manager.filter(pk=pk).first()
    return {"label": model._meta.label_lower, "id": pk, "name": str(row)[:120], **reason.facts()}


def _restore(imported: Import, footing: Footing) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
    """Put old values back where nobody changed them since: how many; what was changed; what another row hinders."""
    restored, refused, waiting = 0, [], []
    for changed in ChangedRow.objects.filter(imported=imported).order_by("-id"):
        model = apps.get_model(changed.label)
        if changed.row_id in footing.mine.get(model, ()):
            if changed.row_id not in footing.staying.get(model, ()):
                changed.delete()
            continue
        row = model._base_manager.filter(pk=changed.row_id).first()
        if row is None:
            changed.delete()
            continue
        items: dict[str, Any] = {name: model._meta.get_field(name) for name in changed.before}
        told = {"label": changed.label, "id": changed.row_id, "name": str(row)[:120], **Reason("changed", "").facts()}
        if not _as_left(row, items, changed.after):
            refused.append(told)
            continue
        values = {name: _value(item, changed.before[name]) for name, item in items.items()}
        excludes = any(isinstance(one, ExclusionConstraint) for one in model._meta.constraints)
        try:
            # A savepoint where rows of the model exclude each other on the same days, as what the import made may.
            with transaction.atomic() if excludes else nullcontext():
                model._base_manager.filter(pk=row.pk).update(**values)
        except IntegrityError:
            if not excludes:
                raise  # without a savepoint nothing more can be asked; the verb says what is in the way
            waiting.append(told)
            continue
        changed.delete()
        restored += 1
    return restored, refused, waiting


def _as_left(row: models.Model, items: dict[str, Any], after: dict[str, Any]) -> bool:
    for name, item in items.items():
        now, then = getattr(row, name), after.get(name)
        if hasattr(item, "_column"):  # sealed: two seals of one value differ
            if now != _value(item, then):
                return False
        elif plain(item, now) != then:
            return False
    return True


def _value(item: Any, held: Any) -> Any:
    if hasattr(item, "_column"):
        return item.from_db_value(held, None, connection)
    return held if isinstance(item, models.ForeignKey) else item.to_python(held)


def _remove(imported: Import, footing: Footing) -> dict[type[models.Model], set[int]]:
    """Delete the rows nothing hangs on, latest found first, and remember those that stay."""
    removed: dict[type[models.Model], set[int]] = {}
    for model in reversed(list(footing.mine)):
        pks = footing.mine[model] - footing.staying.get(model, set())
        delete_rows(model, pks)
        removed[model] = pks
    MadeChunk.objects.filter(imported=imported).delete()
    MadeChunk.objects.bulk_create(
        MadeChunk(
            jurisdiction_id=imported.jurisdiction_id,
            imported=imported,
            label=model._meta.label_lower,
            ids=sorted(pks),
            numbers=[0] * len(pks),
        )
        for model, pks in footing.staying.items()
        if pks
    )
    return removed


def delete_rows(model: type[models.Model], pks: Iterable[int]) -> None:
    """Delete by id, with the loans of the rows to other jurisdictions."""
    ids = list(pks)
    if not ids:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            'DELETE FROM jurisdictions_share WHERE "table" = %s AND row_id = ANY (%s)',
            [model._meta.db_table, ids],
        )
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY (%s)", [ids])  # noqa: S608 - our own table


def _remove_kept(imported: Import) -> int:
    """Rows kept aside go too, sheets without rows with them, and names still waiting for a decision."""
    kept = KeptChunk.objects.filter(imported=imported)
    count = int(kept.aggregate(rows=Sum("numbers__len"))["rows"] or 0)
    kept.delete()
    KeptSheet.objects.filter(jurisdiction_id=imported.jurisdiction_id, chunks__isnull=True).delete()
    ReviewItem.objects.filter(imported=imported, state=ReviewItem.State.OPEN).delete()
    return count
