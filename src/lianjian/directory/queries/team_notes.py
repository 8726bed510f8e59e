"""The log of a task force's project: the card on the page of the team, one note, and the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date, show_datetime
from lianjian.foundation.rights import holds_in

from ..models import Team, TeamMember, TeamNote
from ..rules import team_notes as rules

RIGHT = "directory.read"  # what every member of staff holds: who else may write follows from being in the team
SHOWN = 5  # notes on the page of a team; all of them are a list of their own
MOST_TEAMS = 300  # task forces that the filter offers
TONES = {"unstarted": "neutral", "building": "info", "finished": "done", "producing": "done"}
WITHDRAWN = "withdrawn"


def note_url(key: object) -> str:
    """The address of a note."""
    return reverse("directory:team_note", kwargs={"key": key})


def said(field: str, value: Any) -> Any:
    """A value of a note in words: codes by their names."""
    words = {"contact": rules.CONTACTS, "stage": rules.STAGES}.get(field, {})
    return translate(words[value]) if value in words else value


def _office(actor: Actor, jurisdiction_id: int) -> bool:
    """Whether the actor writes teams of the place."""
    return jurisdiction_id in actor.writable and actor.may("people.write", Whole(jurisdiction_id))


def _staff(actor: Actor, jurisdiction_id: int) -> bool:
    return jurisdiction_id in actor.writable and holds_in(actor, RIGHT, jurisdiction_id)


def _seats(actor: Actor, team: Team, day: date) -> Any:
    """The actor's own seats in the team on a day."""
    return TeamMember.objects.on(day).filter(team=team, person_id=actor.person_id or 0)


def may_note(actor: Actor, team: Team, day: date) -> bool:
    """Who writes teams of the place, and who is in this one on the day."""
    if _office(actor, team.jurisdiction_id):
        return True
    return _staff(actor, team.jurisdiction_id) and _seats(actor, team, day).exists()


def may_mend(actor: Actor, note: TeamNote) -> bool:
    """Who recorded the note, and who writes teams of the place."""
    if _office(actor, note.jurisdiction_id):
        return True
    own = actor.user_id is not None and note.recorded_by == actor.user_id
    return own and _staff(actor, note.jurisdiction_id)


def how_far(stage: str, percent: int | None) -> str:
    """`在建 · 65%`; the stage alone where nobody said a share."""
    return str(said("stage", stage)) if percent is None else f"{said('stage', stage)} · {percent}%"


@dataclass(frozen=True)
class NoteLine:
    """A note on the page of its team."""

    day: date
    how_far: str
    contact: str
    words: str
    url: str


@dataclass(frozen=True)
class ProgressCard:
    """How far the project is by the latest note (None: nothing was noted yet), the newest notes, and where to go on."""

    latest: NoteLine | None
    lines: list[NoteLine]
    note_url: str
    list_url: str
    standing: bool


def progress_panel(*, actor: Actor, record: Team, now: datetime) -> Asking:
    """On the page of a task force: how its project goes."""
    if record.kind != Team.Kind.TASK:
        return None
    # The caller sees the team, so he sees its log.
    rows = TeamNote.objects.standing().filter(team=record).order_by("-day", "-pk")
    found, seats = yield (
        rows.values_list("key", "day", "stage", "percent", "contact", "words", "pk")[:SHOWN],
        _seats(actor, record, local_day(now)).values_list("pk")[:1],
    )
    lines = [
        NoteLine(day, how_far(stage, percent), str(said("contact", contact)), words, note_url(key))
        for key, day, stage, percent, contact, words, _pk in found
    ]
    may = _office(actor, record.jurisdiction_id) or (bool(seats) and _staff(actor, record.jurisdiction_id))
    card = ProgressCard(
        latest=lines[0] if lines else None,
        lines=lines,
        note_url=reverse("directory:note_progress", kwargs={"key": record.key}) if may else "",
        list_url=f"{reverse('directory:team_notes')}?team={record.key}",
        standing=record.dissolved_on is None,
    )
    return "directory/_progress.html", {"card": card}


def note_facts(note: TeamNote) -> list[tuple[str, str]]:
    """What the page of a note says beside its words."""
    lines = [
        (_("所属专班"), note.team.name),
        (_("负责的项目"), note.team.project),
        (_("日期"), show_date(note.day)),
        (_("联系对象"), str(said("contact", note.contact))),
        (_("项目阶段"), str(said("stage", note.stage))),
        (_("总体进度"), "" if note.percent is None else f"{note.percent}%"),
        (_("记录人"), note.recorded_by_name),
        (_("登记时间"), show_datetime(note.recorded_at)),
    ]
    return [(label, words) for label, words in lines if words]


def _row(values: Sequence[Any]) -> Row:
    key, team, project, day, contact, stage, percent, words, by, withdrawn = values[:10]
    badge = Badge(_("已作废"), "paused") if withdrawn else Badge(str(said("stage", stage)), TONES[stage])
    return Row(note_url(key), (team, project, day, badge, percent, str(said("contact", contact)), words, by))


def _stage(rows: Any, value: str, actor: Actor) -> Any:
    if value == WITHDRAWN:
        return rows.filter(withdrawn_at__isnull=False)
    return rows.standing().filter(stage=value)


def _stages(actor: Actor) -> list[tuple[str, str]]:
    return [*((code, translate(word)) for code, word in rules.STAGES.items()), (WITHDRAWN, _("已作废"))]


def _of_team(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.filter(team__key=UUID(value))
    except ValueError:
        return rows.none()


def _forces(actor: Actor) -> list[tuple[str, str]]:
    rows = Team.objects.visible_to(actor).filter(kind=Team.Kind.TASK).order_by("name", "pk")
    return [(str(key), name) for key, name in rows.values_list("key", "name")[:MOST_TEAMS]]


def _search(rows: Any, text: str) -> Any:
    return rows.filter(
        Q(words__icontains=text) | Q(team__name__icontains=text) | Q(team__project__icontains=text)
    )


TEAM_NOTES = register(
    ListSpec(
        name="directory.team_notes",
        title=_lazy("项目进度"),
        base=lambda actor: TeamNote.objects.visible_to(actor),
        columns=(
            Column("team", _lazy("专班"), "first", "team__name"),
            Column("project", _lazy("负责的项目"), "text", None, True),
            Column("day", _lazy("日期"), "date", "day"),
            Column("stage", _lazy("项目阶段"), "state"),
            Column("percent", _lazy("总体进度(%)"), "number", "percent"),
            Column("contact", _lazy("联系对象"), "text", None, True),
            Column("words", _lazy("进展和堵点"), "text"),
            Column("recorded_by", _lazy("记录人"), "text", None, True),
        ),
        values=(
            "key", "team__name", "team__project", "day", "contact", "stage", "percent", "words", "recorded_by_name",
            "withdrawn_at",
        ),
        row=_row,
        right=RIGHT,
        default_sort="-day",
        filters=(
            Filter("stage", _lazy("项目阶段"), _stage, "select", _stages),
            Filter("team", _lazy("专班"), _of_team, "select", _forces),
        ),
        search=_search,
        empty=(
            _lazy("还没有项目进度"),
            _lazy("在专班的页面登记进度:联系了谁、到了哪一步、卡在哪里。"),
        ),
    )
)  # fmt: skip
