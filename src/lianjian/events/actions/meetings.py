"""Plan a meeting, change it, cancel it; invite and uninvite; the answer of an invited body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from lianjian.directory.models import Organization, Team
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Answer, Invitation, Meeting, Minutes, Series, Venue
from ..queries.words import check_words
from ..rules import activities
from ..rules import bookings as booked
from ..rules import meetings as rules
from .booking import AT_ONCE, check_free
from .checking import Bodies, check_bodies, check_convener, check_founded, check_where
from .following import follow, lend, spread
from .serving import check_teams, put_teams

FIELDS = (
    "kind",
    "title",
    "topics",
    "agenda",
    "starts_at",
    "ends_at",
    "venue",
    "place",
    "parts",
    "audience",
    "answer_by",
)
MOVING = frozenset({"starts_at", "ends_at", "venue", "place"})


def search_of(meeting: Meeting, bodies: Iterable[str]) -> Any:
    """What a meeting is found by: only what is on the invitation."""
    return vector(
        meeting.title, meeting.kind, meeting.convener.name, meeting.where, " ".join(meeting.topics), *bodies
    )


def make(
    *,
    actor: Actor,
    convener: Organization,
    bodies: Bodies,
    now: datetime,
    series: Series | None = None,
    series_day: date | None = None,
    teams: Sequence[Team] = (),
    **facts: Any,
) -> Meeting:
    """One meeting with its invitations and teams; what was asked for has been checked. Part of the caller's verb."""
    meeting = Meeting(
        jurisdiction_id=convener.jurisdiction_id,
        convener=convener,
        series=series,
        series_day=series_day,
        changed_at=now,
        recorded_by_name=actor.name[:80],
        **facts,
    )
    meeting.search = search_of(meeting, [body.name for body, _part in bodies])
    meeting.save(force_insert=True)
    Invitation.objects.bulk_create(
        Invitation(
            jurisdiction_id=meeting.jurisdiction_id,
            meeting=meeting,
            organization=body,
            part=part,
            invited_at=now,
        )
        for body, part in bodies
    )
    put_teams(meeting, teams)
    return meeting


def cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    """Texts without blanks around them, topics and parts once each. Raises `TooManyParts`."""
    texts = {name: facts[name].strip() for name in ("title", "agenda", "place")}
    topics, parts = list(dict.fromkeys(facts["topics"])), activities.check_parts(facts["parts"])
    return {**facts, **texts, "topics": topics, "parts": parts}


@verb(constraints=AT_ONCE)
def plan_meeting(
    *,
    actor: Actor,
    convener: Organization,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    bodies: Bodies,
    now: datetime,
    venue: Venue | None = None,
    place: str = "",
    topics: Sequence[str] = (),
    agenda: str = "",
    parts: Sequence[str] = (),
    audience: str = rules.OPEN,
    answer_by: date | None = None,
    teams: Sequence[Team] = (),
) -> Meeting:
    """Call a meeting; with `answer_by` each invited body is asked to answer, in whatever town it is. `teams` serve.

    Raises `EndsBeforeStart`, `AnswerTooLate`, `NoPlace`, `VenueClosed`, `NeedsGuest`, `AlreadyInvited`, `BodyOver`,
    `UnknownWord`, `BeforeFounding`, `TooManyParts`, `VenueTaken`, `TeamElsewhere`, `TeamNotThere`, `Denied`.
    """
    day = local_day(starts_at)
    check_convener(actor, convener, day)
    rules.check_times(starts_at, ends_at, answer_by, day)
    check_where(venue, place, day)
    check_free(actor, venue, [(starts_at, ends_at)])
    check_bodies(bodies, kind)
    check_words(convener.jurisdiction_id, kind=[kind], topic=topics)
    check_teams(convener.jurisdiction_id, teams, day)
    facts = cleaned(
        {
            "kind": kind,
            "title": title,
            "topics": topics,
            "agenda": agenda,
            "parts": parts,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "venue": venue,
            "place": place,
            "audience": audience,
            "answer_by": answer_by,
        }
    )
    meeting = make(actor=actor, convener=convener, bodies=bodies, teams=teams, now=now, **facts)
    spread(actor=actor, meeting=meeting, now=now)
    changes = {
        "title": ("", meeting.title),
        "starts_at": ("", starts_at),
        "bodies": ("", "、".join(body.name for body, _part in bodies)),
        **({"teams": ("", "、".join(team.name for team in teams))} if teams else {}),
    }
    record(actor=actor, verb="events.plan_meeting", subject=meeting, now=now, changes=changes)
    return meeting


