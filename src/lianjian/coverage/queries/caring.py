"""Lists of care: visits that are due by tier, leaders and their firms, firms on the way to an own branch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as Choose
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Membership, Organization
from lianjian.directory.queries import organization_url
from lianjian.directory.queries.lists import find_organizations
from lianjian.events.models import VisitPerson
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register
from lianjian.foundation.searchdb import search
from lianjian.partylife.queries.unformed import known_members

from ..models import Goal, Interval
from ..rules import BANDS, BRANCH_MEMBERS, COVERABLE, INTERVALS, LEADERS, POSTED, STAGE_WORDS, STAGES, TIERS
from .effective import due_visits, with_stage
from .enterprises import enterprises, visible_enterprises
from .listing import by_instructor, by_station, instructor_choices, key_of, station_choices


def words(known: dict[str, Any]) -> Any:
    """Options of a filter from a table of words (or of pairs of word and tone)."""

    def options(actor: Actor) -> list[tuple[str, str]]:
        return [(code, translate(one if isinstance(one, str) else one[0])) for code, one in known.items()]

    return options


def _due_row(values: Sequence[Any]) -> Row:
    key, name, tier, stated, interval, last, due, late, guides, station = values[:10]
    mark = Badge(gettext("%(tier)s 类") % {"tier": tier}, "info" if stated else "neutral")
    return Row(
        organization_url(key),
        (name, mark, interval, last or Badge(gettext("没有走访过"), "late"), due, late, guides or "", station or ""),
    )


def _of_tier(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(firm_tier=value)


DUE = register(
    ListSpec(
        name="coverage.due",
        title=_("应走访的企业"),
        right="coverage.see",
        base=lambda actor: due_visits(enterprises(actor)),
        columns=(
            Column("name", _("企业"), sort="name"),
            Column("tier", _("分层"), "state", "firm_tier"),
            Column("interval", _("间隔(天)"), "number", None, True),
            Column("last_visit", _("最近走访"), "date", "last_visit"),
            Column("due_on", _("应走访日期"), "date", "due_on"),
            Column("late", _("已过(天)"), "number", "late"),
            Column("instructor", _("红管家")),
            Column("station", _("指导站"), "text", None, True),
        ),
        values=(
            "key",
            "name",
            "firm_tier",
            "stated_tier",
            "interval",
            "last_visit",
            "due_on",
            "late",
            "instructors",
            "station_name",
        ),
        row=_due_row,
        default_sort="due_on",
        filters=(
            Filter("tier", _("分层"), _of_tier, options=words(TIERS)),
            Filter("station", _("指导站"), by_station, options=station_choices),
            Filter("instructor", _("红管家"), by_instructor, options=instructor_choices),
        ),
        search=search,
        empty=(_("没有到期的走访"), _("已安排的企业都在走访间隔之内。")),
    )
)


def intervals(actor: Actor, day: date) -> list[tuple[str, str, int, bool]]:
    """(tier, word, days, whether the place set it) on a day, in the actor's own place."""
    own = dict(
        Interval.objects.filter(jurisdiction_id=actor.jurisdiction_id).on(day).values_list("tier", "days")
    )
    return [(code, translate(word), own.get(code, INTERVALS[code]), code in own) for code, word in TIERS.items()]


def may_write(actor: Actor, right: str = "coverage.write") -> Any:
    """True for rows that the actor may write: those of a place where the right and the hand of the database reach."""
    if not actor.scopes(right):
        return Value(False)
    own = When(jurisdiction_id__in=actor.writable, then=Value(True))
    return Choose(own, default=Value(False), output_field=BooleanField())


def leading(actor: Actor) -> QuerySet[Any]:
    """Who is responsible for which firm today, as far as the actor sees firm and coverage."""
    rows = Membership.objects.filter(role__in=list(LEADERS)).on(Today())  # type: ignore[attr-defined]
    bodies = visible_enterprises(actor, None, COVERABLE).order_by()
    rows = rows.filter(organization__in=bodies.values("pk"))
    been = VisitPerson.objects.filter(
        visit__organization=OuterRef("organization"), person=OuterRef("person"), visit__withdrawn_at__isnull=True
    )
    last = been.order_by("-visit__visited_on").values("visit__visited_on")[:1]
    found: QuerySet[Any] = rows.annotate(last_visit=Subquery(last), may=may_write(actor))
    return found


def leader_url(key: object) -> str:
    """The page of a leader's firms."""
    return reverse("coverage:leader", kwargs={"key": key})


def _leader_row(values: Sequence[Any]) -> Row:
    firm_key, firm, person, role, since, last, key, may, details, person_key = values[:10]
    end = Link(gettext("结束"), reverse("coverage:end_membership", kwargs={"key": key})) if may else ""
    shown = last or Badge(gettext("没有走访过"), "due")
    told = translate(BANDS[details["band"]]) if details.get("band") in BANDS else ""
    band: str | Link = told
    if may and role in POSTED:
        band = Link(told or gettext("填职级段"), reverse("coverage:band", kwargs={"key": key}))
    way = Badge(translate(LEADERS[role]), "info")
    who = Link(person, leader_url(person_key))
    return Row(organization_url(firm_key), (firm, who, way, since, shown, band, end))


