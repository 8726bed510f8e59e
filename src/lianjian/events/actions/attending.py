"""Who came: a body's list from its roll, guests from elsewhere, and what a meeting came to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from lianjian.directory.models import Organization, Person, Team
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Attendance, Audience, Invitation, Meeting, ServingTeam
from ..queries.door import arrivals_for
from ..queries.words import check_words
from ..rolls import OnRoll, home_of, roll_of
from ..rules import attendance as rules
from ..rules import door, meetings, serving
from ..rules.attendance import Said
from .meetings import held_fast
from .recounting import agree_with_list
from .serving import write_present

# Called with (actor=, meeting=, place=, now=) after a body's list is written; filled by the wiring.
on_listed: list[Callable[..., int]] = []

FACTS = ("hours", "service_hours", "served", "served_times")


def _takes_part(meeting: Meeting, organization: Organization) -> Invitation | None:
    """The body's invitation; none for the convener. Raises `NotHosting`."""
    rows = meeting.invitations.filter(organization=organization, withdrawn_at__isnull=True)
    found = rows.first()
    if found is None and organization.pk != meeting.convener_id:
        raise rules.NotHosting(name=organization.name)
    return found


def _check(said: Mapping[int, Said], names: Mapping[int, str], organization: Organization) -> None:
    """Raises `TooMany`, `NotOnRoll`, `UnknownState`, `LeaveNeedsReason`, `NobodyPresent`."""
    if len(said) > rules.MOST:
        raise rules.TooMany(most=rules.MOST)
    if said.keys() - names.keys():
        raise rules.NotOnRoll(name=organization.name)
    for pk, one in said.items():
        if one.state not in rules.STATES:
            raise rules.UnknownState
        if one.state == rules.LEAVE and one.reason not in rules.REASONS:
            raise rules.LeaveNeedsReason(name=names[pk], field=f"reason_{pk}")
    if not any(one.state == rules.PRESENT for one in said.values()):
        raise rules.NobodyPresent


def _missed(meeting: Meeting, organization: Organization, said: Mapping[int, Said], known: Collection[int]) -> None:
    """Raises `ArrivedMeanwhile` for who came by the code and is written down otherwise by somebody who has not seen it.

    Whoever arrives waits at the body, as this list does: no arrival falls between this look and the list.
    """
    came = {pk for pk, one in said.items() if one.state == rules.PRESENT}
    rows = arrivals_for(meeting, organization).exclude(person_id__in=[*known, *came])
    names = list(rows.order_by("arrived_at", "pk").values_list("person__name", flat=True))
    if names:
        raise door.ArrivedMeanwhile(names="、".join(names[:5]))


