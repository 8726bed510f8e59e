"""Templates that an office uploads, behind the wall."""

import django.db.models.deletion
import lianjian.foundation.keys
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_row_security"),
        ("insight", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=60)),
                ("made_by", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "bundle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.bundle",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="insight_officetemplate_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on__isnull", True)),
                        fields=("jurisdiction", "name"),
                        name="one_template_in_use_per_name",
                    ),
                ],
            },
        ),
        RowSecurity("insight_officetemplate"),
    ]
