"""Doors to the 25 steps: take, correct, take back; papers; recommendations; moves; who waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.files.receiving import receive
from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.errors import translate
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to

from .. import actions, forms
from ..models import Applicant, DevelopmentStep
from ..queries import (
    DOSSIERS,
    WAITING,
    Law,
    applicant_url,
    history_of,
    lacking,
    next_of,
    papers_asked,
    people_named,
    steps_of,
)
from ..rules import development as dev
from .applicants import applicant_of, shown
from .shared import form_page, listed, tabs


def step_row(request: Request, key: UUID) -> DevelopmentStep:
    """A recorded step of somebody whom one sees."""
    rows = DevelopmentStep.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    related = ("applicant__person", "applicant__enterprise", "applicant__branch")
    found: DevelopmentStep = get_object_or_404(rows.select_related(*related), key=key)
    return found


def _form(
    request: Request,
    kind: type[forms.StepForm],
    row: Applicant,
    number: int,
    law: Law,
    initial: dict[str, Any],
) -> forms.StepForm:
    today = clock.today()
    step = dev.STEPS[number]
    papers = papers_asked(law, number, today)
    asked = {"notice_from"} if step.notice and law.binds(f"member.{step.notice}", today) else set()
    if number == dev.ACTIVIST and law.binds("member.youth", today):
        asked.add("youth")
    one_of = dev.ONE_OF.get(number)
    return kind(
        request.POST or None,
        request.FILES or None,
        number=number,
        papers=papers,
        options=law.papers(f"member.{one_of}", today) if one_of else {},
        mobile=law.papers("member.review_mobile", today) if number == dev.REVIEW else {},
        asked=frozenset(asked),
        initial=initial,
    )


def _people(row: Applicant, form: forms.StepForm) -> dict[str, int]:
    names = [form.cleaned_data.get(name, "").strip() for name in ("first_name", "second_name")]
    return people_named(row, names) if any(names) else {}


@door("partylife.write")
def step(request: Request, key: UUID, number: int) -> HttpResponse:
    """One step of an applicant; a refusal keeps what was typed."""
    row = applicant_of(request, key)
    if number not in dev.STEPS:
        raise Http404
    law = Law(row.jurisdiction_id)
    form = _form(request, forms.StepForm, row, number, law, {"done_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.take_step(
                actor=request.actor, applicant=row, number=number, done_on=form.cleaned_data["done_on"],
                facts=form.facts(_people(row, form)), now=clock.now(),
            )  # fmt: skip
            for upload in form.cleaned_data.get("file") or []:
                attach(actor=request.actor, record=made, upload=upload, now=clock.now())
            return done(request, applicant_url(key), _("已登记。"))
    context = _around(request, row, number, law)
    return page(request, "partylife/step.html", context, form=form)


def _around(request: Request, row: Applicant, number: int, law: Law) -> dict[str, Any]:
    """What stands beside the form of a step: its earliest day and why."""
    found = next_of(law, row, history_of(row, steps_of(row)), clock.today())
    words = {"number": number, "name": translate(dev.STEPS[number].name)}
    return {
        "title": _("第%(number)s步:%(name)s") % words,
        "next": found if found is not None and found.number == number else None,
        "cancel": applicant_url(row.key),
        "subject": row.person.name,
    }


@door("partylife.write")
def correct(request: Request, key: UUID) -> HttpResponse:
    """Put a recorded step right."""
    held = step_row(request, key)
    row, law = held.applicant, Law(held.jurisdiction_id)
    initial = {name: getattr(held, name) for name in forms.StepForm.base_fields if hasattr(held, name)}
    for place, guide in zip(("first", "second"), held.guides.order_by("pk"), strict=False):
        initial |= {f"{place}_name": guide.name, f"{place}_status": guide.status}
    initial["review_mobile"] = held.observed
    form = _form(request, forms.CorrectionForm, row, held.number, law, initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            given = form.cleaned_data
            actions.correct_step(
                actor=request.actor, step=held, done_on=given["done_on"], facts=form.facts(_people(row, form)),
                reason=given["why"], now=clock.now(),
            )  # fmt: skip
            return done(request, applicant_url(row.key), _("已更正。"))
    context = _around(request, row, held.number, law)
    context["title"] = _("更正:%(title)s") % context
    return page(request, "partylife/step.html", context, form=form)


def _act(
    request: Request,
    form: Any,
    verb: Callable[..., object],
    row: Applicant,
    title: str,
    said: str,
    values: Callable[[], dict[str, Any]] | None = None,
) -> HttpResponse:
    """One form, one verb, and back to the person's page."""
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            verb(actor=request.actor, now=clock.now(), **(values() if values else form.cleaned_data))
            return done(request, applicant_url(row.key), said)
    return form_page(request, form, title, applicant_url(row.key), subject=row.person.name)


