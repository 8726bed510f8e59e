"""Campaigns (专项行动、活动), their sub-actions, and the bodies that take part."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register

from ..rules import campaigns as rules
from .programmes import RIGHT


class RegisterQuerySet(models.QuerySet[Any]):
    """Doors to what is read across towns."""

    def visible_to(self, actor: Actor) -> RegisterQuerySet:
        """All of the register, for who may read alliances anywhere."""
        return self if actor.scopes(RIGHT) else self.none()


class CampaignQuerySet(RegisterQuerySet):
    """Doors to campaigns."""

    def open_on(self, day: date) -> CampaignQuerySet:
        """Begun and not closed on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), since__lte=day)


class Campaign(Register):
    """What a body runs from `since` to the last day `until`: special actions, rectification, theme practice, goals.

    `kind` is a word of the code list; `document` is what it rests on; `closed_on` the first day it takes nothing.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    document = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = cast("CampaignQuerySet", CampaignQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="one_campaign_per_name"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="campaign_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:campaign", kwargs={"key": self.key})


class CampaignAction(Register):
    """A sub-action or goal: `counts` says what is counted against `target` (in `unit`); the count is never typed in.

    A goal that no number measures (`stated`) is reached on the day of the document that says so.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    counts = models.CharField(max_length=10)
    target = models.PositiveIntegerField(null=True, blank=True)
    criterion = models.CharField(max_length=200, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    reached_by = models.CharField(max_length=120, blank=True)

    objects = cast("RegisterQuerySet", RegisterQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "name"], name="one_campaign_action_per_name"),
            models.UniqueConstraint(fields=["campaign", "number"], name="one_campaign_action_per_number"),
            models.CheckConstraint(
                condition=Q(counts=rules.STATED, target__isnull=True)
                | (~Q(counts=rules.STATED) & Q(target__gt=0, reached_on__isnull=True)),
                name="counted_or_stated",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ParticipantQuerySet(RegisterQuerySet):
    """Doors to those who take part."""

    def taking_part(self) -> ParticipantQuerySet:
        """Joined and not left again."""
        return self.filter(joined_on__isnull=False).exclude(status=rules.LEFT)


class Participant(Register):
    """A body in a campaign. `number` is its place in the order of joining; `pilot`: it went first (先行试点)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="participants")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="campaign_parts")
    status = models.CharField(max_length=8, choices=list(rules.STATUSES.items()))
    status_on = models.DateField()
    pilot = models.BooleanField(default=False)
    joined_on = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)

    objects = cast("ParticipantQuerySet", ParticipantQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "organization"], name="once_in_a_campaign"),
            # Deferred: a body that joined earlier than one already written down moves the numbers after it.
            models.UniqueConstraint(
                fields=["campaign", "number"],
                name="one_place_in_the_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True, number__isnull=True)
                | Q(joined_on__isnull=False, number__isnull=False),
                name="who_joined_has_a_number",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization"], name="campaign_part_by_body")]

    def __str__(self) -> str:
        return f"{self.campaign.name} – {self.organization.name}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("alliances:participant", kwargs={"key": self.key})


def of_part(actor: Actor, way: str) -> Q:
    """Whole places, and what concerns bodies in one's own subtree."""
    query = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
    paths = subtree_paths(actor, rules.TAKE_PART)
    return query | subtree_q(f"{way}__path", paths) if paths else query


class StepQuerySet(models.QuerySet["ParticipantStep"]):
    """Doors to the history of a part."""

    def visible_to(self, actor: Actor) -> StepQuerySet:
        """The office of the campaign and the body itself: reasons are nobody else's matter."""
        return self.filter(of_part(actor, "participant__organization"))


class ParticipantStep(Owned):
    """A status that a body had from a day on, with the reason where one is asked for."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="steps")
    status = models.CharField(max_length=8, choices=list(rules.STATUSES.items()))
    on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = cast("StepQuerySet", StepQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["participant", "id"], name="step_by_participant")]


class CampaignMeeting(Register):
    """A meeting or activity that belongs to a campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="meetings")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")

    objects = cast("RegisterQuerySet", RegisterQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "meeting"], name="one_tag_of_a_meeting"),
        ]
