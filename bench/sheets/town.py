"""Run as a process: the cast of the tests on a fresh clone, committed."""

from __future__ import annotations

import django

django.setup()

from django.db import transaction  # noqa: E402

from tests.cast import build_cast  # noqa: E402

with transaction.atomic():
    build_cast()
