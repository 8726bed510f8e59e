"""Doors to organizations: list, record, register, change, move, dissolve, link, names, yearly size, members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation import clock, registry
from lianjian.foundation.actor import Actor
from lianjian.foundation.doors import door
from lianjian.foundation.export import list_page
from lianjian.foundation.pages import Request, done, page, redirect, refusals_to
from lianjian.foundation.rights import require
from lianjian.journal.queries import history

from .. import actions
from ..forms import organizations as forms
from ..models import Link, Membership, Organization
from ..queries import ENDED, ORGANIZATIONS, organization_record, organization_url
from ..queries.files import LATEST, PAGE, files_of_organization
from ..queries.naming import named_person

FORM = "directory/form.html"
_WITH = ("jurisdiction", "area", "parent", "enterprise__industry", "party", "village", "merged_into")


def found(actor: Actor, key: UUID) -> Organization:
    """The organization of an address, as the actor may see it; 404 otherwise."""
    rows = Organization.objects.visible_to(actor).select_related(*_WITH)  # type: ignore[attr-defined]
    record: Organization = get_object_or_404(rows, key=key)
    return record


def writable(actor: Actor, key: UUID) -> Organization:
    """The same, if the actor may write it."""
    record = found(actor, key)
    require(actor, "directory.write", record)
    return record


def crumb(organization: Organization, title: str, submit: str = "") -> dict[str, Any]:
    """What the form page shows around a form about an organization; the button says what it does."""
    found = {"title": title, "subject": organization.name, "cancel": organization_url(organization.key)}
    return {**found, "submit": submit} if submit else found


@door("directory.read", methods=("GET",))
def organizations(request: Request) -> HttpResponse:
    """The list."""
    may = request.actor.may("directory.write")
    action = (_("登记组织"), reverse("directory:register")) if may else None
    return list_page(
        request,
        ORGANIZATIONS,
        "directory/organizations.html",
        {"may_write": may, "ended": False},
        empty_action=action,
    )


@door("directory.read", methods=("GET",))
def ended(request: Request) -> HttpResponse:
    """The list of those that are no more."""
    return list_page(request, ENDED, "directory/organizations.html", {"may_write": False, "ended": True})


@door("directory.read", methods=("GET",))
def organization(request: Request, key: UUID) -> HttpResponse:
    """One record; that of a merged one leads to its winner."""
    record = found(request.actor, key)
    if record.merged_into is not None:
        return redirect(request, organization_url(record.merged_into.key))
    now = clock.now()
    shown = organization_record(request.actor, record, day=clock.today())
    files = files_of_organization(request.actor, record, limit=LATEST + 1)
    context = {
        "files": files[:LATEST],
        "more_files": len(files) > LATEST,
        "page": shown,
        "organization": record,
        "panels": registry.panels("directory.organization", request.actor, record, now),
        "history": history(request.actor, record, 20) if shown.business else [],
    }
    return page(request, "directory/organization.html", context)


@door("files.read", methods=("GET",))
def files(request: Request, key: UUID) -> HttpResponse:
    """The files on its records, page by page."""
    record, before = found(request.actor, key), request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else 0
    rows = files_of_organization(request.actor, record, before=number, limit=PAGE + 1)
    following = rows[PAGE - 1].number if len(rows) > PAGE else None
    context = {"organization": record, "files": rows[:PAGE], "next": following}
    return page(request, "directory/files.html", context)


def _kind(request: Request) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in Organization.Classification.values else "enterprise"


@door("directory.write")
def register(request: Request) -> HttpResponse:
    """A new organization of the kind that the address names."""
    kind, actor = _kind(request), request.actor
    above = Organization.objects.filter(pk=getattr(actor, "organization_id", 0)).first()
    initial = {"since": clock.today(), "parent": str(above.key) if above else ""}
    form = forms.RegisterForm(request.POST or None, actor=actor, kind=kind, initial=initial)
    form.fields["parent"].show(above)  # type: ignore[attr-defined]
    form.area_code = above.jurisdiction.area_code if above else ""
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            made = actions.register_organization(actor=actor, now=clock.now(), **form.values())
            return done(request, organization_url(made.key), _("“%(name)s”已登记。") % {"name": made.name})
    kinds = [(label, f"?kind={value}", value == kind) for value, label in Organization.Classification.choices]
    context = {
        "title": _("登记组织"),
        "kinds": kinds,
        "sections": forms.sections(form),
        "cancel": reverse("directory:organizations"),
    }
    return page(request, FORM, context, form=form)


@door("directory.write")
def change(request: Request, key: UUID) -> HttpResponse:
    """Change the facts."""
    record = writable(request.actor, key)
    business = request.actor.may("directory.business", record)
    form = forms.FactsForm(
        request.POST or None,
        actor=request.actor,
        kind=record.classification,
        business=business,
        initial=forms.initial_of(record),
    )
    form.area_code = record.jurisdiction.area_code
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.change_organization(
                actor=request.actor, organization=record, now=clock.now(), **form.facts()
            )
            if form.own:
                actions.set_profile(
                    actor=request.actor, organization=record, now=clock.now(), **form.profile()
                )
            return done(request, organization_url(key), _("已保存。"))
    context = {**crumb(record, _("修改档案")), "sections": forms.sections(form)}
    return page(request, FORM, context, form=form)


@door("directory.write")
def move(request: Request, key: UUID) -> HttpResponse:
    """Put it under another parent from a day on."""
    record = writable(request.actor, key)
    form = forms.MoveForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.move_organization(
                actor=request.actor, organization=record, now=clock.now(), **form.cleaned_data
            )
            return done(request, organization_url(key), _("上级已调整。"))
    return page(request, FORM, crumb(record, _("调整上级")), form=form)


@door("directory.write")
def dissolve(request: Request, key: UUID) -> HttpResponse:
    """End it."""
    record = writable(request.actor, key)
    form = forms.DissolveForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.dissolve_organization(
                actor=request.actor, organization=record, now=clock.now(), **form.cleaned_data
            )
            return done(request, organization_url(key), _("已撤销。"))
    return page(request, FORM, crumb(record, _("撤销组织"), _("撤销组织")), form=form)


@door("directory.write")
def link(request: Request, key: UUID) -> HttpResponse:
    """Relate it to another; who stands above is the source."""
    record = writable(request.actor, key)
    form = forms.LinkForm(request.POST or None, actor=request.actor, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        other = values.pop("other")
        above = record.classification in ("party", "station") and other.classification == "enterprise"
        pair = {"source": record, "target": other} if above else {"source": other, "target": record}
        with refusals_to(form):
            actions.link_organizations(actor=request.actor, now=clock.now(), **pair, **values)
            return done(request, organization_url(key), _("关系已登记。"))
    return page(request, FORM, crumb(record, _("登记关系")), form=form)


@door("directory.write")
def end_link(request: Request, key: UUID) -> HttpResponse:
    """End a relation."""
    row = get_object_or_404(Link.objects.select_related("source", "target"), key=key)
    require(request.actor, "directory.write", row.target)
    form = forms.EndForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_link(actor=request.actor, link=row, now=clock.now(), **form.cleaned_data)
            return done(request, organization_url(row.target.key), _("关系已结束。"))
    return page(
        request,
        FORM,
        crumb(row.target, _("结束与“%(name)s”的关系") % {"name": row.source.name}, _("结束")),
        form=form,
    )


@door("directory.write")
def alias(request: Request, key: UUID) -> HttpResponse:
    """Make it known by another name too."""
    record = writable(request.actor, key)
    form = forms.AliasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.add_alias(actor=request.actor, organization=record, now=clock.now(), **form.cleaned_data)
            return done(request, organization_url(key), _("别名已添加。"))
    return page(request, FORM, crumb(record, _("添加别名")), form=form)


@door("directory.write")
def year(request: Request, key: UUID) -> HttpResponse:
    """State its size in one year."""
    record = writable(request.actor, key)
    form = forms.YearForm(request.POST or None, initial=forms.YearForm.of(clock.today()))
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.set_enterprise_year(
                actor=request.actor, organization=record, now=clock.now(), **form.cleaned_data
            )
            return done(request, organization_url(key), _("年度规模已登记。"))
    return page(request, FORM, crumb(record, _("登记年度规模")), form=form)


@door("people.write")
def member(request: Request, key: UUID) -> HttpResponse:
    """Give a person a role here."""
    record = found(request.actor, key)
    form = forms.MemberForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        person = named_person(request.actor, values.pop("person"))
        if person is None:
            form.add_error("person", _("没有找到这位人员,或有同名。请从列出的姓名中选择。"))
        else:
            with refusals_to(form):
                actions.add_membership(
                    actor=request.actor, person=person, organization=record, now=clock.now(), **values
                )
                return done(request, organization_url(key), _("任职已登记。"))
    return page(request, FORM, crumb(record, _("登记任职")), form=form)


@door("people.write")
def end_member(request: Request, key: UUID) -> HttpResponse:
    """End a role."""
    rows = Membership.objects.visible_to(request.actor).select_related("person", "organization")  # type: ignore[attr-defined]
    row = get_object_or_404(rows, key=key)
    form = forms.EndForm(request.POST or None, initial={"until": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.end_membership(actor=request.actor, membership=row, now=clock.now(), **form.cleaned_data)
            return done(request, organization_url(row.organization.key), _("任职已结束。"))
    return page(
        request,
        FORM,
        crumb(row.organization, _("结束%(name)s的任职") % {"name": row.person.name}, _("结束")),
        form=form,
    )
