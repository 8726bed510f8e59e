"""Verbs of tags: groups, tags and measures of the office; who is given a tag, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record, record_bulk
from lianjian.rulebook.queries import line_of

from ..models import Organization, Tag, Tagging, TagMeasure, TagScheme
from ..rules import tags as rules
from .organizations import allocate_ids, living

SLOT_TAKEN: dict[str, type[Refused]] = {"one_tag_of_a_slot_at_a_time": rules.TaggedMeanwhile}
KINDS = dict(Organization.Classification.choices)


def _office(actor: Actor, jurisdiction_id: int) -> None:
    require(actor, "directory.write", Whole(jurisdiction_id))


def _named(document: str) -> str:
    words = document.strip()[:120]
    if not words:
        raise rules.DocumentMissing
    return words


@verb(constraints={"one_tag_scheme_per_name": rules.SchemeExists})
def add_tag_scheme(
    *,
    actor: Actor,
    name: str,
    now: datetime,
    about: str = "",
    kinds: Sequence[str] = (),
    exclusive: bool = False,
) -> TagScheme:
    """A group of tags of the actor's place. Raises `SchemeExists`, `Denied`."""
    _office(actor, actor.jurisdiction_id)
    made = TagScheme.objects.create(
        jurisdiction_id=actor.jurisdiction_id,
        name=name.strip()[:40],
        about=about.strip()[:300],
        kinds=[kind for kind in dict.fromkeys(kinds) if kind in KINDS],
        exclusive=exclusive,
    )
    changes = {"name": ("", made.name), "kinds": ("", "、".join(made.kinds)), "exclusive": ("", exclusive)}
    record(actor=actor, verb="directory.add_tag_scheme", subject=made, now=now, changes=changes)
    return made


@verb(constraints={"one_tag_scheme_per_name": rules.SchemeExists})
def change_tag_scheme(
    *, actor: Actor, scheme: TagScheme, name: str, now: datetime, about: str = "", kinds: Sequence[str] = ()
) -> TagScheme:
    """Other words, other classifications; whether it is exclusive stays. Raises `SchemeExists`, `Denied`."""
    _office(actor, scheme.jurisdiction_id)
    before = {one: getattr(scheme, one) for one in ("name", "about", "kinds")}
    scheme.name, scheme.about = name.strip()[:40], about.strip()[:300]
    scheme.kinds = [kind for kind in dict.fromkeys(kinds) if kind in KINDS]
    changes = diff(before, scheme)
    if changes:
        scheme.save(update_fields=["name", "about", "kinds"])
        record(actor=actor, verb="directory.change_tag_scheme", subject=scheme, now=now, changes=changes)
    return scheme


@verb(constraints={"one_tag_per_name": rules.TagExists})
def add_tag(*, actor: Actor, scheme: TagScheme, name: str, now: datetime, document: str = "") -> Tag:
    """One tag more in a group. Raises `TagExists`, `Denied`."""
    _office(actor, scheme.jurisdiction_id)
    (pk,) = allocate_ids("directory_tag", 1)
    made = Tag.objects.create(
        pk=pk,
        jurisdiction_id=scheme.jurisdiction_id,
        scheme=scheme,
        name=name.strip()[:40],
        document=document.strip()[:120],
        slot=-scheme.pk if scheme.exclusive else pk,
    )
    changes = {"name": ("", made.name), "document": ("", made.document)}
    record(actor=actor, verb="directory.add_tag", subject=made, now=now, changes=changes)
    return made


@verb
def retire_tag(*, actor: Actor, tag: Tag, now: datetime, again: bool = False) -> None:
    """Give a tag no more, or `again`; who has it keeps it. Raises `Denied`."""
    _office(actor, tag.jurisdiction_id)
    before, after = tag.retired_on, None if again else local_day(now)
    if (before is None) == (after is None):
        return
    tag.retired_on = after
    tag.save(update_fields=["retired_on"])
    changes = {"retired_on": (before, after)}
    record(actor=actor, verb="directory.retire_tag", subject=tag, now=now, changes=changes)


@verb
def add_measure(*, actor: Actor, tag: Tag, text: str, document: str, since: date, now: datetime) -> TagMeasure:
    """What is done for those with a tag, from a day on. Raises `DocumentMissing`, `Denied`."""
    _office(actor, tag.jurisdiction_id)
    made = TagMeasure.objects.create(
        jurisdiction_id=tag.jurisdiction_id, tag=tag, text=text.strip()[:300], document=_named(document), since=since
    )
    changes = {"measure": ("", made.text), "document": ("", made.document), "since": ("", since)}
    record(actor=actor, verb="directory.add_measure", subject=tag, now=now, changes=changes)
    return made


