"""Who came, as the page of a meeting and its printed record show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate

from ..models import Attendance, Invitation, Meeting
from ..rolls import electorate_of
from ..rules import attendance as rules
from ..rules import meetings
from .meeting import writes

TONES = {rules.PRESENT: "done", rules.LEAVE: "paused", rules.ABSENT: "late", rules.EXEMPT: "neutral"}


@dataclass(frozen=True)
class BodyList:
    """One body's list: `should` have come (the exempt left out), how many `came`, and names by state."""

    name: str
    url: str
    should: int
    came: int
    parts: Sequence[tuple[str, str, str]]


def bodies_at(meeting: Meeting) -> list[Organization]:
    """The convener and the bodies invited, those that attended or whose attendance is not written yet."""
    rows = Invitation.objects.filter(meeting=meeting, withdrawn_at__isnull=True).select_related("organization")
    found = [row.organization for row in rows.order_by("pk") if row.attendance in ("", meetings.ATTENDED)]
    return list({body.pk: body for body in (meeting.convener, *found)}.values())


def attendance_of(actor: Actor, meeting: Meeting) -> list[BodyList]:
    """Lists that the actor may see, with the way to write those of one's own bodies; two queries."""
    if meeting.state != meetings.HELD:
        return []
    rows = Attendance.objects.visible_to(actor).listed().filter(meeting=meeting)
    said: dict[int, list[tuple[str, str, str]]] = {}
    names: dict[int, str] = {}
    for pk, title, name, state, reason in rows.order_by("organization_id", "person__name", "pk").values_list(
        "organization_id", "organization__name", "person__name", "state", "reason"
    ):
        said.setdefault(pk, []).append((name, state, reason))
        names[pk] = title
    found = []
    for body in bodies_at(meeting):
        may = writes(actor, "meetings.answer", body)
        people = said.pop(body.pk, [])
        if people or may:
            url = reverse("events:attend", kwargs={"key": meeting.key, "body": body.key}) if may else ""
            found.append(_body_list(body.name, url, people))
    return found + [_body_list(names[pk], "", people) for pk, people in said.items()]


def _body_list(name: str, url: str, people: Sequence[tuple[str, str, str]]) -> BodyList:
    parts = []
    for state, word in rules.STATES.items():
        told = [
            f"{who}({translate(rules.REASONS[reason])})" if reason else who
            for who, stands, reason in people
            if stands == state
        ]
        if told:
            label = _("%(state)s %(n)s 人") % {"state": translate(word), "n": len(told)}
            parts.append((label, TONES[state], "、".join(told)))
    exempt = sum(state == rules.EXEMPT for _name, state, _reason in people)
    came = sum(state == rules.PRESENT for _name, state, _reason in people)
    return BodyList(name, url, len(people) - exempt, came, parts)


def listed(meeting: Meeting) -> tuple[int | None, int | None]:
    """How many should have come and came by all lists of a meeting; None where none was written. One query."""
    states = list(Attendance.objects.listed().filter(meeting=meeting).values_list("state", flat=True))
    if not states:
        return None, None
    return len(states) - states.count(rules.EXEMPT), states.count(rules.PRESENT)


def voters_of(meeting: Meeting) -> tuple[int | None, int | None]:
    """How many have a vote at the meeting and came, by the rule that binds its votes, else by its lists."""
    who = electorate_of(meeting)
    return listed(meeting) if who is None else (who.eligible, who.present)
