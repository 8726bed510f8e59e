"""Which accounts a case concerns."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from lianjian.directory.models import Grant, Membership, Organization
from lianjian.directory.models.organizations import PATH_STEP
from lianjian.events.models import INSTRUCTOR
from lianjian.foundation import prepared

from ..models import Case, Follower


def _holding(role: str) -> Q:
    return Q(role=role, since__lte=TruncDate(Now())) & (Q(until__isnull=True) | Q(until__gt=TruncDate(Now())))


def _above(path: str) -> list[str]:
    """The path itself and those of the bodies above it."""
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


def contacts_of(organization: Organization) -> list[int]:
    """Accounts that speak for a firm."""
    rows = prepared.recall(
        ("cases.contacts", organization.pk),
        lambda: Grant.objects.filter(
            _holding("contact"), organization=organization, user__is_active=True
        ).values_list("user_id"),
    )
    return [user for (user,) in rows]


def followers_of(case: Case) -> list[int]:
    """Accounts outside the offices that follow a case."""
    rows = Follower.objects.filter(case=case, user_id__isnull=False, left_at__isnull=True)
    return [user for user in rows.values_list("user_id", flat=True) if user is not None]


def handlers_of(organization: Organization | None) -> list[int]:
    """Accounts that handle cases at a unit."""
    if organization is None:
        return []
    rows = prepared.recall(
        ("cases.handlers_of", organization.path),
        lambda: Grant.objects.filter(
            _holding("handler"), organization__path__in=_above(organization.path), user__is_active=True
        ).values_list("user_id"),
    )
    return [user for (user,) in rows]


def clerks_of(jurisdiction_id: int) -> list[int]:
    """Accounts of the office of a place."""
    rows = prepared.recall(
        ("cases.clerks", jurisdiction_id),
        lambda: Grant.objects.filter(
            _holding("clerk"),
            organization__jurisdiction_id=jurisdiction_id,
            organization__is_root=True,
            user__is_active=True,
        ).values_list("user_id"),
    )
    return [user for (user,) in rows]


def judges_of(jurisdiction_id: int) -> list[int]:
    """Accounts that rule on refused cases of a place: those named for it, else its leaders."""
    rows = prepared.recall(
        ("cases.judges", jurisdiction_id),
        lambda: Grant.objects.filter(
            _holding("adjudicator") | _holding("leader"),
            organization__jurisdiction_id=jurisdiction_id,
            organization__is_root=True,
            user__is_active=True,
        ).values_list("user_id", "role"),
    )
    named = [user for user, role in rows if role == "adjudicator"]
    return named or [user for user, _role in rows]


def heads_of(jurisdiction_id: int) -> list[int]:
    """Accounts of those who lead a place."""
    rows = prepared.recall(
        ("cases.heads", jurisdiction_id),
        lambda: Grant.objects.filter(
            _holding("leader"),
            organization__jurisdiction_id=jurisdiction_id,
            organization__is_root=True,
            user__is_active=True,
        ).values_list("user_id"),
    )
    return [user for (user,) in rows]


def instructors_of(organization: Organization | None) -> list[int]:
    """Accounts of those who cover a firm."""
    if organization is None:
        return []
    rows = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=TruncDate(Now())),
        organization=organization,
        role=INSTRUCTOR,
        since__lte=TruncDate(Now()),
        person__user__isnull=False,
    )
    return list(rows.values_list("person__user_id", flat=True))
