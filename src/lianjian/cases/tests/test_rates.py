"""Rates with several definitions, time in each hand, hand-overs; and that no unit raises its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.cases import actions, rules
from lianjian.cases.figures import INDICATORS
from lianjian.cases.models import CallBack, Case, CaseEvent
from lianjian.cases.tests.test_machine import VERBS
from lianjian.cases.tests.walk import register, walked
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from tests.cast import NOW, TODAY, Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BY_CODE: dict[str, Indicator] = {item.code: item for item in INDICATORS}


def scoped(cast: Cast, organization: Any = None) -> Scoped:
    path = organization.path if organization else ""
    return Scoped((cast.town.pk,), TODAY - timedelta(days=60), TODAY + timedelta(days=60), path)


def pair(cast: Cast, code: str, organization: Any = None) -> tuple[int, int]:
    """Numerator and denominator as the leader reads them."""
    actor, item = cast.actor("leader"), BY_CODE[f"cases.{code}"]
    assert item.base is not None
    return item.rows(actor, scoped(cast, organization)).count(), item.base(actor, scoped(cast, organization)).count()


def call(cast: Cast, case: Case, who: str = "clerk", **more: Any) -> CallBack:
    given_ = {"reached": True, "solved": "yes", "satisfied": "satisfied", "now": NOW + 3 * DAY, **more}
    return actions.record_call_back(actor=cast.actor(who), case=case, **given_)


def test_each_definition_has_its_own_numbers(cast: Cast) -> None:
    first, second = walked(cast, "answered"), walked(cast, "answered")
    third = walked(cast, "dispatched")
    actions.confirm_case(actor=cast.actor("contact"), case=first, rating="basically", now=NOW + 2 * DAY)
    actions.dispute_case(actor=cast.actor("contact"), case=second, reason="没有解决", now=NOW + 2 * DAY)
    assert pair(cast, "solved_of_ended") == (1, 1)
    assert pair(cast, "on_time_due")[1] == 3 and pair(cast, "on_time_answered") == (2, 2)
    assert pair(cast, "response_24h")[1] == 3
    assert pair(cast, "satisfied_rated") == (0, 1)
    assert pair(cast, "solved_called") == (0, 0)  # nobody called: no data, which is not nought
    figure = cast.client("leader").get(reverse("insight:figure", kwargs={"code": "cases.solved_called"}))
    assert "无数据" in figure.content.decode()
    call(cast, first)
    call(cast, first, solved="no", satisfied="basically")
    call(cast, second, reached=False, solved="", satisfied="")
    assert pair(cast, "solved_called") == (1, 2)
    assert pair(cast, "satisfied_called") == (1, 2) and pair(cast, "satisfied_called_wide") == (2, 2)
    assert third.state == "dispatched" and Case.objects.get(pk=first.pk).state == "closed"


def test_call_backs_are_somebody_elses(cast: Cast) -> None:
    case = walked(cast, "handling")
    with pytest.raises(rules.CallTooEarly):
        call(cast, case)
    actions.answer_case(actor=cast.actor("handler"), case=case, text="已办", now=NOW + DAY)
    with pytest.raises(Denied):
        call(cast, case, "handler")
    with pytest.raises(rules.OutcomeUnknown):
        call(cast, case, solved="")
    mine = walked(cast, "dispatched")
    for verb, more in ((actions.sign_case, {}), (actions.answer_case, {"text": "办公室自己办的"})):
        verb(actor=cast.actor("clerk"), case=mine, now=NOW + DAY, **more)
    with pytest.raises(rules.OwnWork):
        call(cast, mine)
    with pytest.raises(rules.OwnWork):
        actions.confirm_case(actor=cast.actor("clerk"), case=mine, reason="电话问过", now=NOW + DAY)
    client = cast.client("clerk")
    address = reverse("cases:call_back", kwargs={"key": case.key})
    assert client.get(address).status_code == 200
    sent = {"way": "visit", "reached": "yes", "solved": "partly", "satisfied": "basically", "words": "还差一点"}
    assert client.post(address, sent).status_code == 303
    assert "还差一点" in client.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert cast.client("handler").get(address).status_code == 403


# What an account of the unit may try, with plausible values.
TRIES: dict[str, dict[str, Any]] = {
    "sign": {},
    "note": {"text": "已办"},
    "answer": {"text": "已全部解决"},
    "answer_impossible": {"text": "办不了", "outcome": "unsolved"},
    "confirm": {"reason": "电话问过,满意", "rating": "satisfied"},
    "dispute": {"reason": "没办好"},
    "close_silent": {},
    "reopen": {"reason": "重来"},
    "vet": {"approve": True, "ground": "同意"},
    "withdraw": {"reason": "撤回"},
    "park": {"reason": "挂账", "review_on": TODAY + timedelta(days=30)},
    "resume": {},
    "decline": {"reason_code": "court", "text": "请起诉"},
    "urge": {},
    "recuse": {"reason": "有利害关系"},
    "supplement": {"text": "补充"},
}


@settings(max_examples=25)
@given(
    st.sampled_from(["dispatched", "signed", "handling", "answered", "closed"]),
    st.lists(st.sampled_from(sorted(TRIES)), min_size=1, max_size=6),
)
def test_a_unit_cannot_raise_its_confirmed_rate(cast: Cast, state: str, codes: list[str]) -> None:
    case = walked(cast, state)
    before = [pair(cast, code, cast.office) for code in ("solved_of_ended", "solved_called", "satisfied_rated")]
    for hours, code in enumerate(codes, 1):
        try:
            VERBS[code](actor=cast.actor("handler"), case=case, now=NOW + 9 * DAY + hours * HOUR, **TRIES[code])
        except Refused:
            cast.actor("clerk")
            case = Case.objects.get(pk=case.pk)
    try:
        call(cast, case, "handler")
    except Refused:
        pass
    after = [pair(cast, code, cast.office) for code in ("solved_of_ended", "solved_called", "satisfied_rated")]
    for (up, base), (new_up, new_base) in zip(before, after, strict=True):
        assert new_up <= up and new_base >= base


def test_hand_overs_and_hours_open_onto_their_cases(cast: Cast) -> None:
    case = walked(cast, "signed")
    stay = register(cast)
    actions.dispatch_case(
        actor=cast.actor("clerk"), case=case, handler=cast.housing, reason="分工调整", now=NOW + 2 * DAY
    )
    line = CaseEvent.objects.get(case=case, move="redispatch")
    assert (line.from_unit, line.unit) == (cast.office.name, cast.housing.name)
    leader, item = cast.actor("leader"), BY_CODE["cases.handed_over"]
    assert [row.case_id for row in item.rows(leader, scoped(cast))] == [case.pk]
    hours = BY_CODE["cases.hours_unit"]
    total = sum(row.hours for row in hours.rows(cast.actor("leader"), scoped(cast)))
    spent = CaseEvent.objects.filter(hand="unit").values_list("seconds", flat=True)
    assert total == pytest.approx(sum(spent) / 3600) and total > 0
    client = cast.client("clerk")
    span = {"since": "2026-01-01", "until": "2026-12-31"}
    page = client.get(reverse("cases:analysis"), span).content.decode()
    assert cast.office.name in page and cast.housing.name in page and "2026-03" in page
    handed = f"{cast.office.name}>{cast.housing.name}>2026-01-01>2026-12-31"
    listed = client.get(reverse("cases:list"), {"handed": handed}).content.decode()
    assert case.number in listed and stay.number not in listed
    held = client.get(reverse("cases:list"), {"held": f"{cast.office.name}>2026-01-01>2026-12-31"}).content.decode()
    assert case.number in held and stay.number not in held
    for wrong in ("x", "a>b>c>d", "a>2026-01-01>2026-02-30"):
        assert case.number not in client.get(reverse("cases:list"), {"handed": wrong, "held": wrong}).content.decode()
    assert "排名" in page and cast.client("handler").get(reverse("cases:analysis")).status_code in (200, 403)


def test_counts_by_state_and_month_through_the_interface(cast: Cast) -> None:
    walked(cast, "signed")
    register(cast, kind="village_need", organization=None, village=cast.village)
    register(cast, kind="complaint", organization=None, organization_text="过路群众", accused=cast.office)
    clerk, month = cast.client("clerk"), TODAY.replace(day=1).isoformat()
    told = clerk.get("/api/v1/cases/counts").json()
    assert {(one["state"], one["month"], one["count"]) for one in told} == {
        ("signed", month, 1),
        ("registered", month, 1),
    }
    assert [one["count"] for one in clerk.get("/api/v1/cases/counts?kind=village_need").json()] == [1]
    assert clerk.get("/api/v1/cases/counts?until=2000-01-01").json() == []
    assert cast.client("other_contact").get("/api/v1/cases/counts").json() == []
