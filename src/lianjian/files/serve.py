"""Hand a file to who may have it; the record's app has already checked that."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase

from lianjian.foundation.errors import Refused, _

from . import store
from .checking import PICTURES
from .models import File
from .rules import disposition


class ContentMissing(Refused):
    """The row is there, the bytes are not: removed after their time, or a restore without the files folder."""

    sentence = _("附件“%(name)s”的内容已不在存储中,请联系系统管理员。")
    status = 410


def serve(file: File, *, inline: bool = False) -> HttpResponseBase:
    """The download of a file. Pictures, which were drawn anew here, may be shown `inline`; nothing else ever is."""
    try:
        content = store.path_of(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise ContentMissing(name=file.name) from error
    shown = inline and file.media_type in PICTURES
    media = f"{file.media_type}; charset=utf-8" if file.media_type.startswith("text/") else file.media_type
    response = FileResponse(content, content_type=media)
    response.headers["Content-Length"] = str(file.size)
    response.headers["Content-Disposition"] = disposition(file.name, inline=shown)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
