"""A branch of 24 members writes down its theme day; what is counted once; what an instructor's branches owe, by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from .people import DESK, PHONE, Visitor
from .test_casework import press

_MEETING = """
import django
django.setup()
from datetime import UTC, datetime, timedelta
from django.db import transaction
from lianjian.directory.models import Organization
from lianjian.events import actions
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.partylife.models.members import BranchMembership
now = datetime.now(UTC)
with transaction.atomic():
    town = Jurisdiction.objects.get(prefix="YX")
    actor = system_actor(town.pk)
    context.enter_for(actor)
    branch = next(
        body
        for body in Organization.objects.filter(jurisdiction=town, classification="party").order_by("pk")
        if BranchMembership.objects.filter(branch=body, role="home", until__isnull=True).count() == 24
    )
    start = now - timedelta(hours=3)
    meeting = actions.plan_meeting(
        actor=actor, convener=branch, kind="主题党日", title="走访日主题党日", starts_at=start,
        ends_at=start + timedelta(hours=1), place="党员活动室", bodies=[], now=start - timedelta(days=1),
    )
    actions.hold_meeting(actor=actor, meeting=meeting, came={}, text="学习讨论", now=now)
    print(f"{meeting.key} {branch.key}")
"""


def test_a_branch_of_24_writes_down_its_theme_day(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    meeting, branch = clerk.town.python("-c", _MEETING).strip().split()[-2:]
    for width in (DESK, PHONE):
        person = clerk if width == DESK else visitor("clerk", width=PHONE, language="en")
        page = person.goto(f"/events/meetings/{meeting}")
        page.locator(f"main a[href$='/attendance/{branch}']").click()
        page.wait_for_load_state("load")
        person.look()
        lines = page.locator(".lj-roll > li")
        exempt = page.locator(".lj-roll > li:has(input[value=exempt]:checked)")
        assert lines.count() == 24 and exempt.count() == 1
        bound = page.locator(".lj-roll > li:not(:has(input[value=exempt]:checked))")
        for place, reason in ((0, "work"), (1, "away")):
            line = page.locator(f"#{bound.nth(place).get_attribute('id')}")
            line.locator("input[value=leave]").check()
            line.locator("select").select_option(reason)
        press(person)
        person.look()
        told = page.locator("main").inner_text()
        assert "应到 23 人,实到 21 人" in told or "23 should attend, 21 came" in told


def test_a_joint_lesson_is_one_for_four_branches(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    page = clerk.goto("/events/meetings?q=四支部联合党课")
    assert page.locator("main table tbody tr").count() == 1
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state("load")
    clerk.look()
    assert page.get_by_text("家具产业链第二党支部").count() >= 1
    year = (date.today() - timedelta(days=20)).year
    for name in ("家具产业链第一党支部", "家具产业链第二党支部", "家具产业链第三党支部", "电子信息产业链党支部"):
        page = clerk.goto(f"/members/life?q={name}")
        page.locator("main table tbody tr td a").first.click()
        page.wait_for_load_state("load")
        key = re.search(r"/organizations/([0-9a-f-]{36})", page.url)
        assert key is not None
        page = clerk.goto(f"/members/branches/{key.group(1)}/life?year={year}")
        clerk.look()
        assert page.get_by_role("link", name=re.compile("四支部联合党课")).count() == 1


def test_training_figures_print_four_classes_and_five_audiences(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    year = date.today().year
    for code, rows in (("events.classes", 4), ("events.audiences", 5)):
        page = clerk.goto(f"/figures/{code}/?period={year}")
        clerk.look()
        assert page.locator("main table tbody tr").count() == rows


def test_development_figures_print_15_5_and_1(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    year = date.today().year
    for step, people in (("applications", 15), ("activists", 5), ("developed", 1)):
        page = clerk.goto(f"/figures/partylife.{step}/?period={year}")
        clerk.look()
        assert page.locator("main table.is-cards tbody tr").count() == people
        assert page.get_by_text("非公有制企业").count() > 0  # taken apart by field
        page.emulate_media(media="print")
        assert page.locator("main h1").is_visible()
        assert page.locator("main table tbody tr").last.is_visible()
        assert not page.locator(".lj-side").is_visible()
        page.emulate_media(media="screen")


def test_an_instructor_reads_what_his_branches_owe_and_under_which_rule(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    page = clerk.goto("/members/life?state=late")
    clerk.look()
    page = clerk.goto("/members/life?rule=life.theme_day")
    page.locator("main table tbody tr").first.locator("a[href*='/members/life/'], td").first.wait_for()
    clerk.look()
    instructor = visitor("instructor", width=PHONE, language="en")
    page = instructor.goto("/coverage/")
    mine = page.locator("main a[href*='/coverage/instructors/']").first
    mine.click()
    page.wait_for_load_state("load")
    instructor.look()
    owed = page.locator("main").inner_text()
    assert "Branch life" in owed or "branches" in owed
    assert page.locator("main a[href*='/members/life/']").count() > 0
    page.locator("main a[href*='/members/life/']").first.click()
    page.wait_for_load_state("load")
    instructor.look()
    assert page.locator("main a[href*='/rules/']").count() == 1
