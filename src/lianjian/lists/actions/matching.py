"""What can be matched is offered and withdrawn; people answer proposals; an office keeps its words and weights.

`offer` and `withdraw` are parts of a verb of the app that owns the record: that verb asks for the right and writes the
journal; row security lets them write rows of the own place only.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, FloatField, Func, Model, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.db.models.lookups import IsNull

from lianjian.alliances.models import AllianceMember
from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import path_ids
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.jobs import enqueue
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..matching import seeds
from ..matching.facets import Seen, about_tokens, seen_tokens
from ..matching.scoring import Facts, Scored, asked_for
from ..matching.words import counted
from ..models import Claim, Item, MatchEntry, MatchWeight, Synonym, Verdict
from .claiming import propose


def _vector(words: list[str], facets: list[str]) -> Func:
    tokens = Value([*words, *facets], output_field=ArrayField(TextField()))
    return Func(tokens, function="array_to_tsvector", template="%(function)s(%(expressions)s::text[])")


def chain_of(organization: Organization, day: date) -> str:
    """The industry chain of the alliances in which a body has a seat, the oldest first; empty for none."""
    seats = AllianceMember.objects.on(day).filter(organization=organization).exclude(alliance__chain="")
    return seats.order_by("since", "pk").values_list("alliance__chain", flat=True).first() or ""


def offer(
    *,
    actor: Actor,
    subject: Model,
    kind: str,
    organization: Organization,
    title: str,
    text: str,
    category: str,
    now: datetime,
    chain: str = "",
    place: str = "",
    since: date | None = None,
    until: date | None = None,
    expires_on: date | None = None,
    left: Decimal | None = None,
    unit: str = "",
    audience: str = "county",
    alliance_id: int | None = None,
) -> MatchEntry:
    """Write, or write anew, the search row of a record. Part of the verb of its owner (see above)."""
    words = counted(title, text)
    chain = chain or chain_of(organization, local_day(now))
    latitude, longitude = (
        float(value) if value is not None else None for value in (organization.latitude, organization.longitude)
    )
    about = Facts(0, kind, organization.pk, category, chain, latitude, longitude)
    seen = Seen(audience, organization.jurisdiction_id, alliance_id, tuple(path_ids(organization.path)))
    facets = [token.replace(" ", "_") for token in (*seen_tokens(kind, seen), *about_tokens(about))]
    values: dict[str, Any] = {
        "jurisdiction_id": organization.jurisdiction_id,
        "kind": kind,
        "organization": organization,
        "title": title[:120],
        "text": text,
        "path": organization.path,
        "category": category,
        "chain": chain,
        "latitude": latitude,
        "longitude": longitude,
        "since": since,
        "until": until,
        "expires_on": expires_on,
        "left": left,
        "unit": unit,
        "audience": audience,
        "alliance_id": alliance_id,
        "words": list(words),
        "counts": list(words.values()),
        "length": sum(words.values()),
        "search": _vector(list(words), facets),
        "changed_at": now,
    }
    label, key = subject._meta.label_lower, subject.key  # type: ignore[attr-defined]
    entry, _made = MatchEntry.objects.update_or_create(subject_label=label, subject_key=key, defaults=values)
    return entry


def withdraw(*, actor: Actor, subject: Model, now: datetime) -> None:
    """The record is not proposed any more. Part of the verb of its owner; nothing where it was not offered."""
    label, key = subject._meta.label_lower, subject.key  # type: ignore[attr-defined]
    MatchEntry.objects.filter(subject_label=label, subject_key=key).delete()


def offer_item(actor: Actor, item: Item, now: datetime) -> None:
    """Part of publishing and changing an item."""
    offer(
        actor=actor,
        subject=item,
        kind=item.kind,
        organization=item.organization,
        title=item.title,
        text=item.text,
        category=item.category,
        chain=item.alliance.chain if item.alliance is not None else "",
        place=item.place,
        since=item.since,
        until=item.until,
        expires_on=item.expires_on,
        left=item.left,
        unit=item.unit,
        audience=item.visibility,
        alliance_id=item.alliance_id,
        now=now,
    )


def offer_missing(*, actor: Actor, jurisdiction_id: int, now: datetime) -> int:
    """Write search rows of a place's items that have none, or whose row does not say what the body's record says: where
    it hangs and lies, on which chain it has a seat; how many.

    No act of a person, so nothing is journalled: a row of matching says nothing that its record does not. Each item is
    locked before it is read, so that a change at the same time is not written over with what stood there before.
    """
    rows = MatchEntry.objects.filter(subject_label=Item._meta.label_lower, subject_key=OuterRef("key"))
    seats = AllianceMember.objects.on(local_day(now)).filter(organization=OuterRef("organization"))
    chain = seats.exclude(alliance__chain="").order_by("since", "pk").values("alliance__chain")[:1]
    lies = Q()
    for name in ("latitude", "longitude"):
        there = OuterRef(f"now_{name}")
        lies &= Q(**{name: there}) | Q(IsNull(there, True), **{f"{name}__isnull": True})
    fresh = rows.filter(lies, chain=OuterRef("now_chain"), path=OuterRef("organization__path"))
    items = Item.objects.filter(jurisdiction_id=jurisdiction_id, state=rules.OPEN).annotate(
        now_chain=Coalesce(NullIf(F("alliance__chain"), Value("")), Subquery(chain), Value("")),
        now_latitude=Cast("organization__latitude", FloatField()),
        now_longitude=Cast("organization__longitude", FloatField()),
    )
    late = items.filter(~Exists(fresh))
    count = 0
    for number in list(late.order_by("pk").values_list("pk", flat=True)):
        held = Item.objects.select_for_update(of=("self",)).filter(pk=number, state=rules.OPEN)
        item = held.select_related("organization", "alliance").first()
        if item is not None:
            offer_item(actor, item, now)
            count += 1
    return count


def follow(places: Collection[int]) -> None:
    """Bodies of these places hang elsewhere, or took or left a seat on a chain: a job writes their rows anew."""
    for place in sorted(set(places)):
        enqueue("lists.offer_missing", jurisdiction_id=place)


def _answer(
    actor: Actor, item: Item, entry: MatchEntry, scored: Scored | None, accepted: bool, reason: str, now: datetime
) -> Verdict:
    made = Verdict.objects.create(
        jurisdiction_id=item.organization.jurisdiction_id,
        organization=item.organization,
        asker_label=item._meta.label_lower,
        asker_key=item.key,
        asker_title=item.title,
        found_label=entry.subject_label,
        found_key=entry.subject_key,
        found_title=entry.title,
        accepted=accepted,
        reason=reason.strip()[:200],
        score=round(scored.score, 4) if scored is not None else 0.0,
        parts={part.code: round(part.value, 4) for part in scored.parts} if scored is not None else {},
        at=now,
        by_name=actor.name[:80],
    )
    said = ("accepted" if accepted else "refused", f"{item.title} – {entry.title} {made.reason}".strip())
    name = "lists.accept_match" if accepted else "lists.refuse_match"
    record(actor=actor, verb=name, subject=made, now=now, changes={said[0]: ("", said[1])})
    return made


def _asks(item: Item, entry: MatchEntry, now: datetime) -> None:
    """It is on offer and asks for such a thing. Raises `NotMatched`."""
    offered = Item.objects.offered(local_day(now)).filter(pk=item.pk).exists()
    if not offered or entry.kind not in asked_for(item.kind):
        raise rules.NotMatched


@verb(constraints={"one_verdict_of_a_proposal": rules.JudgedAlready})
def accept_match(
    *,
    actor: Actor,
    item: Item,
    entry: MatchEntry,
    now: datetime,
    scored: Scored | None = None,
    amount: Decimal = Decimal(1),
    since: date | None = None,
    until: date | None = None,
    words: str = "",
) -> Claim | None:
    """Take a proposal up: the verdict is kept, and where the other is an item a claim on it is proposed.

    Raises `JudgedAlready`, `NotMatched`, `Denied`, and what `propose` raises.
    """
    require(actor, "lists.write", item.organization)
    _asks(item, entry, now)
    claim = None
    if entry.subject_label == Item._meta.label_lower:
        other = Item.objects.visible_to(actor).select_related("organization").filter(key=entry.subject_key).first()
        if other is None:
            raise rules.NotMatched
        claim = propose(
            actor=actor,
            item=other,
            organization=item.organization,
            amount=amount,
            since=since,
            until=until,
            words=words,
            now=now,
        )
    _answer(actor, item, entry, scored, True, "", now)
    return claim


@verb(constraints={"one_verdict_of_a_proposal": rules.JudgedAlready})
def refuse_match(
    *, actor: Actor, item: Item, entry: MatchEntry, reason: str, now: datetime, scored: Scored | None = None
) -> Verdict:
    """Say that a proposal does not fit, and why: it is not proposed to this record again.

    Raises `ReasonNeeded`, `JudgedAlready`, `NotMatched`, `Denied`.
    """
    require(actor, "lists.write", item.organization)
    _asks(item, entry, now)
    if not reason.strip():
        raise rules.ReasonNeeded(field="reason")
    return _answer(actor, item, entry, scored, False, reason, now)


@verb
def drop_verdict(*, actor: Actor, verdict: Verdict, now: datetime) -> None:
    """Take an answer back, as if it had not been given; a claim that came of it stays. Raises `Denied`."""
    require(actor, "lists.write", verdict.organization)
    words = f"{verdict.asker_title} – {verdict.found_title} {verdict.reason}".strip()
    record(actor=actor, verb="lists.drop_verdict", subject=verdict, now=now, changes={"verdict": (words, "")})
    verdict.delete()


@verb(constraints={"one_synonym_of_a_pair": rules.SynonymExists})
def add_synonym(*, actor: Actor, word: str, other: str, now: datetime, ground: str = "") -> Synonym:
    """From now on the two words find each other in the office's needs and offers.

    Raises `SynonymOfItself`, `SynonymExists`, `Denied`.
    """
    require(actor, "lists.issue", Whole(actor.jurisdiction_id))
    one, two = sorted((word.strip().lower()[:24], other.strip().lower()[:24]))
    if len(one) < 2 or len(two) < 2 or one == two:
        raise rules.SynonymOfItself
    if (one, two) in {tuple(sorted(pair)) for pair in seeds.SYNONYMS}:
        raise rules.SynonymExists
    made = Synonym.objects.create(
        jurisdiction_id=actor.jurisdiction_id,
        word=one,
        other=two,
        ground=ground.strip()[:200],
        added_by=actor.name[:80],
        added_on=local_day(now),
    )
    record(actor=actor, verb="lists.add_synonym", subject=made, now=now, changes={"synonym": ("", str(made))})
    return made


@verb
def retire_synonym(*, actor: Actor, synonym: Synonym, now: datetime) -> None:
    """The two words mean the same no longer; what was is kept to read. Raises `Denied`."""
    require(actor, "lists.issue", Whole(synonym.jurisdiction_id))
    if synonym.retired_on is not None:
        return
    synonym.retired_on = local_day(now)
    synonym.save(update_fields=["retired_on"])
    changes = {"synonym": (str(synonym), "")}
    record(actor=actor, verb="lists.retire_synonym", subject=synonym, now=now, changes=changes)


@verb
def set_match_weight(*, actor: Actor, code: str, value: Decimal, now: datetime) -> MatchWeight:
    """How much a criterion counts in the office. Raises `WeightOutOfRange`, `Denied`."""
    require(actor, "lists.issue", Whole(actor.jurisdiction_id))
    if code not in seeds.WEIGHTS or not 0 <= value <= 20:
        raise rules.WeightOutOfRange
    held = MatchWeight.objects.filter(jurisdiction_id=actor.jurisdiction_id, code=code).first()
    before = held.value if held is not None else Decimal(str(seeds.WEIGHTS[code][1]))
    made, _new = MatchWeight.objects.update_or_create(
        jurisdiction_id=actor.jurisdiction_id, code=code, defaults={"value": value}
    )
    if before != value:
        changes = {code: (before, value)}
        record(actor=actor, verb="lists.set_match_weight", subject=made, now=now, changes=changes)
    return made
