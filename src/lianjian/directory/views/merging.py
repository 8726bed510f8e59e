"""Doors to doubled organizations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock
from lianjian.foundation.doors import door
from lianjian.foundation.pages import Request, done, page, redirect, refusals_to
from lianjian.foundation.rights import require

from .. import actions
from ..forms.merging import ChoicesForm, OtherForm
from ..models import Likeness, Merge
from ..queries import organization_url
from ..queries.merging import open_pairs, preview
from .organizations import crumb, found


@door("directory.merge", methods=("GET",))
def pairs(request: Request) -> HttpResponse:
    """Pairs that may be one and wait for a decision."""
    after = request.GET.get("after", "")
    rows, following = open_pairs(
        request.actor, after=int(after) if after.isascii() and after.isdigit() else 0
    )
    return page(request, "directory/pairs.html", {"pairs": rows, "next": following})


@door("directory.merge", methods=("POST",))
def search_pairs(request: Request) -> HttpResponse:
    """Look through one's own register for doubles."""
    count = actions.find_likenesses(actor=request.actor, now=clock.now())
    return done(request, reverse("directory:pairs"), _("新发现%(count)s对。") % {"count": count})


@door("directory.merge", methods=("POST",))
def different(request: Request, key: UUID) -> HttpResponse:
    """The two are not one."""
    rows = Likeness.objects.filter(jurisdiction_id__in=request.actor.writable).select_related(
        "first", "second"
    )
    actions.mark_different(actor=request.actor, likeness=get_object_or_404(rows, key=key), now=clock.now())
    return done(request, reverse("directory:pairs"), _("已记为不是同一家。"))


@door("directory.merge")
def choose(request: Request, key: UUID) -> HttpResponse:
    """Name the record that is to come into this one."""
    record = found(request.actor, key)
    form = OtherForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        if other.pk != record.pk:
            return redirect(request, reverse("directory:merge", kwargs={"key": key, "other": other.key}))
        form.add_error("other", _("请选择另一条记录。"))
    return page(
        request, "directory/form.html", crumb(record, _("合并重复的记录"), _("看合并后的样子")), form=form
    )


@door("directory.merge")
def merge(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """What would move, which facts win, and the merge itself."""
    winner, loser = found(request.actor, key), found(request.actor, other)
    require(request.actor, "directory.merge", winner)
    shown = preview(winner, loser)
    form = ChoicesForm(request.POST if request.method == "POST" else None, conflicts=shown.conflicts)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.merge_organizations(
                actor=request.actor, winner=winner, loser=loser, choices=form.cleaned_data, now=clock.now()
            )
            return done(request, organization_url(key), _("“%(name)s”已并入。") % {"name": loser.name})
    return page(request, "directory/merge.html", {"preview": shown}, form=form)


@door("directory.merge", methods=("POST",))
def unmerge(request: Request, key: UUID) -> HttpResponse:
    """Take a merge back."""
    row = get_object_or_404(Merge.objects.select_related("winner", "loser"), key=key)
    actions.unmerge(actor=request.actor, merge=row, now=clock.now())
    return done(
        request,
        organization_url(row.winner.key),
        _("合并已撤销,“%(name)s”恢复为单独的记录。") % {"name": row.loser.name},
    )
