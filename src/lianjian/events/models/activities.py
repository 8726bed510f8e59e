"""What activities have beyond a meeting: templates in parts, results, questions and answers, photos; private feeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.files.models import Bundle
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.keys import uuid7
from lianjian.jurisdictions.models import Owned, Register

from ..rules import meetings as rules
from ..rules.recurrence import RHYTHMS
from ..rules.topics import PERIODS
from .meetings import Meeting, RecordQuerySet, inside
from .venues import Venue


class TemplateQuerySet(models.QuerySet["Template"]):
    """Doors to templates."""

    def visible_to(self, actor: Actor) -> TemplateQuerySet:
        """All of the register, for who may read meetings anywhere."""
        return self if actor.scopes("meetings.see") else self.none()

    def offered(self, jurisdiction_ids: Sequence[int]) -> TemplateQuerySet:
        """Not retired, of these places."""
        return self.filter(retired_on__isnull=True, jurisdiction_id__in=jurisdiction_ids)


class Template(Register):
    """How an activity usually goes: `parts` in their order (五日一体 has five), how often, where, with which hosts.

    A meeting planned from it has its own copy of the parts. `minutes` is how long it takes.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    parts = ArrayField(models.CharField(max_length=60))
    agenda = models.TextField(blank=True)
    rhythm = models.CharField(
        max_length=12, blank=True, choices=[(code, words) for code, (_f, _i, words) in RHYTHMS.items()]
    )
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(default=120)
    retired_on = models.DateField(null=True, blank=True)

    objects = cast("TemplateQuerySet", TemplateQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(retired_on__isnull=True),
                name="one_activity_template_per_name",
            ),
            models.CheckConstraint(condition=Q(parts__len__gt=0), name="template_has_parts"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("events:template", kwargs={"key": self.key})


class TemplateHost(Register):
    """A body that is asked to be host each time."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="hosts", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["template", "organization"], name="one_host_per_template"),
        ]


class StandingTopicQuerySet(models.QuerySet["StandingTopic"]):
    """Doors to topics that are taken up regularly."""

    def visible_to(self, actor: Actor) -> StandingTopicQuerySet:
        """Of the bodies whose meetings the actor reads, within the place."""
        right = "meetings.see"
        own = Q(jurisdiction_id__in=whole_jurisdictions(actor, right))
        return self.filter(own | subtree_q("organization__path", subtree_paths(actor, right)))

    def standing(self) -> StandingTopicQuerySet:
        """Not stopped."""
        return self.filter(ended_on__isnull=True)


class StandingTopic(Owned):
    """A topic that a body takes up in every calendar period (`per`) from `since` on, at its own meetings.

    `kind`: only meetings of this kind count (党委会议). `source`: the document that asks for it.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=30)
    kind = models.CharField(max_length=30, blank=True)
    per = models.CharField(max_length=7, choices=list(PERIODS.items()))
    source = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = cast("StandingTopicQuerySet", StandingTopicQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "topic"],
                condition=Q(ended_on__isnull=True),
                name="one_standing_topic_per_body",
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Winner(Register):
    """A result as it was announced: the prize in words, and a person by name or an organization.

    No points and no order but that of the announcement (`number`): persons are not ranked.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="winners", db_index=False)
    number = models.PositiveSmallIntegerField()
    prize = models.CharField(max_length=60)
    person_name = models.CharField(max_length=40, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "number"], name="one_winner_per_number"),
            models.UniqueConstraint(
                fields=["meeting", "prize", "person_name", "organization"],
                name="one_prize_per_winner",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(person_name=""), name="winner_is_named"
            ),
        ]


class Question(Owned):
    """What was asked at an exchange meeting, and the answer (面对面解读答疑). Lent like the minutes."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions", db_index=False)
    number = models.PositiveSmallIntegerField()
    asked_by = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=500)
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)

    objects = cast("RecordQuerySet", RecordQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "number"], name="one_question_per_number"),
        ]


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Doors to photos."""

    def visible_to(self, actor: Actor) -> PhotoQuerySet:
        """Those of one's own meetings; of an open meeting also those whose people agreed to be shown."""
        if not actor.scopes("meetings.see"):
            return self.none()
        shown = Q(consent=True, meeting__audience=rules.OPEN)
        return self.filter(removed_at__isnull=True).filter(shown | inside(actor, "meeting__"))


class Photo(Owned):
    """A picture of a meeting: what it shows, who took it, and whether the people on it agreed to be shown."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="photos")
    bundle = models.ForeignKey(Bundle, models.SET_NULL, null=True, blank=True, related_name="+")
    caption = models.CharField(max_length=100)
    credit = models.CharField(max_length=40)
    consent = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = cast("PhotoQuerySet", PhotoQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


class Feed(models.Model):
    """A private address at which another calendar fetches meetings with the rights of `user`.

    Of one's own bodies, or of one `organization`. Only the SHA-256 of the address is kept, as with tokens: a calendar
    asks before a jurisdiction is known, so the table has none.
    """

    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organization"], name="one_feed_per_user_and_body", nulls_distinct=False
            ),
        ]
