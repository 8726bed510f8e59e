"""Elections and terms through the doors: what is counted, what is refused with its article, what follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lianjian.directory import actions as directory
from lianjian.directory.models import Membership, Organization
from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.events.rolls import roll_of
from lianjian.events.rules.attendance import LEAVE, PRESENT, Said
from lianjian.foundation import clock
from lianjian.foundation.calendar import plus_months
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.partylife import actions
from lianjian.partylife.models import Approval, Elected, Election, ElectionGround, Term
from lianjian.partylife.queries.bodies import form_on, known_full
from lianjian.partylife.queries.committees import electors, holders
from lianjian.partylife.rules import elections as rules
from lianjian.rulebook.rules import BreaksRule, ReasonNeeded
from tests.cast import NOW, TODAY, Cast, acting

from .bodywork import MEETING_DAY, branch, held, members, sent

PAPER = "柳党文〔2026〕8号"


def sitting(cast: Cast, body: Organization, since: date, **more: Any) -> Term:
    values: dict[str, Any] = {"leadership": "committee", "way": "elected", "paper": "柳党文〔2023〕2号", **more}
    return actions.record_term(
        actor=cast.actor("clerk"), branch=body, since=since, officers=values.pop("officers", ()),
        now=values.pop("now", NOW), **values,
    )  # fmt: skip


def test_an_election_from_the_count_to_the_new_term(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    old = sitting(
        cast, body, date(2023, 3, 1),
        officers=[actions.Officer(people[4], ["secretary"]), actions.Officer(people[1], ["organisation"])],
    )  # fmt: skip
    assert (old.due_on, old.remind_on) == (date(2026, 3, 1), date(2025, 9, 1))
    actions.move_election(
        actor=cast.actor("clerk"), branch=body, matter="postpone", paper=PAPER, approved_on=date(2026, 2, 20),
        until=date(2026, 6, 1), now=NOW,
    )  # fmt: skip
    meeting, client = held(cast, body), cast.client("clerk")
    address = f"/members/branches/{body.key}/elect"
    page = client.get(address).content.decode()
    assert "换届选举大会" in page and "赵0" in page
    assert client.post(address, sent(meeting, people)).status_code == 303
    with acting(cast.actor("clerk")):
        row = Election.objects.get()
        assert (row.eligible, row.present, row.state) == (15, 12, rules.RECORDED)
        codes = set(ElectionGround.objects.values_list("evaluation__rule_code", flat=True))
        assert {"election.quorum", "election.pass", "election.candidates", "branch.officers", "election.no_vote"} <= codes
        assert Duty.objects.filter(kind="partylife.election", state="open", organization=cast.town_root).count() == 1
        assert Term.objects.get(ended_on=None).pk == old.pk
    shown = client.get(f"/members/elections/{row.key}").content.decode()
    assert "赵0" in shown and "支部工作条例" in shown
    approve = f"/members/elections/{row.key}/approve"
    papers = {"settled_paper": PAPER, "settled_on": "2026-03-09", "report_paper": ""}
    refused = client.post(approve, papers)
    assert refused.status_code == 422 and "选举后报告" in refused.content.decode()
    assert client.post(approve, {**papers, "report_paper": "青松支〔2026〕1号"}).status_code == 303
    with acting(cast.actor("clerk")):
        row.refresh_from_db()
        old.refresh_from_db()
        assert row.state == rules.APPROVED and old.ended_on == MEETING_DAY
        fresh = row.term
        assert fresh is not None and (fresh.since, fresh.due_on) == (MEETING_DAY, date(2029, 3, 6))
        assert fresh.evaluation is not None and fresh.evaluation.rule_code == "branch.term"
        now_held = Membership.objects.filter(organization=body, until=None)
        got = {(m.role, m.person.name, m.since) for m in now_held.select_related("person")}
        assert got == {
            ("secretary", "赵0", TODAY),
            ("committee_organisation", "钱1", MEETING_DAY),
            ("committee_publicity", "孙2", MEETING_DAY),
            ("committee_discipline", "孙2", MEETING_DAY),
        }
        before = Membership.objects.get(organization=body, role="secretary", person=people[4].person)
        assert before.until == TODAY  # a secretary until the superior approved the next (R3.12)
        body.refresh_from_db()
        assert body.party.secretary_name == "赵0"  # type: ignore[attr-defined]
        assert not Duty.objects.filter(kind="partylife.election", state="open").exists()
        assert Entry.objects.filter(verb="partylife.approve_election").count() == 1
    assert client.post(approve, {**papers, "report_paper": "再报"}).status_code == 422
    page = client.get(f"/members/branches/{body.key}/body").content.decode()
    assert "组织委员" in page and "2029" in page


# What is sent, and words that stand in no blank form: the sentence of the rule that refuses.
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"present": 16, "ballots_out": 12}, "实到会有选举权的党员16人,多于应到会的15人"),
    ({"present": 11, "ballots_out": 11, "ballots_in": 11, "got": (11, 10, 9)}, "不符合“党的基层组织选举的到会人数”"),
    ({"ballots_out": 13, "ballots_in": 12}, "发出选票13张,多于实到会的12人"),
    ({"ballots_in": 13, "ballots_out": 12}, "不符合“收回选票不多于发出选票”"),
    ({"ballots_in": 11, "got": (12, 10, 9)}, "12票多于收回的选票11张"),
    ({"got": (12, 12, 9), "best_other": 12}, "得票合计45"),
    ({"got": (12, 10, 7)}, "不符合“党的基层组织选举的当选票数”:"),
    ({"got": (12, 9, 8), "best_other": 7, "candidates": 3}, "差额"),
    ({"got": (12, 8, 8), "best_other": 8}, "票数相等"),
    ({"got": (12, 9, 8), "secret": None}, "缺:无记名"),
    ({"offices": (("secretary",), ("organisation",), ("publicity",))}, "不符合“"),
    ({"offices": (("organisation",), ("publicity",), ("discipline",))}, "请写明一名书记"),
    ({"seats": 4, "candidates": 5}, "还缺1个名额"),
    ({"proxy": "on"}, "不符合“不得委托投票”"),
    ({"leadership": "secretary"}, "不符合“"),
    ({"request_paper": ""}, "is-invalid"),
]


@pytest.mark.parametrize(("more", "words"), WRONG)
def test_what_cannot_be_is_refused_with_its_article_and_nothing_is_lost(
    cast: Cast, more: dict[str, Any], words: str
) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    meeting = held(cast, body)
    found = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people, **more))
    text = found.content.decode()
    blank = cast.client("clerk").get(f"/members/branches/{body.key}/elect").content.decode()
    assert found.status_code == 422 and words in text and words not in blank
    assert f'value="{people[0].key}" selected' in text  # what was typed is still there
    with acting(cast.actor("clerk")):
        assert not Election.objects.exists() and not Elected.objects.exists()


def test_the_accepting_side_of_each_bound(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    meeting = held(cast, body)
    # Twelve of fifteen is four fifths, eight of fifteen more than half, four stand for three seats.
    answer = cast.client("clerk").post(
        f"/members/branches/{body.key}/elect", sent(meeting, people, got=(12, 9, 8), best_other=7)
    )
    assert answer.status_code == 303
    with acting(cast.actor("clerk")):
        passed = Elected.objects.get(votes=8).evaluation.result["finding"]["steps"][0]
        assert (passed["n"], passed["least"], passed["total"]) == (8, 8, 15)
    again = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people))
    assert again.status_code == 422  # one election waits at a time


def test_a_seat_may_stay_open_if_the_meeting_agrees(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    values = sent(held(cast, body), people, seats=4, candidates=5, left_open="on")
    assert cast.client("clerk").post(f"/members/branches/{body.key}/elect", values).status_code == 303


def test_the_list_of_the_meeting_and_the_roll_decide_who_was_there(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    members(cast, body, 2, start=20, full=False)  # on probation: no vote
    actions.leave_out(
        actor=cast.actor("clerk"), member=people[14], kind="ill", consent="柳党文〔2026〕1号",
        adopted_on=date(2026, 1, 5), since=date(2026, 1, 5), now=NOW,
    )  # fmt: skip
    meeting = held(cast, body)
    said = {one.person_id: Said(PRESENT) for one in roll_of(body, MEETING_DAY).people}
    for member in people[11:14]:
        said[member.person_id] = Said(LEAVE, "work")
    events.record_attendance(actor=cast.actor("clerk"), meeting=meeting, organization=body, said=said, now=NOW)
    address, client = f"/members/branches/{body.key}/elect", cast.client("clerk")
    wrong = client.post(address, sent(meeting, people))
    assert wrong.status_code == 422 and "到会11人" in wrong.content.decode()
    eleven = sent(meeting, people, present=11, ballots_out=11, ballots_in=11, got=(11, 10, 9), best_other=3)
    # Eleven of fourteen are less than four fifths; with two more left out it would be twelve.
    refused = client.post(address, eleven)
    assert refused.status_code == 422 and "14" in refused.content.decode()
    actions.leave_out(
        actor=cast.actor("clerk"), member=people[13], kind="away", consent="柳党文〔2026〕1号",
        adopted_on=date(2026, 1, 5), since=date(2026, 1, 5), now=NOW,
    )  # fmt: skip
    assert client.post(address, eleven).status_code == 303
    with acting(cast.actor("clerk")):
        assert Election.objects.get().eligible == 13


def test_a_probationary_member_is_not_elected_and_a_small_branch_has_a_secretary(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 6)
    fresh = members(cast, body, 1, start=20, full=False)
    meeting = held(cast, body)
    count = rules.Count(seats=1, candidates=1, present=6, ballots_out=6, ballots_in=6)
    values: dict[str, Any] = {
        "actor": cast.actor("clerk"), "branch": body, "meeting": meeting, "count": count, "request_paper": PAPER,
        "now": NOW,
    }  # fmt: skip
    with pytest.raises(BreaksRule, match="预备党员"):
        actions.record_election(
            leadership="secretary", named=[actions.Named(fresh[0], ["secretary"], 6)], **values
        )
    with pytest.raises(BreaksRule, match="支部工作条例"):
        three = [actions.Named(m, o, 6) for m, o in zip(people, (["secretary"], ["member"], ["member"]), strict=False)]
        actions.record_election(leadership="committee", named=three, **{**values, "count": rules.Count(3, 4, 6, 6, 6)})
    made = actions.record_election(
        leadership="secretary", named=[actions.Named(people[0], ["secretary"], 4)], **values
    )
    assert made.seats == 1 and made.eligible == 6
    # Seven full members have a committee.
    other = branch(cast, "柳溪红杉党支部")
    seven = members(cast, other, 7, start=10)
    with pytest.raises(BreaksRule, match="支部工作条例"):
        actions.record_election(
            leadership="secretary", named=[actions.Named(seven[0], ["secretary"], 7)],
            **{**values, "branch": other, "meeting": held(cast, other)},
        )  # fmt: skip


def test_a_new_secretary_needs_a_reason_under_a_year(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 6)
    people[0].full_on = MEETING_DAY - timedelta(days=300)
    people[0].save(update_fields=["full_on"])
    values = sent(
        held(cast, body), people[:1], leadership="secretary", seats=1, candidates=1, present=6, ballots_out=6,
        ballots_in=6, best_other=0, got=(6,), offices=(("secretary",),),
    )  # fmt: skip
    client, address = cast.client("clerk"), f"/members/branches/{body.key}/elect"
    refused = client.post(address, values)
    assert refused.status_code == 422 and "理由" in refused.content.decode()
    assert client.post(address, {**values, "reason": "支部没有更合适的人选"}).status_code == 303


def test_an_early_or_late_election_needs_an_approval(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    sitting(cast, body, date(2025, 3, 1))
    meeting, client = held(cast, body), cast.client("clerk")
    address = f"/members/branches/{body.key}/elect"
    refused = client.post(address, sent(meeting, people))
    assert refused.status_code == 422 and "选举工作条例" in refused.content.decode()
    move = f"/members/branches/{body.key}/move"
    early = {"matter": "early", "approved_on": "2026-03-02", "paper": ""}
    assert client.post(move, early).status_code == 422  # no paper: R3.01 stops it
    assert client.post(move, {**early, "paper": PAPER}).status_code == 303
    assert client.post(address, sent(meeting, people)).status_code == 303
    late = branch(cast, "柳溪白桦党支部")
    others = members(cast, late, 15)
    sitting(cast, late, date(2023, 1, 31))
    other_meeting = held(cast, late)
    elect = f"/members/branches/{late.key}/elect"
    assert client.post(elect, sent(other_meeting, others)).status_code == 422
    postpone = {"matter": "postpone", "approved_on": "2026-03-02", "paper": PAPER, "until": "2026-01-31"}
    move = f"/members/branches/{late.key}/move"
    assert client.post(move, postpone).status_code == 422  # not later than the end
    assert client.post(move, {**postpone, "until": "2027-02-01"}).status_code == 422  # beyond a year: say why
    assert client.post(move, {**postpone, "until": "2027-01-31"}).status_code == 303  # a year to the day
    assert client.post(elect, sent(other_meeting, others)).status_code == 303
    with acting(cast.actor("clerk")):
        assert Approval.objects.filter(evaluation__isnull=False).count() == 2


def test_five_years_in_a_village_three_elsewhere_and_a_paper_where_no_rule_says_it(cast: Cast) -> None:
    village = branch(cast, "柳溪村党支部", parent=cast.village, since=date(2025, 1, 1), founded_on=date(2024, 2, 1))
    assert sitting(cast, village, date(2024, 2, 29)).due_on == date(2029, 2, 28)
    own = branch(cast, "柳溪远山党支部")
    assert sitting(cast, own, date(2024, 2, 29)).due_on == date(2027, 2, 28)
    committee = branch(cast, "柳溪集团党委", level="committee")
    with pytest.raises(rules.TermLengthMissing):
        sitting(cast, committee, date(2024, 3, 1))
    assert sitting(cast, committee, date(2024, 3, 1), due_on=date(2029, 3, 1)).due_on == date(2029, 3, 1)
    town = sitting(cast, cast.town_root, date(2024, 3, 1), paper="县委文")
    assert town.due_on == date(2029, 3, 1) and town.evaluation is not None
    assert town.evaluation.rule_code == "branch.township_term"
    with pytest.raises(rules.TermStands):
        sitting(cast, own, date(2024, 2, 29))


@pytest.mark.parametrize(
    ("end", "first"),
    [
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2028, 8, 31), date(2028, 2, 29)),
        (date(2028, 8, 29), date(2028, 2, 29)),
        (date(2027, 8, 29), date(2027, 2, 28)),
        (date(2027, 3, 30), date(2026, 9, 30)),
        (date(2027, 3, 31), date(2026, 9, 30)),
        (date(2028, 2, 29), date(2027, 8, 29)),
        (date(2027, 1, 1), date(2026, 7, 1)),
    ],
)
def test_the_reminder_begins_six_months_before(cast: Cast, end: date, first: date) -> None:
    assert rules.remind_from(end, 6) == first
    committee = branch(cast, "柳溪集团党委", level="committee")
    term = sitting(cast, committee, date(2023, 1, 1), due_on=end)
    assert term.remind_on == first

    def night(day: date) -> Any:
        at = NOW.replace(year=day.year, month=day.month, day=day.day)
        return actions.derive_terms(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=at)

    assert night(first - timedelta(days=1)).reminded == []
    assert night(first).reminded == [term.pk]
    assert night(first).reminded == []  # twice is once
    told = Duty.objects.filter(kind="partylife.term", state="open")
    assert set(told.values_list("organization__name", flat=True)) == {"柳溪集团党委", "柳溪镇党委"}


def test_the_reminder_closes_by_the_election_by_a_postponement_and_with_the_body(cast: Cast) -> None:
    def night() -> Any:
        return actions.derive_terms(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=NOW)

    def open_of(term: Term) -> int:
        return Duty.objects.filter(kind="partylife.term", state="open", subject_key=term.key).count()

    one, two, three = (branch(cast, f"柳溪{name}党支部") for name in ("松", "竹", "梅"))
    terms = [sitting(cast, body, date(2023, 3, 8)) for body in (one, two, three)]
    assert night().reminded == [term.pk for term in terms]
    people = members(cast, one, 15)
    made = actions.record_election(
        actor=cast.actor("clerk"), branch=one, meeting=held(cast, one), leadership="committee", request_paper=PAPER,
        count=rules.Count(seats=3, candidates=4, present=12, ballots_out=12, ballots_in=12), now=NOW,
        named=[actions.Named(m, o, 9) for m, o in zip(people, (["secretary"], ["organisation"], ["publicity", "discipline"]), strict=False)],  # noqa: E501
    )  # fmt: skip
    assert open_of(terms[0]) == 2  # only the approved election closes it
    actions.approve_election(
        actor=cast.actor("clerk"), election=made, report_paper="报1", settled_paper=PAPER, settled_on=TODAY, now=NOW
    )
    actions.move_election(
        actor=cast.actor("clerk"), branch=two, matter="postpone", paper=PAPER, approved_on=TODAY,
        until=plus_months(date(2026, 3, 8), 11), now=NOW,
    )  # fmt: skip
    assert (open_of(terms[0]), open_of(terms[1]), open_of(terms[2])) == (0, 0, 2)
    Organization.objects.filter(pk=three.pk).update(dissolved_on=TODAY)
    assert night().closed == [terms[2].pk]
    assert open_of(terms[2]) == 0


def test_a_temporary_branch_elects_nobody(cast: Cast) -> None:
    body = branch(cast, "抗洪一线临时党支部", formation="temporary")
    people = members(cast, body, 8)
    client = cast.client("clerk")
    refused = client.post(f"/members/branches/{body.key}/elect", sent(held(cast, body), people, present=8, ballots_out=8,
                          ballots_in=8, got=(8, 8, 7), best_other=1))  # fmt: skip
    assert refused.status_code == 422 and "上级指定" in refused.content.decode()
    values = {"leadership": "secretary", "way": "elected", "since": "2026-03-01", "paper": PAPER,
              "person_1": str(people[0].key), "offices_1": ["secretary"]}  # fmt: skip
    address = f"/members/branches/{body.key}/term"
    assert client.post(address, values).status_code == 422
    assert client.post(address, {**values, "way": "appointed"}).status_code == 303
    page = client.get(f"/members/branches/{body.key}/body").content.decode()
    assert "不选举" in page and "/elect" not in page
    with acting(cast.actor("clerk")):
        assert Term.objects.get().due_on is None


def test_another_town_and_a_narrow_scope_see_and_decide_nothing(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    meeting = held(cast, body)
    assert cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people)).status_code == 303
    with acting(cast.actor("clerk")):
        row = Election.objects.get()
    for who in ("other_clerk", "contact", "handler"):
        client = cast.client(who)
        for address in (f"elections/{row.key}", f"branches/{body.key}/body", f"elections/{row.key}/approve"):
            assert client.get(f"/members/{address}").status_code in (403, 404)
        assert client.post(f"/members/elections/{row.key}/return", {"reason": "x"}).status_code in (403, 404)
    leader = cast.client("leader")
    assert leader.get(f"/members/elections/{row.key}").status_code == 200
    assert leader.post(f"/members/elections/{row.key}/approve", {}).status_code in (403, 404)
    client = cast.client("clerk")
    assert client.post(f"/members/elections/{row.key}/return", {"reason": ""}).status_code == 422
    assert client.post(f"/members/elections/{row.key}/return", {"reason": "候选人预备人选未报批"}).status_code == 303
    with acting(cast.actor("clerk")):
        row.refresh_from_db()
        assert row.state == rules.RETURNED and row.term is None
        assert not Term.objects.exists()
    assert client.post(f"/members/branches/{body.key}/elect", sent(meeting, people)).status_code == 303


def test_the_list_of_terms(cast: Cast) -> None:
    today = clock.today()
    begun = {"甲": plus_months(today, -37), "乙": plus_months(today, -33), "丙": plus_months(today, -12)}
    for name, since in begun.items():
        sitting(cast, branch(cast, f"柳溪{name}党支部"), since, now=clock.now())
    client = cast.client("clerk")
    page = client.get("/members/terms").content.decode()
    assert page.index("柳溪甲党支部") < page.index("柳溪乙党支部") < page.index("柳溪丙党支部")
    assert "已到期未换届" in page
    late = client.get("/members/terms?state=overdue").content.decode()
    assert "柳溪甲党支部" in late and "柳溪乙党支部" not in late
    ending = client.get("/members/terms?state=ending").content.decode()
    assert "柳溪乙党支部" in ending and "柳溪丙党支部" not in ending
    until = plus_months(today, 4)
    found = client.get(f"/members/terms?until={until}&leadership=committee&q=乙").content.decode()
    assert "柳溪乙党支部" in found
    assert client.post("/export", {"page": "partylife.terms"}).status_code == 200
    assert "柳溪甲党支部" not in cast.client("other_clerk").get("/members/terms").content.decode()


def test_reasons_of_the_norm(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 20)
    offices = (["secretary"], ["deputy"], ["organisation"], ["publicity"], ["discipline"], ["youth"])
    named = [actions.Named(m, o, 15) for m, o in zip(people, offices, strict=False)]
    values: dict[str, Any] = {
        "actor": cast.actor("clerk"), "branch": body, "meeting": held(cast, body), "leadership": "committee",
        "count": rules.Count(seats=6, candidates=8, present=16, ballots_out=16, ballots_in=16), "named": named,
        "request_paper": PAPER, "now": NOW,
    }  # fmt: skip
    with pytest.raises(ReasonNeeded):  # beyond five, though not beyond seven
        actions.record_election(**values)
    with pytest.raises(BreaksRule):  # seven candidates for six seats are fewer than a fifth more
        actions.record_election(**{**values, "count": rules.Count(6, 7, 16, 16, 16)}, reason="党员较多")
    made = actions.record_election(**values, reason="党员较多")
    assert made.reason == "党员较多"


def test_a_village_secretary_is_not_his_own_superior(cast: Cast) -> None:
    body = branch(cast, "柳溪村党支部", parent=cast.village, since=date(2024, 1, 1))
    people = members(cast, body, 15)
    meeting = held(cast, body)
    sitting(cast, body, date(2021, 3, 10))  # five years in a village
    village = cast.client("village")
    for path in ("move", "term"):
        assert village.get(f"/members/branches/{body.key}/{path}").status_code == 404
    page = village.get(f"/members/branches/{body.key}/body").content.decode()
    assert "批准延期或提前换届" not in page and "变更组建形式" not in page and "登记选举" in page
    assert village.post(f"/members/branches/{body.key}/elect", sent(meeting, people)).status_code == 303
    with acting(cast.actor("clerk")):
        row = Election.objects.get()
        asked = Duty.objects.get(kind="partylife.election", state="open")
        assert asked.organization == cast.town_root
    shown = village.get(f"/members/elections/{row.key}").content.decode()
    assert "批复选举结果" not in shown
    for path in ("approve", "return"):
        assert village.get(f"/members/elections/{row.key}/{path}").status_code == 404
    with pytest.raises(Denied):
        actions.record_term(
            actor=cast.actor("village"), branch=body, leadership="committee", way="elected", since=date(2026, 1, 1),
            officers=(), paper="x", now=NOW,
        )  # fmt: skip


def test_a_stopped_membership_neither_counts_nor_is_elected(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    clerk = cast.actor("clerk")
    actions.record_absence(actor=clerk, member=people[0], kind="lost", since=date(2025, 1, 1), now=NOW)
    actions.record_contact(actor=clerk, member=people[0], day=date(2025, 8, 1), way="kin", reached=False, now=NOW)
    actions.decide_standing(
        actor=clerk, member=people[0], kind="suspend", day=date(2025, 9, 1), reason="查找未果", body="镇党委", paper="1号",
        now=NOW,
    )  # fmt: skip
    meeting = held(cast, body)
    assert electors(body, form_on(body, MEETING_DAY), MEETING_DAY).count() == 14
    assert known_full(body, MEETING_DAY) == 14
    refused = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people))
    assert refused.status_code == 422
    answer = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people[1:]))
    assert answer.status_code == 303
    with acting(cast.actor("clerk")):
        assert Election.objects.get().eligible == 14


def test_seven_full_members_have_a_committee_also_when_two_do_not_vote(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 8)
    for one in people[6:]:
        actions.leave_out(
            actor=cast.actor("clerk"), member=one, kind="ill", since=date(2026, 1, 5), consent="镇党委1号",
            adopted_on=date(2026, 1, 4), now=NOW,
        )  # fmt: skip
    meeting = held(cast, body)
    counted = {"present": 6, "ballots_out": 6, "ballots_in": 6, "got": (6, 5, 4), "best_other": 2}
    answer = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people, **counted))
    assert answer.status_code == 303, answer.content.decode()
    with acting(cast.actor("clerk")):
        assert Election.objects.get().eligible == 6


def test_a_secretary_alone_is_elected_from_as_many_and_sees_to_nothing_else(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 5)
    meeting = held(cast, body)
    one = {
        "leadership": "secretary", "present": 5, "ballots_out": 5, "ballots_in": 5, "seats": 1, "candidates": 1,
        "got": (5,), "best_other": 0, "offices": (("secretary",),),
    }  # fmt: skip
    address = f"/members/branches/{body.key}/elect"
    client = cast.client("clerk")
    more = client.post(address, sent(meeting, people, **{**one, "candidates": 3}))
    assert more.status_code == 422 and "等额选举" in more.content.decode()
    other = client.post(address, sent(meeting, people, **{**one, "offices": (("secretary", "organisation"),)}))
    assert other.status_code == 422 and "只设书记的" in other.content.decode()
    assert client.post(address, sent(meeting, people, **one)).status_code == 303


def test_posts_made_by_hand_or_ended_do_not_hold_an_approval_up(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    clerk = cast.actor("clerk")
    by_hand = directory.add_post(actor=clerk, organization=body, title="书记", role="head", now=NOW)
    directory.appoint(actor=clerk, post=by_hand, person=people[7].person, since=date(2023, 1, 1), now=NOW)
    gone = directory.add_post(actor=clerk, organization=body, title="组织委员", role="committee_organisation", now=NOW)
    directory.end_post(actor=clerk, post=gone, until=date(2025, 1, 1), now=NOW)
    meeting = held(cast, body)
    cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people))
    with acting(cast.actor("clerk")):
        row = Election.objects.get()
    papers = {"settled_paper": PAPER, "settled_on": "2026-03-09", "report_paper": "报1号"}
    assert cast.client("clerk").post(f"/members/elections/{row.key}/approve", papers).status_code == 303
    with acting(cast.actor("clerk")):
        sits = Membership.objects.filter(organization=body, until=None, post__title="书记")
        assert [one.person.name for one in sits] == ["赵0"]
        assert [name for office, name, _since in holders(body, TODAY) if office == "书记"] == ["赵0"]


@pytest.mark.parametrize("since", [date(2018, 6, 1), date(2019, 3, 1), date(2019, 12, 31)])
def test_a_term_that_ran_out_before_the_rules_is_recorded_as_overdue(cast: Cast, since: date) -> None:
    body = branch(cast, founded_on=date(2010, 1, 1))
    term = sitting(cast, body, since)
    assert term.due_on == date(since.year + 3, since.month, since.day) and term.remind_on is not None
    assert "已到期未换届" in cast.client("clerk").get("/members/terms?state=overdue").content.decode()


def test_what_was_granted_after_the_meeting_heals_nothing(cast: Cast) -> None:
    body = branch(cast)
    people = members(cast, body, 15)
    sitting(cast, body, date(2023, 1, 31))
    actions.move_election(
        actor=cast.actor("clerk"), branch=body, matter="postpone", paper=PAPER, approved_on=date(2026, 3, 9),
        until=date(2026, 6, 1), now=NOW,
    )  # fmt: skip
    meeting = held(cast, body)
    late = cast.client("clerk").post(f"/members/branches/{body.key}/elect", sent(meeting, people))
    assert late.status_code == 422 and "换届" in late.content.decode()
    with acting(cast.actor("clerk")):
        assert not Election.objects.exists()


def test_of_a_large_body_the_names_are_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianjian.partylife.forms.bodies.MOST", 3)
    body = branch(cast)
    people = members(cast, body, 15)
    meeting = held(cast, body)
    values = sent(meeting, people)
    for n, one in enumerate(people[:3], start=1):
        values[f"person_{n}"] = one.person.name
    client, address = cast.client("clerk"), f"/members/branches/{body.key}/elect"
    unknown = client.post(address, {**values, "person_1": "无名"})
    assert unknown.status_code == 422 and "请核对姓名" in unknown.content.decode()
    assert client.post(address, values).status_code == 303
