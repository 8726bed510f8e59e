"""What is recorded of a step, and which rules it is held against. No Django, no clock.

A step asks the rulebook by the codes below; the numbers are there. `asks` is the only place that says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from lianjian.foundation.errors import Refused, _
from lianjian.rulebook.rules import Act, Choice, Done, Number, Tally

from . import development as dev

VOTE: Final = "vote.member"
BALLOT: Final[dict[str, str]] = {"secret": _("无记名投票"), "singly": _("逐个讨论、逐个表决")}
# What an opinion of an absent voter needs to be counted (细则 art. 21); asked where there was any.
OPINIONS: Final[dict[str, str]] = {"before_meeting": _("书面意见会前提交"), "formal": _("书面意见正式提出")}
BODIES: Final[dict[str, str]] = {
    "committee": _("乡镇、街道及以上有审批权的基层党委"),
    "village_committee": _("村、社区党委"),
    "general_branch": _("党总支"),
    "branch": _("党支部"),
    "leading_group": _("党组"),
    "temporary": _("临时党组织"),
}
STATUSES: Final[dict[str, str]] = {
    "full": _("正式党员"),
    "on_probation": _("受留党察看处分、尚未恢复党员权利的党员"),
    "probationary": _("预备党员"),
    "no_member": _("非党员"),
}


# Papers that the record itself shows (`_known`); they are not asked for again.
SHOWN: Final[dict[int, tuple[str, ...]]] = {
    dev.ACTIVIST: ("talk",),
    dev.FILED: ("recommended",),
    dev.CONSENT: ("consent",),
    dev.FORM: ("prereview", "number"),
    dev.MEETING: ("ballot",),
    dev.FILED_UP: ("day",),
    dev.OATH: ("day",),
    dev.PROBATION: ("assessed",),
    dev.ARCHIVE: ("form", "full"),
}


class BranchCannotApprove(Refused):
    """细则 art. 23: admission and turning full are approved by a basic-level committee."""

    sentence = _("党支部没有审批权,须由有审批权的基层党委审批。依据:发展党员工作细则第23条。")
    field = "body_kind"


class FormNumberMissing(Refused):
    """The form of admission is known by its number."""

    sentence = _("请填写入党志愿书编号。志愿书由上级党委在预审合格后发给。")
    field = "form_number"


@dataclass(frozen=True)
class Guide:
    """A contact or sponsor: a person of the register, or a name."""

    name: str
    status: str = "full"
    person_id: int | None = None


@dataclass(frozen=True)
class Facts:
    """What a step's form says. Which of it a step needs, `asks` knows.

    `observed`: codes of the papers and proceedings that were seen to. `years`: whole years on the day of application,
    used and not kept; `of_age`: somebody saw the paper that shows the age. `reason`: why the step departs from a rule
    that allows it. `override`: the decision that lifts a stop.
    """

    observed: frozenset[str] = frozenset()
    choice: str = ""
    outcome: str = ""
    by_whom: str = ""
    body_kind: str = ""
    form_number: str = ""
    years: int | None = None
    of_age: bool = False
    eligible: int | None = None
    present: int | None = None
    yes: int | None = None
    no: int = 0
    abstain: int = 0
    written: int = 0
    written_yes: int = 0
    training_days: int = 0
    training_hours: int = 0
    extend_months: int = 0
    leaves_on: date | None = None
    notice_from: date | None = None
    mobile: bool = False
    guides: tuple[Guide, ...] = ()
    reason: str = ""
    override: str = ""
    note: str = ""
    filed: bool = False

    @property
    def tally(self) -> Tally:
        """The votes. Raises `VotesMissing` and what a tally itself refuses."""
        if self.eligible is None or self.present is None or self.yes is None:
            raise dev.VotesMissing
        return Tally(
            eligible=self.eligible,
            present=self.present,
            yes=self.yes,
            no=self.no,
            abstain=self.abstain,
            written=self.written,
            written_yes=self.written_yes,
            observed=self.observed & frozenset(BALLOT),
        )


@dataclass(frozen=True)
class Around:
    """What a step is judged by beside its own facts.

    `recommended`: codes of the recommendations on record by the day (`member`, `league` …). `temporary`: the branch is
    a temporary one. `admitted`: admitted in the year of the day within the place, this one included.
    """

    recommended: frozenset[str] = frozenset()
    temporary: bool = False
    admitted: int = 1


@dataclass(frozen=True)
class Ask:
    """One rule the step is held against. `enforce` False: the finding is judged by the caller.

    `more`: months by which the interval was lengthened (an extended probation).
    """

    code: str
    act: Act
    enforce: bool = True
    more: int = 0


def needs_outcome(number: int, facts: Facts) -> None:
    """Raise `OutcomeMissing` where a decision has no result."""
    if number in dev.CHOICES and facts.outcome not in dev.CHOICES[number]:
        raise dev.OutcomeMissing


def asks(history: dev.History, number: int, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    """Every rule that binds the step, in the order in which a reader would check it."""
    step = dev.STEPS[number]
    if facts.outcome == dev.REPORT:
        return
    yield from _intervals(history, step, day)
    if number in dev.ONE_OF:
        yield Ask(f"member.{dev.ONE_OF[number]}", Choice.of(*filter(None, [facts.choice])))
    yield from _OWN.get(number, _nothing)(history, day, facts, around)
    if step.papers and not _refuses(facts):
        yield Ask(
            f"member.{step.papers}", Choice(facts.observed | _known(number, history, day, facts, around))
        )
    if step.notice and facts.notice_from is not None:
        yield Ask(f"member.{step.notice}", Done(facts.notice_from, day))


def _refuses(facts: Facts) -> bool:
    return facts.outcome in (dev.NOT_PASSED, dev.NOT_APPROVED)


def _intervals(history: dev.History, step: dev.Step, day: date) -> Iterator[Ask]:
    for code, since in (*step.gates, *step.limits):
        start = start_of(history, step.number, since)
        if start is not None and day >= start:
            yield Ask(
                f"member.{code}", Done(start, day), more=history.extension if code == "probation" else 0
            )


def start_of(history: dev.History, number: int, since: int) -> date | None:
    """From where an interval runs; the first assessment is due from the day of becoming an activist."""
    start = history.day(since)
    if number == dev.OBSERVED and since == dev.OBSERVED and start is None:
        return history.day(dev.ACTIVIST)
    return start


def _known(number: int, history: dev.History, day: date, facts: Facts, around: Around) -> frozenset[str]:
    """Papers that the record itself shows."""
    found = {
        dev.ACTIVIST: {
            "talk": history.taken(dev.TALK),
            "recommended": bool(around.recommended),
        },
        dev.FILED: {"recommended": history.taken(dev.ACTIVIST)},
        dev.CONSENT: {"consent": True},
        dev.FORM: {"prereview": history.taken(dev.PREREVIEW), "number": bool(facts.form_number)},
        dev.MEETING: {"ballot": "secret" in facts.observed},
        dev.FILED_UP: {"day": True},
        dev.OATH: {"day": True},
        dev.PROBATION: {"assessed": True},
        dev.ARCHIVE: {"form": history.taken(dev.FORM), "full": history.taken(dev.FULL_APPLICATION)},
    }.get(number, {})
    return frozenset(code for code, there in found.items() if there)


def _nothing(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    yield from ()


def _applied(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if facts.years is None and not facts.of_age:
        raise dev.AgeUnknown
    if facts.years is not None:
        yield Ask("member.age", Number(facts.years))


def _activist(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if "youth" in facts.observed:
        yield Ask("member.youth", Choice(around.recommended))


def _contacts(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    yield Ask("member.contacts", Number(len(facts.guides)))
    yield Ask("member.contact_status", Choice(frozenset(one.status for one in facts.guides)))


def _sponsors(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    yield Ask("member.sponsors", Number(len(facts.guides)))
    yield Ask("member.sponsor_status", Choice(frozenset(one.status for one in facts.guides)))


def _review(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if facts.mobile:
        yield Ask("member.review_mobile", Choice(facts.observed))


def _training(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    yield Ask(
        "member.training", Number(measures={"days": facts.training_days, "hours": facts.training_hours})
    )


def _prereview(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if facts.leaves_on is not None:
        yield Ask("member.leaving", Done(day, facts.leaves_on))


def _form(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if not facts.form_number.strip():
        raise FormNumberMissing
    yield from ()


def _meeting(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if around.temporary:
        yield Ask("member.temporary_branch", Choice.of("admit"))
    if history.failed_on is not None and day >= history.failed_on:
        yield Ask("member.again", Done(history.failed_on, day))
    if facts.outcome == dev.PASSED:
        yield Ask("member.quota", Number(around.admitted, limit=around.admitted))
    yield from _opinions(facts)
    yield Ask(VOTE, facts.tally, enforce=not _refuses(facts))


def _opinions(facts: Facts) -> Iterator[Ask]:
    if facts.written:
        yield Ask("member.written_opinion", Choice(facts.observed & frozenset(OPINIONS)))


def _approval(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if not facts.body_kind:
        raise dev.BodyMissing(field="body_kind")
    if facts.body_kind == "branch":
        raise BranchCannotApprove
    yield Ask("member.approvers", Choice.of(facts.body_kind))


def _full_meeting(history: dev.History, day: date, facts: Facts, around: Around) -> Iterator[Ask]:
    if around.temporary:
        yield Ask("member.temporary_branch", Choice.of("approve"))
    if facts.outcome == dev.EXTEND:
        yield Ask("member.extended_once", Number(2 if history.extension else 1))
        yield Ask("member.extension", Number(facts.extend_months))
    if not _refuses(facts):
        yield Ask("member.full_outcome", Choice.of(facts.outcome))
    yield from _opinions(facts)
    yield Ask(VOTE, facts.tally, enforce=not _refuses(facts))


_OWN = {
    dev.APPLIED: _applied,
    dev.ACTIVIST: _activist,
    dev.CONTACTS: _contacts,
    dev.SPONSORS: _sponsors,
    dev.REVIEW: _review,
    dev.TRAINING: _training,
    dev.PREREVIEW: _prereview,
    dev.FORM: _form,
    dev.MEETING: _meeting,
    dev.APPROVAL: _approval,
    dev.FULL_MEETING: _full_meeting,
    dev.FULL_APPROVAL: _approval,
}


def check_guides(facts: Facts, applicant: str) -> None:
    """Raise `GuideTwice`, `GuideIsApplicant`."""
    names = [one.name.strip() for one in facts.guides]
    if len(set(names)) < len(names):
        raise dev.GuideTwice
    if applicant in names:
        raise dev.GuideIsApplicant


def with_reason(facts: Facts, reason: str) -> Facts:
    """The facts, with a reason where none was given."""
    return replace(facts, reason=facts.reason or reason)
