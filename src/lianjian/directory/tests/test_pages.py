"""Every page of the directory opens, and the acts on them work, through the front door."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory.models import Alias, EnterpriseYear, Link, Membership, Organization, Person
from lianjian.foundation import context
from lianjian.journal.models import Entry
from tests.cast import Cast, code


def page(name: str, **keys: Any) -> str:
    return reverse(f"directory:{name}", kwargs=keys)


PLAIN = [
    "organizations",
    "ended",
    "register",
    "people",
    "register_person",
    "tree",
    "map",
    "upload_shape",
    "pairs",
]
ABOUT = ["organization", "change", "move", "dissolve", "link", "alias", "year", "member", "choose_merge"]


def test_every_page_opens(cast: Cast) -> None:
    clerk = cast.client("clerk")
    for name in PLAIN:
        assert clerk.get(page(name)).status_code == 200, name
    for name in ABOUT:
        for record in (cast.firm, cast.branch, cast.village, cast.station):
            assert clerk.get(page(name, key=record.key)).status_code == 200, (name, record.name)
    for name in ("person", "change_person", "role"):
        assert clerk.get(page(name, key=cast.people["instructor"].key)).status_code == 200, name
    assert clerk.get(page("branch", key=cast.town_root.key)).status_code == 200
    assert clerk.get(page("merge", key=cast.firm.key, other=cast.second_firm.key)).status_code == 200
    assert cast.client("system_admin").get(page("tables")).status_code == 200


def test_the_list_is_searched_filtered_and_sorted(cast: Cast) -> None:
    clerk = cast.client("clerk")
    address = page("organizations")

    def names(**query: str) -> str:
        return clerk.get(address, query).content.decode()

    assert "晨光木业有限公司" in names(q="晨光") and "远山家居" not in names(q="晨光")
    assert "远山家居" in names(q=code(2))
    assert "清泉食品" in names(state="enterprise") and "柳溪村" not in names(state="enterprise")
    assert "清泉食品" not in names(town=str(cast.town.pk))
    assert "清泉食品" in names(station="no") and "远山家居" not in names(station="no")
    down = names(sort="-name", state="enterprise")
    assert down.index("石桥清泉食品有限公司") < down.index("云岭市晨光木业有限公司")
    exported = clerk.post("/export", {"page": "directory.organizations", "query": "state=enterprise"})
    assert exported.status_code == 200 and "spreadsheet" in exported.headers["Content-Type"]


def test_a_firm_is_registered_with_its_details(cast: Cast) -> None:
    clerk = cast.client("clerk")
    typed = {
        "name": "柳溪新芽 电子有限公司",
        "parent": str(cast.town_root.key),
        "since": "2026-03-01",
        "code": code(77)[:8] + " " + code(77)[8:].lower(),
        "industry": "2110",
        "legal_representative": "安宁",
        "longitude": "115.0",
        "latitude": "25.6",
        "datum": "GCJ-02",
        "tags": "重点企业、三强战略",
    }
    answer = clerk.post(page("register") + "?kind=enterprise", typed)
    assert answer.status_code == 303, answer.content.decode()
    cast.actor("clerk")
    made = Organization.objects.get(code=code(77))
    assert made.name == "柳溪新芽电子有限公司" and made.tags == ["重点企业", "三强战略"]
    assert made.enterprise.industry is not None and made.enterprise.industry.code == "21"
    assert made.enterprise.legal_representative == "安宁"
    assert (
        100 < abs(float(made.longitude or 0) - 115.0) * 111_000 * 0.9 < 700
    )  # shifted back by some hundred metres


def test_a_wrong_code_is_told_with_what_was_meant(cast: Cast) -> None:
    good = "9136078207049996X0"
    typed = {
        "name": "某某有限公司",
        "parent": "柳溪镇党委",
        "since": "2026-03-01",
        "code": good.replace("0", "O", 1),
    }
    answer = cast.client("clerk").post(page("register"), typed)
    assert answer.status_code == 422 and good in answer.content.decode()


def test_an_unknown_parent_is_told(cast: Cast) -> None:
    typed = {"name": "某某有限公司", "parent": "没有这家", "since": "2026-03-01"}
    answer = cast.client("clerk").post(page("register"), typed)
    assert answer.status_code == 422 and "没有这家" in answer.content.decode()


def test_change_keeps_the_old_name_findable(cast: Cast) -> None:
    clerk = cast.client("clerk")
    typed = {
        "name": "云岭市晨光家居有限公司",
        "code": cast.firm.code,
        "legal_representative": "祁连",
        "tags": "",
    }
    assert clerk.post(page("change", key=cast.firm.key), typed).status_code == 303
    shown = clerk.get(page("organization", key=cast.firm.key)).content.decode()
    assert "晨光家居" in shown and "又称" in shown and "云岭市晨光木业有限公司" in shown
    assert "修改组织" in shown  # the change history
    assert "晨光家居" in clerk.get(page("organizations"), {"q": "晨光木业"}).content.decode()


def test_acts_on_the_record(cast: Cast) -> None:
    clerk = cast.client("clerk")
    firm = cast.firm
    acts: list[tuple[str, dict[str, str]]] = [
        ("alias", {"name": "老晨光"}),
        ("year", {"year": "2025", "staff": "120", "above_scale": "1"}),
        ("link", {"kind": "horizontal", "other": "柳溪村", "since": "2026-01-01"}),
        ("member", {"person": str(cast.people["instructor"].key), "role": "contact", "since": "2026-01-01"}),
        ("move", {"parent": str(cast.office.key), "since": "2026-02-01"}),
        ("dissolve", {"on": "2026-03-01"}),
    ]
    for name, typed in acts:
        answer = clerk.post(page(name, key=firm.key), typed)
        assert answer.status_code == 303, (name, answer.content.decode())
    cast.actor("clerk")
    assert Alias.objects.filter(organization=firm, name="老晨光").exists()
    assert EnterpriseYear.objects.get(organization=firm, year=2025).above_scale is True
    assert Membership.objects.filter(organization=firm, role="contact").exists()
    firm.refresh_from_db()
    assert firm.parent_id == cast.office.pk and str(firm.dissolved_on) == "2026-03-01"
    assert not Link.objects.filter(target=firm, until__isnull=True).exists()


def test_a_future_move_is_refused_beside_its_field(cast: Cast) -> None:
    answer = cast.client("clerk").post(
        page("move", key=cast.firm.key), {"parent": str(cast.office.key), "since": "2099-01-01"}
    )
    assert answer.status_code == 422 and "不能晚于今天" in answer.content.decode()


def test_links_and_roles_end(cast: Cast) -> None:
    clerk = cast.client("clerk")
    link = Link.objects.get(kind="coverage", target=cast.firm)
    assert clerk.post(page("end_link", key=link.key), {"until": "2023-01-01"}).status_code == 422
    assert clerk.post(page("end_link", key=link.key), {"until": "2026-03-01"}).status_code == 303
    cast.actor("clerk")
    role = Membership.objects.get(role="instructor", organization=cast.firm)
    assert clerk.get(page("end_member", key=role.key)).status_code == 200
    assert clerk.post(page("end_member", key=role.key), {"until": "2026-03-01"}).status_code == 303
    shown = clerk.get(page("organization", key=cast.firm.key)).content.decode()
    assert "以往关系 1 项" in shown and "以往任职 1 项" in shown


def test_the_other_town_may_look_but_not_write(cast: Cast) -> None:
    other = cast.client("other_clerk")
    assert other.get(page("organization", key=cast.firm.key)).status_code == 200
    assert other.get(page("change", key=cast.firm.key)).status_code == 403
    assert other.post(page("alias", key=cast.firm.key), {"name": "x公司"}).status_code == 403


@pytest.fixture
def called(cast: Cast) -> Person:
    """A person of the town with a phone."""
    from lianjian.directory.actions import register_person
    from tests.cast import NOW

    return register_person(actor=cast.actor("clerk"), name="温岚", phone="13912345678", now=NOW)


def test_people_are_masked_until_a_reason_is_given(cast: Cast, called: Person) -> None:
    clerk = cast.client("clerk")
    listed = clerk.get(page("people"), {"q": "温岚"}).content.decode()
    assert "139****5678" in listed and "13912345678" not in listed
    assert "温岚" in clerk.get(page("people"), {"q": "13912345678"}).content.decode()
    shown = clerk.get(page("person", key=called.key)).content.decode()
    assert "139****5678" in shown and "13912345678" not in shown
    refused = clerk.post(page("unmask", key=called.key), {"field": "phone", "reason": ""})
    assert refused.status_code == 422 and "13912345678" not in refused.content.decode()
    seen = clerk.post(page("unmask", key=called.key), {"field": "phone", "reason": "核实走访时间"})
    assert "13912345678" in seen.content.decode()
    cast.actor("clerk")
    assert Entry.objects.filter(verb="directory.unmask", subject_key=called.key).count() == 1
    assert (
        cast.client("instructor")
        .post(page("unmask", key=called.key), {"field": "phone", "reason": "x"})
        .status_code
        == 403
    )


def test_people_of_another_town_are_not_there(cast: Cast, called: Person) -> None:
    other = cast.client("other_clerk")
    assert other.get(page("person", key=called.key)).status_code == 404
    assert "温岚" not in other.get(page("people")).content.decode()
    assert other.get(page("lookup_person"), {"q": "温"}).json() == []


def test_a_person_is_registered_changed_and_given_a_role(cast: Cast) -> None:
    clerk = cast.client("clerk")
    answer = clerk.post(page("register_person"), {"name": "江岚", "phone": "139 1234 5670"})
    assert answer.status_code == 303
    cast.actor("clerk")
    person = Person.objects.get(name="江岚")
    assert person.phone == "13912345670"
    assert (
        clerk.post(page("change_person", key=person.key), {"name": "江岚", "note": "调离"}).status_code == 303
    )
    assert (
        clerk.post(
            page("role", key=person.key),
            {"organization": "晨光木业", "role": "contact", "since": "2026-01-01"},
        ).status_code
        == 303
    )
    cast.actor("clerk")
    person.refresh_from_db()
    assert (person.phone, person.note) == ("13912345670", "调离")
    again = clerk.post(
        page("role", key=person.key), {"organization": "晨光木业", "role": "contact", "since": "2026-02-01"}
    )
    assert again.status_code == 422 and "已有同样的任职" in again.content.decode()


def test_choices_for_comboboxes(cast: Cast) -> None:
    clerk = cast.client("clerk")
    found = clerk.get(page("lookup"), {"q": "晨光", "kind": "enterprise"}).json()
    assert [row["label"] for row in found] == ["云岭市晨光木业有限公司"] and set(found[0]) == {
        "key",
        "label",
        "note",
    }
    assert clerk.get(page("lookup"), {"q": "晨光", "kind": "village"}).json() == []


def test_a_forgotten_context_reads_no_people(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    context.leave()
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Person.objects.all())
