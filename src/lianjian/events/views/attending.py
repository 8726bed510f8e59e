"""Doors to who came, and to what an activity came to."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation import clock, registry
from lianjian.foundation.clock import local_day
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.attendance import AttendanceForm, ResultsForm
from ..models import Attendance, Meeting
from ..queries import meeting_url, writes
from ..queries.attendance import attendance_of, bodies_at
from ..queries.door import came_by_code
from ..queries.meeting import meeting_page
from ..rolls import roll_of
from .meetings import act, meeting_of, own_meeting


def _list_form(request: Request, held: Meeting, organization: Organization) -> AttendanceForm:
    """The roll of the day with what was said before."""
    said = Attendance.objects.filter(meeting=held, organization=organization)
    return AttendanceForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        roll=roll_of(organization, local_day(held.starts_at)),
        held={row.person_id: row for row in said},
        came=came_by_code(held, organization),
    )


@door("meetings.answer")
def attend(request: Request, key: UUID, body: UUID) -> HttpResponse:
    """The list of one body."""
    held = meeting_of(request, key)
    organization = next((one for one in bodies_at(held) if one.key == body), None)
    if organization is None or not writes(request.actor, "meetings.answer", organization):
        raise Http404
    form = _list_form(request, held, organization)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.record_attendance(
                actor=request.actor,
                meeting=held,
                organization=organization,
                said=form.said(),
                guests=form.from_elsewhere(),
                seen=form.seen(),
                now=clock.now(),
            )
            return done(request, meeting_url(key), _("已登记到会名单。"))
    context = {"subject": held.title, "cancel": meeting_url(key), "body": organization}
    return page(request, "events/attendance_form.html", context, form=form)


@door("meetings.write")
def results(request: Request, key: UUID) -> HttpResponse:
    """Audiences, hours, people served."""
    held = own_meeting(request, key)
    names = list(held.audiences.order_by("pk").values_list("name", flat=True))
    initial: dict[str, Any] = {name: getattr(held, name) for name in ("hours", "served", "served_times")}
    sent = request.POST if request.method == "POST" else None
    form = ResultsForm(sent, meeting=held, held=names, initial={**initial, "audiences": names})
    watch(form, held, [*initial, "changed_at"])
    verb = partial(actions.set_results, meeting=held)
    words = {"title": _("登记学时和服务人数"), "said": _("已登记。"), "subject": held.title}
    return act(request, form, verb, back=meeting_url(key), **words)


@door("meetings.see", methods=("GET",))
def paper(request: Request, key: UUID) -> HttpResponse:
    """The record of a meeting on paper."""
    held = meeting_of(request, key)
    shown = meeting_page(request.actor, held, clock.now())
    if not shown.inside:
        raise Http404
    lists = attendance_of(request.actor, held)
    panels = registry.panels("events.meeting_paper", request.actor, held, clock.now())
    context = {"page": shown, "meeting": held, "lists": lists, "panels": panels}
    return page(request, "events/meeting_paper.html", context)
