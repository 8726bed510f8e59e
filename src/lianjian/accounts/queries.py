"""What the own account's pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from lianjian.foundation.errors import _

from .models import ApiToken, User

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("MicroMessenger", _("微信")),
    ("DingTalk", _("钉钉")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@dataclass(frozen=True)
class SessionRow:
    """One browser that is signed in."""

    id: int
    browser: str
    system: str
    address: str
    since: datetime
    current: bool


def sessions_of(user: User, current_key: str) -> list[SessionRow]:
    """Sessions that still hold, the newest first."""
    rows = [
        SessionRow(
            id=session.pk,
            browser=_named(session.user_agent, _BROWSERS),
            system=_named(session.user_agent, _SYSTEMS),
            address=session.ip,
            since=session.created_at,
            current=session.session_key == current_key,
        )
        for session in UserSession.objects.purge_and_list(user)
    ]
    return sorted(rows, key=lambda row: (not row.current, -row.since.timestamp()))


def _named(agent: str, words: tuple[tuple[str, str], ...]) -> str:
    return next((name for word, name in words if word in agent), "")


@dataclass(frozen=True)
class TokenRow:
    """A token without its text."""

    key: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


def tokens_of(user: User) -> list[TokenRow]:
    """The tokens of an account, those that ended included."""
    fields = ("key", "name", "created_at", "expires_at", "used_at")
    return [
        TokenRow(*row)
        for row in ApiToken.objects.filter(user=user).order_by("-created_at").values_list(*fields)
    ]


def has_second_factor(user_id: int) -> bool:
    """True once an authenticator app is set up."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists())
