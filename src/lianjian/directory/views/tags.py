"""Doors to tags: groups, tags, measures; giving a tag to one organization or to many; ending it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.listrows import narrowed
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import tags as forms
from ..models import Organization, Tag, Tagging, TagMeasure, TagScheme
from ..queries import ORGANIZATIONS, organization_url
from ..queries.tags import TAGGINGS, offered_tags, scheme_cards, tag_page, tag_url
from .organizations import FORM, crumb, found

AT_ONCE = 300  # organizations that one page offers to tag


def office(request: Request, jurisdiction_id: int) -> bool:
    """Whether the actor writes for the place."""
    actor = request.actor
    return jurisdiction_id in actor.writable and actor.may("directory.write", Whole(jurisdiction_id))


@door("directory.read", methods=("GET",))
def tags(request: Request) -> HttpResponse:
    """The groups and their tags."""
    may = office(request, request.actor.jurisdiction_id)
    context = {"schemes": scheme_cards(request.actor, clock.today()), "may_write": may}
    return page(request, "directory/tags.html", context)


@door("directory.read", methods=("GET",))
def taggings(request: Request) -> HttpResponse:
    """Who has which tag, on any day."""
    return list_page(request, TAGGINGS, "directory/taggings.html", {})


def _about(title: str, subject: str, back: str) -> dict[str, str]:
    return {"title": title, "subject": subject, "cancel": back, "place": "tags"}


@door("directory.write")
def add_scheme(request: Request) -> HttpResponse:
    """One group more."""
    require(request.actor, "directory.write", Whole(request.actor.jurisdiction_id))
    form, back = forms.SchemeForm(request.POST or None), reverse("directory:tags")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_tag_scheme(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("标签组已建立。下一步:增加标签。"))
    context = {"title": _("建立标签组"), "cancel": back, "place": "tags"}
    return page(request, FORM, context, form=form)


def _scheme(request: Request, key: UUID) -> TagScheme:
    held: TagScheme = get_object_or_404(TagScheme, key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("directory.write")
def change_scheme(request: Request, key: UUID) -> HttpResponse:
    """Other words for a group."""
    held, back = _scheme(request, key), reverse("directory:tags")
    initial = {name: getattr(held, name) for name in ("name", "about", "kinds")}
    form = forms.ChangeSchemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_tag_scheme(actor=request.actor, scheme=held, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已保存。"))
    return page(request, FORM, _about(_("修改标签组"), held.name, back), form=form)


@door("directory.write")
def add_tag(request: Request, key: UUID) -> HttpResponse:
    """One tag more."""
    held, back = _scheme(request, key), reverse("directory:tags")
    form = forms.TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.add_tag(actor=request.actor, scheme=held, now=clock.now(), **form.cleaned_data)
            return done(request, tag_url(made.key), _("标签已增加。"))
    return page(request, FORM, _about(_("增加标签"), held.name, back), form=form)


def _tag(request: Request, key: UUID, *, write: bool = False) -> Tag:
    rows = Tag.objects.visible_to(request.actor).select_related("scheme", "jurisdiction")
    held: Tag = get_object_or_404(rows, key=key)
    if write and not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("directory.read", methods=("GET",))
def tag(request: Request, key: UUID) -> HttpResponse:
    """One tag with its measures."""
    shown = tag_page(request.actor, _tag(request, key), clock.today())
    return page(request, "directory/tag.html", {"page": shown})


@door("directory.write", methods=("POST",))
def retire_tag(request: Request, key: UUID) -> HttpResponse:
    """Give it no more, or again: as the button said that was pressed, whatever others did meanwhile."""
    held = _tag(request, key, write=True)
    again = request.POST.get("do") == "again"
    actions.retire_tag(actor=request.actor, tag=held, again=again, now=clock.now())
    return done(request, tag_url(key), _("已恢复使用。") if again else _("已停用。"))


@door("directory.write")
def add_measure(request: Request, key: UUID) -> HttpResponse:
    """What is done for those who have it."""
    held = _tag(request, key, write=True)
    form = forms.MeasureForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_measure(actor=request.actor, tag=held, now=clock.now(), **form.cleaned_data)
            return done(request, tag_url(key), _("措施已增加。"))
    return page(request, FORM, _about(_("增加措施"), held.name, tag_url(key)), form=form)


def _measure(request: Request, key: UUID) -> TagMeasure:
    held: TagMeasure = get_object_or_404(TagMeasure.objects.select_related("tag"), key=key)
    if not office(request, held.jurisdiction_id):
        raise Http404
    return held


@door("directory.write")
def change_measure(request: Request, key: UUID) -> HttpResponse:
    """Better words."""
    held = _measure(request, key)
    back, initial = tag_url(held.tag.key), {"text": held.text, "document": held.document}
    form = forms.ChangeMeasureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_measure(actor=request.actor, measure=held, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("已保存。"))
    return page(request, FORM, _about(_("修改措施"), held.tag.name, back), form=form)


@door("directory.write")
def end_measure(request: Request, key: UUID) -> HttpResponse:
    """It is done no more."""
    held = _measure(request, key)
    back = tag_url(held.tag.key)
    form = forms.EndMeasureForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_measure(actor=request.actor, measure=held, now=clock.now(), **form.cleaned_data)
            return done(request, back, _("措施已结束,以前的日子不变。"))
    return page(request, FORM, _about(_("结束措施"), held.text[:40], back) | {"submit": _("结束")}, form=form)


@door("directory.write")
def set_tag(request: Request, key: UUID) -> HttpResponse:
    """Give an organization a tag."""
    record = found(request.actor, key)
    actions.taggable(request.actor, record)
    offered = list(offered_tags(record.jurisdiction_id, record.classification))
    form = forms.SetTagForm(request.POST or None, tags=offered, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_tag(actor=request.actor, organization=record, now=clock.now(), **form.cleaned_data)
            return done(request, organization_url(key), _("标签已认定。"))
    lead = "" if offered else _("还没有可用的标签,请先在“标签”页建立标签组和标签。")
    return page(request, FORM, {**crumb(record, _("认定标签"), _("认定标签")), "lead": lead}, form=form)


@door("directory.write")
def assign(request: Request) -> HttpResponse:
    """Give a tag to those of the register that the filters of the address leave, as far as they are ticked."""
    query = {name: value for name, value in request.GET.items() if value and "\0" not in value}
    rows = narrowed(ORGANIZATIONS, request.actor, query).filter(jurisdiction_id__in=request.actor.writable)
    bodies = list(rows.order_by("name", "pk")[: AT_ONCE + 1])
    offered = list(offered_tags(request.actor.jurisdiction_id, query.get("state", "")))
    initial = {"since": clock.today()}
    form = forms.AssignForm(request.POST or None, tags=offered, rows=bodies[:AT_ONCE], initial=initial)
    if request.method == "POST" and form.is_valid():
        return _assigned(request, form)
    back = f"{reverse('directory:organizations')}?{request.GET.urlencode()}"
    context = {"rows": len(bodies[:AT_ONCE]), "more": len(bodies) > AT_ONCE, "most": AT_ONCE, "tags": offered}
    return page(request, "directory/assign.html", context | {"cancel": back}, form=form)


def _assigned(request: Request, form: forms.AssignForm) -> HttpResponse:
    values = {name: form.cleaned_data[name] for name in ("tag", "since", "until", "document")}
    lines = [actions.TagLine(organization=row, **values) for row in form.chosen()]
    result = actions.set_tags(actor=request.actor, lines=lines, now=clock.now())
    bodies = [(line.organization, str(why)) for line, why in result.refused]
    refused = [(body.name, organization_url(body.key), why) for body, why in bodies]
    context = {"made": len(result.made), "refused": refused, "tag": values["tag"]}
    return page(request, "directory/assigned.html", context)


@door("directory.write")
def end_tag(request: Request, key: UUID) -> HttpResponse:
    """It holds no more, or never did."""
    rows = Tagging.objects.visible_to(request.actor).select_related("organization", "tag")
    held: Tagging = get_object_or_404(rows, key=key)
    require(request.actor, "directory.write", held.organization)
    return end_or_withdraw(
        request,
        held.organization,
        (partial(actions.end_tag, tagging=held), partial(actions.drop_tag, tagging=held)),
        _("结束或撤回标签"),
        held.tag.name,
    )


def end_or_withdraw(
    request: Request, body: Organization, verbs: tuple[partial[None], partial[Any]], title: str, subject: str
) -> HttpResponse:
    """One form for both ways in which a dated row is over: (end, withdraw; the latter may return what holds again)."""
    form = forms.EndOrWithdrawForm(request.POST or None, initial={"until": clock.today()})
    back = organization_url(body.key)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with refusals_to(form):
            if values["how"] == "end":
                verbs[0](actor=request.actor, until=values["until"], reason=values["reason"], now=clock.now())
                return done(request, back, _("已结束,以前的日子不变。"))
            again = verbs[1](actor=request.actor, reason=values["reason"], now=clock.now())
            words = _("已撤回,审计日志里留有记录。")
            if again is not None:
                words = _("已撤回,原来的“%(name)s”恢复有效,请核对它的截止日期。") % {"name": again.tag.name}
            return done(request, back, words)
    context = {**crumb(body, title, _("确定")), "lead": subject}
    return page(request, FORM, context, form=form)
