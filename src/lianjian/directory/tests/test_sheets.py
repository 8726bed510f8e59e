"""Spreadsheets of enterprises and party bodies: recognised, brought up to date, never doubled."""

from __future__ import annotations

import random
from typing import Any

from lianjian.directory.actions.bulk import store_enterprises, store_party_organizations
from lianjian.directory.models import (
    Alias,
    EnterpriseProfile,
    EnterpriseYear,
    Likeness,
    Link,
    Membership,
    Organization,
    PartyProfile,
    Person,
)
from lianjian.directory.queries import Resolver, county_of
from lianjian.directory.queries.trees import paths_differ
from lianjian.foundation.quantities import parse_quantity
from lianjian.journal.models import Entry
from tests.cast import NOW, Cast, code

from .batches import Batch, rows


def _store(cast: Cast, *values: dict[str, Any], year: int | None = 2024) -> Batch:
    batch = Batch(cast.town.pk, cast.town_root, year)
    store_enterprises(actor=cast.actor("clerk"), batch=batch, rows=rows(*values), now=NOW)
    return batch


FIRM = {
    "name": "柳溪新芽电子有限公司",
    "code": code(70),
    "industry": "2110",
    "legal_representative": "安宁",
    "phone": "13900000070",
    "staff": 156,
    "above_scale": True,
    "members": 2,
    "formation": "joint",
    "branch": "新芽联合党支部",
    "secretary": "温岚",
}


def test_a_new_firm_with_all_its_facts(cast: Cast) -> None:
    batch = _store(cast, FIRM)
    firm = Organization.objects.get(code=code(70))
    assert firm.parent_id == cast.town_root.pk and firm.path.startswith(cast.town_root.path)
    profile = firm.enterprise
    assert (profile.staff, profile.above_scale, profile.size_year, profile.party_members) == (
        156,
        True,
        2024,
        2,
    )
    assert profile.industry is not None and profile.industry.code == "21"
    assert profile.legal_representative == "安宁"
    person = Person.objects.get(name="安宁")
    assert person.phone == "13900000070" and person.phone_blind
    assert Membership.objects.filter(person=person, organization=firm, role="legal_representative").exists()
    link = Link.objects.get(kind="party", target=firm)
    assert link.source.name == "新芽联合党支部"
    assert (link.source.party.formation, link.source.party.secretary_name) == ("joint", "温岚")
    assert paths_differ() == [] and batch.problems == []
    assert Entry.objects.filter(verb="directory.store_enterprises").count() == 1
    found = cast.client("clerk").get("/directory/organizations", {"q": "新芽"}).content.decode()
    assert "柳溪新芽电子有限公司" in found


def test_a_second_run_changes_nothing(cast: Cast) -> None:
    _store(cast, FIRM)
    again = _store(cast, FIRM)
    assert again.made == [] and again.changed == []
    assert Entry.objects.filter(verb="directory.store_enterprises").count() == 1


def test_a_firm_twice_in_one_sheet_is_one_firm(cast: Cast) -> None:
    batch = _store(
        cast, {**FIRM, "staff": None}, {"name": "(柳溪)新芽电子有限公司", "code": code(70), "staff": 90}
    )
    firm = Organization.objects.get(code=code(70))
    assert list(firm.aliases.values_list("name", flat=True)) == ["(柳溪)新芽电子有限公司"]
    assert firm.enterprise.staff == 90
    assert [(number, severity) for number, _field, severity, _s in batch.problems] == [(6, "note")]
    assert "第5行" in batch.problems[0][3]


def test_a_registered_firm_is_brought_up_to_date(cast: Cast) -> None:
    batch = _store(cast, {"name": "晨光木业公司", "code": cast.firm.code, "staff": 88, "above_scale": False})
    profile = EnterpriseProfile.objects.get(organization=cast.firm)
    assert (profile.staff, profile.above_scale) == (88, False)
    assert Alias.objects.filter(organization=cast.firm, name="晨光木业公司").exists()
    assert Organization.objects.filter(classification="enterprise", jurisdiction=cast.town).count() == 2
    assert batch.changed and not [pk for model, pk in batch.made if model is Organization]
    found = cast.client("clerk").get("/directory/organizations", {"q": "晨光木业公司"}).content.decode()
    assert "云岭市晨光木业有限公司" in found


