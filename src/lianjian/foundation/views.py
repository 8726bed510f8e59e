"""Doors of the foundation: exports and kept views of lists, language, large text."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from . import pages
from .doors import PUBLIC, door
from .export import export as export_list
from .forms import SavedViewForm
from .listing import REGISTRY
from .models import SavedView

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.headers.get("Referer") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@door("lists.export", methods=("POST",))
def export(request: HttpRequest) -> HttpResponse:
    """What a list shows under its filters, as a file."""
    spec = REGISTRY.get(request.POST.get("page", ""))
    if spec is None or not request.actor.scopes(spec.right):  # type: ignore[attr-defined]
        raise Http404
    return export_list(request, spec, request.POST.get("query", ""), _back(request))


@door(None, methods=("POST",))
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a list's filters under a name; the same name again replaces them."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return pages.page(
            request, "422.html", {"sentence": _("请给这个视图起个名字。"), "back": _back(request)}, status=422
        )
    SavedView.objects.update_or_create(
        user_id=request.user.pk,
        page=form.cleaned_data["page"],
        name=form.cleaned_data["name"],
        defaults={"query": form.cleaned_data["query"]},
    )
    return pages.done(request, _back(request), _("视图已保存。"))


@door(None, methods=("POST",))
def drop_view(request: HttpRequest) -> HttpResponse:
    """Forget one of one's own views."""
    SavedView.objects.filter(
        user_id=request.user.pk, page=request.POST.get("page", ""), name=request.POST.get("name", "")
    ).delete()
    return pages.done(request, _back(request), _("视图已删除。"))


@door(PUBLIC, methods=("POST",))
def set_language(request: HttpRequest) -> HttpResponse:
    """Chinese or English for this browser, and for the account of who signed in."""
    code = request.POST.get("language", "")
    response = pages.redirect(request, _back(request))
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=settings.HTTPS
        )
    return response


@door(PUBLIC, methods=("POST",))
def set_large_text(request: HttpRequest) -> HttpResponse:
    """Large text on or off for this browser."""
    response = pages.redirect(request, _back(request))
    on = request.COOKIES.get("large_text") != "1"
    response.set_cookie("large_text", "1" if on else "0", max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return response
