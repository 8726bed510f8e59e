"""The pages of a campaign, of a body's part in it and of an item; what the page of an organization shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.queries import organization_url
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor, Whole, whole_jurisdictions
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date

from ..models import Campaign, CampaignAction, CampaignRecord, Participant, Rectification
from ..models.programmes import RIGHT
from ..rules import campaigns as rules
from ..rules.leading import LEADING
from .campaign_lists import overdue, participant_url, rectification_url
from .goals import counted, counts_above
from .terms import term_name

Line = tuple[str, str]
SHOWN = 20


@dataclass(frozen=True)
class ShownGoal:
    """A sub-action against its target. `reached` is None where the rows are another place's own."""

    key: str
    name: str
    counts: str
    unit: str
    criterion: str
    target: int | None
    reached: int | None
    url: str
    stated: bool
    reached_on: date | None
    reached_by: str


@dataclass(frozen=True)
class CampaignPage:
    """A campaign with its numbers; each leads to its rows."""

    campaign: Campaign
    facts: list[Line]
    goals: list[ShownGoal]
    tiles: list[tuple[str, int, str]]
    items: list[tuple[str, int, str]]
    parts: list[tuple[str, str, str, str, str]]
    parts_url: str
    pilots: int
    more: bool
    meetings: list[tuple[str, str, date, str]]
    told: bool
    may_write: bool


def office(actor: Actor, campaign: Campaign) -> bool:
    may = actor.may("alliances.write", Whole(campaign.jurisdiction_id)) and campaign.closed_on is None
    return may and campaign.jurisdiction_id in actor.writable


def _numbers(actor: Actor, campaign: Campaign) -> tuple[dict[str, Any], dict[Any, dict[str, int]]]:
    """Counts of bodies, with their places; for each sub-action the counts of what was done. Three queries."""
    taking = Q(joined_on__isnull=False) & ~Q(status=rules.LEFT)
    bodies = campaign.participants.aggregate(
        all=Count("pk"),
        joined=Count("pk", filter=taking),
        pilot=Count("pk", filter=taking & Q(pilot=True)),
        going=Count("pk", filter=Q(status=rules.GOING)),
        done=Count("pk", filter=Q(status=rules.DONE)),
        places=ArrayAgg("organization__jurisdiction_id", filter=taking, distinct=True),
    )
    work: dict[Any, dict[str, int]] = {}
    records = CampaignRecord.objects.visible_to(actor).counted().filter(participant__campaign=campaign)
    rows = (
        records.order_by()
        .values("action_id")
        .annotate(
            records=Count("pk"),
            bodies=Count("participant", distinct=True),
            results=Count("pk", filter=~Q(result="")),
        )
    )
    for one in rows:
        work[one.pop("action_id")] = one
    items = Rectification.objects.visible_to(actor).filter(participant__campaign=campaign).order_by()
    counts = {state: Count("pk", filter=Q(state=state)) for state in rules.STATES}
    states: Any = items.values("action_id").annotate(late=Count("pk", filter=overdue()), **counts)
    for one in states:
        work.setdefault(one.pop("action_id"), {}).update(one)
    return bodies, work


def _goal(
    action: CampaignAction,
    bodies: dict[str, int],
    work: dict[str, int],
    above: dict[str, tuple[int, str]],
    told: bool,
) -> ShownGoal:
    key = {"key": str(action.campaign.key), "action": str(action.key)}
    lists = {
        "joined": ("participants", f"?campaign={key['key']}&taking=1"),
        "done": ("participants", f"?campaign={key['key']}&state=done"),
        "bodies": ("participants", f"?campaign={key['key']}&worked={key['action']}"),
        "records": ("campaign_records", f"?action={key['action']}"),
        "results": ("campaign_records", f"?action={key['action']}&result=yes"),
        "accepted": ("rectifications", f"?action={key['action']}&state=accepted"),
    }
    known = counted(action.counts) or rules.Counted(action.counts, "", own=True)
    stated = action.counts == rules.STATED
    reached: int | None = None
    if action.counts in rules.COUNTS and not stated and (told or not known.own):
        reached = (work if known.own else bodies).get(action.counts, 0)
    name, query = lists.get(action.counts, ("", ""))
    url = reverse(f"alliances:{name}") + query if reached is not None else ""
    if action.counts in above:
        reached, url = above[action.counts]
    return ShownGoal(
        key=str(action.key),
        name=action.name,
        counts=translate(known.name),
        unit=translate(known.unit) if known.unit else "",
        criterion=action.criterion,
        target=action.target,
        reached=reached,
        url=url,
        stated=stated,
        reached_on=action.reached_on,
        reached_by=action.reached_by,
    )


