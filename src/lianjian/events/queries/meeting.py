"""The page of a meeting, and what it may show to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, ExpressionWrapper, IntegerField, OuterRef, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.files.models import File
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import due_words, show_date, show_datetime
from lianjian.rulebook.queries import cite, finding, step_text

from ..models import (
    Audience,
    Charge,
    Decision,
    Invitation,
    Meeting,
    Minutes,
    Venue,
    answer_of,
    stands,
    task_of,
)
from ..models import inside as whose
from ..rules import meetings as rules
from ..rules.recurrence import RHYTHMS
from .meetings import meeting_url, state_badge
from .serving import TeamLine, serving_lines, told_with
from .words import word_name


def writes(actor: Actor, right: str, organization: Organization) -> bool:
    """Whether a verb under the right would pass there: a county reads a town's rows, and writes its own."""
    return organization.jurisdiction_id in actor.writable and actor.may(right, organization)


@dataclass(frozen=True)
class Guest:
    """An invited body: `said` is its answer, `came` its attendance."""

    name: str
    url: str
    part: str
    said: tuple[str, str] | None
    came: tuple[str, str] | None
    note: str
    answer_url: str
    drop_url: str


@dataclass(frozen=True)
class Resolution:
    """A decision: each body in charge as (name, what it reports, address to report at)."""

    decision: Decision
    badge: Badge
    due: str
    words: str
    charges: list[tuple[str, str, str]]
    moves: list[tuple[str, str]]
    votes: str = ""
    law: str = ""
    law_url: str = ""


@dataclass(frozen=True)
class MeetingPage:
    """One meeting as the actor may see it; `inside` tells whether that is more than the invitation."""

    meeting: Meeting
    badge: Badge
    lead: str
    facts: list[tuple[str, str]]
    convener_url: str
    guests: list[Guest]
    joint: bool
    left: list[Guest]
    inside: bool
    minutes: Minutes | None
    decisions: list[Resolution]
    moves: list[tuple[str, str]]
    may_write: bool
    begun: bool
    series: tuple[str, str, str] | None
    clashes: list[tuple[str, str]]
    files: Sequence[File] = field(default_factory=list)
    teams: Sequence[TeamLine] = ()


def meeting_page(actor: Actor, meeting: Meeting, now: datetime) -> MeetingPage:
    """Everything the page shows; five queries, one more with files, and one with teams that served."""
    classes = Audience.objects.filter(meeting=OuterRef("pk")).order_by("pk").values("name")
    asked = Meeting.objects.filter(pk=meeting.pk).annotate(classes=ArraySubquery(classes))
    asked = asked.annotate(inside=ExpressionWrapper(whose(actor), BooleanField()), serving=told_with(actor))
    inside, audiences, teams = asked.values_list("inside", "classes", "serving").get()
    inside = inside and bool(actor.scopes("meetings.see"))
    may = writes(actor, "meetings.write", meeting.convener)
    begun = meeting.starts_at <= now
    rows = meeting.invitations.select_related("organization", "answer").order_by("withdrawn_at", "pk")
    invited = [(row, _guest(actor, meeting, row, inside=inside, may=may, begun=begun)) for row in rows]
    minutes = Minutes.objects.visible_to(actor).filter(meeting=meeting).first() if inside else None
    files = File.objects.present().filter(bundle_id=minutes.bundle_id) if minutes and minutes.bundle_id else []  # type: ignore[attr-defined]
    return MeetingPage(
        meeting=meeting,
        badge=state_badge(meeting.state, over=meeting.ends_at < now),
        lead=f"{span(meeting)} · {meeting.where}",
        facts=_facts(meeting, audiences),
        convener_url=organization_url(meeting.convener.key),
        guests=[guest for row, guest in invited if row.withdrawn_at is None],
        joint=meeting.convener.classification == "party"
        and any(row.part == rules.HOST and row.withdrawn_at is None for row, _guest_ in invited),
        left=[guest for row, guest in invited if row.withdrawn_at is not None],
        inside=inside,
        minutes=minutes,  # type: ignore[arg-type]
        decisions=_decisions(actor, meeting, now, may=may) if inside else [],
        moves=_moves(meeting, begun=begun) if may else [],
        may_write=may,
        begun=begun,
        series=_series(meeting, may=may),
        clashes=_clashes(actor, meeting),
        files=list(files),
        teams=serving_lines(actor, meeting, teams, may=may),
    )


def span(meeting: Meeting) -> str:
    """From when to when, the day named once."""
    if local_day(meeting.starts_at) == local_day(meeting.ends_at):
        return f"{show_datetime(meeting.starts_at)}–{show_datetime(meeting.ends_at)[-5:]}"
    return f"{show_datetime(meeting.starts_at)} – {show_datetime(meeting.ends_at)}"


