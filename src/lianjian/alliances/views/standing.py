"""Doors to alliances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Whole
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions, rules
from ..forms.standing import (
    AllianceForm,
    BrandForm,
    DayForm,
    DemonstrationForm,
    DissolveForm,
    EndForm,
    SeatForm,
    TermForm,
)
from ..models import Alliance, AllianceMember, Term
from ..queries import ALLIANCES, alliance_page, alliance_url, count_on, own_terms, term_name
from ..queries.demonstrations import year_note

FORM = "alliances/form.html"


def _alliance(request: Request, key: UUID) -> Alliance:
    rows = Alliance.objects.visible_to(request.actor).select_related("organization")
    return get_object_or_404(rows, key=key)


def own(request: Request, key: UUID) -> Alliance:
    """An alliance that the actor may write; another place's is read, not written."""
    held = _alliance(request, key)
    if not request.actor.may("alliances.write", held.organization):
        raise Http404
    return held


def office(request: Request) -> bool:
    """The actor writes for the office of the own place."""
    return request.actor.may("alliances.write", Whole(request.actor.jurisdiction_id))


@door("alliances.see", methods=("GET",))
def alliances(request: Request) -> HttpResponse:
    """All alliances."""
    may = office(request)
    note, tone = year_note(request.actor, clock.today().year) if may else ("", "")
    context = {"may_write": may, "note": note if tone == "due" else ""}
    return list_page(request, ALLIANCES, "alliances/alliances.html", context)


@door("alliances.see", methods=("GET",))
def alliance(request: Request, key: UUID) -> HttpResponse:
    """One alliance, with its members on a day."""
    shown = alliance_page(request.actor, _alliance(request, key), _day(request))
    panels = registry.panels("alliances.alliance", request.actor, shown.alliance, clock.now())
    return page(request, "alliances/alliance.html", {"page": shown, "panels": panels})


def _day(request: Request) -> date:
    """The day asked for; today where it is none, or none of our times."""
    try:
        found = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
    return found if 1900 <= found.year <= 2100 else clock.today()


@door("alliances.see", methods=("GET",))
def count(request: Request) -> HttpResponse:
    """How many bodies stand together on a day: seats, distinct bodies, overlap."""
    day = _day(request)
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("form", "mode", "chain")}
    form = DayForm(actor=request.actor, today=clock.today(), initial={"day": day, **asked})
    rows = Alliance.objects.visible_to(request.actor)
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    found = count_on(request.actor, day, rows)
    modes = [(term_name(mode), number, _standing(asked, mode, day)) for mode, number in found.modes]
    kept = {"day": day.isoformat(), **{name: value for name, value in asked.items() if value}}
    lines = [*found.lines, *([found.people] if found.people else [])]
    addresses = {line.code: f"?{urlencode({**kept, 'kind': line.code})}" for line in lines}
    chosen = next((line for line in lines if line.code == request.GET.get("kind")), None)
    context = {"count": found, "modes": modes, "addresses": addresses, "chosen": chosen}
    return page(request, "alliances/count.html", context, form=form)


def _standing(asked: dict[str, str], mode: str, day: date) -> str:
    """The address of the list under the same filters and one mode, on the same day."""
    query = {"mode": mode, "chain": asked["chain"], "state": asked["form"], "day": day.isoformat()}
    return f"{reverse('alliances:list')}?{urlencode({name: value for name, value in query.items() if value})}"


@door("alliances.write")
def found(request: Request) -> HttpResponse:
    """A new alliance."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    form = AllianceForm(request.POST or None, actor=request.actor, initial={"founded_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        root = Organization.objects.get(jurisdiction_id=request.actor.jurisdiction_id, is_root=True)
        values = {**form.cleaned_data, "parent": form.cleaned_data["parent"] or root}
        with refusals_to(form):
            made = actions.found_alliance(actor=request.actor, now=clock.now(), **values)
            return done(request, alliance_url(made.key), _("已登记。"))
    return page(request, FORM, {"title": _("登记联盟"), "cancel": reverse("alliances:list")}, form=form)


def one_form(
    request: Request,
    form: Form,
    act: Callable[..., object],
    *,
    title: str,
    subject: str,
    back: str,
    said: str,
    **more: str,
) -> HttpResponse:
    """One form, one verb, and back to where it came from; `more` goes to the page."""
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            act(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return done(request, back, said)
    return page(request, FORM, {"title": title, "subject": subject, "cancel": back, **more}, form=form)


def _seat(request: Request, key: UUID) -> AllianceMember:
    """A seat in an alliance that the actor may write."""
    rows = AllianceMember.objects.visible_to(request.actor).select_related("alliance__organization", "organization")
    seat = get_object_or_404(rows, key=key)
    own(request, seat.alliance.key)
    return seat


@door("alliances.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Other words about it."""
    held = own(request, key)
    initial = {name: getattr(held, name) for name in actions.FIELDS}
    form = AllianceForm(request.POST or None, actor=request.actor, alliance=held, initial=initial)
    act, words = partial(actions.change_alliance, alliance=held), {"title": _("修改联盟"), "said": _("已修改。")}
    return one_form(request, form, act, subject=held.organization.name, back=alliance_url(key), **words)


