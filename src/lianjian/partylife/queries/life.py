"""How branches live: what is missing today, the year of one branch, one shortfall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, PartyProfile
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.listing import Link as ListLink
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import asked_by_place, cite
from lianjian.rulebook.rules import Held, Span, spans_between, state_of

from ..models import Shortfall
from ..rules import cadence as rules
from .cadence import Held as MeetingHeld
from .cadence import counted, meetings_of, seats_from
from .listing import address_of

LIGHT_TONES = {"met": "done", "open": "neutral", "due": "due", "late": "late", "suggested": "info"}
LIGHTS = {"met": _("已开展"), "open": _("未到期"), "due": _("该开展"), "late": _("未开展"), "suggested": _("建议开展")}


def shortfall_url(key: object) -> str:
    """The address of a shortfall."""
    return f"{address_of('partylife:shortfall')}{key}"


def life_url(key: object, year: int) -> str:
    """The address of a branch's year."""
    return f"{reverse('partylife:life', kwargs={'key': key})}?year={year}"


def rule_name(code: str) -> str:
    """What a rule asks for, in the active language."""
    return translate(rules.NAMES[code]) if code in rules.NAMES else code


def _row(values: Sequence[Any]) -> Row:
    key, branch, branch_key, code, first, last, required, held, state, reason = values[:10]
    return Row(
        shortfall_url(key),
        (
            ListLink(branch, organization_url(branch_key)),
            rule_name(code),
            first,
            last,
            f"{held}/{required}",
            Badge(translate(rules.STATES[state]), rules.TONES[state]),
            reason,
        ),
    )


def _of_rule(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(rule_code=value)


def _of_branch(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(branch__name__contains=value)


SHORTFALLS = register(
    ListSpec(
        name="partylife.shortfalls",
        title=_("组织生活到期提醒"),
        right="partylife.see",
        base=lambda actor: Shortfall.objects.visible_to(actor),
        columns=(
            Column("branch", _("党组织"), sort="branch__name"),
            Column("rule", _("项目")),
            Column("from", _("本期从"), "date", "period_from", True),
            Column("to", _("本期到"), "date", "period_to"),
            Column("held", _("已开展/应开展")),
            Column("state", _("状态"), "state"),
            Column("reason", _("说明"), hide_small=True),
        ),
        values=(
            "key",
            "branch__name",
            "branch__key",
            "rule_code",
            "period_from",
            "period_to",
            "required",
            "held",
            "state",
            "reason",
        ),
        row=_row,
        default_sort="period_to",
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=lambda rows, text: rows.filter(Q(branch__name__contains=text)),
        filters=(
            Filter(
                "rule", _("项目"), _of_rule, "select", lambda actor: [(code, rule_name(code)) for code in rules.NAMES]
            ),
            Filter("branch", _("党组织"), _of_branch, "text"),
        ),
        empty=(_("没有到期未开展的组织生活"), _("每天夜里按自然月、季、年核对一次,开展并登记后自动补齐。")),
    )
)


@dataclass(frozen=True)
class Cell:
    """One period of one rule: held of asked, its light, and the meetings behind the number."""

    label: str
    held: int
    times: int
    badge: Badge
    meetings: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One rule over the periods of a year."""

    name: str
    cite: str
    cells: Sequence[Cell]
    national: bool


def branch_year(branch: Organization, year: int, today: date) -> Sequence[Line]:
    """Every cadence that asks the branch, period by period; four queries, and those of the rules."""
    profile = PartyProfile.objects.filter(organization=branch).first()
    level = profile.level if profile is not None else "branch"
    has_committee = profile is not None and (profile.members or 0) >= seats_from(today)
    day = min(today, date(year, 12, 31))
    asked = asked_by_place(rules.ACTIVITIES, day, [branch.jurisdiction_id])[branch.jurisdiction_id]
    held = meetings_of(branch, date(year, 1, 1), date(year, 12, 31))
    lines = []
    for code, activity in rules.ACTIVITIES.items():
        one = asked.get(code)
        if one is None or one.cadence is None or level not in activity.levels:
            continue
        if activity.committee and not has_committee:
            continue
        cells = []
        for span in spans_between(date(year, 1, 1), date(year, 12, 31), one.cadence.per):
            if span.first > today or (branch.founded_on is not None and branch.founded_on > span.last):
                continue
            meetings = counted(activity, held, span.first, span.last)
            small = counted(activity, held, span.first, span.last, below=True)
            act = Held(today=today, done=len(meetings), period=span.first, started=branch.founded_on)
            state = state_of(one.cadence, act)
            cells.append(
                Cell(
                    label=span_name(span),
                    held=len(meetings),
                    times=state.times,
                    badge=Badge(LIGHTS[state.light], LIGHT_TONES[state.light]),
                    meetings=[
                        *((f"{show_date(each.day)} {each.title}", each.url) for each in meetings),
                        *((_not_counted(each), each.url) for each in small),
                    ],
                )
            )
        lines.append(Line(rule_name(code), one.cite, cells, one.cadence.national))
    return lines


def _not_counted(meeting: MeetingHeld) -> str:
    words = {"day": show_date(meeting.day), "title": meeting.title}
    return gettext("%(day)s %(title)s(法定人数未达到或未核对,不计)") % words


def span_name(span: Span) -> str:
    """A period in words."""
    year, month = span.first.year, span.first.month
    if span.per == "month":
        return gettext("%(month)s月") % {"month": month}
    if span.per == "quarter":
        return gettext("第%(number)s季度") % {"number": (month - 1) // 3 + 1}
    if span.per == "half":
        return gettext("上半年") if month == 1 else gettext("下半年")
    return gettext("%(year)s年") % {"year": year}


@dataclass(frozen=True)
class ShortfallPage:
    """What is missing, under which rule, and what may be done."""

    name: str
    badge: Badge
    facts: Sequence[tuple[str, Any]]
    evaluation_url: str
    plan_url: str
    plan_word: str
    may_write: bool


def shortfall_page(actor: Actor, row: Shortfall) -> ShortfallPage:
    """One shortfall with its ground."""
    facts = [
        (gettext("党组织"), row.branch.name),
        (gettext("项目"), rule_name(row.rule_code)),
        (gettext("本期"), f"{show_date(row.period_from)} – {show_date(row.period_to)}"),
        (gettext("应开展"), row.required),
        (gettext("已开展"), row.held),
        (gettext("依据"), cite(row.evaluation)),
        (gettext("说明"), row.reason),
    ]
    open_ = row.state in rules.OPEN_STATES
    may = open_ and row.jurisdiction_id in actor.writable and actor.may("partylife.write", row.branch)
    plan, word = "", gettext("安排这次会议")
    if row.rule_code == rules.POOL:
        plan, word = f"{reverse('partylife:new_review')}?body={row.branch.key}" if may else "", gettext("登记这次分析")
    elif actor.may("meetings.write", row.branch):
        plan = f"{reverse('events:plan')}?convener={row.branch.key}"
    return ShortfallPage(
        name=f"{row.branch.name} · {rule_name(row.rule_code)}",
        badge=Badge(translate(rules.STATES[row.state]), rules.TONES[row.state]),
        facts=[(label, value) for label, value in facts if value not in ("", None)],
        evaluation_url=reverse("rulebook:evaluation", kwargs={"key": row.evaluation.key}),
        plan_url=plan if open_ else "",
        plan_word=word,
        may_write=may,
    )
