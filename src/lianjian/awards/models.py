"""What a village gives regularly, its rounds, and who was put forward."""

from __future__ import annotations

from typing import ClassVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

from . import rules

# Who keeps the meetings of a body keeps its awards.
RIGHT, WRITE = "meetings.see", "meetings.write"


def _of_bodies(actor: Actor, path: str) -> Q:
    """Rows of the bodies whose meetings the actor reads; `path` leads to the body's path."""
    own = Q(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))
    found: Q = own | subtree_q(path, subtree_paths(actor, RIGHT))
    return found


class SchemeQuerySet(models.QuerySet["Scheme"]):
    """Doors to awards."""

    def visible_to(self, actor: Actor) -> SchemeQuerySet:
        """Of the bodies whose meetings the actor reads, within the place."""
        return self.filter(_of_bodies(actor, "organization__path"))

    def standing(self) -> SchemeQuerySet:
        """Not ended."""
        return self.filter(ended_on__isnull=True)


class Scheme(Owned):
    """An award that a body gives in every calendar period (`per`) from `since` on (七净一规范, 最美庭院).

    `criteria` are what is looked at on the spot, met or not met, never a mark. `needs_all`: only who meets every one is
    chosen. `show_days`: so many days a list hangs out before it is final.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=10, choices=list(rules.SUBJECTS.items()))
    per = models.CharField(max_length=7, choices=list(rules.PERIODS.items()))
    criteria = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    needs_all = models.BooleanField(default=False)
    show_days = models.PositiveSmallIntegerField(default=5)
    source = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = cast("SchemeQuerySet", SchemeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"], condition=Q(ended_on__isnull=True), name="one_award_of_a_name"
            ),
            models.CheckConstraint(
                condition=Q(show_days__gte=1, show_days__lte=rules.MOST_DAYS), name="award_shown_some_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("awards:scheme", kwargs={"key": self.key})


class RoundQuerySet(models.QuerySet["Round"]):
    """Doors to rounds."""

    def visible_to(self, actor: Actor) -> RoundQuerySet:
        """Of the awards that the actor reads."""
        return self.filter(_of_bodies(actor, "scheme__organization__path"))


class Round(Owned):
    """One period's round, with criteria and days of display as they were when it began.

    `shown_from` and `shown_until` are the first and last day of the public notice. `closed_on` is the day of the
    result, of the word that nobody is chosen, or of calling it off; `document` and `meeting` say what the result rests
    on.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rounds")
    starts = models.DateField()
    state = models.CharField(max_length=10, choices=list(rules.STATES.items()), default=rules.OPEN)
    criteria = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    needs_all = models.BooleanField(default=False)
    show_days = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    shown_from = models.DateField(null=True, blank=True)
    shown_until = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=120, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    objects = cast("RoundQuerySet", RoundQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "starts"],
                condition=~Q(state=rules.CALLED_OFF),
                name="one_round_of_an_award_in_a_period",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, state__in=[rules.OPEN, rules.SHOWN])
                | (Q(closed_on__isnull=False) & ~Q(state__in=[rules.OPEN, rules.SHOWN])),
                name="round_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[rules.SHOWN, rules.DECIDED]) | Q(shown_until__gte=models.F("shown_from")),
                name="round_shown_before_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.starts.isoformat()}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("awards:round", kwargs={"key": self.key})


class NomineeQuerySet(models.QuerySet["Nominee"]):
    """Doors to candidates."""

    def visible_to(self, actor: Actor) -> NomineeQuerySet:
        """Of the rounds that the actor reads."""
        return self.filter(_of_bodies(actor, "round__scheme__organization__path"))

    def awarded(self) -> NomineeQuerySet:
        """Those of the list of results, as it stands."""
        return self.filter(round__state=rules.DECIDED, chosen=True, struck_on__isnull=True)


class Nominee(Owned):
    """Who was put forward: a name as the village knows it, no link to a person's record.

    `named_on`: the day of being put forward.
    `met`: numbers of the criteria met, once somebody looked (`checked_on`). `agreed`: the name may be shown. Where one
    was not chosen, name and words are taken away some time after the round (`forgotten_on`); the row stays and counts.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="nominees")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=10, choices=list(rules.WAYS.items()))
    deeds = models.CharField(max_length=300, blank=True)
    named_on = models.DateField()
    agreed = models.BooleanField(default=False)
    met = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)
    chosen = models.BooleanField(default=False)
    struck_on = models.DateField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True)
    forgotten_on = models.DateField(null=True, blank=True)

    objects = cast("NomineeQuerySet", NomineeQuerySet.as_manager())

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["round", "number"], name="one_nominee_of_a_number"),
            models.UniqueConstraint(
                fields=["round", "name", "group"],
                condition=Q(struck_on__isnull=True, forgotten_on__isnull=True),
                name="one_nominee_of_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(forgotten_on__isnull=False), name="nominee_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | Q(agreed=True, checked_on__isnull=False), name="chosen_agreed_and_checked"
            ),
        ]

    def __str__(self) -> str:
        return self.name
