"""Details that one kind of organization has, and the yearly sizes of an enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import EnterpriseProfile, EnterpriseYear, Organization, PartyProfile, VillageProfile

PROFILES: dict[str, tuple[type[Any], str]] = {
    "enterprise": (EnterpriseProfile, "enterprise"),
    "social": (EnterpriseProfile, "enterprise"),
    "cooperative": (EnterpriseProfile, "enterprise"),
    "village": (VillageProfile, "village"),
    "party": (PartyProfile, "party"),
}
SIZES = ("staff", "above_scale", "party_members")
# Told what changed in the details of a body, within the verb that changed it; filled in `config/wiring.py`.
Follower = Callable[[Actor, Organization, Mapping[str, tuple[Any, Any]], datetime], None]
followers: list[Follower] = []


def note_members(organization: Organization, facts: Mapping[str, Any], year: int) -> None:
    """Keep a number of members among the details of an enterprise as that of the year in which it was told."""
    if facts.get("party_members") is None or "enterprise" not in PROFILES[organization.classification][1]:
        return
    EnterpriseYear.objects.update_or_create(
        organization=organization,
        year=year,
        defaults={"party_members": facts["party_members"]},
        create_defaults={
            "jurisdiction_id": organization.jurisdiction_id,
            "party_members": facts["party_members"],
        },
    )


@verb
def set_profile(*, actor: Actor, organization: Organization, now: datetime, **changes: Any) -> None:
    """Change details that only this kind of organization has. A number of members is that of the present year."""
    require(actor, "directory.write", organization)
    model, _attribute = PROFILES[organization.classification]
    profile, _new = model.objects.get_or_create(
        organization=organization, defaults={"jurisdiction_id": organization.jurisdiction_id}
    )
    before = {field: getattr(profile, field) for field in changes}
    for field, value in changes.items():
        setattr(profile, field, value)
    changed = diff(before, profile)
    if changed:
        profile.save(update_fields=list(changed))
        note_members(organization, changes, local_day(now).year)
        for follower in followers:
            follower(actor, organization, changed, now)
        record(actor=actor, verb="directory.set_profile", subject=organization, now=now, changes=changed)


@verb
def set_enterprise_year(
    *,
    actor: Actor,
    organization: Organization,
    year: int,
    now: datetime,
    staff: int | None = None,
    staff_text: str = "",
    above_scale: bool | None = None,
    party_members: int | None = None,
) -> None:
    """State the size of an enterprise in one year; the profile shows the latest year. None leaves what is known."""
    require(actor, "directory.write", organization)
    row, created = EnterpriseYear.objects.get_or_create(
        organization=organization, year=year, defaults={"jurisdiction_id": organization.jurisdiction_id}
    )
    given = {"staff": staff, "above_scale": above_scale, "party_members": party_members}
    given = {name: value for name, value in given.items() if value is not None}
    before = {name: "" if created else getattr(row, name) for name in given}
    for name, value in given.items():
        setattr(row, name, value)
    if staff is not None:
        row.staff_text = staff_text
    row.save(update_fields=[*SIZES, "staff_text"])
    show_latest(organization)
    record(
        actor=actor,
        verb="directory.set_enterprise_year",
        subject=organization,
        now=now,
        changes=diff(before, row),
        note=str(year),
    )


def show_latest(organization: Organization) -> None:
    """Let the profile show, for each size, the latest year in which it was stated."""
    rows = list(EnterpriseYear.objects.filter(organization=organization).order_by("-year"))
    shown: dict[str, Any] = {}
    for name in SIZES:
        told = next((row for row in rows if getattr(row, name) is not None), None)
        if told is not None:
            shown[name] = getattr(told, name)
            if name == "staff":
                shown["staff_text"] = told.staff_text
    if shown:
        stated = [row.year for row in rows if any(getattr(row, name) is not None for name in SIZES)]
        EnterpriseProfile.objects.filter(organization=organization).update(**shown, size_year=max(stated))
