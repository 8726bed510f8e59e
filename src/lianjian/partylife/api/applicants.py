"""People on their way into the party in the programming interface: where each stands, and by which article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged

from .. import actions
from ..models import DevelopmentStep
from ..queries import Law, history_of, window
from ..queries.ladder import Bound
from ..queries.listing import standing_applicants, step_word
from ..rules import development as dev
from ..rules.facts import Facts
from .shared import Cursor, Day, Kind, Name, Text, Word, actor_of, narrowed

router = Router()
FIRMS = ("enterprise", "social", "cooperative")


class GroundOut(Schema):
    """A day that a rule gives for the next step, with its article."""

    rule: str
    day: date
    cite: str


class ApplicantOut(Schema):
    """Somebody on the way into the party. `next_from` is the earliest lawful day of the next step, `due_on` the latest;
    `gates` and `limits` say by which articles. After the last step, or when the way has ended, nothing is next."""

    key: UUID
    name: str
    enterprise: UUID | None
    enterprise_name: str
    branch: UUID | None
    branch_name: str
    kind: str
    applied_on: date
    stage: str
    ended_on: date | None
    next_step: int | None
    next_name: str
    waits_for: str
    next_from: date | None
    due_on: date | None
    late: bool
    gates: list[GroundOut]
    limits: list[GroundOut]


class ApplicantList(Schema):
    """A page of applicants; `next` is the value of `after` for the following page."""

    applicants: list[ApplicantOut]
    next: int | None


class ApplicantIn(Schema):
    """A written application (step 1). `choice` and `observed` are codes of the rules `member.addressed` and
    `member.written`; `of_age`: somebody saw the paper that shows that he was eighteen on the day."""

    name: Name
    enterprise: UUID | None = None
    enterprise_text: Text = ""
    branch: UUID | None = None
    branch_text: Text = ""
    committee_text: Text = ""
    kind: Kind = ""
    applied_on: Day
    choice: Name = ""
    observed: list[Name] = []
    of_age: bool = False
    filed: bool = False


def _grounds(bounds: Sequence[Bound]) -> list[dict[str, Any]]:
    return [{"rule": bound.code, "day": bound.day, "cite": bound.cite} for bound in bounds]


def _shown(one: Any, law: Law, rows: Sequence[DevelopmentStep]) -> dict[str, Any]:
    """An applicant with what comes next; `rows` are the recorded steps."""
    history = history_of(one, rows)
    over = one.ended_on is not None or history.upcoming > dev.LAST
    found = None if over else window(law, history, history.upcoming)
    names = ("key", "kind", "applied_on", "stage", "ended_on")
    return {
        **{name: getattr(one, name) for name in names},
        "name": one.person.name,
        "enterprise": one.enterprise.key if one.enterprise is not None else None,
        "enterprise_name": one.where,
        "branch": one.branch.key if one.branch is not None else None,
        "branch_name": one.branch_name,
        "next_step": None if over else history.upcoming,
        "next_name": "" if over else step_word(history.upcoming),
        "waits_for": "" if over else one.waits_for,
        "next_from": found.earliest if found is not None else None,
        "due_on": None if over else one.due_on,
        "late": bool(one.late),
        "gates": _grounds(found.gates) if found is not None else [],
        "limits": _grounds(found.limits) if found is not None else [],
    }


@router.get("", response=ApplicantList, auth=need("partylife.see"))
def list_applicants(
    request: HttpRequest, stage: Word = "", step: Annotated[int, Field(ge=0, le=99)] = 0, branch: UUID | None = None,
    enterprise: UUID | None = None, late: bool = False, after: Cursor = 0,
) -> dict[str, Any]:  # fmt: skip
    """People on their way into the party: stage, next step, its earliest and latest lawful day with the article."""
    rows = narrowed(
        standing_applicants(actor_of(request)),
        stage=stage, next_step=step, branch__key=branch, enterprise__key=enterprise, late=late,
    )  # fmt: skip
    found, following = paged(rows.select_related("person", "enterprise", "branch"), after)
    steps: dict[int, list[DevelopmentStep]] = {}
    for row in DevelopmentStep.objects.filter(applicant__in=found).order_by("number", "done_on", "id"):
        steps.setdefault(row.applicant_id, []).append(row)
    laws = {place: Law(place) for place in {one.jurisdiction_id for one in found}}
    shown = [_shown(one, laws[one.jurisdiction_id], steps.get(one.pk, [])) for one in found]
    return {"applicants": shown, "next": following}


def _body(key: UUID | None, *kinds: str) -> Organization | None:
    """The registered body of a key, one of these kinds; None without a key."""
    if key is None:
        return None
    rows = Organization.objects.current().filter(classification__in=kinds)  # type: ignore[attr-defined]
    found: Organization = get_object_or_404(rows, key=key)
    return found


@router.post("", response={201: ApplicantOut}, auth=need("partylife.write"))
def record_application(request: HttpRequest, payload: ApplicantIn) -> HttpResponseBase:
    """Record a written application, held against the rules of step 1. With an `Idempotency-Key` it is recorded once."""

    def answer() -> HttpResponseBase:
        values = payload.dict()
        told = {name: values.pop(name) for name in ("choice", "of_age", "filed")}
        facts = Facts(observed=frozenset(values.pop("observed")), **told)
        enterprise, branch = _body(values.pop("enterprise"), *FIRMS), _body(values.pop("branch"), "party")
        actor = actor_of(request)
        made = actions.record_application(
            actor=actor, person=values.pop("name"), enterprise=enterprise, branch=branch, facts=facts,
            now=clock.now(), **values,
        )  # fmt: skip
        rows = list(DevelopmentStep.objects.filter(applicant=made).order_by("number", "done_on", "id"))
        one = standing_applicants(actor).select_related("person", "enterprise", "branch").get(pk=made.pk)
        return JsonResponse(_shown(one, Law(one.jurisdiction_id), rows), status=201)

    return once(request, answer)
