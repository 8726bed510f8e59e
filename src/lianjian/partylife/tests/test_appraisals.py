"""The yearly appraisal keeps its four steps in order, or says why not (党员教育管理工作条例 art. 18)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lianjian.events.models import Meeting
from lianjian.journal.models import Entry
from lianjian.partylife import actions
from lianjian.partylife.models import Appraisal
from lianjian.partylife.rules import appraisals as rules
from lianjian.partylife.rules.practice import InTheFuture, OutsideYear
from lianjian.rulebook.models import Rule
from lianjian.rulebook.rules import ReasonNeeded
from tests.cast import Cast

from .test_life import at, branch, hold

ONE, TWO = date(2025, 12, 20), date(2025, 12, 26)
NOW = at(date(2026, 3, 10))
ORDER = list(rules.STEPS)


def recorded(cast: Cast, steps: rules.Steps, **more: Any) -> Appraisal:
    values: dict[str, Any] = {"branch": branch(cast), "year": 2025, "held_on": ONE, "members": 5, "qualified": 5, **more}
    return actions.record_appraisal(actor=cast.actor("clerk"), steps=steps, now=NOW, **values)


def test_steps_in_order_pass_and_are_held_against_the_article(cast: Cast) -> None:
    row = recorded(cast, rules.Steps(ONE, ONE, ONE, TWO, "committee", reason="多余的话"))
    assert row.evaluation is not None and row.evaluation.rule_code == rules.CODE and "18" in row.evaluation.cite
    assert (row.verdict_on, row.verdict_by, row.order_reason) == (TWO, "committee", "")
    assert Entry.objects.filter(verb="partylife.record_appraisal").count() == 1


def test_a_step_out_of_order_asks_for_a_reason(cast: Cast) -> None:
    steps = rules.Steps(ONE, TWO, ONE, TWO)
    with pytest.raises(rules.StepOutOfOrder) as told:
        recorded(cast, steps)
    assert "民主测评" in str(told.value) and "党员互评" in str(told.value) and "第18条" in str(told.value)
    assert not Appraisal.objects.exists()
    row = recorded(cast, rules.Steps(ONE, TWO, ONE, TWO, reason="互评分两批"), branch=branch(cast, "别的党支部"))
    assert row.order_reason == "互评分两批" and row.evaluation is not None


def test_a_missing_step_asks_for_a_reason(cast: Cast) -> None:
    with pytest.raises(ReasonNeeded) as told:
        recorded(cast, rules.Steps(ONE, None, ONE, TWO))
    assert "党员互评" in str(told.value) and "第18条" in str(told.value)
    row = recorded(cast, rules.Steps(ONE, None, ONE, TWO, reason="只有三名党员"), branch=branch(cast, "别的党支部"))
    assert row.mutual_on is None and row.order_reason == "只有三名党员"


def test_where_the_rule_stops_it_no_reason_helps(cast: Cast) -> None:
    cast.system()
    law = Rule.objects.get(code=rules.CODE)
    stricter = {field.name: getattr(law, field.name) for field in Rule._meta.fields if field.name != "id"}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions.appraisals, "rules_of", lambda codes, day: [Rule(**{**stricter, "mode": "BLOCK"})])
        with pytest.raises(rules.BreaksOrder):
            recorded(cast, rules.Steps(ONE, TWO, ONE, TWO, reason="互评分两批"))


def test_days_of_steps_lie_in_the_year_and_not_ahead(cast: Cast) -> None:
    body = branch(cast)
    with pytest.raises(OutsideYear) as told:
        recorded(cast, rules.Steps(date(2024, 12, 31), ONE, ONE, TWO), branch=body)
    assert told.value.field == "self_on"
    with pytest.raises(InTheFuture):
        recorded(cast, rules.Steps(ONE, ONE, ONE, NOW.date() + timedelta(days=1)), branch=body)


def test_the_page_shows_the_steps_and_the_list_what_lacks(cast: Cast) -> None:
    body = branch(cast)
    clerk = cast.client("clerk")
    sent = {
        "branch": str(body.key), "year": "2025", "held_on": "2025-12-20", "members": "5", "excellent": "0", "qualified": "5",
        "basic": "0", "unqualified": "0", "exempt": "0", "self_on": "2025-12-20", "mutual_on": "2025-12-26",
        "rating_on": "2025-12-20", "verdict_on": "2025-12-28", "verdict_by": "meeting",
    }  # fmt: skip
    refused = clerk.post(reverse("partylife:new_appraisal"), sent)
    assert refused.status_code == 422 and "第18条" in refused.content.decode()
    saved = clerk.post(reverse("partylife:new_appraisal"), {**sent, "reason": "互评分两批"})
    row = Appraisal.objects.get()
    assert saved.status_code == 303 and saved["Location"].endswith(row.get_absolute_url())
    page = clerk.get(row.get_absolute_url()).content.decode()
    assert "互评分两批" in page and "个人自评" in page and "有缺项,已说明" in page and "支部党员大会" in page
    listed = reverse("partylife:appraisals")
    assert body.name in clerk.get(f"{listed}?state=explained").content.decode()
    assert row.get_absolute_url() in clerk.get(listed).content.decode()  # the list leads to it
    assert body.name not in clerk.get(f"{listed}?state=kept").content.decode()
    change = reverse("partylife:change_appraisal", kwargs={"key": row.key})
    assert clerk.post(change, {**sent, "mutual_on": "2025-12-20"}).status_code == 303
    assert body.name in clerk.get(f"{listed}?state=kept").content.decode()
    row.refresh_from_db()
    assert row.order_reason == "" and row.mutual_on == date(2025, 12, 20)
    Appraisal.objects.update(evaluation=None, self_on=None, mutual_on=None, rating_on=None, verdict_on=None)
    assert "程序未登记" in clerk.get(f"{listed}?state=untold").content.decode()
    assert cast.client("other_clerk").get(row.get_absolute_url()).status_code == 404
    reader = cast.client("leader").get(row.get_absolute_url()).content.decode()
    assert "程序未登记" in reader and change not in reader


def test_its_meeting_is_found_by_the_day_and_chosen_among_those_that_fit(cast: Cast) -> None:
    body = branch(cast)
    other = branch(cast, "别的党支部")
    held = hold(cast, body, "民主评议党员", ONE)
    later = hold(cast, body, "组织生活会", TWO)
    for meeting in (hold(cast, body, "主题党日", ONE), hold(cast, other, "民主评议党员", ONE)):
        assert meeting.pk
    clerk = cast.client("clerk")
    sent = {
        "branch": str(body.key), "year": "2025", "held_on": str(ONE), "members": "5", "qualified": "5", "excellent": "0",
        "basic": "0", "unqualified": "0", "exempt": "0", "reason": "补登",
    }  # fmt: skip
    assert clerk.post(reverse("partylife:new_appraisal"), sent).status_code == 303
    row = Appraisal.objects.get()
    assert row.meeting == held and held.title in clerk.get(row.get_absolute_url()).content.decode()
    change = reverse("partylife:change_appraisal", kwargs={"key": row.key})
    offered = re.findall(r'<option value="([0-9a-f-]{36})"( selected)?', clerk.get(change).content.decode())
    assert offered == [(str(later.key), ""), (str(held.key), " selected")]
    assert clerk.post(change, {**sent, "meeting": str(later.key)}).status_code == 303
    row.refresh_from_db()
    assert row.meeting == later
    # One that was named before and is of another kind stays on the form until another is chosen.
    Meeting.objects.filter(pk=later.pk).update(kind="主题党日")
    assert f'value="{later.key}" selected' in clerk.get(change).content.decode()


@given(st.lists(st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2025, 1, 6))), min_size=4, max_size=4))
def test_order_against_the_plain_meaning(days: list[date | None]) -> None:
    taken = {step: day for step, day in zip(ORDER, days, strict=True) if day is not None}
    known = [day for day in days if day is not None]
    assert (rules.misplaced(taken, ORDER) is None) == (known == sorted(known))
    kept = rules.in_order(taken, ORDER)
    assert set(kept) <= set(taken) and (len(kept) == len(taken)) == (known == sorted(known))
