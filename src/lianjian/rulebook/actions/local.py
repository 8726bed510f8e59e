"""A place's own numbers."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import queries
from ..models import LocalRule
from ..rules import LooserThanNational, Term, surely_not_looser


class LocalRuleExists(Refused):
    """A local number from that day on exists already."""

    sentence = _("这一天起已有一条本地时限,请换一个起始日。")
    field = "valid_from"


@verb(constraints={"one_local_rule_per_first_day": LocalRuleExists})
def set_local_rule(
    *,
    actor: Actor,
    jurisdiction_id: int,
    code: str,
    amount: int,
    unit: str,
    source: str,
    valid_from: date,
    now: datetime,
) -> LocalRule:
    """A place's own number for a rule, from a day on, resting on a document. Earlier ones end the day before.

    A national number (V1, V2) can only be tightened.
    """
    require(actor, "system.manage", Whole(jurisdiction_id))
    rule = queries.rule_on(code, valid_from)
    term, national = Term(amount, unit), Term(int(rule.params["amount"]), rule.unit)
    if rule.confidence != "CONF" and not surely_not_looser(national, term, rule.kind):
        raise LooserThanNational(national=queries.term_text(national.amount, national.unit))
    own = LocalRule.objects.filter(jurisdiction_id=jurisdiction_id, code=code)
    own.filter(valid_from__lt=valid_from).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    ).update(valid_to=date.fromordinal(valid_from.toordinal() - 1))
    made = LocalRule.objects.create(
        jurisdiction_id=jurisdiction_id,
        code=code,
        amount=amount,
        unit=unit,
        source=source,
        valid_from=valid_from,
        set_by=actor.name,
        set_at=now,
    )
    record(
        actor=actor,
        verb="rulebook.set_local",
        subject=made,
        now=now,
        changes={"amount": (national.amount, amount), "unit": (national.unit, unit), "source": ("", source)},
    )
    return made
