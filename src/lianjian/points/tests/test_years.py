"""What time brings: exchanges that are owed, names that are forgotten, years that are cleared, bodies that end."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lianjian.directory import actions as directory
from lianjian.directory.actions.merging import merge_organizations
from lianjian.duties.models import Duty
from lianjian.foundation.calendar import CHINA, day_end
from lianjian.journal.models import Entry as Line
from lianjian.points import actions
from lianjian.points.models import Account, Entry, Scheme, StockMove
from lianjian.points.rules import refused
from tests.cast import NOW, TODAY, Cast

from . import work
from .work import DAY, LABOUR


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=CHINA)


def owed(cast: Cast) -> list[tuple[str, datetime | None]]:
    """Open duties to hold an exchange, with the moment each is late."""
    cast.actor("village")
    rows = Duty.objects.filter(kind="points.exchange", state=Duty.State.OPEN).order_by("pk")
    return [(one.title, one.due_at) for one in rows]


def night(cast: Cast, now: datetime) -> int:
    return actions.remind_exchanges(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now)


def clear(cast: Cast, scheme: Scheme, year: int, now: datetime) -> int:
    return actions.clear_year(actor=cast.actor("village"), scheme=scheme, year=year, document="代表会议决议", now=now)


def lapsed(cast: Cast) -> list[tuple[int, int | None]]:
    cast.actor("village")
    return list(Entry.objects.filter(kind="lapsed").order_by("pk").values_list("points", "year"))


def test_an_exchange_is_owed_every_month(cast: Cast) -> None:
    scheme = work.scheme(cast)
    march, april, may = day_end(date(2026, 3, 31)), day_end(date(2026, 4, 30)), day_end(date(2026, 5, 31))
    assert owed(cast) == [("积分超市", march)]
    assert night(cast, NOW) == 0
    day = work.exchange_day(cast, scheme, on=date(2026, 3, 20))
    assert owed(cast) == [("积分超市", march)]  # set, but not come
    assert night(cast, at(2026, 3, 19)) == 0
    assert night(cast, at(2026, 3, 20)) == 0  # come, and nothing was given
    actions.close_day(actor=cast.actor("village"), day=day, now=at(2026, 3, 20))
    assert owed(cast) == [] and night(cast, at(2026, 3, 20)) == 0
    assert night(cast, at(2026, 3, 31)) == 0
    assert night(cast, at(2026, 4, 1)) == 1
    assert owed(cast) == [("积分超市", april)]
    home = work.accounts(cast, scheme)[0]
    work.brought(cast, home, 10, at(2026, 4, 20))
    again, soap = work.exchange_day(cast, scheme, at(2026, 4, 20)), work.good(cast, scheme, now=at(2026, 4, 20))
    taken = work.exchanged(cast, again, home, soap, now=at(2026, 4, 20))
    assert owed(cast) == []
    actions.give_back(actor=cast.actor("village"), exchange=taken, reason="拿错", now=at(2026, 4, 20))
    assert owed(cast) == [("积分超市", april)]
    work.exchanged(cast, again, home, soap, now=at(2026, 4, 21))
    assert owed(cast) == []
    assert night(cast, at(2026, 5, 1)) == 1 and owed(cast) == [("积分超市", may)]
    assert night(cast, at(2026, 7, 1)) == 0 and owed(cast) == [("积分超市", may)]  # late, and still that one
    actions.reopen_day(actor=cast.actor("village"), day=day, now=at(2026, 7, 1))
    assert owed(cast) == [("积分超市", may)]


def test_a_day_that_was_called_off_settles_nothing(cast: Cast) -> None:
    scheme = work.scheme(cast)
    day = work.exchange_day(cast, scheme)
    actions.close_day(actor=cast.actor("village"), day=day, now=NOW)
    assert owed(cast) == []
    actions.reopen_day(actor=cast.actor("village"), day=day, now=NOW)
    actions.call_off_day(actor=cast.actor("village"), day=day, reason="下雨", now=NOW)
    assert owed(cast) == [("积分超市", day_end(date(2026, 3, 31)))]
    actions.change_scheme(actor=cast.actor("village"), scheme=scheme, name="爱心超市", per="year", now=NOW)
    assert owed(cast) == []
    actions.change_scheme(actor=cast.actor("village"), scheme=scheme, name="爱心超市", per="quarter", now=NOW)
    assert owed(cast) == [("爱心超市", day_end(date(2026, 3, 31)))]
    actions.end_scheme(actor=cast.actor("village"), scheme=scheme, now=NOW)
    assert owed(cast) == [] and night(cast, NOW) == 0


def test_a_quarter_is_asked_for_a_month_before_its_end(cast: Cast) -> None:
    work.scheme(cast, per="quarter", now=at(2026, 4, 2))
    assert owed(cast) == []
    assert night(cast, at(2026, 5, 30)) == 0
    assert night(cast, at(2026, 5, 31)) == 1
    assert owed(cast) == [("积分超市", day_end(date(2026, 6, 30)))]


def test_names_of_closed_accounts_are_forgotten(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    work.brought(cast, homes[0], 9)
    for home in homes[:2]:
        actions.close_account(actor=cast.actor("village"), account=home, now=NOW)
    actions.restore_account(actor=cast.actor("village"), account=homes[1], now=NOW)
    for days, forgotten in ((0, 0), (366, 0), (367, 1), (368, 0)):
        now = NOW + days * DAY
        found = actions.forget_accounts(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now)
        assert found == forgotten, days
    cast.actor("village")
    rows = Account.objects.order_by("number").values_list("name", "group", "balance", "forgotten_on")
    assert list(rows)[:2] == [("", "", 9, TODAY + 367 * DAY), ("林秋实", "一组", 0, None)]
    assert Entry.objects.get().points == 9
    assert Line.objects.filter(verb="points.forget_accounts").count() == 1
    with work.nothing_written(cast, refused.AccountForgotten):
        actions.restore_account(actor=cast.actor("village"), account=homes[0], now=NOW + 400 * DAY)
    now = NOW + 400 * DAY
    assert work.accounts(cast, scheme, [("田小满", "一组")], now)[0].number == 6


def test_nobody_forgets_for_another_town(cast: Cast) -> None:
    _scheme, homes = work.ready(cast)
    actions.close_account(actor=cast.actor("village"), account=homes[0], now=NOW)
    now = NOW + 400 * DAY
    other = cast.system(cast.other_town)
    assert actions.forget_accounts(actor=other, jurisdiction_id=cast.other_town.pk, now=now) == 0
    assert actions.remind_exchanges(actor=other, jurisdiction_id=cast.other_town.pk, now=now) == 0
    cast.actor("village")
    assert Account.objects.get(pk=homes[0].pk).name == "田小满"


def test_a_year_is_cleared_of_what_is_left_of_it_oldest_first(cast: Cast) -> None:
    """Ten gathered in 2025 and eight in 2026, eight spent in 2026: two lapse, those of 2026 stay."""
    scheme, homes = work.ready(cast, now=at(2025, 11, 3), carries=False)
    work.brought(cast, homes[0], 10, at(2025, 11, 3))
    work.brought(cast, homes[1], 7, at(2025, 11, 3))
    work.brought(cast, homes[2], 4, at(2026, 1, 4))
    work.whole(cast, scheme, "1", LABOUR, now=at(2026, 1, 5))
    now = at(2026, 2, 2)
    day, soap = work.exchange_day(cast, scheme, now), work.good(cast, scheme, now=now)
    spent = work.exchanged(cast, day, homes[0], soap, 2, now)
    with work.nothing_written(cast, refused.YearNotOver):
        clear(cast, scheme, 2025, at(2025, 12, 31))
    assert clear(cast, scheme, 2025, now) == 2
    assert lapsed(cast) == [(-2, 2025), (-7, 2025)]
    assert [work.balance(cast, one) for one in homes[:3]] == [8, 0, 4]
    assert clear(cast, scheme, 2025, now) == 0
    assert [work.balance(cast, one) for one in homes[:3]] == [8, 0, 4]
    # What is given back were points of 2025, and lapses when the year is cleared once more.
    actions.give_back(actor=cast.actor("village"), exchange=spent, reason="坏的", now=now)
    assert work.balance(cast, homes[0]) == 16
    assert clear(cast, scheme, 2025, now) == 1 and work.balance(cast, homes[0]) == 8
    assert clear(cast, scheme, 2026, at(2027, 1, 4)) == 2
    assert lapsed(cast)[3:] == [(-8, 2026), (-4, 2026)]
    assert [work.balance(cast, one) for one in homes[:3]] == [0, 0, 0]


def test_points_are_of_the_day_of_their_entry(cast: Cast) -> None:
    """Work of December that was entered in January is of the new year."""
    scheme, homes = work.ready(cast, now=at(2025, 12, 29), carries=False)
    work.whole(cast, scheme, "1", LABOUR, now=at(2025, 12, 29))
    assert clear(cast, scheme, 2025, at(2026, 1, 5)) == 0 and work.balance(cast, homes[0]) == 8


def test_a_clearing_put_right(cast: Cast) -> None:
    scheme, homes = work.ready(cast, now=at(2025, 11, 3), carries=False)
    kept = work.brought(cast, homes[0], 10, at(2025, 11, 3))
    wrong = work.brought(cast, homes[1], 7, at(2025, 11, 3))
    actions.reverse_entry(actor=cast.actor("village"), entry=wrong, reason="不是他家", now=at(2026, 1, 4))
    work.brought(cast, homes[1], 6, at(2026, 1, 4))
    assert clear(cast, scheme, 2025, at(2026, 1, 5)) == 1
    assert lapsed(cast) == [(-10, 2025)]
    entry = Entry.objects.get(kind="lapsed")
    with work.nothing_written(cast, refused.LapsedSince):
        actions.reverse_entry(actor=cast.actor("village"), entry=kept, reason="错", now=at(2026, 1, 5))
    actions.reverse_entry(actor=cast.actor("village"), entry=entry, reason="清早了", now=at(2026, 1, 5))
    assert work.balance(cast, homes[0]) == 10
    assert clear(cast, scheme, 2025, at(2026, 1, 6)) == 1 and work.balance(cast, homes[0]) == 0
    assert work.balance(cast, homes[1]) == 6


def test_points_that_carry_over_are_not_cleared(cast: Cast) -> None:
    scheme, homes = work.ready(cast, now=at(2025, 11, 3))
    work.brought(cast, homes[0], 10, at(2025, 11, 3))
    with work.nothing_written(cast, refused.CarriesOver):
        clear(cast, scheme, 2025, NOW)
    with work.nothing_written(cast, refused.CarriesOver):
        clear(cast, scheme, 2024, NOW)


def test_what_was_spent_is_not_taken_back(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    work.whole(cast, scheme, "1", LABOUR)
    work.whole(cast, scheme, "1")
    first = Entry.objects.get(points=8)
    later = NOW + 5 * DAY
    day, soap = work.exchange_day(cast, scheme, later), work.good(cast, scheme)
    bought = work.exchanged(cast, day, homes[0], soap, 2, later)
    with work.nothing_written(cast, refused.SpentAlready):
        actions.reverse_entry(actor=cast.actor("village"), entry=first, reason="查实不是他家", now=later)
    actions.give_back(actor=cast.actor("village"), exchange=bought, reason="退回", now=later)
    actions.reverse_entry(actor=cast.actor("village"), entry=first, reason="查实不是他家", now=later)
    assert work.balance(cast, homes[0]) == 5


def test_a_balance_brought_along_is_put_right_once(cast: Cast) -> None:
    _scheme, homes = work.ready(cast)
    entry = work.brought(cast, homes[0], 30, on=TODAY - 400 * DAY)
    assert (entry.on, entry.note, work.balance(cast, homes[0])) == (TODAY - 400 * DAY, "旧台账", 30)
    actions.reverse_entry(actor=cast.actor("village"), entry=entry, reason="抄错", now=NOW)
    work.brought(cast, homes[0], 3)
    assert work.balance(cast, homes[0]) == 3
    with pytest.raises(refused.BroughtAlready):
        work.brought(cast, homes[0], 3)


def test_bodies_that_become_one_and_end(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    one, other, giver = (
        directory.register_organization(actor=clerk, name=name, classification=kind, parent=cast.town_root, now=NOW)
        for name, kind in (("石塘村", "village"), ("太明沟村", "village"), ("太明沟合作社", "enterprise"))
    )
    made = [
        actions.found_scheme(actor=clerk, organization=body, name=name, unit="household", per="month", now=NOW)
        for body, name in ((one, "积分超市"), (other, "积分超市"), (other, "好邻居"))
    ]
    theirs = actions.open_accounts(actor=clerk, scheme=made[1], rows=[("吴立春", "")], now=NOW)[0]
    actions.bring_balance(actor=clerk, account=theirs, points=9, document="台账", now=NOW)
    soap = actions.add_good(actor=clerk, scheme=made[1], name="肥皂", unit="块", price=4, now=NOW)
    actions.move_stock(
        actor=clerk, good=soap, kind="donated", quantity=5, on=TODAY, document="捐赠单", donor=giver, now=NOW
    )
    merge_organizations(actor=clerk, winner=one, loser=other, now=NOW)
    merge_organizations(actor=clerk, winner=cast.firm, loser=giver, now=NOW)
    rows = Scheme.objects.standing().order_by("pk").values_list("name", "organization")
    assert list(rows) == [("积分超市", one.pk), ("积分超市(太明沟村)", one.pk), ("好邻居", one.pk)]
    assert StockMove.objects.get().donor_id == cast.firm.pk
    assert Account.objects.get(pk=theirs.pk).balance == 9
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=one, on=TODAY, now=NOW)
    assert not Scheme.objects.standing().exists()
    assert owed(cast) == []


def test_other_bodies_are_left_alone(cast: Cast) -> None:
    own = work.scheme(cast)
    actions.body_ended(cast.actor("clerk"), cast.office, NOW)
    actions.bodies_merge(cast.actor("clerk"), cast.office, cast.village, NOW)
    own.refresh_from_db()
    assert (own.ended_on, own.name) == (None, "积分超市")
