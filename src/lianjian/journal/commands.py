"""For the command `lianjian` and the nightly jobs."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lianjian.foundation import clock, context
from lianjian.jurisdictions.models import Jurisdiction

from . import actions, queries


def verify(heads: str | None = None) -> list[str]:
    """Verify every chain, its values and the published heads; what is wrong, as sentences. Writes nothing."""
    with transaction.atomic():
        names = dict(Jurisdiction.objects.values_list("pk", "name"))
        with context.jurisdictions(sorted(names)):
            results, known = queries.check_all(Path(heads) if heads else None)
    found = [f"{name} {_(sentence)}" for name, sentence in known.faults]
    for result in results:
        place = names.get(result.jurisdiction_id, str(result.jurisdiction_id))
        found += [f"{place} {queries.sentence(problem)}" for problem in result.problems]
    return found


def publish() -> str:
    """Publish the heads now; the short form to be written down, empty while there is nothing to publish."""
    with transaction.atomic():
        anchor = actions.publish_heads(now=clock.now())
    return anchor.short if anchor else ""
