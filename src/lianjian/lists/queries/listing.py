"""Lists of items, claims and editions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.alliances.models import Alliance, Term
from lianjian.alliances.queries import (
    chain_members,
    chain_options,
    every_term,
    named_chain,
    of_chain,
    term_name,
)
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.remembered import remembered
from lianjian.foundation.searchdb import search

from .. import rules
from ..models import Claim, Edition, Item
from ..models.items import alliances_of, own_bodies


def item_url(key: object) -> str:
    """The address of an item."""
    return reverse("lists:item", kwargs={"key": key})


def claim_url(key: object) -> str:
    """The address of a claim."""
    return reverse("lists:claim", kwargs={"key": key})


def edition_url(key: object) -> str:
    """The address of an edition."""
    return reverse("lists:edition", kwargs={"key": key})


def item_badge(state: str, over: bool) -> Badge:
    """The state of an item; one over its day is open in the record only."""
    if state == rules.OPEN:
        return Badge(gettext(rules.EXPIRED), "late") if over else Badge(gettext(rules.STATES[state]), "info")
    return Badge(gettext(rules.STATES[state]), "paused")


def claim_badge(state: str) -> Badge:
    """The state of a claim."""
    return Badge(gettext(rules.CLAIM_STATES[state]), rules.TONES[state])


def _over() -> Case:
    return Case(
        When(expires_on__lt=TruncDate(Now()), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _items(actor: Actor) -> QuerySet[Item]:
    return Item.objects.visible_to(actor).annotate(over=_over())


def _item_row(values: Sequence[Any]) -> Row:
    key, title, kind, category, body, capacity, taken, unit, expires, state, over = values[:11]
    left = rules.shown(capacity - taken, unit) if capacity is not None else ""
    cells = (
        title,
        gettext(rules.KINDS[kind]),
        term_name(category),
        body,
        left,
        expires,
        item_badge(state, over),
    )
    return Row(item_url(key), cells)


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return search(rows, text)


def _categories(actor: Actor) -> list[tuple[str, str]]:
    home = actor.jurisdiction_id
    return remembered(("alliances.terms", home), lambda: every_term(home))["item"]


def _alliances(actor: Actor) -> list[tuple[str, str]]:
    rows = Alliance.objects.filter(pk__in=alliances_of(actor)).order_by("organization__name")
    return [(str(key), name) for key, name in rows.values_list("key", "organization__name")]


def _of_alliance(rows: QuerySet[Item], value: str, actor: Actor) -> QuerySet[Item]:
    try:
        return rows.filter(alliance__key=UUID(value))
    except ValueError:
        return rows.none()


def _of_body(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(organization__key=UUID(value))
    except ValueError:
        return rows.none()


def on_chain(rows: Any, term: Term, actor: Actor) -> Any:
    """Published in an alliance of an industry chain, or by a body with a seat on it."""
    bodies = chain_members(actor, term).values("organization")
    alliances = Alliance.objects.filter(of_chain(term)).values("pk")
    return rows.filter(Q(alliance__in=alliances) | Q(organization__in=bodies))


def _of_chain(rows: QuerySet[Any], value: str, actor: Actor) -> Any:
    term = named_chain(actor, value)
    return rows.none() if term is None else on_chain(rows, term, actor)


def _whose(rows: QuerySet[Item], value: str, actor: Actor) -> QuerySet[Item]:
    mine = own_bodies(actor, "organization", "lists.write") & Q(jurisdiction_id__in=actor.writable)
    return rows.filter(mine) if value == "mine" else rows.exclude(mine)


def _in_state(rows: Any, value: str, actor: Actor) -> Any:
    if value == "offered":
        return rows.filter(state=rules.OPEN, over=False)
    if value == "expired":
        return rows.filter(state=rules.OPEN, over=True)
    return rows.filter(state=value) if value in rules.STATES else rows


STATE_FILTER = (
    ("offered", _("发布中")),
    ("expired", rules.EXPIRED),
    ("closed", _("已结束")),
    ("withdrawn", _("已撤回")),
)

ITEMS = register(
    ListSpec(
        name="lists.items",
        title=_("四张清单"),
        base=_items,
        columns=(
            Column("title", _("名称"), "first", "title"),
            Column("kind", _("清单"), "text"),
            Column("category", _("类别"), "text", "category"),
            Column("organization", _("发布单位"), "text", "organization__name"),
            Column("left", _("可用数量"), "number", None, True),
            Column("expires_on", _("截止"), "date", "expires_on", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "title",
            "kind",
            "category",
            "organization__name",
            "capacity",
            "taken",
            "unit",
            "expires_on",
            "state",
            "over",
        ),
        row=_item_row,
        right="lists.see",
        filters=(
            Filter(
                "category",
                _("类别"),
                lambda rows, value, actor: rows.filter(category=value),
                "select",
                _categories,
            ),
            Filter(
                "now",
                _("状态"),
                _in_state,
                "select",
                lambda actor: [(code, gettext(str(word))) for code, word in STATE_FILTER],
            ),
            Filter(
                "whose",
                _("哪一方"),
                _whose,
                "select",
                lambda actor: [("mine", gettext("我方发布")), ("others", gettext("其他单位"))],
            ),
            Filter("alliance", _("联盟"), _of_alliance, "select", _alliances),
            Filter("chain", _("产业链"), _of_chain, "select", chain_options),
            Filter("body", _("发布单位"), _of_body, "hidden"),
        ),
        state_field="kind",
        states=tuple((code, _(word)) for code, word in rules.KINDS.items()),
        search=_found,
        empty=(_("清单里还没有条目"), _("发布本单位的需求、资源、项目或活动,其他单位就能找到并对接。")),
    )
)


def _claims(actor: Actor) -> QuerySet[Claim]:
    return Claim.objects.visible_to(actor)


def _claim_row(values: Sequence[Any]) -> Row:
    key, title, kind, owner, body, amount, unit, by_day, since, until, proposed, state = values[:12]
    what = f"{since} – {until}" if by_day else rules.shown(amount, unit)
    cells = (title, gettext(rules.KINDS[kind]), owner, body, what, proposed, claim_badge(state))
    return Row(claim_url(key), cells)


def waiting(rows: QuerySet[Claim], actor: Actor) -> QuerySet[Claim]:
    """Proposals that wait for a side for which the actor writes."""
    asked_owner = Q(proposed_by=rules.CLAIMANT) & own_bodies(actor, "item__organization", "lists.write")
    asked_owner &= Q(item__jurisdiction_id__in=actor.writable)
    asked_body = Q(proposed_by=rules.OWNER) & own_bodies(actor, "organization", "lists.write")
    asked_body &= Q(organization__jurisdiction_id__in=actor.writable)
    return rows.filter(asked_owner | asked_body, state=rules.PROPOSED)


def _turn(rows: QuerySet[Claim], value: str, actor: Actor) -> QuerySet[Claim]:
    return waiting(rows, actor) if value == "mine" else rows


CLAIMS = register(
    ListSpec(
        name="lists.claims",
        title=_("对接记录"),
        base=_claims,
        columns=(
            Column("title", _("名称"), "first", "item__title"),
            Column("kind", _("清单"), "text"),
            Column("owner", _("发布方"), "text", "item__organization__name"),
            Column("body", _("对接方"), "text", "organization__name"),
            Column("what", _("数量或日期"), "text"),
            Column("proposed_at", _("提出时间"), "date", "proposed_at", True),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "item__title",
            "item__kind",
            "item__organization__name",
            "organization__name",
            "amount",
            "item__unit",
            "by_day",
            "since",
            "until",
            "proposed_at",
            "state",
        ),
        row=_claim_row,
        right="lists.see",
        filters=(
            Filter("turn", _("等谁"), _turn, "select", lambda actor: [("mine", gettext("待我方答复"))]),
            Filter(
                "kind",
                _("清单"),
                lambda rows, value, actor: rows.filter(item__kind=value),
                "select",
                lambda actor: [(code, gettext(word)) for code, word in rules.KINDS.items()],
            ),
        ),
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.CLAIM_STATES.items()),
        search=lambda rows, text: rows.filter(item__in=_found(Item.objects.all(), text).values("pk")),
        empty=(_("还没有对接"), _("在清单里打开一项,提出对接;对方确认后数量就为您留下。")),
    )
)


def _edition_row(values: Sequence[Any]) -> Row:
    key, title, kind, alliance, place, since, until, issued = values[:8]
    whose = alliance or place
    return Row(
        edition_url(key),
        (title, gettext(rules.KINDS[kind]) if kind else gettext("四张清单"), whose, since, until, issued),
    )


EDITIONS = register(
    ListSpec(
        name="lists.editions",
        title=_("清单期刊"),
        base=lambda actor: Edition.objects.visible_to(actor),
        columns=(
            Column("title", _("期号"), "first", "title"),
            Column("kind", _("清单"), "text"),
            Column("whose", _("发布范围"), "text"),
            Column("since", _("自"), "date", "since"),
            Column("until", _("至"), "date", "until", True),
            Column("issued_at", _("印发"), "date", "issued_at", True),
        ),
        values=(
            "key",
            "title",
            "kind",
            "alliance__organization__name",
            "jurisdiction__name",
            "since",
            "until",
            "issued_at",
        ),
        row=_edition_row,
        right="lists.see",
        search=lambda rows, text: rows.filter(title__icontains=text),
        empty=(_("还没有印发过"), _("按月或按季把现在的清单编成一期,印发后内容不再变。")),
    )
)


def search_items(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    rows = _found(Item.objects.visible_to(actor), text).order_by("-pk")
    (found,) = yield (rows.values_list("key", "title", "kind", "organization__name")[:limit],)
    return [
        (title, f"{gettext(rules.KINDS[kind])} · {body}", item_url(key)) for key, title, kind, body in found
    ]


SEARCHES = [SearchSource(str(_("四张清单")), "lists.see", search_items, 26)]
