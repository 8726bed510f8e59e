"""Numbers that the database keeps beside the cases are always those of the cases; searches use their index."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from lianjian.cases import actions, figures, tasks
from lianjian.cases.models import Case, CaseCount
from lianjian.cases.queries import visible
from lianjian.cases.queries.analysis import counts_by_month
from lianjian.cases.tests.test_accusations import accuse
from lianjian.cases.tests.walk import register, walked
from lianjian.foundation import listrows
from lianjian.foundation.declare import Scoped
from lianjian.insight.queries import compute_each, places
from lianjian.insight.rules import Period
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


def counts_hold(cast: Cast, *days: date) -> None:
    """What is kept equals what a count of the cases gives: by state and month, and open on each of the days."""
    clerk = cast.actor("clerk")
    rows = visible(clerk).counted()  # type: ignore[attr-defined]
    wanted = Counter((state, day.replace(day=1)) for state, day in rows.values_list("state", "registered_on"))
    assert {(state, month): n for state, month, n in counts_by_month(clerk)} == wanted
    for day in days:
        asked = Scoped(jurisdiction_ids=(cast.town.pk,), path="", start=day, end=day)
        kept = figures.backlog_quickly(clerk, asked)
        assert kept is not None
        quick = sum(kept.plus.values_list(kept.column, flat=True)) - kept.minus.count()
        assert quick == figures.backlog(clerk, asked).count(), day


def test_every_way_in_which_cases_change(cast: Cast) -> None:
    days = [NOW.date() + number * DAY for number in range(-1, 9)]
    closed, signed = walked(cast, "closed"), walked(cast, "signed")
    other = walked(cast, "dispatched", start=NOW + DAY)
    counts_hold(cast, *days)
    actions.merge_case(actor=cast.actor("clerk"), case=other, into=signed, reason="同一件", now=NOW + 2 * DAY)
    counts_hold(cast, *days)
    actions.reopen_case(actor=cast.actor("contact"), case=closed, reason="又坏了", now=NOW + 5 * DAY)
    counts_hold(cast, *days)
    actions.unmerge_case(actor=cast.actor("clerk"), case=other, reason="不是一件", now=NOW + 6 * DAY)
    counts_hold(cast, *days)
    actions.withdraw_case(actor=cast.actor("clerk"), case=other, reason="不要了", now=NOW + 7 * DAY)
    counts_hold(cast, *days)
    # As an import does that learns of an earlier day, or of a case that ended before it was written down.
    Case.objects.filter(pk=signed.pk).update(registered_on=NOW.date() - 40 * DAY)
    counts_hold(cast, *days)
    walked(cast, "closed")
    Case.objects.filter(state="closed", reopened=0).update(registered_on=NOW.date() + 3 * DAY)
    counts_hold(cast, *days)
    # Told before it was written down, ended and opened again: on the days between it had not ended.
    late = walked(cast, "closed", registered_on=NOW.date() - DAY, start=NOW + DAY)
    actions.reopen_case(actor=cast.actor("contact"), case=late, reason="又坏了", now=NOW + 6 * DAY)
    counts_hold(cast, *days)
    before = CaseCount.objects.count()
    tasks.fold(jurisdiction_id=cast.town.pk)
    tasks.fold(jurisdiction_id=cast.town.pk)
    assert CaseCount.objects.count() < before
    assert not CaseCount.objects.filter(n=0).exists()
    counts_hold(cast, *days)


def test_an_accusation_is_in_no_count(cast: Cast) -> None:
    register(cast)
    before = counts_by_month(cast.actor("clerk"))
    accuse(cast)
    assert Case.objects.filter(accused=cast.office).exists()
    assert counts_by_month(cast.actor("clerk")) == before
    counts_hold(cast, NOW.date())


def test_who_sees_a_part_gets_the_number_of_that_part(cast: Cast) -> None:
    walked(cast, "signed")
    register(cast, organization=None, organization_text="路过的人")
    month = NOW.date().replace(day=1)
    assert dict.fromkeys([("registered", month), ("signed", month)], 1) == {
        (state, day): n for state, day, n in counts_by_month(cast.actor("clerk"))
    }
    assert counts_by_month(cast.actor("handler")) == [("signed", month, 1)]
    assert counts_by_month(cast.actor("other_clerk")) == []
    asked = Scoped(jurisdiction_ids=(cast.town.pk,), path="", start=month, end=month)
    assert figures.backlog_quickly(cast.actor("handler"), asked) is None
    # Days that cut a month are counted from the cases.
    assert counts_by_month(cast.actor("clerk"), since=NOW.date() + DAY) == []
    assert len(counts_by_month(cast.actor("clerk"), until=NOW.date())) == 2


def test_the_figure_of_a_place_is_the_number_of_its_rows(cast: Cast) -> None:
    walked(cast, "closed")
    walked(cast, "signed")
    clerk = cast.actor("clerk")
    item = next(item for item in figures.INDICATORS if item.code == "cases.backlog")
    day = NOW.date()
    place = next(place for place in places(clerk) if place.jurisdiction_id == cast.town.pk)
    (figure,) = compute_each(clerk, [(item, place, Period(day, day, day.isoformat()))])
    assert figure.value == 1 == item.rows(clerk, Scoped((cast.town.pk,), day, day)).count()


def test_row_security_lets_a_search_use_its_index(cast: Cast) -> None:
    """Of a function that is not leakproof the planner may not make an index condition behind a policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, proleakproof FROM pg_proc WHERE oid = 'ts_match_vq(tsvector, tsquery)'::regprocedure"
        )
        assert cursor.fetchone() == ("app", True)


def test_a_search_that_finds_more_than_is_counted_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        walked(cast, "signed")
    register(cast)
    clerk = cast.client("clerk")

    def shown(query: str) -> str:
        return " ".join(clerk.get(reverse("cases:list") + query).content.decode().split())

    page = shown("?q=环评批复")
    assert "共 3 条" in page and "全部 <span>3</span>" in page and "已签收 <span>2</span>" in page
    assert "共 2 条" in shown("?q=环评批复&state=signed")
    assert "没有符合条件的记录" in shown("?q=从没说过的话") and "查看全部" in shown("?q=从没说过的话")
    assert "没有符合条件的记录" in shown("?q=环评批复 座") and "共 3 条" in shown("?q=环评批复 复")
    monkeypatch.setattr(listrows, "COUNT_LIMIT", 2)
    monkeypatch.setattr("lianjian.foundation.listing.COUNT_LIMIT", 2)
    page = shown("?q=环评批复&sort=-due_at")
    assert "共 2+ 条" in page and "全部 <span>2+</span>" in page and "已签收 <span></span>" in page
    assert "共 2 条" in shown("?q=环评批复&state=signed&sort=-due_at")
