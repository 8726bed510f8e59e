"""What the database itself refuses the application's own role: ledger, stock and exchanges are not written by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from lianjian.points import actions
from lianjian.points.models import Account, Entry, Exchange, ExchangeDay, Good, Scheme, StockMove
from tests.cast import TODAY, Cast

from . import work
from .village import Village

FORGED = [
    "UPDATE points_entry SET points = points + 1",
    "UPDATE points_entry SET note = 'x'",
    "UPDATE points_entry SET \"on\" = \"on\" - 1",
    "UPDATE points_entry SET account_id = (SELECT max(id) FROM points_account)",
    "DELETE FROM points_entry",
    "UPDATE points_stockmove SET quantity = quantity + 1",
    "UPDATE points_stockmove SET document = 'x'",
    "UPDATE points_stockmove SET donor_id = (SELECT min(id) FROM directory_organization), quantity = 1",
    "DELETE FROM points_stockmove",
    "UPDATE points_account SET balance = balance + 1",
    "UPDATE points_account SET balance = 0",
    "UPDATE points_account SET name = '别人', balance = 7",
    "UPDATE points_good SET stock = stock + 1",
    "UPDATE points_good SET price = 1, stock = 0",
    "UPDATE points_exchange SET quantity = quantity + 1",
    "UPDATE points_exchange SET price = 1",
    "UPDATE points_exchange SET account_id = (SELECT max(id) FROM points_account)",
    "UPDATE points_exchange SET returned_on = \"returned_on\" + 1, number = 9",
    "DELETE FROM points_exchange",
    "TRUNCATE points_entry CASCADE",
    "ALTER TABLE points_entry DISABLE TRIGGER entry_kept",
    "DROP TRIGGER balance_kept ON points_account",
    "CREATE OR REPLACE FUNCTION points_by_hand() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT false'",
]


@pytest.mark.parametrize("forged", FORGED)
def test_nobody_writes_by_hand_what_the_ledger_keeps(cast: Cast, forged: str) -> None:
    village = Village(cast)
    assert village.bought
    before = work.written(cast)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)
    assert work.written(cast) == before


def entry(account: Account, points: int, kind: str = "brought", **more: object) -> Entry:
    return Entry(
        jurisdiction_id=account.jurisdiction_id, account=account, kind=kind, points=points, on=TODAY, **more
    )


def test_an_account_and_a_good_begin_with_nothing(cast: Cast) -> None:
    scheme = work.scheme(cast)
    own = {"jurisdiction_id": cast.town.pk, "scheme": scheme}
    for row in (
        Account(**own, number=1, name="田小满", opened_on=TODAY, balance=50),
        Good(**own, name="肥皂", unit="块", price=4, stock=50),
    ):
        with pytest.raises(ProgrammingError, match="moves by its"), transaction.atomic():
            row.save()
    assert not Account.objects.exists() and not Good.objects.exists()


def test_nothing_falls_below_zero(cast: Cast) -> None:
    village = Village(cast)
    work.brought(cast, village.home, 5)
    with pytest.raises(IntegrityError, match="points_never_below_zero"), transaction.atomic():
        entry(village.home, -6, "lapsed", year=2025).save()
    move = StockMove(jurisdiction_id=cast.town.pk, good=village.good, kind="spoiled", quantity=-11, on=TODAY)
    with pytest.raises(IntegrityError, match="points_stock_never_below_zero"), transaction.atomic():
        move.save()
    assert work.balance(cast, village.home) == 5 and work.stock(cast, village.good) == 10


def test_a_correction_is_the_exact_opposite_of_one_entry(cast: Cast) -> None:
    village = Village(cast)
    first, other = work.brought(cast, village.home, 9), work.brought(cast, village.homes[1], 9)
    for row in (
        entry(village.home, -8, "corrected", reverses=first),
        entry(village.home, -10, "corrected", reverses=first),
        entry(village.home, 9, "corrected", reverses=first),
        entry(village.home, -9, "corrected", reverses=other),
    ):
        with pytest.raises(ProgrammingError, match="takes back one whole entry"), transaction.atomic():
            row.save()
    village.done(actions.reverse_entry, entry=first, reason="错")
    again = entry(village.home, 9, "corrected", reverses=Entry.objects.get(reverses=first))
    with pytest.raises(ProgrammingError, match="takes back one whole entry"), transaction.atomic():
        again.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(village.home, -9, "corrected", reverses=first).save()  # once
    for row in (entry(village.home, 9, "corrected"), entry(village.homes[1], -9, "lapsed", year=2025, reverses=other)):
        with pytest.raises(IntegrityError, match="points_entry_reverses_one"), transaction.atomic():
            row.save()
    assert [work.balance(cast, one) for one in village.homes[:2]] == [0, 9]


def test_a_claim_is_entered_once(cast: Cast) -> None:
    village = Village(cast)
    earned = village.earned
    with pytest.raises(IntegrityError, match="one_points_entry_of_a_claim"), transaction.atomic():
        entry(village.home, 5, "earned", claim=earned.claim).save()


def test_an_entry_rests_on_what_its_kind_says(cast: Cast) -> None:
    village = Village(cast)
    bought, claim = village.bought, village.checked
    for row in (
        entry(village.home, 0),
        entry(village.home, -5),
        entry(village.home, 5, "earned"),
        entry(village.home, 5, "spent", exchange=bought),
        entry(village.home, -5, "spent"),
        entry(village.home, -5, "lapsed"),
        entry(village.home, 5, "lapsed", year=2025),
    ):
        with pytest.raises(IntegrityError, match="points_entry_rests_on_its_kind"), transaction.atomic():
            row.save()
    for row, why in (
        (entry(village.home, claim.points, "earned", claim=claim), "what was reviewed"),  # only looked at so far
        (entry(village.homes[1], -4, "spent", exchange=bought), "what was exchanged"),
        (entry(village.home, -5, "spent", exchange=bought), "what was exchanged"),
    ):
        with pytest.raises(ProgrammingError, match=why), transaction.atomic():
            row.save()
    review = village.review
    claim.refresh_from_db()
    for account, points in ((village.homes[1], claim.points), (village.home, claim.points + 1)):
        with pytest.raises(ProgrammingError, match="what was reviewed"), transaction.atomic():
            entry(account, points, "earned", claim=claim).save()
    assert review.claims.count() == 1 and not Entry.objects.filter(kind="earned").exists()


def test_nothing_moves_to_another_scheme(cast: Cast) -> None:
    village = Village(cast)
    assert village.bought
    scheme, _home = other_scheme(cast)
    for rows in (Account.objects.filter(pk=village.home.pk), Good.objects.all(), ExchangeDay.objects.all()):
        with pytest.raises(ProgrammingError, match="stays with its scheme"), transaction.atomic():
            rows.update(scheme=scheme)


def other_scheme(cast: Cast) -> tuple[Scheme, Account]:
    scheme = work.scheme(cast, name="二号超市")
    home = work.accounts(cast, scheme, [("吴立春", "")])[0]
    work.brought(cast, home)
    return scheme, home


def test_an_exchange_is_within_one_scheme(cast: Cast) -> None:
    village = Village(cast)
    assert village.bought
    scheme, home = other_scheme(cast)
    towel = work.good(cast, scheme, name="毛巾")
    day = work.exchange_day(cast, scheme)
    mixed = [
        (village.day, home, village.good),
        (village.day, village.home, towel),
        (day, village.home, village.good),
        (day, home, village.good),
        (day, village.home, towel),
        (village.day, home, towel),
    ]
    for number, (on, account, good) in enumerate(mixed, start=7):
        row = Exchange(
            jurisdiction_id=cast.town.pk, day=on, number=number, account=account, good=good, quantity=1, price=4
        )
        with pytest.raises(ProgrammingError, match="are of one scheme"), transaction.atomic():
            row.save()
    assert Exchange.objects.count() == 1


def test_the_verb_gives_nothing_of_another_scheme(cast: Cast) -> None:
    village = Village(cast)
    assert village.bought
    scheme, home = other_scheme(cast)
    towel = work.good(cast, scheme, name="毛巾")
    before = work.written(cast)
    for more in ({"account": home}, {"good": towel}):
        with pytest.raises((Account.DoesNotExist, Good.DoesNotExist)):
            village.buy(**more)()
    assert work.written(cast) == before


def test_an_exchange_is_given_back_once(cast: Cast) -> None:
    village = Village(cast)
    one = village.bought
    village.done(actions.give_back, exchange=one, reason="坏的")
    for forged in (
        "UPDATE points_exchange SET returned_on = NULL",
        "UPDATE points_exchange SET returned_on = returned_on + 1",
        "UPDATE points_exchange SET reason = 'x'",
    ):
        with pytest.raises(ProgrammingError, match="given back once"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(forged)
    one.refresh_from_db()
    assert (one.returned_on, one.reason) == (TODAY, "坏的")


def test_another_town_writes_nothing_into_these_books(cast: Cast) -> None:
    village = Village(cast)
    bought = village.bought
    before = work.written(cast)
    for place in (cast.other_town.pk, cast.town.pk):
        rows = (
            Entry(jurisdiction_id=place, account=village.home, kind="brought", points=9, on=TODAY),
            Entry(jurisdiction_id=place, account=village.home, kind="lapsed", points=-9, on=TODAY, year=2025),
            StockMove(jurisdiction_id=place, good=village.good, kind="bought", quantity=9, on=TODAY),
            StockMove(jurisdiction_id=place, good=village.good, kind="spoiled", quantity=-9, on=TODAY),
            Exchange(
                jurisdiction_id=place, day=village.day, number=9, account=village.home, good=village.good,
                quantity=1, price=4,
            ),
        )  # fmt: skip
        for row in rows:
            cast.actor("other_clerk")
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save()
    cast.actor("other_clerk")
    assert not Exchange.objects.filter(pk=bought.pk).update(returned_on=TODAY)
    assert not Account.objects.filter(pk=village.home.pk).update(name="冒名")
    assert work.written(cast) == before


def test_the_county_writes_nothing_into_these_books(cast: Cast) -> None:
    village = Village(cast)
    assert village.bought
    before = work.written(cast)
    cast.actor("county_clerk")
    with pytest.raises(ProgrammingError), transaction.atomic():
        entry(village.home, 9).save()
    assert work.written(cast) == before


def test_what_an_edition_and_a_review_must_keep_to(cast: Cast) -> None:
    village = Village(cast)
    assert village.review
    day = timedelta(days=1)
    for model, values, name in (
        ("points_edition", {"starts_on": TODAY - day}, "points_edition_published_before_use"),
        ("points_claim", {"review_id": None}, "points_claim_went_through_a_review"),
        ("points_claim", {"votes": 4}, "points_votes_of_the_panel"),
        ("points_claim", {"points": 0}, "points_claim_gives_some"),
        ("points_review", {"state": "done"}, "points_review_closed_on_a_day"),
        ("points_account", {"name": ""}, "points_account_has_a_name"),
    ):
        column, value = next(iter(values.items()))
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model} SET {column} = %s", [value])
