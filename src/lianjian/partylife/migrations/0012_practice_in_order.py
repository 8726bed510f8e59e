"""Steps of the appraisal, graduates kept at school, correction periods; a graduate who is accepted is kept no longer."""

from importlib import import_module

import django.contrib.postgres.constraints
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models


# With the relation the time away as a mobile member ends, and that a graduate's relation is kept at school.
MOVES = import_module("lianjian.partylife.migrations.0009_moves_kept").MOVES.replace(
    "member_id = t.member_id AND kind = 'mobile'", "member_id = t.member_id AND kind IN ('mobile', 'graduate')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0011_quorum"),
        ("rulebook", "0011_rules_taken_up"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="absence",
            name="one_loss_at_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="standingdecision",
            name="decision_of_one_day",
        ),
        migrations.AddField(
            model_name="appraisal",
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
            model_name="appraisal",
            name="mutual_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="order_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="rating_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="self_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="verdict_by",
            field=models.CharField(
                blank=True, choices=[("committee", "支部委员会"), ("meeting", "支部党员大会")], max_length=9
            ),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="verdict_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="absence",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mobile", "流动在外"),
                    ("study", "出国(境)学习"),
                    ("abroad", "出国(境),不是学习"),
                    ("lost", "失去联系"),
                    ("life", "不参加组织生活"),
                    ("work", "不做党所分配的工作"),
                    ("graduate", "毕业生组织关系保留在学校"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="standingdecision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("correct", "限期改正"),
                    ("mended", "限期改正已改正"),
                    ("suspend", "停止党籍"),
                    ("remove", "除名"),
                    ("restore", "恢复党籍"),
                    ("keep", "不作处理,继续联系"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind__in", ("lost", "life", "work"))),
                expressions=[
                    (
                        models.Func(
                            models.F("member_id"),
                            models.F("member_id"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        lianjian.directory.models.organizations.DateRange(
                            models.F("since"), models.F("until")
                        ),
                        "&&",
                    ),
                ],
                name="one_loss_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "graduate")),
                expressions=[
                    (
                        models.Func(
                            models.F("member_id"),
                            models.F("member_id"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        lianjian.directory.models.organizations.DateRange(
                            models.F("since"), models.F("until")
                        ),
                        "&&",
                    ),
                ],
                name="kept_at_one_school_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("suspend", "correct")), ("until__isnull", True), _connector="OR"
                ),
                name="decision_of_one_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "correct"), _negated=True), ("until__isnull", False), _connector="OR"
                ),
                name="correction_ends_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingdecision",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "correct")),
                expressions=[
                    (
                        models.Func(
                            models.F("member_id"),
                            models.F("member_id"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        lianjian.directory.models.organizations.DateRange(
                            models.F("since"), models.F("until")
                        ),
                        "&&",
                    ),
                ],
                name="one_correction_at_a_time",
            ),
        ),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
    ]
