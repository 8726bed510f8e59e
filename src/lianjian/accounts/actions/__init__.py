"""Verbs on accounts, by subject."""

from .keeping import close_account, end_sessions, open_account, reopen_account, reset_password
from .own import (
    changed_own_password,
    choose_language,
    end_own_session,
    end_own_sessions,
    new_token,
    revoke_token,
    second_factor_changed,
    set_own_password,
    use_token,
)
from .signing import note_denied, note_failed, note_signed_in, note_signed_out

__all__ = [
    "changed_own_password",
    "choose_language",
    "close_account",
    "end_own_session",
    "end_own_sessions",
    "end_sessions",
    "new_token",
    "note_denied",
    "note_failed",
    "note_signed_in",
    "note_signed_out",
    "open_account",
    "reopen_account",
    "reset_password",
    "revoke_token",
    "second_factor_changed",
    "set_own_password",
    "use_token",
]
