"""Refusals: small named classes, each with its sentence next to the code that raises it."""

from __future__ import annotations

import re
from typing import Any, ClassVar


def _(message: str) -> str:
    """Mark a Chinese sentence for translation without needing Django; returns it unchanged."""
    return message


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def translate(message: str) -> str:
    """`message` in the active language; unchanged where Django is absent or not set up."""
    try:
        from django.conf import settings
        from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
        from django.utils.translation import gettext
    except ImportError:
        return message
    if not settings.configured:
        return message
    try:
        return gettext(message)
    except (AppRegistryNotReady, ImproperlyConfigured):
        return message


def language() -> str:
    """Code of the active language; the house's own where Django is absent or not set up."""
    try:
        from django.conf import settings
        from django.utils.translation import get_language
    except ImportError:
        return "zh-hans"
    return (get_language() if settings.configured else None) or "zh-hans"


class Refused(Exception):
    """Something a person asked for was refused, with a reason that can be shown to that person.

    `sentence` is the Chinese source text with `%(name)s` places; `field` names the input it belongs to;
    `status` is the HTTP status a door answers with.
    """

    sentence: ClassVar[str] = _("不能这样做。")
    field: str | None = None
    status: int = 422
    code: ClassVar[str] = "refused"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = _snake(cls.__name__)

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        # No positional arguments reach Exception, so that a refusal survives pickling from a child process.
        super().__init__()
        self.params = params
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        text = translate(self.sentence)
        return text % self.params if self.params else text

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{type(self).__name__}({inner})"

    def as_dict(self) -> dict[str, Any]:
        """For problem documents and receipts: code, sentence in the active language, field, status."""
        return {"code": self.code, "sentence": str(self), "field": self.field, "status": self.status}
