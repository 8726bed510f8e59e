"""The page of a review and of an exchange day, their papers, and the parts of other pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.events.queries import writes
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import show_date, show_number

from ..models import RIGHT, WRITE, Claim, Exchange, ExchangeDay, Good, Review, Scheme
from ..rules import points as rules
from .lists import CLAIM_TONES, DAY_TONES, REVIEW_TONES, account_name, claim_words, url_of
from .pages import Facts, told

KIND = "积分兑换"


@dataclass(frozen=True)
class ReviewLine:
    """A claim under review."""

    name: str
    group: str
    what: str
    proof: str
    points: int
    votes: str
    badge: Badge
    note: str
    href: str
    refuse_url: str


@dataclass(frozen=True)
class ReviewPage:
    """A review with its claims and what the actor may do now."""

    review: Review
    badge: Badge
    facts: Facts
    lines: list[ReviewLine]
    panel: list[str]
    points: int
    missing: int
    may_write: bool
    may_post: bool


def review_page(actor: Actor, review: Review, day: date) -> ReviewPage:
    """Four queries: claims, panel, and whose claims each does not judge."""
    rows = list(review.claims.select_related("account", "item").order_by("account__number", "pk"))
    may = writes(actor, WRITE, review.scheme.organization)
    standing = [one for one in rows if one.state in (rules.REVIEWED, rules.POSTED)]
    shown = review.state == rules.SHOWN
    return ReviewPage(
        review=review,
        badge=Badge(translate(rules.REVIEW_STATES[review.state]), REVIEW_TONES[review.state]),
        facts=_review_facts(review),
        lines=[_review_line(one, may=may) for one in rows],
        panel=[_seat(one) for one in review.jurors.prefetch_related("recusals__account").order_by("pk")],
        points=sum(one.points for one in standing),
        missing=sum(one.votes is None for one in standing),
        may_write=may,
        may_post=may and shown and review.shown_until is not None and day > review.shown_until,
    )


def _seat(juror: Any) -> str:
    homes = sorted(one.account.number for one in juror.recusals.all())
    if not homes:
        return str(juror.name)
    words = {"name": juror.name, "number": "、".join(map(str, homes))}
    return _("%(name)s(自家户号%(number)s,回避)") % words


def _review_facts(review: Review) -> Facts:
    shown = ""
    if review.shown_from and review.shown_until:
        shown = f"{show_date(review.shown_from)} — {show_date(review.shown_until)}"
    return told(
        [
            (_("单位"), review.scheme.organization.name),
            (_("评议日期"), show_date(review.held_on)),
            (_("公示期"), shown),
            (_("办结日期"), show_date(review.closed_on) if review.closed_on else ""),
            (_("依据"), review.document),
            (_("理由"), review.reason),
        ]
    )


def _review_line(one: Claim, *, may: bool) -> ReviewLine:
    failed = one.state == rules.REFUSED and not one.reason
    return ReviewLine(
        name=account_name(one.account.name),
        group=one.account.group,
        what=f"{claim_words(one.item.name, one.times)} · {show_date(one.on)}",
        proof=one.proof,
        points=one.points,
        votes="" if one.votes is None else f"{one.votes}/{one.voters}",
        badge=Badge(translate(rules.CLAIM_STATES[one.state]), CLAIM_TONES[one.state]),
        note=_("评议没有过半") if failed else one.reason,
        href=url_of("claim", one.key),
        refuse_url=url_of("refuse_claim", one.key) if may and one.state == rules.REVIEWED else "",
    )


def paper_lines(review: Review) -> list[tuple[int, str, str, str, int]]:
    """Number, name, group, what for, points: of the list that hangs out or was entered, by account number.

    The name of who did not agree to be shown is left out (个人信息保护法 art. 25).
    """
    rows = review.claims.filter(state__in=(rules.REVIEWED, rules.POSTED, rules.REVERSED))
    found = rows.order_by("account__number", "on", "pk").values_list(
        "account__number", "account__name", "account__group", "item__name", "times", "points", "account__agreed"
    )
    return [
        (number, name if agreed else "", group, claim_words(item, times), points)
        for number, name, group, item, times, points, agreed in found
    ]


@dataclass(frozen=True)
class ExchangeLine:
    """One receipt."""

    number: int
    name: str
    group: str
    what: str
    points: int
    returned: bool
    reason: str
    account_url: str
    back_url: str


@dataclass(frozen=True)
class DayPage:
    """An exchange day with its receipts, what is in stock, and what the actor may do now."""

    day: ExchangeDay
    badge: Badge
    facts: Facts
    meeting: tuple[str, str] | None
    lines: list[ExchangeLine]
    goods: list[Good]
    served: int
    points: int
    given: int
    reached: bool
    may_write: bool


def day_page(actor: Actor, day: ExchangeDay, today: date) -> DayPage:
    """Two queries: receipts, newest first, and goods."""
    rows = list(day.exchanges.select_related("account", "good").order_by("-number"))
    may = writes(actor, WRITE, day.scheme.organization)
    standing = [one for one in rows if one.returned_on is None]
    facts = told(
        [
            (_("单位"), day.scheme.organization.name),
            (_("积分办法"), day.scheme.name),
            (_("地点"), day.place),
            (_("理由"), day.reason),
        ]
    )
    return DayPage(
        day=day,
        badge=Badge(translate(rules.DAY_STATES[day.state]), DAY_TONES[day.state]),
        facts=facts,
        meeting=(day.meeting.title, day.meeting.get_absolute_url()) if day.meeting else None,
        lines=[_exchange_line(one, may=may) for one in rows],
        goods=list(day.scheme.goods.filter(ended_on__isnull=True).order_by("price", "name")),
        served=len({one.account_id for one in standing}),
        points=sum(one.points for one in standing),
        given=len(standing),
        reached=day.on <= today,
        may_write=may,
    )


def _exchange_line(one: Exchange, *, may: bool) -> ExchangeLine:
    return ExchangeLine(
        number=one.number,
        name=account_name(one.account.name),
        group=one.account.group,
        what=f"{one.good.name} × {show_number(one.quantity)}{one.good.unit}",
        points=one.points,
        returned=one.returned_on is not None,
        reason=one.reason,
        account_url=url_of("account", one.account.key),
        back_url=url_of("give_back", one.key) if may and one.returned_on is None else "",
    )


def organization_panel(*, actor: Actor, record: Organization, now: datetime) -> Asking:
    """The points of a body that stand; nothing for a body without any."""
    if not actor.scopes(RIGHT):
        return None
    rows = Scheme.objects.visible_to(actor).standing().filter(organization=record).order_by("name", "pk")
    (found,) = yield (rows.values_list("key", "name", "per")[:20],)
    shown = [(url_of("scheme", key), name, translate(rules.PERIODS[per])) for key, name, per in found]
    return ("points/_panel.html", {"schemes": shown}) if shown else None


def meeting_panel(*, actor: Actor, record: Meeting, now: datetime) -> Asking:
    """The exchange of a meeting or activity; for an activity of this kind without one, the way to set it."""
    if not actor.scopes(RIGHT):
        return None
    standing = Q(exchanges__returned_on__isnull=True)
    days = ExchangeDay.objects.visible_to(actor).filter(meeting=record).exclude(state=rules.CALLED_OFF).annotate(
        served=Count("exchanges__account", filter=standing, distinct=True),
        spent=Sum(F("exchanges__quantity") * F("exchanges__price"), filter=standing, default=0),
    )  # fmt: skip
    schemes = Scheme.objects.visible_to(actor).standing().filter(organization=record.convener_id)
    if record.kind != KIND:
        schemes = schemes.none()
    found, own = yield (
        days.order_by("on", "pk").values_list("key", "on", "state", "served", "spent")[:20],
        schemes.order_by("name", "pk").values_list("key", "name")[:20],
    )
    lines = [_panel_line(*one) for one in found]
    new = [(f"{reverse('points:open_day', kwargs={'key': key})}?meeting={record.key}", name) for key, name in own]
    new = new if not lines and writes(actor, WRITE, record.convener) else []
    return ("points/_meeting.html", {"exchange_days": lines, "new_days": new}) if lines or new else None


def _panel_line(key: object, on: date, state: str, served: int, spent: int) -> Any:
    words = _("%(served)s户兑换,用去%(spent)s分") % {"served": show_number(served), "spent": show_number(spent)}
    badge = (translate(rules.DAY_STATES[state]), DAY_TONES[state])
    return badge, show_date(on), words, url_of("day", key)
