"""Items of the four lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce, Now, TruncDate

from lianjian.alliances.models import Alliance, AllianceMember
from lianjian.directory.models import Organization
from lianjian.events.models import Venue, Visit
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Jurisdiction, Register

from .. import rules


def own_bodies(actor: Actor, field: str, right: str = "lists.see") -> Q:
    """Rows whose organization (`field`) is one for which the actor stands."""
    query = Q(**{f"{field}__jurisdiction_id__in": whole_jurisdictions(actor, right)})
    paths = subtree_paths(actor, right)
    return query | subtree_q(f"{field}__path", paths) if paths else query


def counties(actor: Actor) -> models.QuerySet[Any]:
    """Ids of the places of the actor's county, as a part of a query."""
    town = Case(When(level=Jurisdiction.Level.TOWN, then=F("parent_id")))
    top = models.Subquery(
        Jurisdiction.objects.filter(pk=actor.jurisdiction_id).values(top=Coalesce(town, F("pk")))
    )
    inside = Q(pk=top) | Q(parent_id=top, level=Jurisdiction.Level.TOWN) | Q(pk=actor.jurisdiction_id)
    return Jurisdiction.objects.filter(inside).values("pk")


def alliances_of(actor: Actor, day: date | None = None) -> models.QuerySet[Any]:
    """Ids of the alliances in which a body of the actor's has a seat today: who left sees no more."""
    rows = AllianceMember.objects.on(TruncDate(Now()) if day is None else day)
    return rows.filter(own_bodies(actor, "organization")).values("alliance_id")


class ItemQuerySet(models.QuerySet["Item"]):
    """Doors to items."""

    def visible_to(self, actor: Actor) -> ItemQuerySet:
        """All of whole places and of one's own bodies; of others what is published to where the actor stands, and
        what one's own bodies agreed about or were asked about, also when it is over.
        """
        if not actor.scopes("lists.see"):
            return self.none()
        home = actor.jurisdiction_id
        # An owner that left the alliance publishes nothing to it any more.
        seats = AllianceMember.objects.on(TruncDate(Now()))
        seat = seats.filter(alliance_id=OuterRef("alliance_id"), organization_id=OuterRef("organization_id"))
        published = Q(state=rules.OPEN) & (
            Q(visibility="public")
            | Q(visibility="county", jurisdiction_id__in=counties(actor))
            | Q(visibility="town", jurisdiction_id=home)
            | Q(Exists(seat), visibility="alliance", alliance_id__in=alliances_of(actor))
        )
        claims = self.model._meta.get_field("claims").related_model._default_manager
        mine = claims.filter(own_bodies(actor, "organization")).values("item_id")
        return self.filter(own_bodies(actor, "organization") | published | Q(pk__in=mine))

    def offered(self, day: date) -> ItemQuerySet:
        """Open, not over their day, of a body that stands: what may be claimed."""
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day),
            Q(organization__dissolved_on__isnull=True) | Q(organization__dissolved_on__gt=day),
            state=rules.OPEN,
            organization__merged_into__isnull=True,
        )


class Item(Register):
    """A line of one of the four lists: what a body needs, offers, plans or invites to.

    `capacity` is how much of it there is, in `unit` (none: without limit); `taken` how much of it is promised, which
    only the database writes and never lets grow beyond it. `reusable`: what was used comes back (storage, people).
    `by_day`: used by one at a time (a hall), claimed for days. `venue`: the one of the register that it is; what is
    agreed is then a booking of the venue (decision 0020). It is there from `since` to `until`, and offered up to
    `expires_on`.
    """

    kind = models.CharField(max_length=10, choices=list(rules.KINDS.items()))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="list_items", db_index=False)
    category = models.CharField(max_length=30)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    capacity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    taken = models.DecimalField(max_digits=20, decimal_places=2, default=Decimal(0), editable=False)
    reusable = models.BooleanField(default=False)
    by_day = models.BooleanField(default=False)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="list_items")
    visibility = models.CharField(max_length=10, choices=list(rules.VISIBILITY.items()), default="county")
    alliance = models.ForeignKey(Alliance, models.PROTECT, null=True, blank=True, related_name="items")
    expires_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=list(rules.SOURCES.items()), default="own")
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="list_items")
    state = models.CharField(max_length=10, choices=list(rules.STATES.items()), default=rules.OPEN)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects = cast("ItemQuerySet", ItemQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="item_not_promised_twice",
            ),
            models.CheckConstraint(condition=Q(taken__gte=0), name="item_taken_from_zero"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="item_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(visibility="alliance") | Q(alliance__isnull=False),
                name="item_seen_in_an_alliance",
            ),
            models.CheckConstraint(
                condition=Q(state=rules.OPEN, ended_at__isnull=True)
                | ~Q(state=rules.OPEN) & Q(ended_at__isnull=False),
                name="item_ended_at_a_time",
            ),
            models.CheckConstraint(condition=Q(venue__isnull=True) | Q(by_day=True), name="item_of_a_venue_by_day"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "kind", "state", "-id"], name="item_by_kind"),
            models.Index(
                fields=["kind", "state", "-id"], name="item_open_by_kind", condition=Q(state=rules.OPEN)
            ),
            models.Index(fields=["organization", "-id"], name="item_by_organization"),
            GinIndex(fields=["search"], name="item_search", fastupdate=True, gin_pending_list_limit=1024),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> Decimal | None:
        """How much is not promised; none where there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("lists:item", kwargs={"key": self.key})
