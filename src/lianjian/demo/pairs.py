"""Pairs of the demonstration town: firms with villages (confirmed, and a second round to decide), a bank with firms."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from lianjian.accounts.models import User
from lianjian.alliances import actions as alliances
from lianjian.alliances.models import PairAction, Pairing, Programme
from lianjian.directory.actors import build_actor
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, system_actor

from .frame import Frame, enter
from .town import Town

MARKETS = ("省城批发市场", "县城农贸市场", "电商平台", "家具城")
# Main industries and yearly income of the villages' collectives, in the order of the villages.
VILLAGES = (
    ("02", 68_000), ("0152", 43_000), ("0141", 31_000), ("02", 52_000),
    ("0131", 96_000), ("0154", 27_000), ("5211", 180_000), ("6210", 240_000),
)  # fmt: skip


def pair_up(town: Town, clerk: Actor) -> None:
    """Everything of this page."""
    firms = [firm.organization for firm in town.firms[:16]]
    villages = [town.frame.places[f"village{number}"] for number in range(1, 9)]
    _survey(town, clerk, firms, villages)
    first = _programme(town, clerk, "企村共建(第一批)", "企村共建")
    _enrol(town, clerk, first, "giver", firms[:6])
    _enrol(town, clerk, first, "receiver", villages[:6])
    for number, pair in enumerate(_confirmed(town, clerk, first)):
        _history(town, clerk, pair, number)
    second = _programme(town, clerk, "百企帮百村(第二批)", "百企帮百村")
    alliances.set_weighing(actor=clerk, programme=second, weak_first=True, now=town.frame.now)
    _enrol(town, clerk, second, "giver", firms[6:13])
    _enrol(town, clerk, second, "receiver", villages)
    proposal = alliances.propose(actor=clerk, programme=second, now=town.frame.now)
    best = proposal.pairs.exclude(giver=None).order_by("-gain", "pk").first()
    if best is not None:
        alliances.decide_pair(actor=clerk, pair=best, decision="accepted", now=town.frame.now)
    bank = _programme(town, clerk, "银企结对", "银企结对", shape="one_to_many", capacity=10)
    _enrol(town, clerk, bank, "giver", [town.frame.places["bank"]])
    _enrol(town, clerk, bank, "receiver", firms[12:16])
    _confirmed(town, clerk, bank)


def pair_across(town: Town, second: Frame, county: Actor, clerk: Actor) -> None:
    """The county pairs firms of the neighbouring town with villages of this one; both sides report at home."""
    frame = town.frame
    held = alliances.open_programme(
        actor=county,
        organization=frame.places["county"],
        name="百企帮百村(全县)",
        kind="百企帮百村",
        shape="one_to_one",
        since=frame.today - timedelta(days=200),
        giver_duties="出资金、技术和销路,优先招用本村劳动力。",
        receiver_duties="落实用地和劳力,管好用好帮扶资金。",
        now=frame.now,
    )
    firms = Organization.objects.filter(jurisdiction=second.town, classification="enterprise").order_by("pk")[:3]
    villages = [frame.places[f"village{number}"] for number in (3, 6, 7)]
    _enrol(town, county, held, "giver", list(firms))
    _enrol(town, county, held, "receiver", villages)
    pairs = _confirmed(town, county, held)
    places = (frame.town.pk, second.town.pk)

    def follow() -> None:  # what the jobs of the towns do
        for place in places:
            alliances.follow_pairs(
                actor=system_actor(place), pairing_ids=[one.pk for one in pairs], now=frame.now
            )

    follow()
    neighbour = _clerk(second)
    enter(frame, frame.county.pk, *places)  # an actor is built under the wall of its own place
    words = ("在村委会签订协议", "企业车间主任到村任指导员", "走访41户")
    for number, pair in enumerate(pairs):
        actions = PairAction.objects.filter(pairing=pair).select_related("pairing__giver", "pairing__receiver")
        for place, action in enumerate(actions.order_by("number")[: 3 - number]):
            alliances.report_action(
                actor=neighbour if place % 2 == 0 else clerk,
                action=action,
                on=pair.since + timedelta(days=6 + 20 * place),
                note=words[place],
                now=frame.now,
            )
        if number < 2:  # the last report waits for the job of the county
            alliances.take_reports(actor=system_actor(frame.county.pk), pairing=pair, now=frame.now)
    follow()


def _clerk(second: Frame) -> Actor:
    """The clerk of the neighbouring town."""
    user = User.objects.get(username="clerk2")
    found = build_actor(user_id=user.pk, name=user.name, day=second.today)
    if found is None:
        raise LookupError("the neighbouring town has no clerk")
    return found


def _programme(
    town: Town, clerk: Actor, name: str, kind: str, shape: str = "one_to_one", capacity: int = 1
) -> Programme:
    return alliances.open_programme(
        actor=clerk,
        organization=town.frame.places["town"],
        name=name,
        kind=kind,
        shape=shape,
        capacity=capacity,
        since=town.frame.today - timedelta(days=200),
        giver_duties="出资金、技术和销路,优先招用本村劳动力,派一名指导员。",
        receiver_duties="落实用地和劳力,协调村民,管好用好帮扶资金。",
        now=town.frame.now,
    )


def _enrol(town: Town, clerk: Actor, programme: Programme, side: str, bodies: list[Organization]) -> None:
    alliances.enrol(
        actor=clerk,
        programme=programme,
        organizations=bodies,
        side=side,
        consent="yes",
        consent_on=town.frame.today - timedelta(days=190),
        now=town.frame.now,
    )


def _survey(town: Town, clerk: Actor, firms: list[Organization], villages: list[Organization]) -> None:
    """What was found before pairing; some things nobody asked."""
    day = town.frame.today - timedelta(days=195)

    def state(body: Organization, kind: str, **more: object) -> None:
        alliances.state_fact(
            actor=clerk, organization=body, kind=kind, day=day, source="结对前调研", now=town.frame.now, **more  # type: ignore[arg-type]
        )

    for number, (village, (industry, income)) in enumerate(zip(villages, VILLAGES, strict=True)):
        state(village, "industry", text=industry[:2])
        state(village, "income", value=Decimal(income))
        if number % 3 != 2:
            state(village, "market", text=MARKETS[number % 3])
    for number, firm in enumerate(firms):
        if number % 4 != 3:
            state(firm, "market", text=MARKETS[number % 4])
            state(firm, "market", text=MARKETS[(number + 1) % 4])
        if number % 5 == 0:
            state(firm, "jobs", partner=villages[number % 8], value=Decimal(3 + number % 7))


def _confirmed(town: Town, clerk: Actor, programme: Programme) -> list[Pairing]:
    proposal = alliances.propose(actor=clerk, programme=programme, now=town.frame.now)
    since = town.frame.today - timedelta(days=120)
    return alliances.confirm_proposal(actor=clerk, proposal=proposal, since=since, now=town.frame.now)


def _history(town: Town, clerk: Actor, pair: Pairing, number: int) -> None:
    """What this pair has done so far: the first ones more, the last one little."""
    words = ("在村委会签订协议", "企业生产部长驻点", "走访32户", "三年规划定稿", "联合主题党日", "捐建蔬菜棚")
    for place, action in enumerate(pair.actions.order_by("number")[: max(1, 6 - number)]):
        for time in range(action.times if number < 2 else 1):
            alliances.record_action(
                actor=clerk,
                action=action,
                on=pair.since + timedelta(days=5 + 15 * place + time),
                note=words[place],
                now=town.frame.now,
            )
    alliances.contribute(
        actor=clerk,
        pairing=pair,
        side="giver",
        amount=Decimal(20_000 + 5_000 * number),
        on=pair.since + timedelta(days=20),
        source=("企业自有资金", "社会资本", "银行信贷", "财政补助", "帮扶队资金")[number % 5],
        note="银行回单",
        now=town.frame.now,
    )
    if number % 2 == 0:
        alliances.contribute(
            actor=clerk, pairing=pair, side="receiver", what="育苗用地", quantity=Decimal(3), unit="亩",
            on=pair.since + timedelta(days=30), source="集体自有资金", note="用地协议", now=town.frame.now,
        )  # fmt: skip
    for days, income in ((-30, 40_000 + 9_000 * number), (100, 47_000 + 9_500 * number)):
        alliances.measure(
            actor=clerk,
            pairing=pair,
            kind="income",
            value=Decimal(income),
            day=pair.since + timedelta(days=days),
            source="村集体账",
            now=town.frame.now,
        )
