"""What the rules ask of instructors and leaders, held against the record of visits: days in firms, visits to firms.

The rules are defaults: without a document of the place they are a suggestion, with one a period that is over is late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Membership, Person
from lianjian.directory.queries import organization_url
from lianjian.events.models import Visit
from lianjian.events.queries import visit_url
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Link
from lianjian.partylife.queries.life import span_name
from lianjian.rulebook.queries import Asked, asked_by_place, asks, light_text
from lianjian.rulebook.rules import Cadence, Held, Span, State, span_of, state_of

from ..models import Leave
from ..rules import GUARANTEE, LEADER, LEADERS
from .caring import leading
from .enterprises import INSTRUCTOR, RIGHT

DAYS, VISITS = "company.instructor_days", "company.leader_visit"
# Who keeps in touch or answers for a firm visits it; a cadre who is posted there is there.
VISITING = (LEADER, GUARANTEE)
TONES = {"met": "done", "open": "neutral", "due": "due", "late": "late", "suggested": "neutral"}


@dataclass(frozen=True)
class Kept:
    """One period: how much was done of what is asked, its light, and what was done, each (day, firm, address)."""

    period: str
    done: int
    times: int
    badge: Badge
    light: str
    rows: Sequence[tuple[date, str, str]] = ()

    @property
    def table(self) -> list[tuple[date, Link | str]]:
        """What was done, to read and to open."""
        return [(day, Link(name, url) if url else name) for day, name, url in self.rows]

    @property
    def shown(self) -> Badge:
        """How much of how much, in the colour of the light."""
        return Badge(f"{self.badge.word} {self.done}/{self.times}", self.badge.tone)


@dataclass(frozen=True)
class DaysAsked:
    """Days of an instructor in firms: the present period and the one before, with the rule."""

    periods: Sequence[Kept]
    asks: str
    cite: str
    binds: bool


def asked_on(code: str, day: date, place: int) -> Asked | None:
    """The rule as it binds in a place; None where it is not in force."""
    found = asked_by_place([code], day, [place]).get(place, {}).get(code)
    return found if found is not None and found.cadence is not None else None


def cadence_text(cadence: Cadence) -> str:
    """How often, in words."""
    return asks("cadence", {"per": cadence.per, "times": cadence.times, "measure": cadence.measure})[0]


def spans_of(cadence: Cadence, today: date) -> tuple[Span, Span]:
    """The present period and the one before."""
    now = span_of(today, cadence.per)
    return now, span_of(now.first - timedelta(days=1), cadence.per)


def binding(asked: Asked, state: State) -> str:
    """The light of a period; what was over before the place's own document asked for it is no more than suggested."""
    early = asked.since is not None and state.span.last < asked.since
    return "suggested" if early and state.light == "late" else state.light


def sees_person(actor: Actor, person: Person) -> bool:
    """Whether one sees what is asked of a person: oneself, and who sees the coverage of the whole place."""
    return actor.person_id == person.pk or person.jurisdiction_id in whole_jurisdictions(actor, RIGHT)


def days_asked(actor: Actor, person: Person, today: date) -> DaysAsked | None:
    """How many days an instructor was in the firms he looked after that day; None where one may not see that.

    A period for the whole of which somebody was away is not missed.
    """
    if not sees_person(actor, person):
        return None
    asked = asked_on(DAYS, today, person.jurisdiction_id)
    if asked is None or asked.cadence is None:
        return None
    return DaysAsked(
        periods=kept_days(asked, today, *map(list, days_facts(actor, person.pk, asked.cadence, today))),
        asks=cadence_text(asked.cadence),
        cite=asked.cite,
        binds=asked.cadence.national,
    )


def days_facts(actor: Actor, person: int, cadence: Cadence, today: date) -> tuple[QuerySet[Any], ...]:
    """What `kept_days` reads: visits of a person to firms that he looked after on that day, with whether the actor may
    open each; since when he is an instructor; when he was away.
    """
    first = spans_of(cadence, today)[1].first
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("visited_on")), person=person, role=INSTRUCTOR,
        organization=OuterRef("organization"), since__lte=OuterRef("visited_on"),
    )  # fmt: skip
    rows = Visit.objects.standing().filter(Exists(held), people__person=person, visited_on__range=(first, today))  # type: ignore[attr-defined]
    visits = rows.annotate(opens=Exists(Visit.objects.visible_to(actor).filter(pk=OuterRef("pk"))))  # type: ignore[attr-defined]
    # Postings that ended before the periods say nothing of how long the instructor has been one now.
    posted = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=first), person=person, role=INSTRUCTOR
    ).order_by("since")
    return (
        visits.order_by("visited_on", "pk").values_list("visited_on", "organization__name", "key", "opens", "pk"),
        posted.values_list("since")[:1],
        Leave.objects.filter(person=person).values_list("since", "until"),
    )


