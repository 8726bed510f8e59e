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
    place = getattr(organization, "jurisdiction_id", None)
    # A right of the county reaches down for reading; rows are written by the jurisdiction that owns them. Row security
    # would let such a write change nothing and say nothing, so it is refused here.
    if place is not None and actor.user_id is not None and place not in actor.writable:
        raise Denied


def holds_in(actor: Actor, right: str, jurisdiction_id: int) -> bool:
    """Whether the right covers this jurisdiction or something in it. One held elsewhere says nothing here."""
    return any(jurisdiction_id in scope.jurisdiction_ids for scope in actor.scopes(right))


def require_in(actor: Actor, right: str, jurisdiction_id: int) -> None:
    """Raise `Denied` unless `actor` holds `right` in the jurisdiction and may write there."""
    if not holds_in(actor, right, jurisdiction_id) or jurisdiction_id not in actor.writable:
        raise Denied
