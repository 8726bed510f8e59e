"""Agreements of several parties: shares make the whole, numbers count once, each is due its part and was paid some."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from lianjian.alliances import actions, figures
from lianjian.alliances.actions import Signer
from lianjian.alliances.models import (
    BenefitAgreement,
    BenefitFigure,
    BenefitItem,
    BenefitPayout,
    BenefitShare,
)
from lianjian.alliances.queries import benefit_page
from lianjian.alliances.rules import benefits as rules
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, SINCE, TODAY, Cast

YEAR = TODAY.year
FARMERS = "柳溪村种植户126户"


def cooperative(cast: Cast) -> Organization:
    return directory.register_organization(
        actor=cast.actor("clerk"), name="柳溪食用菌合作社", classification="cooperative", parent=cast.town_root, now=NOW
    )


def agreement(cast: Cast, *parties: Signer, **more: Any) -> BenefitAgreement:
    """Of town and firm, unless told otherwise."""
    given = {"title": "镇园共建共享协议", "document": "柳政发〔2025〕8号", "signed_on": SINCE, "since": SINCE, "now": NOW, **more}
    signers = parties or (Signer("government", cast.town_root), Signer("firm", cast.second_firm))
    return actions.sign_benefit(actor=cast.actor("clerk"), parties=list(signers), **given)


def four(cast: Cast) -> BenefitAgreement:
    """Checklist 003-06: branch, leading firm, cooperative, farmers."""
    return agreement(
        cast, Signer("village", cast.village), Signer("firm", cast.firm), Signer("cooperative", cooperative(cast)),
        Signer("farmers", group=FARMERS), title="食用菌产业利益联结",
    )  # fmt: skip


def shared(cast: Cast, held: BenefitAgreement, kind: str = "tax", shares: tuple[int, ...] = (6_550, 3_450), **more: Any) -> BenefitItem:
    return actions.share_benefit(
        actor=cast.actor("clerk"), agreement=held, kind=kind, shares=dict(enumerate(shares, 1)), now=NOW, **more
    )


def test_the_parts_always_make_the_number() -> None:
    dice = Random(7)
    for _try in range(2_000):
        value = Decimal(dice.randrange(10**10)) / 100
        cuts = sorted(dice.randrange(10_001) for _cut in range(dice.randrange(1, 8)))
        shares = [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
        parts = rules.split(value, shares)
        assert sum(parts) == value and min(parts) >= 0
        for part, share in zip(parts, shares, strict=True):
            assert abs(part - value * share / 10_000) <= Decimal("0.01")
    assert rules.split(Decimal("0.01"), [5_000, 5_000]) == [Decimal("0.01"), Decimal("0.00")]
    assert rules.split(Decimal("100"), [3_334, 3_333, 3_333]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_four_parties_share_and_are_paid(cast: Cast) -> None:
    """Checklist 003-05..07."""
    held = four(cast)
    with pytest.raises(rules.SharesWrong, match="99.99%"):
        shared(cast, held, "profit", (1_000, 4_500, 1_500, 2_999))
    with pytest.raises(rules.SharesWrong):
        shared(cast, held, "profit", (-1, 5_501, 1_500, 3_000))
    with pytest.raises(rules.SharesMissing):
        shared(cast, held, "profit", (5_000, 5_000))
    item = shared(cast, held, "profit", (1_000, 4_500, 1_500, 3_000))
    jobs = shared(cast, held, "jobs", (0, 10_000, 0, 0))
    clerk = cast.actor("clerk")
    actions.state_benefit(actor=clerk, item=item, year=YEAR - 1, value=Decimal("1000.01"), source="决算", now=NOW)
    farmers = held.parties.get(number=4)
    for amount in ("200.00", "50.50"):
        actions.pay_benefit(
            actor=cast.actor("clerk"), item=item, party=farmers, on=TODAY, amount=Decimal(amount), source="代发回单", now=NOW
        )
    pay: dict[str, Any] = {"item": item, "party": farmers, "on": TODAY, "amount": Decimal(1), "source": "x", "now": NOW}
    for wrong, refusal in (
        ({"on": SINCE - timedelta(days=1)}, rules.PayoutOutside),
        ({"on": TODAY + timedelta(days=1)}, rules.PayoutOutside),
        ({"amount": Decimal(0)}, rules.NothingPaid),
        ({"item": jobs}, rules.NotMoney),
        ({"party": agreement(cast).parties.get(number=1)}, rules.NoParty),
    ):
        with pytest.raises(refusal):
            actions.pay_benefit(actor=cast.actor("clerk"), **{**pay, **wrong})
    shown, _jobs = benefit_page(cast.actor("clerk"), held, TODAY).items
    assert [(part.name, part.share, part.due, part.paid) for part in shown.parts] == [
        (cast.village.name, "10%", Decimal("100.00"), 0),
        (cast.firm.name, "45%", Decimal("450.01"), 0),
        ("柳溪食用菌合作社", "15%", Decimal("150.00"), 0),
        (FARMERS, "30%", Decimal("300.00"), Decimal("250.50")),
    ]
    assert shown.parts[3].left == Decimal("49.50") and _jobs.parts[0].paid is None and _jobs.pay_url == ""
    actions.strike_payout(
        actor=cast.actor("clerk"), payout=BenefitPayout.objects.get(amount=200), reason="记错了", now=NOW
    )
    with pytest.raises(rules.PayoutStruck):
        actions.strike_payout(
            actor=cast.actor("clerk"), payout=BenefitPayout.objects.get(amount=200), reason="再", now=NOW
        )
    assert benefit_page(cast.actor("clerk"), held, TODAY).items[0].parts[3].paid == Decimal("50.50")
    [paid] = [one for one in figures.INDICATORS if one.code == "alliances.paid_out"]
    assert sum(row.amount for row in paid.rows(cast.actor("clerk"), Scoped((cast.town.pk,), TODAY, TODAY))) == Decimal("50.50")


def test_who_can_be_a_party(cast: Cast) -> None:
    village, firm = Signer("village", cast.village), Signer("firm", cast.firm)
    for wrong, refusal in (
        ((village,), rules.TooFewParties),
        ((village, Signer("village", cast.village)), rules.SameBody),
        ((village, Signer("firm", group="某公司")), rules.PartyUnclear),
        ((village, Signer("farmers", cast.firm, "又选又写")), rules.PartyUnclear),
        ((village, Signer("farmers")), rules.PartyUnclear),
        ((Signer("farmers", group="一组"), Signer("farmers", group="二组")), rules.NobodyOfRecord),
        (tuple(Signer("farmers", group=f"{n}组") for n in range(9)), rules.TooFewParties),
    ):
        with pytest.raises(refusal):
            agreement(cast, *wrong)
    with pytest.raises(rules.AgreementEnds):
        agreement(cast, village, firm, until=SINCE)
    held = agreement(cast, Signer("farmers", group=FARMERS), firm)
    assert [str(one) for one in held.parties.order_by("number")] == [FARMERS, cast.firm.name]
    with pytest.raises(rules.AgreementExists):
        agreement(cast, village, firm)
    with pytest.raises(rules.WordsMissing):
        shared(cast, held, "other", (5_000, 5_000))
    shared(cast, held, "other", (5_000, 5_000), name="订单收购", unit="吨")
    shared(cast, held, "other", (4_000, 6_000), name="务工天数", unit="天")
    with pytest.raises(rules.KindShared):
        shared(cast, held, "other", (1, 9_999), name="务工天数", unit="天")


def test_the_database_adds_up_the_shares(cast: Cast) -> None:
    held = agreement(cast)
    item = shared(cast, held)
    cast.actor("clerk")
    with pytest.raises(IntegrityError, match="make the whole"), transaction.atomic():
        item.shares.filter(party__number=2).update(points=3_449)
        _at_once()
    with pytest.raises(IntegrityError, match="make the whole"), transaction.atomic():
        BenefitShare.objects.filter(item=item, party__number=1).delete()
        _at_once()
    with pytest.raises(IntegrityError, match="make the whole"), transaction.atomic():
        BenefitItem.objects.create(jurisdiction=cast.town, agreement=held, kind="land")
        _at_once()
    with pytest.raises(IntegrityError, match="party_is_a_body_or_farmers"), transaction.atomic():
        held.parties.create(jurisdiction=cast.town, number=3, side="firm", group="张三")


def _at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_number_is_entered_once_and_counted_once(cast: Cast) -> None:
    """Checklist 001-22: town and park share; the total counts the number, not its parts twice."""
    held = agreement(cast)
    clerk = cast.client("clerk")
    share = reverse("alliances:share_benefit", kwargs={"key": held.key})
    assert clerk.post(share, {"kind": "tax", "share_1": "65.5", "share_2": "34"}).status_code == 422
    assert clerk.post(share, {"kind": "tax", "share_1": "65.5"}).status_code == 422
    assert clerk.post(share, {"kind": "tax", "share_1": "65.5", "share_2": "34.5"}).status_code == 303
    assert clerk.post(share, {"kind": "tax", "share_1": "50", "share_2": "50"}).status_code == 422
    cast.actor("clerk")
    tax = BenefitItem.objects.get()
    url = reverse("alliances:state_benefit", kwargs={"key": tax.key})
    sent = {"year": str(YEAR - 1), "value": "1000000.01", "source": "税务台账"}
    assert clerk.post(url, {**sent, "year": "2020"}).status_code == 422
    assert clerk.post(url, {**sent, "year": str(YEAR + 1)}).status_code == 422
    assert clerk.post(url, {**sent, "correction": "on"}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    assert clerk.post(url, {**sent, "value": "2000000"}).status_code == 422
    assert clerk.post(url, {**sent, "value": "2000000", "correction": "on"}).status_code == 303
    actor = cast.actor("clerk")
    [shown] = benefit_page(actor, held, TODAY).items
    assert [part.share for part in shown.parts] == ["65.5%", "34.5%"]
    [(year, whole, first, second, source)] = shown.years
    assert (year, whole, first, second) == (str(YEAR - 1), 2_000_000, 1_310_000, 690_000)
    assert source == "税务台账(更正前:1,000,000.01)"
    [tax_figure] = [one for one in figures.INDICATORS if one.code == "alliances.shared_tax"]
    scoped = Scoped((cast.town.pk,), date(YEAR - 1, 1, 1), date(YEAR - 1, 12, 31))
    assert sum(row.value for row in tax_figure.rows(actor, scoped)) == 2_000_000
    unfinished = Scoped((cast.town.pk,), date(YEAR - 1, 1, 1), date(YEAR - 1, 12, 30))
    assert not tax_figure.rows(actor, unfinished).exists()
    body = clerk.get(held.get_absolute_url()).content.decode()
    assert "1,310,000" in body and "690,000" in body and "更正前" in body


def test_only_the_place_and_the_parties_see_an_agreement(cast: Cast) -> None:
    held = agreement(cast, Signer("government", cast.town_root), Signer("park", cast.second_firm), Signer("village", cast.village))
    item = shared(cast, held, "profit", (1, 2, 9_997))
    for who in ("other_contact", "village"):
        assert cast.client(who).get(held.get_absolute_url()).status_code == 200
        assert held.title in cast.client(who).get(reverse("alliances:benefits")).content.decode()
    pay = reverse("alliances:pay_benefit", kwargs={"key": item.key})
    for who in ("contact", "handler", "instructor", "other_clerk"):
        assert cast.client(who).get(held.get_absolute_url()).status_code == 404, who
        assert held.title not in cast.client(who).get(reverse("alliances:benefits")).content.decode()
    assert cast.client("other_clerk").post(pay).status_code == 404 and cast.client("village").post(pay).status_code == 403
    with pytest.raises(Denied):
        actions.end_benefit(actor=cast.actor("other_contact"), agreement=held, until=TODAY, reason="到期", now=NOW)


def test_an_ended_agreement_keeps_its_numbers(cast: Cast) -> None:
    held = agreement(cast)
    item = shared(cast, held, "jobs", (5_000, 5_000))
    clerk = cast.actor("clerk")
    actions.state_benefit(actor=clerk, item=item, year=YEAR - 1, value=Decimal(7), source="就业台账", now=NOW)
    with pytest.raises(rules.ReasonMissing):
        actions.end_benefit(actor=clerk, agreement=held, until=TODAY, reason=" ", now=NOW)
    with pytest.raises(rules.AgreementEnds):
        actions.end_benefit(actor=clerk, agreement=held, until=SINCE, reason="重签", now=NOW)
    actions.end_benefit(actor=clerk, agreement=held, until=TODAY, reason="重签", now=NOW)
    with pytest.raises(rules.AgreementOver):
        shared(cast, held, "land")
    assert BenefitFigure.objects.get().value == 7


def test_an_agreement_holds_to_the_day_before_its_last(cast: Cast) -> None:
    held = agreement(cast, until=date(YEAR, 1, 1))
    item = shared(cast, held)
    with pytest.raises(rules.YearOutside):
        actions.state_benefit(actor=cast.actor("clerk"), item=item, year=YEAR, value=Decimal(1), source="", now=NOW)
    actions.state_benefit(actor=cast.actor("clerk"), item=item, year=YEAR - 1, value=Decimal(1), source="", now=NOW)
    agreement(cast, title="长期协议")
    client = cast.client("clerk")
    listed = client.get(reverse("alliances:benefits")).content.decode()
    assert "已到期" in client.get(held.get_absolute_url()).content.decode()
    assert listed.count("已到期") == 1 and "有效" in listed and "已终止" not in listed


def test_two_parties_of_one_agreement_are_not_merged(cast: Cast) -> None:
    held = agreement(cast, Signer("firm", cast.firm), Signer("firm", cast.second_firm))
    with pytest.raises(rules.BothParties, match=held.title):
        directory.merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=cast.second_firm, now=NOW)


def test_sign_pay_and_strike_by_form(cast: Cast) -> None:
    clerk = cast.client("clerk")
    url = reverse("alliances:sign_benefit")
    sent = {
        "title": "村企社农协议", "document": "1号", "signed_on": str(SINCE), "since": str(SINCE),
        "side_1": "village", "organization_1": str(cast.village.key), "side_2": "firm", "organization_2": cast.firm.name,
        "side_3": "farmers", "group_3": FARMERS,
    }  # fmt: skip
    for wrong, words in (
        ({"side_3": ""}, "请选是哪一类"),
        ({"organization_2": ""}, "请选单位"),
        ({"group_3": ""}, "请写明是哪些农户"),
        ({"group_2": "多写的"}, "二者填一个"),
        ({"organization_2": str(cast.village.key)}, "不能有同一个单位"),
        ({"organization_2": "没有的"}, "没有找到"),
    ):
        answer = clerk.post(url, {**sent, **wrong})
        assert answer.status_code == 422 and words in answer.content.decode(), wrong
    assert "第8方" in clerk.get(url + "?parties=8").content.decode() and "side_5" not in clerk.get(url).content.decode()
    away = clerk.post(url, {**sent, "organization_1": str(cast.other_firm.key), "side_1": "firm"})
    assert away.status_code == 422 and "归第一个签订单位所在的地方登记" in away.content.decode()
    wider = clerk.post(url, {**sent, "more": "on"})
    words = wider.content.decode()
    assert wider.status_code == 422 and "第8方" in words and "村企社农协议" in words and FARMERS in words
    assert clerk.post(url, sent).status_code == 303
    cast.actor("clerk")
    held = BenefitAgreement.objects.get()
    share = reverse("alliances:share_benefit", kwargs={"key": held.key})
    assert f"{FARMERS}的比例" in clerk.get(share).content.decode()
    parts = {"kind": "profit", "share_1": "10", "share_2": "50.55", "share_3": "39.45"}
    assert clerk.post(share, {**parts, "share_3": "39"}).status_code == 422
    assert clerk.post(share, parts).status_code == 303
    cast.actor("clerk")
    item = BenefitItem.objects.get()
    assert list(item.shares.order_by("party__number").values_list("points", flat=True)) == [1_000, 5_055, 3_945]
    pay = reverse("alliances:pay_benefit", kwargs={"key": item.key})
    given = {"party": "3", "on": str(TODAY), "amount": "1200.50", "source": "代发回单"}
    assert clerk.post(pay, {**given, "party": "4"}).status_code == 422
    assert clerk.post(pay, {**given, "amount": "0"}).status_code == 422
    assert clerk.post(pay, given).status_code == 303
    cast.actor("clerk")
    strike = reverse("alliances:strike_payout", kwargs={"key": BenefitPayout.objects.get().key})
    shown = clerk.get(held.get_absolute_url()).content.decode()
    assert "1,200.5" in shown and strike in shown and FARMERS in shown
    listed = clerk.get(reverse("alliances:benefits") + "?side=farmers&q=126").content.decode()
    assert f"{cast.village.name}、{cast.firm.name}、{FARMERS}" in listed
    assert clerk.post(strike, {"reason": "记错"}).status_code == 303
    assert clerk.post(strike, {"reason": "再来"}).status_code == 422
    figure = clerk.get("/figures/alliances.paid_out/").content.decode()
    assert "1,200.5" not in figure
