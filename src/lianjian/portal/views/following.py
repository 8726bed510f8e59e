"""Follow a matter by its number and code; say whether it is met."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core import signing
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lianjian.cases import actions as cases
from lianjian.cases.queries.public import Followed, followed, public_page
from lianjian.foundation import clock
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.errors import Refused
from lianjian.foundation.pages import done, page, redirect, refusals_to
from lianjian.foundation.secretfield import seal, unseal

from .. import limits
from ..forms import ConfirmForm, FollowForm, WordsForm
from ..rules import WrongPair

_COOKIE: Final = "lj_follow"
_SALT: Final = "lianjian.portal.follow"
_KEPT: Final = 10  # cases a browser follows at once
_SECONDS: Final = 2 * 3600
TICKET_SECONDS: Final = 600


def _held(request: HttpRequest) -> dict[str, str]:
    """Numbers and codes that this browser has shown to be right, newest last."""
    try:
        found = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return {}
    return dict(found) if isinstance(found, dict) else {}


def remember(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Go to the page of a case that this browser may follow for two hours."""
    held = {**_held(request), number: code}
    response = redirect(request, reverse("portal:case", kwargs={"number": number}))
    response.set_cookie(
        _COOKIE,
        signing.dumps(dict(list(held.items())[-_KEPT:]), salt=_SALT),
        max_age=_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def way_to(number: str, code: str) -> str:
    """The address of a case for who has just told it, good for ten minutes; sealed, because answers are kept."""
    ticket = seal(f"{int(clock.now().timestamp())}:{code}", f"portal.{number}")
    return f"{reverse('portal:case', kwargs={'number': number})}?{urlencode({'ticket': ticket})}"


def _code_of(number: str, ticket: str) -> str:
    """The code in a ticket; empty for one that is old or was made up."""
    try:
        at, _colon, code = unseal(ticket, f"portal.{number}").partition(":")
    except (ValueError, IndexError):
        return ""
    return code if clock.now().timestamp() - int(at) < TICKET_SECONDS else ""


def _user(request: HttpRequest) -> int | None:
    return request.user.pk if request.user.is_authenticated else None


@door(PUBLIC)
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code."""
    form = FollowForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"].strip().upper(), form.cleaned_data["code"].strip()
        now = clock.now()
        try:
            limits.check_guess(request, number, now)
            if followed(number, code, _user(request)) is not None:
                return remember(request, number, code)
            limits.check_guess(request, number, now, right=False)
        except WrongPair as refusal:
            form.add_error("code", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return page(request, "portal/follow.html", form=form)


def _found(request: HttpRequest, number: str) -> tuple[Followed, str]:
    """The case, for a browser that knows its code; 404 for others."""
    code = _held(request).get(number, "")
    found = followed(number, code, _user(request)) if code else None
    if found is None:
        raise Http404
    return found, code


@door(PUBLIC, methods=("GET",))
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Where it is, what was done, what who asked may do."""
    code = _code_of(number, request.GET.get("ticket", "")) if "ticket" in request.GET else ""
    if code:
        return remember(request, number, code)
    if number not in _held(request):
        return redirect(request, f"{reverse('portal:follow')}?number={number}")
    found, code = _found(request, number)
    return page(request, "portal/case.html", {"page": public_page(found), "code": f"{code[:4]}-{code[4:]}"})


# move: (verb, the name under which it takes words, their label, whether they are needed)
_MOVES: dict[str, tuple[Any, str, Any, bool]] = {
    "dispute": (cases.dispute_case, "reason", _lazy("哪里没有解决"), True),
    "supplement": (cases.supplement_case, "text", _lazy("补充说明"), True),
    "urge": (cases.urge_case, "reason", _lazy("想说的话"), False),
    "reopen": (cases.reopen_case, "reason", _lazy("为什么要重新办理"), True),
    "withdraw": (cases.withdraw_case, "reason", _lazy("撤回理由"), True),
}


@door(PUBLIC)
def move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Who told it says that it is met, or not, or adds to it."""
    found, _code = _found(request, number)
    shown = public_page(found)
    label = dict(shown.moves).get(move)
    if label is None:
        raise Http404
    back = reverse("portal:case", kwargs={"number": number})
    form: BaseForm = ConfirmForm(request.POST or None)
    if move != "confirm":
        _verb, _name, words, needed = _MOVES[move]
        form = WordsForm(request.POST or None, label=words, needed=needed)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            _make(found, move, form.cleaned_data)
            return done(request, back, _("已提交。"))
    return page(
        request, "portal/move.html", {"title": label, "cancel": back, "case": found.case}, form=form
    )


def _make(found: Followed, move: str, values: dict[str, Any]) -> None:
    common = {"actor": found.actor, "case": found.case, "now": clock.now()}
    if move == "confirm":
        cases.confirm_case(**common, rating=values["rating"])
        return
    verb, name, _words, _needed = _MOVES[move]
    verb(**common, **{name: values["words"]})
