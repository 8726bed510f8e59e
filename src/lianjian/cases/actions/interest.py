"""Who must not come across an accusation, and who has an interest in a case."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from lianjian.directory.models import Grant, Membership, Organization
from lianjian.events.models import INSTRUCTOR
from lianjian.foundation.actor import Actor, path_range
from lianjian.jurisdictions.models import Jurisdiction

from .. import rules
from ..models import Case, CaseEvent, Recusal
from ..models.accusations import homes_of


def place_for(accused: Organization | None, jurisdiction_id: int) -> int:
    """The place that keeps a case: the one above where the accused is the root of its own. Raises `AccusedAbove`."""
    if accused is None or not accused.is_root:
        return jurisdiction_id
    above = Jurisdiction.objects.values_list("parent_id", flat=True).get(pk=accused.jurisdiction_id)
    if above is None:
        raise rules.AccusedAbove
    return int(above)


def check_accused(actor: Actor, kind: rules.Kind, accused: Organization | None, owner: int) -> None:
    """Whether this may be registered here. Raises `NotAccusable`, `AccusedAtHome`, `AccusedAbove`."""
    if accused is None:
        return
    if not kind.has(rules.ACCUSATION):
        raise rules.NotAccusable(kind=str(kind.name))
    if accused.pk in homes_of(actor) or place_for(accused, owner) != owner:
        raise rules.AccusedAtHome


def in_accused_tree(users: Sequence[int], accused: Organization) -> set[int]:
    """Of these accounts those that act in the accused body or below it, or whose person serves there."""
    low, high = path_range(accused.path)
    now = Q(until__isnull=True) | Q(until__gt=TruncDate(Now()))
    grants = Grant.objects.filter(
        now, user_id__in=users, organization__path__gte=low, organization__path__lt=high
    )
    members = Membership.objects.filter(
        now, person__user_id__in=users, organization__path__gte=low, organization__path__lt=high
    ).exclude(role=INSTRUCTOR)
    return {*grants.values_list("user_id", flat=True), *members.values_list("person__user_id", flat=True)}


# A leader in touch with a body does not serve in it, and may decide on what it asks for; not on what it is accused of.
LOOK_AFTER = ("leader", "guarantee")
WORK = ("sign", "note", "answer", "answer_impossible", "hand_back")


def check_apart(actor: Actor, case: Case) -> None:
    """Neither did the actor work on the case, nor is the account one of the unit that has it. Raises `OwnWork`."""
    if actor.user_id is None:
        return
    if case.handler_id is not None and case.handler_id in homes_of(actor):
        raise rules.OwnWork
    if CaseEvent.objects.filter(case=case, actor_id=actor.user_id, move__in=WORK).exists():
        raise rules.OwnWork


def check_impartial(actor: Actor, case: Case, code: str) -> None:
    """Who decides has no part in it: neither withdrew, nor serves where it was asked or whom it is against.

    One query; two for who has a person. Raises `Recused`, `ConflictOfInterest` (信访工作条例 28).
    """
    if code not in rules.DECIDING or actor.user_id is None:
        return
    if Recusal.objects.filter(case=case, user_id=actor.user_id).exists():
        raise rules.Recused
    if actor.person_id is None or (case.organization_id is None and case.accused_id is None):
        return
    now = Q(until__isnull=True) | Q(until__gt=TruncDate(Now()))
    held = Membership.objects.filter(now, person_id=actor.person_id).exclude(role=INSTRUCTOR)
    asking = Q(organization_id=case.organization_id) & ~Q(role__in=LOOK_AFTER)
    body = held.filter(asking | Q(organization_id=case.accused_id)).values_list("organization__name", flat=True).first()
    if body is not None:
        raise rules.ConflictOfInterest(body=body)
