"""What a visit asks a body to do, by when, and what came of it."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_ownership'),
        ('events', '0019_every_day'),
        ('jurisdictions', '0001_squashed_0003_own_rows_only'),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
        migrations.CreateModel(
            name='VisitItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('text', models.CharField(max_length=200)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', '办理中'), ('done', '已办结'), ('dropped', '不再办理')], default='open', max_length=7)),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('settled_by_name', models.CharField(blank=True, max_length=80)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('recorded_by_name', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='events.visit')),
            ],
            options={
                'indexes': [models.Index(fields=['jurisdiction', 'due_on', 'id'], name='visit_item_by_due')],
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='events_visititem_key'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_on__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='visit_item_settled_in_words')],
            },
        ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='events_visititem',
            kind='owned',
            shared=False,
            open_to='',
        ),
    ]
