"""Bookings of a venue through an item of the lists, as the calendars of the venue tell them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.events.queries.bookings import Holder
from lianjian.foundation.actor import Actor

from ..models import Claim
from .listing import claim_url

CLAIM = "lists.claim"


def _claims(actor: Actor, records: Any) -> Any:
    return Claim.objects.visible_to(actor).filter(pk__in=records).values_list("pk", "organization__name", "key")


def _told(row: tuple[Any, ...]) -> tuple[str, str]:
    return gettext("%(name)s的预订") % {"name": row[1]}, claim_url(row[2])


BOOKED = Holder(_("预订"), _("别的单位的预订"), _claims, _told)
