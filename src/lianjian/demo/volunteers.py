"""Volunteers of the demonstration town: ten teams with their people, what they did since spring, whom they served."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person, Team
from lianjian.events import actions as events
from lianjian.events.rules import meetings as rules
from lianjian.foundation.actor import Actor
from lianjian.partylife.models import PartyMember

from .activities import soup
from .gathering import at
from .town import Town

HOUR = timedelta(hours=1)
EACH = 11  # people of a team, who leads it among them

# (name, home organization: a place or the number of a firm, purpose)
TEAMS = (
    ("“逢九爱心汤”志愿服务队", "village2", "每逢农历带九的日子给独居老人送汤"),
    ("河道清洁志愿服务队", "village1", "每月清一次河道和沟渠"),
    ("采茶互助志愿服务队", "village3", "农忙时帮缺劳力的农户"),
    ("红管家志愿服务队", "station1", "带着企业跑手续、送政策"),
    ("“木香”志愿服务队", "centre", "到养老院理发、修家具"),
    ("链上先锋志愿服务队", "chain2", "技术工人进校园、进社区"),
    ("电子商务助农志愿服务队", "chain3", "帮农户上架和直播"),
    ("晨光木工志愿服务队", "0", "给困难户修门窗桌椅"),
    ("安全生产宣讲志愿服务队", "1", "到小作坊讲消防"),
    ("金融知识志愿服务队", "bank", "教老人识别诈骗"),
)
# title, place, days ago, numbers of the teams, people served, person-times, hours of each
Row = tuple[str, str, int, tuple[int, ...], int, int | None, str]
HELD: tuple[Row, ...] = (
    ("给独居老人送爱心汤", "老年食堂", 8, (0,), 86, 86, "2.0"),
    ("云溪河清漂", "云溪河二桥", 15, (1, 2), 240, None, "3.0"),
    ("春茶抢收互助", "三村茶山", 22, (2,), 64, 120, "4.0"),
    ("惠企政策进车间", "家具产业园", 30, (3,), 180, None, "2.0"),
    ("敬老院义务理发", "镇敬老院", 37, (4,), 75, None, "2.5"),
    ("木工体验进校园", "镇中心小学", 45, (5, 7), 320, None, "2.0"),
    ("农产品直播助农", "电商服务站", 52, (6,), 150, 410, "3.0"),
    ("为困难户修门窗", "一村、二村", 60, (7,), 48, None, "4.0"),
    ("小作坊消防宣讲", "木器街", 68, (8,), 210, None, "1.5"),
    ("防诈骗课堂", "镇文化广场", 75, (9,), 360, None, "1.5"),
    ("卫生大扫除", "集镇", 83, (1, 4, 8), 420, None, "2.0"),
    ("高考护学", "县一中路口", 90, (3, 9), 260, None, "3.0"),
)


def serve(town: Town, clerk: Actor) -> None:
    """All of it, through verbs."""
    since = town.frame.today - timedelta(days=400)
    crew = _crew(town)
    teams = [_team(town, clerk, number, since, crew) for number in range(len(TEAMS))]
    _help_team(town, clerk, since, crew)
    for row in HELD:
        _held(town, clerk, teams, row)
    soup(town, clerk, teams[0])


def _crew(town: Town) -> list[Person]:
    """Members of the party, who make up most of them, and people who joined."""
    rows = PartyMember.objects.filter(jurisdiction_id=town.frame.town.pk, person__isnull=False)
    found = [row.person for row in rows.select_related("person").order_by("pk")[: EACH * len(TEAMS)]]
    return found + [town.person() for _number in range(EACH * len(TEAMS) - len(found))]


def _home(town: Town, key: str) -> Organization:
    return town.firms[int(key)].organization if key.isdecimal() else town.frame.places[key]


def _team(town: Town, clerk: Actor, number: int, since: date, crew: list[Person]) -> Team:
    """Eleven people each; one belongs to two teams, so that seats and people differ."""
    name, key, purpose = TEAMS[number]
    people = crew[number * EACH : (number + 1) * EACH]
    team = directory.found_team(
        actor=clerk, kind="volunteer", name=name, organization=_home(town, key), leader=people[0], purpose=purpose,
        founded_on=since, now=town.frame.now,
    )  # fmt: skip
    for person in [*people[1:], *(crew[:1] if number == 1 else [])]:
        directory.add_to_team(
            actor=clerk, team=team, person=person, unit=_home(town, key), since=since, now=town.frame.now
        )
    return team


def _help_team(town: Town, clerk: Actor, since: date, crew: list[Person]) -> None:
    """A team chosen from the list of needs, with the bodies that are in it (004-51)."""
    places, now = town.frame.places, town.frame.now
    team = directory.found_team(
        actor=clerk, name="红色领航帮办团", organization=places["business"], leader=crew[1],
        subjects=["finance", "labour"], skills="融资、用工、审批", purpose="按需求清单上门帮办", founded_on=since,
        now=now,
    )  # fmt: skip
    for key in ("business", "bank", "commerce"):
        directory.add_unit_to_team(actor=clerk, team=team, organization=places[key], since=since, now=now)


def _held(town: Town, clerk: Actor, teams: list[Team], row: Row) -> None:
    """One activity with who came and whom it served."""
    title, place, ago, numbers, served, times, hours = row
    starts = at(town.frame.today - timedelta(days=ago), 8)
    going = [teams[number] for number in numbers]
    length = timedelta(hours=float(hours))
    made = events.plan_meeting(
        actor=clerk, convener=town.frame.places["centre"], kind="志愿服务", title=title, starts_at=starts,
        ends_at=starts + length, place=place, topics=["履行社会责任"], bodies=[], teams=going,
        audience=rules.OPEN, now=starts - timedelta(days=4),
    )  # fmt: skip
    now = made.ends_at + HOUR
    events.hold_meeting(actor=clerk, meeting=made, came={}, text="", now=now)
    for team in going:
        seats = team.members.order_by("pk").values_list("person_id", flat=True)
        people = [pk for turn, pk in enumerate(seats) if (turn + ago) % 3]
        events.record_serving(actor=clerk, meeting=made, team=team, people=people, now=now)
    events.set_results(
        actor=clerk, meeting=made, service_hours=Decimal(hours), served=served, served_times=times, now=now
    )
