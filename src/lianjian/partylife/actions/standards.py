"""Verbs of a branch's standards and of guidance on its meetings."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from lianjian.directory.models import Organization, Person
from lianjian.duties.actions import close_duties, open_duty
from lianjian.events.models import Meeting
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import day_end
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from ..models import Guidance, Standard, StandardCheck
from ..queries.reach import covers
from ..rules import practice as rules

CHECKED = ("verdict", "words", "mend_by", "checked_on", "checked_by_name")


@verb(constraints={"one_standard_per_title_and_day": rules.StandardExists})
def add_standard(
    *,
    actor: Actor,
    area: str,
    title: str,
    source: str,
    valid_from: date,
    now: datetime,
    position: int = 0,
    valid_to: date | None = None,
) -> Standard:
    """A line of the place's checklist, with the document it rests on. Raises `StandardExists`, `EndsTooEarly`."""
    require(actor, "partylife.standards", Whole(actor.jurisdiction_id))
    if valid_to is not None and valid_to < valid_from:
        raise rules.EndsTooEarly(day=valid_from, field="valid_to")
    made = Standard.objects.create(
        jurisdiction_id=actor.jurisdiction_id,
        area=area,
        title=title.strip()[:120],
        source=source.strip()[:200],
        position=position,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    changes = {name: ("", getattr(made, name)) for name in ("area", "title", "source", "valid_from", "valid_to")}
    record(actor=actor, verb="partylife.add_standard", subject=made, now=now, changes=changes)
    return made


@verb
def end_standard(*, actor: Actor, standard: Standard, valid_to: date, now: datetime) -> Standard:
    """Asked for no longer after `valid_to`; looks of earlier years stay. Raises `EndsTooEarly`, `Denied`."""
    require(actor, "partylife.standards", Whole(standard.jurisdiction_id))
    if valid_to < standard.valid_from:
        raise rules.EndsTooEarly(day=standard.valid_from, field="valid_to")
    before, standard.valid_to = standard.valid_to, valid_to
    standard.save(update_fields=["valid_to"])
    changes = {"valid_to": (before, valid_to)}
    record(actor=actor, verb="partylife.end_standard", subject=standard, now=now, changes=changes)
    return standard


@verb
def check_standard(
    *,
    actor: Actor,
    branch: Organization,
    standard: Standard,
    year: int,
    verdict: str,
    checked_on: date,
    now: datetime,
    words: str = "",
    mend_by: date | None = None,
) -> StandardCheck:
    """How a branch stands on a line; what is open becomes a duty of the branch, what is met closes it.

    Raises `NotInForce`, `MendingMissing`, `MendByPast`, `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if not Standard.objects.in_year(year).filter(pk=standard.pk).exists():
        raise rules.NotInForce(year=year)
    if checked_on > local_day(now):
        raise rules.InTheFuture(field="checked_on")
    if verdict == rules.OPEN:
        if not words.strip() or mend_by is None:
            raise rules.MendingMissing(name=standard.title)
        if mend_by < checked_on:
            raise rules.MendByPast(day=checked_on)
    else:
        mend_by = None
    rows = StandardCheck.objects.select_for_update(of=("self",))
    found = rows.filter(branch=branch, standard=standard, year=year).first()
    held = found or StandardCheck(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, standard=standard, year=year
    )
    before = {name: getattr(held, name) for name in CHECKED}
    held.verdict, held.words, held.mend_by = verdict, words.strip()[:300], mend_by
    held.checked_on, held.checked_by_name = checked_on, actor.name[:80]
    if found is None:
        held.save(force_insert=True)
    else:
        held.save(update_fields=list(CHECKED))
    _mending(actor, held, now)
    record(
        actor=actor, verb="partylife.check_standard", subject=held, now=now, changes=diff(before, held)
    )
    return held


def _mending(actor: Actor, held: StandardCheck, now: datetime) -> None:
    if held.verdict != rules.OPEN or held.mend_by is None:
        close_duties(actor=actor, record=held, kind="partylife.mend", now=now)
        return
    open_duty(
        actor=actor,
        record=held,
        kind="partylife.mend",
        title=f"{held.standard.title}:{held.words}",
        url=f"{reverse('partylife:standards_of', kwargs={'key': held.branch.key})}?year={held.year}",
        organization=held.branch,
        due_at=day_end(held.mend_by),
        now=now,
    )


def _is_of(meeting: Meeting, branch: Organization) -> bool:
    hosts = meeting.invitations.filter(part="host", withdrawn_at__isnull=True, organization=branch)
    return meeting.convener_id == branch.pk or hosts.exists()


@verb(constraints={"one_remark_per_guide": rules.AlreadyRemarked})
def remark(
    *,
    actor: Actor,
    meeting: Meeting,
    branch: Organization,
    quality: str,
    now: datetime,
    words: str = "",
    mend_by: date | None = None,
) -> Guidance:
    """What an instructor says about a meeting of a branch (003-55). What is to be mended is the branch's duty.

    Raises `NotItsMeeting`, `MendingMissing`, `MendByPast`, `AlreadyRemarked`, `Denied`.
    """
    if not covers(actor, branch):
        require(actor, "partylife.guide", branch)
    if not _is_of(meeting, branch):
        raise rules.NotItsMeeting(name=branch.name)
    today = local_day(now)
    if quality == rules.MEND:
        if not words.strip() or mend_by is None:
            raise rules.MendingMissing(name=meeting.title)
        if mend_by < today:
            raise rules.MendByPast(day=today)
    else:
        mend_by = None
    made = Guidance.objects.create(
        jurisdiction_id=branch.jurisdiction_id,
        meeting=meeting,
        branch=branch,
        guide=Person.objects.filter(pk=actor.person_id or 0).first(),
        guide_name=actor.name[:80],
        quality=quality,
        words=words.strip()[:300],
        mend_by=mend_by,
        recorded_at=now,
    )
    if mend_by is not None:
        open_duty(
            actor=actor,
            record=made,
            kind="partylife.guidance",
            title=f"{meeting.title}:{made.words}",
            url=reverse("partylife:guidance", kwargs={"key": made.key}),
            organization=branch,
            due_at=day_end(mend_by),
            now=now,
        )
    told = {"quality": translate(rules.QUALITIES[quality]), "words": made.words, "mend_by": mend_by}
    changes = {name: ("", value) for name, value in told.items()}
    record(actor=actor, verb="partylife.remark", subject=made, now=now, changes=changes)
    return made


class WordsMissing(Refused):
    """Mended is said in words."""

    sentence = rules.ReasonNeeded.sentence
    field = "words"


@verb
def mend(*, actor: Actor, guidance: Guidance, words: str, now: datetime) -> Guidance:
    """The branch says how it mended what was remarked. Raises `NothingToMend`, `WordsMissing`, `Denied`."""
    require(actor, "partylife.write", guidance.branch)
    held: Guidance = Guidance.objects.select_for_update(of=("self",)).get(pk=guidance.pk)
    if held.quality != rules.MEND or held.mended_on is not None:
        raise rules.NothingToMend
    if not words.strip():
        raise WordsMissing
    held.mended_on, held.mended_words = local_day(now), words.strip()[:300]
    held.save(update_fields=["mended_on", "mended_words"])
    close_duties(actor=actor, record=held, kind="partylife.guidance", now=now)
    changes = {"mended_on": (None, held.mended_on), "mended_words": ("", held.mended_words)}
    record(actor=actor, verb="partylife.mend", subject=held, now=now, changes=changes)
    return held