@verb
def change_measure(*, actor: Actor, measure: TagMeasure, text: str, document: str, now: datetime) -> TagMeasure:
    """Better words or the right document for the same measure. Raises `DocumentMissing`, `Denied`."""
    _office(actor, measure.jurisdiction_id)
    before = {"text": measure.text, "document": measure.document}
    measure.text, measure.document = text.strip()[:300], _named(document)
    changes = diff(before, measure)
    if changes:
        measure.save(update_fields=["text", "document"])
        record(actor=actor, verb="directory.change_measure", subject=measure.tag, now=now, changes=changes)
    return measure


@verb
def end_measure(*, actor: Actor, measure: TagMeasure, until: date, now: datetime) -> None:
    """It is no longer done from `until` on. Raises `EndsBefore`, `Denied`."""
    _office(actor, measure.jurisdiction_id)
    if until <= measure.since:
        raise rules.EndsBefore(since=measure.since)
    before, measure.until = measure.until, until
    measure.save(update_fields=["until"])
    changes = {"measure": (measure.text, measure.text), "until": (before, until)}
    record(actor=actor, verb="directory.end_measure", subject=measure.tag, now=now, changes=changes)


@dataclass(frozen=True)
class TagLine:
    """One organization and the tag it is given; `number` is its row where it comes from a sheet."""

    organization: Organization
    tag: Tag
    since: date
    document: str
    until: date | None = None
    number: int = 0


@dataclass
class Given:
    """What a bulk verb did: what each line made, by its place (`numbers`: the rows of these lines); what ended, with
    the end it had before; what was refused.
    """


    made: dict[int, Tagging] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    ended: list[tuple[Tagging, date | None]] = field(default_factory=list)
    refused: list[tuple[TagLine, Refused]] = field(default_factory=list)


class TaggedAtHome(Denied):
    """The right reaches down for reading; who keeps the record of a body says what it is."""

    sentence = _(
        "“%(name)s”由它所在的地区登记,标签要由当地认定。请把名单交给当地导入,或请当地的安全管理员给您当地的权限。"
    )


def taggable(actor: Actor, body: Organization) -> None:
    """Raise `TaggedAtHome` or `Denied` unless the actor may tag the body."""
    here = actor.user_id is None or body.jurisdiction_id in actor.writable
    if not here and actor.may("directory.write", body):
        raise TaggedAtHome(name=body.name)
    require(actor, "directory.write", body)


def _check(actor: Actor, line: TagLine) -> None:
    """Raises `NotYourTag`, `TagRetired`, `WrongKind`, `BeforeFounded`, `TaggedAtHome`, `Denied`.

    And for a body that is no more.
    """
    body, tag = line.organization, line.tag
    taggable(actor, body)
    living(body)
    if tag.jurisdiction_id not in line_of(body.jurisdiction_id):
        raise rules.NotYourTag(tag=tag.name, name=body.name)
    if tag.retired_on is not None:
        raise rules.TagRetired(tag=tag.name)
    if tag.scheme.kinds and body.classification not in tag.scheme.kinds:
        kinds = "、".join(str(KINDS[kind]) for kind in tag.scheme.kinds)
        raise rules.WrongKind(
            scheme=tag.scheme.name, kinds=kinds, name=body.name, kind=str(KINDS[body.classification])
        )
    if body.founded_on is not None and line.since < body.founded_on:
        raise rules.BeforeFounded(name=body.name, day=body.founded_on)


def _hold(bodies: Iterable[Organization]) -> None:
    """Keep organizations until this transaction ends, and read again whether they stand: what a tag ends is computed.

    One of another place is not held; it is not written either.
    """
    held: dict[int, list[Organization]] = {}
    for body in bodies:
        held.setdefault(body.pk, []).append(body)
    rows = Organization.objects.filter(pk__in=sorted(held)).order_by("pk")
    rows = rows.select_for_update(of=("self",), no_key=True)
    for pk, merged_into, dissolved_on in rows.values_list("pk", "merged_into_id", "dissolved_on"):
        for body in held[pk]:
            body.merged_into_id, body.dissolved_on = merged_into, dissolved_on


def _give(actor: Actor, lines: Sequence[TagLine]) -> Given:
    """Store the lines in their order; each sees what those before it did."""
    result = Given()
    _hold(line.organization for line in lines)
    rows = Tagging.objects.filter(
        organization__in={line.organization.pk for line in lines}, slot__in={line.tag.slot for line in lines}
    )
    held: dict[tuple[int, int], list[Tagging]] = {}
    for row in rows.select_related("tag").order_by("since"):
        held.setdefault((row.organization_id, row.slot), []).append(row)
    ended: dict[int, tuple[Tagging, date | None]] = {}
    for place, line in enumerate(lines):
        mine = held.setdefault((line.organization.pk, line.tag.slot), [])
        had = [rules.Had(at, one.tag_id, one.tag.name, one.since, one.until) for at, one in enumerate(mine)]
        try:
            _check(actor, line)
            document = _named(line.document)
            before = rules.handed_over(had, line.tag.pk, line.since, line.until)
        except Refused as refusal:
            result.refused.append((line, refusal))
            continue
        if before is not None:
            one = mine[before.pk]
            if one.pk is not None:
                ended.setdefault(one.pk, (one, one.until))
            one.until = line.since
        made = Tagging(
            jurisdiction_id=line.organization.jurisdiction_id, organization=line.organization, tag=line.tag,
            slot=line.tag.slot, since=line.since, until=line.until, document=document,
        )  # fmt: skip
        mine.append(made)
        result.made[place] = made
        result.numbers.append(line.number)
    result.ended = list(ended.values())
    Tagging.objects.bulk_update([row for row, _until in result.ended], ["until"], batch_size=2000)
    Tagging.objects.bulk_create(result.made.values(), batch_size=2000)
    return result


