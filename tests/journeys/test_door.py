"""At the door of a joint meeting: the clerk shows a code, a firm's contact says "I am here" on the phone, the list shows it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from .people import DESK, PHONE, Visitor

_MEETING = """
import django
django.setup()
from datetime import UTC, datetime, timedelta
from django.db import transaction
from lianjian.directory.models import Grant, Organization
from lianjian.events import actions
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
now = datetime.now(UTC)
with transaction.atomic():
    town = Jurisdiction.objects.get(prefix="YX")
    actor = system_actor(town.pk)
    context.enter_for(actor)
    firm = Grant.objects.filter(role="contact", jurisdiction=town, user__username="contact").get().organization
    root = Organization.objects.get(jurisdiction=town, is_root=True)
    start = now + timedelta(minutes=10)
    meeting = actions.plan_meeting(
        actor=actor, convener=root, kind="联席会议", title="签到的联席会议", starts_at=start,
        ends_at=start + timedelta(hours=1), place="三楼会议室", bodies=[(firm, "member")], now=now,
    )
    print(meeting.key)
"""
_CODE = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from lianjian.events.models import Meeting
from lianjian.events.queries.door import address_of
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
with transaction.atomic():
    context.enter_for(system_actor(Jurisdiction.objects.get(prefix="YX").pk))
    print(address_of(Meeting.objects.get(key=sys.argv[1]), "s", datetime.now(UTC)))
"""


@pytest.mark.parametrize(("width", "language", "words"), [(PHONE, "en", "you checked in"), (DESK, "zh", "计入")])
def test_a_contact_says_i_am_here(visitor: Callable[..., Visitor], width: int, language: str, words: str) -> None:
    clerk = visitor("clerk", width=DESK)
    key = clerk.town.python("-c", _MEETING).strip().splitlines()[-1]
    page = clerk.goto(f"/events/meetings/{key}")
    page.locator(f"main a[href$='/meetings/{key}/door']").click()
    page.wait_for_load_state("load")
    clerk.look()
    page.locator("main form[action$='/door/open'] button").click()
    page.wait_for_load_state("load")
    clerk.look()
    clerk.axe()
    shown = page.locator(".lj-qr svg")
    assert shown.count() == 1 and shown.bounding_box()["width"] > 200
    address = clerk.town.python("-c", _CODE, key).strip().splitlines()[-1]
    contact = visitor("contact", width=width, language=language)
    there = contact.goto(address)
    contact.look()
    contact.axe()
    button = there.locator("main .lj-here form button")
    assert button.bounding_box()["height"] >= 44
    button.click()
    there.wait_for_load_state("load")
    contact.look()
    assert words in there.locator("main").inner_text()
    assert there.locator("main .lj-here form").count() == 0
    page = clerk.goto(f"/events/meetings/{key}/door")
    assert "已签到 1 人" in page.locator(".lj-qr").inner_text()
    page = clerk.goto(f"/events/meetings/{key}")
    assert re.search(r"\d\d:\d\d", page.locator("section.card:has(h2:text-is('扫码签到'))").inner_text())
    page = clerk.goto(f"/events/meetings/{key}/door/paper")
    assert page.locator(".paper-code svg").count() == 1
