"""Meetings of the demonstration town: an alliance's joint meetings, a visit between firms, what recurs; venues."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from lianjian.alliances.models import Alliance
from lianjian.directory.models import Organization
from lianjian.events import actions as events
from lianjian.events.models import Invitation, Meeting, Venue
from lianjian.events.queries.invitees import members_of
from lianjian.events.rules import meetings as rules
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA

from .town import Town

HOUR = timedelta(hours=1)
CALM = timedelta(days=1)


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day in China."""
    return datetime.combine(day, time(hour), tzinfo=CHINA)


def meet(town: Town, actors: dict[str, Actor]) -> None:
    """Everything of this page; what lies behind us has been recorded on the day after."""
    clerk = actors["clerk"]
    room = _venues(town, clerk)
    alliance = Alliance.objects.select_related("organization").get(organization__name="家具产业党建联盟")
    _joint_meetings(town, actors, alliance.organization, room)
    _visit(town, clerk)
    _clean_up(town, clerk)
    _care(town, clerk, room)


def invite_across(town: Town, neighbour: Organization, clerk: Actor) -> None:
    """A round table to which the neighbouring town is invited; its clerk finds it among the duties."""
    day = town.frame.today + timedelta(days=9)
    events.plan_meeting(
        actor=clerk,
        convener=town.frame.places["town"],
        kind="座谈会",
        title="两镇毗邻村物流共享座谈会",
        starts_at=at(day, 14),
        ends_at=at(day, 16),
        place="云溪镇政府二楼会议室",
        topics=["同研究", "资源共享"],
        agenda="一、两镇往返货运情况\n二、共用返程车辆的办法",
        bodies=[(neighbour, rules.GUEST), (town.frame.places["commerce"], rules.DEPARTMENT)],
        answer_by=day - timedelta(days=2),
        now=town.frame.now,
    )


def _venues(town: Town, clerk: Actor) -> Venue:
    places, now = town.frame.places, town.frame.now
    room = events.open_venue(
        actor=clerk,
        organization=places["centre"],
        name="党群服务中心共享会议室",
        address=f"{town.frame.town.name}振兴路1号",
        functions=["会议", "便民服务", "党员教育", "图书阅览"],
        facilities=["投影", "音响", "停车位"],
        area_m2=420,
        service_m2=340,
        seats=60,
        opening="工作日8:30至18:00,提前一天向服务中心预约。",
        opened_on=date(town.frame.today.year - 1, 3, 1),
        now=now,
    )
    for key in ("station1", "chain"):
        events.share_venue(actor=clerk, venue=room, organization=places[key], now=now)
    events.open_venue(
        actor=clerk,
        organization=places["chain"],
        name="家具产业共享实训基地",
        functions=["实训", "展示", "会议"],
        double_reason="实训班要在车间旁边讲课,与服务中心相距四公里。",
        area_m2=900,
        service_m2=600,
        seats=40,
        opened_on=date(town.frame.today.year - 1, 9, 1),
        now=now,
    )
    return room


def _hold(clerk: Actor, meeting: Meeting, text: str, people: int = 2) -> Meeting:
    """Recorded on the day after: all came but the last body, which was excused."""
    rows = list(meeting.invitations.order_by("pk").values_list("pk", flat=True))
    came = {pk: events.Came(rules.ATTENDED, people + number % 2) for number, pk in enumerate(rows)}
    if len(rows) > 2:
        came[rows[-1]] = events.Came(rules.EXCUSED, 0, "当天有检查任务,会后补看纪要")
    return events.hold_meeting(
        actor=clerk, meeting=meeting, came=came, text=text, now=meeting.ends_at + CALM
    )


def _joint_meetings(town: Town, actors: dict[str, Actor], convener: Organization, room: Venue) -> None:
    clerk, today, now = actors["clerk"], town.frame.today, town.frame.now
    members = [(body, rules.MEMBER) for provider in members_of for body in provider(convener, today)]
    department = (town.frame.places["environment"], rules.DEPARTMENT)
    past = today - timedelta(days=80)
    facts: dict[str, Any] = {
        "actor": clerk,
        "convener": convener,
        "kind": "联席会议",
        "venue": room,
        "topics": ["安全生产", "企业经营", "同研究"],
        "bodies": [*members, department],
    }
    held = events.plan_meeting(
        title="家具产业党建联盟季度联席会议(上季度)",
        starts_at=at(past),
        ends_at=at(past) + 2 * HOUR,
        agenda="一、通报上季度共建任务\n二、研究返程货车共用\n三、安全生产互查",
        now=at(past - timedelta(days=10)),
        **facts,
    )
    _hold(clerk, held, "各成员通报了任务进度;同意共用返程货车,先在四家企业试行;安全生产互查每两月一轮。")
    _decisions(town, clerk, held)
    ahead = today + timedelta(days=14)
    events.plan_meeting(
        title="家具产业党建联盟季度联席会议(本季度)",
        starts_at=at(ahead),
        ends_at=at(ahead) + 2 * HOUR,
        agenda="一、上次决定落实情况\n二、共享实训基地开班\n三、下季度轮值",
        answer_by=ahead - timedelta(days=3),
        now=now,
        **facts,
    )
    _answers(town, actors)