def campaign_page(actor: Actor, campaign: Campaign) -> CampaignPage:
    """Six queries whatever the size, and those of what apps above count."""
    told = campaign.jurisdiction_id in whole_jurisdictions(actor, RIGHT)
    bodies, work = _numbers(actor, campaign)
    actions = list(campaign.actions.select_related("campaign").order_by("number"))
    above = counts_above(actor, campaign, {one.counts for one in actions}, bodies.pop("places") or ())
    base = reverse("alliances:participants") + f"?campaign={campaign.key}"
    parts = list(campaign.participants.select_related("organization").order_by("number", "pk")[: SHOWN + 1])
    may = office(actor, campaign)
    return CampaignPage(
        campaign=campaign,
        facts=_facts(campaign),
        goals=[_goal(one, bodies, work.get(one.pk, {}), above, told) for one in actions],
        tiles=[
            (_("在参加"), bodies["joined"], base + "&taking=1"),
            (_("推进中"), bodies["going"], base + "&state=going"),
            (_("已完成"), bodies["done"], base + "&state=done"),
        ],
        items=_items(campaign, work) if told else [],
        parts=[_part(one) for one in parts[:SHOWN]],
        parts_url=base,
        pilots=bodies["pilot"],
        more=len(parts) > SHOWN,
        meetings=_meetings(actor, campaign, may),
        told=told,
        may_write=may,
    )


def _items(campaign: Campaign, work: dict[Any, dict[str, int]]) -> list[tuple[str, int, str]]:
    """Items by state, those with any; the overdue ones are among the open and returned."""
    base = reverse("alliances:rectifications") + f"?campaign={campaign.key}"
    found = [
        (translate(word), sum(one.get(state, 0) for one in work.values()), f"{base}&state={state}")
        for state, word in rules.STATES.items()
    ]
    found.append((_("其中已超期"), sum(one.get("late", 0) for one in work.values()), f"{base}&late=yes"))
    return [one for one in found if one[1]]


def _part(one: Participant) -> tuple[str, str, str, str, str]:
    place = _("第%(n)s家参加") % {"n": one.number} if one.number else ""
    words = [place, show_date(one.joined_on) if one.joined_on else "", _("先行试点") if one.pilot else ""]
    name = one.organization.name
    return (
        participant_url(one.key),
        name,
        translate(rules.STATUSES[one.status]),
        rules.TONES[one.status],
        " · ".join(filter(None, words)),
    )


def _meetings(actor: Actor, campaign: Campaign, may: bool) -> list[tuple[str, str, date, str]]:
    seen = Meeting.objects.visible_to(actor).order_by().values("pk")
    rows = (
        campaign.meetings.filter(meeting__in=seen)
        .select_related("meeting")
        .order_by("-meeting__starts_at")[:SHOWN]
    )
    return [
        (
            one.meeting.get_absolute_url(),
            one.meeting.title,
            one.meeting.starts_at,
            reverse("alliances:untag_meeting", kwargs={"key": one.key}) if may else "",
        )
        for one in rows
    ]


def _facts(campaign: Campaign) -> list[Line]:
    lines = [
        (_("活动类型"), term_name(campaign.kind)),
        (_("主办单位"), campaign.organization.name),
        (_("起止日期"), f"{campaign.since} – {campaign.until or _('长期')}"),
        (_("依据文件"), campaign.document),
        (_("结束日期"), show_date(campaign.closed_on) if campaign.closed_on else ""),
    ]
    return [(label, words) for label, words in lines if words]


@dataclass(frozen=True)
class ShownWork:
    """One record of a body: what was found, done, and what came of it."""

    key: str
    on: date
    problem: str
    done: str
    action: str
    due: str
    result: str
    struck: str
    by: str
    visit_url: str
    word: str
    tone: str
    may_answer: bool
    may_strike: bool


