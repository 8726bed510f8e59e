"""Doors to the form of party organizations, their line, approvals, and units without any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms import bodies as forms
from ..models import Approval
from ..queries.bodies import Law, form_on
from ..queries.body_pages import body_page, may_seat
from ..queries.branches import branch_url, may_write
from ..queries.committees import body_url
from ..queries.line import line_page
from ..queries.members import at_home
from ..queries.reach import visible_branches
from ..queries.unformed import CHECKED, LACKING, lack_page, lacking, scope_of
from .shared import form_page, listed


def body_of(request: Request, key: UUID) -> Organization:
    """A party organization in one's scope."""
    rows = visible_branches(request.actor).select_related("party", "parent", "jurisdiction")
    return get_object_or_404(rows, key=key)


def writable_body(request: Request, key: UUID) -> Organization:
    """One that the actor may write; 404 for who may read it only."""
    row = body_of(request, key)
    if not may_write(request.actor, row):
        raise Http404
    return row


def _seating(request: Request, key: UUID) -> Organization:
    """One whose details the actor may write in the register as well; 404 otherwise."""
    row = writable_body(request, key)
    if not may_seat(request.actor, row):
        raise Http404
    return row


@door("partylife.see", methods=("GET",))
def body(request: Request, key: UUID) -> HttpResponse:
    """Form, leadership and elections of one body."""
    row = body_of(request, key)
    context = {"body": row, "page": body_page(request.actor, row, clock.today())}
    return page(request, "partylife/body.html", context)


@door("partylife.see", methods=("GET",))
def line(request: Request, key: UUID) -> HttpResponse:
    """The line below one body."""
    row = body_of(request, key)
    return page(request, "partylife/line.html", {"body": row, "line": line_page(request.actor, row, clock.today())})


def asked(
    request: Request, row: Organization, form: Form, act: Callable[..., Any], title: str, **more: Any
) -> HttpResponse:
    """One form about a body, and the verb that it is for."""
    back = body_url(row.key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            act(actor=request.actor, now=clock.now(), **more, **form.cleaned_data)
            return done(request, back, _("已保存。"))
    return form_page(request, form, title, back, subject=row.name)


@door("partylife.write")
def change_form(request: Request, key: UUID) -> HttpResponse:
    """Another form from a day on."""
    row = _seating(request, key)
    today = clock.today()
    held = form_on(row, today)
    initial = {"level": held.level, "formation": held.formation, "seat": held.seat, "since": today}
    form = forms.ChangeFormForm(request.POST or None, initial=initial)
    return asked(request, row, form, actions.change_form, _("变更组建形式"), branch=row)


@door("partylife.write")
def approve_founding(request: Request, key: UUID) -> HttpResponse:
    """The reply to the request to found the body."""
    row = writable_body(request, key)
    form = forms.FoundingForm(request.POST or None, initial={"approved_on": row.founded_on or clock.today()})
    return asked(request, row, form, actions.approve_founding, _("登记成立批复"), branch=row)


@door("partylife.write")
def report_change(request: Request, key: UUID) -> HttpResponse:
    """What was adjusted or dissolved is reported."""
    row = writable_body(request, key)
    form = forms.ReportForm(request.POST or None, initial={"reported_on": clock.today()})
    return asked(request, row, form, actions.report_change, _("登记已报上级"), branch=row)


@door("partylife.write")
def approve_exception(request: Request, key: UUID) -> HttpResponse:
    """An approved exception."""
    row = writable_body(request, key)
    form = forms.ExceptionForm(request.POST or None, initial={"approved_on": clock.today()})
    return asked(request, row, form, actions.approve_exception, _("登记批准的例外"), branch=row)


@door("partylife.write")
def end_exception(request: Request, key: UUID) -> HttpResponse:
    """It holds no longer."""
    rows = Approval.objects.visible_to(request.actor).select_related("branch")
    row = get_object_or_404(rows, key=key, term__isnull=True)
    if not may_write(request.actor, row.branch):
        raise Http404
    form = forms.EndExceptionForm(request.POST or None, initial={"until": clock.today()})
    return asked(request, row.branch, form, actions.end_exception, _("结束批准的例外"), approval=row)


@door("partylife.write")
def join_unit(request: Request, key: UUID) -> HttpResponse:
    """A unit joins the branch."""
    row = _seating(request, key)
    initial = {"since": clock.today(), "unit": request.GET.get("unit", "")}
    form = forms.JoinForm(request.POST or None, actor=request.actor, initial=initial)
    unit = _named(initial["unit"])
    form.fields["unit"].show(unit)  # type: ignore[attr-defined]
    return asked(request, row, form, actions.join_unit, _("编入单位"), branch=row)


def _named(text: object) -> Organization | None:
    try:
        return Organization.objects.filter(key=UUID(str(text))).first()
    except ValueError:
        return None


@door("partylife.write")
def seat_in_group(request: Request, key: UUID) -> HttpResponse:
    """Members sit in the groups of the branch."""
    row = writable_body(request, key)
    below = Organization.objects.current().filter(  # type: ignore[attr-defined]
        path__startswith=row.path, party__level__in=("group", "home")
    )
    seats = list(at_home(row, clock.today()).values_list("pk", "member__person__name"))
    form = forms.GroupForm(request.POST or None, groups=list(below.order_by("path")), seats=seats)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.seat_in_group(actor=request.actor, branch=row, now=clock.now(), **form.cleaned_data)
            return done(request, branch_url(row.key), _("已保存。"))
    return form_page(request, form, _("编入党小组"), branch_url(row.key), subject=row.name)


@door("partylife.see", methods=("GET",))
def lacks(request: Request) -> HttpResponse:
    """Units that should have a party organization."""
    return listed(request, LACKING, "lacks", None, lead=scope_of(request.actor, clock.today()))


@door("partylife.see", methods=("GET",))
def lack(request: Request, key: UUID) -> HttpResponse:
    """One of them, with what could be done."""
    today = clock.today()
    law = Law(today)
    unit = get_object_or_404(lacking(request.actor, today, law), key=key)
    context = {
        "unit": unit,
        "page": lack_page(request.actor, unit, law, today),
        "register": _register(unit) if request.actor.may("directory.write", unit) else "",
        "may_join": request.actor.may("partylife.write", unit),
    }
    return page(request, "partylife/lack.html", context)


def _register(unit: Organization) -> str:
    return f"{reverse('directory:register')}?classification=party&parent={unit.key}"


@door("partylife.see", methods=("GET",))
def checked(request: Request) -> HttpResponse:
    """Bodies whose form does not fit their number."""
    return listed(request, CHECKED, "checked", None)
