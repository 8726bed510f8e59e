"""The lists of schemes, accounts, claims and exchange days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries.lists import in_town, own_towns
from lianjian.events.rules import topics
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date, show_number

from ..models import RIGHT, Account, Claim, ExchangeDay, Scheme
from ..rules import points as rules
from .standing import held_days

CLAIM_TONES = {
    rules.FILED: "neutral",
    rules.CHECKED: "info",
    rules.REVIEWED: "due",
    rules.POSTED: "done",
    rules.REVERSED: "paused",
    rules.REFUSED: "paused",
    rules.WITHDRAWN: "paused",
}
REVIEW_TONES = {rules.OPEN: "info", rules.SHOWN: "due", rules.DONE: "done", rules.CALLED_OFF: "paused"}
DAY_TONES = {rules.OPEN: "info", rules.CLOSED: "done", rules.CALLED_OFF: "paused"}
DUE_TONES = {topics.ON_TIME: "done", topics.SOON: "due", topics.LATE: "late"}
DUE_WORDS = {topics.ON_TIME: _("按期"), topics.SOON: _("本期未兑换"), topics.LATE: _("过期未兑换")}


def url_of(name: str, key: object) -> str:
    """The address of a page of points."""
    return reverse(f"points:{name}", kwargs={"key": key})


def due_badge(per: str, since: date, last: date | None, ended: date | None, day: date) -> Badge:
    """How a scheme stands on a day; `last`: its last exchange day."""
    if ended:
        return Badge(gettext("已停止"), "paused")
    state = topics.state_on(day, per, rules.due_from(since, last, per))
    return Badge(str(DUE_WORDS[state]), DUE_TONES[state])


def _words(of: Any) -> Any:
    return lambda actor: [(code, _(words)) for code, words in of.items()]


def _standing(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(ended_on__isnull=value != "past")


def _schemes(actor: Actor) -> Any:
    held = Q(days__on__lte=Today()) & held_days("days__")
    return Scheme.objects.visible_to(actor).annotate(last=Max("days__on", filter=held), day=Today())


def _scheme_row(values: Sequence[Any]) -> Row:
    key, name, body, unit, per, since, last, ended, day = values[:9]
    told = show_date(last) if last else gettext("还没有兑换过")
    badge = due_badge(per, since, last, ended, day)
    return Row(
        url_of("scheme", key), (name, badge, body, translate(rules.UNITS[unit]), translate(rules.PERIODS[per]), told)
    )


SCHEMES = register(
    ListSpec(
        name="points.schemes",
        title=_("积分兑换"),
        base=_schemes,
        columns=(
            Column("name", _("名称"), "first", "name"),
            Column("due", _("状态"), "state"),
            Column("organization", _("单位"), "text", "organization__name"),
            Column("unit", _("积分单元"), "text", None, True),
            Column("per", _("多久兑换一次"), "text", None),
            Column("last", _("最近兑换日"), "text", "last"),
        ),
        values=("key", "name", "organization__name", "unit", "per", "since", "last", "ended_on", "day"),
        row=_scheme_row,
        right=RIGHT,
        default_sort="name",
        filters=(
            Filter("town", _("地区"), in_town, options=own_towns),
            Filter(
                "used", _("是否在用"), _standing, options=lambda actor: [("now", _("在用")), ("past", _("已停止"))]
            ),
        ),
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(organization__name__icontains=text)),
        empty=(_("还没有积分办法"), _("先设立积分办法,登记村里通过并公布的积分事项,再给各户开户。")),
    )
)


def scheme_choices(actor: Actor) -> list[tuple[str, str]]:
    """Schemes that the actor reads, each with its body, for a filter."""
    rows = Scheme.objects.visible_to(actor).order_by("organization__name", "name", "pk")
    found = rows.values_list("key", "organization__name", "name")[:200]
    return [(str(key), f"{body} · {name}") for key, body, name in found]


def _of_scheme(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(scheme__key=UUID(value))
    except ValueError:
        return rows.none()


SCHEME_FILTER = Filter("scheme", _("积分办法"), _of_scheme, options=scheme_choices)


def _accounts(actor: Actor) -> Any:
    return Account.objects.visible_to(actor)


def account_name(name: str) -> str:
    """The name of an account, or the word that it was taken away."""
    return name or gettext("姓名已清除")


def _account_row(values: Sequence[Any]) -> Row:
    key, number, name, group, body, balance, closed = values[:7]
    badge = Badge(gettext("已注销"), "paused") if closed else Badge(gettext("在用"), "done")
    cells = (f"{number} · {account_name(name)}", badge, group, body, show_number(balance))
    return Row(url_of("account", key), cells)


def _open(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(closed_on__isnull=value != "past")


def _by_text(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    found = Q(name__icontains=text) | Q(group__icontains=text)
    return rows.filter(found | Q(number=int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else found)


# Nobody is set above another here: the list goes by number, never by what somebody gathered.
ACCOUNTS = register(
    ListSpec(
        name="points.accounts",
        title=_("积分户"),
        base=_accounts,
        columns=(
            Column("name", _("户号和姓名"), "first", "number"),
            Column("state", _("状态"), "state"),
            Column("group", _("村民小组"), "text", "group"),
            Column("organization", _("单位"), "text", "scheme__organization__name", True),
            Column("balance", _("积分余额"), "number"),
        ),
        values=("key", "number", "name", "group", "scheme__organization__name", "balance", "closed_on"),
        row=_account_row,
        right=RIGHT,
        default_sort="number",
        filters=(
            SCHEME_FILTER,
            Filter("used", _("是否在用"), _open, options=lambda actor: [("now", _("在用")), ("past", _("已注销"))]),
        ),
        search=_by_text,
        empty=(_("还没有积分户"), _("打开一个积分办法,点“开户”,一行一户。")),
    )
)


def _claims(actor: Actor) -> Any:
    return Claim.objects.visible_to(actor)


def claim_words(item: str, times: int) -> str:
    """What a claim is for."""
    return f"{item} × {times}" if times > 1 else item


def _claim_row(values: Sequence[Any]) -> Row:
    key, name, group, item, times, points, on, state, body = values[:9]
    badge = Badge(translate(rules.CLAIM_STATES[state]), CLAIM_TONES[state])
    title = f"{account_name(name)} · {claim_words(item, times)}"
    return Row(url_of("claim", key), (title, badge, group, show_date(on), show_number(points), body))


CLAIMS = register(
    ListSpec(
        name="points.claims",
        title=_("积分登记"),
        base=_claims,
        columns=(
            Column("claim", _("积分户和事项"), "first", None),
            Column("state", _("状态"), "state"),
            Column("group", _("村民小组"), "text", None, True),
            Column("on", _("日期"), "text", "on"),
            Column("points", _("积分"), "number"),
            Column("organization", _("单位"), "text", "scheme__organization__name", True),
        ),
        values=(
            "key", "account__name", "account__group", "item__name", "times", "points", "on", "state",
            "scheme__organization__name",
        ),
        row=_claim_row,
        right=RIGHT,
        default_sort="-on",
        filters=(SCHEME_FILTER,),
        state_field="state",
        states=tuple((code, _(words)) for code, words in rules.CLAIM_STATES.items()),
        search=lambda rows, text: rows.filter(Q(account__name__icontains=text) | Q(item__name__icontains=text)),
        empty=(_("还没有登记积分"), _("打开一个积分办法,点“登记积分”。")),
    )
)  # fmt: skip


def _days(actor: Actor) -> Any:
    standing = Q(exchanges__returned_on__isnull=True)
    rows = ExchangeDay.objects.visible_to(actor)
    return rows.annotate(
        given=Count("exchanges", filter=standing),
        served=Count("exchanges__account", filter=standing, distinct=True),
    )


def _day_row(values: Sequence[Any]) -> Row:
    key, on, body, state, served, given, place = values[:7]
    badge = Badge(translate(rules.DAY_STATES[state]), DAY_TONES[state])
    return Row(url_of("day", key), (show_date(on), badge, body, show_number(served), show_number(given), place))


def _in_year(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    year = int(value) if value.isascii() and value.isdigit() and len(value) == 4 else 0
    return rows.filter(on__year=year) if year else rows.none()


def _years(actor: Actor) -> list[tuple[str, str]]:
    rows = ExchangeDay.objects.visible_to(actor).order_by("-on__year").values_list("on__year", flat=True).distinct()
    return [(str(year), str(year)) for year in rows]


DAYS = register(
    ListSpec(
        name="points.days",
        title=_("兑换日"),
        base=_days,
        columns=(
            Column("on", _("日期"), "first", "on"),
            Column("state", _("状态"), "state"),
            Column("organization", _("单位"), "text", "scheme__organization__name"),
            Column("served", _("兑换户数"), "number", "served"),
            Column("given", _("兑换笔数"), "number", "given"),
            Column("place", _("地点"), "text", None, True),
        ),
        values=("key", "on", "scheme__organization__name", "state", "served", "given", "place"),
        row=_day_row,
        right=RIGHT,
        default_sort="-on",
        filters=(SCHEME_FILTER, Filter("year", _("年份"), _in_year, options=_years)),
        state_field="state",
        states=tuple((code, _(words)) for code, words in rules.DAY_STATES.items()),
        search=lambda rows, text: rows.filter(
            Q(place__icontains=text) | Q(scheme__organization__name__icontains=text)
        ),
        empty=(_("还没有兑换日"), _("打开一个积分办法,点“设定兑换日”。")),
    )
)


def search_schemes(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box, by name or body."""
    rows = Scheme.objects.visible_to(actor).standing()
    rows = rows.filter(Q(name__icontains=text) | Q(organization__name__icontains=text)).order_by("name", "pk")
    (found,) = yield (rows.values_list("name", "organization__name", "key")[:limit],)
    return [(name, body, url_of("scheme", key)) for name, body, key in found]


SEARCHES = [SearchSource(str(_("积分兑换")), RIGHT, search_schemes, 30)]