@door("partylife.write")
def strike(request: Request, key: UUID) -> HttpResponse:
    """Take the last step back."""
    held = step_row(request, key)
    verb = partial(actions.strike_step, step=held)
    return _act(
        request, forms.WhyForm(request.POST or None), verb, held.applicant, _("撤销最后一步"), _("已撤销。")
    )


@door("partylife.write", methods=("POST",))
def file_paper(request: Request, key: UUID) -> HttpResponse:
    """The paper of a step lies in the dossier."""
    held = step_row(request, key)
    actions.file_paper(actor=request.actor, step=held, now=clock.now())
    return done(request, applicant_url(held.applicant.key), _("已收入档案。"))


@door("partylife.write", methods=("POST",))
def upload(request: Request, key: UUID) -> HttpResponse:
    """Scans of a step's papers; a paper that is there as a scan lies in the dossier."""
    held = step_row(request, key)
    actions.require_open(request.actor, held.applicant, ended=True)
    answer = receive(request, record=held, back=applicant_url(held.applicant.key), now=clock.now())
    if held.bundle_id is not None and held.standing and not held.filed:
        actions.file_paper(actor=request.actor, step=held, now=clock.now())
    return answer


@door("files.read", methods=("GET",))
def paper(request: Request, key: UUID, file_key: UUID) -> HttpResponseBase:
    """Download a scan."""
    held = step_row(request, key)
    rows = File.objects.present().filter(bundle_id=held.bundle_id or 0)  # type: ignore[attr-defined]
    return serve(get_object_or_404(rows, key=file_key))


@door("partylife.write")
def recommend(request: Request, key: UUID) -> HttpResponse:
    """A recommendation for step 3."""
    row = applicant_of(request, key)
    form = forms.RecommendForm(request.POST or None, initial={"recommended_on": clock.today()})
    return _act(request, form, partial(actions.recommend, applicant=row), row, _("登记推优"), _("已登记。"))


@door("partylife.write")
def return_back(request: Request, key: UUID) -> HttpResponse:
    """Back to the training of activists."""
    row = applicant_of(request, key)
    form = forms.ReturnForm(request.POST or None, initial={"returned_on": clock.today()})
    verb = partial(actions.return_for_training, applicant=row)
    return _act(request, form, verb, row, _("退回继续培养"), _("已退回继续培养。"))


@door("partylife.write")
def transfer(request: Request, key: UUID) -> HttpResponse:
    """Another branch goes on."""
    row = applicant_of(request, key)
    form = forms.TransferForm(
        request.POST or None, actor=request.actor, initial={"transferred_on": clock.today()}
    )
    verb = partial(actions.transfer_applicant, applicant=row)
    return _act(request, form, verb, row, _("转移接续"), _("已转移。"), form.values)


@door("partylife.write")
def take_over(request: Request, key: UUID) -> HttpResponse:
    """Go on with somebody who was transferred here."""
    row = applicant_of(request, key)
    form = forms.TakeOverForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = {name: value for name, value in form.values().items() if name != "branch_text"}
            if values["branch"] is None:
                raise dev.NotTransferable
            made = actions.take_over(actor=request.actor, source=row, now=clock.now(), **values)
            return done(request, applicant_url(made.key), _("已接续。"))
    return form_page(request, form, _("接续发展"), applicant_url(key), subject=row.person.name)


@door("partylife.see", methods=("GET",))
def waiting(request: Request) -> HttpResponse:
    """Next steps, by who has to act."""
    return listed(request, WAITING, "waiting", None)


@door("partylife.see", methods=("GET",))
def dossiers(request: Request) -> HttpResponse:
    """What the dossiers lack, by person and by branch."""
    context = {"tabs": tabs("dossiers"), "new": None, "lead": "", "branches": lacking(request.actor)}
    return list_page(request, DOSSIERS, "partylife/dossiers.html", context)


@door("partylife.see", methods=("GET",))
def dossier(request: Request, key: UUID) -> HttpResponse:
    """A person's way on paper."""
    row = applicant_of(request, key)
    return page(request, "partylife/dossier.html", {"applicant": row, "page": shown(request, row)})
