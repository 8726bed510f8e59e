"""Persons, posts and dated memberships. A person is owned by the jurisdiction of the home branch."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.secretfield import SecretField
from lianjian.jurisdictions.models import Owned, Register

from .organizations import DateRange, Organization


class PersonQuerySet(models.QuerySet["Person"]):
    """Doors to persons."""

    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """People of jurisdictions where `people.see` holds, members of bodies in one's subtree, and oneself."""
        query = Q(jurisdiction_id__in=whole_jurisdictions(actor, "people.see")) | Q(pk=actor.person_id or 0)
        paths = subtree_paths(actor, "people.see")
        if paths:
            inside = Membership.objects.filter(subtree_q("organization__path", paths))
            query |= Q(pk__in=inside.values("person_id"))
        return self.filter(query)


class Person(Owned):
    """A human being, with the least the work needs. Phone and identity number are encrypted."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("女")
        MALE = "male", _("男")

    name = models.CharField(max_length=40)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    phone = SecretField(blank=True)
    phone_blind = models.CharField(max_length=32, blank=True, editable=False)
    identity_number = SecretField(blank=True)
    identity_blind = models.CharField(max_length=32, blank=True, editable=False)
    name_published = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Person]] = PersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "identity_blind"],
                condition=~Q(identity_blind=""),
                name="one_person_per_identity_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "name"], name="person_by_name"),
            models.Index(fields=["jurisdiction", "phone_blind"], name="person_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(Register):
    """A position that exists whoever holds it (Popolo `Post`): secretary of a branch, head of a department.

    `role` is what its holders are counted as; set up until the day before `until`.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="posts")
    title = models.CharField(max_length=60)
    role = models.CharField(max_length=30, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "title"], name="one_post_per_title"),
        ]

    def __str__(self) -> str:
        return self.title


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Doors to memberships."""

    def on(self, day: object) -> MembershipQuerySet:
        """Memberships that hold on `day`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def visible_to(self, actor: Actor) -> MembershipQuerySet:
        """Those of visible people, and those in bodies of one's own subtree."""
        return self.filter(
            Q(jurisdiction_id__in=whole_jurisdictions(actor, "people.see"))
            | Q(person_id=actor.person_id or 0)
            | subtree_q("organization__path", subtree_paths(actor, "people.see"))
        )


class Membership(Owned):
    """A person in an organization, in a role, from `since` to the day before `until`.

    Roles used so far: secretary, member, contact, legal_representative, instructor (covers an enterprise),
    station_staff, dispatched (cadre sent to a station; `details.resident`, `details.origin`), head, staff, posted
    (cadre posted to a village by the body `sent_by`; `details.task`).
    """

    POSTED = "posted"

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="sent")
    details = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager[Membership]] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="membership_ends_later"
            ),
            ExclusionConstraint(
                name="one_membership_of_a_role_at_a_time",
                expressions=[
                    (Func(F("person_id"), F("person_id"), models.Value("[]"), function="int8range"), "&&"),
                    (
                        Func(
                            F("organization_id"),
                            F("organization_id"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (Func(F("role"), function="link_kind_range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_village_posting_at_a_time",
                expressions=[
                    (Func(F("person_id"), F("person_id"), models.Value("[]"), function="int8range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role="posted"),
            ),
            models.CheckConstraint(
                condition=~Q(role="posted") | Q(sent_by__isnull=False), name="posting_has_a_sender"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organization", "role", "since"], name="membership_by_organization"),
            models.Index(fields=["person", "role"], name="membership_by_person"),
        ]
