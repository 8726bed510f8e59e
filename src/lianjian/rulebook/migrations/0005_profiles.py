"""A place chooses a deadline profile. Read by everybody, written by its place."""

import django.db.models.deletion
import lianjian.foundation.keys
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('jurisdictions', '0003_own_rows_only'),
        ('rulebook', '0004_rules_of_returns'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProfileChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('profile', models.CharField(blank=True, max_length=20)),
                ('subject', models.CharField(blank=True, db_collation='C', max_length=40)),
                ('source', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('set_by', models.CharField(max_length=80)),
                ('set_at', models.DateTimeField()),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='rulebook_profilechoice_key'), models.UniqueConstraint(fields=('jurisdiction', 'subject', 'valid_from'), name='one_profile_per_first_day'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='profile_choice_ends_later')],
            },
        ),
        RowSecurity("rulebook_profilechoice", kind="register"),
    ]
