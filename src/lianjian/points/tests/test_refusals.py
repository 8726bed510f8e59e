"""Every refusal of every verb: its sentence is whole, and nothing is written by what was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lianjian.directory.actions.organizations import AlreadyEnded, AlreadyMerged
from lianjian.foundation import references
from lianjian.foundation.errors import Refused
from lianjian.points import actions
from lianjian.points.rules import goods, refused
from tests.cast import NOW, TODAY, Cast

from . import work
from .village import Act, Village
from .work import DAY, PANEL

Case = tuple[type[Refused], Callable[[Village], Act]]


def _clerk(act: Callable[..., Act], village: Village, **more: Any) -> Act:
    return act(actor=village.cast.actor("clerk"), **more)


SCHEMES: list[Case] = [
    (refused.SchemeStands, lambda v: v.found(name=v.scheme.name)),
    (refused.SchemeNameMissing, lambda v: v.found(name=" ")),
    (refused.UnitUnknown, lambda v: v.found(unit="firm")),
    (refused.PeriodUnknown, lambda v: v.found(per="week")),
    (refused.DaysOutside, lambda v: v.found(show_days=0)),
    (refused.DaysOutside, lambda v: v.found(show_days=61)),
    (AlreadyEnded, lambda v: _clerk(v.found, v, organization=v.body("ended"))),
    (AlreadyMerged, lambda v: _clerk(v.found, v, organization=v.body("merged"))),
    (refused.SchemeNameMissing, lambda v: v.change(name="")),
    (refused.PeriodUnknown, lambda v: v.change(per="")),
    (refused.DaysOutside, lambda v: v.change(show_days=61)),
    (refused.SchemeStands, lambda v: v.change(scheme=work.scheme(v.cast, name="别的"), name=v.scheme.name)),
    (refused.SchemeEnded, lambda v: v.change(scheme=v.ended())),
    (refused.SchemeEnded, lambda v: v.do(actions.end_scheme, scheme=v.ended())),
    (refused.PublishedBeforeDecided, lambda v: v.adopt(published_on=TODAY - DAY)),
    (refused.UsedBeforePublished, lambda v: v.adopt(starts_on=TODAY - DAY)),
    (refused.EditionOlder, lambda v: v.adopt(starts_on=TODAY)),
    (refused.DocumentMissing, lambda v: v.adopt(document=" ")),
    (refused.NotItsMeeting, lambda v: v.adopt(meeting=v.foreign)),
    (refused.FutureDay, lambda v: v.adopt(published_on=TODAY + DAY)),
    (refused.SchemeEnded, lambda v: v.adopt(scheme=v.ended())),
    (refused.ItemsMissing, lambda v: v.adopt(items="")),
    (refused.ItemTakesAway, lambda v: v.adopt(items="打架 -5")),
    (refused.DecidedElsewhen, lambda v: v.adopt(meeting=v.own_meeting)),
    (refused.SchemeStanding, lambda v: v.do(actions.resume_scheme, scheme=v.scheme)),
    (refused.EditionUsed, lambda v: v.do(actions.withdraw_edition, edition=v.checked.item.edition)),
]  # fmt: skip

ACCOUNTS: list[Case] = [
    (refused.AccountsMissing, lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[])),
    (refused.NameMissing, lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", ""), (" ", "一组")])),
    (
        refused.AccountStands,
        lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", ""), (" 田小满", "一组 ")]),
    ),
    (refused.AccountStands, lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", ""), ("吴立春", "")])),
    (
        refused.LinesTooMany,
        lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[(f"第{n}户", "") for n in range(501)]),
    ),
    (
        refused.BalanceOutside,
        lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", "", 1_000_001)], document="台账"),
    ),
    (
        refused.BalanceOutside,
        lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", "", -1)], document="台账"),
    ),
    (
        refused.DocumentMissing,
        lambda v: v.do(actions.open_accounts, scheme=v.scheme, rows=[("吴立春", "", 5)], document=" "),
    ),
    (refused.SchemeEnded, lambda v: v.do(actions.open_accounts, scheme=v.ended(), rows=[("吴立春", "")])),
    (refused.NameMissing, lambda v: v.do(actions.rename_account, account=v.home, name=" ", group="一组")),
    (refused.AccountStands, lambda v: v.do(actions.rename_account, account=v.home, name="林秋实", group="一组")),
    (refused.AccountClosed, lambda v: v.do(actions.rename_account, account=v.closed(), name="吴立春", group="")),
    (refused.AccountClosed, lambda v: v.do(actions.close_account, account=v.closed())),
    (refused.AccountOpen, lambda v: v.do(actions.restore_account, account=v.home)),
    (refused.AccountForgotten, lambda v: v.do(actions.restore_account, account=v.forgotten())),
    (refused.AccountStands, lambda v: v.do(actions.restore_account, account=v.again())),
    (refused.BalanceOutside, lambda v: v.do(actions.bring_balance, account=v.home, points=0, document="台账")),
    (refused.BalanceOutside, lambda v: v.do(actions.bring_balance, account=v.home, points=1_000_001, document="台账")),
    (refused.DocumentMissing, lambda v: v.do(actions.bring_balance, account=v.home, points=5, document="")),
    (refused.FutureDay, lambda v: v.do(actions.bring_balance, account=v.home, points=5, document="台账", on=TODAY + DAY)),
    (
        refused.BroughtAlready,
        lambda v: v.do(actions.bring_balance, account=v.brought().account, points=5, document="台账"),
    ),
    (refused.AccountClosed, lambda v: v.do(actions.bring_balance, account=v.closed(), points=5, document="台账")),
    (refused.NotReversible, lambda v: v.do(actions.reverse_entry, entry=v.spent(), reason="错")),
    (refused.ReversedAlready, lambda v: v.do(actions.reverse_entry, entry=v.reversed(), reason="错")),
    (refused.NotReversible, lambda v: v.do(actions.reverse_entry, entry=v.reversed().reversed_by, reason="错")),
    (refused.ReasonMissing, lambda v: v.do(actions.reverse_entry, entry=v.brought(), reason=" ")),
    (
        refused.SpentAlready,
        lambda v: v.do(actions.reverse_entry, entry=v.bought.account.entries.get(kind="brought"), reason="错"),
    ),
    (
        refused.CarriesOver,
        lambda v: v.do(actions.clear_year, scheme=v.scheme, year=2026, document="决议", now=NOW + 365 * DAY),
    ),
    (refused.YearNotOver, lambda v: v.do(actions.clear_year, scheme=v.lasting(), year=2026, document="决议")),
    (refused.YearNotOver, lambda v: v.do(actions.clear_year, scheme=v.lasting(), year=2025, document="决议")),
    (
        refused.DocumentMissing,
        lambda v: v.do(actions.clear_year, scheme=v.lasting(), year=2026, document=" ", now=NOW + 365 * DAY),
    ),
]  # fmt: skip

CLAIMS: list[Case] = [
    (refused.NoEdition, lambda v: v.file(on=TODAY - DAY)),
    (refused.ItemUnknown, lambda v: v.file(item="喂鸡")),
    (refused.TimesOutside, lambda v: v.file(times=0)),
    (refused.TimesOutside, lambda v: v.file(times=32)),
    (refused.ProofMissing, lambda v: v.file(proof=" ")),
    (refused.ClaimStands, lambda v: v.file(accounts=f"2\n{v.checked.account.number}")),
    (refused.NotItsMeeting, lambda v: v.file(meeting=v.foreign)),
    (refused.FutureDay, lambda v: v.file(on=TODAY + DAY)),
    (refused.SchemeEnded, lambda v: v.file(scheme=v.ended())),
    (refused.AccountUnknown, lambda v: v.file(accounts="2\n99")),
    (refused.AccountUnknown, lambda v: v.file(accounts=str(v.closed().number))),
    (refused.AccountAmbiguous, lambda v: v.file(accounts="田小满")),
    (refused.AccountsMissing, lambda v: v.file(accounts="\n")),
    (refused.LinesTooMany, lambda v: v.file(accounts="2\n" * 501)),
    (refused.NobodyTicked, lambda v: v.do(actions.check_claims, scheme=v.scheme, claims=[], by="")),
    (refused.NobodyTicked, lambda v: v.do(actions.check_claims, scheme=v.scheme, claims=[v.checked.key], by="")),
    (
        refused.NobodyTicked,
        lambda v: v.do(
            actions.check_claims,
            scheme=work.scheme(v.cast, name="别的"), claims=[work.filed(v.cast, v.scheme)[0].key], by="",
        ),
    ),
    (refused.ReasonMissing, lambda v: v.do(actions.withdraw_claim, claim=v.checked, reason=" ")),
    (refused.ClaimMoved, lambda v: v.do(actions.withdraw_claim, claim=v.review.claims.get(), reason="错")),
    (refused.ReasonMissing, lambda v: v.do(actions.refuse_claim, claim=v.review.claims.get(), reason="")),
    (refused.ClaimMoved, lambda v: v.do(actions.refuse_claim, claim=v.checked, reason="错")),
    (refused.ClaimMoved, lambda v: v.do(actions.refuse_claim, claim=v.posted.claims.get(), reason="错")),
]  # fmt: skip

REVIEWS: list[Case] = [
    (refused.PanelSize, lambda v: v.open(jurors=PANEL[:1])),
    (refused.PanelSize, lambda v: v.open(jurors=[*PANEL, ("评议员丁", "")])),
    (refused.JurorTwice, lambda v: v.open(jurors=[*PANEL[:2], (" 评议员甲 ", "")])),
    (refused.AccountUnknown, lambda v: v.open(jurors=[*PANEL[:2], ("评议员丁", "99")])),
    (refused.AccountAmbiguous, lambda v: v.open(jurors=[*PANEL[:2], ("评议员丁", "田小满")])),
    (refused.NothingToReview, lambda v: v.open(on=TODAY - DAY)),
    (refused.NothingToReview, lambda v: v.open(scheme=v.review.scheme)),
    (refused.FutureDay, lambda v: v.open(on=TODAY + DAY)),
    (refused.VotesOutside, lambda v: v.do(actions.vote_on_claims, review=v.review, votes={v.checked.key: 4})),
    (refused.VotesOutside, lambda v: v.do(actions.vote_on_claims, review=v.review, votes={v.checked.key: -1})),
    (refused.ReviewMoved, lambda v: v.do(actions.vote_on_claims, review=v.shown, votes={v.checked.key: 1})),
    (refused.VotesMissing, lambda v: v.show(v.review)),
    (refused.DocumentMissing, lambda v: v.show(work.voted(v.cast, v.review), document=" ")),
    (refused.DayBefore, lambda v: v.show(work.voted(v.cast, v.review), on=TODAY - DAY)),
    (refused.FutureDay, lambda v: v.show(work.voted(v.cast, v.review), on=TODAY + DAY)),
    (refused.ReviewMoved, lambda v: v.show(v.shown)),
    (refused.ReasonMissing, lambda v: v.do(actions.reopen_review, review=v.shown, reason=" ")),
    (refused.ReviewMoved, lambda v: v.do(actions.reopen_review, review=v.review, reason="漏了")),
    (refused.ReviewMoved, lambda v: v.do(actions.reopen_review, review=v.posted, reason="漏了")),
    (refused.StillShown, lambda v: v.post(v.shown, 0)),
    (refused.StillShown, lambda v: v.post(v.shown, 4)),
    (refused.FutureDay, lambda v: v.post(v.shown, 5, now=NOW + 4 * DAY)),
    (refused.ReviewMoved, lambda v: v.post(v.review, 5)),
    (refused.ReviewMoved, lambda v: v.post(v.posted, 6)),
    (refused.ReasonMissing, lambda v: v.do(actions.call_off_review, review=v.review, reason="")),
    (refused.ReviewMoved, lambda v: v.do(actions.call_off_review, review=v.posted, reason="错")),
]  # fmt: skip

GOODS: list[Case] = [
    (goods.GoodStands, lambda v: v.add(name=v.good.name)),
    (goods.GoodNameMissing, lambda v: v.add(name=" ")),
    (goods.GoodIsARight, lambda v: v.add(name="抵扣罚款十元")),
    (goods.PriceOutside, lambda v: v.add(price=0)),
    (goods.PriceOutside, lambda v: v.add(price=100_001)),
    (goods.GoodStands, lambda v: v.do(actions.change_good, good=v.add()(), name=v.good.name, unit="", price=1)),
    (goods.GoodIsARight, lambda v: v.do(actions.change_good, good=v.good, name="低保证明", unit="", price=1)),
    (goods.GoodEnded, lambda v: v.do(actions.change_good, good=v.gone_good(), name="毛巾", unit="", price=1)),
    (goods.GoodEnded, lambda v: v.do(actions.end_good, good=v.gone_good())),
    (goods.GoodStanding, lambda v: v.do(actions.restore_good, good=v.good)),
    (goods.StockKindUnknown, lambda v: v.move(kind="given")),
    (goods.StockKindUnknown, lambda v: v.move(kind="put_back")),
    (goods.StockKindUnknown, lambda v: v.move(kind="")),
    (goods.QuantityOutside, lambda v: v.move(quantity=0)),
    (goods.QuantityOutside, lambda v: v.move(quantity=-3)),
    (goods.QuantityOutside, lambda v: v.move(kind="counted", quantity=-1)),
    (goods.QuantityOutside, lambda v: v.move(quantity=100_001)),
    (goods.StockShort, lambda v: v.move(kind="spoiled", quantity=11)),
    (goods.CountedSame, lambda v: v.move(kind="counted", quantity=10)),
    (goods.DonorForeign, lambda v: v.move(donor=v.cast.firm)),
    (refused.DocumentMissing, lambda v: v.move(document=" ")),
    (refused.FutureDay, lambda v: v.move(on=TODAY + DAY)),
    (goods.GoodEnded, lambda v: v.move(good=v.gone_good())),
]  # fmt: skip

DAYS: list[Case] = [
    (goods.DayStands, lambda v: v.do(actions.open_day, scheme=v.day.scheme, on=TODAY)),
    (goods.DayTooFar, lambda v: v.do(actions.open_day, scheme=v.scheme, on=TODAY + 61 * DAY)),
    (refused.DayBefore, lambda v: v.do(actions.open_day, scheme=v.scheme, on=TODAY - DAY)),
    (refused.NotItsMeeting, lambda v: v.do(actions.open_day, scheme=v.scheme, on=TODAY, meeting=v.foreign)),
    (goods.DayNotOfMeeting, lambda v: v.do(actions.open_day, scheme=v.scheme, on=TODAY, meeting=v.own_meeting)),
    (goods.DayNotYet, lambda v: v.do(actions.close_day, day=work.exchange_day(v.cast, v.scheme, on=TODAY + DAY))),
    (goods.DayMoved, lambda v: v.do(actions.close_day, day=v.over())),
    (goods.DayMoved, lambda v: v.do(actions.reopen_day, day=v.day)),
    (goods.DayUsed, lambda v: v.do(actions.call_off_day, day=v.bought.day, reason="下雨")),
    (refused.ReasonMissing, lambda v: v.do(actions.call_off_day, day=v.day, reason="")),
    (goods.DayMoved, lambda v: v.do(actions.call_off_day, day=v.over(), reason="下雨")),
    (goods.BalanceShort, lambda v: v.buy()),
    (
        goods.BalanceShort,
        lambda v: v.buy(account=v.bought.account, quantity=1, good=work.good(v.cast, v.scheme, name="被子", price=97)),
    ),
    (goods.StockShort, lambda v: v.buy(account=v.bought.account, quantity=10)),
    (goods.QuantityOutside, lambda v: v.buy(quantity=0)),
    (goods.QuantityOutside, lambda v: v.buy(quantity=-1)),
    (goods.DayNotYet, lambda v: v.buy(day=work.exchange_day(v.cast, v.scheme, on=TODAY + DAY))),
    (goods.DayMoved, lambda v: v.buy(day=v.over())),
    (refused.AccountClosed, lambda v: v.buy(account=v.closed())),
    (goods.GoodEnded, lambda v: v.buy(good=v.gone_good())),
    (refused.ReasonMissing, lambda v: v.do(actions.give_back, exchange=v.bought, reason="")),
    (
        goods.GivenBack,
        lambda v: v.do(actions.give_back, exchange=v.given_back(), reason="坏的"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    "cases",
    [SCHEMES, ACCOUNTS, CLAIMS, REVIEWS, GOODS, DAYS],
    ids=["scheme", "account", "claim", "review", "good", "day"],
)
def test_what_is_refused_leaves_no_trace(cast: Cast, cases: list[Case]) -> None:
    for number, (refusal, case) in enumerate(cases):
        references.clear()
        try:
            with transaction.atomic():
                act = case(Village(cast))
                with work.nothing_written(cast, refusal):
                    act()
                transaction.set_rollback(True)
        except BaseException as error:
            error.add_note(f"case {number}: {refusal.__name__}")
            raise


def test_an_edition_is_withdrawn_once(cast: Cast) -> None:
    made = work.edition(cast, work.scheme(cast))
    actions.withdraw_edition(actor=cast.actor("village"), edition=made, now=NOW)
    with work.nothing_written(cast, refused.EditionWithdrawn):
        actions.withdraw_edition(actor=cast.actor("village"), edition=made, now=NOW)


def test_every_refusal_is_tried_somewhere() -> None:
    told = "".join(one.read_text() for one in Path(__file__).parent.glob("test_*.py"))
    for module in (refused, goods):
        names = [one for one, kind in vars(module).items() if isinstance(kind, type) and issubclass(kind, Refused)]
        assert not [one for one in names if one != "Refused" and f".{one}" not in told]
