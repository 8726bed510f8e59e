"""Caps with load, instructors away, proposals and their lines with reasons in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization, Person
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.foundation.numerals import natural_key

from ..models import Leave, Proposal, ProposedCover
from ..rules import COVERED, DECISIONS, KINDS, PROPOSAL_STATES, SCOPES, WAYS
from .enterprises import coverage_on, stations
from .listing import instructor_url, list_url, station_url
from .planning import away_on, caps_on, holdings

MOST = 300  # lines of a proposal on its page; all are counted


def proposal_url(key: object) -> str:
    """The address of a proposal."""
    return reverse("coverage:proposal", kwargs={"key": key})


@dataclass(frozen=True)
class CapsPage:
    """Stations and instructors with load and cap; who is away."""

    columns: Sequence[Any]
    stations: Sequence[tuple[Any, ...]]
    people: Sequence[tuple[Any, ...]]
    leaves: Sequence[tuple[str, str, str, bool]]
    may_write: bool


def caps_page(actor: Actor, day: date) -> CapsPage:
    """The actor's own place on a day."""
    home = actor.jurisdiction_id
    may = actor.may("coverage.write", Whole(home))
    rows = stations(actor, day).filter(jurisdiction_id=home).order_by("id").values_list("id", "key", "name")
    named = sorted(rows, key=lambda row: natural_key(row[2]))
    held = _loads(holdings("instructor", home, day))
    caps = caps_on("instructor", home, day)
    people = Person.objects.filter(pk__in={*held, *caps}).order_by("name", "id").values_list("id", "key", "name")
    station_caps = caps_on("station", home, day)
    station_loads = _loads(holdings("station", home, day))
    away = away_on(home, day)
    return CapsPage(
        columns=[
            gettext("名称"),
            (gettext("已承担(家)"), "number"),
            (gettext("上限(家)"), "number"),
            gettext("走访范围"),
            (gettext("状态"), "state"),
            *([gettext("操作")] if may else []),
        ],
        stations=[
            _cap_row(
                Link(name, station_url(key)), station_loads[pk], station_caps.get(pk), list_url(station=str(key)),
                "station", key, False, may,
            )
            for pk, key, name in named
        ],
        people=[
            _cap_row(
                Link(name, instructor_url(key)), held[pk], caps.get(pk), list_url(instructor=str(key)),
                "person", key, pk in away, may,
            )
            for pk, key, name in people
        ],
        leaves=_leaves(home, day),
        may_write=may,
    )  # fmt: skip


def _loads(held: Mapping[int, Sequence[int]]) -> Counter[int]:
    return Counter(one for holders in held.values() for one in holders)


def _cap_row(
    name: Link, load: int, cap: Any, url: str, kind: str, key: object, away: bool, may: bool
) -> tuple[Any, ...]:
    state = Badge(gettext("有名额"), "done")
    if away:
        state = Badge(gettext("离岗"), "paused")
    elif cap is None:
        state = Badge(gettext("未设上限"), "neutral")
    elif load > cap.most:
        state = Badge(gettext("超出%(n)d家") % {"n": load - cap.most}, "late")
    elif load == cap.most:
        state = Badge(gettext("已满"), "due")
    places = "、".join(place.name for place in cap.places) if cap and cap.places else gettext("全域")
    row = (name, Link(f"{load:,}", url), cap.most if cap else "", places, state)
    return (*row, Link(gettext("设上限"), f"{reverse('coverage:new_cap')}?{kind}={key}")) if may else row


def _leaves(jurisdiction_id: int, day: date) -> list[tuple[str, str, str, bool]]:
    """(name, from when to when, address to end it, whether away on the day) of those away now or later."""
    rows = Leave.objects.filter(Q(until__isnull=True) | Q(until__gt=day), jurisdiction_id=jurisdiction_id)
    found = rows.order_by("since", "pk").values_list("key", "person__name", "since", "until")
    return [
        (
            name,
            f"{show_date(since)} – {show_date(until) if until else gettext('未定')}",
            reverse("coverage:end_leave", kwargs={"key": key}),
            since <= day,
        )
        for key, name, since, until in found
    ]


def _proposal_base(actor: Actor) -> QuerySet[Any]:
    changed = Q(lines__way__in=("new", "moved", "room"))
    rows: QuerySet[Any] = Proposal.objects.visible_to(actor).annotate(
        changes=Count("lines", filter=changed), missing=Count("lines", filter=Q(lines__way="none"))
    )
    return rows


