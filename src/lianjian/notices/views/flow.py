"""Doors to the way of a document: submit, review, drop, take down; ask for opinions and answer them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, redirect, refusals_to

from .. import actions, rules
from ..forms import ConsultForm, OpinionForm, ReviewForm, SettleForm, TakeDownForm
from ..models import Document, Opinion
from ..queries import document_page, document_url
from ..queries.pages import speaks_for
from .documents import FORM, at_desk


@door("documents.write", methods=("POST",))
def submit(request: Request, key: UUID) -> HttpResponse:
    """To the first review."""
    actions.submit_document(actor=request.actor, document=at_desk(request, key), now=clock.now())
    return done(request, document_url(key), _("已送审,先由没有动过稿子的人初审。"))


@door("documents.desk")
def review(request: Request, key: UUID) -> HttpResponse:
    """The review that is due, with the text before the eyes."""
    held = get_object_or_404(
        Document.objects.visible_to(request.actor).select_related("issuer", "jurisdiction"), key=key
    )
    form = ReviewForm(request.POST or None, initial={"seen": actions.seen_mark(held)})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        verb = actions.approve_document if values["passed"] == "yes" else actions.return_document
        with refusals_to(form):
            told = {"seen": values["seen"], "reason": values["reason"]}
            made = verb(actor=request.actor, document=held, now=clock.now(), **told)
            return done(request, document_url(key), _said(made))
        if values["seen"] != actions.seen_mark(held):
            form.look_again(actions.seen_mark(held))
    shown = document_page(request.actor, held, [], None, clock.today())
    if request.method == "GET" and "review" not in shown.moves:
        return redirect(request, document_url(key))
    return page(request, "notices/review.html", {"page": shown, "stage": _stage(held)}, form=form)


def _stage(document: Document) -> str:
    return _(rules.STAGE_WORDS.get(document.state, rules.STATES[document.state]))


def _said(document: Document) -> str:
    if document.state == rules.PUBLISHED:
        return _("终审通过,文件已公布。")
    if document.state == rules.READY:
        return _("终审通过,到计划公布日期自动公布。")
    return _("已退回起草人修改。") if document.state == rules.RETURNED else _("已通过,转下一道审核。")


@door("documents.final", methods=("POST",))
def publish(request: Request, key: UUID) -> HttpResponse:
    """A document that passed comes out, if the nightly job has not done so."""
    held = at_desk(request, key, "documents.final")
    actions.publish_document(actor=request.actor, document=held, now=clock.now())
    return done(request, document_url(key), _("文件已公布。"))


@door("documents.desk", methods=("POST",))
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Back to its writers, before it is out."""
    held = at_desk(request, key, "documents.desk")
    actions.take_back_document(actor=request.actor, document=held, now=clock.now())
    return done(request, document_url(key), _("已撤回,可以修改后重新送审。"))


@door("documents.write", methods=("POST",))
def drop(request: Request, key: UUID) -> HttpResponse:
    """The version will not come out."""
    made = actions.drop_document(actor=request.actor, document=at_desk(request, key), now=clock.now())
    said = _("文件已作废。") if made.state == rules.DROPPED else _("新版已放弃,仍以已公布的版本为准。")
    return done(request, document_url(key), said)


@door("documents.take_down")
def take_down(request: Request, key: UUID) -> HttpResponse:
    """All versions go off at once."""
    held = at_desk(request, key, "documents.take_down")
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.take_down(actor=request.actor, document=held, now=clock.now(), **form.cleaned_data)
            return done(request, document_url(key), _("已下架,各版本的正文和附件不再提供。"))
    context = {"title": _("下架文件"), "subject": held.title, "cancel": document_url(key)}
    return page(request, FORM, {**context, "submit": _("下架")}, form=form)


@door("documents.write")
def consult(request: Request, key: UUID) -> HttpResponse:
    """Ask bodies what they think of the draft."""
    held = at_desk(request, key)
    form = ConsultForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.consult(actor=request.actor, document=held, now=clock.now(), **form.cleaned_data)
            return done(request, document_url(key), _("已发出征求意见。"))
    context = {"title": _("征求意见"), "subject": held.title, "cancel": document_url(key)}
    return page(request, FORM, context, form=form)


def _opinion(request: Request, key: UUID) -> Opinion:
    rows = Opinion.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("organization", "document__issuer"), key=key)


@door("documents.see")
def answer(request: Request, key: UUID) -> HttpResponse:
    """What a body thinks: by itself, or written down by the desk."""
    held = _opinion(request, key)
    document, actor = held.document, request.actor
    desk = actor.may("documents.write", document.issuer) and document.jurisdiction_id in actor.writable
    if not (desk or speaks_for(actor, held)):
        raise Http404
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.answer_opinion(actor=actor, opinion=held, now=clock.now(), **form.cleaned_data)
            return done(request, document_url(document.key), _("意见已反馈。"))
    context = {"title": _("反馈意见"), "subject": f"{held.organization.name} · {document.title}"}
    return page(request, FORM, {**context, "cancel": document_url(document.key)}, form=form)


@door("documents.write")
def settle(request: Request, key: UUID) -> HttpResponse:
    """What was made of an opinion."""
    held = _opinion(request, key)
    at_desk(request, held.document.key)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.settle_opinion(actor=request.actor, opinion=held, now=clock.now(), **form.cleaned_data)
            return done(request, document_url(held.document.key), _("采纳情况已登记。"))
    context = {"title": _("登记采纳情况"), "subject": f"{held.organization.name}:{held.text}"[:120]}
    return page(request, FORM, {**context, "cancel": document_url(held.document.key)}, form=form)
