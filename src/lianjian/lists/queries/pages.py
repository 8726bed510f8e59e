"""The pages of an item and of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.alliances.queries import alliance_url, term_name
from lianjian.directory.queries import organization_url
from lianjian.events.queries import venue_url, visit_url
from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import show_date
from lianjian.foundation.text import labelled

from .. import rules
from ..models import Claim, Item
from .calendar import Month, month_of
from .listing import claim_badge, claim_url, item_badge, item_url
from .people import speaks_for

SHOWN = 50


class ClaimLine(NamedTuple):
    """A claim on the page of its item."""

    whose: str
    url: str
    what: str
    badge: Badge
    at: datetime


@dataclass(frozen=True)
class ItemPage:
    """One item as the actor sees it."""

    item: Item
    kind: str
    badge: Badge
    facts: list[tuple[str, str]]
    whose_url: str
    alliance_url: str
    visit_url: str
    venue_url: str
    claims: list[ClaimLine]
    more_claims: bool
    month: Month | None
    rating: str
    may_write: bool
    may_claim: bool


def span(since: date | None, until: date | None) -> str:
    """A period in words; one end may be open."""
    if since and until:
        return f"{show_date(since)} – {show_date(until)}" if since != until else show_date(since)
    if since:
        return _("%(day)s 起") % {"day": show_date(since)}
    return _("至 %(day)s") % {"day": show_date(until)} if until else ""


def quantity(claim: Claim) -> str:
    """What a claim is about: days, or an amount."""
    if claim.by_day:
        return span(claim.since, claim.until)
    days = span(claim.since, claim.until)
    return " · ".join(filter(None, (rules.shown(claim.amount, claim.item.unit), days)))


def item_page(actor: Actor, item: Item, today: date, month: date) -> ItemPage:
    """Facts, claims that the actor may see, the month of a venue, past ratings; three queries."""
    over = item.expires_on is not None and item.expires_on < today
    rows = list(item.claims.visible_to(actor).select_related("organization").order_by("-pk")[: SHOWN + 1])
    for claim in rows:
        claim.item = item
    lines = [
        ClaimLine(
            one.organization.name, claim_url(one.key), quantity(one), claim_badge(one.state), one.proposed_at
        )
        for one in rows
    ]
    may = speaks_for(actor, item.organization)
    offered = item.state == rules.OPEN and not over and (item.until is None or item.until >= today)
    return ItemPage(
        item=item,
        kind=_(rules.KINDS[item.kind]),
        badge=item_badge(item.state, over),
        facts=_facts(item),
        whose_url=organization_url(item.organization.key),
        alliance_url=alliance_url(item.alliance.key) if item.alliance is not None else "",
        visit_url=visit_url(item.visit.key) if may and item.visit is not None else "",
        venue_url=venue_url(item.venue.key) if item.venue is not None and actor.scopes("meetings.see") else "",
        claims=lines[:SHOWN],
        more_claims=len(lines) > SHOWN,
        month=month_of(actor, item, month, today) if item.by_day else None,
        rating=_rating(item),
        may_write=may and item.state == rules.OPEN,
        may_claim=offered and (item.left is None or item.left > 0) and _another(actor, item),
    )


def _another(actor: Actor, item: Item) -> bool:
    """Whether the actor may claim for some body other than the item's own."""
    scopes = actor.scopes("lists.write")
    return any(scope.whole or scope.organization_id != item.organization_id for scope in scopes)


def _facts(item: Item) -> list[tuple[str, str]]:
    whole, left = item.capacity, item.left
    amount = rules.shown(whole, item.unit) if whole is not None else ""
    lines = [
        (_("清单"), _(rules.KINDS[item.kind])),
        (_("类别"), term_name(item.category)),
        (_("地点"), item.place),
        (_("时间"), span(item.since, item.until)),
        (_("数量"), amount),
        (_("还剩"), rules.shown(left, item.unit) if whole is not None else ""),
        (_("用完归还"), _("是") if item.reusable else ""),
        (_("使用方式"), _("按天预订,一次一家") if item.by_day else ""),
        (_("可见范围"), _(rules.VISIBILITY[item.visibility])),
        (_("截止"), show_date(item.expires_on) if item.expires_on else _("长期有效")),
        (_("来源"), _(rules.SOURCES[item.source])),
        (_("发布"), f"{show_date(item.published_at)} {item.published_by}"),
        (_("结束原因"), item.ended_reason),
    ]
    return [(label, words) for label, words in lines if words]


def public_facts(item: Item) -> list[tuple[str, str]]:
    """What everybody may know of a public item: nothing of who published it and where it came from."""
    left_out = {_("可见范围"), _("来源"), _("发布"), _("结束原因"), _("用完归还")}
    return [fact for fact in _facts(item) if fact[0] not in left_out]


def _rating(item: Item) -> str:
    """The mean of what those who asked said, with how many they were; nothing without any."""
    found = [
        rating
        for (rating,) in item.claims.filter(steps__act="rate").values_list("steps__rating")
        if rating is not None
    ]
    if not found:
        return ""
    mean = (Decimal(sum(found)) / len(found)).quantize(Decimal("0.1"))
    return _("%(mean)s 分(评价次数:%(n)s,满分5分)") % {"mean": mean, "n": len(found)}


