"""Kept rows lie a thousand to a line: a line for each cost an import more than the rows that it was about."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity

# The owner is bound by row security too, and this packs the rows of every place.
PACK = """
ALTER TABLE sheets_keptrow NO FORCE ROW LEVEL SECURITY;
INSERT INTO sheets_keptchunk
    (key, jurisdiction_id, sheet_id, imported_id, label, numbers, lines, digests, row_ids)
SELECT (array_agg(key ORDER BY id))[1], jurisdiction_id, sheet_id, imported_id, label,
    array_agg(number ORDER BY id), array_agg("values"::text ORDER BY id),
    array_agg(digest::text ORDER BY id), array_agg(row_id ORDER BY id)
FROM (
    SELECT *, (row_number() OVER (PARTITION BY sheet_id, imported_id, label ORDER BY id) - 1) / 1000 AS piece
    FROM sheets_keptrow
) AS rows
GROUP BY jurisdiction_id, sheet_id, imported_id, label, piece;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("sheets", "0003_fewer_indexes")]

    operations = [
        migrations.CreateModel(
            name="KeptChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "digests",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "row_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(null=True), size=None
                    ),
                ),
                (
                    "imported",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept", to="sheets.import"
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="sheets.keptsheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="sheets_keptchunk_key")
                ],
            },
        ),
        migrations.RunSQL(PACK, migrations.RunSQL.noop, elidable=True),
        RowSecurity("sheets_keptchunk"),
        migrations.DeleteModel("KeptRow"),
    ]
