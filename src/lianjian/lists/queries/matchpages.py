"""Pages of matching: proposals with their reasons, and the office's words and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.alliances.queries import term_name
from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.looks import show_date, show_number

from .. import rules
from ..matching import learning, seeds
from ..matching.scoring import Part, Scored
from ..models import Item, Synonym, Verdict
from .listing import item_url
from .matching import ADDRESSES, Found, found_for, synonym_rows, weight_rows, weights_of
from .people import speaks_for

SHOWN = 50
ADDRESSES["lists.item"] = item_url


class Reason(NamedTuple):
    """A criterion, what was found, and what it adds."""

    name: str
    words: str
    points: str


class Line(NamedTuple):
    """A proposal."""

    title: str
    url: str
    kind: str
    whose: str
    score: str
    reasons: list[Reason]
    accept_url: str
    refuse_url: str

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each criterion with what was found and its points."""
        return [(one.name, f"{one.words} · {one.points}") for one in self.reasons]


class Answered(NamedTuple):
    """A verdict."""

    title: str
    url: str
    accepted: bool
    words: str
    drop_url: str


@dataclass(frozen=True)
class MatchPage:
    """The best for an item, the next best that a rule set aside, and what was answered so far."""

    item: Item
    lead: str
    lines: list[Line]
    aside: tuple[str, str, str] | None
    answered: list[Answered]
    basis: str
    rules_url: str


def _number(value: float) -> str:
    return show_number(Decimal(str(round(value, 2))), 2)


def _amount(value: object, unit: object = "") -> str:
    return rules.shown(Decimal(str(value)), str(unit))


def _said(part: Part, scored: Scored) -> str:
    """What an addend was found by, in words."""
    if part.code == "words":
        notes: Any = part.note
        own = [word if word == source else f"{word}({source})" for word, source, _points in notes]
        return "、".join(own[:8]) or _("没有相同的词")
    if part.code == "category":
        same = _("类别相同") if part.value == 1 else _("类别相近") if part.value else _("类别不同")
        return f"{same} · {term_name(scored.facts.category)}" if scored.facts.category else same
    if part.code == "chain":
        return _("同在%(chain)s链") % {"chain": term_name(scored.facts.chain)} if part.value else _("不在同一条链")
    if part.code == "distance":
        return _("相距约%(km)s公里") % {"km": round(float(str(part.note[0])))} if part.known else _("位置未登记")
    if part.code == "time":
        if part.note == ("always",):
            return _("长期可用")
        return _("需要的%(whole)s天里有%(both)s天") % {"both": part.note[0], "whole": part.note[1]}
    if part.code == "capacity":
        return _capacity(part)
    if not part.known:
        return _("还没有评价")
    return _("%(mean)s 分(%(n)s 次评价,满分5分)") % {"mean": round(float(str(part.note[0])), 1), "n": part.note[1]}


def _capacity(part: Part) -> str:
    if not part.known:
        return _("计量单位不同,无法比较")
    if part.note == ("unlimited",):
        return _("数量不限")
    left, wanted, unit = part.note
    return _("可供%(left)s,需要%(wanted)s") % {"left": _amount(left, unit), "wanted": _amount(wanted, unit)}


def reasons(scored: Scored) -> list[Reason]:
    """The addends in words; they add up to the score."""
    return [
        Reason(_(str(seeds.WEIGHTS[part.code][0])), _said(part, scored), _number(part.points)) for part in scored.parts
    ]


def _url(scored: Scored) -> str:
    address = ADDRESSES.get(scored.facts.label)
    return address(scored.facts.key) if address is not None else ""


def match_page(actor: Actor, item: Item, now: datetime) -> MatchPage:
    """Seven queries."""
    found = found_for(actor, item, now)
    rows = Verdict.objects.visible_to(actor).filter(asker_key=item.key).order_by("-pk")[:SHOWN]
    may = speaks_for(actor, item.organization) and item.state == rules.OPEN
    done = {one.found_key: one for one in rows}
    lines = [_line(one, item, may and UUID(one.facts.key) not in done) for one in found.matches]
    return MatchPage(
        item=item,
        lead=_("为这项需求找到的资源和活动") if item.kind == rules.NEED else _("可以用上这一项的需求"),
        lines=lines,
        aside=_aside(found),
        answered=[_answered(one, speaks_for(actor, item.organization)) for one in done.values()],
        basis=_basis(found),
        rules_url=reverse("lists:matching"),
    )


def _basis(found: Found) -> str:
    source = _("本机索引") if found.source == "index" else _("数据库")
    if not found.version:
        return _("由%(source)s算出") % {"source": source}
    return _("由%(source)s算出,词频为第%(number)s次统计") % {"source": source, "number": found.version}


def _line(one: Scored, item: Item, open_: bool) -> Line:
    keys = {"key": item.key, "label": one.facts.label, "found": one.facts.key}
    return Line(
        one.facts.title,
        _url(one),
        _(str(rules.MATCHED[one.facts.kind])),
        one.facts.organization,
        _number(one.score),
        reasons(one),
        reverse("lists:accept_match", kwargs=keys) if open_ else "",
        reverse("lists:refuse_match", kwargs=keys) if open_ else "",
    )


