"""Fifty-nine firms and fifty-nine villages: proposed, looked at on the map, changed in two places, confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable

from .people import DESK, PHONE, Visitor
from .test_casework import fill, press

_FOUND = """
import django
django.setup()
from datetime import UTC, datetime, date
from decimal import Decimal
from random import Random
from django.db import transaction
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
now, since, chance = datetime.now(UTC), date(2025, 1, 1), Random(59)
with transaction.atomic():
    town = Jurisdiction.objects.get(prefix="QS")
    actor = system_actor(town.pk)
    context.enter_for(actor)
    root = Organization.objects.get(jurisdiction=town, is_root=True)
    for kind, name in (("enterprise", "青石共建企业"), ("village", "青石共建村")):
        for n in range(59):
            directory.register_organization(
                actor=actor,
                name=f"{name}{n:02d}",
                classification=kind,
                parent=root,
                since=since,
                now=now,
                latitude=Decimal(f"{30 + chance.random() / 4:.6f}"),
                longitude=Decimal(f"{110 + chance.random() / 4:.6f}"),
            )
"""
ACTIONS = ("签订", "选派", "专题调研", "发展规划", "共建活动", "一系列帮扶")


def names(kind: str) -> str:
    return "\n".join(f"青石共建{kind}{n:02d}" for n in range(59))


def test_fifty_nine_pairs(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk2", width=DESK)
    clerk.town.python("-c", _FOUND)
    page = clerk.goto("/alliances/programmes/new")
    clerk.look()
    fill(clerk, name="青石镇企村共建", organization="青石镇党委")
    page.select_option("[name=kind]", "企村共建")
    press(clerk)
    assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()
    programme = page.url.removeprefix(clerk.town.url)
    for side, kind in (("giver", "企业"), ("receiver", "村")):
        page = clerk.goto(f"{programme}/enrol")
        page.locator(f"[name=side][value={side}]").check()
        page.fill("[name=names]", names(kind))
        press(clerk)
        assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()
    page = clerk.goto(programme)
    clerk.look()
    page.locator(f"main form[action='{programme}/propose'] button").first.click()
    page.wait_for_url(re.compile("/alliances/proposals/"))
    proposal = page.url.removeprefix(clerk.town.url)
    clerk.look()
    # The map and the table beside it tell the same fifty-nine pairs.
    assert page.locator("main tr[id^=pair-]").count() == 59
    page.locator("lj-map").scroll_into_view_if_needed()
    page.locator("lj-map canvas, lj-map svg").first.wait_for()
    for place in (3, 17):  # two places are changed, with a reason; what the change costs is shown
        line = page.locator("main tr[id^=pair-]").nth(place)
        line.locator("summary").first.click()
        line.locator("a[href*='/change?giver=']").first.click()
        page.wait_for_load_state("load")
        clerk.look()
        page.fill("[name=reason]", "两家早有往来")
        press(clerk)
        assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()
        page = clerk.goto(proposal)
        assert page.locator("main tr[id^=pair-]").count() == 59
    assert page.locator("main", has_text="两家早有往来").count() == 1
    phone = visitor("clerk2", width=PHONE)
    phone.goto(proposal)
    phone.look()
    page.locator(f"main a[href='{proposal}/confirm']").first.click()
    page.wait_for_load_state("load")
    press(clerk)
    page = clerk.goto(programme)
    assert "59" in page.locator("main").inner_text()
    page = clerk.goto("/alliances/pairs?q=青石共建村07")
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state("load")
    clerk.look()
    told = page.locator("main").inner_text()
    assert all(act in told for act in ACTIONS), told
    # The six are duties of both sides.
    page = clerk.goto("/duties/all/?q=青石共建")
    assert page.locator("main table tbody tr").count() > 0
    count = clerk.town.python("-c", _COUNT).strip().splitlines()[-1]
    assert count == f"{59 * 2 * 6} 118"


_COUNT = """
import django
django.setup()
from django.db import transaction
from lianjian.duties.models import Duty
from lianjian.foundation import context
from lianjian.jurisdictions.models import Jurisdiction
with transaction.atomic():
    town = Jurisdiction.objects.get(prefix="QS").pk
    context.enter((town,), (town,))
    rows = Duty.objects.filter(organization__name__startswith="青石共建", state="open")
    print(rows.count(), rows.values("organization").distinct().count())
"""


def test_a_county_pairs_two_towns(visitor: Callable[..., Visitor]) -> None:
    """The county confirms firms of two towns; the second town's clerk reports at home; the county sees it, once."""
    county = visitor("county", width=DESK)
    bodies = county.town.python("-c", _BODIES).strip().splitlines()[-1].split("|")
    page = county.goto("/alliances/programmes/new")
    fill(county, name="全县两镇结对", organization="示范县委")
    page.select_option("[name=kind]", "百企帮百村")
    press(county)
    assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()
    programme = page.url.removeprefix(county.town.url)
    for side, names_of in (("giver", bodies[:2]), ("receiver", bodies[2:])):
        page = county.goto(f"{programme}/enrol")
        page.locator(f"[name=side][value={side}]").check()
        page.fill("[name=names]", "\n".join(names_of))
        press(county)
        assert page.locator(".alert-danger").count() == 0, page.locator(".alert-danger").inner_text()
    page = county.goto(programme)
    page.locator(f"main form[action='{programme}/propose'] button").first.click()
    page.wait_for_url(re.compile("/alliances/proposals/"))
    assert page.locator("main tr[id^=pair-]").count() == 2
    page.locator("main a[href$='/confirm']").first.click()
    page.wait_for_load_state("load")
    press(county)
    county.town.work()  # the towns follow
    page = county.goto(f"/alliances/pairs?q={bodies[1]}")
    page.locator("main table tbody a", has_text=bodies[1]).first.click()
    page.wait_for_load_state("load")
    pair = page.url.removeprefix(county.town.url)
    clerk = visitor("clerk2", width=PHONE)
    page = clerk.goto(f"/duties/all/?q={bodies[1]}")
    assert page.locator("main", has_text="签订一份共建协议书").count() == 1
    page = clerk.goto(pair)
    clerk.look()
    page.locator("main a[href*='/alliances/actions/']").first.click()
    page.wait_for_load_state("load")
    clerk.look()
    page.fill("[name=note]", "两家在村委会签订")
    page.set_input_files("[name=file]", {"name": "协议.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"})
    press(clerk)
    page.wait_for_url(re.compile(re.escape(pair)))
    told = page.locator("main").inner_text()
    assert "已上报,等牵头地区计入" in told or "1 / 6" in told, told  # the running town may have counted already
    clerk.town.work()  # the county counts
    for who in (county, clerk):
        page = who.goto(pair)
        told = page.locator("main").inner_text()
        assert told.count("两家在村委会签订") == 1 and "协议.pdf" in told and "等牵头地区计入" not in told
        assert "1 / 6" in told
        who.look()


_BODIES = """
import django
django.setup()
from django.db import transaction
from lianjian.directory.models import Organization
from lianjian.foundation import context
from lianjian.jurisdictions.models import Jurisdiction
with transaction.atomic():
    first, second = (Jurisdiction.objects.get(prefix=one).pk for one in ("YX", "QS"))
    context.enter((first, second), (first, second))
    rows = Organization.objects.order_by("-pk")
    firms = [rows.filter(jurisdiction=one, classification="enterprise").first().name for one in (first, second)]
    villages = rows.filter(jurisdiction=first, classification="village").values_list("name", flat=True)[:2]
    print("|".join([*firms, *villages]))
"""
