"""A place's own content of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.calendar import ONE_DAY
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import queries
from ..models import LocalRule, Rule
from ..rules import (
    TERMS,
    LooserThanLaw,
    LooserThanNational,
    Term,
    effective,
    is_looser,
    surely_not_looser,
)


class LocalRuleExists(Refused):
    """A local number from that day on exists already."""

    sentence = _("这一天起已有一条本地规定,请换一个起始日。")
    field = "valid_from"


class SaysNothing(Refused):
    """A local rule that changes nothing of a national one."""

    sentence = _("没有写出比国家规定更严的要求。")


class ChooseOne(Refused):
    """Of some rules a place goes by exactly one option."""

    sentence = _("请从列出的选项中选择一项。")
    field = "one_of"


class EndsBeforeItBegins(Refused):
    """A last day before the first one, or after the day on which it ends already."""

    sentence = _("停用日不能早于起始日 %(first)s,也不能晚于原来的停用日。")
    field = "valid_to"


@verb(constraints={"one_local_rule_per_first_day": LocalRuleExists})
def set_local_rule(
    *,
    actor: Actor,
    jurisdiction_id: int,
    code: str,
    source: str,
    valid_from: date,
    now: datetime,
    amount: int = 0,
    unit: str = "",
    params: Mapping[str, Any] | None = None,
) -> LocalRule:
    """A place's own content of a rule, from a day on, resting on a document. Earlier ones end the day before.

    A term has `amount` and `unit`, every other kind `params` in the shape of the national ones. A national rule (V1,
    V2) can only be tightened; a default (CONF) is free, and being set takes it up where it was off.
    Raises `LooserThanNational`, `LooserThanLaw`, `SaysNothing`, `ChooseOne`, `LocalRuleExists`, `UnknownRule`,
    `Denied`.
    """
    require(actor, "system.manage", Whole(jurisdiction_id))
    rule = queries.rule_on(code, valid_from)
    own_params = dict(params or {})
    changes = (
        _term_changes(rule, amount, unit) if rule.kind in TERMS else _content_changes(rule, own_params)
    )
    own = LocalRule.objects.filter(jurisdiction_id=jurisdiction_id, code=code)
    own.filter(valid_from__lt=valid_from).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    ).update(valid_to=valid_from - ONE_DAY)
    later = own.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    made = LocalRule.objects.create(
        jurisdiction_id=jurisdiction_id,
        code=code,
        amount=amount if rule.kind in TERMS else 0,
        unit=unit if rule.kind in TERMS else "",
        params={} if rule.kind in TERMS else own_params,
        source=source,
        valid_from=valid_from,
        valid_to=later.valid_from - ONE_DAY if later else None,
        set_by=actor.name,
        set_at=now,
    )
    record(
        actor=actor,
        verb="rulebook.set_local",
        subject=made,
        now=now,
        changes={**changes, "source": ("", source)},
    )
    return made


def _term_changes(rule: Rule, amount: int, unit: str) -> dict[str, tuple[Any, Any]]:
    term, national = Term(amount, unit), Term(int(rule.params["amount"]), rule.unit)
    if rule.confidence != "CONF" and not surely_not_looser(national, term, rule.kind):
        raise LooserThanNational(national=queries.term_text(national.amount, national.unit))
    return {"amount": (national.amount, amount), "unit": (national.unit, unit)}


def _content_changes(rule: Rule, params: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    if rule.confidence != "CONF":
        if is_looser(rule.kind, rule.params, params):
            raise LooserThanLaw(national=";".join(queries.asks(rule.kind, rule.params, rule.unit)))
        if not any(params.values()):
            raise SaysNothing
    elif not params and not rule.params.get("off"):
        raise SaysNothing
    if "default" in rule.params and (len(own := params.get("one_of", ())) != 1 or own[0] not in rule.params["one_of"]):
        raise ChooseOne
    _keeps_floor(rule, params)
    return {"params": (_shown(rule.params), _shown(params))}


def _keeps_floor(rule: Rule, params: dict[str, Any]) -> None:
    """A default may rest on a national rule: free above it, never below."""
    floor = rule.params.get("floor")
    if not floor:
        return
    merged = effective(rule.kind, rule.params, params, free=True)
    if is_looser(rule.kind, floor, {"rolls": merged["rolls"]}):
        raise LooserThanLaw(national=";".join(queries.asks(rule.kind, floor)))


def _shown(params: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}={value}" for key, value in params.items())[:500]


@verb
def end_local_rule(*, actor: Actor, local: LocalRule, valid_to: date, now: datetime) -> LocalRule:
    """A local rule ends with a day; acts of later days follow the national rule, or the default, again.

    Raises `EndsBeforeItBegins`, `Denied`.
    """
    require(actor, "system.manage", Whole(local.jurisdiction_id))
    before = local.valid_to
    if valid_to < local.valid_from or (before is not None and valid_to > before):
        raise EndsBeforeItBegins(first=local.valid_from.isoformat())
    local.valid_to = valid_to
    local.save(update_fields=["valid_to"])
    record(
        actor=actor, verb="rulebook.end_local", subject=local, now=now, changes={"valid_to": (before, valid_to)}
    )
    return local
