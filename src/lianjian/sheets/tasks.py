"""Jobs of imports: reading a large file, storing it, taking it back."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lianjian.foundation import clock, context
from lianjian.foundation.actor import system_actor
from lianjian.foundation.errors import Refused
from lianjian.foundation.hooks import hooks
from lianjian.foundation.jobs import job

from . import actions
from .actions.committing import tell_done
from .actions.progress import Progress
from .models import Import


def _actor(user_id: int, jurisdiction_id: int) -> Any:
    """Who started it, with the rights of today; the house itself for what a command started."""
    if not user_id:
        actor: Any = system_actor(jurisdiction_id)
        context.enter_for(actor)
        return actor
    found = hooks.actor_of(user_id)
    if found is not None:
        context.enter_for(found)
    return found


@job("sheets.read")
def read(*, jurisdiction_id: int, imported_id: int, user_id: int, **_later: Any) -> None:
    """Read a file too large to be read while somebody waits for the page."""
    actor = _actor(user_id, jurisdiction_id)
    if actor is None:
        return
    imported = Import.objects.get(pk=imported_id)
    if imported.state != Import.State.UPLOADED:
        return
    try:
        with translation.override(getattr(actor, "language", "") or "zh-hans"):
            actions.read_import(actor=actor, imported=imported, now=clock.now())
    except Refused as refusal:
        actions.mark_failed(
            actor=actor, imported=imported, run=imported.run, sentence=str(refusal), now=clock.now()
        )


@job("sheets.commit", atomic=False)
def commit(*, jurisdiction_id: int, imported_id: int, user_id: int, run: int, **_later: Any) -> None:
    """Store everything in one transaction. A worker that dies leaves nothing half; the job then runs again."""
    try:
        progress = Progress(imported_id=imported_id, jurisdiction_id=jurisdiction_id, run=run)
        with progress as tell, transaction.atomic():
            _store(jurisdiction_id, imported_id, user_id, run, tell)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the queue tries again
    except Exception as error:
        sentence = str(error) if isinstance(error, Refused) else _("系统出错，没有导入任何一行。")
        with transaction.atomic():
            actor = _actor(user_id, jurisdiction_id) or _actor(0, jurisdiction_id)
            imported = Import.objects.get(pk=imported_id)
            actions.mark_failed(actor=actor, imported=imported, run=run, sentence=sentence, now=clock.now())
        if not isinstance(error, Refused):
            raise


def _store(jurisdiction_id: int, imported_id: int, user_id: int, run: int, tell: Any) -> None:
    actor = _actor(user_id, jurisdiction_id)
    if actor is None:
        return
    imported = Import.objects.get(pk=imported_id)
    if imported.run != run or imported.state != Import.State.RUNNING:
        return
    with translation.override(getattr(actor, "language", "") or "zh-hans"):
        now = clock.now()
        receipt = actions.commit(
            actor=actor, imported=imported, run=run, mode=imported.mode, now=now, tell=tell
        )
        if receipt:
            title = _("导入完成：%(name)s") % {"name": imported.name}
            text = _("存入 %(rows)s 行。") % {"rows": receipt["rows"]}
            tell_done(actor, imported, title, text, now)


@job("sheets.undo")
def undo(*, jurisdiction_id: int, imported_id: int, user_id: int, **_later: Any) -> None:
    """Take back a large import."""
    actor = _actor(user_id, jurisdiction_id)
    if actor is None:
        return
    imported = Import.objects.get(pk=imported_id)
    if imported.state == Import.State.DONE:
        now = clock.now()
        with translation.override(getattr(actor, "language", "") or "zh-hans"):
            report = actions.undo(actor=actor, imported=imported, now=now)
            title = _("撤销完成：%(name)s") % {"name": imported.name}
            text = (
                _("有 %(count)s 条不能撤销。") % {"count": report["refused_count"]}
                if report["refused"]
                else ""
            )
            tell_done(actor, imported, title, text, now, "undo")
