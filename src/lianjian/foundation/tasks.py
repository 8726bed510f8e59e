"""Technical jobs: long exports, and keys too old to be sent again."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import translation
from procrastinate import JobContext
from procrastinate.contrib.django import app

from . import clock, context
from .export import XLSX, rows_of, write_xlsx
from .hooks import hooks
from .jobs import job
from .listing import REGISTRY, parse_query
from .models import IdempotencyKey, OnceKey

KEEP = timedelta(days=7)


@job("foundation.export")
def export_list(*, jurisdiction_id: int, user_id: int, name: str, query: str, **_later: Any) -> None:
    """Write a list's export under the rights that the person has now, and put it in the inbox."""
    actor = hooks.actor_of(user_id)
    spec = REGISTRY.get(name)
    if actor is None or spec is None or not actor.may(spec.right) or not actor.may("lists.export"):
        return
    context.enter_for(actor)
    with tempfile.TemporaryDirectory() as folder, translation.override(actor.language or "zh-hans"):
        path = os.path.join(folder, "list.xlsx")
        with open(path, "wb") as file:
            filters = parse_query(query)
            rows = rows_of(spec, actor, filters)
            count = write_xlsx(
                file, str(spec.title), [str(c.label) for c in spec.columns], (r.cells for r in rows)
            )
        now = clock.now()
        hooks.exported(actor=actor, name=name, rows=count, filters=filters, now=now)
        hooks.keep_export(actor=actor, name=f"{spec.title}.xlsx", path=path, media_type=XLSX, now=now)


@job("foundation.tidy", cron="17 3 * * *")
def tidy(*, timestamp: int) -> None:
    """Forget keys that nobody will send again."""
    old = clock.now() - KEEP
    IdempotencyKey.objects.filter(at__lt=old).delete()
    OnceKey.objects.filter(at__lt=old - 50 * KEEP).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM foundation_referencechange RETURNING n)"
            " INSERT INTO foundation_referencechange (n) SELECT sum(n) FROM gone HAVING count(*) > 0"
        )


@app.periodic(cron="* * * * *")
@app.task(name="foundation.revive", queueing_lock="foundation.revive", pass_context=True)
async def revive(worker: JobContext, timestamp: int) -> None:
    """Jobs whose worker died (no sign of life for half a minute) go back to the queue; they are safe to run twice."""
    manager = worker.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await manager.retry_job(stalled)
    await manager.prune_stalled_workers(30)
