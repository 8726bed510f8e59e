"""Disputes, petitions and one accusation of the demonstration town: mediated, heard, kept from the accused."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from lianjian.cases import actions as cases
from lianjian.cases.models import Case, Hearing
from lianjian.directory.models import Organization
from lianjian.foundation.calendar import CHINA

from .stories import Need, Writer

JUSTICE: Final = "justice"
MEDIATORS: Final = [("张圣福", "household"), ("江律师", "adviser")]
# (what it is about, two sides, working days ago, how far it came)
DISPUTES: Final = (
    ("两家自留山的界桩移了位置,为砍树争执。", ("李某忠", "赵某发"), 24, "kept"),
    ("灌溉轮到谁先放水说不拢,水渠口被堵。", ("钱某贵", "孙某兰"), 6, "attempted"),
)
# (what is asked, who asks, working days ago)
PETITIONS: Final = (
    ("老街改造时少量了两间偏屋,补偿面积不对。", "周某英", 31),
    ("老街改造时天井没有计入,补偿面积不对。", "吴某德", 29),
    ("修路占了菜地,青苗补偿至今没有说法。", "郑某花", 9),
)
SEATS: Final = (
    ("方主任", "chair"),
    ("许代表", "member"),
    ("江律师", "member"),
    ("冯秘书", "clerk"),
    ("企业服务中心", "unit"),
)


def settle(writer: Writer) -> None:
    """Everything of this page."""
    village = writer.town.frame.places["village1"]
    for what, sides, told, how in DISPUTES:
        _dispute(writer, village, what, sides, told, how)
    petitions = [_petition(writer, village, *line) for line in PETITIONS]
    _hearing(writer, "老街改造补偿面积听证会", petitions[:2], held=8)
    _hearing(writer, "修路占地青苗补偿听证会", petitions[2:], held=None)
    _accusation(writer)


def _told(writer: Writer, need: Need, hour: int, **more: Any) -> None:
    """Told at the desk by a person, passed on to the justice office and signed there."""

    def act(now: datetime) -> None:
        need.case = cases.register_case(
            actor=writer.actors[writer.clerk],
            village=need.organization,
            text=need.text,
            category=need.category,
            source="desk",
            kind=need.kind,
            now=now,
            **more,
        )

    writer.diary.plan(writer.diary.moment(writer.diary.back(need.told), hour), act)
    writer.dispatch(need, need.told)
    writer.sign(need, need.told - 1)


def _dispute(
    writer: Writer, village: Organization, what: str, sides: tuple[str, str], told: int, how: str
) -> None:
    need = Need(village, "law", what, "", told, kind="dispute")
    _told(writer, need, 10, reporter=sides[0], tier="hamlet")
    for name, side in zip(sides, ("asking", "other"), strict=True):
        writer.step(need, told - 1, 10, cases.add_party, JUSTICE, name=name, side=side)
    spoken = {"mediators": MEDIATORS, "place": "中心户堂屋"}
    writer.step(
        need, told - 2, 19, cases.record_attempt, JUSTICE, **spoken, outcome="closer", text="各说各的理,约定再谈。"
    )
    if how != "kept":
        return
    words = "请老组长到现场指认,双方都认老界石。"
    writer.step(need, told - 4, 19, cases.record_attempt, JUSTICE, **spoken, outcome="agreed", text=words)
    terms = "以老界石为界,各自管护;移动的界桩五日内复位。"
    writer.step(need, told - 5, 10, cases.reach_agreement, JUSTICE, form="written", terms=terms, signed=True)
    writer.step(need, told - 6, 10, cases.confirm_case, writer.clerk, rating="satisfied", reason="双方到场确认。")
    writer.step(
        need, max(told - 16, 1), 10, cases.follow_agreement, writer.clerk, kept=True, note="界桩已复位,再无争执。"
    )


def _petition(writer: Writer, village: Organization, what: str, who: str, told: int) -> Need:
    need = Need(village, "law", what, "", told, kind="petition")
    _told(writer, need, 15, reporter=who)
    return need


def _hearing(writer: Writer, title: str, petitions: list[Need], *, held: int | None) -> None:
    """A hearing `held` so many working days ago, or planned for a week from now."""
    diary = writer.diary
    people = [*SEATS, *((str(need_name), "petitioner") for need_name in _names(petitions))]
    planned = diary.back((held or 0) + 5 if held else 2)
    day = diary.back(held) if held else diary.today + timedelta(days=7)

    def plan(now: datetime) -> None:
        cases.plan_hearing(
            actor=writer.actors[writer.clerk],
            title=title,
            plan="一、信访人陈述;二、责任单位答辩;三、听证员质询;四、合议。",
            scheduled_at=datetime.combine(day, time(9), CHINA),
            place="镇政府三楼会议室",
            cases=[need.case for need in petitions if need.case is not None],
            people=people,
            now=now,
        )

    def conclude(now: datetime) -> None:
        hearing = Hearing.objects.get(title=title)
        first, *others = [need.case.pk for need in petitions if need.case is not None]
        cases.conclude_hearing(
            actor=writer.actors["leader"],
            hearing=hearing,
            people=people,
            minutes="双方陈述后,听证员核对了测绘底图和产权登记,信访人当场查看。",
            conclusion="偏屋应当补量,由责任单位十日内复测;天井依照征收补偿办法第十条不计入建筑面积。",
            outcomes={first: "solved"} | dict.fromkeys(others, "explained"),
            now=now,
        )

    diary.plan(diary.moment(planned, 16), plan)
    if held:
        diary.plan(diary.moment(day, 11), conclude)


def _names(petitions: list[Need]) -> list[str]:
    return [who for what, who, _told in PETITIONS if what in {need.text for need in petitions}]


def _accusation(writer: Writer) -> None:
    """Against one of the offices: nobody there sees it."""
    places, diary = writer.town.frame.places, writer.diary

    def act(now: datetime) -> None:
        cases.register_case(
            actor=writer.actors[writer.clerk],
            text="到窗口办证,材料齐了还让跑了三趟,最后要求到指定打印店复印。",
            category="other",
            source="phone",
            kind="complaint",
            organization_text="来电群众",
            accused=places["building"],
            now=now,
        )

    def pass_on(now: datetime) -> None:
        case = Case.objects.get(accused=places["building"])
        cases.dispatch_case(actor=writer.actors[writer.clerk], case=case, handler=places[JUSTICE], now=now)

    diary.plan(diary.moment(diary.back(5), 9), act)
    diary.plan(diary.moment(diary.back(5), 11), pass_on)
