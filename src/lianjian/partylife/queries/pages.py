"""The overview of party life, one record each, the panel of an organization, and what the search box finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.declare import Asking, Seeking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import ListSpec
from lianjian.foundation.names import mask_phone

from .. import rules
from ..models import Applicant, FoundMember
from ..rules.cadence import LATE
from .branches import branches_of
from .campaigns import campaigns_of
from .life import SHORTFALLS
from .listing import (
    APPLICANTS,
    FOUND,
    MANAGED,
    TONES,
    UNMANAGED,
    applicant_url,
    by_words,
    found_url,
    stage_word,
)
from .roster import ROSTER


@dataclass(frozen=True)
class Tile:
    """A count that is also the way to the list it counts."""

    label: str
    count: int
    url: str
    unit: str = ""


@dataclass(frozen=True)
class Overview:
    """The first page of party life."""

    base: Sequence[Tile]
    found: Sequence[Tile]
    way: Sequence[Tile]
    may_write: bool


def _by_state(spec: ListSpec, actor: Actor) -> dict[str, int]:
    """How many rows of a list stand in each state. One query."""
    rows = spec.base(actor).order_by().values(str(spec.state_field)).annotate(rows=Count("pk"))
    return {one[str(spec.state_field)]: one["rows"] for one in rows}


def _tile(label: str, counts: dict[str, int], name: str, *states: str) -> Tile:
    """The rows in one state, or in all, with the address of the list that shows them."""
    count = sum(counts.get(state, 0) for state in states) if states else sum(counts.values())
    return Tile(label, count, f"{reverse(name)}{f'?state={states[0]}' if states else ''}")


def overview(actor: Actor) -> Overview:
    """Counts of the lists; each opens what it counts. Five small queries."""
    branches = branches_of(actor).order_by().count()
    members, owed = _by_state(ROSTER, actor), _by_state(SHORTFALLS, actor)
    found, way = _by_state(FOUND, actor), _by_state(APPLICANTS, actor)
    base = [
        Tile(gettext("党组织"), branches, reverse("partylife:branches"), unit=gettext("个")),
        _tile(gettext("已编入党员"), members, "partylife:roster"),
        replace(_tile(gettext("上期未开展的组织生活"), owed, "partylife:shortfalls", LATE), unit=gettext("项")),
    ]
    tiles = [
        _tile(gettext("找出的党员"), found, "partylife:found"),
        _tile(gettext("已纳管"), found, "partylife:found", MANAGED),
        _tile(gettext("待纳管"), found, "partylife:found", UNMANAGED),
    ]
    stages = [_tile(stage_word(stage), way, "partylife:applicants", stage) for stage in rules.STAGES]
    return Overview(base, tiles, stages, bool(actor.scopes("partylife.write")))


@dataclass(frozen=True)
class RecordPage:
    """A record as its page shows it: facts and the steps."""

    name: str
    facts: Sequence[tuple[str, Any]]
    steps: Sequence[tuple[str, str, str]]
    next_step: str
    enterprise_url: str
    may_write: bool


def may_write(actor: Actor, row: FoundMember | Applicant) -> bool:
    """Whether the record may be gone on with by who asks: over the firm, or over the branch that develops him."""
    places: list[Any] = [row.enterprise if row.enterprise is not None else Whole(row.jurisdiction_id)]
    if isinstance(row, Applicant) and row.branch is not None:
        places.append(row.branch)
    return (
        row.withdrawn_at is None
        and row.jurisdiction_id in actor.writable
        and any(actor.may("partylife.write", place) for place in places)
    )


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
        (gettext("计入的活动"), "、".join(one.name for one in campaigns_of(actor, row))),
        (gettext("备注"), row.note),
        (gettext("登记人"), row.recorded_by_name),
    ]
    managed = row.managed_on is not None
    steps = [
        (gettext("找出"), "done", row.found_on.isoformat()),
        (
            gettext("纳入共管"),
            "done" if managed else "now",
            row.managed_on.isoformat() if row.managed_on else "",
        ),
    ]
    url = organization_url(row.enterprise.key) if row.enterprise is not None else ""
    writes = may_write(actor, row)
    next_step = "care" if writes and not managed else ""
    return RecordPage(row.person.name, _kept(facts), steps, next_step, url, writes)


def organization_panel(
    *, actor: Actor, record: Organization, now: datetime
) -> Asking:
    """Members and applicants of a firm, for the page of an organization."""
    if record.classification not in ("enterprise", "social", "cooperative") or not actor.scopes(
        "partylife.see"
    ):
        return None
    found = FoundMember.objects.visible_to(actor).standing().filter(enterprise=record)  # type: ignore[attr-defined]
    applied = Applicant.objects.visible_to(actor).standing().filter(enterprise=record)  # type: ignore[attr-defined]
    people, waiting = yield (
        found.order_by("-found_on", "-id").values_list("key", "person__name", "found_on", "managed_on")[:8],
        applied.order_by("-applied_on", "-id").values_list("key", "person__name", "applied_on", "stage")[:8],
    )
    rows: list[tuple[Any, str, str, str]] = [
        (
            (gettext("已纳管"), "done") if managed else (gettext("待纳管"), "due"),
            name,
            str(day),
            found_url(key),
        )
        for key, name, day, managed in people
    ]
    rows += [
        ((stage_word(stage), TONES[stage]), name, str(day), applicant_url(key))
        for key, name, day, stage in waiting
    ]
    writes = actor.may("partylife.write", record)
    if not rows and not writes:
        return None
    return "partylife/_organization.html", {
        "rows": rows,
        "found_url": f"{reverse('partylife:record_found')}?enterprise={record.key}" if writes else "",
        "apply_url": f"{reverse('partylife:record_applicant')}?enterprise={record.key}" if writes else "",
    }


def search_people(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    word = text.strip()
    found = by_words(FoundMember.objects.visible_to(actor).standing(), word)  # type: ignore[attr-defined]
    applied = by_words(Applicant.objects.visible_to(actor).standing(), word)  # type: ignore[attr-defined]
    members, applicants = yield (
        found.order_by("-id").values_list("key", "person__name")[:limit],
        applied.order_by("-id").values_list("key", "person__name", "stage")[:limit],
    )
    rows = [(name, gettext("找出的党员"), found_url(key)) for key, name in members]
    rows += [(name, stage_word(stage), applicant_url(key)) for key, name, stage in applicants]
    return rows[:limit]
