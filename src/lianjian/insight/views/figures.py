"""Doors to figures and reports."""

from __future__ import annotations

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.declare import Indicator
from lianjian.foundation.doors import door
from lianjian.foundation.export import XLSX, attachment, write_xlsx
from lianjian.foundation.hooks import hooks
from lianjian.foundation.pages import done, page
from lianjian.foundation.rights import require

from .. import actions, queries
from ..forms import PeriodForm, RestateForm
from ..rules import Period, read_period


def _asked(request: HttpRequest) -> tuple[queries.Place, Period]:
    """Scope and period of the address."""
    place = queries.place_of(request.actor, request.GET.get("scope", ""))  # type: ignore[attr-defined]
    if place is None:
        raise Http404
    return place, read_period(request.GET.get("period", ""), today=clock.today())


def _indicator(request: HttpRequest, code: str) -> Indicator:
    found = queries.indicator(code, request.actor)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _part(request: HttpRequest, item: Indicator, side: str) -> str:
    """The part of a figure that is asked for, where it is taken apart."""
    part = request.GET.get("part", "")
    return part if item.split and not side and "\0" not in part else ""


@door("figures.read", methods=("GET",))
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure the person may read, for one scope and period."""
    actor = request.actor  # type: ignore[attr-defined]
    place, period = _asked(request)
    groups: dict[str, list[queries.Figure]] = {}
    for figure in queries.compute_all(actor, queries.readable_indicators(actor), place, period):
        groups.setdefault(
            _(str(figure.indicator.subject)) if figure.indicator.subject else _("其他"), []
        ).append(figure)
    form = PeriodForm(places=queries.places(actor), initial={"period": period.text, "scope": place.key})
    return page(
        request, "insight/figures.html", {"groups": groups, "place": place, "period": period, "form": form}
    )


@door("figures.read", methods=("GET",))
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a figure: value, definition, scope, period, numerator, denominator, the rows, history."""
    actor = request.actor  # type: ignore[attr-defined]
    item, (place, period) = _indicator(request, code), _asked(request)
    side = "base" if request.GET.get("side") == "base" and item.base else ""
    after = request.GET.get("after", "0")
    number = int(after) if after.isdigit() and len(after) < 19 else 0
    part = _part(request, item, side)
    shown = queries.figure_page(actor, item, place, period, side=side, after=number, part=part)
    form = PeriodForm(places=queries.places(actor), initial={"period": period.text, "scope": place.key})
    context = {"shown": shown, "item": item, "place": place, "period": period, "form": form}
    context["may_freeze"] = bool(actor.scopes("figures.freeze")) and period.end < clock.today()
    context["restate_form"] = RestateForm()
    return page(request, "insight/figure.html", context, fragment="rows")


@door("lists.export", methods=("POST",))
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind a figure as a file; journalled, like the export of a list."""
    actor = request.actor  # type: ignore[attr-defined]
    require(actor, "figures.read")
    item, (place, period) = _indicator(request, code), _asked(request)
    side = "base" if request.GET.get("side") == "base" and item.base else ""
    part = _part(request, item, side)
    rows = queries.all_rows(actor, item, place, period, side, part)
    narrowed = {name: value for name, value in (("side", side), ("part", part)) if value}
    asked = {"scope": place.name, "period": period.text, **narrowed}
    hooks.exported(actor=actor, name=f"figure:{item.code}", rows=len(rows), filters=asked, now=clock.now())
    buffer = io.BytesIO()
    write_xlsx(buffer, _(str(item.name)), [_(str(label)) for label, _path in item.columns], rows)
    return attachment(buffer.getvalue(), f"{item.name}-{place.name}-{period.text}.xlsx", XLSX)


@door("figures.read", methods=("GET",))
def places(request: HttpRequest, code: str) -> HttpResponse:
    """One figure place by place and month by month, with a chart and the table behind it."""
    actor = request.actor  # type: ignore[attr-defined]
    item, (place, period) = _indicator(request, code), _asked(request)
    rows = queries.by_place(actor, item, period)
    months = (
        queries.month_series(actor, item, place, period.start.year, clock.today())
        if item.period == "during"
        else []
    )
    return page(
        request,
        "insight/places.html",
        {"item": item, "rows": rows, "months": months, "place": place, "period": period},
    )


@door("figures.freeze", methods=("POST",))
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the figure of a closed period."""
    item, (place, period) = _indicator(request, code), _asked(request)
    actions.freeze(actor=request.actor, item=item, place=place, period=period, now=clock.now())  # type: ignore[attr-defined]
    return done(
        request,
        queries.figure_url(code, period=period.text, scope=place.key),
        _("已定稿,以后的变化会作为更正列出。"),
    )


@door("figures.freeze", methods=("POST",))
def restate(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a frozen figure from today's record, with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    item, (place, period) = _indicator(request, code), _asked(request)
    frozen = queries.last_frozen(actor, item, place, period)
    if frozen is None:
        raise Http404
    reason = request.POST.get("reason", "")
    actions.restate(
        actor=actor, frozen=frozen, item=item, place=place, period=period, reason=reason, now=clock.now()
    )
    address = queries.figure_url(code, period=period.text, scope=place.key)
    return done(request, address, _("已更正,原来的定稿仍然保留。"))
