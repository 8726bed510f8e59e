"""Members of branches from a spreadsheet: stored once, mended, never moved, taken back as they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person
from lianjian.foundation.batch import SheetRow
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.partylife import actions, sheets
from lianjian.partylife.models import Applicant, BranchMembership, FoundMember, PartyMember
from lianjian.sheets import actions as importing
from lianjian.sheets.models import ChangedRow, ImportSheet, KeptChunk, KeptSheet
from lianjian.sheets.tests.helpers import go, read, store, workbook
from tests.cast import NOW, TODAY, Cast

from .test_members import another_branch, member
from .test_sheets import Batch

JOINED, FULL, SINCE = date(2015, 7, 1), date(2016, 7, 1), date(2020, 3, 1)


def line(cast: Cast, name: str = "秦川", **more: Any) -> dict[str, Any]:
    values = {"name": name, "branch": cast.branch.name, "joined_on": JOINED, "full_on": FULL, "since": SINCE}
    return {**values, **more}


def run(cast: Cast, *lines: dict[str, Any], who: str = "clerk") -> Batch:
    batch = Batch(cast.town_root)
    rows = [SheetRow(number, dict(values)) for number, values in enumerate(lines, start=4)]
    sheets.store_members(actor=cast.actor(who), batch=batch, rows=rows, now=NOW)
    return batch


def told(batch: Batch) -> list[tuple[int, str, str]]:
    return [problem[:3] for problem in batch.problems]


def seat_of(name: str) -> BranchMembership:
    return BranchMembership.objects.get(member__person__name=name)


def group(cast: Cast, name: str = "晨光木业党支部第一党小组") -> Organization:
    return directory.register_organization(
        actor=cast.system(), name=name, classification="party", parent=cast.branch, now=NOW, profile={"level": "group"}
    )


def test_a_member_is_stored_once_and_mended(cast: Cast) -> None:
    small = group(cast)
    first = run(cast, line(cast, sex="male", occupation="车间主任", group="第一党小组", standing="full"))
    assert told(first) == [] and len(first.made) == 3
    row = PartyMember.objects.get()
    seat = seat_of("秦川")
    assert (row.joined_on, row.full_on, row.occupation, row.person.sex) == (JOINED, FULL, "车间主任", "male")
    assert (seat.branch_id, seat.role, seat.since, seat.group_id) == (cast.branch.pk, "home", SINCE, small.pk)
    again = run(cast, line(cast, sex="male", occupation="车间主任", group="第一党小组"))
    assert (again.made, again.changed, again.problems) == ([], [], [])
    assert Entry.objects.filter(verb="partylife.import_members").count() == 1
    bare = run(cast, line(cast, full_on=None, since=None))
    assert (bare.made, bare.changed, bare.problems) == ([], [], [])
    mended = run(cast, line(cast, full_on=date(2016, 8, 1), since=date(2020, 4, 1), occupation="副厂长"))
    assert [type(one) for one, _before in mended.changed] == [PartyMember, BranchMembership]
    row.refresh_from_db()
    seat.refresh_from_db()
    assert (row.full_on, row.occupation, seat.since, seat.group_id) == (
        date(2016, 8, 1), "副厂长", date(2020, 4, 1), small.pk,
    )  # fmt: skip
    assert Entry.objects.filter(verb="partylife.import_members").count() == 2


def test_the_page_shows_whom_the_sheet_entered(cast: Cast, as_clerk: Any) -> None:
    run(cast, line(cast, occupation="车间主任"))
    assert "秦川" in as_clerk.get(f"/members/branches/{cast.branch.key}").content.decode()
    roster = as_clerk.get("/members/roll").content.decode()
    assert "车间主任" in roster and 'href="/sheets/new"' in roster
    assert 'href="/sheets/new"' in as_clerk.get("/members/branches").content.decode()
    assert 'href="/sheets/new"' not in cast.client("leader").get("/members/roll").content.decode()


def test_a_missing_day_of_entry_is_told_and_can_be_added(cast: Cast) -> None:
    one = run(cast, line(cast, since=None), line(cast, "唐雨"))
    assert told(one) == [(4, "since", "warning")] and "入党日期" in one.problems[0][3]
    assert seat_of("秦川").since == JOINED
    again = run(cast, line(cast, since=None), line(cast, "唐雨"))
    assert (again.changed, again.problems) == ([], [])
    run(cast, line(cast, since=SINCE))
    assert seat_of("秦川").since == SINCE
    whole = run(cast, *(line(cast, name, since=None) for name in ("甲一", "乙二", "丙三")))
    assert told(whole) == [(4, "since", "warning")] and whole.problems[0][3].startswith("3行")
    founded = another_branch(cast, founded_on=date(2019, 1, 1))
    before = run(cast, line(cast, "丁四", branch=founded.name, since=None))
    assert told(before) == [(4, "since", "error")] and "2019-01-01" in before.problems[0][3]
    assert not PartyMember.objects.filter(person__name="丁四").exists()


def test_what_the_page_refuses_the_sheet_refuses_in_the_same_words(cast: Cast, as_clerk: Any) -> None:
    future = date(2027, 1, 1)
    lines = [
        line(cast, "甲一", since=date(2015, 6, 30)),
        line(cast, "乙二", full_on=JOINED),
        line(cast, "丙三", joined_on=future, full_on=None, since=future),
        line(cast, "丁四", branch="没有的支部"),
        line(cast, "戊五", branch=cast.other_root.name),
        line(cast, "己六", full_on=None, standing="full"),
        line(cast, "庚七", standing="probationary") | {"standing": "probation"},
    ]
    batch = run(cast, *lines)
    assert told(batch) == [
        (7, "branch", "error"), (4, "since", "error"), (5, "full_on", "error"), (6, "name", "error"),
        (8, "branch", "error"), (9, "full_on", "error"), (10, "standing", "error"),
    ]  # fmt: skip
    assert not PartyMember.objects.exists() and not batch.made
    sentences = {number: sentence for number, _field, _severity, sentence in batch.problems}
    for values, number in ((lines[0], 4), (lines[1], 5), (lines[2], 6)):
        sent = {name: str(values[name] or "") for name in ("joined_on", "full_on", "since")}
        page = as_clerk.post(f"/members/branches/{cast.branch.key}/add", {"person": values["name"], **sent})
        assert page.status_code == 422 and sentences[number] in page.content.decode()
    Organization.objects.filter(pk=cast.branch.pk).update(dissolved_on=TODAY)
    closed = run(cast, line(cast))
    assert told(closed) == [(4, "branch", "error")] and "已撤销" in closed.problems[0][3]


def test_a_sheet_moves_nobody(cast: Cast) -> None:
    other = another_branch(cast)
    moved = member(cast, branch=other)
    gone = member(cast, "唐雨")
    actions.end_membership(
        actor=cast.actor("clerk"), member=gone, until=date(2025, 1, 1), kind="left", reason="本人退党", now=NOW
    )
    batch = run(cast, line(cast), line(cast, "唐雨"))
    assert told(batch) == [(4, "branch", "error"), (5, "branch", "error")]
    assert other.name in batch.problems[0][3] and "转接" in batch.problems[0][3]
    assert "2025-01-01" in batch.problems[1][3]
    assert not batch.made and BranchMembership.objects.get(member=moved).branch_id == other.pk
    named = run(cast, line(cast, joined_on=date(2012, 5, 4), full_on=date(2013, 5, 4)))
    assert told(named) == [(4, "name", "warning")] and "2015-07-01" in named.problems[0][3]
    assert PartyMember.objects.filter(person__name="秦川").count() == 2
    both = run(cast, line(cast, "甲一"), line(cast, "甲一", branch=other.name))
    assert told(both) == [(5, "branch", "error")] and cast.branch.name in both.problems[0][3]


def test_two_of_one_name_are_told_apart_by_the_day_of_joining(cast: Cast) -> None:
    younger = line(cast, joined_on=date(2018, 7, 1), full_on=date(2019, 7, 1))
    first = run(cast, line(cast), younger, line(cast))
    assert told(first) == [(5, "name", "warning"), (6, "name", "warning")]
    assert PartyMember.objects.count() == 2 and Person.objects.filter(name="秦川").count() == 2
    again = run(cast, younger | {"occupation": "会计"}, line(cast))
    assert again.problems == [] and again.made == []
    assert PartyMember.objects.get(occupation="会计").joined_on == date(2018, 7, 1)
    vague = run(cast, line(cast, joined_on=date(2017, 1, 1), full_on=date(2018, 1, 1)))
    assert told(vague) == [(4, "name", "error")] and PartyMember.objects.count() == 2


def test_a_wrong_day_of_joining_is_mended_within_the_rules(cast: Cast) -> None:
    run(cast, line(cast))
    right = run(cast, line(cast, joined_on=date(2015, 7, 11)))
    assert len(right.changed) == 1 and PartyMember.objects.get().joined_on == date(2015, 7, 11)
    wrong = run(cast, line(cast, joined_on=date(2021, 1, 1), full_on=date(2022, 1, 1), since=None))
    assert told(wrong) == [(4, "since", "error")] and PartyMember.objects.get().joined_on == date(2015, 7, 11)
    run(cast, line(cast, "唐雨", since=JOINED))
    along = run(cast, line(cast, "唐雨", joined_on=date(2015, 6, 1), since=None))
    assert len(along.changed) == 2 and seat_of("唐雨").since == date(2015, 6, 1)


def test_a_seat_is_not_laid_over_an_earlier_one(cast: Cast) -> None:
    held = member(cast)
    actor = cast.actor("clerk")
    actions.end_membership(actor=actor, member=held, until=date(2022, 1, 1), kind="moved", reason="转出", now=NOW)
    actions.enter_branch(actor=actor, member=held, branch=cast.branch, since=date(2023, 1, 1), now=NOW)
    batch = run(cast, line(cast, since=date(2021, 5, 1)))
    assert told(batch) == [(4, "branch", "error")] and "第25条" in batch.problems[0][3]
    assert [seat.since for seat in held.branches.order_by("since")] == [SINCE, date(2023, 1, 1)]


def test_who_is_known_beside_the_branch_is_the_same_person(cast: Cast) -> None:
    actor = cast.actor("clerk")
    directory.link_organizations(
        actor=cast.system(), kind="party", source=cast.branch, target=cast.firm, since=SINCE, now=NOW
    )
    found = actions.record_found_member(
        actor=actor, person="秦川", enterprise=cast.firm, found_on=date(2024, 2, 3), home_branch_text="外县党支部",
        joint_branch=cast.branch, managed_on=date(2024, 2, 3), now=NOW,
    )  # fmt: skip
    applied = actions.record_application(
        actor=actor, person="唐雨", enterprise=None, enterprise_text="个体", branch=cast.branch,
        applied_on=date(2013, 1, 4), now=NOW,
    )  # fmt: skip
    secretary = directory.register_person(actor=cast.system(), jurisdiction_id=cast.town.pk, name="甲一", now=NOW)
    directory.add_membership(
        actor=cast.system(), person=secretary, organization=cast.branch, role="secretary", since=SINCE, now=NOW
    )
    batch = run(cast, *(line(cast, name) for name in ("秦川", "唐雨", "甲一", cast.people["clerk"].name)))
    owners = dict(PartyMember.objects.values_list("person__name", "person_id"))
    assert owners["秦川"] == found.person_id and owners["唐雨"] == applied.person_id and owners["甲一"] == secretary.pk
    assert owners[cast.people["clerk"].name] != cast.people["clerk"].pk
    assert told(batch) == [(4, "branch", "warning"), (7, "name", "warning")]
    assert "外县党支部" in batch.problems[0][3]
    assert (FoundMember.objects.count(), Applicant.objects.count()) == (1, 1)


def test_a_member_elsewhere_who_was_found_in_the_firm_is_not_doubled(cast: Cast) -> None:
    other = another_branch(cast)
    held = member(cast, branch=other)
    actions.record_found_member(
        actor=cast.actor("clerk"), person=held.person, enterprise=cast.firm, found_on=date(2024, 2, 3),
        home_branch=other, joint_branch=cast.branch, managed_on=date(2024, 2, 3), now=NOW,
    )  # fmt: skip
    directory.link_organizations(
        actor=cast.system(), kind="party", source=cast.branch, target=cast.firm, since=SINCE, now=NOW
    )
    batch = run(cast, line(cast, joined_on=date(2015, 7, 2)))
    assert told(batch) == [(4, "branch", "error")] and other.name in batch.problems[0][3]
    assert PartyMember.objects.count() == 1


def test_doubtful_days_of_turning_full_are_stored_and_told(cast: Cast) -> None:
    batch = run(
        cast,
        line(cast, "甲一", full_on=date(2016, 6, 30)),
        line(cast, "乙二", full_on=None),
        line(cast, "丙三", full_on=None, standing="probation"),
        line(cast, "丁四", joined_on=date(2025, 7, 1), full_on=None, since=date(2025, 7, 1)),
        line(cast, "戊五", group="第九党小组"),
    )
    assert told(batch) == [(4, "full_on", "warning"), (5, "full_on", "warning"), (8, "group", "warning")]
    assert "2016-07-01" in batch.problems[0][3] and "2017-07-01" in batch.problems[1][3]
    assert PartyMember.objects.count() == 5


def test_only_the_office_imports(cast: Cast) -> None:
    for who in ("other_clerk", "instructor", "contact", "leader"):
        with pytest.raises(Denied):
            run(cast, line(cast), who=who)


HEAD = ["序号", "姓名", "性别", "所在党支部", "入党时间", "转正时间", "转入时间", "身份证号码", "手机号码", "月缴党费", "证号", "籍贯"]


def roster(tmp_path: Path, cast: Cast, name: str = "名册", **more: Any) -> Path:
    rows = [
        [1, "秦川", "男", cast.branch.name, "2015-07-01", "2016-07-01", "2020-03-01", "110101199003071234",
         "13812345678", 30, "x", "云岭"],
        [2, "唐雨", "女", cast.branch.name, "2018-07-01", more.get("full", "2019-07-01"), "2020-03-01", "", "", 20,
         "42990019990307451X", "石桥"],
    ]  # fmt: skip
    title = "晨光木业党支部党员花名册"
    return workbook(tmp_path / f"{name}.xlsx", ("名册", [[title], HEAD, *rows]))


def test_a_file_goes_all_the_way_and_back(cast: Cast, tmp_path: Path) -> None:
    actor = cast.actor("clerk")
    path = roster(tmp_path, cast)
    imported = store(actor, cast.town, path)
    kind = imported.receipt["kinds"][0]
    assert (kind["kind"], kind["new"], kind["left"]) == ("branch_member", 2, 0)
    assert list(PartyMember.objects.order_by("person__name").values_list("person__name", "full_on")) == [
        ("唐雨", date(2019, 7, 1)), ("秦川", date(2016, 7, 1)),
    ]  # fmt: skip
    again = store(actor, cast.town, path)
    assert (again.receipt["kinds"][0]["new"], again.receipt["kinds"][0]["changed"]) == (0, 0)
    edited = store(actor, cast.town, roster(tmp_path, cast, "改", full="2019-08-01"))
    assert edited.receipt["kinds"][0]["changed"] == 1
    importing.undo(actor=actor, imported=edited, now=NOW)
    assert PartyMember.objects.get(person__name="唐雨").full_on == date(2019, 7, 1)
    report = importing.undo(actor=actor, imported=imported, now=NOW)
    assert report["refused"] == [] and not ChangedRow.objects.exists()
    assert not PartyMember.objects.exists() and not BranchMembership.objects.exists()
    assert not Person.objects.filter(name__in=["秦川", "唐雨"]).exists()


def test_a_member_somebody_built_on_stays(cast: Cast, tmp_path: Path) -> None:
    actor = cast.actor("clerk")
    imported = store(actor, cast.town, roster(tmp_path, cast))
    actions.exempt(
        actor=actor, member=PartyMember.objects.get(person__name="秦川"), kind="task", since=TODAY, now=NOW
    )
    report = importing.undo(actor=actor, imported=imported, now=NOW)
    assert report["refused_count"] >= 1
    assert list(PartyMember.objects.values_list("person__name", flat=True)) == ["秦川"]
    assert seat_of("秦川").branch_id == cast.branch.pk


def test_numbers_of_persons_and_dues_are_not_even_kept(cast: Cast, tmp_path: Path) -> None:
    actor = cast.actor("clerk")
    imported = read(actor, cast.town, roster(tmp_path, cast))
    columns = {column["label"]: column for column in ImportSheet.objects.get().columns}
    for label in ("身份证号码", "手机号码", "月缴党费", "证号"):
        assert columns[label]["unkept"] and not columns[label]["field"] and columns[label]["samples"] == []
    assert not columns["籍贯"]["unkept"]
    page = cast.client("clerk").get(f"/sheets/{imported.key}/match").content.decode()
    assert page.count("不读，也不保存") == 4
    go(actor, imported)
    assert KeptSheet.objects.get().columns == ["籍贯"]
    lines = "".join("".join(chunk.lines) for chunk in KeptChunk.objects.all())
    assert "云岭" in lines and "1101011990" not in lines and "138" not in lines and "4299001999" not in lines


def test_five_hundred_cost_as_many_queries_as_fifty(cast: Cast) -> None:
    actor = cast.actor("clerk")

    def asked(start: int, count: int) -> int:
        lines = [
            actions.MemberLine(
                number=number, name=f"党员{number}", branch=cast.branch, joined_on=JOINED, full_on=FULL, since=SINCE,
                group="无",
            )
            for number in range(start, start + count)
        ]  # fmt: skip
        with CaptureQueriesContext(connection) as caught:
            actions.import_members(
                actor=actor, jurisdiction_id=cast.town.pk, rows=lines, batch_key="批次", now=NOW
            )
        return len(caught)

    few, many = asked(0, 50), asked(1000, 500)
    assert many <= few and many < 30
    assert PartyMember.objects.count() == 550


@pytest.mark.parametrize(
    ("title", "head", "kind"),
    [
        ("柳溪镇2025年党员名册", ["姓名", "性别", "所属党支部", "入党时间", "转正时间", "职务"], "branch_member"),
        ("党员基本情况登记表", ["姓名", "支部名称", "加入党组织日期", "转为正式党员日期", "人员类别"], "branch_member"),
        ("在册党员花名册", ["党员姓名", "所在党支部", "入党日期"], "branch_member"),
        ("2025年发展党员台账", ["姓名", "所在企业", "申请入党时间", "列为积极分子时间", "转正时间"], "development"),
        ("双找党员台账", ["姓名", "所在企业", "组织关系所在党支部", "联系共管党支部", "找出日期"], "found_member"),
        ("党组织名册", ["党组织名称", "组建形式", "上级党组织", "书记", "党员数"], "party_organization"),
    ],
)
def test_a_roll_is_told_from_other_sheets_about_members(
    cast: Cast, tmp_path: Path, title: str, head: list[str], kind: str
) -> None:
    words = {"日期": "2015-07-01", "时间": "2015-07-01", "支部": cast.branch.name, "企业": cast.firm.name, "姓名": "秦川"}
    cells = [next((value for word, value in words.items() if word in label), "其他") for label in head]
    read(cast.actor("clerk"), cast.town, workbook(tmp_path / "表.xlsx", ("Sheet1", [[title], head, cells])))
    assert ImportSheet.objects.get().kind == kind
