"""Categories of any depth, what is asked about them, where matters go, words of answers, the service catalogue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lianjian.cases import actions, rules
from lianjian.cases.actions.catalogue import QuestionExists, ServiceExists
from lianjian.cases.actions.categories import CategoryExists
from lianjian.cases.figures import ordered, served, services
from lianjian.cases.models import Case, Category, Question, ReplyTemplate, Route, Service
from lianjian.cases.queries import category_names, suggest, suggestions
from lianjian.cases.queries.categories import questions_for
from lianjian.cases.queries.tree import Node, Tree, tree_of
from lianjian.cases.tests.walk import register, walked
from lianjian.foundation import clock
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, TODAY, Cast

HOUR = timedelta(hours=1)


def add(cast: Cast, name: str, parent: str = "", who: str = "clerk", **more: Any) -> Category:
    return actions.add_category(actor=cast.actor(who), name=name, parent=parent, now=NOW, **more)


def again(case: Case) -> Case:
    return Case.objects.select_related("category", "village").get(pk=case.pk)


def test_a_tree_of_any_depth_is_filed_filtered_and_shown_whole(cast: Cast) -> None:
    above = "utilities"
    for name in ("供水", "水压", "高层水压", "夜间水压"):
        above = add(cast, name, above).code
    case = register(cast, category="夜间水压")
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "水电路 / 供水 / 水压 / 高层水压 / 夜间水压" in page
    other = register(cast)
    listed = cast.client("clerk").get(reverse("cases:list"), {"category": "供水"}).content.decode()
    assert case.number in listed and other.number not in listed
    with pytest.raises(rules.CategoryCircle):
        actions.change_category(
            actor=cast.actor("clerk"), code="供水", name="供水", amount=None, parent="夜间水压", now=NOW
        )
    with pytest.raises(CategoryExists):
        add(cast, "供水")
    actions.change_category(actor=cast.actor("clerk"), code="水压", name="水压", amount=None, parent="other", now=NOW)
    assert tree_of(cast.town.pk).path("夜间水压") == "其他 / 水压 / 高层水压 / 夜间水压"


def test_levels_end_somewhere(cast: Cast) -> None:
    above = ""
    for number in range(rules.DEEPEST):
        above = add(cast, f"第{number}级", above).code
    with pytest.raises(rules.CategoryDeep):
        add(cast, "太深", above)
    add(cast, "旁枝")
    add(cast, "旁枝下", "旁枝")
    with pytest.raises(rules.CategoryDeep):  # two levels do not fit below the last but one
        actions.change_category(
            actor=cast.actor("clerk"),
            code="旁枝",
            name="旁枝",
            amount=None,
            parent=f"第{rules.DEEPEST - 2}级",
            now=NOW,
        )


def test_a_county_category_is_known_in_the_town_and_the_town_has_its_own_below(cast: Cast) -> None:
    add(cast, "信访积案", who="county_clerk")
    add(cast, "林地积案", "信访积案")
    assert ("林地积案", "信访积案 / 林地积案") in category_names(cast.town.pk)
    assert "林地积案" not in dict(category_names(cast.other_town.pk))
    # The town renames the county's: a row of its own, whose child stays below it.
    actions.change_category(actor=cast.actor("clerk"), code="信访积案", name="老案", amount=None, now=NOW)
    assert dict(category_names(cast.town.pk))["林地积案"] == "老案 / 林地积案"
    assert dict(category_names(cast.other_town.pk))["信访积案"] == "信访积案"
    actions.retire_category(actor=cast.actor("clerk"), code="信访积案", now=NOW)
    assert not {"信访积案", "林地积案"} & set(dict(category_names(cast.town.pk)))


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"])))
def test_no_tree_is_walked_without_an_end(parents: dict[str, str]) -> None:
    tree = Tree({code: Node(code, code, parent, 0) for code, parent in parents.items()})
    for code in parents:
        line = [node.code for node in tree.line(code)]
        assert len(line) == len(set(line)) and line[0] == code
        assert code in tree.below(code)
    seen = [node.code for _depth, node in tree.walk()]
    assert len(seen) == len(set(seen))


def test_a_category_is_kept_for_kinds(cast: Cast) -> None:
    add(cast, "山林", kinds=["dispute", "petition"])
    add(cast, "界址", "山林")
    with pytest.raises(rules.CategoryUnfit):
        register(cast, category="界址")
    assert register(cast, kind="dispute", category="界址", village=cast.village, organization=None).kind == "dispute"
    assert "界址" not in dict(category_names(cast.town.pk, "need"))


def test_what_a_department_must_do_goes_to_no_village(cast: Cast) -> None:
    """国办函〔2025〕66号 (R7.01), at every door by which a case reaches a unit."""
    add(cast, "执法", departmental=True)
    add(cast, "环保执法", "执法")
    case = register(cast, category="环保执法")
    clerk = cast.actor("clerk")
    for unit in (cast.village, cast.station):
        with pytest.raises(rules.DepartmentalMatter, match="2025"):
            actions.dispatch_case(actor=clerk, case=case, handler=unit, now=NOW)
    with pytest.raises(rules.DepartmentalMatter):
        actions.set_route(actor=clerk, category="环保执法", organization=cast.village, now=NOW)
    form = cast.client("clerk").get(reverse("cases:move", kwargs={"key": case.key, "move": "dispatch"}))
    assert str(cast.office.key) in form.content.decode() and str(cast.village.key) not in form.content.decode()
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    offering = {"case": case, "organization": cast.village, "ground": "就近", "now": NOW + HOUR}
    for kind in ("refer", "transfer"):
        with pytest.raises(rules.DepartmentalMatter):
            actions.offer_case(actor=cast.actor("handler"), kind=kind, **offering)
    actions.offer_case(actor=cast.actor("handler"), kind="co", **offering)  # to help is not to have it


def test_a_ruling_does_not_push_down_either(cast: Cast) -> None:
    add(cast, "执法", departmental=True)
    case = register(cast, category="执法")
    clerk = cast.actor("clerk")
    actions.dispatch_case(actor=clerk, case=case, handler=cast.office, now=NOW)
    sent = {"case": case, "reason_code": "not_ours", "reason": "不是我们的", "proposed": cast.housing}
    actions.return_case(actor=cast.actor("handler"), now=NOW + HOUR, **sent)
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW + HOUR)
    actions.return_case(actor=cast.actor("handler"), now=NOW + 2 * HOUR, **sent)
    ruling = {"case": case, "ground": "职责清单", "now": NOW + 3 * HOUR}
    with pytest.raises(rules.DepartmentalMatter):
        actions.rule_case(actor=cast.actor("leader"), handler=cast.village, **ruling)
    actions.rule_case(actor=cast.actor("leader"), handler=cast.housing, **ruling)


def test_the_nearest_rule_wins(cast: Cast) -> None:
    clerk = cast.actor("clerk")

    def route(category: str | None, unit: Any, village: Any = None) -> None:
        actions.set_route(actor=clerk, category=category, organization=unit, village=village, now=NOW)

    case = register(cast, kind="village_need", organization=None, village=cast.village, category="approval.land")
    clerk = cast.actor("clerk")
    route(None, cast.station, cast.village)
    found = suggest(again(case))
    assert found is not None and found.organization == cast.station and "地点规则" in found.reason
    route("approval", cast.office)
    assert suggest(again(case)).organization == cast.office  # type: ignore[union-attr]
    route("approval.land", cast.housing)
    assert suggest(again(case)).organization == cast.housing  # type: ignore[union-attr]
    route("approval", cast.second_station, cast.village)
    found = suggest(again(case))
    assert found is not None and found.organization == cast.second_station and cast.village.name in found.reason
    assert Route.objects.count() == 4
    route("approval", cast.station, cast.village)  # the same rule again changes it
    assert Route.objects.count() == 4
    actions.change_category(
        actor=cast.actor("clerk"), code="approval", name="审批", amount=None, departmental=True, now=NOW
    )
    assert suggest(again(case)).organization == cast.housing  # type: ignore[union-attr]
    for held in Route.objects.all():
        actions.drop_route(actor=cast.actor("clerk"), route=held, now=NOW)
    assert suggest(again(case)) is None
    with pytest.raises(rules.NothingRouted):
        route(None, cast.office)
    with pytest.raises(Denied):
        actions.set_route(actor=cast.actor("handler"), category="other", organization=cast.office, now=NOW)


def ask(cast: Cast, text: str, category: str = "utilities", who: str = "clerk", **more: Any) -> Question:
    return actions.add_question(actor=cast.actor(who), category=category, text=text, now=NOW, **more)


def test_answers_stay_in_the_words_of_the_day(cast: Cast) -> None:
    floor = ask(cast, "几楼", kind="number", required=True)
    since = ask(cast, "从哪天起", kind="date")
    add(cast, "供水", "utilities")
    kind = ask(cast, "自来水还是井水", "供水", kind="choice", choices=["自来水", "井水", "自来水"])
    assert kind.choices == ["自来水", "井水"]
    assert [row.text for row in questions_for("供水", cast.town.pk)] == ["几楼", "从哪天起", "自来水还是井水"]
    told = {str(floor.key): "6", str(since.key): "2026年3月5日", str(kind.key): "井水"}
    case = register(cast, category="供水", answers=told)
    assert case.answers == [["几楼", "6"], ["从哪天起", "2026-03-05"], ["自来水还是井水", "井水"]]
    actions.retire_question(actor=cast.actor("clerk"), question=kind, now=NOW)
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "自来水还是井水" in page and "井水" in page
    with pytest.raises(rules.Unanswered) as refused:
        register(cast, category="供水", answers={})
    assert refused.value.field == f"answer_{floor.key}"
    for wrong in ({str(floor.key): "很高"}, {str(floor.key): "6", str(since.key): "春天"}):
        with pytest.raises(rules.AnswerUnfit):
            register(cast, category="供水", answers=wrong)
    assert register(cast, category="供水").answers == []  # nobody could be asked: a ledger, a visit


def test_questions_are_the_offices(cast: Cast) -> None:
    ask(cast, "几楼")
    with pytest.raises(QuestionExists):
        ask(cast, "几楼")
    with pytest.raises(rules.ChoicesNeeded):
        ask(cast, "哪种", kind="choice", choices=["一种"])
    with pytest.raises(Denied):
        ask(cast, "哪户", who="handler")
    ask(cast, "县里要问的", who="county_clerk")
    assert [row.text for row in questions_for("utilities", cast.town.pk)] == ["几楼", "县里要问的"]
    assert [row.text for row in questions_for("utilities", cast.other_town.pk)] == ["县里要问的"]


def test_the_form_asks_when_the_category_is_known_and_loses_nothing(cast: Cast) -> None:
    question = ask(cast, "几楼停水", kind="number", required=True)
    client = cast.client("clerk")
    part = client.get(reverse("cases:register"), {"category": "utilities"}, headers={"HX-Request": "true"})
    assert "几楼停水" in part.content.decode() and "<html" not in part.content.decode()
    sent = {
        "organization": "晨光木业",
        "text": "停水三天",
        "category": "utilities",
        "source": "phone",
        "urgency": "normal",
        "registered_on": str(clock.today()),
    }
    first = client.post(reverse("cases:register"), sent)  # without script nothing was asked yet
    shown = first.content.decode()
    assert first.status_code == 422 and "几楼停水" in shown and "停水三天" in shown
    cast.actor("clerk")
    assert not Case.objects.exists()
    wrong = client.post(reverse("cases:register"), {**sent, "asked": "utilities", f"answer_{question.key}": "高"})
    assert wrong.status_code == 422
    last = client.post(reverse("cases:register"), {**sent, "asked": "utilities", f"answer_{question.key}": "6"})
    assert last.status_code == 303
    cast.actor("clerk")
    assert Case.objects.get().answers == [["几楼停水", "6"]]


def test_the_interface_names_questions_and_takes_answers(cast: Cast) -> None:
    question = ask(cast, "几楼停水", kind="number", required=True)
    client = cast.client("clerk")
    listed = {one["code"]: one for one in client.get("/api/v1/cases/categories").json()}
    assert listed["utilities"]["questions"][0]["key"] == str(question.key)
    body = {"text": "停水", "category": "utilities", "organization": str(cast.firm.key)}
    refused = client.post("/api/v1/cases", body, content_type="application/json")
    assert refused.status_code == 422 and "几楼停水" in refused.json()["detail"]
    made = client.post("/api/v1/cases", {**body, "answers": {str(question.key): "6"}}, content_type="application/json")
    assert made.status_code == 201 and made.json()["answers"] == [["几楼停水", "6"]]


def test_words_to_begin_an_answer_with(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    actions.save_template(
        actor=clerk, name="已修", text="{诉求人}您好,{编号}由{单位}修好。", category="utilities", now=NOW
    )
    actions.save_template(actor=cast.actor("clerk"), name="通用", text="已办。", now=NOW)
    actions.save_template(actor=cast.actor("clerk"), name="法律", text="见条文。", category="law", now=NOW)
    case = walked(cast, "handling", category="utilities")
    address = reverse("cases:move", kwargs={"key": case.key, "move": "answer"})
    client = cast.client("handler")
    shown = client.get(address).content.decode()
    assert "已修" in shown and "通用" in shown and "见条文" not in shown
    cast.actor("clerk")
    chosen = ReplyTemplate.objects.get(name="已修")
    filled = client.get(address, {"template": str(chosen.key)}).content.decode()
    assert f"{case.whose}您好,{case.number}由{cast.office.name}修好。" in filled


def catalogue(cast: Cast, name: str = "政策咨询", **more: Any) -> Service:
    given = {"about": "解读惠企政策", "category": "policy", "organization": cast.office, "days": 3, **more}
    return actions.save_service(actor=cast.actor("clerk"), name=name, now=NOW, **given)


def test_a_service_is_ordered_counted_and_kept_in_its_time(cast: Cast) -> None:
    one = catalogue(cast)
    with pytest.raises(ServiceExists):
        catalogue(cast)
    with pytest.raises(Denied):
        actions.save_service(actor=cast.actor("handler"), name="x", about="y", category="policy", now=NOW)
    case = register(cast, kind="proxy", category=one.category, service=one)
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    assert case.due_at is not None and case.due_at.date() == TODAY + timedelta(days=3)
    scoped = Scoped((cast.town.pk,), TODAY - timedelta(days=30), TODAY + timedelta(days=30))
    leader = cast.actor("leader")
    assert [row.name for row in services(leader, scoped)] == ["政策咨询"]
    assert ordered(leader, scoped).count() == 1 and served(leader, scoped).count() == 0
    page = cast.client("clerk").get(reverse("cases:services")).content.decode()
    assert "解读惠企政策" in page and "已登记 1 件" in page
    listed = cast.client("clerk").get(reverse("cases:list"), {"service": str(one.key)}).content.decode()
    assert case.number in listed
    actions.retire_service(actor=cast.actor("clerk"), service=one, now=NOW)
    assert services(cast.actor("leader"), scoped).count() == 0
    catalogue(cast)  # the name is free again


def test_the_pages_of_the_office(cast: Cast) -> None:
    client = cast.client("clerk")

    def send(name: str, values: dict[str, Any], **address: Any) -> None:
        answer = client.post(reverse(f"cases:{name}", kwargs=address), values)
        assert answer.status_code == 303, answer.content.decode()

    send("category", {"name": "供水", "parent": "utilities", "kinds": ["need"], "departmental": "on"})
    send("change_category", {"name": "供水排水", "parent": "utilities", "amount": "2", "kinds": []}, code="供水")
    send("question", {"text": "几楼", "kind": "choice", "choices": "一楼\n二楼"}, code="供水")
    send("routing", {"category": "供水", "village": cast.village.name, "organization": cast.office.name})
    send("template", {"name": "已修", "text": "修好了。", "category": "供水"})
    send(
        "service",
        {"name": "代缴水费", "about": "代缴", "kind": "proxy", "category": "供水", "organization": cast.office.name},
    )
    cast.actor("clerk")
    row = Category.objects.get(code="供水")
    assert (row.name, row.amount, row.kinds, row.departmental) == ("供水排水", 2, [], False)
    shown = client.get(reverse("cases:routing")).content.decode()
    assert "水电路 / 供水排水" in shown and cast.village.name in shown
    for name, model in (("question", Question), ("template", ReplyTemplate), ("service", Service)):
        cast.actor("clerk")
        key = model.objects.get().key
        send(f"retire_{name}", {}, key=key)
        cast.actor("clerk")
        assert model.objects.get().retired_on is not None
        send(f"retire_{name}", {}, key=key)
        cast.actor("clerk")
        assert model.objects.get().retired_on is None
    send("change_template", {"name": "修好", "text": "好了。", "category": ""}, key=ReplyTemplate.objects.get().key)
    cast.actor("clerk")
    send("drop_route", {}, key=Route.objects.get().key)
    for name, address in (("templates", {}), ("services", {}), ("change_category", {"code": "供水"})):
        assert client.get(reverse(f"cases:{name}", kwargs=address)).status_code == 200
    assert cast.client("other_clerk").get(reverse("cases:change_category", kwargs={"code": "供水"})).status_code == 404


def test_teams_are_suggested_by_what_they_know_where_and_how_busy(cast: Cast) -> None:
    from lianjian.directory.actions import found_team

    def team(name: str, subjects: list[str], villages: list[Any], leader: str = "handler") -> Any:
        return found_team(
            actor=cast.actor("clerk"),
            name=name,
            organization=cast.office,
            leader=cast.people[leader],
            subjects=subjects,
            villages=villages,
            now=NOW,
        )

    wide, near, busy = (
        team("全镇团", ["approval"], []),
        team("本村团", ["approval"], [cast.village]),
        team("环评团", ["approval.environment"], []),
    )
    team("别的团", ["schooling"], [])

    def told() -> Case:
        return register(cast, kind="village_need", organization=None, village=cast.village, category="approval.environment")

    first = told()
    found = suggestions(first)
    assert [one.team for one in found] == [busy, near, wide]
    assert "熟悉这类事" in found[0].reason and "在办 0 件" in found[0].reason and "负责这个村" in found[1].reason
    equal = team("环评二团", ["approval.environment"], [])
    actions.dispatch_case(actor=cast.actor("clerk"), case=first, handler=cast.office, team=busy, now=NOW)
    found = suggestions(told())
    assert [one.team for one in found[:2]] == [equal, busy] and found[1].load == 1  # the least busy first
    actions.set_route(actor=cast.actor("clerk"), category="approval", organization=cast.housing, now=NOW)
    found = suggestions(told())
    assert found[0].team is None and found[0].organization == cast.housing and found[1].team == equal
    client, case = cast.client("clerk"), told()
    address = reverse("cases:move", kwargs={"key": case.key, "move": "dispatch"})
    shown = client.get(address).content.decode()
    assert "还可以" in shown and "环评二团" in shown
    sent = client.post(address, {"seen": case.version, "handler": str(cast.office.key), "team": str(equal.key)})
    assert sent.status_code == 303
    cast.actor("clerk")
    assert Case.objects.get(pk=case.pk).team == equal
    page = client.get(reverse("directory:team", kwargs={"key": equal.key})).content.decode()
    assert case.number in page
