"""Many people at once at one village's points: nothing is given twice or below zero, and nobody is locked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Sum

from lianjian.events.tests.meetingwork import together
from lianjian.foundation.errors import Refused
from lianjian.points import actions
from lianjian.points.models import Account, Claim, Entry, Exchange, ExchangeDay, Good, Review, Scheme
from lianjian.points.rules import goods, refused
from tests.cast import NOW, Cast, build_cast

from . import work
from .work import DAY, HOMES

Said = list[Any]


def trying(cast: Cast, said: Said, act: Callable[[Any], Any]) -> Callable[[], None]:
    """The act by the village, in a thread of its own: what it gives or how it is refused is told."""

    def run() -> None:
        actor = cast.actor("village")
        try:
            said.append(act(actor))
        except Refused as no:
            said.append(no)

    return run


def kinds(said: Said) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in said:
        found[type(one).__name__] = found.get(type(one).__name__, 0) + 1
    return found


def market(homes: int, points: int, stock: int) -> tuple[Cast, list[Account], ExchangeDay, Good]:
    """Households with so many points each, and soap at four."""
    with transaction.atomic():
        cast = build_cast()
        scheme = work.scheme(cast)
        work.edition(cast, scheme)
        rows = [(f"第{number}户", "") for number in range(homes)]
        accounts = work.accounts(cast, scheme, rows)
        for one in accounts:
            work.brought(cast, one, points)
        return cast, accounts, work.exchange_day(cast, scheme), work.good(cast, scheme, stock)


def buy(day: ExchangeDay, account: Account, good: Good, quantity: int = 1) -> Callable[[Any], Any]:
    def act(actor: Any) -> Exchange:
        held = ExchangeDay.objects.select_related("scheme__organization").get(pk=day.pk)
        return actions.exchange(
            actor=actor, day=held, account=account, good=good, quantity=quantity, now=NOW
        )

    return act


def add_up(cast: Cast) -> None:
    """Every balance and every stock is the sum of its lines, and the points given out are those of what stands."""
    with transaction.atomic():
        cast.actor("village")
        for account in Account.objects.annotate(total=Sum("entries__points", default=0)):
            assert account.balance == account.total >= 0
        for good in Good.objects.annotate(total=Sum("moves__quantity", default=0)):
            assert good.stock == good.total >= 0
        spent = Entry.objects.filter(kind="spent", reversed_by__isnull=True).aggregate(all=Sum("points", default=0))
        assert -spent["all"] == sum(one.points for one in Exchange.objects.standing())


def test_five_pieces_among_twenty_four_households(committed_db: str) -> None:
    cast, homes, day, soap = market(24, 10, 5)
    said: Said = []
    together(*[trying(cast, said, buy(day, home, soap)) for home in homes])
    assert kinds(said) == {"Exchange": 5, "StockShort": 19}
    with transaction.atomic():
        assert work.stock(cast, soap) == 0
        assert sorted(Exchange.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
        assert sorted(Account.objects.values_list("balance", flat=True)) == [6] * 5 + [10] * 19
    add_up(cast)


def test_points_for_two_tried_eight_times(committed_db: str) -> None:
    cast, homes, day, soap = market(1, 8, 50)
    said: Said = []
    together(*[trying(cast, said, buy(day, homes[0], soap))] * 8)
    assert kinds(said) == {"Exchange": 2, "BalanceShort": 6}
    with transaction.atomic():
        assert work.balance(cast, homes[0]) == 0 and work.stock(cast, soap) == 48
    add_up(cast)


def test_one_exchange_is_given_back_once(committed_db: str) -> None:
    cast, homes, day, soap = market(1, 8, 5)
    with transaction.atomic():
        one = work.exchanged(cast, day, homes[0], soap)
    said: Said = []

    def back(actor: Any) -> Exchange:
        held = Exchange.objects.select_related("day__scheme__organization").get(pk=one.pk)
        return actions.give_back(actor=actor, exchange=held, reason="坏的", now=NOW)

    together(*[trying(cast, said, back)] * 4)
    assert kinds(said) == {"Exchange": 1, "GivenBack": 3}
    with transaction.atomic():
        assert work.balance(cast, homes[0]) == 8 and work.stock(cast, soap) == 5
    add_up(cast)


def test_an_exchange_and_the_end_of_the_day(committed_db: str) -> None:
    cast, homes, day, soap = market(6, 8, 50)
    said: Said = []

    def close(actor: Any) -> ExchangeDay:
        held = ExchangeDay.objects.select_related("scheme__organization").get(pk=day.pk)
        return actions.close_day(actor=actor, day=held, now=NOW)

    together(*[trying(cast, said, buy(day, home, soap)) for home in homes], trying(cast, said, close))
    assert sum(isinstance(one, ExchangeDay) for one in said) == 1
    given = sum(isinstance(one, Exchange) for one in said)
    assert given + sum(isinstance(one, goods.DayMoved) for one in said) == 6
    with transaction.atomic():
        cast.actor("village")
        assert ExchangeDay.objects.get().state == "closed" and Exchange.objects.count() == given
    add_up(cast)


def gathering(count: int) -> tuple[Cast, Scheme]:
    """A village of five households that each did something, seen."""
    with transaction.atomic():
        cast = build_cast()
        scheme, _homes = work.ready(cast)
        work.checked(cast, scheme, "\n".join(str(number + 1) for number in range(count)))
    return cast, scheme


def test_a_review_is_entered_once(committed_db: str) -> None:
    cast, scheme = gathering(len(HOMES))
    with transaction.atomic():
        review = work.shown(cast, work.voted(cast, work.opened(cast, scheme)))
    said: Said = []

    def post(actor: Any) -> Review:
        held = Review.objects.select_related("scheme__organization").get(pk=review.pk)
        now = NOW + 5 * DAY
        return actions.post_review(actor=actor, review=held, on=work.day_of(now), now=now)

    together(*[trying(cast, said, post)] * 4)
    assert kinds(said) == {"Review": 1, "ReviewMoved": 3}
    with transaction.atomic():
        cast.actor("village")
        entered = sorted(Entry.objects.values_list("claim", flat=True))
        assert entered == sorted(Claim.objects.values_list("pk", flat=True))
        assert set(Account.objects.values_list("balance", flat=True)) == {5}
    add_up(cast)


def test_two_panels_take_each_claim_once(committed_db: str) -> None:
    cast, scheme = gathering(len(HOMES))
    said: Said = []

    def open_(actor: Any) -> Review:
        held = Scheme.objects.select_related("organization").get(pk=scheme.pk)
        return actions.open_review(actor=actor, scheme=held, on=work.day_of(NOW), jurors=work.PANEL, now=NOW)

    together(*[trying(cast, said, open_)] * 2)
    assert kinds(said) == {"Review": 1, "NothingToReview": 1}
    with transaction.atomic():
        cast.actor("village")
        assert Review.objects.get().claims.count() == len(HOMES)


def test_one_claim_of_a_day_whoever_files_it(committed_db: str) -> None:
    cast, scheme = gathering(1)
    said: Said = []

    def file(actor: Any) -> Any:
        held = Scheme.objects.select_related("organization").get(pk=scheme.pk)
        return actions.file_claims(
            actor=actor, scheme=held, item=work.LABOUR, accounts="1\n2\n3", on=work.day_of(NOW), proof="照片", now=NOW
        )

    together(*[trying(cast, said, file)] * 4)
    assert kinds(said) == {"list": 1, "ClaimStands": 3}


def test_accounts_opened_at_once_have_numbers_of_their_own(committed_db: str) -> None:
    cast, scheme = gathering(1)
    said: Said = []

    def open_(name: str) -> Callable[[Any], Any]:
        def act(actor: Any) -> Any:
            held = Scheme.objects.select_related("organization").get(pk=scheme.pk)
            return actions.open_accounts(actor=actor, scheme=held, rows=[(name, ""), ("同一户", "")], now=NOW)

        return act

    together(*[trying(cast, said, open_(f"新{number}户")) for number in range(4)])
    assert kinds(said) == {"list": 1, "AccountStands": 3}
    with transaction.atomic():
        cast.actor("village")
        assert sorted(Account.objects.values_list("number", flat=True)) == list(range(1, 8))


def test_a_year_is_cleared_once(committed_db: str) -> None:
    cast, homes, _day, _soap = market(3, 8, 5)
    said: Said = []
    with transaction.atomic():
        actor = cast.actor("village")
        scheme = Scheme.objects.get()
        actions.change_scheme(actor=actor, scheme=scheme, name="积分超市", per="month", carries=False, now=NOW)

    def clear(actor: Any) -> int:
        held = Scheme.objects.select_related("organization").get()
        now = NOW + 365 * DAY
        return actions.clear_year(actor=actor, scheme=held, year=2026, document="决议", now=now)

    together(*[trying(cast, said, clear)] * 3)
    assert sorted(said) == [0, 0, 3]
    with transaction.atomic():
        assert [work.balance(cast, one) for one in homes] == [0, 0, 0]
    add_up(cast)


def test_exchanges_returns_corrections_and_stock_do_not_lock_each_other_out(committed_db: str) -> None:
    cast, homes, day, soap = market(6, 20, 30)
    said: Said = []
    with transaction.atomic():
        bought = [work.exchanged(cast, day, home, soap) for home in homes[:3]]
        entries = list(Entry.objects.filter(kind="brought", account__in=[one.pk for one in homes[3:]]).order_by("pk"))

    def back(one: Exchange) -> Callable[[Any], Any]:
        def act(actor: Any) -> Any:
            held = Exchange.objects.select_related("day__scheme__organization").get(pk=one.pk)
            return actions.give_back(actor=actor, exchange=held, reason="坏的", now=NOW)

        return act

    def reverse(one: Entry) -> Callable[[Any], Any]:
        def act(actor: Any) -> Any:
            held = Entry.objects.select_related("account__scheme__organization").get(pk=one.pk)
            return actions.reverse_entry(actor=actor, entry=held, reason="抄错", now=NOW)

        return act

    def stock(kind: str, quantity: int) -> Callable[[Any], Any]:
        def act(actor: Any) -> Any:
            held = Good.objects.select_related("scheme__organization").get(pk=soap.pk)
            return actions.move_stock(
                actor=actor, good=held, kind=kind, quantity=quantity, on=work.day_of(NOW), document="单据", now=NOW
            )

        return act

    def night(actor: Any) -> int:
        system = cast.system()
        now = NOW + 400 * DAY
        return actions.forget_accounts(actor=system, jurisdiction_id=cast.town.pk, now=now)

    acts = [buy(day, home, soap) for home in homes] + [back(one) for one in bought] + [reverse(one) for one in entries]
    acts += [stock("bought", 3), stock("spoiled", 2), stock("counted", 9), night]
    together(*[trying(cast, said, act) for act in acts])
    assert len(said) == len(acts)
    assert {type(one) for one in said if isinstance(one, Refused)} <= {
        refused.SpentAlready, goods.BalanceShort, goods.StockShort, goods.CountedSame,
    }  # fmt: skip
    add_up(cast)
