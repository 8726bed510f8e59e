"""What the rules ask of instructors (days in firms) and leaders (visits to firms), by the record of visits."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from lianjian.coverage import actions
from lianjian.coverage.queries.asked import DAYS, VISITS, days_asked, leader_page
from lianjian.directory.models import Membership, Organization, Person
from lianjian.events.actions import record_visit, withdraw_visit
from lianjian.events.queries import visit_url
from lianjian.foundation import clock
from lianjian.rulebook.actions import set_local_rule
from lianjian.rulebook.models import Rule
from tests.cast import NOW, SINCE, Cast

DOCUMENT = "柳溪镇党建指导员管理办法"
DAY = timedelta(days=1)


def _guide(cast: Cast) -> Person:
    return cast.people["instructor"]


def _visit(cast: Cast, person: Person, day: date, firm: Organization | None = None) -> Any:
    return record_visit(
        actor=cast.actor("clerk"), organization=firm or cast.firm, visited_on=day, people=[person], now=clock.now()
    )


def _document(cast: Cast, code: str, times: int, since: date = SINCE, per: str = "month") -> None:
    set_local_rule(
        actor=cast.system(), jurisdiction_id=cast.town.pk, code=code, params={"per": per, "times": times},
        source=DOCUMENT, valid_from=since, now=NOW,
    )  # fmt: skip


def _days(cast: Cast, today: date, who: str = "clerk") -> list[tuple[int, int, str]]:
    found = days_asked(cast.actor(who), _guide(cast), today)
    return [(one.done, one.times, one.light) for one in found.periods] if found else []


def test_days_in_firms_are_counted_once_a_day_and_late_by_the_places_document(cast: Cast) -> None:
    person, today = _guide(cast), date(2026, 3, 26)
    # The default is a suggestion: never late.
    assert _days(cast, today) == [(0, 10, "suggested"), (0, 10, "suggested")]
    _document(cast, DAYS, 3)
    assert _days(cast, today) == [(0, 3, "due"), (0, 3, "late")]
    assert _days(cast, date(2026, 3, 9))[0] == (0, 3, "open")
    visits = [_visit(cast, person, date(2026, 2, number)) for number in (2, 2, 27, 28)]
    _visit(cast, person, date(2026, 3, 3))
    _visit(cast, person, date(2026, 3, 4), cast.other_firm if cast.other_firm.jurisdiction_id == cast.town.pk else cast.village)
    assert _days(cast, today) == [(1, 3, "due"), (3, 3, "met")]  # elsewhere is no day in a firm of the instructor's
    withdraw_visit(actor=cast.actor("clerk"), visit=visits[3], reason="记错", now=clock.now())
    assert _days(cast, today)[1] == (2, 3, "late")
    # What was over before the document asked for it is no more than suggested.
    _document(cast, DAYS, 4, date(2026, 3, 1))
    assert _days(cast, today) == [(1, 4, "due"), (2, 4, "suggested")]


def test_who_was_away_or_began_within_the_period_is_not_late(cast: Cast) -> None:
    _document(cast, DAYS, 3)
    person = _guide(cast)
    assert _days(cast, date(2026, 3, 26))[1][2] == "late"
    actions.start_leave(
        actor=cast.actor("clerk"), person=person, since=date(2026, 4, 1), until=date(2026, 5, 1), now=clock.now()
    )
    assert [light for _done, _times, light in _days(cast, date(2026, 5, 26))] == ["due", "suggested"]
    Membership.objects.filter(person=person, role="instructor").update(since=date(2026, 2, 10))
    assert _days(cast, date(2026, 3, 26))[1][2] == "suggested"


def test_the_page_of_an_instructor_says_how_many_days_and_opens_the_visits(
    cast: Cast, as_instructor: Any, as_clerk: Any, as_other_instructor: Any
) -> None:
    today = clock.today()
    own = cast.people["instructor"]
    cast.actor("clerk")
    person = _guide(cast)
    assert person.pk == own.pk
    _document(cast, DAYS, 3)
    visits = [_visit(cast, person, today), _visit(cast, person, today)]
    elsewhere = _visit(cast, person, today, cast.village)  # the same name among the visitors, but no firm of his
    address = reverse("coverage:instructor", kwargs={"key": person.key})
    for client in (as_instructor, as_clerk):
        page = client.get(address).content.decode()
        card = page.split('id="days"')[1].split("</section>")[0]
        assert "1天/3天" in card and "0天/3天" in card and "未完成" in card and DOCUMENT in card and "只作建议" not in card
        opened = re.findall(r'href="([^"]*/visits/[^"]+)"', card)
        assert opened == [visit_url(one.key) for one in visits] and str(elsewhere.key) not in card
        assert client.get(opened[0]).status_code == 200
    # Somebody else who sees a firm of the same instructor does not see what is asked of the person.
    other = as_other_instructor.get(address)
    assert other.status_code == 404 or 'id="days"' not in other.content.decode()
    assert days_asked(cast.actor("other_instructor"), person, today) is None


def test_days_that_are_short_stand_on_the_workbench_where_a_document_asks(
    cast: Cast, as_instructor: Any, as_clerk: Any
) -> None:
    assert "驻企天数还不够" not in as_instructor.get("/").content.decode()  # the default only suggests
    _document(cast, DAYS, 1)
    person, today = _guide(cast), clock.today()
    page = as_instructor.get("/").content.decode()
    assert "驻企天数还不够" in page and DOCUMENT in page
    assert f"{reverse('coverage:instructor', kwargs={'key': person.key})}#days" in page
    assert "驻企天数还不够" not in as_clerk.get("/").content.decode()
    for day in (today, today.replace(day=1) - DAY):
        _visit(cast, person, day)
    assert "驻企天数还不够" not in as_instructor.get("/").content.decode()


def test_leaders_visit_each_firm_they_answer_for(cast: Cast, as_clerk: Any) -> None:
    clerk, today = cast.actor("clerk"), date(2026, 6, 20)
    leader = cast.people["leader"]
    for firm, role in ((cast.firm, "guarantee"), (cast.second_firm, "leader")):
        actions.assign_leader(actor=clerk, enterprise=firm, person=leader, role=role, since=SINCE, now=NOW)

    def shown() -> Any:
        return leader_page(cast.actor("leader"), leader, today)

    assert (shown().total, shown().waiting, shown().late, shown().binds) == (2, 2, 0, False)
    _document(cast, VISITS, 1, per="quarter")
    assert (shown().waiting, shown().late, shown().binds, shown().cite) == (2, 2, True, DOCUMENT)
    _visit(cast, leader, date(2026, 2, 3))
    _visit(cast, leader, date(2026, 4, 3), cast.second_firm)
    found = shown()
    assert (found.waiting, found.late) == (1, 1)
    by_name = {row[0].text: [badge.word for badge in row[4:]] for row in found.rows}
    assert by_name[cast.firm.name] == ["该办了 0/1", "已完成 1/1"]
    assert by_name[cast.second_firm.name] == ["已完成 1/1", "未完成 0/1"]


def test_the_page_of_a_leader(cast: Cast, as_clerk: Any, as_leader: Any, as_other_instructor: Any) -> None:
    clerk, leader = cast.actor("clerk"), cast.people["leader"]
    _document(cast, VISITS, 1, per="quarter")
    address = reverse("coverage:leader", kwargs={"key": leader.key})
    assert as_clerk.get(address).status_code == 404
    assert "还没有挂联的企业" in as_leader.get(address).content.decode()
    actions.assign_leader(
        actor=cast.actor("clerk"), enterprise=cast.firm, person=leader, role="leader", since=SINCE, now=NOW
    )
    assert address in as_leader.get("/coverage/").content.decode()
    assert address in as_clerk.get("/coverage/leaders").content.decode()
    mine = as_leader.get(address).content.decode()
    assert "我挂联的企业" in mine and cast.firm.name in mine and "上期1家没有走访" in mine and DOCUMENT in mine
    assert f"{leader.name}挂联的企业" in as_clerk.get(address).content.decode()
    assert as_other_instructor.get(address).status_code == 404
    _visit(cast, leader, clock.today())
    assert "已完成 1/1" in as_leader.get(address).content.decode()
    assert clerk.may("coverage.write")


def test_the_book_says_where_both_rules_bite(cast: Cast, as_clerk: Any) -> None:
    cast.system()
    for code in (DAYS, VISITS):
        assert Rule.objects.filter(code=code).exists()
        page = as_clerk.get(reverse("rulebook:law", kwargs={"code": code})).content.decode()
        assert "暂未使用" not in page and "/coverage/" in page and "按本地文件设置后到期提醒" in page
