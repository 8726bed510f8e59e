"""Posts of an organization, which exist whoever holds them, and who holds them from when until when."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require, require_in
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Membership, Organization, Person, Post
from .links import EndsTooEarly
from .organizations import living
from .people import AlreadyHolds, add_membership


class PostExists(Refused):
    """A title names one post of an organization."""

    sentence = _("这个组织已有同名的职务。")
    status = 409
    field = "title"


class StillHeld(Refused):
    """A post ends after its last holder."""

    sentence = _("还有人在这一天或以后担任此职务,请先结束其任职。")
    status = 409
    field = "until"


class PostEnded(Refused):
    """Nobody holds a post that is no more."""

    sentence = _("这个职务从%(day)s起不再设置。")
    status = 409
    field = "since"


@verb(constraints={"one_post_per_title": PostExists})
def add_post(*, actor: Actor, organization: Organization, title: str, role: str, now: datetime) -> Post:
    """Set up a post. `role` is what its holders are counted as. Raises `PostExists`, `AlreadyEnded`, `Denied`."""
    require(actor, "directory.write", organization)
    living(organization)
    post = Post.objects.create(
        jurisdiction_id=organization.jurisdiction_id, organization=organization, title=title.strip(), role=role
    )
    record(
        actor=actor,
        verb="directory.add_post",
        subject=organization,
        now=now,
        changes={"post": ("", post.title)},
    )
    return post


@verb(constraints={"one_post_per_title": PostExists})
def change_post(*, actor: Actor, post: Post, title: str, role: str, now: datetime) -> Post:
    """Call a post otherwise, or count its coming holders otherwise; those of before keep their role."""
    require(actor, "directory.write", post.organization)
    before = {"title": post.title, "role": post.role}
    post.title, post.role = title.strip(), role
    changed = diff(before, post)
    if changed:
        post.save(update_fields=list(changed))
        record(
            actor=actor, verb="directory.change_post", subject=post.organization, now=now, changes=changed
        )
    return post


@verb
def reopen_post(*, actor: Actor, post: Post, now: datetime) -> Post:
    """A post that had ended is set up again. Raises `AlreadyEnded`, `Denied`."""
    require(actor, "directory.write", post.organization)
    living(post.organization)
    before, post.until = post.until, None
    if before is not None:
        post.save(update_fields=["until"])
        changes = {"post": ("", post.title), "until": (before, "")}
        record(actor=actor, verb="directory.reopen_post", subject=post.organization, now=now, changes=changes)
    return post


@verb
def end_post(*, actor: Actor, post: Post, until: date, now: datetime) -> None:
    """Set a post up no longer: `until` is the first day without it. Raises `StillHeld`, `PostEnded`, `Denied`."""
    require(actor, "directory.write", post.organization)
    if post.until is not None:
        raise PostEnded(day=post.until, field="until")
    holders = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=until), post=post)
    if holders.exists():
        raise StillHeld
    post.until = until
    post.save(update_fields=["until"])
    record(
        actor=actor,
        verb="directory.end_post",
        subject=post.organization,
        now=now,
        changes={"post": (post.title, ""), "until": ("", until)},
    )


@verb(constraints={"one_membership_of_a_role_at_a_time": AlreadyHolds})
def appoint(
    *, actor: Actor, post: Post, person: Person, since: date, now: datetime, until: date | None = None
) -> Membership:
    """Let a person hold a post. Raises `PostEnded`, `AlreadyHolds`, `EndsTooEarly`, `Denied`."""
    if post.until is not None and (until or date.max) > post.until:
        raise PostEnded(day=post.until)
    return add_membership(
        actor=actor,
        person=person,
        organization=post.organization,
        role=post.role,
        post=post,
        since=since,
        until=until,
        now=now,
    )


@verb(constraints={"one_membership_of_a_role_at_a_time": AlreadyHolds})
def change_term(
    *, actor: Actor, membership: Membership, since: date, until: date | None, now: datetime
) -> Membership:
    """Correct from when until when a post is held. Raises `PostEnded`, `AlreadyHolds`, `EndsTooEarly`, `Denied`."""
    require_in(actor, "people.write", membership.jurisdiction_id)
    if until is not None and until <= since:
        raise EndsTooEarly(since=since)
    ends = membership.post.until if membership.post else None
    if ends is not None and (until or date.max) > ends:
        raise PostEnded(day=ends, field="until")
    before = {"since": membership.since, "until": membership.until}
    membership.since, membership.until = since, until
    changed = diff(before, membership)
    if changed:
        membership.save(update_fields=list(changed))
        record(
            actor=actor, verb="directory.change_term", subject=membership.person, now=now, changes=changed
        )
    return membership
