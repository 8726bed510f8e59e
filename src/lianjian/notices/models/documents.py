"""Documents with their reviews, what is published of them, and the opinions that were asked for."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import PATH_STEP
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.keys import uuid7
from lianjian.jurisdictions.models import Owned, Register

from .. import rules
from ..rules import AUDIENCES, DROPPED, KINDS, STATES, bylines

SEE, DESK = "documents.see", "documents.desk"
_REFERENCE = 80


def _choices(words: dict[str, str]) -> list[tuple[str, str]]:
    return list(words.items())


class Content(models.Model):
    """What a document says, whether it is being written or is out.

    `number` is the 文号, one to a document of an issuer. It holds from `since` to the day before `until`. `subjects`
    are the records it is about, each as `app.model:key`, kept as words so that lower apps need not know the higher.
    `bylines` are the authors in order, who agreed to be named; `pictures` what is said of those files that are pictures
    (`rules.bylines.Picture`), in the order in which they are shown. Both lie in the row: who may read it reads them.
    """

    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, choices=_choices(KINDS))
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    made_on = models.DateField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    audience = models.CharField(max_length=8, choices=_choices(AUDIENCES))
    subjects = ArrayField(models.CharField(max_length=_REFERENCE), default=list, blank=True)
    bylines = ArrayField(models.CharField(max_length=bylines.LONGEST), default=list, blank=True)
    pictures = models.JSONField(default=list, blank=True)
    bundle = models.ForeignKey(
        "files.Bundle", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class DocumentQuerySet(models.QuerySet["Document"]):
    """Doors to documents at the desk."""

    def at_desk(self, actor: Actor) -> DocumentQuerySet:
        """Those of the bodies whose desk the actor reads."""
        return self.filter(
            Q(jurisdiction_id__in=whole_jurisdictions(actor, DESK))
            | subtree_q("issuer__path", subtree_paths(actor, DESK))
        )

    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """At the desk, and what the actor's own body was asked about."""
        # About the version it was asked about, and not once the words were taken down.
        asked = Opinion.objects.filter(
            subtree_q("organization__path", subtree_paths(actor, SEE)), version=F("document__version")
        ).exclude(document__state=rules.DOWN)
        return self.filter(
            Q(jurisdiction_id__in=whole_jurisdictions(actor, DESK))
            | subtree_q("issuer__path", subtree_paths(actor, DESK))
            | Q(pk__in=asked.values("document_id"))
        )


class Document(Content, Owned):
    """One document of a body at its desk: the version that is written now, and where it stands.

    `round` counts how often this version was submitted; `digest` is what was submitted, so that a review is about
    exactly that. `writers` are the accounts that wrote a word of this version: none of them reviews it. `withheld` are
    words of versions that were taken down.
    """

    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="documents")
    state = models.CharField(max_length=10, choices=_choices(STATES), default=rules.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    publish_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=80, blank=True)
    writers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    withheld = models.JSONField(default=dict, blank=True)
    down_reason = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    objects = cast("DocumentQuerySet", DocumentQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=~Q(number="") & ~Q(state=DROPPED),
                name="one_document_per_number",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since")),
                name="document_ends_later",
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="document_state_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "state", "-changed_at"], name="document_by_state"),
            GinIndex(fields=["subjects"], name="document_by_subject"),
        ]


class Review(Owned):
    """One of the three reviews of a version, as it was submitted: passed, or returned with a reason."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=6, choices=_choices(rules.STAGE_WORDS))
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=80)
    passed = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["document", "version", "round", "stage"], name="one_review_of_a_stage"),
            models.UniqueConstraint(
                fields=["document", "version", "round", "reviewer"], name="one_review_per_person"
            ),
            models.CheckConstraint(condition=Q(passed=True) | ~Q(reason=""), name="a_return_has_a_reason"),
        ]


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Doors to what was published."""

    def visible_to(self, actor: Actor) -> PublicationQuerySet:
        """What is addressed to the actor: to all, to the places the actor works in, to the own body."""
        places: dict[int, None] = {}
        own = subtree_q("issuer__path", subtree_paths(actor, SEE))
        for scope in actor.scopes(SEE):
            places.update(dict.fromkeys(scope.jurisdiction_ids))
            if not scope.whole:  # the bodies that the actor's own one belongs to; not the place as a whole
                own |= Q(issuer__path__in=_lines(scope.path), issuer__is_root=False)
        whole = Q(jurisdiction_id__in=whole_jurisdictions(actor, SEE))
        if not places:
            return self.none()
        return self.filter(
            Q(audience__in=("county", rules.PUBLIC))
            | Q(audience="place", jurisdiction_id__in=list(places))
            | (Q(audience="body") & (own | whole))
        )

    def public(self) -> PublicationQuerySet:
        """What anybody may read; row security shows nothing else without a sign-in."""
        return self.filter(audience=rules.PUBLIC)

    def current(self) -> PublicationQuerySet:
        """The newest version of each."""
        return self.filter(replaced_at__isnull=True)


def _lines(path: str) -> list[str]:
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


class Publication(Content, Register):
    """One version as it was published; it never changes, a newer one takes its place.

    Row security shows it to other towns when it is addressed to the county, and without a sign-in when it is addressed
    to the public. When it is taken down its words go from here to the desk; the row stays and says so.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="publications")
    document_key = models.UUIDField(default=uuid7, editable=False)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_on = models.DateField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    down_at = models.DateTimeField(null=True, blank=True)
    down_ground = models.CharField(max_length=10, choices=_choices(rules.GROUNDS), blank=True)

    objects = cast("PublicationQuerySet", PublicationQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["document", "version"], name="one_publication_per_version"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(replaced_at__isnull=True), name="one_current_publication"
            ),
            models.CheckConstraint(
                condition=Q(down_at__isnull=True, down_ground="") | (Q(down_at__isnull=False) & Q(text="")),
                name="taken_down_is_without_words",
            ),
            models.CheckConstraint(
                condition=Q(down_at__isnull=True) | Q(bylines=[], pictures=[]), name="taken_down_names_nobody"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["document_key", "version"], name="publication_by_document"),
            models.Index(
                fields=["audience", "-published_on"],
                name="publication_by_audience",
                condition=Q(replaced_at__isnull=True),
            ),
            models.Index(fields=["jurisdiction", "-published_on"], name="publication_by_place"),
            models.Index(fields=["issuer"], name="publication_by_issuer"),
            GinIndex(fields=["subjects"], name="publication_by_subject"),
        ]


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Doors to opinions."""

    def visible_to(self, actor: Actor) -> OpinionQuerySet:
        """Those on documents at the actor's desk, and those asked of the own body."""
        own = subtree_q("organization__path", subtree_paths(actor, SEE))
        return self.filter(
            Q(document__in=Document.objects.at_desk(actor).order_by().values("pk")) | own
        )


class Opinion(Owned):
    """What one body was asked about a version before it was published, what came back, and what was made of it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    stance = models.CharField(max_length=8, choices=_choices(rules.STANCES), blank=True)
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=10, choices=_choices(rules.OUTCOMES), blank=True)
    response = models.CharField(max_length=300, blank=True)

    objects = cast("OpinionQuerySet", OpinionQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["document", "version", "organization"], name="one_opinion_of_a_body"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "asked_at"], name="opinion_by_body")]


def reference(record: Any) -> str:
    """How a record is named among the subjects of a document."""
    return f"{record._meta.label_lower}:{record.key}"
