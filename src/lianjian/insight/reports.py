"""Reports as data: sentences with places for figures. A number gets into a report in no other way.

A place is written `{code}`: it is replaced by the figure's number (or rate), so the words around it give the unit.
`{code/}` gives a rate's numerator, `{/code}` its denominator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _

from .queries import Figure, Place, compute_all, indicator
from .rules import Period


@dataclass(frozen=True)
class Section:
    """A heading of the first level with its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A report that an office makes again and again."""

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    def codes(self) -> list[str]:
        """Every figure it needs, each once, in the order of first use."""
        texts = [self.lead, *(p for s in self.sections for p in s.paragraphs)]
        return list(dict.fromkeys(m.group("code") for text in texts for m in PLACE.finditer(text)))


PLACE = re.compile(r"\{(?P<down>/?)(?P<code>[a-z0-9_.]+)(?P<up>/?)\}")

COVERING = Report(
    name="covering",
    title=_("党建指导站覆盖与服务企业情况报告"),
    lead=_(
        "辖区内以党建指导站为抓手,设立指导站{coverage.stations}个,覆盖企业{coverage.enterprises}家,"
        "走访企业{events.visits}次,收集涉企需求{cases.collected}个,解决{cases.solved}件。"
    ),
    sections=(
        Section(
            _("覆盖"),
            (
                _(
                    "按照相对集中、规模平衡、全域覆盖的原则设立党建指导站{coverage.stations}个,覆盖企业{coverage.enterprises}家,"
                    "其中规上企业{coverage.above_scale}家。"
                ),
                _("下派指导站干部{coverage.cadres}名,其中常驻党群服务中心{coverage.resident_cadres}名。"),
            ),
        ),
        Section(
            _("孵化"),
            (
                _(
                    "开展“双找”活动,找出企业党员{partylife.found}名,其中纳入双联共管{partylife.managed}名,"
                    "日常学习、教育管理覆盖率{partylife.managed_rate}。"
                ),
                _(
                    "聚焦100人以上无党员的规上企业{coverage.target}家,{partylife.applications}人递交入党申请书,"
                    "确定入党积极分子{partylife.activists}名,发展党员{partylife.developed}名。"
                ),
            ),
        ),
        Section(
            _("扶助"),
            (
                _(
                    "红管家常态化走访企业{events.visits}次,走访到企业{events.visited_enterprises}家,累计收集涉企需求{cases.collected}个。"
                ),
            ),
        ),
        Section(
            _("服务"),
            (
                _(
                    "解决企业难题{cases.solved}件。本期收集的需求中已办结{cases.solving_rate_linked/}件,"
                    "占{/cases.solving_rate_linked}件的{cases.solving_rate_linked};"
                    "按本期办结数与本期收集数计算为{cases.solving_rate_unlinked}。"
                ),
            ),
        ),
    ),
)

CASEWORK = Report(
    name="casework",
    title=_("诉求办理情况通报"),
    lead=_(
        "本期登记各类诉求{cases.told}件,期末在办{cases.backlog}件;有效回访{cases.call_backs}次,回访答已解决的占"
        "{cases.solved_called}。"
    ),
    sections=(
        Section(
            _("受理"),
            (
                _(
                    "登记各类诉求{cases.told}件,其中企业需求{cases.collected}个、矛盾纠纷{cases.disputes}件、"
                    "信访事项{cases.petitions}件,服务目录事项{cases.services_ordered}件。"
                ),
            ),
        ),
        Section(
            _("办理"),
            (
                _(
                    "首次派单{/cases.response_24h}件,24小时内联系的{cases.response_24h/}件,占{cases.response_24h};"
                    "72小时内联系的占{cases.response_72h}。"
                ),
                _(
                    "反馈{/cases.on_time_answered}件,按期{cases.on_time_answered/}件,占{cases.on_time_answered};"
                    "本期到期{/cases.on_time_due}件,按期反馈的占{cases.on_time_due}。"
                ),
                _("转办{cases.handed_over}次。期末在办{cases.backlog}件,其中超期的企业需求{cases.overdue_open}件。"),
                _("完成办理措施{cases.measures}项,新增就业{cases.jobs}人,落实资金{cases.money}元。"),
            ),
        ),
        Section(
            _("化解"),
            (
                _(
                    "湾组化解{cases.settled_hamlet}件,村(社区)化解{cases.settled_village}件,镇(街道)化解{cases.settled_town}件;"
                    "达成调解协议{cases.agreements}件,公开听证{cases.hearings}次。"
                ),
            ),
        ),
        Section(
            _("评价"),
            (
                _(
                    "办结{/cases.solved_of_ended}件,诉求人确认已解决{cases.solved_of_ended/}件,占{cases.solved_of_ended}。"
                    "有效回访{/cases.solved_called}次,答已解决的占{cases.solved_called},答满意的占{cases.satisfied_called},"
                    "含基本满意的占{cases.satisfied_called_wide}。"
                ),
            ),
        ),
    ),
)

REPORTS: dict[str, Report] = {report.name: report for report in (COVERING, CASEWORK)}


@dataclass(frozen=True)
class Piece:
    """A run of a report's text; with a figure it is a number that opens onto its rows."""

    text: str
    figure: Figure | None = None
    side: str = ""

    @property
    def url(self) -> str:
        """The page of the number's rows."""
        if self.figure is None:
            return ""
        return self.figure.url + ("&side=base" if self.side == "base" else "")


