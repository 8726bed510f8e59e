"""Doors to pairs that stand."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.files.models import File
from lianjian.files.receiving import receive
from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from .. import actions
from ..forms import pairing as forms
from ..models import Contribution, PairAction, Pairing, PairMeasure, PairRecord, PairReport
from ..queries import CONTRIBUTIONS, PAIRINGS, pairing_page, pairing_url
from ..rules import pairing as rules
from .programmes import act


def _pairing(request: Request, key: UUID) -> Pairing:
    rows = Pairing.objects.visible_to(request.actor).select_related("programme", "giver", "receiver")
    return get_object_or_404(rows, key=key)


def _own(request: Request, key: UUID) -> Pairing:
    """A pair that the actor's office looks after."""
    held = _pairing(request, key)
    writable = held.jurisdiction_id in request.actor.writable
    if not writable or not request.actor.may("alliances.write", Whole(held.jurisdiction_id)):
        raise Http404
    return held


def _recorded(request: Request, held: Pairing) -> Pairing:
    """A pair of which the actor may record something."""
    if not actions.may_record(request.actor, held):
        raise Http404
    return held


@door("alliances.see", methods=("GET",))
def pairings(request: Request) -> HttpResponse:
    """All pairs."""
    return list_page(request, PAIRINGS, "alliances/pairings.html", {})


@door("alliances.see", methods=("GET",))
def contributions(request: Request) -> HttpResponse:
    """What was given."""
    return list_page(request, CONTRIBUTIONS, "alliances/contributions.html", {})


@door("alliances.see", methods=("GET",))
def pairing(request: Request, key: UUID) -> HttpResponse:
    """One pair."""
    shown = pairing_page(request.actor, _pairing(request, key), clock.today())
    return page(request, "alliances/pairing.html", {"page": shown})


@door("alliances.write")
def end_pairing(request: Request, key: UUID) -> HttpResponse:
    """It stands no more."""
    held = _own(request, key)
    form = forms.EndPairForm(request.POST or None, initial={"until": clock.today()})
    verb = partial(actions.end_pairing, pairing=held)
    words = {"title": _("结束结对"), "said": _("已结束,以前的记录不变。"), "submit": _("结束结对")}
    return act(request, form, verb, back=pairing_url(key), subject=str(held), **words)


@door("alliances.write")
def set_duties(request: Request, key: UUID) -> HttpResponse:
    """What each side is responsible for."""
    held = _own(request, key)
    initial = {"giver_duties": held.giver_duties, "receiver_duties": held.receiver_duties}
    form = forms.DutiesForm(request.POST or None, initial=initial)
    verb = partial(actions.set_duties, pairing=held)
    words = {"title": _("双方责任"), "said": _("已保存。"), "subject": str(held)}
    return act(request, form, verb, back=pairing_url(key), **words)


@door("alliances.pair")
def record_action(request: Request, key: UUID) -> HttpResponse:
    """An action was done; evidence with it. A side in another place than the programme's reports it from there."""
    rows = PairAction.objects.visible_to(request.actor)
    held = get_object_or_404(rows.select_related("pairing__giver", "pairing__receiver"), key=key)
    reports = not actions.may_record(request.actor, held.pairing)
    told = actions.side_to_report(request.actor, held) is not None
    if not (told if reports else actions.tells(request.actor, held.pairing, held)):
        raise Http404
    verb = partial(actions.report_action if reports else actions.record_action, action=held)
    form = forms.RecordForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    said = _("已登记,并上报牵头地区。") if reports else _("已登记。")
    words = {"title": _("登记:%(action)s") % {"action": _(held.name)}, "said": said}
    return act(request, form, verb, back=pairing_url(held.pairing.key), subject=str(held.pairing), **words)


def _record(request: Request, key: UUID) -> PairRecord:
    rows = PairRecord.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("action__pairing__giver", "action__pairing__receiver"), key=key)


@door("alliances.pair", methods=("POST",))
def record_upload(request: Request, key: UUID) -> HttpResponse:
    """More evidence for what was done."""
    held = _record(request, key)
    return _received(request, held, _recorded(request, held.action.pairing))


