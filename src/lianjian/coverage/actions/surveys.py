"""Surveys: open, ask firms that came later, answer, take sizes into the register, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lianjian.directory import actions as directory
from lianjian.directory.models import EnterpriseYear, Organization
from lianjian.events.models import covered_by
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import Denied, require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Survey, SurveyFirm
from ..queries.enterprises import enterprises, without_branch

RIGHT = "coverage.write"
ANSWER = "coverage.answer"


def _scope(actor: Actor, firms: str) -> list[Organization]:
    """The firms of the actor's place that a survey asks today."""
    rows = enterprises(actor).filter(jurisdiction_id=actor.jurisdiction_id)
    if firms == "above":
        rows = rows.filter(size_above=True)
    elif firms == "unformed":
        rows = without_branch(rows)
    return list(rows.order_by("pk"))


@verb(constraints={"one_survey_of_a_name": rules.SurveyExists})
def open_survey(
    *,
    actor: Actor,
    name: str,
    firms: str,
    facts: Sequence[str],
    opens_on: date,
    closes_on: date,
    now: datetime,
) -> Survey:
    """Ask all firms of a scope for some facts.

    Raises `UnknownChoice`, `NoFacts`, `NoFirms`, `EndsTooEarly`, `SurveyExists`, `Denied`.
    """
    home = actor.jurisdiction_id
    require(actor, RIGHT, Whole(home))
    for value in (firms, *facts):
        if value not in rules.FACTS and value not in rules.SURVEY_FIRMS:
            raise rules.UnknownChoice(value=value)
    if not facts:
        raise rules.NoFacts
    if closes_on < opens_on:
        raise rules.EndsTooEarly(since=opens_on, field="closes_on")
    asked = _scope(actor, firms)
    if not asked:
        raise rules.NoFirms
    survey = Survey.objects.create(
        jurisdiction_id=home,
        name=name.strip()[:60],
        firms=firms,
        facts=[code for code in rules.FACTS if code in facts],
        opens_on=opens_on,
        closes_on=closes_on,
    )
    _ask(survey, asked, opens_on)
    changes = {"name": ("", survey.name), "firms": ("", len(asked)), "facts": ("", "、".join(survey.facts))}
    record(actor=actor, verb="coverage.open_survey", subject=survey, now=now, changes=changes)
    return survey


def _ask(survey: Survey, firms: Sequence[Organization], day: date) -> None:
    SurveyFirm.objects.bulk_create(
        [
            SurveyFirm(jurisdiction_id=survey.jurisdiction_id, survey=survey, organization=firm, asked_on=day)
            for firm in firms
        ],
        batch_size=1000,
    )


def _running(actor: Actor, survey: Survey) -> None:
    """Raises `SurveyClosed`, `Denied`."""
    require(actor, RIGHT, Whole(survey.jurisdiction_id))
    if survey.closed_on is not None:
        raise rules.SurveyClosed(name=survey.name)


@verb
def ask_newcomers(*, actor: Actor, survey: Survey, now: datetime) -> int:
    """Ask the firms that came into the scope since. Returns how many. Raises `SurveyClosed`, `Denied`."""
    _running(actor, survey)
    known = set(survey.rows.values_list("organization_id", flat=True))
    fresh = [firm for firm in _scope(actor, survey.firms) if firm.pk not in known]
    _ask(survey, fresh, local_day(now))
    record(actor=actor, verb="coverage.ask_newcomers", subject=survey, now=now, changes={"firms": ("", len(fresh))})
    return len(fresh)


