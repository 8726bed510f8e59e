"""On the workbench of an instructor: how many branches behind his firms are late, and with how much."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext, ngettext

from lianjian.directory.models import Person
from lianjian.events.models import covered_by
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import show_date
from lianjian.partylife.queries import late_behind

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


def late_times(number: int) -> str:
    """How many periods are late, in words short enough for a badge."""
    return ngettext("%(num)s次未开展", "%(num)s次未开展", number) % {"num": number}
