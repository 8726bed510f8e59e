"""Education of the year over all branches one answers for: hours, courses, new secretaries. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership
from lianjian.events.models import Attendance
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.dbday import Today, YearStart
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import Asked, asked_by_place, term_text

from ..models.doors import RIGHT
from ..rules import education as rules
from ..rules.elections import HEAD, ROLES
from .branches import branch_url, member_url
from .newcomers import by_place, deadline_of, homes, owing, with_newness

CODES: Final = (rules.HOURS, rules.OFFICER_HOURS, rules.OFFICER_COURSE, rules.ROTATION, rules.NEW_SECRETARY)


def entitled(actor: Actor, field: str = "branch") -> Q:
    """Branches whose learning one answers for: one's own and those below. Not those one only covers or guides."""
    whole = whole_jurisdictions(actor, RIGHT)
    below: Q = subtree_q(f"{field}__path", subtree_paths(actor, RIGHT))
    return below | Q(**{f"{field}__jurisdiction_id__in": whole})


def learners(actor: Actor, day: Any) -> QuerySet[Any]:
    """Seats at home on a day, each member once; whose membership is stopped is not asked to learn."""
    return homes(day).filter(entitled(actor))


def _attended(person: str, start: Any, end: Any = None) -> QuerySet[Any]:
    rows = Attendance.objects.present().filter(
        person_id=OuterRef(person), meeting__state="held", meeting__starts_at__gte=start
    )
    return rows.filter(meeting__starts_at__lt=end) if end is not None else rows


def _number(rows: QuerySet[Any], what: Any, field: Any) -> Coalesce:
    counted = rows.order_by().values("person_id").annotate(n=what).values("n")
    return Coalesce(Subquery(counted, output_field=field), Value(0), output_field=field)


