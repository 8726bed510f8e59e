"""Pairs that stand, who is in them, what was done and given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from lianjian.directory.models import Organization
from lianjian.directory.queries import sector_of
from lianjian.directory.rules import sectors
from lianjian.foundation.actor import Actor
from lianjian.foundation.declare import Indicator, Scoped
from lianjian.foundation.errors import _

from .. import rules
from ..models import Contribution, PairAction, Pairing
from ..queries.pairing_lists import pairing_url
from ..queries.terms import term_name


def pairs(actor: Actor, scoped: Scoped) -> QuerySet[Pairing]:
    """Pairs of the places' programmes that stand on the last day asked for."""
    rows = Pairing.objects.visible_to(actor).on(scoped.end).filter(jurisdiction_id__in=scoped.jurisdiction_ids)
    rows = rows.annotate(giver_sector=sector_of("giver"), receiver_sector=sector_of("receiver"))
    return rows.select_related("programme", "giver", "receiver").order_by("giver__name", "pk")


def finance_pairs(actor: Actor, scoped: Scoped) -> QuerySet[Pairing]:
    """Of banks with firms (checklist 004-56)."""
    return pairs(actor, scoped).filter(programme__kind=rules.FINANCE)


def complete(actor: Actor, scoped: Scoped) -> QuerySet[Pairing]:
    """Pairs for which every prescribed action was done by the last day."""
    actions = PairAction.objects.visible_to(actor).filter(pairing__in=pairs(actor, scoped).order_by().values("pk"))
    missing = actions.filter(Q(done_on__isnull=True) | Q(done_on__gt=scoped.end))
    return pairs(actor, scoped).filter(pk__in=actions.values("pairing")).exclude(pk__in=missing.values("pairing"))


def _bodies(kind: str) -> Callable[[Actor, Scoped], QuerySet[Organization]]:
    def rows(actor: Actor, scoped: Scoped) -> QuerySet[Organization]:
        held = pairs(actor, scoped).order_by()
        inside = Q(pk__in=held.values("giver")) | Q(pk__in=held.values("receiver"))
        return Organization.objects.filter(inside, classification=kind).order_by("name", "pk")

    return rows


def money(actor: Actor, scoped: Scoped) -> QuerySet[Contribution]:
    """Money that either side gave in the period; things and services are not money."""
    rows = Contribution.objects.visible_to(actor).filter(struck_at__isnull=True, amount__isnull=False)
    rows = rows.filter(jurisdiction_id__in=scoped.jurisdiction_ids, on__range=(scoped.start, scoped.end))
    return rows.select_related("pairing__giver", "pairing__receiver").order_by("on", "pk")


def _from(source: str) -> Callable[[Actor, Scoped], QuerySet[Contribution]]:
    """Money of one source (checklist 004-57, 004-58)."""
    return lambda actor, scoped: money(actor, scoped).filter(source=source)


def _own_page(row: Any) -> str:
    return str(row.get_absolute_url())


_PAIR: Any = (
    (_("结对方"), "giver.name"),
    (_("结对方领域"), lambda row: sectors.sector_word(row.giver_sector)),
    (_("帮扶对象"), "receiver.name"),
    (_("帮扶对象领域"), lambda row: sectors.sector_word(row.receiver_sector)),
    (_("结对计划"), "programme.name"),
    (_("结对日期"), "since"),
)
_BODY: Any = ((_("名称"), "name"), (_("种类"), "get_classification_display"))
_MONEY: Any = (
    (_("结对双方"), "pairing"),
    (_("哪一方"), "get_side_display"),
    (_("日期"), "on"),
    (_("投入来源"), lambda row: term_name(row.source)),
    (_("金额(元)"), "amount"),
)
_SUBJECT = _("结对共建")
_APART: Any = {"split": (_("按结对方领域"), "giver_sector"), "told": sectors.sector_word}


def _indicator(code: str, name: str, unit: str, definition: str, rows: Any, columns: Any, **more: Any) -> Indicator:
    given = {"period": "as_of", "address": _own_page, "subject": _SUBJECT, **more}
    return Indicator(code=code, name=name, unit=unit, definition=definition, rows=rows, columns=columns, **given)


_GIVEN: Any = {"period": "during", "measure": "amount", "address": lambda row: pairing_url(row.pairing.key)}
INDICATORS = [
    _indicator("alliances.pairs", _("在结对"), "对", _("截至日正在结对的对子,已结束的不计。"), pairs, _PAIR, **_APART),
    _indicator(
        "alliances.pair_firms",
        _("参加结对的企业"),
        "家",
        _("截至日在任一对子里的企业,在几对里的只算一家。"),
        _bodies("enterprise"),
        _BODY,
    ),
    _indicator(
        "alliances.pair_villages",
        _("参加结对的村"),
        "个",
        _("截至日在任一对子里的村(社区),只算一次。"),
        _bodies("village"),
        _BODY,
    ),
    _indicator(
        "alliances.pair_complete",
        _("规定动作全部完成的对子"),
        "对",
        _("截至日正在结对、规定动作每一项都已做够次数的对子,占全部在结对的比例。"),
        complete,
        _PAIR,
        base=pairs,
    ),
    _indicator(
        "alliances.finance_pairs",
        _("银企结对"),
        "对",
        _("截至日银企结对计划里正在结对的对子。"),
        finance_pairs,
        _PAIR,
    ),
    _indicator(
        "alliances.pair_money",
        _("结对投入资金"),
        "元",
        _("期内双方登记的投入资金之和;物资和服务不折算,作废的不计。"),
        money,
        _MONEY,
        split=(_("按来源"), "source"),
        **_GIVEN,
    ),
    _indicator(
        "alliances.social_capital",
        _("吸引社会资本"),
        "元",
        _("结对投入资金里来源是社会资本的;信贷、财政补助等不计。"),
        _from(rules.SOCIAL_CAPITAL),
        _MONEY,
        **_GIVEN,
    ),
    _indicator(
        "alliances.credit",
        _("结对信贷资金"),
        "元",
        _("结对投入资金里来源是银行信贷的;社会资本等不计。"),
        _from(rules.CREDIT),
        _MONEY,
        **_GIVEN,
    ),
]
