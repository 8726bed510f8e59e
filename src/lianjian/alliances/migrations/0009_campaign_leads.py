"""Who went ahead in a campaign."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0001_squashed_0008_people_and_parties'),
        ('directory', '0012_ownership'),
        ('jurisdictions', '0001_squashed_0003_own_rows_only'),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
        migrations.CreateModel(
            name='CampaignLead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ('way', models.CharField(choices=[('asked', '主动要求先行试点'), ('leads', '领头雁(带头人)')], max_length=8)),
                ('since', models.DateField()),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='alliances.participant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaign_leads', to='directory.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='alliances_campaignlead_key'), models.UniqueConstraint(fields=('participant', 'person', 'way'), name='one_lead_of_a_person_and_way')],
            },
        ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='alliances_campaignlead',
            kind='owned',
            shared=False,
            open_to='',
        ),
    ]
