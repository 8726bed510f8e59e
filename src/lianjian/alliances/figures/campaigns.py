"""Campaigns: who takes part, what was put right; honours; what is shared, counted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lianjian.directory.models import Person
from lianjian.directory.queries import person_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _, translate

from ..models import (
    BenefitFigure,
    BenefitPayout,
    Campaign,
    CampaignLead,
    CampaignRecord,
    Honour,
    Participant,
    ParticipantStep,
    Rectification,
)
from ..queries.benefits import benefit_url
from ..queries.campaign_lists import participant_url
from ..rules import campaigns as rules
from ..rules.benefits import SIDES
from ..rules.leading import LEADING


def running(actor: Actor, scoped: Scoped) -> QuerySet[Campaign]:
    """Campaigns of the places that run on the last day asked for."""
    rows: QuerySet[Campaign] = Campaign.objects.open_on(scoped.end).visible_to(actor)
    return rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids).order_by("since", "pk")


def _then(day: date) -> QuerySet[ParticipantStep]:
    """The steps of a part until a day, the last one first. Whose steps one may not read has none of them here."""
    return ParticipantStep.objects.filter(participant=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")


def taking_part(actor: Actor, scoped: Scoped) -> QuerySet[Participant]:
    """Parts of bodies that had joined by the last day and had not left on it, `then` being their status of that day.

    What happened later changes no figure of a past day. Another place's steps are not read: there the status of now
    stands for days from its own on, and for earlier ones that the body took part.
    """
    now = Case(When(status_on__gt=scoped.end, then=Value(rules.JOINED)), default=F("status"))
    rows: QuerySet[Participant] = Participant.objects.visible_to(actor).filter(joined_on__lte=scoped.end)
    rows = rows.annotate(then=Coalesce(Subquery(_then(scoped.end).values("status")[:1]), now))
    held = running(actor, scoped).order_by().values("pk")
    return (
        rows.exclude(then=rules.LEFT)
        .filter(campaign__in=held)
        .select_related("campaign", "organization")
        .order_by("campaign", "number")
    )


def pilots(actor: Actor, scoped: Scoped) -> QuerySet[Participant]:
    """Those that went first by the last day (checklist 000-40)."""
    steps = _then(scoped.end)
    went = Exists(steps.filter(status=rules.PILOT)) | ~Exists(steps)
    return taking_part(actor, scoped).filter(went, pilot=True)


def went_ahead(actor: Actor, scoped: Scoped) -> QuerySet[Person]:
    """Who asked to go first or leads, in what runs on the last day; each person once."""
    running_now = taking_part(actor, scoped).order_by().values("pk")
    rows = CampaignLead.objects.visible_to(actor).filter(participant__in=running_now, since__lte=scoped.end)
    seen = Prefetch("campaign_leads", rows.select_related("participant__organization"), to_attr="ways")
    people: QuerySet[Person] = Person.objects.filter(pk__in=rows.order_by().values("person"))
    return people.prefetch_related(seen).order_by("name", "pk")


def ways_told(row: Any) -> str:
    """Where a person went ahead, in words."""
    return "; ".join(f"{one.participant.organization.name} · {translate(LEADING[one.way])}" for one in row.ways)


def completed(actor: Actor, scoped: Scoped) -> QuerySet[Participant]:
    """Those that were done on the last day."""
    return taking_part(actor, scoped).filter(then=rules.DONE)


def _items(actor: Actor, scoped: Scoped) -> QuerySet[Rectification]:
    rows = Rectification.objects.visible_to(actor).exclude(state=rules.DROPPED)
    rows = rows.filter(
        jurisdiction_id__in=scoped.jurisdiction_ids, found_on__range=(scoped.start, scoped.end)
    )
    return rows.select_related("participant__organization", "participant__campaign").order_by("due_on", "pk")


def rectified(actor: Actor, scoped: Scoped) -> QuerySet[Rectification]:
    """Items found in the period that were checked and accepted by its end."""
    return _items(actor, scoped).filter(state=rules.ACCEPTED, settled_on__lte=scoped.end)


def problems(actor: Actor, scoped: Scoped) -> QuerySet[CampaignRecord]:
    """Problems found in the period."""
    rows: QuerySet[CampaignRecord] = CampaignRecord.objects.visible_to(actor).counted().exclude(problem="")
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids, on__range=(scoped.start, scoped.end))
    return rows.select_related("participant__organization", "participant__campaign").order_by("on", "pk")


def solved(actor: Actor, scoped: Scoped) -> QuerySet[CampaignRecord]:
    """Those of them that had a result by the end of the period."""
    return problems(actor, scoped).filter(result_on__lte=scoped.end)


def honours(actor: Actor, scoped: Scoped) -> QuerySet[Honour]:
    """Honours given in the period that had not been withdrawn by its end."""
    rows: QuerySet[Honour] = Honour.objects.visible_to(actor).exclude(withdrawn_on__lte=scoped.end)
    rows = rows.filter(
        jurisdiction_id__in=scoped.jurisdiction_ids, awarded_on__range=(scoped.start, scoped.end)
    )
    return rows.select_related("organization").order_by("awarded_on", "pk")


def _shared(kind: str) -> Callable[[Actor, Scoped], QuerySet[BenefitFigure]]:
    """Numbers of the years that end in the period: each stands once, whoever shares it."""

    def rows(actor: Actor, scoped: Scoped) -> QuerySet[BenefitFigure]:
        first = scoped.start.year
        last = scoped.end.year if (scoped.end.month, scoped.end.day) == (12, 31) else scoped.end.year - 1
        found: QuerySet[BenefitFigure] = (
            BenefitFigure.objects.counted().visible_to(actor).filter(item__kind=kind)
        )
        found = found.filter(jurisdiction_id__in=scoped.jurisdiction_ids, year__range=(first, last))
        return found.select_related("item__agreement").order_by("year", "pk")

    return rows


def paid_out(actor: Actor, scoped: Scoped) -> QuerySet[BenefitPayout]:
    """Money paid to parties in the period (checklist 003-07)."""
    rows: QuerySet[BenefitPayout] = BenefitPayout.objects.visible_to(actor).filter(struck_at__isnull=True)
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids, on__range=(scoped.start, scoped.end))
    return rows.select_related("item__agreement", "party__organization").order_by("on", "pk")


def _side(code: str) -> str:
    return translate(SIDES[code])


def _own_page(row: Any) -> str:
    return str(row.get_absolute_url())


_CAMPAIGN: Any = ((_("名称"), "name"), (_("活动类型"), "kind"), (_("开始日期"), "since"))
_PART: Any = (
    (_("单位"), "organization.name"),
    (_("所属活动"), "campaign.name"),
    (_("参加顺序"), "number"),
    (_("参加日期"), "joined_on"),
)
_ITEM: Any = (
    (_("存在问题"), "issue"),
    (_("单位"), "participant.organization.name"),
    (_("所属活动"), "participant.campaign.name"),
    (_("整改期限"), "due_on"),
)
_PROBLEM: Any = (
    (_("存在问题"), "problem"),
    (_("单位"), "participant.organization.name"),
    (_("所属活动"), "participant.campaign.name"),
    (_("日期"), "on"),
)
_HONOUR: Any = ((_("荣誉"), "title"), (_("单位"), "organization.name"), (_("授予日期"), "awarded_on"))
_PAID: Any = (
    (_("协议"), "item.agreement.title"),
    (_("付给哪一方"), lambda row: str(row.party)),
    (_("日期"), "on"),
    (_("金额(元)"), "amount"),
)
_SHARED: Any = ((_("协议"), "item.agreement.title"), (_("年度"), "year"), (_("各方合计数"), "value"))


def _indicator(
    code: str, name: str, unit: str, definition: str, rows: Any, columns: Any, **more: Any
) -> Indicator:
    given = {"period": "as_of", "address": _own_page, "subject": _("专项行动与活动"), **more}
    return Indicator(
        code=f"alliances.{code}",
        name=name,
        unit=unit,
        definition=definition,
        rows=rows,
        columns=columns,
        **given,
    )


def _benefit(row: Any) -> str:
    return benefit_url(row.item.agreement.key)


_YEARLY = {"period": "during", "measure": "value", "address": _benefit, "subject": _("利益共享")}
INDICATORS = [
    _indicator(
        "campaigns",
        _("正在开展的活动"),
        "个",
        _("截至日已开始、没有结束的专项行动和活动。"),
        running,
        _CAMPAIGN,
    ),
    _indicator(
        "campaign_parts",
        _("参加活动的单位"),
        "家次",
        _("截至日在正在开展的活动里、已参加没有退出的单位;一家参加几个活动算几家次。"),
        taking_part,
        _PART,
        address=lambda row: participant_url(row.key),
    ),
    _indicator(
        "campaign_pilots", _("先行试点单位"), "家次", _("参加活动的单位里先行试点的。"), pilots, _PART
    ),
    _indicator(
        "campaign_leads",
        _("先行试点和带头的人"),
        "人",
        _("截至日在正在开展的活动里写明的、主动要求先行试点和带头的人;一个人几样只算一次。"),
        went_ahead,
        ((_("姓名"), "name"), (_("单位和方式"), ways_told)),
        address=lambda row: person_url(row.key),
    ),
    _indicator(
        "campaign_done",
        _("活动完成率"),
        "家次",
        _("参加活动的单位里,截至日状态为已完成的,占全部参加的比例。"),
        completed,
        _PART,
        base=taking_part,
    ),
    _indicator(
        "rectified",
        _("整改销号率"),
        "项",
        _("期内发现的整改事项里,期末前由另一人核查销号的,占全部没有取消的事项的比例。"),
        rectified,
        _ITEM,
        base=_items,
        period="during",
    ),
    _indicator(
        "problems_solved",
        _("走访发现问题办结率"),
        "个",
        _("期内活动工作记录里发现的问题,期末前有办理结果的,占全部问题的比例。"),
        solved,
        _PROBLEM,
        base=problems,
        period="during",
    ),
    _indicator(
        "honours",
        _("获得荣誉"),
        "项",
        _("期内授予、期末没有撤销的荣誉,按公布登记。"),
        honours,
        _HONOUR,
        period="during",
    ),
    _indicator(
        "shared_tax",
        _("共享税收"),
        "元",
        _("在期内结束的年度里,利益共享协议登记的税收留成合计;各方共享的数只算一次,更正前的不计。"),
        _shared("tax"),
        _SHARED,
        **_YEARLY,
    ),
    _indicator(
        "shared_jobs",
        _("共享新增就业"),
        "人",
        _("在期内结束的年度里,利益共享协议登记的新增就业合计;各方共享的数只算一次,更正前的不计。"),
        _shared("jobs"),
        _SHARED,
        **_YEARLY,
    ),
    _indicator(
        "paid_out",
        _("利益联结兑现"),
        "元",
        _("期内利益共享协议里付给各方的钱之和,一笔记一次;作废的不计。"),
        paid_out,
        _PAID,
        period="during",
        measure="amount",
        address=_benefit,
        subject=_("利益共享"),
        split=(_("按哪一方"), "party__side"),
        told=_side,
    ),
]
