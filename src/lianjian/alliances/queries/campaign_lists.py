"""Lists of campaigns: campaigns, who takes part, what was found and done, items to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register

from ..models import Campaign, CampaignRecord, Participant, Rectification
from ..rules import campaigns as rules
from .listing import _words
from .terms import term_name


def campaign_url(key: object) -> str:
    """The address of a campaign."""
    return reverse("alliances:campaign", kwargs={"key": key})


def participant_url(key: object) -> str:
    """The address of a body's part in a campaign."""
    return reverse("alliances:participant", kwargs={"key": key})


def rectification_url(key: object) -> str:
    """The address of an item to be put right."""
    return reverse("alliances:rectification", kwargs={"key": key})


def _by_key(field: str) -> Any:
    def apply(rows: Any, value: str, actor: Actor) -> Any:
        try:
            return rows.filter(**{field: UUID(value)})
        except ValueError:
            return rows.none()

    return apply


def _campaigns(actor: Actor) -> QuerySet[Campaign]:
    taking = Q(participants__joined_on__isnull=False) & ~Q(participants__status=rules.LEFT)
    rows: QuerySet[Campaign] = Campaign.objects.visible_to(actor)
    return rows.annotate(number=Count("participants", filter=taking))


def _campaign_row(values: Sequence[Any]) -> Row:
    key, name, kind, leader, number, since, until, closed = values[:8]
    badge = Badge(gettext("已结束"), "paused") if closed else Badge(gettext("开展中"), "info")
    return Row(campaign_url(key), (name, badge, term_name(kind), leader, number, since, until))


