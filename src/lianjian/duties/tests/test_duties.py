"""Who sees which duty, in what order and words, and who is told."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from lianjian.directory.models import Grant, Organization
from lianjian.duties import kinds, tasks
from lianjian.duties.actions import close_duties, move_due, open_duty
from lianjian.duties.models import Duty
from lianjian.duties.queries import board, counts, due_badge, grouped, urgency
from lianjian.foundation import clock
from lianjian.foundation.calendar import CHINA, WorkCalendar
from lianjian.notices.models import Message
from lianjian.rulebook.actions import evaluate_deadline
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _kinds() -> Any:
    before = dict(kinds._KINDS)
    kinds.register("test.handle", "办理", right="cases.handle")
    kinds.register("test.dispatch", "派单", right="cases.dispatch")
    yield
    kinds._KINDS.clear()
    kinds._KINDS.update(before)


def give(cast: Cast, title: str, due: datetime | None = None, record: Any = None, **more: Any) -> Duty:
    more.setdefault("kind", "test.handle")
    return open_duty(
        actor=cast.system(more.pop("place", cast.town)), record=record or cast.firm, title=title, url="/x/", now=NOW,
        due_at=due, **more,
    )  # fmt: skip


def titles(cast: Cast, who: str, mine: bool = True) -> list[str]:
    return [row.title for row in board(cast.actor(who), NOW, mine=mine)]


def test_a_duty_of_a_body_is_that_of_who_acts_for_it(cast: Cast) -> None:
    give(cast, "办公室的", organization=cast.office)
    give(cast, "城建办的", organization=cast.housing)
    give(cast, "镇里的派单", kind="test.dispatch", organization=cast.town_root)
    give(cast, "没有指定谁", kind="test.dispatch", record=cast.second_firm)
    give(cast, "给苏禾本人", person=cast.people["instructor"])
    give(cast, "给账号", user_id=cast.users["contact"].pk)
    assert titles(cast, "handler") == ["办公室的"]
    assert titles(cast, "other_handler") == ["城建办的"]
    assert titles(cast, "clerk") == ["镇里的派单", "没有指定谁"]
    assert titles(cast, "leader") == []  # reads all, dispatches nothing
    assert titles(cast, "instructor") == ["给苏禾本人"]
    assert titles(cast, "contact") == ["给账号"]
    assert len(titles(cast, "leader", mine=False)) == len(titles(cast, "clerk", mine=False)) == 6
    assert titles(cast, "handler", mine=False) == ["办公室的"]


def test_a_sub_office_belongs_to_its_department(cast: Cast) -> None:
    give(cast, "企业的", organization=cast.firm)
    assert titles(cast, "contact") == []  # a firm's contact does not handle
    give(cast, "请确认", kind="test.confirm", organization=cast.firm)
    assert titles(cast, "contact") == ["请确认"]


def test_another_town_sees_nothing_in_list_count_or_search(cast: Cast) -> None:
    give(cast, "环评批复", organization=cast.town_root)
    now = clock.now()
    for who, seen in (("clerk", True), ("county_leader", True), ("other_clerk", False)):
        client = cast.client(who)
        assert ("环评批复" in client.get("/duties/all/").content.decode()) is seen
        assert ("环评批复" in client.get("/duties/all/?q=环评").content.decode()) is seen
        assert counts(cast.actor(who), now, mine=False)["all"] == int(seen)
    actor = cast.actor("other_clerk")
    assert not Duty.objects.exists()
    assert not Duty.objects.visible_to(actor).exists()  # type: ignore[attr-defined]


def test_the_board_goes_by_urgency(cast: Cast) -> None:
    wednesday = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
    ends = {"超期": -DAY, "今天": timedelta(hours=5), "本周": 3 * DAY, "以后": 9 * DAY}
    for number, (title, delta) in enumerate(reversed(ends.items())):
        give(cast, title, wednesday + delta, kind=f"k{number}", organization=cast.office)
    give(cast, "无期限", kind="k9", organization=cast.office)
    rows = board(cast.actor("handler"), wednesday)
    assert [row.title for row in rows] == [*ends, "无期限"]
    assert [code for code, _label, _rows in grouped(rows)] == ["overdue", "today", "week", "later", "none"]
    found = counts(cast.actor("handler"), wednesday)
    assert found == {"overdue": 1, "today": 1, "week": 1, "later": 1, "none": 1, "all": 5}


def test_counts_and_board_agree_on_a_sunday(cast: Cast) -> None:
    sunday = datetime(2026, 3, 15, 4, 0, tzinfo=UTC)
    for number in range(12):
        give(
            cast,
            f"n{number}",
            sunday + timedelta(hours=9 * number - 20),
            kind=f"k{number}",
            organization=cast.office,
        )
    rows = board(cast.actor("handler"), sunday)
    found = counts(cast.actor("handler"), sunday)
    for code in ("overdue", "today", "week", "later", "none"):
        assert found[code] == sum(row.urgency == code for row in rows), code


def test_words_of_the_badge() -> None:
    days = WorkCalendar()
    friday = datetime(2026, 9, 18, 10, 0, tzinfo=CHINA)

    def word(moment: datetime | None) -> tuple[str, str]:
        badge = due_badge(moment, friday, days)
        return str(badge.word), badge.tone

    end = datetime(2026, 9, 18, 23, 59, 59, tzinfo=CHINA)
    assert word(end) == ("今天", "due")
    assert word(friday + timedelta(hours=2)) == ("今天 12:00", "due")
    assert word(friday - timedelta(hours=2)) == ("已超时", "late")
    assert word(end - DAY) == ("超期 1 天", "late")
    assert word(end + 2 * DAY) == ("1 个工作日", "due")  # Sunday 20 September 2026 is a working day
    assert word(end + 11 * DAY) == ("7 个工作日", "neutral")
    assert word(None) == ("无期限", "neutral")
    assert urgency(end, friday) == "today"
    with translation.override("en"):
        assert word(end - DAY)[0] == "1 day overdue"
        assert word(end + 11 * DAY)[0] == "7 working days"


def test_opened_twice_is_one_duty(cast: Cast) -> None:
    first = give(cast, "旧题", NOW, organization=cast.office)
    second = give(cast, "新题", NOW + DAY, organization=cast.office)
    assert first.pk == second.pk
    assert Duty.objects.get().title == "新题"
    assert close_duties(actor=cast.system(), record=cast.firm, kind="other", now=NOW) == 0
    assert close_duties(actor=cast.system(), record=cast.firm, kind="test.handle", now=NOW) == 1
    assert close_duties(actor=cast.system(), record=cast.firm, now=NOW) == 0
    give(cast, "再来", organization=cast.office)
    assert Duty.objects.filter(state="open").count() == 1
    assert Duty.objects.filter(state="done").count() == 1


def test_a_duty_leads_only_into_the_house(cast: Cast) -> None:
    for url in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        with pytest.raises(ValueError, match="inside the house"):
            open_duty(actor=cast.system(), record=cast.firm, kind="k", title="t", url=url, now=NOW)


def test_the_rule_behind_it_is_shown_and_opens(cast: Cast) -> None:
    found = evaluate_deadline(
        actor=cast.system(),
        code="petition.close",
        start=date(2026, 3, 9),
        now=NOW,
        jurisdiction_id=cast.town.pk,
    )
    give(cast, "办结信访事项", organization=cast.office, evaluation=found)
    row = board(cast.actor("handler"), NOW)[0]
    assert row.cite == "《信访工作条例》第34条" and row.due_at == found.due_at
    page = cast.client("handler").get("/duties/").content.decode()
    assert "《信访工作条例》第34条" in page and f"/rules/evaluations/{found.key}/" in page
    cast.system()
    found.due_at = NOW + 90 * DAY
    assert move_due(actor=cast.system(), evaluations=[found], now=NOW) == 1
    assert Duty.objects.get().due_at == NOW + 90 * DAY


def test_the_board_costs_two_queries_and_lists_do_not_grow(cast: Cast) -> None:
    client = cast.client("handler")
    client.get("/duties/")

    def cost() -> tuple[int, int, int]:
        with CaptureQueriesContext(connection) as page:
            assert client.get("/duties/").status_code == 200
        actor = cast.actor("handler")
        with CaptureQueriesContext(connection) as rows:
            found = len(board(actor, NOW))
        return len(page), len(rows), found

    for number in range(10):
        give(cast, f"事项{number}", NOW + number * DAY, kind=f"k{number}", organization=cast.office)
    first = cost()
    for number in range(10, 20):
        give(cast, f"事项{number}", NOW + number * DAY, kind=f"k{number}", organization=cast.office)
    second = cost()
    assert first[:2] == second[:2] and first[1] <= 2
    assert (first[2], second[2]) == (10, 20)


def test_pages_turn_both_ways_and_undated_duties_come_last(cast: Cast) -> None:
    for number in range(120):
        due = NOW + number * DAY if number < 60 else None
        give(cast, f"第{number:03d}件", due, kind=f"k{number}", organization=cast.office)
    client = cast.client("handler")
    for query in ("", "?sort=-due_at"):
        address: str | None = f"/duties/{query}"
        pages = []
        while address:
            pages.append(client.get(address).content.decode())
            address = _link(pages[-1], "next")
        there = [_numbers(page) for page in pages]
        dated = list(range(60)) if not query else list(range(59, -1, -1))
        undated = list(range(60, 120)) if not query else list(range(119, 59, -1))
        assert sum(there, []) == dated + undated, query
        assert [len(page) for page in there] == [50, 50, 20]
        back = [_numbers(pages[-1])]
        address = _link(pages[-1], "prev")
        while address:
            page = client.get(address).content.decode()
            back.insert(0, _numbers(page))
            address = _link(page, "prev")
        assert back == there, query


def _numbers(page: str) -> list[int]:
    return [int(n) for n in re.findall(r"第(\d{3})件", page)]


def _link(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return html.unescape(found[1]) if found else None


def test_filters_states_tabs_and_export(cast: Cast) -> None:
    now = clock.now()
    give(cast, "早该办", now - 3 * DAY, organization=cast.office)
    give(cast, "不急", now + 60 * DAY, kind="test.dispatch", organization=cast.housing)
    client = cast.client("clerk")
    late = client.get("/duties/all/?state=overdue").content.decode()
    assert "早该办" in late and "不急" not in late and "超期 3 天" in late
    kind = client.get("/duties/all/?kind=test.dispatch").content.decode()
    assert "不急" in kind and "早该办" not in kind
    assert "没有要办的事" in client.get("/duties/").content.decode()
    assert client.post("/export", {"page": "duties.all"}).status_code == 200
    cast.system()
    close_duties(actor=cast.system(), record=cast.firm, now=now)
    done = client.get("/duties/done/").content.decode()
    assert "早该办" in done and "超期 3 天办结" in done and "已办" in done
    assert cast.client("instructor").get("/duties/all/").status_code == 403
    assert cast.client(None).get("/duties/").status_code == 303


def test_the_morning_job_tells_each_once(cast: Cast) -> None:
    now = clock.now()
    give(
        cast,
        "今天的",
        clock.now().astimezone(CHINA).replace(hour=23, minute=59, second=59),
        organization=cast.office,
    )
    give(cast, "拖了的", now - 2 * DAY, kind="test.dispatch", organization=cast.town_root)
    give(cast, "给本人", now - 2 * DAY, kind="k2", person=cast.people["instructor"])
    give(cast, "没人认领", now - 2 * DAY, kind="test.dispatch", record=cast.second_firm)
    give(cast, "明天以后", now + 9 * DAY, kind="k3", organization=cast.office)
    for _run in range(2):
        cast.system()
        tasks.remind(jurisdiction_id=cast.town.pk)
    told = {}
    for who in ("handler", "clerk", "leader", "instructor", "other_clerk"):
        actor = cast.actor(who)
        told[who] = sorted(Message.objects.visible_to(actor).values_list("title", flat=True))  # type: ignore[attr-defined]
    assert told == {
        "handler": ["今天到期:今天的"],
        "clerk": ["超期 2 天:拖了的", "超期 2 天:没人认领"],
        "leader": [],
        "instructor": ["超期 2 天:给本人"],
        "other_clerk": [],
    }


def test_a_moved_due_day_is_told_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    duty = give(cast, "延期的", NOW - DAY, organization=cast.office)

    def told(now: datetime) -> int:
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", lambda: clock.local_day(now))
        cast.system()
        tasks.remind(jurisdiction_id=cast.town.pk)
        actor = cast.actor("handler")
        return Message.objects.visible_to(actor).filter(title__contains="延期的").count()  # type: ignore[attr-defined,no-any-return]

    assert told(NOW) == 1
    assert told(NOW + DAY) == 1  # overdue is told once
    cast.system()
    Duty.objects.filter(pk=duty.pk).update(due_at=NOW + 10 * DAY)
    assert told(NOW + 2 * DAY) == 1
    assert told(NOW + 10 * DAY - timedelta(hours=1)) == 2
    assert told(NOW + 12 * DAY) == 3
    assert told(NOW + 13 * DAY) == 3


def test_what_nobody_was_given_belongs_to_the_staff_of_its_own_place(cast: Cast) -> None:
    """A department's grant in one town and the office of another: each shows its own."""
    cast.system(cast.other_town)
    Grant.objects.create(
        jurisdiction_id=cast.other_town.pk, user=cast.users["handler"], role="clerk",
        organization=cast.other_root, since=date(2025, 1, 1),
    )  # fmt: skip
    give(cast, "柳溪没人认领", kind="test.dispatch", record=cast.second_firm)
    give(cast, "石桥没人认领", kind="test.dispatch", record=cast.other_firm, place=cast.other_town)
    give(cast, "办公室的", organization=cast.office)
    assert sorted(titles(cast, "handler")) == ["办公室的", "石桥没人认领"]
    assert titles(cast, "clerk") == ["柳溪没人认领"]
    assert titles(cast, "other_clerk") == ["石桥没人认领"]


def test_merged_names_do_not_break_the_board(cast: Cast) -> None:
    give(cast, "改名后仍在", organization=cast.office)
    Organization.objects.filter(pk=cast.office.pk).update(name="企业服务中心")
    assert board(cast.actor("handler"), NOW)[0].organization == "企业服务中心"
