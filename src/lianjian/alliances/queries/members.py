"""The seats of bodies in alliances, as a list; what both lists of seats share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.listing import Column, Filter, Link, ListSpec, Row, register

from .. import rules
from ..models import Alliance, AllianceMember
from ..models.standing import undissolved
from .listing import _words, alliance_url
from .terms import chain_options, named_chain, of_chain, term_name

KINDS = dict(Organization.Classification.choices)
BODY = {"key": "key", "name": "name", "kind": "classification"}


def span(since: date, until: date | None) -> str:
    """From when to when, in words."""
    return f"{since} – {until}" if until else gettext("%(day)s 起") % {"day": since}


def on_day(rows: Any, value: str, actor: Actor) -> Any:
    """Those that hold on a day, in alliances that stand then."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return rows.none()
    standing = Alliance.objects.standing(day).order_by().values("pk")
    return rows.on(day).filter(alliance__in=standing)


def bodies_of(seats: QuerySet[AllianceMember], day: date) -> QuerySet[Any]:
    """Of these seats those of bodies that stood on a day, with the key, name and kind of the body that it was then."""
    then = Organization.objects.filter(pk=OuterRef("body"))
    named: QuerySet[Any] = seats.with_body(day).annotate(  # type: ignore[attr-defined]
        **{f"body_{name}": Subquery(then.values(field)) for name, field in BODY.items()}
    )
    return named.filter(body__in=Organization.objects.filter(undissolved(day)).values("pk"))


def _bodies_on(rows: Any, value: str, actor: Actor) -> Any:
    """Seats of a day, as the numbers of that day count them."""
    held = on_day(rows, value, actor)
    return held if held.query.is_empty() else bodies_of(held, date.fromisoformat(value))


def _base(actor: Actor) -> QuerySet[Any]:
    """Every seat, with what its body is now."""
    named = {f"body_{name}": F(f"organization__{field}") for name, field in BODY.items()}
    return AllianceMember.objects.visible_to(actor).annotate(**named)


def in_alliance(rows: Any, value: str, actor: Actor) -> Any:
    """Those of one alliance."""
    try:
        return rows.filter(alliance__key=UUID(value))
    except ValueError:
        return rows.none()


def of_alliances(field: str) -> Any:
    """A filter by a word of the alliance."""
    return lambda rows, value, actor: rows.filter(**{f"alliance__{field}": value})


def forms_of(actor: Actor) -> list[tuple[str, Any]]:
    """Forms of alliances, to choose one."""
    return [(code, _(word)) for code, word in rules.FORMS.items()]


def _of_chain(rows: Any, value: str, actor: Actor) -> Any:
    """Those in alliances of one chain of the register."""
    term = named_chain(actor, value)
    return rows.none() if term is None else rows.filter(of_chain(term, "alliance__"))


# What the lists of seats, of bodies and of people, are narrowed by alike.
SEAT_FILTERS = (
    Filter("chain", _("产业链"), _of_chain, "select", chain_options),
    Filter("form", _("形式"), of_alliances("form"), "select", forms_of),
    Filter("mode", _("联建模式"), of_alliances("mode"), "select", _words("mode")),
    Filter("alliance", _("联盟"), in_alliance, "hidden"),
)


def _of_kind(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(body_kind=value)


def _row(values: Sequence[Any]) -> Row:
    _pk, body, name, kind, role, key, alliance, since, until = values[:9]
    named = Link(alliance, alliance_url(key))
    return Row(organization_url(body), (name, KINDS[kind], term_name(role), named, since, until))


MEMBERS = register(
    ListSpec(
        name="alliances.members",
        title=_("成员名册"),
        base=_base,
        columns=(
            Column("name", _("单位"), "first", "body_name"),
            Column("kind", _("类型"), "text", "body_kind", True),
            Column("role", _("角色"), "text", "role"),
            Column("alliance", _("联盟"), "link", "alliance__organization__name"),
            Column("since", _("加入日期"), "date", "since"),
            Column("until", _("退出日期"), "date", "until", True),
        ),
        values=(
            "pk", "body_key", "body_name", "body_kind", "role", "alliance__key", "alliance__organization__name",
            "since", "until",
        ),
        row=_row,
        right="alliances.see",
        default_sort="body_name",
        filters=(
            Filter("day", _("哪一天"), _bodies_on, "date"),
            *SEAT_FILTERS,
            Filter("role", _("角色"), lambda rows, value, actor: rows.filter(role=value), "select", _words("role")),
            Filter("kind", _("类型"), _of_kind, "select", lambda actor: list(KINDS.items())),
        ),
        search=lambda rows, text: rows.filter(
            Q(body_name__icontains=text) | Q(alliance__organization__name__icontains=text)
        ),
        empty=(_("还没有成员"), _("在联盟的页面增加成员,写明角色和加入日期。")),
    )
)  # fmt: skip