@door("alliances.write")
def admit(request: Request, key: UUID) -> HttpResponse:
    """A body joins."""
    held = own(request, key)
    form = SeatForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    act, words = partial(actions.admit, alliance=held), {"title": _("增加成员"), "said": _("已加入。")}
    return one_form(request, form, act, subject=held.organization.name, back=alliance_url(key), **words)


@door("alliances.write")
def leave(request: Request, key: UUID) -> HttpResponse:
    """A body leaves."""
    seat = _seat(request, key)
    form = EndForm(request.POST or None, initial={"until": clock.today()})
    act, words = partial(actions.leave, seat=seat), {"title": _("退出联盟"), "said": _("已退出。")}
    words["drop_url"] = reverse("alliances:drop", kwargs={"key": key})
    return one_form(request, form, act, subject=seat.organization.name, back=alliance_url(seat.alliance.key), **words)


@door("alliances.write", methods=("POST",))
def drop(request: Request, key: UUID) -> HttpResponse:
    """A seat was written down by mistake."""
    seat = _seat(request, key)
    back = alliance_url(seat.alliance.key)
    actions.drop_seat(actor=request.actor, seat=seat, now=clock.now())
    return done(request, back, _("已删除。"))


@door("alliances.write")
def dissolve(request: Request, key: UUID) -> HttpResponse:
    """It is no more."""
    held = own(request, key)
    form = DissolveForm(request.POST or None, initial={"on": clock.today()})
    words = {"title": _("解散联盟"), "said": _("已解散,以前的日子不变。")}
    act = partial(actions.dissolve_alliance, alliance=held)
    return one_form(request, form, act, subject=held.organization.name, back=alliance_url(key), **words)


@door("alliances.write")
def demonstration(request: Request, key: UUID) -> HttpResponse:
    """A demonstration project of the year."""
    held = own(request, key)
    form = DemonstrationForm(request.POST or None, initial={"year": clock.today().year})
    words = {"title": _("确定示范项目"), "said": _("已确定示范项目。")}
    act = partial(actions.name_demonstration, alliance=held)
    return one_form(request, form, act, subject=held.organization.name, back=alliance_url(key), **words)


@door("alliances.write")
def brand(request: Request, key: UUID) -> HttpResponse:
    """What a body is known for."""
    held = get_object_or_404(Organization.objects.current(), key=key)  # type: ignore[attr-defined]
    if not request.actor.may("alliances.write", held):
        raise Http404
    form = BrandForm(request.POST or None, initial={"since": clock.today()})
    act, words = partial(actions.set_brand, organization=held), {"title": _("确定品牌"), "said": _("已确定品牌。")}
    return one_form(request, form, act, subject=held.name, back=organization_url(key), **words)


@door("alliances.write")
def terms(request: Request) -> HttpResponse:
    """The code lists: what is known, what the place added; a word more."""
    require(request.actor, "alliances.write", Whole(request.actor.jurisdiction_id))
    form = TermForm(request.POST or None, initial={"list": request.GET.get("list", "")})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            values = form.cleaned_data
            actions.add_term(
                actor=request.actor, list_code=values["list"], name=values["name"], now=clock.now()
            )
            return done(request, reverse("alliances:terms"), _("已增加。"))
    own = own_terms(request.actor.jurisdiction_id)
    lists = [
        (_(name), [term_name(one) for one in known], own[code]) for code, (name, known) in rules.LISTS.items()
    ]
    return page(request, "alliances/terms.html", {"lists": lists}, form=form)


@door("alliances.write", methods=("POST",))
def retire_term(request: Request, key: UUID) -> HttpResponse:
    """A word is offered no longer, or again."""
    term = get_object_or_404(Term.objects.filter(jurisdiction_id=request.actor.jurisdiction_id), key=key)
    again = term.retired_on is not None
    actions.retire_term(actor=request.actor, term=term, again=again, now=clock.now())
    return done(request, reverse("alliances:terms"), _("已恢复使用。") if again else _("已停用。"))
