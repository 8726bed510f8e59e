"""Who is entitled at a branch's general or committee meeting, how many were there, and what follows from it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext

from lianjian.directory.models import Membership, Organization
from lianjian.events.models import Attendance, Meeting
from lianjian.events.queries import writes
from lianjian.events.rolls import Electorate
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.declare import Asking
from lianjian.foundation.listing import Badge
from lianjian.rulebook.models import Evaluation
from lianjian.rulebook.queries import cite, finding, step_text

from ..models import Quorum
from ..rules import bodies, elections
from ..rules import cadence as rules
from .bodies import form_on, with_form
from .committees import electors

BODY = ("id", "key", "name", "jurisdiction_id", "path", "classification")


class Count(NamedTuple):
    """How many are entitled and how many of them came; None where that is not known."""

    eligible: int | None
    present: int | None


class Kept(NamedTuple):
    """What the page takes of a `Quorum`."""

    branch_id: int
    evaluation__key: Any
    evaluation__cite: str
    result: str
    met: bool
    counts: bool
    typed: bool
    reason: str


def day_of(meeting: Meeting) -> date:
    """The day in China on which it began."""
    return meeting.starts_at.astimezone(CHINA).date()


def entitled(kind: str, body: Organization, day: date) -> Any:
    """Persons with the vote at such a meeting of a branch, as a query of their ids; None where nobody knows them.

    Full members of the branch without those left out of 应到会; at a committee meeting whoever holds an office in it.
    """
    if rules.QUORUMS[kind] == "vote.committee":
        held: Any = Membership.objects.filter(organization=body, role__in=list(elections.ROLES.values()))
        rows = held.on(day).order_by().values("person_id").distinct()
    else:
        rows = electors(body, form_on(body, day), day).order_by().values("member__person_id").distinct()
    return rows if rows.exists() else None


def count_of(meeting: Meeting, body: Organization) -> Count:
    """From the roll of the day and the list of the body."""
    who = entitled(meeting.kind, body, day_of(meeting))
    if who is None:
        return Count(None, None)
    if not Attendance.objects.listed().filter(meeting=meeting, organization=body).exists():
        return Count(who.count(), None)
    there = Attendance.objects.listed().present().filter(meeting=meeting, person_id__in=who)
    return Count(who.count(), there.count())


def asks_quorum(meeting: Meeting, body: Organization) -> bool:
    """Whether a meeting of the body needs one: of branches, not of groups or higher bodies."""
    if meeting.kind not in rules.QUORUMS or body.classification != Organization.Classification.PARTY:
        return False
    return form_on(body, day_of(meeting)).level in bodies.BRANCHES


def hosts_of(meeting: Meeting) -> list[Organization]:
    """The convener and the hosts that were not taken back."""
    rows = meeting.invitations.filter(part="host", withdrawn_at__isnull=True).select_related("organization")
    found = [meeting.convener, *(row.organization for row in rows.order_by("pk"))]
    return list({body.pk: body for body in found}.values())


def electorate(meeting: Meeting) -> Electorate | None:
    """For a vote at the meeting: its rule, who is entitled and who was there (provider of `events.rolls`)."""
    if not asks_quorum(meeting, meeting.convener):
        return None
    found = count_of(meeting, meeting.convener)
    row = Quorum.objects.filter(meeting=meeting, branch=meeting.convener, typed=True).first()
    if found.present is None and row is not None:
        found = Count(row.eligible, row.present)
    return Electorate(rules.QUORUMS[meeting.kind], found.eligible, found.present)


class Judged(NamedTuple):
    """One host's quorum for the page: the word, its arithmetic, the article, what follows."""

    name: str
    badge: Badge
    sums: str
    cite: str
    follows: str
    url: str
    count_url: str


def _judged(body: Organization, row: Kept | None, heads: int, count_url: str) -> Judged:
    if row is None:
        follows = (
            gettext("没有到会名单,只有到会人数 %(n)s 人,按已开展计入组织生活;登记名单以后按名单核对。") % {"n": heads}
            if heads
            else gettext("没有到会名单,不知道是否达到法定人数,暂不计入组织生活。请登记名单,或者登记应到和实到人数。")
        )
        return Judged(body.name, Badge(gettext("法定人数未核对"), "due"), "", "", follows, "", count_url)
    evaluation = Evaluation(key=row.evaluation__key, cite=row.evaluation__cite, result=json.loads(row.result))
    out = finding(evaluation)
    sums = "".join(step_text(step) for step in (out.steps if out else ()))
    if row.met:
        badge, follows = Badge(gettext("达到法定人数"), "done"), gettext("这次会议计入组织生活。")
    elif row.counts:
        badge = Badge(gettext("未达到法定人数"), "due")
        follows = gettext("已写明理由,这次会议计入组织生活。理由:%(reason)s") % {"reason": row.reason}
    else:
        badge = Badge(gettext("未达到法定人数"), "late")
        follows = gettext("记录保留,但不计入组织生活,本期还要另开;会上的表决不能通过。")
    url = reverse("rulebook:evaluation", kwargs={"key": evaluation.key})
    return Judged(body.name, badge, sums, cite(evaluation), follows, url, count_url)


def quorum_panel(*, actor: Actor, record: Meeting, now: datetime) -> Asking:
    """Whether enough were there, for the page of a held general or committee meeting of a branch."""
    if record.state != "held" or record.kind not in rules.QUORUMS or not actor.scopes("partylife.see"):
        return None
    # JSON is not asked for together with other columns, its text is.
    mine = Quorum.objects.visible_to(actor).filter(meeting=record)
    mine = mine.annotate(result=Cast("evaluation__result", TextField())).values_list(*Kept._fields)
    hosts = record.invitations.filter(part="host", withdrawn_at__isnull=True)
    parties = Organization.objects.filter(Q(pk=record.convener_id) | Q(pk__in=hosts.values("organization_id")))
    levels = with_form(parties, day_of(record)).order_by("pk").values_list(*BODY, "form_level")
    rows, invited, found = yield (mine, hosts.values_list("organization_id", "people"), levels)
    known = {row.branch_id: row for row in (Kept(*values) for values in rows)}
    heads: dict[int, int] = dict(invited)
    shown = []
    for *values, level in found:
        body = Organization(**dict(zip(BODY, values, strict=True)))
        may = writes(actor, "partylife.write", body)
        row = known.get(body.pk)
        asked = level in bodies.BRANCHES and body.classification == Organization.Classification.PARTY
        if row is None and not (may and asked):
            continue
        url = reverse("partylife:count_quorum", kwargs={"key": record.key, "body": body.key})
        by_hand = may and (row is None or row.typed)
        shown.append(_judged(body, row, heads.get(body.pk, 0), url if by_hand else ""))
    return ("partylife/_quorum.html", {"quorums": shown}) if shown else None


def quorum_paper(*, actor: Actor, record: Meeting, now: datetime) -> Asking:
    """The same for the printed record."""
    found = yield from quorum_panel(actor=actor, record=record, now=now)
    return ("partylife/_quorum_paper.html", found[1]) if found else None