def _named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    firms = find_organizations(Organization.objects.filter(classification="enterprise"), text)
    return rows.filter(Q(organization__in=firms.values("pk")) | Q(person__name__icontains=text))


def _leaders(actor: Actor) -> list[tuple[str, str]]:
    found = leading(actor).order_by("person__name", "person__key").values_list("person__key", "person__name").distinct()
    return [(str(key), name) for key, name in found]


def _of_leader(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    key = key_of(value)
    return rows.filter(person__key=key) if key else rows.none()


LEADING = register(
    ListSpec(
        name="coverage.leaders",
        title=_("领导联系企业"),
        right="coverage.see",
        base=leading,
        columns=(
            Column("firm", _("企业"), sort="organization__name"),
            Column("person", _("联系领导"), "link", "person__name"),
            Column("role", _("方式"), "state", "role"),
            Column("since", _("起始"), "date", "since"),
            Column("last_visit", _("本人最近走访"), "date", "last_visit"),
            Column("band", _("职级段"), "link", None, True),
            Column("end", _("操作"), "link"),
        ),
        values=(
            "organization__key",
            "organization__name",
            "person__name",
            "role",
            "since",
            "last_visit",
            "key",
            "may",
            "details",
            "person__key",
        ),
        row=_leader_row,
        default_sort="organization__name",
        filters=(
            Filter("role", _("方式"), lambda rows, value, actor: rows.filter(role=value), options=words(LEADERS)),
            Filter("leader", _("联系领导"), _of_leader, options=_leaders),
        ),
        search=_named,
        empty=(_("还没有领导联系企业"), _("安排班子成员联系、领导包保或干部助企后会列在这里。")),
    )
)


def hatching(actor: Actor) -> QuerySet[Any]:
    """Every firm with its stage, and its goal where one is set."""
    goals = Goal.objects.on(Today()).filter(organization=OuterRef("pk"))
    rows = with_stage(enterprises(actor)).annotate(
        goal=Subquery(goals.values("target")[:1]),
        goal_due=Subquery(goals.values("due_on")[:1]),
        goal_step=Subquery(goals.values("step")[:1]),
        may=may_write(actor),
        known=known_members(F("members"), Today()),
    )
    found: QuerySet[Any] = rows
    return found


def _hatching_row(values: Sequence[Any]) -> Row:
    key, name, stage, members, staff, text, goal, due, step, may = values[:10]
    word, tone = STAGE_WORDS[stage]
    lacking = "" if stage in ("joint", "own") or members is None else max(0, BRANCH_MEMBERS - members)
    return Row(
        reverse("coverage:goal", kwargs={"key": key}) if may else organization_url(key),
        (
            name,
            Badge(translate(word), tone),
            members,
            lacking,
            text or staff,
            translate(STAGES[goal][0]) if goal else "",
            due,
            step or "",
        ),
    )


def _rank(name: str) -> Any:
    """Where a stage stands in their order; an unknown one before all."""
    order = [When(**{name: code}, then=Value(number)) for number, code in enumerate(STAGES)]
    return Choose(*order, default=Value(-1), output_field=IntegerField())


def _goal(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    if value == "late":
        # What was reached is not late, whenever that was.
        late: QuerySet[Any] = rows.filter(goal_due__lt=Today()).annotate(reached=_rank("stage"), aim=_rank("goal"))
        return late.filter(reached__lt=F("aim"))
    return rows.filter(goal__isnull=value != "yes")


def _parts(actor: Actor) -> list[tuple[str, str]]:
    found = visible_enterprises(actor).filter(parent__isnull=False).order_by("parent__name", "parent__key")
    return [(str(key), name) for key, name in found.values_list("parent__key", "parent__name").distinct()]


def _of_part(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    key = key_of(value)
    return rows.filter(parent__key=key) if key else rows.none()


HATCHING = register(
    ListSpec(
        name="coverage.incubation",
        title=_("党组织孵化"),
        right="coverage.see",
        base=hatching,
        columns=(
            Column("name", _("企业"), sort="name"),
            Column("stage", _("阶段"), "state"),
            Column("members", _("党员数"), "number", "known"),
            Column("lacking", _("离3名还差"), "number", None, True),
            Column("staff", _("职工数"), "number", "size_staff"),
            Column("goal", _("目标"), "text", None),
            Column("due", _("期限"), "date", "goal_due"),
            Column("step", _("下一步"), "text", None, True),
        ),
        values=("key", "name", "stage", "known", "size_staff", "size_text", "goal", "goal_due", "goal_step", "may"),
        row=_hatching_row,
        default_sort="-known",
        state_field="stage",
        states=tuple((code, _(word)) for code, (word, _tone) in STAGE_WORDS.items()),
        filters=(
            Filter(
                "goal", _("目标"), _goal,
                options=lambda actor: [("yes", _("已定目标")), ("no", _("未定目标")), ("late", _("已过期限"))],
            ),
            Filter("part", _("片区"), _of_part, options=_parts),
        ),
        search=search,
        empty=(_("这个阶段没有企业"), _("换一个阶段或条件看看。")),
    )
)  # fmt: skip

