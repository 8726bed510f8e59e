"""Doors to templates, results and photos of meetings."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.files.models import File
from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.stale import watch

from .. import actions
from ..forms.activities import PhotoForm, QuestionForm, TemplateForm, WinnerForm
from ..models import Photo, Question, Template, Winner
from ..queries import meeting_url, template_lines, template_page, template_url, writes
from .meetings import FORM, act, own_meeting


def _template(request: Request, key: UUID, *, own: bool) -> Template:
    """A template; with `own` one that the actor may write."""
    rows = Template.objects.visible_to(request.actor).select_related("organization", "venue")
    found: Template = get_object_or_404(rows, key=key)
    if own and not writes(request.actor, "meetings.write", found.organization):
        raise Http404
    return found


@door("meetings.see", methods=("GET",))
def templates(request: Request) -> HttpResponse:
    """Those of the place and of the places above."""
    may = bool(request.actor.scopes("meetings.write"))
    return page(request, "events/templates.html", {"lines": template_lines(request.actor), "may": may})


@door("meetings.see", methods=("GET",))
def template(request: Request, key: UUID) -> HttpResponse:
    """One template with its parts."""
    shown = template_page(request.actor, _template(request, key, own=False))
    may = bool(request.actor.scopes("meetings.write"))
    return page(request, "events/template.html", {"page": shown, "template": shown.template, "may": may})


@door("meetings.write")
def add_template(request: Request) -> HttpResponse:
    """How an activity usually goes."""
    own = Organization.objects.filter(pk=getattr(request.actor, "organization_id", 0)).first()
    initial = {"organization": str(own.key)} if own is not None else {}
    form = TemplateForm(request.POST or None, actor=request.actor, today=clock.today(), initial=initial)
    form.fields["organization"].show(own)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.add_template(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, template_url(made.key), _("已增加。"))
    back = reverse("events:templates")
    context = {"title": _("增加活动模板"), "cancel": back, "subject": ""}
    return page(request, FORM, context, form=form)


@door("meetings.write")
def change_template(request: Request, key: UUID) -> HttpResponse:
    """Other parts."""
    held = _template(request, key, own=True)
    initial: dict[str, Any] = {name: getattr(held, name) for name in actions.TEMPLATE_FIELDS}
    initial["venue"] = str(held.venue.key) if held.venue is not None else ""
    hosts = held.hosts.order_by("pk").values_list("organization__name", flat=True)
    initial["hosts"] = "\n".join(hosts)
    form = TemplateForm(
        request.POST or None, actor=request.actor, today=clock.today(), template=held, initial=initial
    )
    watch(form, held, actions.TEMPLATE_FIELDS)
    verb = partial(actions.change_template, template=held)
    words = {"title": _("修改活动模板"), "said": _("已修改。"), "subject": held.name}
    return act(request, form, verb, back=template_url(key), **words)


@door("meetings.write", methods=("POST",))
def retire_template(request: Request, key: UUID) -> HttpResponse:
    """Offered no longer, or again."""
    held = _template(request, key, own=True)
    again = held.retired_on is not None
    actions.retire_template(actor=request.actor, template=held, again=again, now=clock.now())
    return done(request, template_url(key), _("已恢复使用。") if again else _("已停用。"))


@door("meetings.write")
def add_winner(request: Request, key: UUID) -> HttpResponse:
    """A result as it was announced."""
    held = own_meeting(request, key)
    form = WinnerForm(request.POST or None, actor=request.actor)
    words = {"title": _("登记评选结果"), "said": _("已登记。"), "subject": held.title}
    return act(request, form, partial(actions.add_winner, meeting=held), back=meeting_url(key), **words)


@door("meetings.write", methods=("POST",))
def remove_winner(request: Request, key: UUID) -> HttpResponse:
    """Written down by mistake."""
    found = get_object_or_404(Winner.objects.select_related("meeting", "organization"), key=key)
    own_meeting(request, found.meeting.key)
    actions.remove_winner(actor=request.actor, winner=found, now=clock.now())
    return done(request, meeting_url(found.meeting.key), _("已删除。"))


@door("meetings.write")
def add_question(request: Request, key: UUID) -> HttpResponse:
    """What was asked and answered."""
    held = own_meeting(request, key)
    form = QuestionForm(request.POST or None)
    words = {"title": _("登记会上问答"), "said": _("已登记。"), "subject": held.title}
    return act(request, form, partial(actions.add_question, meeting=held), back=meeting_url(key), **words)


@door("meetings.write")
def change_question(request: Request, key: UUID) -> HttpResponse:
    """Other words, or the answer."""
    rows = Question.objects.visible_to(request.actor).select_related("meeting__convener")
    found: Question = get_object_or_404(rows, key=key)
    own_meeting(request, found.meeting.key)
    names = ("asked_by", "text", "answer", "answered_by")
    form = QuestionForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    watch(form, found, names)
    words = {"title": _("修改会上问答"), "said": _("已修改。"), "subject": found.meeting.title}
    verb = partial(actions.change_question, question=found)
    return act(request, form, verb, back=meeting_url(found.meeting.key), **words)


@door("meetings.write")
def add_photo(request: Request, key: UUID) -> HttpResponse:
    """A picture with its caption and credit."""
    held = own_meeting(request, key)
    form = PhotoForm(request.POST or None, request.FILES or None, new=True)
    words = {"title": _("上传活动照片"), "said": _("已上传。"), "subject": held.title}

    def values(form: Any) -> dict[str, Any]:
        found = dict(form.cleaned_data)
        return {"upload": found.pop("file"), **found}

    verb = partial(actions.add_photo, meeting=held)
    return act(request, form, verb, back=meeting_url(key), values=values, **words)


def _photo(request: Request, key: UUID) -> Photo:
    """A photo of a meeting that the actor may write."""
    rows = Photo.objects.visible_to(request.actor).select_related("meeting__convener", "bundle")
    found: Photo = get_object_or_404(rows, key=key)
    own_meeting(request, found.meeting.key)
    return found


@door("meetings.write")
def change_photo(request: Request, key: UUID) -> HttpResponse:
    """Caption, credit, consent."""
    found = _photo(request, key)
    names = ("caption", "credit", "consent")
    initial = {name: getattr(found, name) for name in names}
    form = PhotoForm(request.POST or None, new=False, initial=initial)
    watch(form, found, names)
    words = {"title": _("修改活动照片"), "said": _("已修改。"), "subject": found.meeting.title}
    verb = partial(actions.change_photo, photo=found)
    return act(request, form, verb, back=meeting_url(found.meeting.key), **words)


@door("meetings.write", methods=("POST",))
def remove_photo(request: Request, key: UUID) -> HttpResponse:
    """Take it away."""
    found = _photo(request, key)
    actions.remove_photo(actor=request.actor, photo=found, now=clock.now())
    return done(request, meeting_url(found.meeting.key), _("照片已移除。"))


@door("meetings.see", methods=("GET",))
def photo_file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """The picture itself."""
    found: Photo = get_object_or_404(Photo.objects.visible_to(request.actor), key=key)
    files = File.objects.present().filter(bundle_id=found.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(files, key=file_key), inline=True)
