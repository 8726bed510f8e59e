"""The two lists of party life: members found in firms, and people on their way into the party."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, Q, QuerySet, Value, When
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register

from .. import rules
from ..models import Applicant, FoundMember
from ..rules import development as dev
from .campaigns import in_campaign

TONES = {"applicant": "neutral", "activist": "info", "target": "info", "probationary": "due", "full": "done"}
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
            Filter("campaign", _("所属活动"), in_campaign, "hidden"),
        ),
        empty=(_("还没有找出的党员"), _("“双找”中找到的企业党员登记在这里,两个支部共同管理,只计一次。")),
    )
)


def _of_kind(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(kind=value)


def _at_step(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(next_step=int(value)) if value.isdigit() and len(value) < 4 else rows.none()


def _steps(actor: Actor) -> list[tuple[str, str]]:
    return [(str(number), step_word(number)) for number in dev.STEPS]


def kinds(actor: Actor) -> list[tuple[str, str]]:
    """The known kinds of applicants, then those of one's own places."""
    own = Applicant.objects.filter(jurisdiction_id__in=actor.readable).exclude(kind__in=[*rules.KINDS, ""])
    names = own.order_by("kind").values_list("kind", flat=True).distinct()
    return [
        *((code, translate(word)) for code, word in rules.KINDS.items()),
        *((name, name) for name in names),
    ]


def _applicant_row(values: Sequence[Any]) -> Row:
    key, name, firm, firm_text, firm_key, kind, applied, stage, ended, number, first, due, late = values[:13]
    state = Badge(gettext("已终止"), "paused") if ended else Badge(stage_word(stage), TONES[stage])
    following: Any = "" if ended else step_word(number)
    if late:
        following = Badge(gettext("已超期:%(step)s") % {"step": following}, "late")
    return Row(
        applicant_url(key),
        (name, _body(firm, firm_text, firm_key), kind_word(kind), applied, following, first, due, state),
    )


def step_word(number: int) -> str:
    """A step with its number; nothing when all are done."""
    if number > dev.LAST:
        return ""
    return f"{number} {translate(dev.STEPS[number].name)}"


def late() -> Q:
    """Steps whose latest day is over."""
    return Q(due_on__lt=TruncDate(Now()), ended_on__isnull=True, waits_for__gt="")


def standing_applicants(actor: Actor) -> QuerySet[Applicant]:
    """Applicants that lists count, each with whether its next step is late."""
    rows = Applicant.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    return rows.annotate(late=ExpressionWrapper(late(), output_field=BooleanField()))  # type: ignore[no-any-return]


APPLICANTS = register(
    ListSpec(
        name="partylife.applicants",
        title=_("发展党员"),
        right="partylife.see",
        base=standing_applicants,
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("enterprise", _("所在企业")),
            Column("kind", _("身份"), hide_small=True),
            Column("applied_on", _("递交申请书"), "date", "applied_on"),
            Column("next", _("下一步")),
            Column("next_from", _("最早日期"), "date", "next_from", True),
            Column("due_on", _("最晚日期"), "date", "due_on"),
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
            "stage",
            "ended_on",
            "next_step",
            "next_from",
            "due_on",
            "late",
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
            Filter("step", _("下一步"), _at_step, "select", _steps),
            Filter("late", _("只看超期"), lambda rows, value, actor: rows.filter(late()), "check"),
            Filter("enterprise", _("所在企业"), _at, "hidden"),
        ),
        empty=(_("还没有入党申请人"), _("收到入党申请书后登记在这里,每一步的日期和依据都留得住。")),
    )
)
