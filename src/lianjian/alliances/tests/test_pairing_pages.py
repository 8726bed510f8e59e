"""Pages of pairing: forms open, lists filter and export, what another town sees, the interface and the figures."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from lianjian.alliances import actions, figures
from lianjian.alliances.models import Contribution, PairAction, Pairing, Programme
from lianjian.alliances.queries import programme_page
from lianjian.alliances.rules import UnknownTerm
from lianjian.alliances.rules import pairing as rules
from lianjian.directory import actions as directory
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, SINCE, TODAY, Cast


def paired(cast: Cast) -> Pairing:
    """The firm and the village of the town in a pair since today."""
    clerk = cast.actor("clerk")
    held = actions.open_programme(
        actor=clerk, organization=cast.town_root, name="企村共建", kind="企村共建", shape="one_to_one", since=SINCE, now=NOW
    )
    for side, body in (("giver", cast.firm), ("receiver", cast.village)):
        actions.enrol(actor=clerk, programme=held, organizations=[body], side=side, now=NOW)
    proposal = actions.propose(actor=clerk, programme=held, now=NOW)
    [pair] = actions.confirm_proposal(actor=clerk, proposal=proposal, since=TODAY, now=NOW)
    return pair


def test_every_page_opens_in_both_languages(cast: Cast) -> None:
    pair = paired(cast)
    clerk = cast.client("clerk")
    key = {"key": pair.programme.key}
    pages = [reverse(f"alliances:{name}") for name in ("programmes", "open_programme", "sides", "facts", "state_fact", "pairings", "contributions")]
    pages += [
        reverse(f"alliances:{name}", kwargs=key)
        for name in ("programme", "change_programme", "weighing", "close_programme", "enrol", "rules")
    ]
    for language in ("zh-hans", "en"):
        clerk.cookies["language"] = language
        for one in pages:
            assert clerk.get(one).status_code == 200, one
    shown = clerk.get(reverse("alliances:open_programme")).content.decode()
    assert "Sign one agreement, Both sides, 1, 30" in shown
    listed = clerk.get(reverse("alliances:pairings") + "?q=晨光&actions=missing&kind=企村共建").content.decode()
    assert cast.village.name in listed
    assert cast.village.name not in clerk.get(reverse("alliances:pairings") + "?actions=all").content.decode()
    body = clerk.get(reverse("directory:organization", kwargs={"key": cast.village.key})).content.decode()
    assert reverse("alliances:pairing", kwargs={"key": pair.key}) in body


def test_the_office_decides_weights_and_words(cast: Cast) -> None:
    pair = paired(cast)
    clerk, url = cast.client("clerk"), reverse("alliances:weighing", kwargs={"key": pair.programme.key})
    sent = {
        "industry": "40", "place": "30", "market": "20", "economy": "10", "far_km": "25", "yuan_full": "100000",
        "jobs_full": "5", "chains": "01-13\n20 - 21", "weak_first": "on", "weak_below": "50000",
    }  # fmt: skip
    assert clerk.post(url, {**sent, "economy": "20"}).status_code == 422
    assert clerk.post(url, {**sent, "chains": "01-99"}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    cast.actor("clerk")
    held = Programme.objects.get()
    assert (held.weights, held.chains, held.weak_first) == ([40, 30, 20, 10], [["01", "13"], ["20", "21"]], True)
    change = reverse("alliances:change_programme", kwargs={"key": held.key})
    base = {"name": "企村共建", "kind": "企村共建", "capacity": "1", "since": "2024-01-01"}
    for wrong in ("", "签协议,双方,1", "签协议,大家,1,30", "签协议,双方,0,30", "签协议,双方,1,30\n签协议,双方,1,x"):
        assert clerk.post(change, {**base, "actions": wrong}).status_code == 422, wrong
    assert clerk.post(change, {**base, "actions": "签协议,双方,1,30"}).status_code == 303
    held.refresh_from_db()
    assert [one["code"] for one in held.actions] == ["own1"] and pair.actions.count() == 6
    end = reverse("alliances:close_programme", kwargs={"key": held.key})
    assert clerk.post(end, {"on": "2026-03-09"}).status_code == 422  # a pair still stands
    wrong = {"side": "giver", "names": f"没有这家\n{cast.second_firm.name}", "consent": "unknown"}
    answer = clerk.post(reverse("alliances:enrol", kwargs={"key": held.key}), wrong)
    assert answer.status_code == 422 and "没有这家" in answer.content.decode()


def test_another_town_reads_the_pair_and_nothing_of_its_business(cast: Cast) -> None:
    pair = paired(cast)
    actions.contribute(
        actor=cast.actor("clerk"), pairing=pair, side="giver", amount=Decimal(31_337), on=TODAY, source="企业自有资金", note="回单", now=NOW
    )
    page, given = reverse("alliances:pairing", kwargs={"key": pair.key}), reverse("alliances:contributions")
    assert "31,337" in cast.client("clerk").get(given).content.decode()
    assert "31,337" not in cast.client("other_clerk").get(given).content.decode()
    assert "—" in cast.client("other_clerk").get(reverse("alliances:pairings")).content.decode()
    assert cast.village.name not in cast.client("other_clerk").get(reverse("alliances:pairings") + "?actions=all").content.decode()
    assert "31,337" in cast.client("clerk").get(page).content.decode()
    other = cast.client("other_clerk").get(page).content.decode()
    assert "31,337" not in other and "只有主管部门和结对双方看得到" in other
    for name in ("end_pairing", "set_duties", "contribute", "measure"):
        assert cast.client("other_clerk").get(reverse(f"alliances:{name}", kwargs={"key": pair.key})).status_code == 404
    assert "31,337" not in cast.client("other_contact").get(page).content.decode()


def test_the_interface_and_the_figures(cast: Cast) -> None:
    pair = paired(cast)
    clerk = cast.client("clerk")
    [listed] = clerk.get("/api/v1/alliances/pairs").json()["pairs"]
    assert (listed["giver_name"], listed["receiver_name"]) == (cast.firm.name, cast.village.name)
    assert clerk.get("/api/v1/alliances/pairs?day=2020-01-01").json()["pairs"] == []
    [programme] = clerk.get("/api/v1/alliances/programmes?kind=企村共建").json()["programmes"]
    assert programme["key"] == str(pair.programme.key)
    for action in pair.actions.all():
        for _time in range(action.times):
            actions.record_action(actor=cast.actor("clerk"), action=action, on=TODAY, now=NOW)
    given = actions.contribute(
        actor=cast.actor("clerk"), pairing=pair, side="giver", amount=Decimal(500), on=TODAY, source="企业自有资金", note="回单", now=NOW
    )
    wrong = actions.contribute(
        actor=cast.actor("clerk"), pairing=pair, side="giver", amount=Decimal(9), on=TODAY, source="企业自有资金", note="回单", now=NOW
    )
    actions.strike_contribution(actor=cast.actor("clerk"), given=wrong, reason="记重", now=NOW)
    actor, asked = cast.actor("clerk"), Scoped((cast.town.pk,), TODAY, TODAY)
    known = {one.code: one for one in figures.INDICATORS}
    counted = {
        code: known[f"alliances.{code}"].rows(actor, asked).count()
        for code in ("pairs", "pair_firms", "pair_villages", "pair_complete", "finance_pairs")
    }
    assert counted == {"pairs": 1, "pair_firms": 1, "pair_villages": 1, "pair_complete": 1, "finance_pairs": 0}
    assert list(known["alliances.pair_money"].rows(actor, asked)) == [given]
    apart = clerk.get(reverse("insight:figure", kwargs={"code": "alliances.pairs"})).content.decode()
    assert "按结对方领域" in apart and "企业(没有登记所有制)" in apart and "村(社区)" in apart
    directory.set_profile(actor=cast.actor("clerk"), organization=cast.firm, ownership="state", now=NOW)
    again = clerk.get(reverse("insight:figure", kwargs={"code": "alliances.pairs"}), {"part": "state_firm"})
    assert cast.village.name in again.content.decode()
    for code in known:
        assert clerk.get(reverse("insight:figure", kwargs={"code": code})).status_code == 200


def test_progress_is_told_to_the_office_and_the_two_sides_alone(cast: Cast) -> None:
    pair = paired(cast)
    listed = reverse("alliances:pairings")
    for who, told in (("clerk", True), ("contact", True), ("village", True), ("other_contact", False), ("other_clerk", False)):
        client = cast.client(who)
        assert ("0 / 6" in client.get(listed).content.decode()) == told, who
        assert (cast.village.name in client.get(f"{listed}?actions=missing").content.decode()) == told, who
        page = client.get(reverse("alliances:pairing", kwargs={"key": pair.key})).content.decode()
        assert ("资金合计" in page) == told, who


def test_a_side_tells_its_own_actions_and_a_pair_ends_on_the_day(cast: Cast) -> None:
    pair = paired(cast)
    action = pair.actions.order_by("number")[0]
    PairAction.objects.filter(pk=action.pk).update(sides="receiver")
    action.refresh_from_db()
    with pytest.raises(Denied):
        actions.record_action(actor=cast.actor("contact"), action=action, on=TODAY, now=NOW)
    actions.record_action(actor=cast.actor("village"), action=action, on=TODAY, now=NOW)
    with pytest.raises(rules.EndsLater):
        actions.end_pairing(
            actor=cast.actor("clerk"), pairing=pair, until=TODAY + timedelta(days=30), reason="调整", now=NOW
        )
    pair.refresh_from_db()
    assert pair.until is None


def test_money_is_told_apart_by_source(cast: Cast) -> None:
    pair = paired(cast)
    held = pair.programme
    for source, amount in (("社会资本", 3_000), ("银行信贷", 2_000), ("社会资本", 500)):
        actions.contribute(
            actor=cast.actor("clerk"), pairing=pair, side="giver", amount=Decimal(amount), on=TODAY, source=source,
            note="回单", now=NOW,
        )  # fmt: skip
    with pytest.raises(UnknownTerm):
        actions.contribute(
            actor=cast.actor("clerk"), pairing=pair, side="giver", amount=Decimal(1), on=TODAY, source="天上掉的", note="x", now=NOW
        )
    actions.add_term(actor=cast.actor("clerk"), list_code="fund", name="乡贤捐资", now=NOW)
    old = actions.contribute(
        actor=cast.actor("clerk"), pairing=pair, side="receiver", amount=Decimal(70), on=TODAY, source="乡贤捐资", note="旧账", now=NOW
    )
    asked, clerk = Scoped((cast.town.pk,), TODAY, TODAY), cast.actor("clerk")
    sums = {
        item.code: sum(row.amount for row in item.rows(clerk, asked))
        for item in figures.INDICATORS
        if item.code in ("alliances.pair_money", "alliances.social_capital", "alliances.credit")
    }
    assert sums == {"alliances.pair_money": 5_570, "alliances.social_capital": 3_500, "alliances.credit": 2_000}
    Contribution.objects.filter(pk=old.pk).update(source="")  # as a row older than the list
    page = programme_page(cast.actor("clerk"), held)
    assert {words: amount for words, amount, _url in page.sources_money} == {"社会资本": 3_500, "银行信贷": 2_000, "未注明": 70}
    browser = cast.client("clerk")
    for words, _amount, url in page.sources_money:
        rows = browser.get(url).content.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0]
        assert rows.count("<tr") == {"社会资本": 2, "银行信贷": 1, "未注明": 1}[words], words
    assert "旧账" in browser.get(f"{reverse('alliances:contributions')}?source=-").content.decode()
    figure = browser.get("/figures/alliances.pair_money/?part=银行信贷").content.decode()
    assert "社会资本" in figure and "2,000" in figure
    form = browser.get(reverse("alliances:contribute", kwargs={"key": pair.key})).content.decode()
    assert "帮扶队资金" in form and "乡贤捐资" in form
