"""Hold a step against the rules, and let the applicant's days, next step and duty follow from what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from lianjian.duties.actions import close_duties, open_duty
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import day_end, local_day
from lianjian.foundation.errors import Refused, _
from lianjian.rulebook.actions import check, evaluate_deadlines
from lianjian.rulebook.actions.evaluating import Ask as Deadline
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import cite, finding
from lianjian.rulebook.rules import Done, More

from .. import rules
from ..models import Applicant, DevelopmentStep, Recommendation
from ..queries.ladder import Law, history_of, probation_ends, window
from ..rules import development as dev
from ..rules.facts import Around, Ask, Facts, Guide, asks

KEPT = (
    "activist_on",
    "target_on",
    "probationary_on",
    "full_on",
    "stage",
    "extension_months",
    "next_step",
    "next_from",
    "due_on",
    "waits_for",
    "missing",
    "contacts",
    "ended_on",
    "ended_kind",
    "ended_reason",
)
COPIED = (
    "choice",
    "outcome",
    "by_whom",
    "body_kind",
    "form_number",
    "of_age",
    "eligible",
    "present",
    "yes",
    "no",
    "abstain",
    "written",
    "written_yes",
    "training_days",
    "training_hours",
    "extend_months",
    "leaves_on",
    "notice_from",
    "mobile",
    "reason",
    "override",
    "note",
    "filed",
)


class ProbationRuns(Refused):
    """The extended probation is not over (细则 art. 32)."""

    sentence = _("延长后的预备期到%(day)s届满,此前不能办理转正。依据:%(cite)s。")
    field = "done_on"


def facts_of(row: DevelopmentStep) -> Facts:
    """What a recorded step said, to be held against the rules again."""
    values = {name: getattr(row, name) for name in COPIED}
    guides = tuple(Guide(one.name, one.status, one.person_id) for one in row.guides.all())
    return Facts(observed=frozenset(row.observed), guides=guides, **values)


def judged(
    actor: Actor,
    applicant: Applicant,
    history: dev.History,
    number: int,
    day: date,
    facts: Facts,
    law: Law,
    now: datetime,
) -> list[Evaluation]:
    """Every rule that binds the step, each held against it and kept.

    Raises `BreaksRule` with law and article (BLOCK), `ReasonNeeded` (WARN), and what `asks` refuses.
    """
    step = dev.STEPS[number]
    code = f"member.{step.notice}"
    if step.notice and facts.notice_from is None and law.binds(code, day):
        raise dev.NoticeMissing(cite=law.cite(code, day))
    found: list[Evaluation] = []
    for ask in asks(history, number, day, facts, around(applicant, day)):
        since = local_day(ask.act.start) if isinstance(ask.act, Done) else day
        if not law.binds(ask.code, since):
            continue
        found.append(_held(actor, applicant, ask, day, facts, now))
    return found


def _held(actor: Actor, applicant: Applicant, ask: Ask, day: date, facts: Facts, now: datetime) -> Evaluation:
    place = applicant.jurisdiction_id
    if ask.more and isinstance(ask.act, Done):
        wanted = Deadline(ask.code, ask.act.start, more=(More(ask.more, "m", _("延长预备期")),))
        kept = evaluate_deadlines(actor=actor, asks=[wanted], now=now, jurisdiction_id=place)[0]
        ends = local_day(kept.due_at) if kept.due_at is not None else day
        if day < ends:
            raise ProbationRuns(day=ends.isoformat(), cite=cite(kept))
        return kept
    kept = check(
        actor=actor, code=ask.code, act=ask.act, day=day, now=now, jurisdiction_id=place,
        reason=facts.reason, override=facts.override, enforce=ask.enforce,
    )  # fmt: skip
    out = finding(kept)
    if not ask.enforce and out is not None and out.passed:
        raise dev.VoteSaysOtherwise
    return kept


def around(applicant: Applicant, day: date) -> Around:
    """What lies beside the step: recommendations by the day, the kind of branch, who was admitted in the year."""
    recommended = Recommendation.objects.filter(applicant=applicant, recommended_on__lte=day)
    year = DevelopmentStep.objects.filter(
        jurisdiction_id=applicant.jurisdiction_id,
        number=dev.MEETING,
        standing=True,
        outcome=dev.PASSED,
        done_on__year=day.year,
    ).exclude(applicant=applicant)
    branch = applicant.branch
    profile = getattr(branch, "party", None) if branch is not None else None
    return Around(
        recommended=frozenset(recommended.values_list("kind", flat=True)),
        temporary=profile is not None and profile.formation == "temporary",
        admitted=year.count() + 1,
    )


def settle_days(applicant: Applicant, rows: Sequence[DevelopmentStep], law: Law) -> dev.History:
    """The days of the ledger follow from the steps that stand; then the next step, when, and who acts."""
    standing = {row.number: row for row in rows if row.standing}
    for number, name in ((dev.ACTIVIST, "activist_on"), (dev.CONSENT, "target_on")):
        if number > applicant.paper_until:
            setattr(applicant, name, standing[number].done_on if number in standing else None)
    history = history_of(applicant, rows)
    if applicant.paper_until < dev.APPROVAL:
        admitted = history.day(dev.MEETING) if dev.APPROVAL in standing else None
        applicant.probationary_on = admitted
    if applicant.paper_until < dev.FULL_APPROVAL:
        ends = probation_ends(law, history) if dev.FULL_APPROVAL in standing else None
        applicant.full_on = ends.day if ends is not None else None
    applicant.stage = rules.stage_of(
        applicant.activist_on, applicant.probationary_on, applicant.full_on, applicant.target_on
    )
    settle_next(applicant, history, law)
    return history


def settle_next(applicant: Applicant, history: dev.History, law: Law) -> None:
    """What comes next, from when, until when, and whose turn it is."""
    number = history.upcoming
    applicant.next_step = min(number, dev.LAST + 1)
    if applicant.ended_on is not None or number > dev.LAST:
        applicant.next_from, applicant.due_on, applicant.waits_for = None, None, ""
        return
    found = window(law, history, number)
    applicant.next_from, applicant.due_on = found.earliest, found.latest
    applicant.waits_for = found.step.who
    if number == dev.TARGET:
        applicant.due_on = window(law, history, dev.OBSERVED).latest
    elif number == dev.FULL_APPLICATION:
        applicant.due_on = found.earliest


def count_missing(rows: Iterable[DevelopmentStep]) -> int:
    """Standing steps whose paper is not in the dossier."""
    bare = [row for row in rows if row.standing and not row.filed and dev.STEPS[row.number].document]
    return len({row.number for row in bare})


def settle(
    actor: Actor, applicant: Applicant, rows: Sequence[DevelopmentStep], law: Law, now: datetime
) -> None:
    """Days, next step, missing papers and the one open duty. Part of the caller's verb, which journals."""
    history = settle_days(applicant, rows, law)
    applicant.missing = count_missing(rows)
    applicant.save(update_fields=[*KEPT])
    close_duties(actor=actor, record=applicant, now=now)
    if not applicant.waits_for or applicant.withdrawn_at is not None:
        return
    number = (
        dev.OBSERVED
        if applicant.next_step == dev.TARGET and _assessing(applicant, now)
        else applicant.next_step
    )
    step = dev.STEPS[number]
    limits = window(law, history, number).limits
    first = min(limits, key=lambda bound: bound.day, default=None)
    kept = None
    if first is not None:
        asked = [Deadline(first.code, first.start)]
        kept = evaluate_deadlines(
            actor=actor, asks=asked, now=now, jurisdiction_id=applicant.jurisdiction_id
        )[0]
    open_duty(
        actor=actor,
        record=applicant,
        kind=f"partylife.step{number:02d}",
        title=applicant.person.name,
        url=applicant.get_absolute_url(),
        organization=applicant.branch if step.who in (dev.PERSON, dev.BRANCH) else None,
        evaluation=kept,
        due_at=None if kept is not None or applicant.due_on is None else day_end(applicant.due_on),
        now=now,
    )


def _assessing(applicant: Applicant, now: datetime) -> bool:
    """While the year of training runs, the next thing to do is the next assessment."""
    return applicant.next_from is not None and local_day(now) < applicant.next_from


def undo(
    rows: Iterable[DevelopmentStep], *, why: str, reason: str = "", after: int = 0
) -> list[DevelopmentStep]:
    """Rows beyond step `after` no longer stand."""
    gone = [row for row in rows if row.standing and row.number > after]
    for row in gone:
        row.standing, row.undone, row.undone_reason = False, why, reason[:200]
        row.save(update_fields=["standing", "undone", "undone_reason"])
    return gone
