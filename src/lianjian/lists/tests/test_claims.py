"""What two bodies agree about an item: who may say what when, what is left, and what the database refuses."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from lianjian.directory.actions import dissolve_organization, merge_organizations, register_organization
from lianjian.foundation.rights import Denied
from lianjian.lists import actions, rules
from lianjian.lists.models import Claim, ClaimStep, Item, Outcome
from lianjian.lists.tests.acts import moved, proposed, published
from lianjian.notices.models import Message
from tests.cast import NOW, SINCE, TODAY, Cast, build_cast


def taken(item: Item) -> Decimal:
    item.refresh_from_db()
    return item.taken


def test_two_firms_of_two_towns_agree_use_and_rate(cast: Cast) -> None:
    item = published(cast)
    claim = proposed(cast, item, cast.other_firm, amount=Decimal("30.5"), words="秋果入库")
    assert (claim.state, taken(item), claim.jurisdiction_id) == ("proposed", 0, cast.other_town.pk)
    with pytest.raises(rules.NotYours):
        moved(cast, claim, "agree", "claimant")
    moved(cast, claim, "agree", "owner")
    assert (claim.state, taken(item)) == ("agreed", Decimal("30.5"))
    cast.actor("other_clerk")
    assert Message.objects.filter(user=cast.users["other_clerk"], kind="lists.agree").count() == 1
    moved(cast, claim, "fulfil", "claimant")
    assert (claim.state, taken(item)) == ("fulfilled", 0)  # a store that was used is free again
    with pytest.raises(rules.NotYours):
        moved(cast, claim, "rate", "owner", rating=5)
    moved(cast, claim, "rate", "claimant", rating=5, words="仓库干燥,装卸及时")
    with pytest.raises(rules.RatedAlready):
        moved(cast, claim, "rate", "claimant", rating=1)
    assert list(ClaimStep.objects.values_list("act", "side", "jurisdiction_id")) == [
        ("agree", "owner", cast.town.pk),
        ("fulfil", "claimant", cast.other_town.pk),
        ("rate", "claimant", cast.other_town.pk),
    ]
    made = actions.add_outcome(
        actor=cast.actor("contact"),
        claim=claim,
        side="owner",
        kind="money",
        amount=Decimal(12000),
        on=TODAY,
        now=NOW,
    )
    assert (made.unit, Outcome.objects.count()) == ("元", 1)


def test_the_owner_asks_a_body_of_another_town_and_it_agrees(cast: Cast) -> None:
    item = published(cast, kind="project", category="其他", title="共享实训基地", unit="家", reusable=False)
    claim = proposed(cast, item, cast.other_firm, side="owner", amount=Decimal(1))
    assert claim.jurisdiction_id == cast.town.pk
    with pytest.raises(Denied):  # the owner's place does not speak for the other firm
        actions.agree(actor=cast.actor("clerk"), claim=claim, side="claimant", now=NOW)
    moved(cast, claim, "agree", "claimant")  # the other place reserves what is the first one's
    assert taken(item) == 1
    moved(cast, claim, "fulfil", "owner")
    assert taken(item) == 1  # used up


def test_what_is_taken_back_is_free_and_needs_a_reason(cast: Cast) -> None:
    item = published(cast, capacity=Decimal(5))
    first = moved(cast, proposed(cast, item, cast.second_firm, amount=Decimal(4)), "agree", "owner")
    with pytest.raises(rules.NotEnough):
        proposed(cast, item, cast.other_firm, amount=Decimal(2))
    second = proposed(cast, item, cast.other_firm, amount=Decimal(1))
    with pytest.raises(rules.AlreadyProposed):
        proposed(cast, item, cast.other_firm, amount=Decimal(1))
    with pytest.raises(rules.ReasonNeeded):
        moved(cast, first, "take_back", "claimant", words=" ")
    moved(cast, first, "take_back", "claimant")
    assert taken(item) == 0
    with pytest.raises(rules.NotYours):  # a proposal is refused by the side that was asked, not taken back
        moved(cast, second, "take_back", "owner")
    with pytest.raises(rules.ReasonNeeded):
        moved(cast, second, "refuse", "owner", words="")
    moved(cast, second, "refuse", "owner")
    with pytest.raises(rules.NotNow):
        moved(cast, second, "agree", "owner")
    with pytest.raises(rules.OutcomeTooEarly):
        actions.add_outcome(
            actor=cast.actor("contact"),
            claim=second,
            side="owner",
            kind="jobs",
            amount=Decimal(3),
            on=TODAY,
            now=NOW,
        )


def test_a_venue_is_booked_by_one_at_a_time(cast: Cast) -> None:
    hall = published(
        cast, cast.village, category="设施阵地", title="村级礼堂", by_day=True, capacity=None, unit=""
    )
    with pytest.raises(rules.DaysNeeded):
        proposed(cast, hall, cast.firm)
    days = {"since": TODAY, "until": TODAY + timedelta(days=2)}
    one = proposed(cast, hall, cast.firm, **days)
    two = proposed(
        cast, hall, cast.second_firm, since=TODAY + timedelta(days=2), until=TODAY + timedelta(days=3)
    )
    again = proposed(cast, hall, cast.firm, since=date(2026, 5, 1), until=date(2026, 5, 1))
    moved(cast, one, "agree", "owner")
    with pytest.raises(rules.DaysTaken):
        moved(cast, two, "agree", "owner")
    moved(cast, again, "agree", "owner")
    moved(cast, one, "take_back", "owner")
    moved(cast, two, "agree", "owner")
    with pytest.raises(rules.BookedByDay):
        actions.change_item(actor=cast.actor("village"), item=hall, now=NOW, by_day=False)


def test_an_ended_or_expired_item_is_claimed_by_nobody(cast: Cast) -> None:
    item = published(cast, expires_on=TODAY)
    waiting = proposed(cast, item, cast.second_firm)
    asked = proposed(cast, item, cast.village, side="owner")
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(rules.NotOffered):
        actions.propose(
            actor=cast.actor("other_clerk"), item=item, organization=cast.other_firm, now=tomorrow
        )
    with pytest.raises(rules.NotOffered):
        actions.agree(actor=cast.actor("contact"), claim=waiting, side="owner", now=tomorrow)
    with pytest.raises(rules.ReasonNeeded):
        actions.end_item(actor=cast.actor("contact"), item=item, now=NOW, withdrawn=True)
    actions.end_item(actor=cast.actor("contact"), item=item, now=NOW, withdrawn=True, reason="仓库另有安排")
    assert {claim.pk: claim.state for claim in Claim.objects.all()} == {
        waiting.pk: "refused",
        asked.pk: "taken_back",
    }
    with pytest.raises(rules.NotOffered):
        proposed(cast, item, cast.other_firm)


def test_who_may_propose_and_answer(cast: Cast) -> None:
    item = published(cast)
    with pytest.raises(rules.OwnItem):
        actions.propose(actor=cast.actor("clerk"), item=item, organization=cast.firm, now=NOW)
    with pytest.raises(Denied):
        actions.propose(actor=cast.actor("other_contact"), item=item, organization=cast.firm, now=NOW)
    with pytest.raises(rules.AmountPositive):
        proposed(cast, item, cast.second_firm, amount=Decimal("0.001"))
    claim = proposed(cast, item, cast.second_firm)
    with pytest.raises(Denied):
        actions.agree(actor=cast.actor("other_contact"), claim=claim, side="owner", now=NOW)
    assert claim in Claim.objects.visible_to(cast.actor("contact"))
    assert claim in Claim.objects.visible_to(cast.actor("leader"))
    for stranger in ("village", "other_clerk"):
        assert claim not in Claim.objects.visible_to(cast.actor(stranger))


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE lists_claim SET state = 'agreed', agreed_at = now()",
        "UPDATE lists_claim SET amount = 1",
        "UPDATE lists_item SET taken = 7",
        "UPDATE lists_claimstep SET words = 'x'",
        "DELETE FROM lists_claimstep",
    ],
)
def test_nobody_writes_by_hand_what_follows_from_the_steps(cast: Cast, forged: str) -> None:
    item = published(cast)
    moved(cast, proposed(cast, item, cast.second_firm, amount=Decimal(2)), "agree", "owner")
    cast.actor("clerk")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)


def test_a_side_does_not_write_the_other_sides_step(cast: Cast) -> None:
    claim = proposed(cast, published(cast), cast.other_firm)
    cast.actor("other_clerk")
    forged = ClaimStep(
        jurisdiction_id=cast.other_town.pk, claim=claim, side="owner", act="agree", at=NOW, by_name="冒名"
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        forged.save()
    born = Claim(
        jurisdiction_id=cast.other_town.pk,
        item=claim.item,
        organization=cast.other_firm,
        proposed_by="owner",
        amount=1,
        proposed_at=NOW,
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        born.save()
    for row in (
        ClaimStep(
            jurisdiction_id=cast.other_town.pk, claim=claim, side="x", act="agree", at=NOW, by_name="冒名"
        ),
        ClaimStep(
            jurisdiction_id=cast.other_town.pk, claim=claim, side="claimant", act="x", at=NOW, by_name="冒名"
        ),
        Claim(
            jurisdiction_id=cast.other_town.pk,
            item=claim.item,
            organization=cast.other_firm,
            proposed_by="x",
            amount=1,
            proposed_at=NOW,
        ),
        Outcome(
            jurisdiction_id=cast.other_town.pk,
            claim=claim,
            side="claimant",
            kind="money",
            amount=1,
            unit="元",
            on=TODAY,
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()
    claim.refresh_from_db()
    assert claim.state == "proposed"


def test_nobody_tells_what_came_of_anothers_claim(cast: Cast) -> None:
    claim = moved(cast, proposed(cast, published(cast), cast.second_firm), "agree", "owner")
    cast.actor("other_clerk")
    told = Outcome(
        jurisdiction_id=cast.other_town.pk,
        claim=claim,
        side="owner",
        kind="money",
        amount=10**9,
        unit="元",
        on=TODAY,
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        told.save()


def test_a_booking_is_for_days_that_are_there_and_free(cast: Cast) -> None:
    hall = published(
        cast,
        cast.village,
        category="设施阵地",
        title="礼堂",
        by_day=True,
        capacity=None,
        unit="",
        expires_on=date(2026, 4, 30),
    )
    for since, until in (
        (TODAY - timedelta(days=1), TODAY),
        (date(2026, 4, 30), date(2026, 5, 1)),
        (TODAY, date.max),
    ):
        with pytest.raises(rules.DaysOutside):
            proposed(cast, hall, cast.firm, since=since, until=until)
    days = {"since": TODAY, "until": TODAY + timedelta(days=1)}
    claim = proposed(cast, hall, cast.firm, **days)
    with pytest.raises(rules.AlreadyProposed):  # a second click
        proposed(cast, hall, cast.firm, **days)
    moved(cast, claim, "agree", "owner")
    with pytest.raises(rules.DaysTaken):
        proposed(cast, hall, cast.second_firm, **days)


def test_doubled_records_with_open_claims_are_not_merged(cast: Cast) -> None:
    item = published(cast, cast.village, kind="project", category="其他", title="合作")
    proposed(cast, item, cast.firm)
    proposed(cast, item, cast.second_firm)
    with pytest.raises(rules.ClaimsOpen):
        merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=cast.second_firm, now=NOW)


def test_who_is_dissolved_offers_nothing(cast: Cast) -> None:
    item = published(cast)
    waiting = proposed(cast, item, cast.other_firm)
    dissolve_organization(actor=cast.actor("clerk"), organization=cast.firm, on=TODAY, now=NOW)
    item.refresh_from_db()
    with pytest.raises(rules.NotOffered):
        proposed(cast, item, cast.second_firm)
    waiting = Claim.objects.select_related("organization", "item__organization").get(pk=waiting.pk)
    with pytest.raises(rules.NotOffered):
        actions.agree(actor=cast.actor("clerk"), claim=waiting, side="owner", now=NOW)


def test_what_was_claimed_keeps_its_unit_and_two_do_not_end_it_twice(cast: Cast) -> None:
    item = published(cast)
    moved(cast, proposed(cast, item, cast.second_firm, amount=Decimal(30)), "refuse", "owner")
    actions.change_item(actor=cast.actor("contact"), item=item, now=NOW, unit="平方米")
    moved(cast, proposed(cast, item, cast.second_firm, amount=Decimal(30)), "agree", "owner")
    with pytest.raises(rules.BookedByDay):
        actions.change_item(actor=cast.actor("contact"), item=item, now=NOW, unit="吨")
    stale = Item.objects.select_related("organization").get(pk=item.pk)
    actions.end_item(actor=cast.actor("contact"), item=item, now=NOW, reason="先")
    with pytest.raises(rules.NotOffered):
        actions.end_item(actor=cast.actor("contact"), item=stale, now=NOW, reason="后")
    assert Item.objects.get().ended_reason == "先"


def test_both_sides_hear_what_the_office_did_for_one(cast: Cast) -> None:
    claim = proposed(cast, published(cast), cast.other_firm)
    actions.agree(actor=cast.actor("clerk"), claim=claim, side="owner", now=NOW)
    cast.actor("contact")
    kinds = Message.objects.filter(user=cast.users["contact"]).values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["lists.proposed", "lists.agree"]


def test_two_hundred_at_once_on_a_capacity_of_three_leave_three(committed_db: str) -> None:
    """Each claim is proposed by one account and agreed to by another, all while the others do the same."""
    number, threads_at_once = 200, 8
    with transaction.atomic():
        cast = build_cast()
        item = published(cast, capacity=Decimal(3), unit="个", reusable=False)
        clerk = cast.actor("clerk")
        values = {"classification": "enterprise", "parent": cast.town_root, "since": SINCE, "now": NOW}
        firms = [register_organization(actor=clerk, name=f"柳溪第{one}木器厂", **values) for one in range(number)]
    waiting = iter(firms)
    door, ready = threading.Lock(), threading.Barrier(threads_at_once)
    outcomes: list[str] = []

    def claim_all() -> None:
        ready.wait(timeout=60)
        while True:
            with door:
                firm = next(waiting, None)
            if firm is None:
                break
            try:
                with transaction.atomic():
                    made = actions.propose(actor=cast.actor("clerk"), item=item, organization=firm, now=NOW)
                with transaction.atomic():
                    actor = cast.actor("contact")
                    claim = Claim.objects.select_related("organization", "item__organization").get(pk=made.pk)
                    actions.agree(actor=actor, claim=claim, side="owner", now=NOW)
                outcomes.append("agreed")
            except rules.NotEnough:
                outcomes.append("told")
        connection.close()

    threads = [threading.Thread(target=claim_all) for _one in range(threads_at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    assert (outcomes.count("agreed"), outcomes.count("told")) == (3, number - 3)
    with transaction.atomic():
        cast.actor("clerk")
        assert (Item.objects.get().taken, Claim.objects.filter(state="agreed").count()) == (3, 3)


def test_both_sides_move_at_the_same_moment(committed_db: str) -> None:
    with transaction.atomic():
        cast = build_cast()
        claim = proposed(cast, published(cast), cast.other_firm)
    ready, outcomes = threading.Barrier(2), []

    def move(who: str, act: str, side: str) -> None:
        try:
            with transaction.atomic():
                actor = cast.actor(who)
                mine = Claim.objects.select_related("organization", "item__organization").get(pk=claim.pk)
                ready.wait(timeout=20)
                getattr(actions, act)(actor=actor, claim=mine, side=side, now=NOW)
            outcomes.append(act)
        except (rules.NotNow, rules.ReasonNeeded):
            outcomes.append("told")
        finally:
            connection.close()

    pairs = (("contact", "agree", "owner"), ("other_clerk", "take_back", "claimant"))
    threads = [threading.Thread(target=move, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with transaction.atomic():
        cast.actor("clerk")
        found = Claim.objects.select_related("item").get(pk=claim.pk)
    # Taking back what was only proposed needs no word; what was agreed a moment ago is not taken back without one.
    assert sorted(outcomes) in (["agree", "told"], ["take_back", "told"])
    assert (found.state, found.item.taken) == (("agreed", 1) if "agree" in outcomes else ("taken_back", 0))