def test_an_older_sheet_does_not_overwrite_the_size(cast: Cast) -> None:
    _store(cast, {**FIRM, "staff": 200}, year=2025)
    _store(cast, {**FIRM, "staff": 100}, year=2023)
    firm = Organization.objects.get(code=code(70))
    assert (firm.enterprise.staff, firm.enterprise.size_year) == (200, 2025)
    assert list(
        EnterpriseYear.objects.filter(organization=firm).order_by("year").values_list("year", "staff")
    ) == [
        (2023, 100),
        (2025, 200),
    ]


def test_each_size_is_of_the_year_that_states_it(cast: Cast) -> None:
    """2025 says only how many members; the size of 2024 that comes later stands beside it."""
    _store(cast, {"name": FIRM["name"], "code": code(70), "members": 5}, year=2025)
    batch = _store(cast, {**FIRM, "staff": 100, "members": 1}, year=2024)
    firm = Organization.objects.get(code=code(70))
    rows = EnterpriseYear.objects.filter(organization=firm).order_by("year")
    assert list(rows.values_list("year", "staff", "party_members")) == [(2024, 100, 1), (2025, None, 5)]
    assert (firm.enterprise.staff, firm.enterprise.party_members, firm.enterprise.size_year) == (100, 5, 2025)
    assert [pk for model, pk in batch.made if model is EnterpriseYear] == [rows[0].pk]


def test_members_are_stated_by_year_on_the_page(cast: Cast) -> None:
    clerk = cast.client("clerk")
    address = f"/directory/organizations/{cast.firm.key}"
    for year, members in (("2025", "4"), ("2024", "7")):
        sent = {"year": year, "staff": "", "above_scale": "", "party_members": members}
        assert clerk.post(f"{address}/year", sent).status_code == 303
    assert EnterpriseProfile.objects.get(organization=cast.firm).party_members == 4
    shown = clerk.get(address).content.decode()
    assert "<td>2024</td><td>—</td><td>—</td><td>7</td>" in shown
    assert clerk.post(f"{address}/year", {"year": "2024", "staff": "30"}).status_code == 303
    row = EnterpriseYear.objects.get(organization=cast.firm, year=2024)
    assert (row.staff, row.party_members) == (30, 7), "what is not stated stays"


def test_codes_that_are_wrong_or_missing_do_not_stop_a_firm(cast: Cast) -> None:
    wrong = code(71)[:-1] + ("0" if code(71)[-1] != "0" else "1")
    _store(cast, {"name": "甲木业有限公司", "code": wrong}, {"name": "乙木业有限公司", "code": None})
    first = Organization.objects.get(name="甲木业有限公司")
    assert (first.code, first.external_code) == ("", wrong)
    _store(cast, {"name": "甲木业有限公司", "code": code(71)}, {"name": "乙木业有限公司", "code": None})
    first.refresh_from_db()
    assert (
        first.code == code(71) and Organization.objects.filter(name__endswith="乙木业有限公司").count() == 1
    )


def test_words_for_numbers_are_kept_as_bounds(cast: Cast) -> None:
    _store(cast, {**FIRM, "staff": parse_quantity("100余人")})
    profile = Organization.objects.get(code=code(70)).enterprise
    assert profile.staff == 100 and profile.staff_text == "100余人"


def test_a_likeness_goes_to_the_review_list_and_is_not_linked(cast: Cast) -> None:
    batch = _store(cast, {"name": "晨光木业有限责任公司", "code": code(72)})
    assert Organization.objects.filter(code=code(72)).exists()
    pair = Likeness.objects.get()
    assert pair.first_id == cast.firm.pk and pair.reason == "short"
    assert any("核对清单" in sentence for _n, _f, _s, sentence in batch.problems)


