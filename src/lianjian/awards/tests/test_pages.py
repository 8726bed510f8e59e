"""Awards through the front door: pages, the printed list, figures and the interface for programs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from lianjian.awards.models import Nominee, Round, Scheme
from lianjian.foundation import registry
from lianjian.foundation.calendar import CHINA
from lianjian.insight.queries import compute, place_of
from lianjian.insight.rules import read_period
from tests.cast import NOW, TODAY, Cast

from .test_rounds import CLEAN, looked, named, opened, scheme, shown, whole

DAY = timedelta(days=1)


def post(client: Client, path: str, **values: object) -> str:
    answer = client.post(path, values)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def test_a_village_walks_through_a_round(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [datetime(2026, 3, 9, 10, tzinfo=CHINA)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])
    village = cast.client("village")
    assert "还没有评选" in village.get("/awards/").content.decode()
    first = village.get("/awards/new").content.decode()
    assert cast.village.name in first
    values = {"organization": cast.village.name, "name": "七净一规范", "subject": "household", "per": "quarter"}
    wrong = village.post("/awards/new", values | {"show_days": 5, "needs_all": "on"}).content.decode()
    assert "请先一条一行写出评选标准" in wrong and "七净一规范" in wrong
    post(village, "/awards/new", **values, show_days=5, needs_all="on", criteria=CLEAN)
    award = Scheme.objects.get()
    page = village.get(f"/awards/{award.key}").content.decode()
    assert "2026年第1季度" in page and "还没有开展" in page and "物品摆放规范" in page
    where = post(village, f"/awards/{award.key}/rounds/new", starts="2026-01-01")
    held = Round.objects.get()
    assert where == f"/awards/rounds/{held.key}"
    post(village, f"{where}/nominees/new", name="田小满", group="一组", way="group", on="2026-03-09", agreed="on")
    post(village, f"{where}/nominees/new", name="林秋实", way="self", on="2026-03-09")
    one, other = Nominee.objects.order_by("number")
    assert f"{where}/show" not in village.get(where).content.decode()
    for number, who in ((8, one), (7, other)):
        met = [str(n) for n in range(1, number + 1)]
        post(village, f"/awards/nominees/{who.key}/check", met=met, on="2026-03-09", by="评选小组")
    assert "没达到:" in village.get(where).content.decode()
    said = village.post(f"{where}/show", {"chosen": [str(one.key)], "on": "2026-03-09", "document": "会议记录"})
    assert "没有同意公示姓名" in said.content.decode()  # the second look said nothing of consent
    post(village, f"/awards/nominees/{one.key}/check", met=[str(n) for n in range(1, 9)], on="2026-03-09", agreed="on")
    post(village, f"{where}/show", chosen=[str(one.key)], on="2026-03-09", document="会议记录")
    page = village.get(where).content.decode()
    assert "公示到" in page and f"{where}/decide" not in page
    early = village.post(f"{where}/decide", {"on": "2026-03-09", "document": "通报"}).content.decode()
    assert "之后才能公布结果" in early
    now[0] += 5 * DAY
    village = cast.client("village")
    assert f"{where}/decide" in village.get(where).content.decode()
    post(village, f"{where}/decide", on="2026-03-14", document="通报")
    paper = village.get(f"{where}/paper").content.decode()
    assert "评选结果" in paper and "田小满" in paper and "林秋实" not in paper
    listed = village.get("/awards/rounds?state=decided").content.decode()
    assert "七净一规范 · 2026年第1季度" in listed
    assert "七净一规范" in village.get(cast.village.get_absolute_url()).content.decode()
    assert "七净一规范" in village.get("/search?q=七净").content.decode()
    post(village, f"/awards/nominees/{one.key}/strike", reason="情况变了")
    assert "已撤销" in village.get(where).content.decode()
    post(village, f"/awards/{award.key}/end")
    assert "已停止" in village.get("/awards/?used=past").content.decode()


def test_doors_that_stay_shut(cast: Cast) -> None:
    held = opened(cast)
    one = named(cast, held)
    for who in ("contact", "handler"):
        assert cast.client(who).get(f"/awards/rounds/{held.key}").status_code == 404
    leader = cast.client("leader")
    assert leader.get(f"/awards/rounds/{held.key}").status_code == 200
    assert leader.post(f"/awards/nominees/{one.key}/strike", {"reason": "x"}).status_code in (403, 404)
    assert cast.client("village").get(f"/awards/rounds/{held.key}/paper").status_code == 404  # nothing hangs out yet
    assert cast.client("other_clerk").get(f"/awards/rounds/{held.key}").status_code == 404


def test_periods_that_were_missed_are_named(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    award = scheme(cast, now=datetime(2025, 7, 1, 10, tzinfo=CHINA))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    page = cast.client("village").get(f"/awards/{award.key}").content.decode()
    assert page.count(">没有评选<") == 2 and "2025年第3季度" in page and "还没有开展" in page
    assert "过期未评" in page


def test_figures_open_on_their_rows(cast: Cast) -> None:
    whole(cast, "田小满", "林秋实")
    whole(cast, "周长宁", award=scheme(cast, name="最美村民", subject="person", per="half"))
    held = opened(cast, scheme(cast, name="最美家庭", subject="family", per="half"))
    shown(cast, held, looked(cast, named(cast, held)))
    clerk = cast.actor("clerk")
    place, period = place_of(clerk, ""), read_period("2026-03", today=TODAY)
    assert place is not None
    for code, value in (("awards.rounds", 2), ("awards.awarded", 3)):
        assert compute(clerk, registry.indicators[code], place, period).value == value
    page = cast.client("clerk").get("/figures/awards.awarded/?period=2026-03").content.decode()
    assert "田小满" in page and "周长宁" in page and "农户" in page


def test_programs_read_results_and_put_forward(cast: Cast) -> None:
    held = opened(cast)
    client, base = cast.client("village"), "/api/v1/awards"
    said = {"name": "田小满", "way": "group", "on": str(TODAY), "agreed": True}

    def send(key: str = "", **more: object) -> tuple[int, dict[str, object]]:
        headers = {"Idempotency-Key": key} if key else {}
        answer = client.post(f"{base}/rounds/{held.key}/nominees", said | more, "application/json", headers=headers)
        return answer.status_code, answer.json()

    first = send("one")
    assert first == send("one") and first[0] == 201 and first[1]["number"] == 1
    assert send()[0] == 409 and send(name=" ")[0] == 422 and send(name="王二", way="lot")[0] == 422
    one = Nominee.objects.get()
    shown(cast, held, looked(cast, one))
    named_ = client.get(f"{base}/rounds/{held.key}").json()
    assert named_["names"] == [{"name": "田小满", "group": ""}] and named_["stood"] == 1
    assert [row["state"] for row in client.get(f"{base}/rounds?year=2026&state=shown").json()["rounds"]] == ["shown"]
    [award] = client.get(f"{base}?organization={cast.village.key}").json()["awards"]
    assert award["name"] == "七净一规范" and award["per"] == "quarter" and award["since"] == str(TODAY)
    assert cast.client("contact").get(base).json()["awards"] == []
