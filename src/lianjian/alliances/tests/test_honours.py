"""Honours as published; one brand a branch; agreements whose shares make the whole and whose numbers count once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.alliances import actions, figures
from lianjian.alliances.models import BenefitAgreement, BenefitFigure, BenefitItem, Brand, Honour
from lianjian.alliances.queries import benefit_page
from lianjian.alliances.rules import honours as rules
from lianjian.alliances.rules import standing
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, SINCE, TODAY, Cast

YEAR = TODAY.year


def agreement(cast: Cast, **more: object) -> BenefitAgreement:
    given = {"title": "镇园共建共享协议", "document": "柳政发〔2025〕8号", "signed_on": SINCE, "since": SINCE, "now": NOW, **more}
    return actions.sign_benefit(
        actor=cast.actor("clerk"), first=cast.town_root, second=cast.second_firm, **given  # type: ignore[arg-type]
    )


def shared(cast: Cast, held: BenefitAgreement, kind: str = "tax", first: int = 6_550) -> BenefitItem:
    return actions.share_benefit(
        actor=cast.actor("clerk"), agreement=held, kind=kind, first_share=first, second_share=10_000 - first, now=NOW
    )


def test_the_two_parts_always_make_the_number() -> None:
    dice = Random(7)
    for _try in range(2_000):
        value, share = Decimal(dice.randrange(10**10)) / 100, dice.randrange(10_001)
        first, second = rules.split(value, share)
        assert first + second == value and first >= 0 and second >= 0
        assert abs(first - value * share / 10_000) <= Decimal("0.005")
    assert rules.split(Decimal("0.01"), 5_000) == (Decimal("0.01"), Decimal("0.00"))


def test_a_number_is_entered_once_and_counted_once(cast: Cast) -> None:
    """Checklist 001-22: town and park share; the total counts the number, not its parts twice."""
    held = agreement(cast)
    clerk = cast.client("clerk")
    share = reverse("alliances:share_benefit", kwargs={"key": held.key})
    assert clerk.post(share, {"kind": "tax", "first_share": "65.5", "second_share": "34"}).status_code == 422
    assert clerk.post(share, {"kind": "tax", "first_share": "65.5", "second_share": "34.5"}).status_code == 303
    assert clerk.post(share, {"kind": "tax", "first_share": "50", "second_share": "50"}).status_code == 422
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
    [shown] = benefit_page(actor, held).items
    assert shown.shares == "65.5% : 34.5%"
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


def test_only_the_place_and_the_two_sides_see_an_agreement(cast: Cast) -> None:
    held = agreement(cast)
    assert cast.client("other_contact").get(held.get_absolute_url()).status_code == 200
    for who in ("contact", "village", "handler", "instructor", "other_clerk"):
        assert cast.client(who).get(held.get_absolute_url()).status_code == 404, who
    with pytest.raises(Denied):
        actions.end_benefit(actor=cast.actor("other_contact"), agreement=held, until=TODAY, reason="到期", now=NOW)
    with pytest.raises(IntegrityError, match="shares_make_the_whole"), transaction.atomic():
        cast.actor("clerk")
        BenefitItem.objects.create(jurisdiction=cast.town, agreement=held, kind="land", first_share=1, second_share=2)


def test_an_ended_agreement_keeps_its_numbers(cast: Cast) -> None:
    held = agreement(cast)
    item = shared(cast, held, "jobs", 5_000)
    clerk = cast.actor("clerk")
    actions.state_benefit(actor=clerk, item=item, year=YEAR - 1, value=Decimal(7), source="就业台账", now=NOW)
    with pytest.raises(rules.ReasonMissing):
        actions.end_benefit(actor=clerk, agreement=held, until=TODAY, reason=" ", now=NOW)
    with pytest.raises(rules.AgreementEnds):
        actions.end_benefit(actor=clerk, agreement=held, until=SINCE, reason="重签", now=NOW)
    actions.end_benefit(actor=clerk, agreement=held, until=TODAY, reason="重签", now=NOW)
    with pytest.raises(rules.AgreementOver):
        shared(cast, held, "land")
    with pytest.raises(rules.SameBody):
        actions.sign_benefit(
            actor=cast.actor("clerk"), first=cast.firm, second=cast.firm, title="一", document="文", signed_on=TODAY,
            since=TODAY, now=NOW,
        )  # fmt: skip
    with pytest.raises(rules.AgreementExists):
        agreement(cast)
    assert BenefitFigure.objects.get().value == 7


def test_honours_as_published(cast: Cast) -> None:
    """Checklist 001-17."""
    clerk = cast.client("clerk")
    url = reverse("alliances:award_honour")
    sent = {
        "organization": str(cast.branch.key), "title": "先进基层党组织", "level": "county", "awarded_by": "中共云岭县委",
        "awarded_on": str(TODAY - timedelta(days=30)), "document": "云委发〔2026〕3号", "person_name": "",
    }  # fmt: skip
    assert clerk.post(url, {**sent, "awarded_on": "2099-01-01"}).status_code == 422
    assert clerk.post(url, {**sent, "document": ""}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    assert clerk.post(url, sent).status_code == 422
    actor = cast.actor("clerk")
    held = Honour.objects.get()
    page = clerk.get(reverse("directory:organization", kwargs={"key": cast.branch.key})).content.decode()
    assert held.get_absolute_url() in page
    assert "先进基层党组织" in cast.client("other_clerk").get(reverse("alliances:honours")).content.decode()
    [given] = [one for one in figures.INDICATORS if one.code == "alliances.honours"]
    scoped = Scoped((cast.town.pk,), date(YEAR, 1, 1), TODAY)
    assert given.rows(actor, scoped).count() == 1
    withdraw = reverse("alliances:withdraw_honour", kwargs={"key": held.key})
    assert cast.client("other_clerk").post(withdraw, {"on": str(TODAY), "reason": "错"}).status_code == 404
    assert clerk.post(withdraw, {"on": "2020-01-01", "reason": "错"}).status_code == 422
    assert clerk.post(withdraw, {"on": str(TODAY), "reason": "登记错了"}).status_code == 303
    actor = cast.actor("clerk")
    assert given.rows(actor, scoped).count() == 0
    before = Scoped((cast.town.pk,), date(YEAR, 1, 1), TODAY - timedelta(days=1))
    assert given.rows(actor, before).count() == 1
    held.refresh_from_db()
    with pytest.raises(rules.HonourWithdrawn):
        actions.withdraw_honour(actor=actor, honour=held, on=TODAY, reason="再撤", now=NOW)


def test_one_brand_a_branch(cast: Cast) -> None:
    """Checklist 004-30: the next brand ends the one before; the database holds one at a time."""
    clerk = cast.actor("clerk")
    actions.set_brand(actor=clerk, organization=cast.branch, name="红色木匠", since=SINCE, now=NOW)
    with pytest.raises(standing.LeavesTooEarly):
        actions.set_brand(actor=clerk, organization=cast.branch, name="匠心先锋", since=SINCE, now=NOW)
    actions.set_brand(actor=clerk, organization=cast.branch, name="匠心先锋", since=TODAY, now=NOW)
    assert list(Brand.objects.order_by("pk").values_list("name", "until")) == [("红色木匠", TODAY), ("匠心先锋", None)]
    with pytest.raises(IntegrityError, match="one_brand_at_a_time"), transaction.atomic():
        Brand.objects.create(jurisdiction=cast.town, organization=cast.branch, name="第二个", since=TODAY)
    listed = cast.client("clerk").get(reverse("alliances:brands") + "?used=now").content.decode()
    assert "匠心先锋" in listed and "红色木匠" not in listed
