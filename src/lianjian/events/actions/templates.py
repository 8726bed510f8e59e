"""Templates of activities in parts: made, changed, retired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Template, TemplateHost
from ..queries.words import check_words
from ..rules import activities as rules
from ..rules import meetings
from .checking import check_bodies

FIELDS = ("name", "kind", "parts", "agenda", "rhythm", "venue", "place", "minutes")


def _checked(template: Template, held: Sequence[str] = ()) -> None:
    """Raises `PartsMissing`, `TooManyParts`, `UnknownWord`."""
    template.name, template.place = template.name.strip(), template.place.strip()
    template.agenda = template.agenda.strip()
    template.parts = rules.check_parts(template.parts)
    if not template.parts:
        raise rules.PartsMissing
    check_words(template.jurisdiction_id, held, kind=[template.kind])


def _hosts(template: Template, hosts: Sequence[Organization]) -> tuple[str, str]:
    """Put the hosts right; returns their names before and after. Raises `AlreadyInvited`, `BodyOver`."""
    check_bodies([(body, meetings.HOST) for body in hosts], template.kind)
    rows = template.hosts.select_related("organization").order_by("pk")
    before = "、".join(row.organization.name for row in rows)
    rows.exclude(organization__in=[body.pk for body in hosts]).delete()
    known = set(rows.values_list("organization_id", flat=True))
    TemplateHost.objects.bulk_create(
        TemplateHost(jurisdiction_id=template.jurisdiction_id, template=template, organization=body)
        for body in hosts
        if body.pk not in known
    )
    return before, "、".join(body.name for body in hosts)


@verb(constraints={"one_activity_template_per_name": rules.TemplateExists})
def add_template(
    *,
    actor: Actor,
    organization: Organization,
    now: datetime,
    hosts: Sequence[Organization] = (),
    **facts: Any,
) -> Template:
    """How an activity usually goes, in parts.

    Raises `PartsMissing`, `TooManyParts`, `TemplateExists`, `UnknownWord`, `AlreadyInvited`, `BodyOver`, `Denied`.
    """
    require(actor, "meetings.write", organization)
    if unknown := set(facts) - set(FIELDS):
        raise TypeError(f"no such facts: {sorted(unknown)}")
    made = Template(jurisdiction_id=organization.jurisdiction_id, organization=organization, **facts)
    _checked(made)
    made.save(force_insert=True)
    _before, names = _hosts(made, hosts)
    changes = {"name": ("", made.name), "parts": ("", "、".join(made.parts)), "hosts": ("", names)}
    record(actor=actor, verb="events.add_template", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_activity_template_per_name": rules.TemplateExists})
def change_template(
    *, actor: Actor, template: Template, now: datetime, hosts: Sequence[Organization], **facts: Any
) -> Template:
    """Other parts or words; what was planned from it before stays. Raises what `add_template` raises."""
    require(actor, "meetings.write", template.organization)
    if template.retired_on is not None:
        raise rules.TemplateRetired
    before = {name: getattr(template, name) for name in FIELDS}
    for name in facts.keys() & set(FIELDS):
        setattr(template, name, facts[name])
    _checked(template, [before["kind"]])
    changed = diff(before, template)
    if changed:
        template.save(update_fields=list(changed))
    names = _hosts(template, hosts)
    if names[0] != names[1]:
        changed["hosts"] = names
    if changed:
        record(actor=actor, verb="events.change_template", subject=template, now=now, changes=changed)
    return template


@verb(constraints={"one_activity_template_per_name": rules.TemplateExists})
def retire_template(*, actor: Actor, template: Template, now: datetime, again: bool = False) -> None:
    """Offer it no longer, or `again`. Raises `TemplateExists`, `Denied`."""
    require(actor, "meetings.write", template.organization)
    before, after = template.retired_on, None if again else local_day(now)
    if (before is None) == (after is None):
        return
    template.retired_on = after
    template.save(update_fields=["retired_on"])
    changes = {"retired_on": (before, after)}
    record(actor=actor, verb="events.retire_template", subject=template, now=now, changes=changes)
