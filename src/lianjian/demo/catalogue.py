"""What the office of the demonstration town keeps ready: more categories, questions, words, services."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lianjian.cases import actions as cases
from lianjian.cases.models import Case, Service
from lianjian.directory.models import Organization
from lianjian.portal import actions as portal

from .stories import Need, Writer

# (name, what is done, papers, kind, category, office, desk, promised working days)
SERVICES: Final = (
    (
        "政策咨询",
        "解读惠企惠农政策,告知能享受哪些、怎么申请。",
        "",
        "proxy",
        "policy",
        "business",
        "政策窗口",
        2,
    ),
    (
        "就业帮扶",
        "登记求职和招工信息,推荐岗位,联系培训。",
        "身份证",
        "proxy",
        "labour",
        "labour",
        "就业窗口",
        5,
    ),
    (
        "纠纷化解",
        "受理邻里、用工、土地等纠纷,安排调解。",
        "",
        "dispute",
        "law",
        "justice",
        "调解室",
        15,
    ),
    (
        "物业服务",
        "小区公共设施报修,协调物业公司处理。",
        "",
        "village_need",
        "utilities",
        "building",
        "综合窗口",
        5,
    ),
    (
        "金融帮扶",
        "收集融资需求,对接银行,跟踪授信。",
        "营业执照、近一年报表",
        "need",
        "finance",
        "finance",
        "金融窗口",
        7,
    ),
    (
        "社保代办",
        "养老、医疗保险参保登记和待遇资格认证,行动不便的上门办。",
        "身份证、户口簿",
        "proxy",
        "social",
        "labour",
        "社保窗口",
        3,
    ),
    (
        "证照代办",
        "代办营业执照、食品经营许可等证照的申请和领取。",
        "身份证、经营场所证明",
        "proxy",
        "approval",
        "approval",
        "证照窗口",
        5,
    ),
    (
        "法律咨询",
        "法律顾问解答合同、劳动、婚姻家庭等法律问题。",
        "",
        "legal",
        "law",
        "justice",
        "法律服务室",
        3,
    ),
)


def catalogue(writer: Writer) -> None:
    """Through the same verbs as anybody."""
    clerk, now, places = writer.actors[writer.clerk], writer.town.frame.now, writer.town.frame.places
    cases.add_category(actor=clerk, name="社会保障", code="social", now=now)
    for name, code, parent in (("供水", "water", "utilities"), ("高层水压", "pressure", "water")):
        cases.add_category(actor=clerk, name=name, code=code, parent=parent, now=now)
    cases.add_category(
        actor=clerk, name="行政执法", code="enforcement", now=now, departmental=True, kinds=["complaint", "petition"]
    )
    cases.add_question(actor=clerk, category="water", text="从哪天开始停水", kind="date", now=now)
    cases.add_question(
        actor=clerk, category="water", text="影响多少户", kind="choice", choices=["一户", "几户", "整栋或整组"], now=now
    )
    cases.save_template(
        actor=clerk,
        name="已派人处理",
        text="{诉求人}:您反映的事项({编号})已由{单位}派人到现场处理完毕。如仍有问题,请直接回复。",
        now=now,
    )
    cases.save_template(
        actor=clerk,
        name="政策解答",
        text="{诉求人}:经查,您咨询的政策现行有效。申请条件、材料和窗口如下:",
        category="policy",
        now=now,
    )
    for name, about, papers, kind, category, office, post, days in SERVICES:
        cases.save_service(
            actor=clerk,
            name=name,
            about=about,
            papers=papers,
            kind=kind,
            category=category,
            organization=places.get(office),
            post=post,
            days=days,
            now=now,
        )
    entrances(writer)
    village = places.get("village1")
    if village is not None:
        cases.set_route(
            actor=clerk, category="water", organization=village, village=village, ground="村级供水站", now=now
        )


def entrances(writer: Writer) -> None:
    """A code for the whole town, one in the village, one at a firm's gate."""
    clerk, town = writer.actors[writer.clerk], writer.town
    now, places = town.frame.now, town.frame.places
    bodies = [(places["town"], ""), (places["village1"], "村部门口"), (town.firms[0].organization, "东门卫室")]
    for body, spot in bodies:
        portal.open_entrance(actor=clerk, organization=body, spot=spot, now=now)


# (service, category, what was asked, what was done, working days ago)
ORDERS: Final = (
    ("就业帮扶", "labour", "想在镇里的木业厂找份工,会开装载机。", "已推荐到木业厂装载机岗位,本月到岗。", 20),
    ("就业帮扶", "labour", "家里走不开,想找能带回家做的手工活。", "", 4),
    ("政策咨询", "policy", "退役后开农家乐能享受什么政策?", "已书面告知创业担保贷款和税费减免的条件与材料。", 12),
)


def orders(writer: Writer, secretary: str, village: Organization) -> None:
    """Villagers order services through their secretary."""
    for name, category, text, answer, told in ORDERS:
        need = Need(village, category, text, answer, told, kind="proxy")

        def act(now: datetime, need: Need = need, name: str = name) -> None:
            need.case = cases.register_case(
                actor=writer.actors[secretary],
                organization=village,
                text=need.text,
                category=need.category,
                service=Service.objects.get(jurisdiction_id=village.jurisdiction_id, name=name),
                source="online",
                kind=need.kind,
                now=now,
            )

        writer.diary.plan(writer.diary.moment(writer.diary.back(told), 9), act)
        writer.dispatch(need, told)
        writer.sign(need, told - 1)
        if answer:
            writer.answer(need, told - 3)
            writer.confirm(need, told - 5, "", "satisfied")


def publish(writer: Writer) -> None:
    """One matter of the village is made public, so that others join it."""

    def act(now: datetime) -> None:
        case = Case.objects.filter(kind="village_need", state__in=("handling", "answered")).order_by("id").first()
        if case is not None:
            clerk = writer.actors[writer.clerk]
            cases.reword_case(
                actor=clerk, case=case, title=case.title, text=case.text, publish=True, now=now
            )

    writer.diary.plan(writer.diary.moment(writer.diary.back(1), 18), act)
