"""The tree of who administers whom: today's from the path, a past day's from the dated links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from lianjian.foundation.actor import path_range

from ..models import Link, Organization
from ..models.organizations import PATH_STEP
from ..rules import formula
from .lists import organization_url

WHOLE_UP_TO = 400  # nodes shown at once; larger trees fetch a branch when it is opened


@dataclass
class Node:
    """One organization in a tree, ready for the macro `ui.tree`."""

    pk: int
    key: str
    label: str
    kind: str
    url: str = ""
    note: str = ""
    src: str = ""
    children: list[Node] = field(default_factory=list)


def _kind(classification: str, level: str | None) -> str:
    return (level or "branch") if classification == "party" else classification


def nodes_on(root: Organization, day: date, *, today: date) -> list[tuple[int, int | None, str, str, str]]:
    """(id, id above or None for the root, key, name, kind) of the tree below `root` as it stood on `day`, top down."""
    return _today(root) if day >= today else _past(root, day)


def _today(root: Organization) -> list[tuple[int, int | None, str, str, str]]:
    low, high = path_range(root.path)
    rows = (
        Organization.objects.filter(
            Q(merged_into__isnull=True, dissolved_on__isnull=True), path__gte=low, path__lt=high
        )
        .order_by("depth", "name", "id")
        .values_list("id", "parent_id", "key", "name", "classification", "party__level")
    )
    return [
        (pk, parent if pk != root.pk else None, str(key), name, _kind(classification, level))
        for pk, parent, key, name, classification, level in rows
    ]


# A recursive walk over the links of one day; depth stops a circle that history may hold.
_WALK = """
WITH RECURSIVE tree(id, above, depth) AS (
    SELECT %(root)s::bigint, NULL::bigint, 0
    UNION ALL
    SELECT l.target_id, l.source_id, t.depth + 1
      FROM tree t JOIN directory_link l ON l.source_id = t.id
     WHERE l.kind = 'administration' AND l.since <= %(day)s AND (l.until IS NULL OR l.until > %(day)s) AND t.depth < 20
)
SELECT t.id, t.above, o.key, o.name, o.classification, p.level
  FROM tree t JOIN directory_organization o ON o.id = t.id
  LEFT JOIN directory_partyprofile p ON p.organization_id = o.id
 WHERE o.dissolved_on IS NULL OR o.dissolved_on > %(day)s
 ORDER BY t.depth, o.name, o.id
"""


def _past(root: Organization, day: date) -> list[tuple[int, int | None, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_WALK, {"root": root.pk, "day": day})
        return [
            (pk, above, str(key), name, _kind(classification, level))
            for pk, above, key, name, classification, level in cursor.fetchall()
        ]


@dataclass(frozen=True)
class Tree:
    """A tree page: the nodes, the formula, how many there are, and the horizontal links of the day."""

    nodes: Sequence[Node]
    formula: str
    parts: Sequence[tuple[str, int]]
    count: int
    horizontal: Sequence[tuple[str, str, str, str, date]]


def tree(root: Organization, day: date, *, today: date, lazy: str, words: dict[str, Any]) -> Tree:
    """The tree below `root` on `day`. `lazy` is the address of a branch with `KEY` in place of its key."""
    rows = nodes_on(root, day, today=today)
    text, parts = formula(kind for _pk, _above, _key, _name, kind in rows)
    nodes = [_node(row, words) for row in rows]
    by_id = {node.pk: node for node in nodes}
    for node, row in zip(nodes, rows, strict=True):
        if row[1] in by_id:
            by_id[row[1]].children.append(node)
    top = by_id.get(root.pk)
    if len(rows) > WHOLE_UP_TO and top is not None:
        for child in top.children:
            if child.children:
                child.note = (
                    f"{child.note} · {len(child.children)}" if child.note else str(len(child.children))
                )
                child.src, child.children = lazy.replace("KEY", child.key), []
    return Tree([top] if top else [], text, parts, len(rows), horizontal_links([pk for pk, *_ in rows], day))


def _node(row: tuple[int, int | None, str, str, str], words: dict[str, Any]) -> Node:
    pk, _above, key, name, kind = row
    return Node(
        pk=pk, key=key, label=name, kind=kind, url=organization_url(key), note=str(words.get(kind, ""))
    )


def branch(
    organization: Organization, day: date, *, today: date, lazy: str, words: dict[str, Any]
) -> list[Node]:
    """The children of one organization on `day`, each with an address of its own children if it has any."""
    if day >= today:
        current = Organization.objects.current().filter(parent_id=organization.pk)  # type: ignore[attr-defined]
        fields = ("id", "parent_id", "key", "name", "classification", "party__level")
        rows = [
            (pk, above, str(key), name, _kind(classification, level))
            for pk, above, key, name, classification, level in current.order_by("name", "id").values_list(
                *fields
            )
        ]
        below = set(
            Organization.objects.current()  # type: ignore[attr-defined]
            .filter(parent_id__in=[row[0] for row in rows])
            .values_list("parent_id", flat=True)
        )
    else:
        all_rows = _past(organization, day)
        rows = [row for row in all_rows if row[1] == organization.pk]
        below = {above for _pk, above, *_ in all_rows if above is not None}
    nodes = [_node(row, words) for row in rows]
    for node in nodes:
        if node.pk in below:
            node.src = lazy.replace("KEY", node.key)
    return nodes


def horizontal_links(
    ids: Iterable[int], day: date, *, most: int = 200
) -> list[tuple[str, str, str, str, date]]:
    """(name, url, name, url, since) of the links beside the tree among these organizations on `day`."""
    wanted = list(ids)
    rows = (
        Link.objects.on(day)  # type: ignore[attr-defined]
        .filter(Q(source_id__in=wanted) | Q(target_id__in=wanted), kind=Link.HORIZONTAL)
        .order_by("-since", "id")
        .values_list("source__name", "source__key", "target__name", "target__key", "since")[:most]
    )
    return [(a, organization_url(ak), b, organization_url(bk), since) for a, ak, b, bk, since in rows]


def paths_differ() -> list[int]:
    """Ids of current organizations whose path or parent is not what the administration links of today say: none."""
    rows = Organization.objects.current().values_list("id", "path", "parent_id", "is_root")  # type: ignore[attr-defined]
    above: dict[int, list[int]] = defaultdict(list)
    open_links = Link.objects.filter(kind=Link.ADMINISTRATION, until__isnull=True)
    for source, target in open_links.values_list("source_id", "target_id"):
        above[target].append(source)
    paths = dict(Organization.objects.values_list("id", "path"))
    wrong = []
    for pk, path, parent, _is_root in rows:
        linked = above[pk]
        stem = paths[linked[0]] if linked else ""
        if len(linked) > 1 or parent != (linked[0] if linked else None) or path[:-PATH_STEP] != stem:
            wrong.append(pk)
    return wrong
