"""`lianjian import FILE --town NAME`: the wizard's steps one after the other, without corrections."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lianjian.foundation import clock, context
from lianjian.foundation.actor import SystemActor
from lianjian.jurisdictions.models import Jurisdiction

from . import actions, books
from .models import Import
from .queries.receipts import receipt
from .refusals import TownUnknown


def import_file(*, path: str | PathLike[str], town: str, year: int | None = None) -> dict[str, Any]:
    """Import the good rows of a workbook into a town; returns the receipt. Raises `Refused` with a sentence.

    `ok` is whether every row of the known sheets was stored; `lines` say the same in words.
    """
    places = list(Jurisdiction.objects.filter(name=town).order_by("level", "id"))
    if not places:
        raise TownUnknown(name=town)
    place = next((one for one in places if one.level == Jurisdiction.Level.TOWN), places[0])
    with books.held():
        found = _import(SystemActor(place.pk), place, path, year)
    return {**found, "town": place.name, "ok": not found["left"], "lines": _lines(found)}


def _import(
    actor: SystemActor, place: Jurisdiction, path: str | PathLike[str], year: int | None
) -> dict[str, Any]:
    with transaction.atomic():
        context.enter_for(actor)
        imported = actions.upload(
            actor=actor, jurisdiction_id=place.pk, name=Path(path).name, path=path, year=year, now=clock.now()
        )
        actions.read_import(actor=actor, imported=imported, now=clock.now())
    with transaction.atomic():
        context.enter_for(actor)
        mode, now = Import.Mode.GOOD, clock.now()
        run = actions.prepare(actor=actor, imported=imported, mode=mode, now=now, unchecked=True)
        imported.refresh_from_db()
        actions.commit(actor=actor, imported=imported, run=run, mode=mode, now=now)
        return receipt(imported, addresses=False)


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [_("%(file)s：存入 %(rows)s 行。") % {"file": found["file"], "rows": found["rows"]}]
    for kind in found["kinds"]:
        lines.append(
            _("%(title)s：%(rows)s 行，新增 %(new)s，更新 %(changed)s，未变 %(unchanged)s，未存 %(left)s。")
            % kind
        )
    for kept in found["kept"]:
        lines.append(_("原样保存：%(sheet)s，%(rows)s 行。") % kept)
    for problem in found["problems"]:
        lines.append(f"{problem['sheet']} {problem['cell'] or problem['row'] or ''} {problem['sentence']}")
    if found["reviews"]:
        lines.append(_("有 %(count)s 个名称待核对。") % {"count": len(found["reviews"])})
    return lines
