"""Words of answers and the service catalogue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.events.forms import show_choice
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import ServiceForm, TemplateForm
from ..models import ReplyTemplate, Service
from ..queries.catalogue import service_lines, template_lines


def _own(request: Request, model: Any, key: UUID) -> Any:
    """A row of one's own place; 404 for others. Raises `Denied`."""
    home = request.actor.jurisdiction_id
    require(request.actor, "cases.dispatch", Whole(home))
    return get_object_or_404(model.objects.filter(jurisdiction_id=home), key=key)


@door("cases.dispatch", methods=("GET",))
def templates(request: Request) -> HttpResponse:
    """Words to begin an answer with."""
    lines = template_lines(request.actor)
    return page(request, "cases/templates.html", {"lines": lines})


def _template(request: Request, row: ReplyTemplate | None) -> HttpResponse:
    initial = {"name": row.name, "text": row.text, "category": row.category_code} if row else {}
    form = TemplateForm(request.POST or None, actor=request.actor, initial=initial)
    back = reverse("cases:templates")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.save_template(actor=request.actor, template=row, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("模板已保存。"))
    context = {
        "title": _("修改答复模板") if row else _("添加答复模板"),
        "submit": _("保存"),
        "cancel": back,
        "retire": reverse("cases:retire_template", kwargs={"key": row.key}) if row else "",
        "retired": row is not None and row.retired_on is not None,
    }
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch")
def template(request: Request) -> HttpResponse:
    """Add words."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    return _template(request, None)


@door("cases.dispatch")
def change_template(request: Request, key: UUID) -> HttpResponse:
    """Other words."""
    return _template(request, _own(request, ReplyTemplate, key))


@door("cases.dispatch", methods=("POST",))
def retire_template(request: Request, key: UUID) -> HttpResponse:
    """Offer the words no longer, or again."""
    row = _own(request, ReplyTemplate, key)
    again = row.retired_on is not None
    actions.retire_template(actor=request.actor, template=row, now=clock.now(), again=again)
    return done(request, reverse("cases:templates"), _("模板已恢复。") if again else _("模板已停用。"))


@door("cases.see", methods=("GET",))
def services(request: Request) -> HttpResponse:
    """The service catalogue, with how often each was ordered."""
    lines = service_lines(request.actor)
    office = request.actor.may("cases.dispatch", Whole(request.actor.jurisdiction_id))
    register = bool(request.actor.scopes("cases.register"))
    return page(
        request, "cases/services.html", {"lines": lines, "office": office, "may_register": register}
    )


def _service(request: Request, row: Service | None) -> HttpResponse:
    names = ("name", "about", "papers", "kind", "post", "days")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {}
    if row is not None:
        initial["category"] = row.category.code
        initial["organization"] = str(row.organization.key) if row.organization else ""
    form = ServiceForm(request.POST or None, actor=request.actor, initial=initial)
    show_choice(form.fields["organization"], row.organization if row else None)
    back = reverse("cases:services")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.save_service(actor=request.actor, service=row, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("服务事项已保存。"))
    context = {
        "title": _("修改服务事项") if row else _("添加服务事项"),
        "submit": _("保存"),
        "cancel": back,
        "retire": reverse("cases:retire_service", kwargs={"key": row.key}) if row else "",
        "retired": row is not None and row.retired_on is not None,
    }
    return page(request, "cases/office_form.html", context, form=form)


@door("cases.dispatch")
def service(request: Request) -> HttpResponse:
    """Put a service into the catalogue."""
    require(request.actor, "cases.dispatch", Whole(request.actor.jurisdiction_id))
    return _service(request, None)


@door("cases.dispatch")
def change_service(request: Request, key: UUID) -> HttpResponse:
    """Change an entry."""
    return _service(request, _own(request, Service, key))


@door("cases.dispatch", methods=("POST",))
def retire_service(request: Request, key: UUID) -> HttpResponse:
    """Offer it no longer, or again."""
    row = _own(request, Service, key)
    again = row.retired_on is not None
    actions.retire_service(actor=request.actor, service=row, now=clock.now(), again=again)
    return done(request, reverse("cases:services"), _("服务事项已恢复。") if again else _("服务事项已停用。"))
