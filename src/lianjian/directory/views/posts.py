"""Doors to posts and to those who hold them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.actor import Actor
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms import posts as forms
from ..models import Membership, Organization, Post
from ..queries.naming import named_person
from ..queries.posts import posts_of
from .organizations import FORM, found, writable


def _address(organization: Organization) -> str:
    return reverse("directory:posts", kwargs={"key": organization.key})


def _about(organization: Organization, title: str) -> dict[str, Any]:
    return {"title": title, "subject": organization.name, "cancel": _address(organization)}


def _post(key: UUID) -> Post:
    """Posts are register, read by everybody who signed in; the right is asked for by the organization."""
    post: Post = get_object_or_404(Post.objects.select_related("organization"), key=key)
    return post


def _writable(actor: Actor, key: UUID) -> Post:
    post = _post(key)
    require(actor, "directory.write", post.organization)
    return post


@door("directory.read", methods=("GET",))
def posts(request: Request, key: UUID) -> HttpResponse:
    """The posts of one organization."""
    record, actor = found(request.actor, key), request.actor
    writes = record.merged_into_id is None and actor.may("directory.write", record)
    context = {
        "organization": record,
        "rows": posts_of(actor, record, day=clock.today()),
        "may_write": writes,
        "may_appoint": writes and actor.may("people.write"),
    }
    return page(request, "directory/posts.html", context)


@door("directory.write")
def add_post(request: Request, key: UUID) -> HttpResponse:
    """A new post."""
    record = writable(request.actor, key)
    form = forms.PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_post(
                actor=request.actor, organization=record, now=clock.now(), **form.cleaned_data
            )
            return done(request, _address(record), _("职务已设置。"))
    return page(request, FORM, _about(record, _("设置职务")), form=form)


@door("directory.write")
def change_post(request: Request, key: UUID) -> HttpResponse:
    """Another title."""
    post = _writable(request.actor, key)
    form = forms.PostForm(request.POST or None, initial={"title": post.title, "role": post.role})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_post(actor=request.actor, post=post, now=clock.now(), **form.cleaned_data)
            return done(request, _address(post.organization), _("职务已修改。"))
    return page(request, FORM, _about(post.organization, _("修改职务")), form=form)


@door("directory.write")
def end_post(request: Request, key: UUID) -> HttpResponse:
    """No longer set up."""
    post = _writable(request.actor, key)
    form = forms.EndPostForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_post(actor=request.actor, post=post, now=clock.now(), **form.cleaned_data)
            return done(request, _address(post.organization), _("职务已撤销。"))
    title = _("撤销职务“%(title)s”") % {"title": post.title}
    return page(request, FORM, _about(post.organization, title), form=form)


@door("people.write")
def appoint(request: Request, key: UUID) -> HttpResponse:
    """Somebody holds it from a day on."""
    post = _writable(request.actor, key)
    form = forms.AppointForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        person = named_person(request.actor, form.cleaned_data["person"])
        if person is None:
            form.add_error("person", _("没有找到这位人员,或有同名。请从列出的姓名中选择。"))
        else:
            with refusals_to(form):
                actions.appoint(
                    actor=request.actor, post=post, person=person, now=clock.now(), **form.term()
                )
                return done(request, _address(post.organization), _("任职已登记。"))
    title = _("登记“%(title)s”的任职") % {"title": post.title}
    return page(request, FORM, _about(post.organization, title), form=form)


@door("people.write")
def change_term(request: Request, key: UUID) -> HttpResponse:
    """Correct the days on which somebody holds a post, or end them."""
    rows = Membership.objects.visible_to(request.actor).filter(post__isnull=False)  # type: ignore[attr-defined]
    row = get_object_or_404(rows.select_related("person", "organization", "post"), key=key)
    form = forms.TermForm(request.POST or None, initial={"since": row.since, "until": row.until})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_term(
                actor=request.actor, membership=row, now=clock.now(), **form.cleaned_data
            )
            return done(request, _address(row.organization), _("任职起止已更正。"))
    title = _("%(name)s任“%(title)s”的起止") % {"name": row.person.name, "title": str(row.post)}
    return page(request, FORM, _about(row.organization, title), form=form)
