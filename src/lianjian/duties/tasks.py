"""Every morning: tell people what is due today and what is overdue, once each."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext, ngettext, override

from lianjian.directory.models import Grant
from lianjian.directory.roles import rights_of
from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.calendar import day_end
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.notices.actions import Note, notify_all

from . import kinds
from .models import Duty

BATCH = 2000


@job("duties.remind_all", cron="5 0 * * *")
def remind_all(*, timestamp: int) -> None:
    """At 8:05 in China one job for each place."""
    day = clock.today().isoformat()
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("duties.remind", jurisdiction_id=pk, key=f"{pk}:{day}")


@job("duties.remind")
def remind(*, jurisdiction_id: int) -> None:
    """Messages for the open duties of one place that are due today or overdue."""
    now = clock.now()
    rows = list(
        Duty.objects.filter(
            state=Duty.State.OPEN, jurisdiction_id=jurisdiction_id, due_at__lt=day_end(clock.today())
        )
        .order_by("pk")
        .values_list(
            "pk",
            "kind",
            "title",
            "url",
            "due_at",
            "user_id",
            "person__user_id",
            "person_id",
            "organization_id",
        )
    )
    roles = _roles_on({row[8] for row in rows if row[5] is None and row[7] is None}, jurisdiction_id)
    notes: list[Note] = []
    with override("zh-hans"):
        for pk, kind, title, url, due_at, user_id, person_user, person_id, body in rows:
            users = [user_id] if user_id else ([person_user] if person_id else _may(roles, body, kind))
            due = due_at or now  # the filter asks for a due time
            late = due < now
            days = (clock.local_day(now) - clock.local_day(due)).days
            words = _words(late, days)
            notes += [
                Note(
                    user,
                    "duty.overdue" if late else "duty.today",
                    f"{words}:{title}",
                    url,
                    "",
                    f"duty:{pk}:{late:d}:{clock.local_day(due)}",  # a moved due day is told again
                )
                for user in users
                if user
            ]
    for start in range(0, len(notes), BATCH):
        notify_all(actor=system_actor(jurisdiction_id), notes=notes[start : start + BATCH], now=now)


def _words(late: bool, days: int) -> str:
    if not late:
        return gettext("今天到期")
    return ngettext("超期 %(n)d 天", "超期 %(n)d 天", days) % {"n": days} if days else gettext("已超时")


Rights = frozenset[str]
Roles = dict[int | None, list[tuple[int, Rights]]]


def _may(roles: Roles, body: int | None, kind: str) -> list[int]:
    """Accounts that act for a body and may do this kind of duty."""
    needed = {"duties.own", kinds.right_of(kind) or "duties.own"}
    return sorted({user for user, rights in roles.get(body, ()) if needed <= rights})


def _roles_on(bodies: set[int | None], jurisdiction_id: int) -> Roles:
    """Grants of today on these bodies; None stands for the root of the place."""
    today = clock.today()
    chosen = Q(organization_id__in=[body for body in bodies if body is not None])
    if None in bodies:
        chosen |= Q(organization__is_root=True, organization__jurisdiction_id=jurisdiction_id)
    rows = (
        Grant.objects.filter(chosen)
        .filter(Q(until__isnull=True) | Q(until__gt=today), since__lte=today, user__is_active=True)
        .values_list(
            "user_id", "role", "organization_id", "organization__is_root", "organization__jurisdiction_id"
        )
    )
    found: Roles = {}
    for user_id, role, body, is_root, place in rows:
        entry = (user_id, rights_of(role))
        found.setdefault(body, []).append(entry)
        if is_root and place == jurisdiction_id:
            found.setdefault(None, []).append(entry)
    return found
