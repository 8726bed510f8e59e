"""Legal questions become a knowledge list; a chat group has members, pushes and answers on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.models import Case, Channel, Lesson
from lianjian.cases.tests.walk import register
from lianjian.foundation.rights import Denied
from tests.cast import NOW, Cast

ASKED = "土地流转合同到期对方不退地怎么办"


def answered(cast: Cast, text: str = ASKED) -> Case:
    case = register(cast, kind="legal", text=text, category="law", organization=None, organization_text="村民")
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW)
    actions.answer_case(actor=cast.actor("handler"), case=case, text="依合同主张返还,协商不成可申请仲裁。", now=NOW)
    return case


def test_an_answer_becomes_a_lesson_found_for_the_next_question(cast: Cast) -> None:
    fresh = register(cast, kind="legal", text=ASKED, category="law", organization=None, organization_text="村民")
    given = {"question": "流转合同到期不退地怎么办", "answer": "主张返还或申请仲裁", "category": "law", "now": NOW}
    with pytest.raises(rules.NoLesson):
        actions.keep_lesson(actor=cast.actor("clerk"), case=fresh, **given)
    with pytest.raises(rules.NoLesson):
        actions.keep_lesson(actor=cast.actor("clerk"), case=register(cast), **given)
    case = answered(cast)
    with pytest.raises(Denied):
        actions.keep_lesson(actor=cast.actor("handler"), case=case, **given)
    kept = actions.keep_lesson(actor=cast.actor("clerk"), case=case, **given)
    assert kept.number == case.number
    with pytest.raises(rules.LessonExists):
        actions.keep_lesson(actor=cast.actor("clerk"), **given)
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": fresh.key})).content.decode()
    assert "以前怎么答的" in page and kept.question in page
    listed = cast.client("handler").get(reverse("cases:lessons"), {"q": "仲裁"}).content.decode()
    assert kept.question in listed
    actions.retire_lesson(actor=cast.actor("clerk"), lesson=kept, now=NOW)
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": fresh.key})).content.decode()
    assert kept.question not in page


def test_a_chat_group_on_record(cast: Cast) -> None:
    channel = actions.open_channel(
        actor=cast.actor("clerk"),
        name="村法治服务互助微信群",
        organization=cast.village,
        members="江律师 律师\n周全 司法所\n\n江律师 律师",
        now=NOW,
    )
    assert channel.members.count() == 2
    with pytest.raises(rules.ChannelExists):
        actions.open_channel(actor=cast.actor("clerk"), name=channel.name, organization=cast.village, now=NOW)
    push = actions.post_in_channel(
        actor=cast.actor("village"), channel=channel, kind="push", title="民法典婚姻家庭编解读", text="三个案例", now=NOW
    )
    assert push.case is None
    asked = actions.post_in_channel(actor=cast.actor("village"), channel=channel, kind="question", title=ASKED, now=NOW)
    case = asked.case
    assert case is not None and (case.kind, case.source, case.village) == ("legal", "chat", cast.village)
    page = cast.client("clerk").get(reverse("cases:channel", kwargs={"key": channel.key})).content.decode()
    assert "推送 1 条" in page and "提问 1 条" in page and "待派单" in page and "江律师" in page
    with pytest.raises(Denied):
        actions.post_in_channel(actor=cast.actor("handler"), channel=channel, kind="push", title="x", now=NOW)
    assert cast.client("other_clerk").get(reverse("cases:channel", kwargs={"key": channel.key})).status_code == 404
    actions.set_members(actor=cast.actor("clerk"), channel=channel, members="江律师 律师", now=NOW)
    actions.close_channel(actor=cast.actor("clerk"), channel=channel, now=NOW)
    with pytest.raises(rules.ChannelClosed):
        actions.post_in_channel(actor=cast.actor("clerk"), channel=channel, kind="push", title="x", now=NOW)


def test_by_form(cast: Cast) -> None:
    client, case = cast.client("clerk"), answered(cast)

    def send(name: str, values: dict[str, Any], query: str = "", **address: Any) -> None:
        answer = client.post(reverse(f"cases:{name}", kwargs=address) + query, values)
        assert answer.status_code == 303, answer.content.decode()

    form = client.get(f"{reverse('cases:keep_lesson')}?case={case.key}").content.decode()
    assert "申请仲裁" in form
    words = {"question": "到期不退地", "answer": "申请仲裁", "category": "law"}
    send("keep_lesson", words, f"?case={case.key}")
    cast.actor("clerk")
    key = Lesson.objects.get().key
    send("change_lesson", {"question": "到期不退地怎么办", "answer": "先协商,再申请仲裁"}, key=key)
    assert "先协商" in client.get(reverse("cases:lesson", kwargs={"key": key})).content.decode()
    send("retire_lesson", {}, key=key)
    send("open_channel", {"name": "法治群", "organization": cast.village.name, "members": "江律师 律师"})
    cast.actor("clerk")
    channel = Channel.objects.get().key
    send("post", {"kind": "push", "title": "普法", "posted_on": "2026-03-09"}, key=channel)
    send("channel_members", {"members": "江律师 律师\n周全 司法所"}, key=channel)
    assert "法治群" in client.get(reverse("cases:channels")).content.decode()
    send("close_channel", {}, key=channel)


def test_jobs_carry_their_channel(cast: Cast) -> None:
    case = register(cast)
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    made = actions.add_measure(
        actor=cast.actor("handler"),
        case=case,
        kind="jobs",
        what="帮助乡邻就业",
        quantity="200余人",
        channel="招聘会",
        now=NOW,
    )
    assert (made.channel, made.amount) == ("招聘会", 200)
    page = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "招聘会" in page


def test_the_bulletin_prints_with_every_number_of_its_own(cast: Cast) -> None:
    answered(cast)
    client = cast.client("leader")
    page = client.get(reverse("insight:report", kwargs={"name": "casework"}), {"period": "2026-03"}).content.decode()
    assert "诉求办理情况通报" in page and "登记各类诉求" in page and "▢" not in page and "无数据" in page
