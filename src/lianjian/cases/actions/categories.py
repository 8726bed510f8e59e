"""Categories of a place, and where matters go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.remembered import forget
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Case, Category, Route
from ..queries.tree import DEFAULTS, Tree, tree_of


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
_KEEP: Final = object()


def category_for(actor: Actor, code: str, jurisdiction_id: int, tree: Tree | None = None) -> Category:
    """The place's category of this code, that of the place above, or the shipped one, which is then written down."""
    tree = tree or tree_of(jurisdiction_id)
    node = tree.nodes.get(code)
    if node is None:
        raise UnknownCategory(code=code[:_LONGEST])
    if node.row is not None:
        return node.row
    parent = category_for(actor, node.parent, jurisdiction_id, tree) if node.parent else None
    category, _made = Category.objects.get_or_create(
        jurisdiction_id=jurisdiction_id,
        code=code,
        defaults={"name": node.name, "parent": parent, "position": list(DEFAULTS).index(code)},
    )
    return category


def fitting_category(actor: Actor, category: Category | str, kind: rules.Kind, jurisdiction_id: int) -> Category:
    """The category for a case of a kind. Raises `UnknownCategory`, `CategoryUnfit`."""
    tree = tree_of(jurisdiction_id)
    row = category if isinstance(category, Category) else category_for(actor, category, jurisdiction_id, tree)
    if not tree.fits(row.code, kind.code):
        raise rules.CategoryUnfit(category=row.name, kind=str(kind.name))
    return row


def check_unit(case: Case, unit: Organization, field: str = "handler", *, itself: bool = True) -> None:
    """Whether the unit may have a part in the case; `itself`: it gets the matter, not only a part.

    Raises `ForeignHandler`, `AccusedHandles` (R7.28), `DepartmentalMatter` (R7.01).
    """
    if unit.jurisdiction_id != case.jurisdiction_id:
        raise rules.ForeignHandler(name=unit.name)
    if case.accused is not None and unit.path.startswith(case.accused.path):
        raise rules.AccusedHandles(unit=unit.name, field=field)
    if itself and unit.classification in rules.GRASSROOTS:
        code = case.category.code
        if tree_of(case.jurisdiction_id).departmental(code):
            raise rules.DepartmentalMatter(category=case.category.name, unit=unit.name, field=field)


@verb(constraints={"one_category_per_code": CategoryExists})
def add_category(
    *,
    actor: Actor,
    name: str,
    now: datetime,
    code: str = "",
    parent: Category | str | None = None,
    amount: int | None = None,
    unit: str = "",
    kinds: Sequence[str] = (),
    departmental: bool = False,
    jurisdiction_id: int | None = None,
) -> Category:
    """Add a category, at the top or below `parent` (a row or a code); without a code its name is its code.

    Raises `CategoryExists`, `CategoryDeep`, `UnknownCategory`, `Denied`.
    """
    owner = jurisdiction_id or actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    tree = tree_of(owner)
    above = _above(actor, parent, owner, tree)
    if above is not None and len(tree.line(above.code)) >= rules.DEEPEST:
        raise rules.CategoryDeep(most=rules.DEEPEST)
    given = (code or name).strip()[:_LONGEST]
    if given in DEFAULTS:
        raise CategoryExists
    category = Category.objects.create(
        jurisdiction_id=owner,
        code=given,
        name=name.strip()[:_LONGEST],
        parent=above,
        position=100,
        amount=amount,
        unit=unit,
        kinds=list(kinds),
        departmental=departmental,
    )
    forget("cases.tree")
    record(
        actor=actor,
        verb="cases.add_category",
        subject=category,
        now=now,
        changes={"name": ("", category.name)},
    )
    return category


def _above(actor: Actor, parent: Category | str | None, owner: int, tree: Tree) -> Category | None:
    if not parent:
        return None
    return parent if isinstance(parent, Category) else category_for(actor, parent, owner, tree)


def _own(actor: Actor, code: str, owner: int) -> Category:
    """The place's own category of this code: one of the place above is copied, so that only the place changes."""
    found = category_for(actor, code, owner)
    if found.jurisdiction_id == owner:
        return Category.objects.get(pk=found.pk)  # what the tree holds is shared
    copied = (
        "name",
        "parent_id",
        "position",
        "active",
        "deadline_code",
        "amount",
        "unit",
        "kinds",
        "departmental",
    )
    values = {field: getattr(found, field) for field in copied}
    return Category.objects.create(jurisdiction_id=owner, code=found.code, **values)


