"""Kinds of cases are files: those shipped, one more that an office writes, and what a wrong one is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.models import Case
from lianjian.cases.tests.walk import register, walked
from lianjian.foundation.errors import Refused
from tests.cast import NOW, Cast

NINTH = """
code = "lost_found"
order = 90
mark = "SW"
subject = "person"
private = false
without = ["park", "decline"]
[name]
zh = "失物招领"
en = "Lost and found"
[about]
zh = "群众报失、拾到的物品。"
en = "Things lost and found."
[asker]
zh = "失主"
en = "Owner"
[deadlines]
main = "case.simple"
[states.answered]
zh = "待失主认领"
en = "Waiting to be claimed"
"""


@pytest.fixture
def kinds() -> Iterator[None]:
    """The kinds as they were before."""
    before = dict(rules.KINDS)
    yield
    rules.KINDS.clear()
    rules.KINDS.update(before)


def test_eight_kinds_are_shipped() -> None:
    assert list(rules.KINDS) == [
        "need", "village_need", "complaint", "dispute", "legal", "petition", "proxy", "obstacle"
    ]  # fmt: skip
    for kind in rules.KINDS.values():
        assert kind.name.zh and kind.name.en and kind.about.en and kind.asker.en
    marks = [kind.mark for kind in rules.KINDS.values()]
    assert len(set(marks)) == len(marks)


def test_an_office_adds_a_ninth_kind_with_a_file(cast: Cast, tmp_path: Path, kinds: None) -> None:
    (tmp_path / "lost_found.toml").write_text(NINTH, encoding="utf-8")
    rules.read_folder(tmp_path)
    clerk = cast.client("clerk")
    assert "失物招领" in clerk.get(reverse("cases:register")).content.decode()
    answer = clerk.post(
        reverse("cases:register"),
        {"kind": "lost_found", "reporter": "章先生", "text": "在集市丢了一把钥匙", "category": "other",
         "source": "desk", "urgency": "normal", "registered_on": "2026-03-09"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.content.decode()
    cast.actor("clerk")
    case = Case.objects.get(kind="lost_found")
    assert case.number.startswith("LX-SW-2026-")
    now = case.story_at
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=now)
    assert case.evaluation is not None and case.evaluation.rule_code == "case.simple"
    actions.answer_case(actor=cast.actor("handler"), case=_signed(cast, case), text="钥匙找到了", now=case.story_at)
    page = clerk.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "待失主认领" in page and "失主" in page
    with pytest.raises(rules.NotOfThisKind):
        actions.park_case(
            actor=cast.actor("clerk"), case=case, reason="等", review_on=NOW.date(), now=case.story_at
        )
    assert case.number in clerk.get(reverse("cases:list") + "?kind=lost_found").content.decode()
    assert case.number not in clerk.get(reverse("cases:list") + "?kind=need").content.decode()
    clerk.cookies["language"] = "en"
    assert "Lost and found" in clerk.get(reverse("cases:register")).content.decode()


def _signed(cast: Cast, case: Case) -> Case:
    return actions.sign_case(actor=cast.actor("handler"), case=case, now=case.story_at)


def test_a_case_whose_kind_is_gone_stays_readable(cast: Cast, tmp_path: Path, kinds: None) -> None:
    (tmp_path / "lost_found.toml").write_text(NINTH, encoding="utf-8")
    rules.read_folder(tmp_path)
    case = register(cast, kind="lost_found", organization=None, reporter="章先生")
    del rules.KINDS["lost_found"]
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key}))
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('code = "need"\nsubject = "pet"', "pet"),
        ('without = ["fly"]', "fly"),
        ('features = ["magic"]', "magic"),
        ('colour = "red"', "colour"),
        ("order = [", "order"),
        ("", "subject"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, kinds: None, line: str, word: str) -> None:
    (tmp_path / "own.toml").write_text('code = "own"\n' * ("code" not in line) + line, encoding="utf-8")
    with pytest.raises(rules.BadKind) as told:
        rules.read_folder(tmp_path)
    assert "own.toml" in str(told.value) and (word in str(told.value) or word == "order")
    assert "own" not in rules.KINDS


def test_who_may_ask_depends_on_the_kind(cast: Cast) -> None:
    need = register(cast, kind="village_need", organization=None, reporter="吴阿姨", village=cast.village)
    assert need.whose == "吴阿姨" and need.village == cast.village
    assert Case.objects.visible_to(cast.actor("village")).filter(pk=need.pk).exists()  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        register(cast, kind="no_such_kind")
    for kind in rules.KINDS:
        who = {} if rules.KINDS[kind].subject != "person" else {"organization": None, "reporter": "吴阿姨"}
        case = walked(cast, "answered", kind=kind, category="other", **who)
        assert case.state == "answered" and case.due_at is not None
        page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key}))
        assert page.status_code == 200 and str(rules.KINDS[kind].asker) in page.content.decode()
