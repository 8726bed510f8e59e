"""The pages of the four lists and their interface for programs, by the people who use them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from lianjian.alliances import actions as alliances
from lianjian.alliances.actions import leave
from lianjian.alliances.tests.test_alliances import admit, found
from lianjian.cases.models import Case
from lianjian.foundation import clock
from lianjian.lists import actions
from lianjian.lists.models import Claim, ClaimStep, Edition, Item, Outcome
from lianjian.lists.tests.acts import moved, proposed, published
from tests.cast import NOW, TODAY, Cast

STORE = {
    "kind": "resource",
    "category": "仓储共用",
    "title": "闲置仓库",
    "capacity": "100",
    "unit": "吨",
    "reusable": "on",
    "visibility": "county",
}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_need_is_published_and_a_second_firms_store_is_claimed_used_and_rated(cast: Cast) -> None:
    contact, other = cast.client("contact"), cast.client("other_contact")
    # A firm publishes a need: it is a case with its number and an item.
    need = reverse("cases:publish_new")
    sent = {
        "title": "秋季缺库房",
        "text": "要能放200吨板材的库房,租三个月",
        "case_category": "other",
        "category": "仓储共用",
        "capacity": "200",
        "unit": "吨",
        "visibility": "county",
    }
    assert contact.post(need, {**sent, "text": ""}).status_code == 422
    made = contact.post(need, sent)
    assert made.status_code == 303, text(made)
    cast.actor("contact")
    case, item = Case.objects.get(), Item.objects.get()
    assert (case.item_id, item.kind, item.source, case.organization_id) == (
        item.pk,
        "need",
        "case",
        cast.firm.pk,
    )
    shown = text(contact.get(reverse("lists:item", kwargs={"key": item.key})))
    assert case.number in shown and "200吨" in shown
    assert case.number not in text(other.get(reverse("lists:item", kwargs={"key": item.key})))
    # A second firm publishes its store, finds the need in the list, and the first claims the store.
    assert other.post(reverse("lists:publish"), STORE).status_code == 303
    cast.actor("other_contact")
    store = Item.objects.get(kind="resource")
    assert store.organization_id == cast.second_firm.pk
    assert "秋季缺库房" in text(other.get(reverse("lists:list") + "?state=need&now=offered&whose=others"))
    assert "闲置仓库" in text(contact.get("/search?q=闲置仓库"))
    ask = reverse("lists:propose", kwargs={"key": store.key})
    assert contact.post(ask, {"amount": "500"}).status_code == 422
    assert contact.post(ask, {"amount": "80", "words": "租三个月"}).status_code == 303
    cast.actor("contact")
    claim = Claim.objects.get()
    home = text(other.get("/"))
    assert "对接待答复" in home and "闲置仓库" in home
    page = reverse("lists:claim", kwargs={"key": claim.key})

    def step(client: Any, side: str, act: str, **more: str) -> int:
        return int(
            client.post(
                reverse("lists:move", kwargs={"key": claim.key, "side": side, "act": act}), more
            ).status_code
        )

    assert step(contact, "owner", "agree") == 404 and step(contact, "claimant", "agree") == 422
    assert step(other, "owner", "refuse", words="") == 422
    assert step(other, "owner", "agree", words="随时可进") == 303
    assert "20吨" in text(contact.get(reverse("lists:item", kwargs={"key": store.key})))
    assert step(contact, "claimant", "fulfil") == 303
    assert step(other, "owner", "rate", rating="5") == 422
    assert step(contact, "claimant", "rate", rating="9") == 422
    assert step(contact, "claimant", "rate", rating="5", words="干燥") == 303
    outcome = reverse("lists:outcome", kwargs={"key": claim.key, "side": "owner"})
    assert (
        other.post(outcome, {"kind": "goods", "amount": "3", "on": clock.today().isoformat()}).status_code
        == 422
    )
    early = {"kind": "money", "amount": "36000", "on": TODAY.isoformat()}
    assert other.post(outcome, early).status_code == 422
    day = clock.today().isoformat()
    assert other.post(outcome, {"kind": "jobs", "amount": "1.5", "on": day}).status_code == 422
    assert other.post(outcome, {"kind": "money", "amount": "36000", "on": day}).status_code == 303
    mine = reverse("lists:outcome", kwargs={"key": claim.key, "side": "claimant"})
    assert contact.post(mine, {"kind": "money", "amount": "36000", "on": day}).status_code == 422  # told once
    final = text(contact.get(page))
    assert "已完成" in final and "很满意(5)" in final and "36000元" in final
    assert "5.0 分" in text(contact.get(reverse("lists:item", kwargs={"key": store.key})))
    cast.actor("leader")
    figure = text(cast.client("leader").get("/figures/lists.outcome_money/"))
    assert "36,000" in figure and "闲置仓库" in figure
    cast.actor("other_contact")
    assert (ClaimStep.objects.count(), Outcome.objects.count()) == (3, 1)
    withdraw = reverse("lists:withdraw_outcome", kwargs={"key": Outcome.objects.get().key})
    assert contact.post(withdraw, {"reason": "填错"}).status_code == 404
    assert other.post(withdraw, {"reason": ""}).status_code == 422
    assert other.post(withdraw, {"reason": "填错"}).status_code == 303
    assert other.post(withdraw, {"reason": "填错"}).status_code == 404
    assert "36,000" not in text(cast.client("leader").get("/figures/lists.outcome_money/"))


def test_the_case_closes_and_its_item_with_it(cast: Cast) -> None:
    clerk = cast.client("clerk")
    made = clerk.post(
        "/cases/new",
        {
            "kind": "need",
            "organization": str(cast.firm.key),
            "text": "缺技师",
            "category": "labour",
            "source": "desk",
            "urgency": "normal",
            "registered_on": TODAY.isoformat(),
        },
    )
    assert made.status_code == 303, text(made)
    cast.actor("clerk")
    case = Case.objects.get()
    assert reverse("cases:publish", kwargs={"key": case.key}) in text(clerk.get(case.get_absolute_url()))
    sent = {
        "title": "招技师5名",
        "text": "木工技师",
        "category": "用工招聘",
        "capacity": "5",
        "unit": "人",
        "visibility": "county",
    }
    address = reverse("cases:publish", kwargs={"key": case.key})
    assert clerk.post(address, sent).status_code == 303
    assert clerk.post(address, sent).status_code == 422  # once at a time
    assert cast.client("other_clerk").post(address, sent).status_code == 404
    cast.actor("clerk")
    item = Item.objects.get()
    waiting = proposed(cast, item, cast.second_firm, amount=Decimal(2))
    assert item.get_absolute_url() in text(clerk.get(case.get_absolute_url()))
    taken_back = clerk.post(
        f"{case.get_absolute_url()}/withdraw", {"reason": "已招满", "seen": str(Case.objects.get().version)}
    )
    assert taken_back.status_code == 303, text(taken_back)
    cast.actor("clerk")
    item.refresh_from_db()
    waiting.refresh_from_db()
    assert (item.state, waiting.state) == ("closed", "refused") and case.number in item.ended_reason


def test_who_sees_what_is_published_to_whom(cast: Cast) -> None:
    alliance = found(cast)
    for body in (cast.firm, cast.other_firm):
        admit(cast, alliance, body)
    items = {
        "town": published(cast, visibility="town", title="镇内的"),
        "county": published(cast, visibility="county", title="全县的"),
        "alliance": published(cast, visibility="alliance", alliance=alliance, title="联盟的"),
    }
    sees = {
        "contact": {"town", "county", "alliance"},
        "other_contact": {"town", "county"},
        "other_clerk": {"county", "alliance"},  # a firm of that town has a seat
        "county_leader": {"town", "county", "alliance"},
        "village": {"town", "county"},
    }
    for who, expected in sees.items():
        client = cast.client(who)
        listed = text(client.get(reverse("lists:list")))
        for name, item in items.items():
            status = client.get(reverse("lists:item", kwargs={"key": item.key})).status_code
            assert (status == 200) == (name in expected) == (item.title in listed), (who, name)
            assert (item.get_absolute_url() in text(client.get(f"/search?q={item.title}"))) == (
                name in expected
            )
    with pytest.raises(actions.publishing.rules.AllianceNeeded):
        published(cast, cast.second_firm, visibility="alliance", alliance=alliance)
    with pytest.raises(actions.publishing.rules.PublicByOffice):
        published(cast, visibility="public")
    with pytest.raises(actions.publishing.rules.NeedThroughCases):
        published(cast, kind="need")


def test_change_and_end_by_form(cast: Cast) -> None:
    item = published(cast)
    contact, keys = cast.client("contact"), {"key": item.key}
    change = reverse("lists:change", kwargs=keys)
    assert "闲置仓库" in text(contact.get(change))
    sent = {**STORE, "title": "恒温仓库", "capacity": "50"}
    assert contact.post(change, {**sent, "since": "2026-05-02", "until": "2026-05-01"}).status_code == 422
    assert contact.post(change, {**sent, "expires_on": "2020-01-01"}).status_code == 422
    assert contact.post(change, sent).status_code == 303
    moved(cast, proposed(cast, Item.objects.get(), cast.second_firm, amount=Decimal(40)), "agree", "owner")
    assert contact.post(change, {**sent, "capacity": "30"}).status_code == 422
    assert cast.client("other_contact").post(change, sent).status_code == 404
    end = reverse("lists:end", kwargs=keys)
    assert contact.post(end, {"withdrawn": "on"}).status_code == 422
    assert contact.post(end, {}).status_code == 303
    assert "已结束" in text(contact.get(reverse("lists:item", kwargs=keys)))
    assert (
        cast.client("other_contact").get(reverse("lists:item", kwargs=keys)).status_code == 200
    )  # it has a claim
    assert cast.client("village").get(reverse("lists:item", kwargs=keys)).status_code == 404


def test_an_old_form_of_an_item_says_what_changed_and_loses_nothing(cast: Cast) -> None:
    item = published(cast)
    contact, change = cast.client("contact"), reverse("lists:change", kwargs={"key": item.key})
    shown = re.search(r'name="shown" value="([^"]+)"', text(contact.get(change)))
    assert shown is not None
    sent = {**STORE, "title": "恒温仓库", "capacity": "50", "shown": shown.group(1)}
    other = {**sent, "title": "别人改的名", "visibility": "town", "expires_on": "2099-05-01", "text": "新写的" * 40}
    assert contact.post(change, other).status_code == 303
    old = contact.post(change, sent)
    assert old.status_code == 422 and "别人改了:" in text(old) and "恒温仓库" in text(old)
    for said in ("名称(现为“别人改的名”)", "(现为“50”)", "(现为“本地区”)", "(现为“2099年5月1日”)", f"(现为“{'新写的' * 20}…”)"):
        assert said in text(old)
    assert text(old).count("(现为“") == 5  # and nothing of what stayed
    assert Item.objects.get().title == "别人改的名"
    again = re.search(r'name="shown" value="([^"]+)"', text(old))
    assert again is not None
    assert contact.post(change, {**sent, "shown": again.group(1)}).status_code == 303
    assert Item.objects.get().title == "恒温仓库"


def test_a_venue_shows_its_month_and_is_booked_from_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    hall = published(
        cast, cast.village, category="设施阵地", title="村级礼堂", by_day=True, capacity=None, unit=""
    )
    contact = cast.client("contact")
    address = reverse("lists:item", kwargs={"key": hall.key})
    month = text(contact.get(address))
    book = reverse("lists:propose", kwargs={"key": hall.key}) + "?since=2026-03-12"
    assert book in month and "还有 23 天空闲" in month
    assert "2026-03-12" in text(contact.get(book))
    assert contact.post(book, {"since": "2026-03-12"}).status_code == 422
    assert contact.post(book, {"since": "2026-03-12", "until": "2026-03-13"}).status_code == 303
    cast.actor("village")
    moved(cast, Claim.objects.select_related("organization", "item__organization").get(), "agree", "owner")
    later = text(contact.get(address))
    assert book not in later and cast.firm.name in later and "还有 21 天空闲" in later
    # Another sees that it is taken, and not by whom.
    others = text(cast.client("other_contact").get(address))
    assert "已预订" in others and cast.firm.name not in others
    assert text(contact.get(f"{address}?month=2026-04")).count("空闲,预订") == 30
    assert contact.get(f"{address}?month=nonsense").status_code == 200


def test_an_edition_keeps_its_lines(cast: Cast) -> None:
    published(cast, title="闲置仓库")
    published(
        cast,
        cast.village,
        category="特色禀赋",
        title="古树茶园",
        kind="project",
        unit="亩",
        capacity=Decimal(30),
    )
    clerk = cast.client("clerk")
    issue = reverse("lists:issue")
    sent = {"title": "2026年第1期", "kind": "", "alliance": "", "since": "2026-01-01", "until": "2026-03-31"}
    assert clerk.post(issue, sent).status_code == 303
    assert clerk.post(issue, sent).status_code == 422
    assert (
        clerk.post(issue, {**sent, "title": "2", "kind": "activity"}).status_code == 422
    )  # nothing to issue
    cast.actor("contact")
    item = Item.objects.get(title="闲置仓库")
    actions.change_item(actor=cast.actor("contact"), item=item, now=NOW, title="改名仓库")
    edition = Edition.objects.get()
    for name in ("edition", "edition_paper"):
        page = text(clerk.get(reverse(f"lists:{name}", kwargs={"key": edition.key})))
        assert "闲置仓库" in page and "古树茶园" in page and "改名仓库" not in page
    table = clerk.post(reverse("lists:edition_table", kwargs={"key": edition.key}))
    assert table.status_code == 200 and table.content[:2] == b"PK"
    assert "2026年第1期" in text(clerk.get(reverse("lists:editions")))
    assert cast.client("village").get(reverse("lists:issue")).status_code == 403


def test_programs_publish_claim_and_move(cast: Cast) -> None:
    contact, other = cast.client("contact"), cast.client("other_clerk")
    base = "/api/v1/lists"
    sent = {
        "kind": "resource",
        "organization": str(cast.firm.key),
        "category": "仓储共用",
        "title": "闲置仓库",
        "capacity": "10.5",
        "unit": "吨",
    }
    json = {"content_type": "application/json"}
    assert contact.post(base, {**sent, "category": "没有的"}, **json).status_code == 422
    assert contact.post(base, {**sent, "kind": "need"}, **json).status_code == 422
    made = contact.post(base, sent, **json)
    assert made.status_code == 201, made.content
    key = made.json()["key"]
    asked = other.post(
        f"{base}/{key}/claims", {"organization": str(cast.other_firm.key), "amount": "4.5"}, **json
    )
    assert asked.status_code == 201 and asked.json()["state"] == "proposed", asked.content
    move = f"{base}/claims/{asked.json()['key']}/moves"
    assert other.post(move, {"side": "owner", "act": "agree"}, **json).status_code == 404
    assert contact.post(move, {"side": "owner", "act": "agree"}, **json).json()["state"] == "agreed"
    assert contact.post(move, {"side": "owner", "act": "agree"}, **json).status_code == 409
    assert contact.get(f"{base}/{key}").json()["left"] == "6.00"
    assert [one["state"] for one in other.get(f"{base}/{key}/claims").json()] == ["agreed"]
    assert [one["title"] for one in cast.client("village").get(f"{base}?kind=resource").json()["items"]] == [
        "闲置仓库"
    ]
    assert cast.client("village").get(f"{base}/{key}/claims").json() == []


def test_everybody_reads_what_is_public_and_answers_at_the_desk(cast: Cast) -> None:
    from lianjian.portal.actions import open_entrance

    clerk = cast.actor("clerk")
    facts = {"kind": "project", "category": "特色禀赋", "title": "古树茶园合作", "visibility": "public"}
    item = actions.publish(actor=clerk, organization=cast.village, now=NOW, **facts)
    published(cast, title="全县的")
    open_entrance(actor=clerk, organization=cast.town_root, now=NOW)
    anybody = cast.client(None)
    listed = text(anybody.get(reverse("portal:items") + "?kind=project&q=茶园"))
    assert "古树茶园合作" in listed and "全县的" not in text(anybody.get(reverse("portal:items")))
    page = text(anybody.get(reverse("portal:item", kwargs={"key": item.key})))
    answer = page.split('href="/p/')[1:]
    link = next(one.split('"')[0] for one in answer if "about=" in one)
    assert "想对接“古树茶园合作”" in text(anybody.get(f"/p/{link}".replace("&amp;", "&")))
    actions.end_item(actor=cast.actor("clerk"), item=item, now=NOW)
    assert anybody.get(reverse("portal:item", kwargs={"key": item.key})).status_code == 404
    assert anybody.get(reverse("portal:items") + "?after=x&q=%00&kind=nothing").status_code == 200


def test_an_issue_for_the_county_leaves_out_what_is_for_the_town(cast: Cast) -> None:
    published(cast, visibility="town", title="镇内的")
    published(cast, visibility="county", title="全县的")
    clerk = cast.actor("clerk")
    issued = {
        reach: actions.issue_edition(actor=clerk, title=reach, since=TODAY, until=TODAY, reach=reach, now=NOW)
        for reach in ("county", "town")
    }
    for who, reach, status in (
        ("other_clerk", "county", 200),
        ("other_clerk", "town", 404),
        ("contact", "town", 200),
    ):
        page = cast.client(who).get(reverse("lists:edition", kwargs={"key": issued[reach].key}))
        assert page.status_code == status
        assert ("镇内的" in text(page)) == (status == 200 and reach == "town")
    cast.actor("clerk")
    for forged in (issued["county"].lines.all(), Edition.objects.filter(pk=issued["county"].pk)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            forged.update(title="改了")


def test_a_line_of_an_issue_stays_without_a_link_to_what_its_reader_may_not_open(cast: Cast) -> None:
    item = published(cast, visibility="county", title="全县的库房")
    clerk, reader = cast.actor("clerk"), cast.client("other_clerk")
    issue = actions.issue_edition(actor=clerk, title="一", since=TODAY, until=TODAY, reach="county", now=NOW)
    page, address = reverse("lists:edition", kwargs={"key": issue.key}), reverse("lists:item", kwargs={"key": item.key})
    assert f'<a href="{address}">全县的库房</a>' in text(reader.get(page))
    assert reader.get(address).status_code == 200
    actions.end_item(actor=cast.actor("clerk"), item=item, now=NOW)
    assert reader.get(address).status_code == 404
    shown = text(reader.get(page))
    assert "全县的库房" in shown and address not in shown
    assert address in text(cast.client("clerk").get(page))  # its own side may


def test_what_is_public_is_changed_by_the_office_alone(cast: Cast) -> None:
    item = published(cast)
    clerk, contact = cast.client("clerk"), cast.client("contact")
    change = reverse("lists:change", kwargs={"key": item.key})
    assert clerk.post(change, {**STORE, "visibility": "public"}).status_code == 303
    rewritten = contact.post(change, {**STORE, "visibility": "public", "title": "改成别的"})
    assert rewritten.status_code == 422 and "由乡镇办公室发布" in text(rewritten)
    assert contact.post(change, {**STORE, "visibility": "county", "title": "改成别的"}).status_code == 303


def test_who_left_the_alliance_publishes_nothing_to_it(cast: Cast) -> None:
    alliance = found(cast)
    seats = [admit(cast, alliance, body) for body in (cast.firm, cast.other_firm)]
    item = published(cast, visibility="alliance", alliance=alliance)
    address = reverse("lists:item", kwargs={"key": item.key})
    assert cast.client("other_clerk").get(address).status_code == 200
    leave(actor=cast.actor("clerk"), seat=seats[0], until=TODAY, now=NOW)
    assert cast.client("other_clerk").get(address).status_code == 404
    form = text(cast.client("contact").get(reverse("lists:change", kwargs={"key": item.key})))
    assert str(alliance.key) in form


def test_buttons_are_shown_to_who_can_use_them(cast: Cast) -> None:
    item = published(cast, capacity=Decimal(1))
    address = reverse("lists:item", kwargs={"key": item.key})
    ask = reverse("lists:propose", kwargs={"key": item.key})
    assert ask not in text(cast.client("contact").get(address))  # its own
    assert ask in text(cast.client("other_contact").get(address))
    claim = proposed(cast, item, cast.second_firm)
    county = cast.client("county_clerk")
    assert "对接待答复" not in text(county.get("/"))  # the county reads, the town writes
    page = text(cast.client("contact").get(reverse("lists:claim", kwargs={"key": claim.key})))
    assert "/owner/agree" in page and "/owner/fulfil" not in page
    moved(cast, claim, "agree", "owner")
    assert ask not in text(cast.client("village").get(address))  # nothing is left
    late = reverse("lists:move", kwargs={"key": claim.key, "side": "owner", "act": "agree"})
    assert cast.client("contact").get(late).status_code == 409


def test_a_chain_shows_what_its_alliances_and_members_publish(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    chain = alliances.add_term(actor=clerk, list_code="chain", name="家具", now=NOW)
    held = alliances.found_alliance(
        actor=clerk, form="functional", mode="产业链接型", chain="家具", name="家具联盟", parent=cast.town_root, founded_on=TODAY, now=NOW
    )
    alliances.admit(actor=clerk, alliance=held, organization=cast.firm, since=TODAY, now=NOW)
    published(cast, title="链上仓库")
    published(cast, cast.second_firm, title="链外仓库")
    browser = cast.client("clerk")
    shown = browser.get(reverse("alliances:chain", kwargs={"key": chain.key})).content.decode()
    every = f"{reverse('lists:list')}?chain={chain.key}"
    assert "链上仓库" in shown and "链外仓库" not in shown and every in shown
    listed = browser.get(every).content.decode()
    assert "链上仓库" in listed and "链外仓库" not in listed
    assert browser.get(f"{reverse('lists:list')}?chain=x").status_code == 200
