"""Doors to the four lists."""

from __future__ import annotations

import io
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.events.models import Visit
from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import XLSX, attachment, list_page, write_xlsx
from lianjian.foundation.hooks import hooks
from lianjian.foundation.pages import Request, done, page, redirect, refusals_to
from lianjian.foundation.rights import require

from . import actions, doors, rules
from .forms import (
    AcceptForm,
    ClaimForm,
    EditionForm,
    EndForm,
    ItemForm,
    OutcomeForm,
    RatingForm,
    ReasonForm,
    SynonymForm,
    WeightForm,
    WithdrawForm,
    WordsForm,
)
from .models import Claim, Edition, Item, MatchEntry, Outcome, Synonym, Verdict
from .queries import (
    CLAIMS,
    EDITIONS,
    ITEMS,
    claim_page,
    claim_url,
    edition_lines,
    edition_page,
    edition_url,
    found_for,
    item_page,
    item_url,
    match_page,
    office_page,
    speaks_for,
)
from .queries.pages import sides_for

FORM = "lists/form.html"


def _item(request: Request, key: UUID) -> Item:
    rows = Item.objects.visible_to(request.actor).select_related("organization", "alliance", "visit")
    return get_object_or_404(rows, key=key)


def _own(request: Request, key: UUID) -> Item:
    """An item of one's own side."""
    held = _item(request, key)
    if not speaks_for(request.actor, held.organization):
        raise Http404
    return held


def _claim(request: Request, key: UUID) -> Claim:
    rows = Claim.objects.visible_to(request.actor).select_related("item__organization", "organization")
    return get_object_or_404(rows, key=key)


@door("lists.see", methods=("GET",))
def items(request: Request) -> HttpResponse:
    """All items that the actor may see, by kind of list."""
    may = request.actor.may("lists.write")
    return list_page(
        request, ITEMS, "lists/items.html", {"may_write": may, "need_url": doors.need_url(request.actor)}
    )


@door("lists.see", methods=("GET",))
def item(request: Request, key: UUID) -> HttpResponse:
    """One item."""
    held, today = _item(request, key), clock.today()
    shown = item_page(request.actor, held, today, _month(request, today))
    panels = registry.panels("lists.item", request.actor, held, clock.now())
    return page(request, "lists/item.html", {"page": shown, "panels": panels})


def _month(request: Request, today: date) -> date:
    """The month asked for; this one where it is none, or none of our times."""
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


@door("lists.write")
def publish(request: Request) -> HttpResponse:
    """A resource, project or activity is published; a need goes through the cases door."""
    query = request.GET
    if query.get("kind") == rules.NEED:
        address = doors.need_url(request.actor, query.get("organization", ""))
        if not address:
            raise Http404
        return redirect(request, address)
    visit = _visit(request)
    initial = {"kind": "resource", "organization": query.get("organization", "")}
    initial |= {name: query[name] for name in ("kind", "category", "title") if name in query}
    if visit is not None and visit.organization is not None:
        initial |= {"organization": str(visit.organization.key)}
    form = ItemForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            more = {"source": "visit", "visit": visit} if visit is not None else {}
            made = actions.publish(actor=request.actor, now=clock.now(), **form.values(), **more)
            return done(request, item_url(made.key), _("已发布。"))
    context = {
        "title": _("发布到清单"),
        "cancel": reverse("lists:list"),
        "need_url": doors.need_url(request.actor),
    }
    return page(request, FORM, context, form=form)


def _visit(request: Request) -> Visit | None:
    """The visit from which it came, where the address names one that the actor may see."""
    try:
        key = UUID(request.GET.get("visit", ""))
    except ValueError:
        return None
    rows = Visit.objects.visible_to(request.actor).select_related("organization")  # type: ignore[attr-defined]
    return rows.filter(key=key).first()  # type: ignore[no-any-return]


def _act(request: Request, form: Form, act: Any, *, back: str, said: str, **context: Any) -> HttpResponse:
    """One form, one verb, and back to where it came from."""
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = form.values() if hasattr(form, "values") else form.cleaned_data
            act(actor=request.actor, now=clock.now(), **values)
            return done(request, back, said)
    return page(request, FORM, {"cancel": back, **context}, form=form)


