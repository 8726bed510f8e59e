"""What the demonstration town's members learned this year, who leads twice over, and whose period nears its end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.events import actions as events
from lianjian.events.models import Meeting
from lianjian.events.rolls import roll_of
from lianjian.events.rules import meetings as rules
from lianjian.events.rules.attendance import LEAVE, PRESENT, Said
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import plus_months
from lianjian.partylife import actions as partylife
from lianjian.partylife.models import BranchMembership, PartyMember

from .gathering import at
from .town import Town

# Each with hours and how many members of the branch stayed away.
COURSES = (("党员集中学习(第一期)", "16.0", 3), ("党员集中学习(第二期)", "16.0", 6))


def learn(town: Town, actors: dict[str, Actor]) -> None:
    """Courses with lists, a course of the county, a new secretary, two leaders, a graduate, a correction period."""
    clerk, places = actors["clerk"], town.frame.places
    branch = next(body for key, body in places.items() if key.startswith("branch"))
    _courses(town, clerk, branch)
    people = _full_members(branch)
    _at_county(town, actors, people[0])
    _new_secretary(town, clerk, places["chain2"])
    _leaders(town, clerk, branch, people[1:3])
    _periods(town, clerk, people[12], _full_members(places["chain3"])[-1])
    partylife.derive_deadlines(actor=clerk, jurisdiction_id=town.frame.town.pk, now=town.frame.now)


def _full_members(branch: Organization) -> list[PartyMember]:
    seats = BranchMembership.objects.filter(branch=branch, role="home", member__full_on__isnull=False).order_by("pk")
    return [seat.member for seat in seats.select_related("member__person")]


def _day(town: Town, back: int) -> date:
    """So many days ago, within this year."""
    return max(town.frame.today - timedelta(days=back), date(town.frame.today.year, 1, 1))


def _course(
    actor: Actor, convener: Organization, kind: str, title: str, day: date, hosts: list[Organization]
) -> Meeting:
    meeting = events.plan_meeting(
        actor=actor, convener=convener, kind=kind, title=title, starts_at=at(day), ends_at=at(day, 17), place="党校",
        bodies=[(one, rules.MEMBER) for one in hosts], now=at(day, 8),
    )  # fmt: skip
    came = {pk: events.Came(rules.ATTENDED, 1) for pk in meeting.invitations.values_list("pk", flat=True)}
    return events.hold_meeting(actor=actor, meeting=meeting, came=came, text="", now=at(day, 18))


def _courses(town: Town, clerk: Actor, branch: Organization) -> None:
    for number, (title, hours, away) in enumerate(COURSES):
        day = _day(town, 40 - 12 * number)
        meeting = _course(clerk, branch, "党课", title, day, [])
        roll = roll_of(branch, day).people
        said = {one.person_id: Said(LEAVE, "work") if n < away else Said(PRESENT) for n, one in enumerate(roll)}
        events.record_attendance(actor=clerk, meeting=meeting, organization=branch, said=said, now=at(day, 19))
        events.set_results(
            actor=clerk, meeting=meeting, audiences=["全体党员"], hours=Decimal(hours), now=at(day, 19)
        )


def _at_county(town: Town, actors: dict[str, Actor], head: PartyMember) -> None:
    """The secretary of the branch took the county's course."""
    day, county, own = _day(town, 25), actors["county"], head.branches.get(role="home", until=None).branch
    meeting = _course(county, town.frame.places["county"], "培训班", "全县党组织书记轮训班", day, [own])
    events.set_results(
        actor=county, meeting=meeting, audiences=["党组织书记"], hours=Decimal("24.0"), now=at(day, 19)
    )
    said = {head.person_id: Said(PRESENT)}
    events.record_attendance(actor=actors["clerk"], meeting=meeting, organization=own, said=said, now=at(day, 19))


def _new_secretary(town: Town, clerk: Actor, body: Organization) -> None:
    officer = partylife.Officer(_full_members(body)[0], ["secretary"])
    partylife.record_term(
        actor=clerk, branch=body, leadership="committee", way="elected", since=plus_months(town.frame.today, -4),
        officers=[officer], paper=f"云镇党文〔{town.frame.today.year}〕11号", now=town.frame.now,
    )  # fmt: skip


def _leaders(town: Town, clerk: Actor, branch: Organization, people: list[PartyMember]) -> None:
    """Two members of the town's committee who belong to a branch: both at its life, one at the committee's."""
    committee, day = town.frame.places["town"], _day(town, 18)
    for one in people:
        directory.add_membership(
            actor=clerk, person=one.person, organization=committee, role="committee_member",
            since=plus_months(town.frame.today, -20), now=town.frame.now,
        )  # fmt: skip
    meeting = _course(clerk, committee, "民主生活会", "镇党委班子民主生活会", day, [])
    said = {people[0].person_id: Said(PRESENT), people[1].person_id: Said(LEAVE, "work")}
    events.record_attendance(actor=clerk, meeting=meeting, organization=committee, said=said, now=at(day, 19))


def _periods(town: Town, clerk: Actor, corrected: PartyMember, graduate: PartyMember) -> None:
    today, now = town.frame.today, town.frame.now
    partylife.record_absence(
        actor=clerk, member=graduate, kind="graduate", since=plus_months(today, -23), words="暂未就业", now=now
    )
    partylife.decide_standing(
        actor=clerk, member=corrected, kind="correct", day=plus_months(today, -6), until=today + timedelta(days=20),
        reason="多次无故不参加组织生活", body="云溪镇党委", paper=f"云镇党文〔{today.year}〕7号", now=now,
    )  # fmt: skip
