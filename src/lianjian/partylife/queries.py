"""What the pages of party life show: the two lists, one record each, the overview, the panel of an organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.declare import SearchSource
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, narrowed, register
from lianjian.foundation.names import mask_phone
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import arithmetic, cite

from . import rules
from .models import Applicant, FoundMember

TONES = {"applicant": "neutral", "activist": "info", "probationary": "due", "full": "done"}
MANAGED, UNMANAGED = "managed", "unmanaged"


def kind_word(code: str) -> str:
    """A kind of applicant in the active language; a kind of one's own is its own name."""
    return translate(rules.KINDS[code]) if code in rules.KINDS else code


def stage_word(code: str) -> str:
    """A stage in the active language."""
    return translate(rules.STAGES[code])


@cache
def _address(name: str) -> str:
    zero = UUID(int=0)
    return reverse(name, kwargs={"key": zero}).replace(str(zero), "")


def found_url(key: object) -> str:
    """The address of a found member's record."""
    return f"{_address('partylife:found_member')}{key}"


def applicant_url(key: object) -> str:
    """The address of an applicant's record."""
    return f"{_address('partylife:applicant')}{key}"


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


def _by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(person__name__contains=text) | Q(enterprise__name__contains=text) | Q(enterprise_text__contains=text)
    )


def _found_base(actor: Actor) -> QuerySet[FoundMember]:
    rows = FoundMember.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    care = Case(When(managed_on__isnull=True, then=Value(UNMANAGED)), default=Value(MANAGED), output_field=CharField())
    return rows.annotate(care=care)  # type: ignore[no-any-return]


def _body(name: str | None, text: str, key: object) -> Any:
    return Link(name, organization_url(key)) if name else text


def _found_row(values: Sequence[Any]) -> Row:
    key, name, firm, firm_text, firm_key, home, home_text, joint, joint_text, found_on, managed_on = values[:11]
    state = Badge(gettext("已纳管"), "done") if managed_on else Badge(gettext("待纳管"), "due")
    return Row(
        found_url(key),
        (name, _body(firm, firm_text, firm_key), home or home_text, joint or joint_text, found_on, managed_on, state),
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
        search=_by_words,
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
    return [*((code, translate(word)) for code, word in rules.KINDS.items()), *((name, name) for name in names)]


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
        search=_by_words,
        filters=(
            Filter("since", _("申请不早于"), _between("applied_on", "gte"), "date"),
            Filter("until", _("申请不晚于"), _between("applied_on", "lte"), "date"),
            Filter("kind", _("身份"), _of_kind, "select", kinds),
            Filter("enterprise", _("所在企业"), _at, "hidden"),
        ),
        empty=(_("还没有入党申请人"), _("收到入党申请书后登记在这里,每一步的日期和依据都留得住。")),
    )
)


@dataclass(frozen=True)
class Tile:
    """A count that is also the way to the list it counts."""

    label: str
    count: int
    url: str
    note: str = ""


@dataclass(frozen=True)
class Overview:
    """The first page of party life."""

    found: Sequence[Tile]
    way: Sequence[Tile]
    may_write: bool


def _tile(spec: ListSpec, actor: Actor, label: str, name: str, query: dict[str, str], note: str = "") -> Tile:
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return Tile(label, narrowed(spec, actor, query).count(), f"{reverse(name)}{'?' if words else ''}{words}", note)


def overview(actor: Actor) -> Overview:
    """Counts of the lists; each opens what it counts. Seven small queries."""
    found = [
        _tile(FOUND, actor, gettext("找出的党员"), "partylife:found", {}),
        _tile(FOUND, actor, gettext("已纳管"), "partylife:found", {"state": MANAGED}),
        _tile(FOUND, actor, gettext("待纳管"), "partylife:found", {"state": UNMANAGED}),
    ]
    way = [
        _tile(APPLICANTS, actor, stage_word(stage), "partylife:applicants", {"state": stage}) for stage in rules.STAGES
    ]
    return Overview(found, way, bool(actor.scopes("partylife.write")))


@dataclass(frozen=True)
class RecordPage:
    """A record as its page shows it: facts, the steps and the rule behind the last one."""

    name: str
    facts: Sequence[tuple[str, Any]]
    steps: Sequence[tuple[str, str, str]]
    ground: str
    arithmetic: Sequence[tuple[str, str]]
    next_step: str
    enterprise_url: str
    may_write: bool


def _may_write(actor: Actor, row: FoundMember | Applicant) -> bool:
    place: Any = row.enterprise if row.enterprise is not None else Whole(row.jurisdiction_id)
    return row.withdrawn_at is None and row.jurisdiction_id in actor.writable and actor.may("partylife.write", place)


