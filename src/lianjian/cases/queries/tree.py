"""The category tree of a place: its own rows, those of the places above, and what is shipped, read by codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.utils.translation import get_language

from lianjian.foundation import prepared, references
from lianjian.foundation.errors import _, translate
from lianjian.foundation.remembered import remembered
from lianjian.rulebook.queries import line_of

from ..models import Category

# Code: (name, code of the parent). Written into a place's tree when first used.
DEFAULTS: Final[dict[str, tuple[str, str]]] = {
    "labour": (_("用工"), ""),
    "finance": (_("融资"), ""),
    "approval": (_("审批"), ""),
    "approval.environment": (_("环评"), "approval"),
    "approval.land": (_("规划用地"), "approval"),
    "approval.fire": (_("消防人防验收"), "approval"),
    "environment": (_("环保安全"), ""),
    "utilities": (_("水电路"), ""),
    "market": (_("市场"), ""),
    "policy": (_("政策"), ""),
    "law": (_("法律"), ""),
    "schooling": (_("子女入学"), ""),
    "site": (_("场地平整"), ""),
    "site.lines": (_("电杆和管线迁移"), "site"),
    "other": (_("其他"), ""),
}


def shown_name(code: str, name: str) -> str:
    """A shipped name in the reader's language; a name that the place gave stays as it is."""
    return translate(name) if code in DEFAULTS and DEFAULTS[code][0] == name else name


@dataclass(frozen=True, slots=True)
class Node:
    """One category as a place has it. `row` is empty while it is only shipped; `parent` is a code."""

    code: str
    name: str
    parent: str
    position: int
    active: bool = True
    departmental: bool = False
    kinds: tuple[str, ...] = ()
    amount: int | None = None
    row: Category | None = field(default=None, compare=False)


def _order(node: Node) -> tuple[bool, int, int, str]:
    return node.code == "other", node.position, node.row.pk if node.row else 0, node.code


class Tree:
    """Categories by code. Never deeper than it is wide: a circle, should there be one, ends where it began."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        self.nodes = nodes
        self.names: dict[tuple[str, str], list[tuple[str, str]]] = {}  # by kind and language, once asked for

    def line(self, code: str) -> list[Node]:
        """The category and those above it, nearest first; empty for an unknown code."""
        found: list[Node] = []
        node = self.nodes.get(code)
        while node is not None and node not in found:
            found.append(node)
            node = self.nodes.get(node.parent)
        return found

    def path(self, code: str) -> str:
        """All names from the top: 审批 / 规划用地."""
        return " / ".join(shown_name(node.code, node.name) for node in reversed(self.line(code)))

    def departmental(self, code: str) -> bool:
        """A department must do it, here or above (R7.01)."""
        return any(node.departmental for node in self.line(code))

    def fits(self, code: str, kind: str) -> bool:
        """Whether cases of the kind may have it: the nearest category that names kinds decides."""
        return next((kind in node.kinds for node in self.line(code) if node.kinds), True)

    def offered(self, code: str) -> bool:
        """Neither the category nor one above it was retired."""
        line = self.line(code)
        return bool(line) and all(node.active for node in line)

    @cached_property
    def children(self) -> dict[str, list[Node]]:
        """Nodes by the code of their parent ("" for the top), in order; 其他 (other) comes last."""
        found: dict[str, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=_order):
            found.setdefault(node.parent if node.parent in self.nodes else "", []).append(node)
        return found

    def walk(self, code: str = "", depth: int = 0) -> Iterator[tuple[int, Node]]:
        """(depth, node) from the top, each before those below it."""
        for node in self.children.get(code, ()):
            if depth <= len(self.nodes):
                yield depth, node
                yield from self.walk(node.code, depth + 1)

    def below(self, code: str) -> set[str]:
        """The code and those of all categories below it."""
        return {code, *(node.code for _depth, node in self.walk(code))}


def tree_of(jurisdiction_id: int) -> Tree:
    """The tree of a place; one query in a request, none where it is kept."""
    key = ("cases.tree", jurisdiction_id)
    return remembered(key, lambda: references.kept(key, lambda: _tree_of(jurisdiction_id)))


def _tree_of(jurisdiction_id: int) -> Tree:
    line = line_of(jurisdiction_id)
    rows = prepared.objects(
        ("cases.tree", *line),
        lambda: Category.objects.filter(jurisdiction_id__in=line).order_by("position", "id"),
    )
    codes = {row.pk: row.code for row in rows}
    nodes: dict[str, Node] = {}
    for row in sorted(rows, key=lambda one: line.index(one.jurisdiction_id)):
        if row.code not in nodes:
            nodes[row.code] = Node(
                row.code,
                row.name,
                codes.get(row.parent_id or 0, ""),
                row.position,
                row.active,
                row.departmental,
                tuple(row.kinds),
                row.amount,
                row,
            )
    for position, (code, (name, parent)) in enumerate(DEFAULTS.items()):
        nodes.setdefault(code, Node(code, name, parent, position))
    return Tree(nodes)


def category_names(jurisdiction_id: int, kind: str = "") -> list[tuple[str, str]]:
    """(code, path) for a form: the place's tree in order, what is offered and fits the kind."""
    tree = tree_of(jurisdiction_id)
    key = (kind, get_language() or "")
    if key not in tree.names:
        tree.names[key] = [
            (node.code, tree.path(node.code))
            for _depth, node in tree.walk()
            if tree.offered(node.code) and (not kind or tree.fits(node.code, kind))
        ]
    return tree.names[key]