def _by_closed(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(closed_on__isnull=value == "open")


def _with_body(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.filter(
            pk__in=Participant.objects.filter(organization__key=UUID(value)).values("campaign")
        )
    except ValueError:
        return rows.none()


CAMPAIGNS = register(
    ListSpec(
        name="alliances.campaigns",
        title=_("专项行动与活动"),
        base=_campaigns,
        columns=(
            Column("name", _("名称"), "first", "name"),
            Column("state", _("状态"), "state"),
            Column("kind", _("活动类型"), "text", "kind"),
            Column("leader", _("主办单位"), "text", None, True),
            Column("number", _("参加(家)"), "number"),
            Column("since", _("开始日期"), "date", "since"),
            Column("until", _("计划结束"), "date", "until", True),
        ),
        values=("key", "name", "kind", "organization__name", "number", "since", "until", "closed_on"),
        row=_campaign_row,
        right="alliances.see",
        default_sort="-since",
        filters=(
            Filter(
                "standing", _("状态"), _by_closed, "select",
                lambda actor: [("open", _("开展中")), ("closed", _("已结束"))],
            ),
            Filter(
                "kind", _("活动类型"), lambda rows, value, actor: rows.filter(kind=value), "select", _words("campaign")
            ),
            Filter("body", _("参加单位"), _with_body, "hidden"),
        ),
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(organization__name__icontains=text)),
        empty=(_("还没有专项行动或活动"), _("登记一项活动,写明子行动和目标,再把参加的单位加进来。")),
    )
)  # fmt: skip


def _part_row(values: Sequence[Any]) -> Row:
    key, name, status, campaign, number, pilot, joined, moved, place = values[:9]
    badge = Badge(gettext(rules.STATUSES[status]), rules.TONES[status])
    word = gettext("先行试点") if pilot else ""
    return Row(participant_url(key), (name, badge, number, word, joined, moved, campaign, place))


def _pilot(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(pilot=value == "yes")


def _taking(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(joined_on__isnull=False).exclude(status=rules.LEFT)


def _worked(rows: Any, value: str, actor: Actor) -> Any:
    """Bodies with a record of a sub-action, as far as the actor is told of it."""
    try:
        done = CampaignRecord.objects.visible_to(actor).counted().filter(action__key=UUID(value))
    except ValueError:
        return rows.none()
    return rows.filter(pk__in=done.values("participant"))


PARTICIPANTS = register(
    ListSpec(
        name="alliances.participants",
        title=_("参加活动的单位"),
        base=lambda actor: Participant.objects.visible_to(actor),
        columns=(
            Column("name", _("单位"), "first", "organization__name"),
            Column("status", _("参加状态"), "state"),
            Column("number", _("参加顺序"), "number", "number"),
            Column("pilot", _("先行试点"), "text"),
            Column("joined_on", _("参加日期"), "date", "joined_on"),
            Column("status_on", _("状态日期"), "date", "status_on", True),
            Column("campaign", _("所属活动"), "text", "campaign__name", True),
            Column("town", _("地区"), "text", None, True),
        ),
        values=(
            "key", "organization__name", "status", "campaign__name", "number", "pilot", "joined_on", "status_on",
            "organization__jurisdiction__name",
        ),
        row=_part_row,
        right="alliances.see",
        default_sort="number",
        filters=(
            Filter(
                "pilot", _("先行试点"), _pilot, "select", lambda actor: [("yes", _("是")), ("no", _("否"))]
            ),
            Filter("taking", _("在参加"), _taking, "hidden"),
            Filter("worked", _("子行动"), _worked, "hidden"),
            Filter("campaign", _("所属活动"), _by_key("campaign__key"), "hidden"),
        ),
        state_field="status",
        states=tuple((code, _(word)) for code, word in rules.STATUSES.items()),
        search=lambda rows, text: rows.filter(organization__name__icontains=text),
        empty=(_("还没有参加的单位"), _("在活动页面邀请单位,可以一次加多个。")),
    )
)  # fmt: skip


def _record_row(values: Sequence[Any]) -> Row:
    key, record, body, on, action, problem, done, result, result_on, due, struck = values[:11]
    if struck:
        badge = Badge(gettext("已作废"), "paused")
    elif result:
        badge = Badge(gettext("已办结"), "done")
    else:
        badge = Badge(gettext("办理中"), "due") if problem else Badge(gettext("已记录"), "neutral")
    url = f"{participant_url(key)}#record-{record}"
    return Row(url, (body, badge, problem or done, result, on, result_on, action or ""))


def _by_result(rows: Any, value: str, actor: Actor) -> Any:
    rows = rows.filter(struck_at__isnull=True).exclude(problem="")
    return rows.exclude(result="") if value == "yes" else rows.filter(result="")


WORK = register(
    ListSpec(
        name="alliances.campaign_records",
        title=_("活动工作记录"),
        base=lambda actor: CampaignRecord.objects.visible_to(actor).counted(),
        columns=(
            Column("body", _("单位"), "first", "participant__organization__name"),
            Column("state", _("状态"), "state"),
            Column("problem", _("问题或做法"), "text"),
            Column("result", _("办理结果"), "text"),
            Column("on", _("日期"), "date", "on"),
            Column("result_on", _("办结日期"), "date", "result_on", True),
            Column("action", _("子行动"), "text", None, True),
        ),
        values=(
            "participant__key", "key", "participant__organization__name", "on", "action__name", "problem", "done",
            "result", "result_on", "due_on", "struck_at",
        ),
        row=_record_row,
        right="alliances.see",
        default_sort="-on",
        filters=(
            Filter(
                "result", _("办理结果"), _by_result, "select",
                lambda actor: [("yes", _("已办结")), ("no", _("办理中"))],
            ),
            Filter("campaign", _("所属活动"), _by_key("participant__campaign__key"), "hidden"),
            Filter("action", _("子行动"), _by_key("action__key"), "hidden"),
        ),
        search=lambda rows, text: rows.filter(
            Q(participant__organization__name__icontains=text) | Q(problem__icontains=text) | Q(result__icontains=text)
        ),
        empty=(_("还没有工作记录"), _("在参加单位的页面登记走访、问题和结果。只有主办地区和单位自己看得到。")),
    )
)  # fmt: skip


def _item_row(values: Sequence[Any]) -> Row:
    key, issue, state, body, responsible, due, found, action, late = values[:9]
    badge = (
        Badge(gettext("已超期"), "late")
        if late
        else Badge(gettext(rules.STATES[state]), rules.STATE_TONES[state])
    )
    return Row(rectification_url(key), (issue, badge, body, responsible, due, found, action or ""))


def overdue() -> Q:
    """To be put right by a day that is over."""
    return Q(state__in=(rules.OPEN, rules.RETURNED), due_on__lt=Today())


RECTIFICATIONS = register(
    ListSpec(
        name="alliances.rectifications",
        title=_("整改事项"),
        base=lambda actor: Rectification.objects.visible_to(actor).annotate(late=overdue()),
        columns=(
            Column("issue", _("存在问题"), "first", "issue"),
            Column("state", _("状态"), "state"),
            Column("body", _("单位"), "text", "participant__organization__name"),
            Column("responsible", _("整改责任单位"), "text", None, True),
            Column("due_on", _("整改期限"), "date", "due_on"),
            Column("found_on", _("发现日期"), "date", "found_on", True),
            Column("action", _("子行动"), "text", None, True),
        ),
        values=(
            "key", "issue", "state", "participant__organization__name", "responsible__name", "due_on", "found_on",
            "action__name", "late",
        ),
        row=_item_row,
        right="alliances.see",
        default_sort="due_on",
        filters=(
            Filter(
                "late", _("期限"), lambda rows, value, actor: rows.filter(late=True), "select",
                lambda actor: [("yes", _("已超期"))],
            ),
            Filter("campaign", _("所属活动"), _by_key("participant__campaign__key"), "hidden"),
            Filter("part", _("参加单位"), _by_key("participant__key"), "hidden"),
            Filter("action", _("子行动"), _by_key("action__key"), "hidden"),
        ),
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=lambda rows, text: rows.filter(
            Q(issue__icontains=text) | Q(measure__icontains=text) | Q(participant__organization__name__icontains=text)
        ),
        empty=(_("还没有整改事项"), _("在参加单位的页面登记问题、措施、责任单位和期限。")),
    )
)  # fmt: skip


def _search_campaigns(actor: Actor, text: str, limit: int) -> Seeking:
    rows = Campaign.objects.visible_to(actor).filter(name__icontains=text).order_by("-pk")
    (found,) = yield (rows.values_list("key", "name", "kind")[:limit],)
    return [(name, term_name(kind), campaign_url(key)) for key, name, kind in found]


CAMPAIGN_SEARCHES = [SearchSource(str(_("专项行动与活动")), "alliances.see", _search_campaigns, 27)]
