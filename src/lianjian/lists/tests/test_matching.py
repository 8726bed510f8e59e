"""What is proposed to a need, why, and what is never proposed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from lianjian.journal.models import Entry
from lianjian.lists import actions, rules
from lianjian.lists.models import Item, MatchEntry, Verdict
from lianjian.lists.queries import entries, matching
from lianjian.lists.tests.acts import moved, proposed, published, speaker
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(params=["database", "index"])
def source(request: Any, tmp_path: Path) -> Iterator[str]:
    """Both ways to an answer; with an index everything that the test publishes is a change since."""
    with override_settings(DATA_DIR=tmp_path):
        yield request.param


def need(cast: Cast, body: Any = None, **facts: Any) -> Item:
    """A need of the second firm's for a hundred tons of cold store."""
    given = {"kind": "need", "title": "求租冷库存放杨梅", "category": "仓储共用", "source": "case", "capacity": Decimal(80)}
    return published(cast, body or cast.second_firm, **{**given, **facts})


def asked(cast: Cast, item: Item, source: str, who: str = "clerk") -> matching.Found:
    """The answer to an account, by the way that the test is about."""
    if source == "index":
        entries.rebuild()
    found = matching.found_for(cast.actor(who), item, NOW)
    assert found.source == source
    return found


def titles(found: matching.Found) -> list[str]:
    return [one.facts.title for one in found.matches]


def test_the_fitting_offer_comes_first_and_the_addends_are_its_score(cast: Cast, source: str) -> None:
    published(cast, title="闲置厂房招租", category="土地厂房")
    published(cast, title="冷库空余库容对外共用")
    published(cast, title="职工篮球场", category="设施阵地")
    found = asked(cast, need(cast), source)
    assert titles(found)[0] == "冷库空余库容对外共用"
    assert "职工篮球场" not in titles(found), "nothing but circumstances speaks for it"
    best = found.matches[0]
    assert math.isclose(best.score, sum(part.points for part in best.parts))
    codes = [part.code for part in best.parts]
    assert codes == ["words", "category", "chain", "distance", "capacity", "outcomes"]
    words = best.parts[0]
    assert any(word == "冷库" for word, _own, _points in words.note)
    assert math.isclose(words.points, sum(points for *_word, points in words.note))
    assert next(part for part in best.parts if part.code == "capacity").value == 1.0


def test_it_works_in_both_directions(cast: Cast, source: str) -> None:
    wanted, offered = need(cast), published(cast, title="冷库出租")
    assert titles(asked(cast, wanted, source)) == [offered.title]
    assert titles(asked(cast, offered, source)) == [wanted.title]


def test_what_is_over_taken_past_or_own_is_never_proposed_and_the_rule_is_named(cast: Cast, source: str) -> None:
    wanted = need(cast)
    over = published(cast, title="冷库出租,已过期", expires_on=TODAY)
    MatchEntry.objects.filter(subject_key=over.key).update(expires_on=TODAY - DAY)
    found = asked(cast, wanted, source)
    assert titles(found) == []
    assert found.aside is not None
    assert (found.aside.scored.facts.title, found.aside.rule) == (over.title, "expired")
    actions.end_item(actor=speaker(cast, cast.firm), item=over, now=NOW)
    published(cast, cast.second_firm, title="冷库自用")
    assert asked(cast, wanted, source).aside.rule == "own"  # type: ignore[union-attr]
    for mine in Item.objects.filter(title="冷库自用"):
        actions.end_item(actor=speaker(cast, cast.second_firm), item=mine, now=NOW)
    past = published(cast, title="冷库上月可用", since=TODAY - 30 * DAY, until=TODAY - DAY)
    found = asked(cast, wanted, source)
    assert titles(found) == []
    assert found.aside is not None and found.aside.rule == "past"
    actions.end_item(actor=speaker(cast, cast.firm), item=past, now=NOW)
    store = published(cast, title="冷库一间", capacity=Decimal(10), reusable=False)
    assert titles(asked(cast, wanted, source)) == [store.title]
    moved(cast, proposed(cast, store, cast.village, amount=Decimal(10)), "agree", "owner")
    found = asked(cast, wanted, source)
    assert titles(found) == []
    assert found.aside is not None and found.aside.rule == "taken"
    assert set(rules.RULED_OUT) >= {"own", "expired", "past", "taken"}


def test_an_item_that_expires_is_not_offered_though_its_row_says_otherwise(cast: Cast, source: str) -> None:
    """The door of the record has the last word over the search row."""
    wanted, store = need(cast), published(cast, title="冷库出租", expires_on=TODAY)
    assert titles(asked(cast, wanted, source)) == [store.title]
    cast.actor("contact")
    Item.objects.filter(pk=store.pk).update(expires_on=TODAY - DAY)
    assert titles(asked(cast, wanted, source)) == []


