"""Doors to schemes, what gives points, accounts and their ledger."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.queries import body_to_start_with
from lianjian.events.queries import writes
from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page
from lianjian.foundation.stale import watch

from .. import actions, forms
from ..models import RIGHT, WRITE, Account, Edition, Entry
from ..queries import ACCOUNTS, SCHEMES, account_page, edition_lines, scheme_page, url_of
from .shared import act, held, scheme_of


@door(RIGHT, methods=("GET",))
def schemes(request: Request) -> HttpResponse:
    """All schemes that one may see."""
    may = bool(request.actor.scopes(WRITE))
    action = (_("设立积分办法"), reverse("points:found_scheme")) if may else None
    return list_page(request, SCHEMES, "points/list.html", {"here": "schemes", "may": may}, empty_action=action)


@door(RIGHT, methods=("GET",))
def accounts(request: Request) -> HttpResponse:
    """All accounts that one may see."""
    return list_page(request, ACCOUNTS, "points/list.html", {"here": "accounts", "may": False})


@door(RIGHT, methods=("GET",))
def scheme(request: Request, key: UUID) -> HttpResponse:
    """One scheme."""
    shown = scheme_page(request.actor, scheme_of(request, key), clock.today())
    return page(request, "points/scheme.html", {"page": shown})


@door(RIGHT, methods=("GET",))
def board(request: Request, key: UUID) -> HttpResponse:
    """What gives points and what is given for them, to hang out."""
    found = scheme_of(request, key)
    lines = edition_lines(found, clock.today())
    goods = found.goods.filter(ended_on__isnull=True).order_by("price", "name")
    return page(request, "points/board.html", {"scheme": found, "editions": lines, "goods": goods})


@door(WRITE)
def found_scheme(request: Request) -> HttpResponse:
    """A new scheme."""
    form = forms.SchemeForm(request.POST or None, actor=request.actor, initial=_first(request))
    words = {"title": _("设立积分办法"), "said": _("已设立。下一步:登记村里通过并公布的积分事项。")}
    onward, back = (lambda made: url_of("scheme", made.key)), reverse("points:schemes")
    return act(request, form, actions.found_scheme, back=back, onward=onward, **words)


def _first(request: Request) -> dict[str, str]:
    """The body whose page one came from, or one's own."""
    body = body_to_start_with(request.actor, request.GET.get("organization", ""))
    return {"organization": body.name} if body is not None else {}


@door(WRITE)
def change_scheme(request: Request, key: UUID) -> HttpResponse:
    """Better words."""
    found = scheme_of(request, key, write=True)
    form = forms.ChangeSchemeForm(
        request.POST or None, initial={name: getattr(found, name) for name in actions.SCHEME_FIELDS}
    )
    watch(form, found, actions.SCHEME_FIELDS)
    verb, words = partial(actions.change_scheme, scheme=found), {"title": _("修改积分办法"), "said": _("已保存。")}
    return act(request, form, verb, back=url_of("scheme", key), subject=found.name, **words)


@door(WRITE, methods=("POST",))
def end_scheme(request: Request, key: UUID) -> HttpResponse:
    """Nothing is gathered any more."""
    actions.end_scheme(actor=request.actor, scheme=scheme_of(request, key, write=True), now=clock.now())
    return done(request, url_of("scheme", key), _("已停止登记积分;已有的积分还可以兑换。"))


@door(WRITE, methods=("POST",))
def resume_scheme(request: Request, key: UUID) -> HttpResponse:
    """It was ended by mistake."""
    actions.resume_scheme(actor=request.actor, scheme=scheme_of(request, key, write=True), now=clock.now())
    return done(request, url_of("scheme", key), _("已恢复。"))


@door(WRITE)
def adopt_edition(request: Request, key: UUID) -> HttpResponse:
    """What gives points from a day on."""
    found = scheme_of(request, key, write=True)
    lines = edition_lines(found, clock.today())
    first = {"items": forms.edition_text(lines[-1].edition)} if lines else {}
    form = forms.EditionForm(
        request.POST or None, actor=request.actor, now=clock.now(), scheme=found, initial=first
    )
    words = {"title": _("登记积分事项和分值"), "said": _("已登记,可打印公布。"), "subject": found.name}
    lead = _("登记村里按程序通过并已公布的积分事项;改分值就登记新的一版。")
    verb = partial(actions.adopt_edition, scheme=found)
    return act(request, form, verb, back=url_of("scheme", key), lead=lead, **words)


