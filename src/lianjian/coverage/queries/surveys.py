"""Surveys with their completion, and the firms asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.directory.queries.lists import find_organizations
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date

from ..models import Survey, SurveyFirm
from ..models.doors import owed
from ..rules import ANSWER_STATES, FACTS, REGISTERED, SURVEY_FIRMS, missing, percent
from .caring import may_write


def survey_url(key: object) -> str:
    """The address of a survey."""
    return reverse("coverage:survey", kwargs={"key": key})


def answers_url(**query: str) -> str:
    """The list of firms asked, under some filters."""
    return f"{reverse('coverage:answers')}?{urlencode(query)}"


def _survey_base(actor: Actor) -> QuerySet[Any]:
    rows: QuerySet[Any] = Survey.objects.visible_to(actor).annotate(
        asked=Count("rows", filter=owed(Coalesce("closed_on", Today()), "rows__")),
        done=Count("rows", filter=Q(rows__done_on__isnull=False)),
    )
    return rows


def _survey_row(values: Sequence[Any]) -> Row:
    key, name, firms, opens, closes, closed, asked, done = values[:8]
    state = Badge(gettext("已结束"), "neutral") if closed else Badge(gettext("进行中"), "info")
    return Row(
        survey_url(key), (name, state, translate(SURVEY_FIRMS[firms]), opens, closes, asked, done, percent(done, asked))
    )


def _running(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(closed_on__isnull=value == "open")


SURVEYS = register(
    ListSpec(
        name="coverage.surveys",
        title=_("企业摸排"),
        right="coverage.see",
        base=_survey_base,
        columns=(
            Column("name", _("名称"), sort="name"),
            Column("state", _("状态"), "state"),
            Column("firms", _("范围"), "text", None, True),
            Column("opens_on", _("开始"), "date", "opens_on"),
            Column("closes_on", _("截止"), "date", "closes_on"),
            Column("asked", _("应填(家)"), "number", "asked"),
            Column("done", _("已填全(家)"), "number", "done"),
            Column("share", _("完成率"), "number"),
        ),
        values=("key", "name", "firms", "opens_on", "closes_on", "closed_on", "asked", "done"),
        row=_survey_row,
        default_sort="-opens_on",
        filters=(
            Filter(
                "running", _("状态"), _running, options=lambda actor: [("open", _("进行中")), ("closed", _("已结束"))]
            ),
        ),
        empty=(_("还没有摸排"), _("发起一次摸排,每家企业填什么、填了多少都在这里。")),
    )
)


def _answer_base(actor: Actor) -> QuerySet[Any]:
    rows: QuerySet[Any] = SurveyFirm.objects.visible_to(actor).filter(owed(Coalesce("survey__closed_on", Today())))
    rows = rows.annotate(
        state=Choose(
            When(done_on__isnull=False, then=Value("done")),
            When(answered_on__isnull=False, then=Value("partly")),
            default=Value("unasked"),
            output_field=CharField(),
        ),
        may=may_write(actor, "coverage.answer"),
    )
    return rows


def _answer_row(values: Sequence[Any]) -> Row:
    key, firm, survey, state, facts, required, on, by, taken, firm_key, may = values[:11]
    word, tone = ANSWER_STATES[state]
    lacking = "、".join(translate(FACTS[code][0]) for code in missing(facts, required)) if state == "partly" else ""
    waits = on is not None and taken is None and any(code in facts for code in REGISTERED)
    register_ = Badge(gettext("待写入档案"), "due") if waits else ""
    cells = (firm, Badge(translate(word), tone), lacking, on, by, register_, survey)
    return Row(reverse("coverage:answer", kwargs={"key": key}) if may else organization_url(firm_key), cells)


def _of_survey(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(survey__key=UUID(value))
    except ValueError:
        return rows.none()


def _surveys(actor: Actor) -> list[tuple[str, str]]:
    mine = SurveyFirm.objects.visible_to(actor).order_by().values("survey")
    rows = Survey.objects.filter(pk__in=mine).order_by("-opens_on", "-pk").values_list("key", "name")
    return [(str(key), name) for key, name in rows]


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    firms = find_organizations(Organization.objects.filter(classification="enterprise"), text)
    return rows.filter(organization__in=firms.values("pk"))


ANSWERS = register(
    ListSpec(
        name="coverage.answers",
        title=_("摸排填报"),
        right="coverage.see",
        base=_answer_base,
        columns=(
            Column("firm", _("企业"), sort="organization__name"),
            Column("state", _("填报"), "state"),
            Column("lacking", _("还缺")),
            Column("answered_on", _("填报日期"), "date", "answered_on"),
            Column("answered_by", _("填报人"), "text", None, True),
            Column("register", _("企业档案"), "state", None, True),
            Column("survey", _("摸排"), "text", None, True),
        ),
        values=(
            "key",
            "organization__name",
            "survey__name",
            "state",
            "facts",
            "survey__facts",
            "answered_on",
            "answered_by",
            "taken_on",
            "organization__key",
            "may",
        ),
        row=_answer_row,
        default_sort="organization__name",
        state_field="state",
        states=tuple((code, _(word)) for code, (word, _tone) in ANSWER_STATES.items()),
        filters=(Filter("survey", _("摸排"), _of_survey, options=_surveys),),
        search=_named,
        empty=(_("没有要填的企业"), _("换一次摸排或条件看看。")),
    )
)


@dataclass(frozen=True)
class SurveyPage:
    """A survey: what is asked of whom, how far it is."""

    survey: Survey
    facts: Sequence[tuple[str, str]]
    tiles: Sequence[tuple[str, int, str]]
    asked: int
    done: int
    share: str
    waiting: int
    may_write: bool


def survey_page(actor: Actor, survey: Survey) -> SurveyPage:
    """How far a survey is; each number opens the firms it counts. One query."""
    rows = _answer_base(actor).filter(survey=survey)
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    waiting = rows.filter(answered_on__isnull=False, taken_on__isnull=True, facts__has_any_keys=[*REGISTERED]).count()
    asked, done, key = sum(found.values()), found.get("done", 0), str(survey.key)
    return SurveyPage(
        survey=survey,
        facts=[
            (gettext("范围"), translate(SURVEY_FIRMS[survey.firms])),
            (gettext("起止"), f"{show_date(survey.opens_on)} – {show_date(survey.closes_on)}"),
            (gettext("必填内容"), "、".join(translate(FACTS[code][0]) for code in survey.facts)),
        ],
        tiles=[
            (translate(word), found.get(code, 0), answers_url(survey=key, state=code))
            for code, (word, _tone) in ANSWER_STATES.items()
        ],
        asked=asked,
        done=done,
        share=percent(done, asked),
        waiting=waiting,
        may_write=actor.may("coverage.write") and survey.jurisdiction_id in actor.writable,
    )


def known_facts(row: SurveyFirm) -> dict[str, Any]:
    """What a form about the firm begins with: what was answered, else the sizes that the register has."""
    profile = getattr(row.organization, "enterprise", None)
    known = {code: getattr(profile, code, None) for code in REGISTERED}
    known |= row.facts
    return {code: _shown(code, value) for code, value in known.items()}


def _shown(code: str, value: Any) -> Any:
    if FACTS[code][1] == "yes" and value is not None:
        return "yes" if value else "no"
    return value
