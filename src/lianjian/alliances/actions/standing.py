"""Verbs of alliances: found, change, dissolve; join and leave; terms, brands, demonstration projects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Alliance, AllianceMember, Brand, Demonstration, Term
from ..queries.terms import check_term

FIELDS = ("mode", "basis", "chain", "functions", "tags", "charter", "document", "term_until")

# Told which places' bodies took or left a seat on a chain, in the same transaction; filled in `config/wiring.py`.
followers: list[Callable[[Collection[int]], None]] = []


def _places(seats: QuerySet[AllianceMember]) -> list[int]:
    """Of the bodies in these seats."""
    return list(seats.values_list("organization__jurisdiction_id", flat=True).order_by().distinct())


def _seats_changed(alliance: Alliance, places: Collection[int], *chains: str) -> None:
    if any((alliance.chain, *chains)):
        for follower in followers:
            follower(places)


def _checked(owner: int, held: Alliance | None, **terms: Any) -> dict[str, Any]:
    """Each word is one of its list, or was the alliance's before. Raises `UnknownTerm`."""
    for name in ("mode", "basis", "chain"):
        if terms[name] or name == "mode":
            check_term(owner, name, terms[name], getattr(held, name, ""))
    for name, code in (("functions", "function"), ("tags", "tag")):
        terms[name] = list(dict.fromkeys(terms[name]))
        for word in terms[name]:
            check_term(owner, code, word, *getattr(held, name, ()))
    return terms


@verb(constraints={"alliances_alliance_organization_id_key": rules.AlreadyAlliance})
def found_alliance(
    *,
    actor: Actor,
    form: str,
    mode: str,
    founded_on: date,
    now: datetime,
    name: str = "",
    organization: Organization | None = None,
    parent: Organization | None = None,
    basis: str = "",
    chain: str = "",
    functions: Sequence[str] = (),
    tags: Sequence[str] = (),
    charter: str = "",
    document: str = "",
    term_until: date | None = None,
) -> Alliance:
    """Write an alliance down: an organization that is there, or a new one of that name below `parent`.

    Raises `FormalNeedsParty`, `AlreadyAlliance`, `UnknownTerm`, `Denied`, and what registering an organization raises.
    """
    below = organization or parent
    if below is None:
        raise ValueError("an alliance is an organization or stands below one")
    require(actor, "alliances.write", below)
    formal = form == rules.FORMAL
    if organization is None:
        organization = directory.register_organization(
            actor=actor,
            name=name,
            classification="party" if formal else "joint",
            parent=below,
            since=founded_on,
            now=now,
            profile={"level": "joint"} if formal else None,
        )
    elif formal and organization.classification != "party":
        raise rules.FormalNeedsParty
    owner = organization.jurisdiction_id
    terms = _checked(owner, None, mode=mode, basis=basis, chain=chain, functions=functions, tags=tags)
    alliance = Alliance.objects.create(
        jurisdiction_id=owner,
        organization=organization,
        form=form,
        founded_on=founded_on,
        charter=charter.strip(),
        document=document.strip()[:80],
        term_until=term_until,
        **terms,
    )
    changes = {"name": ("", organization.name), "form": ("", form), "founded_on": ("", founded_on)}
    changes |= {field: ("", getattr(alliance, field)) for field in FIELDS if getattr(alliance, field)}
    record(actor=actor, verb="alliances.found", subject=alliance, now=now, changes=changes)
    return alliance


@verb
def change_alliance(
    *,
    actor: Actor,
    alliance: Alliance,
    mode: str,
    now: datetime,
    basis: str = "",
    chain: str = "",
    functions: Sequence[str] = (),
    tags: Sequence[str] = (),
    charter: str = "",
    document: str = "",
    term_until: date | None = None,
) -> Alliance:
    """Other words about it; its name is changed in the directory. Raises `UnknownTerm`, `Over`, `Denied`."""
    living(actor, alliance)
    before = {field: getattr(alliance, field) for field in FIELDS}
    terms = _checked(
        alliance.jurisdiction_id,
        alliance,
        mode=mode,
        basis=basis,
        chain=chain,
        functions=functions,
        tags=tags,
    )
    values = {
        **terms,
        "charter": charter.strip(),
        "document": document.strip()[:80],
        "term_until": term_until,
    }
    for name, value in values.items():
        setattr(alliance, name, value)
    alliance.save(update_fields=FIELDS)
    changes = diff(before, alliance)
    if changes:
        record(actor=actor, verb="alliances.change", subject=alliance, now=now, changes=changes)
    if alliance.chain != before["chain"]:
        _seats_changed(alliance, _places(alliance.members.all()), before["chain"])
    return alliance


