"""What the doors of party life share."""

from __future__ import annotations

from dataclasses import dataclass
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

Tab = tuple[str, str, bool]


@dataclass(frozen=True)
class Tabs:
    """Two levels of tabs, each (label, address, open): the parts, and the pages of the open part."""

    groups: list[Tab]
    within: list[Tab]


CHOICES = {"firm": forms.FIRMS, "branch": forms.BRANCHES}


def _parts() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The parts of party life: what each is called, and its pages; the first page is where the part opens."""
    return (
        (_("概览"), (("home", _("概览")),)),
        (
            _("支部和党员"),
            (
                ("branches", _("支部名册")),
                ("roster", _("党员名册")),
                ("transfers", _("组织关系转接")),
                ("mobile", _("流动党员")),
                ("standing", _("待党组织研究")),
                ("found", _("找出的党员")),
            ),
        ),
        (
            _("组织和班子"),
            (("terms", _("班子任期")), ("lacks", _("应建未建")), ("checked", _("组建形式核对"))),
        ),
        (
            _("发展党员"),
            (
                ("applicants", _("入党申请人")),
                ("waiting", _("等待办理")),
                ("dossiers", _("发展材料")),
                ("reviews", _("队伍分析")),
                ("leads", _("人才线索")),
            ),
        ),
        (
            _("组织生活"),
            (
                ("shortfalls", _("未开展事项")),
                ("guidance_list", _("指导记录")),
                ("appraisals", _("民主评议党员")),
                ("standards", _("支部标准清单")),
            ),
        ),
        (
            _("教育和作用"),
            (("training", _("培训和活动计划")), ("education", _("本年学时")), ("pledges", _("先锋岗和承诺"))),
        ),
    )


def tabs(here: str) -> Tabs:
    """The parts of party life and the pages of the open one."""
    groups, within = [], []
    for label, pages in _parts():
        names = [name for name, _label in pages]
        groups.append((label, reverse(f"partylife:{names[0]}"), here in names))
        if here in names and len(pages) > 1:
            within = [(word, reverse(f"partylife:{name}"), name == here) for name, word in pages]
    return Tabs(groups, within)


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


def importing(request: Request) -> tuple[str, str] | None:
    """The button that brings members from a spreadsheet, for who imports."""
    may = request.actor.scopes("sheets.import") and request.actor.scopes("partylife.write")
    return (_("导入党员花名册"), reverse("sheets:new")) if may else None


def listed(request: Request, spec: Any, tab: str, new: tuple[str, str] | None, lead: str = "") -> HttpResponse:
    """A list under its tab, with the button to add to it, and what it counts where that needs to be said."""
    context = {"tabs": tabs(tab), "new": new, "lead": lead}
    return list_page(request, spec, "partylife/list.html", context, empty_action=new)


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
