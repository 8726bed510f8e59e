"""Proposals, caps and instructors away, by verbs and by the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianjian.coverage import actions, rules
from lianjian.coverage.models import Cap, Leave, Proposal, ProposedCover
from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.foundation import clock
from tests.cast import NOW, SINCE, TODAY, Cast, acting

BACK = date(2026, 5, 1)


def _firms(cast: Cast, count: int, parent: Organization | None = None) -> list[Organization]:
    return [
        directory.register_organization(
            actor=cast.actor("clerk"),
            name=f"{(parent or cast.town_root).name}{number}号厂",
            classification="enterprise",
            parent=parent or cast.town_root,
            since=SINCE,
            now=NOW,
        )
        for number in range(count)
    ]


def _park(cast: Cast, name: str) -> Organization:
    return directory.register_organization(
        actor=cast.actor("clerk"), name=name, classification="park", parent=cast.town_root, since=SINCE, now=NOW
    )


def _guides(firm: Organization, day: date) -> set[str]:
    held = Membership.objects.filter(role="instructor", organization=firm).on(day)  # type: ignore[attr-defined]
    return set(held.values_list("person__name", flat=True))


def _assign(cast: Cast, firms: list[Organization], who: str) -> None:
    actions.assign_many(
        actor=cast.actor("clerk"), enterprises=firms, person=cast.people[who], since=SINCE, now=NOW
    )


def test_a_cover_is_proposed_accepted_and_holds_from_its_day(cast: Cast, as_clerk: Any) -> None:
    firms = _firms(cast, 6)
    clerk = cast.actor("clerk")
    for who, most in (("instructor", 4), ("other_instructor", 4)):
        actions.set_cap(actor=clerk, holder=cast.people[who], most=most, since=SINCE, now=NOW)
    form = {"kind": "instructor", "scope": "all", "since": "2026-03-10"}
    answer = as_clerk.post("/coverage/proposals/new", form)
    assert answer.status_code == 303
    page = as_clerk.get(answer.url).content.decode()
    assert "全部企业都有人覆盖" in page and "安排后4家,上限4家" in page and firms[0].name in page
    with acting(clerk):
        proposal = Proposal.objects.get()
        ways = {line.enterprise_id: line.way for line in proposal.lines.all()}
        assert ways[cast.firm.pk] == ways[cast.second_firm.pk] == "kept" and len(ways) == 8
        assert not Membership.objects.filter(organization__in=firms).exists()
        line = proposal.lines.get(enterprise=firms[0])
    assert as_clerk.post(f"{answer.url}/confirm").status_code == 409
    assert as_clerk.post(f"/coverage/lines/{line.key}/refuse", {"reason": ""}).status_code == 422
    assert as_clerk.post(f"/coverage/lines/{line.key}/refuse", {"reason": "已停产"}).status_code == 303
    assert as_clerk.post(f"{answer.url}/accept").status_code == 303
    assert as_clerk.post(f"{answer.url}/confirm").status_code == 303
    assert as_clerk.post(f"{answer.url}/confirm").status_code == 409
    page = as_clerk.get(answer.url).content.decode()
    assert "已停产" in page and "已定" in page
    with acting(clerk):
        assert not _guides(firms[0], date(2026, 3, 10))
        for firm in firms[1:]:
            assert len(_guides(firm, date(2026, 3, 10))) == 1 and not _guides(firm, date(2026, 3, 9))
        loads = Membership.objects.filter(role="instructor").on(date(2026, 3, 10))  # type: ignore[attr-defined]
        for who in ("instructor", "other_instructor"):
            assert loads.filter(person=cast.people[who]).count() <= 4


def test_the_shortage_is_named_with_its_number(cast: Cast, as_clerk: Any) -> None:
    east, west = _park(cast, "东园"), _park(cast, "西园")
    in_east, _in_west = _firms(cast, 5, east), _firms(cast, 2, west)
    clerk = cast.actor("clerk")
    actions.set_cap(
        actor=clerk, holder=cast.people["instructor"], most=3, places=[east, cast.station], since=SINCE, now=NOW
    )
    other = cast.people["other_instructor"]
    actions.set_cap(actor=clerk, holder=other, most=9, places=[cast.second_station], since=SINCE, now=NOW)
    made = actions.propose_cover(actor=clerk, kind="instructor", scope="all", since=TODAY, now=NOW)
    assert [(len(one["firms"]), one["seats"], one["lacking"]) for one in made.shortages] == [(6, 3, 3), (2, 0, 2)]
    page = as_clerk.get(f"/coverage/proposals/{made.key}").content.decode()
    assert "还差5个名额" in page
    assert "6家企业只有苏禾可去,共3个名额,还差3个名额" in page
    assert "西园:2家企业不在任何人的走访范围内,还差2个名额" in page and in_east[0].name in page
    missing = made.lines.filter(way="none")
    assert missing.count() == 5
    with pytest.raises(rules.NothingProposed):
        actions.decide_line(actor=clerk, line=missing[0], decision="accepted", now=NOW)
    assert as_clerk.get("/coverage/proposals").content.decode().count("5家无人可派") == 1


def test_one_who_is_away_hands_over_only_ones_own_firms_and_gets_them_back(cast: Cast, as_clerk: Any) -> None:
    firms = _firms(cast, 4)
    _assign(cast, firms[:2], "instructor")
    _assign(cast, firms[2:], "other_instructor")
    form = {"person": str(cast.people["instructor"].key), "since": "2026-03-16", "until": "2026-05-01"}
    answer = as_clerk.post("/coverage/leaves/new", form)
    assert answer.status_code == 303, answer.content.decode()
    clerk = cast.actor("clerk")
    with acting(clerk):
        proposal = Proposal.objects.get()
        assert {line.enterprise_id for line in proposal.lines.all()} == {cast.firm.pk, firms[0].pk, firms[1].pk}
        assert {line.person_id for line in proposal.lines.all()} == {cast.people["other_instructor"].pk}
    assert as_clerk.post(f"{answer.url}/accept").status_code == 303
    assert as_clerk.post(f"{answer.url}/confirm").status_code == 303
    with acting(clerk):
        for firm in (cast.firm, *firms[:2]):
            assert _guides(firm, date(2026, 3, 15)) == {"苏禾"}
            assert _guides(firm, date(2026, 3, 16)) == _guides(firm, date(2026, 4, 30)) == {"白露"}
            assert _guides(firm, BACK) == {"苏禾"}
        for firm in firms[2:]:
            assert Membership.objects.filter(organization=firm).count() == 1
        leave = Leave.objects.get()
    assert as_clerk.post("/coverage/leaves/new", form).status_code == 422
    clerk = cast.actor("clerk")
    actions.end_leave(actor=clerk, leave=leave, until=date(2026, 6, 1), now=NOW)
    assert _guides(firms[0], date(2026, 5, 31)) == {"白露"} and _guides(firms[0], date(2026, 6, 1)) == {"苏禾"}
    leave.refresh_from_db()
    actions.end_leave(actor=clerk, leave=leave, until=date(2026, 4, 1), now=NOW)
    assert _guides(firms[0], date(2026, 3, 31)) == {"白露"}
    for day in (date(2026, 4, 1), date(2026, 5, 31), date(2026, 7, 1)):
        assert _guides(firms[0], day) == {"苏禾"}


def test_the_page_shows_who_is_away(cast: Cast, as_clerk: Any) -> None:
    clerk = cast.actor("clerk")
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=clock.today(), now=NOW)
    page = as_clerk.get("/coverage/caps").content.decode()
    assert "离岗中" in page and "未定" in page
    assert as_clerk.get(f"/coverage/leaves/{made.leave.key}/end").status_code == 200
    too_early = as_clerk.post(f"/coverage/leaves/{made.leave.key}/end", {"until": "2026-01-01"})
    assert too_early.status_code == 422


def test_another_instructor_of_the_firm_stays(cast: Cast) -> None:
    """Two look after the firm; one is away: nothing need change. Three firms of one: only these are in the draft."""
    clerk = cast.actor("clerk")
    actions.assign_instructor(
        actor=clerk, enterprise=cast.firm, person=cast.people["other_instructor"], since=SINCE, now=NOW, beside=True
    )
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=TODAY, now=NOW)
    assert not made.lines.exists() and not made.shortages


def test_what_was_changed_in_between_is_not_overwritten(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    made = actions.start_leave(actor=clerk, person=cast.people["instructor"], since=TODAY, now=NOW)
    assert actions.accept_rest(actor=clerk, proposal=made, now=NOW) == 1
    actions.assign_instructor(actor=clerk, enterprise=cast.firm, person="新来的", since=SINCE, now=NOW)
    with pytest.raises(rules.Changed, match="晨光木业"):
        actions.confirm_proposal(actor=clerk, proposal=made, now=NOW)
    actions.withdraw_proposal(actor=clerk, proposal=made, reason="重提", now=NOW)
    with pytest.raises(rules.Decided):
        actions.accept_rest(actor=clerk, proposal=made, now=NOW)


def test_stations_are_proposed_by_the_same_solver(cast: Cast) -> None:
    firms, clerk = _firms(cast, 3), cast.actor("clerk")
    actions.set_cap(actor=clerk, holder=cast.station, most=2, since=SINCE, now=NOW)
    actions.set_cap(actor=clerk, holder=cast.second_station, most=3, since=SINCE, now=NOW)
    made = actions.propose_cover(actor=clerk, kind="station", scope="missing", since=TODAY, now=NOW)
    assert made.lines.count() == 3 and not made.shortages
    actions.accept_rest(actor=clerk, proposal=made, now=NOW)
    assert actions.confirm_proposal(actor=clerk, proposal=made, now=NOW) == 3
    loads = [Link.objects.filter(kind="coverage", source=one).count() for one in (cast.station, cast.second_station)]
    assert loads == [2, 3] and Link.objects.filter(kind="coverage", target__in=firms).count() == 3


def test_caps_are_dated_and_refused_in_words(cast: Cast, as_clerk: Any, as_instructor: Any) -> None:
    clerk, who = cast.actor("clerk"), cast.people["instructor"]
    with pytest.raises(rules.BadCap):
        actions.set_cap(actor=clerk, holder=who, most=0, since=TODAY, now=NOW)
    with pytest.raises(rules.NotAStation):
        actions.set_cap(actor=clerk, holder=cast.office, most=9, since=TODAY, now=NOW)
    with pytest.raises(rules.ForeignPlace):
        actions.set_cap(actor=clerk, holder=who, most=9, places=[cast.other_firm], since=TODAY, now=NOW)
    address = f"/coverage/caps/new?person={who.key}"
    assert as_clerk.get(address).status_code == 200
    data = {"most": "8", "places": [str(cast.station.key)], "since": "2026-03-01"}
    assert as_clerk.post(address, data).status_code == 303
    assert as_clerk.post(address, {**data, "most": "12", "since": "2026-03-09"}).status_code == 303
    assert as_clerk.post(address, {**data, "since": "2026-02-01"}).status_code == 422
    assert as_clerk.post(address, {**data, "most": "0"}).status_code == 422
    with acting(cast.actor("clerk")):
        caps = list(Cap.objects.order_by("since").values_list("most", "until"))
    assert caps == [(8, TODAY), (12, None)]
    page = as_clerk.get("/coverage/caps").content.decode()
    assert "柳溪第一党建指导站" in page and "12" in page and "未设上限" in page
    assert as_instructor.post(address, data).status_code == 403
    with acting(cast.actor("clerk")):
        end = f"/coverage/caps/{Cap.objects.get(until=None).key}/end"
    assert end in as_clerk.get(address).content.decode()
    assert as_clerk.post(end, {"until": "2026-03-01"}).status_code == 422
    assert as_clerk.post(end, {"until": "2026-05-01"}).status_code == 303
    with acting(cast.actor("clerk")):
        assert list(Cap.objects.order_by("since").values_list("most", "until")) == [(8, TODAY), (12, BACK)]


def test_nobody_elses_proposals(cast: Cast, as_other_clerk: Any, as_instructor: Any, as_leader: Any) -> None:
    made = actions.propose_cover(actor=cast.actor("clerk"), kind="station", scope="all", since=TODAY, now=NOW)
    line = ProposedCover.objects.all()[0]
    address = f"/coverage/proposals/{made.key}"
    assert as_other_clerk.get(address).status_code == 404
    assert as_instructor.get(address).status_code == 404
    assert as_leader.get(address).status_code == 200
    assert as_leader.post(f"{address}/accept").status_code == 403
    assert as_other_clerk.post(f"/coverage/lines/{line.key}/accept").status_code == 404


def test_a_place_without_anybody_is_told_what_to_do(cast: Cast) -> None:
    with pytest.raises(rules.NoHolders, match="承担上限"):
        actions.propose_cover(actor=cast.actor("other_clerk"), kind="instructor", scope="all", since=TODAY, now=NOW)
    with pytest.raises(rules.HoldsNothing):
        actions.start_leave(actor=cast.actor("clerk"), person=cast.people["handler"], since=TODAY, now=NOW)
    assert not Leave.objects.exists() and Person.objects.exists()


def test_a_cap_that_was_lowered_meanwhile_is_kept(cast: Cast) -> None:
    _firms(cast, 4)
    clerk, who = cast.actor("clerk"), cast.people["instructor"]
    actions.set_cap(actor=clerk, holder=who, most=6, since=SINCE, now=NOW)
    # The other has as many as he may: where two are alike, keys decide who is given how many.
    actions.set_cap(actor=clerk, holder=cast.people["other_instructor"], most=1, since=SINCE, now=NOW)
    made = actions.propose_cover(actor=clerk, kind="instructor", scope="missing", since=TODAY, now=NOW)
    assert {line.person for line in made.lines.all()} == {who}
    actions.accept_rest(actor=clerk, proposal=made, now=NOW)
    actions.end_cap(actor=clerk, cap=Cap.objects.get(person=who), until=TODAY, now=NOW)
    cap = actions.set_cap(actor=clerk, holder=who, most=2, since=TODAY, now=NOW)  # one he has, four come
    with pytest.raises(rules.CapPassed):
        actions.confirm_proposal(actor=clerk, proposal=made, now=NOW)
    assert not Membership.objects.filter(role="instructor", organization__name__contains="号厂").exists()
    Cap.objects.filter(pk=cap.pk).update(most=6)
    assert actions.confirm_proposal(actor=clerk, proposal=made, now=NOW) == made.lines.count()
