"""Accounts as the security administrator sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.accounts.models import User
from lianjian.accounts.queries import has_second_factor
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register

from ..models import Grant, Organization
from ..roles import ROLE_CHOICES, ROLES

RIGHT = "grants.manage"


def _places(actor: Actor, field: str) -> Q:
    """Rows in the jurisdictions and subtrees in which the actor grants; `field` leads to the organization."""
    whole = Q(**{f"{field}jurisdiction_id__in": whole_jurisdictions(actor, RIGHT)})
    inside: Q = subtree_q(f"{field}path", subtree_paths(actor, RIGHT))
    return whole | inside


def visible_accounts(actor: Actor) -> QuerySet[User]:
    """Accounts kept by one's jurisdictions, and those that hold or held a grant there."""
    granted = Grant.objects.filter(_places(actor, "organization__")).values("user_id")
    return User.objects.filter(Q(home_id__in=whole_jurisdictions(actor, RIGHT)) | Q(pk__in=granted))


def visible_grants(actor: Actor) -> QuerySet[Grant]:
    """Grants one may end."""
    return Grant.objects.filter(_places(actor, "organization__"))


def grantable_organizations(actor: Actor) -> QuerySet[Organization]:
    """Organizations over which one may grant, in the order of the tree."""
    return Organization.objects.current().filter(_places(actor, "")).order_by("path")  # type: ignore[attr-defined,no-any-return]


def role_word(role: str) -> str:
    """The name of a role."""
    return gettext(ROLES[role][0]) if role in ROLES else role


def _base(actor: Actor) -> QuerySet[Any]:
    today = TruncDate(Now())
    in_force = Q(grants__since__lte=today) & (Q(grants__until__isnull=True) | Q(grants__until__gt=today))
    return visible_accounts(actor).annotate(
        roles=ArrayAgg("grants__role", filter=in_force, distinct=True, default=[]),
        places=ArrayAgg("grants__organization__name", filter=in_force, distinct=True, default=[]),
    )


def _row(values: Sequence[Any]) -> Row:
    key, name, username, roles, places, active, last = values[:7]
    state = Badge(_("正常"), "done") if active else Badge(_("已停用"), "neutral")
    words = gettext("、").join(role_word(role) for role in roles) or gettext("无授权")
    return Row(
        reverse("grants:account", kwargs={"key": key}),
        (name, username, words, gettext("、").join(places), state, last),
    )


ACCOUNTS = register(
    ListSpec(
        name="directory.accounts",
        title=_("账号与授权"),
        base=_base,
        columns=(
            Column("name", _("姓名"), sort="name"),
            Column("username", _("用户名"), sort="username"),
            Column("roles", _("角色")),
            Column("places", _("单位"), hide_small=True),
            Column("state", _("状态"), kind="state"),
            Column("last", _("最近登录"), kind="date", sort="last_login", hide_small=True),
        ),
        values=("key", "name", "username", "roles", "places", "is_active", "last_login"),
        row=_row,
        right=RIGHT,
        default_sort="name",
        filters=(
            Filter(
                "role",
                _("角色"),
                lambda rows, value, actor: rows.filter(pk__in=Grant.objects.filter(role=value).values("user_id")),
                options=lambda actor: [(code, gettext(name)) for code, name in ROLE_CHOICES],
            ),
        ),
        state_field="is_active",
        states=(("True", _("正常")), ("False", _("已停用"))),
        search=lambda rows, text: rows.filter(Q(name__contains=text) | Q(username__icontains=text)),
        empty=(_("还没有账号"), _("为每位使用者各开一个账号,不要共用。")),
    )
)


@dataclass(frozen=True)
class GrantLine:
    """A role over an organization, with its days."""

    key: UUID
    role: str
    organization: str
    since: date
    until: date | None
    by: str
    state: str  # now, later, ended
    mine: bool


@dataclass(frozen=True)
class AccountPage:
    """An account with its grants."""

    key: UUID
    name: str
    username: str
    active: bool
    home: str
    second_factor: bool
    must_change: bool
    last_login: datetime | None
    grants: tuple[GrantLine, ...]
    oneself: bool


def account_page(actor: Actor, user: User, today: date) -> AccountPage:
    """An account the actor may see. Grants elsewhere are named, but can be ended only by who may grant there."""
    lines = [
        GrantLine(
            key=grant.key,
            role=role_word(grant.role),
            organization=grant.organization.name,
            since=grant.since,
            until=grant.until,
            by=grant.granted_by,
            state="later" if grant.since > today else "ended" if grant.until and grant.until <= today else "now",
            mine=actor.may(RIGHT, grant.organization),
        )
        for grant in user.grants.select_related("organization").order_by(F("until").desc(nulls_first=True), "-since")
    ]
    return AccountPage(
        key=user.key,
        name=user.name,
        username=user.username,
        active=user.is_active,
        home=user.home.name if user.home else "",
        second_factor=has_second_factor(user.pk),
        must_change=user.must_change_password,
        last_login=user.last_login,
        grants=tuple(lines),
        oneself=actor.user_id == user.pk,
    )
