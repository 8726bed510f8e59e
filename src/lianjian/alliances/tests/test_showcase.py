"""Model cases: found by their words, printed, withdrawn with a reason, public only by a reviewed document."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.alliances import actions
from lianjian.alliances.models import ModelCase
from lianjian.alliances.rules import showcase as rules
from lianjian.alliances.rules.honours import ReasonMissing
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.notices import actions as notices
from lianjian.notices.models import reference
from lianjian.notices.tests.walk import published
from tests.cast import NOW, TODAY, Cast

GIVEN: dict[str, Any] = {
    "title": "白水镇村企联建", "year": TODAY.year, "named_by": "市委组织部", "document": "市组通〔2026〕4号",
    "lessons": "支部建在链上\n土地入股,按股分红", "now": NOW,
}  # fmt: skip


def case(cast: Cast, **more: Any) -> ModelCase:
    given = {"organization": cast.town_root, **GIVEN, **more}
    return actions.add_model_case(actor=cast.actor("clerk"), **given)


def test_a_case_is_entered_found_changed_and_printed(cast: Cast) -> None:
    """Checklist 004-34."""
    clerk = cast.client("clerk")
    assert "还没有典型案例" in clerk.get(reverse("alliances:model_cases")).content.decode()
    sent = {name: value for name, value in GIVEN.items() if name != "now"} | {
        "organization": cast.village.name
    }
    new = reverse("alliances:add_model_case")
    assert clerk.post(new, {**sent, "organization": ""}).status_code == 422
    assert clerk.post(new, {**sent, "place": "庄浪县"}).status_code == 422
    assert clerk.post(new, {**sent, "lessons": ""}).status_code == 422
    assert clerk.post(new, {**sent, "year": str(TODAY.year + 1)}).status_code == 422
    assert clerk.post(new, sent).status_code == 303
    assert clerk.post(new, sent).status_code == 422
    elsewhere = {
        **sent,
        "organization": "",
        "place": "庄浪宫灯",
        "title": "小宫灯大产业",
        "lessons": "订单到户",
    }
    assert clerk.post(new, elsewhere).status_code == 303
    cast.actor("clerk")
    held = ModelCase.objects.get(title=GIVEN["title"])
    page = clerk.get(held.get_absolute_url()).content.decode()
    assert "支部建在链上" in page and cast.village.name in page and "内部" in page
    assert held.title in clerk.get(cast.village.get_absolute_url()).content.decode()
    change = reverse("alliances:change_model_case", kwargs={"key": held.key})
    words = {name: sent[name] for name in ("year", "named_by", "document", "lessons")}
    assert clerk.post(change, {**words, "title": "小宫灯大产业"}).status_code == 422
    assert clerk.post(change, {**words, "title": "白水镇联建", "story": "村企互选"}).status_code == 303
    listed = reverse("alliances:model_cases")
    for asked, seen, unseen in (
        ("订单", "小宫灯", "白水镇联建"),
        ("互选", "白水镇联建", "小宫灯"),
        ("庄浪", "小宫灯", "白水镇联建"),
    ):
        body = clerk.get(f"{listed}?q={asked}").content.decode()
        assert seen in body and unseen not in body, asked
        paper = clerk.get(f"{listed}/paper?q={asked}").content.decode()
        assert seen in paper and unseen not in paper, asked
    one = clerk.get(reverse("alliances:model_case_paper", kwargs={"key": held.key})).content.decode()
    assert "村企互选" in one and "按股分红" in one
    found = clerk.get(f"{reverse('workbench:search')}?q=小宫灯").content.decode()
    assert "小宫灯大产业" in found


def test_a_withdrawn_case_keeps_its_entry_and_is_shown_no_more(cast: Cast) -> None:
    held = case(cast)
    clerk = cast.client("clerk")
    url = reverse("alliances:withdraw_model_case", kwargs={"key": held.key})
    assert clerk.post(url, {"reason": ""}).status_code == 422
    assert clerk.post(url, {"reason": "数据有误"}).status_code == 303
    actor = cast.actor("clerk")
    held.refresh_from_db()
    with pytest.raises(rules.CaseWithdrawn):
        actions.withdraw_model_case(actor=actor, case=held, reason="再撤", now=NOW)
    with pytest.raises(rules.CaseWithdrawn):
        actions.change_model_case(actor=actor, case=held, **GIVEN)
    body = clerk.get(held.get_absolute_url()).content.decode()
    assert "已撤下" in body and "数据有误" in body
    assert held.title not in clerk.get(cast.town_root.get_absolute_url()).content.decode()
    assert held.title not in clerk.get(f"{reverse('alliances:model_cases')}/paper").content.decode()
    assert held.title in clerk.get(f"{reverse('alliances:model_cases')}?used=past").content.decode()
    assert Entry.objects.filter(verb="alliances.withdraw_model_case").count() == 1
    case(cast)  # the same title may be entered again


def test_only_a_published_document_makes_a_case_public(cast: Cast) -> None:
    held = case(cast)
    clerk = cast.client("clerk")
    listed = reverse("alliances:model_cases")
    assert held.title not in clerk.get(f"{listed}?public=yes").content.decode()
    document = published(cast, about=[reference(held)])
    body = clerk.get(f"{listed}?public=yes").content.decode()
    assert held.title in body and held.title not in clerk.get(f"{listed}?public=no").content.decode()
    page = clerk.get(held.get_absolute_url()).content.decode()
    assert "已公开" in page and document.title in page
    notices.take_down(actor=cast.actor("clerk"), document=document, ground="wrong", reason="有误", now=NOW)
    assert held.title not in clerk.get(f"{listed}?public=yes").content.decode()


def test_who_may_keep_cases(cast: Cast) -> None:
    held = case(cast)
    for who in ("other_clerk", "village", "handler"):
        client = cast.client(who)
        assert client.get(held.get_absolute_url()).status_code == 200, who
        assert client.get(reverse("alliances:change_model_case", kwargs={"key": held.key})).status_code in (
            403,
            404,
        ), who
    with pytest.raises(Denied):
        actions.change_model_case(actor=cast.actor("other_clerk"), case=held, **GIVEN)
    with pytest.raises(Denied):
        actions.add_model_case(actor=cast.actor("other_clerk"), organization=cast.town_root, **GIVEN)
    actor = cast.actor("clerk")
    with pytest.raises(ReasonMissing):
        actions.withdraw_model_case(actor=actor, case=held, reason=" ", now=NOW)
    with pytest.raises(IntegrityError, match="model_case_has_one_place"), transaction.atomic():
        ModelCase.objects.filter(pk=held.pk).update(place="别处")


def test_programs_read_model_cases(cast: Cast) -> None:
    held, gone = case(cast), case(cast, title="一亭一室", year=TODAY.year - 1)
    actions.withdraw_model_case(actor=cast.actor("clerk"), case=gone, reason="重复登记", now=NOW)
    base, clerk = "/api/v1/alliances/model-cases", cast.client("clerk")
    [one] = clerk.get(base).json()["cases"]
    assert (one["key"], one["title"], one["organization"], one["public"]) == (
        str(held.key), held.title, str(cast.town_root.key), False,
    )  # fmt: skip
    assert len(clerk.get(base, {"withdrawn": "true"}).json()["cases"]) == 2
    assert clerk.get(base, {"year": str(TODAY.year - 1)}).json() == {"cases": [], "next": None}
    again = clerk.get(f"{base}/{gone.key}").json()
    assert again["withdrawn_reason"] == "重复登记" and again["where"] == cast.town_root.name
    assert clerk.get(f"{base}/{cast.firm.key}").status_code == 404
