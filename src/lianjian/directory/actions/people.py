"""Persons and their memberships."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import Denied, holds_in, require_in
from lianjian.foundation.secretfield import blind
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Membership, Organization, Person, Post
from .links import EndsTooEarly


class AlreadyHolds(Refused):
    """The person holds the same role there on these days."""

    sentence = _("此人在该组织这一时段已有同样的任职。")
    status = 409


class SamePerson(Refused):
    """The identity number belongs to a person of this jurisdiction already."""

    sentence = _("这个身份证号已登记,请在人员名册里查找后修改。")
    status = 409
    field = "identity_number"


class ReasonMissing(Refused):
    """Whoever looks at a masked value says why."""

    sentence = _("请写明查看的理由,理由会记入日志。")
    field = "reason"


@verb(constraints={"one_person_per_identity_number": SamePerson})
def register_person(
    *,
    actor: Actor,
    name: str,
    now: datetime,
    jurisdiction_id: int | None = None,
    phone: str = "",
    identity_number: str = "",
    **fields: Any,
) -> Person:
    """Register a person in a jurisdiction (default: the actor's). Journal values hold no phone or identity number."""
    owner = jurisdiction_id or actor.jurisdiction_id
    require_in(actor, "people.write", owner)
    person = Person.objects.create(
        jurisdiction_id=owner,
        name=name.strip(),
        phone=phone,
        phone_blind=blind(phone),
        identity_number=identity_number,
        identity_blind=blind(identity_number),
        changed_at=now,
        **fields,
    )
    record(
        actor=actor,
        verb="directory.register_person",
        subject=person,
        now=now,
        changes={"name": ("", person.name)},
    )
    return person


@verb(constraints={"one_person_per_identity_number": SamePerson})
def change_person(*, actor: Actor, person: Person, now: datetime, **changes: Any) -> Person:
    """Change a person's facts. Of phone and identity number the journal keeps only that they changed."""
    require_in(actor, "people.write", person.jurisdiction_id)
    before = {field: getattr(person, field) for field in changes}
    for field, value in changes.items():
        setattr(person, field, value)
    changed = diff(before, person)
    if not changed:
        return person
    fields = [*changed, "changed_at"]
    person.changed_at = now
    for field, index in (("phone", "phone_blind"), ("identity_number", "identity_blind")):
        if field in changed:
            setattr(person, index, blind(getattr(person, field)))
            fields.append(index)
            changed[field] = ("***", "***")
    person.save(update_fields=fields)
    record(actor=actor, verb="directory.change_person", subject=person, now=now, changes=changed)
    return person


@verb(constraints={"one_membership_of_a_role_at_a_time": AlreadyHolds})
def add_membership(
    *,
    actor: Actor,
    person: Person,
    organization: Organization,
    role: str,
    since: date,
    now: datetime,
    until: date | None = None,
    post: Post | None = None,
    details: dict[str, Any] | None = None,
) -> Membership:
    """Give a person a role in an organization from `since`; owned by the person's jurisdiction."""
    require_in(actor, "people.write", person.jurisdiction_id)
    if until is not None and until <= since:
        raise EndsTooEarly(since=since)
    membership = Membership.objects.create(
        jurisdiction_id=person.jurisdiction_id,
        person=person,
        organization=organization,
        role=role,
        post=post,
        since=since,
        until=until,
        details=details or {},
    )
    record(
        actor=actor,
        verb="directory.add_membership",
        subject=person,
        now=now,
        changes={role: ("", f"{organization.name} {since}")},
    )
    return membership


@verb
def end_membership(*, actor: Actor, membership: Membership, until: date, now: datetime) -> None:
    """End a role: `until` is the first day on which it no longer holds."""
    require_in(actor, "people.write", membership.jurisdiction_id)
    if until <= membership.since:
        raise EndsTooEarly(since=membership.since)
    membership.until = until
    membership.save(update_fields=["until"])
    record(
        actor=actor,
        verb="directory.end_membership",
        subject=membership.person,
        now=now,
        changes={membership.role: (str(membership.since), f"-{until}")},
    )


SECRETS = ("phone", "identity_number")


@verb
def unmask(*, actor: Actor, person: Person, field: str, reason: str, now: datetime) -> str:
    """The full phone or identity number of a person, for a reason that goes into the journal."""
    if not holds_in(actor, "people.unmask", person.jurisdiction_id):
        raise Denied
    if field not in SECRETS:
        raise TypeError(f"not masked: {field}")
    if len(reason.strip()) < 2:
        raise ReasonMissing
    record(
        actor=actor,
        verb="directory.unmask",
        subject=person,
        now=now,
        changes={field: ("***", "***"), "reason": ("", reason.strip())},
        jurisdiction_id=actor.jurisdiction_id,
    )
    return str(getattr(person, field))
