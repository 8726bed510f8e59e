"""Register, change, move and end organizations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.codes import check_credit_code
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.names import clean_name, match_key
from lianjian.foundation.rights import require
from lianjian.foundation.searchdb import vector
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import (
    Alias,
    Link,
    Organization,
    PartyProfile,
)
from ..models.organizations import path_step
from ..rules import loose_key
from .profiles import PROFILES, note_members
from .standing import hold_place, open_since


class CodeTaken(Refused):
    """Two organizations cannot have one credit code."""

    sentence = _("这个统一社会信用代码已登记在另一家组织名下,请核对,或合并两条重复的记录。")
    status = 409
    field = "code"


class BadCode(Refused):
    """The check digit of a credit code is wrong."""

    sentence = _("统一社会信用代码“%(code)s”的校验位不对,请照营业执照核对。")
    field = "code"


class InsideItself(Refused):
    """An organization cannot be put below itself."""

    sentence = _("不能把组织放到它自己的下级里。")
    field = "parent"


class AlreadyMerged(Refused):
    """The record points to another one."""

    sentence = _("这条记录已并入“%(name)s”,请在那条记录上办理。")
    status = 409


class AlreadyEnded(Refused):
    """Nothing hangs below, moves or ends what is no more."""

    sentence = _("“%(name)s”已于%(day)s撤销。")
    status = 409


class OneStationOnly(Refused):
    """An enterprise is covered by one station at a time."""

    sentence = _("这家企业在该日期已由另一个指导站覆盖,请先结束原来的覆盖。")
    status = 409


class LinkExists(Refused):
    """The same relation holds already on these days."""

    sentence = _("这两家组织在该时段已有同样的关系。")
    status = 409


LINK_CONSTRAINTS: dict[str, type[Refused]] = {
    "one_station_at_a_time": OneStationOnly,
    "one_administration_at_a_time": LinkExists,
    "one_link_of_a_kind_at_a_time": LinkExists,
    "link_joins_two": InsideItself,
}


def allocate_ids(table: str, count: int) -> list[int]:
    """`count` new ids of a table, so that rows can be written once with what follows from their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def search_text(*, name: str, short_name: str = "", code: str = "", aliases: tuple[str, ...] = ()) -> str:
    """What an organization is found by."""
    return " ".join(part for part in (name, short_name, code, *aliases) if part)


def checked_code(code: str) -> str:
    """A normalised credit code; empty stays empty. Raises `BadCode`."""
    if not code.strip():
        return ""
    result = check_credit_code(code)
    if result.problem:
        raise BadCode(code=result.value)
    return result.value


def standing(organization: Organization) -> None:
    """Raise `AlreadyMerged` for a record that was merged into another."""
    if organization.merged_into_id is not None:
        raise AlreadyMerged(name=organization.merged_into.name)  # type: ignore[union-attr]


def living(organization: Organization) -> None:
    """Raise `AlreadyMerged` or `AlreadyEnded` for what is no longer in today's tree."""
    standing(organization)
    if organization.dissolved_on is not None:
        raise AlreadyEnded(name=organization.name, day=organization.dissolved_on)


def _insert(
    *,
    jurisdiction_id: int,
    parent: Organization | None,
    name: str,
    code: str,
    since: date,
    now: datetime,
    **fields: Any,
) -> Organization:
    (new_id,) = allocate_ids("directory_organization", 1)
    organization = Organization(
        id=new_id,
        jurisdiction_id=jurisdiction_id,
        name=clean_name(name),
        name_key=match_key(name),
        short_key=loose_key(name),
        code=code,
        parent=parent,
        path=(parent.path if parent else "") + path_step(new_id),
        depth=parent.depth + 1 if parent else 0,
        search=vector(search_text(name=name, short_name=fields.get("short_name", ""), code=code)),
        changed_at=now,
        **fields,
    )
    organization.save(force_insert=True)
    if parent is not None:
        Link.objects.create(
            jurisdiction_id=jurisdiction_id,
            kind=Link.ADMINISTRATION,
            source=parent,
            target=organization,
            since=since,
        )
    return organization


