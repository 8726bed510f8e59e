"""The 25 steps through the verb: each rule accepts one act and refuses another, and nothing is lost by a refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.duties.models import Duty
from lianjian.foundation.errors import Refused
from lianjian.journal.models import Entry
from lianjian.partylife import actions, rules
from lianjian.partylife.models import Applicant, DevelopmentStep, Guide
from lianjian.partylife.rules import development as dev
from lianjian.partylife.rules.facts import OPINIONS, BranchCannotApprove, FormNumberMissing
from lianjian.partylife.rules.facts import Guide as Named
from lianjian.rulebook.models import LocalRule
from lianjian.rulebook.rules import BreaksRule, MorePresentThanEligible, MoreVotesThanPresent, ReasonNeeded
from tests.cast import NOW, Cast

from .walk import DAYS, LAWFUL, SEEN, TWO, lawful, take, walk


def applied(cast: Cast, name: str = "梁田", **more: Any) -> Applicant:
    values: dict[str, Any] = {"enterprise": cast.firm, "branch": cast.branch, "applied_on": DAYS[1], **more}
    facts = values.pop("facts", lawful(1))
    return actions.record_application(actor=cast.actor("clerk"), person=name, facts=facts, now=NOW, **values)


def at(cast: Cast, number: int, name: str = "梁田") -> Applicant:
    """Somebody whose next step is `number`."""
    return walk(cast.actor("clerk"), applied(cast, name), number - 1, NOW)


def refused(
    cast: Cast, row: Applicant, number: int, kind: type[Refused], day: date | None = None, **more: Any
) -> str:
    """The sentence of a step that is refused; what stands stays as it was."""
    before = DevelopmentStep.objects.filter(applicant=row).count()
    with pytest.raises(kind) as caught:
        take(cast.actor("clerk"), row, number, NOW, day, **more)
    row.refresh_from_db()
    assert DevelopmentStep.objects.filter(applicant=row).count() == before
    return str(caught.value)


def test_from_application_to_full_member(cast: Cast) -> None:
    row = walk(cast.actor("clerk"), applied(cast), 25, NOW)
    row.refresh_from_db()
    assert (row.stage, row.next_step, row.waits_for) == ("full", 26, "")
    assert (row.activist_on, row.target_on) == (DAYS[3], DAYS[8])
    # Membership from the branch meeting; standing from the end of the probation, not from the approval (R1.01, R1.02).
    assert row.probationary_on == DAYS[15] and row.full_on == date(2024, 9, 28)
    assert Entry.objects.filter(verb="partylife.take_step").count() == 24
    assert not Duty.objects.filter(subject_key=row.key, state="open").exists()
    refused(cast, row, 25, dev.StepStands)


def test_nobody_skips_a_step(cast: Cast) -> None:
    row = applied(cast)
    for number in range(3, 26):
        assert "第2步" in refused(cast, row, number, dev.StepMissing)
    take(cast.actor("clerk"), row, 2, NOW)
    refused(cast, row, 2, dev.StepStands)
    assert "第2步" in refused(cast, row, 3, dev.BeforePrevious, date(2022, 2, 9))
    refused(cast, row, 3, rules.InTheFuture, date(2026, 3, 10))


@pytest.mark.parametrize(("years", "good"), [(17, False), (18, True)])
def test_eighteen_on_the_day(cast: Cast, years: int, good: bool) -> None:
    if good:
        assert applied(cast, facts=lawful(1, years=years)).next_step == 2
        return
    with pytest.raises(BreaksRule) as caught:
        applied(cast, facts=lawful(1, years=years))
    assert "第5条" in str(caught.value) and not Applicant.objects.exists()
    with pytest.raises(dev.AgeUnknown):
        applied(cast, facts=lawful(1, years=None))
    row = applied(cast, facts=lawful(1, years=None, of_age=True))
    assert row.steps.get().of_age


# step, what breaks the rule, the article. What keeps it is `LAWFUL`, by which every walk of these tests passes.
BLOCKED: list[tuple[int, dict[str, Any], str]] = [
    (2, {"choice": ""}, "第7条"),
    (3, {"observed": frozenset({"committee"})}, "第8条"),
    (4, {"observed": frozenset({"data"})}, "第8条"),
    (5, {"guides": ()}, "第9条"),
    (5, {"guides": (*TWO, Named("马原"))}, "第9条"),
    (5, {"guides": (Named("沈斌", "probationary"),)}, "第9条"),
    (7, {"day": date(2023, 7, 14)}, "第13条"),
    (7, {"observed": frozenset({"group", "contacts", "members"})}, "第13条"),
    (9, {"guides": TWO[:1]}, "第14条"),
    (9, {"guides": (TWO[0], Named("于莉", "on_probation"))}, "第14条"),
    (10, {"observed": frozenset({"conclusion"})}, "第16条"),
    (10, {"mobile": True}, "第16条"),
    (11, {"training_days": 2, "training_hours": 23}, "第17条"),
    (12, {"observed": frozenset({"collective", "members"})}, "第19条"),
    (13, {"observed": frozenset({"written"})}, "第19条"),
    (15, {"yes": 4, "no": 3}, "第20、21、33条"),
    (
        15,
        {
            "present": 4, "yes": 4, "no": 0, "written": 3, "written_yes": 3,
            "observed": LAWFUL[15]["observed"] | set(OPINIONS),
        },
        "第20、21、33条",
    ),
    (15, {"observed": SEEN | {"target", "sponsors", "committee"}}, "第20条"),
    (15, {"observed": LAWFUL[15]["observed"] - {"secret"}}, "第20、21、33条"),
    (16, {"observed": frozenset({"talked"})}, "第24条"),
    (17, {"body_kind": "village_committee"}, "第23条"),
    (17, {"body_kind": "general_branch"}, "第23条"),
    (17, {"body_kind": "temporary"}, "第23条"),
    (17, {"day": date(2024, 3, 29), "reason": "换届"}, "第25条"),
    (17, {"observed": frozenset({"collective"})}, "第26条"),
    (22, {"day": date(2024, 9, 27)}, "第31条"),
    (22, {"observed": frozenset()}, "第33条"),
    (23, {"yes": 4, "no": 3}, "第20、21、33条"),
    (23, {"outcome": "extend", "extend_months": 5}, "第32条"),
    (23, {"outcome": "extend", "extend_months": 13}, "第32条"),
    (24, {"body_kind": "leading_group"}, "第23条"),
]


@pytest.mark.parametrize("case", BLOCKED, ids=lambda case: f"{case[0]}-{sorted(case[1])[0]}")
def test_what_breaks_a_rule_is_refused_with_its_article(cast: Cast, case: Any) -> None:
    number, broken, article = case
    row = at(cast, number)
    more = dict(broken)
    sentence = refused(cast, row, number, BreaksRule, more.pop("day", None), **more)
    assert article in sentence, sentence
    take(cast.actor("clerk"), row, number, NOW)
    assert row.next_step == number + 1


# step, what departs from a norm, the article: refused without a reason, kept with one.
WARNED: list[tuple[int, dict[str, Any], str]] = [
    (2, {"day": date(2022, 2, 11)}, "第7条"),
    (6, {"day": date(2023, 1, 16)}, "第10、11、12条"),
    (13, {"leaves_on": date(2023, 12, 14)}, "第19条"),
    (17, {"day": date(2023, 12, 29)}, "第25条"),
    (24, {"observed": frozenset({"talked"})}, "第34条"),
    (24, {"day": date(2025, 1, 9)}, "第34条"),
]


@pytest.mark.parametrize("case", WARNED, ids=lambda case: f"{case[0]}-{sorted(case[1])[0]}")
def test_a_departure_from_a_norm_needs_a_reason_that_is_kept(cast: Cast, case: Any) -> None:
    number, odd, article = case
    row, more = at(cast, number), dict(odd)
    day = more.pop("day", None)
    sentence = refused(cast, row, number, ReasonNeeded, day, **more)
    assert article in sentence, sentence
    made = take(cast.actor("clerk"), row, number, NOW, day, reason="本人外出务工", **more)
    assert made.reason == "本人外出务工"
    kept = [one.evaluation.result["finding"]["reason"] for one in made.grounds.select_related("evaluation")]
    assert "本人外出务工" in kept
    entry = Entry.objects.filter(verb="partylife.take_step").latest("pk")
    assert entry.changes.get(field="reason").after == "本人外出务工"


# The day itself is still in time, the day after it is not (bounds included).
@pytest.mark.parametrize(
    ("number", "good", "bad"),
    [
        (2, date(2022, 2, 10), date(2022, 2, 11)),
        (17, date(2023, 12, 28), date(2023, 12, 29)),
        (13, None, None),
    ],
)
def test_the_last_day_is_in_time(cast: Cast, number: int, good: date | None, bad: date | None) -> None:
    row = at(cast, number)
    if good is None:
        take(cast.actor("clerk"), row, number, NOW, leaves_on=date(2023, 12, 15))
        return
    refused(cast, row, number, ReasonNeeded, bad)
    take(cast.actor("clerk"), row, number, NOW, good)


# 应到 N: more than half must be there and more than half of N must agree (VT1): 2 of 3, 5 of 8, 8 of 15, 9 of 16.
@pytest.mark.parametrize(("eligible", "least"), [(3, 2), (8, 5), (15, 8), (16, 9)])
def test_more_than_half_of_those_entitled(cast: Cast, eligible: int, least: int) -> None:
    row = at(cast, 15)
    few = {"eligible": eligible, "present": eligible, "yes": least - 1, "no": eligible - least + 1}
    assert "第20、21、33条" in refused(cast, row, 15, BreaksRule, **few)
    thin = {
        "eligible": eligible,
        "present": least - 1,
        "yes": least - 1,
        "no": 0,
        "written": 1,
        "written_yes": 1,
        "observed": LAWFUL[15]["observed"] | set(OPINIONS),
    }
    refused(cast, row, 15, BreaksRule, **thin)
    made = take(cast.actor("clerk"), row, 15, NOW, eligible=eligible, present=least, yes=least, no=0)
    assert made.standing and "vote.member" in {one.evaluation.rule_code for one in made.grounds.all()}


def test_written_opinions_count_as_votes_and_not_as_presence(cast: Cast) -> None:
    row = at(cast, 15)
    seen = LAWFUL[15]["observed"] | set(OPINIONS)
    made = take(
        cast.actor("clerk"), row, 15, NOW, present=5, yes=4, no=1, written=1, written_yes=1, observed=seen
    )
    assert (made.yes, made.written_yes) == (4, 1)


def test_counts_that_cannot_be_are_refused(cast: Cast) -> None:
    row = at(cast, 15)
    refused(cast, row, 15, MorePresentThanEligible, present=9)
    refused(cast, row, 15, MoreVotesThanPresent, yes=7, no=1)
    refused(cast, row, 15, dev.VotesMissing, eligible=None)
    refused(cast, row, 15, dev.OutcomeMissing, outcome="")


def test_a_vote_that_fails_is_history_and_may_be_held_again(cast: Cast) -> None:
    row, clerk = at(cast, 15), cast.actor("clerk")
    refused(cast, row, 15, dev.VoteSaysOtherwise, outcome="not_passed")
    failed = take(clerk, row, 15, NOW, outcome="not_passed", yes=4, no=3)
    assert (failed.standing, failed.undone, row.next_step, row.stage) == (False, "failed", 15, "target")
    take(clerk, row, 15, NOW, date(2023, 10, 8))
    assert row.next_step == 16


def test_other_refusals(cast: Cast) -> None:
    row = at(cast, 5)
    refused(cast, row, 5, dev.GuideTwice, guides=(TWO[0], TWO[0]))
    refused(cast, row, 5, dev.GuideIsApplicant, guides=(Named("梁田"),))
    take(cast.actor("clerk"), row, 5, NOW)
    assert row.contacts == "沈斌、于莉" and Guide.objects.count() == 2
    walk(cast.actor("clerk"), row, 10, NOW)
    take(cast.actor("clerk"), row, 11, NOW, training_days=0, override="云组〔2023〕7号")
    walk(cast.actor("clerk"), row, 13, NOW)
    refused(cast, row, 14, FormNumberMissing, form_number=" ")
    walk(cast.actor("clerk"), row, 16, NOW)
    refused(cast, row, 17, BranchCannotApprove, body_kind="branch")
    refused(cast, row, 17, dev.BodyMissing, body_kind="")


def test_an_approval_refused_goes_back_to_training(cast: Cast) -> None:
    row = at(cast, 17)
    take(cast.actor("clerk"), row, 17, NOW, outcome="not_approved", observed=frozenset())
    assert (row.stage, row.next_step, row.probationary_on, row.target_on) == ("activist", 7, None, None)
    assert row.activist_on == DAYS[3]  # the year of training is not lost


def test_the_probation_is_extended_once(cast: Cast) -> None:
    row, clerk = at(cast, 23), cast.actor("clerk")
    take(clerk, row, 23, NOW, outcome="extend", extend_months=6)
    take(clerk, row, 24, NOW)
    assert (row.stage, row.extension_months, row.next_step) == ("probationary", 6, 22)
    assert row.next_from == date(2025, 3, 28)
    assert "2025-03-28" in refused(cast, row, 22, actions.ProbationRuns, date(2025, 3, 27))
    take(clerk, row, 22, NOW, date(2025, 3, 28))
    sentence = refused(cast, row, 23, BreaksRule, date(2025, 4, 8), outcome="extend", extend_months=6)
    assert "第32条" in sentence
    take(clerk, row, 23, NOW, date(2025, 4, 8))
    take(clerk, row, 24, NOW, date(2025, 5, 8))
    assert (row.stage, row.full_on) == ("full", date(2025, 3, 28))


def test_the_qualification_is_cancelled(cast: Cast) -> None:
    row = at(cast, 23)
    take(cast.actor("clerk"), row, 23, NOW, outcome="cancel", note="不履行义务")
    take(cast.actor("clerk"), row, 24, NOW)
    assert (row.ended_kind, row.full_on, row.ended_on) == ("cancelled", None, DAYS[24])
    refused(cast, row, 25, rules.Ended)


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2023, 8, 31), date(2024, 8, 31)),
    ],
)
def test_a_year_of_training_at_the_end_of_february(cast: Cast, start: date, first: date) -> None:
    clerk = cast.actor("clerk")
    row = applied(cast, applied_on=date(2023, 1, 10))
    take(clerk, row, 2, NOW, date(2023, 2, 10))
    take(clerk, row, 3, NOW, start)
    for number in (4, 5, 6):
        take(clerk, row, number, NOW, start)
    assert row.next_from == first
    refused(cast, row, 7, BreaksRule, date.fromordinal(first.toordinal() - 1))
    take(clerk, row, 7, NOW, first)


def test_a_correction_holds_what_follows_against_the_rules_again(cast: Cast) -> None:
    row, clerk = at(cast, 9), cast.actor("clerk")
    step = row.steps.get(number=3)
    late = {"actor": clerk, "step": step, "facts": lawful(3), "reason": "写错了日期", "now": NOW}
    with pytest.raises(BreaksRule) as caught:
        actions.correct_step(done_on=date(2022, 7, 16), **late)
    assert "第13条" in str(caught.value)
    with pytest.raises(rules.ReasonMissing):
        actions.correct_step(done_on=date(2022, 7, 14), **{**late, "reason": " "})
    step.refresh_from_db()
    assert step.standing and DevelopmentStep.objects.filter(applicant=row, number=3).count() == 1
    new = actions.correct_step(done_on=date(2022, 7, 14), **late)
    step.refresh_from_db()
    row.refresh_from_db()
    assert (step.standing, step.undone, step.undone_reason) == (False, "corrected", "写错了日期")
    assert new.replaces_id == step.pk and row.activist_on == date(2022, 7, 14)


def test_the_last_step_is_taken_back(cast: Cast) -> None:
    row, clerk = at(cast, 4), cast.actor("clerk")
    with pytest.raises(dev.NotLast):
        actions.strike_step(actor=clerk, step=row.steps.get(number=2), reason="误记", now=NOW)
    actions.strike_step(actor=clerk, step=row.steps.get(number=3), reason="误记", now=NOW)
    row.refresh_from_db()
    assert (row.stage, row.next_step, row.activist_on) == ("applicant", 3, None)


def local(cast: Cast, code: str, amount: int = 0, unit: str = "", **params: Any) -> None:
    cast.system()
    LocalRule.objects.create(
        jurisdiction_id=cast.town.pk, code=code, amount=amount, unit=unit, params=params, source="云组发〔2020〕3号",
        valid_from=date(2020, 1, 1), set_by="组织部", set_at=NOW,
    )  # fmt: skip


def test_a_public_notice_where_the_place_asks_for_one(cast: Cast) -> None:
    local(cast, "member.notice_target", 5, "wd")
    row = at(cast, 7)
    assert "云组发〔2020〕3号" in refused(cast, row, 7, dev.NoticeMissing)
    # 2023-07-10 is a Monday: five working days after it are full on Monday the 17th.
    notice = {"notice_from": date(2023, 7, 10)}
    assert "云组发〔2020〕3号" in refused(cast, row, 7, BreaksRule, date(2023, 7, 16), **notice)
    take(cast.actor("clerk"), row, 7, NOW, date(2023, 7, 17), **notice)


@pytest.mark.parametrize(
    ("code", "amount", "unit", "number", "bad", "good"),
    [
        ("member.application", 6, "m", 3, date(2022, 7, 9), date(2022, 7, 10)),
        ("member.prereview_time", 1, "m", 13, date(2023, 10, 10), date(2023, 9, 15)),
        ("member.meeting_time", 1, "m", 15, date(2023, 10, 17), date(2023, 9, 28)),
        ("member.review_valid", 1, "m", 15, date(2023, 10, 8), None),
    ],
)
def test_what_places_add(
    cast: Cast, code: str, amount: int, unit: str, number: int, bad: date, good: date | None
) -> None:
    local(cast, code, amount, unit)
    row = at(cast, number)
    assert "云组发〔2020〕3号" in refused(cast, row, number, Refused, bad)
    if good is not None:
        take(cast.actor("clerk"), row, number, NOW, good)


def test_a_failed_vote_waits_where_the_place_says_so_and_a_quota_binds(cast: Cast) -> None:
    local(cast, "member.again", 6, "m")
    local(cast, "member.quota", max=1)
    clerk = cast.actor("clerk")
    row = at(cast, 15)
    take(clerk, row, 15, NOW, outcome="not_passed", yes=4, no=3)
    refused(cast, row, 15, BreaksRule, date(2024, 3, 27))
    take(clerk, row, 15, NOW, date(2024, 3, 28))
    other = at(cast, 15, "郑海")
    assert "云组发〔2020〕3号" in refused(cast, other, 15, BreaksRule, date(2024, 5, 28))


def test_a_recommendation_feeds_step_three(cast: Cast) -> None:
    local(cast, "member.youth", off=False)
    row, clerk = at(cast, 3), cast.actor("clerk")
    young = frozenset({"committee", "youth"})
    refused(cast, row, 3, BreaksRule, observed=young)
    with pytest.raises(actions.BeforeApplied):
        actions.recommend(
            actor=clerk,
            applicant=row,
            kind="league",
            by_text="团委",
            recommended_on=date(2022, 1, 9),
            now=NOW,
        )
    actions.recommend(
        actor=clerk, applicant=row, kind="league", by_text="团委", recommended_on=date(2022, 3, 1), now=NOW
    )
    take(clerk, row, 3, NOW, observed=young)


def test_duties_follow_the_steps(cast: Cast) -> None:
    row = applied(cast)
    duty = Duty.objects.get(subject_key=row.key, state="open")
    assert (duty.kind, duty.organization_id) == ("partylife.step02", cast.branch.pk)
    assert duty.evaluation is not None and duty.evaluation.rule_code == "member.talk"
    walk(cast.actor("clerk"), row, 3, NOW)
    assert Duty.objects.get(subject_key=row.key, state="open").kind == "partylife.step04"
    actions.end_application(
        actor=cast.actor("clerk"), applicant=row, ended_on=DAYS[4], reason="调离", kind="withdrew", now=NOW
    )
    assert not Duty.objects.filter(subject_key=row.key, state="open").exists()


def test_back_to_training_and_on_paper(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    row = at(cast, 12)
    actions.return_for_training(
        actor=clerk, applicant=row, returned_on=date(2023, 9, 1), reason="培养不够", now=NOW
    )
    assert (row.stage, row.next_step, row.target_on) == ("activist", 7, None)
    with pytest.raises(dev.NotReturnable):
        actions.return_for_training(
            actor=clerk, applicant=row, returned_on=date(2023, 9, 1), reason="再退", now=NOW
        )
    old = actions.record_application(
        actor=clerk, person="唐雨", enterprise=cast.firm, applied_on=date(2021, 1, 4), now=NOW
    )
    assert (old.paper_until, old.next_step) == (1, 2) and not old.steps.exists()
    actions.change_application(actor=clerk, applicant=old, activist_on=date(2021, 9, 1), now=NOW)
    assert (old.paper_until, old.next_step, old.stage) == (3, 4, "activist")
    with pytest.raises(rules.StepRecorded):
        actions.change_application(actor=clerk, applicant=row, activist_on=date(2022, 7, 1), now=NOW)
    row.refresh_from_db()
    assert row.activist_on == DAYS[3]
