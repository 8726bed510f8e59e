"""The four lists of the demonstration town: stores, halls, needs, and what bodies agreed about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from lianjian.alliances.models import Alliance
from lianjian.cases import actions as cases
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.lists import actions as lists
from lianjian.lists.models import Claim, Item, MatchEntry

from .halls import open_hall
from .town import Town


def publish_lists(town: Town, clerk: Actor) -> None:
    """Items of all four lists, claims in every state, an issue of the month."""
    places, today = town.frame.places, town.frame.today
    firms = [firm.organization for firm in town.firms]
    industry = Alliance.objects.get(organization__name="家具产业党建联盟")
    lines: list[tuple[Organization, str, str, str, str, dict[str, Any]]] = [
        (firms[1], "resource", "仓储共用", "成品仓库(干燥通风)", "可按月共用,有装卸平台和叉车,消防验收合格。",
         {"capacity": Decimal(600), "unit": "平方米", "reusable": True, "place": "产业园一号路"}),
        (firms[2], "resource", "物流共享", "返程货车拼车", "每周二、周五发往省城,返程空车可拼。",
         {"capacity": Decimal(12), "unit": "车次", "reusable": True}),
        (places["village1"], "resource", "设施阵地", "村文化礼堂", "可坐120人,有投影和音响。",
         {"venue": open_hall(town, clerk)}),
        (places["village2"], "project", "特色禀赋", "竹海步道合作开发", "流转竹林180亩,找企业合作。",
         {"capacity": Decimal(180), "unit": "亩", "visibility": "public"}),
        (places["bank"], "resource", "金融服务", "家具产业信用贷", "凭订单授信,利率以签约时为准。",
         {"capacity": Decimal(2000), "unit": "万元", "expires_on": today + timedelta(days=180)}),
        (places["chain"], "activity", "经验技术", "安全生产互学互查", "成员企业互查一天,现场指出问题。",
         {"capacity": Decimal(20), "unit": "家", "expires_on": today + timedelta(days=20)}),
        (firms[0], "resource", "经验技术", "数控开料打样", "成员企业优先,提前三天预约。",
         {"capacity": Decimal(8), "unit": "班次", "reusable": True, "visibility": "alliance", "alliance": industry}),
        (firms[3], "resource", "其他", "边角料", "可做刨花板原料,自提。",
         {"capacity": Decimal(5), "unit": "吨", "expires_on": today + timedelta(days=3)}),
    ]  # fmt: skip
    made = [_item(town, clerk, *line, ago=40 - 4 * number) for number, line in enumerate(lines)]
    _claims(town, clerk, *made[:3])
    _matched(town, clerk, made[0])
    month = today.replace(day=1)
    lists.issue_edition(
        actor=clerk, title=f"{today.year}年{today.month}月", since=month, until=today, now=town.frame.now
    )


def _claims(town: Town, clerk: Actor, store: Item, trucks: Item, hall: Item) -> None:
    """What was asked for, agreed and used; a need that a village answered."""
    places, today = town.frame.places, town.frame.today
    firms = [firm.organization for firm in town.firms]
    _case, need = cases.tell_and_publish(
        actor=clerk, organization=firms[4], category="labour", list_category="用工招聘", title="招沙发扪工8名",
        text="计件工资,包吃住,熟手优先。", capacity=Decimal(8), unit="人", source="phone", now=_ago(town, 21),
    )  # fmt: skip
    _used(town, clerk, store, firms[0])
    _agreed(town, clerk, _claim(town, clerk, store, firms[5], Decimal(120), "旺季周转两个月", ago=9), ago=8)
    _claim(town, clerk, trucks, firms[6], Decimal(2), "每周五两车次", ago=1)
    _agreed(town, clerk, _claim(town, clerk, need, places["village1"], Decimal(5), "村里有5名返乡扪工", ago=17), ago=16)
    full = _claim(town, clerk, trucks, firms[7], Decimal(12), "包下全部返程车", ago=14)
    lists.refuse(actor=clerk, claim=full, side="owner", words="要给其他企业留车次", now=_ago(town, 13))
    other = _claim(town, clerk, store, firms[8], Decimal(80), "样品周转", ago=12)
    lists.take_back(actor=clerk, claim=other, side="claimant", words="厂里腾出了地方", now=_ago(town, 11))
    late = _agreed(town, clerk, _claim(town, clerk, trucks, firms[9], Decimal(1), "试发一车", ago=10), ago=9)
    lists.take_back(actor=clerk, claim=late, side="claimant", words="订单推迟", now=_ago(town, 6))
    for body, start, agreed in ((firms[0], 4, True), (places["market"], 9, True), (firms[7], 12, False)):
        first = today + timedelta(days=start)
        until = first + timedelta(days=1)
        booked = _claim(town, clerk, hall, body, Decimal(1), "职工培训", since=first, until=until, ago=5)
        if agreed:
            _agreed(town, clerk, booked, ago=3)


def _matched(town: Town, clerk: Actor, store: Item) -> None:
    """A need for which several things fit, what was said to two of them, and a word of the town's own."""
    places, now = town.frame.places, _ago(town, 2)
    firms = [firm.organization for firm in town.firms]
    _case, need = cases.tell_and_publish(
        actor=clerk, organization=firms[8], category="labour", list_category="仓储共用", title="旺季求租成品库房",
        text="堆放包装好的成品家具,要干燥,能停货车。", capacity=Decimal(300), unit="平方米", source="phone", now=now,
    )  # fmt: skip
    workers = {"capacity": Decimal(6), "unit": "人", "reusable": True}
    said = "扪工、打磨工,可长期也可按季。"
    _item(town, clerk, places["village2"], "resource", "用工招聘", "返乡家具熟工班组", said, workers)
    shed = {"capacity": Decimal(150), "unit": "平方米", "reusable": True, "place": "村口"}
    held = _item(town, clerk, places["village1"], "resource", "仓储共用", "村集体闲置粮仓", "干燥,门前可停大车。", shed)
    lists.add_synonym(actor=clerk, word="库房", other="仓库", ground="本地叫法", now=now)
    small = MatchEntry.objects.get(subject_key=held.key)
    lists.refuse_match(actor=clerk, item=need, entry=small, reason="面积不够,离厂区也远", now=now)
    lists.accept_match(
        actor=clerk, item=need, entry=MatchEntry.objects.get(subject_key=store.key), amount=Decimal(250), now=now
    )


