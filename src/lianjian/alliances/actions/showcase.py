"""Verbs of model cases."""

from __future__ import annotations

from datetime import datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import ModelCase
from ..rules import showcase as rules
from ..rules.honours import ReasonMissing

SAME = {"one_model_case_of_a_year": rules.ModelCaseExists}


def _checked(
    organization: Organization | None, place: str, year: int, lessons: str, now: datetime
) -> None:
    if (organization is None) == (not place.strip()):
        raise rules.PlaceOrBody
    if not lessons.strip():
        raise rules.LessonsMissing
    if year > local_day(now).year:
        raise rules.LaterYear


@verb(constraints=SAME)
def add_model_case(
    *,
    actor: Actor,
    title: str,
    year: int,
    named_by: str,
    document: str,
    lessons: str,
    now: datetime,
    organization: Organization | None = None,
    place: str = "",
    story: str = "",
) -> ModelCase:
    """A case that others can learn from; kept by the body's place, one from elsewhere by the actor's.

    Raises `PlaceOrBody`, `LessonsMissing`, `LaterYear`, `ModelCaseExists`, `Denied`.
    """
    owner = organization.jurisdiction_id if organization is not None else actor.jurisdiction_id
    require(actor, "alliances.write", Whole(owner))
    _checked(organization, place, year, lessons, now)
    made = ModelCase.objects.create(
        jurisdiction_id=owner,
        organization=organization,
        place=place.strip()[:80],
        title=title.strip()[:80],
        year=year,
        named_by=named_by.strip()[:80],
        document=document.strip()[:120],
        story=story.strip()[:4000],
        lessons=lessons.strip()[:4000],
    )
    changes = {"title": ("", made.title), "year": ("", year), "document": ("", made.document)}
    record(actor=actor, verb="alliances.add_model_case", subject=made, now=now, changes=changes)
    return made


@verb(constraints=SAME)
def change_model_case(
    *,
    actor: Actor,
    case: ModelCase,
    title: str,
    year: int,
    named_by: str,
    document: str,
    lessons: str,
    now: datetime,
    story: str = "",
) -> ModelCase:
    """Better words; where it was done stays. Raises as adding does, and `CaseWithdrawn`."""
    require(actor, "alliances.write", Whole(case.jurisdiction_id))
    case.refresh_from_db(from_queryset=ModelCase.objects.select_for_update(of=("self",)))
    if case.withdrawn_on is not None:
        raise rules.CaseWithdrawn
    _checked(case.organization, case.place, year, lessons, now)
    names = ("title", "year", "named_by", "document", "story", "lessons")
    before = {name: getattr(case, name) for name in names}
    case.title, case.year, case.named_by = title.strip()[:80], year, named_by.strip()[:80]
    case.document, case.story, case.lessons = document.strip()[:120], story.strip()[:4000], lessons.strip()[:4000]
    changes = diff(before, case)
    if changes:
        case.save(update_fields=list(names))
        record(actor=actor, verb="alliances.change_model_case", subject=case, now=now, changes=changes)
    return case


@verb
def withdraw_model_case(*, actor: Actor, case: ModelCase, reason: str, now: datetime) -> None:
    """It is shown as a model no more; the entry stays. Raises `CaseWithdrawn`, `ReasonMissing`, `Denied`."""
    require(actor, "alliances.write", Whole(case.jurisdiction_id))
    held = ModelCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if held.withdrawn_on is not None:
        raise rules.CaseWithdrawn
    if not reason.strip():
        raise ReasonMissing
    held.withdrawn_on, held.withdrawn_reason = local_day(now), reason.strip()[:200]
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    changes = {"withdrawn_on": ("", held.withdrawn_on), "reason": ("", held.withdrawn_reason)}
    record(actor=actor, verb="alliances.withdraw_model_case", subject=held, now=now, changes=changes)
