"""The reply to the founding of a body, what was adjusted or dissolved and reported, two more exceptions."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_ownership'),
        ('jurisdictions', '0001_squashed_0003_own_rows_only'),
        ('partylife', '0014_plans_of_activities'),
        ('rulebook', '0001_squashed_0012_rules_scope_and_instructors'),
    ]

    operations = [
        migrations.AddField(
            model_name='approval',
            name='asked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='approval',
            name='matter',
            field=models.CharField(choices=[('few', '正式党员不足规定人数,经批准设立'), ('many', '党支部人数超过一般规模,经批准'), ('level', '党总支、党委的人数不在规定范围,经批准'), ('joint', '联合党支部覆盖单位超过一般数量,经批准'), ('head', '尚无合适的书记人选,经批准单独组建'), ('host', '挂靠在其他党组织,经批准'), ('founding', '批复成立党组织'), ('reported', '调整或撤销后报上级'), ('postpone', '延期换届'), ('early', '提前换届')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('asked_on__isnull', True), ('asked_on__lte', models.F('approved_on')), _connector='OR'), name='approval_follows_request'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('matter', 'founding')), fields=('branch',), name='founding_approved_once'),
        ),
    ]
