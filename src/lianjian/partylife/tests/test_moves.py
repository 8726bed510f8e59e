"""Transfers in two phases, within a place and between two: one home on any day, whoever acts, by the front door."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person
from lianjian.duties.models import Duty
from lianjian.foundation.actor import system_actor
from lianjian.foundation.verbs import attempt
from lianjian.journal.models import Entry
from lianjian.partylife import actions, figures, queries, rules, tasks
from lianjian.partylife.actions.moves import settle_sender
from lianjian.partylife.models import Applicant, BranchMembership, PartyMember, Transfer, TransferAnswer
from lianjian.partylife.rules import moves
from lianjian.rulebook.rules import BreaksRule
from tests.cast import NOW, TODAY, Cast, _account, acting

from .test_members import SINCE, another_branch, member, scope

DAY = TODAY - timedelta(days=30)


def branch_elsewhere(cast: Cast) -> Organization:
    return directory.register_organization(
        actor=cast.system(cast.other_town), name="石桥村党支部", classification="party", parent=cast.other_root, now=NOW
    )


def sent(cast: Cast, one: PartyMember, to: Organization | None, **more: Any) -> Transfer:
    values = {"reason": "work", "opened_on": DAY, **more}
    return actions.open_transfer(actor=cast.actor("clerk"), member=one, to_branch=to, now=NOW, **values)


def homes(one: PartyMember, day: date) -> list[int]:
    return list(BranchMembership.objects.on(day).filter(member=one, role="home").values_list("branch_id", flat=True))  # type: ignore[attr-defined]


def test_he_stays_until_he_is_accepted(cast: Cast, as_clerk: Any) -> None:
    one, other = member(cast), another_branch(cast)
    out = {"to_branch": other.name, "reason": "work", "opened_on": str(DAY), "letter_number": "柳组介〔2026〕3号"}
    assert as_clerk.post(f"/members/roll/{one.key}/transfer", {**out, "to_branch": ""}).status_code == 422
    assert as_clerk.post(f"/members/roll/{one.key}/transfer", out).status_code == 303
    assert as_clerk.post(f"/members/roll/{one.key}/transfer", out).status_code in (409, 422)
    with acting(cast.actor("clerk")):
        row = Transfer.objects.get()
        assert row.valid_until == DAY + timedelta(days=90)
        assert homes(one, TODAY) == [cast.branch.pk]
        assert [who.person_id for who in queries.branch_roll(cast.branch, TODAY).people] == [one.person_id]  # type: ignore[union-attr]
        assert Duty.objects.filter(state="open", kind__in=moves.DUTIES).count() == 2
        for place, words in ((cast.branch, "等待对方接收"), (other, "等待本支部接收")):
            ((note, name, _url),) = queries.branch_notes(cast.actor("clerk"), place, TODAY)
            assert name == "秦川" and words in note
    assert "需要办理" in as_clerk.get(f"/members/branches/{other.key}").content.decode()
    page = as_clerk.get(f"/members/transfers/{row.key}").content.decode()
    assert "柳组介〔2026〕3号" in page and "待接收" in page
    early = as_clerk.post(f"/members/transfers/{row.key}/accept", {"day": str(DAY - timedelta(days=1))})
    assert early.status_code == 422
    assert as_clerk.post(f"/members/transfers/{row.key}/accept", {"day": str(TODAY)}).status_code == 303
    with acting(cast.actor("clerk")):
        assert homes(one, TODAY - timedelta(days=1)) == [cast.branch.pk] and homes(one, TODAY) == [other.pk]
        assert figures.members(cast.actor("clerk"), scope(cast)).count() == 1
        assert not Duty.objects.filter(state="open", kind__in=moves.DUTIES).exists()
    assert as_clerk.post(f"/members/transfers/{row.key}/accept", {"day": str(TODAY)}).status_code in (409, 422)
    assert "已接收" in as_clerk.get("/members/transfers?q=秦川").content.decode()


def test_no_refusing_without_cause(cast: Cast, as_clerk: Any) -> None:
    one, other = member(cast), another_branch(cast)
    row = sent(cast, one, other)
    bare = as_clerk.post(f"/members/transfers/{row.key}/refuse", {"day": str(TODAY), "reason": ""})
    assert bare.status_code == 422 and "25" in bare.content.decode() and "正当理由" in bare.content.decode()
    why = {"day": str(TODAY), "reason": "本人已不在本辖区工作"}
    assert as_clerk.post(f"/members/transfers/{row.key}/refuse", why).status_code == 303
    with acting(cast.actor("clerk")):
        row.refresh_from_db()
        assert (row.state, row.closed_reason) == ("refused", "本人已不在本辖区工作")
        assert homes(one, TODAY) == [cast.branch.pk]
        assert TransferAnswer.objects.get().evaluation_id
    assert sent(cast, one, other).state == "open"  # the way is free again


def test_the_letter_runs_out_and_nobody_is_moved(cast: Cast) -> None:
    one, other = member(cast), another_branch(cast)
    row = sent(cast, one, other, opened_on=TODAY - timedelta(days=91))
    clerk = cast.actor("clerk")
    assert any("到期" in words for words, _name, _url in queries.branch_notes(clerk, cast.branch, TODAY))
    assert homes(one, TODAY) == [cast.branch.pk] and row.state == "open"
    with pytest.raises(moves.LetterRanOut):
        actions.accept_transfer(actor=clerk, transfer=row, day=TODAY, now=NOW)
    actions.accept_transfer(actor=clerk, transfer=row, day=TODAY, reason="疫情耽误", now=NOW)
    assert homes(one, TODAY) == [other.pk]


def test_between_two_towns_each_writes_its_own(cast: Cast, as_clerk: Any, as_other_clerk: Any) -> None:
    one, there = member(cast), branch_elsewhere(cast)
    row = sent(cast, one, there)
    answer = f"/members/transfers/{row.key}"
    assert as_clerk.post(f"{answer}/accept", {"day": str(TODAY)}).status_code == 404
    assert as_other_clerk.post(f"{answer}/withdraw", {"reason": "x"}).status_code == 404
    assert as_other_clerk.get(f"/members/roll/{one.key}").status_code == 404
    page = as_other_clerk.get(answer).content.decode()
    assert "秦川" in page and "晨光木业党支部" in page and "看党员记录" not in page
    with acting(system_actor(cast.other_town.pk)):
        tasks.follow_receiver(jurisdiction_id=cast.other_town.pk, branch_id=there.pk)
    with acting(cast.actor("other_clerk")):
        assert Duty.objects.filter(kind=moves.RECEIVE, state="open").count() == 1
    taken = as_other_clerk.post(f"{answer}/accept", {"day": str(TODAY)})
    assert taken.status_code == 303, taken.content.decode()
    with acting(system_actor(cast.town.pk)):
        tasks.settle_sender(jurisdiction_id=cast.town.pk, transfer_id=row.pk)
    with acting(cast.actor("other_clerk")):
        one.refresh_from_db()
        assert one.jurisdiction_id == cast.other_town.pk
        assert BranchMembership.objects.get(member=one, until=None).jurisdiction_id == cast.other_town.pk
        assert not Duty.objects.filter(kind=moves.RECEIVE, state="open").exists()
    with acting(cast.actor("clerk")):
        assert not Duty.objects.filter(kind=moves.LETTER, state="open").exists()
    before, both = TODAY - timedelta(days=1), (cast.town.pk, cast.other_town.pk)
    for who, day, there_is in (("clerk", before, 1), ("clerk", TODAY, 0), ("other_clerk", TODAY, 1)):
        assert figures.members(cast.actor(who), scope(cast, *both, day=day)).count() == there_is
    assert figures.members(cast.actor("county_clerk"), scope(cast, *both)).count() == 1
    own = as_other_clerk.get(f"/members/roll/{one.key}").content.decode()
    assert "转接组织关系" in own and "晨光木业党支部" in own
    old = as_clerk.get(f"/members/roll/{one.key}")
    assert old.status_code == 200 and "重新编入支部" not in old.content.decode()
    change = {"joined_on": "2015-07-01", "full_on": "2016-07-02"}
    assert as_other_clerk.post(f"/members/roll/{one.key}/change", change).status_code == 303
    # and back again
    back = actions.open_transfer(
        actor=cast.actor("other_clerk"), member=one, to_branch=cast.branch, reason="home", opened_on=TODAY, now=NOW
    )
    later = NOW + timedelta(days=3)
    day = TODAY + timedelta(days=3)
    clerk = cast.actor("clerk")
    actions.accept_transfer(actor=clerk, transfer=queries.transfers_of(clerk).get(pk=back.pk), day=day, now=later)
    one.refresh_from_db()
    assert one.jurisdiction_id == cast.town.pk == Person.objects.get(pk=one.person_id).jurisdiction_id
    assert homes(one, day) == [cast.branch.pk]


def test_who_is_not_accepted_is_lent_no_longer(cast: Cast) -> None:
    one, there = member(cast), branch_elsewhere(cast)
    row = sent(cast, one, there)
    actions.withdraw_transfer(actor=cast.actor("clerk"), transfer=row, reason="本人不去了", now=NOW)
    with acting(cast.actor("other_clerk")):
        assert not PartyMember.objects.filter(pk=one.pk).exists()


def test_a_letter_that_came_to_nothing_is_read_by_both_sides(cast: Cast, as_clerk: Any, as_other_clerk: Any) -> None:
    """The receiver reads on that it ended and why, and no more about the person."""
    one, there = member(cast), branch_elsewhere(cast)
    first, page = sent(cast, one, there), "/members/transfers/"
    why = {"day": str(TODAY), "reason": "本人不在本镇居住"}
    answered = as_other_clerk.post(f"{page}{first.key}/refuse", why)
    assert answered.status_code == 303 and answered["Location"] == f"{page}{first.key}"
    with acting(system_actor(cast.town.pk)):
        tasks.settle_sender(jurisdiction_id=cast.town.pk, transfer_id=first.pk)
    second = sent(cast, one, there, opened_on=TODAY, words="家属随迁")
    assert "家属随迁" in as_other_clerk.get(f"{page}{second.key}").content.decode()
    open_page = as_other_clerk.get("/members/transfers?q=秦川").content.decode()
    assert str(second.key) in open_page
    actions.withdraw_transfer(actor=cast.actor("clerk"), transfer=second, reason="本人不去了", now=NOW)
    for row, reason in ((first, "本人不在本镇居住"), (second, "本人不去了")):
        shown = as_other_clerk.get(f"{page}{row.key}")
        text = shown.content.decode()
        assert shown.status_code == 200 and reason in text and "晨光木业党支部" in text and "不再提供" in text
        assert "秦川" not in text and "家属随迁" not in text and "已转正" not in text and "看党员记录" not in text
        mine = as_clerk.get(f"{page}{row.key}").content.decode()
        assert reason in mine and "秦川" in mine
    listed = as_other_clerk.get("/members/transfers").content.decode()
    assert str(first.key) in listed and str(second.key) in listed and "秦川" not in listed
    assert str(first.key) not in as_other_clerk.get("/members/transfers?q=秦川").content.decode()
    # A page left open from before: the answer is refused with its sentence.
    late = as_other_clerk.post(f"{page}{second.key}/accept", {"day": str(TODAY)})
    assert late.status_code in (409, 422) and "秦川" not in late.content.decode()
    with acting(cast.actor("other_clerk")):
        assert not PartyMember.objects.filter(pk=one.pk).exists()


def test_the_database_moves_a_transfer_by_the_receiver_alone(cast: Cast) -> None:
    one, there = member(cast), branch_elsewhere(cast)
    row = sent(cast, one, there)
    for state in ("accepted", "refused"):
        with pytest.raises(Exception, match="answered by the receiver"), transaction.atomic():
            Transfer.objects.filter(pk=row.pk).update(state=state, closed_on=TODAY, closed_reason="x")
    actions.withdraw_transfer(actor=cast.actor("clerk"), transfer=row, reason="撤", now=NOW)
    with pytest.raises(Exception, match="transfer is closed"), transaction.atomic():
        Transfer.objects.filter(pk=row.pk).update(state="open", closed_on=None, closed_reason="")


def test_to_a_place_outside_by_its_receipt(cast: Cast, as_clerk: Any) -> None:
    one = member(cast)
    out = {"to_branch": "外省某市某街道党工委", "reason": "home", "opened_on": str(DAY)}
    assert as_clerk.post(f"/members/roll/{one.key}/transfer", out).status_code == 303
    with acting(cast.actor("clerk")):
        row = Transfer.objects.get()
        assert homes(one, TODAY) == [cast.branch.pk]
    assert as_clerk.post(f"/members/transfers/{row.key}/accept", {"day": str(TODAY)}).status_code == 404
    assert as_clerk.post(f"/members/transfers/{row.key}/receipt", {"day": str(TODAY), "receipt": ""}).status_code == 422
    sent_back = {"day": str(TODAY), "receipt": "回执12号"}
    assert as_clerk.post(f"/members/transfers/{row.key}/receipt", sent_back).status_code == 303
    with acting(cast.actor("clerk")):
        assert homes(one, TODAY) == []
        assert homes(one, TODAY - timedelta(days=1)) == [cast.branch.pk]


def test_from_a_place_outside_by_letter(cast: Cast, as_clerk: Any) -> None:
    came = {
        "person": "远来", "joined_on": "2015-07-01", "full_on": "2016-07-01", "since": str(DAY),
        "origin": "外省某街道党工委", "letter_number": "外组介5号",
    }  # fmt: skip
    assert as_clerk.post(f"/members/branches/{cast.branch.key}/add", came).status_code == 303
    with acting(cast.actor("clerk")):
        row = Transfer.objects.get()
        assert (row.state, row.branch_text, row.letter_number) == ("accepted", "外省某街道党工委", "外组介5号")
    assert "外省某街道党工委" in as_clerk.get(f"/members/roll/{row.member.key}").content.decode()


def test_a_guest_is_accepted_where_he_was_looked_after(cast: Cast) -> None:
    one, there = member(cast), branch_elsewhere(cast)
    actions.add_host(actor=cast.actor("clerk"), member=one, branch=there, since=DAY, now=NOW)
    row = sent(cast, one, there)
    clerk = cast.actor("other_clerk")
    with pytest.raises(moves.BeforeLetter):  # not on the day on which he became a guest
        actions.accept_transfer(actor=clerk, transfer=queries.transfers_of(clerk).get(), day=DAY, now=NOW)
    actions.accept_transfer(actor=clerk, transfer=queries.transfers_of(clerk).get(pk=row.pk), day=TODAY, now=NOW)
    assert queries.looked_after(there, TODAY) == [] and homes(one, TODAY) == [there.pk]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_his_file_of_development_goes_along(cast: Cast, elsewhere: bool) -> None:
    clerk = cast.actor("clerk")
    one = member(cast, "预备", joined_on=SINCE, full_on=None)
    file = Applicant.objects.create(
        jurisdiction_id=cast.town.pk, person=one.person, enterprise=cast.firm, branch=cast.branch, kind="frontline",
        applied_on=date(2018, 1, 1), activist_on=date(2018, 7, 1), target_on=date(2019, 8, 1), probationary_on=SINCE, stage="probationary", paper_until=18,
        recorded_by_name="x", recorded_at=NOW,
    )  # fmt: skip
    to = branch_elsewhere(cast) if elsewhere else another_branch(cast)
    row = sent(cast, one, to)
    receiver = cast.actor("other_clerk" if elsewhere else "clerk")
    actions.accept_transfer(
        actor=receiver, transfer=queries.transfers_of(receiver).get(pk=row.pk), day=TODAY, now=NOW
    )
    with acting(system_actor(cast.town.pk)):
        tasks.settle_sender(jurisdiction_id=cast.town.pk, transfer_id=row.pk)
    with acting(system_actor(cast.town.pk)):
        tasks.settle_sender(jurisdiction_id=cast.town.pk, transfer_id=row.pk)
    with acting(clerk):
        file.refresh_from_db()
        assert (file.ended_kind, file.branch_id) == (("transferred", cast.branch.pk) if elsewhere else ("", to.pk))
    if elsewhere:
        taken = actions.take_over(
            actor=cast.actor("other_clerk"), source=Applicant.objects.get(pk=file.pk), branch=to, enterprise=None,
            enterprise_text="石桥厂", now=NOW,
        )  # fmt: skip
        assert taken.probationary_on == SINCE and taken.continues_id == file.pk
    cast.actor("other_clerk" if elsewhere else "clerk")
    one.refresh_from_db()
    shown = dict(queries.member_moves(cast.actor("other_clerk" if elsewhere else "clerk"), one, TODAY).facts)
    assert "2021-03-01" in shown["讨论转正"] and "2021-09-01" in shown["讨论转正"]


def test_who_died_or_was_stopped_is_not_moved_by_a_letter_on_its_way(cast: Cast) -> None:
    one, there = member(cast), branch_elsewhere(cast)
    row = sent(cast, one, there)
    with acting(cast.system(cast.town)):
        BranchMembership.objects.filter(member=one).update(until=TODAY, ended_kind="died", ended_reason="去世")
    receiver = cast.actor("other_clerk")
    with pytest.raises(moves.MemberLeft):
        actions.accept_transfer(
            actor=receiver, transfer=queries.transfers_of(receiver).get(pk=row.pk), day=TODAY, now=NOW
        )
    two = member(cast, "秦岭")
    second = sent(cast, two, there)
    actions.end_membership(
        actor=cast.actor("clerk"), member=two, until=TODAY, kind="died", reason="去世", now=NOW
    )
    second.refresh_from_db()
    assert (second.state, second.closed_reason) == ("withdrawn", "去世")
    assert not Duty.objects.filter(state="open", kind=moves.LETTER, subject_key=second.key).exists()
    cast.actor("other_clerk")
    assert not Transfer.objects.filter(pk=second.pk, state="open").exists()
    assert not PartyMember.objects.filter(pk=two.pk).exists()


def test_a_stopped_membership_stays_where_it_was_stopped(cast: Cast) -> None:
    one, other = member(cast), another_branch(cast)
    row = sent(cast, one, other, opened_on=TODAY - timedelta(days=300))
    clerk = cast.actor("clerk")
    actions.record_absence(
        actor=clerk, member=one, kind="lost", since=TODAY - timedelta(days=250), now=NOW
    )
    actions.record_contact(actor=clerk, member=one, day=TODAY, way="kin", reached=False, now=NOW)
    actions.decide_standing(
        actor=clerk, member=one, kind="suspend", day=TODAY, reason="查找未果", body="镇党委", paper="1号", now=NOW
    )
    row.refresh_from_db()
    assert row.state == "withdrawn"
    with pytest.raises(moves.SuspendedStays):
        sent(cast, one, other, opened_on=TODAY)


def test_what_is_recorded_goes_along_and_only_the_time_away_ends(cast: Cast) -> None:
    one, there = member(cast), branch_elsewhere(cast)
    clerk = cast.actor("clerk")
    for kind in ("lost", "mobile"):
        actions.record_absence(
            actor=clerk, member=one, kind=kind, since=TODAY - timedelta(days=250), place="东莞", now=NOW
        )
    actions.record_contact(actor=clerk, member=one, day=TODAY - timedelta(days=9), way="kin", reached=False, now=NOW)
    row = sent(cast, one, there)
    receiver = cast.actor("other_clerk")
    actions.accept_transfer(actor=receiver, transfer=queries.transfers_of(receiver).get(pk=row.pk), day=TODAY, now=NOW)
    shown = queries.member_moves(receiver, one, TODAY)
    spells = {word: until for word, _told, _since, until, _who in shown.absences}
    assert spells == {"失去联系": None, "流动在外": TODAY}
    assert len(shown.contacts) == 1 and "停止党籍" in shown.proposal


def test_who_has_rights_over_one_branch_accepts_and_the_other_desk_follows(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    one, other = member(cast, "预备", joined_on=SINCE, full_on=None), another_branch(cast)
    file = Applicant.objects.create(
        jurisdiction_id=cast.town.pk, person=one.person, enterprise=cast.firm, branch=cast.branch, kind="frontline",
        applied_on=date(2018, 1, 1), activist_on=date(2018, 7, 1), target_on=date(2019, 8, 1), probationary_on=SINCE,
        stage="probationary", paper_until=18, recorded_by_name="x", recorded_at=NOW,
    )  # fmt: skip
    row = sent(cast, one, other)
    with acting(cast.system()):
        cast.users["branch_clerk"] = _account(cast, "branch_clerk", "支部委员", "clerk", other, cast.system)
    receiver = cast.actor("branch_clerk")
    actions.accept_transfer(actor=receiver, transfer=row, day=TODAY, now=NOW)
    for _time in range(2):
        with acting(system_actor(cast.town.pk)):
            tasks.settle_sender(jurisdiction_id=cast.town.pk, transfer_id=row.pk)
    with acting(clerk):
        file.refresh_from_db()
        assert file.branch_id == other.pk
        told = Entry.objects.filter(verb="partylife.settle_transfer")
        assert told.count() == 1


def test_loans_end_when_nothing_needs_them_and_not_before(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    one, there, here = member(cast), branch_elsewhere(cast), another_branch(cast)
    seat = actions.add_host(actor=clerk, member=one, branch=there, since=DAY, now=NOW)
    row = sent(cast, one, there)
    actions.end_host(actor=cast.actor("clerk"), seat=seat, until=TODAY - timedelta(days=5), reason="到期", now=NOW)
    receiver = cast.actor("other_clerk")
    assert queries.transfers_of(receiver).filter(pk=row.pk).exists()  # still on its way there
    actions.refuse_transfer(
        actor=receiver, transfer=queries.transfers_of(receiver).get(pk=row.pk), day=TODAY, reason="查无此人", now=NOW
    )
    again = sent(cast, one, there, opened_on=TODAY)
    with acting(system_actor(cast.town.pk)):
        tasks.settle_sender(jurisdiction_id=cast.town.pk, transfer_id=row.pk)
    receiver = cast.actor("other_clerk")
    assert queries.transfers_of(receiver).filter(pk=again.pk).exists()
    actions.withdraw_transfer(actor=cast.actor("clerk"), transfer=again, reason="撤", now=NOW)
    cast.actor("other_clerk")
    assert not PartyMember.objects.filter(pk=one.pk).exists() and not Person.objects.filter(pk=one.person_id).exists()
    # a guest elsewhere who moves within the town: the guest's place reads him no longer
    actions.add_host(actor=cast.actor("clerk"), member=one, branch=there, since=TODAY - timedelta(days=4), now=NOW)
    within = sent(cast, one, here, opened_on=TODAY - timedelta(days=1))
    actions.accept_transfer(actor=cast.actor("clerk"), transfer=within, day=TODAY, now=NOW)
    cast.actor("other_clerk")
    assert not PartyMember.objects.filter(pk=one.pk).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(
        st.tuples(st.sampled_from(["open", "accept", "refuse", "withdraw"]), st.integers(0, 2), st.integers(1, 9)),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_on_any_day_he_has_one_home(cast: Cast, walk: list[tuple[str, int, int]]) -> None:
    """Random moves among three branches of two towns, against a calendar of single days."""
    with transaction.atomic():
        one = member(cast, "随机", namesake=True)
        branches = [cast.branch, another_branch(cast), branch_elsewhere(cast)]
        actors = {cast.town.pk: system_actor(cast.town.pk), cast.other_town.pk: system_actor(cast.other_town.pk)}
        day, at, known = SINCE, cast.branch, [(SINCE, cast.branch.pk)]
        going: Transfer | None = None
        for word, number, days in walk:
            day += timedelta(days=days)
            place = branches[number]
            sender = actors[at.jurisdiction_id]
            if word == "open":
                with acting(sender), attempt():
                    try:
                        going = actions.open_transfer(
                            actor=sender, member=PartyMember.objects.get(pk=one.pk), to_branch=place, reason="work",
                            opened_on=day, now=NOW,
                        )  # fmt: skip
                    except (moves.TransferRunning, moves.SameBranch):
                        pass
            elif going is not None:
                receiver = going.to_branch
                assert receiver is not None
                actor = sender if word == "withdraw" else actors[receiver.jurisdiction_id]
                with acting(actor):
                    row = Transfer.objects.select_related("member__person", "to_branch", "branch").get(pk=going.pk)
                    if word == "accept":
                        actions.accept_transfer(actor=actor, transfer=row, day=day, reason="x", now=NOW)
                        at = receiver
                        known.append((day, at.pk))
                    elif word == "refuse":
                        actions.refuse_transfer(actor=actor, transfer=row, day=day, reason="因", now=NOW)
                    else:
                        actions.withdraw_transfer(actor=actor, transfer=row, reason="因", now=NOW)
                if word != "withdraw":
                    with acting(sender):
                        held = Transfer.objects.select_related("member__person", "to_branch").get(pk=going.pk)
                        settle_sender(actor=sender, transfer=held, now=NOW)
                going = None
        cast.actor("county_clerk")
        for offset in range((day - SINCE).days + 2):
            today = SINCE + timedelta(days=offset)
            expected = [pk for since, pk in known if since <= today][-1]
            assert homes(one, today) == [expected]
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_words_of_refusals(cast: Cast) -> None:
    one = member(cast)
    with pytest.raises(moves.SameBranch):
        sent(cast, one, cast.branch)
    with pytest.raises(moves.DestinationMissing):
        sent(cast, one, None)
    with pytest.raises(rules.InTheFuture):
        sent(cast, one, another_branch(cast), opened_on=TODAY + timedelta(days=1))
    with pytest.raises(BreaksRule):
        row = sent(cast, one, another_branch(cast, "第三党支部"))
        actions.refuse_transfer(actor=cast.actor("clerk"), transfer=row, day=TODAY, reason="", now=NOW)
