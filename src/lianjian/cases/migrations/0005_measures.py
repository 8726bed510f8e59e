"""What was done to answer a case, with its quantity."""

import django.db.models.deletion
import lianjian.foundation.keys
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_clock'),
        ('jurisdictions', '0003_own_rows_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('kind', models.CharField(max_length=10)),
                ('what', models.CharField(max_length=120)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16)),
                ('unit', models.CharField(max_length=16)),
                ('quantity_text', models.CharField(max_length=40)),
                ('done_on', models.DateField()),
                ('by_unit', models.CharField(blank=True, max_length=120)),
                ('by_name', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='cases.case')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'id'], name='measure_by_case'), models.Index(fields=['jurisdiction', 'done_on'], name='measure_by_day')],
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='cases_measure_key'), models.CheckConstraint(condition=models.Q(('kind__in', ['work', 'jobs', 'money'])), name='measure_kind_is_known'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='measure_is_something')],
            },
        ),
        RowSecurity("cases_measure"),
    ]
