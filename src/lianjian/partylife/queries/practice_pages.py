"""A branch's standards in a year, a remark, a pledge and the display sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.events.queries import meeting_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Asking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge

from ..models import Guidance, Pledge, Standard, StandardCheck
from ..rules import practice as rules
from .practice import QUALITY_TONES, VERDICT_TONES, guidance_url


@dataclass(frozen=True)
class CheckedLine:
    """One line of the checklist and how the branch stands on it."""

    key: UUID
    title: str
    source: str
    verdict: Badge
    words: str
    mend_by: date | None
    checked_on: date | None
    url: str


@dataclass(frozen=True)
class BranchStandards:
    """A branch's checklist in one year."""

    year: int
    areas: Sequence[tuple[str, Sequence[CheckedLine]]]
    met: int
    asked: int
    looked: int
    may_write: bool


def branch_standards(actor: Actor, branch: Organization, year: int) -> BranchStandards:
    """The lines of the place that hold in the year, by area; two queries."""
    lines = Standard.objects.in_year(year).filter(jurisdiction_id=branch.jurisdiction_id)
    checks = {
        row.standard_id: row
        for row in StandardCheck.objects.visible_to(actor).filter(branch=branch, year=year)
    }
    may = branch.jurisdiction_id in actor.writable and actor.may("partylife.write", branch)
    by_area: dict[str, list[CheckedLine]] = {code: [] for code in rules.AREAS}
    for line in lines.order_by("position", "title", "pk"):
        by_area[line.area].append(_line(line, checks.get(line.pk), branch, year, may))
    verdicts = [row.verdict for row in checks.values()]
    asked = sum(map(len, by_area.values())) - verdicts.count(rules.NOT_ASKED)
    return BranchStandards(
        year=year,
        areas=[(translate(rules.AREAS[code]), found) for code, found in by_area.items() if found],
        met=verdicts.count(rules.MET),
        asked=asked,
        looked=len(verdicts),
        may_write=may,
    )


def _line(
    line: Standard, check: StandardCheck | None, branch: Organization, year: int, may: bool
) -> CheckedLine:
    verdict = check.verdict if check is not None else ""
    shown = Badge(gettext("未检查"), "neutral")
    if verdict:
        shown = Badge(translate(rules.VERDICTS[verdict]), VERDICT_TONES[verdict])
    address = reverse("partylife:check_standard", kwargs={"key": branch.key, "standard": line.key})
    return CheckedLine(
        key=line.key,
        title=line.title,
        source=line.source,
        verdict=shown,
        words=check.words if check is not None else "",
        mend_by=check.mend_by if check is not None else None,
        checked_on=check.checked_on if check is not None else None,
        url=f"{address}?year={year}" if may else "",
    )


@dataclass(frozen=True)
class GuidancePage:
    """A remark as its page shows it."""

    title: str
    state: Badge
    facts: Sequence[tuple[str, Any]]
    meeting_url: str
    may_mend: bool


def guidance_page(actor: Actor, row: Guidance) -> GuidancePage:
    """One remark. The meeting's page is linked where one may see it."""
    facts = [
        (gettext("党支部"), row.branch.name),
        (gettext("会议或活动"), row.meeting.title),
        (gettext("时间"), row.meeting.starts_at),
        (gettext("指导人"), row.guide_name),
        (gettext("意见"), row.words),
        (gettext("改进期限"), row.mend_by),
        (gettext("改进日期"), row.mended_on),
        (gettext("改进情况"), row.mended_words),
    ]
    open_ = row.quality == rules.MEND and row.mended_on is None
    state = (
        Badge(gettext("已改进"), "done")
        if row.mended_on is not None
        else Badge(translate(rules.QUALITIES[row.quality]), QUALITY_TONES[row.quality])
    )
    seen = Meeting.objects.visible_to(actor).filter(pk=row.meeting_id).exists()
    return GuidancePage(
        title=row.meeting.title,
        state=state,
        facts=[(label, value) for label, value in facts if value not in ("", None)],
        meeting_url=meeting_url(row.meeting.key) if seen else "",
        may_mend=open_ and row.jurisdiction_id in actor.writable and actor.may("partylife.write", row.branch),
    )


def meeting_panel(*, actor: Actor, record: Meeting, now: datetime) -> Asking:
    """What instructors said about a meeting, for the page of the meeting."""
    if not actor.scopes("partylife.see"):
        return None
    rows = Guidance.objects.visible_to(actor).filter(meeting=record).order_by("pk")
    (found,) = yield (
        rows.values_list("key", "branch__name", "guide_name", "quality", "words", "mended_on"),
    )
    may = record.state == "held" and bool(actor.scopes("partylife.guide"))
    if not found and not may:
        return None
    shown = [
        (
            Badge(gettext("已改进"), "done")
            if mended
            else Badge(translate(rules.QUALITIES[quality]), QUALITY_TONES[quality]),
            f"{branch} · {guide}",
            words,
            guidance_url(key),
        )
        for key, branch, guide, quality, words, mended in found
    ]
    new = reverse("partylife:remark", kwargs={"key": record.key}) if may else ""
    return "partylife/_guidance.html", {"guidance": shown, "new_guidance": new}


@dataclass(frozen=True)
class PledgePage:
    """A pledge in its three parts."""

    name: str
    parts: Sequence[tuple[str, str, str]]
    facts: Sequence[tuple[str, Any]]
    may_write: bool


def pledge_page(actor: Actor, row: Pledge) -> PledgePage:
    """Identity, promise, result."""
    parts = [
        (gettext("亮身份"), "done", row.post),
        (gettext("亮承诺"), "done" if row.promise else "todo", row.promise),
        (gettext("亮业绩"), "done" if row.result else "now", row.result),
    ]
    facts = [
        (gettext("党支部"), row.branch.name),
        (gettext("所在企业"), row.enterprise.name if row.enterprise is not None else ""),
        (gettext("亮出日期"), row.since),
        (gettext("业绩日期"), row.result_on),
        (gettext("公开展示"), gettext("本人同意") if row.consented else gettext("不公开")),
        (gettext("结束日期"), row.until),
        (gettext("结束原因"), row.ended_reason),
    ]
    may = row.until is None and row.jurisdiction_id in actor.writable and actor.may("partylife.write", row.branch)
    return PledgePage(
        row.person.name, parts, [(label, value) for label, value in facts if value not in ("", None)], may
    )


def display_sheet(actor: Actor, branch: Organization) -> Sequence[tuple[str, str, str, str]]:
    """Name, post, promise and result of those who agreed to be shown; the order of the names says nothing."""
    rows = Pledge.objects.visible_to(actor).standing().filter(branch=branch, consented=True)
    return list(rows.order_by("post", "pk").values_list("person__name", "post", "promise", "result"))
