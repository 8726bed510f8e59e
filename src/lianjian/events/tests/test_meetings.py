"""A joint meeting of two towns: invited, answered, held, decided, followed up; who may read what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from lianjian.directory import actions as directory
from lianjian.duties.models import Duty
from lianjian.events import actions, tasks
from lianjian.events.models import Answer, Decision, Invitation, Meeting, Minutes, Task
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import AFTER, START, all_came, bodies, decided, follow, held, planned
from lianjian.foundation.rights import Denied
from lianjian.jurisdictions.models import Share
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)


def duties(cast: Cast, who: str, kind: str) -> list[str]:
    """Titles of one's open duties of a kind."""
    rows = Duty.objects.mine(cast.actor(who)).filter(state="open", kind=kind)  # type: ignore[attr-defined]
    return list(rows.values_list("title", flat=True))


def test_each_body_answers_in_its_own_town(cast: Cast) -> None:
    meeting = planned(cast)
    follow(cast, meeting)
    assert len(duties(cast, "contact", "events.answer")) == 1
    assert len(duties(cast, "handler", "events.answer")) == 1
    assert len(duties(cast, "other_clerk", "events.answer")) == 0  # given to the firm, whose contact has no account
    other = cast.actor("other_clerk")
    mine = Duty.objects.visible_to(other).filter(kind="events.answer")  # type: ignore[attr-defined]
    assert [duty.organization_id for duty in mine] == [cast.other_firm.pk]
    far = Invitation.objects.get(organization=cast.other_firm)
    with pytest.raises(Denied):  # the convener does not answer for a body of another town
        actions.answer_invitation(actor=cast.actor("clerk"), invitation=far, coming="yes", now=NOW)
    with pytest.raises(Denied):  # nor the county, which reads there and does not write
        actions.answer_invitation(actor=cast.actor("county_clerk"), invitation=far, coming="yes", now=NOW)
    actor = cast.actor("other_clerk")
    answer = actions.answer_invitation(actor=actor, invitation=far, coming="yes", people=2, now=NOW)
    assert answer.jurisdiction_id == cast.other_town.pk
    assert not Duty.objects.visible_to(actor).filter(kind="events.answer", state="open").exists()  # type: ignore[attr-defined]
    near = Invitation.objects.get(organization=cast.firm)
    actions.answer_invitation(actor=cast.actor("contact"), invitation=near, coming="no", words="出差", now=NOW)
    assert duties(cast, "contact", "events.answer") == []
    cast.actor("clerk")
    assert set(Answer.objects.values_list("coming", flat=True)) == {"yes", "no", ""}


def test_a_new_time_asks_again(cast: Cast) -> None:
    meeting = planned(cast)
    near = Invitation.objects.get(organization=cast.firm)
    actions.answer_invitation(actor=cast.actor("contact"), invitation=near, coming="yes", people=1, now=NOW)
    later = NOW + DAY
    actions.change_meeting(actor=cast.actor("clerk"), meeting=meeting, agenda="只改议程", now=later)
    assert duties(cast, "contact", "events.answer") == []
    moved = actions.change_meeting(
        actor=cast.actor("clerk"), meeting=meeting, starts_at=START + DAY, ends_at=START + DAY + timedelta(hours=1), now=later
    )
    assert moved.sequence == 2 and moved.moved_at == later
    assert len(duties(cast, "contact", "events.answer")) == 1
    follow(cast, meeting)
    follow(cast, meeting)  # twice is once
    cast.actor("other_clerk")
    assert Duty.objects.filter(kind="events.answer", state="open", jurisdiction=cast.other_town).count() == 1
    with pytest.raises(rules.AnswerOver):
        actions.answer_invitation(
            actor=cast.actor("contact"), invitation=near, coming="no", now=START + DAY + timedelta(minutes=1)
        )


