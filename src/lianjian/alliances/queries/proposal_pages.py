"""The page of a proposal: each pair with its points, what others would cost, and the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date

from ..models import (
    Proposal,
)
from ..rules import pairing as rules

Line = tuple[str, str]


def proposal_url(key: object) -> str:
    """The address of a proposal."""
    return reverse("alliances:proposal", kwargs={"key": key})


@dataclass(frozen=True)
class ShownPair:
    """One row of a proposal. `parts` are (criterion, points or None)."""

    key: str
    anchor: str
    giver: str
    giver_key: str
    giver_url: str
    receiver: str
    receiver_url: str
    gain: str
    parts: list[tuple[str, str]]
    unknown: int
    others: list[tuple[str, str, str]]
    decision: str
    decision_word: str
    moved: bool
    reason: str
    by: str


@dataclass(frozen=True)
class ProposalPage:
    """A proposal: the map, the table beside it, what is missing, what it is worth."""

    proposal: Proposal
    state: str
    facts: list[Line]
    rows: list[ShownPair]
    refused: list[ShownPair]
    gaps: list[tuple[str, str, list[Line]]]
    map: dict[str, Any]
    unpaired: int
    open: int
    may_write: bool


POINTS = 10  # ten thousandths to a point of the thousand


def proposal_page(actor: Actor, proposal: Proposal) -> ProposalPage:
    """Three queries."""
    pairs = list(proposal.pairs.select_related("giver", "receiver").order_by("-gain", "receiver__name", "pk"))
    place = proposal.jurisdiction_id
    may = proposal.state == "draft" and place in actor.writable and actor.may("alliances.write", Whole(place))
    standing_ = [one for one in pairs if one.decision != "refused"]
    keys = {key for held in proposal.gaps.values() for key in held}
    bodies = {str(one.key): one for one in Organization.objects.filter(key__in=keys)} if keys else {}
    return ProposalPage(
        proposal=proposal,
        state=translate(rules.STATES[proposal.state]),
        facts=_proposal_facts(proposal, standing_, any(one.decision != "open" for one in pairs)),
        rows=[_shown(one) for one in standing_],
        refused=[_shown(one) for one in pairs if one.decision == "refused"],
        gaps=_shown_gaps(proposal.gaps, bodies),
        map=pair_map((one.giver, one.receiver, f"#{_anchor(one)}") for one in standing_),
        unpaired=sum(one.giver is None for one in standing_),
        open=sum(one.decision == "open" and one.giver is not None for one in standing_),
        may_write=may and proposal.programme.closed_on is None,
    )


def points(gain: int) -> str:
    """A sum of gains as people read it: a pair that is best in everything has 100 points."""
    return f"{gain / 100:,.1f}"


def _proposal_facts(proposal: Proposal, pairs: list[Any], decided: bool) -> list[Line]:
    made = [one for one in pairs if one.giver is not None]
    bound = _("在已作决定之下的上限") if decided else _("理论上限")
    lines = [
        (_("对数"), _("%(n)s 对") % {"n": len(made)}),
        (_("总分"), points(proposal.total)),
        (bound, _("%(points)s(没有更好的方案)") % {"points": points(proposal.bound)}),
    ]
    if proposal.bound > proposal.total:
        lines[-1] = (bound, points(proposal.bound))
    if proposal.greedy is not None:
        lines.append((_("逐个挑最好的总分"), _greedy(proposal, len(made))))
    if proposal.best != proposal.total:
        lines.append((_("人工决定以前的总分"), points(proposal.best)))
        lines.append((_("人工决定的代价"), points(proposal.best - proposal.total)))
    lines.append((_("生成时间"), f"{show_date(proposal.made_at)} {proposal.made_by}"))
    if proposal.closed_at:
        lines.append((translate(rules.STATES[proposal.state]), f"{show_date(proposal.closed_at)} {proposal.closed_by}"))
    return lines


def _greedy(proposal: Proposal, made: int) -> str:
    """With how many pairs it makes, where those are fewer: a sum of fewer pairs is not the better one."""
    if proposal.greedy is None or proposal.greedy_pairs is None or proposal.greedy_pairs >= made:
        return points(proposal.greedy or 0)
    words = _("%(points)s(只配成 %(n)s 对)")
    return words % {"points": points(proposal.greedy), "n": proposal.greedy_pairs}


def _anchor(one: Any) -> str:
    return f"pair-{one.key}"


def _shown(one: Any) -> ShownPair:
    values = [(translate(word), getattr(one, name)) for name, word in rules.CRITERIA.items()]
    return ShownPair(
        key=str(one.key),
        anchor=_anchor(one),
        giver=one.giver.name if one.giver else "",
        giver_key=str(one.giver.key) if one.giver else "-",
        giver_url=organization_url(one.giver.key) if one.giver else "",
        receiver=one.receiver.name,
        receiver_url=organization_url(one.receiver.key),
        gain=points(one.gain),
        parts=[(name, _("未知") if value is None else f"{value / POINTS:.0f}") for name, value in values],
        unknown=sum(value is None for _name, value in values),
        others=[(name, _cost(loss, fewer, moved), key) for key, name, loss, fewer, moved in one.others],
        decision=one.decision,
        decision_word=translate(rules.DECISIONS[one.decision]),
        moved=one.moved,
        reason=one.reason,
        by=one.decided_by,
    )


def _cost(loss: int, fewer: int, moved: int) -> str:
    less, more = _("总分少 %(points)s"), _("总分多 %(points)s")
    words = [less % {"points": points(loss)} if loss >= 0 else more % {"points": points(-loss)}]
    if fewer > 0:
        words.append(_("少配 %(n)s 对") % {"n": fewer})
    if moved:
        words.append(ngettext("另有 %(n)s 个换结对方", "另有 %(n)s 个换结对方", moved) % {"n": moved})
    return _(",").join(words)


def _shown_gaps(gaps: Mapping[str, list[str]], bodies: Mapping[str, Organization]) -> list[tuple[str, str, list[Line]]]:
    words = {
        "place": (_("没有坐标"), _("地域相邻按未知处理。请到单位页面补上位置,再重新推荐。")),
        "industry": (_("没有行业"), _("产业相近按未知处理。请到单位页面或“结对前调研”里写明行业代码。")),
        "market": (_("没有市场资料"), _("市场趋同按未知处理。请在“结对前调研”里写明销往或采购的市场。")),
        "consent": (_("还没有表态"), _("仍参加推荐;不愿意的请在名单里改为“不愿意”,再重新推荐。")),
        "income": (_("没有收入资料"), _("不按薄弱村优先。请在“结对前调研”里写明村集体经济年经营收入。")),
    }
    return [
        (
            f"{words[what][0]}({len(keys)})",
            words[what][1],
            [(bodies[key].name, organization_url(key)) for key in keys if key in bodies],
        )
        for what, keys in gaps.items()
        if what in words
    ]


def pair_map(pairs: Iterable[tuple[Any, Any, str]]) -> dict[str, Any]:
    """Points of both sides and a line for each pair whose two places are known."""
    spots: dict[int, dict[str, Any]] = {}
    lines = []
    for giver, receiver, url in pairs:
        for one, tone in ((giver, "info"), (receiver, "done")):
            if one is not None and one.longitude is not None and one.latitude is not None:
                place = {"lng": float(one.longitude), "lat": float(one.latitude)}
                spots.setdefault(one.pk, {"name": one.name, "tone": tone, "url": url, **place})
        if giver is not None and giver.pk in spots and receiver.pk in spots:
            ends = [[spots[one.pk]["lng"], spots[one.pk]["lat"]] for one in (giver, receiver)]
            lines.append({"name": f"{giver.name} – {receiver.name}", "ends": ends, "url": url})
    return {"points": list(spots.values()), "lines": lines}


