"""For each rule one act that it accepts and one that it does not, as plain values of `rules.act_of`.

The page of a rule shows both, evaluated when it is opened; the tests hold every one of them.
"""

from __future__ import annotations

from typing import Any

Act = dict[str, Any]
Pair = tuple[Act, Act]

SECRET = ["secret", "singly"]
OPEN = ["open_count", "secret"]


def votes(
    eligible: int, present: int, yes: int | None, *, observed: list[str] | None = None, **more: Any
) -> Act:
    """A tally."""
    return {"eligible": eligible, "present": present, "yes": yes, "observed": observed or [], **more}


def done(start: str, day: str) -> Act:
    """An act of a day after a start."""
    return {"start": start, "day": day}


def there(*codes: str, n: int | None = None) -> Act:
    """What was chosen or is there."""
    return {"values": list(codes), "n": n}


def held(today: str, *days: str, **more: Any) -> Act:
    """The days on which it was done, judged on a day."""
    return {"today": today, "days": list(days), **more}


def number(n: int, limit: int | None = None) -> Act:
    """A number found."""
    return {"n": n, "limit": limit}


VOTES: dict[str, Pair] = {
    "vote.member": (votes(24, 20, 13, observed=SECRET), votes(24, 20, 12, observed=SECRET)),
    "vote.branch": (votes(16, 8, None), votes(16, 7, None)),
    "vote.committee": (votes(5, 3, 2), votes(5, 2, 2)),
    "election.quorum": (votes(15, 12, None), votes(15, 11, None)),
    "election.pass": (votes(24, 22, 13, observed=["secret"]), votes(24, 22, 12, observed=["secret"])),
    "vote.village": (votes(301, 151, 76, roll="adults"), votes(301, 150, 150, roll="adults")),
    "vote.village_representatives": (votes(40, 27, 14), votes(40, 27, 13)),
    "vote.village_group": (votes(30, 20, 11, roll="adults"), votes(30, 19, 19, roll="adults")),
    "vote.village_election": (votes(1000, 600, 301, observed=OPEN), votes(1000, 600, 300, observed=OPEN)),
    "vote.village_run_off": (
        votes(900, 600, 200, observed=OPEN, rival=180),
        votes(900, 600, 199, observed=OPEN, rival=180),
    ),
    "vote.village_recall": (votes(1000, 501, 251), votes(1000, 500, 500)),
    "vote.collective": (votes(300, 200, 200), votes(300, 200, 199)),
    "vote.collective_representatives": (votes(30, 24, 20), votes(30, 24, 19)),
    "vote.collective_board": (votes(5, 4, 3), votes(5, 4, 2)),
    "vote.collective_benefit": (votes(300, 240, 225), votes(300, 240, 224)),
    "vote.land_plan": (
        votes(300, 90, 60, roll="members_meeting"),
        votes(300, 90, 59, roll="members_meeting"),
    ),
    "vote.land_adjust": (
        votes(30, 25, 20, roll="village_representatives"),
        votes(30, 25, 19, roll="village_representatives"),
    ),
    "vote.land_outsider": (
        votes(300, 90, 60, roll="members_meeting", observed=["township"]),
        votes(300, 90, 90, roll="members_meeting"),
    ),
    "vote.deliberation": (votes(24, 16, 13), votes(24, 15, 13)),
    "vote.community": (votes(500, 251, 126, roll="residents"), votes(500, 250, 250, roll="residents")),
    "vote.community_representatives": (votes(40, 27, 14), votes(40, 26, 26)),
}

