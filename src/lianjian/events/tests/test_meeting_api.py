"""Parts, results, questions and photos of a meeting for programs: no more than its page shows to the same person."""

from __future__ import annotations

from decimal import Decimal

from lianjian.events import actions
from lianjian.events.models import Meeting, Winner
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import AFTER, all_came, planned
from lianjian.events.tests.test_activities import picture
from lianjian.events.tests.test_serving import team
from lianjian.foundation.keys import uuid7
from tests.cast import Cast

BASE = "/api/v1/meetings"
JSON = "application/json"


def test_programs_read_parts_and_write_results(cast: Cast) -> None:
    clerk = cast.client("clerk")
    meeting = planned(cast, kind="主题党日", parts=["集中学习", "志愿服务"], bodies=[(cast.firm, rules.MEMBER)])
    address = f"{BASE}/{meeting.key}"
    before = clerk.get(address).json()
    assert before["parts"] == [
        {"number": 1, "name": "集中学习", "held": None},
        {"number": 2, "name": "志愿服务", "held": None},
    ]
    sent = {"prize": "技术标兵", "person": "林木匠", "organization": str(cast.firm.key)}
    early = clerk.post(f"{address}/results", sent, content_type=JSON)
    assert early.status_code == 409, early.content
    actor = cast.actor("clerk")
    actions.hold_meeting(actor=actor, meeting=meeting, came=all_came(meeting), text="", parts_held=[2], now=AFTER)
    nobody = clerk.post(f"{address}/results", {"prize": "技术标兵"}, content_type=JSON)
    assert nobody.status_code == 422
    twice = [clerk.post(f"{address}/results", sent, content_type=JSON, headers={"Idempotency-Key": "a-1"}) for _n in "12"]
    assert [one.status_code for one in twice] == [201, 201] and twice[0].json() == twice[1].json()
    after = clerk.get(address).json()
    assert [one["held"] for one in after["parts"]] == [False, True]
    assert after["results"] == [{"key": twice[0].json()["key"], **sent}]
    for wrong in ({"prize": " "}, {"prize": "a\x00"}, {"prize": "a" * 61}):
        assert clerk.post(f"{address}/results", {**sent, **wrong}, content_type=JSON).status_code == 422
    assert cast.client("other_clerk").post(f"{address}/results", sent, content_type=JSON).status_code in (403, 404)
    cast.actor("clerk")
    assert Winner.objects.count() == 1


def test_photos_and_questions_reach_whom_the_page_shows_them_to(cast: Cast) -> None:
    meeting = planned(cast, kind="交流合作会", bodies=[(cast.firm, rules.MEMBER)])
    actor = cast.actor("clerk")
    meeting = actions.hold_meeting(actor=actor, meeting=meeting, came=all_came(meeting), text="", now=AFTER)
    actions.add_question(actor=actor, meeting=meeting, text="返程货车怎么拼单?", now=AFTER)
    for caption, consent in (("内部合影", False), ("植树节共建", True)):
        actions.add_photo(
            actor=actor, meeting=meeting, upload=picture(), caption=caption, credit="张工", consent=consent, now=AFTER
        )
    inside = cast.client("clerk").get(f"{BASE}/{meeting.key}").json()
    assert [one["caption"] for one in inside["photos"]] == ["内部合影", "植树节共建"]
    assert [one["text"] for one in inside["questions"]] == ["返程货车怎么拼单?"]
    outside = cast.client("village").get(f"{BASE}/{meeting.key}").json()
    assert [one["caption"] for one in outside["photos"]] == ["植树节共建"] and outside["questions"] == []
    private, shown = (one["content"] for one in inside["photos"])
    assert cast.client("clerk").get(private)["Content-Type"] == "image/png"
    assert cast.client("village").get(private).status_code == 404
    assert cast.client("village").get(shown).status_code == 200


def test_programs_plan_with_teams_and_who_serves_reads_the_invitation_only(cast: Cast) -> None:
    one, foreign = team(cast, "木香志愿服务队", "contact"), uuid7()
    clerk, contact = cast.client("clerk"), cast.client("contact")
    sent = {
        "convener": str(cast.office.key), "kind": "志愿服务", "title": "清扫河道", "place": "河边", "audience": "invited",
        "starts_at": "2026-03-16T01:00:00Z", "ends_at": "2026-03-16T03:00:00Z", "teams": [str(one.key)],
    }  # fmt: skip
    assert clerk.post(BASE, {**sent, "teams": [str(foreign)]}, content_type=JSON).status_code == 404
    made = clerk.post(BASE, sent, content_type=JSON)
    assert made.status_code == 201, made.content
    meeting = Meeting.objects.get(key=made.json()["key"])
    actions.hold_meeting(actor=cast.actor("clerk"), meeting=meeting, came={}, text="纪要", now=AFTER)
    actions.record_serving(
        actor=cast.actor("clerk"), meeting=meeting, team=one, people=[cast.people["contact"].pk], now=AFTER
    )
    actions.set_results(actor=cast.actor("clerk"), meeting=meeting, service_hours=Decimal("1.5"), now=AFTER)
    whole = clerk.get(f"{BASE}/{meeting.key}").json()
    assert whole["teams"] == [{"key": str(one.key), "name": "木香志愿服务队", "came": 1}] and whole["minutes"] == "纪要"
    assert whole["service_hours"] == "1.5"
    mine = contact.get(f"{BASE}/{meeting.key}").json()
    assert mine["teams"] == [{"key": str(one.key), "name": "木香志愿服务队", "came": None}] and mine["minutes"] is None
    assert cast.client("other_contact").get(f"{BASE}/{meeting.key}").status_code == 404
