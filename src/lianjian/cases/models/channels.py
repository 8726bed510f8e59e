"""Answers kept for all, and channels in which questions are asked and answered (a village's legal-aid chat group)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned, Register

from .. import rules
from .cases import Case


class Lesson(Register):
    """A question with its answer, written so that nobody is named; `number` is the case that it came of."""

    question = models.CharField(max_length=200)
    answer = models.TextField()
    category_code = models.CharField(max_length=40, db_collation="C")
    number = models.CharField(max_length=30, blank=True, db_collation="C")
    kept_on = models.DateField()
    kept_by_name = models.CharField(max_length=80)
    retired_on = models.DateField(null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "question"],
                condition=Q(retired_on__isnull=True),
                name="one_lesson_per_question",
            ),
        ]
        indexes: ClassVar = [GinIndex(fields=["search"], name="lesson_search")]

    def __str__(self) -> str:
        return self.question


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Doors to channels."""

    def visible_to(self, actor: Actor) -> ChannelQuerySet:
        """Those of whole places, and those of bodies of one's own subtree."""
        whole = whole_jurisdictions(actor, "cases.see")
        own = subtree_q("organization__path", subtree_paths(actor, "cases.see"))
        return self.filter(Q(jurisdiction_id__in=whole) | own)


class Channel(Owned):
    """A place outside this house where people ask and are answered; what matters is written down here."""

    name = models.CharField(max_length=60)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Channel]] = ChannelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"],
                condition=Q(closed_on__isnull=True),
                name="one_channel_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChannelMember(Owned):
    """Who answers in a channel, in which role: 司法所, 律师, 村书记. Those who only read are not listed."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="members")
    name = models.CharField(max_length=40)
    role = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["channel", "name", "role"], name="one_member_per_role"),
        ]


class ChannelPost(Owned):
    """Something pushed in a channel, or a question asked there, which is a case (`case`) with its answer."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=8)
    posted_on = models.DateField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=list(rules.POST_KINDS)), name="post_kind_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["channel", "-id"], name="post_by_channel")]
