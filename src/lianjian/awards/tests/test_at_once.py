"""Two people at once at one round: the later waits, nobody is turned away by a deadlock, nothing is doubled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from lianjian.awards import actions, rules
from lianjian.awards.forms import CheckForm
from lianjian.awards.models import Nominee, Round, Scheme
from lianjian.events.tests.meetingwork import together
from lianjian.foundation.errors import Refused
from lianjian.foundation.stale import watch
from tests.cast import NOW, TODAY, Cast, build_cast

from .test_rounds import looked, named, opened, scheme


def _town(candidates: int) -> tuple[Cast, Round | None]:
    with transaction.atomic():
        cast = build_cast()
        award = scheme(cast)
        held = opened(cast, award) if candidates else None
        for number in range(candidates):
            assert held is not None
            looked(cast, named(cast, held, f"第{number}户"))
    return cast, held


def test_one_round_of_a_period_whoever_opens_it(committed_db: str) -> None:
    cast, _none = _town(0)
    said: list[Any] = []

    def open_() -> None:
        actor = cast.actor("village")
        award = Scheme.objects.select_related("organization").get()
        try:
            said.append(actions.open_round(actor=actor, scheme=award, starts=date(2026, 1, 1), now=NOW))
        except rules.RoundStands as refused:
            said.append(refused)

    together(*[open_] * 4)
    with transaction.atomic():
        cast.actor("village")
        assert Round.objects.count() == 1
    assert sum(isinstance(one, Round) for one in said) == 1 and len(said) == 4


def test_many_are_put_forward_at_once_each_with_a_number(committed_db: str) -> None:
    cast, held = _town(1)
    assert held is not None

    def put(name: str) -> None:
        named(cast, held, name)

    together(*[lambda name=name: put(name) for name in ("甲户", "乙户", "丙户", "丁户", "戊户", "己户")])
    with transaction.atomic():
        cast.actor("village")
        assert sorted(Nominee.objects.values_list("number", flat=True)) == list(range(1, 8))


def test_a_look_and_the_list_do_not_lock_each_other_out(committed_db: str) -> None:
    """As the doors do it: the form of a look locks the round before the candidate, and so does every verb."""
    cast, held = _town(4)
    assert held is not None
    refused: list[Exception] = []

    def look(number: int) -> None:
        actor = cast.actor("village")
        one = Nominee.objects.select_related("round__scheme__organization").get(number=number)
        actions.hold_round(one.round)
        form = CheckForm({"on": str(TODAY), "met": ["1"]}, nominee=one, today=TODAY)
        watch(form, one, ("met", "checked_on", "checked_by", "agreed"))
        try:
            actions.check_nominee(actor=actor, nominee=one, met=[1], on=TODAY, by="", agreed=True, now=NOW)
        except Refused as late:
            refused.append(late)

    def show() -> None:
        actor = cast.actor("village")
        keys = list(held.nominees.values_list("key", flat=True))
        try:
            actions.show_round(actor=actor, round=held, chosen=keys, on=TODAY, document="记录", now=NOW)
        except Refused as unmet:
            refused.append(unmet)

    def strike(number: int) -> None:
        actor = cast.actor("village")
        one = Nominee.objects.select_related("round__scheme__organization").get(number=number)
        try:
            actions.strike_nominee(actor=actor, nominee=one, reason="退出", now=NOW + timedelta(hours=1))
        except Refused as gone:
            refused.append(gone)

    together(lambda: look(1), show, lambda: strike(1), lambda: look(2), lambda: strike(2))
    with transaction.atomic():
        cast.actor("village")
        held.refresh_from_db()
        chosen = Nominee.objects.filter(chosen=True, struck_on__isnull=True)
        assert bool(chosen) <= (held.state == rules.SHOWN)
        assert all(len(one.met) == 8 for one in chosen)
