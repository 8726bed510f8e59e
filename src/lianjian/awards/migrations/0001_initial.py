"""Awards of a village, their rounds and candidates."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_squashed_0011_volunteers'),
        ('events', '0001_squashed_0018_lists_before_teams'),
        ('jurisdictions', '0001_squashed_0003_own_rows_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('name', models.CharField(max_length=40)),
                ('subject', models.CharField(choices=[('household', '农户'), ('family', '家庭'), ('person', '村民')], max_length=10)),
                ('per', models.CharField(choices=[('month', '每月'), ('quarter', '每季度'), ('half', '每半年'), ('year', '每年')], max_length=7)),
                ('criteria', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('needs_all', models.BooleanField(default=False)),
                ('show_days', models.PositiveSmallIntegerField(default=5)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('since', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='awards_scheme_key'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('organization', 'name'), name='one_award_of_a_name'), models.CheckConstraint(condition=models.Q(('show_days__gte', 1), ('show_days__lte', 60)), name='award_shown_some_days')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('starts', models.DateField()),
                ('state', models.CharField(choices=[('open', '推荐中'), ('shown', '公示中'), ('decided', '已公布'), ('vacant', '本期空缺'), ('called_off', '已取消')], default='open', max_length=10)),
                ('criteria', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('needs_all', models.BooleanField(default=False)),
                ('show_days', models.PositiveSmallIntegerField()),
                ('opened_on', models.DateField()),
                ('shown_from', models.DateField(blank=True, null=True)),
                ('shown_until', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('document', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.meeting')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='awards.scheme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='awards_round_key'), models.UniqueConstraint(condition=models.Q(('state', 'called_off'), _negated=True), fields=('scheme', 'starts'), name='one_round_of_an_award_in_a_period'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('state__in', ['open', 'shown'])), models.Q(('closed_on__isnull', False), models.Q(('state__in', ['open', 'shown']), _negated=True)), _connector='OR'), name='round_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['shown', 'decided']), _negated=True), ('shown_until__gte', models.F('shown_from')), _connector='OR'), name='round_shown_before_its_end')],
            },
        ),
        migrations.CreateModel(
            name='Nominee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=40)),
                ('group', models.CharField(blank=True, max_length=40)),
                ('way', models.CharField(choices=[('self', '自荐'), ('neighbours', '群众推荐'), ('group', '村民小组推荐'), ('committee', '村(社区)推荐')], max_length=10)),
                ('deeds', models.CharField(blank=True, max_length=300)),
                ('named_on', models.DateField()),
                ('agreed', models.BooleanField(default=False)),
                ('met', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('chosen', models.BooleanField(default=False)),
                ('struck_on', models.DateField(blank=True, null=True)),
                ('struck_reason', models.CharField(blank=True, max_length=200)),
                ('forgotten_on', models.DateField(blank=True, null=True)),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominees', to='awards.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='awards_nominee_key'), models.UniqueConstraint(fields=('round', 'number'), name='one_nominee_of_a_number'), models.UniqueConstraint(condition=models.Q(('forgotten_on__isnull', True), ('struck_on__isnull', True)), fields=('round', 'name', 'group'), name='one_nominee_of_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('forgotten_on__isnull', False), _connector='OR'), name='nominee_has_a_name'), models.CheckConstraint(condition=models.Q(('chosen', False), models.Q(('agreed', True), ('checked_on__isnull', False)), _connector='OR'), name='chosen_agreed_and_checked')],
            },
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='awards_scheme',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='awards_round',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='awards_nominee',
            kind='owned',
            shared=False,
            open_to='',
        ),
    ]