def test_held_with_attendance_and_minutes(cast: Cast) -> None:
    meeting = planned(cast)
    clerk = cast.actor("clerk")
    came = all_came(meeting)
    first, second, third = sorted(came)
    with pytest.raises(rules.NotYet):
        actions.hold_meeting(actor=clerk, meeting=meeting, came=came, text="", now=NOW)
    with pytest.raises(rules.AttendanceMissing) as missing:
        actions.hold_meeting(actor=clerk, meeting=meeting, came={first: came[first]}, text="", now=AFTER)
    assert cast.other_firm.name in str(missing.value)
    with pytest.raises(rules.PeopleMissing):
        actions.hold_meeting(actor=clerk, meeting=meeting, came={**came, first: actions.Came("attended", 0)}, text="", now=AFTER)
    with pytest.raises(rules.NobodyCame):
        gone = dict.fromkeys(came, actions.Came("absent"))
        actions.hold_meeting(actor=clerk, meeting=meeting, came=gone, text="", now=AFTER)
    came[third] = actions.Came("excused", 5, "有检查任务")
    actions.hold_meeting(actor=clerk, meeting=meeting, came=came, text=" 同意共享物流 ", now=AFTER)
    rows = {row.pk: (row.attendance, row.people, row.words) for row in Invitation.objects.all()}
    assert rows == {first: ("attended", 2, ""), second: ("attended", 2, ""), third: ("excused", 0, "有检查任务")}
    assert Minutes.objects.get().text == "同意共享物流"
    assert duties(cast, "contact", "events.answer") == []
    cast.actor("clerk")
    with pytest.raises(rules.NotPlanned):
        actions.hold_meeting(actor=clerk, meeting=meeting, came=came, text="", now=AFTER)
    with pytest.raises(rules.ReasonNeeded):
        actions.correct_meeting(actor=clerk, meeting=meeting, came=came, text="改", reason=" ", now=AFTER)
    came[third] = actions.Came("attended", 1)
    actions.correct_meeting(actor=clerk, meeting=meeting, came=came, text="改", reason="补签到", now=AFTER)
    minutes = Minutes.objects.get()
    assert (minutes.text, minutes.corrected_reason) == ("改", "补签到")
    assert Invitation.objects.get(pk=third).people == 1
    with pytest.raises(rules.NotPlanned):
        actions.cancel_meeting(actor=clerk, meeting=meeting, reason="不开了", now=AFTER)


def test_who_reads_the_invitation_and_who_the_minutes(cast: Cast) -> None:
    """The invitation is register; the minutes stand behind the wall and are lent to the towns of who took part."""
    meeting = held(cast, planned(cast, bodies=[(cast.firm, rules.MEMBER), (cast.office, rules.DEPARTMENT)]))
    decision = decided(cast, meeting, cast.firm)

    def seen(who: str) -> tuple[int, int, int]:
        actor = cast.actor(who)
        return (
            Meeting.objects.visible_to(actor).count(),
            Minutes.objects.visible_to(actor).count(),
            Decision.objects.visible_to(actor).count(),
        )

    inside = dict.fromkeys(("clerk", "leader", "contact", "handler", "county_clerk", "county_leader"), (1, 1, 1))
    outside = dict.fromkeys(("other_contact", "village", "other_handler", "other_clerk", "instructor"), (1, 0, 0))
    assert {who: seen(who) for who in {**inside, **outside}} == {**inside, **outside}
    assert seen("auditor") == (0, 0, 0)
    # The wall itself, without any filter of ours: the other town's rows are not there.
    cast.actor("other_clerk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM events_minutes), (SELECT count(*) FROM events_decision)")
        assert cursor.fetchone() == (0, 0)
    assert Meeting.objects.count() == 1
    # A body of the other town came along: from now on its town reads, and the same people as before within it.
    clerk = cast.actor("clerk")
    with pytest.raises(rules.PeopleMissing):
        actions.invite(actor=clerk, meeting=meeting, organization=cast.other_firm, now=AFTER)
    actions.invite(actor=clerk, meeting=meeting, organization=cast.other_firm, people=1, now=AFTER)
    assert seen("other_clerk") == (1, 1, 1) and seen("other_contact") == (1, 0, 0)
    cast.actor("other_clerk")
    assert Decision.objects.filter(pk=decision.pk).update(text="改") == 0  # lent to be read, not written
    cast.actor("clerk")
    assert Share.objects.filter(table__in=("events_minutes", "events_decision")).count() == 2
    hidden = planned(cast, audience=rules.INVITED, title="内部会议", bodies=[(cast.firm, rules.MEMBER)])
    assert not Meeting.objects.visible_to(cast.actor("village")).filter(pk=hidden.pk).exists()
    assert Meeting.objects.visible_to(cast.actor("contact")).filter(pk=hidden.pk).exists()