def at_county(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Courses of a committee or an office at county level or above; what a branch there holds itself is none."""
    return rows.filter(
        meeting__kind__in=rules.COURSES, meeting__jurisdiction__level__in=rules.COUNTY_AND_ABOVE
    ).exclude(meeting__convener__party__level__in=rules.BELOW_COMMITTEES)


def offices_on(day: Any, person: str = "member__person_id") -> Any:
    """Offices that somebody holds in a party organization on a day."""
    rows: Any = Membership.objects.filter(
        person_id=OuterRef(person), organization__classification="party", organization__merged_into__isnull=True
    )
    return rows.on(day)


def with_office(rows: QuerySet[Any], day: Any) -> QuerySet[Any]:
    """Since when somebody is secretary (of what he took last), and whether he sits on any leadership."""
    held = offices_on(day)
    found: QuerySet[Any] = rows.annotate(
        head_since=Subquery(held.filter(role=HEAD).order_by("-since", "-pk").values("since")[:1]),
        officer=Exists(held.filter(role__in=ROLES.values())),
    )
    return found


def with_hours(
    rows: QuerySet[Any], day: Any, start: Any, end: Any, asked: Mapping[int, Mapping[str, Asked]]
) -> QuerySet[Any]:
    """`with_office`, with hours and courses from `start` on, the number asked of each, and `state`."""
    there = _attended("member__person_id", start, end)
    hours = DecimalField(max_digits=8, decimal_places=1)
    found: QuerySet[Any] = with_office(rows, day).annotate(
        hours=_number(there, Sum("meeting__hours"), hours),
        norm=Case(
            When(officer=True, then=_number_by_place(asked, lambda some: hours_asked(some, True))),
            default=_number_by_place(asked, lambda some: hours_asked(some, False)),
            output_field=IntegerField(),
        ),
    ).annotate(
        state=Case(
            When(exempt=True, then=Value(rules.EXEMPT)),
            When(hours__gte=F("norm"), then=Value(rules.MET)),
            default=Value(rules.SHORT),
            output_field=CharField(),
        )
    )
    return found


def with_courses(
    rows: QuerySet[Any], start: Any, end: Any, asked: Mapping[int, Mapping[str, Asked]]
) -> QuerySet[Any]:
    """How many collective courses somebody took, how many of them at county level or above, and how many of each the
    rules ask of an officer and of a secretary.
    """
    there = _attended("member__person_id", start, end)
    found: QuerySet[Any] = rows.annotate(
        courses=_number(there.filter(meeting__kind__in=rules.COURSES), Count("pk"), IntegerField()),
        county=_number(at_county(there), Count("pk"), IntegerField()),
        courses_asked=_number_by_place(asked, lambda some: times_asked(some, rules.OFFICER_COURSE)),
        county_asked=_number_by_place(asked, lambda some: times_asked(some, rules.ROTATION)),
    )
    return found


def times_asked(some: Mapping[str, Asked], code: str) -> int:
    """The number a rule asks for; 0 where it is not in force."""
    one = some.get(code)
    return one.cadence.times if one is not None and one.cadence is not None else 0


def hours_asked(some: Mapping[str, Asked], officer: bool) -> int:
    """The hours of a year asked of a member; of who leads a party organization no fewer than of everybody."""
    norm = times_asked(some, rules.HOURS)
    return max(norm, times_asked(some, rules.OFFICER_HOURS)) if officer else norm


def _number_by_place(asked: Mapping[int, Mapping[str, Asked]], number: Callable[[Mapping[str, Asked]], int]) -> Any:
    return by_place({place: number(some) for place, some in asked.items()}, IntegerField(), 0)


def _base(actor: Actor) -> QuerySet[Any]:
    """Members of today with their learning since New Year, for who answers for them."""
    day, start = Today(), YearStart()
    asked = asked_by_place(CODES, day, actor.readable)
    rows = with_courses(with_hours(learners(actor, day), day, start, None, asked), start, None, asked)
    return with_newness(rows.annotate(today=Today()), asked, day)


def hours_text(hours: Any) -> str:
    """Class hours with half hours where there are any: 32, 31.5."""
    return f"{hours:.1f}".removesuffix(".0")


def office_word(head_since: date | None, officer: bool) -> str:
    """Which office makes him owe more; nothing for everybody else."""
    return translate(rules.WHO["secretary" if head_since is not None else "officer"]) if officer else ""


def new_word(new_since: date, terms: str, taught: bool, today: date) -> Any:
    """How a new secretary's first course stands."""
    if taught:
        return Badge(gettext("新任书记已培训"), "done")
    until = deadline_of(new_since, terms)
    if until is None:
        return ""
    if until < today:
        return Badge(gettext("新任书记培训已超期(%(day)s)") % {"day": show_date(until)}, "late")
    return Badge(gettext("新任书记%(day)s前参加培训") % {"day": show_date(until)}, "due")


def _row(values: Sequence[Any]) -> Row:
    (
        key, name, branch_key, branch, head_since, officer, hours, norm, courses, county, county_asked, new_since,
        fresh, taught, terms, today, state,
    ) = values[:17]  # fmt: skip
    asked = state != rules.EXEMPT
    if not asked:
        badge = Badge(translate(rules.STATES[state]), "neutral")
    elif state == rules.MET:
        badge = Badge(translate(rules.STATES[state]), "done")
    else:
        badge = Badge(gettext("还差%(n)s学时") % {"n": hours_text(norm - hours)}, "due")
    rotated = gettext("已轮训") if county >= county_asked else gettext("还没有")
    rotation = "" if head_since is None or not asked else rotated
    new: Any = new_word(new_since, terms, taught, today) if fresh and asked else ""
    return Row(
        member_url(key),
        (
            name, Link(branch, branch_url(branch_key)), office_word(head_since, officer),
            f"{hours_text(hours)}/{norm}", courses, rotation, new, badge,
        ),
    )  # fmt: skip


def _of_who(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    if value == "secretary":
        return rows.filter(head_since__isnull=False)
    return rows.filter(officer=value == "officer", head_since__isnull=True)


def _lacks(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    asked = rows.filter(exempt=False)
    if value == rules.COURSE_LACKS:
        return asked.filter(officer=True, courses__lt=F("courses_asked"))
    if value == rules.ROTATION_LACKS:
        return asked.filter(head_since__isnull=False, county__lt=F("county_asked"))
    return owing(rows)


def _of_branch(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(branch__key=UUID(value))
    except ValueError:
        return rows.filter(branch__name__contains=value)


def _of_member(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    try:
        return rows.filter(member__key=UUID(value))
    except ValueError:
        return rows.none()


def _words(words: Mapping[str, str]) -> Any:
    return lambda actor: [(code, translate(word)) for code, word in words.items()]


EDUCATION = register(
    ListSpec(
        name="partylife.education",
        title=_("本年学时和培训"),
        right=RIGHT,
        base=_base,
        columns=(
            Column("name", _("姓名"), sort="member__person__name"),
            Column("branch", _("党支部"), sort="branch__name"),
            Column("office", _("职务"), hide_small=True),
            Column("hours", _("学时/应达到")),
            Column("courses", _("集中培训期数"), "number", None, True),
            Column("rotation", _("县级以上轮训"), hide_small=True),
            Column("new", _("新任书记"), sort="new_since"),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "member__key", "member__person__name", "branch__key", "branch__name", "head_since", "officer", "hours",
            "norm", "courses", "county", "county_asked", "new_since", "fresh", "taught", "terms", "today", "state",
        ),
        row=_row,
        default_sort="member__person__name",
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=lambda rows, text: rows.filter(
            Q(member__person__name__contains=text) | Q(branch__name__contains=text)
        ),
        filters=(
            Filter("who", _("职务"), _of_who, "select", _words(rules.WHO)),
            Filter("lacks", _("还没有的培训"), _lacks, "select", _words(rules.LACKS)),
            Filter("branch", _("党支部"), _of_branch, "text"),
            Filter("member", _("党员"), _of_member, "hidden"),
        ),
        empty=(_("还没有编入党员"), _("在支部页面编入党员,记到会名单和学时后,这里自动计算。")),
    )
)  # fmt: skip


def education_laws(place: int, day: date) -> list[tuple[str, str]]:
    """What the rules ask for in a place, each with its source."""
    found = asked_by_place(CODES, day, [place]).get(place, {})
    words = {
        rules.HOURS: gettext("党员每年%(n)s学时"),
        rules.OFFICER_HOURS: gettext("书记和班子成员每年%(n)s学时"),
        rules.OFFICER_COURSE: gettext("书记和班子成员每年集中培训%(n)s期"),
        rules.ROTATION: gettext("书记每年县级以上轮训%(n)s期"),
        rules.NEW_SECRETARY: gettext("新任书记任职%(n)s内培训"),
    }
    told = []
    for code in filter(found.__contains__, CODES):
        one = found[code]
        length = "、".join(term_text(term.amount, term.unit) for term in one.terms)
        told.append((words[code] % {"n": one.cadence.times if one.cadence is not None else length}, one.cite))
    return told


def learned(actor: Actor, day: date, start: Any, end: Any, places: Iterable[int]) -> QuerySet[Any]:
    """Members on a day with hours, courses and state of a span: for figures. The exempt are still among them."""
    asked = asked_by_place(CODES, day, places)
    return with_courses(with_hours(learners(actor, day), day, start, end, asked), start, end, asked)
