"""Rules as dated data, local rules that tighten them, and what was found when one was applied."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.references import declare
from lianjian.jurisdictions.models import Owned, Register


class Rule(models.Model):
    """One version of one national rule (or of a shipped default, `confidence` CONF). In force on both end days.

    Filled from `data/national.py` by `actions/loading.py`, never edited on a page. On the list of
    `jurisdictions/catalog.py`: public facts. The shape of `params` for each kind stands at the head of
    `rules/terms.py`, `votes.py`, `cadences.py` and `limits.py`. `ref`: rows of the compiled list of rules.
    `overridable_by`: who may lift a BLOCK by a decision that is named.
    """

    class Mode(models.TextChoices):
        BLOCK = "BLOCK", _("禁止")
        WARN = "WARN", _("提醒并说明理由")
        ALERT = "ALERT", _("提示")

    class Kind(models.TextChoices):
        QUORUM = "quorum", _("到会人数")
        MAJORITY = "majority", _("表决票数")
        MIN_INTERVAL = "min_interval", _("最短间隔")
        MAX_DEADLINE = "max_deadline", _("最长期限")
        CADENCE = "cadence", _("每期次数")
        RANGE = "range", _("数量范围")
        ENUM = "enum", _("规定的项")
        EXCLUSION = "exclusion", _("不得有的项")

    class Confidence(models.TextChoices):
        V1 = "V1", _("法规原文")
        V2 = "V2", _("权威转述")
        CONF = "CONF", _("本地可调")

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    matter = models.CharField(max_length=30)
    source = models.CharField(max_length=160)
    article = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    params = models.JSONField(default=dict)
    unit = models.CharField(max_length=10)
    mode = models.CharField(max_length=5, choices=Mode.choices)
    confidence = models.CharField(max_length=4, choices=Confidence.choices)
    bites = models.CharField(max_length=200, blank=True)
    ref = models.CharField(max_length=40, blank=True)
    overridable_by = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="one_rule_per_code_and_version"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="rule_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}#{self.version}"


class LocalRule(Register):
    """A place's own content of a rule, with the document it rests on. Only a CONF rule may become looser.

    A term has `amount` and `unit`; every other kind its `params`, in the shape of the national ones.
    """

    code = models.CharField(max_length=60)
    amount = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=10, blank=True)
    params = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "valid_from"], name="one_local_rule_per_first_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="local_rule_ends_later",
            ),
        ]


class ProfileChoice(Register):
    """A place chose a profile of `data/profiles.py` for a subject (a category's code; empty: all) from a day on.

    An empty `profile` goes back to the defaults.
    """

    profile = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=40, blank=True, db_collation="C")
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "subject", "valid_from"], name="one_profile_per_first_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="profile_choice_ends_later",
            ),
        ]


class LoadedYear(models.Model):
    """A year whose working days were loaded completely from the State Council's notice. Public facts."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    loaded_by = models.CharField(max_length=80)
    loaded_at = models.DateTimeField()


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Doors to evaluations."""

    def visible_to(self, actor: Actor) -> EvaluationQuerySet:
        """Those of the jurisdictions the actor reads.

        An evaluation names a rule and days, no person; the record it belongs to has its own door.
        """
        return self.filter(jurisdiction_id__in=actor.readable)


class Evaluation(Owned):
    """One application of one rule: what went in, what came out, step by step.

    `inputs`: start, amount, unit, ground, pauses; `act` where an act was checked. `result`: the arithmetic of a term
    (see `rules.Outcome.as_dict`), and the `finding` about the act (see `rules.Finding.as_dict`).
    `due_at` is the last moment that is still in time (23:59:59 China time for periods in days).
    """

    rule_code = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    cite = models.CharField(max_length=300)
    inputs = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Evaluation]] = EvaluationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [
            models.Index(
                fields=["jurisdiction", "id"], name="evaluation_provisional", condition=Q(provisional=True)
            ),
        ]

declare("rulebook_rule", "rulebook_localrule", "rulebook_profilechoice", "rulebook_loadedyear")
