"""How the demonstration town's branches live: meetings with lists, classes, standards, pledges, a plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lianjian.alliances.models import Alliance
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person
from lianjian.events import actions as events
from lianjian.events.models import Meeting
from lianjian.events.rolls import roll_of
from lianjian.events.rules import meetings as rules
from lianjian.events.rules.attendance import EXEMPT, LEAVE, PRESENT, Said
from lianjian.events.rules.voting import Vote
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import plus_months
from lianjian.partylife import actions as partylife
from lianjian.partylife.models import PartyMember, Shortfall
from lianjian.partylife.rules.appraisals import Steps
from lianjian.partylife.rules.cadence import LATE

from .gathering import at
from .town import Town

MEMBERS = 24
# Branches of the chain whose members are entered one by one, as many as the register says.
EXPLAINED = ("chain1", "food")
LISTED = ("chain2", "chain3")
WORK = ("技术员", "车间主任", "销售", "驾驶员")
CLASSES = (
    ("党组织书记培训班", ("党组织书记",), "8.0"),
    ("党务工作者业务培训班", ("党务工作者",), "8.0"),
    ("发展对象和预备党员培训班", ("发展对象", "预备党员"), "24.0"),
    ("入党积极分子培训班", ("入党积极分子",), "16.0"),
)


def live(town: Town, actors: dict[str, Actor]) -> None:
    """The year so far."""
    clerk = actors["clerk"]
    branch = next(body for key, body in town.frame.places.items() if key.startswith("branch"))
    people = _members(town, clerk, branch)
    _counted(town, branch)
    for key in LISTED:
        _roll(town, clerk, town.frame.places[key])
    _theme_days(town, clerk, branch, people)
    _general_meeting(town, clerk, branch)
    _joint_class(town, clerk)
    _classes(town, clerk)
    _standards(town, clerk, branch)
    _pledges(town, clerk, branch, people)
    _plan(town, clerk)
    day = date(town.frame.today.year - 1, 12, 20)
    partylife.record_appraisal(
        actor=clerk, branch=branch, year=day.year, held_on=day,
        steps=Steps(day, day, day, day + timedelta(days=6), "committee"),
        members=MEMBERS, excellent=6, qualified=16, basic=1, exempt=1, now=town.frame.now,
    )  # fmt: skip
    partylife.derive_cadences(actor=clerk, jurisdiction_id=town.frame.town.pk, now=town.frame.now)
    _explained(town, clerk)


def _explained(town: Town, clerk: Actor) -> None:
    """Branches whose periods that passed were made up for by a training of the town."""
    bodies = [town.frame.places[key] for key in EXPLAINED]
    late = Shortfall.objects.filter(branch__in=bodies, state=LATE).order_by("pk")
    reason = "镇党委统一组织党员轮训,组织生活合并开展"
    for row in late:
        partylife.explain(actor=clerk, shortfall=row, reason=reason, now=town.frame.now)


def _members(town: Town, clerk: Actor, branch: Organization) -> list[Person]:
    """Twenty-four members of one branch: two on probation, one not bound to attend, three with a second branch."""
    made = []
    today, now = town.frame.today, town.frame.now
    for number in range(MEMBERS):
        person = directory.register_person(
            actor=clerk, name=town.person_name(), jurisdiction_id=branch.jurisdiction_id, now=town.frame.now
        )
        joined = plus_months(today, -8) if number > 21 else plus_months(town.since, -30 - 7 * number)
        member = partylife.add_member(
            actor=clerk, person=person, branch=branch, since=max(town.since, joined), joined_on=joined,
            full_on=None if number > 21 else plus_months(joined, 12), occupation=WORK[number % len(WORK)], now=now,
        )  # fmt: skip
        if number == 2:
            partylife.exempt(actor=clerk, member=member, kind="unbound", since=plus_months(today, -6), now=now)
        if 3 <= number <= 5:
            host = town.frame.places["electronics"]
            partylife.add_host(actor=clerk, member=member, branch=host, since=plus_months(today, -5), now=now)
        if 6 <= number <= 9:
            _moving(town, clerk, member, number)
        made.append(person)
    return made


def _counted(town: Town, branch: Organization) -> None:
    """The register says of the branch and its firm what its roll says."""
    firm = next(one for one in town.firms if f"{one.organization.short_name}党支部" == branch.name)
    firm.members = MEMBERS  # what it answers to a survey later
    today, now, actor = town.frame.today, town.frame.now, town.frame.actor
    directory.set_profile(actor=actor, organization=branch, members=MEMBERS, members_as_of=today, now=now)
    directory.set_enterprise_year(
        actor=actor, organization=firm.organization, year=today.year, party_members=MEMBERS, now=now
    )  # fmt: skip


def _roll(town: Town, clerk: Actor, branch: Organization) -> None:
    for number in range(branch.party.members):
        person = directory.register_person(
            actor=clerk, name=town.person_name(), jurisdiction_id=branch.jurisdiction_id, now=town.frame.now
        )
        joined = plus_months(town.since, -20 - 9 * number)
        partylife.add_member(
            actor=clerk, person=person, branch=branch, since=town.since, joined_on=joined,
            full_on=plus_months(joined, 12), occupation=WORK[number % len(WORK)], now=town.frame.now,
        )  # fmt: skip


def _moving(town: Town, clerk: Actor, member: PartyMember, number: int) -> None:
    """One on the way to another branch, two away (one without contact person), one who could not be found."""
    today, now = town.frame.today, town.frame.now
    if number == 6:
        partylife.open_transfer(
            actor=clerk, member=member, to_branch=town.frame.places["electronics"], reason="work",
            opened_on=today - timedelta(days=20), letter_number=f"组介〔{today.year}〕12号", now=now,
        )  # fmt: skip
        return
    kind, months = {7: ("mobile", 9), 8: ("mobile", 3), 9: ("lost", 8)}[number]
    partylife.record_absence(
        actor=clerk, member=member, kind=kind, since=plus_months(today, -months), now=now,
        place="广东省东莞市" if kind == "mobile" else "", contact_name=clerk.name[:40] if number == 8 else "",
    )  # fmt: skip
    if number != 7:
        partylife.record_contact(
            actor=clerk, member=member, day=today - timedelta(days=12), way="phone" if number == 8 else "kin",
            reached=number == 8, words="每月通一次电话" if number == 8 else "家属也没有新的联系方式", now=now,
        )  # fmt: skip


def _held(
    town: Town, clerk: Actor, convener: Organization, kind: str, title: str, day: date, hosts: Any = (), text: str = ""
) -> Meeting:
    meeting = events.plan_meeting(
        actor=clerk, convener=convener, kind=kind, title=title, starts_at=at(day), ends_at=at(day, 11),
        place="党员活动室", bodies=[(one, rules.HOST) for one in hosts], now=at(day, 8),
    )  # fmt: skip
    came = {pk: events.Came(rules.ATTENDED, 6) for pk in meeting.invitations.values_list("pk", flat=True)}
    return events.hold_meeting(actor=clerk, meeting=meeting, came=came, text=text, now=at(day, 18))


def _theme_days(town: Town, clerk: Actor, branch: Organization, people: list[Person]) -> None:
    """A theme day of each of the last two months: two on leave, one who need not come."""
    today = town.frame.today
    for back in (1, 2):
        day = (today.replace(day=1) - timedelta(days=28 * (back - 1) + 8)).replace(day=9)
        title = f"{day.month}月主题党日:安全生产我先行"
        meeting = _held(town, clerk, branch, "主题党日", title, day, text="学习、讨论、志愿服务。")
        said = {one.person_id: Said(PRESENT) for one in roll_of(branch, day).people}
        for person, state in zip(people, (Said(LEAVE, "work"), Said(LEAVE, "away"), Said(EXEMPT)), strict=False):
            said[person.pk] = state
        events.record_attendance(actor=clerk, meeting=meeting, organization=branch, said=said, now=at(day, 19))
        events.set_results(actor=clerk, meeting=meeting, hours=Decimal("2.0"), now=at(day, 19))
        partylife.remark(actor=clerk, meeting=meeting, branch=branch, quality="good", words="程序完整", now=at(day, 20))


def _general_meeting(town: Town, clerk: Actor, branch: Organization) -> None:
    """A general meeting with its quorum: one decision adopted, one voted down."""
    day = town.frame.today - timedelta(days=16)
    meeting = _held(town, clerk, branch, "支部党员大会", "党员大会:讨论年度工作", day, text="通报工作,讨论两项决定。")
    roll = roll_of(branch, day).people
    said = {one.person_id: Said(LEAVE, "away") if n % 5 == 4 else Said(PRESENT) for n, one in enumerate(roll)}
    events.record_attendance(actor=clerk, meeting=meeting, organization=branch, said=said, now=at(day, 19))
    came = sum(one.voter and said[one.person_id].state == PRESENT for one in roll)
    half = sum(one.voter for one in roll) // 2
    for text, yes in (("每月开放党员活动室两个晚上", came), ("把主题党日改到周日", half)):
        events.decide(
            actor=clerk, meeting=meeting, text=text, organizations=[branch], due_on=day + timedelta(days=60),
            now=at(day, 19), vote=Vote(yes, came - yes),
        )  # fmt: skip


def _joint_class(town: Town, clerk: Actor) -> None:
    """One lesson of four branches: each total counts it once."""
    places = town.frame.places
    day = town.frame.today - timedelta(days=20)
    hosts = [places["chain2"], places["chain3"], places["electronics"]]
    meeting = _held(town, clerk, places["chain1"], "党课", "四支部联合党课", day, hosts)
    for place, key in enumerate(LISTED):
        roll = roll_of(places[key], day).people
        said = {one.person_id: Said(LEAVE, "work") if n < 2 + place else Said(PRESENT) for n, one in enumerate(roll)}
        events.record_attendance(actor=clerk, meeting=meeting, organization=places[key], said=said, now=at(day, 19))
    events.set_results(actor=clerk, meeting=meeting, hours=Decimal("2.0"), now=at(day, 19))


def _classes(town: Town, clerk: Actor) -> None:
    """Four classes for five audiences (checklist 001-13)."""
    year = town.frame.today.year
    for number, (title, audiences, hours) in enumerate(CLASSES):
        day = min(date(year, 2 + 2 * number, 15), town.frame.today - timedelta(days=3 + number))
        meeting = _held(town, clerk, town.frame.places["town"], "培训班", title, day)
        events.set_results(actor=clerk, meeting=meeting, audiences=audiences, hours=Decimal(hours), now=at(day, 19))


def _standards(town: Town, clerk: Actor, branch: Organization) -> None:
    year, now = town.frame.today.year, town.frame.now
    lines = (
        ("setup", "班子健全,按期换届"),
        ("life", "三会一课按期开展、记录完整"),
        ("members", "发展党员材料齐全"),
        ("place", "党员活动室有标识、有制度"),
    )
    for number, (area, title) in enumerate(lines):
        line = partylife.add_standard(
            actor=clerk, area=area, title=title, source="县委组织部支部标准化清单", valid_from=date(year, 1, 1),
            position=number, now=now,
        )  # fmt: skip
        open_ = area == "place"
        partylife.check_standard(
            actor=clerk, branch=branch, standard=line, year=year, verdict="open" if open_ else "met",
            words="制度没有上墙" if open_ else "", mend_by=town.frame.today + timedelta(days=21) if open_ else None,
            checked_on=town.frame.today - timedelta(days=4), now=now,
        )  # fmt: skip


def _pledges(town: Town, clerk: Actor, branch: Organization, people: list[Person]) -> None:
    for person, post, promise in (
        (people[3], "一车间党员先锋岗", "当班设备零事故"),
        (people[4], "质检党员先锋岗", "不合格品不出厂"),
        (people[5], "售后服务岗", "来电当天答复"),
    ):
        made = partylife.pledge(
            actor=clerk, branch=branch, person=person, kind="post", post=post, promise=promise,
            since=town.frame.today - timedelta(days=90), consented=True, now=town.frame.now,
        )  # fmt: skip
        if post == "一车间党员先锋岗":
            partylife.change_pledge(
                actor=clerk, pledge=made, post=post, promise=promise, since=made.since, consented=True,
                result="连续90天无事故", now=town.frame.now,
            )  # fmt: skip
    partylife.pledge(
        actor=clerk, branch=branch, person=people[6], kind="leader", post="竹木加工带动本村20户增收",
        promise="每年新带动5户", since=town.frame.today - timedelta(days=200), now=town.frame.now,
    )  # fmt: skip


def _plan(town: Town, clerk: Actor) -> None:
    year = town.frame.today.year
    for title, audiences, _hours in CLASSES:
        partylife.plan_training(
            actor=clerk, organization=town.frame.places["town"], year=year, title=title, audiences=audiences,
            document="年度党员教育培训计划", now=town.frame.now,
        )  # fmt: skip
    alliance = Alliance.objects.get(organization__name="家具产业党建联盟", jurisdiction=town.frame.town).organization
    for title, kind, times in (("每季度一次联席会议", "联席会议", 4), ("成员互访", "互访", 2)):
        partylife.plan_training(
            actor=clerk, organization=alliance, year=year, title=title, kind=kind, times=times,
            document="年度联建活动计划", now=town.frame.now,
        )  # fmt: skip
