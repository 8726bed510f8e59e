"""Mediation on the page of a dispute; hearings and their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.foundation.actor import Actor, Whole, whole_jurisdictions
from lianjian.foundation.listing import Badge, Column, ListSpec, Row, register
from lianjian.foundation.looks import show_date, show_datetime
from lianjian.foundation.names import mask_name, mask_phone

from .. import rules
from ..models import Agreement, Attempt, Case, Hearing, HearingCase, Party
from .listing import case_url, state_badge, visible
from .measures import may_measure


def _people(attempt: Attempt) -> str:
    return "、".join(f"{name}({_(rules.MEDIATORS.get(role, role))})" for name, role in attempt.mediators)


def mediation_panel(*, actor: Actor, record: Case, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Parties (masked but for who handles the case), attempts, the agreement; three queries, for disputes alone."""
    if not record.sort.has("mediation"):
        return None
    writes = may_measure(actor, record)
    parties = [
        (
            _(rules.SIDES[one.side]),
            one.name if writes else mask_name(one.name),
            mask_phone(one.phone) if one.phone else "",
        )
        for one in Party.objects.filter(case=record).order_by("side", "id")
    ]
    attempts = [
        (show_date(one.held_on), _people(one), _(rules.ATTEMPT_OUTCOMES[one.outcome]), one.text)
        for one in Attempt.objects.filter(case=record).order_by("-id")[:20]
    ]
    agreement = Agreement.objects.filter(case=record).first()
    acts = _acts(record, bool(parties), agreement) if writes else []
    if not (parties or attempts or agreement or acts):
        return None
    return "cases/_mediation.html", {
        "parties": parties,
        "attempts": attempts,
        "agreement": _agreement_facts(agreement) if agreement else [],
        "acts": acts,
    }


def _acts(case: Case, parties: bool, agreement: Agreement | None) -> list[tuple[str, str]]:
    """(label, address) of what may be done next."""
    names = []
    if not case.ended:
        names.append(("party", _("登记当事人")))
    if parties and agreement is None and case.state in ("signed", "handling", "disputed"):
        names += [("attempt", _("记一次调解")), ("agreement", _("达成协议")), ("end", _("调解不成"))]
    if agreement is not None:
        names.append(("follow", _("回访履行")))
        if not agreement.court_number:
            names.append(("court", _("司法确认")))
    return [(label, reverse("cases:mediate", kwargs={"key": case.key, "act": name})) for name, label in names]


def _agreement_facts(agreement: Agreement) -> list[tuple[str, str]]:
    kept = {None: _("还没有回访"), True: _("已履行"), False: _("未履行")}[agreement.kept]
    lines = [
        (_("协议形式"), _(rules.AGREEMENT_FORMS[agreement.form])),
        (_("生效日期"), show_date(agreement.effective_on)),
        (_("履行情况"), " ".join(filter(None, (kept, agreement.kept_note)))),
    ]
    if agreement.court_number:
        lines.append((_("司法确认"), agreement.court_number))
    elif agreement.court_until:
        lines.append((_("可申请司法确认到"), show_datetime(agreement.court_until)))
    return lines


def hearings_visible(actor: Actor) -> QuerySet[Hearing]:
    """Of the places whose cases the actor sees whole, but for those on accusations kept from the actor."""
    rows = Hearing.objects.filter(jurisdiction_id__in=whole_jurisdictions(actor, "cases.see"))
    hidden = HearingCase.objects.exclude(case__in=visible(actor)).values("hearing_id")
    return rows.exclude(pk__in=hidden)


def _hearing_row(values: Sequence[Any]) -> Row:
    key, title, scheduled, place, state, count = values[:6]
    tone = {"planned": "due", "concluded": "done", "cancelled": "paused"}[state]
    badge = Badge(_(rules.HEARING_STATES[state]), tone)
    return Row(hearing_url(key), (title, scheduled, place, count, badge))


def hearing_url(key: object) -> str:
    """The address of a hearing."""
    return reverse("cases:hearing", kwargs={"key": key})


