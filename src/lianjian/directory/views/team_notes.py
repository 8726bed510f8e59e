"""Doors to the log of a task force's project."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.looks import show_date
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import Denied
from lianjian.foundation.stale import watch
from lianjian.journal.queries import history

from .. import actions
from ..forms.team_notes import ChangeNoteForm, NoteForm, WithdrawNoteForm
from ..models import Team, TeamNote
from ..queries.team_notes import TEAM_NOTES, may_mend, may_note, note_facts, note_url
from ..queries.teams import team_url
from .organizations import FORM

FIELDS = ("day", "contact", "stage", "percent", "words")


def _note(request: Request, key: UUID) -> TeamNote:
    rows = TeamNote.objects.visible_to(request.actor).select_related("team")
    return get_object_or_404(rows, key=key)


def _mine(request: Request, key: UUID) -> TeamNote:
    """A note that the actor may mend. Raises `Denied`."""
    found = _note(request, key)
    if not may_mend(request.actor, found):
        raise Denied
    return found


@door("directory.read", methods=("GET",))
def team_notes(request: Request) -> HttpResponse:
    """How the projects of all task forces go."""
    return list_page(request, TEAM_NOTES, "directory/team_notes.html", {})


@door("directory.read", methods=("GET",))
def team_note(request: Request, key: UUID) -> HttpResponse:
    """One note, with what was put right in it."""
    found = _note(request, key)
    context = {
        "note": found,
        "facts": note_facts(found),
        "may_mend": found.withdrawn_at is None and may_mend(request.actor, found),
        "history": history(request.actor, found, 20),
    }
    return page(request, "directory/team_note.html", context)


@door("directory.read")
def note_progress(request: Request, key: UUID) -> HttpResponse:
    """How far the project is."""
    team = get_object_or_404(Team.objects.visible_to(request.actor), key=key, kind=Team.Kind.TASK)
    if not may_note(request.actor, team, clock.today()):
        raise Denied
    form = NoteForm(request.POST or None, initial={"day": team.dissolved_on or clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.note_progress(actor=request.actor, team=team, now=clock.now(), **form.cleaned_data)
            return done(request, team_url(key), _("进度已登记。"))
    context = {"title": _("登记进度"), "subject": team.name, "lead": team.project, "cancel": team_url(key)}
    return page(request, FORM, context, form=form)


@door("directory.read")
def change_note(request: Request, key: UUID) -> HttpResponse:
    """Put a note right."""
    found = _mine(request, key)
    form = ChangeNoteForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    watch(form, found, FIELDS)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_note(actor=request.actor, note=found, now=clock.now(), **form.cleaned_data)
            return done(request, note_url(key), _("已更正。"))
    context = {"title": _("更正进度"), "subject": _subject(found), "cancel": note_url(key)}
    return page(request, FORM, context, form=form)


@door("directory.read")
def withdraw_note(request: Request, key: UUID) -> HttpResponse:
    """Take a note back."""
    found = _mine(request, key)
    form = WithdrawNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.withdraw_note(actor=request.actor, note=found, now=clock.now(), **form.cleaned_data)
            return done(request, note_url(key), _("进度记录已作废。"))
    context = {"title": _("作废进度"), "subject": _subject(found), "submit": _("作废"), "cancel": note_url(key)}
    return page(request, FORM, context, form=form)


def _subject(note: TeamNote) -> str:
    return f"{note.team.name} · {show_date(note.day)}"
