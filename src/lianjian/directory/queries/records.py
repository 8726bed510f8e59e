"""The record pages: one organization, one person, as finished facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Link as Anchor
from lianjian.foundation.names import mask_phone, mask_resident_id
from lianjian.foundation.rights import holds_in

from ..models import Link, Membership, Merge, Organization, Person
from ..models.organizations import PATH_STEP
from ..rules import BUSINESS_ROLES, shown_facts
from ..rules.sectors import OWNERSHIPS
from .lists import organization_url, person_url, role_word

LINK_WORDS: dict[str, tuple[str, str]] = {}
MOST = 50  # rows of a table on a record page; the rest is behind the list


def link_word(kind: str, *, inward: bool) -> str:
    """What a link is called from the side of its target (inward) or of its source."""
    words = {
        Link.ADMINISTRATION: (_("上级"), _("下级")),
        Link.COVERAGE: (_("覆盖它的指导站"), _("覆盖的企业")),
        Link.HORIZONTAL: (_("横向联系"), _("横向联系")),
        Link.PARTY: (_("所属党组织"), _("联系的企业")),
    }
    return (words.get(kind) or LINK_WORDS.get(kind) or (kind, kind))[0 if inward else 1]


def register_link_kind(kind: str, inward: str, outward: str) -> None:
    """Name a link kind of a higher app (in the wiring): seen from its target, and from its source."""
    LINK_WORDS[kind] = (inward, outward)


@dataclass(frozen=True)
class Held:
    """A relation or a role with its days."""

    word: str
    name: str
    url: str
    since: date
    until: date | None
    note: str = ""
    key: str = ""
    current: bool = True


@dataclass(frozen=True)
class Incoming:
    """A record that was merged into this one, and by whom."""

    key: UUID
    at: datetime
    by: str
    name: str


@dataclass(frozen=True)
class OrganizationRecord:
    """Everything the page of an organization shows."""

    organization: Organization
    above: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, Any]]
    profile: Sequence[tuple[str, Any]]
    years: Sequence[tuple[int, str, bool | None, int | None]]
    aliases: Sequence[str]
    links: Sequence[Held]
    past_links: Sequence[Held]
    people: Sequence[Held]
    past_people: Sequence[Held]
    children: int
    merges: Sequence[Incoming]
    business: bool
    may_write: bool
    may_merge: bool


def organization_record(actor: Actor, organization: Organization, *, day: date) -> OrganizationRecord:
    """The record as `actor` may see it. One round trip, whatever its size."""
    business = actor.may("directory.business", organization)
    may_merge = organization.merged_into_id is None and actor.may("directory.merge", organization)
    below = Organization.objects.current().filter(parent_id=organization.pk)  # type: ignore[attr-defined]
    above, years, aliases, linked, held, children, merges = prepared.together(
        _above(organization),
        _years(organization) if business else organization.years.none().values_list("year"),
        organization.aliases.order_by("id").values_list("name"),
        _links(organization),
        _people(actor, organization, business=business),
        below.order_by().values("parent").annotate(count=Count("pk")).values_list("count"),
        standing_merges(organization) if may_merge else Merge.objects.none().values_list("key"),
    )
    links = [_relation(organization, row, day) for row in linked]
    people = [_role(row, day) for row in held]
    return OrganizationRecord(
        organization=organization,
        above=[(name, organization_url(key)) for name, key in above],
        facts=_facts(organization),
        profile=_profile(organization, business=business),
        years=[_size(*row) for row in years],
        aliases=tuple(name for (name,) in aliases),
        links=[held for held in links if held.current],
        past_links=[held for held in links if not held.current],
        people=[held for held in people if held.current],
        past_people=[held for held in people if not held.current],
        children=children[0][0] if children else 0,
        merges=[Incoming(*row) for row in merges],
        business=business,
        may_write=organization.merged_into_id is None and actor.may("directory.write", organization),
        may_merge=may_merge,
    )


def _above(organization: Organization) -> QuerySet[Any, Any]:
    """From the top down to the one directly above; today's tree, read by the path."""
    paths = [organization.path[:end] for end in range(PATH_STEP, len(organization.path), PATH_STEP)]
    return Organization.objects.filter(path__in=paths).order_by("depth").values_list("name", "key")


