"""Codes at the door: made, read, and who came by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.core.signing import Signer
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from markupsafe import Markup

from lianjian.directory.models import Membership, Organization, Person
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_datetime
from lianjian.foundation.qr import picture_of

from ..models import Arrival, Attendance, Meeting
from ..rolls import OUTSIDERS, home_of, roll_of
from ..rules import attendance, door, meetings
from .attendance import bodies_at

SIGNER = Signer(salt="lianjian.events.door")


def _signature(meeting: Meeting, head: str) -> str:
    opened = meeting.door_opened_at.astimezone(UTC).isoformat() if meeting.door_opened_at else ""
    return SIGNER.signature(f"{meeting.key}|{opened}|{head}")


def code_of(meeting: Meeting, kind: str, now: datetime) -> str:
    """The code of the minute, or the one that is printed."""
    head = f"{kind}{door.minute_of(now):x}" if kind == door.SHOWN else kind
    return f"{head}.{_signature(meeting, head)}"


def address_of(meeting: Meeting, kind: str, now: datetime) -> str:
    """The path that a code stands for."""
    return reverse("events:arrive", kwargs={"key": meeting.key, "code": code_of(meeting, kind, now)})


def behind(key: UUID, code: str) -> Meeting:
    """The meeting at whose door a code was given out, of whatever age: who holds one stands before it, and reads its
    title, time and place. Raises `CodeUnknown`, also for a meeting that is not there.
    """
    found = Meeting.objects.select_related("convener", "venue").filter(key=key, door_opened_at__isnull=False).first()
    if found is None:
        raise door.CodeUnknown
    check_signed(found, code)
    return found


def check_signed(meeting: Meeting, code: str) -> str:
    """What was signed. Raises `CodeUnknown`."""
    head, _dot, signature = code.partition(".")
    if meeting.door_opened_at is None or not constant_time_compare(signature, _signature(meeting, head)):
        raise door.CodeUnknown
    return head


def check_code(meeting: Meeting, code: str, now: datetime) -> None:
    """Raises `CodeUnknown`, `CalledOff`, `TooEarly`, `TooLate`, `CodeExpired`."""
    head = check_signed(meeting, code)
    door.check_time(meeting.state, meeting.starts_at, meeting.ends_at, now, show_datetime)
    if head[:1] == door.SHOWN:
        door.check_minute(int(head[1:], 16), now)


def person_of(actor: Actor) -> int:
    """The person of the account. Raises `WithoutPerson`."""
    if actor.person_id is None:
        raise door.WithoutPerson
    return actor.person_id


def body_for(actor: Actor, meeting: Meeting) -> Organization:
    """The body for which the actor counts at a meeting: one that takes part and has the person on its roll, the home
    body before others; else one that takes part and that the account acts for (a firm's contact at a joint meeting);
    else, as for every guest, the home body, if it is of the meeting's place.

    Raises `WithoutPerson`, `Stranger`.
    """
    person = person_of(actor)
    day = local_day(meeting.starts_at)
    taking = {body.pk: body for body in bodies_at(meeting) if body.jurisdiction_id in actor.writable}
    home = home_of(person, day)
    seats = Membership.objects.filter(person_id=person, organization__in=list(taking)).on(day)  # type: ignore[attr-defined]
    own = seats.exclude(role__in=OUTSIDERS).order_by("pk").values_list("organization_id", flat=True)
    for pk in dict.fromkeys([*([home.pk] if home is not None else []), *own]):
        body = taking.get(pk)
        if body is not None and any(one.person_id == person for one in roll_of(body, day).people):
            return body
    for scope in actor.scopes("meetings.see"):
        if scope.organization_id in taking:
            return taking[scope.organization_id]
    if home is not None and home.jurisdiction_id == meeting.jurisdiction_id and home.jurisdiction_id in actor.writable:
        return home
    raise door.Stranger


def keeper_of(meeting: Meeting, body: Organization) -> Organization:
    """On whose list somebody stands who counts for `body`: its own where it takes part, else the convener's."""
    return body if any(one.pk == body.pk for one in bodies_at(meeting)) else meeting.convener


def arrivals_for(meeting: Meeting, organization: Organization) -> QuerySet[Arrival]:
    """Who came by the code and stands on the list of that body: its own people, and guests on the convener's.

    Left out: whoever is on another list already.
    """
    elsewhere = Attendance.objects.filter(meeting=meeting).exclude(organization=organization)
    rows = Arrival.objects.filter(meeting=meeting).exclude(person_id__in=elsewhere.values("person_id"))
    if organization.pk != meeting.convener_id:
        return rows.filter(organization=organization)
    others = [body.pk for body in bodies_at(meeting) if body.pk != organization.pk]
    return rows.exclude(organization__in=others)


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


class Came(NamedTuple):
    """Somebody who came by the code: `body` is named for a guest of another."""

    person_id: int
    name: str
    at: str
    body: str


def came_by_code(meeting: Meeting, organization: Organization) -> list[Came]:
    """Those of the list of one body, as its recorder sees them; in order of arrival."""
    rows = arrivals_for(meeting, organization).order_by("arrived_at", "pk")
    return [
        Came(person, name, _clock(at), "" if body == organization.pk else title)
        for person, name, at, body, title in rows.values_list(
            "person_id", "person__name", "arrived_at", "organization_id", "organization__name"
        )
    ]


def numbers_by_body(meeting: Meeting) -> dict[int, int]:
    """How many came by the code, by the body they count for."""
    rows = Arrival.objects.filter(meeting=meeting).order_by().values("organization_id")
    return dict(rows.annotate(n=Count("pk")).values_list("organization_id", "n"))


@dataclass(frozen=True)
class Group:
    """Who came by the code for one body; `unnamed` belong to another town, which keeps their names."""

    name: str
    number: int
    names: str
    unnamed: int


def arrived(actor: Actor, meeting: Meeting) -> list[Group]:
    """By body, each name with its time; two queries, none where no codes are given out."""
    if meeting.door_opened_at is None:
        return []
    rows = list(
        Arrival.objects.visible_to(actor).filter(meeting=meeting).order_by("arrived_at", "pk")
        .values_list("organization__name", "person_id", "arrived_at")
    )  # fmt: skip
    # Names of another town's people are not lent, and a join would leave their rows out.
    known = dict(Person.objects.filter(pk__in={person for _body, person, _at in rows}).values_list("pk", "name"))
    return [_group(body, [(known.get(pk), at) for name, pk, at in rows if name == body]) for body in _names(rows)]


def _names(rows: Iterable[tuple[str, int, datetime]]) -> list[str]:
    return list(dict.fromkeys(body for body, _person, _at in rows))


def _group(body: str, people: Sequence[tuple[str | None, datetime]]) -> Group:
    named = [f"{name} {_clock(at)}" for name, at in people if name is not None]
    return Group(body, len(people), "、".join(named), len(people) - len(named))


@dataclass(frozen=True)
class DoorPage:
    """What is shown at the door: `picture` while one may arrive; `said` tells what else; `number` have arrived."""

    said: str
    picture: Markup | None
    number: int
    opened: bool
    may_open: bool


def door_page(actor: Actor, meeting: Meeting, now: datetime, absolute: Callable[[str], str]) -> DoorPage:
    """The code of this minute; one query."""
    opened, over = meeting.door_opened_at is not None, now >= meeting.ends_at
    live = opened and meeting.state != meetings.CANCELLED and door.is_open(meeting.starts_at, meeting.ends_at, now)
    picture = picture_of(absolute(address_of(meeting, door.SHOWN, now))) if live else None
    return DoorPage(
        said=_said(meeting, now),
        picture=picture,
        number=Arrival.objects.visible_to(actor).filter(meeting=meeting).count() if opened else 0,
        opened=opened,
        may_open=not opened and meeting.state == meetings.PLANNED and not over,
    )


def _said(meeting: Meeting, now: datetime) -> str:
    try:
        door.check_time(meeting.state, meeting.starts_at, meeting.ends_at, now, show_datetime)
    except (door.CalledOff, door.TooEarly, door.TooLate) as refusal:
        return str(refusal)
    return _("签到到%(at)s为止") % {"at": show_datetime(meeting.ends_at)}


@dataclass(frozen=True)
class Arriving:
    """What somebody finds behind a code: for which body they count; `at`: since when they are marked as here."""

    body: str
    at: str
    listed: str


def arriving(actor: Actor, meeting: Meeting, code: str, now: datetime) -> Arriving:
    """Raises what `check_code` and `body_for` raise, unless the person has arrived already."""
    person = actor.person_id or 0
    said = Attendance.objects.filter(meeting=meeting, person_id=person).select_related("organization").first()
    listed = _(attendance.STATES[said.state]) if said is not None else ""
    own = Arrival.objects.filter(meeting=meeting, person_id=person).select_related("organization").first()
    if own is not None:
        return Arriving(own.organization.name, _clock(own.arrived_at), listed)
    check_code(meeting, code, now)
    body = said.organization if said is not None else body_for(actor, meeting)
    return Arriving(body.name, "", listed)
