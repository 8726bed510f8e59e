"""Alliances of the demonstration town: an industry, three villages, a bank with its firms."""

from __future__ import annotations

from datetime import date

from lianjian.alliances import actions as alliances
from lianjian.alliances.models import Alliance
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor

from .town import Town


def stand_together(town: Town, clerk: Actor) -> None:
    """Everything of this page; firms stand in two alliances at once, so that seats and bodies differ."""
    places, year = town.frame.places, town.frame.today.year
    alliances.add_term(actor=clerk, list_code="chain", name="家具", now=town.frame.now)
    since = date(year - 1, 6, 18)
    industry = _found(
        town,
        clerk,
        "家具产业党建联盟",
        since,
        mode="产业链接型",
        basis="上下游产业链",
        chain="家具",
        functions=["抱团发展", "信息共享"],
        tags=["组织共建", "活动共联", "资源共享"],
        document=f"云委发〔{year - 1}〕12号",
        charter="每季度召开一次联席会议,轮值牵头;成员互相开放实训场地和物流线路。",
    )
    firms = [firm.organization for firm in town.firms[:12]]
    _join(town, clerk, industry, firms[0], "链主企业", since)
    _join(town, clerk, industry, places["chain"], "牵头单位", since)
    for number, firm in enumerate(firms[1:9]):
        _join(town, clerk, industry, firm, "上游企业" if number % 2 else "下游企业", date(year - 1, 7 + number % 5, 1))
    _join(town, clerk, industry, places["market"], "部门单位", since)
    villages = _found(
        town, clerk, "云溪河谷联建党总支", date(year - 1, 9, 1), form="formal", mode="毗邻协作型", basis="产业相近村",
        tags=["同研究", "同开展", "同分享", "同交流"],
    )  # fmt: skip
    for number, key in enumerate(("village1", "village2", "village3")):
        _join(town, clerk, villages, places[key], "成员单位" if number else "强村(强单位)", date(year - 1, 9, 1))
    bank = _found(town, clerk, "银企共建联盟", date(year, 1, 8), mode="结对帮促型", basis="行业协会")
    _join(town, clerk, bank, places["bank"], "金融机构", date(year, 1, 8))
    for firm in firms[4:12]:
        _join(town, clerk, bank, firm, "成员单位", date(year, 1, 8))
    committee = _chain_committee(town, clerk)
    _people(town, clerk, committee, industry)
    alliances.name_demonstration(
        actor=clerk, alliance=industry, year=year, title="家具产业共享实训基地", now=town.frame.now
    )
    alliances.set_brand(
        actor=clerk, organization=places["chain"], name="红色木匠", since=since, now=town.frame.now
    )


def _chain_committee(town: Town, clerk: Actor) -> Alliance:
    """The committee of the furniture chain, one for the whole chain (checklist 004-35, 004-47)."""
    places, since = town.frame.places, date(town.frame.today.year - 1, 4, 2)
    held = alliances.found_alliance(
        actor=clerk, form="formal", organization=places["chain"], mode="产业链接型", basis="上下游产业链", chain="家具",
        founded_on=since, now=town.frame.now,
    )  # fmt: skip
    for key in ("chain1", "chain2", "chain3"):
        _join(town, clerk, held, places[key], "成员单位", since)
    for number, firm in enumerate(town.firms[8:16]):
        role = ("上游企业", "下游企业")[number % 2]
        if firm.chain == "家具":
            _join(town, clerk, held, firm.organization, role, since)
    return held


def _people(town: Town, clerk: Actor, committee: Alliance, industry: Alliance) -> None:
    """Who leads the chain now and led it before; who calls together, keeps in touch, advises."""
    year, places, who = town.frame.today.year, town.frame.places, town.frame.people
    for alliance, person, role, body, since, until in (
        (committee, who["chief"], "链长", places["town"], date(year - 1, 4, 2), date(year, 1, 10)),
        (committee, who["leader"], "链长", places["town"], date(year, 1, 10), None),
        (committee, town.person(), "副链长", places["business"], date(year - 1, 4, 2), None),
        (industry, who["leader"], "召集人", places["town"], date(year - 1, 6, 18), None),
        (industry, who["contact"], "联络员", places["firm1"], date(year - 1, 7, 1), None),
        (industry, town.person(), "技术顾问", None, date(year - 1, 9, 1), None),
    ):
        alliances.seat_person(
            actor=clerk, alliance=alliance, person=person, role=role, on_behalf=body, since=since, until=until,
            ground=f"云委办〔{since.year}〕18号" if role == "链长" else "", now=town.frame.now,
        )  # fmt: skip


def _found(town: Town, clerk: Actor, name: str, since: date, *, form: str = "functional", **facts: object) -> Alliance:
    return alliances.found_alliance(
        actor=clerk,
        form=form,
        name=name,
        parent=town.frame.places["town"],
        founded_on=since,
        now=town.frame.now,
        **facts,  # type: ignore[arg-type]
    )


def _join(town: Town, clerk: Actor, alliance: Alliance, body: Organization, role: str, since: date) -> None:
    alliances.admit(
        actor=clerk, alliance=alliance, organization=body, role=role, since=since, now=town.frame.now
    )
