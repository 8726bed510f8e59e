"""For each route with an object in its address: how to make one, so that every page can be visited in tests.

`SAMPLES[url_name](cast)` gives the keywords of the address. The object lies in the cast's town unless the route
belongs to one person; then it is the clerk's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.cast import NOW, Cast

Sample = Callable[[Cast], dict[str, Any]]


def _evaluation(cast: Cast) -> dict[str, Any]:
    from lianjian.rulebook.actions import evaluate_deadline

    made = evaluate_deadline(
        actor=cast.system(), code="case.need", start=date(2026, 9, 18), now=NOW, jurisdiction_id=cast.town.pk
    )
    return {"key": made.key}


def _message(cast: Cast) -> dict[str, Any]:
    from lianjian.notices.actions import notify
    from lianjian.notices.models import Message

    clerk = cast.actor("clerk")
    notify(actor=clerk, user_ids=[clerk.user_id], kind="duty.today", title="今天到期", url="", text="一行", now=NOW)
    return {"key": Message.objects.filter(user_id=clerk.user_id).latest("pk").key}


def _file(cast: Cast) -> dict[str, Any]:
    from lianjian.files.actions import keep_file

    made = keep_file(
        actor=cast.actor("clerk"),
        jurisdiction_id=cast.town.pk,
        name="回执.txt",
        path_or_bytes=b"ok",
        media_type="text/plain",
        now=NOW,
    )
    return {"key": made.key}


SAMPLES: dict[str, Sample] = {
    "rulebook:evaluation": _evaluation,
    "rulebook:local_rule": lambda cast: {"code": "case.need"},
    "notices:open": _message,
    "files:download": _file,
}
