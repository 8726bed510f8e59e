"""The list of yearly appraisals and the page of one: its steps in their order, its counts, its rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.events.models import Invitation, Meeting
from lianjian.events.queries import meeting_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import cite

from ..models import Appraisal
from ..rules import appraisals as rules
from ..rules.cadence import ACTIVITIES
from ..rules.practice import days_of
from .cadence import moments
from .listing import address_of

KEPT, EXPLAINED, UNTOLD = "kept", "explained", "untold"
STATES: dict[str, Any] = {KEPT: _("程序齐全"), EXPLAINED: _("有缺项,已说明"), UNTOLD: _("程序未登记")}
TONES = {KEPT: "done", EXPLAINED: "info", UNTOLD: "due"}


def appraisal_url(key: object) -> str:
    """The address of an appraisal."""
    return f"{address_of('partylife:appraisal')}{key}"


def meetings_for(branch: Organization, year: int, named: Meeting | None = None) -> list[Meeting]:
    """Meetings at which a branch may have appraised its members: of these kinds, held by it in the time for the
    year; the newest first, after the one that is `named` already if it is none of them.
    """
    start, end = moments(*days_of(year))
    asked = (ACTIVITIES["life.appraisal"], ACTIVITIES["life.organisation_meeting"])
    kinds = Q(kind__in=[kind for one in asked for kind in one.kinds])
    topics = Q(topics__contains=[asked[0].topic])
    hosted = Invitation.objects.filter(organization=branch, part="host", withdrawn_at__isnull=True)
    rows = Meeting.objects.held().filter(
        Q(convener=branch) | Q(pk__in=hosted.values("meeting_id")), kinds | topics, starts_at__gte=start,
        starts_at__lt=end,
    )  # fmt: skip
    found = list(rows.order_by("-starts_at", "-pk"))
    return found if named is None or named in found else [named, *found]


def state_of(appraisal: Appraisal) -> str:
    """Whether its steps were kept; without an evaluation they were never recorded."""
    if appraisal.evaluation_id is None:
        return UNTOLD
    return EXPLAINED if appraisal.order_reason else KEPT


def _base(actor: Actor) -> QuerySet[Any]:
    state = Case(
        When(evaluation__isnull=True, then=Value(UNTOLD)),
        When(~Q(order_reason=""), then=Value(EXPLAINED)),
        default=Value(KEPT),
        output_field=CharField(),
    )
    rows: QuerySet[Any] = Appraisal.objects.visible_to(actor).annotate(step=state)
    return rows


def _of_year(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(year=int(value)) if value.isdigit() and len(value) == 4 else rows.none()


def _years(actor: Actor) -> list[tuple[str, str]]:
    found = Appraisal.objects.visible_to(actor).order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


def _row(values: Sequence[Any]) -> Row:
    key, branch, year, held_on, *counts, step = values[:11]
    shown = Badge(translate(STATES[step]), TONES[step])
    return Row(appraisal_url(key), (branch, str(year), held_on, *counts, shown))


APPRAISALS = register(
    ListSpec(
        name="partylife.appraisals",
        title=_("民主评议党员"),
        right="partylife.see",
        base=_base,
        columns=(
            Column("branch", _("党支部"), sort="branch__name"),
            Column("year", _("年度"), sort="year"),
            Column("held_on", _("评议日期"), "date", "held_on"),
            Column("members", _("党员数"), "number"),
            Column("excellent", _("优秀"), "number", hide_small=True),
            Column("qualified", _("合格"), "number", hide_small=True),
            Column("basic", _("基本合格"), "number", hide_small=True),
            Column("unqualified", _("不合格"), "number", hide_small=True),
            Column("exempt", _("免予参加"), "number", hide_small=True),
            Column("step", _("程序"), "state"),
        ),
        values=(
            "key", "branch__name", "year", "held_on", "members", "excellent", "qualified", "basic", "unqualified",
            "exempt", "step",
        ),
        row=_row,
        default_sort="-year",
        state_field="step",
        states=tuple(STATES.items()),
        search=lambda rows, text: rows.filter(branch__name__contains=text),
        filters=(Filter("year", _("年度"), _of_year, "select", _years),),
        empty=(_("还没有民主评议记录"), _("只登记人数,不登记谁评为什么等次。")),
    )
)  # fmt: skip


@dataclass(frozen=True)
class AppraisalPage:
    """One appraisal: its four steps, facts, and the rule it was held against."""

    name: str
    badge: Badge
    steps: Sequence[tuple[str, str, str]]
    facts: Sequence[tuple[str, Any]]
    counts: Sequence[tuple[str, int]]
    reason: str
    evaluation_url: str
    may_write: bool


def appraisal_page(actor: Actor, row: Appraisal) -> AppraisalPage:
    """The page of one appraisal. No query beyond the record."""
    days = {step: getattr(row, name) for step, name in rules.FIELDS.items()}
    state = state_of(row)
    facts: list[tuple[str, Any]] = [
        (gettext("党支部"), Link(row.branch.name, organization_url(row.branch.key))),
        (gettext("年度"), str(row.year)),
        (gettext("评议日期"), row.held_on),
        (gettext("由谁评定"), translate(rules.VERDICTS_BY[row.verdict_by]) if row.verdict_by else ""),
        (gettext("会议"), Link(row.meeting.title, meeting_url(row.meeting.key)) if row.meeting is not None else ""),
        (gettext("依据"), cite(row.evaluation) if row.evaluation is not None else ""),
        (gettext("说明"), row.words),
        (gettext("登记人"), row.recorded_by_name),
    ]
    evaluation = row.evaluation
    return AppraisalPage(
        name=gettext("%(name)s%(year)s年民主评议党员") % {"name": row.branch.name, "year": row.year},
        badge=Badge(translate(STATES[state]), TONES[state]),
        steps=[
            (translate(word), "done" if days[step] else "todo", show_date(days[step]) if days[step] else "")
            for step, word in rules.STEPS.items()
        ],
        facts=[fact for fact in facts if fact[1] not in ("", None)],
        counts=[
            (gettext("应参加的党员数"), row.members),
            (gettext("优秀"), row.excellent),
            (gettext("合格"), row.qualified),
            (gettext("基本合格"), row.basic),
            (gettext("不合格"), row.unqualified),
            (gettext("免予参加"), row.exempt),
        ],
        reason=row.order_reason,
        evaluation_url=reverse("rulebook:evaluation", kwargs={"key": evaluation.key}) if evaluation else "",
        may_write=row.jurisdiction_id in actor.writable and actor.may("partylife.write", row.branch),
    )  # fmt: skip
