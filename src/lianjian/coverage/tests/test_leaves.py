"""Instructors away: nobody to take over, stand-ins away in turn, others keep what they have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianjian.coverage import actions, rules
from lianjian.coverage.models import Cap, Leave, Proposal
from lianjian.coverage.tests.test_proposals import _assign, _firms, _guides
from lianjian.directory import actions as directory
from lianjian.directory.models import Membership, Organization, Person
from lianjian.duties.models import Duty
from lianjian.foundation.clock import local_day
from lianjian.rulebook.actions import set_local_rule
from tests.cast import NOW, SINCE, TODAY, Cast

DAY = timedelta(days=1)
AWAY, BACK = date(2026, 3, 16), date(2026, 5, 1)


def _third(cast: Cast) -> Person:
    clerk = cast.actor("clerk")
    person = directory.register_person(actor=clerk, jurisdiction_id=cast.town.pk, name="秦川", now=NOW)
    actions.set_cap(actor=clerk, holder=person, most=20, since=SINCE, now=NOW)
    return person


def _take(cast: Cast, made: Proposal) -> None:
    actions.accept_rest(actor=cast.actor("clerk"), proposal=made, now=NOW)
    actions.confirm_proposal(actor=cast.actor("clerk"), proposal=made, now=NOW)


def _away(cast: Cast, person: Person, since: date, until: date | None) -> Proposal:
    made = actions.start_leave(actor=cast.actor("clerk"), person=person, since=since, until=until, now=NOW)
    _take(cast, made)
    return made


def _days(firm: Organization, first: date, last: date) -> list[tuple[int, set[str]]]:
    """Who looks after the firm, day by day, told where it changes; never two at once."""
    found: list[tuple[int, set[str]]] = []
    for number in range((last - first).days):
        names = _guides(firm, first + number * DAY)
        assert len(names) == 1, (first + number * DAY, names)
        if not found or found[-1][1] != names:
            found.append((number, names))
    return found


def _open(cast: Cast) -> dict[str, date]:
    cast.actor("clerk")
    rows = Duty.objects.filter(kind=rules.UNCOVERED, state="open").values_list("subject_key", "due_at")
    named = dict(Organization.objects.values_list("key", "name"))
    return {named[key]: local_day(due) for key, due in rows if due is not None}


def test_a_leave_without_anybody_else_is_recorded_and_its_firms_are_duties(cast: Cast, as_clerk) -> None:  # type: ignore[no-untyped-def]
    clerk = cast.actor("clerk")
    firms = _firms(cast, 2)
    _assign(cast, [*firms, cast.second_firm], "instructor")  # the only one who looks after anybody
    form = {"person": str(cast.people["instructor"].key), "since": "2026-03-16", "until": "2026-05-01"}
    answer = as_clerk.post("/coverage/leaves/new", form)
    assert answer.status_code == 303, answer.content.decode()
    page = as_clerk.get(answer.url).content.decode()
    assert "还差4个名额" in page and "4家企业不在任何人的走访范围内" in page and firms[0].name in page
    clerk = cast.actor("clerk")
    assert Leave.objects.get().since == AWAY
    names = {cast.firm.name, cast.second_firm.name, *(firm.name for firm in firms)}
    assert _open(cast) == dict.fromkeys(names, AWAY)
    shown = as_clerk.get("/duties/").content.decode()
    assert "给离岗人员的企业安排接替" in shown and firms[0].name in shown
    # Whoever is found ends the duty; the day on which he comes back ends the others.
    clerk = cast.actor("clerk")
    actions.assign_instructor(actor=clerk, enterprise=firms[0], person="新来的", since=AWAY, now=NOW)
    assert set(_open(cast)) == names - {firms[0].name}
    assert actions.settle_uncovered(actor=cast.system(), now=NOW) == 0
    back = NOW + (BACK - TODAY)
    assert actions.settle_uncovered(actor=cast.system(), now=back) == 3 and not _open(cast)


def test_coming_back_earlier_ends_the_duties(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    _assign(cast, [cast.second_firm], "instructor")
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=TODAY, now=NOW)
    assert len(_open(cast)) == 2
    actions.end_leave(actor=clerk, leave=made.leave, until=TODAY + DAY, now=NOW + DAY)
    assert not _open(cast)


def test_a_refused_stand_in_leaves_a_duty(cast: Cast) -> None:
    clerk, firms = cast.actor("clerk"), _firms(cast, 2)
    _assign(cast, firms, "instructor")
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=AWAY, now=NOW)
    assert not _open(cast)
    line = made.lines.get(enterprise=firms[0])
    actions.decide_line(actor=clerk, line=line, decision="refused", reason="距离太远", now=NOW)
    _take(cast, made)
    assert set(_open(cast)) == {firms[0].name}
    other = actions.start_leave(actor=clerk, person=cast.people["other_instructor"], since=AWAY, now=NOW)
    actions.withdraw_proposal(actor=clerk, proposal=other, reason="不用接替", now=NOW)
    assert len(_open(cast)) == 4


def test_a_stand_in_who_is_away_in_turn_leaves_no_doubles(cast: Cast) -> None:
    """苏禾 is away for weeks; 白露 stands in and is away for days of it; 秦川 stands in for her."""
    _third(cast)
    first, second = cast.people["instructor"], cast.people["other_instructor"]
    cap = Cap.objects.get()
    Cap.objects.filter(pk=cap.pk).update(until=AWAY, since=SINCE)  # not a candidate in the first round
    _away(cast, first, AWAY, BACK)
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == [(0, {"苏禾"}), (7, {"白露"}), (53, {"苏禾"})]
    Cap.objects.filter(pk=cap.pk).update(until=None)
    nested = _away(cast, second, AWAY + 10 * DAY, AWAY + 20 * DAY)
    told = [(0, {"苏禾"}), (7, {"白露"}), (17, {"秦川"}), (27, {"白露"}), (53, {"苏禾"})]
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == told
    clerk, leave = cast.actor("clerk"), Leave.objects.get(person=first)
    # The stand-in stays away longer, beyond the return of the first: the firm goes straight back to the first.
    actions.end_leave(actor=clerk, leave=nested.leave, until=BACK + 3 * DAY, now=NOW)
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == [*told[:3], (53, {"苏禾"})]
    # The first comes later than said: whoever stands in then goes on.
    actions.end_leave(actor=clerk, leave=leave, until=BACK + 2 * DAY, now=NOW)
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == [*told[:3], (55, {"苏禾"})]
    # And earlier than said: nothing that was planned for the stand-ins is left.
    leave.refresh_from_db()
    actions.end_leave(actor=clerk, leave=leave, until=AWAY + 12 * DAY, now=NOW)
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == [*told[:3], (19, {"苏禾"})]
    assert _guides(cast.second_firm, AWAY + 12 * DAY) == {"秦川"}


def test_the_first_is_back_before_the_stand_in_was_away(cast: Cast) -> None:
    _third(cast)
    first, second = cast.people["instructor"], cast.people["other_instructor"]
    cap = Cap.objects.get()
    Cap.objects.filter(pk=cap.pk).update(until=AWAY)
    made = _away(cast, first, AWAY, BACK)
    Cap.objects.filter(pk=cap.pk).update(until=None)
    _away(cast, second, AWAY + 10 * DAY, AWAY + 20 * DAY)
    actions.end_leave(actor=cast.actor("clerk"), leave=made.leave, until=AWAY + 4 * DAY, now=NOW)
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == [(0, {"苏禾"}), (7, {"白露"}), (11, {"苏禾"})]


def test_others_keep_their_firms_though_over_their_cap(cast: Cast) -> None:
    """白露 has three firms and a cap of two since: she keeps them and takes none; 秦川 takes what is left."""
    _third(cast)
    firms = _firms(cast, 2)
    _assign(cast, firms, "other_instructor")
    clerk = cast.actor("clerk")
    actions.set_cap(
        actor=clerk, holder=cast.people["other_instructor"], most=2, places=[cast.village], since=SINCE, now=NOW
    )
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=AWAY, now=NOW)
    lines = list(made.lines.values_list("enterprise__name", "person__name", "way"))
    assert lines == [(cast.firm.name, "秦川", "moved")] and not made.shortages
    _take(cast, made)
    assert all(_guides(firm, AWAY) == {"白露"} for firm in (*firms, cast.second_firm))


def test_a_social_organization_counts_as_load_and_is_handed_over(cast: Cast, as_clerk) -> None:  # type: ignore[no-untyped-def]
    clerk = cast.actor("clerk")
    body = directory.register_organization(
        actor=clerk, name="柳溪商会", classification="social", parent=cast.town_root, since=SINCE, now=NOW
    )
    _assign(cast, [body], "instructor")
    actions.cover_enterprise(actor=clerk, enterprise=body, station=cast.station, since=SINCE, now=NOW)
    actions.set_cap(actor=clerk, holder=cast.people["instructor"], most=2, since=SINCE, now=NOW)
    page = as_clerk.get("/coverage/caps").content.decode()
    assert "已满" in page
    clerk = cast.actor("clerk")
    listed = as_clerk.get(f"/coverage/enterprises?instructor={cast.people['instructor'].key}").content.decode()
    assert "柳溪商会" in listed and listed.count("<tr") == 3
    home = as_clerk.get("/coverage/").content.decode()
    assert f"station={cast.station.key}\">2<" in home
    clerk = cast.actor("clerk")
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=AWAY, now=NOW)
    assert set(made.lines.values_list("enterprise__name", flat=True)) == {cast.firm.name, "柳溪商会"}
    _take(cast, made)
    assert _guides(body, AWAY) == {"白露"}
    # The figures of enterprises go on counting enterprises.
    assert "柳溪商会" not in as_clerk.get("/coverage/enterprises?gap=unvisited").content.decode()


def test_who_stays_until_a_day_is_said_so(cast: Cast, as_clerk) -> None:  # type: ignore[no-untyped-def]
    """An end that lies ahead is an end, not nothing."""
    clerk = cast.actor("clerk")
    actions.end_coverage(actor=clerk, enterprise=cast.firm, until=BACK, now=NOW)
    with pytest.raises(rules.EndsBefore, match="已定在2026-05-01结束"):
        actions.end_coverage(actor=clerk, enterprise=cast.firm, until=BACK + DAY, now=NOW)
    actions.end_coverage(actor=clerk, enterprise=cast.firm, until=AWAY, now=NOW)  # sooner than said
    with pytest.raises(rules.EndsTooEarly):
        actions.end_coverage(actor=clerk, enterprise=cast.firm, until=SINCE, now=NOW)
    with pytest.raises(rules.NotCovered):
        actions.end_coverage(actor=clerk, enterprise=cast.firm, until=BACK, now=NOW + 30 * DAY)
    who = cast.people["instructor"]
    cap = actions.set_cap(actor=clerk, holder=who, most=5, since=SINCE, now=NOW)
    actions.end_cap(actor=clerk, cap=cap, until=BACK, now=NOW)
    actions.set_cap(actor=clerk, holder=who, most=7, since=AWAY, now=NOW)
    rows = Cap.objects.filter(person=who).order_by("since").values_list("most", "since", "until")
    assert list(rows) == [(5, SINCE, AWAY), (7, AWAY, None)]
    with pytest.raises(rules.BeginsTooEarly, match="从2026-03-16起已有另外的安排"):
        actions.set_cap(actor=clerk, holder=who, most=9, since=TODAY, now=NOW)
    for role in ("leader", "guarantee"):
        held = actions.assign_leader(
            actor=clerk, enterprise=cast.firm, person="高原", role=role, since=SINCE, now=NOW
        )
        actions.end_leader(actor=clerk, membership=held, until=BACK, now=NOW)
        with pytest.raises(rules.LeadsUntil, match="到2026-05-01为止"):
            actions.assign_leader(
                actor=clerk, enterprise=cast.firm, person="高原", role=role, since=TODAY, now=NOW
            )
    taken = actions.assign_leader(
        actor=clerk, enterprise=cast.firm, person="新镇长", role="guarantee", since=AWAY, now=NOW
    )
    ends = dict(Membership.objects.filter(role="guarantee").values_list("person__name", "until"))
    assert ends == {"高原": AWAY, "新镇长": None} and taken.since == AWAY


@pytest.mark.parametrize(
    ("scope", "words"), [("above", "规上企业都有人覆盖"), ("missing", "原来没有安排的企业都有人覆盖")]
)
def test_a_part_that_is_covered_is_not_called_all(cast: Cast, as_clerk, scope: str, words: str) -> None:  # type: ignore[no-untyped-def]
    made = actions.propose_cover(actor=cast.actor("clerk"), kind="station", scope=scope, since=TODAY, now=NOW)
    page = as_clerk.get(f"/coverage/proposals/{made.key}").content.decode()
    assert words in page and "全部企业都有人覆盖" not in page


def test_a_leave_is_about_ones_own_firms_while_others_are_away_too(cast: Cast) -> None:
    clerk, firms = cast.actor("clerk"), _firms(cast, 2)
    _assign(cast, firms, "instructor")
    first = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=AWAY, now=NOW)
    assert set(first.lines.values_list("person__name", flat=True)) == {"白露"}
    actions.withdraw_proposal(actor=clerk, proposal=first, reason="再议", now=NOW)
    second = actions.start_leave(actor=clerk, person=cast.people["other_instructor"], since=AWAY + DAY, now=NOW)
    assert list(second.lines.values_list("enterprise__name", "way")) == [(cast.second_firm.name, "none")]
    assert [one["lacking"] for one in second.shortages] == [1]
    assert set(_open(cast)) == {cast.firm.name, *(firm.name for firm in firms), cast.second_firm.name}


def test_one_whom_the_office_puts_in_the_stand_ins_place_holds_no_longer_than_the_stand_in(cast: Cast) -> None:
    made = _away(cast, cast.people["instructor"], AWAY, BACK)
    clerk = cast.actor("clerk")
    actions.assign_instructor(actor=clerk, enterprise=cast.firm, person="新来的", since=AWAY + 3 * DAY, now=NOW)
    told = [(0, {"苏禾"}), (7, {"白露"}), (10, {"新来的"}), (53, {"苏禾"})]
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == told
    actions.end_leave(actor=clerk, leave=made.leave, until=BACK + 2 * DAY, now=NOW)
    assert _days(cast.firm, TODAY, BACK + 9 * DAY) == [*told[:3], (55, {"苏禾"})]


def test_longer_away_than_the_next_leave_allows_is_refused_in_words(cast: Cast) -> None:
    clerk, who = cast.actor("clerk"), cast.people["instructor"]
    first = _away(cast, who, AWAY, AWAY + 5 * DAY)
    actions.start_leave(actor=clerk, person=who, since=BACK, until=BACK + DAY, now=NOW)
    with pytest.raises(rules.AlreadyAway):
        actions.end_leave(actor=clerk, leave=first.leave, until=BACK + 3 * DAY, now=NOW)
    first.leave.refresh_from_db()
    assert first.leave.until == AWAY + 5 * DAY


def test_a_cap_stays_within_what_the_place_allows(cast: Cast) -> None:
    source = "柳溪镇党建指导员管理办法(柳党办〔2026〕3号)"
    set_local_rule(
        actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, code="company.instructor_load", params={"max": 6},
        source=source, valid_from=SINCE, now=NOW,
    )  # fmt: skip
    clerk, who = cast.actor("clerk"), cast.people["instructor"]
    with pytest.raises(rules.AboveLocal, match="柳党办"):
        actions.set_cap(actor=clerk, holder=who, most=7, since=SINCE, now=NOW)
    assert actions.set_cap(actor=clerk, holder=who, most=6, since=SINCE, now=NOW).most == 6
