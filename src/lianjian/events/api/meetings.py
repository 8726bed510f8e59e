"""Meetings and what they decided in the programming interface."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from lianjian.directory.models import Organization, Team
from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.actor import Actor
from lianjian.foundation.apidoor import need, once, paged_back
from lianjian.foundation.calendar import day_end

from .. import actions
from ..models import (
    Charge,
    Decision,
    Invitation,
    Meeting,
    Minutes,
    Photo,
    Question,
    Venue,
    Winner,
    answer_of,
)
from ..models import inside as whose
from ..queries.serving import serving_lines, told_with
from ..rules import meetings as rules

router = Router()
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Cursor = Annotated[int, Field(ge=0, le=2**62)]
DAY = timedelta(days=1)
EARLIEST, LATEST = (datetime.fromisoformat(text) for text in ("1900-01-02T00:00:00Z", "2100-12-30T00:00:00Z"))
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
Word = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]
Title = Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=80)]


class MeetingOut(Schema):
    """What is on the invitation."""

    key: UUID
    title: str
    kind: str
    topics: list[str]
    convener: UUID
    convener_name: str
    starts_at: datetime
    ends_at: datetime
    venue: UUID | None
    place: str
    state: str
    reason: str
    answer_by: date | None
    series: UUID | None
    sequence: int


class MeetingList(Schema):
    """A page of meetings, newest record first; `next` is the value of `before` for the following page."""

    meetings: list[MeetingOut]
    next: int | None


class GuestOut(Schema):
    """An invited body: its answer, and after the meeting whether it came."""

    key: UUID
    organization: UUID
    name: str
    part: str
    coming: str
    attendance: str
    people: int


VOTES = ("eligible", "present", "yes", "no", "abstain")


class DecisionOut(Schema):
    """A decision; `organizations` are the bodies in charge. Votes are null where it was not put to the vote; state
    `lost` is what the rule did not find adopted.
    """

    key: UUID
    number: int
    text: str
    due_on: date
    state: str
    settled_on: date | None
    words: str
    eligible: int | None
    present: int | None
    yes: int | None
    no: int | None
    abstain: int | None
    organizations: list[UUID]


class PartOut(Schema):
    """One part of an activity in parts; `held` is null until the meeting was recorded."""

    number: int
    name: str
    held: bool | None


class ResultOut(Schema):
    """A result as it was announced; the order says nothing but when."""

    key: UUID
    prize: str
    person: str
    organization: UUID | None


class MeetingQuestionOut(Schema):
    """What was asked and answered."""

    key: UUID
    asked_by: str
    text: str
    answer: str
    answered_by: str


class PhotoOut(Schema):
    """A picture; `content` is its address. Without `consent` it stays with those who took part."""

    key: UUID
    caption: str
    credit: str
    consent: bool
    content: str


class ServingOut(Schema):
    """A team that serves: `key` for whom the team is visible, `came` where the whole list may be read."""

    key: UUID | None
    name: str
    came: int | None


class RecordOut(Schema):
    """A meeting with its bodies and what came of it; minutes and decisions for those who may read them, else nothing.

    `served` people and `served_times` times stand apart and are not added up.
    """

    meeting: MeetingOut
    agenda: str
    bodies: list[GuestOut]
    minutes: str | None
    decisions: list[DecisionOut]
    parts: list[PartOut]
    hours: Decimal | None
    service_hours: Decimal | None
    teams: list[ServingOut]
    audiences: list[str]
    served: int | None
    served_times: int | None
    results: list[ResultOut]
    questions: list[MeetingQuestionOut]
    photos: list[PhotoOut]


class ResultIn(Schema):
    """A result to write down: a person by name, an organization, or both."""

    prize: Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=60)]
    person: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=40)] = ""
    organization: UUID | None = None


class BodyIn(Schema):
    """A body to invite, and as what."""

    organization: UUID
    part: Annotated[str, Field(pattern="^(member|host|guest|department)$")] = rules.MEMBER


class MeetingIn(Schema):
    """A meeting to plan; times with their offset."""

    convener: UUID
    kind: Word
    title: Title
    starts_at: Moment
    ends_at: Moment
    venue: UUID | None = None
    place: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=120)] = ""
    topics: Annotated[list[Word], Field(max_length=20)] = []
    parts: Annotated[list[Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=60)]], Field(max_length=20)] = []
    agenda: Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=2000)] = ""
    audience: Annotated[str, Field(pattern="^(open|invited)$")] = rules.OPEN
    answer_by: Day | None = None
    bodies: Annotated[list[BodyIn], Field(max_length=300)] = []
    teams: Annotated[list[UUID], Field(max_length=30)] = []


class AnswerIn(Schema):
    """What an invited body says."""

    coming: Annotated[str, Field(pattern="^(yes|no|maybe)$")]
    people: Annotated[int, Field(ge=1, le=9999)] | None = None
    words: Word = ""


def shown(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the interface gives it."""
    plain = set(MeetingOut.model_fields) - {"convener", "convener_name", "venue", "series"}
    return {
        **{name: getattr(meeting, name) for name in plain},
        "convener": meeting.convener.key,
        "convener_name": meeting.convener.name,
        "venue": meeting.venue.key if meeting.venue is not None else None,
        "series": meeting.series.key if meeting.series is not None else None,
    }


