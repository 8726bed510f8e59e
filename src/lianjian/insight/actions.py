"""Freeze and restate figures."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Indicator
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .models import FrozenFigure
from .queries import Place, compute, row_ids
from .rules import Period, difference


class NotOver(Refused):
    """Only a closed period can be frozen."""

    sentence = _("这个时段还没有结束,结束后才能定稿。")
    field = "period"


class AlreadyFrozen(Refused):
    """The figure of this scope and period is frozen."""

    sentence = _("这个指标在该时段已经定稿,如有变化请更正。")
    status = 409


class NothingToRestate(Refused):
    """The record still says what was frozen."""

    sentence = _("记录与定稿一致,没有需要更正的内容。")


class ReasonMissing(Refused):
    """A restatement says why."""

    sentence = _("请写明更正的原因。")
    field = "reason"


def _write(
    actor: Actor, item: Indicator, place: Place, period: Period, now: datetime, **more: object
) -> FrozenFigure:
    figure = compute(actor, item, place, period)
    return FrozenFigure.objects.create(
        jurisdiction_id=place.jurisdiction_id,
        code=item.code,
        version=item.version,
        organization_key=place.key,
        start=period.start,
        end=period.end,
        value=Decimal(figure.value),
        base=None if figure.base is None else Decimal(figure.base),
        row_ids=row_ids(actor, item, place, period),
        base_ids=row_ids(actor, item, place, period, base=True) if item.base else [],
        frozen_at=now,
        frozen_by=actor.name,
        **more,
    )


@verb(
    constraints={"one_first_freeze_of_a_figure": AlreadyFrozen, "one_restatement_of_a_freeze": AlreadyFrozen}
)
def freeze(*, actor: Actor, item: Indicator, place: Place, period: Period, now: datetime) -> FrozenFigure:
    """Freeze a figure with its row identities. Raises `NotOver`, `AlreadyFrozen`, `Denied`."""
    require(actor, "figures.freeze", Organization.objects.get(pk=place.organization_id))
    if period.end >= local_day(now):
        raise NotOver
    frozen = _write(actor, item, place, period, now)
    record(
        actor=actor,
        verb="insight.freeze",
        subject=frozen,
        now=now,
        changes={item.code: ("", frozen.value)},
        note=f"{period.start}..{period.end}",
    )
    return frozen


@verb(constraints={"one_restatement_of_a_freeze": AlreadyFrozen})
def restate(
    *,
    actor: Actor,
    frozen: FrozenFigure,
    item: Indicator,
    place: Place,
    period: Period,
    reason: str,
    now: datetime,
) -> FrozenFigure:
    """Restate a frozen figure from today's record; the difference stays visible row by row."""
    require(actor, "figures.freeze", Organization.objects.get(pk=place.organization_id))
    if not reason.strip():
        raise ReasonMissing
    if difference(list(frozen.row_ids), row_ids(actor, item, place, period)).same:
        raise NothingToRestate
    newer = _write(actor, item, place, period, now, restates=frozen, reason=reason.strip())
    record(
        actor=actor,
        verb="insight.restate",
        subject=newer,
        now=now,
        changes={item.code: (frozen.value, newer.value)},
    )
    return newer
