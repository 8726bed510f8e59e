"""One's own messages and nobody else's; told once; a link into the house only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianjian.directory.models import Grant
from lianjian.foundation import clock
from lianjian.foundation.actor import Actor
from lianjian.notices import actions, tasks
from lianjian.notices.models import Message
from lianjian.notices.queries import unread_count
from tests.cast import NOW, Cast


def send(
    cast: Cast, *to: str, actor: Actor | None = None, title: str = "有一件诉求派给您", **more: str
) -> int:
    more.setdefault("url", "/cases/1/")
    return actions.notify(
        actor=actor or cast.system(), user_ids=[cast.users[who].pk for who in to], kind="case.dispatched",
        title=title, now=NOW, **more,
    )  # fmt: skip


def test_many_recipients_cost_one_statement(cast: Cast) -> None:
    actor = cast.system()
    with CaptureQueriesContext(connection) as caught:
        assert send(cast, "clerk", "handler", "contact", "leader", actor=actor) == 4
    assert len([q for q in caught if q["sql"].startswith("INSERT")]) == 1
    assert len(caught) <= 3  # with the savepoint


def test_the_same_key_arrives_once(cast: Cast) -> None:
    assert send(cast, "clerk", "handler", key="case:1:dispatched") == 2
    assert send(cast, "clerk", "contact", key="case:1:dispatched") == 1
    assert send(cast, "clerk", "clerk") == 1
    assert send(cast, "clerk") == 1


def test_messages_cross_the_border_only_to_their_recipient(cast: Cast) -> None:
    """A town tells the county and the county a town, though neither may write there."""
    assert send(cast, "county_clerk", "other_clerk", actor=cast.actor("handler"), title="越界消息") == 2
    assert unread_count(cast.actor("county_clerk")) == 1
    assert unread_count(cast.actor("other_clerk")) == 1
    assert "越界消息" in cast.client("other_clerk").get("/inbox/").content.decode()
    for who in ("clerk", "county_leader", "handler", "system_admin"):
        assert unread_count(cast.actor(who)) == 0
        client = cast.client(who)
        assert "越界消息" not in client.get("/inbox/").content.decode()
        assert "越界消息" not in client.get("/inbox/?q=越界").content.decode()
    cast.actor("other_clerk")
    key = Message.objects.get(user=cast.users["other_clerk"]).key
    assert cast.client("county_leader").get(f"/inbox/{key}/").status_code == 404


def test_a_grant_counts_by_the_day_in_china(cast: Cast) -> None:
    """Half past midnight in Beijing is still yesterday in UTC."""
    night = datetime(2026, 3, 8, 16, 30, tzinfo=UTC)
    cast.system()
    Grant.objects.filter(user=cast.users["clerk"]).update(since=date(2026, 3, 9))
    Grant.objects.filter(user=cast.users["handler"]).update(until=date(2026, 3, 9))
    for who, told in (("clerk", 1), ("handler", 0)):
        sent = actions.notify(
            actor=cast.system(), user_ids=[cast.users[who].pk], kind="test", title="夜里", url="/x/", now=night
        )
        assert sent == told, who


def test_opening_reads_and_leads_to_the_record(cast: Cast) -> None:
    send(cast, "clerk", url="/directory/")
    client = cast.client("clerk")
    actor = cast.actor("clerk")
    message = Message.objects.visible_to(actor).get()  # type: ignore[attr-defined]
    answer = client.get(f"/inbox/{message.key}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/directory/")
    cast.actor("clerk")
    message.refresh_from_db()
    assert message.state == "read" and message.read_at is not None
    send(cast, "clerk", url="/directory/", title="带说明", text="第一行\n<b>第二行</b>", key="k")
    cast.actor("clerk")
    long = Message.objects.get(title="带说明")
    page = client.get(f"/inbox/{long.key}/").content.decode()
    assert "&lt;b&gt;第二行" in page and "打开相关记录" in page


def test_badge_list_and_read_all(cast: Cast) -> None:
    for number in range(3):
        send(cast, "handler", title=f"消息{number}")
    client = cast.client("handler")
    page = client.get("/inbox/?state=unread").content.decode()
    assert all(f"消息{n}" in page for n in range(3)) and "全部标为已读" in page
    assert client.post("/inbox/read-all/").status_code == 303
    page = client.get("/inbox/?state=unread").content.decode()
    assert "消息0" not in page and "全部标为已读" not in page
    assert "消息0" in client.get("/inbox/?state=read").content.decode()
    assert client.get("/inbox/read-all/").status_code == 405


def test_a_message_leads_only_into_the_house(cast: Cast) -> None:
    for url in ("https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="inside the house"):
            send(cast, "clerk", url=url)


def test_an_account_without_grant_has_no_inbox(cast: Cast) -> None:
    from lianjian.accounts.models import User

    nobody = User.objects.create(username="nobody", name="无岗")
    assert (
        actions.notify(actor=cast.system(), user_ids=[nobody.pk], kind="x", title="x", url="", now=NOW) == 0
    )


def test_old_messages_go(cast: Cast) -> None:
    now = clock.now()
    send(cast, "clerk", title="新的")
    send(cast, "clerk", title="读过的旧的")
    send(cast, "clerk", title="没读的旧的")
    cast.actor("clerk")
    Message.objects.filter(title="新的").update(at=now)
    Message.objects.filter(title__endswith="旧的").update(at=now - timedelta(days=200))
    Message.objects.filter(title="读过的旧的").update(state="read", read_at=now)
    cast.system()
    tasks.tidy(jurisdiction_id=cast.town.pk)
    assert set(Message.objects.values_list("title", flat=True)) == {"新的", "没读的旧的"}


def test_the_export_that_a_job_made_is_for_one_person(cast: Cast, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "list.csv"
    path.write_bytes("甲,乙\n".encode())
    actor = cast.actor("clerk")
    file = actions.deliver_export(
        actor=actor, name="诉求清单.csv", path=str(path), media_type="text/csv", now=NOW
    )
    client = cast.client("clerk")
    assert "文件已生成" in client.get("/inbox/").content.decode()
    assert "诉求清单.csv" in client.get("/files/").content.decode()
    answer = client.get(f"/files/{file.key}/")
    assert b"".join(answer.streaming_content) == "甲,乙\n".encode()  # type: ignore[attr-defined]
    for who in ("handler", "leader", "county_clerk", "other_clerk"):
        assert cast.client(who).get(f"/files/{file.key}/").status_code == 404
        assert "诉求清单" not in cast.client(who).get("/files/").content.decode()
