"""The pages of cases, through the front door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.forms import MOVE_FORMS
from lianjian.cases.models import Case, Category
from lianjian.cases.tests.walk import register, walked
from lianjian.foundation import clock
from lianjian.journal.models import Entry
from tests.cast import NOW, Cast


def url(case: Case, move: str = "") -> str:
    if move:
        return reverse("cases:move", kwargs={"key": case.key, "move": move})
    return reverse("cases:case", kwargs={"key": case.key})


def post(client: Client, case: Case, move: str, **values: Any) -> Any:
    return client.post(url(case, move), {"seen": case.version, **values})


def fresh(cast: Cast, case: Case) -> Case:
    cast.actor("clerk")
    return Case.objects.get(pk=case.pk)


def test_from_desk_to_confirmation_by_form(cast: Cast) -> None:
    clerk, handler, contact = (cast.client(who) for who in ("clerk", "handler", "contact"))
    answer = clerk.post(
        reverse("cases:register"),
        {
            "organization": "晨光木业",
            "text": "门前道路积水。雨天进不了货。",
            "category": "utilities",
            "source": "phone",
            "urgency": "soon",
            "registered_on": str(clock.today()),
            "reporter": "丁宁",
            "reporter_phone": "13900001111",
        },
    )
    assert answer.status_code == 303, answer.content.decode()
    cast.actor("clerk")
    case = Case.objects.get()
    shown = clerk.get(url(case)).content.decode()
    assert "门前道路积水" in shown and "139****1111" in shown and "13900001111" not in shown
    assert reverse("cases:move", kwargs={"key": case.key, "move": "dispatch"}) in shown
    assert post(clerk, case, "dispatch", handler=str(cast.office.key)).status_code == 303
    case = fresh(cast, case)
    assert post(handler, case, "sign", person="严明").status_code == 303
    case = fresh(cast, case)
    assert post(handler, case, "answer", text="排水沟已清", outcome="solved").status_code == 303
    case = fresh(cast, case)
    page = contact.get(url(case)).content.decode()
    assert "排水沟已清" in page and "时限怎么算的" in page
    assert post(contact, case, "confirm", rating="satisfied").status_code == 303
    assert fresh(cast, case).state == "closed"


def test_a_form_prepared_on_an_old_state_is_refused_in_words(cast: Cast) -> None:
    case = walked(cast, "signed")
    seen = case.version
    actions.handle_note(actor=cast.actor("clerk"), case=case, text="先处理", now=NOW + timedelta(hours=9))
    answer = cast.client("handler").post(
        url(case, "answer"), {"seen": seen, "text": "办妥", "outcome": "solved"}
    )
    assert answer.status_code == 422 and "刚被别人处理过" in answer.content.decode()
    assert "办妥" in answer.content.decode()


def test_the_same_form_twice_files_one_case(cast: Cast) -> None:
    values = {"text": "缺技师13人", "category": "labour", "urgency": "normal", "_key": "abc"}
    contact = cast.client("contact")
    first, second = (contact.post(reverse("cases:register"), values) for _ in range(2))
    assert first.status_code == 303 and first.headers["Location"] == second.headers["Location"]
    cast.actor("clerk")
    case = Case.objects.get()
    assert (case.source, case.organization) == ("online", cast.firm)


def test_a_contact_is_asked_little_and_nothing_is_lost_on_error(cast: Cast) -> None:
    page = cast.client("contact").get(reverse("cases:register")).content.decode()
    assert "云岭市晨光木业有限公司" in page
    assert 'name="source"' not in page and 'name="organization"' not in page
    answer = cast.client("contact").post(reverse("cases:register"), {"text": "只有内容", "category": ""})
    assert answer.status_code == 422 and "只有内容" in answer.content.decode()


SEES = {"clerk", "leader", "county_leader", "county_clerk", "instructor", "handler", "contact"}


@pytest.mark.parametrize(
    "who",
    ["clerk", "county_clerk", "other_clerk", "instructor", "other_instructor", "handler", "other_handler", "contact",
     "other_contact", "village", "leader", "county_leader"],
)  # fmt: skip
def test_who_sees_a_case(cast: Cast, who: str) -> None:
    case = walked(cast, "signed")
    client = cast.client(who)
    sees = who in SEES
    assert client.get(url(case)).status_code == (200 if sees else 404)
    assert client.get(url(case, "note")).status_code == (200 if sees else 404)
    assert client.get(reverse("cases:paper", kwargs={"key": case.key})).status_code == (200 if sees else 404)
    listed = client.get(reverse("cases:list")).content.decode()
    assert (case.number in listed) == sees
    assert (case.number in client.get(reverse("cases:list") + "?q=喷涂线").content.decode()) == sees


def test_officers_have_no_way_in(cast: Cast) -> None:
    case = register(cast)
    for who in ("system_admin", "security_admin", "auditor"):
        client = cast.client(who)
        assert client.get(reverse("cases:list")).status_code == 403
        assert client.get(url(case)).status_code == 403
    assert cast.client(None).get(url(case)).status_code == 303


@pytest.mark.parametrize("query", ["state=signed", "category=approval", "source=desk", "q=LX-2026-0001", "q=晨光",
                                   "overdue=1", "since=2026-01-01", "until=2026-12-31", "sort=due_at"])  # fmt: skip
def test_filters_find_it(cast: Cast, query: str) -> None:
    case = walked(cast, "signed")
    client = cast.client("clerk")
    assert case.number in client.get(reverse("cases:list") + "?" + query).content.decode()


@pytest.mark.parametrize(
    "query", ["state=closed", "category=law", "source=phone", "q=不存在的词", "since=2027-01-01", "handler=x"]
)
def test_filters_leave_it_out(cast: Cast, query: str) -> None:
    case = walked(cast, "signed")
    assert case.number not in cast.client("clerk").get(reverse("cases:list") + "?" + query).content.decode()


def test_export_holds_what_is_shown(cast: Cast) -> None:
    walked(cast, "signed")
    answer = cast.client("clerk").post("/export", {"page": "cases.cases"})
    assert answer.status_code == 200 and answer.content[:2] == b"PK"


def test_every_state_and_every_move_has_its_page(cast: Cast) -> None:
    for state in ("registered", "dispatched", "signed", "handling", "answered", "closed"):
        case = walked(cast, state)
        for who in ("clerk", "handler", "contact", "leader"):
            assert cast.client(who).get(url(case)).status_code in (200, 404)
        for move in set(rules.moves_from(case.state)) & set(MOVE_FORMS):
            assert cast.client("clerk").get(url(case, move)).status_code == 200, move
    assert cast.client("clerk").get(url(case, "no_such_move")).status_code == 404
    # Every move has a form, or its buttons in the table of offers, or is the other outcome of a form.
    assert set(rules.MOVES) - set(MOVE_FORMS) == {
        "object", "answer_impossible", "vet_back", "accept", "refuse", "hand_back", "revoke", "hear"
    }  # fmt: skip


def test_files_are_reached_only_through_the_case(cast: Cast) -> None:
    case = walked(cast, "signed")
    upload = reverse("cases:upload", kwargs={"key": case.key})
    file = SimpleUploadedFile("批复.txt", "同意".encode(), "text/plain")
    assert cast.client("handler").post(upload, {"file": file}).status_code == 303
    cast.actor("clerk")
    case = Case.objects.select_related("bundle").get(pk=case.pk)
    assert case.bundle is not None
    kept = case.bundle.files.get()
    address = reverse("cases:file", kwargs={"key": case.key, "file_key": kept.key})
    assert cast.client("contact").get(address).status_code == 200
    assert cast.client("other_contact").get(address).status_code == 404
    other = register(cast)
    stray = reverse("cases:file", kwargs={"key": other.key, "file_key": kept.key})
    assert cast.client("clerk").get(stray).status_code == 404


def test_routing_is_kept_by_the_office(cast: Cast) -> None:
    clerk = cast.client("clerk")
    answer = clerk.post(
        reverse("cases:routing"), {"category": "finance", "organization": "企业办", "ground": "职责清单"}
    )
    assert answer.status_code == 303
    assert "柳溪镇企业办" in clerk.get(reverse("cases:routing")).content.decode()
    assert cast.client("handler").get(reverse("cases:routing")).status_code == 403
    assert clerk.post(reverse("cases:category"), {"name": "用地", "amount": "15"}).status_code == 303


def test_a_category_is_renamed_retired_and_taken_up_again(cast: Cast) -> None:
    clerk, form, table = cast.client("clerk"), reverse("cases:register"), reverse("cases:routing")
    case = register(cast, category="finance")
    change = reverse("cases:change_category", kwargs={"code": "finance"})
    assert "融资" in clerk.get(change).content.decode()
    assert clerk.post(change, {"name": "融资贷款", "amount": "5"}).status_code == 303
    assert "融资贷款" in clerk.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "融资贷款" in clerk.get(form).content.decode()
    retire = reverse("cases:retire_category", kwargs={"code": "finance"})
    assert clerk.post(retire).status_code == 303
    assert "融资贷款" not in clerk.get(form).content.decode()
    assert "不再使用的类别" in clerk.get(table).content.decode()
    assert "融资贷款" in clerk.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert clerk.post(retire).status_code == 303
    assert "融资贷款" in clerk.get(form).content.decode()
    assert clerk.get(reverse("cases:change_category", kwargs={"code": "nothing/such"})).status_code == 404
    assert cast.client("handler").post(retire).status_code == 403
    cast.actor("clerk")
    verbs = list(Entry.objects.filter(verb__endswith="_category").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["cases.change_category", "cases.retire_category", "cases.retire_category"]


def test_a_place_changes_its_own_category_and_not_that_of_the_county(cast: Cast) -> None:
    county = cast.client("county_clerk")
    assert county.post(reverse("cases:category"), {"name": "出口退税", "amount": "7"}).status_code == 303
    clerk, other = cast.client("clerk"), cast.client("other_clerk")
    change = reverse("cases:change_category", kwargs={"code": "出口退税"})
    assert clerk.post(change, {"name": "退税", "amount": "3"}).status_code == 303
    assert clerk.post(reverse("cases:retire_category", kwargs={"code": "出口退税"})).status_code == 303
    assert "出口退税" in other.get(reverse("cases:register")).content.decode()
    assert "退税" not in clerk.get(reverse("cases:register")).content.decode()
    cast.actor("clerk")
    assert set(Category.objects.filter(code="出口退税").values_list("name", "amount", "unit", "active")) == {
        ("出口退税", 7, "wd", True),
        ("退税", 3, "wd", False),
    }


def test_a_visit_with_needs_by_form(cast: Cast) -> None:
    values = {
        "organization": "晨光木业", "visited_on": str(clock.today()), "people": "苏禾", "purpose": "opinions",
        "received_by": "丁宁", "need_1": "缺技师", "category_1": "labour", "need_2": "", "category_2": "",
    }  # fmt: skip
    client = cast.client("instructor")
    assert client.get(reverse("cases:visit_with_needs")).status_code == 200
    answer = client.post(reverse("cases:visit_with_needs"), values)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).content.decode()
    assert "缺技师" in page and "待派单" in page


def test_pages_in_english(cast: Cast) -> None:
    case = walked(cast, "answered")
    client = cast.client("clerk")
    client.cookies["language"] = "en"
    for address in (url(case), reverse("cases:list"), reverse("cases:register"), url(case, "confirm")):
        assert client.get(address).status_code == 200


def test_the_interface_registers_moves_and_refuses(cast: Cast) -> None:
    client = cast.client("clerk")
    body = {"text": "缺技师", "category": "labour", "organization": str(cast.firm.key)}
    headers = {"Idempotency-Key": "k1"}
    made = client.post("/api/v1/cases", body, content_type="application/json", headers=headers)
    again = client.post("/api/v1/cases", body, content_type="application/json", headers=headers)
    assert made.status_code == again.status_code == 201 and made.json()["key"] == again.json()["key"]
    key = made.json()["key"]
    moved = client.post(
        f"/api/v1/cases/{key}/moves/dispatch",
        {"seen": 1, "values": {"handler": str(cast.office.key)}},
        content_type="application/json",
    )
    assert moved.status_code == 200 and moved.json()["state"] == "dispatched"
    stale = client.post(f"/api/v1/cases/{key}/moves/sign", {"seen": 1}, content_type="application/json")
    assert stale.status_code == 409 and stale.json()["title"] == "changed_meanwhile"
    early = client.post(
        f"/api/v1/cases/{key}/moves/confirm", {"values": {"reason": "x"}}, content_type="application/json"
    )
    assert early.status_code == 409 and early.headers["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/cases?q=技师").json()["cases"][0]["key"] == key
    assert cast.client("other_clerk").get(f"/api/v1/cases/{key}").status_code == 404
    assert client.post("/api/v1/cases", {"text": ""}, content_type="application/json").status_code == 422


def test_a_list_costs_the_same_at_any_length(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("clerk")
    counts = []
    for _round in range(2):
        for _n in range(5):
            walked(cast, "dispatched")
        client.get(reverse("cases:list"))
        with django_assert_max_num_queries(17) as seen:
            client.get(reverse("cases:list"))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
