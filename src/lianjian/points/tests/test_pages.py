"""Points through the front door: pages, papers, figures and the interface for programs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lianjian.events.tests.meetingwork import planned
from lianjian.foundation import registry
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.clock import local_day
from lianjian.insight.queries import compute, place_of
from lianjian.insight.rules import read_period
from lianjian.points.models import Account, Claim, Edition, Exchange, ExchangeDay, Good, Review, Scheme
from tests import samples
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)


def post(client: Client, path: str, **values: object) -> str:
    answer = client.post(path, values)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _set_up(village: Client, cast: Cast) -> Scheme:
    """A scheme with items, three accounts and a stocked good, all by pages."""
    assert "还没有积分办法" in text(village, "/points/")
    values = {"organization": cast.village.name, "name": "积分超市", "unit": "household", "per": "month"}
    where = post(village, "/points/new", **values, show_days=5, carries="on")
    held = Scheme.objects.get()
    assert where == f"/points/{held.key}"
    assert f"{where}/editions/new\"" in text(village, where) and f"{where}/claims/new" not in text(village, where)
    days = {"decided_on": "2026-02-20", "published_on": "2026-02-25", "starts_on": "2026-03-01"}
    wrong = village.post(f"{where}/editions/new", {**days, "items": "清整 2\n迟到 -1", "document": "决议"})
    assert "只加分,不设扣分项" in wrong.content.decode() and "迟到 -1" in wrong.content.decode()
    early = village.post(
        f"{where}/editions/new", {**days, "starts_on": "2026-02-24", "items": "清整 2", "document": "决议"}
    )
    assert "先公布后启用" in early.content.decode()
    post(village, f"{where}/editions/new", **days, items="参加清整 2\n出义务工:10分", document="村民代表会议决议")
    assert f"{where}/accounts/new" in text(village, where) and f"{where}/claims/new" not in text(village, where)
    rows = "一组\t田小满\t30\n一组 林秋实\n周长宁"
    nothing = village.post(f"{where}/accounts/new", {"rows": rows}).content.decode()
    assert "请写明依据" in nothing and "周长宁" in nothing and not Account.objects.exists()
    post(village, f"{where}/accounts/new", rows=rows, document="2025年台账", agreed="on")
    assert list(Account.objects.order_by("number").values_list("name", "group", "balance")) == [
        ("田小满", "一组", 30), ("林秋实", "一组", 0), ("周长宁", "", 0),
    ]  # fmt: skip
    good = post(village, f"{where}/goods/new", name="洗衣粉", unit="袋", price=8)
    post(village, f"{good}/stock", kind="donated", quantity=3, on="2026-03-02", document="捐赠单", donor=cast.firm.name)
    assert Good.objects.get().stock == 3 and cast.firm.name in text(village, good)
    return held


def test_a_village_walks_from_what_was_done_to_what_was_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [datetime(2026, 3, 9, 10, tzinfo=CHINA)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])
    village = cast.client("village")
    held = _set_up(village, cast)
    where = f"/points/{held.key}"
    filed = {"on": "2026-03-08", "item": "参加清整", "times": 2, "proof": "签到表"}
    lost = village.post(f"{where}/claims/new", {**filed, "accounts": "1. 李不在"}).content.decode()
    assert "没有找到“李不在”" in lost and "李不在" in lost and not Claim.objects.exists()
    post(village, f"{where}/claims/new", **filed, accounts="1. 田小满\n2. 林秋实\n周长宁")
    assert "待初核3项" in text(village, where)
    keys = [str(key) for key in Claim.objects.order_by("pk").values_list("key", flat=True)]
    post(village, f"{where}/claims/check", claims=keys, on="2026-03-09", by="组长")
    even = village.post(f"{where}/reviews/new", {"on": "2026-03-09", "jurors": "甲\n乙"}).content.decode()
    assert "3人以上且为单数" in even
    review = post(village, f"{where}/reviews/new", on="2026-03-09", jurors="甲/1\n乙\n丙")
    page = text(village, review)
    assert "自家户号1,回避" in page and "未登记" in page
    votes = dict(zip((key.replace("-", "") for key in keys), (2, 3, 1), strict=True))
    over = village.post(f"{review}/votes", {**votes, keys[0].replace("-", ""): 3})
    assert over.status_code == 422
    post(village, f"{review}/votes", **votes)
    post(village, f"{review}/show", on="2026-03-09", document="评议记录")
    paper = text(village, f"{review}/paper")
    assert "田小满" in paper and "周长宁" not in paper and "参加清整 × 2" in paper
    soon = village.post(f"{review}/post", {"on": "2026-03-09"}).content.decode()
    assert "之后才能入账" in soon
    now[0] += 5 * DAY
    village = cast.client("village")
    post(village, f"{review}/post", on="2026-03-14")
    assert list(Account.objects.order_by("number").values_list("balance", flat=True)) == [34, 4, 0]
    _exchange(village, where)
    account = Account.objects.get(number=1)
    ledger = text(village, account.get_absolute_url())
    assert "余额34分" in ledger and "已退回" in ledger and "兑换支出" in ledger and "期初结转" in ledger
    entry = account.entries.get(kind="earned")
    post(village, f"/points/entries/{entry.key}/reverse", reason="次数记错")
    assert "已冲正" in text(village, account.get_absolute_url())
    assert Account.objects.get(number=1).balance == 30
    post(village, f"{where}/end")
    assert "已停止" in text(village, "/points/?used=past")


def _exchange(village: Client, where: str) -> None:
    """Two takes, one of which is refused, one given back; then the day is closed."""
    day = post(village, f"{where}/days/new", on="2026-03-14", place="党群服务中心")
    good = str(Good.objects.get().key)
    short = village.post(f"{day}/exchange", {"account": "2", "good": good, "quantity": 1}).content.decode()
    assert "现有4分,这次兑换要8分" in short
    many = village.post(f"{day}/exchange", {"account": "1", "good": good, "quantity": 4}).content.decode()
    assert "只剩3袋" in many
    assert post(village, f"{day}/exchange", account="田小满", good=good, quantity=2) == f"{day}/exchange"
    assert "1户兑换1笔,用去16分" in text(village, day)
    assert "签字" in text(village, f"{day}/paper") and Good.objects.get().stock == 1
    back = f"/points/exchanges/{Exchange.objects.get().key}/back"
    post(village, back, reason="拿错了", restock="on")
    assert Good.objects.get().stock == 3
    post(village, f"{day}/close")
    assert "已结束" in text(village, "/points/days?state=closed")


def test_names_hang_out_with_consent_only(cast: Cast) -> None:
    held = samples._points(cast)
    village = cast.client("village")
    review = Review.objects.get(number=2)
    assert "林秋实" in text(village, f"/points/reviews/{review.key}/paper")
    account = held.accounts.get(name="林秋实")
    post(village, f"/points/accounts/{account.key}/change", name="林秋实", group="二组")
    paper = text(village, f"/points/reviews/{review.key}/paper")
    assert "林秋实" not in paper and "没有同意公示姓名的只列户号" in paper


def test_doors_that_stay_shut(cast: Cast) -> None:
    held = samples._points(cast)
    account, day = held.accounts.get(number=1), held.days.get(on=TODAY)
    for who in ("contact", "handler"):
        for path in (held.get_absolute_url(), account.get_absolute_url(), day.get_absolute_url()):
            assert cast.client(who).get(path).status_code in (403, 404)
    leader = cast.client("leader")
    assert leader.get(account.get_absolute_url()).status_code == 200
    assert leader.post(f"{account.get_absolute_url()}/close").status_code in (403, 404)
    assert cast.client("other_clerk").get(account.get_absolute_url()).status_code == 404
    page = text(leader, held.get_absolute_url())
    assert "登记积分</" not in page and "出入库" not in page


def test_accounts_go_by_number_and_never_by_points(cast: Cast) -> None:
    samples._points(cast)
    page = text(cast.client("village"), "/points/accounts?sort=-balance")
    assert page.index("1 · 田小满") < page.index("2 · 林秋实") and "sort=balance" not in page
    by_number = text(cast.client("village"), "/points/accounts?q=2")
    assert "2 · 林秋实" in by_number and "1 · 田小满" not in by_number


def test_an_edition_is_withdrawn_while_nothing_rests_on_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held = samples._points(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    village, where = cast.client("village"), f"/points/{held.key}"
    first = held.editions.get()
    assert "撤回这一版" not in text(village, where)
    assert village.post(f"/points/editions/{first.key}/withdraw").status_code == 409
    days = {"decided_on": str(TODAY), "published_on": str(TODAY), "starts_on": str(TODAY + 9 * DAY)}
    post(village, f"{where}/editions/new", **days, items="新事项 3", document="决议")
    page = text(village, where)
    assert "待启用" in page and "新事项" in page
    post(village, f"/points/editions/{Edition.objects.get(number=2).key}/withdraw")
    assert "新事项" not in text(village, where)


def test_the_activity_leads_to_its_exchange(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held = samples._points(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    meeting = planned(cast, kind="积分兑换", convener=cast.village, title="积分集中兑换")
    village = cast.client("village")
    page = text(village, meeting.get_absolute_url())
    link = f"/points/{held.key}/days/new?meeting={meeting.key}"
    assert link in page
    assert f'value="{meeting.key}" selected' in text(village, link)
    other = village.post(f"/points/{held.key}/days/new", {"on": str(TODAY + DAY), "meeting": str(meeting.key)})
    assert "兑换日请填活动当天" in other.content.decode()
    post(village, f"/points/{held.key}/days/new", on=str(local_day(meeting.starts_at)), meeting=str(meeting.key))
    made = ExchangeDay.objects.get(meeting=meeting)
    page = text(village, meeting.get_absolute_url())
    assert made.get_absolute_url() in page and link not in page
    assert meeting.get_absolute_url() in text(village, made.get_absolute_url())
    assert held.name in text(village, cast.village.get_absolute_url())
    assert held.name in text(village, "/search?q=积分超")


def test_figures_open_on_their_rows(cast: Cast) -> None:
    samples._points(cast)
    clerk = cast.actor("clerk")
    place, period = place_of(clerk, ""), read_period("2026", today=TODAY)
    assert place is not None
    for code, value in (("points.days", 1), ("points.exchanges", 1), ("points.entered", 1)):
        assert compute(clerk, registry.indicators[code], place, period).value == value
    page = text(cast.client("clerk"), "/figures/points.exchanges/?period=2026")
    assert "田小满" in page and "洗衣粉" in page


def test_programs_file_and_exchange_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held = samples._points(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client, base = cast.client("village"), "/api/v1/points"

    def send(path: str, said: dict[str, Any], key: str = "") -> tuple[int, dict[str, Any]]:
        headers = {"Idempotency-Key": key} if key else {}
        answer = client.post(f"{base}{path}", said, "application/json", headers=headers)
        return answer.status_code, answer.json()

    [scheme] = client.get(base).json()["schemes"]
    assert scheme["name"] == "积分超市" and scheme["per"] == "month"
    detail = client.get(f"{base}/{held.key}").json()
    assert detail["items"] == [{"name": "卫生清整", "points": 20}] and detail["goods"][0]["stock"] == 49
    rows = client.get(f"{base}/{held.key}/accounts").json()["accounts"]
    assert [(one["number"], one["balance"]) for one in rows] == [(1, 12), (2, 0)]
    said = {"item": "卫生清整", "accounts": ["1", "林秋实"], "on": str(TODAY - 3 * DAY), "proof": "网格员巡查"}
    first = send(f"/{held.key}/claims", said, "one")
    assert first == send(f"/{held.key}/claims", said, "one") == (201, {"filed": 2, "points": 20})
    assert send(f"/{held.key}/claims", said)[0] == 409
    assert send(f"/{held.key}/claims", {**said, "accounts": ["无此人"]})[0] == 422
    day = client.get(f"{base}/days?scheme={held.key}").json()["days"][0]
    take = {"account": rows[0]["key"], "good": detail["goods"][0]["key"], "quantity": 1}
    status, told = send(f"/days/{day['key']}/exchanges", take, "two")
    assert (status, told["points"], told["balance"]) == (201, 8, 4)
    assert send(f"/days/{day['key']}/exchanges", take, "two")[1] == told
    assert send(f"/days/{day['key']}/exchanges", take)[0] == 409  # four points are left
    assert cast.client("contact").get(base).status_code == 403
