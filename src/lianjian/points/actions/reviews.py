"""A review of claims: a panel votes, the list hangs out, what nobody objected to is entered into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, translate
from lianjian.foundation.looks import show_date
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record, record_bulk

from ..models import WRITE, Claim, Entry, Juror, Recusal, Review, Scheme
from ..rules import points as rules
from ..rules import refused
from .claims import known_accounts
from .schemes import hold_scheme, said

# A juror as typed: a name, and the numbers or names of the accounts of the own household.
Seat = tuple[str, str]


def held_review(review: Review, *states: str) -> Review:
    """The row as it stands, after its scheme was locked; it must be at one of these steps. Raises `ReviewMoved`."""
    hold_scheme(review.scheme)
    rows = Review.objects.select_for_update(of=("self",)).select_related("scheme__organization")
    found: Review = rows.get(pk=review.pk)
    if found.state not in states:
        raise refused.ReviewMoved(state=translate(rules.REVIEW_STATES[found.state]))
    return found


def _panel(held: Scheme, seats: Sequence[Seat]) -> list[tuple[str, list[int]]]:
    """Names with the accounts of each one's household; who bears an account's name is taken for its owner.

    Raises `PanelSize`, `JurorTwice`, and what `resolve` raises.
    """
    names = [" ".join(name.split())[:40] for name, _own in seats]
    if len(names) < 3 or len(names) % 2 == 0:
        raise refused.PanelSize(number=len(names))
    twice = next((one for at, one in enumerate(names) if one in names[:at]), None)
    if twice is not None:
        raise refused.JurorTwice(name=twice)
    known = known_accounts(held)
    found = []
    for name, (_name, own) in zip(names, seats, strict=True):
        with field_of("jurors"):
            homes = {one.pk for one in rules.resolve(own.replace("、", ","), known)} if own.strip() else set()
        found.append((name, sorted(homes | {one.pk for one in known if one.name == name})))
    return found


@contextmanager
def field_of(field: str) -> Iterator[None]:
    """What is refused inside is told beside this field."""
    try:
        yield
    except Refused as refusal:
        refusal.field = field
        raise


@verb
def open_review(*, actor: Actor, scheme: Scheme, on: date, jurors: Sequence[Seat], now: datetime) -> Review:
    """The panel of a day takes up claims that were seen by then, 500 at most; of the own household nobody judges.

    Raises `PanelSize`, `JurorTwice`, `NothingToReview`, `FutureDay`, `Denied` and what `rules.resolve` raises.
    """
    require(actor, WRITE, scheme.organization)
    held = hold_scheme(scheme)
    if on > local_day(now):
        raise refused.FutureDay(field="on")
    panel = _panel(held, jurors)
    rows = Claim.objects.filter(scheme=held, state=rules.CHECKED, checked_on__lte=on).order_by("pk")
    waiting = list(rows.select_for_update(of=("self",)).values_list("pk", "account_id")[: rules.MOST_LINES])
    if not waiting:
        raise refused.NothingToReview
    own = {"jurisdiction_id": held.jurisdiction_id}
    number = (held.reviews.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Review.objects.create(**own, scheme=held, number=number, held_on=on, show_days=held.show_days)
    seated = [Juror(**own, review=made, name=name) for name, _homes in panel]
    Juror.objects.bulk_create(seated)
    pairs = zip(seated, panel, strict=True)
    Recusal.objects.bulk_create(
        Recusal(**own, juror=juror, account_id=home) for juror, (_name, homes) in pairs for home in homes
    )
    recused = Counter(home for _name, homes in panel for home in homes)
    for left in {recused[account] for _pk, account in waiting}:
        of_it = [pk for pk, account in waiting if recused[account] == left]
        taken = Claim.objects.filter(pk__in=of_it)
        taken.update(state=rules.REVIEWED, review=made, voters=len(panel) - left, votes=None)
    changes = {"number": (None, number), "held_on": (None, on)}
    record(actor=actor, verb="points.open_review", subject=made, now=now, changes=changes)
    return made


def standing_claims(held: Review) -> QuerySet[Claim]:
    """Those of a review that nobody took out, in the order in which they were filed."""
    rows: QuerySet[Claim] = Claim.objects.filter(review=held, state=rules.REVIEWED)
    return rows.select_related("account", "item").order_by("pk")


@verb
def vote_on_claims(*, actor: Actor, review: Review, votes: Mapping[UUID, int], now: datetime) -> Review:
    """How many of the panel said yes to each claim; the last count holds. Raises `VotesOutside`, `ReviewMoved`."""
    require(actor, WRITE, review.scheme.organization)
    held, touched = held_review(review, rules.OPEN), []
    for one in standing_claims(held).filter(key__in=list(votes)):
        count, most = votes[one.key], one.voters or 0
        if not 0 <= count <= most:
            raise refused.VotesOutside(name=one.account.name, most=most)
        if one.votes != count:
            one.votes = count
            touched.append(one)
    if touched:
        Claim.objects.bulk_update(touched, ["votes"])
        record_bulk(
            actor=actor, verb="points.vote_on_claims", subject=held, now=now,
            rows={"points.claim": [one.pk for one in touched]},
        )  # fmt: skip
    return held


@verb
def show_review(*, actor: Actor, review: Review, on: date, document: str, now: datetime) -> Review:
    """What more than half agreed to hangs out from `on`; the rest is refused. With nothing left the review is done.

    Raises `VotesMissing`, `DocumentMissing`, `DayBefore`, `FutureDay`, `ReviewMoved`, `Denied`.
    """
    require(actor, WRITE, review.scheme.organization)
    held = held_review(review, rules.OPEN)
    if on > local_day(now):
        raise refused.FutureDay(field="on")
    first = max(held.held_on, held.reopened_on or held.held_on)
    if on < first:
        raise refused.DayBefore(field="on", day=show_date(first))
    words, rows = said(document, refused.DocumentMissing, 120), list(standing_claims(held))
    missing = sum(one.votes is None for one in rows)
    if missing:
        raise refused.VotesMissing(number=missing)
    failed = [one.pk for one in rows if not rules.passes(one.votes or 0, one.voters or 0)]
    Claim.objects.filter(pk__in=failed).update(state=rules.REFUSED, reason="")
    if len(failed) == len(rows):
        return _step(actor, held, "show_review", now, state=rules.DONE, closed_on=on, document=words)
    until = on + timedelta(days=held.show_days - 1)
    values = {"state": rules.SHOWN, "shown_from": on, "shown_until": until, "document": words}
    return _step(actor, held, "show_review", now, **values)


def _step(actor: Actor, held: Review, verb_: str, now: datetime, **values: object) -> Review:
    """Write a step with what changed by it; reasons may name people and stay out of the journal."""
    changes = {name: (getattr(held, name), value) for name, value in values.items() if name != "reason"}
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    record(actor=actor, verb=f"points.{verb_}", subject=held, now=now, changes=changes)
    return held


@verb
def reopen_review(*, actor: Actor, review: Review, reason: str, now: datetime) -> Review:
    """The list is taken down and votes may be put right; what failed by its votes comes back.

    Raises `ReasonMissing`, `ReviewMoved`, `Denied`.
    """
    require(actor, WRITE, review.scheme.organization)
    held, words = held_review(review, rules.SHOWN), said(reason, refused.ReasonMissing)
    _failed_come_back(held)
    values: dict[str, object] = {"state": rules.OPEN, "shown_from": None, "shown_until": None, "document": ""}
    values |= {"reason": words, "reopened_on": local_day(now)}
    return _step(actor, held, "reopen_review", now, **values)


def _failed_come_back(held: Review) -> None:
    """What failed by votes that do not hold is under review again, unless it was filed anew since."""
    failed = Claim.objects.filter(review=held, state=rules.REFUSED, reason="").order_by("pk")
    again = Claim.objects.filter(scheme=held.scheme).exclude(state__in=rules.GONE).values_list("account", "item", "on")
    there = set(again)
    back = [one.pk for one in failed if (one.account_id, one.item_id, one.on) not in there]
    Claim.objects.filter(pk__in=back).update(state=rules.REVIEWED)


@verb
def post_review(*, actor: Actor, review: Review, on: date, now: datetime) -> Review:
    """Its days are over and nothing stands against it: each claim becomes an entry of its account's ledger.

    Raises `StillShown`, `FutureDay`, `ReviewMoved`, `Denied`.
    """
    require(actor, WRITE, review.scheme.organization)
    held = held_review(review, rules.SHOWN)
    if on > local_day(now):
        raise refused.FutureDay(field="on")
    if held.shown_until is not None and on <= held.shown_until:
        raise refused.StillShown(day=show_date(held.shown_until))
    rows = list(standing_claims(held))
    own = {"jurisdiction_id": held.jurisdiction_id, "kind": rules.EARNED, "on": on}
    # In the order of accounts, as whoever writes several entries does.
    for one in sorted(rows, key=lambda one: (one.account_id, one.pk)):
        note = f"{one.item.name} × {one.times}" if one.times > 1 else one.item.name
        Entry.objects.create(**own, account=one.account, points=one.points, claim=one, note=note)
    Claim.objects.filter(pk__in=[one.pk for one in rows]).update(state=rules.POSTED)
    return _step(actor, held, "post_review", now, state=rules.DONE, closed_on=on)


@verb
def call_off_review(*, actor: Actor, review: Review, reason: str, now: datetime) -> Review:
    """It does not count; its claims, also those that its votes failed, wait for the next one.

    Raises `ReasonMissing`, `ReviewMoved`, `Denied`.
    """
    require(actor, WRITE, review.scheme.organization)
    held, words = held_review(review, rules.OPEN, rules.SHOWN), said(reason, refused.ReasonMissing)
    _failed_come_back(held)
    standing_claims(held).update(state=rules.CHECKED, review=None, voters=None, votes=None)
    values = {"state": rules.CALLED_OFF, "closed_on": local_day(now), "reason": words}
    return _step(actor, held, "call_off_review", now, **values)
