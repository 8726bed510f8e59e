"""The page of a scheme, of an account, of a good; the board of what gives points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from lianjian.events.models import Meeting
from lianjian.events.queries import writes
from lianjian.events.rules.meetings import CANCELLED
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import show_date, show_number

from ..models import WRITE, Account, Claim, Edition, Good, Item, Scheme
from ..rules import points as rules
from .lists import CLAIM_TONES, DAY_TONES, REVIEW_TONES, claim_words, due_badge, url_of
from .standing import last_exchange

Facts = list[tuple[str, str]]
# State, title, what came of it, address: as `ui.rows` shows it.
Line = tuple[tuple[str, str], str, str, str]
SHOWN_LINES = 12
LEDGER_LINES = 200


def told(facts: list[tuple[str, Any]]) -> Facts:
    """Those that say something."""
    return [(label, words) for label, words in facts if words]


@dataclass(frozen=True)
class EditionLine:
    """An edition with what it gives points for."""

    edition: Edition
    items: list[Item]
    badge: Badge
    used: bool


@dataclass(frozen=True)
class SchemePage:
    """A scheme with what waits, what gives points, goods, reviews and days, and what the actor may do."""

    scheme: Scheme
    badge: Badge
    facts: Facts
    waiting: dict[str, int]
    editions: list[EditionLine]
    goods: list[Good]
    past_goods: list[Good]
    reviews: list[Line]
    days: list[Line]
    accounts: int
    may_write: bool
    may_gather: bool
    may_clear: bool


def scheme_page(actor: Actor, scheme: Scheme, day: date) -> SchemePage:
    """Seven queries, whatever the number of accounts."""
    may = writes(actor, WRITE, scheme.organization)
    states = scheme.claims.filter(state__in=(rules.FILED, rules.CHECKED)).values_list("state")
    standing = Q(exchanges__returned_on__isnull=True)
    days = scheme.days.annotate(
        given=Count("exchanges", filter=standing),
        served=Count("exchanges__account", filter=standing, distinct=True),
    )
    reviews = scheme.reviews.annotate(n=Count("claims"))
    goods = list(scheme.goods.order_by("price", "name"))
    facts: list[tuple[str, Any]] = [
        (_("单位"), scheme.organization.name),
        (_("积分单元"), translate(rules.UNITS[scheme.unit])),
        (_("多久兑换一次"), translate(rules.PERIODS[scheme.per])),
        (_("公示天数"), _("%(n)s天") % {"n": scheme.show_days}),
        (_("年末结余"), _("转入下年") if scheme.carries else _("年度清零")),
        (_("设立日期"), show_date(scheme.since)),
        (_("停止日期"), show_date(scheme.ended_on) if scheme.ended_on else ""),
    ]
    return SchemePage(
        scheme=scheme,
        badge=due_badge(scheme.per, scheme.since, last_exchange([scheme], day).get(scheme.pk), scheme.ended_on, day),
        facts=told(facts),
        waiting=dict(states.annotate(n=Count("pk")).order_by("state")),
        editions=edition_lines(scheme, day),
        goods=[one for one in goods if one.ended_on is None],
        past_goods=[one for one in goods if one.ended_on is not None],
        reviews=[_review_line(one) for one in reviews.order_by("-number")[:SHOWN_LINES]],
        days=[_day_line(one) for one in days.order_by("-on", "-pk")[:SHOWN_LINES]],
        accounts=scheme.accounts.filter(closed_on__isnull=True).count(),
        may_write=may,
        may_gather=may and scheme.ended_on is None,
        may_clear=may and not scheme.carries and scheme.since.year < day.year,
    )


def _review_line(one: Any) -> Line:
    badge = (translate(rules.REVIEW_STATES[one.state]), REVIEW_TONES[one.state])
    title = _("第%(number)s次评议 · %(day)s") % {"number": one.number, "day": show_date(one.held_on)}
    return badge, title, _("%(n)s项") % {"n": show_number(one.n)}, url_of("review", one.key)


def _day_line(one: Any) -> Line:
    badge = (translate(rules.DAY_STATES[one.state]), DAY_TONES[one.state])
    words = _("%(served)s户兑换%(given)s笔") % {"served": show_number(one.served), "given": show_number(one.given)}
    return badge, show_date(one.on), words if one.given else one.place, url_of("day", one.key)


def edition_lines(scheme: Scheme, day: date) -> list[EditionLine]:
    """The edition in force on a day and those that come; without any, nothing. One query and one for the items."""
    used = Exists(Claim.objects.filter(item__edition=OuterRef("pk")).exclude(state__in=rules.NEVER))
    rows = scheme.editions.filter(withdrawn_on__isnull=True).prefetch_related("items").select_related("meeting")
    found = list(rows.annotate(used=used).order_by("-starts_on"))
    coming = [one for one in found if one.starts_on > day]
    now = next((one for one in found if one.starts_on <= day), None)
    lines = [*([now] if now else []), *reversed(coming)]
    return [
        EditionLine(
            one,
            sorted(one.items.all(), key=lambda item: item.number),
            Badge(_("执行中"), "done") if one is now else Badge(_("待启用"), "info"),
            one.used,
        )
        for one in lines
    ]


@dataclass(frozen=True)
class LedgerLine:
    """One entry as it is read: day, what it is, points, whether it was put right, and the steps that are open."""

    on: str
    kind: str
    note: str
    points: int
    badge: Badge | None
    href: str
    reverse_url: str


@dataclass(frozen=True)
class AccountPage:
    """An account with its ledger and what waits for it."""

    account: Account
    badge: Badge
    facts: Facts
    entries: list[LedgerLine]
    more: int
    claims: list[Line]
    may_write: bool
    may_bring: bool


def account_page(actor: Actor, account: Account) -> AccountPage:
    """The last 200 entries, newest first; three queries."""
    may = writes(actor, WRITE, account.scheme.organization)
    rows = account.entries.select_related("reversed_by", "claim", "exchange__day").order_by("-pk")
    entries = list(rows[: LEDGER_LINES + 1])
    total = account.entries.count() if len(entries) > LEDGER_LINES else len(entries)
    waiting = account.claims.filter(state__in=(rules.FILED, rules.CHECKED, rules.REVIEWED))
    open_ = account.closed_on is None
    brought = account.entries.filter(kind=rules.BROUGHT, reversed_by__isnull=True).exists()
    facts: list[tuple[str, Any]] = [
        (_("户号"), str(account.number)),
        (_("村民小组"), account.group),
        (_("单位"), account.scheme.organization.name),
        (_("积分办法"), account.scheme.name),
        (_("公示姓名"), _("同意") if account.agreed else _("没有同意,只列户号")),
        (_("开户日期"), show_date(account.opened_on)),
        (_("注销日期"), show_date(account.closed_on) if account.closed_on else ""),
    ]
    return AccountPage(
        account=account,
        badge=Badge(_("在用"), "done") if open_ else Badge(_("已注销"), "paused"),
        facts=told(facts),
        entries=[_ledger_line(one, may=may) for one in entries[:LEDGER_LINES]],
        more=total - min(total, LEDGER_LINES),
        claims=[_claim_line(one) for one in waiting.select_related("item").order_by("-on", "-pk")[:50]],
        may_write=may,
        may_bring=may and open_ and not brought,
    )


def _stands(entry: Any) -> bool:
    return getattr(entry, "reversed_by", None) is None


def _ledger_line(one: Any, *, may: bool) -> LedgerLine:
    stands, href = _stands(one), ""
    if one.claim is not None:
        href = url_of("claim", one.claim.key)
    elif one.exchange is not None:
        href = url_of("day", one.exchange.day.key)
    gone = Badge(_("已退回") if one.kind == rules.SPENT else _("已冲正"), "paused")
    return LedgerLine(
        on=show_date(one.on),
        kind=translate(rules.ENTRY_KINDS[one.kind]),
        note=one.note,
        points=one.points,
        badge=None if stands else gone,
        href=href,
        reverse_url=url_of("reverse_entry", one.key) if may and stands and one.kind in rules.REVERSIBLE else "",
    )


def _claim_line(one: Claim) -> Line:
    badge = (translate(rules.CLAIM_STATES[one.state]), CLAIM_TONES[one.state])
    words = f"{show_date(one.on)} · {_('%(n)s分') % {'n': show_number(one.points)}}"
    return badge, claim_words(one.item.name, one.times), words, url_of("claim", one.key)


@dataclass(frozen=True)
class ClaimPage:
    """A claim with its way so far."""

    claim: Claim
    badge: Badge
    title: str
    facts: Facts
    may_withdraw: bool
    may_refuse: bool


def claim_page(actor: Actor, claim: Claim) -> ClaimPage:
    """No query of its own."""
    may = writes(actor, WRITE, claim.scheme.organization)
    votes = f"{claim.votes}/{claim.voters}" if claim.votes is not None else ""
    seen = " · ".join(filter(None, (show_date(claim.checked_on), claim.checked_by))) if claim.checked_on else ""
    failed = _("评议没有过半") if claim.state == rules.REFUSED and not claim.reason else claim.reason
    facts: list[tuple[str, Any]] = [
        (_("积分户"), claim.account.name),
        (_("日期"), show_date(claim.on)),
        (_("积分"), _("%(n)s分") % {"n": show_number(claim.points)}),
        (_("凭据"), claim.proof),
        (_("登记日期"), show_date(claim.filed_on)),
        (_("初核"), seen),
        (_("同意票"), votes),
        (_("理由"), failed),
    ]
    return ClaimPage(
        claim=claim,
        badge=Badge(translate(rules.CLAIM_STATES[claim.state]), CLAIM_TONES[claim.state]),
        title=claim_words(claim.item.name, claim.times),
        facts=told(facts),
        may_withdraw=may and claim.state in (rules.FILED, rules.CHECKED),
        may_refuse=may and claim.state == rules.REVIEWED,
    )


@dataclass(frozen=True)
class GoodPage:
    """A good with the book of its stock."""

    good: Good
    facts: Facts
    moves: list[tuple[str, str, str, int]]
    may_write: bool
    may_restore: bool


def good_page(actor: Actor, good: Good) -> GoodPage:
    """The last 200 moves, newest first; one query."""
    rows = good.moves.select_related("donor", "exchange__account").order_by("-pk")[:LEDGER_LINES]
    facts: list[tuple[str, Any]] = [
        (_("库存"), f"{show_number(good.stock)}{good.unit}"),
        (_("兑换分值"), _("%(n)s分") % {"n": show_number(good.price)}),
        (_("单位"), good.scheme.organization.name),
        (_("停用日期"), show_date(good.ended_on) if good.ended_on else ""),
    ]
    may = writes(actor, WRITE, good.scheme.organization)
    return GoodPage(
        good=good,
        facts=told(facts),
        moves=[(show_date(one.on), translate(rules.STOCK_KINDS[one.kind]), _source(one), one.quantity) for one in rows],
        may_write=may and good.ended_on is None,
        may_restore=may and good.ended_on is not None,
    )


def _source(one: Any) -> str:
    taken = one.exchange.account.name if one.exchange else ""
    return " · ".join(filter(None, (one.donor.name if one.donor else "", taken, one.document)))


def choices_of_meetings(actor: Actor, scheme: Scheme, now: datetime) -> list[tuple[str, str]]:
    """Meetings and activities of half a year that the body convened, newest first, those of the next weeks too."""
    rows = Meeting.objects.visible_to(actor).filter(convener=scheme.organization).exclude(state=CANCELLED)
    rows = rows.filter(starts_at__gte=now - timedelta(days=183), starts_at__lte=now + rules.AHEAD)
    found = rows.order_by("-starts_at", "-pk").values_list("key", "title", "starts_at")[:200]
    return [(str(key), f"{title} · {show_date(moment)}") for key, title, moment in found]
