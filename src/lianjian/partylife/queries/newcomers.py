"""Who became a secretary and owes the first course, and until when (R2.32): one answer for the list and the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest, TruncDate

from lianjian.directory.models import Membership, Organization
from lianjian.events.models import Attendance, Meeting
from lianjian.foundation.calendar import CHINA, WorkCalendar, local_day
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.rulebook.queries import Asked, asked_by_place, calendar
from lianjian.rulebook.rules import Term, reckon

from ..models import BranchMembership, MemberExemption, PartyMember
from ..models.moves import stopped
from ..rules import education as rules
from ..rules.elections import HEAD

# How many days a term of each unit has at most, rest days between its working days among them.
DAYS: Final = {"h": 1, "d": 1, "wd": 3, "m": 31, "y": 366, "month_end": 31, "year_end": 366}


def homes(day: Any) -> QuerySet[Any]:
    """Seats at home on a day, each member once, with `exempt`; whose membership is stopped is not asked to learn."""
    seats: Any = BranchMembership.objects.filter(role=BranchMembership.HOME)
    free: Any = MemberExemption.objects.filter(member_id=OuterRef("member_id"), effect=MemberExemption.ATTENDANCE)
    standing = seats.on(day).exclude(member__in=stopped(day).values("member_id"))
    found: QuerySet[Any] = standing.annotate(exempt=Exists(free.on(day)))
    return found


def first_posts(day: Any) -> QuerySet[Any]:
    """The post at which somebody became a secretary for the first time, of everybody who is one on a day, anywhere."""
    posts: Any = Membership.objects.filter(role=HEAD, organization__classification="party")
    same = posts.filter(person_id=OuterRef("person_id"))
    earlier = same.filter(Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lt=OuterRef("pk")))
    today = same.on(day).filter(organization__merged_into__isnull=True)
    found: QuerySet[Any] = posts.filter(~Exists(earlier), Exists(today), since__lte=day)
    return found


def with_newness(rows: QuerySet[Any], asked: Mapping[int, Mapping[str, Asked]], day: Any) -> QuerySet[Any]:
    """Of `homes`: `new_since`, the day on which he became a secretary; `taught`, whether he took a course since then;
    `fresh`, whether the rule asks that of him.

    It asks from its first day on, and not of terms that were over before the place had any meeting on record; then
    until he is taught or is no secretary any more, whatever year it is. `terms` are words from which `deadline_of`
    reckons the day: it moves past rest days, which only the calendar knows.
    """
    asking = {place: one for place, some in asked.items() if (one := some.get(rules.NEW_SECRETARY)) is not None}
    spoken = {place: "|".join(f"{term.amount}{term.unit}" for term in one.terms) for place, one in asking.items()}
    posts = first_posts(day).filter(person_id=OuterRef("member__person_id"))
    courses = Attendance.objects.present().filter(
        person_id=OuterRef("member__person_id"), meeting__state="held", meeting__kind__in=rules.COURSES
    )
    since = courses.annotate(day=TruncDate("meeting__starts_at", tzinfo=CHINA)).filter(day__gte=OuterRef("new_since"))
    found: QuerySet[Any] = rows.annotate(
        new_since=Subquery(posts.values("since")[:1]),
        terms=by_place(spoken, CharField(), Value("")),
        asked_from=by_place(_asked_from(asking, day), DateField(), Value(None)),
    ).annotate(
        taught=Exists(since),
        fresh=Case(When(new_since__gte=F("asked_from"), then=Value(True)), default=Value(False)),
    )
    return found


def owing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of `with_newness`, those who still owe the course."""
    return rows.filter(exempt=False, fresh=True, taught=False)


def by_place(values: Mapping[int, Any], field: Any, default: Any) -> Any:
    """A value by the place of the seat; the one that most places have is written once."""
    texts = list(map(str, values.values()))
    usual = max(values.values(), key=lambda one: texts.count(str(one)), default=default)
    other = [When(jurisdiction_id=place, then=_sql(one)) for place, one in values.items() if str(one) != str(usual)]
    return Case(*other, default=_sql(usual), output_field=field)


def _sql(value: Any) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value)


def _asked_from(asking: Mapping[int, Asked], day: Any) -> dict[int, Any]:
    """The first day of office of which each place is asked: one query."""
    held = Meeting.objects.held().filter(jurisdiction_id=OuterRef("pk")).order_by("starts_at").values("starts_at")[:1]
    rows = Jurisdiction.objects.filter(pk__in=asking).annotate(begun=Subquery(held)).values_list("pk", "begun")
    begun = dict(rows)
    found: dict[int, Any] = {}
    for place, one in asking.items():
        days, first = max(DAYS[term.unit] * max(term.amount, 1) for term in one.terms), begun.get(place)
        if first is not None:
            found[place] = max(one.rule.valid_from, local_day(first) - timedelta(days=days))
        elif isinstance(day, date):
            found[place] = max(one.rule.valid_from, day - timedelta(days=days))
        else:
            early = ExpressionWrapper(day - Value(days), output_field=DateField())
            found[place] = Greatest(Value(one.rule.valid_from), early, output_field=DateField())
    return found


def deadline_of(since: date, terms: str, days: WorkCalendar | None = None) -> date | None:
    """The last day on which somebody in office since a day is to be taught, the strictest of law and place."""
    days = days or calendar()
    found = []
    for one in filter(None, terms.split("|")):
        amount = "".join(filter(str.isdigit, one))
        found.append(local_day(reckon(days, since, Term(int(amount), one.removeprefix(amount))).due_at))
    return min(found, default=None)


class Owing(NamedTuple):
    """A new secretary who still owes the course, where he is at home, and the last day for it."""

    member: PartyMember
    branch: Organization
    until: date


def newcomers(place: int, day: date) -> list[Owing]:
    """New secretaries at home in a place who still owe the course on a day: a few queries, however many branches."""
    asked = asked_by_place([rules.NEW_SECRETARY], day, [place])
    if rules.NEW_SECRETARY not in asked.get(place, {}):
        return []
    people = first_posts(day).order_by().values("person_id")
    rows = with_newness(homes(day).filter(jurisdiction_id=place, member__person__in=people), asked, day)
    days = calendar()
    return [
        Owing(seat.member, seat.branch, until)
        for seat in owing(rows).select_related("member__person", "branch").order_by("new_since", "pk")
        if (until := deadline_of(seat.new_since, seat.terms, days)) is not None
    ]
