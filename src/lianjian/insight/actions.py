"""Freeze and restate figures; keep the templates of an office."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from lianjian.directory.models import Organization
from lianjian.files.actions import attach, remove_file
from lianjian.files.checking import DOCX, XLSX, examine
from lianjian.files.models import File
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Indicator
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .filling import check
from .models import FrozenFigure, OfficeTemplate
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


class NotATemplate(Refused):
    """Neither docx nor xlsx."""

    sentence = _("模板只能是 Word(docx)或 Excel(xlsx)文件。")
    field = "file"


class TemplateNameTaken(Refused):
    """Another template in use has this name."""

    sentence = _("已有同名的模板在用,请换一个名称,或替换原来的模板。")
    field = "name"
    status = 409


class TemplateRetired(Refused):
    """It must be taken up again first."""

    sentence = _("这个模板已停用,请先恢复使用。")
    status = 409


_ONE_NAME = {"one_template_in_use_per_name": TemplateNameTaken}


def _checked(upload: UploadedFile[Any]) -> list[str]:
    """The codes a file asks for, after every check of uploads. Raises `NotATemplate` and those of `filling.check`."""
    if examine(upload.name or "", upload).media_type not in (DOCX, XLSX):
        raise NotATemplate
    return check(upload)


@verb(constraints=_ONE_NAME)
def add_template(*, actor: Actor, name: str, upload: UploadedFile[Any], now: datetime) -> OfficeTemplate:
    """Keep a template for the actor's own place. Raises `TemplateNameTaken` and those of `_checked`."""
    require(actor, "reports.templates", Whole(actor.jurisdiction_id))
    codes = _checked(upload)
    made = OfficeTemplate.objects.create(
        jurisdiction_id=actor.jurisdiction_id, name=name.strip(), made_by=actor.name, changed_at=now
    )
    file = attach(actor=actor, record=made, upload=upload, now=now)
    changes = {"name": ("", made.name), "file": ("", file.name), "figures": ("", ", ".join(codes))}
    record(actor=actor, verb="insight.add_template", subject=made, now=now, changes=changes)
    return made


@verb
def replace_template(
    *, actor: Actor, template: OfficeTemplate, upload: UploadedFile[Any], now: datetime
) -> None:
    """Put another file in the place of a template's. Raises `TemplateRetired` and those of `add_template`."""
    require(actor, "reports.templates", Whole(template.jurisdiction_id))
    if template.retired_on is not None:
        raise TemplateRetired
    codes = _checked(upload)
    before = list(File.objects.present().filter(bundle_id=template.bundle_id or 0))  # type: ignore[attr-defined]
    file = attach(actor=actor, record=template, upload=upload, now=now)
    for old in before:
        if old.pk != file.pk:
            remove_file(actor=actor, file=old, now=now)
    template.made_by, template.changed_at = actor.name, now
    template.save(update_fields=["made_by", "changed_at"])
    changes = {"file": (", ".join(old.name for old in before), file.name), "figures": ("", ", ".join(codes))}
    record(actor=actor, verb="insight.replace_template", subject=template, now=now, changes=changes)


@verb(constraints=_ONE_NAME)
def retire_template(*, actor: Actor, template: OfficeTemplate, now: datetime, again: bool = False) -> None:
    """Offer a template no longer, or offer it `again`. Raises `TemplateNameTaken`, `Denied`."""
    require(actor, "reports.templates", Whole(template.jurisdiction_id))
    before = template.retired_on
    after = None if again else local_day(now)
    if (before is None) == (after is None):
        return
    template.retired_on = after
    template.save(update_fields=["retired_on"])
    changes = {"retired_on": (before or "", after or "")}
    record(actor=actor, verb="insight.retire_template", subject=template, now=now, changes=changes)
