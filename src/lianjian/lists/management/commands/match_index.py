"""`lianjian manage match_index [--rebuild | --follow]`: the index of matching on this machine."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from lianjian.foundation import clock
from lianjian.lists.queries import entries

PAUSE = 5.0  # seconds


class Command(BaseCommand):
    """Bring it up to date once, build it anew, or follow until stopped (for a web node without a worker)."""

    help = __doc__ or ""

    def add_arguments(self, parser: Any) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--rebuild", action="store_true", help="build it anew")
        how.add_argument("--follow", action="store_true", help="go on until stopped")

    def handle(self, *_arguments: Any, rebuild: bool, follow: bool, **_options: Any) -> None:
        if rebuild:
            made = entries.rebuild()
            self.stdout.write(f"built: {made.documents} entries" if made else "busy: another process is writing it")
            return
        self.stdout.write(entries.catch_up(clock.now()))
        while follow:
            time.sleep(PAUSE)
            close_old_connections()
            entries.catch_up(clock.now())
