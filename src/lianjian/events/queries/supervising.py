"""What is shown of supervised items: the list, one item, those of a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.dbday import Today
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import due_words, show_date

from ..models import Visit, VisitItem
from ..rules import supervising as rules
from .visits import may_change, visit_url

TONES = {rules.DOING: "due", rules.DONE: "done", rules.DROPPED: "paused"}


def item_url(key: object) -> str:
    """The address of an item."""
    return reverse("events:item", kwargs={"key": key})


def badge_of(state: str, due_on: Any, now: datetime) -> Badge:
    """How an item stands: how far off while it is open."""
    return due_words(due_on, now) if state == rules.DOING else Badge(gettext(rules.ITEM_STATES[state]), TONES[state])


LATE = Q(state=rules.DOING, due_on__lt=Today())


def _items(actor: Actor) -> QuerySet[Any]:
    return VisitItem.objects.visible_to(actor).annotate(late=ExpressionWrapper(LATE, BooleanField()))


def _late(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(LATE) if value == "yes" else rows


def _at(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(organization__key=UUID(value))
    except ValueError:
        return rows.none()


def _find(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(text__icontains=text) | rows.filter(organization__name__icontains=text)


def _row(values: Sequence[Any]) -> Row:
    key, text, name, org_key, due_on, state, settled_on, words, visited_on, late = values[:10]
    mark = Badge(gettext("已超期"), "late") if late else Badge(gettext(rules.ITEM_STATES[state]), TONES[state])
    whose = Link(name, organization_url(org_key))
    return Row(item_url(key), (text, whose, due_on, mark, settled_on, words, visited_on))


ITEMS = register(
    ListSpec(
        name="events.items",
        title=_("督办事项"),
        base=_items,
        columns=(
            Column("text", _("督办事项")),
            Column("organization", _("办理单位"), "link"),
            Column("due_on", _("办理期限"), "date", "due_on"),
            Column("state", _("状态"), "state"),
            Column("settled_on", _("办结日期"), "date", "settled_on", True),
            Column("words", _("办理结果"), "text", None, True),
            Column("visited_on", _("走访日期"), "date", "visit__visited_on", True),
        ),
        values=(
            "key", "text", "organization__name", "organization__key", "due_on", "state", "settled_on", "words",
            "visit__visited_on", "late",
        ),
        row=_row,
        right="meetings.see",
        default_sort="-due_on",
        state_field="state",
        states=[(code, _(word)) for code, word in rules.ITEM_STATES.items()],
        search=_find,
        filters=(
            Filter("late", _("超期"), _late, "select", lambda actor: [("yes", gettext("已超期未办结"))]),
            Filter("organization", _("办理单位"), _at, "hidden"),
        ),
        empty=(_("没有督办事项"), _("走访时发现要办的事,在走访记录里交给一个单位、定一个期限。")),
    )  # fmt: skip
)


@dataclass(frozen=True)
class ItemLine:
    """One item of a visit, as the visit's page shows it."""

    text: str
    url: str
    badge: Badge
    words: str


def item_lines(visit: Visit, now: datetime) -> list[ItemLine]:
    """The items of a visit in the order of their days; one query."""
    rows = visit.items.select_related("organization").order_by("due_on", "pk")
    lines = []
    for one in rows:
        said = gettext("%(name)s · %(day)s 前办结") % {"name": one.organization.name, "day": show_date(one.due_on)}
        if one.words:
            said = f"{said} · {one.words}"
        lines.append(ItemLine(one.text, item_url(one.key), badge_of(one.state, one.due_on, now), said))
    return lines


@dataclass(frozen=True)
class ItemPage:
    """One item as its page shows it, with what the actor may do."""

    item: VisitItem
    badge: Badge
    facts: list[tuple[str, Any]]
    visit_url: str
    may_settle: bool
    may_supervise: bool


def item_page(actor: Actor, item: VisitItem, now: datetime) -> ItemPage:
    """Everything the page of an item needs. The visit is linked for who may see it."""
    seen = Visit.objects.visible_to(actor).filter(pk=item.visit_id).exists()  # type: ignore[attr-defined]
    supervises = seen and may_change(actor, item.visit)
    open_now = item.state == rules.DOING
    settled = show_date(item.settled_on) if item.settled_on else ""
    facts = [
        (gettext("办理单位"), item.organization.name),
        (gettext("办理期限"), show_date(item.due_on)),
        (gettext("走访日期"), show_date(item.visit.visited_on)),
        (gettext("走访人"), item.visit.visitors if seen else ""),
        (gettext("提出人"), f"{item.recorded_by_name} · {show_date(local_day(item.recorded_at))}"),
        (gettext("办结日期"), settled),
        (gettext("记录人"), item.settled_by_name),
    ]
    return ItemPage(
        item=item,
        badge=badge_of(item.state, item.due_on, now),
        facts=[(label, value) for label, value in facts if value],
        visit_url=visit_url(item.visit.key) if seen else "",
        may_settle=open_now and (supervises or actor.may("meetings.answer", item.organization)),
        may_supervise=supervises,
    )