def _visible(request: HttpRequest) -> Any:
    rows = Meeting.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.select_related("convener", "venue", "series")


@router.get("", response=MeetingList, auth=need("meetings.see"))
def list_meetings(
    request: HttpRequest,
    since: Day | None = None,
    until: Day | None = None,
    state: Word = "",
    kind: Word = "",
    before: Cursor | None = None,
) -> dict[str, Any]:
    """Meetings one may see, a hundred at a time; `since` and `until` are days on which they begin."""
    rows = _visible(request)
    rows = rows.filter(starts_at__gte=day_end(since) - DAY) if since else rows
    rows = rows.filter(starts_at__lt=day_end(until)) if until else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    found, following = paged_back(rows, before)
    return {
        "meetings": [shown(one) for one in found],
        "next": following,
    }


@router.get("/{uuid:key}", response=RecordOut, auth=need("meetings.see"))
def get_meeting(request: HttpRequest, key: UUID) -> dict[str, Any]:
    """One meeting with its bodies, minutes and decisions."""
    actor = request.actor  # type: ignore[attr-defined]
    held = get_object_or_404(_visible(request), key=key)
    rows = held.invitations.filter(withdrawn_at__isnull=True).select_related("organization", "answer")
    asked = Meeting.objects.filter(whose(actor), pk=held.pk)  # who only serves reads the invitation
    inside = bool(actor.scopes("meetings.see")) and asked.exists()
    minutes: Any = Minutes.objects.visible_to(actor).filter(meeting=held).first()
    decisions: Any = Decision.objects.visible_to(actor).filter(meeting=held).order_by("number")
    return {
        "meeting": shown(held),
        "agenda": held.agenda,
        "bodies": [_guest(row, inside=inside) for row in rows.order_by("pk")],
        "minutes": minutes.text if minutes is not None else None,
        "decisions": _decisions(list(decisions)),
        **_came_of(actor, held),
    }