def kept_days(
    asked: Asked, today: date, visits: Sequence[Any], posted: Sequence[Any], leaves: Sequence[Any]
) -> list[Kept]:
    """The present period and the one before, from `days_facts`."""
    cadence = asked.cadence
    assert cadence is not None  # noqa: S101 - asked_on
    rows = [(day, name, visit_url(key) if opens else "") for day, name, key, opens, _pk in visits]
    started = posted[0][0] if posted else None
    return [_kept_days(asked, cadence, span, today, rows, started, leaves) for span in spans_of(cadence, today)]


def _kept_days(
    asked: Asked,
    cadence: Cadence,
    span: Span,
    today: date,
    rows: Sequence[tuple[date, str, str]],
    started: date | None,
    leaves: Sequence[tuple[date, date | None]],
) -> Kept:
    away = any(since <= span.first and (until is None or until > span.last) for since, until in leaves)
    days = list(dict.fromkeys(day for day, _firm, _url in rows))
    state = state_of(cadence, Held(today=today, days=days, period=span.first, started=started))
    light = "suggested" if away and state.light in ("due", "late") else binding(asked, state)
    return Kept(
        period=span_name(span),
        done=state.done,
        times=state.times,
        badge=Badge(_("离岗"), "paused") if away else Badge(light_text(light), TONES[light]),
        light=light,
        rows=[row for row in rows if span.holds(row[0])],
    )


def visits_asked(
    asked: Asked, today: date, firms: Sequence[tuple[int, date]], visits: Mapping[int, Sequence[date]]
) -> dict[int, tuple[Kept, Kept]]:
    """For each firm (id, since when it has the leader): the present period and the one before. No query."""
    cadence = asked.cadence
    assert cadence is not None  # noqa: S101 - asked_on
    spans = spans_of(cadence, today)
    found: dict[int, tuple[Kept, Kept]] = {}
    for firm, since in firms:
        pair = []
        for span in spans:
            state = state_of(
                cadence, Held(today=today, days=visits.get(firm, ()), period=span.first, started=since)
            )
            light = binding(asked, state)
            badge = Badge(light_text(light), TONES[light])
            pair.append(Kept(span_name(span), state.done, state.times, badge, light))
        found[firm] = (pair[0], pair[1])
    return found


def visits_of(person: Person, first: date) -> dict[int, list[date]]:
    """Days on which a person was at each organization since a day; one query."""
    rows: Any = Visit.objects.standing().filter(people__person=person, visited_on__gte=first)  # type: ignore[attr-defined]
    found: dict[int, list[date]] = {}
    for firm, day in rows.order_by("visited_on").values_list("organization_id", "visited_on").distinct():
        found.setdefault(firm, []).append(day)
    return found


@dataclass(frozen=True)
class LeaderPage:
    """The firms of a leader, each with its last visit and, by the rule, the present period and the one before."""

    name: str
    own: bool
    rows: Sequence[tuple[Any, ...]]
    columns: Sequence[Any]
    total: int
    waiting: int
    late: int
    asks: str
    cite: str
    binds: bool
    period: str
    list_url: str


def leader_page(actor: Actor, person: Person, today: date) -> LeaderPage | None:
    """The firms that a leader is in touch with or answers for; None for one who sees none of them and is another."""
    held = list(
        leading(actor).filter(person=person).order_by("organization__name", "role", "pk").values_list(
            "organization_id", "organization__key", "organization__name", "role", "since", "last_visit"
        )
    )
    own = actor.person_id == person.pk
    if not held and not own:
        return None
    asked = asked_on(VISITS, today, person.jurisdiction_id)
    answered: dict[int, tuple[Kept, Kept]] = {}
    if asked is not None and asked.cadence is not None and sees_person(actor, person):
        mine: dict[int, date] = {}  # of two roles at one firm the earlier began it
        for firm, _key, _name, role, since, _last in held:
            if role in VISITING:
                mine[firm] = min(since, mine.get(firm, since))
        first = spans_of(asked.cadence, today)[1].first
        answered = visits_asked(asked, today, list(mine.items()), visits_of(person, first))
    spans = [span_name(span) for span in spans_of(asked.cadence, today)] if asked and asked.cadence and answered else []
    rows = []
    for firm, key, name, role, since, last in held:
        way = Badge(translate(LEADERS[role]), "info")
        cells = (Link(name, organization_url(key)), way, since, last or _("没有记录"))
        kept = answered.get(firm) if role in VISITING else None
        rows.append((*cells, *((one.shown for one in kept) if kept else [""] * len(spans))))
    columns = [_("企业"), (_("方式"), "state"), (_("起始"), "date"), (_("本人最近走访"), "date")]
    return LeaderPage(
        name=person.name,
        own=own,
        rows=rows,
        columns=[*columns, *((span, "state") for span in spans)],
        total=len({firm for firm, *_rest in held}),
        waiting=sum(now.light != "met" for now, _before in answered.values()),
        late=sum(before.light == "late" for _now, before in answered.values()),
        asks=cadence_text(asked.cadence) if asked and asked.cadence else "",
        cite=asked.cite if asked else "",
        binds=bool(asked and asked.cadence and asked.cadence.national),
        period=spans[0] if spans else "",
        list_url=f"{reverse('coverage:leaders')}?leader={person.key}",
    )
