"""The form of a party organization, what a superior approved about it, groups, and units that join a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lianjian.directory import actions as directory
from lianjian.directory.models import Link, Organization, PartyProfile
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record
from lianjian.rulebook.actions import check
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import finding
from lianjian.rulebook.rules import Act, Choice, Number

from .. import rules as party
from ..models import Approval, BodyForm, BranchMembership
from ..queries.bodies import Form, form_on, is_village, known_full
from ..queries.hosts import binds, excepted, has_secretary, host_kind, reaches_firm
from ..queries.members import at_home
from ..rules import bodies as rules
from .reporting import to_report

CONSTRAINTS = {"one_form_at_a_time": rules.FormRecorded, "approval_names_its_paper": rules.PaperMissing}


def standing(body: Organization, day: date, today: date) -> None:
    """Raise what keeps anything from being recorded of a body on a day."""
    if body.classification != Organization.Classification.PARTY:
        raise party.NotABranch(name=body.name)
    if body.dissolved_on is not None or body.merged_into_id is not None:
        raise party.BranchClosed(name=body.name)
    if body.founded_on is not None and day < body.founded_on:
        raise party.BeforeFounding(name=body.name, day=body.founded_on)
    if day > today:
        raise party.InTheFuture


EVER = date(1900, 1, 1)


def _first_day(body: Organization) -> date:
    """From when on the form of before was held: the founding; where that is unknown, ever."""
    return body.founded_on if body.founded_on is not None else EVER


def _write_form(body: Organization, before: Form, now_held: Form, since: date) -> None:
    """End the open form the day before and begin the new one; the first change also writes what held until then."""
    held = BodyForm.objects.select_for_update(of=("self",)).filter(organization=body).order_by("-since").first()
    if held is not None and held.since > since:
        raise rules.FormRecorded(day=held.since)
    values = {"level": now_held.level, "formation": now_held.formation, "seat": now_held.seat, "paper": now_held.paper}
    if held is not None and held.since == since and held.until is None:
        for name, value in values.items():
            setattr(held, name, value)
        held.save(update_fields=list(values))
        return
    if held is not None and held.until is None:
        held.until = since
        held.save(update_fields=["until"])
    first = _first_day(body)
    if held is None and first < since:
        BodyForm.objects.create(
            jurisdiction_id=body.jurisdiction_id, organization=body, level=before.level, formation=before.formation,
            seat="", since=first, until=since,  # where it stood follows from the links of each day
        )  # fmt: skip
    BodyForm.objects.create(jurisdiction_id=body.jurisdiction_id, organization=body, since=since, **values)


Asked = tuple[str, str, Act]


def _of_firms(body: Organization, form: Form, day: date, secretary: bool) -> list[Asked]:
    """A fit secretary for what stands alone at a firm (R9.01), and on what an attached body hangs (R9.04)."""
    if form.formation == "attached" and reaches_firm(body, form, day):
        return [(rules.HOST, "company.attached", Choice.of(*filter(None, (host_kind(body, form, day),))))]
    if form.seat != "firm" or form.formation != "own" or rules.RANK[form.level] != "branch":
        return []
    there = secretary or has_secretary(body, day)
    return [(rules.HEAD, "company.alone_secretary", Choice.of(*(("secretary",) if there else ())))]


def _acts(body: Organization, form: Form, count: int | None, decided_by: str) -> list[Asked]:
    """Which rules bind a form: (matter of the exception, rule, act). Nothing is asked of an unknown number."""
    asked: list[Asked] = []
    village, rank = is_village(body, form), rules.RANK[form.level]
    if village and rank in ("committee", "general_branch", "branch", "group"):
        asked.append(("", "branch.village_approved", Choice.of(*filter(None, (decided_by,)))))
        if rank == "committee":
            county = ("county",) if decided_by == "county" else ()
            asked.append(("", "branch.village_committee_approved", Choice.of(*county)))
    if count is None or form.formation == rules.TEMPORARY:
        return asked
    if village and rank in ("committee", "general_branch"):
        asked.append((rules.LEVEL, "branch.village_form", Choice.of(rank, n=count)))
    elif form.seat == "firm" and rank in ("committee", "general_branch"):
        asked.append((rules.LEVEL, "company.level", Choice.of(rank, n=count)))
    elif rank == "branch":
        if form.seat == "firm":
            asked.append((rules.MANY, "company.level", Choice.of("branch", n=count)))
        else:
            asked.append((rules.MANY, "branch.size", Number(count)))
        if form.formation == "own":
            code = "company.alone" if form.seat == "firm" else "branch.required"
            asked.append((rules.FEW, code, _alone(form, count)))
    return asked


def _alone(form: Form, count: int) -> Act:
    return Number(count) if form.seat == "firm" else Choice.of("own", n=count)


@verb(constraints=CONSTRAINTS)
def change_form(
    *,
    actor: Actor,
    branch: Organization,
    level: str,
    formation: str,
    seat: str,
    since: date,
    now: datetime,
    paper: str = "",
    decided_by: str = "",
    secretary: bool = False,
    reason: str = "",
) -> None:
    """A body has another level, way of forming or seat from a day on; the days before keep what held on them.

    Held against the rules of that day: a WARN needs a reason and the paper of the superior, which is kept as an
    approved exception. `secretary`: somebody fit to be secretary was found. A branch that stood alone and does no more
    is to be reported (`reporting.to_report`). Raises `SameForm`, `FormRecorded`, `PaperMissing`, `BreaksRule`,
    `ReasonNeeded`, `BeforeFounding`, `InTheFuture`, `BranchClosed`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    standing(branch, since, local_day(now))
    before = form_on(branch, since)
    form = Form(level, formation, seat, since, paper.strip()[:60])
    if form[:3] == before[:3]:
        raise rules.SameForm
    hold_form(actor, branch, form, since, now, decided_by=decided_by, secretary=secretary, reason=reason)
    _write_form(branch, before, form, since)
    directory.set_profile(actor=actor, organization=branch, level=level, formation=formation, now=now)
    if rules.adjusted(before.level, before.formation, formation):
        to_report(actor, branch, since, now, reported=bool(form.paper))
    _record(actor, "change_form", branch, now, level=(before.level, level), formation=(before.formation, formation))


