"""Who signed up, who has a seat, and who may sign whom up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.directory.models import Organization, Person
from lianjian.directory.roles import ROLES
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_datetime

from ..models import Meeting, SignUp
from ..models.attendance import of_one_s_own
from ..rolls import roll_of
from ..rules import door, meetings
from ..rules import signing as rules
from .attendance import bodies_at
from .door import body_for


def may_sign_for(meeting: Meeting, body: Organization) -> bool:
    """An open meeting takes all; one for its own bodies takes these."""
    return meeting.audience == meetings.OPEN or any(one.pk == body.pk for one in bodies_at(meeting))


def _acted_for(actor: Actor) -> Organization | None:
    """The body for which an account acts, the first of them, in a place where it may write."""
    wanted = [scope.organization_id for scope in actor.scopes("meetings.see") if scope.organization_id]
    found = {one.pk: one for one in Organization.objects.filter(pk__in=wanted, jurisdiction_id__in=actor.writable)}
    return next((found[pk] for pk in wanted if pk in found), None)


def body_signing(actor: Actor, meeting: Meeting) -> Organization:
    """For whom the actor's own person signs up: as at the door; at an open meeting else the body it acts for.

    Raises `WithoutPerson`, `Stranger`, `NotForYou`.
    """
    try:
        return body_for(actor, meeting)
    except door.Stranger:
        if meeting.audience != meetings.OPEN:
            raise rules.NotForYou from None
        body = _acted_for(actor)
        if body is None:
            raise
        return body


def bodies_answered(actor: Actor, meeting: Meeting) -> list[Organization]:
    """The bodies whose people the actor may sign up: those taking part, and at an open meeting the one acted for."""
    own = _acted_for(actor) if meeting.audience == meetings.OPEN else None
    rows = [*bodies_at(meeting), *([own] if own is not None else [])]
    held = {one.pk: one for one in rows if one.jurisdiction_id in actor.writable}
    return [one for one in held.values() if actor.may("meetings.answer", one)]


# Who speaks for a body, beside the office of its place.
SPEAKERS = tuple(
    role
    for role, (_name, rights) in ROLES.items()
    if "meetings.answer" in rights and role not in ("clerk", "instructor")
)


class Signed(NamedTuple):
    """Somebody of a list who signed up: `waits` for a seat, or counts for another `body`."""

    name: str
    waits: bool
    body: str


def signed_for(actor: Actor, meeting: Meeting, organization: Organization) -> dict[int, Signed]:
    """By person: who signed up and stands on the list of that body, guests on the convener's. Three queries, none where
    nobody was to sign up. Who waits is known where the meeting's place is read.
    """
    if meeting.sign_up_until is None:
        return {}
    others = {body.pk for body in bodies_at(meeting)} - {organization.pk}
    host = organization.pk == meeting.convener_id
    found: dict[int, Signed] = {}
    rows = SignUp.objects.standing().filter(meeting=meeting)
    told = list(rows.values_list("person_id", "organization_id", "organization__name"))
    seats = meeting.seats if meeting.jurisdiction_id in actor.readable else None
    names = dict(Person.objects.filter(pk__in=[row[0] for row in told]).values_list("pk", "name"))
    for number, (person, body, title) in enumerate(told, start=1):
        if person in names and (body == organization.pk or (host and body not in others)):
            waits = seats is not None and number > seats
            found[person] = Signed(names[person], waits, "" if body == organization.pk else title)
    return found


def choices_for(meeting: Meeting, body: Organization) -> list[tuple[int, str]]:
    """People of a body who are not signed up yet."""
    standing = set(SignUp.objects.standing().filter(meeting=meeting).values_list("person_id", flat=True))
    people = roll_of(body, local_day(meeting.starts_at)).people
    return [(one.person_id, one.name) for one in people if one.person_id not in standing]


class Line(NamedTuple):
    """One who signed up and whose name is known here; `waits`: the place in the waiting list, 0 who has a seat."""

    name: str
    body: str
    waits: int
    drop_url: str


class _Row(NamedTuple):
    """A sign-up as it is read: `name` is None where the person is another town's, `seen` where it may be shown."""

    key: UUID
    person_id: int
    name: str | None
    seen: bool
    body: str
    jurisdiction_id: int
    path: str


