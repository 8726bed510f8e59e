"""Run as a process on a fresh clone: the cast of the tests, one case in each state through the real verbs, a session.

Prints what the rows are multiplied from and what a client needs, as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianjian.cases import actions  # noqa: E402
from lianjian.cases.actions.categories import category_for  # noqa: E402
from lianjian.cases.queries.tree import DEFAULTS  # noqa: E402
from lianjian.foundation import clock, context  # noqa: E402
from lianjian.foundation.searchdb import vector_text  # noqa: E402
from tests.cast import PASSWORD, Cast, build_cast  # noqa: E402

TEXT = "企业反映厂区门口道路夜间照明不足,员工下班存在安全隐患,希望协调增设路灯。已与村里沟通,需要镇里牵头。"


ROADS = 97


def title(number: int) -> str:
    """The titles that the rows are multiplied with; `seed._cases` writes the same in SQL."""
    return f"厂区道路照明不足,请协调第{number}号路段增设路灯"


def cases_of(cast: Cast) -> dict[str, int]:
    """One case in each of four states: state -> id."""
    now = clock.now() - timedelta(days=9)
    clerk, handler, contact = (cast.actor(who, day=clock.today()) for who in ("clerk", "handler", "contact"))
    context.enter_for(clerk)
    for code in DEFAULTS:
        category_for(clerk, code, cast.town.pk)

    def registered() -> Any:
        return actions.register_case(
            actor=clerk,
            text=TEXT,
            category="utilities",
            source="desk",
            organization=cast.firm,
            reporter="丁宁",
            now=now,
        )

    made = {state: registered() for state in ("registered", "dispatched", "signed", "closed")}
    later = {name: case for name, case in made.items() if name != "registered"}
    for case in later.values():
        actions.dispatch_case(
            actor=clerk, case=case, handler=cast.office, reason="属地", now=now + timedelta(hours=2)
        )
    for name in ("signed", "closed"):
        actions.sign_case(actor=handler, case=made[name], now=now + timedelta(hours=5))
    closed = made["closed"]
    actions.handle_note(
        actor=handler, case=closed, text="已到现场查看,联系供电所。", now=now + timedelta(hours=26)
    )
    actions.answer_case(
        actor=handler, case=closed, text="已增设路灯六盏。", outcome="solved", now=now + timedelta(hours=48)
    )
    actions.confirm_case(actor=contact, case=closed, rating="satisfied", now=now + timedelta(hours=50))
    return {name: case.pk for name, case in made.items()}


def main() -> None:
    with transaction.atomic():
        cast = build_cast()
        cases = cases_of(cast)
    client = cast.client(None)
    # Through the door, so that the session is one as people have it.
    client.post("/sign-in", {"login": "clerk", "password": PASSWORD}, HTTP_HOST="127.0.0.1")
    answer = client.get("/cases/new", HTTP_HOST="127.0.0.1")
    if answer.status_code != 200:
        sys.exit(f"the form answered {answer.status_code}")
    print(
        json.dumps(
            {
                "cases": cases,
                "firm": cast.firm.pk,
                "firm_key": str(cast.firm.key),
                "town": cast.town.pk,
                "office_key": str(cast.office.key),
                "words": [vector_text(title(number)) for number in range(ROADS)],
                "cookies": {name: morsel.value for name, morsel in client.cookies.items()},
            }
        )
    )


main()
