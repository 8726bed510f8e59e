"""Alliances and the four lists in the browser: two numbers kept apart, and a store that is claimed, used and rated."""

from __future__ import annotations

import re
from collections.abc import Callable

from .people import DESK, PHONE, Visitor
from .test_casework import fill, press

# The neighbour town gets the sizes of a real county, through verbs.
_FOUND = """
import django
django.setup()
from datetime import UTC, datetime, date
from django.db import transaction
from lianjian.alliances import actions, rules
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
now, since = datetime.now(UTC), date(2025, 6, 18)
with transaction.atomic():
    town = Jurisdiction.objects.get(prefix="QS")
    actor = system_actor(town.pk)
    context.enter_for(actor)
    root = Organization.objects.get(jurisdiction=town, is_root=True)
    def bodies(kind, name, count):
        return [
            directory.register_organization(
                actor=actor, name=f"青石{name}{n:03d}", classification=kind, parent=root, since=since, now=now
            )
            for n in range(count)
        ]
    parties = bodies("party", "非公党支部", 118)
    firms = bodies("enterprise", "规上企业", 124)
    villages = bodies("village", "联建村", 197)
    def stand(form, name, mode, chain, members):
        held = actions.found_alliance(
            actor=actor, form=form, name=name, parent=root, mode=mode, chain=chain, founded_on=since, now=now
        )
        for body in members:
            actions.admit(actor=actor, alliance=held, organization=body, since=since, now=now)
    for chain in ("支柱产业", "连片村"):
        actions.add_term(actor=actor, list_code="chain", name=chain, now=now)
    industries = ("消费品工业", "装备制造", "汽摩", "材料", "新兴")
    for place, name in enumerate(industries):  # a few firms stand in two
        members = [*parties[place::5], *firms[place::5], *firms[(place + 1) % 5 :: 25]]
        stand("functional", f"青石{name}产业党建联盟", "产业链接型", "支柱产业", members)
    modes = rules.LISTS["mode"][1]
    for place in range(58):
        stand("formal", f"青石联建党总支{place:02d}", modes[place % 7], "连片村", villages[place::58])
"""


def row(page: object, kind: str) -> list[int]:
    """Seats, distinct bodies and overlap of a kind of body."""
    cells = page.locator(
        "main table tbody tr", has=page.locator("td", has_text=re.compile(f"^{re.escape(kind)}$"))
    ).locator("td")  # type: ignore[attr-defined]
    return [int(cells.nth(place).inner_text()) for place in (1, 2, 3)]


def test_two_numbers_apart_and_seven_modes(visitor: Callable[..., Visitor]) -> None:
    county = visitor("county", width=DESK)
    county.town.python("-c", _FOUND)
    page = county.goto("/alliances/count?chain=支柱产业")
    county.look()
    firms, parties = row(page, "企业"), row(page, "党组织")
    assert (parties, firms[1]) == ([118, 118, 0], 124)
    assert firms[0] - firms[1] == firms[2] > 0
    page.locator("main table a", has_text=re.compile("^124$")).click()
    page.wait_for_load_state("load")
    assert page.locator("#bodies li").count() == 124
    page = county.goto("/alliances/count?chain=连片村")
    county.look()
    assert row(page, "村(社区)") == [197, 197, 0]
    modes = page.locator("main .lj-column:nth-child(2) li", has_text="型")
    counts = [
        int(re.sub(r"\D", "", modes.nth(place).locator("a").inner_text())) for place in range(modes.count())
    ]
    assert (len(counts), sum(counts)) == (7, 58)
    modes.first.locator("a").click()
    page.wait_for_load_state("load")
    assert page.locator("main table tbody tr").count() == counts[0]
    county.look()


def test_a_need_is_published_and_a_store_is_claimed_used_and_rated(visitor: Callable[..., Visitor]) -> None:
    contact, clerk = visitor("contact", width=PHONE), visitor("clerk", width=DESK)
    page = contact.goto("/cases/need")
    contact.look()
    fill(contact, title="缺一处周转仓库", text="放成品沙发,两个月。", capacity="150", unit="平方米")
    page.select_option("[name=case_category]", "other")
    page.select_option("[name=category]", "仓储共用")
    press(contact)
    assert page.locator("main h1").inner_text().startswith("缺一处周转仓库")
    need = page.url.removeprefix(contact.town.url)
    contact.look()
    # The case behind it stands on the page; the office sees it among its cases.
    number = re.search(r"YX-\d{4}-\d+|[A-Z]+-\d{4}-\d+", page.locator("main").inner_text())
    assert number is not None
    assert clerk.goto(f"/cases/?q={number.group()}").locator("main table tbody tr").count() == 1

    page = contact.goto("/lists/?state=resource&q=成品仓库")
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state("load")
    before = page.locator("dl.lj-facts").inner_text()
    contact.press("提出对接")
    contact.look()
    fill(contact, amount="150", words="周转两个月")
    press(contact)
    claim = page.locator("#claims a").first.get_attribute("href")
    assert claim is not None

    page = clerk.goto(claim)
    clerk.look()
    page.locator("main a[href$='/owner/agree']").click()
    page.wait_for_load_state("load")
    press(clerk)
    page = contact.goto(claim)
    assert page.locator("main h1").inner_text().endswith("已确认")
    for act, words in (
        ("fulfil", {"words": "已腾空归还"}),
        ("rate", {"rating": "5", "words": "干燥,装卸方便"}),
    ):
        page.locator(f"main a[href$='/claimant/{act}']").click()
        page.wait_for_load_state("load")
        fill(contact, **words)
        press(contact)
        assert page.locator(".alert-danger").count() == 0
    assert "很满意" in page.locator(".lj-story").inner_text()
    page.locator("main a[href$='/claimant/outcome']").click()
    page.wait_for_load_state("load")
    fill(contact, kind="money", amount="18000")
    press(contact)
    assert "18000元" in page.locator("main").inner_text()
    contact.look()
    page.locator("main a", has_text="清单里的这一项").click()
    page.wait_for_load_state("load")
    assert page.locator("dl.lj-facts").inner_text() == before  # what was used is free again
    assert contact.goto(need).locator("main h1").is_visible()