@verb
def answer_survey(*, actor: Actor, row: SurveyFirm, facts: Mapping[str, Any], now: datetime) -> SurveyFirm:
    """Write down what a firm answered; it is done on the day on which nothing asked is missing.

    Whoever may write the register (the office) writes sizes there at once; what an instructor was told waits for the
    office (`take_over`). Raises `SurveyClosed`, `StandsNoLonger`, `NothingAnswered`, `Denied`.
    """
    firm, survey, day = row.organization, row.survey, local_day(now)
    if not actor.may(ANSWER, firm):
        require(actor, ANSWER)
        if not covered_by(actor).filter(organization=firm).exists():
            raise Denied
    if survey.closed_on is not None:
        raise rules.SurveyClosed(name=survey.name)
    if firm.dissolved_on is not None or firm.merged_into_id is not None:
        raise rules.StandsNoLonger(name=firm.name)
    told = {code: facts[code] for code in rules.FACTS if facts.get(code) not in (None, "")}
    if not told:
        raise rules.NothingAnswered
    before = dict(row.facts)
    row.facts, row.answered_on, row.answered_by = told, day, actor.name[:80]
    row.register_had = _register(firm, day.year)
    row.done_on = None if rules.missing(told, survey.facts) else row.done_on or day
    row.taken_on = None
    if actor.may("directory.write", firm):
        _take(actor, row, now)
    row.save(update_fields=["facts", "register_had", "answered_on", "answered_by", "done_on", "taken_on"])
    changes = {code: (before.get(code, ""), told.get(code, "")) for code in {*before, *told}}
    record(
        actor=actor,
        verb="coverage.answer_survey",
        subject=firm,
        now=now,
        changes={code: pair for code, pair in sorted(changes.items()) if pair[0] != pair[1]},
        jurisdiction_id=row.jurisdiction_id,
    )
    return row


def _register(firm: Organization, year: int) -> dict[str, Any]:
    """What the register says of the firm's sizes in a year; nothing for what it does not say."""
    rows = EnterpriseYear.objects.filter(organization=firm, year=year)
    found = rows.values(*rules.REGISTERED).first() or {}
    return {code: value for code, value in found.items() if value is not None}


def _take(actor: Actor, row: SurveyFirm, now: datetime) -> bool:
    """Sizes into the register, for the year in which they were told. What was written there since then stays.

    Part of the caller's verb. Returns whether something newer stood in the way.
    """
    assert row.answered_on is not None  # noqa: S101 - it was answered
    sizes = {code: row.facts[code] for code in rules.REGISTERED if code in row.facts}
    had, has = row.register_had, _register(row.organization, row.answered_on.year)
    newer = [code for code in sizes if had is not None and has.get(code) not in (had.get(code), sizes[code])]
    sizes = {code: value for code, value in sizes.items() if code not in newer}
    if sizes:
        directory.set_enterprise_year(
            actor=actor, organization=row.organization, year=row.answered_on.year, now=now, **sizes
        )
    row.taken_on = local_day(now)
    return bool(newer)


@verb
def take_over(*, actor: Actor, survey: Survey, now: datetime) -> tuple[int, list[str]]:
    """Take the sizes that instructors were told into the register, except where it has newer ones.

    Returns for how many firms, and the names of those whose newer entries stayed. Raises `Denied`.
    """
    require(actor, RIGHT, Whole(survey.jurisdiction_id))
    rows = survey.rows.filter(answered_on__isnull=False, taken_on__isnull=True).select_related("organization")
    # Who takes over at the same time waits here, and then finds nothing left.
    taken = list(rows.order_by("pk").select_for_update(of=("self",)))
    newer = []
    for row in taken:
        if _take(actor, row, now):
            newer.append(row.organization.name)
        row.save(update_fields=["taken_on"])
    changes = {"firms": ("", len(taken)), "newer": ("", "、".join(newer)[:300])}
    record(actor=actor, verb="coverage.take_over", subject=survey, now=now, changes=changes)
    return len(taken), newer


@verb
def close_survey(*, actor: Actor, survey: Survey, now: datetime) -> None:
    """No more answers. Raises `SurveyClosed`, `Denied`."""
    _running(actor, survey)
    survey.closed_on = local_day(now)
    survey.save(update_fields=["closed_on"])
    changes = {"closed_on": ("", survey.closed_on)}
    record(actor=actor, verb="coverage.close_survey", subject=survey, now=now, changes=changes)
