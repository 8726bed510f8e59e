"""Visits: who went to whom, on which day, what was heard."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership, Organization, Person
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register

INSTRUCTOR = "instructor"


def covered_by(actor: Actor) -> models.QuerySet[Membership]:
    """Memberships by which the actor covers enterprises as instructor today, by the day of China."""
    day = TruncDate(Now())
    return Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day),
        person_id=actor.person_id or 0,
        role=INSTRUCTOR,
        since__lte=day,
    )


class Purpose(Register):
    """A purpose of visits that one place added to the known ones (`rules.PURPOSES`); not offered once retired."""

    name = models.CharField(max_length=30)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="one_purpose_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class VisitQuerySet(models.QuerySet["Visit"]):
    """Doors to visits."""

    def visible_to(self, actor: Actor) -> VisitQuerySet:
        """Whole jurisdictions; visits to bodies of one's subtree or one covers; those one recorded."""
        whole = whole_jurisdictions(actor, "events.see")
        if set(actor.readable) <= set(
            whole
        ):  # nothing the finer branches could add; keeps the indexes in play
            return self.filter(jurisdiction_id__in=whole)
        query = Q(jurisdiction_id__in=whole)
        paths = subtree_paths(actor, "events.see")
        if paths:
            query |= subtree_q("organization__path", paths)
        if actor.person_id is not None and actor.scopes("events.see"):
            query |= Q(organization_id__in=covered_by(actor).values("organization_id"))
            query |= Q(recorded_by=actor.user_id)
        return self.filter(query)

    def standing(self) -> VisitQuerySet:
        """Not withdrawn: what lists and figures count."""
        return self.filter(withdrawn_at__isnull=True)


class Visit(Owned):
    """One visit to one organization. `visitors` are the names in order; `VisitPerson` links those registered.

    A visit whose enterprise a ledger names in a way nobody recognises keeps the name in `organization_text`.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        db_index=False,  # visit_by_organization begins with it
    )
    organization_text = models.CharField(max_length=120, blank=True)
    visited_on = models.DateField()
    purpose = models.CharField(max_length=30)
    visitors = models.TextField()
    received_by = models.CharField(max_length=60, blank=True)
    content = models.TextField(blank=True)
    heard = models.TextField(blank=True)
    needs_found = models.PositiveSmallIntegerField(default=0)
    remark = models.CharField(max_length=300, blank=True)
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    line_key = models.CharField(max_length=64, blank=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects: ClassVar[models.Manager[Visit]] = VisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("走访")
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "line_key"],
                condition=~Q(line_key=""),
                name="one_visit_per_ledger_line",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(organization_text=""), name="visit_names_whom"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "visited_on", "id"], name="visit_by_day"),
            models.Index(fields=["organization", "visited_on"], name="visit_by_organization"),
            # New rows wait in a list of 16 MB and enter the index together: far cheaper for an import.
            GinIndex(fields=["search"], name="visit_search", fastupdate=True, gin_pending_list_limit=16384),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.whom}"

    @property
    def whom(self) -> str:
        """Name of the visited body, as registered or as the ledger wrote it."""
        return self.organization.name if self.organization is not None else self.organization_text

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("events:visit", kwargs={"key": self.key})


class VisitPerson(Owned):
    """A visitor who is registered. Whom nobody registered stands only in `Visit.visitors`."""

    # one_visitor_per_person and visit_person_by_person begin with them
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["visit", "person"], name="one_visitor_per_person"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="visit_person_by_person")]
