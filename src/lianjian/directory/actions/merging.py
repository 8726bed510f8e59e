"""Make two records of one organization one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.names import match_key
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import constraint_name, verb
from lianjian.journal.actions import record

from ..models import Alias, Likeness, Link, Merge, Organization, Relocation
from ..queries.merging import CHOSEN, PROFILES, Reference, administration_above, facts_of, references
from ..rules import loose_key
from .moving import RootStays, put_below
from .organizations import CodeTaken, InsideItself, living, refresh_search, standing
from .standing import hold_tree


class SameRecord(Refused):
    """One record cannot be merged into itself."""

    sentence = _("请选择另一条记录。")
    field = "other"


class OtherKind(Refused):
    """An enterprise and a village are not one body."""

    sentence = _("两条记录的类别不同(%(winner)s、%(loser)s),不能合并。")
    status = 409


class MovedTwice(Refused):
    """Both records have the same move with other numbers: dropping one would lose what it says."""

    sentence = _(
        "两条记录都登记了“%(village)s”于%(day)s搬到“%(settlement)s”,户数或人数不同。请先核对,撤回其中一条搬迁再合并。"
    )
    status = 409


@verb(constraints={"one_organization_per_credit_code": CodeTaken})
def merge_organizations(
    *,
    actor: Actor,
    winner: Organization,
    loser: Organization,
    now: datetime,
    choices: Mapping[str, str] | None = None,
) -> Merge:
    """Make two records one. Everything that names the loser names the winner afterwards; the loser stays, pointing.

    `choices` maps a field to `loser` where its value is to win; a fact that only the loser has is always taken over.
    Rows that cannot stand beside the winner's own (the same relation on the same days) are shortened to the days
    that are free, or dropped. Raises `SameRecord`, `OtherKind`, `RootStays`, `InsideItself`, `MovedTwice`, `Denied`.
    """
    require(actor, "directory.merge", winner)
    require(actor, "directory.merge", loser)
    hold_tree(winner, loser)
    _mergeable(winner, loser)
    if loser.jurisdiction_id not in actor.writable or winner.jurisdiction_id not in actor.writable:
        raise Denied
    merge = Merge(
        jurisdiction_id=winner.jurisdiction_id, winner=winner, loser=loser, at=now, by=actor.name[:40]
    )
    for joins in joining:
        joins(actor, winner, loser, now)
    merge.replaced = _part_from_tree(loser, now)
    _hand_over_units(merge, now)
    for child in Organization.objects.filter(parent=loser):
        put_below(child, winner)
        merge.moved.setdefault("children", []).append(child.pk)
    for reference in references():
        moved, replaced = _repoint(reference, loser, winner)
        if moved:
            merge.moved[reference.label] = moved
        merge.replaced += replaced
    loser.merged_into = winner
    loser.changed_at = now
    loser.save(update_fields=["merged_into", "changed_at"])
    merge.fields = _take_over(winner, loser, choices or {}, now)
    for name in (loser.name, loser.short_name):
        _alias(winner, name, merge)
    refresh_search(winner)
    winner.save(update_fields=["search"])
    merge.save(force_insert=True)
    Likeness.objects.filter(Q(first=winner, second=loser) | Q(first=loser, second=winner)).update(
        state=Likeness.State.MERGED, decided_at=now, decided_by=actor.name[:40]
    )
    changes = {field: (before, after) for field, (before, after) in merge.fields.items()}
    record(
        actor=actor,
        verb="directory.merge_organizations",
        subject=winner,
        now=now,
        changes={"merged": ("", loser.name), **changes},
        note=str(loser.key),
    )
    return merge


# Called with (winner, loser); a higher app refuses what it could not carry over. Filled by the wiring.
hinders: list[Callable[[Organization, Organization], None]] = []


# Called with (actor, winner, loser, now) before what names the loser names the winner: a higher app ends what only one
# of the two can keep. Likewise.
joining: list[Callable[[Actor, Organization, Organization, datetime], None]] = []


def _mergeable(winner: Organization, loser: Organization) -> None:
    for hinder in hinders:
        hinder(winner, loser)
    standing(winner)
    standing(loser)
    if winner.pk == loser.pk:
        raise SameRecord
    if loser.is_root:
        raise RootStays(name=loser.name)
    if winner.classification != loser.classification:
        raise OtherKind(winner=winner.get_classification_display(), loser=loser.get_classification_display())
    if winner.path.startswith(loser.path):
        raise InsideItself(field="other")
    if loser.dissolved_on is None:
        living(winner)
    _moves_agree(winner, loser)


def _moves_agree(winner: Organization, loser: Organization) -> None:
    """Raise `MovedTwice` where both have a move of one day, between the same places, with other numbers."""
    for own, other in (("village", "settlement"), ("settlement", "village")):
        held = {
            (getattr(one, f"{other}_id"), one.since): one
            for one in Relocation.objects.filter(**{own: winner}).select_related("village", "settlement")
        }
        for one in Relocation.objects.filter(**{own: loser}):
            same = held.get((getattr(one, f"{other}_id"), one.since))
            if same is not None and (same.households, same.residents) != (one.households, one.residents):
                raise MovedTwice(village=same.village.name, settlement=same.settlement.name, day=one.since)


def _kept(row: models.Model) -> dict[str, Any]:
    """The stored values of a row, as JSON keeps them."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    encoder = DjangoJSONEncoder()
    return {
        k: v if isinstance(v, (str, int, float, bool, type(None), list, dict)) else encoder.default(v)
        for k, v in values.items()
    }


