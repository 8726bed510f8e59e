"""Cases nobody has signed for are proposed to another team, by what it knows, where it works and how busy it is."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.urls import reverse

from lianjian.cases import actions
from lianjian.cases.models import Case
from lianjian.cases.queries import suggestions
from lianjian.cases.queries.balance import adjustments
from lianjian.cases.rules.balance import terms
from lianjian.cases.tests.walk import register
from lianjian.directory.actions import found_team
from lianjian.foundation.replan import replan
from tests.cast import NOW, Cast


def team(cast: Cast, name: str, subjects: list[str], villages: list[Any] | None = None, unit: Any = None) -> Any:
    return found_team(
        actor=cast.actor("clerk"),
        name=name,
        organization=unit or cast.office,
        leader=cast.people["handler"],
        subjects=subjects,
        villages=villages or [],
        now=NOW,
    )


def sent(cast: Cast, to: Any, count: int, **more: Any) -> list[Case]:
    found = []
    for _case in range(count):
        case = register(cast, kind="village_need", organization=None, village=cast.village, **more)
        actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=to.organization, team=to, now=NOW)
        found.append(case)
    return found


def proposed(cast: Cast, who: str = "clerk") -> list[tuple[str, str]]:
    actor = cast.actor(who)
    return [(one.old.name, one.new.name) for one in adjustments(actor, actor.jurisdiction_id).lines]


def test_the_load_is_shared_and_a_person_decides(cast: Cast) -> None:
    busy, idle = team(cast, "甲团", ["approval"]), team(cast, "乙团", ["approval"])
    team(cast, "外行团", ["schooling"])
    cases = sent(cast, busy, 6)
    # Moving k of six saves 50 * (5 + 3 + 1 ...) less 100 each: two moves pay, the third would not.
    assert proposed(cast) == [("甲团", "乙团")] * 2
    clerk = cast.client("clerk")
    shown = clerk.get(reverse("cases:adjust")).content.decode()
    assert "乙团同样合适" in shown and "在办 0 件,原团队 6 件" in shown and "看了 6 件待签收的诉求" in shown
    actor = cast.actor("clerk")
    first = adjustments(actor, actor.jurisdiction_id).lines[0].case
    address = reverse("cases:accept_adjustment", kwargs={"key": first.key})
    assert clerk.post(address, {"team": str(busy.key)}).status_code == 409
    assert clerk.post(address, {"team": str(idle.key)}).status_code == 303
    cast.actor("clerk")
    first.refresh_from_db()
    assert (first.team, first.handler, first.state) == (idle, cast.office, "dispatched")
    event = first.events.order_by("-id")[0]
    assert event.move == "redispatch" and "乙团同样合适" in event.reason
    assert proposed(cast) == [("甲团", "乙团")]
    # Accepted once more from an old page: it is no proposal any more.
    assert clerk.post(address, {"team": str(idle.key)}).status_code == 409
    cast.actor("clerk")
    assert {case.team_id for case in Case.objects.filter(pk__in=[case.pk for case in cases])} == {busy.pk, idle.pk}


def test_a_case_that_was_moved_or_signed_for_stays(cast: Cast) -> None:
    busy, idle = team(cast, "甲团", ["approval"]), team(cast, "乙团", ["approval"])
    cases = sent(cast, busy, 6)
    for case in cases[:5]:
        actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW)
    assert proposed(cast) == [("甲团", "乙团")]
    actions.dispatch_case(
        actor=cast.actor("clerk"), case=cases[5], handler=cast.office, team=idle, reason="团长请假", now=NOW
    )
    extra = sent(cast, idle, 1)
    actions.sign_case(actor=cast.actor("handler"), case=extra[0], now=NOW)
    assert proposed(cast) == []


def test_what_a_team_knows_and_where_it_works_outweighs_a_little_load(cast: Cast) -> None:
    wide, near = team(cast, "全镇团", ["approval"]), team(cast, "本村团", ["approval.environment"], [cast.village])
    sent(cast, wide, 1)
    assert proposed(cast) == [("全镇团", "本村团")]
    sent(cast, near, 3)
    told = register(cast, kind="village_need", organization=None, village=cast.village)
    assert [one.team for one in suggestions(told)][:2] == [near, wide]
    # It is 400 ahead, that is eight cases, and the other one has one in hand: with ten it no longer goes first.
    sent(cast, near, 5)
    assert [one.team for one in suggestions(told)][:2] == [near, wide]
    sent(cast, near, 2)
    assert [one.team for one in suggestions(told)][:2] == [wide, near]


def test_a_rule_binds_the_unit(cast: Cast) -> None:
    busy, other = team(cast, "甲团", ["approval"]), team(cast, "住建团", ["approval"], unit=cast.housing)
    sent(cast, busy, 6)
    assert proposed(cast) == [("甲团", "住建团")] * 2
    actions.set_route(actor=cast.actor("clerk"), category="approval", organization=cast.office, now=NOW)
    assert proposed(cast) == []
    assert other.organization == cast.housing


def test_who_may_see_proposals(cast: Cast) -> None:
    busy = team(cast, "甲团", ["approval"])
    team(cast, "乙团", ["approval"])
    [case, *_rest] = sent(cast, busy, 6)
    assert cast.client("handler").get(reverse("cases:adjust")).status_code == 403
    assert "没有可以调整的诉求" in cast.client("other_clerk").get(reverse("cases:adjust")).content.decode()
    address = reverse("cases:accept_adjustment", kwargs={"key": case.key})
    assert cast.client("other_clerk").post(address, {"team": str(busy.key)}).status_code == 404
    assert cast.client("handler").post(address, {"team": str(busy.key)}).status_code == 403


def test_no_load_makes_it_cheaper_to_leave_a_case_without_a_team(cast: Cast) -> None:
    lines = terms(dearest=900, most=130)
    assert lines.unplaced > 900 + lines.each * 130 + lines.switch
    keys = [f"{number:03}" for number in range(130)]
    rows = np.repeat(np.arange(130), 2)
    found = replan(
        keys,
        ["busy", "idle"],
        (rows, np.tile([0, 1], 130), np.zeros(260, np.int64)),
        dict.fromkeys(keys, "busy"),
        load=np.zeros(2, np.int64),
        room=np.full(2, 1000),
        terms=terms(0, 130),
    )
    # Half of them, less what a second reading in costs: none is lost on the way.
    assert 60 <= len(found.moves) <= 65 and {move.new for move in found.moves} == {"idle"}
