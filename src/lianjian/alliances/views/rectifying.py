"""Doors to what is done at each body of a campaign: records, items to be put right and their evidence."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.files.models import File
from lianjian.files.receiving import receive
from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, page

from .. import actions
from ..forms import campaigns as forms
from ..models import CampaignRecord, Rectification
from ..queries import RECTIFICATIONS, WORK, participant_url, rectification_page, rectification_url
from .campaigns import FORM, campaign_asked, office, part_of
from .programmes import act


@door("alliances.see", methods=("GET",))
def records(request: Request) -> HttpResponse:
    """What was found and done."""
    return list_page(request, WORK, "alliances/campaign_records.html", {"campaign": campaign_asked(request)})


@door("alliances.write")
def record_work(request: Request, key: UUID) -> HttpResponse:
    """What was found at a body."""
    held = part_of(request, key, write=True)
    form = forms.WorkForm(request.POST or None, actor=request.actor, part=held, initial={"on": clock.today()})
    verb = partial(actions.record_work, participant=held)
    words = {"title": _("登记工作记录"), "said": _("已登记。"), "subject": str(held)}
    return act(request, form, verb, back=participant_url(key), template=FORM, **words)


def _work(request: Request, key: UUID) -> CampaignRecord:
    rows = CampaignRecord.objects.visible_to(request.actor)
    held: CampaignRecord = get_object_or_404(
        rows.select_related("participant__campaign", "participant__organization"), key=key
    )
    if not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.write")
def state_result(request: Request, key: UUID) -> HttpResponse:
    """What came of a problem."""
    held = _work(request, key)
    form = forms.ResultForm(request.POST or None, initial={"result_on": clock.today()})
    verb = partial(actions.state_result, work=held)
    words = {
        "title": _("登记办理结果"),
        "said": _("已登记。"),
        "subject": str(held.participant),
        "lead": held.problem,
    }
    return act(request, form, verb, back=participant_url(held.participant.key), template=FORM, **words)


@door("alliances.write")
def strike_work(request: Request, key: UUID) -> HttpResponse:
    """It was a mistake."""
    held = _work(request, key)
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.strike_work, work=held)
    words = {
        "title": _("作废这条记录"),
        "said": _("已作废。"),
        "submit": _("作废"),
        "subject": str(held.participant),
    }
    return act(request, form, verb, back=participant_url(held.participant.key), template=FORM, **words)


@door("alliances.see", methods=("GET",))
def rectifications(request: Request) -> HttpResponse:
    """What is to be put right."""
    return list_page(
        request, RECTIFICATIONS, "alliances/rectifications.html", {"campaign": campaign_asked(request)}
    )


@door("alliances.write")
def open_rectification(request: Request, key: UUID) -> HttpResponse:
    """An item more."""
    held = part_of(request, key, write=True)
    initial = {"found_on": clock.today()}
    form = forms.ItemForm(request.POST or None, actor=request.actor, part=held, initial=initial)
    verb = partial(actions.open_rectification, participant=held)
    words = {"title": _("登记整改事项"), "said": _("已登记,列入责任单位的待办。"), "subject": str(held)}
    return act(request, form, verb, back=participant_url(key), template=FORM, **words)


def _item(request: Request, key: UUID, *, write: bool = False) -> Rectification:
    rows = Rectification.objects.visible_to(request.actor).select_related(
        "participant__campaign", "participant__organization", "responsible", "action"
    )
    held = get_object_or_404(rows, key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("alliances.see", methods=("GET",))
def rectification(request: Request, key: UUID) -> HttpResponse:
    """One item."""
    held = _item(request, key)
    shown = rectification_page(request.actor, held, clock.today(), actions.may_submit(request.actor, held))
    return page(request, "alliances/rectification.html", {"page": shown})


def _own(request: Request, key: UUID) -> Rectification:
    """An item that the actor may put right."""
    held = _item(request, key)
    if not actions.may_submit(request.actor, held):
        raise Http404
    return held


@door("alliances.pair")
def submit(request: Request, key: UUID) -> HttpResponse:
    """It is put right, as its evidence shows."""
    held = _own(request, key)
    form = forms.SubmitForm(request.POST or None, request.FILES or None)
    verb = partial(actions.submit_rectification, item=held)
    words = {"title": _("提交核查"), "said": _("已提交,由另一位工作人员核查。"), "submit": _("提交核查")}
    back = rectification_url(key)
    return act(
        request, form, verb, back=back, template=FORM, subject=str(held.participant), lead=held.issue, **words
    )


@door("alliances.pair", methods=("POST",))
def upload(request: Request, key: UUID) -> HttpResponse:
    """Evidence."""
    return receive(request, record=_own(request, key), back=rectification_url(key), now=clock.now())


@door("files.read", methods=("GET",))
def file(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a piece of evidence."""
    held = _item(request, key)
    rows = File.objects.present().filter(bundle_id=held.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))


@door("alliances.write")
def accept(request: Request, key: UUID) -> HttpResponse:
    """It was seen to be put right."""
    held = _item(request, key, write=True)
    form = forms.AcceptForm(request.POST or None)
    verb = partial(actions.accept_rectification, item=held)
    words = {"title": _("核查通过"), "said": _("已销号。"), "submit": _("核查通过,销号"), "lead": held.issue}
    return act(
        request,
        form,
        verb,
        back=rectification_url(key),
        template=FORM,
        subject=str(held.participant),
        **words,
    )


@door("alliances.write")
def send_back(request: Request, key: UUID) -> HttpResponse:
    """It is not put right yet."""
    held = _item(request, key, write=True)
    form = forms.ReturnForm(request.POST or None)
    verb = partial(actions.return_rectification, item=held)
    words = {
        "title": _("退回整改"),
        "said": _("已退回,重新列入责任单位的待办。"),
        "submit": _("退回"),
        "lead": held.issue,
    }
    return act(
        request,
        form,
        verb,
        back=rectification_url(key),
        template=FORM,
        subject=str(held.participant),
        **words,
    )


@door("alliances.write")
def drop_item(request: Request, key: UUID) -> HttpResponse:
    """It need not be put right."""
    held = _item(request, key, write=True)
    form = forms.ReasonForm(request.POST or None)
    verb = partial(actions.drop_rectification, item=held)
    words = {"title": _("取消整改事项"), "said": _("已取消。"), "submit": _("取消事项"), "lead": held.issue}
    return act(
        request,
        form,
        verb,
        back=rectification_url(key),
        template=FORM,
        subject=str(held.participant),
        **words,
    )
