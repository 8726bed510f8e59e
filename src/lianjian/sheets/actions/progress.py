"""Progress of a running import, told outside its transaction so that pages can see it."""

from __future__ import annotations

import logging
import time
from types import TracebackType

from django.db import DatabaseError, connections

from lianjian.foundation import context

log = logging.getLogger("lianjian.sheets")
EVERY = 0.4  # seconds


class Progress:
    """Call it with (step, rows done, rows in all). Uses a connection of its own; its loss never stops the import."""

    def __init__(self, *, imported_id: int, jurisdiction_id: int, run: int) -> None:
        self.imported_id, self.jurisdiction_id, self.run = imported_id, jurisdiction_id, run
        self._connection = connections.create_connection("default")
        self._told = 0.0
        self._step = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __call__(self, step: str, done: int, total: int) -> None:
        moment = time.monotonic()
        if step == self._step and moment - self._told < EVERY:
            return
        self._told, self._step = moment, step
        place = (self.jurisdiction_id,)
        value = context.sign(place, place, expires=int(time.time()) + 60)
        try:
            with self._connection.cursor() as cursor:
                # One statement, one transaction: the context is set where the row is found.
                cursor.execute("BEGIN")
                cursor.execute("SELECT set_config('app.ctx', %s, true)", [value])
                cursor.execute(
                    "UPDATE sheets_import SET step = %s, done_rows = %s, total_rows = %s, beat_at = now()"
                    " WHERE id = %s AND run = %s AND state = 'running'",
                    [step[:40], done, total, self.imported_id, self.run],
                )
                cursor.execute("COMMIT")
        except DatabaseError as error:
            log.warning("progress of import %s was not told: %s", self.imported_id, error)
