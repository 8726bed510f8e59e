"""The figures that documents can answer for."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end, day_start
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .models import Publication
from .queries.people import document_url


def _rows(actor: Actor, scoped: Scoped) -> QuerySet[Publication]:
    rows = Publication.objects.visible_to(actor).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        rows = rows.filter(issuer__path__gte=scoped.path, issuer__path__lt=f"{scoped.path}~")
    return rows.select_related("issuer").order_by("-published_on", "-pk")


def published(actor: Actor, scoped: Scoped) -> QuerySet[Publication]:
    """Documents whose first version came out in the period, whatever became of them."""
    return _rows(actor, scoped).filter(version=1, published_on__range=(scoped.start, scoped.end))


def taken_down(actor: Actor, scoped: Scoped) -> QuerySet[Publication]:
    """Documents that were taken down in the period, by their version of that time."""
    rows = _rows(actor, scoped).filter(down_at__gte=day_start(scoped.start), down_at__lt=day_end(scoped.end))
    newer = Publication.objects.filter(
        document=OuterRef("document"), down_at=OuterRef("down_at"), version__gt=OuterRef("version")
    )
    return rows.filter(~Exists(newer))


def _address(row: Any) -> str:
    return document_url(row.document_key)


_COLUMNS = (
    (_("标题"), "title"),
    (_("文号"), "number"),
    (_("发文单位"), "issuer.name"),
    (_("公布日期"), "published_on"),
)


def _counted(code: str, name: str, definition: str, rows: Any) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        unit="份",
        period="during",
        definition=definition,
        rows=rows,
        columns=_COLUMNS,
        address=_address,
        subject=_("文件管理"),
    )


INDICATORS = [
    _counted(
        "documents.published",
        _("公布文件"),
        _("期内经三审首次公布的文件;修改后再公布的新版不另计,后来下架的仍计。"),
        published,
    ),
    _counted("documents.taken_down", _("下架文件"), _("期内下架的文件,一份文件的各版本只计一次。"), taken_down),
]