@door(WRITE, methods=("POST",))
def withdraw_edition(request: Request, key: UUID) -> HttpResponse:
    """It was entered wrongly."""
    found = held(request, Edition, key, write=True)
    actions.withdraw_edition(actor=request.actor, edition=found, now=clock.now())
    return done(request, url_of("scheme", found.scheme.key), _("已撤回这一版。"))


@door(WRITE)
def open_accounts(request: Request, key: UUID) -> HttpResponse:
    """Accounts, one a line."""
    found = scheme_of(request, key, write=True)
    form = forms.AccountsForm(request.POST or None)
    words = {"title": _("开户"), "said": _("已开户。"), "subject": found.name}
    verb, lead = partial(actions.open_accounts, scheme=found), _("只记户主姓名和组名,不记身份证号、电话。")
    return act(request, form, verb, back=url_of("scheme", key), lead=lead, **words)


@door(WRITE)
def clear_year(request: Request, key: UUID) -> HttpResponse:
    """What is left of a year lapses."""
    found = scheme_of(request, key, write=True)
    form = forms.ClearForm(request.POST or None, initial={"year": clock.today().year - 1})
    words = {"title": _("年度清零"), "said": _("已清零,各户台账里有记录。"), "subject": found.name, "submit": _("清零")}
    lead = _("只清这一年年底以前得的、到现在还没有兑换的积分;兑换先用早得的。请先公告,留出兑换时间。")
    verb = partial(actions.clear_year, scheme=found)
    return act(request, form, verb, back=url_of("scheme", key), lead=lead, **words)


@door(RIGHT, methods=("GET",))
def account(request: Request, key: UUID) -> HttpResponse:
    """One account with its ledger."""
    return page(request, "points/account.html", {"page": account_page(request.actor, held(request, Account, key))})


@door(WRITE)
def rename_account(request: Request, key: UUID) -> HttpResponse:
    """A householder changed, or a name was wrong."""
    found = held(request, Account, key, write=True)
    fields = ("name", "group", "agreed")
    if request.method == "POST":
        actions.hold_scheme(found.scheme)  # before the account, as every verb does
    form = forms.AccountForm(request.POST or None, initial={name: getattr(found, name) for name in fields})
    watch(form, found, fields)
    words = {"title": _("修改积分户"), "said": _("已保存。"), "subject": found.name}
    return act(request, form, partial(actions.rename_account, account=found), back=url_of("account", key), **words)


@door(WRITE, methods=("POST",))
def close_account(request: Request, key: UUID) -> HttpResponse:
    """It is not used any more."""
    actions.close_account(actor=request.actor, account=held(request, Account, key, write=True), now=clock.now())
    return done(request, url_of("account", key), _("已注销,台账保留,可以恢复。"))


@door(WRITE, methods=("POST",))
def restore_account(request: Request, key: UUID) -> HttpResponse:
    """It is used again."""
    actions.restore_account(actor=request.actor, account=held(request, Account, key, write=True), now=clock.now())
    return done(request, url_of("account", key), _("已恢复。"))


@door(WRITE)
def bring_balance(request: Request, key: UUID) -> HttpResponse:
    """What it had before."""
    found = held(request, Account, key, write=True)
    form = forms.BringForm(request.POST or None, initial={"on": clock.today()})
    words = {"title": _("结转期初积分"), "said": _("已结转。"), "subject": found.name}
    return act(request, form, partial(actions.bring_balance, account=found), back=url_of("account", key), **words)


@door(WRITE)
def reverse_entry(request: Request, key: UUID) -> HttpResponse:
    """Take back a whole entry."""
    rows = Entry.objects.filter(account__in=Account.objects.visible_to(request.actor))
    found = get_object_or_404(rows.select_related("account__scheme__organization"), key=key)
    if not writes(request.actor, WRITE, found.account.scheme.organization):
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    words = {"title": _("冲正"), "said": _("已冲正,原来的一笔保留。"), "submit": _("冲正")}
    entry = {"note": found.note, "points": found.points}
    lead = _("台账只增不改:记一笔相反的,把“%(note)s”%(points)s分整笔抵掉。") % entry
    verb, back = partial(actions.reverse_entry, entry=found), url_of("account", found.account.key)
    return act(request, form, verb, back=back, lead=lead, subject=found.account.name, **words)