def _came_of(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Parts and results, as the page of the meeting shows them to this actor."""
    over = meeting.state == rules.HELD
    numbered = [(n, name, n in meeting.parts_held if over else None) for n, name in enumerate(meeting.parts, start=1)]
    questions: Any = Question.objects.visible_to(actor).filter(meeting=meeting).order_by("number")
    photos = Photo.objects.visible_to(actor).filter(meeting=meeting, bundle__files__removed_at__isnull=True)
    return {
        "parts": [{"number": n, "name": name, "held": was} for n, name, was in numbered],
        **{name: getattr(meeting, name) for name in ("hours", "service_hours", "served", "served_times")},
        "teams": _teams(actor, meeting),
        "audiences": list(meeting.audiences.order_by("pk").values_list("name", flat=True)),
        "results": [_result(one) for one in meeting.winners.select_related("organization").order_by("number")],
        "questions": [{name: getattr(one, name) for name in MeetingQuestionOut.model_fields} for one in questions],
        "photos": [_photo(one) for one in photos.order_by("pk")],
    }


def _teams(actor: Actor, meeting: Meeting) -> list[dict[str, Any]]:
    (told,) = Meeting.objects.filter(pk=meeting.pk).values_list(told_with(actor), flat=True)
    lines = serving_lines(actor, meeting, told, may=False)
    return [{"key": one["seen"], "name": line.name, "came": line.came} for one, line in zip(told, lines, strict=True)]


def _result(one: Winner) -> dict[str, Any]:
    body = one.organization.key if one.organization is not None else None
    return {"key": one.key, "prize": one.prize, "person": one.person_name, "organization": body}


def _photo(one: Photo) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("key", "caption", "credit", "consent")}
    return {**plain, "content": reverse("api:get_photo", kwargs={"key": one.key})}


@router.get("/photos/{uuid:key}/content", auth=need("meetings.see"))
def get_photo(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The picture itself."""
    rows = Photo.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    files = File.objects.present().filter(bundle_id=get_object_or_404(rows, key=key).bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(files), inline=True)


@router.post("/{uuid:key}/results", response={201: ResultOut}, auth=need("meetings.write"))
def add_result(request: HttpRequest, key: UUID, payload: ResultIn) -> HttpResponseBase:
    """Write down a result of what was held. With an `Idempotency-Key` it is written once."""

    def answer() -> HttpResponseBase:
        bodies = Organization.objects.current()  # type: ignore[attr-defined]
        made = actions.add_winner(
            actor=request.actor,  # type: ignore[attr-defined]
            meeting=get_object_or_404(_visible(request), key=key),
            prize=payload.prize,
            person_name=payload.person,
            organization=get_object_or_404(bodies, key=payload.organization) if payload.organization else None,
            now=clock.now(),
        )
        return JsonResponse(ResultOut(**_result(made)).dict(), status=201)

    return once(request, answer)


def _guest(row: Invitation, *, inside: bool = True) -> dict[str, Any]:
    """Who reads the invitation only learns who is invited, not who answered or came."""
    answer = answer_of(row) if inside else None
    return {
        "key": row.key,
        "organization": row.organization.key,
        "name": row.organization.name,
        "part": row.part,
        "coming": answer.coming if answer is not None else "",
        "attendance": row.attendance if inside else "",
        "people": row.people if inside else 0,
    }


def _decisions(found: list[Decision]) -> list[dict[str, Any]]:
    bodies: dict[int, list[UUID]] = {one.pk: [] for one in found}
    charges = Charge.objects.filter(decision__in=list(bodies)).order_by("pk")
    for decision, key in charges.values_list("decision_id", "organization__key"):
        bodies[decision].append(key)
    names = ("key", "number", "text", "due_on", "state", "settled_on", "words", *VOTES)
    return [{**{name: getattr(one, name) for name in names}, "organizations": bodies[one.pk]} for one in found]


@router.post("", response={201: MeetingOut}, auth=need("meetings.write"))
def plan_meeting(request: HttpRequest, payload: MeetingIn) -> HttpResponseBase:
    """Plan a meeting. With an `Idempotency-Key` it is planned once."""

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        bodies = Organization.objects.current()  # type: ignore[attr-defined]
        values = payload.dict(exclude={"convener", "venue", "bodies", "teams"})
        made = actions.plan_meeting(
            actor=actor,
            convener=get_object_or_404(bodies, key=payload.convener),
            venue=get_object_or_404(Venue.objects.visible_to(actor), key=payload.venue) if payload.venue else None,
            bodies=[(get_object_or_404(bodies, key=one.organization), one.part) for one in payload.bodies],
            teams=[get_object_or_404(Team.objects.visible_to(actor), key=one) for one in payload.teams],
            now=clock.now(),
            **values,
        )
        return JsonResponse(MeetingOut(**shown(made)).dict(), status=201)

    return once(request, answer)


@router.post("/invitations/{uuid:key}/answer", response=GuestOut, auth=need("meetings.answer"))
def answer_invitation(request: HttpRequest, key: UUID, payload: AnswerIn) -> dict[str, Any]:
    """Answer for an invited body of one's own; what was answered last counts."""
    rows = Invitation.objects.select_related("organization", "meeting__convener", "answer")
    found = get_object_or_404(rows.filter(meeting__in=_visible(request)), key=key)
    actions.answer_invitation(
        actor=request.actor,  # type: ignore[attr-defined]
        invitation=found,
        now=clock.now(),
        **payload.dict(),
    )
    return _guest(rows.get(pk=found.pk))
