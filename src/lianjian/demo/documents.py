"""Documents of the demonstration town: one published, a report with its authors and a picture, one in its second
review, a policy firms were asked about, one taken down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from lianjian.alliances.models import Alliance
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.notices import actions
from lianjian.notices.models import Document, reference

from .activities import drawing
from .town import Town

Actors = Mapping[str, Actor]

FOUNDING = """各村(社区)、各企业、各有关单位:
为推动支柱产业上下游党组织共建、企业抱团发展,经镇党委研究,决定成立家具产业党建联盟。现将有关事项通知如下。
一、组成
联盟由链主企业、上下游企业、金融机构和有关部门组成,实行轮值牵头。
二、主要任务
(一)组织共建
每季度召开一次联席会议,通报需求,商定互访。
(二)资源共享
成员互相开放实训场地、仓储和物流线路。
三、工作要求
各成员单位明确一名联络员,于收到通知之日起十个工作日内报镇党群服务中心。"""
PLAN = """一、基本情况
全村以水稻、柑橘为主,村集体经营性收入还不稳定。
二、帮扶措施
联建企业年内收购柑橘两万斤,提供季节性岗位二十个;镇农业服务站每月到村指导一次。
三、责任和期限
村党支部书记负总责,年底前由镇党委检查。"""
POLICY = """为减轻企业招工负担,拟对组团赴外招聘的企业给予交通补贴。
一、补贴对象
在本镇登记、正常经营的企业。
二、补贴标准
每次按实际交通费用的一半补贴,一年不超过三次。"""
REPORT = """家具产业党建联盟日前举办木工技能赛,四家企业的师傅比榫卯、比喷涂。
获奖师傅将到各企业带徒授课,赛题和工法由联盟整理成册,供成员企业使用。"""
NOTE = """按照年度安排,现将年度慰问对象情况公示如下,公示期内可以向镇纪委反映意见。"""


def documents(town: Town, actors: Actors) -> None:
    """Everything of this page; five persons have a hand in it."""
    frame, places = town.frame, town.frame.places
    now = frame.now.replace(hour=1, minute=20)
    alliance = Alliance.objects.select_related("organization").get(organization__name="家具产业党建联盟")
    founded = datetime.combine(alliance.founded_on, now.timetz())
    founding = _draft(
        actors["clerk"],
        places["town"],
        founded,
        title="关于成立支柱产业党建联盟的通知",
        number=alliance.document,
        text=FOUNDING,
        audience="public",
        about=[reference(alliance)],
    )
    _bring_out(founding, actors, "clerk", ("reviewer", "leader", "chief"), founded + timedelta(hours=1))
    _report(town, actors, now - timedelta(days=18))
    plan = _draft(
        actors["village"],
        places["village1"],
        now - timedelta(days=3),
        title=f"{places['village1'].name}{frame.today.year}年帮扶计划",
        kind="help_plan",
        text=PLAN,
        audience="place",
        about=[reference(places["village1"])],
    )
    plan = actions.submit_document(actor=actors["village"], document=plan, now=now - timedelta(days=2))
    _approve(plan, actors["clerk"], now - timedelta(days=1))
    _asked(town, actors, now)
    wrong = _draft(
        actors["clerk"],
        places["town"],
        now - timedelta(days=20),
        title="年度慰问对象公示",
        kind="disclosure",
        text=NOTE,
        audience="public",
    )
    wrong = _bring_out(wrong, actors, "clerk", ("reviewer", "leader", "chief"), now - timedelta(days=19))
    actions.take_down(
        actor=actors["clerk"],
        document=wrong,
        ground="privacy",
        reason="附表里有住址,改为只公示姓名和村名后再公布。",
        now=now - timedelta(days=18),
    )


def _draft(
    actor: Actor,
    issuer: Organization,
    at: datetime,
    *,
    title: str,
    text: str,
    audience: str,
    kind: str = "notice",
    number: str = "",
    about: list[str] | None = None,
    bylines: tuple[str, ...] = (),
) -> Document:
    return actions.start_document(
        actor=actor,
        issuer=issuer,
        kind=kind,
        title=title,
        text=text,
        number=number,
        audience=audience,
        made_on=local_day(at),
        about=about or [],
        bylines=bylines,
        agreed=bool(bylines),
        now=at,
    )


def _report(town: Town, actors: Actors, at: datetime) -> None:
    """What two people wrote about the contest, with a drawn picture: both agreed to be named."""
    report = _draft(
        actors["clerk"],
        town.frame.places["town"],
        at,
        title="木工技能赛简报",
        kind="report",
        text=REPORT,
        audience="public",
        bylines=("方小雨", "许知行"),
    )
    actions.add_picture(
        actor=actors["clerk"],
        document=report,
        upload=drawing(),
        caption="木工技能赛现场示意图",
        credit="镇党建办",
        consent=True,
        now=at,
    )
    report.refresh_from_db()
    _bring_out(report, actors, "clerk", ("reviewer", "leader", "chief"), at + timedelta(hours=1))


def _approve(document: Document, actor: Actor, at: datetime) -> Document:
    seen = actions.seen_mark(document)
    return actions.approve_document(actor=actor, document=document, seen=seen, now=at)


def _bring_out(
    document: Document, actors: Actors, writer: str, reviewers: tuple[str, ...], at: datetime
) -> Document:
    document = actions.submit_document(actor=actors[writer], document=document, now=at)
    for number, who in enumerate(reviewers, 1):
        document = _approve(document, actors[who], at + timedelta(hours=number))
    return document


def _asked(town: Town, actors: Actors, now: datetime) -> None:
    """A policy that firms were asked about: one answer came back and was taken up, one is awaited."""
    places = town.frame.places
    policy = _draft(
        actors["handler"],
        places["environment"],
        now - timedelta(days=9),
        title="企业赴外招聘补贴办法(征求意见稿)",
        kind="policy",
        text=POLICY,
        audience="place",
    )
    firms = [firm.organization for firm in town.firms[1:3]]
    asked = actions.consult(
        actor=actors["handler"],
        document=policy,
        organizations=firms,
        due_on=town.frame.today + timedelta(days=7),
        now=now - timedelta(days=8),
    )
    answered = actions.answer_opinion(
        actor=actors["handler"],
        opinion=asked[0],
        stance="amend",
        text="电话反馈:补贴按人数算更合理。",
        now=now - timedelta(days=5),
    )
    actions.settle_opinion(
        actor=actors["handler"],
        opinion=answered,
        outcome="partly",
        response="改为按人数设上限。",
        now=now - timedelta(days=4),
    )
