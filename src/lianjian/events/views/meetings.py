"""Doors to meetings: list, calendar, one meeting; plan, change, cancel, invite, answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation import clock, pages, registry
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.meetings import AnswerForm, InviteForm, MeetingForm, ReasonForm
from ..models import Invitation, Meeting, answer_of
from ..queries import (
    MEETINGS,
    ical,
    meeting_page,
    meeting_url,
    month_of,
    month_page,
    own_calendar,
    templates_of,
    writes,
)
from ..queries.attendance import attendance_of
from ..queries.calendar import Line, lines_of
from ..queries.door import arrived
from ..queries.invitees import usual_names
from ..queries.signing import sign_ups

FORM = "events/meeting_form.html"


def meeting_of(request: Request, key: UUID) -> Meeting:
    """A meeting that the actor may see."""
    rows = Meeting.objects.visible_to(request.actor).select_related("convener", "venue", "series")
    return get_object_or_404(rows, key=key)


def own_meeting(request: Request, key: UUID) -> Meeting:
    """One that the actor may write; another's is read, not written."""
    held = meeting_of(request, key)
    if not writes(request.actor, "meetings.write", held.convener):
        raise Http404
    return held


def act(
    request: Request,
    form: Form,
    verb: Callable[..., object],
    *,
    title: str,
    back: str,
    said: str,
    subject: str = "",
    values: Callable[[Any], dict[str, Any]] | None = None,
    template: str = FORM,
    **more: Any,
) -> HttpResponse:
    """One form, one verb, and back to where it came from; `more` goes to the page."""
    words = {"title": title, "subject": subject, **more}
    return pages.act(request, form, verb, template=template, back=back, said=said, values=values, **words)


@door("meetings.see", methods=("GET",))
def meetings(request: Request) -> HttpResponse:
    """All meetings that one may see."""
    may = bool(request.actor.scopes("meetings.write"))
    plan = (_("安排会议或活动"), reverse("events:plan")) if may else None
    words = request.actor.may("events.purposes")
    return list_page(request, MEETINGS, "events/meetings.html", {"may": may, "may_words": words}, empty_action=plan)


@door("meetings.see", methods=("GET",))
def month(request: Request) -> HttpResponse:
    """The meetings of a month; one's own only with `mine=1`."""
    mine = request.GET.get("mine") == "1"
    rows = Meeting.objects.concerning(request.actor) if mine else Meeting.objects.visible_to(request.actor)
    today = clock.today()
    shown = month_page(rows, month_of(request.GET.get("month", ""), today), today)
    return page(request, "events/month.html", {"month": shown, "mine": mine})


def calendar_file(request: Request, rows: Sequence[Line], name: str) -> HttpResponseBase:
    """With a tag, so that a calendar that has this text already is told so, and is sent nothing."""
    text = ical(rows, name=name, host=request.build_absolute_uri("/").rstrip("/")).encode()
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["ETag"] = quote_etag(sha256(text).hexdigest()[:32])
    return get_conditional_response(request, answer.headers["ETag"], response=answer) or answer


@door("meetings.see", methods=("GET",))
def own_ics(request: Request) -> HttpResponseBase:
    """One's own meetings for another calendar."""
    return calendar_file(request, own_calendar(request.actor, clock.now()), _("会议与活动"))


@door("meetings.see", methods=("GET",))
def ics(request: Request, key: UUID) -> HttpResponseBase:
    """One meeting for another calendar."""
    held = meeting_of(request, key)
    return calendar_file(request, lines_of(Meeting.objects.filter(pk=held.pk), 1), held.title)


@door("meetings.see", methods=("GET",))
def meeting(request: Request, key: UUID) -> HttpResponse:
    """One meeting with what came of it."""
    held = meeting_of(request, key)
    shown = meeting_page(request.actor, held, clock.now())
    panels = registry.panels("events.meeting", request.actor, held, clock.now())
    lists = attendance_of(request.actor, held)
    came = arrived(request.actor, held) if shown.inside else []
    context = {"page": shown, "meeting": held, "panels": panels, "lists": lists, "arrived": came}
    context["signing"] = sign_ups(request.actor, held, clock.now())
    return page(request, "events/meeting.html", context)


