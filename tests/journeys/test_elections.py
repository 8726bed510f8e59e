"""A branch elects its committee: one wrong count refused with its article, the reminder closes, both widths."""

from __future__ import annotations

from collections.abc import Callable

from .people import DESK, PHONE, Visitor
from .test_casework import press

_SETUP = """
import django
django.setup()
from datetime import UTC, datetime, timedelta
from django.db import transaction
from lianjian.directory.models import Organization
from lianjian.events import actions
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.partylife.models.committees import Term
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
        actor=actor, convener=branch, kind="支部党员大会", title="换届选举大会", starts_at=start,
        ends_at=start + timedelta(hours=1), place="党员活动室", bodies=[], now=start - timedelta(days=1),
    )
    actions.hold_meeting(actor=actor, meeting=meeting, came={}, text="换届", now=now)
    print(f"{meeting.key} {branch.key}")
"""

_DUTIES = """
import django
django.setup()
from django.db import transaction
from lianjian.duties.models import Duty
from lianjian.foundation import context
from lianjian.foundation.actor import system_actor
from lianjian.jurisdictions.models import Jurisdiction
with transaction.atomic():
    town = Jurisdiction.objects.get(prefix="YX")
    context.enter_for(system_actor(town.pk))
    rows = Duty.objects.filter(kind="partylife.term", state="open", url__contains="BRANCH")
    print(rows.count())
"""


def test_a_branch_elects_and_the_reminder_closes(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor("clerk", width=DESK)
    meeting, branch = clerk.town.python("-c", _SETUP).strip().split()[-2:]

    def open_duties() -> int:
        return int(clerk.town.python("-c", _DUTIES.replace("BRANCH", branch)).strip().split()[-1])

    assert open_duties() == 2
    page = clerk.goto("/members/terms?state=ending")
    clerk.look()
    page = clerk.goto(f"/members/branches/{branch}/elect")
    clerk.look()
    page.locator("[name=meeting]").select_option(meeting)
    for name, value in (
        ("present", "25"), ("seats", "3"), ("candidates", "4"), ("ballots_out", "20"), ("ballots_in", "20"),
        ("best_other", "5"), ("request_paper", "云镇党文〔2026〕30号"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    lines = ((1, ("secretary",), 20), (2, ("organisation",), 17), (3, ("publicity", "discipline"), 16))
    for number, offices, votes in lines:
        page.locator(f"[name=person_{number}]").select_option(index=number)
        for office in offices:
            page.locator(f"[name=offices_{number}][value={office}]").check()
        page.locator(f"[name=votes_{number}]").fill(str(votes))
    press(clerk)
    clerk.look()
    refused = page.locator("main").inner_text()
    assert "25" in refused and "选举工作条例" in refused
    assert page.locator("[name=votes_2]").input_value() == "17"  # nothing typed is lost
    page.locator("[name=present]").fill("20")
    press(clerk)
    clerk.look()
    assert "待上级批复" in page.locator("main").inner_text()
    election = page.url.removeprefix(clerk.town.url)
    phone = visitor("clerk", width=PHONE, language="en")
    page = phone.goto(election)
    phone.look()
    page.locator("a[href$='/approve']").first.click()
    page.wait_for_load_state("load")
    page.locator("[name=report_paper]").fill("支报〔2026〕2号")
    page.locator("[name=settled_paper]").fill("云镇党文〔2026〕31号")
    phone.look()
    press(phone)
    phone.look()
    told = page.locator("main").inner_text()
    assert "Within its term" in told and "Earlier leaderships" in told
    assert open_duties() == 0


def test_the_line_and_what_is_lacking_at_both_widths(visitor: Callable[..., Visitor]) -> None:
    for width, language in ((DESK, "zh"), (PHONE, "en")):
        clerk = visitor("clerk", width=width, language=language)
        page = clerk.goto("/members/lacking?state=own")
        clerk.look()
        assert page.locator("main table tbody tr").count() >= 2  # the demonstration leaves two firms out
        page.locator("main table tbody a").first.click()
        page.wait_for_load_state("load")
        clerk.look()
        page = clerk.goto("/members/branches?q=云溪村党总支")
        page.locator("main table tbody a").first.click()
        page.wait_for_load_state("load")
        clerk.look()
        page.locator("a[href$='/line']").first.click()
        page.wait_for_load_state("load")
        clerk.look()
        assert page.get_by_text("云溪村一组党小组").count() >= 1
