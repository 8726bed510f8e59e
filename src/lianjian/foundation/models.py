"""Technical tables. None belongs to a jurisdiction; each is on the written list of `jurisdictions/catalog.py`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .references import declare


class OnceKey(models.Model):
    """The key of an effect that has happened: written in the transaction of the effect, so it happens once."""

    key = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "once-key"


class IdempotencyKey(models.Model):
    """One answered form or API request: the same key from the same person gets the same answer again."""

    user_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.TextField(blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user_id", "key"], name="one_answer_per_idempotency_key")
        ]


class SavedView(models.Model):
    """A list's filters that a person keeps under a name."""

    user_id = models.BigIntegerField()
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user_id", "page", "name"], name="one_saved_view_per_name")
        ]


class DayOverride(models.Model):
    """A working or rest day that differs from the calendar shipped with the product, with its source document."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)


class ReferenceChange(models.Model):
    """A change of a register table that is kept from request to request (`references`); their sum only grows."""

    n = models.BigIntegerField()


declare("foundation_dayoverride")
