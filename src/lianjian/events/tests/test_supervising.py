"""What a visit asks a body to do: handed over, reported, looked at again, dropped; seen by those concerned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.duties.models import Duty
from lianjian.events import actions
from lianjian.events.figures import supervising as figures
from lianjian.events.models import VisitItem
from lianjian.events.rules import VisitWithdrawn, purpose_of
from lianjian.events.rules import supervising as rules
from lianjian.events.rules.meetings import ReasonNeeded
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, TODAY, Cast

from .test_visits import visit

DUE = TODAY + timedelta(days=10)


def item(cast: Cast, who: str = "clerk", **more: Any) -> VisitItem:
    values: dict[str, Any] = {"text": "补齐安全台账", "organization": cast.office, "due_on": DUE, "now": NOW, **more}
    made = more.pop("visit", None) or visit(cast, who)
    values.pop("visit", None)
    return actions.set_item(actor=cast.actor(who), visit=made, **values)


def asked(cast: Cast) -> list[tuple[str, str]]:
    cast.actor("clerk")
    return [
        (duty.title, str(duty.organization)) for duty in Duty.objects.filter(kind="events.item", state="open").order_by("id")
    ]


def test_it_is_handed_over_on_the_visit_page_and_reported_by_the_body(cast: Cast) -> None:
    made, clerk, handler = visit(cast, "clerk"), cast.client("clerk"), cast.client("handler")
    page = reverse("events:visit", kwargs={"key": made.key})
    new = reverse("events:set_item", kwargs={"key": made.key})
    assert new in clerk.get(page).content.decode()
    assert cast.firm.name in clerk.get(new).content.decode(), "the visited body is proposed"
    sent = {"text": "整改消防通道", "organization": cast.office.name, "due_on": TODAY - timedelta(days=9)}
    refused = clerk.post(new, sent)
    assert refused.status_code == 422 and "整改消防通道" in refused.content.decode() and "不能早于走访" in refused.content.decode()
    assert clerk.post(new, {**sent, "due_on": DUE}).status_code == 303
    assert asked(cast) == [("整改消防通道", cast.office.name)]
    [held] = VisitItem.objects.all()
    own = reverse("events:item", kwargs={"key": held.key})
    assert own in clerk.get(page).content.decode()
    shown = handler.get(own).content.decode()
    assert "整改消防通道" in shown and page not in shown, "the body in charge sees the item and not the visit"
    assert handler.get(page).status_code in (403, 404)
    assert own in handler.get("/").content.decode(), "on its desk"
    settle = reverse("events:settle_item", kwargs={"key": held.key})
    empty = handler.post(settle, {"outcome": " "})
    assert empty.status_code == 422 and "请写明办理结果" in empty.content.decode()
    assert handler.post(settle, {"outcome": "通道已清,3月12日验过"}).status_code == 303
    assert asked(cast) == [] and "通道已清" in clerk.get(own).content.decode()
    assert Entry.objects.filter(subject_key=held.key).count() == 2


def test_looked_at_again_it_is_opened_and_dropped(cast: Cast) -> None:
    held = item(cast)
    clerk = cast.actor("clerk")
    with pytest.raises(rules.ItemOpen):
        actions.reopen_item(actor=clerk, item=held, reason="没办", now=NOW)
    actions.settle_item(actor=cast.actor("handler"), item=held, outcome="办了", now=NOW)
    with pytest.raises(rules.ItemSettled):
        actions.settle_item(actor=cast.actor("handler"), item=held, outcome="又办了", now=NOW)
    with pytest.raises(rules.ItemSettled):
        actions.drop_item(actor=cast.actor("clerk"), item=held, reason="x", now=NOW)
    with pytest.raises(ReasonNeeded):
        actions.reopen_item(actor=cast.actor("clerk"), item=held, reason=" ", now=NOW)
    actions.reopen_item(actor=cast.actor("clerk"), item=held, reason="现场看还缺两本", now=NOW)
    assert asked(cast) == [("补齐安全台账", cast.office.name)]
    held.refresh_from_db()
    assert (held.state, held.words, held.settled_on) == ("open", "", None)
    actions.drop_item(actor=cast.actor("clerk"), item=held, reason="企业已搬走", now=NOW)
    assert asked(cast) == []


def test_other_words_another_body_and_day_move_the_duty(cast: Cast) -> None:
    held = item(cast)
    given: dict[str, Any] = {"item": held, "text": "补齐安全台账和应急预案", "due_on": DUE, "now": NOW}
    with pytest.raises(ReasonNeeded):
        actions.change_item(actor=cast.actor("clerk"), organization=cast.firm, reason="", **given)
    with pytest.raises(rules.BodyElsewhere):
        actions.change_item(actor=cast.actor("clerk"), organization=cast.other_firm, reason="x", **given)
    actions.change_item(actor=cast.actor("clerk"), organization=cast.firm, reason="由企业自己办", **given)
    assert asked(cast) == [("补齐安全台账和应急预案", cast.firm.name)]
    assert held.key in {one.key for one in VisitItem.objects.visible_to(cast.actor("contact"))}
    assert cast.client("handler").get(reverse("events:item", kwargs={"key": held.key})).status_code == 404


def test_refusals_write_nothing(cast: Cast) -> None:
    made = visit(cast, "clerk")
    for more, refusal in (
        ({"text": " "}, rules.WordsNeeded),
        ({"due_on": TODAY - timedelta(days=30)}, rules.ItemBeforeVisit),
        ({"organization": cast.other_firm}, rules.BodyElsewhere),
    ):
        with pytest.raises(refusal):
            item(cast, visit=made, **more)
    for who in ("handler", "contact", "leader", "other_clerk", "instructor"):
        with pytest.raises(Denied):
            item(cast, who, visit=made)
    assert VisitItem.objects.count() == 0 and asked(cast) == []


def test_an_instructor_hands_over_what_his_own_visit_found(cast: Cast) -> None:
    held = item(cast, "instructor", organization=cast.firm)
    assert asked(cast) == [("补齐安全台账", cast.firm.name)]
    with pytest.raises(Denied):
        actions.settle_item(actor=cast.actor("other_clerk"), item=held, outcome="x", now=NOW)
    actions.settle_item(actor=cast.actor("instructor"), item=held, outcome="当场看过,已补", now=NOW)
    assert asked(cast) == []


def test_a_withdrawn_visit_asks_nothing_of_anybody(cast: Cast) -> None:
    held = item(cast)
    done = item(cast, visit=held.visit, text="已经办了的")
    actions.settle_item(actor=cast.actor("handler"), item=done, outcome="办了", now=NOW)
    actions.withdraw_visit(actor=cast.actor("clerk"), visit=held.visit, reason="记错了企业", now=NOW)
    assert asked(cast) == []
    assert list(VisitItem.objects.order_by("id").values_list("state", "words")) == [("dropped", "记错了企业"), ("done", "办了")]
    again = VisitItem.objects.get(pk=held.pk)
    for refused in (
        lambda: actions.reopen_item(actor=cast.actor("clerk"), item=again, reason="x", now=NOW),
        lambda: item(cast, visit=again.visit),
    ):
        with pytest.raises(VisitWithdrawn):
            refused()


def test_the_list_is_filtered_exported_and_walled(cast: Cast) -> None:
    late = item(cast, due_on=TODAY)
    actions.settle_item(actor=cast.actor("handler"), item=item(cast, text="已办的"), outcome="办了", now=NOW)
    clerk, listed = cast.client("clerk"), reverse("events:items")
    shown = clerk.get(listed + "?state=done").content.decode()
    assert "已办的" in shown and late.text not in shown
    assert late.text in clerk.get(listed + "?q=台账").content.decode()
    exported = clerk.post("/export", {"page": "events.items", "query": ""})
    assert exported.status_code == 200
    assert late.text not in cast.client("other_clerk").get(listed).content.decode()
    assert late.text in cast.client("handler").get(listed).content.decode()
    assert late.text not in cast.client("other_handler").get(listed).content.decode()


def test_the_figure_counts_what_was_due_in_the_period(cast: Cast) -> None:
    done = item(cast, text="按时办的")
    actions.settle_item(actor=cast.actor("handler"), item=done, outcome="办了", now=NOW)
    item(cast, text="没办的")
    item(cast, text="以后的", due_on=DUE + timedelta(days=40))
    actions.drop_item(actor=cast.actor("clerk"), item=item(cast, text="不办了"), reason="x", now=NOW)
    actor, asked_for = cast.actor("clerk"), Scoped((cast.town.pk,), TODAY, DUE)
    assert [one.text for one in figures.items_done(actor, asked_for)] == ["按时办的"]
    assert {one.text for one in figures.items_due(actor, asked_for)} == {"按时办的", "没办的"}
    inside = Scoped((cast.town.pk,), TODAY, DUE, path=cast.firm.path)
    assert figures.items_due(actor, inside).count() == 0, "counted where the body in charge is"


def test_the_interface_for_programs(cast: Cast) -> None:
    made, clerk = visit(cast, "clerk"), cast.client("clerk")
    body = {"text": "补齐台账", "organization": str(cast.office.key), "due_on": str(DUE)}
    url = f"/api/v1/visits/{made.key}/items"
    answer = clerk.post(url, body, content_type="application/json")
    assert answer.status_code == 201 and answer.json()["organization_name"] == cast.office.name
    [one] = clerk.get("/api/v1/visits/items?state=open").json()["items"]
    assert (one["text"], one["visit"]) == ("补齐台账", str(made.key))
    assert clerk.get("/api/v1/visits/items?state=done").json()["items"] == []
    assert cast.client("other_clerk").post(url, body, content_type="application/json").status_code in (403, 404)
    early = clerk.post(url, {**body, "due_on": "2020-01-01"}, content_type="application/json")
    assert early.status_code == 422 and "不能早于走访" in early.json()["detail"]


def test_a_body_that_ended_gets_nothing_and_the_purpose_is_known(cast: Cast) -> None:
    made = visit(cast, "clerk", purpose="supervise")
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=cast.housing, on=TODAY, now=NOW)
    with pytest.raises(Exception, match="撤销|合并"):
        item(cast, visit=made, organization=cast.housing)
    assert purpose_of("督促工作") == "supervise"
    assert "督促检查" in cast.client("clerk").get(reverse("events:visit", kwargs={"key": made.key})).content.decode()