def stays(winner: Organization, loser: Organization) -> None:
    """An alliance's record is not merged away. Raises `AllianceStays`."""
    if Alliance.objects.filter(organization=loser).exists():
        raise rules.AllianceStays(name=loser.name)


def living(actor: Actor, alliance: Alliance) -> None:
    """The actor may write it, and it is not over. Raises `Over`, `Denied`."""
    require(actor, "alliances.write", alliance.organization)
    if alliance.organization.dissolved_on is not None or alliance.organization.merged_into_id is not None:
        raise rules.Over


@verb(
    constraints={
        "one_seat_in_a_role_at_a_time": rules.AlreadyMember,
        "one_chair_at_a_time": rules.OneChair,
    }
)
def admit(
    *,
    actor: Actor,
    alliance: Alliance,
    organization: Organization,
    since: date,
    now: datetime,
    role: str = rules.MEMBER,
    until: date | None = None,
    ground: str = "",
) -> AllianceMember:
    """A body joins in a role, whatever place it belongs to.

    Raises `BeforeFounding`, `LeavesTooEarly`, `OwnMember`, `AlreadyMember`, `OneChair`, `UnknownTerm`, `Over`,
    `Denied`.
    """
    living(actor, alliance)
    check_term(alliance.jurisdiction_id, "role", role)
    if organization.pk == alliance.organization_id:
        raise rules.OwnMember
    if since < alliance.founded_on:
        raise rules.BeforeFounding(day=alliance.founded_on)
    if until is not None and until <= since:
        raise rules.LeavesTooEarly(since=since)
    if organization.merged_into_id is not None or organization.dissolved_on is not None:
        raise rules.Over(field="organization")
    # A seat that came with a merged record has another id of its own, so the database does not see it as the same.
    same = alliance.members.filter(organization=organization, role=role).filter(
        Q(until__isnull=True) | Q(until__gt=since)
    )
    if (same.filter(since__lt=until) if until is not None else same).exists():
        raise rules.AlreadyMember
    seat = AllianceMember.objects.create(
        jurisdiction_id=alliance.jurisdiction_id,
        alliance=alliance,
        organization=organization,
        entered_as=organization.pk,
        role=role,
        since=since,
        until=until,
        ground=ground.strip()[:200],
    )
    changes = {"member": ("", f"{organization.name} {role} {since}–{until or ''} {seat.ground}".strip())}
    record(actor=actor, verb="alliances.admit", subject=alliance, now=now, changes=changes)
    _seats_changed(alliance, [organization.jurisdiction_id])
    return seat


@verb
def leave(*, actor: Actor, seat: AllianceMember, until: date, now: datetime) -> AllianceMember:
    """The membership ends: `until` is the first day without it. Raises `LeavesTooEarly`, `Over`, `Denied`."""
    living(actor, seat.alliance)
    if seat.until is not None:
        raise rules.Over
    if until <= seat.since:
        raise rules.LeavesTooEarly(since=seat.since)
    seat.until = until
    seat.save(update_fields=["until"])
    changes = {"member": (f"{seat.organization.name} {seat.role} {seat.since}", f"-{until}")}
    record(actor=actor, verb="alliances.leave", subject=seat.alliance, now=now, changes=changes)
    _seats_changed(seat.alliance, [seat.organization.jurisdiction_id])
    return seat


@verb
def drop_seat(*, actor: Actor, seat: AllianceMember, now: datetime) -> None:
    """Take back a seat that was written down by mistake, as if it had never been. Raises `Over`, `Denied`."""
    living(actor, seat.alliance)
    words = f"{seat.organization.name} {seat.role} {seat.since}–{seat.until or ''} {seat.ground}".strip()
    record(actor=actor, verb="alliances.drop", subject=seat.alliance, now=now, changes={"member": (words, "")})
    seat.delete()
    _seats_changed(seat.alliance, [seat.organization.jurisdiction_id])


