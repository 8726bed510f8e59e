"""A place's own content of a rule of any kind: only stricter, resting on a document, both shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.rulebook import actions, queries, rules
from lianjian.rulebook.actions import local as local_verbs
from lianjian.rulebook.models import Evaluation, LocalRule
from lianjian.rulebook.rules import Choice, Done, Held, Number, Tally
from tests.cast import NOW, Cast

DAY = date(2026, 3, 9)
FIRST = date(2026, 1, 1)
DOCUMENT = "柳溪镇党发〔2026〕3号"


def set_local(cast: Cast, code: str, day: date = FIRST, **more: Any) -> LocalRule:
    values = {"source": DOCUMENT, **more}
    return actions.set_local_rule(
        actor=cast.actor("system_admin"), jurisdiction_id=values.pop("place", cast.town.pk), code=code,
        valid_from=day, now=NOW, **values,
    )  # fmt: skip


def check(cast: Cast, code: str, act: rules.Act, day: date = DAY, **more: Any) -> Evaluation:
    return actions.check(
        actor=cast.actor("clerk"), code=code, act=act, day=day, now=NOW, jurisdiction_id=cast.town.pk,
        enforce=False, **more,
    )  # fmt: skip


def verdict(found: Evaluation) -> str:
    return str(found.result["finding"]["verdict"])


STRICTER: list[tuple[str, dict[str, Any], rules.Act, str]] = [
    ("vote.branch", {"rolls": {"voters": {"quorum": "two_thirds"}}}, Tally(15, 8), "refused"),
    ("vote.collective", {"rolls": {"members": {"pass": "three_quarters"}}}, Tally(300, 224, 224), "refused"),
    ("branch.size", {"max": 40}, Number(45), "reason"),
    ("member.training", {"any": [
        {"key": "days", "measure": "天", "min": 5}, {"key": "hours", "measure": "学时", "min": 40},
    ]}, Number(measures={"days": 3, "hours": 24}), "refused"),
    ("life.general_meeting", {"per": "month", "alert_day": 20}, Held(DAY.replace(day=25), [DAY.replace(month=1)]), "reminder"),
    ("company.joint_ground", {"one_of": ["near"]}, Choice.of("trade"), "reason"),
    ("member.archive", {"all_of": {"local_1": "公示材料"}},
     Choice.of("form", "application", "review", "full", "training"), "reminder"),
    ("member.sponsor_status", {"none_of": {"local_1": "近亲属"}}, Choice.of("local_1"), "refused"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "params", "act", "wanted"), STRICTER, ids=[row[0] for row in STRICTER])
def test_a_stricter_local_rule_binds_and_both_are_kept(
    cast: Cast, code: str, params: dict[str, Any], act: rules.Act, wanted: str
) -> None:
    day = act.today if isinstance(act, Held) else DAY
    assert verdict(check(cast, code, act, day)) == "passed"
    set_local(cast, code, params=params)
    found = check(cast, code, act, day)
    assert verdict(found) == wanted
    assert queries.cite(found) == DOCUMENT
    assert [words for words, _params in found.inputs["compared"]] == ["国家规定", "本地规定"]
    if not isinstance(act, Held):
        assert verdict(check(cast, code, act, date(2025, 12, 31))) == "passed"


LOOSER: list[tuple[str, dict[str, Any]]] = [
    ("vote.member", {"rolls": {"voters": {"quorum": "half"}}}),
    ("vote.member", {"rolls": {"voters": {"of": "present"}}}),
    ("vote.village", {"rolls": {"residents": {"quorum": "all"}}}),
    ("branch.committee", {"max": 9}),
    ("branch.committee", {"min": 2, "max": 5}),
    ("member.sponsors", {"min": 1}),
    ("member.training", {"any": [{"key": "days", "measure": "天", "min": 1}]}),
    ("life.general_meeting", {"per": "half"}),
    ("life.committee", {"per": "year", "times": 12}),
    ("education.hours", {"times": 31}),
    ("company.level", {"one_of": ["branch", "club"]}),
]


@pytest.mark.parametrize(("code", "params"), LOOSER)
def test_a_looser_local_rule_is_refused_with_the_national_one(
    cast: Cast, code: str, params: dict[str, Any]
) -> None:
    with pytest.raises(rules.LooserThanLaw) as refusal:
        set_local(cast, code, params=params)
    assert "国家规定是" in str(refusal.value)
    assert not LocalRule.objects.exists()


def test_a_default_is_free_and_being_set_takes_it_up(cast: Cast) -> None:
    code = "election.pass"
    act = Tally(24, 20, 11, observed=frozenset({"secret"}))
    assert verdict(check(cast, code, act)) == "refused"
    set_local(cast, code, params={"rolls": {"party_electors": {"of": "present"}}})
    assert verdict(check(cast, code, act)) == "passed"
    youth = Choice.of()
    assert verdict(check(cast, "member.youth", youth)) == "passed"
    set_local(cast, "member.youth", params={})
    assert verdict(check(cast, "member.youth", youth)) == "refused"


def test_a_default_that_rests_on_a_national_rule_never_goes_below_it(cast: Cast) -> None:
    """Step three of the four deliberations: any local share, but never less than a branch general meeting asks."""
    set_local(cast, "vote.deliberation", params={"rolls": {"party_members": {"quorum": "half"}}})
    assert verdict(check(cast, "vote.deliberation", Tally(24, 12, None))) == "passed"
    with pytest.raises(rules.LooserThanLaw):
        set_local(
            cast,
            "vote.deliberation",
            date(2026, 2, 1),
            params={"rolls": {"party_members": {"quorum": "one_third"}}},
        )


def test_a_notice_that_is_off_costs_no_day_until_a_place_takes_it_up(cast: Cast) -> None:
    code, start = "member.notice_admission", date(2026, 9, 18)
    before = queries.earliest(code, start, cast.town.pk)
    assert (before.day, before.off) == (start, True)
    set_local(cast, code, amount=7, unit="wd")
    after = queries.earliest(code, start, cast.town.pk)
    assert (after.day, after.off, after.cite) == (date(2026, 9, 29), False, DOCUMENT)
    with pytest.raises(rules.BreaksRule):
        actions.check(
            actor=cast.actor("clerk"), code=code, act=Done(start, date(2026, 9, 28)), day=start, now=NOW,
            jurisdiction_id=cast.town.pk,
        )  # fmt: skip


def test_the_strictest_of_town_and_county_binds(cast: Cast) -> None:
    set_local(cast, "branch.size", place=cast.county.pk, params={"max": 30}, source="县委〔2026〕1号")
    set_local(cast, "branch.size", params={"max": 40})
    found = check(cast, "branch.size", Number(35))
    assert (verdict(found), queries.cite(found)) == ("reason", "县委〔2026〕1号")


def test_a_local_rule_ends_and_the_national_one_stays(cast: Cast) -> None:
    made = set_local(cast, "branch.size", params={"max": 40})
    with pytest.raises(local_verbs.EndsBeforeItBegins):
        actions.end_local_rule(
            actor=cast.actor("system_admin"), local=made, valid_to=date(2025, 12, 31), now=NOW
        )
    with pytest.raises(Denied):
        actions.end_local_rule(actor=cast.actor("clerk"), local=made, valid_to=DAY, now=NOW)
    actions.end_local_rule(actor=cast.actor("system_admin"), local=made, valid_to=DAY, now=NOW)
    assert verdict(check(cast, "branch.size", Number(45))) == "reason"
    assert verdict(check(cast, "branch.size", Number(45), date(2026, 3, 10))) == "passed"
    assert Entry.objects.filter(verb="rulebook.end_local").count() == 1


def test_nothing_said_is_no_local_rule(cast: Cast) -> None:
    for code in ("branch.size", "election.pass"):
        with pytest.raises(local_verbs.SaysNothing):
            set_local(cast, code, params={})


def test_a_cadence_as_it_binds_in_a_place(cast: Cast) -> None:
    codes = ["life.general_meeting", "life.lesson", "member.thought_report"]
    found = queries.cadences(codes, DAY, cast.town.pk)
    assert found["life.general_meeting"].cadence.per == "quarter"  # type: ignore[union-attr]
    assert not found["life.lesson"].cadence.national  # type: ignore[union-attr]
    assert found["member.thought_report"].cadence is None
    set_local(cast, "life.general_meeting", params={"per": "month", "alert_day": 20})
    set_local(cast, "member.thought_report", params={"per": "half"})
    found = queries.cadences(codes, DAY, cast.town.pk)
    assert (found["life.general_meeting"].cadence.per, found["life.general_meeting"].cite) == (
        "month",
        DOCUMENT,
    )  # type: ignore[union-attr]
    assert found["member.thought_report"].cadence.per == "half"  # type: ignore[union-attr]


def test_by_the_front_door(cast: Cast) -> None:
    """Each kind of form stores what was typed; a looser one is refused in the form and nothing is lost."""
    client = cast.client("system_admin")
    answers = {
        "branch.size": ({"max": "40"}, {"max": 40}),
        "vote.branch": ({"voters_quorum": "two_thirds", "voters_pass": ""}, {"rolls": {"voters": {"quorum": "two_thirds"}}}),
        "life.committee": (
            {"per": "month", "times": "2", "alert_day": "20"}, {"times": 2},
        ),
        "company.joint_ground": ({"one_of": ["near"]}, {"one_of": ["near"]}),
        "member.archive": ({"all_of": "公示材料\n思想汇报"}, {"all_of": {"local_1": "公示材料", "local_2": "思想汇报"}}),
        "member.training": ({"any_days": "5", "any_hours": "40"}, {"any": [
            {"key": "days", "measure": "天", "min": 5}, {"key": "hours", "measure": "学时", "min": 40},
        ]}),
    }  # fmt: skip
    for code, (typed, params) in answers.items():
        page = client.get(f"/rules/local/{code}/")
        assert page.status_code == 200
        answer = client.post(
            f"/rules/local/{code}/", {**typed, "valid_from": "2026-01-01", "source": DOCUMENT}
        )
        assert answer.status_code == 303, answer.content.decode()[-3000:]
        assert LocalRule.objects.get(code=code).params == params
    refused = client.post(
        "/rules/local/branch.committee/",
        {"min": "3", "max": "9", "valid_from": "2026-01-01", "source": DOCUMENT},
    )
    text = refused.content.decode()
    assert refused.status_code == 422 and "本地规定只能更严" in text and DOCUMENT in text
    page = client.get("/rules/law/branch.size/?day=2026-03-09").content.decode()
    assert "不多于 50 人" in page and "不多于 40 人" in page and DOCUMENT in page and "停用" in page
    made = LocalRule.objects.get(code="branch.size")
    assert client.post(f"/rules/local/ended/{made.key}/", {"valid_to": "2026-06-30"}).status_code == 303
    made.refresh_from_db()
    assert made.valid_to == date(2026, 6, 30)
