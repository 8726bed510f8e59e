"""Doors to people: list, record, register, change, roles, and looking at a masked value."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.journal.queries import history

from .. import actions
from ..forms.people import PersonForm, RoleForm, UnmaskForm
from ..models import Person
from ..queries import PEOPLE, person_record, person_url

FORM = "directory/form.html"


def _found(actor: Actor, key: UUID) -> Person:
    rows = Person.objects.visible_to(actor).select_related("jurisdiction")  # type: ignore[attr-defined]
    person: Person = get_object_or_404(rows, key=key)
    return person


def _crumb(person: Person, title: str) -> dict[str, str]:
    return {"title": title, "subject": person.name, "cancel": person_url(person.key)}


@door("people.see", methods=("GET",))
def people(request: Request) -> HttpResponse:
    """The list, with masked phones."""
    may = request.actor.may("people.write")
    action = (_("登记人员"), reverse("directory:register_person")) if may else None
    return list_page(request, PEOPLE, "directory/people.html", {"may_write": may}, empty_action=action)


def _page(request: Request, person: Person, form: UnmaskForm, revealed: dict[str, str]) -> HttpResponse:
    shown = person_record(request.actor, person, day=clock.today())
    context = {
        "page": shown,
        "person": person,
        "revealed": revealed,
        "panels": registry.panels("directory.person", request.actor, person, clock.now()),
        "history": history(request.actor, person, 20) if shown.may_write else [],
    }
    return page(request, "directory/person.html", context, form=form)


@door("people.see", methods=("GET",))
def person(request: Request, key: UUID) -> HttpResponse:
    """One record."""
    return _page(request, _found(request.actor, key), UnmaskForm(), {})


@door("people.unmask", methods=("POST",))
def unmask(request: Request, key: UUID) -> HttpResponse:
    """Show one masked value once, for a reason that is journalled."""
    found = _found(request.actor, key)
    form = UnmaskForm(request.POST)
    revealed = {}
    if form.is_valid():
        with refusals_to(form):
            field = form.cleaned_data["field"]
            revealed[field] = actions.unmask(
                actor=request.actor, person=found, now=clock.now(), **form.cleaned_data
            )
            form = UnmaskForm()
    return _page(request, found, form, revealed)


@door("people.write")
def register_person(request: Request) -> HttpResponse:
    """A new person of one's own jurisdiction."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.register_person(actor=request.actor, now=clock.now(), **form.changes())
            return done(request, person_url(made.key), _("“%(name)s”已登记。") % {"name": made.name})
    return page(request, FORM, {"title": _("登记人员"), "cancel": reverse("directory:people")}, form=form)


@door("people.write")
def change_person(request: Request, key: UUID) -> HttpResponse:
    """Change a person's facts; secrets left empty stay."""
    found = _found(request.actor, key)
    initial = {name: getattr(found, name) for name in ("name", "sex", "name_published", "note")}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_person(actor=request.actor, person=found, now=clock.now(), **form.changes())
            return done(request, person_url(key), _("已保存。"))
    return page(request, FORM, _crumb(found, _("修改人员")), form=form)


@door("people.write")
def role(request: Request, key: UUID) -> HttpResponse:
    """Give this person a role."""
    found = _found(request.actor, key)
    form = RoleForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_membership(actor=request.actor, person=found, now=clock.now(), **form.cleaned_data)
            return done(request, person_url(key), _("任职已登记。"))
    return page(request, FORM, _crumb(found, _("登记任职")), form=form)
