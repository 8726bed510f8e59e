"""The pages of matching, by the front door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse

from lianjian.alliances import actions as alliances
from lianjian.alliances.tests.test_alliances import admit, found
from lianjian.directory.models import Organization
from lianjian.foundation import clock
from lianjian.lists import actions, tasks
from lianjian.lists.models import Claim, Item, MatchEntry, Synonym, Verdict
from lianjian.lists.queries import entries
from lianjian.lists.tests.acts import published, speaker
from lianjian.lists.tests.test_matching import need
from tests.cast import NOW, Cast

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


def test_a_row_follows_what_stands_above_its_body_and_its_seats_on_chains(cast: Cast) -> None:
    """By the night at the latest: a moved office takes the rows of all below it along, a new seat gives its chain."""
    item = published(cast, cast.firm, title="冷库出租")
    entry = MatchEntry.objects.get(subject_key=item.key)

    def nightly(at: datetime) -> int:
        return actions.offer_missing(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=at)

    later = clock.now() + timedelta(hours=1)
    MatchEntry.objects.update(changed_at=later)
    assert nightly(later) == 0
    above = cast.firm.parent
    assert above is not None
    Organization.objects.filter(pk=above.pk).update(changed_at=later + timedelta(hours=1))
    assert nightly(later + timedelta(hours=2)) == 1
    assert nightly(later + timedelta(hours=2)) == 0
    alliances.add_term(actor=cast.actor("clerk"), list_code="chain", name="竹木", now=NOW)
    alliance = found(cast, chain="竹木")
    admit(cast, alliance, cast.firm)
    assert nightly(later + timedelta(hours=3)) == 1
    entry.refresh_from_db()
    assert entry.chain == "竹木"
    assert nightly(later + timedelta(hours=3)) == 0