@verb(constraints={"one_organization_per_credit_code": CodeTaken, **LINK_CONSTRAINTS})
def register_organization(
    *,
    actor: Actor,
    name: str,
    classification: str,
    parent: Organization,
    now: datetime,
    code: str = "",
    jurisdiction_id: int | None = None,
    since: date | None = None,
    profile: dict[str, Any] | None = None,
    **fields: Any,
) -> Organization:
    """Register an organization below `parent`, in the parent's jurisdiction unless another is named.

    `since` is the first day of the administration link (default: today). `profile` holds the fields of the
    one-to-one profile of its classification. Raises `BadCode`, `CodeTaken`, `NotYet`, `NotThereYet`, `Denied`.
    """
    require(actor, "directory.write", parent)
    hold_place(parent)
    living(parent)
    since = since or local_day(now)
    open_since(parent, since, now)
    owner = jurisdiction_id or parent.jurisdiction_id
    organization = _insert(
        jurisdiction_id=owner,
        parent=parent,
        name=name,
        code=checked_code(code),
        since=since,
        now=now,
        classification=classification,
        **fields,
    )
    if classification in PROFILES:
        model, _attribute = PROFILES[classification]
        model.objects.create(organization=organization, jurisdiction_id=owner, **(profile or {}))
        note_members(organization, profile or {}, local_day(now).year)
    record(
        actor=actor,
        verb="directory.register_organization",
        subject=organization,
        now=now,
        changes={"name": ("", organization.name), "code": ("", organization.code)},
    )
    return organization


@verb(constraints={"one_root_organization_per_jurisdiction": LinkExists})
def found_root(
    *,
    actor: Actor,
    jurisdiction_id: int,
    name: str,
    classification: str,
    now: datetime,
    parent: Organization | None = None,
    level: str = "committee",
    **fields: Any,
) -> Organization:
    """Found the root organization of a jurisdiction; a grant on it covers the whole jurisdiction."""
    organization = _insert(
        jurisdiction_id=jurisdiction_id,
        parent=parent,
        name=name,
        code="",
        since=local_day(now),
        now=now,
        classification=classification,
        is_root=True,
        **fields,
    )
    if classification == "party":
        PartyProfile.objects.create(organization=organization, jurisdiction_id=jurisdiction_id, level=level)
    record(
        actor=actor, verb="directory.found_root", subject=organization, now=now, changes={"name": ("", name)}
    )
    return organization


CHANGEABLE = (
    "name",
    "short_name",
    "code",
    "external_code",
    "area",
    "address",
    "latitude",
    "longitude",
    "functions",
    "tags",
    "founded_on",
    "classification",
)


@verb(constraints={"one_organization_per_credit_code": CodeTaken})
def change_organization(
    *, actor: Actor, organization: Organization, now: datetime, **changes: Any
) -> Organization:
    """Change what an organization is called or where it is. A former name stays findable as an alias."""
    require(actor, "directory.write", organization)
    standing(organization)
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    if "name" in changes:
        changes["name"] = clean_name(changes["name"])
    if "code" in changes:
        changes["code"] = checked_code(changes["code"])
    before = {field: getattr(organization, field) for field in changes}
    for field, value in changes.items():
        setattr(organization, field, value)
    changed = diff(before, organization)
    if not changed:
        return organization
    if "name" in changed:
        _add_alias(organization, str(before["name"]))
        organization.name_key = match_key(organization.name)
        organization.short_key = loose_key(organization.name)
    organization.changed_at = now
    refresh_search(organization)
    organization.save(update_fields=[*changed, "name_key", "short_key", "changed_at", "search"])
    record(actor=actor, verb="directory.change_organization", subject=organization, now=now, changes=changed)
    return organization


def refresh_search(organization: Organization) -> None:
    """Set (not save) the search vector from the names of today."""
    aliases = tuple(organization.aliases.values_list("name", flat=True))
    organization.search = vector(
        search_text(
            name=organization.name,
            short_name=organization.short_name,
            code=organization.code,
            aliases=aliases,
        )
    )


def _add_alias(organization: Organization, name: str) -> None:
    key = match_key(name)
    if key and key != match_key(organization.name):
        Alias.objects.bulk_create(
            [
                Alias(
                    jurisdiction_id=organization.jurisdiction_id,
                    organization=organization,
                    name=name,
                    name_key=key,
                )
            ],
            ignore_conflicts=True,
        )


@verb
def add_alias(*, actor: Actor, organization: Organization, name: str, now: datetime) -> None:
    """Make an organization known by another name too."""
    require(actor, "directory.write", organization)
    _add_alias(organization, name.strip())
    refresh_search(organization)
    organization.save(update_fields=["search"])
    record(
        actor=actor,
        verb="directory.add_alias",
        subject=organization,
        now=now,
        changes={"alias": ("", name.strip())},
    )