@door("lists.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Other facts."""
    held = _own(request, key)
    initial = {name: getattr(held, name) for name in actions.FIELDS if name != "alliance"}
    initial["alliance"] = str(held.alliance.key) if held.alliance is not None else ""
    form = ItemForm(request.POST or None, actor=request.actor, held=held, initial=initial)
    act = partial(actions.change_item, item=held)
    return _act(
        request, form, act, back=item_url(key), said=_("已修改。"), title=_("修改"), subject=held.title
    )


@door("lists.write")
def end(request: Request, key: UUID) -> HttpResponse:
    """It is over, or is taken back."""
    held = _own(request, key)
    act = partial(actions.end_item, item=held)
    words = {"title": _("结束或撤回"), "subject": held.title, "said": _("已结束,待确认的对接也已答复。")}
    form = EndForm(request.POST if request.method == "POST" else None)
    return _act(request, form, act, back=item_url(key), **words)


def _initial(request: Request) -> dict[str, str]:
    """Days that were clicked in the calendar, a body that was proposed."""
    names = ("since", "until", "organization")
    found = {name: request.GET[name] for name in names if name in request.GET}
    return {"until": found["since"], **found} if "since" in found else found


@door("lists.write")
def propose(request: Request, key: UUID) -> HttpResponse:
    """A body asks for an item, or answers a need."""
    held = _item(request, key)
    form = ClaimForm(request.POST or None, actor=request.actor, item=held, initial=_initial(request))
    act = partial(actions.propose, item=held)
    words = {"title": _("提出对接"), "subject": held.title, "said": _("已提出,等待对方确认。")}
    return _act(request, form, act, back=item_url(key), **words)


@door("lists.write")
def invite(request: Request, key: UUID) -> HttpResponse:
    """The owner asks a body."""
    held = _own(request, key)
    form = ClaimForm(
        request.POST or None, actor=request.actor, item=held, invite=True, initial=_initial(request)
    )
    act = partial(actions.propose, item=held, side=rules.OWNER)
    words = {"title": _("邀请对接"), "subject": held.title, "said": _("已邀请,等待对方确认。")}
    return _act(request, form, act, back=item_url(key), **words)


@door("lists.see", methods=("GET",))
def claims(request: Request) -> HttpResponse:
    """Claims of one's own sides."""
    return list_page(request, CLAIMS, "lists/claims.html")


@door("lists.see", methods=("GET",))
def claim(request: Request, key: UUID) -> HttpResponse:
    """One claim."""
    return page(
        request, "lists/claim.html", {"page": claim_page(request.actor, _claim(request, key), clock.today())}
    )


@door("lists.write")
def move(request: Request, key: UUID, side: str, act: str) -> HttpResponse:
    """A side agrees, refuses, takes back, says that it is done, or how it went."""
    held = _claim(request, key)
    if act not in rules.ACTS or side not in sides_for(request.actor, held):
        raise Http404
    allowed = rules.sides_of(rules.ACTS[act], held.state, held.proposed_by, held.item.kind)
    if request.method == "GET" and side not in allowed:
        raise rules.NotNow
    needed = act == "refuse" or (act == "take_back" and held.state == rules.AGREED)
    sent = request.POST if request.method == "POST" else None
    form: WordsForm = RatingForm(sent) if act == "rate" else WordsForm(sent, needed=needed)
    words = {"title": _(rules.ACTS[act].name), "subject": held.item.title, "said": _("已记下。")}
    verb = partial(getattr(actions, act), claim=held, side=side)
    return _act(request, form, verb, back=claim_url(key), **words)


@door("lists.write")
def outcome(request: Request, key: UUID, side: str) -> HttpResponse:
    """What came of it."""
    held = _claim(request, key)
    if side not in sides_for(request.actor, held):
        raise Http404
    form = OutcomeForm(request.POST or None, initial={"on": clock.today(), "kind": "money"})
    verb = partial(actions.add_outcome, claim=held, side=side)
    words = {"title": _("登记成效"), "subject": held.item.title, "said": _("已登记成效。")}
    return _act(request, form, verb, back=claim_url(key), **words)


@door("lists.write")
def withdraw_outcome(request: Request, key: UUID) -> HttpResponse:
    """What was written down wrongly counts no more."""
    claims_ = Claim.objects.visible_to(request.actor).values("pk")
    rows = Outcome.objects.filter(claim__in=claims_, withdrawn_at__isnull=True)
    held = get_object_or_404(rows.select_related("claim__item__organization", "claim__organization"), key=key)
    if held.side not in sides_for(request.actor, held.claim):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    words = {"title": _("撤销成效"), "subject": held.claim.item.title, "said": _("已撤销,不再计入统计。")}
    verb = partial(actions.withdraw_outcome, outcome=held)
    return _act(request, form, verb, back=claim_url(held.claim.key), **words)


@door("lists.see", methods=("GET",))
def editions(request: Request) -> HttpResponse:
    """What was issued."""
    may = request.actor.may("lists.issue", Whole(request.actor.jurisdiction_id))
    return list_page(request, EDITIONS, "lists/editions.html", {"may_issue": may})


@door("lists.issue")
def issue(request: Request) -> HttpResponse:
    """An edition is issued."""
    require(request.actor, "lists.issue", Whole(request.actor.jurisdiction_id))
    today = clock.today()
    initial = {
        "title": _("%(year)s年%(month)s月") % {"year": today.year, "month": today.month},
        "since": today.replace(day=1),
        "until": today,
    }
    form = EditionForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.issue_edition(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, edition_url(made.key), _("已印发。"))
    return page(request, FORM, {"title": _("印发清单"), "cancel": reverse("lists:editions")}, form=form)


def _edition(request: Request, key: UUID) -> Edition:
    rows = Edition.objects.visible_to(request.actor).select_related("jurisdiction", "alliance__organization")
    return get_object_or_404(rows, key=key)


@door("lists.see", methods=("GET",))
def edition(request: Request, key: UUID) -> HttpResponse:
    """One edition."""
    return page(request, "lists/edition.html", {"page": edition_page(request.actor, _edition(request, key))})


@door("lists.see", methods=("GET",))
def edition_paper(request: Request, key: UUID) -> HttpResponse:
    """One edition, to be printed."""
    return page(
        request, "lists/edition_paper.html", {"page": edition_page(request.actor, _edition(request, key))}
    )


@door("lists.export", methods=("POST",))
def edition_table(request: Request, key: UUID) -> HttpResponse:
    """One edition as a spreadsheet; journalled."""
    held = _edition(request, key)
    labels, lines = edition_lines(edition_page(request.actor, held))
    asked = {"edition": str(key)}
    hooks.exported(
        actor=request.actor, name="lists.editions", rows=len(lines), filters=asked, now=clock.now()
    )
    buffer = io.BytesIO()
    write_xlsx(buffer, held.title, labels, lines)
    return attachment(buffer.getvalue(), f"{held.title}.xlsx", XLSX)


@door("lists.see", methods=("GET",))
def matches(request: Request, key: UUID) -> HttpResponse:
    """The best for an item, each with its reasons; `few` is the part of another page."""
    held = _item(request, key)
    template = "lists/_few.html" if "few" in request.GET else "lists/matches.html"
    return page(request, template, {"page": match_page(request.actor, held, clock.now())}, fragment="best")


def _proposal(request: Request, key: UUID, label: str, found: UUID) -> tuple[Item, MatchEntry, dict[str, Any]]:
    """One's own item, what was proposed to it, and with which addends."""
    held, known = _own(request, key), MatchEntry.objects.visible_to(request.actor)
    entry = get_object_or_404(known, subject_label=label.replace("\0", ""), subject_key=found)
    best = found_for(request.actor, held, clock.now()).matches if request.method == "POST" else []
    return held, entry, {"scored": next((one for one in best if one.facts.key == str(found)), None)}


@door("lists.write")
def accept_match(request: Request, key: UUID, label: str, found: UUID) -> HttpResponse:
    """A proposal is taken up, with a claim where it is an item."""
    held, entry, more = _proposal(request, key, label, found)
    is_item = label == Item._meta.label_lower
    other = get_object_or_404(Item.objects.visible_to(request.actor), key=found) if is_item else None
    initial = {"amount": held.left or 1, "since": held.since, "until": held.until}
    form = AcceptForm(request.POST if request.method == "POST" else None, other=other, initial=initial)
    act = partial(actions.accept_match, item=held, entry=entry, **more)
    words = {"title": _("采纳并提出对接"), "subject": entry.title, "said": _("已采纳,等待对方确认。")}
    return _act(request, form, act, back=reverse("lists:matches", kwargs={"key": key}), **words)


@door("lists.write")
def refuse_match(request: Request, key: UUID, label: str, found: UUID) -> HttpResponse:
    """A proposal does not fit."""
    held, entry, more = _proposal(request, key, label, found)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    act = partial(actions.refuse_match, item=held, entry=entry, **more)
    words = {"title": _("不合适"), "subject": entry.title, "said": _("已记下,不再推荐这一条。")}
    return _act(request, form, act, back=reverse("lists:matches", kwargs={"key": key}), **words)


@door("lists.write", methods=("POST",))
def drop_verdict(request: Request, key: UUID) -> HttpResponse:
    """An answer is taken back."""
    verdict = get_object_or_404(Verdict.objects.visible_to(request.actor).select_related("organization"), key=key)
    actions.drop_verdict(actor=request.actor, verdict=verdict, now=clock.now())
    return done(request, reverse("lists:matches", kwargs={"key": verdict.asker_key}), _("已撤销。"))


@door("lists.see", methods=("GET",))
def matching(request: Request) -> HttpResponse:
    """By which words and weights matching decides in the actor's place."""
    return page(request, "lists/matching.html", {"page": office_page(request.actor)})


def _tune(request: Request, form: Form, act: Any, title: str, said: str) -> HttpResponse:
    require(request.actor, "lists.issue", Whole(request.actor.jurisdiction_id))
    return _act(request, form, act, back=reverse("lists:matching"), said=said, title=title)


@door("lists.issue")
def add_synonym(request: Request) -> HttpResponse:
    """Two words mean the same from now on."""
    form = SynonymForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    return _tune(request, form, actions.add_synonym, _("增加同义词"), _("已增加,立即生效。"))


@door("lists.issue", methods=("POST",))
def retire_synonym(request: Request, key: UUID) -> HttpResponse:
    """Two words mean the same no longer."""
    held = get_object_or_404(Synonym.objects.filter(jurisdiction_id=request.actor.jurisdiction_id), key=key)
    actions.retire_synonym(actor=request.actor, synonym=held, now=clock.now())
    return done(request, reverse("lists:matching"), _("已停用。"))


@door("lists.issue")
def set_match_weight(request: Request) -> HttpResponse:
    """A criterion counts more, or less."""
    form = WeightForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    return _tune(request, form, actions.set_match_weight, _("调整权重"), _("已调整,立即生效。"))
