"""The two lists of party life: members found in firms, and people on their way into the party."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register

from .. import rules
from ..models import Applicant, FoundMember

TONES = {"applicant": "neutral", "activist": "info", "probationary": "due", "full": "done"}
MANAGED, UNMANAGED = "managed", "unmanaged"


def kind_word(code: str) -> str:
    """A kind of applicant in the active language; a kind of one's own is its own name."""
    return translate(rules.KINDS[code]) if code in rules.KINDS else code


def stage_word(code: str) -> str:
    """A stage in the active language."""
    return translate(rules.STAGES[code])


@cache
def address_of(name: str) -> str:
    """The address of a record's page without its key."""
    zero = UUID(int=0)
    return reverse(name, kwargs={"key": zero}).replace(str(zero), "")


def found_url(key: object) -> str:
    """The address of a found member's record."""
    return f"{address_of('partylife:found_member')}{key}"


def applicant_url(key: object) -> str:
    """The address of an applicant's record."""
    return f"{address_of('partylife:applicant')}{key}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _between(field: str, side: str) -> Any:
    def apply(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
        day = _day(value)
        return rows.filter(**{f"{field}__{side}": day}) if day else rows.none()

    return apply


def _at(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(enterprise__key=UUID(value))
    except ValueError:
        return rows.none()


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(person__name__contains=text)
        | Q(enterprise__name__contains=text)
        | Q(enterprise_text__contains=text)
    )


def _found_base(actor: Actor) -> QuerySet[FoundMember]:
    rows = FoundMember.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    care = Case(
        When(managed_on__isnull=True, then=Value(UNMANAGED)), default=Value(MANAGED), output_field=CharField()
    )
    return rows.annotate(care=care)  # type: ignore[no-any-return]


def _body(name: str | None, text: str, key: object) -> Any:
    return Link(name, organization_url(key)) if name else text


def _found_row(values: Sequence[Any]) -> Row:
    key, name, firm, firm_text, firm_key, home, home_text, joint, joint_text, found_on, managed_on = values[
        :11
    ]
    state = Badge(gettext("已纳管"), "done") if managed_on else Badge(gettext("待纳管"), "due")
    return Row(
        found_url(key),
        (
            name,
            _body(firm, firm_text, firm_key),
            home or home_text,
            joint or joint_text,
            found_on,
            managed_on,
            state,
        ),
    )


FOUND = register(
    ListSpec(
        name="partylife.found",
        title=_("找出的党员"),
        right="partylife.see",
        base=_found_base,
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("enterprise", _("所在企业")),
            Column("home", _("组织关系所在党支部"), hide_small=True),
            Column("joint", _("联系共管党支部")),
            Column("found_on", _("找出日期"), "date", "found_on"),
            Column("managed_on", _("纳管日期"), "date", "managed_on", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "person__name",
            "enterprise__name",
            "enterprise_text",
            "enterprise__key",
            "home_branch__name",
            "home_branch_text",
            "joint_branch__name",
            "joint_branch_text",
            "found_on",
            "managed_on",
        ),
        row=_found_row,
        default_sort="-found_on",
        state_field="care",
        states=((UNMANAGED, _("待纳管")), (MANAGED, _("已纳管"))),
        search=by_words,
        filters=(
            Filter("since", _("不早于"), _between("found_on", "gte"), "date"),
            Filter("until", _("不晚于"), _between("found_on", "lte"), "date"),
            Filter("enterprise", _("所在企业"), _at, "hidden"),
        ),
        empty=(_("还没有找出的党员"), _("“双找”中找到的企业党员登记在这里,两个支部共同管理,只计一次。")),
    )
)


def _of_kind(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(kind=value)


def kinds(actor: Actor) -> list[tuple[str, str]]:
    """The known kinds of applicants, then those of one's own places."""
    own = Applicant.objects.filter(jurisdiction_id__in=actor.readable).exclude(kind__in=[*rules.KINDS, ""])
    names = own.order_by("kind").values_list("kind", flat=True).distinct()
    return [
        *((code, translate(word)) for code, word in rules.KINDS.items()),
        *((name, name) for name in names),
    ]


def _applicant_row(values: Sequence[Any]) -> Row:
    key, name, firm, firm_text, firm_key, kind, applied, activist, probationary, stage, ended = values[:11]
    state = Badge(gettext("已终止"), "paused") if ended else Badge(stage_word(stage), TONES[stage])
    return Row(
        applicant_url(key),
        (name, _body(firm, firm_text, firm_key), kind_word(kind), applied, activist, probationary, state),
    )


APPLICANTS = register(
    ListSpec(
        name="partylife.applicants",
        title=_("发展党员"),
        right="partylife.see",
        base=lambda actor: Applicant.objects.visible_to(actor).standing(),  # type: ignore[attr-defined]
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("enterprise", _("所在企业")),
            Column("kind", _("身份"), hide_small=True),
            Column("applied_on", _("递交申请书"), "date", "applied_on"),
            Column("activist_on", _("确定积极分子"), "date", "activist_on"),
            Column("probationary_on", _("接收预备党员"), "date", "probationary_on", True),
            Column("state", _("阶段"), "state"),
        ),
        values=(
            "key",
            "person__name",
            "enterprise__name",
            "enterprise_text",
            "enterprise__key",
            "kind",
            "applied_on",
            "activist_on",
            "probationary_on",
            "stage",
            "ended_on",
        ),
        row=_applicant_row,
        default_sort="-applied_on",
        state_field="stage",
        states=tuple((code, _(word)) for code, word in rules.STAGES.items()),
        search=by_words,
        filters=(
            Filter("since", _("申请不早于"), _between("applied_on", "gte"), "date"),
            Filter("until", _("申请不晚于"), _between("applied_on", "lte"), "date"),
            Filter("kind", _("身份"), _of_kind, "select", kinds),
            Filter("enterprise", _("所在企业"), _at, "hidden"),
        ),
        empty=(_("还没有入党申请人"), _("收到入党申请书后登记在这里,每一步的日期和依据都留得住。")),
    )
)
