"""Doors to reports."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import XLSX, attachment
from lianjian.foundation.pages import page

from .. import papers, queries
from .. import reports as made
from ..forms import PeriodForm
from ..rules import read_period

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _filled(request: HttpRequest, name: str) -> made.Filled:
    report = made.REPORTS.get(name)
    place = queries.place_of(request.actor, request.GET.get("scope", ""))  # type: ignore[attr-defined]
    if report is None or place is None:
        raise Http404
    period = read_period(request.GET.get("period", ""), today=clock.today())
    filled = made.compose(request.actor, report, place, period, _)  # type: ignore[attr-defined]
    if filled is None:
        raise Http404
    return filled


@door("reports.make", methods=("GET",))
def reports(request: HttpRequest) -> HttpResponse:
    """Which reports can be made."""
    actor = request.actor  # type: ignore[attr-defined]
    place = queries.place_of(actor, request.GET.get("scope", ""))
    if place is None:
        raise Http404
    period = read_period(request.GET.get("period", ""), today=clock.today())
    form = PeriodForm(places=queries.places(actor), initial={"period": period.text, "scope": place.key})
    return page(
        request,
        "insight/reports.html",
        {"reports": list(made.REPORTS.values()), "place": place, "period": period, "form": form},
    )


@door("reports.make", methods=("GET",))
def report(request: HttpRequest, name: str) -> HttpResponse:
    """A report as a page whose numbers open onto their rows, or as docx or xlsx."""
    actor = request.actor  # type: ignore[attr-defined]
    filled = _filled(request, name)
    form = request.GET.get("as", "")
    if form in ("docx", "xlsx"):
        title = f"{filled.place}-{_(filled.report.title)}-{request.GET.get('period', '')}"
        if form == "docx":
            base = f"{request.scheme}://{request.get_host()}"
            return attachment(
                papers.as_docx(filled, made_on=clock.today(), base_url=base), f"{title}.docx", DOCX
            )
        return attachment(papers.as_xlsx(filled), f"{title}.xlsx", XLSX)
    place = queries.place_of(actor, request.GET.get("scope", ""))
    period = read_period(request.GET.get("period", ""), today=clock.today())
    choice = PeriodForm(places=queries.places(actor), initial={"period": period.text})
    return page(
        request, "insight/report.html", {"filled": filled, "place": place, "period": period, "form": choice}
    )