@verb(constraints={"one_category_per_code": CategoryExists})
def change_category(
    *,
    actor: Actor,
    code: str,
    name: str,
    amount: int | None,
    now: datetime,
    parent: Category | str | None | Any = _KEEP,
    kinds: Sequence[str] | None = None,
    departmental: bool | None = None,
) -> Category:
    """Call a category otherwise in the actor's place, give it other working days, or move it; its code stays.

    Cases keep their category and show its new name. What is not given stays. Raises `UnknownCategory`,
    `CategoryCircle`, `CategoryDeep`, `Denied`.
    """
    owner = actor.jurisdiction_id
    require(actor, "cases.dispatch", Whole(owner))
    category = _own(actor, code, owner)
    fields = ("name", "amount", "parent", "kinds", "departmental")
    before = {field: getattr(category, field) for field in fields}
    category.name, category.amount = name.strip()[:_LONGEST], amount
    # A number with another unit is the place's own way of counting and stays; a new number counts working days.
    if amount != before["amount"]:
        category.unit = "wd" if amount else ""
    if parent is not _KEEP:
        category.parent = _moved(actor, category, parent, owner)
    if kinds is not None:
        category.kinds = list(kinds)
    if departmental is not None:
        category.departmental = departmental
    category.save(update_fields=[*fields, "unit"])
    forget("cases.tree")
    changes = diff(before, category)
    if changes:
        record(actor=actor, verb="cases.change_category", subject=category, now=now, changes=changes)
    return category


def _moved(actor: Actor, category: Category, parent: Category | str | None, owner: int) -> Category | None:
    """The new parent. Raises `CategoryCircle`, `CategoryDeep`."""
    tree = tree_of(owner)
    above = _above(actor, parent, owner, tree)
    if above is None:
        return None
    if above.code in tree.below(category.code):
        raise rules.CategoryCircle(name=above.name)
    height = max((depth for depth, _node in tree.walk(category.code)), default=-1) + 2
    if len(tree.line(above.code)) + height > rules.DEEPEST:
        raise rules.CategoryDeep(most=rules.DEEPEST)
    return above


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
    forget("cases.tree")
    record(
        actor=actor,
        verb="cases.retire_category",
        subject=category,
        now=now,
        changes={"active": (not again, again)},
    )


@verb
def set_route(
    *,
    actor: Actor,
    category: Category | str | None,
    organization: Organization,
    now: datetime,
    ground: str = "",
    village: Organization | None = None,
) -> Route:
    """Matters of a category, of a village, or of both are suggested to this unit from now on.

    Raises `ForeignUnit`, `NothingRouted`, `UnknownCategory`, `DepartmentalMatter`, `Denied`.
    """
    owner = organization.jurisdiction_id
    if not actor.may("cases.rule", Whole(owner)):
        require(actor, "cases.dispatch", Whole(owner))
    for body in (organization, village):
        if body is not None and (body.jurisdiction_id not in actor.writable or body.jurisdiction_id != owner):
            raise ForeignUnit(name=body.name)
    if not category and village is None:
        raise rules.NothingRouted
    tree = tree_of(owner)
    chosen = _above(actor, category, owner, tree)
    if chosen is not None and organization.classification in rules.GRASSROOTS and tree.departmental(chosen.code):
        raise rules.DepartmentalMatter(category=chosen.name, unit=organization.name, field="organization")
    same = Route.objects.filter(jurisdiction_id=owner, category=chosen, village=village)
    old = same.select_related("organization").first()
    route, _made = Route.objects.update_or_create(
        jurisdiction_id=owner,
        category=chosen,
        village=village,
        defaults={"organization": organization, "ground": ground.strip()[:200]},
    )
    what = " · ".join(one.name for one in (village, chosen) if one is not None)
    record(
        actor=actor,
        verb="cases.set_route",
        subject=route,
        now=now,
        changes={what: (old.organization.name if old else "", organization.name)},
    )
    return route


@verb
def drop_route(*, actor: Actor, route: Route, now: datetime) -> None:
    """The rule is no longer. Cases that went by it stay where they are."""
    require(actor, "cases.dispatch", Whole(route.jurisdiction_id))
    what = " · ".join(one.name for one in (route.village, route.category) if one is not None)
    record(
        actor=actor,
        verb="cases.drop_route",
        subject=route,
        now=now,
        changes={what: (route.organization.name, "")},
    )
    route.delete()