def _part_from_tree(loser: Organization, now: datetime) -> list[dict[str, Any]]:
    """End the loser's own place in the tree today; past days keep it."""
    day, kept = local_day(now), []
    for link in administration_above(loser).filter(Q(until__isnull=True) | Q(until__gt=day)):
        kept.append({"label": "directory.link", "before": _kept(link)})
        if link.since < day:
            link.until = day
            link.save(update_fields=["until"])
        else:
            link.delete()
    return kept


def _hand_over_units(merge: Merge, now: datetime) -> None:
    """From today on, what hangs below the loser hangs below the winner; past days keep it where it was."""
    day = local_day(now)
    below = Link.objects.filter(kind=Link.ADMINISTRATION, source=merge.loser)
    for link in below.filter(Q(until__isnull=True) | Q(until__gt=day)):
        merge.replaced.append({"label": "directory.link", "before": _kept(link)})
        if link.since >= day:
            link.source = merge.winner
            link.save(update_fields=["source"])
            continue
        link.until = day
        link.save(update_fields=["until"])
        new = Link.objects.create(
            jurisdiction_id=link.jurisdiction_id,
            kind=Link.ADMINISTRATION,
            source=merge.winner,
            target_id=link.target_id,
            since=day,
        )
        merge.moved.setdefault("new_links", []).append(new.pk)


def _repoint(
    reference: Reference, loser: Organization, winner: Organization
) -> tuple[list[int], list[dict[str, Any]]]:
    """Let the rows of one foreign key name the winner. In one statement where nothing stands in the way."""
    manager = reference.model._base_manager
    rows = manager.filter(**{reference.field: loser.pk})
    if reference.model is Link:
        rows = rows.exclude(kind=Link.ADMINISTRATION)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return [], []
    column = {reference.field: winner.pk}
    try:
        with transaction.atomic():
            manager.filter(pk__in=ids).update(**column)
        # Rows of a jurisdiction that the actor may only read stay; the loser's page leads on.
        return list(manager.filter(pk__in=ids, **column).order_by("pk").values_list("pk", flat=True)), []
    except IntegrityError:
        pass
    moved: list[int] = []
    replaced: list[dict[str, Any]] = []
    for row in manager.filter(pk__in=ids):
        try:
            with transaction.atomic():
                manager.filter(pk=row.pk).update(**column)
            moved.append(row.pk)
        except IntegrityError as error:
            replaced += _fit(reference, row, winner, constraint_name(error))
    return moved, replaced


def _fit(
    reference: Reference, row: models.Model, winner: Organization, violated: str
) -> list[dict[str, Any]]:
    """A row that collides with one of the winner's: keep its free days if it is dated, else drop it."""
    before = {"label": row._meta.label_lower, "before": _kept(row)}
    for since, until in _free_days(reference, row, winner, violated):
        try:
            with transaction.atomic():
                values = {reference.field: winner.pk, "since": since, "until": until}
                type(row)._base_manager.filter(pk=row.pk).update(**values)
            return [before]
        except IntegrityError:
            continue
    try:
        with transaction.atomic():
            row.delete()
    except (models.ProtectedError, models.RestrictedError):
        return []  # something hangs on it: it stays with the loser, whose page leads to the winner
    return [before]


