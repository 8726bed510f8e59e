"""Doors to the tree, the map, the comboboxes, and the public tables that the system administrator loads."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions
from ..forms.places import ShapeForm, TableForm
from ..loaders import read_areas, read_industries
from ..models import AreaShape, Organization, PartyProfile
from ..queries import organization_choices, person_choices
from ..queries.lists import towns
from ..queries.maps import map_page, shapes_document
from ..queries.places import tables
from ..queries.trees import branch as tree_branch
from ..queries.trees import tree as whole_tree


def _day(request: Request) -> date:
    """The day that is asked for, never after today."""
    today = clock.today()
    try:
        return min(parse_date(request.GET.get("on", "")) or today, today)
    except ValueError:
        return today


def _words() -> dict[str, Any]:
    return {**dict(Organization.Classification.choices), **dict(PartyProfile.Level.choices)}


def _root(request: Request) -> Organization:
    wanted = request.GET.get("root", "")
    rows = Organization.objects.visible_to(request.actor).current()  # type: ignore[attr-defined]
    if wanted:
        try:
            found: Organization = get_object_or_404(rows, key=UUID(wanted))
        except ValueError:
            found = get_object_or_404(rows, pk=0)
        return found
    own: Organization = get_object_or_404(rows, jurisdiction_id=request.actor.jurisdiction_id, is_root=True)
    return own


def _lazy(day: date) -> str:
    zero = UUID(int=0)
    return f"{reverse('directory:branch', kwargs={'key': zero})}?on={day}".replace(str(zero), "KEY")


@door("directory.read", methods=("GET",))
def tree(request: Request) -> HttpResponse:
    """Who administers whom, today or on a past day."""
    root, day = _root(request), _day(request)
    shown = whole_tree(root, day, today=clock.today(), lazy=_lazy(day), words=_words())
    roots = Organization.objects.filter(is_root=True).order_by("depth", "name").values_list("key", "name")
    context = {"tree": shown, "root": root, "day": day, "roots": [(str(key), name) for key, name in roots]}
    return page(request, "directory/tree.html", context)


@door("directory.read", methods=("GET",))
def branch(request: Request, key: UUID) -> HttpResponse:
    """The children of one organization, as a list that the page puts into its tree."""
    rows = Organization.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    day = _day(request)
    nodes = tree_branch(
        get_object_or_404(rows, key=key), day, today=clock.today(), lazy=_lazy(day), words=_words()
    )
    return page(request, "directory/branch.html", {"nodes": nodes})


def _town(request: Request) -> int | None:
    value = request.GET.get("town", str(request.actor.jurisdiction_id))
    return int(value) if value.isascii() and value.isdigit() else None


@door("directory.read", methods=("GET",))
def map_(request: Request) -> HttpResponse:
    """Organizations by position, on the uploaded boundary or as a plain scatter."""
    town, kind = _town(request), request.GET.get("kind", "")
    kind = kind if kind in Organization.Classification.values else ""
    context = {
        "map": map_page(request.actor, jurisdiction_id=town, classification=kind),
        "towns": towns(request.actor),
        "town": "" if town is None else str(town),
        "kinds": Organization.Classification.choices,
        "kind": kind,
        "src": f"{reverse('directory:shapes')}?town={'' if town is None else town}",
        "may_upload": request.actor.may("directory.write"),
    }
    return page(request, "directory/map.html", context)


@door("directory.read", methods=("GET",))
def shapes(request: Request) -> HttpResponseBase:
    """The boundaries for the map."""
    return JsonResponse(shapes_document(_town(request)))


@door("directory.write")
def upload_shape(request: Request) -> HttpResponse:
    """A boundary of one's own jurisdiction."""
    form = ShapeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        with refusals_to(form):
            count = actions.upload_shapes(
                actor=request.actor, areas=values.pop("file"), now=clock.now(), **values
            )
            return done(request, reverse("directory:map"), _("已保存%(count)s个区域。") % {"count": count})
    context = {"title": _("上传区域边界"), "cancel": reverse("directory:map")}
    return page(request, "directory/form.html", context, form=form)


@door("directory.write", methods=("POST",))
def drop_shape(request: Request, pk: int) -> HttpResponse:
    """Take a boundary off the map."""
    rows = AreaShape.objects.filter(jurisdiction_id__in=request.actor.writable)
    actions.remove_shape(actor=request.actor, shape=get_object_or_404(rows, pk=pk), now=clock.now())
    return done(request, reverse("directory:map"), _("边界已删除。"))


@door("directory.read", methods=("GET",))
def lookup(request: Request) -> HttpResponseBase:
    """Choices of organizations for comboboxes."""
    kinds = [kind for kind in request.GET.getlist("kind") if kind in Organization.Classification.values]
    return JsonResponse(
        organization_choices(request.actor, request.GET.get("q", ""), classifications=kinds), safe=False
    )


@door("people.see", methods=("GET",))
def lookup_person(request: Request) -> HttpResponseBase:
    """Choices of people for comboboxes."""
    return JsonResponse(person_choices(request.actor, request.GET.get("q", "")), safe=False)


@door("system.manage", methods=("GET",))
def public_tables(request: Request) -> HttpResponse:
    """What is loaded of the division and industry tables."""
    context = {
        "tables": tables(),
        "areas_form": TableForm(prefix="areas"),
        "industries_form": TableForm(prefix="industries"),
    }
    return page(request, "directory/tables.html", context)


def _load(request: Request, prefix: str, read: Any, store: Any) -> HttpResponse:
    form = TableForm(request.POST, request.FILES, prefix=prefix)
    if form.is_valid():
        with refusals_to(form):
            counts = store(actor=request.actor, rows=read(form.cleaned_data["file"]), now=clock.now())
            sentence = _("读入%(read)s行:新增%(new)s,更新%(changed)s,未变%(same)s。")
            return done(request, reverse("directory:tables"), sentence % counts)
    empty = {name: TableForm(prefix=name) for name in ("areas", "industries")}
    shown = {f"{name}_form": form if name == prefix else other for name, other in empty.items()}
    return page(request, "directory/tables.html", {"tables": tables(), **shown}, status=422)


@door("system.manage", methods=("POST",))
def load_areas(request: Request) -> HttpResponse:
    """Load a part of the public division table."""
    return _load(request, "areas", read_areas, actions.load_areas)


@door("system.manage", methods=("POST",))
def load_industries(request: Request) -> HttpResponse:
    """Load the full industry table."""
    return _load(request, "industries", read_industries, actions.load_industries)