def _decisions(town: Town, clerk: Actor, held: Meeting) -> None:
    """One carried out, one under way, one late."""
    today = town.frame.today
    firms = [firm.organization for firm in town.firms[:4]]
    decided = held.ends_at + CALM + HOUR
    common: dict[str, Any] = {"actor": clerk, "meeting": held, "now": decided}
    shared = events.decide(
        text="四家企业试行共用返程货车", organizations=firms[:2], due_on=today - timedelta(days=20), **common
    )
    events.decide(
        text="完成第一轮安全生产互查并交换问题清单", organizations=firms, due_on=today + timedelta(days=12), **common
    )
    events.decide(
        text="提出共享仓库的租金分担办法",
        organizations=[town.frame.places["chain"]],
        due_on=today - timedelta(days=3),
        **common,
    )
    for charge in shared.charges.select_related("organization", "decision__meeting__convener"):
        events.report_task(
            actor=clerk, charge=charge, text="已与物流公司签协议,每周两班。", now=at(today - timedelta(days=25))
        )
    events.settle_decision(
        actor=clerk, decision=shared, evidence="查看了协议和前三周发车单。", now=at(today - timedelta(days=22))
    )


def _answers(town: Town, actors: dict[str, Actor]) -> None:
    """Two firms have answered for the meeting ahead."""
    now = town.frame.now
    answers = (("contact", "yes", 2, "带两名车间主任"), ("contact2", "maybe", None, "当天可能出差"))
    for account, coming, people, words in answers:
        actor = actors.get(account)
        rows = Invitation.objects.filter(meeting__title__endswith="(本季度)").select_related("organization", "meeting")
        row = next((one for one in rows if actor and actor.may("meetings.answer", one.organization)), None)
        if actor is not None and row is not None:
            events.answer_invitation(
                actor=actor, invitation=row, coming=coming, people=people, words=words, now=now
            )


def _visit(town: Town, clerk: Actor) -> None:
    firms = [firm.organization for firm in town.firms[:3]]
    day = town.frame.today - timedelta(days=33)
    made = events.plan_meeting(
        actor=clerk,
        convener=town.frame.places["chain"],
        kind=rules.VISIT_KIND,
        title="上下游企业互访:看喷涂车间",
        starts_at=at(day, 14),
        ends_at=at(day, 17),
        place=f"{firms[0].name}喷涂车间",
        topics=["环境保护", "同交流"],
        bodies=[(firms[0], rules.HOST), (firms[1], rules.GUEST), (firms[2], rules.GUEST)],
        now=at(day - timedelta(days=6)),
    )
    rows = list(made.invitations.order_by("pk").values_list("pk", flat=True))
    came = {pk: events.Came(rules.ATTENDED, 3) for pk in rows}
    events.hold_meeting(
        actor=clerk,
        meeting=made,
        came=came,
        text="看了水性漆改造,两家来访企业索要了设备清单。",
        now=made.ends_at + CALM,
    )


def _clean_up(town: Town, clerk: Actor) -> None:
    first = town.frame.today - timedelta(days=town.frame.today.weekday() + 3 + 28)  # a Friday five weeks ago
    village = town.frame.places["village1"]
    series = events.plan_series(
        actor=clerk,
        convener=village,
        kind="卫生大清整",
        title="“红马甲”卫生大清整",
        starts_at=at(first, 8),
        ends_at=at(first, 10),
        rhythm="weekly",
        last_on=town.frame.today + timedelta(days=56),
        place=f"{village.name}主干道和房前屋后",
        topics=["履行社会责任"],
        bodies=[(village, rules.HOST)],
        now=at(first - timedelta(days=3)),
    )
    for meeting in series.meetings.filter(ends_at__lt=town.frame.now - 2 * CALM).order_by("starts_at"):
        _hold(clerk, meeting, "清理河岸和巷道,劝导垃圾分类。", people=12)


def _care(town: Town, clerk: Actor, room: Venue) -> None:
    """Monthly, under a word of the town's own, on the same weekday of the month."""
    events.add_word(actor=clerk, list_code="kind", name="夕阳红幸福关爱", now=town.frame.now)
    first = town.frame.today + timedelta(days=6)
    events.plan_series(
        actor=clerk,
        convener=town.frame.places["centre"],
        kind="夕阳红幸福关爱",
        title="“夕阳红”幸福关爱日",
        starts_at=at(first),
        ends_at=at(first) + 3 * HOUR,
        rhythm="monthly",
        by_weekday=True,
        last_on=first + timedelta(days=180),
        venue=room,
        bodies=[(town.frame.places["village1"], rules.MEMBER), (town.frame.places["village2"], rules.MEMBER)],
        now=town.frame.now,
    )
