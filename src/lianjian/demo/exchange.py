"""The four lists of the demonstration town: stores, halls, needs, and what bodies agreed about them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lianjian.alliances.models import Alliance
from lianjian.cases import actions as cases
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.lists import actions as lists
from lianjian.lists.models import Claim, Item

from .town import Town


def publish_lists(town: Town, clerk: Actor) -> None:
    """Items of all four lists and claims in every state; an edition of the month before."""
    places, today = town.frame.places, town.frame.today
    firms = [firm.organization for firm in town.firms]
    store = _item(
        town, clerk, firms[1], "resource", "仓储共用", "成品仓库(干燥通风)", capacity=Decimal(600), unit="平方米",
        reusable=True, text="可按月共用,有装卸平台和叉车,消防验收合格。", place="产业园一号路",
    )  # fmt: skip
    trucks = _item(
        town, clerk, firms[2], "resource", "物流共享", "返程货车拼车", capacity=Decimal(12), unit="车次", reusable=True,
        text="每周二、周五发往省城,返程空车可拼。",
    )  # fmt: skip
    hall = _item(
        town, clerk, places["village1"], "resource", "设施阵地", "村文化礼堂", by_day=True,
        text="可坐120人,有投影和音响。",
    )  # fmt: skip
    _item(
        town,
        clerk,
        places["village2"],
        "project",
        "特色禀赋",
        "竹海步道合作开发",
        text="流转竹林180亩,找企业合作。",
        capacity=Decimal(180),
        unit="亩",
    )
    _item(
        town, clerk, places["bank"], "resource", "金融服务", "家具产业信用贷", capacity=Decimal(2000), unit="万元",
        text="凭订单授信,利率以签约时为准。", expires_on=today + timedelta(days=180),
    )  # fmt: skip
    _item(
        town,
        clerk,
        places["chain"],
        "activity",
        "经验技术",
        "安全生产互学互查",
        capacity=Decimal(20),
        unit="家",
        expires_on=today + timedelta(days=20),
    )
    industry = Alliance.objects.get(organization__name="家具产业党建联盟")
    _item(
        town, clerk, firms[0], "resource", "经验技术", "数控开料打样", capacity=Decimal(8), unit="班次", reusable=True,
        visibility="alliance", alliance=industry, text="成员企业优先,提前三天预约。",
    )  # fmt: skip
    _item(
        town,
        clerk,
        firms[3],
        "resource",
        "其他",
        "边角料",
        capacity=Decimal(5),
        unit="吨",
        expires_on=today + timedelta(days=3),
    )
    _case, need = cases.tell_and_publish(
        actor=clerk, organization=firms[4], category="labour", list_category="用工招聘", title="招沙发扪工8名",
        text="计件工资,包吃住,熟手优先。", capacity=Decimal(8), unit="人", source="phone", now=town.frame.now,
    )  # fmt: skip
    _used(town, clerk, store, firms[0])
    _agreed(town, clerk, _claim(town, clerk, store, firms[5], Decimal(120), "旺季周转两个月"))
    _claim(town, clerk, trucks, firms[6], Decimal(2), "每周五两车次")
    _agreed(town, clerk, _claim(town, clerk, need, places["village1"], Decimal(5), "村里有5名返乡扪工"))
    for body, start, agreed in ((firms[0], 4, True), (places["market"], 9, True), (firms[7], 12, False)):
        first = today + timedelta(days=start)
        booked = _claim(
            town, clerk, hall, body, Decimal(1), "职工培训", since=first, until=first + timedelta(days=1)
        )
        if agreed:
            _agreed(town, clerk, booked)
    month = today.replace(day=1)
    lists.issue_edition(
        actor=clerk, title=f"{today.year}年{today.month}月", since=month, until=today, now=town.frame.now
    )


def _item(
    town: Town, clerk: Actor, body: Organization, kind: str, category: str, title: str, **facts: Any
) -> Item:
    return lists.publish(
        actor=clerk, organization=body, kind=kind, category=category, title=title, now=town.frame.now, **facts
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
) -> Claim:
    return lists.propose(
        actor=clerk,
        item=item,
        organization=body,
        amount=amount,
        words=words,
        since=since,
        until=until,
        now=town.frame.now,
    )


def _agreed(town: Town, clerk: Actor, claim: Claim) -> Claim:
    return lists.agree(actor=clerk, claim=claim, side="owner", now=town.frame.now)


def _used(town: Town, clerk: Actor, store: Item, body: Organization) -> None:
    """One that went to its end: agreed, used, rated, with what came of it."""
    now, today = town.frame.now, town.frame.today
    claim = _agreed(town, clerk, _claim(town, clerk, store, body, Decimal(200), "春季备货三个月"))
    lists.fulfil(actor=clerk, claim=claim, side="claimant", now=now)
    lists.rate(actor=clerk, claim=claim, side="claimant", rating=5, words="干燥,装卸及时", now=now)
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
