"""A round of an award from its opening to the printed list: what is refused, what is owed, what is forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.awards import actions, rules
from lianjian.awards.models import Nominee, Round, Scheme
from lianjian.awards.tasks import nightly
from lianjian.directory import actions as directory
from lianjian.directory.actions.merging import merge_organizations
from lianjian.duties.models import Duty
from lianjian.events.models import Meeting
from lianjian.events.tests.meetingwork import held as meeting_held
from lianjian.events.tests.meetingwork import planned
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Change, Entry
from tests.cast import NOW, TODAY, Cast, acting

DAY = timedelta(days=1)
CLEAN = "院内净\n院外净\n客厅净\n卧室净\n厨房净\n厕所净\n个人净\n物品摆放规范"


def scheme(cast: Cast, **more: Any) -> Scheme:
    given: dict[str, Any] = {
        "organization": cast.village, "name": "七净一规范", "subject": "household", "per": "quarter", "criteria": CLEAN,
        "needs_all": True, "show_days": 5, "source": "村规民约第十二条", "now": NOW,
    }  # fmt: skip
    return actions.found_scheme(actor=cast.actor("village"), **{**given, **more})


def opened(cast: Cast, award: Scheme | None = None, now: datetime = NOW) -> Round:
    award = award or scheme(cast)
    starts = rules.open_periods(award.per, award.since, now.astimezone(CHINA).date())[0]
    return actions.open_round(actor=cast.actor("village"), scheme=award, starts=starts, now=now)


def named(cast: Cast, round_: Round, name: str = "田小满", **more: Any) -> Nominee:
    given: dict[str, Any] = {"way": "group", "group": "一组", "agreed": True, "now": NOW}
    return actions.nominate(actor=cast.actor("village"), round=round_, name=name, **{**given, **more})


def looked(cast: Cast, one: Nominee, met: Any = range(1, 9), **more: Any) -> Nominee:
    given: dict[str, Any] = {"on": TODAY, "by": "评选小组", "agreed": one.agreed, "now": NOW}
    return actions.check_nominee(actor=cast.actor("village"), nominee=one, met=list(met), **{**given, **more})


def shown(cast: Cast, round_: Round, *chosen: Nominee, on: date = TODAY, now: datetime = NOW) -> Round:
    keys = [one.key for one in chosen]
    return actions.show_round(
        actor=cast.actor("village"), round=round_, chosen=keys, on=on, document="代表会议记录", now=now
    )


def decided(cast: Cast, round_: Round, now: datetime = NOW + 6 * DAY, **more: Any) -> Round:
    on = now.astimezone(CHINA).date()
    return actions.decide_round(
        actor=cast.actor("village"), round=round_, on=on, document="表扬通报", now=now, **more
    )


def whole(cast: Cast, *names: str, award: Scheme | None = None) -> Round:
    """A round with a result of these names."""
    held = opened(cast, award)
    found = [looked(cast, named(cast, held, name)) for name in names]
    return decided(cast, shown(cast, held, *found))


def _due() -> list[tuple[str, date]]:
    rows = Duty.objects.filter(kind="awards.round", state=Duty.State.OPEN).order_by("pk")
    return [(one.title, (one.due_at - DAY).astimezone(CHINA).date()) for one in rows if one.due_at is not None]


def test_a_quarter_from_opening_to_result(cast: Cast) -> None:
    award = scheme(cast)
    assert award.criteria[-1] == "物品摆放规范" and len(award.criteria) == 8
    held = opened(cast, award)
    good, other = looked(cast, named(cast, held)), looked(cast, named(cast, held, "林秋实", group="二组"))
    listed = shown(cast, held, good, other)
    assert (listed.shown_from, listed.shown_until) == (TODAY, TODAY + 4 * DAY)
    with pytest.raises(rules.StillShown):
        decided(cast, held, NOW + 4 * DAY)
    actions.strike_nominee(actor=cast.actor("village"), nominee=other, reason="群众有异议,查实", now=NOW + 2 * DAY)
    other.refresh_from_db()
    assert other.struck_on and not other.chosen  # nothing was awarded, so nothing is taken back
    done = decided(cast, held, NOW + 5 * DAY)
    assert (done.state, done.closed_on) == (rules.DECIDED, TODAY + 5 * DAY)
    assert [one.name for one in Nominee.objects.awarded()] == ["田小满"]
    with pytest.raises(rules.WrongState):
        named(cast, held, "晚来的")
    actions.strike_nominee(actor=cast.actor("village"), nominee=good, reason="情况变了", now=NOW + 9 * DAY)
    assert not Nominee.objects.awarded().exists()
    good.refresh_from_db()
    assert good.chosen and good.struck_reason == "情况变了"


def test_nothing_to_take_back(cast: Cast) -> None:
    held = opened(cast)
    one, other = looked(cast, named(cast, held)), named(cast, held, "林秋实")
    decided(cast, shown(cast, held, one))
    with pytest.raises(rules.NotAwarded):
        actions.strike_nominee(actor=cast.actor("village"), nominee=other, reason="没有选上", now=NOW)


def test_the_notice_follows_the_look_and_the_look_the_name(cast: Cast) -> None:
    """A round opened ten days ago cannot be filled and closed in a minute with a notice of the days before."""
    held, now = opened(cast), NOW + 10 * DAY
    one = named(cast, held, now=now)
    for on in (TODAY - DAY, TODAY + 11 * DAY):
        with pytest.raises((rules.BeforeOpening, rules.FutureDay)):
            named(cast, held, "林秋实", on=on, now=now)
    with pytest.raises(rules.BeforeOpening):
        looked(cast, one, on=TODAY + 9 * DAY, now=now)
    looked(cast, one, on=TODAY + 10 * DAY, now=now)
    with pytest.raises(rules.CheckedLater):
        shown(cast, held, one, on=TODAY + 9 * DAY, now=now)
    shown(cast, held, one, on=TODAY + 10 * DAY, now=now)
    with pytest.raises(rules.StillShown):
        decided(cast, held, now)
    early = looked(cast, named(cast, opened(cast, scheme(cast, name="最美庭院")), on=TODAY, now=now), now=now)
    assert early.named_on == early.checked_on == TODAY


def test_who_is_not_on_the_list(cast: Cast) -> None:
    held = opened(cast)
    unseen = named(cast, held, "没看过")
    partly = looked(cast, named(cast, held, "差一条"), range(1, 8))
    silent = looked(cast, named(cast, held, "不愿意", agreed=False))
    gone = looked(cast, named(cast, held, "退出的"))
    actions.strike_nominee(actor=cast.actor("village"), nominee=gone, reason="本人退出", now=NOW)
    for one, refusal, said in (
        (unseen, rules.NotChecked, "没看过"),
        (partly, rules.CriteriaUnmet, "物品摆放规范"),
        (silent, rules.NoConsent, "不愿意"),
        (gone, rules.NomineeStruck, "退出的"),
    ):
        with pytest.raises(refusal) as refused:
            shown(cast, held, one)
        assert said in str(refused.value)
    with pytest.raises(rules.NobodyChosen):
        shown(cast, held)
    held.refresh_from_db()
    assert held.state == rules.OPEN and not held.nominees.filter(chosen=True).exists()
    looked(cast, silent, agreed=True)
    assert shown(cast, held, silent).state == rules.SHOWN


def test_criteria_that_are_weighed(cast: Cast) -> None:
    held = opened(cast, scheme(cast, needs_all=False))
    assert shown(cast, held, looked(cast, named(cast, held), [1, 3])).state == rules.SHOWN
    free = opened(cast, scheme(cast, name="最美村民", subject="person", per="half", criteria="", needs_all=False))
    one = looked(cast, named(cast, free), [])
    with pytest.raises(rules.NoSuchCriterion):
        looked(cast, one, [1])
    assert shown(cast, free, one).state == rules.SHOWN


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": " "}, rules.SchemeNameMissing),
        ({"per": "week"}, rules.PeriodUnknown),
        ({"subject": "firm"}, rules.SubjectUnknown),
        ({"criteria": "\n".join(map(str, range(21)))}, rules.CriteriaTooMany),
        ({"criteria": "净" * 81}, rules.CriterionTooLong),
        ({"criteria": " \n"}, rules.CriteriaMissing),
        ({"show_days": 0}, rules.DaysOutside),
        ({"show_days": 61}, rules.DaysOutside),
    ],
)
def test_what_an_award_is_refused(cast: Cast, more: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        scheme(cast, **more)
    assert not Scheme.objects.exists()


def test_one_award_of_a_name_and_one_round_of_a_period(cast: Cast) -> None:
    award = scheme(cast)
    with pytest.raises(rules.SchemeStands):
        scheme(cast)
    held = opened(cast, award)
    with pytest.raises(rules.RoundStands):
        opened(cast, award)
    for starts in (date(2025, 10, 1), date(2026, 4, 1), date(2026, 1, 2)):
        with pytest.raises(rules.NotThisPeriod):
            actions.open_round(actor=cast.actor("village"), scheme=award, starts=starts, now=NOW)
    with pytest.raises(rules.ReasonMissing):
        actions.call_off_round(actor=cast.actor("village"), round=held, reason=" ", now=NOW)
    actions.call_off_round(actor=cast.actor("village"), round=held, reason="连续下雨", now=NOW)
    again = opened(cast, award)
    named(cast, again)
    with pytest.raises(rules.NomineeStands):
        named(cast, again, " 田小满 ")
    for wrong, refusal in (({"name": " "}, rules.NameMissing), ({"way": "lot"}, rules.WayUnknown)):
        with pytest.raises(refusal):
            named(cast, again, **{"name": "王二", **wrong})
    actions.end_scheme(actor=cast.actor("village"), scheme=award, now=NOW)
    with pytest.raises(rules.SchemeEnded):
        actions.change_scheme(actor=cast.actor("village"), scheme=award, name="别名", now=NOW)
    anew = scheme(cast)
    assert anew.pk != award.pk  # an ended one does not stand in the way, but its rounds do
    with pytest.raises(rules.RoundStands):
        opened(cast, anew)


def test_the_round_keeps_the_criteria_it_began_with(cast: Cast) -> None:
    award = scheme(cast)
    held = opened(cast, award)
    actions.change_scheme(actor=cast.actor("village"), scheme=award, name="五净", criteria="院内净", show_days=3, now=NOW)
    held.refresh_from_db()
    assert (len(held.criteria), held.needs_all, held.show_days) == (8, True, 5)
    later = NOW + 30 * DAY
    assert opened(cast, Scheme.objects.get(pk=award.pk), later).criteria == ["院内净"]


def test_days_that_cannot_be(cast: Cast) -> None:
    held = opened(cast)
    one = named(cast, held)
    for on, refusal in ((TODAY + DAY, rules.FutureDay), (TODAY - DAY, rules.BeforeOpening)):
        with pytest.raises(refusal):
            looked(cast, one, on=on)
    looked(cast, one)
    for on, refusal in ((TODAY + DAY, rules.FutureDay), (TODAY - DAY, rules.BeforeOpening)):
        with pytest.raises(refusal):
            shown(cast, held, one, on=on)


def test_a_list_taken_down_and_a_period_left_vacant(cast: Cast) -> None:
    held = opened(cast)
    one = looked(cast, named(cast, held))
    shown(cast, held, one)
    actions.reopen_round(actor=cast.actor("village"), round=held, reason="漏了一户", now=NOW)
    held.refresh_from_db()
    assert (held.state, held.shown_from, held.nominees.filter(chosen=True).count()) == (rules.OPEN, None, 0)
    actions.leave_vacant(actor=cast.actor("village"), round=held, reason="都没达标", now=NOW)
    held.refresh_from_db()
    assert held.state == rules.VACANT and held.closed_on == TODAY
    with pytest.raises(rules.WrongState):
        shown(cast, held, one)


def test_a_list_of_struck_names_is_no_result(cast: Cast) -> None:
    held = opened(cast)
    one = looked(cast, named(cast, held))
    shown(cast, held, one)
    actions.strike_nominee(actor=cast.actor("village"), nominee=one, reason="异议属实", now=NOW)
    with pytest.raises(rules.NobodyChosen):
        decided(cast, held)


def test_what_is_owed_and_what_settles_it(cast: Cast) -> None:
    award = scheme(cast, now=datetime(2026, 1, 5, 10, tzinfo=CHINA))
    assert _due() == []

    def night(now: datetime) -> int:
        return actions.remind_rounds(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now)

    assert night(datetime(2026, 2, 28, 10, tzinfo=CHINA)) == 0
    assert night(NOW) == 1 and night(NOW) == 0
    assert _due() == [("七净一规范", date(2026, 3, 31))]
    actions.change_scheme(actor=cast.actor("village"), scheme=award, name="五净", now=NOW)
    assert _due() == [("五净", date(2026, 3, 31))]
    actions.change_scheme(actor=cast.actor("village"), scheme=award, name="七净一规范", criteria=CLEAN, needs_all=True, now=NOW)
    award.refresh_from_db()
    whole(cast, "田小满", award=award)
    assert _due() == []
    assert night(datetime(2026, 5, 30, 10, tzinfo=CHINA)) == 0
    assert night(datetime(2026, 5, 31, 10, tzinfo=CHINA)) == 1
    late = datetime(2026, 7, 2, 10, tzinfo=CHINA)
    night(late)
    held = actions.open_round(actor=cast.actor("village"), scheme=award, starts=date(2026, 4, 1), now=late)
    actions.leave_vacant(actor=cast.actor("village"), round=held, reason="农忙", now=late)
    assert _due() == []  # the second quarter is settled late, the third is not due for two months
    night(datetime(2026, 9, 15, 10, tzinfo=CHINA))
    assert len(_due()) == 1
    actions.end_scheme(actor=cast.actor("village"), scheme=award, now=late)
    assert _due() == []


def test_names_of_who_was_not_chosen_are_forgotten(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held = opened(cast)
    one = looked(cast, named(cast, held))
    named(cast, held, "林秋实", deeds="门前三包")
    decided(cast, shown(cast, held, one))
    assert held.closed_on is None and Round.objects.get().closed_on == TODAY + 6 * DAY

    def names() -> list[tuple[str, str]]:
        return list(Nominee.objects.order_by("number").values_list("name", "deeds"))

    def night(now: datetime) -> None:
        monkeypatch.setattr("lianjian.foundation.clock.now", lambda: now)
        with acting(cast.system()):
            nightly(jurisdiction_id=cast.town.pk)

    night(NOW + (6 + 90) * DAY)
    assert names() == [("田小满", ""), ("林秋实", "门前三包")]
    night(NOW + (6 + 91) * DAY)
    assert names() == [("田小满", ""), ("", "")]
    night(NOW + (6 + 92) * DAY)
    cast.actor("village")
    assert Entry.objects.filter(verb="awards.forget_nominees").count() == 1
    told = "".join(str(one) for one in Change.objects.values_list("before", "after"))
    assert "林秋实" not in told and "田小满" not in told


def test_a_name_struck_later_is_kept_as_long(cast: Cast) -> None:
    held = whole(cast, "田小满")
    one = held.nominees.get()
    late = NOW + 200 * DAY
    actions.strike_nominee(actor=cast.actor("village"), nominee=one, reason="情况变了", now=late)
    for days, forgotten in ((0, 0), (90, 0), (91, 1), (92, 0)):
        now = late + days * DAY
        assert actions.forget_nominees(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now) == forgotten


def test_what_nobody_ends_is_called_off(cast: Cast) -> None:
    held = opened(cast)
    one = looked(cast, named(cast, held))
    shown(cast, held, one)
    for days, lapsed in ((366, 0), (367, 1), (368, 0)):
        now = NOW + days * DAY
        assert actions.lapse_rounds(actor=cast.system(), jurisdiction_id=cast.town.pk, now=now) == lapsed
    held.refresh_from_db()
    one.refresh_from_db()
    assert held.state == rules.CALLED_OFF and held.reason and not one.chosen
    assert actions.forget_nominees(actor=cast.system(), jurisdiction_id=cast.town.pk, now=NOW + 460 * DAY) == 1


def test_the_meeting_is_the_bodys_own(cast: Cast) -> None:
    held = opened(cast)
    shown(cast, held, looked(cast, named(cast, held)))
    meeting: Meeting = meeting_held(cast, planned(cast, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY, answer_by=None), NOW + 3 * DAY)
    with pytest.raises(rules.NotItsMeeting):
        decided(cast, held, meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(convener=cast.village)
    assert decided(cast, held, meeting=Meeting.objects.get(pk=meeting.pk)).meeting_id == meeting.pk


def test_who_may(cast: Cast) -> None:
    award = scheme(cast)
    for who in ("contact", "instructor", "leader", "handler"):
        with pytest.raises(Denied):
            actions.open_round(actor=cast.actor(who), scheme=award, starts=date(2026, 1, 1), now=NOW)
    assert not Scheme.objects.visible_to(cast.actor("contact")).exists()
    assert Scheme.objects.visible_to(cast.actor("clerk")).exists()
    cast.actor("other_clerk")
    assert not Scheme.objects.exists()


def test_bodies_that_end_and_become_one(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    made = [
        directory.register_organization(
            actor=clerk, name=name, classification="village", parent=cast.town_root, now=NOW
        )
        for name in ("石塘村", "太明沟村")
    ]
    for body in made:
        actions.found_scheme(actor=clerk, organization=body, name="最美庭院", subject="household", per="quarter", now=NOW)
    other = actions.found_scheme(actor=clerk, organization=made[1], name="好邻居", subject="family", per="year", now=NOW)
    going = actions.open_round(actor=clerk, scheme=other, starts=date(2026, 1, 1), now=NOW)
    merge_organizations(actor=clerk, winner=made[0], loser=made[1], now=NOW)
    standing = Scheme.objects.standing().order_by("pk")
    assert [(one.name, one.organization_id) for one in standing] == [("最美庭院", made[0].pk), ("好邻居", made[0].pk)]
    directory.dissolve_organization(actor=clerk, organization=made[0], on=TODAY, now=NOW)
    other.refresh_from_db()
    assert other.ended_on == TODAY and not Scheme.objects.standing().exists()
    going.refresh_from_db()
    assert going.state == rules.CALLED_OFF and going.reason == rules.BODY_ENDED


@pytest.mark.parametrize(
    ("per", "day", "found"),
    [
        ("quarter", date(2026, 3, 31), [date(2026, 1, 1), date(2025, 10, 1)]),
        ("half", date(2026, 7, 1), [date(2026, 7, 1), date(2026, 1, 1)]),
        ("month", date(2028, 2, 29), [date(2028, 2, 1), date(2028, 1, 1)]),
        ("year", date(2025, 1, 1), [date(2025, 1, 1)]),
    ],
)
def test_periods_that_may_be_opened(per: str, day: date, found: list[date]) -> None:
    assert rules.open_periods(per, date(2025, 1, 1), day) == found


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["name", "look", "strike", "show", "reopen", "decide", "vacant", "call_off", "day"]),
        st.integers(0, 5),
        st.integers(0, 255),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_whatever_is_done_nobody_is_awarded_wrongly(cast: Cast, steps: list[Any]) -> None:
    """Any order of steps: who stands on a result was seen, met all, agreed, hung out long enough, was not struck."""
    Nominee.objects.all().delete()
    Round.objects.all().delete()
    Scheme.objects.all().delete()
    held, now = opened(cast), NOW
    made: list[Nominee] = []
    for step, which, bits, agreed in steps:
        one = made[which % len(made)] if made else None
        try:
            if step == "name":
                made.append(named(cast, held, f"第{len(made)}户", agreed=agreed, now=now))
            elif step == "look" and one is not None:
                met = [n for n in range(1, 9) if bits >> (n - 1) & 1] if which % 2 else range(1, 9)
                looked(cast, one, met, agreed=agreed, on=now.astimezone(CHINA).date(), now=now)
            elif step == "strike" and one is not None:
                actions.strike_nominee(actor=cast.actor("village"), nominee=one, reason="理由", now=now)
            elif step == "show":
                listed = [n for i, n in enumerate(made) if bits >> i & 1]
                shown(cast, held, *listed, on=now.astimezone(CHINA).date() - (which % 3) * DAY, now=now)
            elif step == "day":
                now += (which + 1) * DAY
            elif step == "decide":
                decided(cast, held, now)
            else:
                verb = {"reopen": actions.reopen_round, "vacant": actions.leave_vacant, "call_off": actions.call_off_round}
                if step in verb:
                    verb[step](actor=cast.actor("village"), round=held, reason="理由", now=now)
        except Refused:
            pass
    held.refresh_from_db()
    awarded = list(Nominee.objects.awarded())
    for one in awarded:
        assert one.agreed and one.checked_on and one.struck_on is None and set(one.met) == set(range(1, 9))
        assert held.shown_from and held.shown_until and held.closed_on and held.closed_on > held.shown_until
        assert held.shown_until - held.shown_from == 4 * DAY
        assert one.named_on <= one.checked_on <= held.shown_from
    assert bool(awarded) <= (held.state == rules.DECIDED)
    assert (held.closed_on is None) == (held.state in (rules.OPEN, rules.SHOWN))