def test_decisions_become_duties_in_both_towns_and_are_settled(cast: Cast) -> None:
    meeting = held(cast)
    clerk = cast.actor("clerk")
    due = (START + 30 * DAY).date()
    given = {"actor": clerk, "meeting": meeting, "text": "共用货车", "now": AFTER}
    with pytest.raises(rules.NobodyCharged):
        actions.decide(organizations=[], due_on=due, **given)
    with pytest.raises(rules.NotAtMeeting):
        actions.decide(organizations=[cast.village], due_on=due, **given)
    with pytest.raises(rules.DueTooEarly):
        actions.decide(organizations=[cast.firm], due_on=(START - DAY).date(), **given)
    decision = decided(cast, meeting)
    for _twice in range(2):
        tasks.follow.run_job(jurisdiction_id=cast.other_town.pk, meeting_id=meeting.pk)  # type: ignore[attr-defined]
    cast.actor("other_clerk")
    assert Duty.objects.get(kind="events.task", jurisdiction=cast.other_town).organization == cast.other_firm
    assert duties(cast, "contact", "events.task") == ["两家企业共用返程货车"]
    near, far = (decision.charges.get(organization=body) for body in (cast.firm, cast.other_firm))
    with pytest.raises(rules.EvidenceNeeded):
        actions.report_task(actor=cast.actor("contact"), charge=near, text=" ", now=AFTER)
    with pytest.raises(Denied):
        actions.report_task(actor=cast.actor("clerk"), charge=far, text="代报", now=AFTER)
    actions.report_task(actor=cast.actor("contact"), charge=near, text="已签用车协议", now=AFTER)
    assert duties(cast, "contact", "events.task") == [] and duties(cast, "clerk", "events.settle") == []
    other = cast.actor("other_clerk")
    far = type(far).objects.select_related("organization", "decision__meeting__convener").get(pk=far.pk)
    task = actions.report_task(actor=other, charge=far, text="首班车已发", now=AFTER)
    assert task.jurisdiction_id == cast.other_town.pk
    tasks.follow.run_job(jurisdiction_id=cast.town.pk, meeting_id=meeting.pk)  # type: ignore[attr-defined]
    assert duties(cast, "clerk", "events.settle") == ["两家企业共用返程货车"]
    clerk = cast.actor("clerk")
    assert Task.objects.filter(reported_at__isnull=False).count() == 2  # the other town's was lent back
    with pytest.raises(rules.EvidenceNeeded):
        actions.settle_decision(actor=clerk, decision=decision, evidence="", now=AFTER)
    with pytest.raises(Denied):
        actions.settle_decision(actor=cast.actor("contact"), decision=decision, evidence="好了", now=AFTER)
    clerk = cast.actor("clerk")
    settled = actions.settle_decision(actor=clerk, decision=decision, evidence="查看了发车单", now=AFTER + DAY)
    assert (settled.state, settled.words) == ("done", "查看了发车单")
    assert duties(cast, "clerk", "events.settle") == []
    clerk = cast.actor("clerk")
    with pytest.raises(rules.DecisionSettled):
        actions.drop_decision(actor=clerk, decision=decision, reason="不办", now=AFTER)
    actions.reopen_decision(actor=clerk, decision=decision, reason="货车又停了", now=AFTER)
    assert duties(cast, "clerk", "events.settle") == ["两家企业共用返程货车"]
    actions.drop_decision(actor=cast.actor("clerk"), decision=decision, reason="物流公司退出", now=AFTER)
    assert not Duty.objects.filter(kind__startswith="events.", state="open", jurisdiction=cast.town).exists()


