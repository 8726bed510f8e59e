"""What a proposal is worked out from: who takes part, what is known of them, what is barred, must be or was before."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, SystemActor
from lianjian.foundation.errors import translate
from lianjian.jurisdictions.queries import family

from ..models import Pairing, PairRule, Programme, ProgrammeSide
from ..planning import Wish
from ..rules import pairing as rules
from ..scoring import Bodies, Deals, Scores, Terms, score, section_of
from .facts import Known, known

Pair = tuple[str, str]  # keys of giver and receiver


@dataclass(frozen=True)
class Inputs:
    """Everything that the pairs depend on, and its `digest`.

    `bodies` are the organizations by key. `gaps`: keys of those whose facts are missing, by what is missing.
    """

    givers: list[str]
    room: list[int]
    receivers: list[str]
    bodies: Mapping[str, Organization]
    scores: Scores
    barred: NDArray[np.bool_]
    must: dict[str, str]
    weak: frozenset[str]
    gaps: dict[str, list[str]]
    digest: str

    def wish(self, must: Mapping[str, str], barred: Sequence[Pair], before: Mapping[str, str]) -> Wish:
        """What is asked of the solver: the rules, what people decided on top, and what was before."""
        shut = self.barred.copy()
        rows = {key: place for place, key in enumerate(self.givers)}
        columns = {key: place for place, key in enumerate(self.receivers)}
        for giver, receiver in barred:
            if giver in rows and receiver in columns:
                shut[rows[giver], columns[receiver]] = True
        return Wish(
            self.givers,
            self.room,
            self.receivers,
            self.scores.gains,
            shut,
            {**self.must, **must},
            before,
            self.weak,
        )


def inputs(actor: Actor, programme: Programme, day: date) -> Inputs:
    """Load and score. Raises `NobodyToPair`, `Contradictory`; six queries."""
    sides = list(
        ProgrammeSide.objects.filter(programme=programme, withdrawn_on__isnull=True)
        .exclude(consent="no")
        .select_related("organization__enterprise")
        .order_by("organization__key")
    )
    sides = [one for one in sides if one.organization.dissolved_on is None and one.organization.merged_into_id is None]
    busy = _busy(programme, day)
    givers, room = [], []
    for one in (side for side in sides if side.side == rules.GIVER):
        left = _capacity(programme, one) - busy.get((rules.GIVER, one.organization_id), 0)
        if left > 0:
            givers.append(one.organization)
            room.append(left)
    receivers = [
        one.organization
        for one in sides
        if one.side == rules.RECEIVER and (rules.RECEIVER, one.organization_id) not in busy
    ]
    for side, found in ((rules.GIVER, givers), (rules.RECEIVER, receivers)):
        if not found:
            raise rules.NobodyToPair(side=translate(rules.SIDES[side]))
    # By what the programme's place may read, its own and that of the places below it: not by what somebody of two
    # places may read besides. A town's survey of its bodies counts for its county, never for a town beside it.
    eyes = SystemActor(programme.jurisdiction_id, below=family()[programme.jurisdiction_id])
    facts = known(eyes, [one.pk for one in (*givers, *receivers)], day)
    must, never = _rules(programme, day)
    scores = score(*_attributes(givers, receivers, facts), _deals(givers, receivers, facts), terms(programme))
    weak = _weak(programme, receivers, facts)
    return Inputs(
        givers=[str(one.key) for one in givers],
        room=room,
        receivers=[str(one.key) for one in receivers],
        bodies={str(one.key): one for one in (*givers, *receivers)},
        scores=scores,
        barred=_barred(givers, receivers, never),
        must=must,
        weak=weak if programme.weak_first else frozenset(),
        gaps=_gaps(programme, sides, givers, receivers, facts),
        digest=_digest(programme, givers, room, receivers, scores, must, never, weak),
    )


def terms(programme: Programme) -> Terms:
    """How the programme weighs."""
    one, two, three, four = programme.weights
    return Terms(
        weights=(one, two, three, four),
        far=programme.far_km * 1_000,
        yuan=programme.yuan_full,
        jobs=programme.jobs_full,
        linked=frozenset((int(a), int(b)) for a, b in programme.chains),
    )


def _capacity(programme: Programme, side: ProgrammeSide) -> int:
    return 1 if programme.shape == rules.ONE_TO_ONE else side.capacity or programme.capacity


def _busy(programme: Programme, day: date) -> dict[tuple[str, int], int]:
    """How many pairs of this programme each body stands in on a day, or will."""
    found: dict[tuple[str, int], int] = {}
    rows = Pairing.objects.filter(programme=programme).exclude(until__lte=day)
    for giver, receiver in rows.values_list("giver_id", "receiver_id"):
        for key in ((rules.GIVER, giver), (rules.RECEIVER, receiver)):
            found[key] = found.get(key, 0) + 1
    return found


def _rules(programme: Programme, day: date) -> tuple[dict[str, str], set[Pair]]:
    """Must as receiver to giver, never as pairs. Raises `Contradictory` for a receiver of two givers."""
    must: dict[str, list[str]] = {}
    never: set[Pair] = set()
    rows = PairRule.objects.filter(programme=programme).order_by("pk")
    standing = Pairing.objects.filter(programme=programme).exclude(until__lte=day)
    made = set(standing.values_list("giver__key", "receiver__key"))
    names: dict[str, str] = {}
    for kind, giver, receiver, one, two in rows.values_list(
        "kind", "giver__key", "receiver__key", "giver__name", "receiver__name"
    ):
        names |= {str(giver): one, str(receiver): two}
        if (giver, receiver) in made:  # it is so already
            continue
        if kind == "must":
            must.setdefault(str(receiver), []).append(str(giver))
        else:
            never.add((str(giver), str(receiver)))
    twice = [(giver, receiver) for receiver, held in must.items() if len(held) > 1 for giver in held]
    if twice:
        raise rules.Contradictory(pairs="、".join(f"{names[a]} – {names[b]}" for a, b in twice[:6]))
    return {receiver: held[0] for receiver, held in must.items()}, never


def _attributes(
    givers: Sequence[Organization], receivers: Sequence[Organization], facts: Known
) -> tuple[Bodies, Bodies]:
    """The facts as arrays; a market gets a bit for both sides alike."""
    names = sorted({name for held in facts.markets.values() for name in held})
    bit = {name: place for place, name in enumerate(names)}
    words = max(1, math.ceil(len(names) / 64))

    def side(bodies: Sequence[Organization]) -> Bodies:
        markets = np.zeros((len(bodies), words), np.uint64)
        for row, one in enumerate(bodies):
            for name in facts.markets.get(one.pk, ()):
                markets[row, bit[name] // 64] |= np.uint64(1 << (bit[name] % 64))
        return Bodies(
            [facts.industry.get(one.pk, "") for one in bodies],
            np.array([math.nan if one.latitude is None else float(one.latitude) for one in bodies]),
            np.array([math.nan if one.longitude is None else float(one.longitude) for one in bodies]),
            markets,
            np.array([one.pk in facts.surveyed for one in bodies], bool),
        )

    return side(givers), side(receivers)


def _deals(givers: Sequence[Organization], receivers: Sequence[Organization], facts: Known) -> Deals:
    rows = {one.pk: place for place, one in enumerate(givers)}
    columns = {one.pk: place for place, one in enumerate(receivers)}
    pairs = sorted(
        (rows[a], columns[b], a, b) for a, b in {*facts.contract, *facts.jobs} if a in rows and b in columns
    )
    return Deals(
        np.array([row for row, _c, _a, _b in pairs], np.int64),
        np.array([column for _r, column, _a, _b in pairs], np.int64),
        np.array([facts.contract.get((a, b), math.nan) for _r, _c, a, b in pairs], np.float64),
        np.array([facts.jobs.get((a, b), math.nan) for _r, _c, a, b in pairs], np.float64),
    )


def _barred(
    givers: Sequence[Organization], receivers: Sequence[Organization], never: set[Pair]
) -> NDArray[np.bool_]:
    """Never-pairs and the same owner: one stands below the other, or both have one legal representative."""
    shut = np.zeros((len(givers), len(receivers)), bool)
    rows = {str(one.key): place for place, one in enumerate(givers)}
    columns = {str(one.key): place for place, one in enumerate(receivers)}
    for one, other in never:
        if one in rows and other in columns:
            shut[rows[one], columns[other]] = True
    ids = {one.pk: place for place, one in enumerate(receivers)}
    heads: dict[str, list[int]] = {}
    for place, receiver in enumerate(receivers):
        heads.setdefault(_head(receiver), []).append(place)
    numbers = {one.pk: place for place, one in enumerate(givers)}
    for row, giver in enumerate(givers):
        if giver.parent_id in ids:
            shut[row, ids[giver.parent_id]] = True
        if _head(giver):
            shut[row, heads.get(_head(giver), [])] = True
    for column, receiver in enumerate(receivers):
        if receiver.parent_id in numbers:
            shut[numbers[receiver.parent_id], column] = True
    return shut


def _head(one: Organization) -> str:
    profile = getattr(one, "enterprise", None)
    return profile.legal_representative if profile is not None else ""


def _weak(programme: Programme, receivers: Sequence[Organization], facts: Known) -> frozenset[str]:
    """Those whose income is known and below the line: an unknown income makes nobody weak."""
    return frozenset(
        str(one.key)
        for one in receivers
        if one.pk in facts.income and facts.income[one.pk][0] < programme.weak_below
    )


def _gaps(
    programme: Programme,
    sides: Sequence[ProgrammeSide],
    givers: Sequence[Organization],
    receivers: Sequence[Organization],
    facts: Known,
) -> dict[str, list[str]]:
    """Who lacks what."""
    both = [*givers, *receivers]
    present = {one.pk for one in both}
    found = {
        "place": [str(one.key) for one in both if one.latitude is None or one.longitude is None],
        "industry": [str(one.key) for one in both if not section_of(facts.industry.get(one.pk, ""))],
        "market": [str(one.key) for one in both if not facts.markets.get(one.pk)],
        "consent": [
            str(one.organization.key) for one in sides if one.consent == "unknown" and one.organization_id in present
        ],
    }
    if programme.weak_first:
        found["income"] = [str(one.key) for one in receivers if one.pk not in facts.income]
    return {what: keys for what, keys in found.items() if keys}


def _digest(programme: Programme, *parts: object) -> str:
    """Changes when anything does that the pairs depend on."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Scores):
            digest.update(part.gains.tobytes())
            digest.update(part.parts.tobytes())
        elif isinstance(part, list) and part and isinstance(part[0], Organization):
            digest.update(json.dumps([(str(one.key), one.parent_id, _head(one)) for one in part]).encode())
        elif isinstance(part, (set, frozenset)):
            digest.update(json.dumps(sorted(part)).encode())
        else:
            digest.update(json.dumps(part, sort_keys=True).encode())
    digest.update(json.dumps([programme.weights, programme.weak_first, programme.shape]).encode())
    return digest.hexdigest()