def held_fast(actor: Actor, meeting: Meeting, *states: str) -> Meeting:
    """The meeting, locked, in one of the states. Raises `NotPlanned`, `NotHeld`, `Denied`."""
    require(actor, "meetings.write", meeting.convener)
    rows = Meeting.objects.select_related("convener", "venue").select_for_update(of=("self",))
    found = rows.get(pk=meeting.pk)
    if found.state not in states:
        if rules.PLANNED in states or found.state == rules.CANCELLED:
            raise rules.NotPlanned(state=found.get_state_display())
        raise rules.NotHeld
    return found


@verb(constraints={**AT_ONCE, "counted_booking_stays": booked.BookingCounted})
def change_meeting(
    *, actor: Actor, meeting: Meeting, now: datetime, teams: Sequence[Team] | None = None, **changes: Any
) -> Meeting:
    """Change what is on the invitation, and which `teams` serve. A new time or place asks those who answered again.

    Raises what `plan_meeting` raises, `BookingCounted` where it moves away from those counted, and `NotPlanned`.
    """
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    meeting = held_fast(actor, meeting, rules.PLANNED)
    before = {name: getattr(meeting, name) for name in FIELDS}
    values = cleaned({**before, **changes})
    rules.check_times(
        values["starts_at"], values["ends_at"], values["answer_by"], local_day(values["starts_at"])
    )
    check_where(values["venue"], values["place"], local_day(values["starts_at"]))
    check_founded(meeting.convener, local_day(values["starts_at"]))
    check_free(actor, values["venue"], [(values["starts_at"], values["ends_at"])], record=meeting.pk)
    held = [before["kind"], *before["topics"]]
    check_words(meeting.jurisdiction_id, held, kind=[values["kind"]], topic=values["topics"])
    rows = meeting.invitations.filter(withdrawn_at__isnull=True).select_related("organization")
    bodies = [(row.organization, row.part) for row in rows]
    if values["kind"] == rules.VISIT_KIND and before["kind"] != rules.VISIT_KIND:
        if not any(part == rules.GUEST for _body, part in bodies):
            raise rules.NeedsGuest
    for name, value in values.items():
        setattr(meeting, name, value)
    changed = {**diff(before, meeting), **put_teams(meeting, teams)}
    if not changed:
        return meeting
    if changed.keys() & MOVING:
        meeting.moved_at = now
    meeting.search = search_of(meeting, [body.name for body, _part in bodies])
    _save(meeting, now, *(name for name in changed if name in FIELDS), "moved_at", "search")
    spread(actor=actor, meeting=meeting, now=now)
    record(actor=actor, verb="events.change_meeting", subject=meeting, now=now, changes=changed)
    return meeting


def _save(meeting: Meeting, now: datetime, *fields: str) -> None:
    meeting.sequence += 1
    meeting.changed_at = now
    meeting.save(update_fields=[*fields, "sequence", "changed_at"])


@verb(constraints={"counted_booking_stays": booked.BookingCounted})
def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> Meeting:
    """It will not take place; it stays readable with the reason. Raises `NotPlanned`, `ReasonNeeded`,
    `BookingCounted`, `Denied`.
    """
    meeting = held_fast(actor, meeting, rules.PLANNED)
    if not reason.strip():
        raise rules.ReasonNeeded
    call_off(meeting, reason, now)
    spread(actor=actor, meeting=meeting, now=now)
    changes = {"state": (rules.PLANNED, rules.CANCELLED), "reason": ("", meeting.reason)}
    record(actor=actor, verb="events.cancel_meeting", subject=meeting, now=now, changes=changes)
    return meeting


def call_off(meeting: Meeting, reason: str, now: datetime) -> None:
    """The state alone; part of the caller's verb."""
    meeting.state, meeting.reason, meeting.settled_at = rules.CANCELLED, reason.strip()[:200], now
    _save(meeting, now, "state", "reason", "settled_at")


