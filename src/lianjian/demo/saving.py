"""Points of the demonstration village: gathered, reviewed, shown, entered, and exchanged for goods once a month."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lianjian.events import actions as events
from lianjian.events.models import Meeting
from lianjian.events.rules import meetings as words
from lianjian.foundation.actor import Actor
from lianjian.points import actions as points
from lianjian.points.models import Account, Good, Scheme
from lianjian.points.rules.points import Opening
from lianjian.rulebook.rules import span_of

from .gathering import at
from .town import Town

DAY = timedelta(days=1)
MONTHS = 3
HOUSEHOLDS = (
    ("一组", "岳成林", 40), ("一组", "翟桂香", 25), ("一组", "冉启明", 0), ("一组", "缪春生", 18),
    ("二组", "游素珍", 52), ("二组", "闵长河", 0), ("二组", "邵玉兰", 33), ("二组", "阚秀云", 12),
    ("三组", "褚大山", 60), ("三组", "殷满仓", 0), ("三组", "尚立春", 21), ("三组", "屈秋菊", 8),
)  # fmt: skip
ITEMS = (
    ("参加“红马甲”卫生大清整", 2), ("参加村民会议", 2), ("参加志愿服务", 5), ("帮助邻里", 3), ("出义务工", 10),
    ("获评最美庭院", 20),
)  # fmt: skip
# name, unit, price, bought, given by the firm
GOODS = (
    ("洗衣粉(1千克)", "袋", 8, 60, 0), ("食盐", "袋", 3, 100, 0), ("毛巾", "条", 5, 40, 60), ("雨伞", "把", 20, 12, 0),
)  # fmt: skip
PANEL = (("岳成林", "1"), ("尚立春", "11"), ("村妇联主席", ""), ("村监委主任", ""), ("驻村干部", ""))


def keep_points(town: Town, clerk: Actor) -> None:
    """Three months with an exchange each, and the present month going on."""
    today = town.frame.today
    first = today.replace(day=1)
    starts = [first]
    for _month in range(MONTHS):
        starts.insert(0, (starts[0] - DAY).replace(day=1))
    made = _founded(town, clerk, starts[0])
    for number, start in enumerate(starts[:-1]):
        _month_of(town, clerk, made, start, number)
    _present(town, clerk, made, first)


def _founded(town: Town, clerk: Actor, day: date) -> Scheme:
    village = town.frame.places["village1"]
    made = points.found_scheme(
        actor=clerk, organization=village, name="积分超市", unit="household", per="month", now=at(day, 8)
    )
    decided, published = day - timedelta(days=20), day - timedelta(days=12)
    points.adopt_edition(
        actor=clerk,
        scheme=made,
        items="\n".join(f"{name} {value}" for name, value in ITEMS),
        decided_on=decided,
        published_on=published,
        starts_on=day,
        document=f"村民代表会议决议({decided.month}月{decided.day}日)",
        now=at(day, 9),
    )
    rows = [Opening(name, group, brought) for group, name, brought in HOUSEHOLDS]
    points.open_accounts(actor=clerk, scheme=made, rows=rows, document="上年积分台账", agreed=True, now=at(day, 9))
    firm = town.firms[0].organization
    for name, unit, price, bought, given in GOODS:
        good = points.add_good(actor=clerk, scheme=made, name=name, unit=unit, price=price, now=at(day, 10))
        for kind, quantity, paper, donor in (("bought", bought, "购物发票", None), ("donated", given, "捐赠单", firm)):
            if quantity:
                points.move_stock(
                    actor=clerk, good=good, kind=kind, quantity=quantity, on=day, document=paper, donor=donor,
                    now=at(day, 11),
                )  # fmt: skip
    return made


def _filed(
    clerk: Actor, made: Scheme, item: str, on: date, numbers: tuple[int, ...], proof: str, now: datetime
) -> None:
    points.file_claims(
        actor=clerk, scheme=made, item=item, accounts="\n".join(map(str, numbers)), on=on, proof=proof, now=now
    )


def _month_of(town: Town, clerk: Actor, made: Scheme, start: date, number: int) -> None:
    """Claims of a month, their review, ten days later the exchange on the last day but two."""
    shift = number * 3
    some = tuple(sorted({(shift + step) % len(HOUSEHOLDS) + 1 for step in range(7)}))
    day = start + timedelta(days=5)
    _filed(clerk, made, ITEMS[0][0], day, some, "清整活动签到表", at(day, 17))
    _filed(clerk, made, ITEMS[2][0], day + DAY, some[:4], "志愿服务记录", at(day + DAY, 17))
    _filed(clerk, made, ITEMS[4][0], day + 2 * DAY, some[4:6], "村民小组长现场核实", at(day + 2 * DAY, 17))
    seen = start + timedelta(days=9)
    keys = list(made.claims.filter(state="filed").values_list("key", flat=True))
    points.check_claims(actor=clerk, scheme=made, claims=keys, by="村民小组长", now=at(seen, 9))
    review = points.open_review(actor=clerk, scheme=made, on=seen, jurors=PANEL, now=at(seen, 10))
    rows = list(review.claims.order_by("pk"))
    votes = {one.key: one.voters or 0 for one in rows}
    votes[rows[-1].key] = 1
    points.vote_on_claims(actor=clerk, review=review, votes=votes, now=at(seen, 11))
    paper = f"评议小组会议记录({seen.month}月{seen.day}日)"
    points.show_review(actor=clerk, review=review, on=seen, document=paper, now=at(seen, 16))
    posted = seen + timedelta(days=5)
    points.post_review(actor=clerk, review=review, on=posted, now=at(posted, 9))
    _exchanged(town, clerk, made, span_of(start, "month").last - 2 * DAY, number)


def _activity(town: Town, clerk: Actor, day: date, *, over: bool = True) -> Meeting:
    village = town.frame.places["village1"]
    meeting = events.plan_meeting(
        actor=clerk,
        convener=village,
        kind="积分兑换",
        title=f"{day.month}月积分集中兑换活动",
        starts_at=at(day, 9),
        ends_at=at(day, 11),
        place="村党群服务中心",
        bodies=[(village, words.HOST)],
        now=at(day - timedelta(days=7), 9),
    )
    if not over:
        return meeting
    came = {pk: events.Came(words.ATTENDED, 3) for pk in meeting.invitations.values_list("pk", flat=True)}
    return events.hold_meeting(
        actor=clerk, meeting=meeting, came=came, text="按户号兑换,现场签收。", now=at(day, 12)
    )


def _exchanged(town: Town, clerk: Actor, made: Scheme, day: date, number: int) -> None:
    meeting = _activity(town, clerk, day)
    held = points.open_day(
        actor=clerk, scheme=made, on=day, place="村党群服务中心", meeting=meeting, now=at(day, 8)
    )
    goods = list(Good.objects.filter(scheme=made).order_by("price"))
    accounts = Account.objects.filter(scheme=made, balance__gte=goods[0].price).order_by("number")
    for step, one in enumerate(accounts):
        fit = [good for good in goods if good.price <= one.balance]
        points.exchange(
            actor=clerk, day=held, account=one, good=fit[(step + number) % len(fit)], quantity=1, now=at(day, 10)
        )
    points.close_day(actor=clerk, day=held, now=at(day, 17))


def _present(town: Town, clerk: Actor, made: Scheme, first: date) -> None:
    """This month: some claims seen, some not yet; its exchange is set."""
    now, day = town.frame.now, span_of(first, "month").last - 2 * DAY
    if day > town.frame.today:
        meeting = _activity(town, clerk, day, over=False)
        points.open_day(actor=clerk, scheme=made, on=day, place=meeting.place, meeting=meeting, now=now)
    _filed(clerk, made, ITEMS[0][0], first, (1, 2, 5, 8), "清整活动签到表", now)
    keys = list(made.claims.filter(state="filed").values_list("key", flat=True))
    points.check_claims(actor=clerk, scheme=made, claims=keys, by="村民小组长", now=now)
    _filed(clerk, made, ITEMS[3][0], first, (3, 9), "邻居证明", now)