HEARINGS = register(
    ListSpec(
        name="cases.hearings",
        title=_lazy("听证"),
        base=lambda actor: hearings_visible(actor).annotate(number=Count("heard")),
        columns=(
            Column("title", _lazy("听证事项"), "first"),
            Column("scheduled_at", _lazy("时间"), "date", "scheduled_at"),
            Column("place", _lazy("地点"), "text", None, True),
            Column("number", _lazy("信访事项(件)"), "number"),
            Column("state", _lazy("状态"), "state"),
        ),
        values=("key", "title", "scheduled_at", "place", "state", "number"),
        row=_hearing_row,
        right="cases.see",
        default_sort="-scheduled_at",
        state_field="state",
        states=tuple((code, _lazy(word)) for code, word in rules.HEARING_STATES.items()),
        empty=(_lazy("还没有听证"), _lazy("重大、复杂、疑难的信访事项可以公开听证,一次听证可以办结几件。")),
    )
)


@dataclass(frozen=True)
class HearingPage:
    """One hearing as its page and its paper show it."""

    hearing: Hearing
    badge: Badge
    facts: list[tuple[str, str]]
    panel: list[tuple[str, str, str]]
    others: list[tuple[str, str, str]]
    cases: list[tuple[str, str, str, str]]
    may_conclude: bool
    may_cancel: bool

    @property
    def panel_lines(self) -> list[tuple[str, str]]:
        """The panel as facts."""
        return _lines(self.panel)

    @property
    def other_lines(self) -> list[tuple[str, str]]:
        """Who took part, as facts."""
        return _lines(self.others)


def _lines(seats: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(role, " ".join(filter(None, (name, came)))) for role, name, came in seats]


def hearing_page(actor: Actor, hearing: Hearing) -> HearingPage:
    """Seats, cases and what may be done; two queries."""
    seats = list(hearing.people.order_by("id"))
    came = {None: "", True: _("到场"), False: _("未到场")}

    def shown(panel: bool) -> list[tuple[str, str, str]]:
        return [
            (_(rules.HEARING_ROLES[one.role]), one.name, came[one.attended])
            for one in seats
            if (one.role in rules.PANEL) is panel
        ]

    rows = hearing.heard.select_related("case").order_by("id")
    home = Whole(hearing.jurisdiction_id)
    planned = hearing.state == "planned"
    return HearingPage(
        hearing=hearing,
        badge=_hearing_row((hearing.key, "", None, "", hearing.state, 0)).cells[4],
        facts=[
            (_("时间"), show_datetime(hearing.scheduled_at)),
            (_("地点"), hearing.place),
            (_("举行日期"), show_date(hearing.held_on) if hearing.held_on else "—"),
        ],
        panel=shown(True),
        others=shown(False),
        cases=[
            (
                f"{row.case.number} {row.case.title}",
                case_url(row.case.key),
                str(state_badge(row.case.state, kind=row.case.kind).word),
                _(rules.OUTCOMES[row.outcome]) if row.outcome else "",
            )
            for row in rows
        ],
        may_conclude=planned and actor.may("cases.rule", home),
        may_cancel=planned and actor.may("cases.dispatch", home),
    )


def hearing_panel(*, actor: Actor, record: Case, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Hearings of a petition, for its page; one query."""
    if not record.sort.has("hearing"):
        return None
    rows = Hearing.objects.filter(heard__case=record).order_by("-id")
    shown = [(one.title, hearing_url(one.key), _(rules.HEARING_STATES[one.state])) for one in rows[:5]]
    new = ""
    if not record.ended and actor.may("cases.dispatch", Whole(record.jurisdiction_id)):
        new = f"{reverse('cases:plan_hearing')}?case={record.key}"
    return ("cases/_hearings.html", {"hearings": shown, "new_url": new}) if shown or new else None


def hearable(actor: Actor) -> list[tuple[str, str]]:
    """(key, words) of open petitions of the actor's place."""
    kinds = [kind.code for kind in rules.KINDS.values() if kind.has("hearing")]
    rows = visible(actor).filter(
        jurisdiction_id=actor.jurisdiction_id, kind__in=kinds, state__in=rules.OPEN
    )
    found = rows.order_by("-id").values_list("key", "number", "title")[:100]
    return [(str(key), f"{number} {title}") for key, number, title in found]
