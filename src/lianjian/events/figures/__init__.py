"""The figures that visits, meetings and venues can answer for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, path_range, subtree_q
from lianjian.foundation.calendar import day_end
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from ..models import Attendance, Audience, Decision, Invitation, Meeting, Visit
from ..queries import meeting_url, visit_url
from ..rules import meetings as rules
from .venues import VENUES

DAY = timedelta(days=1)


def visits_in(actor: Actor, scoped: Scoped) -> QuerySet[Visit]:
    """Standing visits of the period within the scope."""
    rows: QuerySet[Visit] = Visit.objects.visible_to(actor).standing()  # type: ignore[attr-defined]
    rows = rows.filter(
        jurisdiction_id__in=scoped.jurisdiction_ids, visited_on__range=(scoped.start, scoped.end)
    )
    if scoped.path:
        low, high = path_range(scoped.path)
        rows = rows.filter(organization__path__gte=low, organization__path__lt=high)
    return rows.select_related("organization").order_by("visited_on", "id")


def visited_enterprises(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
    """Enterprises with at least one standing visit in the period; each counts once."""
    ids = visits_in(actor, scoped).order_by().values("organization_id")
    return Organization.objects.filter(pk__in=ids, classification="enterprise").order_by("name", "id")


def meetings_held(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """What was held in the period, by the day it began: convened or hosted within the scope.

    One with several hosts counts once in every total, and in the total of each of its hosts.
    """
    rows = Meeting.objects.visible_to(actor).held()
    rows = rows.filter(starts_at__gte=day_end(scoped.start - DAY), starts_at__lt=day_end(scoped.end))
    hosts = Invitation.objects.filter(meeting=OuterRef("pk"), part=rules.HOST, withdrawn_at__isnull=True)
    hosts = hosts.filter(organization__jurisdiction_id__in=scoped.jurisdiction_ids)
    convened = Q(jurisdiction_id__in=scoped.jurisdiction_ids)
    if scoped.path:
        convened &= subtree_q("convener__path", [scoped.path])
        hosts = hosts.filter(subtree_q("organization__path", [scoped.path]))
    rows = rows.filter(convened | Q(Exists(hosts)))
    return rows.select_related("convener").order_by("starts_at", "id")


def joint_meetings(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """Joint conferences and mutual visits among them."""
    return meetings_held(actor, scoped).filter(kind__in=("联席会议", rules.VISIT_KIND))


def party_days(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """Those planned from a template in parts of which every part took place."""
    return meetings_held(actor, scoped).filter(parts__len__gt=0, parts_held__len=F("parts__len"))


def in_parts(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """Those that have parts."""
    return meetings_held(actor, scoped).filter(parts__len__gt=0)


def people_came(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """What was held in the period with `came`: how many came to it.

    For invited bodies their headcount, which follows the list where one is written; for the convener, and for bodies
    that guests count for, those present on lists.
    """
    invited = Invitation.objects.filter(attendance=rules.ATTENDED, withdrawn_at__isnull=True, people__gt=0)
    heads = invited.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(n=Sum("people")).values("n")
    of_invited = invited.filter(meeting=OuterRef("meeting"), organization=OuterRef("organization"))
    present = Attendance.objects.visible_to(actor).present().filter(~Exists(of_invited), meeting=OuterRef("pk"))
    others = present.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    rows = meetings_held(actor, scoped).annotate(came=Coalesce(Subquery(heads), 0) + Coalesce(Subquery(others), 0))
    return rows.filter(came__gt=0)


def attendances(actor: Actor, scoped: Scoped) -> QuerySet[Attendance]:
    """Persons who came to what was held in the period, by the body for which each counts."""
    rows = Attendance.objects.visible_to(actor).present().filter(
        jurisdiction_id__in=scoped.jurisdiction_ids,
        meeting__state=rules.HELD,
        meeting__starts_at__gte=day_end(scoped.start - DAY),
        meeting__starts_at__lt=day_end(scoped.end),
    )
    if scoped.path:
        rows = rows.filter(subtree_q("organization__path", [scoped.path]))
    return rows.select_related("meeting", "organization", "person").order_by("meeting__starts_at", "id")


def services(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """Volunteer services and the like: what says how many people it served."""
    return meetings_held(actor, scoped).filter(served__isnull=False)


def classes(actor: Actor, scoped: Scoped) -> QuerySet[Meeting]:
    """Classes: what says for whom it was held; a joint one counts once."""
    return meetings_held(actor, scoped).filter(
        Exists(Audience.objects.filter(meeting=OuterRef("pk"))), kind__in=("培训", "培训班")
    )


def audiences(actor: Actor, scoped: Scoped) -> QuerySet[Audience]:
    """Each kind of audience once, with the first class of the period that reached it."""
    rows = Audience.objects.filter(meeting__in=classes(actor, scoped).order_by().values("pk"))
    first = rows.order_by("name", "meeting__starts_at", "id").distinct("name").values("pk")
    return Audience.objects.filter(pk__in=first).select_related("meeting__convener").order_by("name", "id")


def decisions_due(actor: Actor, scoped: Scoped) -> QuerySet[Decision]:
    """Decisions whose day fell in the period, not dropped and not lost; open ones only once their day has come."""
    rows: QuerySet[Decision] = Decision.objects.visible_to(actor).filter(
        jurisdiction_id__in=scoped.jurisdiction_ids, due_on__range=(scoped.start, scoped.end)
    )
    if scoped.path:
        rows = rows.filter(subtree_q("meeting__convener__path", [scoped.path]))
    rows = rows.exclude(state__in=(rules.DROPPED, rules.LOST)).exclude(state=rules.DOING, due_on__gt=Today())
    return rows.select_related("meeting").order_by("due_on", "id")


def decisions_in_time(actor: Actor, scoped: Scoped) -> QuerySet[Decision]:
    """Those of them that were carried out by their day."""
    return decisions_due(actor, scoped).filter(state=rules.DONE, settled_on__lte=F("due_on"))


def _meeting_address(row: Any) -> str:
    return meeting_url(row.key)


def _of_meeting_address(row: Any) -> str:
    return meeting_url(row.meeting.key)


def _visit_address(row: Any) -> str:
    return visit_url(row.key)


def _organization_address(row: Any) -> str:
    return str(row.get_absolute_url())


_MEETING: Any = (
    (_("时间"), "starts_at"),
    (_("名称"), "title"),
    (_("种类"), "kind_name"),
    (_("召集方"), "convener.name"),
)
_DECISION: Any = (
    (_("完成期限"), "due_on"),
    (_("决定事项"), "text"),
    (_("落实日期"), "settled_on"),
    (_("会议活动"), "meeting.title"),
)
INDICATORS = [
    Indicator(
        code="events.visits",
        name=_("走访次数"),
        unit="次",
        period="during",
        definition=_("时段内走访过的次数,按走访日期计;几个人同去一家算一次,已作废的不计。"),
        rows=visits_in,
        columns=(
            (_("日期"), "visited_on"),
            (_("走访对象"), "whom"),
            (_("走访人"), "visitors"),
            (_("接待人"), "received_by"),
        ),
        address=_visit_address,
        subject=_("走访"),
    ),
    Indicator(
        code="events.visited_enterprises",
        name=_("走访企业数"),
        unit="家",
        period="during",
        definition=_("时段内至少走访过一次的企业,一家只计一次;名册里没有认出的企业不计,已作废的走访不计。"),
        rows=visited_enterprises,
        columns=((_("企业"), "name"), (_("信用代码"), "code")),
        address=_organization_address,
        subject=_("走访"),
    ),
    Indicator(
        code="events.meetings",
        name=_("会议与活动次数"),
        unit="次",
        period="during",
        definition=_("时段内本范围内的单位召集或主办、开过并登记的会议和活动,按开始日期计;几家合办的算一次,取消的和没有登记的不计。"),
        rows=meetings_held,
        columns=_MEETING,
        address=_meeting_address,
        subject=_("会议与活动"),
        split=(_("按种类"), "kind"),
    ),
    Indicator(
        code="events.joint_meetings",
        name=_("联席会议和互访次数"),
        unit="次",
        period="during",
        definition=_("会议与活动次数里,种类是联席会议或互访的。"),
        rows=joint_meetings,
        columns=_MEETING,
        address=_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.all_parts",
        name=_("环节全部开展的活动比例"),
        unit="%",
        period="during",
        definition=_("时段内开过、分环节的活动(例如五日一体)里,每个环节都开展了的比例;几家合办的算一次。"),
        rows=party_days,
        base=in_parts,
        columns=_MEETING,
        address=_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.meeting_people",
        name=_("会议与活动参加人次"),
        unit="人次",
        period="during",
        definition=_(
            "时段内开过的会议和活动的到会人数,召集单位的人也计;登记了名单的按名单,没有名单的按到会人数。"
            "同一个人参加两次算两人次。"
        ),
        rows=people_came,
        measure="came",
        columns=(
            (_("会议活动"), "title"),
            (_("召集单位"), "convener.name"),
            (_("到会人数"), "came"),
        ),
        address=_meeting_address,
        subject=_("会议与活动"),
        split=(_("按种类"), "kind"),
    ),
    Indicator(
        code="events.attendance",
        name=_("名单到会人次"),
        unit="人次",
        period="during",
        definition=_("时段内开过的会议和活动,到会名单上到会的人次;到别处参加的计入本人所在单位,一次会议一个人只计一次。"),
        rows=attendances,
        columns=((_("会议活动"), "meeting.title"), (_("计入单位"), "organization.name"), (_("姓名"), "person.name")),
        address=_of_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.served",
        name=_("活动服务人数"),
        unit="人",
        period="during",
        definition=_("时段内开过的活动登记的服务人数相加;服务人次另计,两个数不相加。"),
        rows=services,
        measure="served",
        columns=(*_MEETING, (_("服务人数"), "served")),
        address=_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.services",
        name=_("服务活动场次"),
        unit="次",
        period="during",
        definition=_("时段内开过并登记了服务人数的活动;几家合办的算一次。"),
        rows=services,
        columns=(*_MEETING, (_("服务人数"), "served")),
        address=_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.classes",
        name=_("培训班次数"),
        unit="次",
        period="during",
        definition=_("时段内办过、写明培训对象的培训和培训班;几家合办的算一次。"),
        rows=classes,
        columns=_MEETING,
        address=_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.audiences",
        name=_("培训对象类别"),
        unit="个",
        period="during",
        definition=_("时段内培训班的对象有几类,一类只计一次;每类列出时段内的第一期。"),
        rows=audiences,
        columns=((_("培训对象"), "name"), (_("会议活动"), "meeting.title"), (_("召集方"), "meeting.convener.name")),
        address=_of_meeting_address,
        subject=_("会议与活动"),
    ),
    Indicator(
        code="events.decisions_in_time",
        name=_("会议决定按期落实率"),
        unit="%",
        period="during",
        definition=_("完成期限在时段内的决定中,到期限那天或以前已办结的比例;不再办理的和期限还没到、仍在落实的不计。"),
        rows=decisions_in_time,
        base=decisions_due,
        columns=_DECISION,
        address=_of_meeting_address,
        subject=_("会议与活动"),
    ),
    *VENUES,
]
