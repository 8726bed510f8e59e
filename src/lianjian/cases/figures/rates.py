"""Rates with both numbers, several definitions side by side, and the time that each hand had.

The three rates (响应, 解决, 满意) have no one definition in the field, so each definition is a figure of its own with
its denominator named. Where nothing was called or due, there is no rate: no data is not nought.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet

from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.calendar import day_end, day_start
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .. import rules
from ..models import CallBack, Case, CaseEvent
from ..queries import case_url
from .counts import CLOSED_COLUMNS, COLUMNS, SOLVED, _address, _within

Rows = Callable[[Actor, Scoped], QuerySet[Any]]
SUBJECT = _("诉求")


def _bounds(scoped: Scoped) -> tuple[Any, Any]:
    return day_start(scoped.start), day_end(scoped.end)


def dispatched(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters of every kind dispatched for the first time within the period."""
    start, end = _bounds(scoped)
    return _within(actor, scoped, "").filter(dispatched_at__gte=start, dispatched_at__lt=end)


def responded(hours: int) -> Rows:
    """Of these, where the unit wrote of a contact, or answered, within so many hours."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
        soon = CaseEvent.objects.filter(
            case=OuterRef("pk"),
            move__in=("note", "answer", "answer_impossible"),
            at__lte=OuterRef("dispatched_at") + timedelta(hours=hours),
        )
        return dispatched(actor, scoped).filter(Exists(soon))

    return rows


def answered(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters answered (last) within the period that had a limit."""
    start, end = _bounds(scoped)
    return _within(actor, scoped, "").filter(
        answered_at__gte=start, answered_at__lt=end, due_at__isnull=False
    )


