"""The posts of an organization with who holds and held them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lianjian.foundation.actor import Actor

from ..models import Membership, Organization, Post
from .lists import person_url, role_word
from .records import MOST, Held


@dataclass
class PostRow:
    """A post; `until` is the first day without it."""

    key: str
    title: str
    role: str
    until: date | None
    holders: list[Held] = field(default_factory=list)
    past: list[Held] = field(default_factory=list)


def posts_of(actor: Actor, organization: Organization, *, day: date) -> Sequence[PostRow]:
    """Posts in use first, each with the holders that the actor may see. Two queries."""
    posts = list(Post.objects.filter(organization=organization).order_by("id"))
    rows = {
        post.pk: PostRow(str(post.key), post.title, role_word(post.role) if post.role else "", post.until)
        for post in posts
    }
    held = (
        Membership.objects.visible_to(actor)  # type: ignore[attr-defined]
        .filter(post__in=list(rows))
        .order_by("-since", "id")
        .values_list("post_id", "key", "since", "until", "person__name", "person__key")[: 4 * MOST]
    )
    for post, key, since, until, name, person in held:
        current = since <= day and (until is None or until > day)
        row = Held("", name, person_url(person), since, until, "", str(key), current)
        rows[post].past.append(row) if until is not None and until <= day else rows[post].holders.append(row)
    return sorted(rows.values(), key=lambda row: row.until is not None)
