"""Figures of the people whom coverage sends: instructors and their firms, posted cadres, task forces of projects."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from lianjian.directory.models import Membership, Organization, Team, TeamMember
from lianjian.directory.queries.teams import team_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .figure_rows import FIRM, address_of, firms_of, of_subtree, stations_of
from .queries.effective import is_guided
from .queries.enterprises import instructors_on
from .queries.listing import instructor_url
from .rules import BANDS, DEPUTY_SECTION, RESIDENT, word


def _once(rows: QuerySet[Any], each: str = "person_id") -> QuerySet[Any]:
    """One row a person (or a firm), the oldest."""
    first = rows.order_by(each, "pk").distinct(each).values("pk")
    return Membership.objects.filter(pk__in=first).select_related("person", "organization")


def _guiding(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    rows: QuerySet[Any] = instructors_on(scoped.end).visible_to(actor)  # type: ignore[attr-defined]
    return rows.filter(organization__in=firms_of(actor, scoped).order_by().values("pk"))


def firms_guided(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """One row of an instructor for each firm that has one on the day."""
    return _once(_guiding(actor, scoped), "organization_id")


def instructors(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Instructors of firms on the day, each once, with `firms`, the number each looks after."""
    rows = _guiding(actor, scoped)
    each = rows.filter(person=OuterRef("person")).order_by().values("person")
    firms = each.annotate(n=Count("organization", distinct=True)).values("n")
    return _once(rows).annotate(firms=Subquery(firms, output_field=IntegerField()))


def guided(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Firms that an instructor looks after on the day."""
    return firms_of(actor, scoped).filter(is_guided(scoped.end))


def posted(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Cadres posted to firms, and those resident at a station, on the day."""
    rows = Membership.objects.visible_to(actor).on(scoped.end)  # type: ignore[attr-defined]
    firms, places = (found(actor, scoped).order_by().values("pk") for found in (firms_of, stations_of))
    at_firm = Q(role=RESIDENT, organization__in=firms)
    found: QuerySet[Any] = rows.filter(
        at_firm | Q(role="dispatched", details__resident=True, organization__in=places)
    )
    return found


def cadres(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """The same, each person once."""
    return _once(posted(actor, scoped))


def section_cadres(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Those of deputy-section rank or above, by the band of a posting that holds on the day."""
    return _once(posted(actor, scoped).filter(details__band=DEPUTY_SECTION))


def unbanded(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Those of whom no posting tells a band."""
    told = posted(actor, scoped).filter(details__band__in=list(BANDS)).values("person")
    return _once(posted(actor, scoped).exclude(person__in=told))


def projects(actor: Actor, scoped: Scoped) -> QuerySet[Any]:
    """Task forces that stood on the day with their leader and, beside the leader, somebody in the team."""
    rows = Team.objects.visible_to(actor).filter(  # type: ignore[attr-defined]
        Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=scoped.end),
        kind=Team.Kind.TASK,
        founded_on__lte=scoped.end,
        jurisdiction_id__in=scoped.jurisdiction_ids,
    )
    if scoped.path:
        rows = rows.filter(of_subtree(scoped, "organization__path"))
    there = TeamMember.objects.filter(
        Q(until__isnull=True) | Q(until__gt=scoped.end), team=OuterRef("pk"), since__lte=scoped.end
    )
    number = there.order_by().values("team").annotate(n=Count("person", distinct=True)).values("n")
    found: QuerySet[Any] = rows.filter(Exists(there.exclude(person=OuterRef("leader")))).annotate(
        people=Subquery(number, output_field=IntegerField())
    )
    return found.select_related("leader", "organization")


def _instructor_address(row: Membership) -> str:
    return instructor_url(row.person.key)


def _place_address(row: Membership) -> str:
    return str(row.organization.get_absolute_url())


def _band(row: Membership) -> str:
    code = row.details.get("band", "")
    return word(BANDS[code]) if code in BANDS else ""


def _kind(row: Membership) -> str:
    station = row.organization.classification == Organization.Classification.STATION
    return word(_("驻党建指导站")) if station else word(_("驻企业"))


_GUIDE = ((_("姓名"), "person.name"), (_("联系企业(家)"), "firms"), (_("起始"), "since"))
_PAIR = ((_("企业"), "organization.name"), (_("红管家"), "person.name"), (_("起始"), "since"))
_CADRE = (
    (_("姓名"), "person.name"),
    (_("派驻单位"), "organization.name"),
    (_("方式"), _kind),
    (_("职级段"), _band),
    (_("派驻起始"), "since"),
)
_PROJECT = (
    (_("负责的项目"), "project"),
    (_("专班"), "name"),
    (_("负责人"), "leader.name"),
    (_("成员(人)"), "people"),
    (_("牵头单位"), "organization.name"),
)


def _figure(code: str, name: str, unit: str, rows: Any, columns: Any, definition: str, **more: Any) -> Indicator:
    return Indicator(
        code=f"coverage.{code}", name=name, unit=unit, period="as_of", definition=definition, rows=rows,
        columns=columns, subject=_("派驻与专班"), **more,
    )  # fmt: skip


INDICATORS = [
    _figure(
        "instructors",
        _("派驻企业党建指导员数"),
        "名",
        instructors,
        _GUIDE,
        _("截至该日派驻(联系)企业的党建指导员(红管家、红色指导员),一人只计一次,并列出各自联系的企业数。"),
        address=_instructor_address,
    ),
    _figure(
        "guided",
        _("党建指导员联系企业数"),
        "家",
        guided,
        FIRM,
        _("截至该日有党建指导员联系的企业,一家只计一次。"),
        address=address_of,
    ),
    _figure(
        "guided_each",
        _("平均每名指导员联系企业"),
        "家",
        firms_guided,
        _PAIR,
        _("截至该日有党建指导员联系的企业数,除以联系企业的党建指导员人数;几名指导员联系同一家企业的,该企业只计一次。"),
        address=_place_address,
        base=instructors,
        share=False,
    ),
    _figure(
        "posted_cadres",
        _("驻企(助企)干部数"),
        "名",
        cadres,
        _CADRE,
        _("截至该日派驻企业的助企干部和常驻党群服务中心的下派干部,一人只计一次。"),
        address=_place_address,
    ),
    _figure(
        "posted_section",
        _("副科级及以上驻企(助企)干部数"),
        "名",
        section_cadres,
        _CADRE,
        _("截至该日驻企(助企)干部中,派驻记录所填职级段为副科级及以上的,一人只计一次;没有填写职级段的不计,也不排名。"),
        address=_place_address,
    ),
    _figure(
        "posted_unbanded",
        _("未填职级段的驻企(助企)干部数"),
        "名",
        unbanded,
        _CADRE,
        _("截至该日驻企(助企)干部中,派驻记录没有填写职级段的,一人只计一次。"),
        address=_place_address,
    ),
    _figure(
        "project_teams",
        _("有专班的项目数"),
        "个",
        projects,
        _PROJECT,
        _("截至该日落实“一个项目、一名领导、一套人马”的项目:专班未解散、有负责人、负责人以外还有成员,一个项目只计一次。"),
        address=lambda row: team_url(row.key),
    ),
]
