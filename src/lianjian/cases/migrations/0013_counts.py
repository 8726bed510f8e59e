"""Counts of cases, kept by the database in the transaction that changes a case; categories are references."""

import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.foundation.references import Reference
from lianjian.jurisdictions.policy import RowSecurity

# What figures count (`CaseQuerySet.counted`), each case in up to three measures; see `models.counts.CaseCount`.
ROWS = """
SELECT c.jurisdiction_id, c.kind, m.measure, m.day, m.state, {sign} AS n
  FROM {rows} c CROSS JOIN LATERAL (VALUES
    ('month', date_trunc('month', c.registered_on)::date, c.state),
    ('told', c.registered_on, ''),
    ('ended', CASE WHEN c.reopened = 0
                   THEN greatest((c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.registered_on) END, '')
  ) AS m(measure, day, state)
 WHERE c.accused_id IS NULL AND c.state NOT IN ('withdrawn', 'merged')
   AND m.day IS NOT NULL AND (m.measure <> 'ended' OR c.ended_at IS NOT NULL)
"""
INSERT = """
INSERT INTO cases_casecount (key, jurisdiction_id, kind, measure, day, state, n)
SELECT gen_random_uuid(), jurisdiction_id, kind, measure, day, state, sum(n) FROM ({rows}) r
 GROUP BY jurisdiction_id, kind, measure, day, state HAVING sum(n) <> 0
"""
FRESH = ROWS.format(rows="fresh", sign="1")
OLD = ROWS.format(rows="old", sign="-1")
EVENTS = {
    "insert": (INSERT.format(rows=FRESH), "NEW TABLE AS fresh"),
    "update": (INSERT.format(rows=f"{FRESH} UNION ALL {OLD}"), "OLD TABLE AS old NEW TABLE AS fresh"),
    "delete": (INSERT.format(rows=OLD), "OLD TABLE AS old"),
}


def forward() -> list[str]:
    """A function and a trigger for each way in which cases change, then what is there already."""
    statements = []
    for event, (body, tables) in EVENTS.items():
        statements += [
            f"CREATE FUNCTION cases_count_{event}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {body}; RETURN NULL; END $$",
            f"CREATE TRIGGER count_{event} AFTER {event.upper()} ON cases_case REFERENCING {tables}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION cases_count_{event}()",
        ]
    return [*statements, INSERT.format(rows=ROWS.format(rows="cases_case", sign="1"))]


def backward() -> list[str]:
    """Without them."""
    return [
        line
        for event in EVENTS
        for line in (f"DROP TRIGGER count_{event} ON cases_case", f"DROP FUNCTION cases_count_{event}()")
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_channels"),
        ("jurisdictions", "0003_own_rows_only"),
        ("foundation", "0002_references"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("kind", models.CharField(max_length=20)),
                ("measure", models.CharField(max_length=5)),
                ("day", models.DateField()),
                ("state", models.CharField(blank=True, max_length=20)),
                ("n", models.IntegerField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_casecount_key")
                ],
                "indexes": [
                    models.Index(
                        fields=["jurisdiction", "measure", "kind", "day", "state"],
                        include=["n"],
                        name="case_count",
                    )
                ],
            },
        ),
        migrations.RemoveIndex(model_name="case", name="case_by_state"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["jurisdiction", "state", "-id"], include=["kind", "accused"], name="case_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["jurisdiction", "ended_at"], name="case_by_ending"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["jurisdiction"], condition=models.Q(("reopened__gt", 0)), name="case_opened_again"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["category", "-id"],
                condition=models.Q(("handler__isnull", False)),
                name="case_handled_before",
            ),
        ),
        RowSecurity("cases_casecount"),
        Reference("cases_category"),
        Reference("cases_question"),
        Reference("cases_service"),
        migrations.RunSQL(forward(), backward()),
    ]