MEMBERS: dict[str, Pair] = {
    "member.age": (number(18), number(17)),
    "member.written": (there("written", "own_hand"), there("written")),
    "member.addressed": (there("work"), there("friend")),
    "member.talk": (done("2026-01-31", "2026-02-28"), done("2026-01-31", "2026-03-03")),
    "member.talker": (there("organisation"), there("publicity")),
    "member.recommendation": (there("talk", "recommended", "committee"), there("recommended", "committee")),
    "member.filed": (there("data", "recommended", "opinion"), there("data")),
    "member.contacts": (number(2), number(3)),
    "member.contact_status": (there(), there("probationary")),
    "member.assessment": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-03-01")),
    "member.activist": (done("2024-02-29", "2025-02-28"), done("2024-02-29", "2025-02-27")),
    "member.target_opinions": (
        there("group", "contacts", "members", "masses"),
        there("group", "contacts", "members"),
    ),
    "member.target_consent": (there("consent"), there()),
    "member.sponsors": (number(2), number(1)),
    "member.sponsor_status": (there(), there("on_probation")),
    "member.review": (there("conclusion", "passed"), there("conclusion")),
    "member.review_mobile": (there("register", "residence"), there("residence")),
    "member.training": ({"measures": {"days": 2, "hours": 24}}, {"measures": {"days": 2, "hours": 23}}),
    "member.committee_review": (there("collective", "members", "masses"), there("collective")),
    "member.prereview": (there("written", "passed"), there("written")),
    "member.leaving": (done("2026-03-10", "2026-06-10"), done("2026-03-10", "2026-06-09")),
    "member.form": (there("prereview", "number"), there("number")),
    "member.meeting": (
        there("target", "sponsors", "committee", "discussion", "ballot"),
        there("target", "sponsors", "committee", "discussion"),
    ),
    "member.upper_talk": (there("talked", "opinion"), there("talked")),
    "member.approval": (done("2025-11-30", "2026-02-28"), done("2025-11-30", "2026-03-02")),
    "member.approval_special": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-03-02")),
    "member.approval_way": (there("collective", "singly"), there("collective")),
    "member.approvers": (there("township_committee"), there("general_branch")),
    "member.filed_up": (there("day"), there()),
    "member.assigned": (there("branch", "group"), there("branch")),
    "member.oath": (there("day", "place", "people"), there("day")),
    "member.probation": (done("2025-03-05", "2026-03-05"), done("2025-03-05", "2026-03-04")),
    "member.training_goes_on": (there("assessed"), there()),
    "member.full_application": (there("written"), there()),
    "member.full_outcome": (there("extend"), there("postpone")),
    "member.extension": (number(6), number(5)),
    "member.full_approval": (done("2025-12-31", "2026-03-31"), done("2025-12-31", "2026-04-01")),
    "member.full_told": (there("talked", "announced"), there("talked")),
    "member.archive": (
        there("form", "application", "review", "full", "training"),
        there("form", "application"),
    ),
    "member.begins": (done("2025-03-05", "2025-03-05"), done("2025-03-05", "2025-03-20")),
    "member.standing": (done("2025-03-05", "2026-03-05"), done("2025-03-05", "2026-03-20")),
    "member.no_vote": (there(), there("probationary")),
    "member.extended_once": (number(1), number(2)),
    "member.temporary_branch": (there("train"), there("admit")),
    "member.written_opinion": (there("before_meeting", "formal"), there("formal")),
    "member.transferred": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-03-02")),
    "member.pool": (held("2026-12-01", "2026-11-20"), held("2026-12-01")),
}

BRANCHES: dict[str, Pair] = {
    "branch.required": (there("own", n=3), there("none", n=3)),
    "branch.joint": (number(5), number(6)),
    "branch.size": (number(50), number(51)),
    "branch.project": (done("2025-08-31", "2026-02-27"), done("2025-08-31", "2026-02-28")),
    "branch.founding": (done("2026-01-31", "2026-02-28"), done("2026-01-31", "2026-03-02")),
    "branch.dissolved": (there("reported"), there()),
    "branch.temporary": (there("appointed"), there()),
    "branch.village_form": (there("general_branch", n=51), there("general_branch", n=50)),
    "branch.village_committee_approved": (there("county"), there()),
    "branch.village_delegates": (number(500), number(499)),
    "branch.village_approved": (there("township"), there("village")),
    "branch.leadership": (there("committee", n=7), there("committee", n=6)),
    "branch.committee": (number(7), number(8)),
    "branch.committee_norm": (number(5), number(6)),
    "branch.officers": (
        there("secretary", "organisation", "publicity", "discipline"),
        there("secretary", "organisation", "publicity"),
    ),
    "branch.term": (done("2023-03-01", "2026-03-01"), done("2023-03-01", "2026-03-02")),
    "branch.village_term": (done("2020-02-29", "2025-02-28"), done("2020-02-29", "2025-03-01")),
    "branch.township_term": (done("2021-05-10", "2026-05-10"), done("2021-05-10", "2026-05-11")),
    "branch.term_alert": (done("2026-03-01", "2026-09-01"), done("2026-03-01", "2026-09-02")),
    "branch.secretary": (number(1), number(0)),
}

LIFE: dict[str, Pair] = {
    "life.general_meeting": (held("2026-03-31", "2026-01-08"), held("2026-03-01", "2025-12-31")),
    "life.committee": (held("2026-03-20", "2026-03-02"), held("2026-03-20", "2026-02-28")),
    "life.group": (held("2026-03-19"), held("2026-03-20")),
    "life.lesson": (held("2026-03-31", "2026-02-10"), held("2026-03-31")),
    "life.lesson_secretary": (held("2026-12-31", "2026-07-01"), held("2026-12-31")),
    "life.theme_day": (held("2026-03-11", fixed_day=9), held("2026-03-12", fixed_day=9)),
    "life.organisation_meeting": (held("2026-12-31", "2026-12-20"), held("2026-11-01")),
    "life.appraisal": (held("2026-10-31"), held("2027-01-05", period="2026-12-31")),
    "life.appraisal_order": (
        there("self", "mutual", "rating", "verdict"),
        there("self", "mutual", "verdict"),
    ),
    "life.talks": (held("2026-09-30"), held("2026-10-01")),
    "life.two_track": (held("2026-12-31", "2026-05-06"), held("2026-12-31")),
    "life.village_matters": (there("general_meeting"), there()),
    "education.hours": (held("2026-12-31", done=32), held("2026-12-31", done=31)),
    "education.secretary_hours": (held("2026-12-31", done=56), held("2026-12-31", done=55)),
    "education.secretary_course": (held("2026-12-31", done=1), held("2026-12-31", done=0)),
    "education.rotation": (held("2026-12-31", done=1), held("2026-12-31", done=0)),
    "education.new_secretary": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-03-02")),
    "education.new_member": (held("2026-12-31", done=1), held("2026-12-31", done=0)),
    "education.conversion": (number(8), number(9)),
}