def _received(request: Request, row: PairRecord | PairReport, pair: Pairing) -> HttpResponse:
    def keep(*, actor: Any, record: Any, upload: Any, now: Any) -> object:
        return actions.hang_evidence(actor=actor, row=record, pairing=pair, upload=upload, now=now)

    return receive(request, record=row, back=pairing_url(pair.key), now=clock.now(), keep=keep)


def _report(request: Request, key: UUID) -> PairReport:
    rows = PairReport.objects.visible_to(request.actor).select_related("task__action__pairing")
    rows = rows.select_related("task__action__pairing__giver", "task__action__pairing__receiver")
    return get_object_or_404(rows, key=key)


@door("alliances.pair", methods=("POST",))
def report_upload(request: Request, key: UUID) -> HttpResponse:
    """More evidence for what a side in another place reported, by that side."""
    held = _report(request, key)
    pair = held.task.action.pairing
    if held.task.side not in actions.sides_at_home(request.actor, pair):
        raise Http404
    return _received(request, held, pair)


@door("files.read", methods=("GET",))
def report_file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a piece of evidence of a report."""
    held = _report(request, key)
    rows = File.objects.present().filter(bundle_id=held.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))


@door("files.read", methods=("GET",))
def record_file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a piece of evidence."""
    held = _record(request, key)
    rows = File.objects.present().filter(bundle_id=held.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))


@door("alliances.write")
def strike_record(request: Request, key: UUID) -> HttpResponse:
    """It was a mistake."""
    held = _record(request, key)
    _own(request, held.action.pairing.key)
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.strike_record, done=held)
    words = {"title": _("作废这条记录"), "said": _("已作废。"), "submit": _("作废")}
    return act(request, form, verb, back=pairing_url(held.action.pairing.key), subject=_(held.action.name), **words)


@door("alliances.pair")
def contribute(request: Request, key: UUID) -> HttpResponse:
    """Money or things."""
    held = _recorded(request, _pairing(request, key))
    initial = {"side": rules.GIVER, "on": clock.today()}
    form = forms.ContributionForm(request.POST or None, pairing=held, initial=initial)
    verb = partial(actions.contribute, pairing=held)
    words = {"title": _("登记投入"), "said": _("已登记。"), "subject": str(held)}
    return act(request, form, verb, back=pairing_url(key), **words)


@door("alliances.write")
def strike_contribution(request: Request, key: UUID) -> HttpResponse:
    """It was a mistake."""
    rows = Contribution.objects.visible_to(request.actor)
    held = get_object_or_404(rows.select_related("pairing__giver", "pairing__receiver"), key=key)
    _own(request, held.pairing.key)
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.strike_contribution, given=held)
    words = {"title": _("作废这条投入"), "said": _("已作废。"), "submit": _("作废")}
    return act(request, form, verb, back=pairing_url(held.pairing.key), subject=str(held.pairing), **words)


@door("alliances.write")
def strike_measure(request: Request, key: UUID) -> HttpResponse:
    """It was a mistake."""
    rows = PairMeasure.objects.visible_to(request.actor)
    held = get_object_or_404(rows.select_related("pairing__giver", "pairing__receiver"), key=key)
    _own(request, held.pairing.key)
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.strike_measure, measured=held)
    words = {"title": _("作废这个前后数"), "said": _("已作废。"), "submit": _("作废")}
    return act(request, form, verb, back=pairing_url(held.pairing.key), subject=str(held.pairing), **words)


@door("alliances.pair")
def measure(request: Request, key: UUID) -> HttpResponse:
    """Income or jobs as of a day."""
    held = _recorded(request, _pairing(request, key))
    form = forms.MeasureForm(request.POST or None, initial={"day": clock.today()})
    verb = partial(actions.measure, pairing=held)
    words = {"title": _("登记前后变化"), "said": _("已登记。"), "subject": str(held)}
    return act(request, form, verb, back=pairing_url(key), **words)
