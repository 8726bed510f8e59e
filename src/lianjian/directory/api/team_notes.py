"""The log of a task force's project in the programming interface."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from lianjian.foundation import clock
from lianjian.foundation.apidoor import need, once, paged_back

from .. import actions
from ..models import Team, TeamNote
from ..rules.team_notes import MOST_WORDS

router = Router()
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Contact = Literal["owner", "builder", "both", "site"]
Stage = Literal["unstarted", "building", "finished", "producing"]


class TeamNoteOut(Schema):
    """How far the project of a task force was on a day.

    `contact` says who was asked: the project's owner, its builder, both, or nobody (a look at the site). `percent` is
    how much of the whole is done, where somebody said so. A withdrawn note is counted nowhere.
    """

    key: UUID
    team: UUID
    team_name: str
    project: str
    day: date
    contact: str
    stage: str
    percent: int | None
    words: str
    withdrawn: bool


class TeamNoteList(Schema):
    """A page of notes, newest record first; `next` is the value of `before` for the following page."""

    notes: list[TeamNoteOut]
    next: int | None


class TeamNoteIn(Schema):
    """A note to record. `team` is the key of a task force."""

    team: UUID
    day: Day
    contact: Contact
    stage: Stage
    percent: int | None = Field(None, ge=0, le=100)
    words: str = Field(min_length=1, max_length=MOST_WORDS)


def _shown(note: TeamNote) -> dict[str, Any]:
    names = ("key", "day", "contact", "stage", "percent", "words")
    return {
        **{name: getattr(note, name) for name in names},
        "team": note.team.key,
        "team_name": note.team.name,
        "project": note.team.project,
        "withdrawn": note.withdrawn_at is not None,
    }


@router.get("/notes", response=TeamNoteList, auth=need("directory.read"))
def list_team_notes(
    request: HttpRequest,
    team: UUID | None = None,
    stage: Stage | None = None,
    since: Day | None = None,
    until: Day | None = None,
    before: Annotated[int, Field(ge=0, le=2**62)] | None = None,
) -> dict[str, Any]:
    """Notes of the task forces one may see, a hundred at a time; withdrawn ones are marked."""
    rows: Any = TeamNote.objects.visible_to(request.actor).select_related("team")  # type: ignore[attr-defined]
    asked = {"team__key": team, "stage": stage, "day__gte": since, "day__lte": until}
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    found, following = paged_back(rows, before)
    return {"notes": [_shown(note) for note in found], "next": following}


@router.post("/notes", response={201: TeamNoteOut}, auth=need("directory.read"))
def note_team_progress(request: HttpRequest, body: TeamNoteIn) -> HttpResponseBase:
    """Note how far a project is, as the office of its task force or one of its members.

    With an `Idempotency-Key` it is noted once.
    """

    def answer() -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        team = get_object_or_404(Team.objects.visible_to(actor), key=body.team)
        values = body.model_dump(exclude={"team"})
        made = actions.note_progress(actor=actor, team=team, now=clock.now(), **values)
        return JsonResponse(TeamNoteOut(**_shown(made)).dict(), status=201)

    return once(request, answer)
