"""Take a merge back while nothing was built upon it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.names import match_key
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Alias, Likeness, Link, Merge, Organization
from ..queries.merging import CHOSEN, reference_of
from ..rules import loose_key
from .merging import holder_of
from .moving import put_below
from .organizations import refresh_search
from .standing import below_until, hold_tree


class ChangedSince(Refused):
    """A merge can be taken back only while nothing was built upon it."""

    sentence = _("合并之后记录又有变动(%(what)s),不能撤销合并,请逐项更正。")
    status = 409


class AlreadyUndone(Refused):
    """Taken back once is enough."""

    sentence = _("这次合并已经撤销。")
    status = 409


@verb
def unmerge(*, actor: Actor, merge: Merge, now: datetime) -> None:
    """Take a merge back: both records stand as before. Only while neither record was changed since.

    Raises `AlreadyUndone`, `ChangedSince`, `Denied`.
    """
    winner, loser = merge.winner, merge.loser
    require(actor, "directory.merge", winner)
    require(actor, "directory.merge", loser)
    hold_tree(winner, loser)
    merge.refresh_from_db(fields=["undone_at"])
    if merge.undone_at is not None:
        raise AlreadyUndone
    if Merge.objects.filter(winner=winner, undone_at__isnull=True, pk__gt=merge.pk).exists():
        raise ChangedSince(what=_("又并入了别的记录"))
    for organization in (winner, loser):
        if organization.changed_at != merge.at:
            raise ChangedSince(what=organization.name)
    children = list(Organization.objects.filter(pk__in=merge.moved.get("children", ()), parent=winner))
    if len(children) != len(merge.moved.get("children", ())):
        raise ChangedSince(what=_("下级组织"))
    _units_stayed(merge)
    Alias.objects.filter(pk__in=merge.moved.get("new_aliases", ())).delete()
    _give_back_facts(merge, winner, loser, now)
    loser.merged_into = None
    loser.changed_at = now
    loser.save(update_fields=["merged_into", "changed_at"])
    _give_back_rows(merge, winner, loser)
    for child in children:
        put_below(child, loser)
    _back_in_tree(loser)
    for organization in (winner, loser):
        organization.refresh_from_db()
        refresh_search(organization)
        organization.save(update_fields=["search"])
    merge.undone_at = now
    merge.save(update_fields=["undone_at"])
    Likeness.objects.filter(Q(first=winner, second=loser) | Q(first=loser, second=winner)).update(
        state=Likeness.State.OPEN
    )
    record(
        actor=actor,
        verb="directory.unmerge",
        subject=winner,
        now=now,
        changes={"merged": (loser.name, "")},
        note=str(loser.key),
    )


def _units_stayed(merge: Merge) -> None:
    """Take away the places that the merge gave to the loser's units. Raises `ChangedSince` if one moved or ended."""
    given = merge.moved.get("new_links", ())
    links = Link.objects.filter(pk__in=given, source=merge.winner, until__isnull=True)
    if links.count() != len(given):
        raise ChangedSince(what=_("下级组织"))
    links.delete()


def _back_in_tree(loser: Organization) -> None:
    """Raise `ChangedSince` if the loser's place is gone: what stood above it ended, was merged, or came below it."""
    link = Link.objects.filter(kind=Link.ADMINISTRATION, target=loser, until__isnull=True).first()
    if link is None:
        return
    above = link.source
    gone = above.merged_into_id is not None or above.dissolved_on is not None
    if gone or loser.parent_id != above.pk or below_until(above, loser, link.since)[0]:
        raise ChangedSince(what=above.name)


def _give_back_rows(merge: Merge, winner: Organization, loser: Organization) -> None:
    for label, ids in merge.moved.items():
        if label in ("children", "new_aliases", "new_links"):
            continue
        reference = reference_of(label)
        manager = reference.model._base_manager
        back = manager.filter(pk__in=ids, **{reference.field: winner.pk}).update(
            **{reference.field: loser.pk}
        )
        if back != len(ids):
            raise ChangedSince(what=str(reference.model._meta.verbose_name))
    for kept in merge.replaced:
        model: Any = apps.get_model(kept["label"])
        values = {f.attname: f.to_python(kept["before"][f.attname]) for f in model._meta.concrete_fields}
        if not model._base_manager.filter(pk=values["id"]).update(
            **{k: v for k, v in values.items() if k != "id"}
        ):
            model(**values).save(force_insert=True)


def _give_back_facts(merge: Merge, winner: Organization, loser: Organization, now: datetime) -> None:
    """Set the winner's facts as they were before the merge."""
    fields: list[str] = []
    for name, (before, _after) in merge.fields.items():
        if name.startswith("profile."):
            profile: Any = getattr(winner, name.removeprefix("profile."))
            profile.organization = loser
            profile.save(update_fields=["organization"])
            continue
        holder: Any = winner if name in (*CHOSEN, "tags", "longitude") else holder_of(winner, name)
        field = holder._meta.get_field(name)
        value = None if before is None else field.to_python(before) if not field.is_relation else before
        setattr(holder, field.attname, value)
        if holder is winner:
            fields.append(name)
        else:
            holder.save(update_fields=[name])
    if "name" in fields:
        winner.name_key, winner.short_key = match_key(winner.name), loose_key(winner.name)
        fields += ["name_key", "short_key"]
    winner.changed_at = now
    winner.save(update_fields=[*fields, "changed_at"])
