"""Posts stay when people go: set up, held from day to day, corrected, ended."""

from __future__ import annotations

import pytest

from lianjian.directory import actions
from lianjian.directory.actions.posts import PostEnded, StillHeld
from lianjian.directory.models import Membership, Organization, Post
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, TODAY, Cast


def _page(cast: Cast, who: str = "clerk", language: str = "zh-hans") -> str:
    client = cast.client(who)
    client.cookies["language"] = language
    address = f"/directory/organizations/{cast.office.key}/posts"
    return client.get(address).content.decode()


def test_a_post_and_its_holders_on_the_page(cast: Cast) -> None:
    clerk = cast.client("clerk")
    about = f"/directory/organizations/{cast.office.key}"
    assert "还没有设置职务" in _page(cast) and f"{about}/posts" in clerk.get(about).content.decode()
    assert clerk.post(f"{about}/posts/new", {"title": "主任", "role": "head"}).status_code == 303
    twice = clerk.post(f"{about}/posts/new", {"title": "主任", "role": "head"})
    assert twice.status_code in (409, 422)
    assert "这个组织已有同名的职务。" in twice.content.decode()
    post = Post.objects.get()
    first = {"person": str(cast.people["handler"].key), "since": "2025-01-01", "until": "2026-01-01"}
    second = {"person": cast.people["other_handler"].name, "since": "2026-01-01"}
    for sent in (first, second):
        assert clerk.post(f"/directory/posts/{post.key}/appoint", sent).status_code == 303
    shown = _page(cast)
    assert "主任" in shown and "程立" in shown and "以往任职 1 项" in shown and "严明" in shown
    assert "Posts and holders" in _page(cast, language="en")
    held = Membership.objects.filter(post=post)
    assert sorted(held.values_list("role", flat=True)) == ["head", "head"]
    changed = {"title": "办公室主任", "role": "head"}
    assert clerk.post(f"/directory/posts/{post.key}/change", changed).status_code == 303
    assert "办公室主任" in clerk.get(about).content.decode()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"directory.add_post", "directory.change_post", "directory.add_membership"} <= verbs


def test_a_term_is_corrected_and_a_post_ends_after_its_holder(cast: Cast) -> None:
    actor, clerk = cast.actor("clerk"), cast.client("clerk")
    post = actions.add_post(actor=actor, organization=cast.office, title="主任", role="head", now=NOW)
    held = actions.appoint(actor=actor, post=post, person=cast.people["handler"], since=SINCE, now=NOW)
    with pytest.raises(StillHeld):
        actions.end_post(actor=actor, post=post, until=TODAY, now=NOW)
    early = {"since": "2025-03-01", "until": "2025-02-01"}
    address = f"/directory/memberships/{held.key}/term"
    assert clerk.post(address, early).status_code == 422
    assert clerk.post(address, {"since": "2025-03-01", "until": "2026-03-01"}).status_code == 303
    held.refresh_from_db()
    assert (str(held.since), str(held.until)) == ("2025-03-01", "2026-03-01")
    refused = clerk.post(f"/directory/posts/{post.key}/end", {"until": "2026-02-28"})
    assert "请先结束其任职" in refused.content.decode()
    assert clerk.post(f"/directory/posts/{post.key}/end", {"until": "2026-03-01"}).status_code == 303
    assert "2026-03-01 起不再设置" in _page(cast)
    post.refresh_from_db()
    with pytest.raises(PostEnded):
        actions.appoint(actor=actor, post=post, person=cast.people["clerk"], since=TODAY, now=NOW)
    with pytest.raises(PostEnded):
        actions.change_term(actor=actor, membership=held, since=SINCE, until=None, now=NOW)
    assert Entry.objects.filter(verb__in=["directory.change_term", "directory.end_post"]).count() == 2


def test_who_may_set_up_posts(cast: Cast) -> None:
    actor = cast.actor("clerk")
    post = actions.add_post(actor=actor, organization=cast.office, title="主任", role="head", now=NOW)
    actions.appoint(actor=actor, post=post, person=cast.people["handler"], since=SINCE, now=NOW)
    for who in ("handler", "leader", "other_clerk"):
        client = cast.client(who)
        assert client.post(f"/directory/posts/{post.key}/end", {"until": "2026-03-01"}).status_code == 403
        assert client.get(f"/directory/organizations/{cast.office.key}/posts/new").status_code == 403
    other = _page(cast, "other_clerk")
    assert "主任" in other and "严明" not in other, "the register is read across towns, people are not"


def test_the_page_costs_the_same_with_more_posts(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    actor, costs = cast.actor("clerk"), []
    for rows in (2, 10):
        for number in range(rows):
            post = actions.add_post(
                actor=actor,
                organization=Organization.objects.get(pk=cast.office.pk),
                title=f"职务{rows}-{number}",
                role="head",
                now=NOW,
            )
            if rows == 2 and number == 0:
                actions.appoint(actor=actor, post=post, person=cast.people["handler"], since=SINCE, now=NOW)
        client = cast.client("clerk")
        client.get(f"/directory/organizations/{cast.office.key}/posts")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/directory/organizations/{cast.office.key}/posts")
        costs.append(len(found))
    assert costs[0] == costs[1]
