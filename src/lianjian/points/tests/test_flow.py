"""Points from what a village decided to soap in the hand and back: what follows from what, who may, what is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lianjian.directory import actions as directory
from lianjian.duties.models import Duty
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Change
from lianjian.journal.models import Entry as Line
from lianjian.points import actions
from lianjian.points.models import Account, Claim, Edition, Entry, Exchange, Review, Scheme, StockMove
from lianjian.points.rules import goods, refused
from lianjian.points.rules import points as rules
from tests.cast import NOW, TODAY, Cast

from . import work
from .village import Act, Village
from .work import DAY, LABOUR, MEETING


def states(cast: Cast, review: Review | None = None) -> list[str]:
    cast.actor("village")
    rows = Claim.objects.all() if review is None else Claim.objects.filter(review=review)
    return list(rows.order_by("pk").values_list("state", flat=True))


def test_from_the_decision_to_the_ledger_and_the_soap(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    assert [(one.number, one.balance) for one in homes] == [(number, 0) for number in range(1, 6)]
    work.checked(cast, scheme, "1\n林秋实", LABOUR, times=3)
    work.checked(cast, scheme, "1")
    late = work.filed(cast, scheme, "3")  # not seen, so not judged
    review = work.opened(cast, scheme)
    assert states(cast, review) == ["reviewed"] * 3 and states(cast)[-1] == "filed"
    work.voted(cast, review, 2)
    listed = work.shown(cast, review)
    assert (listed.state, listed.shown_from, listed.shown_until) == (rules.SHOWN, TODAY, TODAY + 4 * DAY)
    assert not Entry.objects.exists()
    done = work.posted(cast, review)
    assert (done.state, done.closed_on) == (rules.DONE, TODAY + 5 * DAY)
    assert [work.balance(cast, one) for one in homes] == [29, 24, 0, 0, 0]
    told = Entry.objects.order_by("pk").values_list("kind", "points", "on", "note")
    assert set(told) == {
        ("earned", 24, TODAY + 5 * DAY, "义务劳动 × 3"), ("earned", 5, TODAY + 5 * DAY, "打扫门前"),
    }  # fmt: skip
    now = NOW + 5 * DAY
    soap, day = work.good(cast, scheme, 10), work.exchange_day(cast, scheme, now)
    first = work.exchanged(cast, day, homes[0], soap, 5, now)
    second = work.exchanged(cast, day, homes[1], soap, 2, now)
    assert [(one.number, one.points) for one in (first, second)] == [(1, 20), (2, 8)]
    assert [work.balance(cast, one) for one in homes[:2]] == [9, 16] and work.stock(cast, soap) == 3
    actions.change_good(actor=cast.actor("village"), good=soap, name="肥皂", unit="块", price=9, now=now)
    actions.give_back(actor=cast.actor("village"), exchange=first, reason="受潮", now=now, restock=False)
    actions.give_back(actor=cast.actor("village"), exchange=second, reason="拿错了", now=now)
    assert [work.balance(cast, one) for one in homes[:2]] == [29, 24] and work.stock(cast, soap) == 5
    assert not Exchange.objects.standing().exists()
    actions.withdraw_claim(actor=cast.actor("village"), claim=late[0], reason="报错了", now=NOW)
    assert states(cast) == ["posted"] * 3 + ["withdrawn"]


def test_points_are_those_of_the_edition_of_the_day(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    now = NOW + 10 * DAY
    fresh = work.edition(cast, scheme, now, items="打扫门前 7\n敬老 9")
    assert (fresh.number, fresh.items.count()) == (2, 2)
    before = work.filed(cast, scheme, on=TODAY + 9 * DAY, now=now, times=2)[0]
    since = work.filed(cast, scheme, now=now, times=2)[0]
    assert (before.points, since.points) == (10, 14)
    with pytest.raises(refused.ItemUnknown):
        work.filed(cast, scheme, item=LABOUR, now=now)
    with pytest.raises(refused.EditionUsed):
        actions.withdraw_edition(actor=cast.actor("village"), edition=fresh, now=now)
    to_come = work.edition(cast, scheme, now, starts_on=TODAY + 20 * DAY, items="打扫门前 1")
    assert work.filed(cast, scheme, "2", now=now)[0].points == 7
    actions.withdraw_edition(actor=cast.actor("village"), edition=to_come, now=now)
    again = work.edition(cast, scheme, now, starts_on=TODAY + 20 * DAY, items="打扫门前 2")
    assert again.number == 4 and Edition.objects.filter(withdrawn_on__isnull=True).count() == 3


def test_what_was_taken_back_is_filed_anew_and_what_stands_is_not(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    for take in ("withdraw", "refuse", "reverse"):
        claim = work.checked(cast, scheme)[0]
        with pytest.raises(refused.ClaimStands):
            work.filed(cast, scheme)
        village = cast.actor("village")
        if take == "withdraw":
            actions.withdraw_claim(actor=village, claim=claim, reason="报错了", now=NOW)
            continue
        review = work.shown(cast, work.voted(cast, work.opened(cast, scheme)))
        if take == "refuse":
            actions.refuse_claim(actor=village, claim=claim, reason="异议属实", now=NOW)
            assert work.posted(cast, review).state == rules.DONE and not Entry.objects.exists()
            continue
        work.posted(cast, review)
        actions.reverse_entry(actor=village, entry=Entry.objects.get(), reason="查实不是他家", now=NOW)
    work.filed(cast, scheme)
    assert states(cast) == ["withdrawn", "refused", "reversed", "filed"]


def test_a_review_whose_claims_all_fail_is_done(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    work.checked(cast, scheme, "1\n2")
    review = work.shown(cast, work.voted(cast, work.opened(cast, scheme), 1))
    assert (review.state, review.shown_until) == (rules.DONE, None)
    assert states(cast) == ["refused"] * 2


def test_nobody_judges_his_own_household(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    own, other = work.checked(cast, scheme, "1\n2")
    review = work.opened(cast, scheme, (("评议员甲", "一组田小满"), ("评议员乙", ""), ("评议员丙", "3")))
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.voters, other.voters) == (2, 3)
    recused = review.jurors.values_list("recusals__account", flat=True)
    assert set(recused) == {homes[0].pk, None, homes[2].pk}
    with work.nothing_written(cast, refused.VotesOutside):
        work.vote(cast, review, own, 3)
    work.vote(cast, review, own, 1)  # one of two is not more than half
    work.vote(cast, review, other, 2)
    work.shown(cast, review)
    assert states(cast) == ["refused", "reviewed"]


def test_where_the_whole_panel_is_of_the_household_nothing_passes(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    work.checked(cast, scheme)
    review = work.opened(cast, scheme, [(f"评议员{one}", "1") for one in "甲乙丙"])
    assert Claim.objects.get().voters == 0
    assert work.shown(cast, work.voted(cast, review)).state == rules.DONE
    assert states(cast) == ["refused"]


def test_a_list_taken_down_brings_back_what_failed_by_its_votes(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    claims = work.checked(cast, scheme, "1\n2\n3\n4")
    review = work.opened(cast, scheme)
    for claim, count in zip(claims, (3, 1, 1, 3), strict=True):
        work.vote(cast, review, claim, count)
    work.shown(cast, review)
    actions.refuse_claim(actor=cast.actor("village"), claim=claims[3], reason="异议属实", now=NOW)
    work.filed(cast, scheme, "3")  # what was filed anew stands in the place of the one that failed
    assert states(cast) == ["reviewed", "refused", "refused", "refused", "filed"]
    back = actions.reopen_review(actor=cast.actor("village"), review=review, reason="漏记一票", now=NOW)
    assert (back.state, back.shown_from, back.shown_until, back.document) == (rules.OPEN, None, None, "")
    assert states(cast) == ["reviewed", "reviewed", "refused", "refused", "filed"]
    work.vote(cast, review, claims[1], 2)
    work.posted(cast, work.shown(cast, review, NOW + DAY), NOW + 6 * DAY)
    assert states(cast) == ["posted", "posted", "refused", "refused", "filed"]


@pytest.mark.parametrize("hung_out", [False, True])
def test_claims_of_a_review_that_does_not_count_wait_for_the_next(cast: Cast, hung_out: bool) -> None:
    scheme, _homes = work.ready(cast)
    claims = work.checked(cast, scheme, "1\n2")
    review = work.opened(cast, scheme)
    work.vote(cast, review, claims[0], 3)
    work.vote(cast, review, claims[1], 0)
    if hung_out:
        work.shown(cast, review)
    actions.call_off_review(actor=cast.actor("village"), review=review, reason="人数不够", now=NOW)
    assert states(cast) == ["checked", "checked"]  # also what failed by votes that do not count
    again = work.opened(cast, scheme)
    assert again.number == 2
    assert set(again.claims.values_list("voters", "votes")) == {(3, None)}


def test_the_notice_follows_the_look(cast: Cast) -> None:
    """Claims seen today cannot be entered today by a review and a notice of ten days ago."""
    scheme, homes = work.ready(cast)
    now = NOW + 10 * DAY
    work.checked(cast, scheme, on=TODAY, now=now)
    with pytest.raises(Refused):
        review = work.opened(cast, scheme, now=now, on=TODAY)
        work.shown(cast, work.voted(cast, review, now=now), now, on=TODAY)
        work.posted(cast, review, now)
    assert work.balance(cast, homes[0]) == 0


def test_a_review_keeps_the_days_it_began_with(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    work.checked(cast, scheme)
    review = work.opened(cast, scheme)
    actions.change_scheme(
        actor=cast.actor("village"), scheme=scheme, name="新超市", per="quarter", show_days=1, now=NOW
    )
    assert work.shown(cast, work.voted(cast, review)).shown_until == TODAY + 4 * DAY


def test_accounts_are_numbered_on_and_passed_over_where_known(cast: Cast) -> None:
    scheme = work.scheme(cast)
    work.accounts(cast, scheme)
    rows = [("林秋实", "一组"), ("吴立春", ""), (" 吴  立春 ", ""), ("吴立春", "")]
    made = actions.open_accounts(actor=cast.actor("village"), scheme=scheme, rows=rows, now=NOW, skip_known=True)
    assert [(one.number, one.name) for one in made] == [(6, "吴立春"), (7, "吴 立春")]
    again = actions.open_accounts(actor=cast.actor("village"), scheme=scheme, rows=rows, now=NOW, skip_known=True)
    assert again == []
    lines = rules.openings_of("五组 郑霜降 40\n一组 林秋实 9\n冯小寒")
    made += actions.open_accounts(
        actor=cast.actor("village"), scheme=scheme, rows=lines, now=NOW, document="旧台账", skip_known=True
    )
    assert [(one.number, one.name) for one in made[2:]] == [(8, "郑霜降"), (9, "冯小寒")]
    entry = Entry.objects.get()
    assert (entry.account.name, entry.kind, entry.points, entry.note) == ("郑霜降", "brought", 40, "旧台账")
    assert work.balance(cast, entry.account) == 40
    with pytest.raises(refused.BroughtAlready):
        work.brought(cast, entry.account)
    home = actions.rename_account(actor=cast.actor("village"), account=made[0], name="吴谷雨", group="四组", now=NOW)
    assert (home.name, home.group, home.number) == ("吴谷雨", "四组", 6)


def test_an_ended_scheme_gathers_nothing_but_what_there_is_is_exchanged(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    work.brought(cast, homes[0], 9)
    actions.end_scheme(actor=cast.actor("village"), scheme=scheme, now=NOW)
    with pytest.raises(refused.SchemeEnded):
        work.filed(cast, scheme)
    soap, day = work.good(cast, scheme), work.exchange_day(cast, scheme)
    work.exchanged(cast, day, homes[0], soap, 2)
    actions.close_day(actor=cast.actor("village"), day=day, now=NOW)
    assert work.balance(cast, homes[0]) == 1
    assert not Duty.objects.filter(kind="points.exchange", state=Duty.State.OPEN).exists()
    assert work.scheme(cast).pk != scheme.pk


def test_the_book_of_the_stock(cast: Cast) -> None:
    scheme, _homes = work.ready(cast)
    soap = work.good(cast, scheme, 10)
    work.moved(cast, soap, 5, "donated", donor=cast.firm)
    work.moved(cast, soap, 2, "spoiled")
    work.moved(cast, soap, 11, "counted")
    work.moved(cast, soap, 0, "counted")
    moves = StockMove.objects.order_by("pk").values_list("kind", "quantity", "donor")
    assert list(moves) == [
        ("bought", 10, None), ("donated", 5, cast.firm.pk), ("spoiled", -2, None), ("counted", -2, None),
        ("counted", -11, None),
    ]  # fmt: skip
    assert work.stock(cast, soap) == 0


def test_a_day_is_closed_opened_again_and_called_off(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    work.brought(cast, homes[0], 10)
    soap, day = work.good(cast, scheme), work.exchange_day(cast, scheme)
    village = cast.actor("village")
    actions.close_day(actor=village, day=day, now=NOW)
    with pytest.raises(goods.DayMoved):
        work.exchanged(cast, day, homes[0], soap)
    actions.reopen_day(actor=village, day=day, now=NOW)
    one = work.exchanged(cast, day, homes[0], soap)
    actions.give_back(actor=village, exchange=one, reason="拿错了", now=NOW)
    actions.call_off_day(actor=village, day=day, reason="下雨", now=NOW)
    again = work.exchange_day(cast, scheme)  # the day is free again
    assert again.pk != day.pk and work.exchanged(cast, again, homes[0], soap).number == 1


def test_who_may(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    for who in ("leader", "instructor", "contact", "handler", "other_clerk", "county_clerk"):
        with work.nothing_written(cast, Denied):
            actions.open_accounts(actor=cast.actor(who), scheme=scheme, rows=[("吴立春", "")], now=NOW)
        with work.nothing_written(cast, Denied):
            actions.bring_balance(actor=cast.actor(who), account=homes[0], points=5, document="台账", now=NOW)
    for who, sees in (("clerk", 1), ("village", 1), ("leader", 1), ("contact", 0), ("handler", 0), ("other_clerk", 0)):
        assert Scheme.objects.visible_to(cast.actor(who)).count() == sees, who
    cast.actor("other_clerk")
    assert not Scheme.objects.exists() and not Account.objects.exists()
    actions.bring_balance(actor=cast.actor("clerk"), account=homes[0], points=5, document="台账", now=NOW)


def test_a_village_sees_and_writes_its_own_only(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    other = directory.register_organization(
        actor=clerk, name="石塘村", classification="village", parent=cast.town_root, now=NOW
    )
    theirs = actions.found_scheme(
        actor=clerk, organization=other, name="积分超市", unit="person", per="half", now=NOW
    )
    own = work.scheme(cast)
    assert list(Scheme.objects.visible_to(cast.actor("village"))) == [own]
    with work.nothing_written(cast, Denied):
        work.accounts(cast, theirs)


def test_every_verb_asks_for_the_right(cast: Cast) -> None:
    village = Village(cast)
    v, key = village, village.checked.key
    bought, leader = village.bought, cast.actor("leader")
    entry, review = bought.entries.get(), village.review
    by: dict[str, Any] = {"actor": leader, "now": NOW}
    asked: list[Callable[[], Act]] = [
        lambda: v.found(**by), lambda: v.change(**by), lambda: v.adopt(**by), lambda: v.file(**by),
        lambda: v.open(**by), lambda: v.show(review, **by), lambda: v.post(review, 5, **by), lambda: v.add(**by),
        lambda: v.move(**by), lambda: v.buy(**by),
        lambda: v.do(actions.end_scheme, scheme=v.scheme, **by),
        lambda: v.do(actions.withdraw_edition, edition=v.scheme.editions.get(), **by),
        lambda: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", "")], **by),
        lambda: v.do(actions.rename_account, account=v.home, name="吴立春", group="", **by),
        lambda: v.do(actions.close_account, account=v.home, **by),
        lambda: v.do(actions.restore_account, account=v.home, **by),
        lambda: v.do(actions.check_claims, scheme=v.scheme, claims=[key], by="", **by),
        lambda: v.do(actions.withdraw_claim, claim=v.checked, reason="错", **by),
        lambda: v.do(actions.refuse_claim, claim=v.checked, reason="错", **by),
        lambda: v.do(actions.vote_on_claims, review=review, votes={key: 1}, **by),
        lambda: v.do(actions.reopen_review, review=review, reason="错", **by),
        lambda: v.do(actions.call_off_review, review=review, reason="错", **by),
        lambda: v.do(actions.bring_balance, account=v.home, points=1, document="台账", **by),
        lambda: v.do(actions.reverse_entry, entry=entry, reason="错", **by),
        lambda: v.do(actions.clear_year, scheme=v.scheme, year=2025, document="决议", **by),
        lambda: v.do(actions.change_good, good=v.good, name="毛巾", unit="", price=1, **by),
        lambda: v.do(actions.end_good, good=v.good, **by),
        lambda: v.do(actions.open_day, scheme=v.scheme, on=TODAY + DAY, **by),
        lambda: v.do(actions.close_day, day=v.day, **by),
        lambda: v.do(actions.reopen_day, day=v.day, **by),
        lambda: v.do(actions.call_off_day, day=v.day, reason="错", **by),
        lambda: v.do(actions.give_back, exchange=bought, reason="错", **by),
    ]  # fmt: skip
    for one in asked:
        with work.nothing_written(cast, Denied):
            one()()


def test_the_journal_names_nobody(cast: Cast) -> None:
    scheme, homes = work.ready(cast)
    village = cast.actor("village")
    work.whole(cast, scheme, "1\n2", LABOUR)
    home = actions.rename_account(actor=village, account=homes[1], name="吴谷雨", group="九组", now=NOW)
    work.checked(cast, scheme, "2\n3", MEETING, proof="吴谷雨家照片")
    review = work.shown(cast, work.voted(cast, work.opened(cast, scheme)))
    claims = list(review.claims.order_by("pk"))
    actions.refuse_claim(actor=village, claim=claims[0], reason="吴谷雨没去", now=NOW)
    actions.reopen_review(actor=village, review=review, reason="周白露有异议", now=NOW)
    actions.call_off_review(actor=village, review=review, reason="评议员甲没来", now=NOW)
    actions.withdraw_claim(actor=village, claim=claims[1], reason="周白露退出", now=NOW)
    later = NOW + 5 * DAY
    day, soap = work.exchange_day(cast, scheme, later), work.good(cast, scheme)
    one = work.exchanged(cast, day, homes[0], soap, now=later)
    actions.give_back(actor=village, exchange=one, reason="田小满拿错", now=later)
    actions.call_off_day(actor=village, day=day, reason="田小满家有事", now=later)
    entry = Entry.objects.filter(kind="earned").order_by("pk").first()
    assert entry is not None
    actions.reverse_entry(actor=village, entry=entry, reason="不是田小满家", now=NOW)
    actions.close_account(actor=village, account=home, now=NOW)
    actions.restore_account(actor=village, account=home, now=NOW)
    assert Line.objects.filter(verb__startswith="points.").count() > 20
    told = "".join(Line.objects.filter(verb__startswith="points.").values_list("body", flat=True))
    rows = Change.objects.filter(entry__verb__startswith="points.").values_list("before", "after")
    told += "".join(f"{before}{after}" for before, after in rows)
    names = ["田小满", "林秋实", "周白露", "何清明", "吴谷雨", "一组", "九组", "评议员甲", "没去", "有异议", "拿错", "有事", "退出", "不是"]
    assert [one for one in names if one in told] == []