def test_a_forged_row_shows_nothing_that_may_not_be_seen(cast: Cast, source: str) -> None:
    wanted = need(cast, cast.other_firm)
    hidden = published(cast, title="冷库仅本镇", visibility="town")
    assert titles(asked(cast, wanted, source, "other_clerk")) == []
    # The row of matching lies, and so does the index that was built of it.
    cast.actor("clerk")
    entry = MatchEntry.objects.get(subject_key=hidden.key)
    cast.actor("contact")
    actions.offer(
        actor=speaker(cast, cast.firm), subject=hidden, kind="resource", organization=cast.firm, title=hidden.title,
        text="", category="仓储共用", audience="public", now=NOW,
    )  # fmt: skip
    entry.refresh_from_db()
    assert entry.audience == "public"
    assert titles(asked(cast, wanted, source, "other_clerk")) == []
    assert titles(asked(cast, need(cast), source, "clerk")) == [hidden.title]


def test_the_index_itself_holds_back_what_may_not_be_seen(cast: Cast, tmp_path: Path) -> None:
    from lianjian.lists.matching import node

    with override_settings(DATA_DIR=tmp_path):
        wanted = need(cast, cast.other_firm)
        published(cast, title="冷库仅本镇", visibility="town")
        shown = published(cast, title="冷库全县", visibility="county")
        entries.rebuild()
        actor = cast.actor("other_clerk")
        own = entries.own("lists.item", wanted.key)
        assert own is not None
        held = matching.office(actor, cast.other_town.pk, wanted.key)
        index = node.node(entries.home())
        assert index.fresh() is not None
        found = index.candidates(matching.question_of(own[0], "", held), held.reader, 50, TODAY)
        assert found == list(MatchEntry.objects.filter(subject_key=shown.key).values_list("pk", flat=True))


def test_what_was_published_since_is_found_beside_the_index(cast: Cast, tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path):
        wanted = need(cast)
        entries.rebuild()
        store = published(cast, title="冷库出租")
        found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert (titles(found), found.source) == ([store.title], "index")
        assert entries.catch_up(NOW) == "renewed"
        assert titles(matching.found_for(cast.actor("clerk"), wanted, NOW)) == [store.title]
        actions.end_item(actor=speaker(cast, cast.firm), item=store, now=NOW)
        assert titles(matching.found_for(cast.actor("clerk"), wanted, NOW)) == []


def test_a_node_that_lags_leaves_the_answer_to_the_database(cast: Cast, tmp_path: Path, monkeypatch: Any) -> None:
    with override_settings(DATA_DIR=tmp_path):
        wanted = need(cast)
        entries.rebuild()
        store, other = published(cast, title="冷库出租"), published(cast, title="冷库转租")
        monkeypatch.setattr(entries, "TAIL_MOST", 1)
        found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert found.source == "database"
        assert sorted(titles(found)) == sorted([store.title, other.title])
        assert entries.catch_up(NOW) == "built"
        monkeypatch.undo()  # within the transaction of a test everything is a change of a running transaction
        assert matching.found_for(cast.actor("clerk"), wanted, NOW).source == "index"


def test_both_ways_and_the_whole_formula_agree(cast: Cast, tmp_path: Path) -> None:
    words = ["冷库", "保鲜库", "仓库", "低温仓库", "冷冻仓位", "标准仓库", "粮仓", "气调库"]
    for number, word in enumerate(words * 3):
        published(cast, cast.firm, title=f"{word}第{number}号", capacity=Decimal(5 + 7 * number))
    wanted = need(cast)
    with override_settings(DATA_DIR=tmp_path):
        whole = [one.facts.id for one in matching.found_for(cast.actor("clerk"), wanted, NOW, exact=True).matches]
        slow = [one.facts.id for one in asked(cast, wanted, "database").matches]
        fast = [one.facts.id for one in asked(cast, wanted, "index").matches]
    assert len(whole) == 10
    assert slow == whole
    assert fast == whole


def test_a_refusal_is_kept_and_holds_until_it_is_taken_back(cast: Cast, source: str) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    entry = MatchEntry.objects.get(subject_key=store.key)
    scored = asked(cast, wanted, source).matches[0]
    actor = speaker(cast, cast.second_firm)
    with pytest.raises(rules.ReasonNeeded):
        actions.refuse_match(actor=actor, item=wanted, entry=entry, reason=" ", now=NOW)
    kept = actions.refuse_match(actor=actor, item=wanted, entry=entry, reason="太小", scored=scored, now=NOW)
    assert kept.parts["category"] == 1.0
    assert Entry.objects.filter(verb="lists.refuse_match").count() == 1
    found = asked(cast, wanted, source)
    assert titles(found) == []
    assert found.aside is not None
    assert found.aside.rule == "refused"
    with pytest.raises(rules.JudgedAlready):
        actions.refuse_match(actor=speaker(cast, cast.second_firm), item=wanted, entry=entry, reason="再说", now=NOW)
    actions.drop_verdict(actor=speaker(cast, cast.second_firm), verdict=kept, now=NOW)
    assert titles(asked(cast, wanted, source)) == [store.title]


