"""On the workbench of an instructor: what is late at the branches behind his firms, and his own days in firms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from lianjian.directory.models import Membership, Person
from lianjian.events.models import covered_by
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import show_date
from lianjian.partylife.queries import late_behind

from .asked import DAYS, asked_on, days_facts, kept_days
from .enterprises import INSTRUCTOR, RIGHT
from .listing import instructor_url

RIGHTS = ("coverage.see", "partylife.see")
NAMED, MOST = 3, 500


def guiding_panel(*, actor: Actor, record: None, now: datetime) -> Asking:
    """One line among what is to be done, onto the branches one by one; nothing where none is late."""
    if actor.person_id is None or not all(actor.scopes(right) for right in RIGHTS):
        return None
    late, own = yield (
        late_behind(actor, covered_by(actor).values("organization_id")).values_list(
            "branch_id", "branch__name", "period_to"
        )[:MOST],
        Person.objects.filter(pk=actor.person_id).values_list("key")[:1],
    )
    if not late:
        return None
    names = {pk: name for pk, name, _day in late}
    words = ngettext(
        "%(n)d个所联系的党支部有组织生活上期未开展", "%(n)d个所联系的党支部有组织生活上期未开展", len(names)
    )
    oldest = gettext("最早的 %(day)s 到期") % {"day": show_date(late[0][2])}
    return "coverage/_guiding.html", {
        "waits": True,
        "badge": Badge(late_times(len(late)), "late"),
        "title": words % {"n": len(names)},
        "url": f"{instructor_url(own[0][0])}#owed",
        "note": " · ".join([oldest, *list(names.values())[:NAMED]]),
    }


def days_panel(*, actor: Actor, record: None, now: datetime) -> Asking:
    """One line where an instructor's days in firms are short by the place's own document; nothing where none binds."""
    if actor.person_id is None or not actor.scopes(RIGHT):
        return None
    today = local_day(now)
    asked = asked_on(DAYS, today, actor.jurisdiction_id)
    if asked is None or asked.cadence is None or not asked.cadence.national:
        return None
    guides: Any = Membership.objects.filter(person=actor.person_id, role=INSTRUCTOR)
    own, *facts = yield (
        guides.on(today).values_list("person__key")[:1],
        *days_facts(actor, actor.person_id, asked.cadence, today),
    )
    short = [one for one in kept_days(asked, today, *facts) if one.light in ("due", "late")] if own else []
    if not short:
        return None
    told = gettext("%(period)s驻企%(done)d天,应达到%(times)d天")
    parts = [told % {"period": one.period, "done": one.done, "times": one.times} for one in short]
    worst = next((one for one in short if one.light == "late"), short[0])
    return "coverage/_guiding.html", {
        "waits": True,
        "badge": worst.badge,
        "title": gettext("驻企天数还不够"),
        "url": f"{instructor_url(own[0][0])}#days",
        "note": " · ".join([*parts, asked.cite]),
    }


def late_times(number: int) -> str:
    """How many periods are late, in words short enough for a badge."""
    return ngettext("%(num)s次未开展", "%(num)s次未开展", number) % {"num": number}
