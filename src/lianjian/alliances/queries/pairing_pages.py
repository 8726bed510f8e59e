"""The page of a pair, and what the page of a body shows of its pairs."""

from __future__ import annotations

from collections.abc import Iterable
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
    PairReport,
)
from ..rules import pairing as rules
from .pairing_lists import pairing_url
from .programme_pages import changes
from .proposal_pages import pair_map
from .terms import term_name

Line = tuple[str, str]


@dataclass(frozen=True)
class ShownRecord:
    """What was done once: words, files as (name, url), where a mistake is struck out and more evidence hung on.

    `waits`: it was reported by a side in another place and is not counted, with the reason.
    """

    text: str
    by: str
    files: list[Line]
    struck: str
    strike_url: str
    upload_url: str
    waits: str = ""


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
    record_url: str


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
    reports: bool


def pairing_page(actor: Actor, pairing: Pairing, day: date) -> PairingPage:
    """Eight queries at the most."""
    from ..actions import may_record, sides_at_home, tells

    writes = pairing.until is None and actor.may("alliances.write", Whole(pairing.jurisdiction_id))
    writes = writes and pairing.jurisdiction_id in actor.writable
    actions = list(PairAction.objects.visible_to(actor).filter(pairing=pairing).order_by("number"))
    given = Contribution.objects.visible_to(actor).filter(pairing=pairing).order_by("-on", "-pk")
    measures = PairMeasure.objects.visible_to(actor).filter(pairing=pairing)
    records = pairing.until is None and may_record(actor, pairing)
    home = sides_at_home(actor, pairing)
    told = frozenset(one.pk for one in actions if records and tells(actor, pairing, one))
    shown = _shown_actions(actor, pairing, actions, day, Doors(writes, records, home, told))
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
        may_record=records,
        may_write=writes,
        reports=bool(home),
    )


@dataclass(frozen=True)
class Doors:
    """What may be done on the page of a pair; `home`: the sides for which the actor reports from another place.

    `told`: the actions of which the actor may say that they were done.
    """

    writes: bool
    records: bool
    home: tuple[str, ...]
    told: frozenset[int]


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


def _shown_actions(
    actor: Actor, pairing: Pairing, actions: list[PairAction], day: date, doors: Doors
) -> list[ShownAction]:
    done = PairRecord.objects.visible_to(actor).filter(action__in=actions).select_related("report__task")
    records = list(done.order_by("on", "pk"))
    told: list[PairReport] = []
    if len(pairing.places) > 1:
        waiting = PairReport.objects.visible_to(actor).filter(task__action__in=actions, record__isnull=True)
        told = list(waiting.select_related("task").order_by("on", "pk"))
    files = _files(one.bundle_id for one in (*records, *told, *(row.report for row in records if row.report)))
    shown = []
    for one in actions:
        mine = [_shown_record(row, files, doors) for row in records if row.action_id == one.pk]
        mine += [_shown_report(row, pairing, files, doors) for row in told if row.task.action_id == one.pk]
        word, tone = (_("已完成"), "done") if one.done_on else (_("未完成"), "late" if one.due_on < day else "due")
        may = one.pk in doors.told or any(side in doors.home for side in rules.sides_of(one.sides))
        shown.append(
            ShownAction(
                key=str(one.key),
                name=translate(one.name),
                sides=translate(rules.ACTION_SIDES[one.sides]),
                done=sum(not row.struck and not row.waits for row in mine),
                times=one.times,
                word=word,
                tone=tone,
                due_on=one.due_on,
                records=mine,
                record_url=reverse("alliances:record_action", kwargs={"key": one.key}) if may else "",
            )
        )
    return shown


def _files(bundles: Iterable[int | None]) -> dict[int, list[tuple[str, Any]]]:
    """Names and keys of the files in each bundle."""
    files: dict[int, list[tuple[str, Any]]] = {}
    wanted = [one for one in bundles if one]
    if wanted:
        held = File.objects.present().filter(bundle_id__in=wanted).order_by("pk")  # type: ignore[attr-defined]
        for bundle, name, key in held.values_list("bundle_id", "name", "key"):
            files.setdefault(bundle, []).append((name, key))
    return files


def _addresses(row: PairRecord | PairReport, files: dict[int, list[tuple[str, Any]]]) -> list[Line]:
    door = "alliances:report_file" if isinstance(row, PairReport) else "alliances:record_file"
    found = files.get(row.bundle_id or 0, [])
    return [(name, reverse(door, kwargs={"key": row.key, "file_key": key})) for name, key in found]


def _shown_record(row: PairRecord, files: dict[int, list[tuple[str, Any]]], doors: Doors) -> ShownRecord:
    upload = ""
    if row.struck_at is None and doors.records:
        upload = reverse("alliances:record_upload", kwargs={"key": row.key})
    elif row.struck_at is None and row.report is not None and row.report.task.side in doors.home:
        upload = reverse("alliances:report_upload", kwargs={"key": row.report.key})
    strikes = doors.writes and row.struck_at is None
    return ShownRecord(
        text=" · ".join(filter(None, (str(row.on), row.note))),
        by=row.recorded_by,
        files=_addresses(row, files) + (_addresses(row.report, files) if row.report else []),
        struck=row.struck_reason if row.struck_at else "",
        strike_url=reverse("alliances:strike_record", kwargs={"key": row.key}) if strikes else "",
        upload_url=upload,
    )


def _shown_report(
    row: PairReport, pairing: Pairing, files: dict[int, list[tuple[str, Any]]], doors: Doors
) -> ShownRecord:
    over = pairing.until is not None and pairing.until <= row.on
    own = row.task.side in doors.home
    return ShownRecord(
        text=" · ".join(filter(None, (str(row.on), row.note))),
        by=row.reported_by,
        files=_addresses(row, files),
        struck="",
        strike_url="",
        upload_url=reverse("alliances:report_upload", kwargs={"key": row.key}) if own else "",
        waits=_("结对在这一天以前已经结束,不计入") if over else _("已上报,等牵头地区计入"),
    )


def _shown_given(one: Contribution, writes: bool) -> tuple[str, str, str, str, str]:
    what = (
        f"{show_number(one.amount)} {_('元')}"
        if one.amount is not None
        else f"{one.what} {show_number(one.quantity)} {one.unit}".strip()
    )
    url = reverse("alliances:strike_contribution", kwargs={"key": one.key}) if writes and not one.struck_at else ""
    note = " · ".join(filter(None, (str(one.on), term_name(one.source), one.note)))
    return translate(rules.SIDES[one.side]), what, note, one.struck_reason, url


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