def test_taking_a_proposal_up_proposes_a_claim(cast: Cast, source: str) -> None:
    wanted, store = need(cast), published(cast, title="冷库出租")
    entry = MatchEntry.objects.get(subject_key=store.key)
    actor = speaker(cast, cast.second_firm)
    claim = actions.accept_match(actor=actor, item=wanted, entry=entry, amount=Decimal(20), now=NOW)
    assert claim is not None
    assert (claim.item_id, claim.organization_id, claim.amount) == (store.pk, cast.second_firm.pk, Decimal(20))
    assert Verdict.objects.get().accepted
    with pytest.raises(rules.Refused):
        actions.accept_match(actor=speaker(cast, cast.firm), item=wanted, entry=entry, now=NOW)


def test_ratings_and_what_is_left_follow_the_claims(cast: Cast) -> None:
    store = published(cast, title="冷库出租", capacity=Decimal(100), reusable=False)
    claim = moved(cast, proposed(cast, store, cast.second_firm, amount=Decimal(30)), "agree", "owner")
    assert MatchEntry.objects.get(subject_key=store.key).left == Decimal(70)
    moved(cast, claim, "fulfil", "owner")
    moved(cast, claim, "rate", "claimant", rating=5)
    entry = MatchEntry.objects.get(subject_key=store.key)
    assert (entry.ratings, entry.rating_sum, entry.left) == (1, 5, Decimal(70))


def test_a_synonym_of_the_office_changes_the_answer_openly(cast: Cast, source: str) -> None:
    wanted = need(cast, title="急寻恒温窖", category="其他")
    store = published(cast, title="红酒地下库房", category="仓储共用")
    assert titles(asked(cast, wanted, source)) == []
    made = actions.add_synonym(actor=cast.actor("clerk"), word="恒温窖", other="地下库房", now=NOW)
    found = asked(cast, wanted, source)
    assert titles(found) == [store.title]
    assert any(own == "恒温窖" for _word, own, _points in found.matches[0].parts[0].note), "the reason names the word"
    actions.retire_synonym(actor=cast.actor("clerk"), synonym=made, now=NOW)
    assert titles(asked(cast, wanted, source)) == []
    with pytest.raises(rules.Refused):
        actions.add_synonym(actor=speaker(cast, cast.firm), word="甲乙", other="丙丁", now=NOW)
    with pytest.raises(rules.SynonymOfItself):
        actions.add_synonym(actor=cast.actor("clerk"), word="冷库", other="冷库", now=NOW)


def test_a_weight_of_the_office_changes_the_order(cast: Cast, source: str) -> None:
    wanted = need(cast, title="求租冷库", text="")
    near = published(cast, title="冷库冷库冷库", category="其他")
    same = published(cast, title="粮仓", category="仓储共用")
    actions.set_match_weight(actor=cast.actor("clerk"), code="category", value=Decimal(0), now=NOW)
    assert titles(asked(cast, wanted, source)) == [near.title], "without the category nothing speaks for the other"
    actions.set_match_weight(actor=cast.actor("clerk"), code="category", value=Decimal(20), now=NOW)
    assert titles(asked(cast, wanted, source)) == [same.title, near.title]
    with pytest.raises(rules.WeightOutOfRange):
        actions.set_match_weight(actor=cast.actor("clerk"), code="category", value=Decimal(21), now=NOW)


def test_a_count_of_words_is_a_snapshot(cast: Cast) -> None:
    published(cast, title="冷库出租")
    assert entries.statistics(["冷库"]).version == 0
    number = entries.count_words(NOW)
    published(cast, title="冷库转租")
    held = entries.statistics(["冷库", "没有的词"])
    assert (held.version, held.documents, held.frequencies) == (number, 1, {"冷库": 1})
    assert entries.count_words(NOW) > number
    assert entries.statistics(["冷库"]).frequencies == {"冷库": 2}


def test_an_index_that_cannot_be_read_leaves_the_answer_to_the_database(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    def broken(*_asked: Any) -> Any:
        raise OSError("half a folder")

    with override_settings(DATA_DIR=tmp_path):
        wanted, store = need(cast), published(cast, title="冷库出租")
        entries.rebuild()
        monkeypatch.setattr(matching.node, "node", broken)
        found = matching.found_for(cast.actor("clerk"), wanted, NOW)
        assert (found.source, titles(found)) == ("database", [store.title])


def test_what_is_over_or_asks_for_nothing_of_the_kind_takes_nothing_up(cast: Cast) -> None:
    wanted, store, other = need(cast), published(cast, title="冷库出租"), published(cast, cast.village, title="礼堂")
    entry = MatchEntry.objects.get(subject_key=store.key)
    with pytest.raises(rules.NotMatched):  # a resource looks for needs
        actions.accept_match(actor=speaker(cast, cast.village), item=other, entry=entry, now=NOW)
    with pytest.raises(rules.NotMatched):
        actions.refuse_match(
            actor=speaker(cast, cast.second_firm), item=need(cast, title="旧的", expires_on=TODAY), entry=entry,
            reason="不合适", now=NOW + DAY,
        )  # fmt: skip
    assert not Verdict.objects.exists() and wanted.state == "open"
