"""Reports from the command line: `lianjian report NAME --town TOWN --period 2024 --json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from lianjian.directory.models import Organization
from lianjian.foundation import clock, context
from lianjian.foundation.actor import SystemActor
from lianjian.foundation.errors import Refused, _
from lianjian.jurisdictions.models import Jurisdiction

from . import papers, reports
from .queries import Place
from .rules import read_period


class UnknownReport(Refused):
    """There is no report of this name."""

    sentence = _("没有名为“%(name)s”的报告,可用的有:%(known)s。")


class UnknownTown(Refused):
    """There is no such place, or there are several and none was named."""

    sentence = _("请用 --town 指明地区,已有:%(known)s。")


def find_town(town: str) -> Jurisdiction:
    """A jurisdiction by name or prefix; the only town when none is named. Raises `UnknownTown`."""
    every = list(Jurisdiction.objects.order_by("id"))
    if town:
        found = [j for j in every if town in (j.name, j.prefix, str(j.key))]
    else:
        towns = [j for j in every if j.level == Jurisdiction.Level.TOWN]
        found = towns if len(towns) == 1 else []
    if len(found) != 1:
        raise UnknownTown(known="、".join(j.name for j in every))
    return found[0]


def report(
    *, name: str, town: str = "", period: str = "", docx: str = "", xlsx: str = "", language: str = "zh-hans"
) -> dict[str, Any]:
    """Make a report; writes the files that are named and returns the figures with their codes.

    `name` is a report, or a place: then its usual report is made.
    """
    if name not in reports.REPORTS and not town:
        name, town = reports.COVERING.name, name
    made = reports.REPORTS.get(name)
    if made is None:
        raise UnknownReport(name=name, known="、".join(reports.REPORTS))
    with transaction.atomic(), translation.override(language):
        place = find_town(town)
        actor = SystemActor(place.pk)
        context.enter_for(actor)
        root = Organization.objects.get(jurisdiction=place, is_root=True)
        scope = Place(str(root.key), place.name, (place.pk,), "", root.pk, place.pk, True)
        filled = reports.compose(
            actor, made, scope, read_period(period, today=clock.today()), translation.gettext
        )
        if filled is None:
            raise UnknownReport(name=name, known="、".join(reports.REPORTS))
        if docx:
            Path(docx).write_bytes(papers.as_docx(filled, made_on=clock.today()))
        if xlsx:
            Path(xlsx).write_bytes(papers.as_xlsx(filled))
        return reports.as_data(filled)
