"""Members and the branch of each: exactly one on any day, guests counted once, rolls and votes, through the doors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person
from lianjian.events import rolls
from lianjian.foundation.declare import Scoped
from lianjian.journal.models import Entry
from lianjian.partylife import actions, figures, queries, rules
from lianjian.partylife.models import BranchMembership, FoundMember, MemberExemption, PartyMember
from lianjian.rulebook.rules import BreaksRule
from tests.cast import NOW, TODAY, Cast, acting

JOINED = date(2015, 7, 1)
SINCE = date(2020, 3, 1)
DAY = date(2024, 5, 6)


def member(cast: Cast, name: str = "秦川", **more: Any) -> PartyMember:
    values: dict[str, Any] = {
        "branch": cast.branch, "since": SINCE, "joined_on": JOINED, "full_on": date(2016, 7, 1), **more,
    }  # fmt: skip
    return actions.add_member(actor=cast.actor("clerk"), person=name, now=NOW, **values)


def another_branch(cast: Cast, name: str = "产业园联合党支部", **more: Any) -> Organization:
    values = {"parent": cast.town_root, **more}
    return directory.register_organization(
        actor=cast.system(), name=name, classification="party", now=NOW, **values
    )


def scope(cast: Cast, *places: int, day: date = TODAY) -> Scoped:
    return Scoped(places or (cast.town.pk,), day, day)


def test_a_member_is_entered_by_the_front_door(cast: Cast, as_clerk: Any) -> None:
    address = f"/members/branches/{cast.branch.key}"
    assert "还没有编入党员" in as_clerk.get(address).content.decode()
    sent = {"person": "秦川", "joined_on": "2015-07-01", "full_on": "2016-07-01", "since": "2020-03-01"}
    late = as_clerk.post(f"{address}/add", {**sent, "since": "2015-06-30"})
    assert late.status_code == 422 and "2015-07-01" in late.content.decode()
    assert as_clerk.post(f"{address}/add", {**sent, "occupation": "车间主任"}).status_code == 303
    with acting(cast.actor("clerk")):
        row = PartyMember.objects.get()
        assert Entry.objects.filter(verb="partylife.add_member").count() == 1
    page = as_clerk.get(address).content.decode()
    assert "秦川" in page and "已转正" in page
    own = as_clerk.get(f"/members/roll/{row.key}").content.decode()
    assert "车间主任" in own and "晨光木业党支部" in own
    again = as_clerk.post(f"{address}/add", sent)
    assert again.status_code == 422 or again.status_code == 409
    assert as_clerk.post(f"{address}/add", {**sent, "namesake": "on"}).status_code == 303
    with acting(cast.actor("clerk")):
        assert Person.objects.filter(name="秦川").count() == 2
    third = as_clerk.post(f"{address}/add", sent)
    assert third.status_code == 422 and "有同名的人" in third.content.decode()
    listed = as_clerk.get("/members/branches?q=晨光").content.decode()
    assert "晨光木业党支部" in listed
    assert as_clerk.get("/members/branches?level=branch&form=own&sort=-members").status_code == 200
    assert as_clerk.post("/export", {"page": "partylife.branches"}).status_code == 200


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"since": TODAY + timedelta(days=1)}, rules.InTheFuture),
        ({"joined_on": SINCE + timedelta(days=1), "full_on": None}, rules.BeforeJoining),
        ({"full_on": JOINED}, rules.FullBeforeJoined),
    ],
)
def test_days_that_cannot_be(cast: Cast, values: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        member(cast, **values)
    assert not PartyMember.objects.exists() and not BranchMembership.objects.exists()


def test_before_birth_and_before_founding(cast: Cast) -> None:
    cast.actor("clerk")
    born = Person.objects.create(
        jurisdiction_id=cast.town.pk, name="晚生", identity_number="42990019990307451X", changed_at=NOW
    )
    with pytest.raises(rules.BeforeBirth):
        member(cast, born, joined_on=date(1999, 3, 7), full_on=None)
    Organization.objects.filter(pk=cast.branch.pk).update(founded_on=date(2021, 1, 1))
    cast.branch.refresh_from_db()
    with pytest.raises(rules.BeforeFounding) as refused:
        member(cast)
    assert "2021-01-01" in str(refused.value)
    with pytest.raises(rules.NotABranch):
        member(cast, branch=cast.firm)


def test_a_home_is_one_on_every_day_whatever_is_written(cast: Cast) -> None:
    one, other = member(cast), another_branch(cast)
    for since, until in ((SINCE, None), (SINCE - timedelta(days=9), SINCE + timedelta(days=1)), (TODAY, None)):
        with pytest.raises(IntegrityError, match="one_home_branch_at_a_time"), transaction.atomic():
            BranchMembership.objects.create(
                jurisdiction_id=cast.town.pk, member=one, branch=other, role="home", since=since, until=until,
                ended_reason="测试" if until else "",
            )  # fmt: skip
    with pytest.raises(rules.AlreadyInBranch):
        actions.add_host(actor=cast.actor("clerk"), member=one, branch=cast.branch, since=DAY, now=NOW)


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.booleans()), min_size=1, max_size=7)
)
def test_any_history_has_at_most_one_home_a_day(cast: Cast, spans: list[tuple[int, int, bool]]) -> None:
    """Seats at random days and branches: what the database keeps is what a calendar of single days would keep."""
    with transaction.atomic():
        one = member(cast, "随机", since=date(2019, 1, 1), namesake=True)
        actions.end_membership(
            actor=cast.actor("clerk"), member=one, until=date(2019, 6, 1), kind="moved", reason="转出", now=NOW
        )
        branches = (cast.branch, another_branch(cast))
        taken: dict[int, int] = {}
        for start, length, second in spans:
            days, branch, first = range(start, start + length), branches[second], DAY + timedelta(days=start)
            free = not taken.keys() & set(days)
            try:
                with transaction.atomic():
                    BranchMembership.objects.create(
                        jurisdiction_id=cast.town.pk, member=one, branch=branch, role="home", since=first,
                        until=first + timedelta(days=length), ended_reason="转出",
                    )  # fmt: skip
                kept = True
            except IntegrityError:
                kept = False
            assert kept == free
            if kept:
                taken.update(dict.fromkeys(days, branch.pk))
        for offset in range(82):
            home = queries.home_branch(one.person_id, DAY + timedelta(days=offset))
            assert (home.pk if home is not None else None) == taken.get(offset)
        transaction.set_rollback(True)


def test_under_two_branches_he_is_counted_once(cast: Cast, as_clerk: Any) -> None:
    one, host = member(cast), another_branch(cast)
    answer = as_clerk.post(f"/members/roll/{one.key}/host", {"branch": "产业园联合党支部", "since": "2024-05-06"})
    assert answer.status_code == 303, answer.content.decode()
    clerk = cast.actor("clerk")
    assert figures.members(clerk, scope(cast)).count() == 1
    assert [who.person_id for who in queries.branch_roll(cast.branch, TODAY).people] == [one.person_id]  # type: ignore[union-attr]
    assert queries.branch_roll(host, TODAY) is None
    assert [row[1:] for row in queries.looked_after(host, TODAY)] == [("秦川", DAY)]
    assert rolls.home_of(one.person_id, TODAY) == cast.branch
    page = as_clerk.get(f"/members/branches/{host.key}").content.decode()
    assert "秦川" in page and "共管党员(不计入本支部)" in page
    with acting(clerk):
        seat = BranchMembership.objects.get(role="host")
    end = f"/members/hosts/{seat.key}/end"
    assert as_clerk.post(end, {"until": "2024-05-06", "reason": "回原单位"}).status_code == 422
    assert as_clerk.post(end, {"until": "2024-06-06", "reason": "回原单位"}).status_code == 303
    cast.actor("clerk")
    assert queries.looked_after(host, TODAY) == []
    assert len(queries.looked_after(host, DAY)) == 1


def test_a_branch_without_entries_says_so_and_not_0(cast: Cast, as_clerk: Any) -> None:
    another_branch(cast)
    one = member(cast)
    rows = as_clerk.get("/members/branches?q=产业园联合").content.decode()
    assert "未编入" in rows
    assert "未编入" not in as_clerk.get(f"/members/branches?q={cast.branch.name}").content.decode().split("<tbody")[1]
    only = as_clerk.get("/members/branches?bare=1").content.decode().split("<tbody")[1]
    assert "产业园联合党支部" in only and cast.branch.name not in only
    actions.end_membership(
        actor=cast.actor("clerk"), member=one, until=TODAY, kind="moved", reason="转出本县", now=NOW
    )
    gone = as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    assert "未编入" not in gone  # he left: known to be nobody


def test_the_roster_lists_a_member_once_and_the_branch_page_leads_to_it(
    cast: Cast, as_clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, host = member(cast), another_branch(cast)
    actions.add_host(actor=cast.actor("clerk"), member=one, branch=host, since=DAY, now=NOW)
    listed = as_clerk.get("/members/roll").content.decode().split("<tbody")[1]
    assert listed.count(f"/members/roll/{one.key}") == 1 and "双联共管" in listed
    assert str(one.key) in as_clerk.get(f"/members/roll?branch={cast.branch.key}").content.decode()
    assert str(one.key) not in as_clerk.get(f"/members/roll?branch={host.key}").content.decode()
    assert as_clerk.get("/members/roll?branch=x").status_code == 200
    monkeypatch.setattr("lianjian.partylife.queries.branches.SHOWN", 1)
    member(cast, "秦岭")
    page = as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    assert "看全部 2 名党员" in page and f"/members/roll?branch={cast.branch.key}" in page
    assert as_clerk.post("/export", {"page": "partylife.roster"}).status_code == 200


def test_care_of_a_found_member_and_a_guests_seat_are_one_fact(cast: Cast) -> None:
    clerk, host = cast.actor("clerk"), another_branch(cast)
    found = actions.record_found_member(
        actor=cast.actor("clerk"), person="秦川", enterprise=cast.firm, found_on=DAY, joint_branch=host,
        managed_on=DAY, now=NOW,
    )  # fmt: skip
    assert len(queries.looked_after(host, TODAY)) == 1
    one = member(cast, found.person)
    actions.add_host(actor=clerk, member=one, branch=host, since=DAY + timedelta(days=3), now=NOW)
    assert queries.looked_after(host, TODAY) == [(found.person_id, "秦川", DAY)]
    FoundMember.objects.filter(pk=found.pk).update(joint_branch=cast.branch)
    assert queries.looked_after(cast.branch, TODAY) == []  # at home he is no guest


def test_the_host_of_another_town_sees_him_until_it_ends(cast: Cast, as_other_clerk: Any) -> None:
    system = cast.system(cast.other_town)
    host = directory.register_organization(
        actor=system, name="石桥村党支部", classification="party", parent=cast.other_root, now=NOW
    )
    one = member(cast)
    address = f"/members/roll/{one.key}"
    assert as_other_clerk.get(address).status_code == 404
    assert as_other_clerk.get(f"/members/branches/{cast.branch.key}").status_code == 404
    seat = actions.add_host(actor=cast.actor("clerk"), member=one, branch=host, since=DAY, now=NOW)
    page = as_other_clerk.get(address)
    assert page.status_code == 200 and "离开支部" not in page.content.decode()
    assert as_other_clerk.post(f"{address}/change", {"joined_on": "2015-07-01"}).status_code in (403, 404, 422)
    both = (cast.town.pk, cast.other_town.pk)
    assert figures.members(cast.actor("other_clerk"), scope(cast, *both)).count() == 0
    assert figures.members(cast.actor("county_clerk"), scope(cast, *both)).count() == 1
    actions.end_host(actor=cast.actor("clerk"), seat=seat, until=TODAY, reason="回原单位", now=NOW)
    assert as_other_clerk.get(address).status_code == 404


def test_the_roll_of_24_with_one_exempt_and_one_left_out(cast: Cast, as_clerk: Any) -> None:
    people = [member(cast, f"党员{number:02}") for number in range(23)]
    fresh = member(cast, "预备", joined_on=SINCE, full_on=None)
    free = {"kind": "unbound", "since": "2024-05-06", "until": ""}
    assert as_clerk.post(f"/members/roll/{people[3].key}/exempt", free).status_code == 303
    assert as_clerk.post(f"/members/roll/{people[3].key}/exempt", free).status_code in (409, 422)
    out = {"kind": "abroad", "since": "2024-05-06", "consent": "", "adopted_on": "2024-05-01"}
    assert as_clerk.post(f"/members/roll/{people[5].key}/leave-out", out).status_code == 422
    out["consent"] = "柳委组〔2024〕8号"
    early = as_clerk.post(f"/members/roll/{people[5].key}/leave-out", {**out, "since": "2024-04-30"})
    assert early.status_code == 422 and "2024-05-01" in early.content.decode()
    assert as_clerk.post(f"/members/roll/{people[5].key}/leave-out", out).status_code == 303
    cast.actor("clerk")
    roll = rolls.roll_of(cast.branch, TODAY).people
    assert len(roll) == 24 and sum(who.exempt for who in roll) == 1 and sum(who.voter for who in roll) == 22
    voting = set(queries.voters(cast.branch, TODAY).values_list("member_id", flat=True))
    assert voting == {one.pk for one in people} - {people[5].pk} and fresh.pk not in voting
    assert queries.voters(cast.branch, DAY - timedelta(days=1)).count() == 23
    row = MemberExemption.objects.get(effect="vote")
    assert row.evaluation is not None
    with pytest.raises(BreaksRule):
        actions.leave_out(
            actor=cast.actor("clerk"), member=people[6], kind="busy", since=DAY, consent="文", adopted_on=DAY, now=NOW
        )
    page = as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    assert "不作出勤硬性要求" in page and "不计入应到会人数" in page
    assert as_clerk.post(f"/members/exemptions/{row.key}/end", {"until": "2024-07-01"}).status_code == 303
    cast.actor("clerk")
    assert queries.voters(cast.branch, TODAY).count() == 23


def test_leaving_is_decided_by_a_person_with_a_reason(cast: Cast, as_clerk: Any) -> None:
    one, host = member(cast), another_branch(cast)
    actions.add_host(actor=cast.actor("clerk"), member=one, branch=host, since=DAY, now=NOW)
    end = f"/members/roll/{one.key}/end"
    assert as_clerk.post(end, {"until": "2025-01-01", "kind": "moved", "reason": ""}).status_code == 422
    assert as_clerk.post(end, {"until": "2020-03-01", "kind": "moved", "reason": "转往外县"}).status_code == 422
    assert as_clerk.post(end, {"until": "2025-01-01", "kind": "moved", "reason": "转往外县"}).status_code == 303
    clerk = cast.actor("clerk")
    assert not BranchMembership.objects.filter(until__isnull=True).exists()
    assert figures.members(clerk, scope(cast, day=date(2024, 12, 31))).count() == 1
    assert figures.members(clerk, scope(cast, day=date(2025, 1, 1))).count() == 0
    assert as_clerk.post(end, {"until": "2025-02-01", "kind": "moved", "reason": "再办"}).status_code in (409, 422)
    page = as_clerk.get(f"/members/roll/{one.key}").content.decode()
    assert "转往外县" in page and "重新编入支部" in page
    enter = f"/members/roll/{one.key}/enter"
    early = as_clerk.post(enter, {"branch": "产业园联合党支部", "since": "2024-12-31"})
    assert early.status_code == 422 and "第25条" in early.content.decode()
    assert as_clerk.post(enter, {"branch": "产业园联合党支部", "since": "2025-03-01"}).status_code == 303
    cast.actor("clerk")
    assert queries.home_branch(one.person_id, TODAY) == host
    assert queries.home_branch(one.person_id, date(2025, 2, 1)) is None
    panel = as_clerk.get(f"/directory/organizations/{host.key}").content.decode()
    assert f"/members/branches/{host.key}" in panel


def test_a_record_stays_with_its_place(cast: Cast) -> None:
    one = member(cast)
    actions.end_membership(actor=cast.actor("clerk"), member=one, until=DAY, kind="moved", reason="转出", now=NOW)
    system = cast.system(cast.other_town)
    other = directory.register_organization(
        actor=system, name="石桥村党支部", classification="party", parent=cast.other_root, now=NOW
    )
    with pytest.raises(rules.OtherPlace):
        actions.enter_branch(actor=cast.actor("other_clerk"), member=one, branch=other, since=TODAY, now=NOW)


def test_days_are_mended_only_to_what_can_be(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    change = f"/members/roll/{one.key}/change"
    late = as_clerk.post(change, {"joined_on": "2020-03-02", "full_on": "2021-03-02"})
    assert late.status_code == 422 and "2020-03-01" in late.content.decode()
    assert as_clerk.post(change, {"joined_on": "2015-07-02", "full_on": "2016-07-02"}).status_code == 303
    with acting(cast.actor("clerk")):
        one.refresh_from_db()
    assert one.full_on == date(2016, 7, 2)


def test_who_sees_a_branch(cast: Cast, as_instructor: Any, as_handler: Any, as_other_clerk: Any) -> None:
    one = member(cast)
    assert as_handler.get(f"/members/roll/{one.key}").status_code == 403
    assert as_other_clerk.get(f"/members/roll/{one.key}").status_code == 404
    assert "晨光木业党支部" not in as_other_clerk.get("/members/branches").content.decode()
    assert as_instructor.get("/members/branches").status_code == 200
    assert as_instructor.post(f"/members/roll/{one.key}/end", {}).status_code in (403, 404)


def test_branches_by_form_add_up(cast: Cast) -> None:
    for number, form in enumerate(["own"] * 23 + ["joint"] * 3 + ["attached"] * 2):
        directory.register_organization(
            actor=cast.system(), name=f"第{number}党支部", classification="party", parent=cast.town_root,
            profile={"level": "branch", "formation": form}, now=NOW,
        )  # fmt: skip
    clerk = cast.actor("clerk")
    counts = [figures.branches_formed(form)(clerk, scope(cast)).count() for form in ("", "own", "joint", "attached")]
    assert counts == [29, 24, 3, 2]  # with the branch of the cast, as in checklist 001-08: 24 own and 5 others