def hold_form(
    actor: Actor, branch: Organization, form: Form, day: date, now: datetime, *, decided_by: str, secretary: bool,
    reason: str,
) -> None:  # fmt: skip
    """Hold a form against the rules of a day; what departs from one is kept with its reason and paper. Part of a verb.

    Secretary and host, once approved, are not asked again; numbers change, and are. On what a body hangs is a reminder
    that asks for no paper: without one the page of the body alone says it.
    """
    approved = excepted(branch, day)
    asked = _acts(branch, form, known_full(branch, day), decided_by)
    for matter, code, act in [*asked, *_of_firms(branch, form, day, secretary)]:
        if matter in (rules.HEAD, rules.HOST) and (matter in approved or not binds(code, day)):
            continue
        kept = check(
            actor=actor, code=code, act=act, day=day, now=now, jurisdiction_id=branch.jurisdiction_id,
            reason=reason, stored=False,
        )  # fmt: skip
        found = finding(kept)
        if found is None or found.passed or not matter or (matter == rules.HOST and not form.paper):
            continue
        if not form.paper:
            raise rules.PaperMissing
        _keep_exception(actor, branch, matter, form.paper, day, reason, _stored(kept), now)


def _stored(evaluation: Evaluation) -> Evaluation:
    evaluation.save(force_insert=True)
    return evaluation


def _keep_exception(
    actor: Actor, branch: Organization, matter: str, paper: str, day: date, reason: str,
    evaluation: Evaluation | None, now: datetime,
) -> Approval:  # fmt: skip
    return Approval.objects.create(
        jurisdiction_id=branch.jurisdiction_id, branch=branch, matter=matter, paper=paper, approved_on=day,
        reason=reason.strip()[:200], evaluation=evaluation, recorded_by_name=actor.name[:80], recorded_at=now,
    )  # fmt: skip


def _record(actor: Actor, word: str, branch: Organization, now: datetime, **changes: tuple[Any, Any]) -> None:
    record(actor=actor, verb=f"partylife.{word}", subject=branch, now=now, changes=changes)


def follow_profile(
    actor: Actor, organization: Organization, changed: Mapping[str, tuple[Any, Any]], now: datetime
) -> None:
    """Somebody changed level or form among the details of a body: from today on. Part of that verb, which journals."""
    if organization.classification != "party" or not {"level", "formation"} & set(changed):
        return
    today = local_day(now)
    held = form_on(organization, today)
    profile = PartyProfile.objects.get(organization=organization)
    level = changed["level"][0] if "level" in changed else profile.level
    formation = changed["formation"][0] if "formation" in changed else profile.formation
    same = BodyForm.objects.on(today).filter(level=profile.level, formation=profile.formation)
    if same.filter(organization=organization).exists():
        return
    recorded = BodyForm.objects.filter(organization=organization).exists()
    before = held if recorded else Form(level, formation, "")
    _write_form(organization, before, Form(profile.level, profile.formation, held.seat if recorded else ""), today)


def bodies_merge(actor: Actor, winner: Organization, loser: Organization, now: datetime) -> None:
    """Of two bodies that become one, the form is the winner's; the loser's history ends with it. Part of that verb."""
    BodyForm.objects.filter(organization=loser).delete()


