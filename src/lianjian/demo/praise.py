"""Awards of the demonstration village: clean households every quarter, neighbours of note every half-year."""

from __future__ import annotations

from datetime import date, timedelta

from lianjian.awards import actions as awards
from lianjian.awards.models import Round, Scheme
from lianjian.foundation.actor import Actor
from lianjian.rulebook.rules import Span, span_of

from .gathering import at
from .town import Town

DAY = timedelta(days=1)
CLEAN = ("院内净", "院外净", "客厅净", "卧室净", "厨房净", "厕所净", "个人净", "物品摆放规范")
# name, whom, how often, criteria, all of them
AWARDS = (
    ("七净一规范", "household", "quarter", CLEAN, True),
    ("最美庭院", "household", "quarter", ("庭院整洁", "花木成景", "农具入库"), False),
    ("最美村民", "person", "half", ("孝老爱亲", "邻里和睦", "热心公益"), False),
)
NAMES = ("岳成林", "翟桂香", "冉启明", "游素珍", "闵长河", "邵玉兰", "褚大山", "缪春生", "阚秀云", "殷满仓")
GROUPS = ("一组", "二组", "三组")


def praise(town: Town, clerk: Actor) -> None:
    """Two periods with a result each, and the present one going on."""
    village = town.frame.places["village1"]
    for number, (name, subject, per, criteria, needs_all) in enumerate(AWARDS):
        now = span_of(town.frame.today, per)
        before = span_of(now.first - DAY, per)
        first = span_of(before.first - DAY, per)
        made = awards.found_scheme(
            actor=clerk,
            organization=village,
            name=name,
            subject=subject,
            per=per,
            criteria="\n".join(criteria),
            needs_all=needs_all,
            source="村规民约第十二条",
            now=at(first.first, 9),
        )
        for span in (first, before):
            _decided(clerk, made, span, number)
        _going_on(town, clerk, made, now, number)


def _round(clerk: Actor, made: Scheme, span: Span, day: date, names: tuple[str, ...], seen: int) -> Round:
    """Opened on a day with these names; the first `seen` were looked at, the last of them lacks one criterion."""
    opened = awards.open_round(actor=clerk, scheme=made, starts=span.first, now=at(day, 9))
    every = list(range(1, len(made.criteria) + 1))
    for place, name in enumerate(names):
        one = awards.nominate(
            actor=clerk, round=opened, name=name, group=GROUPS[place % 3], way="group", agreed=True, now=at(day, 10)
        )
        if place < seen:
            met = every[:-1] if place == seen - 1 else every
            awards.check_nominee(
                actor=clerk, nominee=one, met=met, on=day, by="评选小组", agreed=True, now=at(day, 16)
            )
    return opened


def _decided(clerk: Actor, made: Scheme, span: Span, number: int) -> None:
    day = span.last - timedelta(days=20)
    names = tuple(NAMES[(number * 3 + span.first.month + step) % len(NAMES)] for step in range(4))
    opened = _round(clerk, made, span, day, names, len(names))
    chosen = opened.nominees.order_by("number").values_list("key", flat=True)[: len(names) - 1]
    paper = f"村民代表会议记录({day.month}月{day.day}日)"
    awards.show_round(
        actor=clerk, round=opened, chosen=list(chosen), on=day + DAY, document=paper, now=at(day + DAY, 9)
    )
    end = day + timedelta(days=8)
    awards.decide_round(
        actor=clerk, round=opened, on=end, document=f"关于表扬{made.name}的通报", now=at(end, 9)
    )


def _going_on(town: Town, clerk: Actor, made: Scheme, span: Span, number: int) -> None:
    """Three candidates, one of them seen: in the first award only, so that the others are still to be opened."""
    if number == 0:
        _round(clerk, made, span, town.frame.today, NAMES[:3], 1)
