"""The session store of the house: one statement brings a session with its account, grants and the tree of places.

Every page needs all four. Asked one by one they cost more than most pages; what they mean is still decided where it
was (`accounts.middleware` for the account, `actors.build_actor` for the grants).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from lianjian.accounts.models import User
from lianjian.foundation import prepared, references
from lianjian.foundation.remembered import keep
from lianjian.jurisdictions.queries import PARENTS, family_of

GrantRow = tuple[str, int, str, bool, int, str]

_SQL = """
SELECT s.session_data, g.role, g.organization_id, o.path, o.is_root, o.jurisdiction_id, o.name,
       (SELECT array_agg(ARRAY[j.id, coalesce(j.parent_id, 0)]) FROM jurisdictions_jurisdiction j), {count}, {user}
  FROM django_session s
  LEFT JOIN usersessions_usersession x ON x.session_key = s.session_key
  LEFT JOIN accounts_user u ON u.id = x.user_id AND u.is_active
  LEFT JOIN directory_grant g ON g.user_id = u.id AND g.since <= %s AND (g.until IS NULL OR g.until > %s)
  LEFT JOIN directory_organization o ON o.id = g.organization_id
 WHERE s.session_key = %s AND s.expire_date > %s
 ORDER BY g.since, g.id
"""
_OWN = 9  # columns before those of the account


@dataclass(frozen=True)
class Brought:
    """What came with a session: grants in force on `day` and each place with all below it."""

    user_id: int
    day: date
    grants: list[GrantRow]
    places: dict[int, tuple[int, ...]]


@cache
def _statement() -> tuple[str, list[str]]:
    fields = [field.attname for field in User._meta.concrete_fields]
    columns = ", ".join(f'u."{field.column}"' for field in User._meta.concrete_fields)
    return _SQL.format(user=columns, count=references.COUNT), fields


class SessionStore(DatabaseStore):
    """Django's sessions in the database; `account` and `brought` are set when the session was signed in."""

    account: User | None = None
    brought: Brought | None = None

    def load(self) -> dict[str, Any]:
        """The session's content; empty when it ended."""
        now = timezone.now()
        day = timezone.localdate(now)
        sql, fields = _statement()
        rows = prepared.rows(sql, [day, day, self.session_key, now])
        if not rows:
            self._session_key = None
            return {}
        first = rows[0]
        if first[_OWN] is not None:
            pairs = tuple((key, above or None) for key, above in first[7] or ())
            keep(PARENTS, pairs)
            references.learn(first[8])
            self.account = User.from_db("default", fields, first[_OWN:])
            self.brought = Brought(
                user_id=self.account.pk,
                day=day,
                grants=[row[1:7] for row in rows if row[1] is not None],
                places=family_of(pairs),
            )
        return dict(self.decode(first[0]))