def _aside(found: Found) -> tuple[str, str, str] | None:
    if found.aside is None:
        return None
    one = found.aside.scored
    name, rule = f"{one.facts.title} · {one.facts.organization}", rules.RULED_OUT[found.aside.rule]
    return name, _(str(rule)), _number(one.score)


def _answered(one: Verdict, may: bool) -> Answered:
    address = ADDRESSES.get(one.found_label)
    words = " · ".join(filter(None, (one.reason, show_date(one.at), one.by_name)))
    drop = reverse("lists:drop_verdict", kwargs={"key": one.key}) if may else ""
    return Answered(one.found_title, address(one.found_key) if address is not None else "", one.accepted, words, drop)


def item_matches_panel(*, actor: Actor, record: Item, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """On the page of an open item: the way to what fits it, filled in by htmx; no query of the page itself."""
    over = record.expires_on is not None and record.expires_on < local_day(now)
    if record.state != rules.OPEN or over or not actor.scopes("lists.see"):
        return None
    return "lists/_match_panel.html", {
        "url": reverse("lists:matches", kwargs={"key": record.key}),
        "need": record.kind == rules.NEED,
    }


class WeightLine(NamedTuple):
    """A criterion with its weight here and everywhere else."""

    name: str
    value: str
    usual: str
    url: str


class PairLine(NamedTuple):
    """Two words that mean the same, or might."""

    words: str
    note: str
    url: str


@dataclass(frozen=True)
class OfficePage:
    """Everything by which matching decides in the actor's place."""

    weights: list[WeightLine]
    own: list[PairLine]
    seeds: str
    proposed_pairs: list[PairLine]
    proposed_weights: list[PairLine]
    verdicts: int
    may: bool


def office_page(actor: Actor) -> OfficePage:
    """Two queries."""
    place = actor.jurisdiction_id
    may = actor.may("lists.issue", Whole(place))
    rows = Synonym.objects.filter(jurisdiction_id=place).order_by("retired_on", "-pk")
    own, weight_found, pairs_known = prepared.together(
        rows.values_list("key", "word", "other", "ground", "added_by", "added_on", "retired_on")[:200],
        weight_rows(place),
        synonym_rows(place),
    )
    weights = weights_of(place, weight_found)  # type: ignore[arg-type]
    judged = _judged(actor) if may else []
    known = frozenset((min(pair), max(pair)) for pair in (*pairs_known, *seeds.SYNONYMS))  # type: ignore[type-var]
    return OfficePage(
        weights=[_weight(code, weights[code], may) for code in seeds.WEIGHTS],
        own=[_pair(row, may) for row in own],
        seeds="、".join(f"{one} = {other}" for one, other in seeds.SYNONYMS),
        proposed_pairs=[_proposed(one) for one in learning.pairs(judged, known)],
        proposed_weights=[_changed(one) for one in learning.changes(judged, weights)],
        verdicts=len(judged),
        may=may,
    )


def _judged(actor: Actor) -> list[learning.Judged]:
    rows = Verdict.objects.visible_to(actor).filter(jurisdiction_id=actor.jurisdiction_id).order_by("-pk")
    values = rows.values_list("asker_title", "found_title", "accepted", "parts")[:2000]
    return [learning.Judged(*one) for one in values]


def _weight(code: str, value: float, may: bool) -> WeightLine:
    name, usual = seeds.WEIGHTS[code]
    url = f"{reverse('lists:set_match_weight')}?code={code}&value={value:g}" if may else ""
    return WeightLine(_(str(name)), f"{value:g}", f"{usual:g}", url)


def _pair(row: Sequence[Any], may: bool) -> PairLine:
    key, word, other, ground, added_by, added_on, retired_on = row
    note = " · ".join(filter(None, (ground, f"{added_by} {show_date(added_on)}")))
    if retired_on is not None:
        return PairLine(f"{word} = {other}", _("%(day)s 停用") % {"day": show_date(retired_on)} + f" · {note}", "")
    return PairLine(f"{word} = {other}", note, reverse("lists:retire_synonym", kwargs={"key": key}) if may else "")


def _proposed(pair: learning.Pair) -> PairLine:
    note = _("采纳的对接里同时出现%(good)s次,不合适的里%(bad)s次") % {"good": pair.accepted, "bad": pair.refused}
    return PairLine(
        f"{pair.word} = {pair.other}", note, f"{reverse('lists:add_synonym')}?word={pair.word}&other={pair.other}"
    )


def _changed(one: learning.Change) -> PairLine:
    note = _("采纳的平均%(good)s,不合适的平均%(bad)s") % {
        "good": _number(one.accepted_mean), "bad": _number(one.refused_mean)
    }  # fmt: skip
    name = _(str(seeds.WEIGHTS[one.code][0]))
    url = f"{reverse('lists:set_match_weight')}?code={one.code}&value={one.proposed:g}"
    return PairLine(f"{name} {one.weight:g} → {one.proposed:g}", note, url)
