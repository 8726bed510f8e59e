"""Which firms the rates count: all, above scale, or with so many staff, as the place says by a document from a day on."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.coverage import actions
from lianjian.coverage.models import SurveyFirm
from lianjian.coverage.queries.enterprises import enterprises
from lianjian.coverage.queries.rates import by_rate, scope_of
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.partylife.actions import record_found_member
from lianjian.partylife.queries.bodies import Law
from lianjian.partylife.queries.unformed import lacking
from lianjian.rulebook.actions import set_local_rule
from lianjian.rulebook.actions.local import ChooseOne
from lianjian.rulebook.models import Rule
from tests.cast import NOW, TODAY, Cast

from .test_caring import _branch, _figure, _firm, _size

BEFORE, BEGUN = date(2026, 2, 28), date(2026, 3, 1)
DOCUMENT = "柳溪镇两新组织党建工作要点(柳社工〔2026〕3号)"


def _choose(cast: Cast, place: Jurisdiction, option: str, source: str = DOCUMENT, since: date = BEGUN) -> None:
    set_local_rule(
        actor=cast.system(place), jurisdiction_id=place.pk, code="company.scope", params={"one_of": [option]},
        source=source, valid_from=since, now=NOW,
    )  # fmt: skip


@pytest.fixture
def firms(cast: Cast) -> dict[str, Organization]:
    """Two firms of nobody's size, and four whose size is told; the largest and a small one have a branch."""
    made = {}
    for name, staff, above in (("大厂", 120, True), ("中厂", 50, False), ("近中厂", 49, True), ("小厂", 8, False)):
        made[name] = _firm(cast, name)
        _size(cast, made[name], staff=staff, above=above)
    for name in ("大厂", "小厂"):
        _branch(cast, made[name], "own" if name == "大厂" else "joint")
    return made


def _names(cast: Cast, code: str, day: date | None = None) -> set[str]:
    clerk = cast.actor("clerk")
    return {row.name for row in by_rate(enterprises(clerk, day), code, day)}


@pytest.mark.parametrize(
    ("option", "wanted"),
    [
        ("all", {"大厂", "中厂", "近中厂", "小厂", "云岭市晨光木业有限公司", "柳溪远山家居有限公司"}),
        ("above", {"大厂", "近中厂"}),
        ("staff50", {"大厂", "中厂"}),
        ("staff100", {"大厂"}),
    ],
)
def test_each_scope_counts_its_firms(
    cast: Cast, firms: dict[str, Organization], option: str, wanted: set[str]
) -> None:
    _choose(cast, cast.town, option)
    assert _names(cast, "scope") == wanted == _names(cast, "scope", TODAY)
    own = wanted & {"大厂"}
    assert _figure(cast, "own_rate", TODAY) == (len(own), len(wanted))
    assert _figure(cast, "organization_coverage", TODAY) == (len(wanted & {"大厂", "小厂"}), len(wanted))
    assert _names(cast, "unorganized") == wanted - {"大厂", "小厂"}


def test_past_days_keep_their_scope(cast: Cast, firms: dict[str, Organization]) -> None:
    _choose(cast, cast.town, "staff50")
    assert _figure(cast, "organization_coverage", BEFORE) == (2, 6)
    assert _figure(cast, "organization_coverage", BEGUN) == (1, 2) == _figure(cast, "organization_coverage", TODAY)
    _choose(cast, cast.town, "all", "新文件", date(2026, 4, 1))
    assert _figure(cast, "work_coverage", date(2026, 3, 31))[1] == 2
    assert _figure(cast, "work_coverage", date(2026, 4, 1))[1] == 6
    clerk = cast.actor("clerk")
    assert scope_of(clerk, BEFORE) == "口径:全部企业"
    assert scope_of(clerk, BEGUN) == f"口径:职工50人及以上的企业({DOCUMENT},2026年3月1日起)"


def test_each_day_goes_by_the_version_of_its_time(cast: Cast, firms: dict[str, Organization]) -> None:
    """Of versions that overlap the higher one holds."""
    first = Rule.objects.get(code="company.scope")
    later = Rule.objects.get(pk=first.pk)
    later.pk, later.version, later.valid_from, later.valid_to = None, first.version + 1, BEGUN, TODAY
    changed = {**first.params["one_of"], "staff50": {"words": "职工五十人以上(新)", "staff": 100}}
    later.params = {**first.params, "one_of": changed, "default": "staff50"}
    later.save(force_insert=True)
    assert _figure(cast, "organization_coverage", BEFORE)[1] == 6
    assert _figure(cast, "organization_coverage", BEGUN) == (1, 1)
    assert _figure(cast, "organization_coverage", TODAY + timedelta(days=1))[1] == 6
    assert scope_of(cast.actor("clerk"), BEFORE) == "口径:全部企业"
    assert scope_of(cast.actor("clerk"), BEGUN) == "口径:职工五十人以上(新)"
    assert _names(cast, "scope") == _names(cast, "scope", date.today())


