"""What the tests of points share: a village's scheme, its households, claims, a whole review, goods and a day.

Everything goes through the verbs, as the village's own clerk on the cast's village.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from lianjian.duties.models import Duty
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.errors import Refused
from lianjian.journal.models import Entry as Line
from lianjian.points import actions
from lianjian.points.models import Account, Claim, Edition, Entry, Exchange, ExchangeDay, Good, Review, Scheme
from tests.cast import NOW, Cast

DAY = timedelta(days=1)
ITEMS = "打扫门前 5\n义务劳动 8分\n参加村民会议 2"
SWEEP, LABOUR, MEETING = "打扫门前", "义务劳动", "参加村民会议"
HOMES = (("田小满", "一组"), ("林秋实", "一组"), ("周白露", "二组"), ("何清明", "二组"), ("田小满", "三组"))
PANEL = (("评议员甲", ""), ("评议员乙", ""), ("评议员丙", ""))


def day_of(now: datetime) -> date:
    """The day in the village."""
    return now.astimezone(CHINA).date()


def scheme(cast: Cast, **more: Any) -> Scheme:
    """The village's points by household, exchanged every month."""
    given: dict[str, Any] = {
        "organization": cast.village, "name": "积分超市", "unit": "household", "per": "month", "now": NOW,
    }  # fmt: skip
    return actions.found_scheme(actor=cast.actor("village"), **{**given, **more})


def edition(cast: Cast, scheme: Scheme, now: datetime = NOW, **more: Any) -> Edition:
    """What gives points, decided, published and used from today on."""
    given: dict[str, Any] = {
        "items": ITEMS, "decided_on": day_of(now), "published_on": day_of(now), "starts_on": day_of(now),
        "document": "村民代表会议决议", "now": now,
    }  # fmt: skip
    return actions.adopt_edition(actor=cast.actor("village"), scheme=scheme, **{**given, **more})


def accounts(
    cast: Cast, scheme: Scheme, rows: Sequence[tuple[str, str]] = HOMES, now: datetime = NOW
) -> list[Account]:
    """Households, numbered from one on."""
    return actions.open_accounts(actor=cast.actor("village"), scheme=scheme, rows=rows, now=now)


def ready(cast: Cast, now: datetime = NOW, **more: Any) -> tuple[Scheme, list[Account]]:
    """A scheme with an edition in force and its households."""
    made = scheme(cast, **{"now": now, **more})
    edition(cast, made, now)
    return made, accounts(cast, made, now=now)


def filed(cast: Cast, scheme: Scheme, homes: str = "1", item: str = SWEEP, **more: Any) -> list[Claim]:
    """What households, by number or name, did today."""
    now = more.pop("now", NOW)
    given: dict[str, Any] = {"on": day_of(now), "proof": "现场照片", "now": now}
    return actions.file_claims(
        actor=cast.actor("village"), scheme=scheme, item=item, accounts=homes, **{**given, **more}
    )


