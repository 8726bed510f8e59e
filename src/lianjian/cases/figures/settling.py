"""Figures of disputes and petitions: told, mediated, heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import Agreement, Case, Hearing
from ..queries import case_url
from ..queries.settling import hearing_url, hearings_visible
from ..queries.solved import SOLVED
from .counts import CLOSED_COLUMNS, COLUMNS, _address, _within

SUBJECT = _("诉求")


def told_of(kind: str) -> Callable[[Actor, Scoped], QuerySet[Case]]:
    """Cases of a kind told within the period."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
        return _within(actor, scoped, kind).filter(registered_on__range=(scoped.start, scoped.end))

    return rows


def obstacles_solved(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Obstacles of projects closed as solved within the period (003-52)."""
    return _within(actor, scoped, "obstacle").filter(SOLVED, closed_on__range=(scoped.start, scoped.end))


def agreements(actor: Actor, scoped: Scoped) -> QuerySet[Agreement]:
    """Mediation agreements that took effect within the period."""
    cases = _within(actor, scoped, "").order_by().values("pk")
    found = Agreement.objects.filter(case__in=cases, effective_on__range=(scoped.start, scoped.end))
    return found.select_related("case").order_by("effective_on", "id")


def hearings(actor: Actor, scoped: Scoped) -> QuerySet[Hearing]:
    """Hearings concluded within the period."""
    rows = hearings_visible(actor).filter(jurisdiction_id__in=scoped.jurisdiction_ids, state="concluded")
    return rows.filter(held_on__range=(scoped.start, scoped.end)).order_by("held_on", "id")


def _told(code: str, name: str, kind: str, definition: str) -> Indicator:
    return Indicator(
        code=f"cases.{code}",
        name=name,
        unit="件",
        period="during",
        definition=definition,
        rows=told_of(kind),
        columns=COLUMNS,
        address=_address,
        subject=SUBJECT,
    )


def _of_case(row: Any) -> str:
    return case_url(row.case.key)


SETTLING = [
    _told("disputes", _("受理矛盾纠纷"), "dispute", _("时段内提出的矛盾纠纷,按提出日期计。已撤回、已并案的不计。")),
    _told("petitions", _("受理信访事项"), "petition", _("时段内提出的信访事项,按提出日期计。已撤回、已并案的不计。")),
    Indicator(
        code="cases.obstacles_solved",
        name=_("解决项目堵点"),
        unit="件",
        period="during",
        definition=_("时段内以“已解决”办结的项目堵点,按办结日期计,不论何时提出。按类别分列。"),
        rows=obstacles_solved,
        columns=CLOSED_COLUMNS,
        address=_address,
        split=(_("类别"), "category__name"),
        subject=SUBJECT,
    ),
    Indicator(
        code="cases.agreements",
        name=_("达成调解协议"),
        unit="件",
        period="during",
        definition=_("时段内生效的调解协议,书面和口头都算,按生效日期计。"),
        rows=agreements,
        columns=((_("编号"), "case.number"), (_("诉求"), "case.title"), (_("生效日期"), "effective_on")),
        address=_of_case,
        subject=SUBJECT,
    ),
    Indicator(
        code="cases.hearings",
        name=_("公开听证"),
        unit="次",
        period="during",
        definition=_("时段内举行并形成结论的听证,一次一行,按举行日期计。取消的不计。"),
        rows=hearings,
        columns=((_("听证事项"), "title"), (_("举行日期"), "held_on")),
        address=lambda row: hearing_url(row.key),
        subject=SUBJECT,
    ),
]