def _facts(organization: Organization) -> list[tuple[str, Any]]:
    place = None
    if organization.latitude is not None and organization.longitude is not None:
        place = f"{organization.longitude:.5f}, {organization.latitude:.5f} (WGS-84)"
    rows: list[tuple[str, Any]] = [
        (_("类别"), organization.get_classification_display()),
        (_("简称"), organization.short_name),
        (_("统一社会信用代码"), organization.code),
        (_("其他编号"), organization.external_code),
        (_("地区"), organization.jurisdiction.name),
        (_("所在村(社区)"), organization.area.name if organization.area else ""),
        (_("地址"), organization.address),
        (_("坐标"), place),
        (_("职能"), organization.functions),
        (_("关键词"), "、".join(map(str, organization.tags))),
        (_("成立日期"), organization.founded_on),
        (_("撤销日期"), organization.dissolved_on),
    ]
    return [(label, value) for label, value in rows if value not in ("", None)]


def _profile(organization: Organization, *, business: bool) -> list[tuple[str, Any]]:
    for attribute, facts in (("enterprise", _enterprise), ("party", _party), ("village", _village)):
        profile = getattr(organization, attribute, None)
        if profile is not None:
            labels, values = facts(profile)
            seen = shown_facts(values, business=business)
            return [(labels[name], value) for name, value in seen.items() if value not in ("", None)]
    return []


def yes_no(value: bool | None) -> str:
    """是, 否 or nothing."""
    return "" if value is None else _("是") if value else _("否")


def _enterprise(profile: Any) -> tuple[dict[str, str], dict[str, Any]]:
    labels = {
        "industry": _("行业"),
        "ownership": _("所有制"),
        "legal_representative": _("法定代表人"),
        "staff": _("职工数"),
        "above_scale": _("是否规上"),
        "size_year": _("规模年份"),
        "party_members": _("党员数"),
        "party_formation": _("党组织组建形式"),
    }
    return labels, {
        "industry": str(profile.industry) if profile.industry else profile.industry_text,
        "ownership": translate(OWNERSHIPS[profile.ownership]) if profile.ownership else "",
        "legal_representative": profile.legal_representative,
        "staff": profile.staff_text or profile.staff,
        "above_scale": yes_no(profile.above_scale),
        "size_year": str(profile.size_year) if profile.size_year else "",
        "party_members": profile.party_members,
        "party_formation": profile.get_party_formation_display(),
    }


def _party(profile: Any) -> tuple[dict[str, str], dict[str, Any]]:
    labels = {
        "level": _("层级"),
        "formation": _("组建形式"),
        "chain": _("产业链"),
        "secretary_name": _("书记"),
        "members": _("党员数"),
        "members_as_of": _("党员数截至"),
    }
    values = {name: getattr(profile, name) for name in labels}
    values["level"], values["formation"] = profile.get_level_display(), profile.get_formation_display()
    return labels, values


def _village(profile: Any) -> tuple[dict[str, str], dict[str, Any]]:
    labels = {"kind": _("类别"), "households": _("户数"), "residents": _("人口"), "land_mu": _("耕地(亩)")}
    values = {name: getattr(profile, name) for name in labels}
    values["kind"] = profile.get_kind_display()
    return labels, values


def _years(organization: Organization) -> QuerySet[Any, Any]:
    sizes = ("year", "staff", "staff_text", "above_scale", "party_members")
    return organization.years.order_by("-year").values_list(*sizes)[:MOST]


def _size(
    year: int, staff: int | None, text: str, above: bool | None, members: int | None
) -> tuple[int, str, bool | None, int | None]:
    return year, text or ("" if staff is None else str(staff)), above, members


def standing_merges(organization: Organization) -> QuerySet[Any, Any]:
    """Merges into this organization that still hold, newest first, with the name of the one that came in."""
    rows = Merge.objects.filter(winner=organization, undone_at__isnull=True).order_by("-id")
    return rows.values_list("key", "at", "by", "loser__name")[:20]


