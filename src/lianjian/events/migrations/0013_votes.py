"""Decisions that were put to the vote keep the votes, and how they were judged."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_sign_ups"),
        ("jurisdictions", "0003_own_rows_only"),
        ("rulebook", "0010_rules_in_order"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_settled_in_words",
        ),
        migrations.AddField(
            model_name="decision",
            name="abstain",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="eligible",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="evaluation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rulebook.evaluation",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="no",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="present",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="yes",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "落实中"),
                    ("done", "已落实"),
                    ("dropped", "不再办理"),
                    ("lost", "表决未通过"),
                ],
                default="open",
                max_length=7,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("eligible__isnull", True),
                        ("evaluation__isnull", True),
                        ("present__isnull", True),
                        ("yes__isnull", True),
                    ),
                    models.Q(
                        (
                            "present__gte",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("yes"), "+", models.F("no")
                                ),
                                "+",
                                models.F("abstain"),
                            ),
                        ),
                        ("present__lte", models.F("eligible")),
                    ),
                    _connector="OR",
                ),
                name="votes_within_those_present",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_on__isnull", True), ("state", "open")),
                    models.Q(("settled_on__isnull", False), ("state", "lost"), ("yes__isnull", False)),
                    models.Q(
                        models.Q(("state__in", ["open", "lost"]), _negated=True),
                        ("settled_on__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_settled_in_words",
            ),
        ),
    ]