def first_values(request: Request) -> dict[str, Any]:
    """Tomorrow morning; the convener that was asked for, and whom it usually invites."""
    start = timezone.localtime(clock.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    found: dict[str, Any] = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    try:
        key = UUID(request.GET.get("convener", ""))
    except ValueError:
        key = None
    chosen = Organization.objects.current().filter(key=key).first() if key else None  # type: ignore[attr-defined]
    if chosen is None and request.method == "GET":
        chosen = Organization.objects.filter(pk=getattr(request.actor, "organization_id", 0)).first()
    if chosen is not None:
        found |= {"convener": str(chosen.key), "chosen": chosen, "members": usual_names(chosen, clock.today())}
    return found | _of_template(request, start)


def _of_template(request: Request, start: datetime) -> dict[str, Any]:
    """What the template that was asked for says."""
    try:
        template = templates_of(request.actor, UUID(request.GET.get("template", "")))
    except ValueError:
        template = None
    if template is None:
        return {}
    names = ("kind", "parts", "agenda", "place")
    hosts = template.hosts.order_by("pk").values_list("organization__name", flat=True)
    return {
        **{name: getattr(template, name) for name in names},
        "title": template.name,
        "convener": str(template.organization.key),
        "chosen": template.organization,
        "venue": str(template.venue.key) if template.venue is not None else "",
        "ends_at": start + timedelta(minutes=template.minutes),
        "hosts": "\n".join(hosts),
        "rhythm": template.rhythm,
    }


def _planned(values: dict[str, Any]) -> str:
    """What happens now: only those who are invited and asked to answer get something to do."""
    if not values["bodies"]:
        return _("已安排,还没有邀请单位。")
    return _("已安排,参加单位会收到待办。") if values["answer_by"] else _("已安排,参加单位能看到时间、地点和议程。")


@door("meetings.write")
def plan(request: Request) -> HttpResponse:
    """Call a meeting."""
    initial = first_values(request)
    form = MeetingForm(request.POST or None, actor=request.actor, today=clock.today(), initial=initial)
    form.fields["convener"].show(initial.get("chosen"))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.plan_meeting(actor=request.actor, now=clock.now(), **form.values())
            return done(request, meeting_url(made.key), _planned(form.values()))
    context = {"title": _("安排会议或活动"), "cancel": reverse("events:meetings"), "subject": ""}
    context["series_url"] = reverse("events:plan_series")
    return page(request, FORM, context, form=form)


@door("meetings.write")
def change_meeting(request: Request, key: UUID) -> HttpResponse:
    """Other words, time or place."""
    held = own_meeting(request, key)
    initial: dict[str, Any] = {name: getattr(held, name) for name in actions.MEETING_FIELDS}
    initial["venue"] = str(held.venue.key) if held.venue is not None else ""
    form = MeetingForm(
        request.POST or None, actor=request.actor, today=clock.today(), meeting=held, initial=initial
    )
    watch(form, held, actions.MEETING_FIELDS)
    verb = partial(actions.change_meeting, meeting=held)
    words = {"title": _("修改会议"), "said": _("已修改。"), "subject": held.title}
    return act(request, form, verb, back=meeting_url(key), values=lambda form: form.values(), **words)


@door("meetings.write")
def cancel_meeting(request: Request, key: UUID) -> HttpResponse:
    """It will not take place."""
    held = own_meeting(request, key)
    verb = partial(actions.cancel_meeting, meeting=held)
    words = {"title": _("取消会议"), "said": _("已取消,参加单位会看到原因。"), "subject": held.title}
    return act(request, ReasonForm(request.POST or None), verb, back=meeting_url(key), **words)


@door("meetings.write")
def invite(request: Request, key: UUID) -> HttpResponse:
    """One more body."""
    held = own_meeting(request, key)
    came = held.state == "held"
    form = InviteForm(request.POST or None, actor=request.actor, came=came)
    words = {"title": _("补记参加单位") if came else _("邀请单位"), "subject": held.title}
    verb = partial(actions.invite, meeting=held)
    return act(request, form, verb, back=meeting_url(key), said=_("已补记。") if came else _("已邀请。"), **words)


def _invitation(request: Request, key: UUID) -> Invitation:
    """An invitation to a meeting that the actor may see."""
    rows = Invitation.objects.select_related("organization", "meeting__convener", "answer")
    found = get_object_or_404(rows, key=key)
    meeting_of(request, found.meeting.key)
    return found


@door("meetings.write", methods=("POST",))
def uninvite(request: Request, key: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = _invitation(request, key)
    held = own_meeting(request, found.meeting.key)
    actions.uninvite(actor=request.actor, invitation=found, now=clock.now())
    return done(request, meeting_url(held.key), _("邀请已收回。"))


@door("meetings.answer")
def answer(request: Request, key: UUID) -> HttpResponse:
    """What an invited body says."""
    found = _invitation(request, key)
    if not writes(request.actor, "meetings.answer", found.organization):
        raise Http404
    held = answer_of(found)
    initial = {name: getattr(held, name) for name in ("coming", "people", "words")} if held else {}
    form = AnswerForm(request.POST or None, initial=initial)
    words = {"title": _("答复:%(name)s") % {"name": found.organization.name}, "subject": found.meeting.title}
    verb = partial(actions.answer_invitation, invitation=found)
    return act(request, form, verb, back=meeting_url(found.meeting.key), said=_("已答复。"), **words)
