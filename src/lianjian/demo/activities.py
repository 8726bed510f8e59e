"""Activities of the demonstration town: a party day in parts, soup on days with a nine, a contest, answers, a wall."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from lianjian.directory.models import Team
from lianjian.events import actions as events
from lianjian.events.models import Meeting, Venue
from lianjian.events.rules import meetings as rules
from lianjian.foundation.actor import Actor

from .gathering import at
from .town import Town

HOUR = timedelta(hours=1)
PARTS = ["集中学习", "主题讨论", "志愿服务", "党务公开", "谈心谈话"]


def be_active(town: Town, clerk: Actor) -> None:
    """All of them, through verbs."""
    room = Venue.objects.get(name="党群服务中心共享会议室")
    _in_parts(town, clerk)
    _contest(town, clerk)
    _exchange(town, clerk)
    _topics(town, clerk)
    events.put_up(
        actor=clerk,
        venue=room,
        kind="品牌文化展示墙",
        title="家具红链品牌展示墙",
        text="联盟成员、共建项目和先锋岗,每季度更新一次。",
        since=date(town.frame.today.year - 1, 9, 1),
        now=town.frame.now,
    )


def _held(clerk: Actor, meeting: Meeting, text: str, people: int, parts: list[int] | None = None) -> Meeting:
    rows = meeting.invitations.values_list("pk", flat=True)
    came = {pk: events.Came(rules.ATTENDED, people) for pk in rows}
    return events.hold_meeting(
        actor=clerk, meeting=meeting, came=came, text=text, parts_held=parts, now=meeting.ends_at + HOUR
    )


def _topics(town: Town, clerk: Actor) -> None:
    """Two topics that the town's committee takes up regularly: one discussed this week, one overdue (001-03)."""
    body, today, now = town.frame.places["town"], town.frame.today, town.frame.now
    for topic, per in (("非公企业党建", "quarter"), ("安全生产", "month")):
        events.set_topic(
            actor=clerk, organization=body, topic=topic, per=per, kind="党委会议", source="镇党委年度议事清单",
            now=now - timedelta(days=200),
        )  # fmt: skip
    for topic, back in (("非公企业党建", 94), ("安全生产", 72), ("非公企业党建", 4)):
        starts = at(today - timedelta(days=back))
        made = events.plan_meeting(
            actor=clerk, convener=body, kind="党委会议", title=f"镇党委会议:专题研究{topic}工作", starts_at=starts,
            ends_at=starts + HOUR, place="镇政府三楼会议室", topics=[topic], agenda=f"研究{topic}工作", bodies=[],
            now=starts - timedelta(days=5),
        )  # fmt: skip
        _held(clerk, made, f"听取{topic}工作汇报,明确分工和完成时限。", 9)
    events.remind_topics(actor=clerk, jurisdiction_id=town.frame.town.pk, now=now)


def _in_parts(town: Town, clerk: Actor) -> None:
    """The template, and a day held from it by two hosts: one part was put off."""
    station, village = town.frame.places["station1"], town.frame.places["village1"]
    events.add_template(
        actor=clerk,
        organization=station,
        name="“五日一体”主题党日",
        kind="主题党日",
        parts=PARTS,
        rhythm="monthly",
        place="党员活动室",
        minutes=150,
        hosts=[station, village],
        now=town.frame.now - timedelta(days=60),
    )
    day = town.frame.today - timedelta(days=12)
    made = events.plan_meeting(
        actor=clerk,
        convener=station,
        kind="主题党日",
        title="“五日一体”主题党日(本月)",
        parts=PARTS,
        starts_at=at(day),
        ends_at=at(day) + 3 * HOUR,
        place="党员活动室",
        bodies=[(station, rules.HOST), (village, rules.HOST)],
        now=at(day - timedelta(days=5)),
    )
    _held(clerk, made, "学习之后到敬老院服务;谈心谈话改到下周。", 9, [1, 2, 3, 4])


def soup(town: Town, clerk: Actor, team: Team) -> None:
    """Three times a lunar month for two months ahead, by a team of volunteers."""
    first = town.frame.today + timedelta(days=1)
    village = town.frame.places["village2"]
    events.plan_series(
        actor=clerk,
        convener=village,
        kind="志愿服务",
        title="逢九送爱心汤",
        starts_at=at(first, 7),
        ends_at=at(first, 9),
        rhythm="lunar_nines",
        last_on=first + timedelta(days=60),
        place=f"{village.name}老年食堂",
        topics=["履行社会责任"],
        bodies=[(village, rules.HOST)],
        teams=[team],
        now=town.frame.now,
    )


def _contest(town: Town, clerk: Actor) -> None:
    """With its results and a photo whose people agreed."""
    day = town.frame.today - timedelta(days=20)
    firm, chain = town.firms[0].organization, town.frame.places["chain"]
    made = events.plan_meeting(
        actor=clerk,
        convener=chain,
        kind="评选活动",
        title="“争做技术标兵、争当创新能手”木工技能赛",
        starts_at=at(day),
        ends_at=at(day) + 4 * HOUR,
        place=f"{firm.name}一号车间",
        bodies=[(chain, rules.HOST), *((one.organization, rules.MEMBER) for one in town.firms[:3])],
        now=at(day - timedelta(days=15)),
    )
    held = _held(clerk, made, "榫卯和喷涂两项,企业各派四人。", 4)
    for prize, name in (("技术标兵", "林师傅"), ("创新能手", "")):
        events.add_winner(
            actor=clerk, meeting=held, prize=prize, person_name=name, organization=firm, now=held.ends_at + HOUR
        )
    events.add_photo(
        actor=clerk,
        meeting=held,
        upload=drawing(),
        caption="木工技能赛现场示意图",
        credit="镇党建办",
        consent=True,
        now=held.ends_at + HOUR,
    )


def drawing() -> SimpleUploadedFile:
    """A drawn picture: the demonstration shows no real people."""
    image = Image.new("RGB", (960, 720), "#e9dcc3")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 520, 960, 720), fill="#b98a55")
    for number in range(4):
        left = 90 + number * 215
        pen.rectangle((left, 420, left + 150, 520), fill="#7a5230")
        pen.ellipse((left + 45, 250, left + 105, 310), fill="#c8443a")
        pen.rectangle((left + 40, 310, left + 110, 420), fill="#38618c")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return SimpleUploadedFile("木工技能赛.png", buffer.getvalue(), "image/png")


def _exchange(town: Town, clerk: Actor) -> None:
    """Questions at a round table: one answered there, one still open."""
    day = town.frame.today - timedelta(days=9)
    made = events.plan_meeting(
        actor=clerk,
        convener=town.frame.places["town"],
        kind="座谈会",
        title="联建交流座谈:惠企政策“面对面”",
        starts_at=at(day, 14),
        ends_at=at(day, 16),
        place="镇政府二楼会议室",
        topics=["同交流", "企业经营"],
        bodies=[(one.organization, rules.MEMBER) for one in town.firms[:4]],
        now=at(day - timedelta(days=7)),
    )
    held = _held(clerk, made, "四家企业提问,部门当场答复。", 2)
    words = (
        ("技改贴息什么时候可以申报?", "每季度第一个月受理,材料清单已发到联盟群。", "镇企业办"),
        ("返程货车能不能跨镇拼单?", "", ""),
    )
    for text, answer, answerer in words:
        events.add_question(
            actor=clerk,
            meeting=held,
            text=text,
            asked_by="一位参会企业",
            answer=answer,
            answered_by=answerer,
            now=held.ends_at + HOUR,
        )
