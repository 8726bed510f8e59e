"""Mediation of disputes (人民调解法) and public hearings of petitions (信访工作条例 31)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianjian.foundation.secretfield import SecretField
from lianjian.jurisdictions.models import Owned
from lianjian.rulebook.models import Evaluation

from .. import rules
from .cases import Case


class Party(Owned):
    """One side of a dispute. The name is shown whole only to who handles the case, else masked."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    side = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    phone = SecretField(blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["case", "name"], name="one_party_per_name"),
            models.CheckConstraint(condition=Q(side__in=list(rules.SIDES)), name="party_side_is_known"),
        ]


class Attempt(Owned):
    """One attempt to mediate: who mediated in which role, when, what came of it.

    `mediators` are [name, role] pairs (`rules.MEDIATORS`).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="attempts")
    held_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    mediators = models.JSONField(default=list)
    outcome = models.CharField(max_length=10)
    text = models.TextField()
    tier = models.CharField(max_length=8, blank=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome__in=list(rules.ATTEMPT_OUTCOMES)), name="attempt_outcome_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "id"], name="attempt_by_case"),
            models.Index(fields=["jurisdiction", "held_on"], name="attempt_by_day"),
        ]


class Agreement(Owned):
    """What the parties agreed on: in writing with signatures and the committee's seal, or by word as recorded.

    It binds from `effective_on` (人民调解法 29, 30). Within the time of `evaluation` both may ask the court to confirm
    it (art. 33). Whether it was kept is followed up (art. 31).
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="agreement")
    form = models.CharField(max_length=8)
    terms = models.TextField()
    effective_on = models.DateField()
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")
    court_until = models.DateTimeField(null=True, blank=True)
    court_on = models.DateField(null=True, blank=True)
    court_number = models.CharField(max_length=60, blank=True)
    kept = models.BooleanField(null=True)
    kept_on = models.DateField(null=True, blank=True)
    kept_note = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


class Hearing(Owned):
    """A public hearing of grave, complex or hard petitions; one may settle several cases."""

    title = models.CharField(max_length=120)
    plan = models.TextField()
    scheduled_at = models.DateTimeField()
    place = models.CharField(max_length=100)
    state = models.CharField(max_length=10, default="planned")
    held_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    cases = models.ManyToManyField(Case, through="HearingCase", related_name="hearings")

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=list(rules.HEARING_STATES)), name="hearing_state_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["jurisdiction", "-id"], name="hearing_by_newest")]

    def __str__(self) -> str:
        return self.title


class HearingCase(Owned):
    """One case of a hearing, with what was concluded on it."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="heard")
    case = models.ForeignKey(Case, models.CASCADE, related_name="heard_in")
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["hearing", "case"], name="one_case_in_a_hearing"),
        ]


class HearingPerson(Owned):
    """Somebody at a hearing: on the panel, or taking part, in a role of `rules.HEARING_ROLES`."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="people")
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=10)
    attended = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["hearing", "name", "role"], name="one_seat_per_person"),
            models.CheckConstraint(
                condition=Q(role__in=list(rules.HEARING_ROLES)), name="hearing_role_is_known"
            ),
        ]
