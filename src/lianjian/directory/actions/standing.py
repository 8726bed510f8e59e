"""What keeps every day of the tree whole: who hangs in it since when, and who hung below whom.

The dated `administration` links are the truth. On every day, from the first day of an organization to its end, it
hangs below exactly one other that hangs in the tree on that day too, and never below itself. A root organization
carries its jurisdiction and stands on every day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.db.models import Max, Q

from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _

from ..models import Link, Organization


class NotYet(Refused):
    """The tree shows today, so a change of it cannot lie ahead."""

    sentence = _("日期不能晚于今天,到那一天再办理。")
    field = "since"


class NotThereYet(Refused):
    """On the day named, the organization above hung nowhere itself."""

    sentence = _("上级“%(name)s”从%(day)s起才在组织架构里,日期不能早于这一天。")
    field = "since"


class InsideItselfThen(Refused):
    """On a day between, the organization above hung below the one that moves."""

    sentence = _("“%(name)s”在%(day)s以前曾是它的下级,日期不能早于这一天。")
    field = "since"


class HadUnits(Refused):
    """On a day between, something still hung below the organization that ends."""

    sentence = _("%(day)s以前还有下级组织,撤销日期不能早于这一天;确要更早的,请先把下级移走的日期改早。")
    field = "on"
    status = 409


# What says where an organization stands, and whether it still does.
_PLACE = ("path", "depth", "parent", "merged_into", "dissolved_on", "changed_at")


def hold_tree(*organizations: Organization) -> None:
    """Until this transaction ends nobody else moves, ends or merges; and where these stand is read again.

    Two moves that do not touch one row can still make a circle together, so they go one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('directory.tree'))")
    rows = Organization.objects.filter(pk__in=[organization.pk for organization in organizations])
    # Waits for who registers below one of them.
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    for organization in organizations:
        organization.refresh_from_db(fields=_PLACE)


def hold_place(parent: Organization) -> None:
    """Keep `parent` where it stands now until this transaction ends; others may register below it meanwhile.

    One of another jurisdiction cannot be held: its row is written there alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT path, depth, merged_into_id, dissolved_on FROM directory_organization WHERE id = %s FOR SHARE",
            [parent.pk],
        )
        row = cursor.fetchone()
    if row is not None:
        parent.path, parent.depth, parent.merged_into_id, parent.dissolved_on = row


def first_days(ids: Iterable[int]) -> dict[int, date]:
    """First day from which each organization has hung in the tree without a break until today; roots are left out."""
    days: dict[int, date] = {}
    rows = Link.objects.filter(
        kind=Link.ADMINISTRATION, target__in=list(ids), target__is_root=False
    ).order_by("target_id", "-since")
    for target, since, until in rows.values_list("target_id", "since", "until"):
        if until is None or days.get(target) == until:
            days[target] = since
    return days


def open_since(parent: Organization, since: date, now: datetime) -> None:
    """Raise `NotYet` or `NotThereYet` unless something may hang below `parent` on every day from `since` to today."""
    if since > local_day(now):
        raise NotYet
    first = first_days([parent.pk]).get(parent.pk)
    if first is not None and since < first:
        raise NotThereYet(name=parent.name, day=first)


# Upwards from one organization, each step with the days on which the whole way holds; stops where it meets the other.
_ABOVE = """
WITH RECURSIVE above(id, since, until) AS (
    SELECT %(start)s::bigint, %(since)s::date, 'infinity'::date
    UNION
    SELECT l.source_id, greatest(a.since, l.since), least(a.until, coalesce(l.until, 'infinity'::date))
      FROM above a JOIN directory_link l ON l.target_id = a.id
     WHERE l.kind = 'administration' AND a.id <> %(stop)s
       AND l.since < a.until AND coalesce(l.until, 'infinity'::date) > a.since
)
SELECT max(until) IS NOT NULL, nullif(max(until), 'infinity'::date) FROM above WHERE id = %(stop)s
"""


def below_until(lower: Organization, upper: Organization, since: date) -> tuple[bool, date | None]:
    """Whether `lower` hangs, at whatever depth, below `upper` on a day from `since` on; and the first day after.

    The day is None when it still does.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"start": lower.pk, "stop": upper.pk, "since": since})
        found, until = cursor.fetchone()
    return bool(found), until


def never_below(parent: Organization, organization: Organization, since: date) -> None:
    """Raise `InsideItselfThen` if `parent` hung below `organization` on a day from `since` on."""
    found, until = below_until(parent, organization, since)
    if found and until is not None:
        raise InsideItselfThen(name=parent.name, day=until)


def had_no_units(organization: Organization, on: date) -> None:
    """Raise `HadUnits` if something hung below the organization on `on` or on a later day."""
    units = Link.objects.filter(Q(until__isnull=True) | Q(until__gt=on), kind=Link.ADMINISTRATION)
    last = units.filter(source=organization).aggregate(last=Max("until"))["last"]
    if last is not None:
        raise HadUnits(day=last)
