"""The pages of alliances and their interface for programs, by the people who use them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lianjian.alliances.models import Alliance, AllianceMember, Brand, Demonstration, Term
from lianjian.alliances.tests.test_alliances import admit, found
from lianjian.foundation import clock
from tests.cast import TODAY, Cast

DATES = {"founded_on": "2025-06-01"}


def test_a_clerk_founds_one_and_brings_its_members(cast: Cast) -> None:
    clerk = cast.client("clerk")
    new = reverse("alliances:found")
    assert "龙头带动型" in clerk.get(new).content.decode()
    sent = {**DATES, "form": "functional", "name": "家具产业党建联盟", "mode": "产业链接型", "tags": ["活动共联"]}
    other = found(cast, "木业联盟").organization
    wrong = clerk.post(new, {**sent, "organization": str(other.key)})
    assert wrong.status_code == 422 and "二者填一个" in wrong.content.decode()
    taken = clerk.post(new, {**sent, "name": "", "organization": str(other.key)})
    assert taken.status_code == 422 and "已经登记为联建组织" in taken.content.decode()
    assert clerk.post(new, {**sent, "name": ""}).status_code == 422
    made = clerk.post(new, sent)
    assert made.status_code == 303, made.content.decode()
    cast.actor("clerk")
    alliance = Alliance.objects.latest("pk")
    seat = reverse("alliances:admit", kwargs={"key": alliance.key})
    assert clerk.get(seat).status_code == 200
    joined = clerk.post(seat, {"organization": str(cast.firm.key), "role": "链主企业", "since": "2025-07-01"})
    assert joined.status_code == 303, joined.content.decode()
    again = clerk.post(seat, {"organization": str(cast.firm.key), "role": "链主企业", "since": "2025-08-01"})
    assert again.status_code == 422 and "已经以这个角色加入" in again.content.decode()
    page = clerk.get(reverse("alliances:alliance", kwargs={"key": alliance.key})).content.decode()
    assert cast.firm.name in page and "链主企业" in page and "活动共联" in page
    before = clerk.get(reverse("alliances:alliance", kwargs={"key": alliance.key}) + "?day=2025-06-15").content.decode()
    assert "这一天没有成员" in before
    listed = " ".join(clerk.get(reverse("alliances:list") + "?mode=产业链接型&q=家具").content.decode().split())
    assert "家具产业党建联盟" in listed and "共 1 条" in listed
    assert "家具产业党建联盟" in clerk.get(f"/directory/organizations/{cast.firm.key}").content.decode()
    assert "家具产业党建联盟" in clerk.get("/search?q=家具产业").content.decode()
    cast.actor("clerk")
    leave = reverse("alliances:leave", kwargs={"key": AllianceMember.objects.get().key})
    assert clerk.post(leave, {"until": "2025-06-01"}).status_code == 422
    assert clerk.post(leave, {"until": TODAY.isoformat()}).status_code == 303


def test_change_dissolve_brand_and_demonstration_by_form(cast: Cast) -> None:
    alliance = found(cast)
    clerk, keys = cast.client("clerk"), {"key": alliance.key}
    change = reverse("alliances:change", kwargs=keys)
    assert clerk.post(change, {"mode": "项目牵引型", "functions": ["抱团发展"], "charter": "共建共享"}).status_code == 303
    alliance.refresh_from_db()
    assert (alliance.mode, alliance.functions, alliance.charter) == ("项目牵引型", ["抱团发展"], "共建共享")
    named = reverse("alliances:demonstration", kwargs=keys)
    assert clerk.post(named, {"year": "2026", "title": "共富产业园"}).status_code == 303
    assert clerk.post(named, {"year": "1900", "title": "x"}).status_code == 422
    brand = reverse("alliances:brand", kwargs={"key": alliance.organization.key})
    assert clerk.post(brand, {"name": "红色木匠", "since": "2026-01-01"}).status_code == 303
    assert clerk.post(reverse("alliances:terms"), {"list": "chain", "name": "家具"}).status_code == 303
    assert clerk.post(reverse("alliances:terms"), {"list": "chain", "name": "家具"}).status_code == 422
    cast.actor("clerk")
    retire = reverse("alliances:retire_term", kwargs={"key": Term.objects.get().key})
    assert clerk.post(retire).status_code == 303 and Term.objects.get().retired_on is not None
    assert (Brand.objects.count(), Demonstration.objects.count()) == (1, 1)
    over = reverse("alliances:dissolve", kwargs=keys)
    assert clerk.post(over, {"on": TODAY.isoformat()}).status_code == 303
    assert "已解散" in clerk.get(reverse("alliances:alliance", kwargs=keys)).content.decode()


def test_a_year_without_a_demonstration_project_says_so(cast: Cast) -> None:
    alliance, clerk = found(cast), cast.client("clerk")
    year, listed = clock.today().year, reverse("alliances:demonstrations")
    told = f"{year}年还没有确定联建示范项目,每年确定1至2个。"
    assert told in clerk.get(reverse("alliances:list")).content.decode()
    assert told in clerk.get(listed).content.decode()
    named = reverse("alliances:demonstration", kwargs={"key": alliance.key})
    assert clerk.post(named, {"year": str(year), "title": "共富产业园"}).status_code == 303
    assert told not in clerk.get(reverse("alliances:list")).content.decode()
    shown = clerk.get(listed + f"?year={year}").content.decode()
    assert "共富产业园" in shown and f"{year}年已确定1个联建示范项目" in shown
    assert clerk.get(listed + "?year=19x6").status_code == 200
    assert clerk.post("/export", {"page": "alliances.demonstrations", "query": ""}).status_code == 200
    figure = clerk.get(reverse("insight:figure", kwargs={"code": "alliances.demonstrations"})).content.decode()
    assert "共富产业园" in figure
    cast.actor("clerk")
    gone = reverse("alliances:drop_demonstration", kwargs={"key": Demonstration.objects.get().key})
    assert gone in clerk.get(reverse("alliances:alliance", kwargs={"key": alliance.key})).content.decode()
    assert cast.client("other_clerk").post(gone).status_code == 404
    assert clerk.post(gone).status_code == 303 and Demonstration.objects.count() == 0
    assert told in clerk.get(listed).content.decode()


def test_the_count_of_a_day(cast: Cast) -> None:
    one, two = found(cast), found(cast, "木业联盟", mode="龙头带动型")
    for alliance in (one, two):
        admit(cast, alliance, cast.firm)
    leader = cast.client("leader")
    page = " ".join(leader.get(reverse("alliances:count") + f"?day={TODAY}").content.decode().split())
    assert '<td>企业</td><td class="is-number">2</td>' in page and f"?day={TODAY}&amp;kind=enterprise#bodies" in page
    opened = leader.get(reverse("alliances:count") + f"?day={TODAY}&kind=enterprise").content.decode()
    assert "企业名单" in opened and opened.count(cast.firm.name) == 2
    part = leader.get(reverse("alliances:count") + "?mode=龙头带动型&day=不是日期").content.decode()
    assert '<td class="is-number">1</td>' in part and '<td class="is-number">0</td>' in part
    figure = leader.get("/figures/alliances.enterprises/").content.decode()
    assert cast.firm.name in figure


@pytest.mark.parametrize(("who", "reads", "writes"), [("leader", 200, 403), ("handler", 200, 403), ("contact", 200, 403), ("other_clerk", 200, 404)])
def test_the_register_is_read_across_towns_and_written_at_home(cast: Cast, who: str, reads: int, writes: int) -> None:
    alliance = found(cast)
    client = cast.client(who)
    assert client.get(reverse("alliances:alliance", kwargs={"key": alliance.key})).status_code == reads
    sent = {"organization": str(cast.firm.key), "role": "成员单位", "since": TODAY.isoformat()}
    assert client.post(reverse("alliances:admit", kwargs={"key": alliance.key}), sent).status_code == writes
    assert not AllianceMember.objects.exists()


def test_programs_read_count_and_admit(cast: Cast) -> None:
    alliance = found(cast)
    clerk = cast.client("clerk")
    base = "/api/v1/alliances"
    sent = {"organization": str(cast.firm.key), "role": "链主企业", "since": "2026-02-01"}
    made = clerk.post(f"{base}/{alliance.key}/members", sent, content_type="application/json")
    assert made.status_code == 201 and made.json()["name"] == cast.firm.name, made.content
    assert clerk.post(f"{base}/{alliance.key}/members", sent, content_type="application/json").status_code == 409
    assert [one["name"] for one in clerk.get(base).json()["alliances"]] == ["家具产业党建联盟"]
    assert clerk.get(f"{base}/{alliance.key}/members?day=2026-01-31").json() == []
    assert [one["role"] for one in clerk.get(f"{base}/{alliance.key}/members").json()] == ["链主企业"]
    assert clerk.get(f"{base}/count").json() == [{"kind": "企业", "seats": 1, "distinct": 1, "overlap": 0}]


@pytest.mark.parametrize("query", ["?day=9999-12-31", "?day=0001-01-01", "?mode=%00", "?mode=A%26B&kind=enterprise"])
def test_odd_questions_are_answered(cast: Cast, query: str) -> None:
    alliance = found(cast)
    clerk = cast.client("clerk")
    assert clerk.get(reverse("alliances:count") + query).status_code == 200
    assert clerk.get(reverse("alliances:alliance", kwargs={"key": alliance.key}) + query).status_code == 200
    for path in (f"/api/v1/alliances/count{query}", f"/api/v1/alliances/{alliance.key}/members{query}"):
        assert clerk.get(path).status_code in (200, 422)


def test_what_a_program_sends_is_looked_at(cast: Cast) -> None:
    alliance = found(cast)
    clerk = cast.client("clerk")
    for wrong in ({"ground": "a\x00"}, {"since": "9999-12-31"}, {"role": "没有的"}):
        sent = {"organization": str(cast.firm.key), "since": "2026-02-01", **wrong}
        answer = clerk.post(f"/api/v1/alliances/{alliance.key}/members", sent, content_type="application/json")
        assert answer.status_code == 422, answer.content
    seat = admit(cast, alliance, cast.firm)
    assert reverse("alliances:drop", kwargs={"key": seat.key}) in clerk.get(
        reverse("alliances:leave", kwargs={"key": seat.key})
    ).content.decode()
    english = cast.client("clerk")
    english.cookies["language"] = "en"
    shown = english.get(reverse("alliances:alliance", kwargs={"key": alliance.key})).content.decode()
    assert "Leave the alliance</a>" in shown and shown.count("Sign out") == 1  # that of the menu
    assert cast.client("other_clerk").post(reverse("alliances:drop", kwargs={"key": seat.key})).status_code == 404
    assert clerk.post(reverse("alliances:drop", kwargs={"key": seat.key})).status_code == 303
    assert not AllianceMember.objects.exists()