def test_dropping_takes_the_duty_back_in_the_other_town(cast: Cast) -> None:
    meeting = held(cast)
    decision = decided(cast, meeting)
    follow(cast, meeting)
    changed = actions.change_decision(
        actor=cast.actor("clerk"), decision=decision, text="三家共用", due_on=(START + 9 * DAY).date(), reason="增加一家", now=AFTER
    )
    follow(cast, meeting)
    cast.actor("other_clerk")
    duty = Duty.objects.get(kind="events.task", jurisdiction=cast.other_town)
    assert (duty.title, duty.state) == ("三家共用", "open")
    actions.drop_decision(actor=cast.actor("clerk"), decision=changed, reason="改用铁路", now=AFTER)
    follow(cast, meeting)
    cast.actor("other_clerk")
    duty.refresh_from_db()
    assert duty.state == "done"


def test_cancelled_with_a_reason_nobody_is_asked_any_more(cast: Cast) -> None:
    meeting = planned(cast)
    follow(cast, meeting)
    clerk = cast.actor("clerk")
    with pytest.raises(rules.ReasonNeeded):
        actions.cancel_meeting(actor=clerk, meeting=meeting, reason="  ", now=NOW)
    actions.cancel_meeting(actor=clerk, meeting=meeting, reason="台风停课停工", now=NOW)
    assert duties(cast, "contact", "events.answer") == []
    follow(cast, meeting)
    cast.actor("other_clerk")
    assert not Duty.objects.filter(kind="events.answer", state="open").exists()
    clerk = cast.actor("clerk")
    for act in (
        lambda: actions.change_meeting(actor=clerk, meeting=meeting, title="x", now=NOW),
        lambda: actions.invite(actor=clerk, meeting=meeting, organization=cast.village, now=NOW),
        lambda: actions.decide(actor=clerk, meeting=meeting, text="x", organizations=[cast.firm], due_on=TODAY, now=AFTER),
    ):
        with pytest.raises(rules.NotPlanned):
            act()


