"""The page of a pair, and what the page of a body shows of its pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.files.models import File
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date, show_number

from ..models import (
    Contribution,
    PairAction,
    Pairing,
    PairMeasure,
    PairRecord,
)
from ..rules import pairing as rules
from .pairing_lists import pairing_url
from .programme_pages import changes
from .proposal_pages import pair_map
from .terms import term_name

Line = tuple[str, str]


@dataclass(frozen=True)
class ShownRecord:
    """What was done once: words, files as (name, url), where a mistake is struck out and more evidence hung on."""

    key: str
    text: str
    by: str
    files: list[Line]
    struck: str
    may_strike: bool


@dataclass(frozen=True)
class ShownAction:
    """A prescribed action of a pair."""

    key: str
    name: str
    sides: str
    done: int
    times: int
    word: str
    tone: str
    due_on: date
    records: list[ShownRecord]


@dataclass(frozen=True)
class PairingPage:
    """A pair with everything that hangs on it."""

    pairing: Pairing
    name: str
    facts: list[Line]
    duties: list[tuple[str, str, str, str]]
    actions: list[ShownAction]
    finished: int
    given: list[tuple[str, str, str, str, str]]
    money: Decimal
    measures: list[tuple[str, str, str, str, str]]
    change: list[tuple[str, str, str]]
    map: dict[str, Any]
    may_see: bool
    may_record: bool
    may_write: bool


def pairing_page(actor: Actor, pairing: Pairing, day: date) -> PairingPage:
    """Six queries."""
    from ..actions.pairings import may_record

    writes = pairing.until is None and actor.may("alliances.write", Whole(pairing.jurisdiction_id))
    writes = writes and pairing.jurisdiction_id in actor.writable
    actions = list(PairAction.objects.visible_to(actor).filter(pairing=pairing).order_by("number"))
    given = Contribution.objects.visible_to(actor).filter(pairing=pairing).order_by("-on", "-pk")
    measures = PairMeasure.objects.visible_to(actor).filter(pairing=pairing)
    shown = _shown_actions(actor, actions, day, writes)
    rows = list(given)
    return PairingPage(
        pairing=pairing,
        name=str(pairing),
        facts=_pairing_facts(pairing),
        duties=[
            (translate(rules.SIDES[side]), one.name, organization_url(one.key), getattr(pairing, f"{side}_duties"))
            for side, one in ((rules.GIVER, pairing.giver), (rules.RECEIVER, pairing.receiver))
        ],
        actions=shown,
        finished=sum(one.done_on is not None for one in actions),
        given=[_shown_given(one, writes) for one in rows],
        money=sum((one.amount for one in rows if one.amount and not one.struck_at), Decimal(0)),
        measures=[_shown_measure(one, writes) for one in measures.order_by("kind", "day")],
        change=changes(measures),
        map=pair_map([(pairing.giver, pairing.receiver, "")]),
        may_see=bool(actions),
        may_record=pairing.until is None and may_record(actor, pairing),
        may_write=writes,
    )


def _shown_measure(one: PairMeasure, writes: bool) -> tuple[str, str, str, str, str]:
    name, unit = map(translate, rules.MEASURES[one.kind])
    url = reverse("alliances:strike_measure", kwargs={"key": one.key}) if writes and not one.struck_at else ""
    return name, f"{show_number(one.value)} {unit}", f"{one.day} · {one.source}", one.struck_reason, url


def _pairing_facts(pairing: Pairing) -> list[Line]:
    lines = [
        (_("所属计划"), pairing.programme.name),
        (_("结对类型"), term_name(pairing.programme.kind)),
        (_("结对日期"), show_date(pairing.since)),
        (_("结束日期"), show_date(pairing.until) if pairing.until else ""),
        (_("结束理由"), pairing.end_reason),
    ]
    return [(label, words) for label, words in lines if words]


def _shown_actions(actor: Actor, actions: list[PairAction], day: date, writes: bool) -> list[ShownAction]:
    records = list(
        PairRecord.objects.visible_to(actor).filter(action__in=actions).order_by("on", "pk")
    )
    files: dict[int, list[tuple[str, Any]]] = {}
    bundles = [one.bundle_id for one in records if one.bundle_id]
    if bundles:
        held = File.objects.present().filter(bundle_id__in=bundles).order_by("pk")  # type: ignore[attr-defined]
        for bundle, name, key in held.values_list("bundle_id", "name", "key"):
            files.setdefault(bundle, []).append((name, key))
    shown = []
    for one in actions:
        own = [row for row in records if row.action_id == one.pk]
        mine = [_shown_record(row, files.get(row.bundle_id or 0, []), writes) for row in own]
        word, tone = (_("已完成"), "done") if one.done_on else (_("未完成"), "late" if one.due_on < day else "due")
        shown.append(
            ShownAction(
                key=str(one.key),
                name=translate(one.name),
                sides=translate(rules.ACTION_SIDES[one.sides]),
                done=sum(not row.struck for row in mine),
                times=one.times,
                word=word,
                tone=tone,
                due_on=one.due_on,
                records=mine,
            )
        )
    return shown


def _shown_record(row: PairRecord, files: list[tuple[str, Any]], writes: bool) -> ShownRecord:
    address = [
        (name, reverse("alliances:record_file", kwargs={"key": row.key, "file_key": key})) for name, key in files
    ]
    return ShownRecord(
        key=str(row.key),
        text=" · ".join(filter(None, (str(row.on), row.note))),
        by=row.recorded_by,
        files=address,
        struck=row.struck_reason if row.struck_at else "",
        may_strike=writes and row.struck_at is None,
    )


def _shown_given(one: Contribution, writes: bool) -> tuple[str, str, str, str, str]:
    what = (
        f"{show_number(one.amount)} {_('元')}"
        if one.amount is not None
        else f"{one.what} {show_number(one.quantity)} {one.unit}".strip()
    )
    url = reverse("alliances:strike_contribution", kwargs={"key": one.key}) if writes and not one.struck_at else ""
    return translate(rules.SIDES[one.side]), what, f"{one.on} · {one.source}", one.struck_reason, url


def pairing_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """The pairs of a body; nothing for a body without any."""
    if not actor.scopes("alliances.see"):
        return None
    rows = Pairing.objects.visible_to(actor).on(local_day(now)).filter(Q(giver=record) | Q(receiver=record))
    names = ("key", "giver_id", "giver__name", "receiver__name", "programme__name", "since")
    (found,) = yield (rows.order_by("since", "pk").values_list(*names)[:20],)
    shown = [
        (pairing_url(key), other if giver == record.pk else one, programme, since)
        for key, giver, one, other, programme, since in found
    ]
    return ("alliances/_pairs.html", {"pairs": shown}) if shown else None