MOBILE: dict[str, Pair] = {
    "mobile.one_branch": (number(1), number(2)),
    "mobile.transfer": (done("2025-08-31", "2026-02-27"), done("2025-08-31", "2026-02-28")),
    "mobile.accepted": (there("accepted"), there()),
    "mobile.refusal": (there("cause"), there()),
    "mobile.direct": (there("approving_committee"), there("branch")),
    "mobile.away": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-02-27")),
    "mobile.both": (there("home", "host"), there("home")),
    "mobile.definition": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-02-27")),
    "mobile.registered": (there("out", "in"), there("out")),
    "mobile.contact_person": (number(1), number(0)),
    "mobile.graduate": (done("2024-06-30", "2026-06-30"), done("2024-06-30", "2026-07-01")),
    "mobile.abroad_contact": (held("2026-06-30", "2026-02-10"), held("2026-06-30", "2025-12-31")),
    "mobile.abroad": (done("2021-03-01", "2026-03-02"), done("2021-03-01", "2026-03-01")),
    "mobile.lost": (done("2025-08-31", "2026-02-28"), done("2025-08-31", "2026-02-27")),
    "mobile.lost_long": (done("2024-02-29", "2026-02-28"), done("2024-02-29", "2026-02-27")),
    "mobile.exit": (done("2025-09-15", "2026-03-15"), done("2025-09-15", "2026-03-14")),
    "mobile.exit_reason": (there("dues"), there("quarrel")),
    "mobile.correction": (done("2025-03-01", "2026-03-01"), done("2025-03-01", "2026-03-02")),
    "mobile.letter": (done("2026-01-01", "2026-04-01"), done("2026-01-01", "2026-04-02")),
    "mobile.dues": (held("2026-03-31", "2026-03-05"), held("2026-04-02", "2026-02-05", period="2026-03-01")),
    "mobile.dues_rate": (there("0.5", n=3000), there("0.5", n=3001)),
}

ELECTIONS: dict[str, Pair] = {
    "election.moved": (there("approval"), there()),
    "election.postponed": (done("2025-03-01", "2026-03-01"), done("2025-03-01", "2026-03-02")),
    "election.delegates": (there("delegates", n=500), there("delegates", n=499)),
    "election.delegates_approved": (there("approval"), there()),
    "election.no_vote": (there(), there("on_probation")),
    "election.proxy": (there(), there("proxy")),
    "election.left_out": (there("ill"), there("busy")),
    "election.left_out_approved": (there("upper", "meeting"), there("meeting")),
    "election.candidates": (number(6, limit=5), number(5, limit=5)),
    "election.ballots": (number(20, limit=20), number(21, limit=20)),
    "election.names": (number(3, limit=3), number(4, limit=3)),
    "election.seats": (number(3, limit=3), number(4, limit=3)),
    "election.order": (there("strokes"), there("age")),
    "election.reported": (there("request", "report"), there("report")),
}

COMPANIES: dict[str, Pair] = {
    "company.alone": (number(3), number(2)),
    "company.alone_secretary": (there("secretary"), there()),
    "company.level": (there("general_branch", n=50), there("general_branch", n=49)),
    "company.joint": (number(5), number(6)),
    "company.joint_ground": (there("near"), there("friendship")),
    "company.attached": (there("park"), there("family")),
    "company.instructor": (number(1), number(0)),
    "company.limits": (there("advise"), there("levy")),
    "company.not_run": (there("advise"), there("run")),
    "company.instructor_load": (number(3), number(4)),
    "company.scope": (there("above"), there("family")),
    "company.instructor_days": (held("2026-03-31", done=10), held("2026-03-31", done=9)),
    "company.leader_visit": (held("2026-03-31", "2026-02-10"), held("2026-03-31")),
}

TIME: dict[str, Pair] = {
    "time.first_day": (done("2026-03-02", "2026-03-03"), done("2026-03-02", "2026-03-04")),
    "time.hours": (
        done("2026-10-01T23:00:00+08:00", "2026-10-02T01:00:00+08:00"),
        done("2026-10-01T23:00:00+08:00", "2026-10-02T01:00:01+08:00"),
    ),
    "time.months": (done("2026-01-31", "2026-02-28"), done("2026-01-31", "2026-03-01")),
    "time.rest_days": (done("2026-09-01", "2026-10-08"), done("2026-09-01", "2026-10-09")),
    "time.calendar_days": (done("2026-03-02", "2026-03-12"), done("2026-03-02", "2026-03-13")),
    "time.holidays": (there("spring"), there("womens_day")),
    "time.make_up": (there("state_council"), there("firm")),
}

EXAMPLES: dict[str, Pair] = {
    **VOTES,
    **MEMBERS,
    **BRANCHES,
    **LIFE,
    **MOBILE,
    **ELECTIONS,
    **COMPANIES,
    **TIME,
}
