"""The party line below a body: committees, general branches, branches, groups and members' households, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from lianjian.directory.models import Organization
from lianjian.directory.models.organizations import path_ids
from lianjian.foundation.actor import Actor, path_range
from lianjian.foundation.errors import translate

from ..models import BranchMembership
from ..rules import bodies as rules
from .bodies import bodies_on
from .branches import branch_url
from .members import halted

SHOWN: Final = 400  # nodes at once; below them a body opens onto a page of its own


@dataclass
class Node:
    """One body of the line, for the macro `ui.tree`."""

    pk: int
    label: str
    url: str
    rank: str
    own: int | None
    children: list[Node] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    note: str = ""


@dataclass(frozen=True)
class Line:
    """The tree, and each rank with its number and the address of its rows."""

    nodes: Sequence[Node]
    ranks: Sequence[tuple[str, int, str]]
    cut: bool


def _nest(rows: Sequence[tuple[Any, ...]], seats: dict[int, int], root: int) -> Node:
    """Each body under the nearest party body above it."""
    known: dict[int, Node] = {}
    top = Node(0, "", "", "", None)
    for pk, key, name, path, level, _depth in rows:
        node = Node(pk, name, branch_url(key), rules.RANK.get(level, "branch"), seats.get(pk))
        known[pk] = node
        above = next((known[up] for up in reversed(path_ids(path)[:-1]) if up in known), top)
        if pk != root or above is top:
            above.children.append(node)
    return top


def _add_up(node: Node) -> tuple[Counter[str], int | None]:
    """What lies below, and the members there; None where nobody was ever entered, which is not nought."""
    counts, members = Counter[str](), node.own
    for child in node.children:
        below, people = _add_up(child)
        counts += below
        counts[child.rank] += 1
        members = members if people is None else (members or 0) + people
    node.counts = counts
    words = [f"{translate(rules.RANKS[rank])} {counts[rank]}" for rank in rules.LINE if counts[rank]]
    told = gettext("未编入")
    if members is not None:
        told = ngettext("%(n)s名党员", "%(n)s名党员", members) % {"n": members}
    node.note = " · ".join([translate(rules.RANKS[node.rank]), *words, told]) if node.rank else ""
    return counts, members


def _trim(node: Node, room: list[int]) -> bool:
    """Keep what there is room for, the upper levels first; says whether something was left out."""
    level, cut = [node], False
    while level:
        following: list[Node] = []
        for one in level:
            if len(one.children) > room[0]:
                one.children, cut = [], True
                continue
            room[0] -= len(one.children)
            following += one.children
        level = following
    return cut


def line_page(actor: Actor, body: Organization, day: date) -> Line:
    """The line below a body today; three queries, however many bodies."""
    low, high = path_range(body.path)
    rows = list(
        bodies_on(actor, day)
        .filter(path__gte=low, path__lt=high)
        .order_by("depth", "name", "pk")
        .values_list("pk", "key", "name", "path", "form_level", "depth")
    )
    held: Any = BranchMembership.objects.filter(role=BranchMembership.HOME).on(day)  # type: ignore[attr-defined]
    inside = held.filter(branch__path__gte=low, branch__path__lt=high).exclude(halted(day)).order_by()
    seats = dict(inside.values("branch_id").annotate(n=Count("pk")).values_list("branch_id", "n"))
    grouped = inside.filter(~Q(group=None)).values("group_id").annotate(n=Count("pk")).values_list("group_id", "n")
    sitting = dict(grouped)
    top = _nest(rows, seats, body.pk)
    counts, _members = _add_up(top)
    counts -= Counter(node.rank for node in top.children if node.pk == body.pk)  # it lies not below itself
    _note_groups(top, sitting)
    cut = _trim(top, [SHOWN])
    address = reverse("partylife:branches")
    ranks = [
        (translate(rules.RANKS[rank]), counts[rank], f"{address}?below={body.key}&rank={rank}")
        for rank in rules.LINE
    ]
    return Line(top.children, ranks, cut)


def _note_groups(node: Node, sitting: dict[int, int]) -> None:
    """A group or household says how many members sit there; they are counted in their branch."""
    for child in node.children:
        if child.rank in ("group", "home"):
            n = sitting.get(child.pk, 0)
            words = ngettext("编入%(n)s人", "编入%(n)s人", n) % {"n": n}
            child.note = f"{translate(rules.RANKS[child.rank])} · {words}"
        _note_groups(child, sitting)
