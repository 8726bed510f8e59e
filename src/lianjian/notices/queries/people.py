"""Who may do what with the documents of a body, and where a document is."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.urls import reverse

from lianjian.directory.models import Grant, Organization
from lianjian.directory.models.organizations import PATH_STEP
from lianjian.directory.roles import ROLES, rights_of

from ..models import Document
from ..rules import RIGHT_OF


def document_url(key: object) -> str:
    """The address of a document."""
    return reverse("documents:document", kwargs={"key": key})


def lines(path: str) -> list[str]:
    """The path itself and those of the bodies above it."""
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


def holders(right: str, organization: Organization) -> list[int]:
    """Accounts that may act with this right for a body, which are those of its own place."""
    roles = [code for code in ROLES if right in rights_of(code)]
    rows = Grant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=TruncDate(Now())),
        role__in=roles,
        since__lte=TruncDate(Now()),
        user__is_active=True,
        jurisdiction_id=organization.jurisdiction_id,
        organization__path__in=lines(organization.path),
    )
    return sorted(set(rows.values_list("user_id", flat=True)))


def reviewers_of(document: Document) -> list[int]:
    """Accounts that may make the review that is due: not those that wrote in the document or reviewed it before."""
    done = document.reviews.filter(version=document.version, round=document.round)
    spent = {*document.writers, *done.values_list("reviewer_id", flat=True)}
    return [user for user in holders(RIGHT_OF[document.state], document.issuer) if user not in spent]


def speakers(organization: Organization) -> list[int]:
    """Accounts of a body itself: of a firm, a village, a department."""
    rows = Grant.objects.filter(
        Q(until__isnull=True) | Q(until__gt=TruncDate(Now())),
        since__lte=TruncDate(Now()),
        user__is_active=True,
        organization=organization,
    )
    return sorted(set(rows.values_list("user_id", flat=True)))
