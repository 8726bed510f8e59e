"""What a pairing must keep: what was shown is what is decided, nobody is promised what cannot be, mistakes are struck."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.urls import reverse

from lianjian.alliances import actions
from lianjian.alliances.models import Pairing, PairMeasure, Programme, ProgrammeSide
from lianjian.alliances.planning import Wish, plan
from lianjian.alliances.queries import programme_page
from lianjian.alliances.rules import pairing as rules
from lianjian.directory.actions.merging import merge_organizations
from lianjian.foundation.solver import TooLarge
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, TODAY, Cast

from .test_pairing import bodies, decide, enrol, fact, pairs, programme, propose, small

__all__ = ["small"]
DAY = timedelta(days=1)


def confirmed(cast: Cast) -> tuple[Programme, Pairing]:
    held = programme(cast)
    enrol(cast, held, "giver", [cast.firm])
    enrol(cast, held, "receiver", [cast.village])
    [pair] = actions.confirm_proposal(
        actor=cast.actor("clerk"), proposal=propose(cast, held), since=SINCE, now=NOW
    )
    return held, pair


def test_a_decision_that_became_barred_can_be_taken_back(cast: Cast, small: Any) -> None:
    held, firms, villages = small
    proposal = propose(cast, held)
    pair = proposal.pairs.order_by("pk").first()
    decide(cast, pair, "accepted")
    rule = {"giver": pair.giver, "receiver": pair.receiver, "kind": "never", "reason": "有纠纷"}
    actions.set_rule(actor=cast.actor("clerk"), programme=held, now=NOW, **rule)
    with pytest.raises(rules.Contradictory):
        propose(cast, held)
    answer = cast.client("clerk").post(
        reverse("alliances:reopen_pair", kwargs={"key": pair.key}), {"shown": str(pair.giver.key)}
    )
    assert answer.status_code == 303
    made = propose(cast, held)
    assert pairs(made)[pair.receiver.name] != pair.giver.name and len(pairs(made)) == 6


def test_what_was_shown_is_what_is_decided(cast: Cast, small: Any) -> None:
    held, _firms, _villages = small
    clerk = cast.client("clerk")
    proposal = propose(cast, held)
    one = proposal.pairs.order_by("pk").first()
    page = clerk.get(reverse("alliances:proposal", kwargs={"key": proposal.key})).content.decode()
    assert f'name="shown" value="{one.giver.key}"' in page
    confirm = reverse("alliances:confirm", kwargs={"key": proposal.key})
    mark = actions.pairs_mark(proposal.pairs.select_related("giver", "receiver"))
    assert mark in clerk.get(confirm).content.decode()
    was = one.giver
    cast.actor("clerk")
    other = next(row for row in proposal.pairs.order_by("pk") if row.giver != was)
    decide(cast, one, "changed", giver=other.giver, reason="更合适")  # in another window
    for name, sent in (
        ("accept", {}),
        ("refuse", {"reason": "不合适"}),
        ("change", {"reason": "想换", "giver": str(was.key)}),
    ):
        url = reverse(f"alliances:{name}_pair", kwargs={"key": one.key})
        answer = clerk.post(url, {**sent, "shown": str(was.key)})
        assert answer.status_code == (409 if name == "accept" else 422), name
        assert "现在是" in answer.content.decode(), name
    answer = clerk.post(confirm, {"since": str(TODAY), "shown": mark})
    assert answer.status_code == 422 and "有了变化" in answer.content.decode()
    assert f'value="{mark}"' not in answer.content.decode()  # what it shows now goes along when it is sent again
    cast.actor("clerk")
    assert not Pairing.objects.exists()
    url = reverse("alliances:refuse_pair", kwargs={"key": one.key})
    answer = clerk.post(url, {"reason": "两家有过纠纷", "shown": str(was.key)}).content.decode()
    assert "两家有过纠纷" in answer and f'name="shown" value="{was.key}"' not in answer
    cast.actor("clerk")
    one.refresh_from_db()
    assert f'value="{one.giver.key if one.giver else "-"}"' in answer and str(one.giver or "没有推荐") in answer
    url = reverse("alliances:refuse_pair", kwargs={"key": other.key})
    cast.actor("clerk")
    other.refresh_from_db()
    shown = str(other.giver.key) if other.giver else "-"
    assert f'value="{shown}"' in clerk.get(url).content.decode()
    assert clerk.post(url, {"reason": "不合适", "shown": shown}).status_code == 303


def test_the_pair_is_read_again_after_the_lock(cast: Cast, small: Any) -> None:
    held, _firms, _villages = small
    proposal = propose(cast, held)
    stale = proposal.pairs.order_by("pk").first()
    decide(cast, proposal.pairs.get(pk=stale.pk), "refused", reason="x")
    decide(cast, proposal.pairs.get(pk=stale.pk), "open")  # the refused row is gone
    with pytest.raises(rules.PairMoved):
        decide(cast, stale, "accepted")


def test_decided_pairs_have_the_points_of_the_new_proposal(cast: Cast, small: Any) -> None:
    held, _firms, _villages = small
    pair = propose(cast, held).pairs.order_by("pk").first()
    decide(cast, pair, "accepted")
    for body in (pair.giver, pair.receiver):
        fact(cast, body, "market", text="省城")
    again = propose(cast, held).pairs.get(receiver=pair.receiver)
    assert (again.decision, pair.market, again.market) == ("accepted", None, 1000)


def test_greedy_is_held_against_the_same_musts_and_number_of_pairs() -> None:
    # Taking 9 first leaves the second receiver nobody: one pair, and more points than both pairs together.
    gains = np.array([[9, 1], [1, 0]], np.int64)
    barred = np.array([[False, False], [False, True]])
    found = plan(Wish(["f0", "f1"], [1, 1], ["v0", "v1"], gains, barred))
    assert (len(found.pairs), found.total, found.greedy, found.greedy_pairs) == (2, 2, 9, 1)
    clear = np.zeros((2, 2), bool)
    must = plan(Wish(["f0", "f1"], [1, 1], ["v0", "v1"], gains, clear, must={"v1": "f0"}))
    assert (must.total, must.greedy, must.greedy_pairs) == (2, 2, 2)


def test_the_bound_is_said_to_hold_under_the_decisions(cast: Cast, small: Any) -> None:
    held, _firms, _villages = small
    proposal = propose(cast, held)
    url = reverse("alliances:proposal", kwargs={"key": proposal.key})
    assert "理论上限" in cast.client("clerk").get(url).content.decode()
    cast.actor("clerk")
    decide(cast, proposal.pairs.first(), "accepted")
    shown = cast.client("clerk").get(url).content.decode()
    assert "在已作决定之下的上限" in shown and "理论上限" not in shown


def test_room_beyond_the_receivers_is_no_place() -> None:
    many = plan(
        Wish(
            ["f0"] + [f"f{n}" for n in range(1, 200)],
            [500] * 200,
            ["v0", "v1"],
            np.ones((200, 2), np.int64),
            np.zeros((200, 2), bool),
        )
    )
    assert len(many.pairs) == 2 and many._gains.table.shape == (200, 2)
    assert many.others("v0") and not many.others("v0")[0].fewer
    size = 3_000  # one place of each more would be 45 million places: rooms are taken whole then
    wide = plan(
        Wish(
            [f"f{n}" for n in range(5)],
            [size] * 5,
            [f"v{n}" for n in range(size)],
            np.ones((5, size), np.int64),
            np.zeros((5, size), bool),
        )
    )
    assert len(wide.pairs) == size and wide.gap == 0
    with pytest.raises(TooLarge):
        count = 2_900
        shut = np.zeros((count, count), bool)
        names = [f"f{n}" for n in range(count)], [f"v{n}" for n in range(count)]
        plan(Wish(names[0], [3] * count, names[1], shut.astype(np.int64), shut))


def test_sums_that_one_may_not_see_are_not_shown_as_0(cast: Cast) -> None:
    held, pair = confirmed(cast)
    given = {"side": "giver", "on": SINCE, "source": "社会资本", "note": "回单", "amount": Decimal(500)}
    actions.contribute(actor=cast.actor("clerk"), pairing=pair, now=NOW, **given)
    assert programme_page(cast.actor("clerk"), held).money == 500
    for who in ("other_contact", "contact"):  # another town's; one side, which sees its own pair alone
        shown = programme_page(cast.actor(who), held)
        assert shown.money is None and not shown.givers_money
        page = cast.client(who).get(reverse("alliances:programme", kwargs={"key": held.key})).content.decode()
        assert "只有主管部门看得到合计" in page
    assert (
        "规定动作只有主管部门"
        in cast.client("other_contact")
        .get(reverse("alliances:programme", kwargs={"key": held.key}))
        .content.decode()
    )


def test_before_and_after_are_by_the_day_of_the_pair_and_mistakes_are_struck(cast: Cast) -> None:
    _held, pair = confirmed(cast)

    def measured(value: int, day: date) -> PairMeasure:
        given = {"kind": "income", "value": Decimal(value), "day": day, "source": "账"}
        return actions.measure(actor=cast.actor("clerk"), pairing=pair, now=NOW, **given)

    page = reverse("alliances:pairing", kwargs={"key": pair.key})
    measured(10, pair.since - 2 * DAY)
    measured(20, pair.since - DAY)  # two before make no after
    assert "→" not in cast.client("clerk").get(page).content.decode()
    cast.actor("clerk")
    wrong = measured(999, TODAY)
    assert "20 → 999 元" in cast.client("clerk").get(page).content.decode()
    url = reverse("alliances:strike_measure", kwargs={"key": wrong.key})
    assert cast.client("contact").post(url, {"reason": "x"}).status_code == 403
    assert cast.client("clerk").post(url, {"reason": ""}).status_code == 422
    assert cast.client("clerk").post(url, {"reason": "记错"}).status_code == 303
    cast.actor("clerk")
    measured(30, TODAY)  # the day is free again
    shown = cast.client("clerk").get(page).content.decode()
    assert "20 → 30 元" in shown and "<s>999 元</s>" in shown and "记错" in shown
    wrong.refresh_from_db()
    with pytest.raises(rules.Struck):
        actions.strike_measure(actor=cast.actor("clerk"), measured=wrong, reason="x", now=NOW)


def test_nothing_given_is_said_so(cast: Cast) -> None:
    _held, pair = confirmed(cast)
    for wrong in ({"amount": Decimal(0)}, {"what": "化肥", "quantity": Decimal(0), "unit": "吨"}):
        with pytest.raises(rules.NothingGiven, match="必须大于0"):
            actions.contribute(
                actor=cast.actor("clerk"), pairing=pair, side="giver", on=SINCE, source="其他来源", note="x", now=NOW, **wrong
            )
    sent = {"side": "giver", "on": str(SINCE), "source": "社会资本", "note": "x", "amount": "0"}
    answer = cast.client("clerk").post(reverse("alliances:contribute", kwargs={"key": pair.key}), sent)
    assert answer.status_code == 422 and "必须大于0" in answer.content.decode()


def test_two_bodies_of_one_programme_are_not_merged(cast: Cast, small: Any) -> None:
    held, firms, _villages = small

    def merge() -> None:
        merge_organizations(actor=cast.actor("clerk"), winner=firms[0], loser=firms[1], now=NOW)

    with pytest.raises(rules.PairedTogether, match=held.name):
        merge()
    side = held.sides.get(organization=firms[1])
    actions.withdraw_side(actor=cast.actor("clerk"), side=side, reason="重复登记", now=NOW)
    with pytest.raises(rules.SideGone):  # what another window still shows
        actions.set_side(actor=cast.actor("clerk"), side=side, consent="unknown", now=NOW)
    merge()
    firms[1].refresh_from_db()
    assert firms[1].merged_into_id == firms[0].pk


def test_names_are_whole_in_the_journal(cast: Cast) -> None:
    held = programme(cast)
    many = bodies(cast, "enterprise", "一家名称很长很长很长的农业发展有限公司", 40)
    enrol(cast, held, "giver", many)
    cast.actor("clerk")
    entry = Entry.objects.filter(verb="alliances.enrol").latest("pk")
    told = entry.changes.get(field="giver").after
    assert len(told) > 500 and all(one.name in told for one in many)


def test_the_list_holds_what_its_tile_counts_and_leads_where_one_may_go(cast: Cast, small: Any) -> None:
    held, firms, _villages = small
    side = held.sides.get(organization=firms[0])
    actions.withdraw_side(actor=cast.actor("clerk"), side=side, reason="搬走了", now=NOW)
    word, number, href = programme_page(cast.actor("clerk"), held).sides[0]
    page = cast.client("clerk").get(href).content.decode()
    assert number == 5 and page.count("/alliances/sides/") >= 5 and firms[0].name not in page
    other = ProgrammeSide.objects.filter(programme=held, withdrawn_on__isnull=True, side="giver").first()
    link = reverse("alliances:side", kwargs={"key": other.key})
    assert link in page
    seen = cast.client("contact").get(href).content.decode()
    assert link not in seen and str(other.organization.key) in seen
    propose(cast, held)
    page = (
        cast.client("leader").get(reverse("alliances:programme", kwargs={"key": held.key})).content.decode()
    )
    assert "/alliances/proposals/" not in page
