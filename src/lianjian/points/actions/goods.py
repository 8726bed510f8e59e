"""Goods that are given for points, and the moves of their stock."""

from __future__ import annotations

from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import WRITE, Exchange, Good, Scheme, StockMove
from ..rules import goods as refused
from ..rules import points as rules
from ..rules.refused import DocumentMissing, FutureDay
from .schemes import hold_scheme, said

GOOD_FIELDS = ("name", "unit", "price")
SAME = {"one_points_good_of_a_name": refused.GoodStands}


def held_good(good: Good) -> Good:
    """The row as it stands, after its scheme was locked. Raises `GoodEnded`."""
    hold_scheme(good.scheme)
    rows = Good.objects.select_for_update(of=("self",)).select_related("scheme__organization")
    found: Good = rows.get(pk=good.pk)
    if found.ended_on is not None:
        raise refused.GoodEnded(name=found.name)
    return found


def _words(name: str, unit: str, price: int) -> dict[str, object]:
    kept = said(name, refused.GoodNameMissing, 40)
    word = rules.right_in(kept)
    if word:
        raise refused.GoodIsARight(word=word)
    if not 1 <= price <= rules.MOST_STOCK:
        raise refused.PriceOutside
    return {"name": kept, "unit": unit.strip()[:10] or "件", "price": price}


@verb(constraints=SAME)
def add_good(*, actor: Actor, scheme: Scheme, name: str, unit: str, price: int, now: datetime) -> Good:
    """One more thing is given for points; its stock begins with nothing.

    Raises `GoodStands`, `GoodNameMissing`, `GoodIsARight`, `PriceOutside`, `Denied`.
    """
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme)
    made: Good = Good.objects.create(
        jurisdiction_id=held.jurisdiction_id, scheme=held, **_words(name, unit, price)
    )
    record(actor=actor, verb="points.add_good", subject=made, now=now, changes={"name": ("", made.name)})
    return made


@verb(constraints=SAME)
def change_good(*, actor: Actor, good: Good, name: str, unit: str, price: int, now: datetime) -> Good:
    """Better words or another price, for exchanges to come. Raises `GoodEnded` and what `add_good` raises."""
    require(actor, WRITE, good.scheme.organization)
    held = held_good(good)
    before = {field: getattr(held, field) for field in GOOD_FIELDS}
    for field, value in _words(name, unit, price).items():
        setattr(held, field, value)
    changes = diff(before, held)
    if changes:
        held.save(update_fields=list(GOOD_FIELDS))
        record(actor=actor, verb="points.change_good", subject=held, now=now, changes=changes)
    return held


@verb
def end_good(*, actor: Actor, good: Good, now: datetime) -> Good:
    """It is given no more; its moves stay. Raises `GoodEnded`, `Denied`."""
    require(actor, WRITE, good.scheme.organization)
    held = held_good(good)
    held.ended_on = local_day(now)
    held.save(update_fields=["ended_on"])
    record(actor=actor, verb="points.end_good", subject=held, now=now, changes={"ended_on": (None, held.ended_on)})
    return held


@verb(constraints=SAME)
def restore_good(*, actor: Actor, good: Good, now: datetime) -> Good:
    """It is given again, with the stock it has. Raises `GoodStanding`, `GoodStands`, `Denied`."""
    require(actor, WRITE, good.scheme.organization)
    hold_scheme(good.scheme)
    held: Good = Good.objects.select_for_update(of=("self",)).get(pk=good.pk)
    if held.ended_on is None:
        raise refused.GoodStanding(name=held.name)
    before, held.ended_on = held.ended_on, None
    held.save(update_fields=["ended_on"])
    record(actor=actor, verb="points.restore_good", subject=held, now=now, changes={"ended_on": (before, None)})
    return held


def move(good: Good, kind: str, quantity: int, on: date, *, document: str = "", exchange: Exchange | None = None,
         donor: Organization | None = None) -> StockMove:  # fmt: skip
    """One more line of the stock's book. Part of a verb."""
    return StockMove.objects.create(
        jurisdiction_id=good.jurisdiction_id,
        good=good,
        kind=kind,
        quantity=quantity,
        on=on,
        document=document,
        donor=donor,
        exchange=exchange,
    )


@verb
def move_stock(
    *,
    actor: Actor,
    good: Good,
    kind: str,
    quantity: int,
    on: date,
    document: str,
    now: datetime,
    donor: Organization | None = None,
) -> StockMove:
    """Bought, donated (by `donor`), spoiled, or counted: then `quantity` is what is there, and the rest follows.

    Raises `StockKindUnknown`, `QuantityOutside`, `StockShort`, `CountedSame`, `DonorForeign`, `DocumentMissing`,
    `FutureDay`, `GoodEnded`, `Denied`.
    """
    require(actor, WRITE, good.scheme.organization)
    held = held_good(good)
    if kind not in rules.BY_HAND:
        raise refused.StockKindUnknown
    least = 0 if kind == rules.COUNTED else 1
    if not least <= quantity <= rules.MOST_STOCK:
        raise refused.QuantityOutside
    if donor is not None and kind != rules.DONATED:
        raise refused.DonorForeign
    if on > local_day(now):
        raise FutureDay(field="on")
    words, moved = said(document, DocumentMissing, 120), quantity
    if kind == rules.SPOILED:
        moved = -quantity
    elif kind == rules.COUNTED:
        moved = quantity - held.stock
        if not moved:
            raise refused.CountedSame
    if held.stock + moved < 0:
        raise refused.StockShort(name=held.name, stock=held.stock, unit=held.unit)
    made = move(held, kind, moved, on, document=words, donor=donor)
    changes = {"stock": (held.stock, held.stock + moved), "kind": ("", kind)}
    record(actor=actor, verb="points.move_stock", subject=held, now=now, changes=changes)
    return made
