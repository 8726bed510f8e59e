"""Random walks through a village's points: whatever is done in whatever order, the books agree with a model of a few
lines, nothing is below zero, and nothing counts that was not seen, agreed to and hung out.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lianjian.foundation import references
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.errors import Refused
from lianjian.points import actions
from lianjian.points.models import Account, Claim, Entry, Exchange, ExchangeDay, Good, Review
from tests.cast import Cast

from . import work
from .work import DAY, ITEMS, PANEL

START = datetime(2025, 12, 24, 10, tzinfo=CHINA)
HOMES, GOODS, MOST = (("甲户", ""), ("乙户", ""), ("丙户", "")), (("肥皂", 2), ("毛巾", 5)), 12
WORDS = [line.split()[0] for line in ITEMS.splitlines()]
KINDS = ("bought", "donated", "spoiled", "counted")


@dataclass
class Book:
    """What the model knows of a household: what it has, and what of it was gathered when and still stands."""

    has: int = 0
    gathered: dict[int, tuple[date, int]] = field(default_factory=dict)

    def gather(self, entry: int, on: date, points: int) -> None:
        self.gathered[entry] = (on, points)
        self.has += points

    def left_of(self, year: int) -> int:
        """What is left of the points of up to a year, where the oldest were spent first."""
        spent = sum(points for _on, points in self.gathered.values()) - self.has
        until = sum(points for on, points in self.gathered.values() if on.year <= year)
        return max(0, until - spent)


class Undo(Exception):
    """Takes back what one walk wrote."""


class Walk:
    """Three households, two goods, one panel. Steps take two numbers and a choice, and use what they need of them."""

    def __init__(self, cast: Cast, show_days: int) -> None:
        self.cast, self.now = cast, START
        self.scheme = work.scheme(cast, carries=False, show_days=show_days, now=START)
        work.edition(cast, self.scheme, START)
        self.homes = work.accounts(cast, self.scheme, HOMES, START)
        self.goods = [work.good(cast, self.scheme, MOST, START, name=name, price=price) for name, price in GOODS]
        self.books = {one.pk: Book() for one in self.homes}
        self.stocks = {one.pk: MOST for one in self.goods}

    def tried(self, verb: Any, **more: Any) -> Any:
        """What the verb gives, or nothing where it refuses."""
        try:
            with transaction.atomic():
                made = verb(actor=self.cast.actor("village"), now=self.now, **more)
        except Refused:
            return None
        return made

    @property
    def day(self) -> ExchangeDay:
        """The exchange day of today, which is set when the first one comes."""
        self.cast.actor("village")
        found = ExchangeDay.objects.filter(on=self.today).select_related("scheme__organization").first()
        return found or work.exchange_day(self.cast, self.scheme, self.now)

    @property
    def today(self) -> date:
        return self.now.date()

    def some(self, rows: Any, at: int) -> Any:
        self.cast.actor("village")
        found = list(rows.order_by("pk"))
        return found[at % len(found)] if found else None

    def file(self, a: int, b: int, yes: bool) -> None:
        lines = "\n".join(str(one.number) for at, one in enumerate(self.homes) if a >> at & 1) or "1"
        on = self.today - (b % 3) * DAY * yes
        self.tried(
            actions.file_claims,
            scheme=self.scheme, item=WORDS[b % len(WORDS)], accounts=lines, on=on, proof="照片", times=1 + a % 3,
        )

    def check(self, a: int, b: int, yes: bool) -> None:
        self.cast.actor("village")
        rows = Claim.objects.filter(state="filed").order_by("pk").values_list("key", flat=True)
        keys = [key for at, key in enumerate(rows) if yes or at % 4 != a % 4]
        self.tried(actions.check_claims, scheme=self.scheme, claims=keys, by="网格员")

    def take_out(self, a: int, b: int, yes: bool) -> None:
        claim = self.some(Claim.objects.select_related("scheme__organization"), a)
        if claim is not None:
            verb = actions.refuse_claim if yes else actions.withdraw_claim
            self.tried(verb, claim=claim, reason="不实")

    def review(self, a: int, b: int, yes: bool) -> None:
        own = str(self.homes[a % len(self.homes)].number) if yes else ""
        seats = [*PANEL[:2], ("评议员丁", own)]
        self.tried(actions.open_review, scheme=self.scheme, on=self.today, jurors=seats)

    def vote(self, a: int, b: int, yes: bool) -> None:
        review = self.some(Review.objects.filter(state="open"), b)
        if review is not None:
            keys = review.claims.filter(state="reviewed").order_by("pk").values_list("key", flat=True)
            votes = {key: (a + at) % 4 if yes else 2 for at, key in enumerate(keys)}
            self.tried(actions.vote_on_claims, review=review, votes=votes)

    def show(self, a: int, b: int, yes: bool) -> None:
        review = self.some(Review.objects.filter(state="open"), a)
        if review is not None:
            self.tried(actions.show_review, review=review, on=self.today, document="记录")

    def stop(self, a: int, b: int, yes: bool) -> None:
        review = self.some(Review.objects.filter(state__in=["open", "shown"]), a)
        if review is not None:
            self.tried(actions.reopen_review if yes else actions.call_off_review, review=review, reason="重来")

    def post(self, a: int, b: int, yes: bool) -> None:
        review = self.some(Review.objects.filter(state="shown"), a)
        if review is None:
            return
        over = review.shown_from + review.show_days * DAY <= self.today
        before = set(Entry.objects.values_list("pk", flat=True))
        made = self.tried(actions.post_review, review=review, on=self.today)
        assert (made is not None) == over
        for one in Entry.objects.exclude(pk__in=before):
            assert one.kind == "earned" and one.claim is not None
            self.books[one.account_id].gather(one.pk, self.today, one.claim.points)

    def gather(self, a: int, b: int, yes: bool) -> None:
        """Most of the way at once, so that walks have something to spend."""
        self.file(a, b, False)
        self.check(a, b, True)
        self.review(a, b, yes)
        self.vote(2, b, False)
        self.show(a, b, yes)
        self.now += (self.scheme.show_days - yes) * DAY
        self.post(a, b, yes)

    def bring(self, a: int, b: int, yes: bool) -> None:
        account, points = self.homes[a % len(self.homes)], 1 + b % 15
        made = self.tried(actions.bring_balance, account=account, points=points, document="台账")
        if made:
            self.books[account.pk].gather(made.pk, self.today, points)

    def reverse(self, a: int, b: int, yes: bool) -> None:
        entry = self.some(Entry.objects.select_related("account__scheme__organization"), a)
        if entry is None:
            return
        book = self.books[entry.account_id]
        known = entry.pk in book.gathered or entry.kind == "lapsed" and not hasattr(entry, "reversed_by")
        lapses = Entry.objects.filter(account=entry.account_id, kind="lapsed", reversed_by__isnull=True)
        gone = entry.kind != "lapsed" and any(one.pk > entry.pk and (one.year or 0) >= entry.on.year for one in lapses)
        made = self.tried(actions.reverse_entry, entry=entry, reason="有误")
        assert (made is not None) == (known and not gone and book.has >= entry.points)
        if made:
            book.has -= entry.points
            book.gathered.pop(entry.pk, None)

    def exchange(self, a: int, b: int, yes: bool) -> None:
        account, good, quantity = self.homes[a % len(self.homes)], b % len(GOODS), b % 4 + yes
        book, thing, cost = self.books[account.pk], self.goods[good], quantity * GOODS[good][1]
        allowed = 1 <= quantity <= self.stocks[thing.pk] and book.has >= cost
        made = self.tried(actions.exchange, day=self.day, account=account, good=thing, quantity=quantity)
        assert (made is not None) == allowed
        if made:
            book.has -= cost
            self.stocks[thing.pk] -= quantity

    def give_back(self, a: int, b: int, yes: bool) -> None:
        one = self.some(Exchange.objects.select_related("day__scheme__organization"), a)
        if one is None:
            return
        made = self.tried(actions.give_back, exchange=one, reason="坏的", restock=yes)
        assert (made is not None) == (one.returned_on is None)
        if made:
            self.books[one.account_id].has += one.quantity * one.price
            self.stocks[one.good_id] += one.quantity if yes else 0

    def stock(self, a: int, b: int, yes: bool) -> None:
        thing, kind, quantity = self.goods[yes], KINDS[a % len(KINDS)], b % (MOST + 1)
        had = self.stocks[thing.pk]
        left = {"spoiled": had - quantity, "counted": quantity}.get(kind, had + quantity)
        made = self.tried(
            actions.move_stock, good=thing, kind=kind, quantity=quantity, on=self.today, document="单据"
        )
        assert (made is not None) == (left >= 0 and left != had)
        if made:
            self.stocks[thing.pk] = left

    def clear(self, a: int, b: int, yes: bool) -> None:
        year = self.today.year - (a % 4 > 0)
        found = self.tried(actions.clear_year, scheme=self.scheme, year=year, document="决议")
        assert (found is not None) == (2025 <= year < self.today.year)
        if found is not None:
            left = {pk: book.left_of(year) for pk, book in self.books.items()}
            assert found == sum(one > 0 for one in left.values())
            for pk, points in left.items():
                self.books[pk].has -= points
            assert self.tried(actions.clear_year, scheme=self.scheme, year=year, document="决议") == 0

    def days_pass(self, a: int, b: int, yes: bool) -> None:
        self.now += timedelta(days=(1, 2, 4, 15, 120)[a % 5])

    def adds_up(self) -> None:
        self.cast.actor("village")
        out = Q(entries__kind="spent", entries__reversed_by__isnull=True)
        homes = Account.objects.annotate(
            total=Sum("entries__points", default=0), out=Sum("entries__points", filter=out, default=0)
        )
        given: Counter[int] = Counter()
        for one in Exchange.objects.filter(returned_on__isnull=True):
            given[one.account_id] += one.quantity * one.price
        for home in homes:
            assert home.balance == home.total == self.books[home.pk].has >= 0
            assert -home.out == given[home.pk]
        for good in Good.objects.annotate(total=Sum("moves__quantity", default=0)):
            assert good.stock == good.total == self.stocks[good.pk] >= 0

    def counts_only_what_went_the_whole_way(self) -> None:
        self.cast.actor("village")
        kinds = {name: Count("entries", filter=Q(entries__kind=name)) for name in ("earned", "corrected")}
        claim: Any
        for claim in Claim.objects.annotate(**kinds).select_related("review", "item"):
            assert claim.points == claim.times * claim.item.points
            assert (claim.earned, claim.corrected) == {"posted": (1, 0), "reversed": (1, 1)}.get(claim.state, (0, 0))
            assert (claim.state == "reviewed") <= (claim.review_id is not None and claim.review.closed_on is None)
        entry: Any  # all that may be missing is there
        for entry in Entry.objects.filter(kind="earned").select_related("claim__review"):
            claim, review = entry.claim, entry.claim.review
            assert entry.points == claim.points and entry.account_id == claim.account_id
            assert claim.on <= claim.filed_on <= claim.checked_on <= review.held_on <= review.shown_from
            assert 2 * claim.votes > claim.voters > 0
            assert (review.shown_until - review.shown_from).days + 1 == review.show_days
            assert review.shown_until < entry.on and review.state == "done"
        standing = Claim.objects.exclude(state__in=["reversed", "refused", "withdrawn"])
        places = list(standing.values_list("account", "item", "on"))
        assert len(places) == len(set(places))


ACTS = (
    "file", "check", "take_out", "review", "vote", "show", "stop", "post", "gather", "gather", "gather", "bring",
    "reverse", "reverse", "exchange", "exchange", "exchange", "exchange", "give_back", "give_back", "stock", "stock",
    "clear", "clear", "days_pass", "days_pass",
)  # fmt: skip


@settings(max_examples=11, phases=[Phase.reuse, Phase.generate])  # a seed has nothing to shrink
@given(show_days=st.integers(1, 4), chance=st.randoms(use_true_random=True))
def test_the_books_hold_on_every_walk(cast: Cast, show_days: int, chance: Random) -> None:
    """Steps are drawn by a seed of their own, so that every walk is a long one of all kinds of steps."""
    references.clear()
    with suppress(Undo), transaction.atomic():
        walk = Walk(cast, show_days)
        for number in range(1, 31):
            name = chance.choice(ACTS)
            getattr(walk, name)(chance.randrange(60), chance.randrange(60), chance.random() < 0.5)
            walk.adds_up()
            if number % 10 == 0:
                walk.counts_only_what_went_the_whole_way()
        raise Undo
