"""The pages of matching, by the front door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from lianjian.alliances import actions as alliances
from lianjian.alliances.tests.test_alliances import admit, found
from lianjian.directory.actions import move_organization, register_organization
from lianjian.directory.models import Organization
from lianjian.lists import actions, tasks
from lianjian.lists.models import Claim, Item, MatchEntry, Synonym, Verdict
from lianjian.lists.queries import entries
from lianjian.lists.tests.acts import published, speaker
from lianjian.lists.tests.test_matching import need
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[None]:
    """No index but the one that a test makes."""
    with override_settings(DATA_DIR=tmp_path):
        yield


def matches(item: Item) -> str:
    return reverse("lists:matches", kwargs={"key": item.key})


def act(name: str, item: Item, other: Item) -> str:
    return reverse(f"lists:{name}", kwargs={"key": item.key, "label": "lists.item", "found": other.key})


def test_a_firm_sees_the_best_with_reasons_and_takes_one_up(cast: Cast) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    client = cast.client("other_contact")
    page = client.get(matches(wanted)).content.decode()
    for words in ("冷库出租", "类别相同", "可供100吨,需要80吨", "位置未登记", "还没有评价", act("accept_match", wanted, store)):
        assert words in page, words
    form = client.get(act("accept_match", wanted, store))
    assert "还剩 100吨" in form.content.decode()
    answer = client.post(act("accept_match", wanted, store), {"amount": "60", "words": "先用一季"})
    assert answer.status_code == 303
    claim = Claim.objects.get()
    assert (claim.item_id, claim.amount, claim.words) == (store.pk, Decimal(60), "先用一季")
    kept = Verdict.objects.get()
    assert kept.accepted
    assert kept.parts["capacity"] == 1.0
    page = client.get(matches(wanted)).content.decode()
    assert "已采纳" in page
    assert act("accept_match", wanted, store) not in page, "answered once"


def test_a_refusal_needs_a_reason_and_can_be_taken_back(cast: Cast) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    client = cast.client("other_contact")
    assert client.post(act("refuse_match", wanted, store), {"reason": ""}).status_code == 422
    assert client.post(act("refuse_match", wanted, store), {"reason": "库温达不到"}).status_code == 303
    page = client.get(matches(wanted)).content.decode()
    assert "库温达不到" in page
    assert "您方已表示不合适" in page
    kept = Verdict.objects.get()
    assert cast.client("contact").post(reverse("lists:drop_verdict", kwargs={"key": kept.key})).status_code == 404
    assert client.post(reverse("lists:drop_verdict", kwargs={"key": kept.key})).status_code == 303
    assert not Verdict.objects.exists()


def test_nobody_answers_for_another_body_or_for_what_he_may_not_see(cast: Cast) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    hidden = published(cast, title="冷库内部", visibility="town")
    assert cast.client("contact").post(act("refuse_match", wanted, store), {"reason": "x"}).status_code == 404
    elsewhere = need(cast, cast.other_firm)
    assert cast.client("other_clerk").get(act("accept_match", elsewhere, hidden)).status_code == 404
    assert "冷库内部" not in cast.client("other_clerk").get(matches(elsewhere)).content.decode()


def test_an_empty_answer_says_what_to_do(cast: Cast) -> None:
    page = cast.client("other_contact").get(matches(need(cast))).content.decode()
    assert "暂时没有合适的" in page
    assert "可以在说明里多写几个词" in page


def test_the_page_of_an_item_leads_to_its_matches(cast: Cast) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    client = cast.client("other_contact")
    page = client.get(reverse("lists:item", kwargs={"key": wanted.key})).content.decode()
    assert matches(wanted) in page
    part = client.get(matches(wanted) + "?few=1", headers={"HX-Request": "true"}).content.decode()
    assert store.title in part
    assert "<html" not in part
    actions.end_item(actor=speaker(cast, cast.second_firm), item=wanted, now=NOW)
    page = client.get(reverse("lists:item", kwargs={"key": wanted.key})).content.decode()
    assert matches(wanted) not in page, "what is over looks for nothing"


def test_words_and_weights_are_open_to_all_and_changed_by_the_office(cast: Cast) -> None:
    address = reverse("lists:matching")
    seen = cast.client("contact").get(address).content.decode()
    assert "权重" in seen
    assert reverse("lists:add_synonym") not in seen
    assert cast.client("contact").post(reverse("lists:add_synonym"), {"word": "甲乙", "other": "丙丁"}).status_code == 403
    clerk = cast.client("clerk")
    given = {"word": "恒温窖", "other": "地下库房", "ground": "本地叫法"}
    assert clerk.post(reverse("lists:add_synonym"), given).status_code == 303
    assert clerk.post(reverse("lists:add_synonym"), given).status_code == 422
    made = Synonym.objects.get()
    assert "本地叫法" in clerk.get(address).content.decode()
    gone = reverse("lists:retire_synonym", kwargs={"key": made.key})
    assert cast.client("other_clerk").post(gone).status_code == 404
    assert clerk.post(gone).status_code == 303
    made.refresh_from_db()
    assert made.retired_on is not None
    assert clerk.post(reverse("lists:set_match_weight"), {"code": "distance", "value": "21"}).status_code == 422
    assert clerk.post(reverse("lists:set_match_weight"), {"code": "distance", "value": "3.5"}).status_code == 303
    assert "3.5" in cast.client("contact").get(address).content.decode()


def test_verdicts_suggest_words_and_weights_openly(cast: Cast) -> None:
    for number in range(2):
        wanted = need(cast, title=f"恒温窖{number}号酒")
        store = published(cast, title=f"地下库房{number}间")
        entry = MatchEntry.objects.get(subject_key=store.key)
        actions.accept_match(actor=speaker(cast, cast.second_firm), item=wanted, entry=entry, now=NOW)
    page = cast.client("clerk").get(reverse("lists:matching")).content.decode()
    assert "采纳的对接里同时出现2次" in page
    assert reverse("lists:add_synonym") + "?word=" in page


def test_the_nightly_job_offers_what_is_missing(cast: Cast) -> None:
    store = published(cast, title="冷库出租")
    MatchEntry.objects.all().delete()
    tasks.offer_missing.run_job(jurisdiction_id=cast.town.pk)  # type: ignore[attr-defined]
    assert MatchEntry.objects.get().subject_key == store.key
    tasks.count_words(timestamp=0)
    assert entries.statistics(["冷库"]).documents == 1
    tasks.catch_up(timestamp=0)
    assert entries.node.state(entries.home()) is not None


def test_a_program_reads_the_same_answer(cast: Cast) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    found = cast.client("other_contact").get(f"/api/v1/lists/{wanted.key}/matches").json()
    (one,) = found["matches"]
    assert (one["label"], one["key"]) == ("lists.item", str(store.key))
    assert abs(one["score"] - sum(part["points"] for part in one["reasons"])) < 1e-9


def queued() -> int:
    """Jobs that write search rows anew, waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'lists.offer_missing'")
        return int(cursor.fetchone()[0])


