"""Doors to what came of a meeting: attendance, minutes, decisions, reports, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import watch

from .. import actions
from ..forms import UploadForm
from ..forms.deciding import RecountForm, VotedDecisionForm
from ..forms.meetings import DecisionForm, EvidenceForm, HoldForm, ReasonForm, ReportForm
from ..models import Charge, Decision, Meeting, Minutes
from ..queries import meeting_url, writes
from .meetings import act, own_meeting


def _record(request: Request, form: HoldForm, verb: Callable[..., object], held: Meeting, **words: Any) -> HttpResponse:
    back = meeting_url(held.key)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            came = {pk: actions.Came(*told) for pk, told in form.came().items()}
            more = {name: form.cleaned_data[name] for name in ("text", "reason", "parts_held") if name in form.fields}
            verb(actor=request.actor, meeting=held, came=came, now=clock.now(), **more)
            return done(request, back, words.pop("said"))
    context = {**words, "cancel": back, "subject": held.title}
    return page(request, "events/hold_form.html", context, form=form)


@door("meetings.write")
def hold(request: Request, key: UUID) -> HttpResponse:
    """Who came, what was said."""
    held = own_meeting(request, key)
    every = list(range(1, len(held.parts) + 1))
    form = HoldForm(request.POST or None, meeting=held, initial={"parts_held": every})
    words = {"title": _("登记开会情况"), "said": _("已登记,可以接着记决定。")}
    return _record(request, form, actions.hold_meeting, held, **words)


@door("meetings.write")
def correct_meeting(request: Request, key: UUID) -> HttpResponse:
    """Put the record right, with a reason."""
    held = own_meeting(request, key)
    minutes = Minutes.objects.filter(meeting=held).first()
    initial = {"text": minutes.text if minutes is not None else "", "parts_held": held.parts_held}
    form = HoldForm(request.POST or None, meeting=held, correct=True, initial=initial)
    watch(form, held, ["changed_at"])
    words = {"title": _("更正记录"), "said": _("已更正,原来的内容留在审计日志里。")}
    return _record(request, form, actions.correct_meeting, held, **words)


@door("meetings.write")
def decide(request: Request, key: UUID) -> HttpResponse:
    """A decision with who does it and by when."""
    held = own_meeting(request, key)
    form = VotedDecisionForm(request.POST or None, meeting=held)
    verb = partial(actions.decide, meeting=held)
    words = {"title": _("记一项决定"), "said": _("已登记;通过的决定,责任单位会收到待办。"), "subject": held.title}
    return act(request, form, verb, back=meeting_url(key), **words)


def _decision(request: Request, key: UUID) -> Decision:
    """A decision of a meeting that the actor may write."""
    rows = Decision.objects.visible_to(request.actor).select_related("meeting__convener")
    found: Decision = get_object_or_404(rows, key=key)
    if not writes(request.actor, "meetings.write", found.meeting.convener):
        raise Http404
    return found


@door("meetings.write")
def change_decision(request: Request, key: UUID) -> HttpResponse:
    """Other words or another day."""
    found = _decision(request, key)
    initial = {"text": found.text, "due_on": found.due_on}
    form = DecisionForm(request.POST or None, meeting=found.meeting, decision=found, initial=initial)
    watch(form, found, initial)
    verb = partial(actions.change_decision, decision=found)
    words = {"title": _("修改决定"), "said": _("已修改。"), "subject": found.meeting.title}
    return act(request, form, verb, back=meeting_url(found.meeting.key), **words)


@door("meetings.write")
def recount(request: Request, key: UUID) -> HttpResponse:
    """The votes were written down wrongly."""
    found = _decision(request, key)
    if found.yes is None:
        raise Http404
    form = RecountForm(request.POST or None, decision=found)
    watch(form, found, {name: getattr(found, name) for name in ("yes", "no", "abstain")})
    verb = partial(actions.recount, decision=found)
    words = {"title": _("更正表决"), "said": _("已更正,并重新核对。"), "subject": found.text}
    return act(request, form, verb, back=meeting_url(found.meeting.key), **words)


def _settling(request: Request, key: UUID, form: Any, verb: Any, title: str, said: str) -> HttpResponse:
    found = _decision(request, key)
    verb = partial(verb, decision=found)
    back = meeting_url(found.meeting.key)
    return act(request, form, verb, back=back, title=title, said=said, subject=found.text)


@door("meetings.write")
def settle_decision(request: Request, key: UUID) -> HttpResponse:
    """It is done."""
    form = EvidenceForm(request.POST or None)
    return _settling(request, key, form, actions.settle_decision, _("决定已落实"), _("已办结。"))


@door("meetings.write")
def drop_decision(request: Request, key: UUID) -> HttpResponse:
    """It will not be done."""
    form = ReasonForm(request.POST or None)
    return _settling(request, key, form, actions.drop_decision, _("不再办理"), _("已记下,不再办理。"))


@door("meetings.write")
def reopen_decision(request: Request, key: UUID) -> HttpResponse:
    """It was settled by mistake."""
    form = ReasonForm(request.POST or None)
    return _settling(request, key, form, actions.reopen_decision, _("重新落实"), _("已重新列为待落实。"))


@door("meetings.answer")
def report(request: Request, key: UUID) -> HttpResponse:
    """What a body in charge has done."""
    rows = Charge.objects.select_related("organization", "decision__meeting__convener", "task")
    found = get_object_or_404(rows, key=key)
    seen = Decision.objects.visible_to(request.actor).filter(pk=found.decision_id)
    if not writes(request.actor, "meetings.answer", found.organization) or not seen.exists():
        raise Http404
    verb = partial(actions.report_task, charge=found)
    words = {"title": _("报告落实情况"), "said": _("已报告,等召集方核对。"), "subject": found.decision.text}
    back = meeting_url(found.decision.meeting.key)
    return act(request, ReportForm(request.POST or None), verb, back=back, **words)


@door("files.write", methods=("POST",))
def upload_minutes(request: Request, key: UUID) -> HttpResponse:
    """Hang a file on the minutes."""
    held = own_meeting(request, key)
    get_object_or_404(Minutes.objects.visible_to(request.actor), meeting=held)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        words = {"sentence": _("请选择要上传的文件。"), "back": meeting_url(key)}
        return page(request, "422.html", words, status=422)
    actions.attach_minutes(actor=request.actor, meeting=held, upload=form.cleaned_data["file"], now=clock.now())
    return done(request, meeting_url(key), _("附件已上传。"))


@door("files.read", methods=("GET",))
def minutes_file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a file of the minutes."""
    rows = Minutes.objects.visible_to(request.actor).filter(meeting__key=key)
    minutes: Minutes = get_object_or_404(rows)
    files = File.objects.present().filter(bundle_id=minutes.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(files, key=file_key))