def _links(organization: Organization) -> QuerySet[Any, Any]:
    """Every link, both ways, but the downward tree and what a station covers beyond the first rows."""
    return (
        Link.objects.filter(Q(target=organization) | Q(source=organization))
        .exclude(source=organization, kind=Link.ADMINISTRATION)
        .order_by("until", "kind", "-since", "id")
        .values_list(
            "key",
            "kind",
            "since",
            "until",
            "note",
            "target_id",
            "source__name",
            "source__key",
            "target__name",
            "target__key",
        )[: 4 * MOST]
    )


def _relation(organization: Organization, row: tuple[Any, ...], day: date) -> Held:
    key, kind, since, until, note, target_id, source, source_key, target, target_key = row
    inward = target_id == organization.pk
    name, other = (source, source_key) if inward else (target, target_key)
    current = since <= day and (until is None or until > day)
    return Held(
        link_word(kind, inward=inward), name, organization_url(other), since, until, note, str(key), current
    )


def _people(actor: Actor, organization: Organization, *, business: bool) -> QuerySet[Any, Any]:
    rows = Membership.objects.visible_to(actor).filter(organization=organization)  # type: ignore[attr-defined]
    if not business:
        rows = rows.exclude(role__in=BUSINESS_ROLES)
    columns = ("key", "role", "since", "until", "person__name", "person__key", "post__title")
    found: QuerySet[Any, Any] = rows.order_by("until", "role", "-since", "id").values_list(*columns)[: 4 * MOST]
    return found


def _role(row: tuple[Any, ...], day: date) -> Held:
    key, role, since, until, name, person, title = row
    current = since <= day and (until is None or until > day)
    return Held(title or role_word(role), name, person_url(person), since, until, "", str(key), current)


@dataclass(frozen=True)
class PersonRecord:
    """Everything the page of a person shows."""

    person: Person
    facts: Sequence[tuple[str, Any]]
    roles: Sequence[Held]
    past_roles: Sequence[Held]
    may_write: bool
    may_unmask: bool
    masked: Sequence[tuple[str, str, str]]


def person_record(actor: Actor, person: Person, *, day: date) -> PersonRecord:
    """The record with phone and identity number masked."""
    rows = (
        Membership.objects.visible_to(actor)  # type: ignore[attr-defined]
        .filter(person=person)
        .order_by("until", "-since", "id")
        .values_list(
            "key", "role", "since", "until", "organization__name", "organization__key", "post__title"
        )[: 4 * MOST]
    )
    roles = [
        Held(
            title or role_word(role),
            name,
            organization_url(other),
            since,
            until,
            "",
            str(key),
            since <= day and (until is None or until > day),
        )
        for key, role, since, until, name, other, title in rows
    ]
    facts: list[tuple[str, Any]] = [
        (_("性别"), person.get_sex_display()),
        (_("地区"), person.jurisdiction.name),
        (_("姓名可公开"), yes_no(person.name_published)),
        (_("备注"), person.note),
    ]
    masked = [
        ("phone", _("电话"), mask_phone(person.phone)),
        ("identity_number", _("身份证号"), mask_resident_id(person.identity_number)),
    ]
    return PersonRecord(
        person=person,
        facts=[(label, value) for label, value in facts if value],
        roles=[held for held in roles if held.current],
        past_roles=[held for held in roles if not held.current],
        may_write=holds_in(actor, "people.write", person.jurisdiction_id) and person.jurisdiction_id in actor.writable,
        may_unmask=holds_in(actor, "people.unmask", person.jurisdiction_id),
        masked=[row for row in masked if row[2]],
    )


def anchors(held: Sequence[Held]) -> list[tuple[Any, ...]]:
    """Rows for a small table: what, who, from, until, note."""
    return [(h.word, Anchor(h.name, h.url), h.since, h.until or "", h.note) for h in held]


def fresh(organization: Organization, seen: datetime) -> bool:
    """Whether nobody changed the organization since the form was opened."""
    return organization.changed_at == seen
