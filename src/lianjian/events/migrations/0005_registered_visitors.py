"""Only registered visitors are linked; the names stand, uncut, in the visit itself."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# The owner is bound by row security too, and this carries over the rows of every place.
CARRY = """
ALTER TABLE events_visit NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events_visitperson NO FORCE ROW LEVEL SECURITY;
UPDATE events_visit AS visit SET visitors = whole.names
FROM (
    SELECT visit_id, string_agg(name, '、' ORDER BY position, id) AS names
    FROM events_visitperson GROUP BY visit_id
) AS whole
WHERE whole.visit_id = visit.id AND length(visit.visitors) >= 200 AND whole.names <> visit.visitors;
DELETE FROM events_visitperson AS one
WHERE one.person_id IS NULL OR EXISTS (
    SELECT 1 FROM events_visitperson AS other
    WHERE other.visit_id = one.visit_id AND other.person_id = one.person_id AND other.id < one.id
);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE events_visit FORCE ROW LEVEL SECURITY;
ALTER TABLE events_visitperson FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0004_fewer_indexes")]

    operations = [
        migrations.AlterField(model_name="visit", name="visitors", field=models.TextField()),
        migrations.RunSQL(CARRY, migrations.RunSQL.noop, elidable=True),
        migrations.RemoveConstraint(model_name="visitperson", name="one_visitor_per_name"),
        migrations.RemoveField(model_name="visitperson", name="name"),
        migrations.RemoveField(model_name="visitperson", name="position"),
        migrations.AlterField(
            model_name="visitperson",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitperson",
            constraint=models.UniqueConstraint(fields=("visit", "person"), name="one_visitor_per_person"),
        ),
        migrations.RemoveIndex(model_name="visit", name="visit_search"),
        migrations.AddIndex(
            model_name="visit",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=True, fields=["search"], gin_pending_list_limit=4096, name="visit_search"
            ),
        ),
    ]
