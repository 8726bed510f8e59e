"""The page of a programme."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor, Whole, whole_jurisdictions
from lianjian.foundation.errors import translate
from lianjian.foundation.looks import show_date, show_number

from ..models import (
    Contribution,
    PairAction,
    PairMeasure,
    PairRule,
    Programme,
    Proposal,
)
from ..models.programmes import RIGHT
from ..rules import pairing as rules
from .pairing_lists import UNTOLD, standing
from .proposal_pages import proposal_url
from .terms import term_name

Line = tuple[str, str]


# A side or a source in words, its money, the list of the rows.
Given = tuple[str, Decimal, str]


@dataclass(frozen=True)
class ProgrammePage:
    """A programme with its numbers; each leads to its rows."""

    programme: Programme
    facts: list[Line]
    sides: list[tuple[str, int, str]]
    pairs: int
    pairs_url: str
    actions: list[tuple[str, int, int]]
    money: Decimal | None
    told: bool
    givers_money: list[Given]
    sources_money: list[Given]
    change: list[tuple[str, str, str]]
    proposals: list[tuple[str, str, str, str]]
    draft_url: str
    rules: int
    may_write: bool


def programme_page(actor: Actor, programme: Programme) -> ProgrammePage:
    """Eight queries whatever the size."""
    may = actor.may("alliances.write", Whole(programme.jurisdiction_id)) and programme.closed_on is None
    may = may and programme.jurisdiction_id in actor.writable
    # Who reads only some pairs is told no sum as if it were of all.
    whole = programme.jurisdiction_id in whole_jurisdictions(actor, RIGHT)
    writes = actor.may("alliances.write", Whole(programme.jurisdiction_id))
    counts = dict(
        programme.sides.filter(withdrawn_on__isnull=True).values_list("side").annotate(Count("pk")).order_by()
    )
    address = reverse("alliances:sides") + f"?programme={programme.key}&state="
    actions = PairAction.objects.visible_to(actor).filter(standing("pairing__"), pairing__programme=programme)
    done = Count("pk", filter=Q(done_on__isnull=False))
    rows = actions.values("name").annotate(done=done, all=Count("pk"), first=Min("number")).order_by("first", "name")
    given = Contribution.objects.visible_to(actor).filter(pairing__programme=programme, struck_at__isnull=True)
    sums = list(given.filter(amount__isnull=False).values_list("side", "source").annotate(Sum("amount")).order_by())
    drafts = Proposal.objects.visible_to(actor).filter(programme=programme).order_by("-number")
    shown = [
        (
            _("第%(n)s稿") % {"n": one.number},
            translate(rules.STATES[one.state]),
            show_date(one.made_at),
            proposal_url(one.key) if writes else "",
        )
        for one in drafts
    ]
    return ProgrammePage(
        programme=programme,
        facts=_programme_facts(programme),
        sides=[
            (translate(word), counts.get(side, 0), f"{address}{side}&standing=in")
            for side, word in rules.SIDES.items()
        ],
        pairs=programme.pairings.filter(standing()).count(),
        pairs_url=reverse("alliances:pairings") + f"?programme={programme.key}&standing=standing",
        actions=[(translate(one["name"]), one["done"], one["all"]) for one in rows],
        money=sum((amount for _side, _source, amount in sums), Decimal(0)) if whole else None,
        told=whole or bool(rows),
        givers_money=_by(sums, 0, programme, "side") if whole else [],
        sources_money=_by(sums, 1, programme, "source") if whole else [],
        change=changes(PairMeasure.objects.visible_to(actor).filter(pairing__programme=programme)),
        proposals=shown,
        draft_url=next((proposal_url(one.key) for one in drafts if one.state == "draft"), ""),
        rules=PairRule.objects.visible_to(actor).filter(programme=programme).count(),
        may_write=may,
    )


def _by(sums: list[tuple[str, str, Decimal]], place: int, programme: Programme, name: str) -> list[Given]:
    """Money by side or by source, with the rows behind it."""
    found: dict[str, Decimal] = {}
    for row in sums:
        code = str(row[place])
        found[code] = found.get(code, Decimal(0)) + row[2]
    address = reverse("alliances:contributions") + f"?programme={programme.key}&given=money&counted=1&{name}="
    words = {code: term_name(code) if name == "source" else translate(rules.SIDES[code]) for code in found}
    rows = {code: address + quote(code or UNTOLD, safe="") for code in found}
    return [(words[code] or _("未注明"), amount, rows[code]) for code, amount in found.items()]


def _programme_facts(programme: Programme) -> list[Line]:
    weights = zip(rules.CRITERIA.values(), programme.weights, strict=True)
    lines = [
        (_("结对类型"), term_name(programme.kind)),
        (_("形式"), translate(rules.SHAPES[programme.shape])),
        (_("每家可结对"), _("%(n)s 个") % {"n": programme.capacity}),
        (_("牵头单位"), programme.organization.name),
        (_("执行期限"), f"{programme.since} – {programme.until or _('长期')}"),
        (_("权重"), "、".join(f"{translate(name)} {weight}%" for name, weight in weights)),
        (_("薄弱村优先"), _("是") if programme.weak_first else _("否")),
        (_("结束日期"), show_date(programme.closed_on) if programme.closed_on else ""),
    ]
    return [(label, words) for label, words in lines if words]


def changes(rows: Any) -> list[tuple[str, str, str]]:
    """For each kind the sums over the pairs that have both: the newest until the pair began, the newest since."""
    held: dict[tuple[str, int], list[Decimal | None]] = {}
    found = rows.filter(struck_at__isnull=True).order_by("day")
    for kind, pairing, value, day, since in found.values_list("kind", "pairing_id", "value", "day", "pairing__since"):
        held.setdefault((kind, pairing), [None, None])[day > since] = value
    shown = []
    for code, (name, unit) in rules.MEASURES.items():
        both = [values for (kind, _pair), values in held.items() if kind == code and None not in values]
        if both:
            before, after = (sum(one[place] or 0 for one in both) for place in (0, 1))
            words = _("%(n)s 对有前后数") % {"n": len(both)}
            shown.append((translate(name), f"{show_number(before)} → {show_number(after)} {translate(unit)}", words))
    return shown