class Step(NamedTuple):
    """One line of the story of a claim, as `ui.story` takes it."""

    title: str
    text: str
    at: datetime
    by: str
    note: str = ""
    state: str = ""
    url: str = ""
    held: str = ""


class OutcomeLine(NamedTuple):
    """What came of a claim; `withdraw_url` where the actor may take it back."""

    kind: str
    amount: str
    day: str
    words: str
    withdrawn: str
    withdraw_url: str


@dataclass(frozen=True)
class ClaimPage:
    """A claim as one of its sides, or the office, sees it."""

    claim: Claim
    badge: Badge
    facts: list[tuple[str, str]]
    item_url: str
    owner_url: str
    body_url: str
    story: list[Step]
    text: str
    outcomes: list[OutcomeLine]
    moves: list[tuple[str, str, str]]
    outcome_sides: list[tuple[str, str]]


def sides_for(actor: Actor, claim: Claim) -> list[str]:
    """The sides for which the actor writes."""
    bodies = {rules.OWNER: claim.item.organization, rules.CLAIMANT: claim.organization}
    return [side for side, body in bodies.items() if speaks_for(actor, body)]


def claim_page(actor: Actor, claim: Claim, today: date) -> ClaimPage:
    """Terms, what was done, what may be done next; one query."""
    item, mine = claim.item, sides_for(actor, claim)
    steps, outcomes = prepared.together(
        claim.steps.order_by("pk").values_list("act", "side", "at", "by_name", "words", "rating"),
        claim.outcomes.order_by("on", "pk").values_list(
            "kind", "amount", "unit", "on", "words", "side", "key", "withdrawn_at", "withdrawn_reason"
        ),
    )
    rated = any(act == "rate" for act, *_rest in steps)
    sides = [
        (_(rules.SIDES[side]), reverse("lists:outcome", kwargs={"key": claim.key, "side": side}))
        for side in mine
    ]
    return ClaimPage(
        claim=claim,
        badge=claim_badge(claim.state),
        facts=[(label, words) for label, words in _terms(claim) if words],
        item_url=item_url(item.key),
        owner_url=organization_url(item.organization.key),
        body_url=organization_url(claim.organization.key),
        story=_story(claim, steps),
        text=item.text,
        outcomes=[_outcome(mine, *row) for row in outcomes],
        moves=_moves(claim, mine, rated, today),
        outcome_sides=sides if claim.state in (rules.AGREED, rules.FULFILLED) else [],
    )


def _terms(claim: Claim) -> list[tuple[str, str]]:
    item = claim.item
    return [
        (_("发布方"), item.organization.name),
        (_("对接方"), claim.organization.name),
        (_("清单"), _(rules.KINDS[item.kind])),
        (_("类别"), term_name(item.category)),
        (_("数量或日期"), quantity(claim)),
        (_("地点"), item.place),
        (_("可用时间"), span(item.since, item.until)),
        (_("截止"), show_date(item.expires_on) if item.expires_on else ""),
        (_("由谁提出"), _(rules.SIDES[claim.proposed_by])),
    ]


def _moves(claim: Claim, mine: list[str], rated: bool, today: date) -> list[tuple[str, str, str]]:
    """(label, address, act) of what the actor's sides may do now."""
    item, moves = claim.item, []
    over = item.state != rules.OPEN or (item.expires_on is not None and item.expires_on < today)
    for act in rules.ACTS.values():
        if (act.code == "rate" and rated) or (act.code == "agree" and over):
            continue
        allowed = rules.sides_of(act, claim.state, claim.proposed_by, item.kind)
        for side in [side for side in mine if side in allowed]:
            label = _(act.name) if len(mine) == 1 else labelled(_(rules.SIDES[side]), _(act.name))
            address = reverse("lists:move", kwargs={"key": claim.key, "side": side, "act": act.code})
            moves.append((label, address, act.code))
    return moves


def _outcome(mine: list[str], *row: Any) -> OutcomeLine:
    kind, amount, unit, on, words, side, key, withdrawn_at, reason = row
    may = side in mine and withdrawn_at is None
    return OutcomeLine(
        _(rules.OUTCOMES[kind][0]),
        rules.shown(amount, _unit(unit)),
        show_date(on),
        words,
        reason if withdrawn_at is not None else "",
        reverse("lists:withdraw_outcome", kwargs={"key": key}) if may else "",
    )


def _unit(unit: str) -> str:
    """A unit of ours in the active language; another's as written."""
    return _(unit) if unit in ("元", "人", "亩") else unit


def _story(claim: Claim, steps: Any) -> list[Step]:
    first = Step(
        _("已提出对接"),
        claim.words,
        claim.proposed_at,
        claim.proposed_by_name,
        _(rules.SIDES[claim.proposed_by]),
    )
    lines = [first]
    for act, side, at, by, words, rating in steps:
        said = f"{_(rules.RATINGS[rating])}({rating})" if rating else ""
        text = " ".join(filter(None, (said, words)))
        lines.append(Step(_(rules.MESSAGES[f"lists.{act}"]), text, at, by, _(rules.SIDES[side])))
    return lines
