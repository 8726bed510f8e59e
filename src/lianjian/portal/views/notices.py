"""Documents that were published to everybody: their list, one of them, its files. No sign-in."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from lianjian.files.serve import serve
from lianjian.foundation import clock
from lianjian.foundation.doors import PUBLIC, door
from lianjian.foundation.pages import page
from lianjian.notices.queries.pages import DocumentPage
from lianjian.notices.queries.pictures import published_file, published_picture

from ..forms import NoticesForm
from ..queries import next_page, public_document, public_notices, public_versions


@door(PUBLIC, methods=("GET",))
def notices(request: HttpRequest) -> HttpResponse:
    """All of them, by words, kind and period."""
    form = NoticesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    lines, mark = public_notices(asked, request.GET.get("after", ""))
    context = {"lines": lines, "next_url": next_page(asked, mark), "asked": any(asked.values()), "filter": form}
    return page(request, "portal/notices.html", context, status=200)


def _shown(request: HttpRequest, key: UUID) -> DocumentPage:
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 5 else None
    found = public_document(key, version, clock.today())
    if found is None:
        raise Http404
    return found


@door(PUBLIC, methods=("GET",))
def notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """One document."""
    return page(request, "portal/notice.html", {"page": _shown(request, key)})


@door(PUBLIC, methods=("GET",))
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """On A4."""
    back = reverse("portal:notice", kwargs={"key": key})
    context = {"page": _shown(request, key), "back": back, "picture_door": "portal:notice_picture"}
    return page(request, "notices/paper.html", context)


@door(PUBLIC, methods=("GET",))
def file(request: HttpRequest, key: UUID, file_key: UUID) -> HttpResponseBase:
    """A file of a version that is out."""
    for one in public_versions(key):
        found = published_file((), one, file_key)
        if found is not None:
            return serve(found)
    raise Http404


@door(PUBLIC, methods=("GET",))
def picture(request: HttpRequest, key: UUID, file_key: UUID) -> HttpResponseBase:
    """A picture of a version that is out, to be seen in its page; no other file is."""
    for one in public_versions(key):
        found = published_picture((), one, file_key)
        if found is not None:
            return serve(found, inline=True)
    raise Http404