@verb(constraints={"one_attendance_per_person": rules.JustWritten})
def record_attendance(
    *,
    actor: Actor,
    meeting: Meeting,
    organization: Organization,
    said: Mapping[int, Said],
    now: datetime,
    guests: Sequence[Person] = (),
    seen: Collection[int] = (),
) -> list[Attendance]:
    """Write down who of a body came (ids of persons of its roll on that day); what was written before is replaced.

    `guests` came from elsewhere and count for the body that is theirs, where that is known, else for this one. Rows
    belong to the place of the body they count for. The headcount of the body's invitation follows the list where the
    actor writes there. `seen` are the people whom the actor knows to have come by the code at the door; of whom they do
    not, nothing but "present" is written. Raises `NotHosting`, `NotOnRoll`, `UnknownState`, `LeaveNeedsReason`,
    `NobodyPresent`, `ArrivedMeanwhile`, `AlreadyElsewhere`, `JustWritten`, `TooMany`, `VotesBeyondList`, `NotHeld`,
    `Denied`.
    """
    require(actor, "meetings.answer", organization)
    rows = Meeting.objects.select_related("convener")
    # Two lists of one body wait for each other at the body, those of a meeting of one's own place at the meeting; what
    # two bodies of other places write about one person at once, the database lets one of them write.
    if meeting.jurisdiction_id in actor.writable:
        rows = rows.select_for_update(of=("self",))
    list(Organization.objects.filter(pk=organization.pk).select_for_update(of=("self",), no_key=True))
    meeting = rows.get(pk=meeting.pk)
    if meeting.state != meetings.HELD:
        raise meetings.NotHeld
    invitation = _takes_part(meeting, organization)
    day = local_day(meeting.starts_at)
    roll = {one.person_id: one for one in roll_of(organization, day).people}
    names = {pk: one.name for pk, one in roll.items()}
    _check(said, names, organization)
    _missed(meeting, organization, said, {*seen, *(one.pk for one in guests)})
    before = _before(meeting, organization)
    kept = _replace(actor, meeting, organization, said, names, now)
    made = _guests(actor, meeting, organization, guests, roll, now)
    _headcount(actor, invitation, meeting, organization)
    after = _before(meeting, organization)
    judged = agree_with_list(actor, meeting, now)
    for listener in on_listed:
        listener(actor=actor, meeting=meeting, place=organization.jurisdiction_id, now=now)
    changes = {code: (before.get(code, 0), after.get(code, 0)) for code in rules.STATES}
    changes = {code: pair for code, pair in changes.items() if pair[0] != pair[1]} or {"present": (0, 0)}
    record(
        actor=actor,
        verb="events.record_attendance",
        subject=meeting,
        now=now,
        jurisdiction_id=organization.jurisdiction_id,
        changes={"organization": ("", organization.name), **changes, **judged},
    )
    return [*kept, *made]


def _before(meeting: Meeting, organization: Organization) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Attendance.objects.listed().filter(meeting=meeting, organization=organization)
    for state in rows.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def _replace(
    actor: Actor,
    meeting: Meeting,
    organization: Organization,
    said: Mapping[int, Said],
    names: Mapping[int, str],
    now: datetime,
) -> list[Attendance]:
    """The body's list anew: those not said any more go, the others are what is said now."""
    own = Attendance.objects.filter(meeting=meeting, organization=organization)
    own.listed().filter(person_id__in=names.keys() - said.keys()).delete()
    # Whom only the list of a team spoke of is this body's, once its own list speaks of them.
    served = Attendance.objects.filter(meeting=meeting, team__isnull=False, person_id__in=said)
    served.filter(jurisdiction_id=organization.jurisdiction_id).update(organization=organization, team=None)
    _free(meeting, organization, said, names)
    known = {one.person_id: one for one in own.filter(person_id__in=said)}
    rows = []
    for pk, one in sorted(said.items()):
        row = known.get(pk) or Attendance(
            jurisdiction_id=organization.jurisdiction_id, meeting=meeting, organization=organization, person_id=pk
        )
        row.state, row.reason = one.state, one.reason if one.state == rules.LEAVE else ""
        row.recorded_at, row.recorded_by_name = now, actor.name[:80]
        rows.append(row)
    Attendance.objects.bulk_update(known.values(), ["state", "reason", "recorded_at", "recorded_by_name"])
    Attendance.objects.bulk_create([row for row in rows if row.person_id not in known])
    return rows


def _free(meeting: Meeting, organization: Organization, people: Iterable[int], names: Mapping[int, str]) -> None:
    """Raises `AlreadyElsewhere` for one of them who is on another body's list; what the team of another place says of
    them goes, by the database, as this list comes.
    """
    rows = Attendance.objects.listed().filter(meeting=meeting, person_id__in=list(people))
    others = rows.exclude(organization=organization)
    other = others.select_related("organization").order_by("pk").first()
    if other is not None:
        name = names.get(other.person_id) or Person.objects.values_list("name", flat=True).get(pk=other.person_id)
        raise rules.AlreadyElsewhere(name=name, body=other.organization.name)


