"""Answers: a page or the fragment htmx asked for, a redirect with a message, a refusal, an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.utils.translation import gettext as _
from markupsafe import Markup

from . import clock
from .actor import Actor
from .errors import Refused
from .hooks import hooks
from .rights import Denied

PUBLIC = "public"


class Request(HttpRequest):
    """For types only: what a door passes to its view."""

    actor: Actor


def wants_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part; a boosted link or a history restore wants the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def base_context(request: HttpRequest) -> dict[str, Any]:
    """What every template may use, besides its own context."""
    actor = getattr(request, "actor", None)
    return {
        "request": request,
        "actor": actor,
        "nav": hooks.navigation(actor, request.path) if actor else [],
        "inbox_count": hooks.inbox_count(actor) if actor else 0,
        "messages": messages.get_messages(request) if hasattr(request, "_messages") else (),
        "now": clock.now(),
        "today": clock.today(),
        "form_key": uuid4().hex,
        "large_text": request.COOKIES.get("large_text") == "1",
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "path": request.path,
    }


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str | None = None,
    form: BaseForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render `template`. With `fragment`, an htmx request gets that block alone.

    A bound form with errors answers 422, so that scripts and tests can tell.
    """
    if status is None:
        status = 422 if form is not None and form.is_bound and form.errors else 200
    part = fragment is not None and wants_fragment(request)
    values = {**(context or {}), **({"form": form} if form is not None else {})}
    values = {**base_context(request), **values}
    html = render(template, values, request, fragment if part else None)
    response = HttpResponse(html, status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def render(template: str, values: Mapping[str, Any], request: HttpRequest | None, block: str | None = None) -> str:
    """The text of a Jinja2 template, or of one of its blocks."""
    from django.middleware.csrf import get_token

    engine = engines.all()[0]
    found = engine.get_template(template).template
    full = dict(values)
    if request is not None:
        # Each masking of the secret costs some hundred random numbers: one serves all forms of the page.
        token = get_token(request) if hasattr(request, "META") else ""
        full["csrf_token"] = token
        full["csrf_input"] = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="%s">') % token
    if block is None:
        return str(found.render(full))
    # A block alone is rendered without the top of its file, where the macros are imported.
    full.setdefault("ui", engine.env.get_template("ui/kit.html").make_module(full))
    context = found.new_context(full)
    return "".join(found.blocks[block](context))


def done(request: HttpRequest, url: str, message: str = "") -> HttpResponse:
    """After a verb: say what was done and go to `url` (303, so that a reload repeats nothing)."""
    if message:
        messages.success(request, message)
    return redirect(request, url)


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Go to an address of this house; htmx is told to load the whole page."""
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = url
        return response
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer


@contextmanager
def refusals_to(form: BaseForm) -> Iterator[None]:
    """Inside the block a refusal becomes an error of the form, beside its field when it names one.

    Not `Denied`: nothing typed otherwise would help, and the door journals it.
    """
    try:
        yield
    except Denied:
        raise
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))


def act(
    request: Request,
    form: BaseForm,
    verb: Callable[..., Any],
    *,
    template: str,
    back: str,
    said: str,
    onward: Callable[[Any], str] | None = None,
    values: Callable[[Any], Mapping[str, Any]] | None = None,
    **context: Any,
) -> HttpResponse:
    """One form, one verb, and back; `onward` gives another address from what the verb answered.

    `values` gives the verb what it is asked from the form; without it, all that was cleaned. A refusal stands in the
    form with what was typed. `context` goes to the page.
    """
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            given = form.cleaned_data if values is None else values(form)
            answer = verb(actor=request.actor, now=clock.now(), **given)
            return done(request, back if onward is None else onward(answer), said)
    return page(request, template, {"cancel": back, **context}, form=form)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page, fragment or problem document of a refusal that no form caught."""
    if is_api(request):
        return problem(refusal.status, refusal.code, str(refusal), field=refusal.field)
    if wants_fragment(request):
        return page(request, "ui/refusal.html", {"sentence": str(refusal)}, status=refusal.status)
    back = request.headers.get("Referer", "/")
    return page(request, "422.html", {"sentence": str(refusal), "back": back}, status=refusal.status)


def is_api(request: HttpRequest) -> bool:
    """True for the programming interface, which answers JSON only."""
    return request.path.startswith("/api/")


def problem(status: int, code: str, detail: str, *, field: str | None = None, errors: Any = None) -> JsonResponse:
    """A problem document (RFC 9457)."""
    body: dict[str, Any] = {"type": f"urn:lianjian:problem:{code}", "title": code, "status": status, "detail": detail}
    if field:
        body["field"] = field
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type="application/problem+json")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: what is not there and what may not be seen look the same."""
    if is_api(request):
        return problem(404, "not_found", _("没有这条记录,或您看不到它。"))
    return page(request, "404.html", {}, status=404)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a signed-in person without the right for this page."""
    if is_api(request):
        return problem(403, "denied", _("您的账号没有这项权限。"))
    return page(request, "403.html", {}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that no page of ours sends."""
    if is_api(request):
        return problem(400, "bad_request", _("请求无法读懂。"))
    return page(request, "400.html", {}, status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is not ours or is too old."""
    if is_api(request):
        return problem(403, "csrf", _("表单已过期,请刷新页面后重试。"))
    return page(request, "403.html", {"sentence": _("表单已过期,请刷新页面后重试。")}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without any context, so that it works when nothing else does."""
    return out_of_order(request, 500)


def out_of_order(request: HttpRequest, status: int = 503) -> HttpResponse:
    """The database is away or something broke: one sentence, nothing was saved."""
    sentence = _("系统暂时出错,刚才的操作没有保存。请稍后再试。")
    if is_api(request):
        return problem(status, "out_of_order", sentence)
    return HttpResponse(
        f"<!doctype html><meta charset=utf-8><title>{status}</title><h1>{status}</h1><p>{sentence}</p>", status=status
    )
