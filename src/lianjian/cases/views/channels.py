"""The knowledge list, and channels with what is on record of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require
from lianjian.rulebook.queries import line_of

from .. import actions
from ..forms.channels import ChangeLessonForm, ChannelForm, LessonForm, MembersForm, PostForm
from ..models import Case, Channel, Lesson
from ..queries import visible
from ..queries.channels import CHANNELS, LESSONS, channel_page, channel_url, lesson_path, lesson_url


def _office(request: Request) -> bool:
    return request.actor.may("cases.dispatch", Whole(request.actor.jurisdiction_id))


@door("cases.see", methods=("GET",))
def lessons(request: Request) -> HttpResponse:
    """The knowledge list."""
    return list_page(request, LESSONS, "cases/lessons.html", {"office": _office(request)})


def _lesson(request: Request, key: UUID) -> Lesson:
    rows = Lesson.objects.filter(jurisdiction_id__in=line_of(request.actor.jurisdiction_id))
    return get_object_or_404(rows, key=key)


@door("cases.see", methods=("GET",))
def lesson(request: Request, key: UUID) -> HttpResponse:
    """One question with its answer."""
    found = _lesson(request, key)
    may = request.actor.may("cases.dispatch", Whole(found.jurisdiction_id))
    return page(request, "cases/lesson.html", {"lesson": found, "path": lesson_path(found), "may_write": may})


def _source(request: Request) -> Case | None:
    key = request.GET.get("case") or request.POST.get("case")
    rows = visible(request.actor).select_related("category")
    return get_object_or_404(rows, key=UUID(key)) if key else None


@door("cases.dispatch")
def keep_lesson(request: Request) -> HttpResponse:
    """Put one on the list, of a case or by itself."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    case = _source(request)
    initial = {"question": case.title, "answer": case.answer, "category": case.category.code} if case else {}
    form = LessonForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.keep_lesson(actor=request.actor, case=case, now=clock.now(), **form.cleaned_data)
            return done(request, lesson_url(made.key), _("已收入知识库。"))
    context = {"title": _("收入知识库"), "submit": _("收入"), "cancel": reverse("cases:lessons")}
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch")
def change_lesson(request: Request, key: UUID) -> HttpResponse:
    """Other words."""
    found = _lesson(request, key)
    require(request.actor, "cases.dispatch", Whole(found.jurisdiction_id))
    form = ChangeLessonForm(request.POST or None, initial={"question": found.question, "answer": found.answer})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_lesson(actor=request.actor, lesson=found, now=clock.now(), **form.cleaned_data)
            return done(request, lesson_url(key), _("已修改。"))
    context = {
        "title": _("修改解答"),
        "submit": _("保存"),
        "cancel": lesson_url(key),
        "retire": reverse("cases:retire_lesson", kwargs={"key": key}),
        "retired": found.retired_on is not None,
    }
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch", methods=("POST",))
def retire_lesson(request: Request, key: UUID) -> HttpResponse:
    """It holds no longer, or again."""
    found = _lesson(request, key)
    again = found.retired_on is not None
    actions.retire_lesson(actor=request.actor, lesson=found, now=clock.now(), again=again)
    return done(request, lesson_url(key), _("已恢复。") if again else _("已停用。"))


@door("cases.see", methods=("GET",))
def channels(request: Request) -> HttpResponse:
    """All channels."""
    return list_page(request, CHANNELS, "cases/channels.html", {"office": _office(request)})


def _channel(request: Request, key: UUID) -> Channel:
    rows = Channel.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found: Channel = get_object_or_404(rows.select_related("organization"), key=key)
    return found


@door("cases.see", methods=("GET",))
def channel(request: Request, key: UUID) -> HttpResponse:
    """One channel."""
    return page(request, "cases/channel.html", {"page": channel_page(request.actor, _channel(request, key))})


@door("cases.dispatch")
def open_channel(request: Request) -> HttpResponse:
    """Write one down."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    form = ChannelForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.open_channel(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, channel_url(made.key), _("服务渠道已登记。"))
    context = {"title": _("登记服务渠道"), "submit": _("登记"), "cancel": reverse("cases:channels")}
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch")
def channel_members(request: Request, key: UUID) -> HttpResponse:
    """Who answers there."""
    found = _channel(request, key)
    held = "\n".join(f"{name} {role}" for name, role in found.members.values_list("name", "role"))
    form = MembersForm(request.POST or None, initial={"members": held})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_members(actor=request.actor, channel=found, now=clock.now(), **form.cleaned_data)
            return done(request, channel_url(key), _("已修改。"))
    context = {"title": _("解答人员"), "submit": _("保存"), "lead": found.name, "cancel": channel_url(key)}
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.register")
def post(request: Request, key: UUID) -> HttpResponse:
    """What was pushed or asked."""
    found = _channel(request, key)
    form = PostForm(request.POST or None, initial={"posted_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.post_in_channel(actor=request.actor, channel=found, now=clock.now(), **form.cleaned_data)
            return done(request, channel_url(key), _("已记下。"))
    context = {"title": _("记一条"), "submit": _("保存"), "lead": found.name, "cancel": channel_url(key)}
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch", methods=("POST",))
def close_channel(request: Request, key: UUID) -> HttpResponse:
    """It is used no longer."""
    actions.close_channel(actor=request.actor, channel=_channel(request, key), now=clock.now())
    return done(request, channel_url(key), _("渠道已停用,记录保留。"))
