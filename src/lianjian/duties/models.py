"""Duties: one thing to be done by somebody, by when, and the evaluation behind it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.withheld import without_withheld
from lianjian.jurisdictions.models import Owned

from . import kinds


def _bodies(paths: tuple[str, ...]) -> Q:
    """Given to a body inside one of the subtrees."""
    if not paths:
        return Q(pk__in=())
    return Q(organization__in=Organization.objects.filter(subtree_q("path", paths)).values("pk"))


def mine(actor: Actor) -> Q:
    """Assigned to the actor, or to a body the actor acts for and of a kind the actor may do.

    A grant on a department covers what lies under it; a grant on the root of a place covers the root itself
    and what was assigned to nobody, not the duties of every body of the place.
    """
    query = Q(pk__in=())
    if actor.user_id is not None:
        query |= Q(user_id=actor.user_id)
    if actor.person_id is not None:
        query |= Q(person_id=actor.person_id)
    whole = [scope for scope in actor.scopes("duties.own") if scope.whole]
    body = _bodies(subtree_paths(actor, "duties.own"))
    if whole:
        roots = [scope.organization_id for scope in whole]
        places = Organization.objects.filter(pk__in=roots).values("jurisdiction_id")
        body |= Q(organization_id__in=roots)
        body |= Q(organization__isnull=True, jurisdiction_id__in=places)
    return query | (body & Q(person__isnull=True, user__isnull=True) & ~Q(kind__in=kinds.barred(actor)))


class DutyQuerySet(models.QuerySet["Duty"]):
    """Doors to duties."""

    def mine(self, actor: Actor) -> DutyQuerySet:
        """What the actor should do."""
        return without_withheld(self.filter(mine(actor)), actor)

    def visible_to(self, actor: Actor) -> DutyQuerySet:
        """One's own duties, and with `duties.all` those of one's scope."""
        rows = self.filter(
            mine(actor)
            | Q(jurisdiction_id__in=whole_jurisdictions(actor, "duties.all"))
            | _bodies(subtree_paths(actor, "duties.all"))
        )
        return without_withheld(rows, actor)


class Duty(Owned):
    """Opened and closed only by verbs of the app whose record it is about (`subject_kind`, `subject_key`).

    `url` is the page where it is done. Assigned to an account, a person or a body; to nobody: to the place's staff.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        DONE = "done", _("已办")

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("directory.Person", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    evaluation = models.ForeignKey(
        "rulebook.Evaluation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)

    objects: ClassVar[models.Manager[Duty]] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=[
                    "jurisdiction",
                    "subject_kind",
                    "subject_key",
                    "kind",
                    "organization",
                    "person",
                    "user",
                ],
                condition=Q(state="open"),
                nulls_distinct=False,
                name="one_open_duty_per_record_and_assignee",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="done", closed_at__isnull=False),
                name="duty_closed_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"], name="duty_open_by_due", condition=Q(state="open")
            ),
            models.Index(
                fields=["organization", "due_at"], name="duty_by_organization", condition=Q(state="open")
            ),
            models.Index(fields=["person"], name="duty_by_person", condition=Q(state="open")),
            models.Index(fields=["user"], name="duty_by_user", condition=Q(state="open")),
            models.Index(fields=["subject_kind", "subject_key"], name="duty_by_subject"),
            models.Index(fields=["jurisdiction", "-closed_at"], name="duty_done", condition=Q(state="done")),
        ]

    def __str__(self) -> str:
        return self.title
