"""Before a matter is filed at the desk, open ones like it are shown, and who came may follow one of them."""

from __future__ import annotations

import re
from datetime import timedelta

from django.urls import reverse

from lianjian.cases import actions
from lianjian.cases.models import Case, Follower
from lianjian.cases.tests.test_accusations import accuse
from lianjian.cases.tests.walk import register, walked
from tests.cast import NOW, Cast

NEW = "/cases/new"
TOLD = {"text": "喷涂线环评批复还没有下来", "category": "approval.environment", "kind": "need"}
HTMX = {"HX-Request": "true"}


def test_open_matters_like_it_are_shown_while_it_is_written(cast: Cast) -> None:
    case, closed = walked(cast, "signed"), walked(cast, "closed")
    typed = {**TOLD, "organization": str(cast.firm.key), "look": "1"}
    answer = cast.client("clerk").post(NEW, typed, headers=HTMX)
    shown = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in shown
    assert case.number in shown and closed.number not in shown and f'value="{case.key}"' in shown
    assert Case.objects.count() == 2, "looking files nothing"
    nothing = cast.client("clerk").post(NEW, {"text": "路灯不亮", "look": "1"}, headers=HTMX).content.decode()
    assert case.number not in nothing and "没有找到相近" in nothing
    empty = cast.client("clerk").post(NEW, {"text": "", "organization": "不是编号", "look": "1"}, headers=HTMX)
    assert "没有找到相近" in empty.content.decode()


def test_without_script_nothing_typed_is_lost(cast: Cast) -> None:
    case = register(cast)
    typed = {**TOLD, "organization": str(cast.firm.key), "reporter": "丁宁", "look": "1", "_key": "k-1"}
    clerk = cast.client("clerk")
    answer = clerk.post(NEW, typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and case.number in page and "喷涂线环评批复还没有下来" in page
    assert 'value="丁宁"' in page and "alert-danger" not in page
    filed = clerk.post(NEW, {**typed, "look": "", "source": "desk", "urgency": "normal"} | {"registered_on": "2026-03-09"})
    assert filed.status_code == 200  # the button that was pressed decides, whatever it says
    del typed["look"]
    filed = clerk.post(NEW, {**typed, "source": "desk", "urgency": "normal", "registered_on": "2026-03-09"})
    assert filed.status_code == 303 and Case.objects.count() == 2


def test_who_came_to_the_desk_follows_instead(cast: Cast) -> None:
    case = register(cast)
    clerk = cast.client("clerk")
    answer = clerk.post(NEW, {**TOLD, "join": str(case.key), "reporter": "丁宁", "reporter_phone": "13800000000"})
    assert answer.status_code == 303 and answer.headers["Location"].endswith(str(case.key))
    page = clerk.get(answer.headers["Location"]).content.decode()
    code = re.search(r"查询码 (\w{8})", page)
    assert code is not None and case.number in page
    cast.actor("clerk")
    one = Follower.objects.get()
    assert (one.case_id, one.first, one.name, one.phone) == (case.pk, False, "丁宁", "13800000000")
    followed = cast.client(None).post(reverse("portal:follow"), {"number": case.number, "code": code[1]}, follow=True)
    assert case.title in followed.content.decode()
    actions.withdraw_case(actor=cast.actor("clerk"), case=case, reason="不要了", now=NOW + timedelta(hours=1))
    assert clerk.post(NEW, {**TOLD, "join": str(case.key)}).status_code in (409, 422)
    for key in ("不是编号", str(cast.firm.key)):
        assert clerk.post(NEW, {**TOLD, "join": key}).status_code == 404


def test_nobody_learns_of_cases_that_are_not_his(cast: Cast) -> None:
    accused = accuse(cast, text="喷涂线环评批复收礼才办")
    mine = register(cast)
    typed = {**TOLD, "organization": str(cast.firm.key), "look": "1"}
    for who, sees in (("contact", mine), ("other_contact", None), ("clerk", mine)):
        client = cast.client(who)
        shown = client.post(NEW, typed, headers=HTMX).content.decode()
        assert (mine.number in shown) is (sees is mine), who
        assert (accused.number in shown) is (who == "clerk"), who
        if who != "clerk":
            assert 'name="join"' not in shown
            assert client.post(NEW, {**typed, "join": str(mine.key)}).status_code in (403, 404)
    assert not Follower.objects.exists()


def test_a_need_of_a_visit_is_looked_for_too(cast: Cast) -> None:
    from lianjian.events.tests.test_visits import visit

    case = register(cast)
    held = visit(cast)
    address = reverse("cases:at_visit", kwargs={"key": held.key})
    shown = cast.client("clerk").post(address, {**TOLD, "look": "1"}, headers=HTMX).content.decode()
    assert case.number in shown


def test_nobody_is_let_into_an_accusation_or_a_private_matter(cast: Cast) -> None:
    accused = accuse(cast, text="喷涂线环评批复收礼才办")
    private = register(cast, kind="petition", text="喷涂线环评批复信访", category="other", organization=None, village=cast.village)
    open_one = register(cast)
    clerk = cast.client("clerk")
    shown = clerk.post(NEW, {**TOLD, "look": "1"}, headers=HTMX).content.decode()
    assert f'value="{open_one.key}"' in shown
    for case in (accused, private):
        assert f'value="{case.key}"' not in shown
        refused = clerk.post(NEW, {**TOLD, "join": str(case.key), "reporter": "来人"})
        page = refused.content.decode()
        assert refused.status_code in (200, 422) and "不能一起跟进" in page and TOLD["text"] in page, "what was typed stays"
    assert not Follower.objects.exists()
    # The county's office reads a town's case and lets nobody follow it.
    assert cast.client("county_clerk").post(NEW, {**TOLD, "join": str(open_one.key)}).status_code in (403, 404)
