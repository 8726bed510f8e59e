"""Reports from the command line: `lianjian report NAME --town TOWN --period 2024 --json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from lianjian.directory.models import Organization
from lianjian.files import store
from lianjian.foundation import clock, context
from lianjian.foundation.actor import SystemActor
from lianjian.foundation.errors import Refused, _
from lianjian.jurisdictions.models import Jurisdiction

from . import filling, papers, reports
from .models import OfficeTemplate
from .queries import Place, file_of
from .rules import Period, read_period


class UnknownReport(Refused):
    """There is no report of this name."""

    sentence = _("没有名为“%(name)s”的报告,可用的有:%(known)s。")


class UnknownTown(Refused):
    """There is no such place, or there are several and none was named."""

    sentence = _("请用 --town 指明地区,已有:%(known)s。")


class UnknownTemplate(Refused):
    """The place keeps no template of this name in use."""

    sentence = _("没有名为“%(name)s”的模板,可用的有:%(known)s。")


class OtherForm(Refused):
    """A Word template cannot be written as a workbook, nor the other way round."""

    sentence = _("模板“%(name)s”是 %(kind)s 文件,请用 --%(kind)s 指明写到哪里。")


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
    *,
    name: str,
    town: str = "",
    period: str = "",
    docx: str = "",
    xlsx: str = "",
    template: str = "",
    language: str = "zh-hans",
) -> dict[str, Any]:
    """Make a report; writes the files that are named and returns the figures with their codes.

    `name` is a report, or a place: then its usual report is made. With `template` the file is the template of the
    place that has this name, filled.
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
        span = read_period(period, today=clock.today())
        filled = reports.compose(actor, made, scope, span, translation.gettext)
        if filled is None:
            raise UnknownReport(name=name, known="、".join(reports.REPORTS))
        if template:
            _write_template(actor, template, scope, span, {"docx": docx, "xlsx": xlsx})
        elif docx:
            Path(docx).write_bytes(papers.as_docx(filled, made_on=clock.today()))
        elif xlsx:
            Path(xlsx).write_bytes(papers.as_xlsx(filled))
        return reports.as_data(filled)


def _write_template(
    actor: SystemActor, name: str, place: Place, period: Period, targets: dict[str, str]
) -> None:
    """Fill a template of the place. Raises `UnknownTemplate`, `OtherForm` and those of `filling.fill`."""
    kept = OfficeTemplate.objects.visible_to(actor).filter(retired_on__isnull=True)  # type: ignore[attr-defined]
    found = kept.filter(name=name).first()
    file = file_of(found) if found is not None else None
    if file is None:
        known = "、".join(kept.order_by("name").values_list("name", flat=True)) or "—"
        raise UnknownTemplate(name=name, known=known)
    kind = file.name.rpartition(".")[2]
    target = targets.get(kind)
    if not target:
        raise OtherForm(name=name, kind=kind)
    with store.path_of(file.sha256).open("rb") as content:
        made = filling.fill(actor, content, place, period, today=clock.today())
    Path(target).write_bytes(made)