def _guests(
    actor: Actor,
    meeting: Meeting,
    organization: Organization,
    guests: Sequence[Person],
    roll: Mapping[int, OnRoll],
    now: datetime,
) -> list[Attendance]:
    """Present, each for the body that is theirs; who is on the list already is not written twice."""
    day = local_day(meeting.starts_at)
    made = []
    for person in guests:
        if person.pk in roll or Attendance.objects.filter(meeting=meeting, person=person).exists():
            continue
        home = home_of(person.pk, day) or organization
        if home.jurisdiction_id not in actor.writable:
            home = organization
        made.append(
            Attendance.objects.create(
                jurisdiction_id=home.jurisdiction_id,
                meeting=meeting,
                organization=home,
                person=person,
                state=rules.PRESENT,
                recorded_at=now,
                recorded_by_name=actor.name[:80],
            )
        )
    return made


def _headcount(
    actor: Actor, invitation: Invitation | None, meeting: Meeting, organization: Organization
) -> None:
    if invitation is None or meeting.jurisdiction_id not in actor.writable:
        return
    rows = Attendance.objects.listed().present().filter(meeting=meeting, organization=organization)
    invitation.people = rows.count()
    invitation.attendance = meetings.ATTENDED
    invitation.words = ""
    invitation.save(update_fields=["people", "attendance", "words"])


@verb(constraints={"one_attendance_per_person": rules.JustWritten})
def record_serving(
    *,
    actor: Actor,
    meeting: Meeting,
    team: Team,
    people: Collection[int],
    now: datetime,
    seen: Collection[int] | None = None,
) -> Meeting:
    """Who came to serve with a team (ids of persons who were in it on that day); what was written before is replaced,
    but for those on the list whom the actor has not `seen` there (None: all were).

    Each counts for the body that is theirs, and once at the meeting: whoever is on the list of a body or of another
    team stays there. Raises `TeamNotServing`, `NotInTeam`, `OnAnotherList`, `JustWritten`, `NotHeld`, `Denied`.
    """
    meeting = held_fast(actor, meeting, meetings.HELD)
    if not ServingTeam.objects.filter(meeting=meeting, team=team).exists():
        raise serving.TeamNotServing(name=team.name)
    before, after = write_present(actor, meeting, team, people, now, seen)
    changes = {"team": ("", team.name), "present": (before, after)}
    record(actor=actor, verb="events.record_serving", subject=meeting, now=now, changes=changes)
    return meeting


@verb
def set_results(
    *,
    actor: Actor,
    meeting: Meeting,
    now: datetime,
    audiences: Sequence[str] = (),
    hours: Decimal | None = None,
    service_hours: Decimal | None = None,
    served: int | None = None,
    served_times: int | None = None,
) -> Meeting:
    """What a class, an activity or a service came to: audiences, class hours for each who came, hours of service for
    each who came with a team, people served.

    `served` counts persons, `served_times` person-times; they are never added. Raises `ServedBelow`, `UnknownWord`,
    `NotPlanned`, `Denied`.
    """
    meeting = held_fast(actor, meeting, meetings.PLANNED, meetings.HELD)
    held = list(meeting.audiences.order_by("pk").values_list("name", flat=True))
    check_words(meeting.jurisdiction_id, held, audience=audiences)
    if served is not None and served_times is not None and served_times < served:
        raise rules.ServedBelow
    before = {name: getattr(meeting, name) for name in FACTS}
    meeting.hours, meeting.service_hours = hours, service_hours
    meeting.served, meeting.served_times = served, served_times
    changed = diff(before, meeting)
    wanted = list(dict.fromkeys(audiences))
    if wanted != held:
        _for_whom(meeting, wanted)
        changed["audiences"] = ("、".join(held), "、".join(wanted))
    if not changed:
        return meeting
    meeting.changed_at = now
    meeting.save(update_fields=[*FACTS, "changed_at"])
    record(actor=actor, verb="events.set_results", subject=meeting, now=now, changes=changed)
    return meeting


def _for_whom(meeting: Meeting, names: Sequence[str]) -> None:
    meeting.audiences.exclude(name__in=names).delete()
    rows = (Audience(jurisdiction_id=meeting.jurisdiction_id, meeting=meeting, name=name) for name in names)
    Audience.objects.bulk_create(rows, ignore_conflicts=True)