def _free_days(
    reference: Reference, row: models.Model, winner: Organization, violated: str
) -> list[tuple[date, date | None]]:
    """Parts of the row's period before and after the winner's own rows of the same kind, longest claim first.

    What is of the same kind says the constraint that was `violated`: its columns are equal, on the days that overlap.
    """
    held = next((one for one in type(row)._meta.constraints if one.name == violated), None)
    columns, condition = _compared(held)
    field = type(row)._meta.get_field(reference.field)
    if held is None or not {"since", "until"} <= {one.name for one in row._meta.concrete_fields}:
        return []
    if isinstance(held, models.UniqueConstraint) and "since" in columns:
        return []  # it is of a day: it has no other days
    columns -= {"since", "until", field.name, field.attname}  # type: ignore[union-attr]
    same = type(row)._base_manager.filter(condition, **{reference.field: winner.pk})
    same = same.filter(**{one: getattr(row, one) for one in columns})
    since, until = row.since, row.until  # type: ignore[attr-defined]
    taken = sorted(same.values_list("since", "until"))
    first = min((s for s, _u in taken), default=None)
    last = None if any(u is None for _s, u in taken) else max((u for _s, u in taken), default=None)
    parts: list[tuple[date, date | None]] = []
    if first is not None and since < first:
        parts.append((since, min(first, until) if until else first))
    if last is not None and (until is None or until > last):
        parts.append((max(since, last), until))
    return sorted(parts, key=lambda part: part[0] - (part[1] or part[0] + timedelta(days=36500)))


def _compared(constraint: models.BaseConstraint | None) -> tuple[set[str], Q]:
    """The columns that a constraint compares, and the rows that it is about."""
    condition = getattr(constraint, "condition", None) or Q()
    if isinstance(constraint, models.UniqueConstraint):
        return set(constraint.fields), condition
    if not isinstance(constraint, ExclusionConstraint):
        return set(), condition
    found: set[str] = set()
    left: list[Any] = [expression for expression, _operator in constraint.expressions]
    while left:
        one = left.pop()
        if isinstance(one, str | F):
            found.add(one if isinstance(one, str) else one.name)  # type: ignore[attr-defined]
        else:
            left += one.get_source_expressions()
    return found, condition


def _take_over(
    winner: Organization, loser: Organization, choices: Mapping[str, str], now: datetime
) -> dict[str, list[Any]]:
    """Set the winner's facts by the clerk's choices; returns what changed as [before, after] in words."""
    changed: dict[str, list[Any]] = {}
    mine, theirs = facts_of(winner), facts_of(loser)
    fields: list[str] = []
    for name, value in theirs.items():
        empty = mine.get(name) in (None, "")
        if value in (None, "") or value == mine.get(name) or not (empty or choices.get(name) == "loser"):
            continue
        holder = winner if name in CHOSEN else holder_of(winner, name)
        if holder is None:
            continue
        changed[name] = [_text(mine.get(name)), _text(value)]
        names = ["latitude", "longitude"] if name == "latitude" else [name]
        if name == "latitude":
            changed["longitude"] = [_text(winner.longitude), _text(loser.longitude)]
        for part in names:
            setattr(holder, part, getattr(loser, part) if name in CHOSEN else value)
        if holder is winner:
            fields += names
        else:
            holder.save(update_fields=names)
    tags = [*winner.tags, *(tag for tag in loser.tags if tag not in winner.tags)]
    if tags != winner.tags:
        changed["tags"], winner.tags = [list(winner.tags), tags], tags
        fields.append("tags")
    _profiles(winner, loser, changed)
    winner.changed_at = now
    if "name" in fields:
        winner.name_key, winner.short_key = match_key(winner.name), loose_key(winner.name)
        fields += ["name_key", "short_key"]
    winner.save(update_fields=[*fields, "changed_at"])
    return changed


def _text(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value if isinstance(value, (int, bool, type(None))) else str(value)


def holder_of(winner: Organization, name: str) -> Any:
    for attribute in PROFILES:
        profile = getattr(winner, attribute, None)
        if profile is not None and any(field.name == name for field in profile._meta.fields):
            return profile
    return None


def _profiles(winner: Organization, loser: Organization, changed: dict[str, list[Any]]) -> None:
    """The details of a kind that the winner lacks altogether move over."""
    for attribute in PROFILES:
        theirs = getattr(loser, attribute, None)
        if theirs is not None and getattr(winner, attribute, None) is None:
            theirs.organization = winner
            theirs.save(update_fields=["organization"])
            changed[f"profile.{attribute}"] = [None, theirs.pk]


def _alias(winner: Organization, name: str, merge: Merge) -> None:
    key = match_key(name)
    if not key or key == match_key(winner.name):
        return
    alias, created = Alias.objects.get_or_create(
        organization=winner, name_key=key, defaults={"jurisdiction_id": winner.jurisdiction_id, "name": name}
    )
    if created:
        merge.moved.setdefault("new_aliases", []).append(alias.pk)