@verb
def dissolve_alliance(*, actor: Actor, alliance: Alliance, on: date, now: datetime) -> None:
    """It is no more from `on`: the seats of members and people end (those that would begin later go), and its body.

    Raises `Over`, `LeavesTooEarly`, `Denied`, and what dissolving an organization raises.
    """
    living(actor, alliance)
    seats = alliance.members.filter(Q(until__isnull=True) | Q(until__gt=on))
    if on <= alliance.founded_on:
        raise rules.LeavesTooEarly(since=alliance.founded_on, field="on")
    count, places = seats.count(), _places(seats)
    seats.filter(since__gte=on).delete()
    seats.update(until=on)
    people = alliance.people.filter(Q(until__isnull=True) | Q(until__gt=on))
    seated = people.count()
    people.filter(since__gte=on).delete()
    people.update(until=on)
    directory.dissolve_organization(actor=actor, organization=alliance.organization, on=on, now=now)
    changes = {"dissolved_on": ("", on), "members": (count, 0), "people": (seated, 0)}
    record(actor=actor, verb="alliances.dissolve", subject=alliance, now=now, changes=changes)
    _seats_changed(alliance, places)


def _office(actor: Actor) -> None:
    require(actor, "alliances.write", Whole(actor.jurisdiction_id))


@verb(constraints={"one_term_per_name": rules.TermExists})
def add_term(*, actor: Actor, list_code: str, name: str, now: datetime) -> Term:
    """A word of the place's own in a code list. Raises `TermExists`, `Denied`."""
    _office(actor)
    words = name.strip()[:30]
    known = rules.LISTS[list_code][1]
    if words in known or words in {translate(one) for one in known}:
        raise rules.TermExists
    term = Term.objects.create(jurisdiction_id=actor.jurisdiction_id, list=list_code, name=words)
    record(actor=actor, verb="alliances.add_term", subject=term, now=now, changes={list_code: ("", words)})
    return term


@verb
def retire_term(*, actor: Actor, term: Term, now: datetime, again: bool = False) -> None:
    """Offer a word no longer, or `again`; what has it keeps it. Raises `Denied`."""
    require(actor, "alliances.write", Whole(term.jurisdiction_id))
    before, after = term.retired_on, None if again else local_day(now)
    if (before is None) == (after is None):
        return
    term.retired_on = after
    term.save(update_fields=["retired_on"])
    record(
        actor=actor,
        verb="alliances.retire_term",
        subject=term,
        now=now,
        changes={"retired_on": (before, after)},
    )


@verb
def set_brand(
    *, actor: Actor, organization: Organization, name: str, since: date, now: datetime, about: str = ""
) -> Brand:
    """Give a body its brand from a day on; the one before ends with that day. Raises `LeavesTooEarly`, `Denied`."""
    require(actor, "alliances.write", organization)
    old = Brand.objects.filter(organization=organization, until__isnull=True).first()
    if old is not None:
        if since <= old.since:
            raise rules.LeavesTooEarly(since=old.since, field="since")
        old.until = since
        old.save(update_fields=["until"])
    brand = Brand.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        name=name.strip()[:40],
        about=about.strip()[:300],
        since=since,
    )
    changes = {"brand": (f"{old.name} {old.since}" if old else "", f"{brand.name} {since} {brand.about}".strip())}
    record(actor=actor, verb="alliances.set_brand", subject=organization, now=now, changes=changes)
    return brand


@verb
def name_demonstration(
    *, actor: Actor, alliance: Alliance, year: int, title: str, now: datetime
) -> Demonstration:
    """Name a demonstration project of a year: one or two for each place.

    Raises `TooManyDemonstrations`, `Over`, `Denied`.
    """
    living(actor, alliance)
    owner = alliance.jurisdiction_id
    # Two clerks at once wait for each other here; the count after it is the count of both.
    list(Alliance.objects.filter(jurisdiction_id=owner).order_by("pk").select_for_update(of=("self",))[:1])
    most = rules.DEMONSTRATIONS[1]
    if Demonstration.objects.filter(jurisdiction_id=owner, year=year).count() >= most:
        raise rules.TooManyDemonstrations(year=year, most=most)
    made = Demonstration.objects.create(
        jurisdiction_id=owner, alliance=alliance, year=year, title=title.strip()[:80], named_on=local_day(now)
    )
    changes = {"demonstration": ("", f"{year} {made.title}")}
    record(actor=actor, verb="alliances.name_demonstration", subject=alliance, now=now, changes=changes)
    return made


@verb
def drop_demonstration(*, actor: Actor, demonstration: Demonstration, now: datetime) -> None:
    """Take back one that was named by mistake. Raises `Over`, `Denied`."""
    living(actor, demonstration.alliance)
    changes = {"demonstration": (f"{demonstration.year} {demonstration.title}", "")}
    said = "alliances.drop_demonstration"
    record(actor=actor, verb=said, subject=demonstration.alliance, now=now, changes=changes)
    demonstration.delete()
