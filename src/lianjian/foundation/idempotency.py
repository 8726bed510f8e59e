"""A form sent twice is done once: the second gets the first one's answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from ninja.errors import HttpError

from . import prepared
from .errors import Refused, _
from .models import IdempotencyKey


class KeyReused(Refused):
    """The idempotency key was used before for something else."""

    sentence = _("这份表单的提交编号已用于另一次提交,请重新打开表单再填。")
    status = 422


def key_of(request: HttpRequest) -> str:
    """The key a client sent: header `Idempotency-Key`, or the hidden field `_key` of our forms."""
    return (request.headers.get("Idempotency-Key") or request.POST.get("_key") or "").replace("\0", "")[:80]


# What differs though the form is the same one.
_NOT_COMPARED = ("_key", "csrfmiddlewaretoken")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


def _digest(request: HttpRequest) -> str:
    """What was sent, and to which address: fields, contents of files, or the body of a program."""
    found = hashlib.sha256(request.path.encode() + b"\n")
    if request.content_type not in _FORMS:
        found.update(request.body)
        return found.hexdigest()
    fields = [
        (name, value)
        for name in sorted(request.POST)
        if name not in _NOT_COMPARED
        for value in request.POST.getlist(name)
    ]
    found.update(repr(fields).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            content = hashlib.sha256()
            for piece in file.chunks():
                content.update(piece)
            file.seek(0)
            found.update("\n".join(("", name, file.name or "", content.hexdigest())).encode())
    return found.hexdigest()


def answer_once(
    request: HttpRequest, user_id: int, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer the request, or repeat the stored answer of the same key. Only successes are stored."""
    key = key_of(request)
    if not key or request.method in ("GET", "HEAD", "OPTIONS"):
        return answer()
    digest = _digest(request)
    # A second request with the same key waits here until the first has committed or given up.
    made = prepared.rows(
        "INSERT INTO foundation_idempotencykey (user_id, key, digest, status, location, body, at)"
        " VALUES (%s, %s, %s, 0, '', '', now()) ON CONFLICT DO NOTHING RETURNING id",
        [user_id, key, digest],
    )
    if not made:
        return _repeat(IdempotencyKey.objects.get(user_id=user_id, key=key), digest)
    (row,) = made
    try:
        response = answer()
    except (Refused, Http404, HttpError):  # the transaction goes on: what was refused may be sent again
        IdempotencyKey.objects.filter(pk=row[0]).delete()
        raise
    if response.status_code >= 400 or response.status_code == 200 and not _is_api(request):
        IdempotencyKey.objects.filter(pk=row[0]).delete()
    else:
        body = response.content.decode() if isinstance(response, HttpResponse) else ""
        prepared.rows(
            "UPDATE foundation_idempotencykey SET status = %s, location = %s, body = %s WHERE id = %s RETURNING id",
            [response.status_code, response.headers.get("Location", ""), body, row[0]],
        )
    return response


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _repeat(stored: IdempotencyKey, digest: str) -> HttpResponse:
    if stored.digest != digest:
        raise KeyReused
    if stored.location:
        response: HttpResponse = HttpResponseRedirect(stored.location)
        response.status_code = stored.status
        return response
    return HttpResponse(stored.body, status=stored.status, content_type="application/json")