def _what(kind: str, scope: str, person: str | None) -> str:
    if person:
        return gettext("%(name)s离岗,安排接替") % {"name": person}
    return gettext("分派%(kind)s:%(scope)s") % {"kind": translate(KINDS[kind]), "scope": translate(SCOPES[scope])}


def _proposal_row(values: Sequence[Any]) -> Row:
    key, kind, scope, person, since, state, changes, missing, by = values[:9]
    word, tone = PROPOSAL_STATES[state]
    lacking = Badge(gettext("%(n)d家无人可派") % {"n": missing}, "late") if missing else gettext("全部有人")
    return Row(
        proposal_url(key), (_what(kind, scope, person), Badge(translate(word), tone), since, changes, lacking, by)
    )


PROPOSALS = register(
    ListSpec(
        name="coverage.proposals",
        title=_("分派方案"),
        right="coverage.see",
        base=_proposal_base,
        columns=(
            Column("what", _("方案")),
            Column("state", _("状态"), "state"),
            Column("since", _("拟从"), "date", "since"),
            Column("changes", _("变动(家)"), "number", "changes"),
            Column("missing", _("覆盖")),
            Column("by", _("提出人"), "text", None, True),
        ),
        values=("key", "kind", "scope", "leave__person__name", "since", "state", "changes", "missing", "proposed_by"),
        row=_proposal_row,
        default_sort="-pk",
        state_field="state",
        states=tuple((code, _(word)) for code, (word, _tone) in PROPOSAL_STATES.items()),
        filters=(
            Filter(
                "kind", _("分派谁"), lambda rows, value, actor: rows.filter(kind=value),
                options=lambda actor: [(code, translate(word)) for code, word in KINDS.items()],
            ),
        ),
        empty=(_("还没有分派方案"), _("提一个方案,看过再定;定之前什么都不会改。")),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a proposal as it is shown."""

    key: str
    firm: Link
    way: Badge
    holder: str
    before: str
    why: str
    decision: Badge
    reason: str
    may_decide: bool
    may_accept: bool
    state: str
    assign_url: str


@dataclass(frozen=True)
class ProposalPage:
    """A proposal with its counts, what is lacking in words, and its lines."""

    proposal: Proposal
    title: str
    state: Badge
    facts: Sequence[tuple[str, str]]
    tabs: Sequence[tuple[str, str, bool]]
    shortages: Sequence[tuple[str, str]]
    lacking: int
    covered: str
    lines: Sequence[Line]
    hidden: int
    accepted: int
    waiting: int
    may_write: bool


def proposal_page(actor: Actor, proposal: Proposal, way: str) -> ProposalPage:
    """What is proposed; `way` narrows the lines (empty: all that change). Three queries."""
    counts = dict(proposal.lines.order_by().values_list("way").annotate(n=Count("pk")))
    decisions = dict(
        proposal.lines.exclude(way__in=("kept", "none")).order_by().values_list("decision").annotate(n=Count("pk"))
    )
    rows = proposal.lines.filter(way=way) if way in WAYS else proposal.lines.exclude(way="kept")
    rows = rows.select_related("enterprise", "station", "person", "station_before", "person_before")
    shown = list(rows.order_by("enterprise__name", "pk")[: MOST + 1])
    may = proposal.state == "open" and actor.may("coverage.write", Whole(proposal.jurisdiction_id))
    word, tone = PROPOSAL_STATES[proposal.state]
    person = proposal.leave.person.name if proposal.leave is not None else None
    base = proposal_url(proposal.key)
    changing = sum(n for code, n in counts.items() if code != "kept")
    total = sum(counts.values())
    tabs = [(gettext("要变动的 %(n)d") % {"n": changing}, base, way not in WAYS)]
    tabs += [
        (f"{translate(label)} {counts[code]}", f"{base}?way={code}", way == code)
        for code, (label, _tone) in WAYS.items()
        if code in counts
    ]
    return ProposalPage(
        proposal=proposal,
        title=_what(proposal.kind, proposal.scope, person),
        state=Badge(translate(word), tone),
        facts=_facts(proposal, total, counts),
        tabs=tabs,
        shortages=_shortages(proposal),
        lacking=sum(one["lacking"] for one in proposal.shortages),
        covered=translate(COVERED[proposal.scope]) if total or proposal.leave is None else "",
        lines=[_line(line, may and proposal.jurisdiction_id in actor.writable) for line in shown[:MOST]],
        hidden=max(0, (counts.get(way, 0) if way in WAYS else changing) - MOST),
        accepted=decisions.get("accepted", 0),
        waiting=decisions.get("open", 0),
        may_write=may and proposal.jurisdiction_id in actor.writable,
    )


def _facts(proposal: Proposal, total: int, counts: Mapping[str, int]) -> list[tuple[str, str]]:
    leave = proposal.leave
    lines = [
        (gettext("拟从"), show_date(proposal.since)),
        (gettext("接替到"), show_date(leave.until) if leave is not None and leave.until else ""),
        (gettext("企业(家)"), f"{total:,}" if leave is None else ""),
        (gettext("不变(家)"), f"{counts.get('kept', 0):,}" if leave is None else ""),
        (gettext("提出"), f"{proposal.proposed_by} {show_date(proposal.proposed_at)}"),
        (gettext("决定"), f"{proposal.decided_by} {show_date(proposal.decided_at)}" if proposal.decided_at else ""),
        (gettext("理由"), proposal.reason),
    ]
    return [(label, value) for label, value in lines if value]


def _shortages(proposal: Proposal) -> list[tuple[str, str]]:
    """(sentence, names of the firms) for each part that lacks places."""
    ids = [pk for one in proposal.shortages for pk in one["firms"]]
    covering = coverage_on(proposal.since).filter(target=OuterRef("pk")).values("source__name")[:1]
    rows = Organization.objects.filter(pk__in=ids).annotate(station=Subquery(covering))
    told = rows.values_list("pk", "name", "area__name", "station", "parent__name") if ids else ()
    names = {pk: (name, area or station or parent or "") for pk, name, area, station, parent in told}
    found = []
    for one in proposal.shortages:
        firms = [names[pk] for pk in one["firms"] if pk in names]
        places = "、".join(sorted({place for _name, place in firms if place})[:3])
        many = len(one["holders"])
        words = {
            "places": places or gettext("本地区"),
            "firms": len(one["firms"]),
            "holders": "、".join(one["holders"][:5]) + (gettext("等%(n)d个") % {"n": many} if many > 5 else ""),
            "seats": one["seats"],
            "lacking": one["lacking"],
        }
        if one["holders"]:
            text = gettext(
                "%(places)s:%(firms)d家企业只有%(holders)s可去,共%(seats)d个名额,还差%(lacking)d个名额。"
            )
        else:
            text = gettext("%(places)s:%(firms)d家企业不在任何人的走访范围内,还差%(lacking)d个名额。")
        more = "" if len(firms) <= 10 else gettext(" 等%(n)d家") % {"n": len(firms)}
        found.append((text % words, "、".join(name for name, _place in firms[:10]) + more))
    return found


def why(line: ProposedCover) -> str:
    """Area, way, load, in words; an unknown way is said to be unknown."""
    if line.holder_id is None:
        return gettext("能去的都已满,或没有人的走访范围包括这里")
    far = None if line.distance is None else line.distance / 1000
    words = [
        gettext("在走访范围“%(place)s”内") % {"place": line.place} if line.place else gettext("走访范围为全域"),
        gettext("相距%(km).1f公里") % {"km": far} if far is not None else gettext("距离未知"),
        gettext("安排后%(load)d家,上限%(most)d家") % {"load": line.load, "most": line.most}
        if line.most is not None
        else gettext("安排后%(load)d家,未设上限") % {"load": line.load},
    ]
    if line.way == "room":
        words.append(gettext("原来的人名额不够:已超上限,或要留给只有他能去的企业"))
    return gettext(";").join(words)


def _line(line: ProposedCover, may: bool) -> Line:
    holder, before = line.station or line.person, line.station_before or line.person_before
    word, tone = WAYS[line.way]
    said, look = DECISIONS[line.decision]
    kept = line.way == "kept"
    return Line(
        key=str(line.key),
        firm=Link(line.enterprise.name, organization_url(line.enterprise.key)),
        way=Badge(translate(word), tone),
        holder=holder.name if holder is not None else "",
        before=before.name if before is not None else "",
        why=why(line),
        decision=Badge(translate(said), look),
        reason=line.reason,
        may_decide=may and not kept,
        may_accept=may and not kept and holder is not None,
        state="" if kept else line.decision,
        assign_url=f"{reverse('coverage:assign')}?one={line.enterprise.key}",
    )
