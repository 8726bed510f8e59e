"""Categories and routes of a place."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Category, Route
from ..queries.categories import DEFAULTS, known_category


class UnknownCategory(Refused):
    """Not a code of the place's tree."""

    sentence = _("没有“%(code)s”这个类别。")
    field = "category"


class CategoryExists(Refused):
    """The code is taken."""

    sentence = _("已有同样代码的类别。")
    field = "code"
    status = 409


class ForeignUnit(Refused):
    """A route leads to a unit of the own place."""

    sentence = _("“%(name)s”不是本地的单位,不能设为承办单位。")
    field = "organization"


_LONGEST: Final = 40


def category_for(actor: Actor, code: str, jurisdiction_id: int) -> Category:
    """The place's category of this code, that of the place above, or the shipped one, which is then written down."""
    found = known_category(code, jurisdiction_id)
    if found is not None:
        return found
    if code not in DEFAULTS:
        raise UnknownCategory(code=code[:_LONGEST])
    name, parent_code = DEFAULTS[code]
    parent = category_for(actor, parent_code, jurisdiction_id) if parent_code else None
    category, made = Category.objects.get_or_create(
        jurisdiction_id=jurisdiction_id,
        code=code,
        defaults={"name": name, "parent": parent, "position": list(DEFAULTS).index(code)},
    )
    return category


@verb(constraints={"one_category_per_code": CategoryExists})
def add_category(
    *,
    actor: Actor,
    name: str,
    now: datetime,
    code: str = "",
    parent: Category | None = None,
    amount: int | None = None,
    unit: str = "",
    jurisdiction_id: int | None = None,
) -> Category:
    """Add a category; without a code its name is its code. Raises `CategoryExists`, `Denied`."""
    owner = jurisdiction_id or actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    category = Category.objects.create(
        jurisdiction_id=owner,
        code=(code or name).strip()[:_LONGEST],
        name=name.strip()[:_LONGEST],
        parent=parent,
        position=100,
        amount=amount,
        unit=unit,
    )
    record(
        actor=actor,
        verb="cases.add_category",
        subject=category,
        now=now,
        changes={"name": ("", category.name)},
    )
    return category


def _own(actor: Actor, code: str, owner: int) -> Category:
    """The place's own category of this code: one of the place above is copied, so that only the place changes."""
    found = category_for(actor, code, owner)
    if found.jurisdiction_id == owner:
        return found
    copied = ("name", "parent_id", "position", "active", "deadline_code", "amount", "unit")
    values = {field: getattr(found, field) for field in copied}
    return Category.objects.create(jurisdiction_id=owner, code=found.code, **values)


@verb(constraints={"one_category_per_code": CategoryExists})
def change_category(*, actor: Actor, code: str, name: str, amount: int | None, now: datetime) -> Category:
    """Call a category otherwise in the actor's place, or give it other working days; its code stays.

    Cases keep their category and show its new name. Raises `UnknownCategory`, `Denied`.
    """
    owner = actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    category = _own(actor, code, owner)
    before = {"name": category.name, "amount": category.amount}
    category.name, category.amount = name.strip()[:_LONGEST], amount
    # A number with another unit is the place's own way of counting and stays; a new number counts working days.
    if amount != before["amount"]:
        category.unit = "wd" if amount else ""
    category.save(update_fields=["name", "amount", "unit"])
    changes = diff(before, category)
    if changes:
        record(actor=actor, verb="cases.change_category", subject=category, now=now, changes=changes)
    return category


@verb(constraints={"one_category_per_code": CategoryExists})
def retire_category(*, actor: Actor, code: str, now: datetime, again: bool = False) -> None:
    """Offer a category no longer for new cases of the actor's place, or offer it `again`; cases that have it keep it.

    Raises `UnknownCategory`, `Denied`.
    """
    owner = actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    category = _own(actor, code, owner)
    if category.active is again:
        return
    category.active = again
    category.save(update_fields=["active"])
    record(
        actor=actor,
        verb="cases.retire_category",
        subject=category,
        now=now,
        changes={"active": (not again, again)},
    )


@verb
def set_route(
    *, actor: Actor, category: Category | str, organization: Organization, now: datetime, ground: str = ""
) -> Route:
    """Needs of a category are suggested to this unit from now on. Raises `ForeignUnit`, `UnknownCategory`, `Denied`."""
    owner = organization.jurisdiction_id
    if not actor.may("cases.rule", Whole(owner)):
        require(actor, "cases.dispatch", Whole(owner))
    if owner not in actor.writable:
        raise ForeignUnit(name=organization.name)
    chosen = category if isinstance(category, Category) else category_for(actor, category, owner)
    old = Route.objects.filter(jurisdiction_id=owner, category=chosen).select_related("organization").first()
    route, _made = Route.objects.update_or_create(
        jurisdiction_id=owner,
        category=chosen,
        defaults={"organization": organization, "ground": ground.strip()[:200]},
    )
    record(
        actor=actor,
        verb="cases.set_route",
        subject=route,
        now=now,
        changes={chosen.name: (old.organization.name if old else "", organization.name)},
    )
    return route
