"""Where an organization stands in the tree, and its end."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Substr

from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Link, Organization
from ..models.organizations import PATH_STEP, path_step
from .organizations import LINK_CONSTRAINTS, InsideItself, living
from .standing import NotYet, had_no_units, hold_tree, never_below, open_since

# Told which places' bodies hang elsewhere now, in the transaction that moved them; filled in `config/wiring.py`.
followers: list[Callable[[Collection[int]], None]] = []

# Called with (actor, organization, now) when a body was dissolved; a higher app ends what it wanted of it. Likewise.
ended: list[Callable[[Actor, Organization, datetime], None]] = []


class RootStays(Refused):
    """The root organization of a jurisdiction carries its grants."""

    sentence = _("“%(name)s”是本地区的根组织,不能移动、撤销或并入别的组织。")
    status = 409


class HasUnits(Refused):
    """Nothing may hang below an organization that has ended."""

    sentence = _("还有%(count)s个下级组织,请先把它们移到别处或撤销。")
    status = 409


class OthersBelow(Refused):
    """Rows of another jurisdiction would have to move too, and only that one writes them."""

    sentence = _("下级里有%(count)s个由其他地区登记的组织,请先与该地区商量。")
    status = 409


def put_below(organization: Organization, parent: Organization) -> None:
    """Set today's projection: parent, path and depth of the organization and of all below it. Needs `hold_tree`."""
    old_path, new_path = organization.path, parent.path + path_step(organization.id)
    low, high = path_range(old_path)
    below = Organization.objects.filter(path__gte=low, path__lt=high)
    # First wait for who registers below one of them; then a new look finds what they registered.
    list(below.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    expected = below.count()
    changed = below.update(
        path=Concat(Value(new_path), Substr(F("path"), len(old_path) + 1)),
        depth=(Length("path") - len(old_path) + len(new_path)) / PATH_STEP - 1,
    )
    if changed != expected:
        raise OthersBelow(count=expected - changed)
    Organization.objects.filter(pk=organization.pk).update(parent=parent)
    organization.refresh_from_db(fields=["path", "depth", "parent"])
    for follower in followers:
        follower([organization.jurisdiction_id])


@verb(constraints=LINK_CONSTRAINTS)
def move_organization(
    *, actor: Actor, organization: Organization, parent: Organization, since: date, now: datetime
) -> Organization:
    """Put an organization, with all below it, under another parent from `since` on. Days before keep the old tree.

    A day in the past rewrites what followed it, as far as the new parent stood there itself on all these days. Raises
    `NotYet`, `NotThereYet`, `InsideItself`, `InsideItselfThen`, `RootStays`, `AlreadyEnded`, `OthersBelow`, `Denied`.
    """
    require(actor, "directory.write", organization)
    require(actor, "directory.write", parent)
    hold_tree(organization, parent)
    living(organization)
    living(parent)
    if organization.is_root:
        raise RootStays(name=organization.name)
    if parent.path.startswith(organization.path):
        raise InsideItself
    open_since(parent, since, now)
    never_below(parent, organization, since)
    old = organization.parent
    links = Link.objects.filter(kind=Link.ADMINISTRATION, target=organization)
    links.filter(since__gte=since).delete()
    links.filter(Q(until__isnull=True) | Q(until__gt=since)).update(until=since)
    Link.objects.create(
        jurisdiction_id=organization.jurisdiction_id,
        kind=Link.ADMINISTRATION,
        source=parent,
        target=organization,
        since=since,
    )
    put_below(organization, parent)
    organization.changed_at = now
    organization.save(update_fields=["changed_at"])
    record(
        actor=actor,
        verb="directory.move_organization",
        subject=organization,
        now=now,
        changes={"parent": (old.name if old else "", parent.name), "since": ("", since)},
    )
    return organization


@verb
def dissolve_organization(*, actor: Actor, organization: Organization, on: date, now: datetime) -> None:
    """End an organization: it stays in every day before `on` and leaves today's lists.

    Raises `NotYet`, `RootStays`, `HasUnits`, `HadUnits`, `AlreadyEnded`, `Denied`.
    """
    require(actor, "directory.write", organization)
    hold_tree(organization)
    living(organization)
    if organization.is_root:
        raise RootStays(name=organization.name)
    if on > local_day(now):
        raise NotYet(field="on")
    units = Organization.objects.current().filter(parent=organization).count()  # type: ignore[attr-defined]
    if units:
        raise HasUnits(count=units)
    had_no_units(organization, on)
    organization.dissolved_on = on
    organization.changed_at = now
    organization.save(update_fields=["dissolved_on", "changed_at"])
    links = Link.objects.filter(Q(target=organization) | Q(source=organization))
    links.filter(since__gte=on).delete()
    links.filter(Q(until__isnull=True) | Q(until__gt=on)).update(until=on)
    for listener in ended:
        listener(actor, organization, now)
    record(
        actor=actor,
        verb="directory.dissolve_organization",
        subject=organization,
        now=now,
        changes={"dissolved_on": ("", on)},
    )
