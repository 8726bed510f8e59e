"""`lianjian demo`: the demonstration town, and a county with one empty town."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from lianjian.foundation import clock
from lianjian.foundation.errors import Refused, _
from lianjian.jurisdictions.models import Jurisdiction

from . import frame as frames


class NotEmpty(Refused):
    """A demonstration is built only where nothing is."""

    sentence = _("这里已有数据,不能再建演示。请换一个数据目录(LIANJIAN_DATA)。")


def _refuse_if_used() -> None:
    if Jurisdiction.objects.exists():
        raise NotEmpty


def build_empty(**_options: Any) -> dict[str, str]:
    """A county with one empty town, its offices' accounts and nothing else. Raises `NotEmpty`."""
    with transaction.atomic():
        _refuse_if_used()
        today = clock.today()
        frame = frames.found(
            county="示范县", prefix="SF", town="示范镇", town_prefix="SZ", now=clock.now(), today=today
        )
        frames.accounts(frame, date(today.year - 2, 1, 1))
        return {"county": frame.county.name, "town": frame.town.name}
