"""An act is held against the rule of its day; what stops it says law, article and arithmetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from lianjian.rulebook import actions, queries, rules
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.rules import Choice, Done, Held, Number, Tally
from tests.cast import NOW, Cast

DAY = date(2026, 3, 9)
SECRET = frozenset({"secret", "singly"})


def check(cast: Cast, code: str, act: rules.Act, day: date = DAY, **more: Any) -> Evaluation:
    return actions.check(
        actor=cast.actor("clerk"), code=code, act=act, day=day, now=NOW, jurisdiction_id=cast.town.pk, **more
    )


def test_a_vote_that_passes_is_kept_with_what_went_in_and_came_out(cast: Cast) -> None:
    found = check(cast, "vote.member", Tally(24, 20, 13, no=2, abstain=5, observed=SECRET))
    kept = Evaluation.objects.get(pk=found.pk)
    assert kept.inputs["act"]["yes"] == 13 and kept.rule_version == 1
    assert [step["least"] for step in kept.result["finding"]["steps"] if "least" in step] == [13, 13]
    assert queries.finding(kept).verdict == "passed"  # type: ignore[union-attr]
    assert queries.cite(kept) == "《中国共产党发展党员工作细则》第20、21、33条"


def test_a_vote_that_fails_is_refused_with_article_and_arithmetic(cast: Cast) -> None:
    with pytest.raises(rules.BreaksRule) as refusal:
        check(cast, "vote.member", Tally(24, 20, 12, no=3, abstain=5, observed=SECRET))
    text = str(refusal.value)
    assert "《中国共产党发展党员工作细则》第20、21、33条" in text
    assert "赞成 12 票" in text and "至少 13 票" in text and "2×12=24 ≤ 24" in text
    assert not Evaluation.objects.exists()


def test_half_present_is_enough_for_other_business_and_not_for_admission(cast: Cast) -> None:
    """Trap: 半数以上 against 超过半数."""
    assert check(cast, "vote.branch", Tally(16, 8)).result["finding"]["verdict"] == "passed"
    with pytest.raises(rules.BreaksRule):
        check(cast, "vote.member", Tally(16, 8))


def test_a_norm_wants_a_reason_and_keeps_it(cast: Cast) -> None:
    with pytest.raises(rules.ReasonNeeded) as refusal:
        check(cast, "branch.size", Number(51))
    assert refusal.value.field == "reason" and "第4条" in str(refusal.value)
    found = check(cast, "branch.size", Number(51), reason="两村合并过渡期")
    assert found.result["finding"] | {"steps": []} == {
        "verdict": "reason", "steps": [], "reason": "两村合并过渡期", "override": "",
    }  # fmt: skip
    assert check(cast, "branch.size", Number(50)).result["finding"]["verdict"] == "passed"


def test_a_stop_is_lifted_only_where_the_rule_knows_who_may(cast: Cast) -> None:
    short = Number(measures={"days": 2, "hours": 16})
    with pytest.raises(rules.BreaksRule):
        check(cast, "member.training", short)
    lifted = check(cast, "member.training", short, override="柳溪镇党委〔2026〕5号")
    assert lifted.result["finding"]["override"] == "柳溪镇党委〔2026〕5号"
    for enough in ({"days": 3}, {"hours": 24}):
        assert queries.finding(check(cast, "member.training", Number(measures=enough))).passed  # type: ignore[union-attr]
    with pytest.raises(rules.BreaksRule):
        check(cast, "member.sponsors", Number(1), override="柳溪镇党委〔2026〕5号")


def test_a_reminder_stops_nothing(cast: Cast) -> None:
    found = check(cast, "branch.required", Choice.of("none", n=3))
    assert queries.finding(found).verdict == "reminder"  # type: ignore[union-attr]


def test_the_act_must_be_what_the_rule_is_about(cast: Cast) -> None:
    with pytest.raises(rules.ActUnfit):
        check(cast, "vote.member", Number(3))
    with pytest.raises(rules.UnknownRule):
        check(cast, "vote.nothing", Tally(3, 3))


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("vote.village", "22", "26"),
        ("vote.village_representatives", "26", "30"),
        ("vote.village_group", "28", "32"),
        ("vote.village_election", "15", "18"),
        ("vote.village_run_off", "15", "18"),
        ("vote.village_recall", "16", "19"),
    ],
)
def test_the_village_law_changed_with_2026(cast: Cast, code: str, before: str, after: str) -> None:
    """Each act is judged by the text of its own day, whenever it is recorded."""
    act = Tally(30, 25, 20, observed=frozenset({"secret", "open_count"}))
    for day, version, article in ((date(2025, 12, 31), 1, before), (date(2026, 1, 1), 2, after)):
        found = check(cast, code, act, day)
        assert (found.rule_version, queries.cite(found)) == (
            version,
            f"《中华人民共和国村民委员会组织法》第{article}条",
        )
    with pytest.raises(rules.UnknownRule):
        check(cast, code, act, date(2018, 12, 28))


def test_an_interval_is_full_on_the_same_numbered_day(cast: Cast) -> None:
    assert queries.finding(check(cast, "member.activist", Done(date(2024, 2, 29), date(2025, 2, 28)))).passed  # type: ignore[union-attr]
    with pytest.raises(rules.BreaksRule) as refusal:
        check(cast, "member.activist", Done(date(2024, 2, 29), date(2025, 2, 27)))
    assert "最早 2025-02-28" in str(refusal.value) and "第13条" in str(refusal.value)
    with pytest.raises(rules.BeforeStart):
        Done(date(2024, 2, 29), date(2024, 2, 28))


def test_the_sentence_speaks_both_languages(cast: Cast) -> None:
    with translation.override("en"):
        with pytest.raises(rules.BreaksRule) as refusal:
            check(cast, "vote.member", Tally(24, 12, 12, observed=SECRET))
        text = str(refusal.value)
    assert not any("一" <= sign <= "鿿" for sign in text.replace("、", "")), text
    assert "art. 20" in text and "2×12=24 ≤ 24" in text and "at least 13" in text


def test_a_cadence_is_judged_by_calendar_periods(cast: Cast) -> None:
    done = check(cast, "life.theme_day", Held(date(2026, 3, 31), days=[date(2026, 3, 1)]), date(2026, 3, 31))
    assert queries.finding(done).passed  # type: ignore[union-attr]
    rolling = check(
        cast, "life.theme_day", Held(date(2026, 3, 25), days=[date(2026, 2, 28)]), date(2026, 3, 25)
    )
    assert queries.finding(rolling).verdict == "reminder"  # type: ignore[union-attr]


def test_the_page_of_a_finding_shows_every_comparison(cast: Cast) -> None:
    vote = check(cast, "vote.member", Tally(24, 20, 12, observed=SECRET), enforce=False)
    norm = check(cast, "branch.size", Number(51), reason="两村合并过渡期")
    wait = check(cast, "member.activist", Done(date(2024, 2, 29), date(2025, 2, 28)))
    client = cast.client("clerk")
    pages = {e.pk: client.get(f"/rules/evaluations/{e.key}/").content.decode() for e in (vote, norm, wait)}
    assert "不符合,不能办理" in pages[vote.pk] and "2×12=24 ≤ 24" in pages[vote.pk]
    assert "须有的都有:无记名投票、逐个讨论和表决" in pages[vote.pk]
    assert "两村合并过渡期" in pages[norm.pk] and "不多于 50 人" in pages[norm.pk]
    assert "最早 2025-02-28" in pages[wait.pk] and "12 个月" in pages[wait.pk]


def test_the_list_filters_searches_and_prints(cast: Cast) -> None:
    client = cast.client("clerk")
    votes = client.get("/rules/?kind=majority&matter=village&day=2026-03-09").content.decode()
    assert "村民会议的表决" in votes and "成员大会的表决" not in votes and "第26条" in votes
    old = client.get("/rules/?kind=majority&matter=village&day=2025-12-31").content.decode()
    assert "第22条" in old
    found = client.get("/rules/?q=预备期").content.decode()
    assert "延长预备期的长度" in found and "村民会议的表决" not in found
    english = cast.client("clerk")
    english.cookies["language"] = "en"
    assert "Length of an extension" in english.get("/rules/?q=length extension").content.decode()
    paper = client.get("/rules/paper?matter=election").content.decode()
    assert "党内选举" in paper and "不多于发出的选票数" in paper
    assert "没有符合条件的规则" in client.get("/rules/?q=不存在的规则").content.decode()
    assert client.get("/rules/law/vote.nothing/").status_code == 404
    law = client.get("/rules/law/vote.village/?day=2025-12-31").content.decode()
    assert "第22条" in law and "第26条" in law and "符合" in law


@pytest.mark.parametrize("code", sorted({row.code for row in RULES}))
def test_every_rule_has_a_page_in_both_languages(cast: Cast, code: str) -> None:
    """Two acts are shown for each, and the English page has no Chinese sentence of the product."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            shown = queries.law_page(code, date(2026, 3, 9), cast.actor("clerk"))
            assert shown is not None and shown.rule.asks
            assert len(shown.examples) == (0 if shown.rule.off and not shown.examples else 2)
            texts = [
                shown.rule.title,
                shown.rule.cite,
                *shown.rule.asks,
                *(t for e in shown.examples for t in e.lines),
            ]
            if language == "en":
                marks = "、".join(texts).replace("、", "")
                assert not any("一" <= sign <= "鿿" for sign in marks), texts