def answered_in_time(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Of these, those answered by the limit."""
    return answered(actor, scoped).filter(answered_at__lte=F("due_at"))


def fell_due(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters whose limit lay within the period, answered or not."""
    start, end = _bounds(scoped)
    return _within(actor, scoped, "").filter(due_at__gte=start, due_at__lt=end)


def due_and_answered(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Of these, those answered by the limit."""
    return fell_due(actor, scoped).filter(answered_at__lte=F("due_at"))


def ended(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Matters of every kind closed within the period, however they ended."""
    return _within(actor, scoped, "").filter(state="closed", closed_on__range=(scoped.start, scoped.end))


def ended_solved(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Of these, those that who asked confirmed as solved."""
    return ended(actor, scoped).filter(SOLVED)


def rated(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
    """Of the closed ones, those that who asked rated."""
    return ended(actor, scoped).exclude(rating="")


def rated_as(*ratings: str) -> Rows:
    """Of these, those with one of the ratings."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Case]:
        return rated(actor, scoped).filter(rating__in=ratings)

    return rows


def called(actor: Actor, scoped: Scoped) -> QuerySet[CallBack]:
    """Call-backs within the period that reached who asked."""
    rows: QuerySet[CallBack] = CallBack.objects.visible_to(actor)  # type: ignore[attr-defined]
    rows = rows.filter(
        reached=True,
        called_on__range=(scoped.start, scoped.end),
        case__jurisdiction_id__in=scoped.jurisdiction_ids,
        case__accused__isnull=True,
    ).exclude(case__state__in=rules.UNCOUNTED)
    if scoped.path:
        low, high = path_range(scoped.path)
        inside = Q(case__organization__path__gte=low, case__organization__path__lt=high)
        rows = rows.filter(inside | Q(case__handler__path__gte=low, case__handler__path__lt=high))
    return rows.select_related("case").order_by("called_on", "id")


def called_with(**answers: Any) -> Rows:
    """Of these, those with the answers."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[CallBack]:
        return called(actor, scoped).filter(**answers)

    return rows


def in_hand(hand: str) -> Rows:
    """Lines of the story written within the period that end a stretch in this hand, with its office hours."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[CaseEvent]:
        start, end = _bounds(scoped)
        cases = _within(actor, scoped, "").order_by().values("pk")
        found = CaseEvent.objects.filter(case__in=cases, hand=hand, at__gte=start, at__lt=end, seconds__gt=0)
        hours = ExpressionWrapper(F("seconds") / 3600.0, output_field=FloatField())
        return found.annotate(hours=hours).select_related("case").order_by("at", "id")

    return rows


def handed_over(actor: Actor, scoped: Scoped) -> QuerySet[CaseEvent]:
    """Times that a matter went from one unit to another within the period."""
    start, end = _bounds(scoped)
    cases = _within(actor, scoped, "").order_by().values("pk")
    rows = CaseEvent.objects.filter(case__in=cases, at__gte=start, at__lt=end).exclude(from_unit="")
    return rows.exclude(unit="").select_related("case").order_by("at", "id")


def _of_case(row: Any) -> str:
    return case_url(row.case.key)


CALL_COLUMNS = (
    (_("编号"), "case.number"),
    (_("回访日期"), "called_on"),
    (_("诉求"), "case.title"),
    (_("单位"), "unit"),
)
LINE_COLUMNS = (
    (_("编号"), "case.number"),
    (_("诉求"), "case.title"),
    (_("在谁手里"), "hand_name"),
    (_("小时"), "hours"),
)


def _rate(code: str, name: str, definition: str, rows: Rows, base: Rows, columns: Any = CLOSED_COLUMNS) -> Indicator:
    return Indicator(
        code=f"cases.{code}",
        name=name,
        unit="%",
        period="during",
        definition=definition,
        rows=rows,
        base=base,
        columns=columns,
        address=_of_case if columns is CALL_COLUMNS else _address,
        subject=SUBJECT,
    )


def _hand(code: str, name: str, hand: str) -> Indicator:
    return Indicator(
        code=f"cases.hours_{code}",
        name=name,
        unit="小时",
        period="during",
        definition=_(
            "时段内交出的各段停留的工作时间之和,一段一行;每天按七个小时,法定节假日和批准暂停的日子不计。"
            "还没有交出的一段不计。各段加起来等于从登记到办结的全部工作时间。"
        ),
        rows=in_hand(hand),
        columns=LINE_COLUMNS,
        address=_of_case,
        measure="hours",
        subject=SUBJECT,
    )


RATES = [
    _rate(
        "response_24h",
        _("响应率(24小时内联系)"),
        _("时段内首次派单的诉求中,派单后24小时内承办单位记有联系或反馈的所占比例。分母:时段内首次派单的诉求。"),
        responded(24),
        dispatched,
        COLUMNS,
    ),
    _rate(
        "response_72h",
        _("响应率(72小时内联系)"),
        _("时段内首次派单的诉求中,派单后72小时内承办单位记有联系或反馈的所占比例。分母:时段内首次派单的诉求。"),
        responded(72),
        dispatched,
        COLUMNS,
    ),
    _rate(
        "on_time_answered",
        _("按期反馈率(按反馈)"),
        _("时段内反馈的诉求中,在时限以内反馈的所占比例。分母:时段内反馈、有时限的诉求。还没有反馈的不在其中。"),
        answered_in_time,
        answered,
        COLUMNS,
    ),
    _rate(
        "on_time_due",
        _("按期反馈率(按到期)"),
        _("时段内到期的诉求中,在时限以内反馈的所占比例。分母:时限落在时段内的诉求,没有反馈的也在其中。"),
        due_and_answered,
        fell_due,
        COLUMNS,
    ),
    _rate(
        "solved_of_ended",
        _("解决率(按办结)"),
        _("时段内办结的诉求中,诉求人确认已解决的所占比例。分母:时段内办结的全部诉求,无回复、听证结论和不能解决的都在其中。"),
        ended_solved,
        ended,
    ),
    _rate(
        "solved_called",
        _("解决率(按回访)"),
        _("时段内有效回访中,诉求人答已解决的所占比例。分母:联系上的回访,一次回访一行。没有回访的没有数据。"),
        called_with(solved="yes"),
        called,
        CALL_COLUMNS,
    ),
    _rate(
        "satisfied_called",
        _("满意率(按回访,只算满意)"),
        _("时段内有效回访中,诉求人答满意的所占比例,基本满意不算。分母:联系上的回访。没有回访的没有数据。"),
        called_with(satisfied="satisfied"),
        called,
        CALL_COLUMNS,
    ),
    _rate(
        "satisfied_called_wide",
        _("满意率(按回访,含基本满意)"),
        _("时段内有效回访中,诉求人答满意或基本满意的所占比例。分母:联系上的回访。没有回访的没有数据。"),
        called_with(satisfied__in=("satisfied", "basically")),
        called,
        CALL_COLUMNS,
    ),
    _rate(
        "satisfied_rated",
        _("满意率(按诉求人评价)"),
        _("时段内办结并由诉求人评价的诉求中,评为满意的所占比例,基本满意不算。分母:有评价的办结诉求。"),
        rated_as("satisfied"),
        rated,
    ),
    Indicator(
        code="cases.call_backs",
        name=_("有效回访"),
        unit="次",
        period="during",
        definition=_("时段内联系上诉求人的回访,一次一行。办理单位的账号和办理过的人不能回访。"),
        rows=called,
        columns=CALL_COLUMNS,
        address=_of_case,
        subject=SUBJECT,
    ),
    Indicator(
        code="cases.handed_over",
        name=_("转办次数"),
        unit="次",
        period="during",
        definition=_("时段内诉求从一个单位转到另一个单位的次数:改派、裁定、移交都算,退回后再派给别的单位也算。"),
        rows=handed_over,
        columns=((_("编号"), "case.number"), (_("转出单位"), "from_unit"), (_("转入单位"), "unit")),
        address=_of_case,
        subject=SUBJECT,
    ),
    _hand("desk", _("派单环节用时"), rules.DESK),
    _hand("unit", _("办理环节用时"), rules.UNIT),
    _hand("judge", _("裁定环节用时"), rules.JUDGE),
    _hand("asker", _("诉求人确认用时"), rules.ASKER),
]