def test_inviting_and_taking_back(cast: Cast) -> None:
    meeting = planned(cast)
    clerk = cast.actor("clerk")
    with pytest.raises(rules.AlreadyInvited):
        actions.invite(actor=clerk, meeting=meeting, organization=cast.firm, now=NOW)
    row = Invitation.objects.get(organization=cast.firm)
    actions.uninvite(actor=clerk, invitation=row, now=NOW)
    assert duties(cast, "contact", "events.answer") == []
    actions.invite(actor=cast.actor("clerk"), meeting=meeting, organization=cast.firm, now=NOW)  # it may come again
    assert len(duties(cast, "contact", "events.answer")) == 1
    clerk = cast.actor("clerk")
    with pytest.raises(rules.AlreadyInvited):
        planned(cast, bodies=[(cast.firm, rules.MEMBER), (cast.firm, rules.HOST)])
    with pytest.raises(rules.NeedsGuest):
        planned(cast, kind=rules.VISIT_KIND)
    visit = planned(cast, kind=rules.VISIT_KIND, bodies=[(cast.firm, rules.HOST), (cast.other_firm, rules.GUEST)])
    with pytest.raises(rules.NeedsGuest):
        guest = visit.invitations.get(organization=cast.other_firm)
        actions.uninvite(actor=cast.actor("clerk"), invitation=guest, now=NOW)
    gone = directory.register_organization(
        actor=cast.actor("clerk"), name="旧厂", classification="enterprise", parent=cast.town_root, now=NOW
    )
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=gone, on=TODAY, now=NOW)
    gone.refresh_from_db()
    with pytest.raises(rules.BodyOver):
        actions.invite(actor=cast.actor("clerk"), meeting=meeting, organization=gone, now=NOW)
    # Who is dissolved after the invitation hinders no other, and is taken off like anybody else.
    planned_again = planned(cast, bodies=[(cast.firm, rules.MEMBER)])
    for body in (cast.second_firm, cast.village):
        actions.invite(actor=cast.actor("clerk"), meeting=planned_again, organization=body, now=NOW)
        directory.dissolve_organization(actor=cast.actor("clerk"), organization=body, on=TODAY, now=NOW)
    for body in (cast.firm, cast.second_firm, cast.village):
        row = planned_again.invitations.get(organization=body)
        actions.uninvite(actor=cast.actor("clerk"), invitation=row, now=NOW)
        row.refresh_from_db()
        assert row.withdrawn_at == NOW


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"ends_at": START}, rules.EndsBeforeStart),
        ({"ends_at": START + 32 * DAY}, rules.EndsBeforeStart),
        ({"place": "  "}, rules.NoPlace),
        ({"answer_by": (START + 2 * DAY).date()}, rules.AnswerTooLate),
        ({"kind": "没有的种类"}, rules.UnknownWord),
        ({"topics": ["没有的议题"]}, rules.UnknownWord),
    ],
)
def test_what_cannot_be_planned(cast: Cast, more: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        planned(cast, **more)
    assert not Meeting.objects.exists()


def test_only_who_writes_there_convenes(cast: Cast) -> None:
    for who in ("contact", "handler", "leader", "other_clerk", "county_clerk"):
        with pytest.raises(Denied):
            actions.plan_meeting(
                actor=cast.actor(who),
                convener=cast.town_root,
                kind="座谈会",
                title="x",
                starts_at=START,
                ends_at=START + DAY,
                place="x",
                bodies=bodies(cast),
                now=NOW,
            )
    made = actions.plan_meeting(  # a village convenes its own
        actor=cast.actor("village"), convener=cast.village, kind="卫生大清整", title="周五清整", starts_at=START,
        ends_at=START + DAY, place="村口", bodies=[], now=NOW,
    )  # fmt: skip
    cast.actor("village")
    actions.hold_meeting(actor=cast.actor("village"), meeting=made, came={}, text="清了三处", now=AFTER)


def test_the_county_convenes_two_towns(cast: Cast) -> None:
    """Nothing of it is written in a town but by the town itself, and each reads what was said."""
    county = cast.actor("county_clerk")
    meeting = actions.plan_meeting(
        actor=county,
        convener=cast.county_root,
        kind="推介会",
        title="两镇推介会",
        starts_at=START,
        ends_at=START + DAY / 24,
        place="县会议中心",
        bodies=[(cast.firm, rules.MEMBER), (cast.other_firm, rules.MEMBER)],
        answer_by=START.date() - DAY,
        now=NOW,
    )
    assert not Answer.objects.exists()  # the towns' own jobs will ask
    for town in (cast.town, cast.other_town):
        actions.follow_meeting(actor=cast.system(town), meeting=meeting, now=NOW)
    assert len(duties(cast, "contact", "events.answer")) == 1
    actions.answer_invitation(
        actor=cast.actor("contact"), invitation=Invitation.objects.get(organization=cast.firm), coming="yes", now=NOW
    )
    actions.hold_meeting(actor=cast.actor("county_clerk"), meeting=meeting, came=all_came(meeting), text="签约两项", now=AFTER)
    decision = actions.decide(
        actor=cast.actor("county_clerk"), meeting=meeting, text="跟进签约", organizations=[cast.firm], due_on=START.date() + DAY, now=AFTER
    )
    for who in ("clerk", "other_clerk"):
        actor = cast.actor(who)
        assert Minutes.objects.visible_to(actor).count() == Decision.objects.visible_to(actor).count() == 1
    charge = decision.charges.get()
    actions.report_task(actor=cast.actor("contact"), charge=charge, text="已跟进", now=AFTER)
    actions.follow_meeting(actor=cast.system(cast.county), meeting=meeting, now=AFTER)
    assert duties(cast, "county_clerk", "events.settle") == ["跟进签约"]


def test_merging_two_invited_bodies_loses_no_answer(cast: Cast) -> None:
    double = directory.register_organization(
        actor=cast.actor("clerk"), name="晨光木业(老户)", classification="enterprise", parent=cast.town_root, now=NOW
    )
    meeting = planned(cast, bodies=[(cast.firm, rules.MEMBER), (double, rules.MEMBER)])
    for body in (cast.firm, double):
        row = Invitation.objects.get(organization=body)
        actions.answer_invitation(actor=cast.actor("clerk"), invitation=row, coming="yes", people=1, now=NOW)
    directory.merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=double, now=NOW)
    assert Answer.objects.filter(coming="yes").count() == 2
    alone = planned(cast, title="只请一家", convener=cast.firm, bodies=[(cast.village, rules.MEMBER)])
    assert Meeting.objects.visible_to(cast.actor("clerk")).filter(pk__in=(meeting.pk, alone.pk)).count() == 2