def nightly(cast: Cast) -> int:
    return actions.offer_missing(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=NOW)


def test_a_row_follows_its_body_in_the_tree_and_on_the_map(cast: Cast) -> None:
    """Whatever was moved, and whatever the clocks said: what the row says is held against the body's record."""
    item = published(cast, cast.firm, title="冷库出租")
    published(cast, cast.village, title="冷库在村里")
    entry = MatchEntry.objects.get(subject_key=item.key)
    assert (nightly(cast), queued()) == (0, 0)
    clerk = cast.actor("clerk")
    early, day = NOW - timedelta(days=3), TODAY - timedelta(days=4)
    office = register_organization(
        actor=clerk, name="工业园区办公室", classification="department", parent=cast.firm.parent, since=day, now=NOW
    )
    before = queued()
    move_organization(actor=clerk, organization=cast.firm, parent=office, since=day, now=early)
    assert queued() == before + 1  # not only by the night
    cast.firm.refresh_from_db()
    entry.refresh_from_db()
    assert entry.path != cast.firm.path
    assert (nightly(cast), nightly(cast)) == (1, 0)
    entry.refresh_from_db()
    assert entry.path == cast.firm.path
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search @@ %s::tsquery FROM lists_matchentry WHERE id = %s", [f"'o#u{office.pk}'", entry.pk]
        )
        assert cursor.fetchone() == (True,)
    Organization.objects.filter(pk=cast.firm.pk).update(latitude=Decimal("28.5"), longitude=Decimal("121.5"))
    assert (nightly(cast), nightly(cast)) == (1, 0)
    Organization.objects.filter(pk=cast.firm.pk).update(latitude=None, longitude=None)
    assert (nightly(cast), nightly(cast)) == (1, 0)
    entry.refresh_from_db()
    assert (entry.latitude, entry.longitude) == (None, None)


def test_a_row_follows_its_bodys_seats_on_chains(cast: Cast) -> None:
    item = published(cast, cast.firm, title="冷库出租")
    clerk = cast.actor("clerk")
    alliances.add_term(actor=clerk, list_code="chain", name="竹木", now=NOW)
    alliance, plain = found(cast, chain="竹木"), found(cast, name="无链联盟")
    waiting = queued()
    admit(cast, plain, cast.firm)
    assert queued() == waiting  # without a chain nothing changes
    seat = admit(cast, alliance, cast.firm)
    assert queued() == waiting + 1

    def chain() -> tuple[int, str]:
        written = nightly(cast)
        return written, MatchEntry.objects.get(subject_key=item.key).chain

    assert chain() == (1, "竹木") and chain() == (0, "竹木")
    alliances.leave(actor=cast.actor("clerk"), seat=seat, until=TODAY, now=NOW)
    assert queued() == waiting + 2
    assert chain() == (1, "")