def test_a_firm_of_the_other_town_is_not_doubled(cast: Cast) -> None:
    _store(cast, {"name": "清泉食品", "code": cast.other_firm.code})
    assert Organization.objects.filter(code=cast.other_firm.code).count() == 1


def test_party_bodies_hang_where_their_row_says(cast: Cast) -> None:
    batch = Batch(cast.town.pk, cast.town_root)
    sheet = rows(
        {"name": "一组党小组", "category": "党小组", "parent": "柳溪村党总支", "members": 6},
        {"name": "中共柳溪镇委员会", "category": "党委", "secretary": "高原"},
        {"name": "柳溪村党总支", "category": "", "parent": "柳溪镇党委", "formation": "own", "members": 40},
        {"name": "第三指导站", "category": "党建指导站", "parent": "柳溪镇党委"},
        {"name": "孤立党支部", "parent": "没有的党委"},
    )
    store_party_organizations(actor=cast.actor("clerk"), batch=batch, rows=sheet, now=NOW)
    group = Organization.objects.get(name="一组党小组")
    assert group.parent is not None and group.parent.name == "柳溪村党总支"
    assert group.party.level == "group" and group.parent.party.level == "general_branch"
    assert Organization.objects.get(name="第三指导站").classification == "station"
    assert PartyProfile.objects.get(organization=cast.town_root).secretary_name == "高原"
    assert [(number, field) for number, field, _s, _t in batch.problems] == [(9, "parent")]
    assert paths_differ() == []
    again = Batch(cast.town.pk, cast.town_root)
    store_party_organizations(actor=cast.actor("clerk"), batch=again, rows=sheet, now=NOW)
    assert again.made == [] and again.changed == []


def test_party_bodies_of_the_other_town_are_left_as_they_are(cast: Cast) -> None:
    sheet = rows(
        {"name": cast.other_root.name, "category": "党委", "secretary": "外人"},
        {"name": "界河党支部", "parent": cast.other_root.name, "secretary": "温岚"},
    )
    batch = Batch(cast.town.pk, cast.town_root)
    store_party_organizations(actor=cast.actor("clerk"), batch=batch, rows=sheet, now=NOW)
    assert Organization.objects.get(name="界河党支部").parent_id == cast.town_root.pk
    assert not PartyProfile.objects.filter(secretary_name="外人").exists()
    assert [(field, kind) for _number, field, kind, _words in batch.problems] == [
        ("name", "warning"),
        ("parent", "warning"),
    ]


def test_names_are_linked_only_when_they_are_certain(cast: Cast) -> None:
    """A seeded register with near names: what is linked automatically is right, the rest is left to a person."""
    dice = random.Random(7)  # noqa: S311 - a seed for a test
    words = ["晨光", "远山", "清泉", "恒泰", "富龙", "汇东", "森源", "锦绣", "荣盛", "雅居"]
    trades = ["木业", "家具", "板材", "五金", "家居", "智能家居"]
    firms = [
        f"{place}{word}{trade}有限公司" for place in ("", "云岭市") for word in words for trade in trades
    ]
    firms = [name for name in firms if dice.random() < 0.7]
    _store(cast, *({"name": name, "code": code(1000 + place)} for place, name in enumerate(firms)))
    resolver = Resolver.of(county_of(cast.town.pk), ("enterprise",))
    names = {o.pk: o.name for o in Organization.objects.all()}
    linked = right = 0
    for name in firms:
        for written in (name, name.replace("有限公司", ""), name.removeprefix("云岭市"), f" {name} "):
            found = resolver.resolve(written)
            if found.organization_id is not None:
                linked += 1
                right += names[found.organization_id] in (name, written)
    assert linked > len(firms) * 2 and right / linked >= 0.995
