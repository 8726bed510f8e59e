"""One case as its page and its paper show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.directory.queries import organization_url
from lianjian.events.queries import visit_url
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import WorkCalendar
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import Event, show_date, show_datetime
from lianjian.foundation.names import mask_phone
from lianjian.foundation.text import labelled
from lianjian.rulebook.queries import arithmetic, calendar, term_text

from .. import rules
from ..models import Case, CaseEvent, Extension, Pause
from .listing import TICKING, case_url, state_badge
from .moves import Button, buttons, may_attach, waiting_of
from .pauses import counted_days
from .tree import tree_of


@dataclass(frozen=True)
class CasePage:
    """Everything the page of a case needs."""

    case: Case
    badge: Badge
    subtitle: Sequence[str]
    steps: Sequence[tuple[str, str, str]]
    facts: Sequence[tuple[str, Any]]
    story: Sequence[Event]
    hands: Sequence[tuple[str, str]]
    arithmetic: Sequence[tuple[str, str, bool]]
    extension: Extension | None
    pause: Pause | None
    asked_term: str
    pause_words: str
    files: Sequence[File]
    buttons: Sequence[Button]
    whose_url: str
    visit_url: str
    may_attach: bool
    changed_text: bool
    category: str


def spent_words(seconds: int) -> str:
    """Office time in days of seven hours, hours and minutes: 2 天 3 小时."""
    days, rest = divmod(seconds, rules.SECONDS_A_DAY)
    hours, rest = divmod(rest, 3600)
    minutes = rest // 60
    parts = []
    if days:
        parts.append(ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours})
    if minutes and not days or not parts:
        parts.append(ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes})
    return " ".join(parts)


def page_badge(case: Case, days: WorkCalendar, now: datetime) -> Badge:
    """The state, or by how many working days the answer is late or near."""
    if case.state not in TICKING or case.due_at is None:
        return state_badge(case.state, kind=case.kind)
    if case.due_at < now:
        n = max(1, days.working_days_between(case.due_at, now))
        return Badge(ngettext("超期 %(n)d 个工作日", "超期 %(n)d 个工作日", n) % {"n": n}, "late")
    left = days.working_days_between(now, case.due_at)
    if left <= 1:
        return Badge(_("今天到期") if left == 0 else _("还剩 1 个工作日"), "due")
    return state_badge(case.state, kind=case.kind)


def _said(event: CaseEvent) -> tuple[str, str]:
    """(text, note) of a line: the words of some moves are codes of the tables of `rules`."""
    text, reason, move = event.text, event.reason, event.move
    if move in ("dispatch", "redispatch", "rule"):
        return event.unit, _("理由:%(reason)s") % {"reason": reason} if reason else ""
    if move in ("return", "object") and text:
        return _("建议由%(unit)s办理") % {"unit": text}, reason
    if move == "ask_extension":
        amount, _space, unit = text.partition(" ")
        return _("延长 %(term)s") % {"term": term_text(int(amount), unit or "wd")}, reason
    if move == "merge":
        return _("并入 %(number)s") % {"number": text}, reason
    if move in ("offer", "accept", "refuse", "hand_back", "revoke"):
        kind, _mark, unit = text.partition(":")
        return labelled(_(kind), unit), reason
    if move == "raise_tier":
        return _(text), _(reason) if reason == rules.STAYED else reason
    if move in ("answer", "answer_impossible", "decline"):
        return text, _(reason) if reason else ""
    if move in ("register", "confirm", "decide_extension", "ask_pause", "decide_pause"):
        return _(text) if text else "", reason
    return text, reason


def story_line(event: CaseEvent, first: bool) -> Event:
    """One line of the story, in the active language."""
    move = rules.MOVES.get(event.move)
    title = _(move.word) if move else _("登记") if event.move in ("register", "import") else _("台账记载")
    text, reason = _said(event)
    return Event(
        title=event.unit or title if event.move == "note" else title,
        text=text,
        at=event.at,
        by=event.actor_name,
        note=reason,
        held=spent_words(event.seconds) if event.hand and event.seconds >= 60 else "",
        state="now" if first else "",
    )


def hand_words(case: Case) -> dict[str, str]:
    """Names of the hands; who asked is called what the kind calls them."""
    return {hand: _(name) for hand, name in rules.HAND_NAMES.items()} | {rules.ASKER: str(case.sort.asker)}


def hand_times(
    case: Case, events: Sequence[CaseEvent], counts: Callable[[date], bool], now: datetime
) -> list[tuple[str, int]]:
    """(hand, office seconds) of every hand that had the case, with the running time of the present one.

    `counts` says which days do (`pauses.counted_days`).
    """
    totals: dict[str, int] = {}
    for event in events:
        if event.hand:
            totals[event.hand] = totals.get(event.hand, 0) + event.seconds
    if case.hand:
        running = rules.worked_seconds(case.story_at, now, counts)
        totals[case.hand] = totals.get(case.hand, 0) + running
    return [(hand, totals[hand]) for hand in rules.HAND_NAMES if hand in totals]


def steps_of(case: Case) -> list[tuple[str, str, str]]:
    """The step line of a page."""
    shown = []
    for number, (label, mark) in enumerate(rules.steps(case.state)):
        note = ""
        if number == 6 and case.state == "withdrawn":
            note = _("已撤回")
        elif number == 6 and case.closing:
            note = _(rules.CLOSINGS[case.closing])
        shown.append((_(label), mark, note))
    return shown


def _facts(case: Case, category: str) -> list[tuple[str, Any]]:
    lines: list[tuple[str, Any]] = [
        (str(case.sort.asker), case.whose),
        (_("类别"), category),
        (_("紧急程度"), _(rules.URGENCIES.get(case.urgency, case.urgency))),
        (_("来源"), _(rules.SOURCES.get(case.source, case.source))),
        (_("承办单位"), case.handler.name if case.handler is not None else case.handler_text or "—"),
    ]
    if case.accused is not None:
        who = " ".join(filter(None, (case.accused.name, case.accused_text)))
        lines.append((_("被举报单位"), _("%(who)s(对其保密)") % {"who": who}))
    if case.service is not None:
        lines.insert(1, (_("服务事项"), case.service.name))
    if case.team is not None:
        lines.append((_("帮办团"), case.team.name))
    if case.lent_to is not None:
        lines.append((_("现由受托单位办理"), case.lent_to.name))
    if case.tier:
        until = show_datetime(case.tier_due_at) if case.tier_due_at and not case.ended else ""
        words = _("%(tier)s(停留到 %(until)s)") if until else "%(tier)s"
        lines.append((_("所在层级"), words % {"tier": _(rules.TIERS[case.tier]), "until": until}))
    if case.paused_until is not None and not case.ended:
        lines.append((_("暂停计时到"), show_date(case.paused_until)))
    if case.village is not None:
        lines.insert(1, (_("所在村(社区)"), case.village.name))
    if case.address:
        lines.append((_("地点"), case.address))
    if case.merged_into is not None:
        lines.append((_("已并入"), case.merged_into.number))
    if case.part_of is not None:
        lines.append((_("拆分自"), case.part_of.number))
    if case.reopened:
        lines.append((_("重新办理次数"), case.reopened))
    if case.handler_person:
        lines.append((_("经办人"), case.handler_person))
    if case.reporter:
        phone = mask_phone(case.reporter_phone) if case.reporter_phone else ""
        lines.append((_("提出人"), " ".join(filter(None, (case.reporter, phone)))))
    if case.external_number:
        lines.append((_("台账编号"), case.external_number))
    if case.outcome:
        lines.append((_("办理结果"), _(rules.OUTCOMES[case.outcome])))
    if case.rating:
        lines.append((_("诉求人评价"), _(rules.RATINGS[case.rating])))
    if case.reply_until and case.state == "answered":
        lines.append((_("确认期限"), show_date(case.reply_until)))
    if case.review_on:
        lines.append((_("复查日期"), show_date(case.review_on)))
    return lines


def case_page(actor: Actor, case: Case, now: datetime) -> CasePage:
    """The page of a case: story, calendar, files and an extension that waits, its category; five queries."""
    events = list(case.events.order_by("id"))
    days = calendar()
    waiting = waiting_of(case)
    category = tree_of(case.jurisdiction_id).path(case.category.code)
    files = (
        list(File.objects.present().filter(bundle_id=case.bundle_id).order_by("id")) if case.bundle_id else []
    )
    return CasePage(
        case=case,
        badge=page_badge(case, days, now),
        subtitle=(
            case.number,
            case.whose,
            _(rules.SOURCES.get(case.source, case.source)),
            show_date(case.registered_on, "short"),
        ),
        steps=steps_of(case),
        facts=_facts(case, category),
        story=[
            story_line(event, first)
            for event, first in zip(reversed(events), [True, *[False] * len(events)], strict=False)
        ],
        hands=[
            (hand_words(case)[hand], spent_words(seconds))
            for hand, seconds in hand_times(case, events, counted_days(case, days), now)
        ],
        arithmetic=_arithmetic(case),
        extension=waiting.extension,
        pause=waiting.pause,
        asked_term=term_text(waiting.extension.days, waiting.extension.unit) if waiting.extension else "",
        pause_words=_pause_words(waiting.pause),
        files=files,
        buttons=buttons(actor, case, waiting, now),
        whose_url=organization_url(case.organization.key) if case.organization is not None else "",
        visit_url=visit_url(case.visit.key) if case.visit is not None and actor.may("events.see") else "",
        may_attach=may_attach(actor, case),
        changed_text=case.text != case.original_text,
        category=category,
    )


def _pause_words(pause: Pause | None) -> str:
    if pause is None:
        return ""
    words = {
        "why": _(rules.PAUSE_REASONS[pause.reason_code]),
        "day": show_date(pause.last),
        "text": pause.reason,
    }
    return _("申请暂停计时到 %(day)s:%(why)s。%(text)s") % words


def _arithmetic(case: Case) -> list[tuple[str, str, bool]]:
    if case.evaluation is None:
        return []
    started = [(_("派单"), show_datetime(case.dispatched_at, "iso"), False)] if case.dispatched_at else []
    # The day it comes to stands out.
    lines = [(label, value, label == _("到期")) for label, value in arithmetic(case.evaluation)]
    return [*started, *lines]


def visit_panel(*, actor: Actor, record: Any, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """The needs that came of a visit, for its page."""
    from .listing import visible

    if not actor.scopes("cases.see"):
        return None
    rows = visible(actor).filter(visit=record).order_by("id").values_list("key", "number", "title", "state")
    shown = [(tuple(state_badge(state)), title, number, case_url(key)) for key, number, title, state in rows]
    new = ""
    if record.organization_id is not None and actor.scopes("cases.register") and record.withdrawn_at is None:
        new = reverse("cases:at_visit", kwargs={"key": record.key})
    return "cases/_visit.html", {"cases": shown, "new_url": new, "found": record.needs_found}


def organization_panel(*, actor: Actor, record: Any, now: datetime) -> Asking:
    """The open needs of a firm and the last closed ones, for its page."""
    from .listing import visible

    if record.classification not in ("enterprise", "social", "cooperative", "village") or not actor.scopes(
        "cases.see"
    ):
        return None
    mine = visible(actor).filter(organization=record).order_by("-id")
    (rows,) = yield (mine.values_list("key", "number", "title", "state")[:6],)
    shown = [(tuple(state_badge(state)), title, number, case_url(key)) for key, number, title, state in rows]
    new = f"{reverse('cases:register')}?organization={record.key}" if actor.scopes("cases.register") else ""
    return "cases/_organization.html", {"cases": shown[:5], "new_url": new, "more": len(shown) > 5}
