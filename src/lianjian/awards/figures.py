"""The figures of awards: rounds with a result, and who was chosen."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from lianjian.foundation.actor import Actor, subtree_q
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _, translate

from . import rules
from .models import Nominee, Round
from .queries import round_url
from .queries.lists import period_name


def rounds_decided(actor: Actor, scoped: Scoped) -> QuerySet[Round]:
    """Rounds whose result came out in the period."""
    rows = Round.objects.visible_to(actor).filter(
        state=rules.DECIDED, closed_on__gte=scoped.start, closed_on__lte=scoped.end,
        jurisdiction_id__in=scoped.jurisdiction_ids,
    )  # fmt: skip
    if scoped.path:
        rows = rows.filter(subtree_q("scheme__organization__path", [scoped.path]))
    return rows.annotate(stood=Count("nominees")).select_related("scheme__organization")


def awarded(actor: Actor, scoped: Scoped) -> QuerySet[Nominee]:
    """Who stands on the results of those rounds."""
    rounds = rounds_decided(actor, scoped).order_by().values("pk")
    rows = Nominee.objects.awarded().filter(round__in=rounds)
    return rows.select_related("round__scheme__organization").order_by("pk")


def _period(held: Round) -> str:
    return period_name(held.scheme.per, held.starts)


def _subject(code: str) -> str:
    return translate(rules.SUBJECTS[code])


INDICATORS = [
    Indicator(
        code="awards.rounds",
        name=_("公布结果的评选"),
        unit="次",
        period="during",
        definition=_("时段内公布了结果的各期评选,按公布日期计;本期空缺和取消的不计。"),
        rows=rounds_decided,
        columns=(
            (_("评选名称"), "scheme.name"), (_("期次"), _period), (_("评选单位"), "scheme.organization.name"),
            (_("公布日期"), "closed_on"), (_("候选"), "stood"),
        ),
        address=lambda row: round_url(row.key),
        subject=_("评选"),
    ),
    Indicator(
        code="awards.awarded",
        name=_("获评户和村民"),
        unit="个",
        period="during",
        definition=_("时段内公布的评选结果里的农户、家庭和村民,每期每个对象计一次;以后撤销的不计。按评选对象分列。"),
        rows=awarded,
        columns=(
            (_("姓名"), "name"), (_("村民小组"), "group"), (_("评选名称"), "round.scheme.name"),
            (_("期次"), lambda row: _period(row.round)), (_("评选单位"), "round.scheme.organization.name"),
        ),
        address=lambda row: round_url(row.round.key),
        split=(_("评选对象"), "round__scheme__subject"),
        told=_subject,
        subject=_("评选"),
    ),
]  # fmt: skip