@dataclass(frozen=True)
class ParticipantPage:
    """A body's part in a campaign."""

    part: Participant
    status: str
    tone: str
    facts: list[Line]
    steps: list[tuple[str, str, str]]
    work: list[ShownWork]
    items: list[tuple[str, str, str, str, str]]
    told: bool
    may_write: bool
    may_work: bool
    organization_url: str
    leads: list[tuple[str, str, str, str]]


def participant_page(actor: Actor, part: Participant, today: date) -> ParticipantPage:
    """Four queries: history, records, items, who went ahead."""
    from ..models import CampaignLead, ParticipantStep

    may = office(actor, part.campaign)
    told = part.jurisdiction_id in whole_jurisdictions(actor, RIGHT) or actor.may(
        rules.TAKE_PART, part.organization
    )
    steps = ParticipantStep.objects.visible_to(actor).filter(participant=part).order_by("pk")
    rows = CampaignRecord.objects.visible_to(actor).filter(participant=part).select_related("action", "visit")
    items = Rectification.objects.visible_to(actor).filter(participant=part).select_related("responsible")
    ahead = CampaignLead.objects.visible_to(actor).filter(participant=part).select_related("person")
    return ParticipantPage(
        part=part,
        status=translate(rules.STATUSES[part.status]),
        tone=rules.TONES[part.status],
        facts=_part_facts(part),
        steps=[
            (
                translate(rules.STATUSES[one.status]),
                show_date(one.on),
                " · ".join(filter(None, (one.reason, one.by))),
            )
            for one in steps
        ],
        work=[_work(one, may, today) for one in rows.order_by("-on", "-pk")],
        items=[item_line(one, today) for one in items.order_by("due_on", "pk")],
        told=told,
        may_write=may,
        may_work=may and part.joined_on is not None and part.status not in (rules.LEFT, rules.DONE),
        organization_url=organization_url(part.organization.key),
        leads=[
            (one.person.name, translate(LEADING[one.way]), show_date(one.since), str(one.key) if may else "")
            for one in ahead.order_by("since", "pk")
        ],
    )


def _part_facts(part: Participant) -> list[Line]:
    lines = [
        (_("所属活动"), part.campaign.name),
        (_("参加顺序"), _("第%(n)s家参加") % {"n": part.number} if part.number else ""),
        (_("参加日期"), show_date(part.joined_on) if part.joined_on else ""),
        (_("先行试点"), _("是") if part.pilot else _("否")),
        (_("状态日期"), show_date(part.status_on)),
    ]
    return [(label, words) for label, words in lines if words]


def _work(one: CampaignRecord, may: bool, today: date) -> ShownWork:
    answered = bool(one.result)
    if one.struck_at:
        word, tone = _("已作废"), "paused"
    elif answered:
        word, tone = _("已办结"), "done"
    elif one.problem:
        late = one.due_on is not None and one.due_on < today
        word, tone = (_("已超期"), "late") if late else (_("办理中"), "due")
    else:
        word, tone = _("已记录"), "neutral"
    return ShownWork(
        key=str(one.key),
        on=one.on,
        problem=one.problem,
        done=one.done,
        action=one.action.name if one.action else "",
        due=show_date(one.due_on) if one.due_on and not answered else "",
        result=f"{one.result}({show_date(one.result_on)})" if answered else "",
        struck=one.struck_reason,
        by=one.recorded_by,
        visit_url=one.visit.get_absolute_url() if one.visit else "",
        word=word,
        tone=tone,
        may_answer=may and not answered and bool(one.problem) and one.struck_at is None,
        may_strike=may and one.struck_at is None,
    )


def item_line(one: Rectification, today: date) -> tuple[str, str, str, str, str]:
    late = one.state in (rules.OPEN, rules.RETURNED) and one.due_on < today
    word, tone = (
        (_("已超期"), "late") if late else (translate(rules.STATES[one.state]), rules.STATE_TONES[one.state])
    )
    note = _("%(who)s · %(due)s 前") % {"who": one.responsible.name, "due": one.due_on}
    return rectification_url(one.key), one.issue, word, tone, note