@dataclass(frozen=True)
class SignUps:
    """The card of a meeting. `own_url` signs oneself up, `mine` is the address that takes it back."""

    words: Sequence[str]
    rows: Sequence[Line]
    unnamed: str
    open: bool
    own_url: str
    mine: str
    waits: int
    people_url: str


def _address(name: str, key: object) -> str:
    return reverse(f"events:{name}", kwargs={"key": key})


def sign_ups(actor: Actor, meeting: Meeting, now: datetime) -> SignUps | None:
    """What the card says; one query, none where nobody is to sign up.

    Whoever reads the meeting's place sees all that is lent to it, and so knows who waits.
    """
    if meeting.sign_up_until is None:
        return None
    # Names of another town's people are not lent, and a join would leave their rows out.
    name = Subquery(Person.objects.filter(pk=OuterRef("person_id")).values("name"))
    seen = ExpressionWrapper(of_one_s_own(actor), BooleanField())
    rows = SignUp.objects.standing().filter(meeting=meeting).annotate(name=name, seen=seen)
    told = [
        _Row(*values)
        for values in rows.values_list(
            "key", "person_id", "name", "seen", "organization__name", "jurisdiction_id", "organization__path"
        )
    ]
    knows = meeting.jurisdiction_id in actor.readable
    seats = meeting.seats if meeting.seats is not None and knows else None
    places = [max(0, number - seats) if seats is not None else 0 for number in range(1, len(told) + 1)]
    future = meeting.state == meetings.PLANNED and now < meeting.starts_at
    shown, mine, waits = [], "", 0
    for row, place in zip(told, places, strict=True):
        own = row.person_id == actor.person_id
        drop = _address("withdraw_sign_up", row.key) if future else ""
        if own:
            mine, waits = drop, place
        if row.seen and row.name is not None:
            may = own or _answers(actor, row.jurisdiction_id, row.path)
            shown.append(Line(row.name, row.body, place, drop if may else ""))
    is_open = future and rules.is_open(meeting.sign_up_until, meeting.starts_at, now)
    signed = any(row.person_id == actor.person_id for row in told)
    may_answer = is_open and bool(actor.scopes("meetings.answer"))
    if may_answer and meeting.audience != meetings.OPEN:
        may_answer = bool(bodies_answered(actor, meeting))
    hidden = len(told) - len(shown)
    return SignUps(
        words=_words(meeting, len(told), sum(1 for place in places if place), is_open=is_open, knows=knows),
        rows=shown,
        unnamed=ngettext("另有 %(n)s 人,姓名由所在单位掌握", "另有 %(n)s 人,姓名由所在单位掌握", hidden) % {"n": hidden}
        if hidden and knows else "",
        open=is_open,
        own_url=_address("sign_up", meeting.key) if is_open and not signed and actor.person_id is not None else "",
        mine=mine,
        waits=waits,
        people_url=_address("sign_up_people", meeting.key) if may_answer else "",
    )  # fmt: skip


def _answers(actor: Actor, jurisdiction: int, path: str) -> bool:
    return jurisdiction in actor.writable and actor.may("meetings.answer", Whole(jurisdiction, path))


def _words(meeting: Meeting, number: int, waiting: int, *, is_open: bool, knows: bool) -> list[str]:
    until = show_datetime(meeting.sign_up_until) if meeting.sign_up_until is not None else ""
    found = [_("报名截至 %(at)s") % {"at": until} if is_open else _("报名已截止")]
    found.append(_("名额 %(n)s 人") % {"n": meeting.seats} if meeting.seats is not None else _("不限名额"))
    if knows:
        found.append(_("已报名 %(n)s 人") % {"n": number})
        if waiting:
            found.append(_("候补 %(n)s 人") % {"n": waiting})
    return found
