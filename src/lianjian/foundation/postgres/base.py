"""The database engine of settings: kept connections are looked at before use without a round trip."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

_POLL = select.POLLIN | select.POLLERR | select.POLLHUP


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but `SELECT 1` before each request is replaced by a look at the socket.

    A server that ended or cut the connection has said so (or closed it), so an idle socket with something to read
    is not used again.
    """

    def is_usable(self) -> bool:
        """False when the connection was closed from the other side."""
        connection: Any = self.connection
        if connection is None or connection.pgconn.status != ConnStatus.OK:
            return False
        if connection.pgconn.transaction_status == TransactionStatus.INERROR:
            return super().is_usable()
        poll = select.poll()
        poll.register(connection.pgconn.socket, _POLL)
        return not poll.poll(0)
