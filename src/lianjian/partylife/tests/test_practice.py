"""Standards of branches, guidance on meetings, pledges, appraisals in counts, plans of training."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from lianjian.duties.models import Duty
from lianjian.events import actions as events
from lianjian.foundation import registry
from lianjian.foundation.rights import Denied
from lianjian.insight.queries import compute, place_of
from lianjian.insight.rules import read_period
from lianjian.partylife import actions
from lianjian.partylife.models import Appraisal, Guidance, Pledge, Standard, StandardCheck, TrainingLine
from lianjian.partylife.rules import practice as rules
from lianjian.partylife.tests.test_life import at, branch, hold
from tests.cast import Cast

DAY = date(2026, 3, 10)
NOW = at(DAY)


def standard(cast: Cast, title: str = "党员活动室有党旗、有制度") -> Standard:
    return actions.add_standard(
        actor=cast.actor("clerk"), area="place", title=title, source="县委组织部〔2025〕3号", valid_from=date(2025, 1, 1), now=NOW
    )


def open_duties(kind: str) -> int:
    return Duty.objects.filter(kind=kind, state="open").count()


def test_the_share_of_standards_met_opens_onto_its_checks(cast: Cast) -> None:
    """Row 002-55: what stands for a score; what is not asked of a branch counts in neither number."""
    body, act = branch(cast), {"year": 2026, "checked_on": DAY, "now": NOW}
    for title, verdict in (("党旗", "met"), ("制度", "met"), ("台账", "open"), ("党费室", "na")):
        more = {"words": "没有", "mend_by": DAY + timedelta(days=9)} if verdict == "open" else {}
        line = standard(cast, title)
        actions.check_standard(actor=cast.actor("clerk"), branch=body, standard=line, verdict=verdict, **act, **more)
    clerk = cast.actor("clerk")
    place, period = place_of(clerk, ""), read_period("2026-03", today=DAY)
    assert place is not None
    found = compute(clerk, registry.indicators["partylife.standards_met"], place, period)
    assert (found.value, found.base) == (2, 3)
    page = cast.client("clerk").get("/figures/partylife.standards_met/?period=2026-03").content.decode()
    assert "党旗" in page and "党费室" not in page


def test_what_is_not_met_is_mended_by_a_day(cast: Cast) -> None:
    body, line = branch(cast), standard(cast)
    act = {"branch": body, "standard": line, "year": 2026, "checked_on": DAY, "now": NOW}
    with pytest.raises(rules.MendingMissing):
        actions.check_standard(actor=cast.actor("clerk"), verdict="open", **act)
    with pytest.raises(rules.MendByPast):
        actions.check_standard(
            actor=cast.actor("clerk"), verdict="open", words="没有制度", mend_by=DAY - timedelta(days=1), **act
        )
    with pytest.raises(rules.NotInForce):
        actions.check_standard(actor=cast.actor("clerk"), verdict="met", **{**act, "year": 2024})
    with pytest.raises(Denied):
        actions.check_standard(actor=cast.actor("other_clerk"), verdict="met", **act)
    actions.check_standard(
        actor=cast.actor("clerk"), verdict="open", words="没有制度", mend_by=DAY + timedelta(days=30), **act
    )
    assert open_duties("partylife.mend") == 1
    page = cast.client("clerk").get(reverse("partylife:standards_of", kwargs={"key": body.key}) + "?year=2026")
    text = page.content.decode()
    assert "没有制度" in text and "适用1项,已检查1项,达标0项" in text
    actions.check_standard(actor=cast.actor("clerk"), verdict="met", **act)
    assert StandardCheck.objects.count() == 1 and open_duties("partylife.mend") == 0
    actions.end_standard(actor=cast.actor("clerk"), standard=line, valid_to=date(2026, 12, 31), now=NOW)
    with pytest.raises(rules.StandardExists):
        standard(cast)


def test_guidance_on_a_meeting_and_its_mending(cast: Cast) -> None:
    body = branch(cast)
    meeting = hold(cast, body, "主题党日", DAY)
    clerk, address = cast.client("clerk"), reverse("partylife:remark", kwargs={"key": meeting.key})
    assert clerk.post(address, {"branch": str(body.key), "quality": "mend", "words": ""}).status_code == 422
    later = (date.today() + timedelta(days=20)).isoformat()
    sent = {"branch": str(body.key), "quality": "mend", "words": "缺讨论环节", "mend_by": later}
    assert clerk.post(address, sent).status_code == 303
    assert clerk.post(address, sent).status_code == 422  # one remark by one guide
    row = Guidance.objects.get()
    assert open_duties("partylife.guidance") == 1
    assert "缺讨论环节" in clerk.get(reverse("events:meeting", kwargs={"key": meeting.key})).content.decode()
    assert "缺讨论环节" in clerk.get(reverse("partylife:guidance_list")).content.decode()
    mend = reverse("partylife:mend", kwargs={"key": row.key})
    assert clerk.post(mend, {"words": ""}).status_code == 422
    assert clerk.post(mend, {"words": "补开讨论"}).status_code == 303
    assert open_duties("partylife.guidance") == 0
    assert "补开讨论" in clerk.get(reverse("partylife:guidance", kwargs={"key": row.key})).content.decode()
    assert cast.client("other_clerk").get(reverse("partylife:guidance", kwargs={"key": row.key})).status_code == 404
    with pytest.raises(rules.NotItsMeeting):
        actions.remark(
            actor=cast.actor("clerk"), meeting=meeting, branch=branch(cast, "别的党支部"), quality="good", now=NOW
        )


def test_pledges_show_three_parts_and_only_with_consent(cast: Cast) -> None:
    body = branch(cast)
    clerk = cast.client("clerk")
    sent = {
        "person": "李建华", "branch": str(body.key), "kind": "post", "post": "一车间先锋岗", "promise": "三天内修好",
        "since": DAY.isoformat(), "enterprise": "",
    }  # fmt: skip
    assert clerk.post(reverse("partylife:new_pledge"), sent).status_code == 303
    assert clerk.post(reverse("partylife:new_pledge"), sent).status_code == 422
    row = Pledge.objects.get()
    sheet = reverse("partylife:display", kwargs={"key": body.key})
    assert "李建华" not in clerk.get(sheet).content.decode()
    change = reverse("partylife:change_pledge", kwargs={"key": row.key})
    fields = {"post": row.post, "promise": row.promise, "since": DAY.isoformat(), "consented": "on", "result": "提前两天"}
    assert clerk.post(change, {**fields, "result_on": (DAY - timedelta(days=9)).isoformat()}).status_code == 422
    assert clerk.post(change, fields).status_code == 303
    assert "李建华" in clerk.get(sheet).content.decode() and "提前两天" in clerk.get(sheet).content.decode()
    end = reverse("partylife:end_pledge", kwargs={"key": row.key})
    assert clerk.post(end, {"until": DAY.isoformat(), "reason": "调离"}).status_code == 303
    assert clerk.post(change, fields).status_code in (404, 422)
    assert "李建华" not in clerk.get(sheet).content.decode()
    assert "李建华" in clerk.get(reverse("partylife:pledges") + "?state=ended").content.decode()


def test_appraisals_are_counts_that_add_up(cast: Cast) -> None:
    body = branch(cast)
    clerk = cast.client("clerk")
    sent = {
        "branch": str(body.key), "year": "2025", "held_on": "2025-12-20", "members": "24", "excellent": "6", "qualified": "15",
        "basic": "1", "unqualified": "0", "exempt": "1",
        "self_on": "2025-12-20", "mutual_on": "2025-12-20", "rating_on": "2025-12-20", "verdict_on": "2025-12-26",
    }  # fmt: skip
    bad = clerk.post(reverse("partylife:new_appraisal"), sent)
    assert bad.status_code == 422 and "23人" in bad.content.decode()
    assert clerk.post(reverse("partylife:new_appraisal"), {**sent, "held_on": "2026-05-20", "exempt": "2"}).status_code == 422
    assert clerk.post(reverse("partylife:new_appraisal"), {**sent, "exempt": "2"}).status_code == 303
    assert clerk.post(reverse("partylife:new_appraisal"), {**sent, "exempt": "2"}).status_code == 422
    row = Appraisal.objects.get()
    change = reverse("partylife:change_appraisal", kwargs={"key": row.key})
    shown = re.search(r'name="qualified" value="15"', clerk.get(change).content.decode())
    assert shown is not None
    fixed = {**sent, "qualified": "14", "exempt": "3"}
    assert clerk.post(change, fixed).status_code == 303
    assert body.name in clerk.get(reverse("partylife:appraisals") + "?year=2025").content.decode()
    assert cast.client("other_clerk").get(change).status_code == 404


def test_a_plan_of_training_counts_the_classes_on_record(cast: Cast) -> None:
    body = branch(cast)
    clerk = cast.client("clerk")
    sent = {"organization": str(body.key), "year": "2026", "title": "书记轮训", "audiences": ["党组织书记"], "times": "2", "month": "6"}
    assert clerk.post(reverse("partylife:plan_training"), {**sent, "audiences": []}).status_code == 422
    assert clerk.post(reverse("partylife:plan_training"), sent).status_code == 303
    assert clerk.post(reverse("partylife:plan_training"), sent).status_code == 422
    other = hold(cast, cast.town_root, "培训班", DAY, hosts=[body])
    events.set_results(actor=cast.actor("clerk"), meeting=other, audiences=["党组织书记", "党务工作者"], now=NOW)
    page = clerk.get(reverse("partylife:training") + "?year=2026").content.decode()
    assert "书记轮训" in page and other.title in page
    line = TrainingLine.objects.get()
    assert clerk.post(reverse("partylife:change_training", kwargs={"key": line.key}), {**sent, "times": "1"}).status_code == 303
    assert "已完成" in clerk.get(reverse("partylife:training") + "?year=2026").content.decode()
    assert clerk.post(reverse("partylife:drop_training", kwargs={"key": line.key}), {"reason": "并入县里"}).status_code == 303
    assert "并入县里" in clerk.get(reverse("partylife:training") + "?year=2026").content.decode()
    assert "书记轮训" not in cast.client("other_clerk").get(reverse("partylife:training") + "?year=2026").content.decode()


def test_a_plan_of_activities_counts_what_was_held_of_its_kind(cast: Cast) -> None:
    body, clerk = branch(cast), cast.client("clerk")
    plan, page = reverse("partylife:plan_training"), reverse("partylife:training") + "?year=2026"
    sent = {"organization": str(body.key), "year": "2026", "title": "成员联席会", "kind": "联席会议", "times": "2", "month": "12"}
    nothing = clerk.post(plan, {**sent, "kind": ""})
    assert nothing.status_code == 422 and "请选择活动种类" in nothing.content.decode()
    assert clerk.post(plan, {**sent, "kind": "没有这一种"}).status_code == 422
    assert clerk.post(plan, sent).status_code == 303
    hold(cast, body, "主题党日", DAY)
    assert "0 / 2" in _progress(clerk.get(page).content.decode())
    one = hold(cast, body, "联席会议", DAY)
    hold(cast, cast.town_root, "联席会议", DAY, hosts=[body])
    shown = clerk.get(page).content.decode()
    assert "2 / 2" in _progress(shown) and one.title in shown and "已完成" in shown
    line = TrainingLine.objects.get()
    change = reverse("partylife:change_training", kwargs={"key": line.key})
    assert clerk.post(change, {**sent, "kind": "主题党日", "times": "4"}).status_code == 303
    assert "1 / 4" in _progress(clerk.get(page).content.decode())
    line.refresh_from_db()
    assert (line.kind, line.audiences) == ("主题党日", [])
    actor = cast.actor("clerk")
    word = events.add_word(actor=actor, list_code="kind", name="田间夜话", now=NOW)
    assert clerk.post(change, {**sent, "kind": "田间夜话"}).status_code == 303
    events.retire_word(actor=cast.actor("clerk"), word=word, now=NOW)
    assert '<option value="田间夜话" selected>' in clerk.get(change).content.decode(), "a word that is offered no longer is kept"
    assert clerk.post(change, {**sent, "kind": "田间夜话", "times": "3"}).status_code == 303


def _progress(body: str) -> str:
    """What the bars say."""
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
