"""A place chooses a deadline profile."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..data.profiles import version_on
from ..models import ProfileChoice


class ProfileChosen(Refused):
    """A choice from that day on exists already."""

    sentence = _("这一天起已选过时限方案,请换一个起始日。")
    field = "valid_from"


class UnknownProfile(Refused):
    """No version of the profile is in force on the first day."""

    sentence = _("%(day)s 没有生效的时限方案“%(code)s”。")
    field = "profile"


@verb(constraints={"one_profile_per_first_day": ProfileChosen})
def choose_profile(
    *,
    actor: Actor,
    jurisdiction_id: int,
    profile: str,
    source: str,
    valid_from: date,
    now: datetime,
    subject: str = "",
) -> ProfileChoice:
    """New matters of `subject` (a category's code; empty: all) follow a profile from a day on; empty: the defaults.

    What began before keeps what it began under. Raises `UnknownProfile`, `ProfileChosen`, `Denied`.
    """
    require(actor, "system.manage", Whole(jurisdiction_id))
    if profile and version_on(profile, valid_from) is None:
        raise UnknownProfile(code=profile, day=valid_from.isoformat())
    own = ProfileChoice.objects.filter(jurisdiction_id=jurisdiction_id, subject=subject)
    standing = own.filter(valid_from__lt=valid_from).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    )
    before = standing.values_list("profile", flat=True).first() or ""
    standing.update(valid_to=date.fromordinal(valid_from.toordinal() - 1))
    later = own.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    made = ProfileChoice.objects.create(
        jurisdiction_id=jurisdiction_id,
        profile=profile,
        subject=subject,
        source=source,
        valid_from=valid_from,
        valid_to=date.fromordinal(later.valid_from.toordinal() - 1) if later else None,
        set_by=actor.name,
        set_at=now,
    )
    record(
        actor=actor,
        verb="rulebook.choose_profile",
        subject=made,
        now=now,
        changes={"profile": (before, profile), "subject": ("", subject), "source": ("", source)},
    )
    return made
