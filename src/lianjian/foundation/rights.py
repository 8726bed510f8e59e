"""The check every verb begins with."""

from __future__ import annotations

from .actor import Actor, Placed
from .errors import Refused, _


class Denied(Refused):
    """The actor's grants do not cover this act here."""

    sentence = _("您的账号没有这项权限,请联系本单位的安全管理员。")
    status = 403


def require(actor: Actor, right: str, organization: Placed | None = None) -> None:
    """Raise `Denied` unless `actor` holds `right` over `organization` (anywhere, when none is named)."""
    if not actor.may(right, organization):
        raise Denied