def _kept(facts: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [(label, value) for label, value in facts if value not in ("", None)]


def found_page(actor: Actor, row: FoundMember) -> RecordPage:
    """A found member's record."""
    facts = [
        (gettext("姓名"), row.person.name),
        (gettext("性别"), row.person.get_sex_display()),
        (gettext("电话"), mask_phone(row.person.phone)),
        (gettext("所在企业"), row.where),
        (gettext("组织关系所在党支部"), row.home),
        (gettext("联系共管党支部"), row.joint),
        (gettext("来源"), translate(rules.SOURCES.get(row.source, row.source))),
        (gettext("备注"), row.note),
        (gettext("登记人"), row.recorded_by_name),
    ]
    managed = row.managed_on is not None
    steps = [
        (gettext("找出"), "done", row.found_on.isoformat()),
        (gettext("纳入共管"), "done" if managed else "now", row.managed_on.isoformat() if row.managed_on else ""),
    ]
    url = organization_url(row.enterprise.key) if row.enterprise is not None else ""
    may_write = _may_write(actor, row)
    next_step = "care" if may_write and not managed else ""
    return RecordPage(row.person.name, _kept(facts), steps, "", (), next_step, url, may_write)


NEXT = {"applicant": "activist", "activist": "probationary", "probationary": "full", "full": ""}


def applicant_page(actor: Actor, row: Applicant) -> RecordPage:
    """An applicant's record."""
    facts = [
        (gettext("姓名"), row.person.name),
        (gettext("所在企业"), row.where),
        (gettext("身份"), kind_word(row.kind)),
        (gettext("培养联系人"), row.contacts),
        (gettext("备注"), row.note),
        (gettext("登记人"), row.recorded_by_name),
        (gettext("终止日期"), row.ended_on),
        (gettext("终止原因"), row.ended_reason),
    ]
    days = (row.applied_on, row.activist_on, row.probationary_on, row.full_on)
    words = (gettext("递交申请书"), gettext("确定积极分子"), gettext("接收预备党员"), gettext("转为正式党员"))
    now = list(rules.STAGES).index(row.stage) + 1
    steps = [
        (word, "done" if day else "now" if place == now and row.ended_on is None else "todo", day.isoformat() if day else "")
        for place, (word, day) in enumerate(zip(words, days, strict=True))
    ]
    evaluation: Evaluation | None = row.evaluation
    may_write = _may_write(actor, row)
    return RecordPage(
        name=row.person.name,
        facts=_kept(facts),
        steps=steps,
        ground=cite(evaluation) if evaluation is not None else "",
        arithmetic=arithmetic(evaluation) if evaluation is not None else (),
        next_step=NEXT[row.stage] if may_write and row.ended_on is None else "",
        enterprise_url=organization_url(row.enterprise.key) if row.enterprise is not None else "",
        may_write=may_write,
    )


def organization_panel(*, actor: Actor, record: Organization, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Members and applicants of a firm, for the page of an organization."""
    if record.classification not in ("enterprise", "social", "cooperative") or not actor.scopes("partylife.see"):
        return None
    found = FoundMember.objects.visible_to(actor).standing().filter(enterprise=record)  # type: ignore[attr-defined]
    applied = Applicant.objects.visible_to(actor).standing().filter(enterprise=record)  # type: ignore[attr-defined]
    rows: list[tuple[Any, str, str, str]] = [
        ((gettext("已纳管"), "done") if managed else (gettext("待纳管"), "due"), name, str(day), found_url(key))
        for key, name, day, managed in found.order_by("-found_on", "-id").values_list(
            "key", "person__name", "found_on", "managed_on"
        )[:8]
    ]
    rows += [
        ((stage_word(stage), TONES[stage]), name, str(day), applicant_url(key))
        for key, name, day, stage in applied.order_by("-applied_on", "-id").values_list(
            "key", "person__name", "applied_on", "stage"
        )[:8]
    ]
    may_write = actor.may("partylife.write", record)
    if not rows and not may_write:
        return None
    return "partylife/_organization.html", {
        "rows": rows,
        "found_url": f"{reverse('partylife:record_found')}?enterprise={record.key}" if may_write else "",
        "apply_url": f"{reverse('partylife:record_applicant')}?enterprise={record.key}" if may_write else "",
    }


def search_people(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str]]:
    """Rows for the search box."""
    word = text.strip()
    found = _by_words(FoundMember.objects.visible_to(actor).standing(), word)  # type: ignore[attr-defined]
    rows = [
        (name, gettext("找出的党员"), found_url(key))
        for key, name in found.order_by("-id").values_list("key", "person__name")[:limit]
    ]
    applied = _by_words(Applicant.objects.visible_to(actor).standing(), word)  # type: ignore[attr-defined]
    rows += [
        (name, stage_word(stage), applicant_url(key))
        for key, name, stage in applied.order_by("-id").values_list("key", "person__name", "stage")[:limit]
    ]
    return rows[:limit]


SEARCHES = [SearchSource(_("党员发展"), "partylife.see", search_people, 60)]  # type: ignore[arg-type]
