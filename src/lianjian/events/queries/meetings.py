"""The list of meetings, and where else meetings are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import BigIntegerField, BooleanField, IntegerField
from django.db.models.functions import Cast, Coalesce, Extract, Now, TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.looks import show_datetime
from lianjian.foundation.searchdb import search

from ..models import Invitation, Meeting, Venue
from ..rules import meetings as rules
from .visits import day_of
from .words import every_word, word_name

Rows = QuerySet[Meeting]
TONES = {rules.PLANNED: "info", rules.HELD: "done", rules.CANCELLED: "paused"}


@cache
def _address() -> str:
    zero = UUID(int=0)
    return reverse("events:meeting", kwargs={"key": zero}).replace(str(zero), "")


def meeting_url(key: object) -> str:
    """The address of a meeting; `reverse` once, not once a row."""
    return f"{_address()}{key}"


def state_badge(state: str, *, over: bool) -> Badge:
    """The state in a word; what is planned and over waits for its record."""
    if state == rules.PLANNED and over:
        return Badge(gettext("待登记"), "due")
    return Badge(gettext(rules.STATES[state]), TONES[state])


def over() -> Any:
    """Whether the time of a meeting has passed (by the database's clock)."""
    return Case(When(ends_at__lt=Now(), then=Value(True)), default=Value(False), output_field=BooleanField())


def _base(actor: Actor) -> Rows:
    # Several branches hold it together: the one that convenes is one of them.
    hosted = Q(part=rules.HOST, meeting__convener__classification="party")
    joint = Max(Case(When(hosted, then=Value(1)), default=Value(0)))
    invited = (
        Invitation.objects.filter(meeting=OuterRef("pk"), withdrawn_at__isnull=True)
        .order_by()
        .values("meeting")
        .annotate(n=Count("pk") + joint)
        .values("n")
    )
    number = Coalesce(Subquery(invited, output_field=IntegerField()), Value(0))
    return Meeting.objects.visible_to(actor).annotate(bodies=number, over=over(), turn=_turn())


def _turn() -> Any:
    """The order of the list: today's and what is ahead, the nearest first; then what is past, the latest first.

    It turns at midnight, so that the pages of a list fit together all day long.
    """
    second = Cast(Extract("starts_at", "epoch"), BigIntegerField())
    ahead = When(GreaterThanOrEqual(TruncDate("starts_at"), TruncDate(Now())), then=second)
    last = Value(10**11, output_field=BigIntegerField())
    return Case(ahead, default=last - second, output_field=BigIntegerField())


def _row(values: Sequence[Any]) -> Row:
    key, title, kind, starts, convener, convener_key, venue, place, state, bodies, late = values[:11]
    where = " ".join(filter(None, (venue, place)))
    cells = (
        title,
        starts,
        word_name(kind),
        Link(convener, organization_url(convener_key)),
        where,
        bodies,
        state_badge(state, over=late),
    )
    return Row(meeting_url(key), cells)


def _since(rows: Rows, value: str, actor: Actor) -> Rows:
    day = day_of(value)
    return rows.annotate(day=TruncDate("starts_at")).filter(day__gte=day) if day else rows.none()


def _until(rows: Rows, value: str, actor: Actor) -> Rows:
    day = day_of(value)
    return rows.annotate(day=TruncDate("starts_at")).filter(day__lte=day) if day else rows.none()


def _mine(rows: Rows, value: str, actor: Actor) -> Rows:
    return rows.filter(pk__in=Meeting.objects.concerning(actor).values("pk")) if value == "1" else rows


def _late(rows: Rows, value: str, actor: Actor) -> Rows:
    return rows.filter(state=rules.PLANNED, ends_at__lt=Now()) if value == "1" else rows


def _keyed(query: Callable[[UUID], Q]) -> Callable[[Rows, str, Actor], Rows]:
    def apply(rows: Rows, value: str, actor: Actor) -> Rows:
        try:
            return rows.filter(query(UUID(value)))
        except ValueError:
            return rows.none()

    return apply


def of_body(key: UUID) -> Q:
    """Meetings that a body convenes or is invited to."""
    invited = Invitation.objects.filter(organization__key=key, withdrawn_at__isnull=True).values("meeting_id")
    return Q(convener__key=key) | Q(pk__in=invited)


def hosted_by(key: UUID) -> Q:
    """Meetings that a body convenes or holds together with another."""
    hosts = Invitation.objects.filter(organization__key=key, part=rules.HOST, withdrawn_at__isnull=True)
    return Q(convener__key=key) | Q(pk__in=hosts.values("meeting_id"))


def held_since(actor: Actor, key: UUID, day: date) -> tuple[Rows, str]:
    """What a body convened or hosted and held since a day, each once, and the list that shows it."""
    rows = Meeting.objects.visible_to(actor).held().filter(hosted_by(key)).annotate(day=TruncDate("starts_at"))
    address = f"{reverse('events:meetings')}?host={key}&state={rules.HELD}&since={day}"
    return rows.filter(day__gte=day), address


def words_of(list_code: str) -> Callable[[Actor], Sequence[tuple[str, str]]]:
    """The words of a list that the actor's place offers."""
    return lambda actor: every_word(actor.jurisdiction_id)[list_code]


MEETINGS = register(
    ListSpec(
        name="events.meetings",
        title=_("会议与活动"),
        base=_base,
        columns=(
            Column("title", _("名称"), "first"),
            Column("starts_at", _("时间"), "date", "starts_at"),
            Column("kind", _("种类"), "text"),
            Column("convener", _("召集方"), "link"),
            Column("where", _("地点"), "text", None, True),
            Column("bodies", _("参加单位(个)"), "number"),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key",
            "title",
            "kind",
            "starts_at",
            "convener__name",
            "convener__key",
            "venue__name",
            "place",
            "state",
            "bodies",
            "over",
        ),
        row=_row,
        right="meetings.see",
        default_sort="turn",
        filters=(
            Filter("since", _("不早于"), _since, "date"),
            Filter("until", _("不晚于"), _until, "date"),
            Filter(
                "kind", _("种类"), lambda rows, value, actor: rows.filter(kind=value), "select", words_of("kind")
            ),
            Filter(
                "topic",
                _("议题"),
                lambda rows, value, actor: rows.filter(topics__contains=[value]),
                "select",
                words_of("topic"),
            ),
            Filter("mine", _("范围"), _mine, "select", lambda actor: [("1", _("与我单位有关"))]),
            Filter("late", _("登记"), _late, "select", lambda actor: [("1", _("开过还没登记"))]),
            Filter("convener", _("召集方"), _keyed(lambda key: Q(convener__key=key)), "hidden"),
            Filter("organization", _("单位"), _keyed(of_body), "hidden"),
            Filter("host", _("召集或主办"), _keyed(hosted_by), "hidden"),
            Filter("series", _("周期"), _keyed(lambda key: Q(series__key=key)), "hidden"),
            Filter("team", _("服务团队"), _keyed(lambda key: Q(teams__team__key=key)), "hidden"),
            Filter("venue", _("阵地"), _keyed(lambda key: Q(venue__key=key)), "hidden"),
        ),
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=search,
        empty=(_("还没有会议和活动"), _("召集联席会议、互访和共建活动,从这里安排;参加单位会在待办里看到。")),
    )
)


def search_meetings(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box: meetings, then venues."""
    meetings = search(Meeting.objects.visible_to(actor), text).order_by("-starts_at", "-pk")
    venues = search(Venue.objects.visible_to(actor), text).order_by("name", "pk")
    held, places = yield (
        meetings.values_list("key", "title", "starts_at", "convener__name")[:limit],
        venues.values_list("key", "name", "organization__name")[:limit],
    )
    found = [
        (title, f"{show_datetime(starts)} {convener}", meeting_url(key)) for key, title, starts, convener in held
    ]
    found += [
        (name, f"{gettext('阵地')} {body}", reverse("events:venue", kwargs={"key": key}))
        for key, name, body in places
    ]
    return found[:limit]


MEETING_SEARCH = SearchSource(str(_("会议、活动与阵地")), "meetings.see", search_meetings, 52)


Line = tuple[tuple[str, str], str, str, str]


def line_rows(rows: Rows, *, most: int, first: str = "-starts_at") -> Any:
    """The query behind `lines`."""
    found = rows.annotate(over=over()).order_by(first, "pk")
    return found.values_list("key", "title", "kind", "starts_at", "state", "over")[:most]


def lines(found: Iterable[tuple[Any, ...]]) -> list[Line]:
    """Meetings for a panel: badge, title, words, address."""
    shown = []
    for key, title, kind, starts, state, late in found:
        badge = state_badge(state, over=late)
        words = f"{timezone.localtime(starts):%Y-%m-%d %H:%M} · {word_name(kind)}"
        shown.append(((str(badge.word), badge.tone), title, words, meeting_url(key)))
    return shown
