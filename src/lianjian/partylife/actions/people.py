"""Who a name in a firm is: one person however often it is written, another one in another firm."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from lianjian.directory.models import Link, Membership, Organization, Person
from lianjian.foundation.names import match_key

from ..models import Applicant, FoundMember, TalentLead
from ..rules import EnterpriseMissing, NameMissing


class Named(NamedTuple):
    """A name with the firm it is written beside, registered or not."""

    name: str
    enterprise_id: int | None
    enterprise_text: str = ""
    sex: str = ""

    @property
    def spot(self) -> tuple[str, int | str]:
        """What makes two writings the same person."""
        return self.name, self.enterprise_id or match_key(self.enterprise_text)


def known_people(jurisdiction_id: int, wanted: Iterable[Named]) -> dict[tuple[str, int | str], int]:
    """Ids of the persons known beside these firms: found, applied, noticed, holding a role there. Four queries."""
    names = {one.name for one in wanted}
    found: dict[tuple[str, int | str], int] = {}
    for model in (FoundMember, Applicant):
        rows = model.objects.filter(jurisdiction_id=jurisdiction_id, person__name__in=names).order_by("-id")
        for person_id, name, firm, text in rows.values_list(
            "person_id", "person__name", "enterprise_id", "enterprise_text"
        ):
            found[name, firm or match_key(text)] = person_id
    firms = {one.enterprise_id for one in wanted if one.enterprise_id}
    kept = TalentLead.objects.filter(jurisdiction_id=jurisdiction_id, person__name__in=names, enterprise_id__in=firms)
    for person_id, name, firm in kept.order_by("id").values_list("person_id", "person__name", "enterprise_id"):
        found.setdefault((name, firm), person_id)
    held = Membership.objects.filter(
        Q(organization_id__in=firms), jurisdiction_id=jurisdiction_id, person__name__in=names
    ).exclude(role="instructor")  # who looks after a firm does not work there
    for person_id, name, firm in held.order_by("id").values_list(
        "person_id", "person__name", "organization_id"
    ):
        found.setdefault((name, firm), person_id)
    return found


def people_in_firms(
    jurisdiction_id: int, wanted: Sequence[Named], now: datetime
) -> tuple[list[Person], list[Person]]:
    """The persons in the order of `wanted`, and those of them that are new. Part of the caller's verb."""
    known = known_people(jurisdiction_id, wanted)
    stored = Person.objects.in_bulk(set(known.values()))
    found: dict[tuple[str, int | str], Person] = {
        spot: stored[pk] for spot, pk in known.items() if pk in stored
    }
    fresh: list[Person] = []
    for one in wanted:
        if one.spot not in found:
            person = Person(jurisdiction_id=jurisdiction_id, name=one.name, sex=one.sex, changed_at=now)
            found[one.spot] = person
            fresh.append(person)
    Person.objects.bulk_create(fresh, batch_size=2000)
    return [found[one.spot] for one in wanted], fresh


class Beside(NamedTuple):
    """A person known beside a branch; of a found member also the branch written down as his home."""

    person: Person
    home_id: int | None = None
    home: str = ""


def people_of_branches(jurisdiction_id: int, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Beside]:
    """Persons known beside a branch, by name and the branch's id: found or applying for it, or holding a role in it,
    or any of these in a unit that it reaches. Nine queries.
    """
    branches = {branch for _name, branch in wanted}
    reached: dict[int, set[int]] = {branch: {branch} for branch in branches}
    links = Link.objects.filter(kind=Link.PARTY, until__isnull=True, source_id__in=branches)
    for branch, unit in links.values_list("source_id", "target_id"):
        reached[branch].add(unit)
    known = known_people(
        jurisdiction_id, {Named(name, unit) for name, branch in wanted for unit in reached[branch]}
    )
    names = {name for name, _branch in wanted}
    nearest: dict[tuple[str, int], int] = {}
    for model, field in ((Applicant, "branch_id"), (FoundMember, "home_branch_id")):
        rows = model.objects.filter(
            jurisdiction_id=jurisdiction_id, withdrawn_at__isnull=True, person__name__in=names,
            **{f"{field}__in": branches},
        )  # fmt: skip
        for name, branch, person_id in rows.order_by("-id").values_list("person__name", field, "person_id"):
            nearest[name, branch] = person_id
    for name, branch in wanted:
        spots = [(name, unit) for unit in sorted(reached[branch], key=lambda unit: (unit != branch, unit))]
        found = next((known[spot] for spot in spots if spot in known), None)
        if found is not None:
            nearest.setdefault((name, branch), found)
    stored = Person.objects.in_bulk(set(nearest.values()))
    homes = FoundMember.objects.standing().filter(person__in=stored).select_related("home_branch")  # type: ignore[attr-defined]
    told = {row.person_id: (row.home_branch_id, row.home) for row in homes}
    return {
        spot: Beside(stored[pk], *told.get(pk, (None, ""))) for spot, pk in nearest.items() if pk in stored
    }


def person_for(
    *,
    person: Person | str,
    enterprise: Organization | None,
    enterprise_text: str,
    jurisdiction_id: int,
    now: datetime,
) -> Person:
    """The person that a form means: chosen, or a name beside the firm. Raises `NameMissing`, `EnterpriseMissing`."""
    if enterprise is None and not enterprise_text.strip():
        raise EnterpriseMissing
    if isinstance(person, Person):
        return person
    name = person.strip()[:40]
    if not name:
        raise NameMissing
    named = Named(name, enterprise.pk if enterprise is not None else None, enterprise_text)
    return people_in_firms(jurisdiction_id, [named], now)[0][0]