def test_the_nearest_place_decides(cast: Cast, firms: dict[str, Organization]) -> None:
    _choose(cast, cast.county, "above", "县文件")
    assert _names(cast, "scope") == {"大厂", "近中厂"}
    _choose(cast, cast.town, "staff100")
    assert _names(cast, "scope") == {"大厂"}
    words = scope_of(cast.actor("county_clerk"), TODAY)
    assert "柳溪镇 职工100人及以上的企业" in words and "云岭县 规上企业(县文件" in words and "其他" not in words


def test_the_figure_and_the_tile_open_onto_exactly_these_rows(
    cast: Cast, as_clerk: Any, firms: dict[str, Organization]
) -> None:
    _choose(cast, cast.town, "staff50")
    home = as_clerk.get("/coverage/").content.decode()
    assert "口径:职工50人及以上的企业" in home and DOCUMENT in home and "1家/2家" in home and "50.0%" in home
    for code, wanted in (("scope", {"大厂", "中厂"}), ("unorganized", {"中厂"}), ("organized", {"大厂"})):
        page = as_clerk.get(f"/coverage/enterprises?rate={code}").content.decode()
        assert page.count("<tr") == 1 + len(wanted) and all(name in page for name in wanted)
        assert "口径:职工50人及以上的企业" in page
    figure = reverse("insight:figure", kwargs={"code": "coverage.organization_coverage"})
    page = as_clerk.get(figure, {"period": "2026-03-01..2026-03-09"}).content.decode()
    assert "大厂" in page and "小厂" not in page and DOCUMENT in page and "50.0%" in page
    base = as_clerk.get(figure, {"period": "2026-03-01..2026-03-09", "side": "base"}).content.decode()
    assert "大厂" in base and "中厂" in base and "近中厂" not in base
    before = as_clerk.get(figure, {"period": "2026-02-01..2026-02-28"}).content.decode()
    assert "口径:全部企业" in before and DOCUMENT not in before and "小厂" in before
    assert DOCUMENT in as_clerk.get(reverse("insight:figures")).content.decode()


def test_units_without_an_organization_keep_to_the_scope_but_for_known_members(
    cast: Cast, as_clerk: Any, firms: dict[str, Organization]
) -> None:
    def named(day: Any = TODAY) -> set[str]:
        rows = lacking(cast.actor("clerk"), day, Law(TODAY), TODAY.year).filter(classification="enterprise")
        return {row.name for row in rows}

    assert {"中厂", "近中厂", cast.firm.name} <= named()
    _choose(cast, cast.town, "staff50")
    assert named() == {"中厂"}
    assert cast.firm.name in named(BEFORE)
    _size(cast, firms["近中厂"], staff=49, above=True, members=4)
    assert named() == {"中厂", "近中厂"}
    page = as_clerk.get(reverse("partylife:lacks")).content.decode()
    assert "口径:职工50人及以上的企业" in page and "近中厂" in page and cast.firm.name not in page


def test_the_office_chooses_one_option_with_its_document(cast: Cast, as_system_admin: Any) -> None:
    address = reverse("rulebook:local_rule", kwargs={"code": "company.scope"})
    assert 'type="radio"' in as_system_admin.get(address).content.decode()
    form = {"one_of": "above", "valid_from": "2026-03-09", "source": ""}
    assert as_system_admin.post(address, form).status_code == 422
    assert as_system_admin.post(address, {**form, "source": "县文件"}).status_code == 303
    page = as_system_admin.get(reverse("rulebook:law", kwargs={"code": "company.scope"})).content.decode()
    assert "没有本地规定的:全部企业" in page and "县文件" in page and "暂未使用" not in page
    for wrong in ({"one_of": []}, {"one_of": ["above", "all"]}, {"one_of": ["nobody"]}):
        with pytest.raises(ChooseOne):
            set_local_rule(
                actor=cast.system(), jurisdiction_id=cast.town.pk, code="company.scope", params=wrong, source="文件",
                valid_from=BEGUN, now=NOW,
            )  # fmt: skip


