"""The log of a task force's project."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_ownership'),
        ('jurisdictions', '0001_squashed_0003_own_rows_only'),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name='TeamNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='directory.team')),
                        ('day', models.DateField()),
                        ('contact', models.CharField(max_length=7)),
                        ('stage', models.CharField(max_length=9)),
                        ('percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('words', models.CharField(max_length=500)),
                        ('recorded_by', models.BigIntegerField(blank=True, null=True)),
                        ('recorded_by_name', models.CharField(max_length=80)),
                        ('recorded_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'verbose_name': '项目进度',
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='directory_teamnote_key'), models.CheckConstraint(condition=models.Q(('contact__in', ['owner', 'builder', 'both', 'site'])), name='team_note_contact_is_known'), models.CheckConstraint(condition=models.Q(('stage__in', ['unstarted', 'building', 'finished', 'producing'])), name='team_note_stage_is_known'), models.CheckConstraint(condition=models.Q(('percent__isnull', True), ('percent__lte', 100), _connector='OR'), name='team_note_percent_is_a_share'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='team_note_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='team_note_withdrawn_with_reason')],
                        'indexes': [models.Index(fields=['team', '-day', '-id'], name='team_note_by_team'), models.Index(fields=['jurisdiction', '-day', '-id'], name='team_note_by_day')],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='directory_teamnote',
            kind='owned',
            shared=False,
            open_to='',
        ),
    ]
