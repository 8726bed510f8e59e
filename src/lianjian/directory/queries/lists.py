"""The lists of the directory: organizations and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.names import mask_phone
from lianjian.foundation.searchdb import search
from lianjian.jurisdictions.models import Jurisdiction

from ..models import Industry, Link, Membership, Organization, PartyProfile, Person, Tag, Tagging
from ..rules import STAFF_BANDS, band_limits
from ..rules.sectors import OWNERSHIPS

Classification = Organization.Classification
# The tabs of the list, in the order of use.
STATES: Sequence[tuple[str, Any]] = [(choice.value, choice.label) for choice in Classification]
_LABELS = dict(STATES)


@cache
def _address(name: str) -> str:
    """The address of a record without its key: `reverse` once, not once a row."""
    zero = UUID(int=0)
    return reverse(name, kwargs={"key": zero}).replace(str(zero), "")


def organization_url(key: object) -> str:
    """The address of an organization's page."""
    return f"{_address('directory:organization')}{key}"


def person_url(key: object) -> str:
    """The address of a person's page."""
    return f"{_address('directory:person')}{key}"


def towns(actor: Actor) -> list[tuple[str, str]]:
    """Every jurisdiction of the register, to choose one."""
    return [(str(pk), name) for pk, name in Jurisdiction.objects.order_by("id").values_list("id", "name")]


def own_towns(actor: Actor) -> list[tuple[str, str]]:
    """The jurisdictions whose people the actor reads."""
    rows = Jurisdiction.objects.filter(pk__in=actor.readable).order_by("id").values_list("id", "name")
    return [(str(pk), name) for pk, name in rows]


def _sections(actor: Actor) -> list[tuple[str, str]]:
    return [
        (code, f"{code} {name}")
        for code, name in Industry.objects.filter(level=1).order_by("code").values_list("code", "name")
    ]


def as_day(text: str) -> date | None:
    """A day as an address writes it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def in_town(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    """Rows of one place."""
    return rows.filter(jurisdiction_id=int(value)) if value.isascii() and value.isdigit() else rows.none()


def _in_section(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(enterprise__industry__section=value[:1])


def _above_scale(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    if value == "unknown":
        return rows.filter(enterprise__above_scale__isnull=True, classification=Classification.ENTERPRISE)
    return rows.filter(enterprise__above_scale=value == "yes")


def _in_band(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    limits = band_limits(value)
    if limits is None:
        return rows.none()
    low, high = limits
    rows = rows.filter(enterprise__staff__gte=low)
    return rows if high is None else rows.filter(enterprise__staff__lt=high)


def _covered(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    held = Link.objects.filter(kind=Link.COVERAGE, until__isnull=True).values("target_id")
    if value == "yes":
        return rows.filter(pk__in=held)
    return rows.filter(classification=Classification.ENTERPRISE).exclude(pk__in=held)


def _formed(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(Q(party__formation=value) | Q(enterprise__party_formation=value))


def _owned_by(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    if value == "unknown":
        return rows.filter(
            Q(enterprise__isnull=True) | Q(enterprise__ownership=""), classification=Classification.ENTERPRISE
        )
    return rows.filter(enterprise__ownership=value)


def _tagged(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    """Who has a tag today."""
    try:
        held = Tagging.objects.on(Today()).filter(tag__key=UUID(value))
    except ValueError:
        return _with_word(rows, value, actor)  # a view that was kept when tags were words
    return rows.filter(pk__in=held.values("organization_id"))


def tag_choices(actor: Actor) -> list[tuple[str, str]]:
    """Every tag of the actor's line and places, by group, to filter by; retired ones too, for past days."""
    rows = Tag.objects.used_by(actor).order_by("scheme__name", "scheme_id", "id")
    return [(str(key), f"{scheme} · {name}") for key, name, scheme in rows.values_list("key", "name", "scheme__name")]


