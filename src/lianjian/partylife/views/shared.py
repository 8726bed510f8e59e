"""What the doors of party life share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_choices
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from .. import forms
from ..queries import overview

CHOICES = {"firm": forms.FIRMS, "branch": forms.BRANCHES}


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """The parts of party life, and which of them is open."""
    items = (
        ("home", _("概览")),
        ("branches", _("支部名册")),
        ("found", _("找出的党员")),
        ("applicants", _("发展党员")),
        ("waiting", _("等待办理")),
        ("dossiers", _("发展材料")),
        ("shortfalls", _("组织生活")),
        ("training", _("培训计划")),
        ("guidance_list", _("指导记录")),
        ("pledges", _("先锋岗和承诺")),
        ("appraisals", _("民主评议党员")),
        ("standards", _("支部标准清单")),
    )
    return [(label, reverse(f"partylife:{name}"), name == here) for name, label in items]


def form_page(
    request: Request, form: Form, title: str, cancel: str, *, subject: str = "", submit: str = ""
) -> HttpResponse:
    """A page with one form."""
    forms.show_names(form)
    context = {"title": title, "cancel": cancel, "subject": subject, "submit": submit or _("保存")}
    return page(request, "partylife/form.html", context, form=form)


def firm_of(request: Request) -> str:
    """The name of the firm that the address asks for."""
    try:
        key = UUID(request.GET.get("enterprise", ""))
    except ValueError:
        return ""
    return Organization.objects.filter(key=key).values_list("name", flat=True).first() or ""


def adding(request: Request, name: str, label: str) -> tuple[str, str] | None:
    """The button that adds a record, for who may."""
    return (label, reverse(name)) if request.actor.scopes("partylife.write") else None


def listed(request: Request, spec: Any, tab: str, new: tuple[str, str] | None) -> HttpResponse:
    """A list under its tab, with the button to add to it."""
    return list_page(request, spec, "partylife/list.html", {"tabs": tabs(tab), "new": new}, empty_action=new)


@door("partylife.see", methods=("GET",))
def home(request: Request) -> HttpResponse:
    """The overview."""
    return page(request, "partylife/home.html", {"page": overview(request.actor), "tabs": tabs("home")})


@door("partylife.write", methods=("GET",))
def choices(request: Request, what: str) -> HttpResponse:
    """Choices of the comboboxes: firms or branches."""
    found = organization_choices(
        request.actor, request.GET.get("q", ""), classifications=CHOICES.get(what, ("none",))
    )
    return JsonResponse(found, safe=False)