def test_work_coverage_counts_mass_groups(cast: Cast, as_clerk: Any, firms: dict[str, Organization]) -> None:
    """An organization, an instructor, or a union, youth league or women's group: registered, or told in a survey."""
    clerk = cast.actor("clerk")
    known = {"大厂", "小厂", cast.firm.name, cast.second_firm.name}  # the latter two have an instructor
    assert _names(cast, "worked") == known == _names(cast, "worked", TODAY)
    assert _names(cast, "unworked") == {"中厂", "近中厂"} == _names(cast, "unworked", TODAY)
    union = directory.register_organization(
        actor=clerk, name="中厂工会", classification="mass", parent=firms["中厂"], since=BEGUN, now=NOW
    )
    assert "中厂" in _names(cast, "worked") and "中厂" not in _names(cast, "worked", BEFORE)
    assert _names(cast, "mass") == {"中厂"}
    actions.open_survey(
        actor=clerk, name="摸排", firms="all", facts=["union"], opens_on=BEFORE, closes_on=TODAY, now=NOW
    )
    near = SurveyFirm.objects.get(organization=firms["近中厂"])
    actions.answer_survey(actor=clerk, row=near, facts={"union": False}, now=NOW)
    assert "近中厂" not in _names(cast, "worked", TODAY)
    actions.answer_survey(actor=clerk, row=near, facts={"union": True}, now=NOW)
    assert {"中厂", "近中厂"} == _names(cast, "mass", TODAY) <= _names(cast, "worked", TODAY)
    assert _figure(cast, "work_coverage", TODAY) == (6, 6) and _figure(cast, "organization_coverage", TODAY) == (2, 6)
    assert _figure(cast, "unworked", TODAY)[0] == 0 and _figure(cast, "with_mass", TODAY)[0] == 2
    figure = reverse("insight:figure", kwargs={"code": "coverage.work_coverage"})
    page = as_clerk.get(figure, {"period": "2026-03-01..2026-03-09"}).content.decode()
    assert "中厂工会" in page and "摸排填报有" in page
    directory.dissolve_organization(actor=clerk, organization=union, on=date(2026, 3, 8), now=NOW)
    assert "中厂" not in _names(cast, "worked", TODAY) and "中厂" in _names(cast, "worked", date(2026, 3, 7))
    # A later survey that says no.
    actions.open_survey(
        actor=clerk, name="再摸排", firms="all", facts=["union"], opens_on=TODAY, closes_on=TODAY, now=NOW
    )
    later = SurveyFirm.objects.get(organization=firms["近中厂"], survey__name="再摸排")
    actions.answer_survey(actor=clerk, row=later, facts={"union": False}, now=NOW)
    assert _names(cast, "mass", TODAY) == set()


def _cell(page: str, firm: str, label: str) -> str:
    """What the row of a firm says in the column of that name."""
    row = next(part for part in page.split("<tr")[1:] if firm in part)
    cell = row.split(f'data-label="{label}"')[1].split("</td>")[0]
    return re.sub(r"<[^>]*>|^[^>]*>", "", cell).strip()


@pytest.mark.parametrize(("told", "found", "shown"), [(0, 2, "2"), (0, 0, "0"), (3, 2, "3"), (None, 1, "1")])
def test_hatching_and_the_units_without_an_organization_know_one_number_of_members(
    cast: Cast, as_clerk: Any, told: int | None, found: int, shown: str
) -> None:
    """The register says 0 and the two-way search found members there: both pages show who was found."""
    firm = _firm(cast, "查找厂")
    if told is not None:
        _size(cast, firm, members=told)
    for number in range(found):
        record_found_member(
            actor=cast.actor("clerk"), person=f"党员{number}", enterprise=firm, found_on=TODAY, now=NOW
        )
    hatching = as_clerk.get("/coverage/incubation?q=查找厂").content.decode()
    units = as_clerk.get(reverse("partylife:lacks"), {"q": "查找厂"}).content.decode()
    assert _cell(hatching, "查找厂", "党员数") == shown == _cell(units, "查找厂", "已知党员")
    stage = "member" if shown != "0" else "none"
    assert "查找厂" in as_clerk.get(f"/coverage/incubation?q=查找厂&state={stage}").content.decode()
    assert _figure(cast, f"incubation_{stage}", TODAY)[0] >= 1