@verb(constraints=SLOT_TAKEN)
def set_tag(
    *,
    actor: Actor,
    organization: Organization,
    tag: Tag,
    since: date,
    document: str,
    now: datetime,
    until: date | None = None,
) -> Tagging:
    """Give an organization a tag from `since`; of an exclusive group the one before ends there.

    Raises `AlreadyTagged`, `SlotTaken`, `EndsBefore`, `DocumentMissing`, and what `_check` raises.
    """
    done = _give(actor, [TagLine(organization, tag, since, document, until)])
    for _line, refusal in done.refused:
        raise refusal
    before = "、".join(f"{one.tag.name} -{one.until}" for one, _until in done.ended)
    changes = {"tag": (before, f"{tag.name} {since}"), "document": ("", done.made[0].document)}
    record(actor=actor, verb="directory.set_tag", subject=organization, now=now, changes=changes)
    return done.made[0]


@verb(constraints=SLOT_TAKEN)
def set_tags(*, actor: Actor, lines: Sequence[TagLine], now: datetime, note: str = "") -> Given:
    """Give many organizations their tags; a line that is refused stops no other. One journal entry for all."""
    require(actor, "directory.write")
    done = _give(actor, lines)
    rows = {
        "directory.tagging": [row.pk for row in done.made.values()],
        "changed": [row.pk for row, _until in done.ended],
    }
    kept = {label: ids for label, ids in rows.items() if ids}
    if kept:
        record_bulk(actor=actor, verb="directory.set_tags", subject=None, rows=kept, now=now, note=note[:80])
    return done


@verb
def end_tag(*, actor: Actor, tagging: Tagging, until: date, reason: str, now: datetime) -> None:
    """It holds no longer from `until` on. Raises `EndsBefore`, `ReasonNeeded`, `TagWithdrawn`, `Denied`."""
    require(actor, "directory.write", tagging.organization)
    if not reason.strip():
        raise rules.ReasonNeeded
    if until <= tagging.since:
        raise rules.EndsBefore(since=tagging.since)
    held = _read_again(tagging)
    if held.until is not None and held.until < until:
        raise rules.EndsEarlier(until=held.until)
    before, held.until = held.until, until
    held.save(update_fields=["until"])
    changes = {"tag": (tagging.tag.name, ""), "until": (before, until), "reason": ("", reason.strip()[:200])}
    record(actor=actor, verb="directory.end_tag", subject=tagging.organization, now=now, changes=changes)


def _read_again(tagging: Tagging) -> Tagging:
    """The row as it is, with its organization held. Raises `TagWithdrawn`."""
    _hold([tagging.organization])
    found = Tagging.objects.select_related("tag", "organization").filter(pk=tagging.pk).first()
    if found is None:
        raise rules.TagWithdrawn
    return found


def _before(tagging: Tagging) -> Tagging | None:
    """The other tag of an exclusive group that ended where this one began."""
    if tagging.slot >= 0:
        return None
    rows = Tagging.objects.select_related("tag").exclude(tag=tagging.tag_id)
    return rows.filter(organization=tagging.organization_id, slot=tagging.slot, until=tagging.since).first()


@verb
def drop_tag(*, actor: Actor, tagging: Tagging, reason: str, now: datetime) -> Tagging | None:
    """It was written down by mistake and never held; the journal keeps it. Returns the tag that holds in its place.

    In an exclusive group that is the one before, which it had ended. Raises `ReasonNeeded`, `TagWithdrawn`, `Denied`.
    """
    require(actor, "directory.write", tagging.organization)
    if not reason.strip():
        raise rules.ReasonNeeded
    held = _read_again(tagging)
    words = f"{held.tag.name} {held.since} – {held.until or ''} {held.document}"
    changes: dict[str, tuple[object, object]] = {"tag": (words, ""), "reason": ("", reason.strip()[:200])}
    body, before = held.organization, _before(held)
    held.delete()
    if before is not None:
        before.until = held.until
        before.save(update_fields=["until"])
        changes["tag"] = (words, before.tag.name)
        changes["until"] = (held.since, before.until or "")
    record(actor=actor, verb="directory.drop_tag", subject=body, now=now, changes=changes)
    return before
