"""Campaigns: sub-actions with computed counts, bodies in their order of joining, records, items checked by another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.alliances import actions
from lianjian.alliances.models import (
    Campaign,
    CampaignAction,
    CampaignRecord,
    Participant,
    ParticipantStep,
    Rectification,
)
from lianjian.alliances.queries import campaign_page, rectification_page
from lianjian.alliances.rules import campaigns as rules
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty
from lianjian.events.actions import record_visit
from lianjian.files.actions import attach
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, TODAY, Cast

DAY = timedelta(days=1)


def campaign(cast: Cast, **more: Any) -> Campaign:
    given = {"name": "家具企业两整", "kind": "整治整改", "since": SINCE, "now": NOW, **more}
    return actions.open_campaign(actor=cast.actor("clerk"), organization=cast.town_root, **given)


def invite(cast: Cast, held: Campaign, *bodies: Organization, **more: Any) -> list[Participant]:
    given = {"status": "joined", "on": TODAY, "now": NOW, **more}
    return actions.invite_to_campaign(actor=cast.actor("clerk"), campaign=held, organizations=bodies, **given)


def goal(cast: Cast, held: Campaign, counts: str, target: int | None = 2, **more: Any) -> CampaignAction:
    given = {"name": f"目标{counts}", "now": NOW, **more}
    return actions.add_campaign_action(
        actor=cast.actor("clerk"), campaign=held, counts=counts, target=target, **given
    )


def move(cast: Cast, part: Participant, status: str, on: date = TODAY, **more: Any) -> Participant:
    part.refresh_from_db()
    return actions.move_participant(actor=cast.actor("clerk"), participant=part, status=status, on=on, now=NOW, **more)


def item(cast: Cast, part: Participant, **more: Any) -> Rectification:
    given = {
        "issue": "喷漆房没有废气收集", "measure": "安装收集和处理设施", "found_on": TODAY, "due_on": TODAY + 9 * DAY,
        "now": NOW, **more,
    }  # fmt: skip
    return actions.open_rectification(actor=cast.actor("clerk"), participant=part, **given)


def evidence(cast: Cast, one: Rectification) -> None:
    upload = SimpleUploadedFile("检测.pdf", b"%PDF-1.7")
    attach(actor=cast.actor("clerk"), record=one, upload=upload, now=NOW)
    one.refresh_from_db()


def duties(one: object, kind: str = "") -> list[str]:
    rows = Duty.objects.filter(subject_key=one.key, state="open")  # type: ignore[attr-defined]
    rows = rows.filter(kind=kind) if kind else rows
    return sorted(rows.values_list("kind", flat=True))


def test_four_special_actions_count_from_the_records(cast: Cast) -> None:
    """Checklist 001-05: nothing is typed in, every count is that of its rows."""
    held = campaign(cast, name="四个专项行动", kind="专项行动")
    counts = ("joined", "done", "bodies", "records", "results", "accepted")
    goals = {code: goal(cast, held, code) for code in counts}
    first, second = invite(cast, held, cast.firm, cast.second_firm)
    clerk = cast.actor("clerk")
    for part, code in ((first, "bodies"), (first, "bodies"), (first, "records"), (second, "records")):
        actions.record_work(actor=clerk, participant=part, action=goals[code], on=TODAY, done="走访", now=NOW)
    work = actions.record_work(
        actor=clerk, participant=first, action=goals["results"], on=TODAY, problem="缺少车位", now=NOW
    )
    actions.state_result(actor=clerk, work=work, result="已划线", result_on=TODAY, now=NOW)
    struck = actions.record_work(actor=clerk, participant=first, action=goals["records"], on=TODAY, done="错", now=NOW)
    actions.strike_work(actor=clerk, work=struck, reason="记错", now=NOW)
    one = item(cast, second, action=goals["accepted"])
    evidence(cast, one)
    actions.submit_rectification(actor=cast.actor("other_contact"), item=one, words="已装", now=NOW)
    actions.accept_rectification(actor=cast.actor("clerk"), item=one, now=NOW)
    move(cast, second, "done")
    clerk = cast.actor("clerk")
    shown = {one.name: (one.reached, one.target) for one in campaign_page(clerk, held).goals}
    assert shown == {
        "目标joined": (2, 2), "目标done": (1, 2), "目标bodies": (1, 2), "目标records": (2, 2),
        "目标results": (1, 2), "目标accepted": (1, 2),
    }  # fmt: skip
    browser = cast.client("clerk")
    listed = {"joined": 2, "done": 1, "bodies": 1, "records": 2, "results": 1, "accepted": 1}
    cast.actor("clerk")
    for code, number in listed.items():
        [address] = [one.url for one in campaign_page(cast.actor("clerk"), held).goals if one.name == f"目标{code}"]
        body = browser.get(address).content.decode()
        rows = body.split("<tbody>")[1].split("</tbody>")[0].count("<tr")
        assert rows == number, (code, rows)
    # Another town reads the register, not what was found at the firms.
    other = campaign_page(cast.actor("other_clerk"), held)
    assert [one.reached for one in other.goals] == [2, 1, None, None, None, None]
    assert other.items == [] and not other.told


def test_order_of_joining_follows_the_days(cast: Cast) -> None:
    """Checklist 000-40: pilots, and who joined first; one written down late takes its true place."""
    held = campaign(cast)
    first, second = invite(cast, held, cast.firm, cast.second_firm, status="pilot")
    [asked] = invite(cast, held, cast.village, status="invited", on=TODAY - 9 * DAY)
    assert (first.number, second.number, asked.number) == (1, 2, None)
    move(cast, asked, "joined", on=TODAY - 3 * DAY)
    numbers = dict(Participant.objects.values_list("organization__name", "number"))
    assert numbers == {cast.village.name: 1, cast.firm.name: 2, cast.second_firm.name: 3}
    move(cast, asked, "going")
    asked.refresh_from_db()
    assert (asked.number, asked.joined_on, asked.pilot) == (1, TODAY - 3 * DAY, False)
    steps = list(ParticipantStep.objects.filter(participant=asked).order_by("pk").values_list("status", "on"))
    assert steps == [("invited", TODAY - 9 * DAY), ("joined", TODAY - 3 * DAY), ("going", TODAY)]


def test_statuses_follow_one_another_with_their_reasons(cast: Cast) -> None:
    held = campaign(cast)
    [part] = invite(cast, held, cast.firm, on=TODAY - DAY)
    with pytest.raises(rules.NoSuchStep):
        move(cast, part, "invited")
    for day in (TODAY - 2 * DAY, TODAY + DAY):
        with pytest.raises(rules.StepTooEarly):
            move(cast, part, "going", on=day)
    with pytest.raises(rules.NeedsReason):
        move(cast, part, "left")
    one = item(cast, part)
    with pytest.raises(rules.StillToRectify):
        move(cast, part, "done")
    actions.drop_rectification(actor=cast.actor("clerk"), item=one, reason="设备已停用", now=NOW)
    assert move(cast, part, "done").status == "done"
    with pytest.raises(rules.DoneAlready):
        item(cast, part)
    assert move(cast, part, "left", reason="迁出本镇").status == "left"
    with pytest.raises(rules.NotTakingPart):
        item(cast, part)
    with pytest.raises(rules.NeedsReason):
        move(cast, part, "joined")
    assert move(cast, part, "joined", reason="迁回").number == 1


def test_who_may_not_take_part(cast: Cast) -> None:
    held = campaign(cast)
    invite(cast, held, cast.firm)
    with pytest.raises(rules.AlreadyTakesPart):
        invite(cast, held, cast.firm)
    with pytest.raises(rules.NoBodies):
        invite(cast, held)
    with pytest.raises(rules.StepTooEarly):
        invite(cast, held, cast.village, on=SINCE - DAY)
    Organization.objects.filter(pk=cast.second_firm.pk).update(dissolved_on=TODAY)
    cast.second_firm.refresh_from_db()
    with pytest.raises(rules.BodyGone):
        invite(cast, held, cast.second_firm)
    with pytest.raises(rules.CampaignExists):
        campaign(cast)
    for who in ("contact", "instructor", "other_clerk", "leader"):
        with pytest.raises(Denied):
            actions.close_campaign(actor=cast.actor(who), campaign=held, on=TODAY, now=NOW)


def test_an_item_is_checked_by_another_person(cast: Cast) -> None:
    """Checklist 000-42: issue, measure, deadline, evidence, verification; returned once, then accepted."""
    [part] = invite(cast, campaign(cast), cast.firm)
    one = item(cast, part)
    contact, clerk = cast.client("contact"), cast.client("clerk")
    address = {name: reverse(f"alliances:{name}_rectification", kwargs={"key": one.key}) for name in ("submit", "accept", "return")}
    assert duties(one) == ["alliances.rectify"]
    due = Duty.objects.get(subject_key=one.key)
    assert due.organization_id == cast.firm.pk and due.due_at is not None
    assert contact.get(due.url).status_code == 200
    assert contact.post(address["submit"], {"words": "装好了"}).status_code == 422  # no evidence
    sent = {"words": "装好了", "file": SimpleUploadedFile("检测.pdf", b"%PDF-1.7")}
    assert contact.post(address["submit"], sent).status_code == 303
    cast.actor("clerk")
    one.refresh_from_db()
    assert (one.state, duties(one)) == ("submitted", ["alliances.check"])
    assert contact.post(address["accept"], {}).status_code == 403
    assert clerk.post(address["return"], {"reason": ""}).status_code == 422
    later = str(TODAY + 400 * DAY)
    assert clerk.post(address["return"], {"reason": "缺少运行台账", "due_on": later}).status_code == 303
    cast.actor("clerk")
    one.refresh_from_db()
    assert (one.state, str(one.due_on), duties(one)) == ("returned", later, ["alliances.rectify"])
    assert contact.post(address["submit"], {"words": "台账已补"}).status_code == 303
    assert clerk.post(address["accept"], {"words": "现场看过"}).status_code == 303
    cast.actor("clerk")
    one.refresh_from_db()
    assert (one.state, duties(one)) == ("accepted", [])
    assert one.checked_by == cast.users["clerk"].pk != one.submitted_by == cast.users["contact"].pk
    assert list(one.steps.order_by("pk").values_list("state", "words")) == [
        ("submitted", "装好了"), ("returned", "缺少运行台账"), ("submitted", "台账已补"), ("accepted", "现场看过"),
    ]  # fmt: skip
    body = clerk.get(one.get_absolute_url()).content.decode()
    assert "检测.pdf" in body and "缺少运行台账" in body and "已销号" in body


def test_nobody_checks_what_they_submitted(cast: Cast) -> None:
    [part] = invite(cast, campaign(cast), cast.firm)
    one = item(cast, part)
    evidence(cast, one)
    clerk = cast.actor("clerk")
    actions.submit_rectification(actor=clerk, item=one, words="装好了", now=NOW)
    for verb, more in ((actions.accept_rectification, {}), (actions.return_rectification, {"reason": "不全"})):
        with pytest.raises(rules.CheckedByAnother):
            verb(actor=clerk, item=one, now=NOW, **more)
    one.refresh_from_db()
    shown = rectification_page(clerk, one, TODAY, True)
    assert shown.own_submission and not shown.may_check
    # The database refuses it too, whoever writes.
    with pytest.raises(IntegrityError, match="checked_by_another"), transaction.atomic():
        Rectification.objects.filter(pk=one.pk).update(state="accepted", checked_by=clerk.user_id)


def test_a_department_responsible_for_an_item_submits_it(cast: Cast) -> None:
    [part] = invite(cast, campaign(cast), cast.firm)
    one = item(cast, part, responsible=cast.office)
    evidence(cast, one)
    actions.submit_rectification(actor=cast.actor("handler"), item=one, words="已督促安装", now=NOW)
    mine = item(cast, part, issue="没有台账")
    with pytest.raises(Denied):
        actions.submit_rectification(actor=cast.actor("other_handler"), item=mine, words="好", now=NOW)
    for who in ("other_handler", "other_contact", "village", "instructor", "other_clerk"):
        assert not Rectification.objects.visible_to(cast.actor(who)).exists(), who
    assert Rectification.objects.visible_to(cast.actor("handler")).count() == 1
    assert Rectification.objects.visible_to(cast.actor("contact")).count() == 2


def test_visit_problem_result_of_each_firm(cast: Cast) -> None:
    """Checklist 003-50 (进解促): the visit is linked, the problem followed up as a duty until its result."""
    held = campaign(cast, name="进解促", kind="走访服务")
    [part] = invite(cast, held, cast.firm)
    clerk = cast.actor("clerk")
    visit = record_visit(
        actor=clerk, organization=cast.firm, visited_on=TODAY - DAY, people=[cast.people["instructor"]], content="了解", now=NOW
    )
    browser = cast.client("clerk")
    url = reverse("alliances:record_work", kwargs={"key": part.key})
    assert str(visit.key) in browser.get(url).content.decode()
    sent = {"visit": str(visit.key), "on": str(TODAY), "problem": "厂门口积水", "done": "", "due_on": str(TODAY + 5 * DAY)}
    assert browser.post(url, {**sent, "problem": "", "due_on": str(TODAY)}).status_code == 422
    assert browser.post(url, {**sent, "due_on": "2026-01-01"}).status_code == 422
    assert browser.post(url, sent).status_code == 303
    assert browser.post(url, sent).status_code == 422  # the same visit twice
    clerk = cast.actor("clerk")
    work = CampaignRecord.objects.get()
    assert (work.on, work.visit_id, duties(work)) == (TODAY - DAY, visit.pk, ["alliances.follow_up"])
    with pytest.raises(rules.ResultTooEarly):
        actions.state_result(actor=clerk, work=work, result="已疏通", result_on=TODAY - 2 * DAY, now=NOW)
    with pytest.raises(rules.WorkOpen):
        actions.close_campaign(actor=clerk, campaign=held, on=TODAY, now=NOW)
    actions.state_result(actor=clerk, work=work, result="已疏通", result_on=TODAY, now=NOW)
    assert duties(work) == []
    with pytest.raises(rules.HasResult):
        actions.state_result(actor=clerk, work=work, result="又疏通", result_on=TODAY, now=NOW)
    page = cast.client("contact").get(reverse("alliances:participant", kwargs={"key": part.key})).content.decode()
    assert "厂门口积水" in page and "已疏通" in page
    for who in ("other_contact", "village"):
        page = cast.client(who).get(reverse("alliances:participant", kwargs={"key": part.key})).content.decode()
        assert "厂门口积水" not in page and "只有主办地区和单位自己看得到" in page, who
    cast.actor("clerk")
    other = invite(cast, held, cast.second_firm)[0]
    with pytest.raises(rules.OtherVisit):
        actions.record_work(actor=cast.actor("clerk"), participant=other, visit=visit, on=TODAY, done="看", now=NOW)
    actions.close_campaign(actor=cast.actor("clerk"), campaign=held, on=TODAY, now=NOW)
    held.refresh_from_db()
    with pytest.raises(rules.CampaignClosed):
        invite(cast, held, cast.village)


def test_two_goals_one_counted_one_stated(cast: Cast) -> None:
    """Checklist 004-29: a goal without a number is reached by a document, never by a count."""
    held = campaign(cast, name="两个创建目标", kind="创建目标")
    stated = goal(cast, held, "stated", None, name="创成示范县")
    counted = goal(cast, held, "joined", 3, name="培育30家")
    for counts, target in (("stated", 3), ("joined", None)):
        with pytest.raises(rules.NeedsTarget):
            goal(cast, held, counts, target, name="错")
    with pytest.raises(rules.ActionExists):
        goal(cast, held, "joined", 3, name="培育30家")
    clerk = cast.actor("clerk")
    with pytest.raises(rules.NotStated):
        actions.reach_goal(actor=clerk, action=counted, on=TODAY, document="县委发1号", now=NOW)
    with pytest.raises(rules.StepTooEarly):
        actions.reach_goal(actor=clerk, action=stated, on=TODAY + DAY, document="县委发1号", now=NOW)
    actions.reach_goal(actor=clerk, action=stated, on=TODAY, document="县委发1号", now=NOW)
    shown = {one.name: (one.reached_on, one.reached) for one in campaign_page(clerk, held).goals}
    assert shown == {"创成示范县": (TODAY, None), "培育30家": (None, 0)}
    assert "县委发1号" in cast.client("clerk").get(held.get_absolute_url()).content.decode()


def test_a_sub_action_of_another_campaign_is_refused(cast: Cast) -> None:
    mine, other = campaign(cast), campaign(cast, name="VOCs全链整改")
    [part] = invite(cast, mine, cast.firm)
    foreign = goal(cast, other, "accepted")
    with pytest.raises(rules.OtherCampaign):
        item(cast, part, action=foreign)
    with pytest.raises(rules.OtherCampaign):
        actions.record_work(actor=cast.actor("clerk"), participant=part, action=foreign, on=TODAY, done="看", now=NOW)


def test_a_refused_form_keeps_what_was_typed(cast: Cast) -> None:
    held = campaign(cast)
    clerk, url = cast.client("clerk"), reverse("alliances:invite_to_campaign", kwargs={"key": held.key})
    answer = clerk.post(url, {"names": f"{cast.firm.name}\n没有这家厂", "status": "joined", "on": str(TODAY)})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "没有这家厂" in body and cast.firm.name in body
    cast.actor("clerk")
    assert not Participant.objects.exists()
    answer = clerk.post(url, {"names": f"{cast.firm.name}\n{cast.village.name}", "status": "joined", "on": str(TODAY)})
    assert answer.status_code == 303
    cast.actor("clerk")
    assert dict(Participant.objects.values_list("organization__name", "number")) == {cast.firm.name: 1, cast.village.name: 2}


def test_every_verb_writes_one_entry(cast: Cast) -> None:
    cast.actor("clerk")
    before = Entry.objects.count()
    held = campaign(cast)
    [part] = invite(cast, held, cast.firm)
    move(cast, part, "going")
    one = item(cast, part)
    actions.drop_rectification(actor=cast.actor("clerk"), item=one, reason="停用", now=NOW)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))[before:]
    assert verbs == [
        f"alliances.{name}"
        for name in ("open_campaign", "invite_to_campaign", "move_participant", "open_rectification", "drop_rectification")
    ]


def test_refusals_say_how_to_mend(cast: Cast) -> None:
    """Every refusal of the room has a Chinese sentence."""
    found = [one for one in vars(rules).values() if isinstance(one, type) and issubclass(one, Refused) and one is not Refused]
    assert len(found) > 20 and all(one.sentence for one in found)


def test_figures_of_a_past_day_are_of_that_day(cast: Cast) -> None:
    """What a body did later - going back, leaving, trying first - changes no figure of a day before."""
    from lianjian.alliances.figures import campaigns as figures
    from lianjian.foundation.declare import Scoped

    held = campaign(cast)
    start = TODAY - 20 * DAY
    [back, gone, pilot] = invite(cast, held, cast.firm, cast.second_firm, cast.village, on=start)
    for part, steps in (
        (back, [("done", 16, ""), ("going", 6, "复查有问题")]),
        (gone, [("left", 12, "搬迁"), ("joined", 4, "搬回来了")]),
        (pilot, [("pilot", 8, "")]),
    ):
        for status, ago, reason in steps:
            move(cast, part, status, TODAY - ago * DAY, reason=reason)

    def told(who: str, ago: int) -> tuple[int, int, int]:
        actor, day = cast.actor(who), TODAY - ago * DAY
        scoped = Scoped((cast.town.pk,), day, day)
        return tuple(
            one(actor, scoped).count() for one in (figures.taking_part, figures.completed, figures.pilots)
        )  # type: ignore[return-value]

    assert [told("clerk", ago) for ago in (21, 18, 14, 10, 7, 5, 2)] == [
        (0, 0, 0), (3, 0, 0), (3, 1, 0), (2, 1, 0), (2, 1, 1), (2, 0, 1), (3, 0, 1),
    ]  # fmt: skip
    assert told("county_clerk", 10) == (2, 1, 0)
    # Who reads no steps of the town has what the register says: all take part, one was a pilot.
    assert told("other_clerk", 10)[0] == 3 and told("other_clerk", 0) == (3, 0, 1)
