"""The page of an award, of a round, the paper of results, the part of an organization's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.events.queries import meeting_url, writes
from lianjian.events.rules.meetings import HELD
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import show_date
from lianjian.rulebook.rules import Span, spans_between

from .. import rules
from ..models import RIGHT, WRITE, Nominee, Round, Scheme
from .lists import TONES, due_badge, period_name, round_url, scheme_url

MOST_PERIODS = 24
Facts = list[tuple[str, str]]


# State, name, what came of it, address of the round: as `ui.rows` shows it.
PeriodLine = tuple[tuple[str, str], str, str, str]


@dataclass(frozen=True)
class SchemePage:
    """An award with its periods and what the actor may do."""

    scheme: Scheme
    badge: Badge
    facts: Facts
    periods: list[PeriodLine]
    may_write: bool
    may_open: bool


def period_choices(scheme: Scheme, day: date) -> list[tuple[str, str]]:
    """Periods that a round may be opened for and that have none yet."""
    taken = set(scheme.rounds.exclude(state=rules.CALLED_OFF).values_list("starts", flat=True))
    found = [one for one in rules.open_periods(scheme.per, scheme.since, day) if one not in taken]
    return [(one.isoformat(), period_name(scheme.per, one)) for one in found]


def scheme_page(actor: Actor, scheme: Scheme, day: date) -> SchemePage:
    """The last 24 periods, newest first; two queries."""
    stood, got = Count("nominees"), Count("nominees", filter=Q(nominees__chosen=True, nominees__struck_on__isnull=True))
    spans = spans_between(scheme.since, min(day, scheme.ended_on or day), scheme.per)[-MOST_PERIODS:]
    found = scheme.rounds.annotate(stood=stood, got=got).filter(starts__gte=spans[0].first)
    rows = list(found.order_by("-starts", "-pk"))
    settled = max((one.starts for one in rows if one.state in rules.SETTLED), default=None)
    may = scheme.ended_on is None and writes(actor, WRITE, scheme.organization)
    facts = [
        (_("评选单位"), scheme.organization.name),
        (_("评选对象"), translate(rules.SUBJECTS[scheme.subject])),
        (_("多久评一次"), translate(rules.PERIODS[scheme.per])),
        (_("公示天数"), _("%(n)s天") % {"n": scheme.show_days}),
        (_("达标要求"), _("各条全部达到") if scheme.needs_all else _("由评选会议权衡")),
        (_("依据"), scheme.source),
        (_("设立日期"), show_date(scheme.since)),
        (_("停止日期"), show_date(scheme.ended_on) if scheme.ended_on else ""),
    ]
    taken = {one.starts for one in rows if one.state != rules.CALLED_OFF}
    return SchemePage(
        scheme=scheme,
        badge=due_badge(scheme.per, scheme.since, settled, scheme.ended_on, day),
        facts=[(label, words) for label, words in facts if words],
        periods=_periods(scheme, rows, spans, day),
        may_write=may,
        may_open=may and any(one not in taken for one in rules.open_periods(scheme.per, scheme.since, day)),
    )


def _periods(scheme: Scheme, rows: Sequence[Any], spans: Sequence[Span], day: date) -> list[PeriodLine]:
    """Every period up to today (or the end), with its rounds or the word that there was none."""
    held: dict[date, list[Any]] = {}
    for one in rows:
        held.setdefault(one.starts, []).append(one)
    lines: list[PeriodLine] = []
    for span in reversed(spans):
        name = period_name(scheme.per, span.first)
        of_it = held.pop(span.first, [])
        lines += [_round_line(one, name) for one in of_it]
        if all(one.state == rules.CALLED_OFF for one in of_it):
            missed = span.last < (scheme.ended_on or day)
            badge = (_("没有评选"), "late") if missed else (_("还没有开展"), "neutral")
            lines.append((badge, name, "", ""))
    return lines


def _round_line(one: Any, name: str) -> PeriodLine:
    said = {
        rules.DECIDED: _("候选%(stood)s,获评%(got)s") % {"stood": one.stood, "got": one.got},
        rules.VACANT: one.reason,
        rules.CALLED_OFF: translate(one.reason) if one.reason else "",
    }
    note = said.get(one.state, _("候选%(stood)s") % {"stood": one.stood})
    return (translate(rules.STATES[one.state]), TONES[one.state]), name, note, round_url(one.key)


@dataclass(frozen=True)
class NomineeLine:
    """A candidate: words, criteria met, how it stands, and the steps that are open."""

    number: int
    name: str
    group: str
    way: str
    deeds: str
    met: str
    unmet: list[str]
    checked: str
    badge: Badge
    note: str
    check_url: str
    strike_url: str
    strike_word: str


@dataclass(frozen=True)
class RoundPage:
    """A round with its candidates and what the actor may do now."""

    round: Round
    period: str
    badge: Badge
    facts: Facts
    meeting: tuple[str, str] | None
    lines: list[NomineeLine]
    awarded: int
    ready: int
    may_write: bool
    may_decide: bool


def round_page(actor: Actor, held: Round, day: date) -> RoundPage:
    """One query for the candidates."""
    rows = list(held.nominees.order_by("number"))
    may = writes(actor, WRITE, held.scheme.organization)
    shown = held.state == rules.SHOWN
    return RoundPage(
        round=held,
        period=period_name(held.scheme.per, held.starts),
        badge=Badge(translate(rules.STATES[held.state]), TONES[held.state]),
        facts=_facts(held),
        meeting=(held.meeting.title, meeting_url(held.meeting.key)) if held.meeting else None,
        lines=[_line(held, one, may=may) for one in rows],
        awarded=sum(one.chosen and one.struck_on is None for one in rows) if held.state == rules.DECIDED else 0,
        ready=sum(one.struck_on is None and one.checked_on is not None for one in rows),
        may_write=may,
        may_decide=may and shown and held.shown_until is not None and day > held.shown_until,
    )


def _facts(held: Round) -> Facts:
    shown = ""
    if held.shown_from and held.shown_until:
        shown = f"{show_date(held.shown_from)} — {show_date(held.shown_until)}"
    facts = [
        (_("评选单位"), held.scheme.organization.name),
        (_("评选对象"), translate(rules.SUBJECTS[held.scheme.subject])),
        (_("开始推荐"), show_date(held.opened_on)),
        (_("公示期"), shown),
        (_("结果日期"), show_date(held.closed_on) if held.closed_on else ""),
        (_("依据"), held.document),
        (_("理由"), translate(held.reason) if held.reason else ""),
    ]
    return [(label, words) for label, words in facts if words]


def _line(held: Round, one: Nominee, *, may: bool) -> NomineeLine:
    stands = one.struck_on is None
    left = rules.unmet(held.criteria, one.met)
    open_ = may and stands and held.state == rules.OPEN
    strikes = may and stands and (held.state in rules.GOING or (held.state == rules.DECIDED and one.chosen))
    key = {"key": one.key}
    return NomineeLine(
        number=one.number,
        name=one.name or _("姓名已清除"),
        group=one.group,
        way=translate(rules.WAYS[one.way]),
        deeds=one.deeds,
        met=f"{len(one.met)}/{len(held.criteria)}" if held.criteria and one.checked_on else "",
        unmet=left if one.checked_on else [],
        checked=" · ".join(filter(None, (show_date(one.checked_on), one.checked_by))) if one.checked_on else "",
        badge=_standing(held, one),
        note=one.struck_reason,
        check_url=reverse("awards:check_nominee", kwargs=key) if open_ else "",
        strike_url=reverse("awards:strike_nominee", kwargs=key) if strikes else "",
        strike_word=_("撤销") if held.state == rules.DECIDED else _("移出"),
    )


def _standing(held: Round, one: Nominee) -> Badge:
    if one.struck_on is not None:
        return Badge(_("已撤销") if one.chosen and held.state == rules.DECIDED else _("已退出"), "paused")
    if one.chosen:
        return Badge(_("获评"), "done") if held.state == rules.DECIDED else Badge(_("拟表扬"), "due")
    if held.state == rules.OPEN and one.checked_on is None:
        return Badge(_("待核查"), "neutral")
    if held.state == rules.OPEN:
        return Badge(_("已核查"), "info") if one.agreed else Badge(_("未同意公示"), "neutral")
    return Badge(_("未获评"), "neutral")


def result_lines(held: Round) -> list[tuple[str, str]]:
    """Names and groups of the list that hangs out or is the result, in the order of being put forward."""
    rows = held.nominees.filter(chosen=True, struck_on__isnull=True).order_by("number")
    return list(rows.values_list("name", "group"))


def choices_of_meetings(held: Round) -> list[tuple[str, str]]:
    """Meetings of the body that may have decided it: held since the round was opened, newest first."""
    rows = Meeting.objects.filter(convener=held.scheme.organization, state=HELD, starts_at__date__gte=held.opened_on)
    found = rows.order_by("-starts_at", "-pk").values_list("key", "title", "starts_at")[:50]
    return [(str(key), f"{title} · {show_date(moment)}") for key, title, moment in found]


def organization_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """The awards of a body that stand; nothing for a body without any."""
    if not actor.scopes(RIGHT):
        return None
    rows = Scheme.objects.visible_to(actor).standing().filter(organization=record).order_by("name", "pk")
    (found,) = yield (rows.values_list("key", "name", "per")[:20],)
    shown = [(scheme_url(key), name, translate(rules.PERIODS[per])) for key, name, per in found]
    add = f"{reverse('awards:found_scheme')}?organization={record.key}" if writes(actor, WRITE, record) else ""
    return ("awards/_panel.html", {"schemes": shown, "add_url": add}) if shown else None