def pieces(text: str, figures: dict[str, Figure]) -> Iterator[Piece]:
    """The text cut at its numbers. A figure that does not exist stays visible as ▢, never as a made-up number."""
    at = 0
    for match in PLACE.finditer(text):
        if match.start() > at:
            yield Piece(text[at : match.start()])
        figure = figures.get(match.group("code"))
        if figure is None:
            yield Piece("▢")
        elif match.group("up"):
            yield Piece(_number(figure.value), figure)
        elif match.group("down"):
            yield Piece(_number(figure.base), figure, "base")
        else:
            yield Piece(_percent(figure) if figure.base is not None else _number(figure.value), figure)
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])


def _number(value: Decimal | int | None) -> str:
    return "—" if value is None else f"{value}"


def _percent(figure: Figure) -> str:
    return _("无数据") if figure.rate is None else figure.text


@dataclass(frozen=True)
class Filled:
    """A report with its numbers, ready for a page, a document or a table."""

    report: Report
    place: str
    start: Any
    end: Any
    lead: list[Piece]
    sections: list[tuple[str, list[list[Piece]]]]
    figures: list[Figure]


def fill(report: Report, figures: list[Figure], translate: Any) -> Filled:
    """Put figures into a report. `translate` turns a sentence into the reader's language."""
    known = {figure.indicator.code: figure for figure in figures}
    first = figures[0]
    return Filled(
        report=report,
        place=first.place.name,
        start=first.period.start,
        end=first.period.end,
        lead=list(pieces(translate(report.lead), known)),
        sections=[
            (translate(s.heading), [list(pieces(translate(p), known)) for p in s.paragraphs])
            for s in report.sections
        ],
        figures=figures,
    )


def compose(actor: Actor, report: Report, place: Place, period: Period, translate: Any) -> Filled | None:
    """The report with figures computed for one place and period; None if the actor may read none of them."""
    wanted = [item for code in report.codes() if (item := indicator(code, actor)) is not None]
    if not wanted:
        return None
    return fill(report, compute_all(actor, wanted, place, period), translate)


def as_data(filled: Filled) -> dict[str, Any]:
    """The report for programs: every figure with its code, value, numerator, denominator and definition."""
    return {
        "report": filled.report.name,
        "place": filled.place,
        "start": str(filled.start),
        "end": str(filled.end),
        "figures": {
            f.indicator.code: {
                "name": str(f.indicator.name),
                "unit": f.unit or "%",
                "value": _json(f.rate if f.base is not None else f.value),
                "numerator": _json(f.value),
                "denominator": _json(f.base),
                "definition": f.meaning,
                "version": f.indicator.version,
                "url": f.url,
            }
            for f in filled.figures
        },
    }


def _json(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) and not isinstance(value, float) else float(value)
