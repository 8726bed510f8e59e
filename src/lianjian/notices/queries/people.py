"""Who may do what with the documents of a body, and where a document is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Now, TruncDate
from django.urls import reverse

from lianjian.accounts.models import User
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


def _faces(rows: QuerySet[User]) -> QuerySet[User]:
    """Accounts with what tells the persons behind them apart; empty where it is not registered."""
    blank = Value("")
    return rows.annotate(
        identity=Coalesce("person__identity_blind", blank), phone=Coalesce("person__phone_blind", blank)
    )


def accounts_of(user_ids: Iterable[int]) -> QuerySet[User]:
    """All accounts of the persons who hold these: of one identity number, or of one name and nothing that tells two
    persons of that name apart (another identity number, another telephone).
    """
    theirs = _faces(User.objects.filter(pk__in=list(user_ids)))
    theirs = theirs.annotate(
        own_identity=ExpressionWrapper(OuterRef("identity"), CharField()),
        own_phone=ExpressionWrapper(OuterRef("phone"), CharField()),
    )
    one_number = Q(own_identity__gt="", own_identity=F("identity"))
    apart = (Q(own_identity__gt="", identity__gt="") & ~Q(own_identity=F("identity"))) | (
        Q(own_phone__gt="", phone__gt="") & ~Q(own_phone=F("phone"))
    )
    same = theirs.filter(Q(pk=OuterRef("pk")) | one_number | (Q(name=OuterRef("name")) & ~apart))
    return _faces(User.objects.all()).filter(Exists(same)).order_by()


def reviewers_of(document: Document) -> list[int]:
    """Accounts that may make the review that is due: not of persons who wrote in the document or reviewed it before."""
    done = document.reviews.filter(version=document.version, round=document.round)
    known = [*document.writers, *done.values_list("reviewer_id", flat=True)]
    spent = set(accounts_of(known).values_list("pk", flat=True)) if known else set()
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