@verb(constraints={"one_invitation_per_body": rules.AlreadyInvited})
def invite(
    *,
    actor: Actor,
    meeting: Meeting,
    organization: Organization,
    now: datetime,
    part: str = rules.MEMBER,
    people: int = 0,
) -> Invitation:
    """One more body. After the meeting it is written down as having come, with how many `people`.

    Raises `AlreadyInvited`, `BodyOver`, `PeopleMissing`, `NotPlanned`, `Denied`.
    """
    meeting = held_fast(actor, meeting, rules.PLANNED, rules.HELD)
    if organization.merged_into_id is not None or organization.dissolved_on is not None:
        raise rules.BodyOver(name=organization.name)
    if meeting.invitations.filter(organization=organization, withdrawn_at__isnull=True).exists():
        raise rules.AlreadyInvited(name=organization.name)
    came = meeting.state == rules.HELD
    if came and not 0 < people < 10000:
        raise rules.PeopleMissing(name=organization.name, field="people")
    made = Invitation.objects.create(
        jurisdiction_id=meeting.jurisdiction_id,
        meeting=meeting,
        organization=organization,
        part=part,
        invited_at=now,
        attendance=rules.ATTENDED if came else "",
        people=people if came else 0,
    )
    _tell(actor, meeting, now)
    if came:
        lend_record(actor, meeting, now)
    changes = {"organization": ("", organization.name), "part": ("", part), "people": ("", made.people)}
    record(actor=actor, verb="events.invite", subject=meeting, now=now, changes=changes)
    return made


def _tell(actor: Actor, meeting: Meeting, now: datetime) -> None:
    rows = meeting.invitations.filter(withdrawn_at__isnull=True)
    meeting.search = search_of(meeting, rows.values_list("organization__name", flat=True))
    _save(meeting, now, "search")
    spread(actor=actor, meeting=meeting, now=now)


def lend_record(actor: Actor, meeting: Meeting, now: datetime) -> None:
    """What was said, decided and shown, to the places of all bodies invited. Part of the caller's verb."""
    invited = meeting.invitations.filter(withdrawn_at__isnull=True)
    places = set(invited.values_list("organization__jurisdiction_id", flat=True))
    minutes = list(Minutes.objects.filter(meeting=meeting).select_related("bundle"))
    photos = list(meeting.photos.filter(removed_at__isnull=True).select_related("bundle"))
    rows = [*minutes, *meeting.decisions.all(), *meeting.questions.all(), *photos]
    lend(actor=actor, rows=rows, places=places, now=now)
    for bundle in (one.bundle for one in [*minutes, *photos] if one.bundle is not None):
        lend(actor=actor, rows=[bundle, *bundle.files.all()], places=places, now=now)


@verb
def uninvite(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Take an invitation back before the meeting. Raises `NeedsGuest`, `NotPlanned`, `Denied`."""
    meeting = held_fast(actor, invitation.meeting, rules.PLANNED)
    if invitation.withdrawn_at is not None:
        return
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    rows = meeting.invitations.filter(withdrawn_at__isnull=True).select_related("organization")
    # Who has been dissolved since may be taken off like anybody else, and hinders nobody.
    if meeting.kind == rules.VISIT_KIND and not any(row.part == rules.GUEST for row in rows):
        raise rules.NeedsGuest
    _tell(actor, meeting, now)
    changes = {"organization": (invitation.organization.name, "")}
    record(actor=actor, verb="events.uninvite", subject=meeting, now=now, changes=changes)


@verb
def answer_invitation(
    *,
    actor: Actor,
    invitation: Invitation,
    coming: str,
    now: datetime,
    people: int | None = None,
    words: str = "",
) -> Answer:
    """An invited body says whether it comes; it may say otherwise until the meeting begins.

    The answer is a row of the body's own place. Raises `NotPlanned`, `Denied`.
    """
    body, meeting = invitation.organization, invitation.meeting
    require(actor, "meetings.answer", body)
    # Read anew: the page it was answered on may be old.
    meeting.refresh_from_db(fields=["state", "starts_at", "moved_at", "answer_by"])
    invitation.refresh_from_db(fields=["withdrawn_at"])
    if meeting.state != rules.PLANNED or invitation.withdrawn_at is not None or meeting.starts_at <= now:
        raise rules.AnswerOver
    answer, _made = Answer.objects.get_or_create(
        invitation=invitation, defaults={"jurisdiction_id": body.jurisdiction_id}
    )
    answer = Answer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    before = {name: getattr(answer, name) for name in ("coming", "people", "words")}
    answer.coming, answer.people = coming, people if coming != "no" else None
    answer.words, answer.answered_at, answer.answered_by_name = words.strip()[:200], now, actor.name[:80]
    answer.save(update_fields=["coming", "people", "words", "answered_at", "answered_by_name"])
    # The body's own place follows; the convener's reads the register.
    follow(actor=actor, meeting=meeting, place=body.jurisdiction_id, now=now)
    changes = diff(before, answer) or {"coming": (coming, coming)}
    record(actor=actor, verb="events.answer", subject=answer, now=now, changes=changes)
    return answer
