"""Doors to the templates of an office."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.files import store
from lianjian.files.models import File
from lianjian.files.serve import ContentMissing, serve
from lianjian.foundation import clock
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import attachment
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions, filling, queries
from ..forms import PeriodForm, ReplaceForm, TemplateForm
from ..models import OfficeTemplate
from ..rules import read_period


def _template(actor: Actor, key: UUID) -> OfficeTemplate:
    found: OfficeTemplate = get_object_or_404(OfficeTemplate.objects.visible_to(actor), key=key)  # type: ignore[attr-defined]
    return found


def _own(actor: Actor, key: UUID) -> OfficeTemplate:
    """One that the actor keeps."""
    found = _template(actor, key)
    require(actor, "reports.templates", Whole(found.jurisdiction_id))
    return found


def _file(template: OfficeTemplate) -> File:
    found = queries.file_of(template)
    if found is None:
        raise Http404
    return found


@door("reports.make", methods=("GET",))
def templates(request: Request) -> HttpResponse:
    """The templates, to be filled for the place and period of the address, and what may be written into one."""
    actor = request.actor
    place = queries.place_of(actor, request.GET.get("scope", ""))
    if place is None:
        raise Http404
    period = read_period(request.GET.get("period", ""), today=clock.today())
    context = {
        "templates": queries.template_rows(actor),
        "vocabulary": filling.vocabulary(actor),
        "place": place,
        "period": period,
        "form": PeriodForm(places=queries.places(actor), initial={"period": period.text}),
        "may_add": actor.may("reports.templates", Whole(actor.jurisdiction_id)),
    }
    return page(request, "insight/templates.html", context)


@door("reports.templates")
def add(request: Request) -> HttpResponse:
    """Upload one."""
    require(request.actor, "reports.templates", Whole(request.actor.jurisdiction_id))
    form, back = TemplateForm(request.POST or None, request.FILES or None), reverse("insight:templates")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_template(
                actor=request.actor,
                name=form.cleaned_data["name"],
                upload=form.cleaned_data["file"],
                now=clock.now(),
            )
            return done(request, back, _("模板已上传,选好范围和时段就能出报告。"))
    return page(request, "insight/template_form.html", {"title": _("上传模板"), "back": back}, form=form)


@door("reports.templates")
def replace(request: Request, key: UUID) -> HttpResponse:
    """Put another file in its place."""
    found, back = _own(request.actor, key), reverse("insight:templates")
    form = ReplaceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.replace_template(
                actor=request.actor, template=found, upload=form.cleaned_data["file"], now=clock.now()
            )
            return done(request, back, _("模板已替换。"))
    title = _("替换模板“%(name)s”") % {"name": found.name}
    return page(request, "insight/template_form.html", {"title": title, "back": back}, form=form)


@door("reports.templates", methods=("POST",))
def retire(request: Request, key: UUID) -> HttpResponse:
    """Offer it no longer, or again."""
    found = _own(request.actor, key)
    again = found.retired_on is not None
    actions.retire_template(actor=request.actor, template=found, again=again, now=clock.now())
    return done(request, reverse("insight:templates"), _("模板已恢复使用。") if again else _("模板已停用。"))


@door("reports.make", methods=("GET",))
def download(request: Request, key: UUID) -> HttpResponseBase:
    """The template itself, with its marks."""
    return serve(_file(_template(request.actor, key)))


@door("reports.make", methods=("GET",))
def fill(request: Request, key: UUID) -> HttpResponse:
    """The template filled for the place and period of the address."""
    actor, found = request.actor, _template(request.actor, key)
    place = queries.place_of(actor, request.GET.get("scope", ""))
    if place is None:
        raise Http404
    if found.retired_on is not None:
        raise actions.TemplateRetired
    file, period = _file(found), read_period(request.GET.get("period", ""), today=clock.today())
    try:
        with store.path_of(file.sha256).open("rb") as content:
            made = filling.fill(actor, content, place, period, today=clock.today())
    except FileNotFoundError as error:
        raise ContentMissing(name=file.name) from error
    ending = file.name.rpartition(".")[2]
    return attachment(made, f"{place.name}-{found.name}-{period.text}.{ending}", file.media_type)
