"""What a person may do with a case now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import local_day

from .. import rules
from ..models import Case, Extension, Pause


@dataclass(frozen=True)
class Button:
    """One move that this person may make now."""

    code: str
    label: str
    url: str
    main: bool


@dataclass(frozen=True)
class Waiting:
    """What a unit asked for and nobody decided yet."""

    extension: Extension | None = None
    pause: Pause | None = None


def waiting_of(case: Case) -> Waiting:
    """Requests that wait; two queries while the unit has the case, else none."""
    if case.hand != rules.UNIT:
        return Waiting()
    return Waiting(
        Extension.objects.filter(case=case, decision="").first(),
        Pause.objects.filter(case=case, decision="").first(),
    )


def allowed(actor: Actor, case: Case, waiting: Waiting, now: datetime) -> list[str]:
    """Codes of the moves that this person may make in the state the case is in."""
    home = Whole(case.jurisdiction_id)
    office = actor.may("cases.dispatch", home)
    unit = actor.may("cases.handle", case.handler if case.handler is not None else home)
    firm = case.organization is not None and actor.may("cases.confirm", case.organization)
    own = actor.user_id is not None and actor.user_id == case.registered_by
    in_time = case.due_at is not None and now <= case.due_at
    extension, pause = waiting.extension, waiting.pause
    decides = actor.may("cases.rule", home) if "decide_extension" in case.sort.by_head else office
    rights = {
        "dispatch": office,
        "redispatch": office,
        "sign": unit,
        "return": unit and case.ruled_at is None,
        "recuse": unit,
        "rule": actor.may("cases.rule", home),
        "recall": office,
        "decline": office,
        "vet": office or actor.may("cases.rule", home),
        "offer": unit or office,
        "reopen": firm or actor.may("cases.confirm_for", home),
        "merge": office,
        "unmerge": office,
        "split": office,
        "reword": office,
        "supplement": firm,
        "note": unit,
        "answer": unit,
        "confirm": firm or actor.may("cases.confirm_for", home),
        "dispute": firm or actor.may("cases.confirm_for", home),
        "close_silent": actor.may("cases.close", home)
        and case.reply_until is not None
        and now > case.reply_until,
        "park": office,
        "resume": office or unit,
        "withdraw": own or firm or office,
        "urge": firm or office,
        "ask_extension": unit and extension is None and in_time,
        "decide_extension": decides and extension is not None and extension.asked_by != actor.user_id,
        "ask_pause": unit and pause is None and in_time and case.evaluation_id is not None,
        "decide_pause": office and pause is not None and pause.asked_by != actor.user_id,
        "end_pause": (unit or office)
        and case.paused_until is not None
        and case.paused_until > local_day(now),
        "supervise": office or actor.may("cases.rule", home),
        "raise_tier": (unit or office) and bool(case.tier) and bool(rules.tier_above(case.tier)),
    }
    without = case.sort.without
    return [code for code in rules.moves_from(case.state) if rights.get(code) and code not in without]


def buttons(actor: Actor, case: Case, waiting: Waiting, now: datetime) -> list[Button]:
    """The next step first, as the main button; the others quiet."""
    codes = allowed(actor, case, waiting, now)
    main = rules.NEXT.get(case.state, "")
    codes.sort(
        key=lambda code: -1 if code == main else rules.QUIET.index(code) if code in rules.QUIET else 99
    )
    return [
        Button(
            code=code,
            label=_(rules.MOVES[code].label),
            url=reverse("cases:move", kwargs={"key": case.key, "move": code}),
            main=code == main,
        )
        for code in codes
    ]


def may_attach(actor: Actor, case: Case) -> bool:
    """Whoever has a hand in the case while it is open."""
    if case.ended or not actor.may("files.write"):
        return False
    home = Whole(case.jurisdiction_id)
    return (
        actor.may("cases.dispatch", home)
        or (case.handler is not None and actor.may("cases.handle", case.handler))
        or (case.organization is not None and actor.may("cases.register", case.organization))
        or (actor.user_id is not None and actor.user_id == case.registered_by)
    )
