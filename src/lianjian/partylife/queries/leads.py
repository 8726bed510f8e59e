"""The list of talent leads, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, Link, ListSpec, Row, register

from ..models import TalentLead
from ..rules import leads as rules
from .listing import address_of, applicant_url, kind_word, kinds

LEAD_TONES = {rules.OPEN: "info", rules.APPLIED: "done", rules.ENDED: "paused"}


def lead_url(key: object) -> str:
    """The address of a talent lead."""
    return f"{address_of('partylife:lead')}{key}"


def _row(values: Sequence[Any]) -> Row:
    key, name, firm, firm_key, kind, noticed_on, source, step, by, state = values[:10]
    badge = Badge(translate(rules.LEAD_STATES[state]), LEAD_TONES[state])
    where = Link(firm, organization_url(firm_key))
    return Row(
        lead_url(key),
        (name, where, kind_word(kind), noticed_on, translate(rules.LEAD_SOURCES[source]), step, by, badge),
    )


LEADS = register(
    ListSpec(
        name="partylife.leads",
        title=_("人才线索"),
        right="partylife.see",
        base=lambda actor: TalentLead.objects.visible_to(actor),  # type: ignore[attr-defined]
        columns=(
            Column("name", _("姓名"), sort="person__name"),
            Column("enterprise", _("所在企业"), sort="enterprise__name"),
            Column("kind", _("身份")),
            Column("noticed_on", _("发现日期"), "date", "noticed_on"),
            Column("source", _("来源"), hide_small=True),
            Column("next_step", _("下一步")),
            Column("next_by", _("计划日期"), "date", "next_by"),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "key", "person__name", "enterprise__name", "enterprise__key", "kind", "noticed_on", "source", "next_step",
            "next_by", "state",
        ),
        row=_row,
        default_sort="-noticed_on",
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.LEAD_STATES.items()),
        search=lambda rows, text: rows.filter(
            Q(person__name__contains=text) | Q(enterprise__name__contains=text)
        ),
        filters=(
            Filter("kind", _("身份"), lambda rows, value, actor: rows.filter(kind=value), "select", kinds),
            Filter(
                "late", _("只看超期"),
                lambda rows, value, actor: rows.filter(state=rules.OPEN, next_by__lt=Today()), "check",
            ),
        ),
        empty=(
            _("还没有人才线索"),
            _("走访企业时了解到的企业负责人、高管、业务骨干登记在这里,由党组织保持联系;本人申请后自动转入发展党员。"),
        ),
    )
)  # fmt: skip


@dataclass(frozen=True)
class LeadPage:
    """A talent lead as its page shows it."""

    name: str
    state: tuple[str, str]
    facts: Sequence[tuple[str, Any]]
    words: str
    next_step: str
    next_by: Any
    enterprise_url: str
    applicant_url: str
    may_write: bool


def lead_page(actor: Actor, row: TalentLead) -> LeadPage:
    """A talent lead with what may be done. No query."""
    facts = [
        (gettext("所在企业"), row.enterprise.name),
        (gettext("身份"), kind_word(row.kind)),
        (gettext("发现日期"), row.noticed_on),
        (gettext("来源"), translate(rules.LEAD_SOURCES[row.source])),
        (gettext("结束日期"), row.ended_on),
        (gettext("理由"), row.ended_reason),
        (gettext("登记人"), row.recorded_by_name),
    ]
    writes = row.jurisdiction_id in actor.writable and actor.may("partylife.write", row.enterprise)
    return LeadPage(
        row.person.name, (translate(rules.LEAD_STATES[row.state]), LEAD_TONES[row.state]),
        [fact for fact in facts if fact[1] not in ("", None)], row.words, row.next_step, row.next_by,
        organization_url(row.enterprise.key),
        applicant_url(row.applicant.key) if row.applicant is not None else "", writes and row.state == rules.OPEN,
    )  # fmt: skip