def _ago(town: Town, days: int) -> datetime:
    """So many days before the day of the demonstration, at its hour."""
    return town.frame.now - timedelta(days=days)


def _item(
    town: Town,
    clerk: Actor,
    body: Organization,
    kind: str,
    category: str,
    title: str,
    text: str,
    facts: dict[str, Any],
    ago: int = 3,
) -> Item:
    now = _ago(town, ago)
    return lists.publish(
        actor=clerk, organization=body, kind=kind, category=category, title=title, text=text, now=now, **facts
    )


def _claim(
    town: Town,
    clerk: Actor,
    item: Item,
    body: Organization,
    amount: Decimal,
    words: str,
    since: date | None = None,
    until: date | None = None,
    ago: int = 0,
) -> Claim:
    return lists.propose(
        actor=clerk,
        item=item,
        organization=body,
        amount=amount,
        words=words,
        since=since,
        until=until,
        now=_ago(town, ago),
    )


def _agreed(town: Town, clerk: Actor, claim: Claim, ago: int = 0) -> Claim:
    return lists.agree(actor=clerk, claim=claim, side="owner", now=_ago(town, ago))


def _used(town: Town, clerk: Actor, store: Item, body: Organization) -> None:
    """One that went to its end: agreed, used, rated, with what came of it."""
    now, today = town.frame.now, town.frame.today
    claim = _agreed(town, clerk, _claim(town, clerk, store, body, Decimal(200), "春季备货三个月", ago=35), ago=34)
    lists.fulfil(actor=clerk, claim=claim, side="claimant", now=_ago(town, 5))
    lists.rate(actor=clerk, claim=claim, side="claimant", rating=5, words="干燥,装卸及时", now=_ago(town, 4))
    lists.add_outcome(
        actor=clerk,
        claim=claim,
        side="owner",
        kind="money",
        amount=Decimal(36000),
        on=today,
        words="三个月租金",
        now=now,
    )