def _with_word(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(tags__contains=[value])


def find_organizations(rows: QuerySet[Organization], text: str) -> QuerySet[Organization]:
    """By any part of a name, short name or alias, or the beginning of a code."""
    return search(rows, text)


def _current(actor: Actor) -> QuerySet[Organization]:
    return Organization.objects.visible_to(actor).current()  # type: ignore[attr-defined, no-any-return]


def _gone(actor: Actor) -> QuerySet[Organization]:
    rows = Organization.objects.visible_to(actor)  # type: ignore[attr-defined]
    return rows.filter(merged_into__isnull=True, dissolved_on__isnull=False)  # type: ignore[no-any-return]


def _organization_row(values: Sequence[Any]) -> Row:
    key, name, classification, code, town, parent, staff, staff_text, above, dissolved = values[:10]
    if dissolved is not None:
        state = Badge(gettext("已撤销"), "paused")
    elif above:
        state = Badge(gettext("规上"), "info")
    else:
        state = None
    size = staff_text or (str(staff) if staff is not None else "")
    return Row(
        organization_url(key),
        (name, _LABELS.get(classification, ""), code, parent or "", town, size, state or ""),
    )


ORGANIZATIONS = register(
    ListSpec(
        name="directory.organizations",
        title=_("组织机构"),
        right="directory.read",
        base=_current,
        columns=[
            Column("name", _("名称"), sort="name"),
            Column("classification", _("类别"), hide_small=True),
            Column("code", _("统一社会信用代码"), sort="code"),
            Column("parent", _("上级")),
            Column("town", _("地区"), hide_small=True),
            Column("staff", _("职工数"), sort="enterprise__staff"),
            Column("state", _("状态"), kind="state"),
        ],
        values=[
            "key",
            "name",
            "classification",
            "code",
            "jurisdiction__name",
            "parent__name",
            "enterprise__staff",
            "enterprise__staff_text",
            "enterprise__above_scale",
            "dissolved_on",
        ],
        row=_organization_row,
        default_sort="name",
        state_field="classification",
        states=STATES,
        search=find_organizations,
        filters=[
            Filter("town", _("地区"), in_town, options=towns),
            Filter("section", _("行业门类"), _in_section, options=_sections),
            Filter(
                "scale",
                _("是否规上"),
                _above_scale,
                options=lambda actor: [("yes", _("规上")), ("no", _("规下")), ("unknown", _("未填"))],
            ),
            Filter(
                "ownership",
                _("所有制"),
                _owned_by,
                options=lambda actor: [*((c, gettext(word)) for c, word in OWNERSHIPS.items()), ("unknown", _("未填"))],
            ),
            Filter(
                "band",
                _("职工规模"),
                _in_band,
                options=lambda actor: [(c, gettext(label)) for c, label, _l, _h in STAFF_BANDS],
            ),
            Filter(
                "station",
                _("指导站覆盖"),
                _covered,
                options=lambda actor: [("yes", _("已覆盖")), ("no", _("未覆盖"))],
            ),
            Filter(
                "formation",
                _("组建形式"),
                _formed,
                options=lambda actor: list(PartyProfile.Formation.choices),
            ),
            Filter("tag", _("标签"), _tagged, options=tag_choices),
            Filter("word", _("关键词"), _with_word, kind="text"),
        ],
        empty=(_("没有符合条件的组织"), _("换一个条件,或登记一个新的组织。")),
    )
)

# The same list of those that ended; they stay findable for ever.
ENDED = register(
    replace(
        ORGANIZATIONS,
        name="directory.ended",
        title=_("已撤销的组织"),
        base=_gone,
        empty=(_("没有已撤销的组织"), _("撤销或合并掉的组织会列在这里,随时可查。")),
    )
)


ROLE_WORDS: dict[str, Any] = {
    "secretary": _("书记"),
    "member": _("成员"),
    "contact": _("联系人"),
    "legal_representative": _("法定代表人"),
    "owner": _("业主"),
    "instructor": _("党建指导员(红管家)"),
    "station_staff": _("指导站工作人员"),
    "dispatched": _("下派干部"),
    "head": _("负责人"),
    "staff": _("工作人员"),
}


_of_higher_apps: dict[str, str] = {}


def register_roles(words: Mapping[str, str]) -> None:
    """Words of roles that a higher app gives and ends by verbs of its own; nobody is given them by hand."""
    _of_higher_apps.update(words)


def role_word(role: str) -> str:
    """A membership role in words; one that nobody named shows as it is."""
    if role in _of_higher_apps:
        return translate(_of_higher_apps[role])
    return str(ROLE_WORDS.get(role, role))


def role_choices() -> list[tuple[str, Any]]:
    """Roles a person can be given by hand."""
    return list(ROLE_WORDS.items())


def find_people(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """By any part of the name, or by a whole phone number."""
    from lianjian.foundation.codes import normalise_phone
    from lianjian.foundation.secretfield import blind

    phone = normalise_phone(text) if any(c.isdigit() for c in text) else ""
    query = Q(name__contains=text)
    if phone:
        query |= Q(phone_blind=blind(phone))
    return rows.filter(query)


def _people(actor: Actor) -> QuerySet[Person]:
    return Person.objects.visible_to(actor)  # type: ignore[attr-defined, no-any-return]


def _with_role(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    held = Membership.objects.filter(role=value, until__isnull=True)
    return rows.filter(pk__in=held.values("person_id"))


def _person_row(values: Sequence[Any]) -> Row:
    key, name, sex, phone, town, changed = values[:6]
    return Row(
        person_url(key), (name, dict(Person.Sex.choices).get(sex, ""), mask_phone(phone), town, changed)
    )


PEOPLE = register(
    ListSpec(
        name="directory.people",
        title=_("人员名册"),
        right="people.see",
        base=_people,
        columns=[
            Column("name", _("姓名"), sort="name"),
            Column("sex", _("性别"), hide_small=True),
            Column("phone", _("电话")),
            Column("town", _("地区"), hide_small=True),
            Column("changed", _("更新时间"), kind="date", sort="changed_at"),
        ],
        values=["key", "name", "sex", "phone", "jurisdiction__name", "changed_at"],
        row=_person_row,
        default_sort="name",
        search=find_people,
        filters=[
            Filter("town", _("地区"), in_town, options=own_towns),
            Filter("role", _("任职"), _with_role, options=lambda actor: role_choices()),
        ],
        empty=(_("没有符合条件的人员"), _("换一个条件,或登记一位人员。")),
    )
)
