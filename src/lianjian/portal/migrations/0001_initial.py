"""Entrances for the public, and counters against floods."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.portal.models
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0006_adjudicator"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=64)),
                ("slot", models.BigIntegerField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["slot"], name="tally_by_slot")],
                "constraints": [models.UniqueConstraint(fields=("key", "slot"), name="one_tally_per_slot")],
            },
        ),
        migrations.CreateModel(
            name="Entrance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "code",
                    models.CharField(
                        db_collation="C", default=lianjian.portal.models.new_code, max_length=10, unique=True
                    ),
                ),
                ("spot", models.CharField(blank=True, max_length=60)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("made_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="portal_entrance_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on__isnull", True)),
                        fields=("organization", "spot"),
                        name="one_entrance_per_spot",
                    ),
                ],
            },
        ),
        RowSecurity("portal_entrance", kind="register"),
    ]
