"""How the demonstration town cares for its firms: caps, leaders, tiers, a survey half answered, two proposals."""

from __future__ import annotations

from datetime import date, timedelta

from lianjian.coverage import actions as coverage
from lianjian.coverage.models import SurveyFirm
from lianjian.coverage.rules import DEPUTY_SECTION
from lianjian.directory import actions as directory
from lianjian.events import actions as events
from lianjian.foundation.actor import Actor

from .town import STATIONS, Town

LEADERS = ("镇党委书记", "镇长", "党委副书记")
PROJECTS = ("家具产业园二期厂房", "工业供气改造", "农产品冷链仓")
# Of each project (days ago, who was asked, stage, per cent, words): one is followed, one was left alone for long.
PROGRESS: tuple[tuple[tuple[int, str, str, int | None, str], ...], ...] = (
    (
        (38, "builder", "building", 45, "主体结构完成,钢构件到货晚了一周。"),
        (17, "both", "building", 60, "屋面封闭。消防管网与园区主管接口位置未定,影响室外施工。"),
        (3, "owner", "building", 65, "接口位置已定,等自来水公司出图；用电增容还没有批下来。"),
    ),
    ((52, "owner", "unstarted", None, "管线走向已定,征得沿线两个村同意,等施工许可。"),),
    (),
)
CAPS = (10, 9, 9, 8, 8, 8)


def care(town: Town, clerk: Actor, instructors: list[str]) -> None:
    """Everything of this page."""
    today, now = town.frame.today, town.frame.now
    since = date(today.year, 1, 1)
    for number, key in enumerate(STATIONS):
        coverage.set_cap(
            actor=clerk, holder=town.frame.places[key], most=(20, 18, 18)[number], since=since, now=now
        )
    for number, key in enumerate(instructors):
        places = [town.frame.places[STATIONS[number * 3 // len(instructors)]]] if number != 5 else []
        coverage.set_cap(
            actor=clerk, holder=town.frame.people[key], most=CAPS[number], places=places, since=since, now=now
        )
    _leaders(town, clerk, since)
    _projects(town, clerk, since)
    _tiers(town, clerk, since)
    _goals(town, clerk, today)
    _survey(town, clerk, today)
    coverage.propose_cover(actor=clerk, kind="station", scope="missing", since=today, now=now)
    coverage.propose_cover(actor=clerk, kind="instructor", scope="all", since=today, now=now)
    start, back = today + timedelta(days=7), today + timedelta(days=97)
    person = town.frame.people[instructors[1]]
    coverage.start_leave(actor=clerk, person=person, since=start, until=back, now=now)


def _leaders(town: Town, clerk: Actor, since: date) -> None:
    """Three leaders in touch with firms or answering for them, who were at some; three cadres posted to firms."""
    own = town.frame.people.get("leader")
    people = [own if place == 0 and own else town.person(note=title) for place, title in enumerate(LEADERS)]
    cadres = [town.person() for _title in LEADERS]
    for place, firm in enumerate(town.firms[:15]):
        role = ("leader", "guarantee", "firm_cadre")[place % 5 // 2]
        posted = role == "firm_cadre"
        coverage.assign_leader(
            actor=clerk, enterprise=firm.organization, person=(cadres if posted else people)[place % 3], role=role,
            since=since, now=town.frame.now, band=DEPUTY_SECTION if posted else "",
        )  # fmt: skip
        if place < 6 and not posted:
            events.record_visit(
                actor=clerk, organization=firm.organization, people=[people[place % 3]], now=town.frame.now,
                visited_on=town.frame.today - timedelta(days=15 * (place + 1)), content="了解生产经营和用工情况",
            )  # fmt: skip


def _projects(town: Town, clerk: Actor, since: date) -> None:
    """One project, one leader, one team; the last team is still to be put together."""
    for number, project in enumerate(PROJECTS):
        team = directory.found_team(
            actor=clerk, kind="task", name=f"{project}专班", project=project, organization=town.frame.places["town"],
            leader=town.person(), founded_on=since, now=town.frame.now,
        )  # fmt: skip
        for _place in range(3 if number < len(PROJECTS) - 1 else 0):
            directory.add_to_team(actor=clerk, team=team, person=town.person(), now=town.frame.now)
        for ago, contact, stage, percent, words in PROGRESS[number]:
            directory.note_progress(
                actor=clerk, team=team, day=max(since, town.frame.today - timedelta(days=ago)), contact=contact,
                stage=stage, percent=percent, words=words, now=town.frame.now,
            )  # fmt: skip


def _tiers(town: Town, clerk: Actor, since: date) -> None:
    coverage.set_interval(actor=clerk, tier="B", days=60, since=since, now=town.frame.now)
    for firm, tier, reason in (
        (town.firms[4], "A", "重点在建项目,每月走访"),
        (town.firms[9], "C", "停产检修,恢复后再定"),
    ):
        coverage.set_tier(
            actor=clerk, enterprise=firm.organization, tier=tier, reason=reason, since=since, now=town.frame.now
        )


def _goals(town: Town, clerk: Actor, today: date) -> None:
    """Firms that should have a branch and have none, and some without a member."""
    spared = [firm for firm in town.firms if firm.members >= 3][-2:]
    due = date(today.year + (today.month > 9), 12, 31)
    for firm in spared:
        coverage.set_goal(
            actor=clerk, enterprise=firm.organization, target="own", due_on=due, step="指导员协助推荐支部委员人选",
            since=today, now=town.frame.now,
        )  # fmt: skip
    for firm in [firm for firm in town.firms if firm.members == 0 and firm.above_scale][:3]:
        coverage.set_goal(
            actor=clerk, enterprise=firm.organization, target="joint", due_on=due,
            step="从生产骨干中培养2名入党积极分子,与邻近企业联合组建", since=today, now=town.frame.now,
        )  # fmt: skip


def _survey(town: Town, clerk: Actor, today: date) -> None:
    survey = coverage.open_survey(
        actor=clerk,
        name=f"{today.year}年企业党建工作全覆盖摸排",
        firms="all",
        facts=["staff", "above_scale", "party_members", "willing", "difficulty"],
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=40),
        now=town.frame.now,
    )
    rows = {row.organization_id: row for row in SurveyFirm.objects.filter(survey=survey).select_related("organization")}
    for place, firm in enumerate(town.firms[:38]):
        facts: dict[str, object] = {
            "staff": firm.staff,
            "above_scale": firm.above_scale,
            "party_members": firm.members,
            "willing": place % 6 != 5,
        }
        if place % 7 != 6:
            facts["difficulty"] = ("招工难", "流动资金紧", "物流成本高", "无")[place % 4]
        row = rows[firm.organization.pk]
        coverage.answer_survey(actor=clerk, row=row, facts=facts, now=town.frame.now)
