"""Who follows a case from outside, and whether its words are public."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.secretfield
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_categories"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="followed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="published",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("first", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=40)),
                ("phone", lianjian.foundation.secretfield.SecretField(blank=True)),
                (
                    "code_digest",
                    models.CharField(blank=True, db_collation="C", editable=False, max_length=64),
                ),
                ("user_id", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="cases.case"
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
                "indexes": [models.Index(fields=["case", "id"], name="follower_by_case")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_follower_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True), ("user_id__isnull", False)),
                        fields=("case", "user_id"),
                        name="one_follower_per_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("first", True)),
                        fields=("case",),
                        name="one_first_teller_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user_id__isnull", False),
                            models.Q(("code_digest", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follower_has_a_way_back",
                    ),
                ],
            },
        ),
        RowSecurity("cases_follower"),
    ]