def _facts(meeting: Meeting, audiences: Sequence[str]) -> list[tuple[str, str]]:
    found = [
        (_("种类"), word_name(meeting.kind)),
        (_("时间"), span(meeting)),
        (_("地点"), meeting.where),
        (_("召集方"), meeting.convener.name),
        (_("议题和标签"), "、".join(map(word_name, meeting.topics))),
        (_("培训对象"), "、".join(map(word_name, audiences))),
        (_("学时"), f"{meeting.hours.normalize():f}" if meeting.hours is not None else ""),
        (_("服务时长(小时)"), f"{meeting.service_hours.normalize():f}" if meeting.service_hours is not None else ""),
        (_("服务人数"), str(meeting.served) if meeting.served is not None else ""),
        (_("服务人次"), str(meeting.served_times) if meeting.served_times is not None else ""),
        (_("请答复至"), show_date(meeting.answer_by) if meeting.answer_by else ""),
        (_("谁能看"), _("各地可查") if meeting.audience == rules.OPEN else _("召集方和参加单位")),
        (_("登记人"), meeting.recorded_by_name),
    ]
    return [(label, words) for label, words in found if words]


SAID_TONES = {"yes": "done", "no": "paused", "maybe": "due"}
CAME_TONES = {rules.ATTENDED: "done", rules.EXCUSED: "paused", rules.ABSENT: "late"}


def _guest(
    actor: Actor, meeting: Meeting, row: Invitation, *, inside: bool, may: bool, begun: bool
) -> Guest:
    answer = answer_of(row)
    said: tuple[str, str] | None = None
    notes: list[str] = []
    if inside and answer is not None and answer.coming:
        said = (_(rules.COMING[answer.coming]), SAID_TONES[answer.coming])
        if answer.people:
            notes.append(_("预计 %(n)s 人") % {"n": answer.people})
        if answer.words:
            notes.append(answer.words)
        if meeting.state == rules.PLANNED and not stands(answer, meeting):
            notes.append(_("改期前的答复,请再确认"))
    elif inside and meeting.answer_by is not None and meeting.state == rules.PLANNED:
        said = (_("未答复"), "neutral")
    if inside and row.people:
        notes.append(_("到会 %(n)s 人") % {"n": row.people})
    if inside and row.words:
        notes.append(row.words)
    open_ = meeting.state == rules.PLANNED and row.withdrawn_at is None
    may_answer = open_ and not begun and writes(actor, "meetings.answer", row.organization)
    told = inside and bool(row.attendance)
    came = (_(rules.ATTENDANCE[row.attendance]), CAME_TONES[row.attendance]) if told else None
    return Guest(
        name=row.organization.name,
        url=organization_url(row.organization.key),
        part=_(rules.PARTS[row.part]),
        said=None if came else said,
        came=came,
        note=" · ".join(notes),
        answer_url=reverse("events:answer", kwargs={"key": row.key}) if may_answer else "",
        drop_url=reverse("events:uninvite", kwargs={"key": row.key}) if may and open_ else "",
    )


def _decisions(actor: Actor, meeting: Meeting, now: datetime, *, may: bool) -> list[Resolution]:
    rows: QuerySet[Any] = Decision.objects.visible_to(actor).filter(meeting=meeting).order_by("number")
    rows = rows.select_related("evaluation")
    found: list[Decision] = list(rows)
    charges: dict[int, list[Charge]] = {decision.pk: [] for decision in found}
    of = Charge.objects.filter(decision__in=list(charges)).select_related("organization", "task")
    for charge in of.order_by("pk") if found else ():
        charges[charge.decision_id].append(charge)
    return [_resolution(actor, one, charges[one.pk], now, may=may) for one in found]


def _resolution(
    actor: Actor, decision: Decision, charges: list[Charge], now: datetime, *, may: bool
) -> Resolution:
    open_ = decision.state == rules.DOING
    due = due_words(decision.due_on, now)
    badge = due if open_ else Badge(_(rules.DECISIONS[decision.state]), "done" if decision.words else "paused")
    if decision.state == rules.LOST:
        badge = Badge(_(rules.DECISIONS[rules.LOST]), "late")
    elif decision.state == rules.DROPPED:
        badge = Badge(_(rules.DECISIONS[decision.state]), "paused")
    lines = []
    for charge in charges:
        task = task_of(charge)
        reported = task is not None and task.reported_at is not None
        words = f"{show_date(task.reported_at)} {task.text}" if task and reported else _("还没有报告")
        report = open_ and writes(actor, "meetings.answer", charge.organization)
        url = reverse("events:report", kwargs={"key": charge.key}) if report else ""
        lines.append((charge.organization.name, words, url))
    return Resolution(
        decision=decision,
        badge=badge,
        due=show_date(decision.due_on) if decision.state != rules.LOST else "",
        words=decision.words,
        charges=lines,
        moves=_decision_moves(decision) if may else [],
        **_votes(decision),
    )


