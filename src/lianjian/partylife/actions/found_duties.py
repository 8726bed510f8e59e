"""What is to be done about a member who was found: each finding has its follow-up until he is taken into care (000-16).

No law gives the days for it, so the duty has no due time and shows no red light.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from lianjian.directory.models import Organization
from lianjian.duties.actions import Wanted, close_duties, open_duties, open_duty
from lianjian.duties.models import Duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _, translate

from ..models import FoundMember
from ..rules import FOUND
from .imported import CHUNK, Imported


def _asks(found: FoundMember) -> bool:
    return found.managed_on is None and found.withdrawn_at is None


def _whose(found: FoundMember) -> Organization | None:
    """The branch where he works once one is named, else the firm; the staff of the place where none is registered."""
    branch = found.joint_branch
    if branch is not None and branch.jurisdiction_id == found.jurisdiction_id:
        return branch
    return found.enterprise


def _wanted(found: FoundMember) -> Wanted:
    return Wanted(
        record=found,
        kind=FOUND,
        title=translate(_("%(name)s:联系本人,纳入双联共管")) % {"name": found.person.name},
        url=reverse("partylife:found_member", kwargs={"key": found.key}),
        organization=_whose(found),
        note=found.where,
    )


def follow_found(actor: Actor, found: FoundMember, now: datetime, *, fresh: bool = False) -> None:
    """The one open duty of a finding, with who has it now; none once he is taken up or the finding was a mistake."""
    if not fresh:
        close_duties(actor=actor, record=found, kind=FOUND, now=now)
    if _asks(found):
        one = _wanted(found)
        open_duty(
            actor=actor, record=found, kind=FOUND, title=one.title, url=one.url, organization=one.organization,
            note=one.note, now=now, fresh=fresh,
        )  # fmt: skip


def follow_imported(actor: Actor, result: Imported[FoundMember], now: datetime) -> None:
    """The duties of findings that a list brought or changed; told to the import, so that they go back with it."""
    changed = {number: row for number, (row, _before) in result.changed.items()}
    open_now = Duty.objects.filter(
        subject_kind=FoundMember._meta.label_lower, subject_key__in=[row.key for row in changed.values()],
        kind=FOUND, state=Duty.State.OPEN,
    )  # fmt: skip
    standing = {duty.subject_key: duty for duty in open_now}
    bare = {number: row for number, row in changed.items() if row.key not in standing}
    _open(actor, result, {**result.made, **bare}, now)
    touched: list[Duty] = []
    for number, row in changed.items():
        duty = standing.get(row.key)
        before = _moved(actor, duty, row, now) if duty is not None else {}
        if duty is not None and before:
            touched.append(duty)
            result.beside_changed.setdefault(number, []).append((duty, before))
    Duty.objects.bulk_update(
        touched, ["state", "closed_at", "closed_by", "organization", "note"], batch_size=CHUNK
    )


def _open(actor: Actor, result: Imported[FoundMember], rows: dict[int, FoundMember], now: datetime) -> None:
    asking = {row.key: number for number, row in rows.items() if _asks(row)}
    wanted = [_wanted(rows[number]) for number in asking.values()]
    made: Sequence[int] = open_duties(actor=actor, wanted=wanted, now=now) if wanted else ()
    for duty in Duty.objects.filter(pk__in=made):
        result.beside.setdefault(asking[duty.subject_key], []).append(duty)


def _moved(actor: Actor, duty: Duty, row: FoundMember, now: datetime) -> dict[str, Any]:
    """Bring a standing duty up to the finding; what it said before, nothing where it says the same."""
    one = _wanted(row)
    says: dict[str, Any] = {"organization": one.organization, "note": one.note[:300]}
    if not _asks(row):
        says = {"state": Duty.State.DONE, "closed_at": now, "closed_by": actor.name[:80]}
    before = {name: getattr(duty, name) for name, value in says.items() if getattr(duty, name) != value}
    for name in before:
        setattr(duty, name, says[name])
    return before
