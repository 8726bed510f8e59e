"""Lists of a branch's practice: standards, guidance, posts of honour and pledges, plans of training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register

from ..models import Guidance, Pledge, Standard
from ..rules import practice as rules
from .listing import address_of

VERDICT_TONES = {rules.MET: "done", rules.OPEN: "late", rules.NOT_ASKED: "neutral"}
QUALITY_TONES = {"good": "done", "fair": "info", rules.MEND: "due"}
MENDING, MENDED, REMARKED = "mending", "mended", "remarked"
STANDING, ENDED = "standing", "ended"


def _branch(name: str, key: object) -> Link:
    return Link(name, organization_url(key))


def _of_branch(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(branch__name__contains=value)


def guidance_url(key: object) -> str:
    """The address of a remark."""
    return f"{address_of('partylife:guidance')}{key}"


def pledge_url(key: object) -> str:
    """The address of a pledge."""
    return f"{address_of('partylife:pledge')}{key}"


def _guidance_base(actor: Actor) -> QuerySet[Any]:
    state = Case(
        When(mended_on__isnull=False, then=Value(MENDED)),
        When(quality=rules.MEND, then=Value(MENDING)),
        default=Value(REMARKED),
        output_field=CharField(),
    )
    rows: QuerySet[Any] = Guidance.objects.visible_to(actor).annotate(step=state)
    return rows


def _guidance_row(values: Sequence[Any]) -> Row:
    key, title, starts_at, branch, branch_key, guide, quality, words, mend_by, mended_on = values[:10]
    state = Badge(translate(rules.QUALITIES[quality]), QUALITY_TONES[quality])
    if mended_on is not None:
        state = Badge(gettext("已改进"), "done")
    return Row(
        guidance_url(key), (title, starts_at, _branch(branch, branch_key), guide, words, mend_by, state)
    )


GUIDANCE = register(
    ListSpec(
        name="partylife.guidance",
        title=_("组织生活指导"),
        right="partylife.see",
        base=_guidance_base,
        columns=(
            Column("meeting", _("会议或活动")),
            Column("at", _("时间"), "datetime", "meeting__starts_at"),
            Column("branch", _("党支部"), sort="branch__name"),
            Column("guide", _("指导人"), hide_small=True),
            Column("words", _("意见")),
            Column("mend_by", _("改进期限"), "date", "mend_by", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "meeting__title",
            "meeting__starts_at",
            "branch__name",
            "branch__key",
            "guide_name",
            "quality",
            "words",
            "mend_by",
            "mended_on",
        ),
        row=_guidance_row,
        default_sort="-meeting__starts_at",
        state_field="step",
        states=((REMARKED, _("已指导")), (MENDING, _("待改进")), (MENDED, _("已改进"))),
        search=lambda rows, text: rows.filter(Q(branch__name__contains=text) | Q(meeting__title__contains=text)),
        filters=(Filter("branch", _("党支部"), _of_branch, "text"),),
        empty=(_("还没有指导记录"), _("指导员参加或查看支部的会议后,在会议页面登记意见。")),
    )
)


def _pledge_base(actor: Actor) -> QuerySet[Any]:
    state = Case(
        When(until__isnull=True, then=Value(STANDING)), default=Value(ENDED), output_field=CharField()
    )
    return Pledge.objects.visible_to(actor).annotate(step=state)


def _pledge_row(values: Sequence[Any]) -> Row:
    key, name, kind, post, promise, branch, branch_key, since, result, until = values[:10]
    state = Badge(gettext("已结束"), "paused") if until is not None else Badge(gettext("在岗"), "done")
    return Row(
        pledge_url(key),
        (name, translate(rules.PLEDGES[kind]), post, promise, result, _branch(branch, branch_key), since, state),
    )


PLEDGES = register(
    ListSpec(
        name="partylife.pledges",
        title=_("先锋岗和承诺"),
        right="partylife.see",
        base=_pledge_base,
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("kind", _("种类"), hide_small=True),
            Column("post", _("岗位"), sort="post"),
            Column("promise", _("承诺")),
            Column("result", _("业绩"), hide_small=True),
            Column("branch", _("党支部")),
            Column("since", _("亮出日期"), "date", "since", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "person__name",
            "kind",
            "post",
            "promise",
            "branch__name",
            "branch__key",
            "since",
            "result",
            "until",
        ),
        row=_pledge_row,
        default_sort="-since",
        state_field="step",
        states=((STANDING, _("在岗")), (ENDED, _("已结束"))),
        search=lambda rows, text: rows.filter(
            Q(person__name__contains=text) | Q(post__contains=text) | Q(branch__name__contains=text)
        ),
        filters=(
            Filter(
                "kind",
                _("种类"),
                lambda rows, value, actor: rows.filter(kind=value),
                "select",
                lambda actor: [(code, translate(word)) for code, word in rules.PLEDGES.items()],
            ),
            Filter("branch", _("党支部"), _of_branch, "text"),
        ),
        empty=(_("还没有先锋岗和承诺"), _("党员亮身份、亮承诺、亮业绩,登记在这里,可以打印公示。")),
    )
)


def _standard_base(actor: Actor) -> QuerySet[Any]:
    state = Case(
        When(valid_to__lt=Today(), then=Value(ENDED)), default=Value(STANDING), output_field=CharField()
    )
    line = [actor.jurisdiction_id, *actor.readable]
    return Standard.objects.filter(jurisdiction_id__in=line).annotate(step=state)


def _standard_row(values: Sequence[Any]) -> Row:
    key, area, title, source, valid_from, valid_to, step = values[:7]
    state = Badge(gettext("已停用"), "paused") if step == ENDED else Badge(gettext("在用"), "done")
    url = f"{address_of('partylife:end_standard')}{key}"
    return Row(url, (title, translate(rules.AREAS[area]), source, valid_from, valid_to, state))


STANDARDS = register(
    ListSpec(
        name="partylife.standards",
        title=_("支部标准清单"),
        right="partylife.see",
        base=_standard_base,
        columns=(
            Column("title", _("标准"), sort="title"),
            Column("area", _("方面"), sort="area"),
            Column("source", _("依据"), hide_small=True),
            Column("valid_from", _("起用"), "date", "valid_from"),
            Column("valid_to", _("止用"), "date", "valid_to", True),
            Column("state", _("状态"), "state"),
        ),
        values=("key", "area", "title", "source", "valid_from", "valid_to", "step"),
        row=_standard_row,
        default_sort="position",
        state_field="step",
        states=((STANDING, _("在用")), (ENDED, _("已停用"))),
        search=lambda rows, text: rows.filter(Q(title__contains=text) | Q(source__contains=text)),
        empty=(_("清单还是空的"), _("按本地的支部标准化规范化建设文件逐条增加,写明依据。")),
    )
)


def training_address(year: int) -> str:
    """The plan of a year."""
    return f"{reverse('partylife:training')}?year={year}"


def year_of(text: str, today: date) -> int:
    """The year that an address asks for; this year otherwise."""
    return int(text) if text.isdigit() and 2000 <= int(text) <= 2100 else today.year
