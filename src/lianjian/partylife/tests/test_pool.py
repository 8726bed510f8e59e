"""A committee reviews its pool: asked where the place's own document says so, settled by the record, nobody marked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.foundation.rights import Denied
from lianjian.partylife import actions
from lianjian.partylife.models import Applicant, PoolNote, PoolReview, Shortfall
from lianjian.partylife.queries.life import branch_year
from lianjian.partylife.rules import InTheFuture, cadence, pool
from lianjian.partylife.tests.test_life import at, derive, hold
from lianjian.rulebook.actions import set_local_rule
from lianjian.rulebook.queries import cadences
from tests.cast import Cast

SINCE = date(2024, 1, 1)
PAPER = "柳组发〔2026〕5号"


def committee(cast: Cast) -> tuple[Organization, Organization]:
    """A committee and a branch below it."""
    made: list[Any] = [cast.town_root]
    for name, level in (("家具产业园党委", "committee"), ("家具产业园第一党支部", "branch")):
        made.append(
            directory.register_organization(
                actor=cast.actor("clerk"), name=name, classification="party", parent=made[-1], since=SINCE,
                now=at(date(2026, 1, 2)), founded_on=SINCE, profile={"level": level, "members": 5},
            )
        )  # fmt: skip
    return made[1], made[2]


def activist(cast: Cast, branch: Organization, name: str = "冯雪", on: date = date(2026, 2, 1)) -> Applicant:
    now = at(date(2026, 3, 1))
    made = actions.record_application(
        actor=cast.actor("clerk"), person=name, enterprise=cast.firm, branch=branch, applied_on=date(2025, 6, 1), now=now
    )
    return actions.change_application(actor=cast.actor("clerk"), applicant=made, activist_on=on, now=now)


def take_up(cast: Cast, since: date = date(2026, 1, 1), **params: Any) -> None:
    set_local_rule(
        actor=cast.actor("system_admin"), jurisdiction_id=cast.town.pk, code=cadence.POOL, params={"times": 1, **params},
        source=PAPER, valid_from=since, now=at(date(2026, 1, 5)),
    )  # fmt: skip


def owed(body: Organization) -> list[tuple[str, str]]:
    rows = Shortfall.objects.filter(branch=body, rule_code=cadence.POOL, state__in=cadence.OPEN_STATES)
    return [(str(row.period_from), row.state) for row in rows.order_by("period_from")]


def review(cast: Cast, body: Organization, on: date, **more: Any) -> PoolReview:
    given = {"problems": "一线职工少", "measures": "每季度谈话", "now": at(on, 12), **more}
    return actions.review_pool(actor=cast.actor("clerk"), body=body, reviewed_on=on, **given)


def test_it_is_a_suggestion_until_the_place_has_its_document(cast: Cast) -> None:
    body, below = committee(cast)
    activist(cast, below)
    derive(cast, date(2026, 12, 30))
    assert owed(body) == []
    cast.actor("clerk")
    [line] = branch_year(body, 2026, date(2026, 12, 30))
    assert not line.national and [cell.badge.tone for cell in line.cells] == ["info"]
    take_up(cast)
    derive(cast, date(2026, 12, 30))
    assert owed(body) == [("2026-01-01", "due")]
    row = Shortfall.objects.get(branch=body, rule_code=cadence.POOL)
    assert PAPER in row.evaluation.cite
    assert Duty.objects.filter(kind="partylife.cadence", organization=body, state="open", evaluation=row.evaluation).exists()
    derive(cast, date(2027, 1, 3))
    assert owed(body) == [("2026-01-01", "late")]  # last year, which the document asked about; not the year before
    clerk = cast.client("clerk")
    page = clerk.get(reverse("partylife:branch", kwargs={"key": body.key})).content.decode()
    assert "入党积极分子队伍分析" in page and PAPER in page
    assert body.name in clerk.get(reverse("partylife:shortfalls") + f"?rule={cadence.POOL}").content.decode()
    shown = clerk.get(reverse("partylife:shortfall", kwargs={"key": row.key})).content.decode()
    assert "登记这次分析" in shown and f"?body={body.key}" in shown


def test_nobody_in_training_nothing_to_review(cast: Cast) -> None:
    body, below = committee(cast)
    take_up(cast)
    derive(cast, date(2026, 12, 1))
    assert owed(body) == []
    activist(cast, cast.branch)  # of another line
    derive(cast, date(2026, 12, 1))
    assert owed(body) == []
    activist(cast, below, "高明")
    derive(cast, date(2026, 12, 1))
    assert owed(body) == [("2026-01-01", "due")]


def test_what_was_over_before_the_document_is_not_asked(cast: Cast) -> None:
    body, below = committee(cast)
    activist(cast, below)
    hold(cast, below, "主题党日", date(2026, 1, 9))
    take_up(cast, since=date(2026, 7, 1), per="half")
    derive(cast, date(2026, 12, 30))
    assert owed(body) == [("2026-07-01", "due")]


def test_half_yearly_and_settled_by_the_record(cast: Cast) -> None:
    body, below = committee(cast)
    one = activist(cast, below)
    take_up(cast, per="half")
    derive(cast, date(2026, 6, 30))
    assert owed(body) == [("2026-01-01", "due")]
    made = review(cast, body, date(2026, 6, 30))
    assert owed(body) == [] and not Duty.objects.filter(organization=body, state="open").exists()
    line = next(line for line in branch_year(body, 2026, date(2026, 7, 1)))
    assert line.cells[0].meetings[0][1] == made.get_absolute_url() and line.cells[0].badge.tone == "done"
    derive(cast, date(2026, 7, 2))
    assert owed(body) == []
    actions.strike_review(actor=cast.actor("clerk"), review=made, reason="登记错了", now=at(date(2026, 7, 3)))
    derive(cast, date(2026, 7, 4))
    assert owed(body) == [("2026-01-01", "late")]
    with pytest.raises(pool.ReviewStruck):
        actions.note_in_review(actor=cast.actor("clerk"), review=made, applicant=one, words="x", now=at(date(2026, 7, 4)))
    review(cast, body, date(2026, 6, 30), now=at(date(2026, 7, 5)))
    assert owed(body) == []


def test_a_review_by_the_pages(cast: Cast) -> None:
    body, below = committee(cast)
    one = activist(cast, below)
    meeting = hold(cast, body, "党委会议", date(2026, 3, 3))
    clerk, new = cast.client("clerk"), reverse("partylife:new_review")
    assert "讨论这次分析的会议" in clerk.get(f"{new}?body={body.key}").content.decode()
    assert clerk.get(new).status_code == clerk.get(f"{new}?body=x").status_code == 200
    sent = {
        "body": str(body.key), "reviewed_on": "2026-03-03", "problems": "一线职工少", "measures": "每季度谈话",
        "meeting": str(meeting.key),
    }  # fmt: skip
    empty = clerk.post(new, {**sent, "measures": ""})
    assert empty.status_code == 422 and "一线职工少" in empty.content.decode()
    wrong = clerk.post(new, {**sent, "body": str(below.key), "meeting": ""})
    assert wrong.status_code == 422 and "请选择党委" in wrong.content.decode()
    assert clerk.post(new, sent).status_code == 303
    assert clerk.post(new, sent).status_code in (409, 422)
    cast.actor("clerk")
    row = PoolReview.objects.get()
    assert row.meeting_id == meeting.pk
    address = reverse("partylife:review_note", kwargs={"key": row.key})
    assert clerk.post(address, {"applicant": str(one.key), "words": "参加六月的积极分子培训班"}).status_code == 303
    assert clerk.post(address, {"applicant": str(one.key), "words": "再写"}).status_code == 422
    page = clerk.get(row.get_absolute_url()).content.decode()
    for words in ("一线职工少", "每季度谈话", "冯雪", "参加六月的积极分子培训班", meeting.title):
        assert words in page
    assert row.body.name in clerk.get(reverse("partylife:reviews") + "?state=standing&q=园党委").content.decode()
    for who in ("other_clerk",):
        assert cast.client(who).get(row.get_absolute_url()).status_code == 404
        assert cast.client(who).post(address, {}).status_code == 404
    assert clerk.post(reverse("partylife:strike_review", kwargs={"key": row.key}), {"reason": ""}).status_code == 422
    assert clerk.post(reverse("partylife:strike_review", kwargs={"key": row.key}), {"reason": "错"}).status_code == 303
    assert "已作废" in clerk.get(row.get_absolute_url()).content.decode()


def test_what_a_review_refuses(cast: Cast) -> None:
    body, below = committee(cast)
    day = date(2026, 3, 5)
    other = hold(cast, below, "党委会议", date(2026, 3, 3))
    with pytest.raises(pool.OtherBodysMeeting):
        review(cast, body, day, meeting=other)
    ahead = events.plan_meeting(
        actor=cast.actor("clerk"), convener=body, kind="党委会议", title="下周", starts_at=at(day + timedelta(days=7)),
        ends_at=at(day + timedelta(days=7), 10), place="会议室", bodies=[], now=at(day),
    )  # fmt: skip
    with pytest.raises(pool.OtherBodysMeeting):
        review(cast, body, day, meeting=ahead)
    with pytest.raises(pool.WordsMissing):
        review(cast, body, day, problems=" ")
    with pytest.raises(InTheFuture):
        review(cast, body, day, now=at(day - timedelta(days=1)))
    with pytest.raises(Denied):
        actions.review_pool(
            actor=cast.actor("other_clerk"), body=body, reviewed_on=day, problems="x", measures="y", now=at(day)
        )
    made = review(cast, body, day)
    elsewhere = activist(cast, cast.branch)
    with pytest.raises(pool.NotInThePool):
        actions.note_in_review(actor=cast.actor("clerk"), review=made, applicant=elsewhere, words="x", now=at(day))
    assert not PoolNote.objects.exists()


def test_a_document_makes_no_red_light_where_the_rule_does_not_allow_it(cast: Cast) -> None:
    """党课 has no national number: the place's own is shown and nothing is late; the pool's default binds."""
    set_local_rule(
        actor=cast.actor("system_admin"), jurisdiction_id=cast.town.pk, code="life.lesson", params={"times": 2},
        source=PAPER, valid_from=date(2026, 1, 1), now=at(date(2026, 1, 5)),
    )  # fmt: skip
    take_up(cast)
    cast.actor("clerk")
    found = cadences([cadence.POOL, "life.lesson"], date(2026, 6, 1), cast.town.pk)
    lesson, own = found["life.lesson"], found[cadence.POOL]
    assert lesson.cadence is not None and (lesson.cadence.times, lesson.cadence.national) == (2, False)
    assert own.cadence is not None and own.cadence.national and (own.cite, own.since) == (PAPER, date(2026, 1, 1))
    before = cadences([cadence.POOL], date(2025, 6, 1), cast.town.pk)[cadence.POOL]
    assert before.cadence is not None and not before.cadence.national and before.since is None