def checked(cast: Cast, scheme: Scheme, homes: str = "1", item: str = SWEEP, **more: Any) -> list[Claim]:
    """The same, seen."""
    made = filed(cast, scheme, homes, item, **more)
    seen(cast, scheme, made, more.get("now", NOW))
    return list(Claim.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


def seen(cast: Cast, scheme: Scheme, claims: Sequence[Claim], now: datetime = NOW) -> None:
    """Somebody looked at the proof of these."""
    keys = [one.key for one in claims]
    actions.check_claims(actor=cast.actor("village"), scheme=scheme, claims=keys, by="网格员", now=now)


def opened(
    cast: Cast, scheme: Scheme, jurors: Sequence[tuple[str, str]] = PANEL, now: datetime = NOW, **more: Any
) -> Review:
    """A panel sits today over everything that was seen."""
    given: dict[str, Any] = {"on": day_of(now), "now": now}
    return actions.open_review(
        actor=cast.actor("village"), scheme=scheme, jurors=jurors, **{**given, **more}
    )


def voted(cast: Cast, review: Review, count: int | None = None, now: datetime = NOW) -> Review:
    """So many said yes to each claim; without a count everybody who may judge it."""
    cast.actor("village")
    rows = Claim.objects.filter(review=review, state="reviewed")
    votes = {one.key: (one.voters or 0) if count is None else count for one in rows}
    return actions.vote_on_claims(actor=cast.actor("village"), review=review, votes=votes, now=now)


def vote(cast: Cast, review: Review, claim: Claim, count: int, now: datetime = NOW) -> Review:
    """So many said yes to one claim."""
    return actions.vote_on_claims(actor=cast.actor("village"), review=review, votes={claim.key: count}, now=now)


def shown(cast: Cast, review: Review, now: datetime = NOW, **more: Any) -> Review:
    """The list hangs out from today on."""
    given: dict[str, Any] = {"on": day_of(now), "document": "评议记录", "now": now}
    return actions.show_review(actor=cast.actor("village"), review=review, **{**given, **more})


def posted(cast: Cast, review: Review, now: datetime | None = None, **more: Any) -> Review:
    """Into the ledger, on the first day on which that may be."""
    cast.actor("village")
    now = now or NOW + review.show_days * DAY
    given: dict[str, Any] = {"on": day_of(now), "now": now}
    return actions.post_review(actor=cast.actor("village"), review=review, **{**given, **more})


def whole(cast: Cast, scheme: Scheme, homes: str = "1", item: str = SWEEP, **more: Any) -> Review:
    """From claims to the ledger: filed, seen, agreed to and shown at `now`, entered when the days are over."""
    now = more.get("now", NOW)
    checked(cast, scheme, homes, item, **more)
    review = shown(cast, voted(cast, opened(cast, scheme, now=now), now=now), now)
    return posted(cast, review, now + review.show_days * DAY)


def brought(cast: Cast, account: Account, points: int = 100, now: datetime = NOW, **more: Any) -> Entry:
    """What a household had before."""
    return actions.bring_balance(
        actor=cast.actor("village"), account=account, points=points, document="旧台账", now=now, **more
    )


def good(cast: Cast, scheme: Scheme, stock: int = 10, now: datetime = NOW, **more: Any) -> Good:
    """Soap for four points a piece, so many of it bought."""
    given: dict[str, Any] = {"name": "肥皂", "unit": "块", "price": 4}
    made = actions.add_good(actor=cast.actor("village"), scheme=scheme, now=now, **{**given, **more})
    if stock:
        moved(cast, made, stock, now=now)
        made.refresh_from_db()
    return made


def moved(cast: Cast, good: Good, quantity: int, kind: str = "bought", now: datetime = NOW, **more: Any) -> Any:
    """A move of the stock by hand."""
    given: dict[str, Any] = {"on": day_of(now), "document": "购货发票", "now": now}
    return actions.move_stock(
        actor=cast.actor("village"), good=good, kind=kind, quantity=quantity, **{**given, **more}
    )


def exchange_day(cast: Cast, scheme: Scheme, now: datetime = NOW, **more: Any) -> ExchangeDay:
    """Today goods are given for points."""
    given: dict[str, Any] = {"on": day_of(now), "place": "村委会", "now": now}
    return actions.open_day(actor=cast.actor("village"), scheme=scheme, **{**given, **more})


def exchanged(
    cast: Cast, day: ExchangeDay, account: Account, good: Good, quantity: int = 1, now: datetime = NOW
) -> Exchange:
    """So many for a household's points."""
    return actions.exchange(
        actor=cast.actor("village"), day=day, account=account, good=good, quantity=quantity, now=now
    )


def balance(cast: Cast, account: Account) -> int:
    """What the account has, as the database says."""
    cast.actor("village")
    return Account.objects.get(pk=account.pk).balance


def stock(cast: Cast, good: Good) -> int:
    """What is there of a good, as the database says."""
    cast.actor("village")
    return Good.objects.get(pk=good.pk).stock


def written(cast: Cast) -> dict[str, list[dict[str, Any]]]:
    """Every row of points in the town, with its duties and how long the journal is."""
    cast.actor("village")
    found = {
        one.__name__: list(one._default_manager.order_by("pk").values())
        for one in apps.get_app_config("points").get_models()
    }
    duties: Any = Duty.objects.filter(kind="points.exchange").order_by("pk").values()
    found["Duty"] = list(duties)
    found["Line"] = [{"lines": Line.objects.filter(verb__startswith="points.").count()}]
    return found


@contextmanager
def nothing_written(cast: Cast, refusal: type[Refused]) -> Iterator[pytest.ExceptionInfo[Any]]:
    """What happens inside is refused so, in a whole sentence, and leaves no trace."""
    before = written(cast)
    with pytest.raises(refusal) as said:
        yield said
    assert "%(" not in str(said.value)
    assert written(cast) == before