@verb(constraints=CONSTRAINTS)
def approve_exception(
    *,
    actor: Actor,
    branch: Organization,
    matter: str,
    paper: str,
    approved_on: date,
    now: datetime,
    until: date | None = None,
    reason: str = "",
) -> Approval:
    """The superior approved that a body stands although its number does not fit (R9.02). Raises `PaperMissing`,
    `BeforeApproval`, `BeforeFounding`, `InTheFuture`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    standing(branch, approved_on, local_day(now))
    if not paper.strip():
        raise rules.PaperMissing
    if until is not None and until <= approved_on:
        raise rules.BeforeApproval
    made = _keep_exception(actor, branch, matter, paper.strip()[:60], approved_on, reason, None, now)
    if until is not None:
        made.until = until
        made.save(update_fields=["until"])
    _record(actor, "approve_exception", branch, now, matter=("", matter), paper=("", made.paper))
    return made


@verb
def end_exception(*, actor: Actor, approval: Approval, until: date, now: datetime) -> None:
    """An approved exception holds no longer. Raises `BeforeApproval`, `Denied`."""
    require(actor, "partylife.write", approval.branch)
    if until <= approval.approved_on:
        raise rules.BeforeApproval
    before, approval.until = approval.until, until
    approval.save(update_fields=["until"])
    _record(actor, "end_exception", approval.branch, now, until=(before or "", until))


@verb
def seat_in_group(
    *, actor: Actor, branch: Organization, group: Organization | None, members: Sequence[int], now: datetime
) -> int:
    """Members of the branch (ids of their seats) sit in one of its groups or households, or in none.

    Raises `NotAGroup`, `NotOfBranch`, `Denied`.
    """
    require(actor, "partylife.write", branch)
    if group is not None:
        lower = group.path.startswith(branch.path) and group.pk != branch.pk
        if not lower or rules.RANK[form_on(group, local_day(now)).level] not in ("group", "home"):
            raise rules.NotAGroup(name=group.name)
    rows = at_home(branch, local_day(now)).filter(pk__in=members)
    found = list(BranchMembership.objects.filter(pk__in=rows.order_by().values("pk")).select_for_update(of=("self",)))
    if len(found) != len(set(members)):
        raise rules.NotOfBranch
    for seat in found:
        seat.group = group
    BranchMembership.objects.bulk_update(found, ["group"])
    _record(actor, "seat_in_group", branch, now, group=("", group.name if group else ""), members=("", len(found)))
    return len(found)


def _hold_host(branch: Organization, form: Form, paper: str, values: Mapping[str, Any]) -> None:
    """On what a body hangs that a firm is attached to; a reminder, kept with the paper. Part of a verb."""
    day = values["day"]
    if not binds("company.attached", day):
        return
    kind = host_kind(branch, form, day)
    kept = check(code="company.attached", act=Choice.of(*filter(None, (kind,))), stored=False, **values)
    found = finding(kept)
    if found is not None and not found.passed:
        _keep_exception(
            values["actor"], branch, rules.HOST, paper.strip()[:60], day, values["reason"], _stored(kept), values["now"]
        )


@verb
def join_unit(
    *,
    actor: Actor,
    branch: Organization,
    unit: Organization,
    since: date,
    ground: str,
    paper: str,
    now: datetime,
    reason: str = "",
) -> Link:
    """A unit with too few members for a branch of its own stands under a joint one from a day on (R2.02, R9.03).

    Raises `Reached`, `NotJoint`, `PaperMissing`, `BreaksRule`, `ReasonNeeded` (too many units), `InTheFuture`,
    `Denied`.
    """
    require(actor, "partylife.write", branch)
    standing(branch, since, local_day(now))
    form = form_on(branch, since)
    if form.formation not in ("joint", "attached"):
        raise rules.NotJoint(name=branch.name)
    if not paper.strip():
        raise rules.PaperMissing
    links: Any = Link.objects.filter(kind=Link.PARTY)
    list(Organization.objects.filter(pk=unit.pk).select_for_update(of=("self",), no_key=True))
    later = Q(until__isnull=True) | Q(until__gt=since)  # by another branch on that day or after
    if links.filter(later, target=unit).exists():
        raise rules.Reached(name=unit.name)
    firm = unit.classification in ("enterprise", "social", "cooperative")
    values: dict[str, Any] = {
        "actor": actor, "day": since, "now": now, "jurisdiction_id": branch.jurisdiction_id, "reason": reason,
    }  # fmt: skip
    if firm and form.formation == "joint":
        check(code="company.joint_ground", act=Choice.of(*filter(None, (ground,))), stored=False, **values)
    if firm and form.formation == "attached" and rules.HOST not in excepted(branch, since):
        _hold_host(branch, form, paper, values)
    if form.formation == "joint":
        count = links.on(since).filter(source=branch).count() + 1
        code = "company.joint" if firm else "branch.joint"
        kept = check(code=code, act=Number(count), stored=False, **values)
        found = finding(kept)
        if found is not None and not found.passed:
            _keep_exception(actor, branch, rules.JOINT, paper.strip()[:60], since, reason, _stored(kept), now)
    link: Link = directory.link_organizations(
        actor=actor, kind=Link.PARTY, source=branch, target=unit, since=since, now=now, note=paper.strip()[:60]
    )
    if firm:
        directory.set_profile(actor=actor, organization=unit, party_formation=form.formation, now=now)
    _record(actor, "join_unit", branch, now, unit=("", unit.name), since=("", since))
    return link
