"""Alliances as what documents are about: founding notices, charters, minutes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.notices.subjects import SubjectKind

from ..models import Alliance
from .listing import alliance_url


def _named(actor: Actor, keys: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = Alliance.objects.visible_to(actor).filter(key__in=keys).values_list("key", "organization__name")
    return {key: (name, alliance_url(key)) for key, name in rows}


def _find(actor: Actor, text: str, limit: int) -> list[tuple[UUID, str]]:
    rows = Alliance.objects.visible_to(actor).filter(organization__name__icontains=text)
    found = rows.order_by("organization__name", "pk").values_list("key", "organization__name")
    return list(found[:limit])


ALLIANCES = SubjectKind("alliances.alliance", _("联盟与联建"), _named, _find)
