"""The page of an edition, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from lianjian.alliances.queries import term_name
from lianjian.foundation.actor import Actor

from .. import rules
from ..models import Edition, EditionLine, Item
from .listing import item_url


class Line(NamedTuple):
    """A line of an edition; `url` where the reader may still open its item."""

    category: str
    title: str
    text: str
    body: str
    quantity: str
    place: str
    expires_on: date | None
    url: str

    @property
    def note(self) -> str:
        """What stands below the title."""
        return " · ".join(filter(None, (self.category, self.body, self.quantity, self.place)))


@dataclass(frozen=True)
class EditionPage:
    """An edition with its lines by kind."""

    edition: Edition
    whose: str
    parts: list[tuple[str, list[Line]]]
    number: int


def edition_page(actor: Actor, edition: Edition) -> EditionPage:
    """One query for the lines, one for the items that the actor may still open."""
    lines = list(edition.lines.order_by("position"))
    items = Item.objects.visible_to(actor).filter(pk__in=[line.item_id for line in lines])
    seen = {pk: item_url(key) for pk, key in items.values_list("pk", "key")}
    parts = [
        (_(name), [_line(line, seen.get(line.item_id, "")) for line in lines if line.kind == code])
        for code, name in rules.KINDS.items()
    ]
    alliance = edition.alliance
    whose = alliance.organization.name if alliance is not None else edition.jurisdiction.name
    return EditionPage(edition, whose, [(name, found) for name, found in parts if found], len(lines))


def _line(line: EditionLine, url: str) -> Line:
    return Line(
        term_name(line.category),
        line.title,
        line.text,
        line.organization_name,
        line.quantity,
        line.place,
        line.expires_on,
        url,
    )


def edition_lines(shown: EditionPage) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The edition as a table: its labels and its lines."""
    labels = [_("清单"), _("类别"), _("名称"), _("发布单位"), _("数量"), _("地点"), _("截止"), _("说明")]
    lines = [
        (kind, one.category, one.title, one.body, one.quantity, one.place, one.expires_on, one.text)
        for kind, found in shown.parts
        for one in found
    ]
    return labels, lines
