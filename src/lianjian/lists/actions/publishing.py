"""A body publishes what it offers, plans or needs, changes it, ends it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lianjian.alliances.models import Alliance, AllianceMember
from lianjian.alliances.queries.terms import check_term
from lianjian.directory.models import Organization
from lianjian.events.models import Venue, Visit
from lianjian.events.rules.bookings import BookingCounted, VenueBusy
from lianjian.events.rules.meetings import VenueClosed
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Item
from .claiming import check_days, end_proposals, standing
from .matching import offer_item, withdraw

FIELDS = (
    "category",
    "title",
    "text",
    "place",
    "since",
    "until",
    "capacity",
    "unit",
    "reusable",
    "by_day",
    "venue",
    "visibility",
    "alliance",
    "expires_on",
)
_HELD = {
    "item_not_promised_twice": rules.CapacityBelow,
    "item_with_claims_keeps_its_way": rules.BookedByDay,
    "one_booking_of_a_venue": VenueBusy,
    "counted_booking_stays": BookingCounted,
}


def _clean(
    actor: Actor, organization: Organization, day: date, held: Item | None, values: dict[str, Any]
) -> Any:
    """The facts of an item.

    Raises `TitleNeeded`, `DaysTurned`, `OverAlready`, `AmountPositive`, `AllianceNeeded`, `PublicByOffice`,
    `UnknownTerm`, `VenueOfAnother`, `VenueClosed`.
    """
    check_term(
        organization.jurisdiction_id, "item", values["category"], held.category if held is not None else ""
    )
    values["title"] = values["title"].strip()[:80]
    if not values["title"]:
        raise rules.TitleNeeded
    if values["since"] and values["until"] and values["until"] < values["since"]:
        raise rules.DaysTurned
    over = values["expires_on"]
    if over is not None and over < day and (held is None or held.expires_on != over):
        raise rules.OverAlready
    if values["capacity"] is not None and not rules.SMALLEST <= values["capacity"] <= rules.LARGEST:
        raise rules.AmountPositive(field="capacity")
    _check_venue(organization, day, held, values)
    if values["by_day"]:
        values["capacity"], values["reusable"] = None, False
    _check_visibility(actor, organization, day, held, values)
    for name, most in (("text", 4000), ("place", 120), ("unit", 10)):
        values[name] = values[name].strip()[:most]
    return values


def _check_venue(organization: Organization, day: date, held: Item | None, values: dict[str, Any]) -> None:
    """What is a venue of the register is booked by the day; offered by who runs it or shares it."""
    venue: Venue | None = values["venue"]
    if venue is None:
        return
    values["by_day"] = True
    if held is not None and held.venue_id == venue.pk:
        return
    if venue.organization_id != organization.pk and not venue.users.filter(organization=organization).exists():
        raise rules.VenueOfAnother(name=venue.name, body=venue.organization.name)
    if venue.closed_on is not None and venue.closed_on <= day:
        raise VenueClosed(name=venue.name)


def _check_visibility(
    actor: Actor, organization: Organization, day: date, held: Item | None, values: dict[str, Any]
) -> None:
    if values["visibility"] != "alliance":
        values["alliance"] = None
    else:
        chosen = values["alliance"]
        seats = AllianceMember.objects.on(day).filter(organization=organization)
        if chosen is None or not seats.filter(alliance=chosen).exists():
            raise rules.AllianceNeeded
    if values["visibility"] == "public":  # also each change of what is public
        if not actor.may("lists.public", Whole(organization.jurisdiction_id)):
            raise rules.PublicByOffice


def _words(item: Item) -> Any:
    return vector(item.title, item.text, item.category, item.place, item.organization.name)


def _may_publish(organization: Organization, kind: str, source: str, visit: Visit | None) -> None:
    if kind == rules.NEED and source != "case":
        raise rules.NeedThroughCases
    standing(organization)
    if visit is not None and visit.organization_id != organization.pk:
        raise rules.VisitOfAnother


@verb
def publish(
    *,
    actor: Actor,
    organization: Organization,
    kind: str,
    category: str,
    title: str,
    now: datetime,
    text: str = "",
    place: str = "",
    since: date | None = None,
    until: date | None = None,
    capacity: Decimal | None = None,
    unit: str = "",
    reusable: bool = False,
    by_day: bool = False,
    venue: Venue | None = None,
    visibility: str = "county",
    alliance: Alliance | None = None,
    expires_on: date | None = None,
    source: str = "own",
    visit: Visit | None = None,
) -> Item:
    """Put an item of a body on one of the four lists. A need comes from its case (`source` "case").

    Raises `NeedThroughCases`, `BodyIsOver`, `Denied`, and what `_clean` raises.
    """
    require(actor, "lists.write", organization)
    _may_publish(organization, kind, source, visit)
    given = {
        "category": category,
        "title": title,
        "text": text,
        "place": place,
        "since": since,
        "until": until,
        "capacity": capacity,
        "unit": unit,
        "reusable": reusable,
        "by_day": by_day, "venue": venue,
        "visibility": visibility,
        "alliance": alliance,
        "expires_on": expires_on,
    }
    item = Item(
        jurisdiction_id=organization.jurisdiction_id,
        organization=organization,
        kind=kind,
        source=source,
        visit=visit,
        published_at=now,
        published_by=actor.name[:80],
        **_clean(actor, organization, local_day(now), None, given),
    )
    item.search = _words(item)
    item.save(force_insert=True)
    offer_item(actor, item, now)
    told = {"title": ("", item.title), "kind": ("", kind), "visibility": ("", visibility)}
    record(actor=actor, verb="lists.publish", subject=item, now=now, changes=told)
    return item


@verb(constraints=_HELD)
def change_item(*, actor: Actor, item: Item, now: datetime, **facts: Any) -> Item:
    """Other facts (arguments of `publish`, but not kind and body); what is promised stays promised.

    Raises `NotOffered`, `CapacityBelow`, `BookedByDay`, `VenueTaken`, `BookingCounted`, `Denied`, and what `publish`
    raises.
    """
    require(actor, "lists.write", item.organization)
    item = (
        Item.objects.select_for_update(of=("self",))
        .select_related("organization", "alliance", "venue")
        .get(pk=item.pk)
    )
    if item.state != rules.OPEN:
        raise rules.NotOffered
    if item.expires_on is not None and item.expires_on < local_day(now):
        raise rules.ItemExpired
    given = {field: facts.get(field, getattr(item, field)) for field in FIELDS}
    values = _clean(actor, item.organization, local_day(now), item, given)
    if values["venue"] is not None and values["venue"].pk != item.venue_id:
        for claim in item.claims.filter(state=rules.AGREED, by_day=True).order_by("since"):
            claim.item = item
            check_days(actor, claim, values["venue"], "venue")
    shown = [f"{field}_id" if field in ("alliance", "venue") else field for field in FIELDS]
    before = {field: getattr(item, field) for field in shown}
    for name, value in values.items():
        setattr(item, name, value)
    item.search = _words(item)
    changes = diff(before, item)
    if changes:
        item.save(update_fields=[*(name.removesuffix("_id") for name in changes), "search"])
        offer_item(actor, item, now)
        record(actor=actor, verb="lists.change", subject=item, now=now, changes=changes)
    return item


@verb
def end_item(*, actor: Actor, item: Item, now: datetime, withdrawn: bool = False, reason: str = "") -> Item:
    """It is over, or is taken back; open proposals fall with it, what was agreed stays to be fulfilled.

    Raises `NotOffered`, `ReasonNeeded` (when taken back), `Denied`.
    """
    require(actor, "lists.write", item.organization)
    if item.state != rules.OPEN:
        raise rules.NotOffered
    if withdrawn and not reason.strip():
        raise rules.ReasonNeeded(field="reason")
    state = rules.WITHDRAWN if withdrawn else rules.CLOSED
    values = {"state": state, "ended_at": now, "ended_reason": reason.strip()[:200]}
    # Of two who end it at once the second is told; nobody proposes any more from here on.
    if not Item.objects.filter(pk=item.pk, state=rules.OPEN).update(**values):
        raise rules.NotOffered
    for name, value in values.items():
        setattr(item, name, value)
    end_proposals(actor, item, now)
    withdraw(actor=actor, subject=item, now=now)
    changes = {"state": (rules.OPEN, item.state), "reason": ("", item.ended_reason)}
    record(actor=actor, verb="lists.end", subject=item, now=now, changes=changes)
    return item
