"""Sweep contents that no row needs, and files made for somebody after their time."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from lianjian.foundation import clock, context
from lianjian.foundation.jobs import job
from lianjian.jurisdictions.models import Jurisdiction

from . import store
from .actions import expire_made
from .models import File

REMOVED_FOR = timedelta(days=30)
MADE_FOR = timedelta(days=30)
BATCH = 500


@job("files.sweep", cron="23 19 * * *")
def sweep(*, timestamp: int) -> None:
    """Every night in China. Reads the rows of all places, for equal contents are stored once for all."""
    everywhere = list(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True))
    context.enter(everywhere, everywhere)
    now = clock.now()
    expire_made(before=now - MADE_FOR, now=now)
    store.sweep_incoming()
    old = list(store.old_contents())
    for start in range(0, len(old), BATCH):
        digests = [digest for digest, _path in old[start : start + BATCH]]
        for digest in sorted(set(digests) - _needed(digests)):
            # Locked first, asked again after: a row may have come in between.
            if store.lock(digest) and not _needed([digest]):
                store.discard(digest)


def _needed(digests: list[str]) -> set[str]:
    standing = Q(removed_at__isnull=True) | Q(removed_at__gt=clock.now() - REMOVED_FOR)
    return set(File.objects.filter(standing, sha256__in=digests).values_list("sha256", flat=True))
