"""Every ten minutes: what is late goes up the line, what stayed too long on a level goes to the next.

Every hour: lines of `CaseCount` that say the same thing become one.
"""

from __future__ import annotations

from django.db import connection

from lianjian.foundation import clock
from lianjian.foundation.actor import system_actor
from lianjian.foundation.jobs import enqueue, job
from lianjian.jurisdictions.models import Jurisdiction

from . import actions


@job("cases.escalate_all", cron="*/10 * * * *")
def escalate_all(*, timestamp: int) -> None:
    """One job for each place."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("cases.escalate", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("cases.escalate")
def escalate(*, jurisdiction_id: int) -> None:
    """Everything of one place that is due to go up; safe to run twice."""
    actions.escalate_place(actor=system_actor(jurisdiction_id), jurisdiction_id=jurisdiction_id, now=clock.now())


@job("cases.fold_all", cron="20 * * * *")
def fold_all(*, timestamp: int) -> None:
    """One job for each place."""
    for pk in Jurisdiction.objects.order_by("pk").values_list("pk", flat=True):
        enqueue("cases.fold", jurisdiction_id=pk, key=f"{pk}:{timestamp}")


@job("cases.fold")
def fold(*, jurisdiction_id: int) -> None:
    """Keep one line of each count of a place. Safe beside cases that change, and beside itself: who comes second finds
    the lines of the first gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLD, {"place": jurisdiction_id})


FOLD = """
WITH doubled AS (
  SELECT measure, kind, day, state FROM cases_casecount WHERE jurisdiction_id = %(place)s
   GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 OR sum(n) = 0
), gone AS (
  DELETE FROM cases_casecount c USING doubled d
   WHERE c.jurisdiction_id = %(place)s
     AND (c.measure, c.kind, c.day, c.state) = (d.measure, d.kind, d.day, d.state)
  RETURNING c.measure, c.kind, c.day, c.state, c.n
)
INSERT INTO cases_casecount (key, jurisdiction_id, measure, kind, day, state, n)
SELECT gen_random_uuid(), %(place)s, measure, kind, day, state, sum(n) FROM gone
 GROUP BY 3, 4, 5, 6 HAVING sum(n) <> 0
"""