def _votes(decision: Decision) -> dict[str, str]:
    """The votes in words, and by which article they were judged; what another place judged is not read there."""
    if decision.yes is None:
        return {}
    words = {name: getattr(decision, name) for name in ("eligible", "present", "yes", "no", "abstain")}
    votes = _("应到 %(eligible)d 人,实到 %(present)d 人:赞成 %(yes)d 票,反对 %(no)d 票,弃权 %(abstain)d 票") % words
    evaluation = decision.evaluation
    if evaluation is None:
        return {"votes": votes}
    out = finding(evaluation)
    sums = _("、").join(step_text(step) for step in (out.steps if out is not None else ()))
    verdict = _("未通过") if decision.state == rules.LOST else _("通过")
    url = reverse("rulebook:evaluation", kwargs={"key": evaluation.key})
    law = _("%(verdict)s:%(sums)s。依据:%(cite)s") % {"verdict": verdict, "sums": sums, "cite": cite(evaluation)}
    return {"votes": votes, "law": law, "law_url": url}


def _decision_moves(decision: Decision) -> list[tuple[str, str]]:
    def url(name: str) -> str:
        return reverse(f"events:{name}", kwargs={"key": decision.key})

    again = [(_("更正表决"), url("recount"))] if decision.yes is not None else []
    if decision.state == rules.LOST:
        return again
    if decision.state != rules.DOING:
        return [(_("重新落实"), url("reopen_decision"))]
    return [
        (_("登记为已落实"), url("settle_decision")),
        (_("修改"), url("change_decision")),
        (_("改为不再办理"), url("drop_decision")),
        *again,
    ]


def _moves(meeting: Meeting, *, begun: bool) -> list[tuple[str, str]]:
    """What the convener may do next, the likeliest first."""

    def url(name: str) -> str:
        return reverse(f"events:{name}", kwargs={"key": meeting.key})

    if meeting.state == rules.PLANNED:
        plan = [(_("邀请单位"), url("invite")), (_("修改"), url("change_meeting")), (_("取消"), url("cancel_meeting"))]
        plan.insert(2, (_("扫码签到"), url("door")))
        plan.insert(1, (_("开放报名") if meeting.sign_up_until is None else _("修改报名"), url("open_sign_up")))
        return [(_("登记开会情况"), url("hold")), *plan] if begun else plan
    if meeting.state == rules.HELD:
        door = [(_("扫码签到"), url("door"))] if meeting.door_opened_at is not None else []
        return [
            *door,
            (_("记一项决定"), url("decide")),
            (_("登记学时和服务人数"), url("results")),
            *([(_("登记场地使用人数"), url("count_meeting"))] if meeting.venue_id is not None else []),
            (_("补记参加单位"), url("invite")),
            (_("更正记录"), url("correct_meeting")),
        ]
    return []


def _series(meeting: Meeting, *, may: bool) -> tuple[str, str, str] | None:
    """What it recurs in: words, the list of its meetings, the page to carry it on or stop it."""
    series = meeting.series
    if series is None:
        return None
    words = _("%(rhythm)s,到%(last)s为止") % {
        "rhythm": _(RHYTHMS[series.rhythm][2]),
        "last": show_date(series.last_on),
    }
    if series.ended_on is not None:
        words = _("%(rhythm)s,%(day)s停止:%(reason)s") % {
            "rhythm": _(RHYTHMS[series.rhythm][2]),
            "day": show_date(series.ended_on),
            "reason": series.ended_reason,
        }
    own = reverse("events:series", kwargs={"key": series.key}) if may and series.ended_on is None else ""
    return words, f"{reverse('events:meetings')}?series={series.key}&sort=starts_at", own


def _clashes(actor: Actor, meeting: Meeting) -> list[tuple[str, str]]:
    """Other meetings planned at the same venue at the same time; one query, none without a venue."""
    if meeting.venue_id is None or meeting.state != rules.PLANNED:
        return []
    rows = Meeting.objects.visible_to(actor).filter(
        venue_id=meeting.venue_id,
        state=rules.PLANNED,
        starts_at__lt=meeting.ends_at,
        ends_at__gt=meeting.starts_at,
    )
    found = rows.exclude(pk=meeting.pk).order_by("starts_at").values_list("title", "key")[:5]
    return [(title, meeting_url(key)) for title, key in found]


MOST_VENUES = 300


def venue_choices(actor: Actor, day: Any, held: Venue | None = None) -> list[tuple[str, str]]:
    """(key, name) of the venues of the actor's county that are open, own place first; one query."""
    rows = Venue.objects.visible_to(actor).standing(day)
    if held is not None:
        rows = rows | Venue.objects.filter(pk=held.pk)
    elsewhere = Case(When(jurisdiction_id=actor.jurisdiction_id, then=0), default=1, output_field=IntegerField())
    found = rows.order_by(elsewhere, "name", "pk").values_list("key", "name", "organization__name")[:MOST_VENUES]
    return [(str(key), f"{name}({body})") for key, name, body in found]
