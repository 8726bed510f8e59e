"""Points: schemes, accounts, claims, reviews, the ledger, goods and exchange days."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
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
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name='Scheme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                        ('name', models.CharField(max_length=40)),
                        ('unit', models.CharField(choices=[('household', '按户'), ('person', '按人')], max_length=9)),
                        ('per', models.CharField(choices=[('month', '每月'), ('quarter', '每季度'), ('half', '每半年'), ('year', '每年')], max_length=7)),
                        ('show_days', models.PositiveSmallIntegerField(default=5)),
                        ('carries', models.BooleanField(default=True)),
                        ('since', models.DateField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_scheme_key'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('organization', 'name'), name='one_points_scheme_of_a_name'), models.CheckConstraint(condition=models.Q(('show_days__gte', 1), ('show_days__lte', 60)), name='points_shown_some_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='points.scheme')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('decided_on', models.DateField()),
                        ('document', models.CharField(max_length=120)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.meeting')),
                        ('published_on', models.DateField()),
                        ('starts_on', models.DateField()),
                        ('withdrawn_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_edition_key'), models.UniqueConstraint(fields=('scheme', 'number'), name='one_points_edition_of_a_number'), models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('scheme', 'starts_on'), name='one_points_edition_from_a_day'), models.CheckConstraint(condition=models.Q(('published_on__gte', models.F('decided_on')), ('starts_on__gte', models.F('published_on'))), name='points_edition_published_before_use')],
                    },
                ),
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='points.edition')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=60)),
                        ('points', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_item_key'), models.UniqueConstraint(fields=('edition', 'number'), name='one_points_item_of_a_number'), models.UniqueConstraint(fields=('edition', 'name'), name='one_points_item_of_a_name'), models.CheckConstraint(condition=models.Q(('points__gte', 1), ('points__lte', 1000)), name='points_item_gives_some')],
                    },
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='points.scheme')),
                        ('number', models.PositiveIntegerField()),
                        ('name', models.CharField(blank=True, max_length=40)),
                        ('group', models.CharField(blank=True, max_length=40)),
                        ('agreed', models.BooleanField(default=False)),
                        ('opened_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('forgotten_on', models.DateField(blank=True, null=True)),
                        ('balance', models.IntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_account_key'), models.UniqueConstraint(fields=('scheme', 'number'), name='one_points_account_of_a_number'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('scheme', 'name', 'group'), name='one_points_account_of_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('forgotten_on__isnull', False), _connector='OR'), name='points_account_has_a_name'), models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='points_never_below_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='points.scheme')),
                        ('number', models.PositiveIntegerField()),
                        ('held_on', models.DateField()),
                        ('state', models.CharField(choices=[('open', '评议中'), ('shown', '公示中'), ('done', '已办结'), ('called_off', '已取消')], default='open', max_length=10)),
                        ('show_days', models.PositiveSmallIntegerField()),
                        ('shown_from', models.DateField(blank=True, null=True)),
                        ('shown_until', models.DateField(blank=True, null=True)),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('document', models.CharField(blank=True, max_length=120)),
                        ('reopened_on', models.DateField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_review_key'), models.UniqueConstraint(fields=('scheme', 'number'), name='one_points_review_of_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('state__in', ['open', 'shown'])), models.Q(('closed_on__isnull', False), models.Q(('state__in', ['open', 'shown']), _negated=True)), _connector='OR'), name='points_review_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), ('shown_until__gte', models.F('shown_from')), _connector='OR'), name='points_review_shown_some_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Juror',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jurors', to='points.review')),
                        ('name', models.CharField(max_length=40)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_juror_key'), models.UniqueConstraint(fields=('review', 'name'), name='one_points_juror_of_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Recusal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='points.juror')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='points.account')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_recusal_key'), models.UniqueConstraint(fields=('juror', 'account'), name='one_points_recusal_of_an_account')],
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='points.scheme')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='points.account')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='points.item')),
                        ('on', models.DateField()),
                        ('times', models.PositiveSmallIntegerField(default=1)),
                        ('points', models.PositiveIntegerField()),
                        ('proof', models.CharField(max_length=200)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.meeting')),
                        ('filed_on', models.DateField()),
                        ('state', models.CharField(choices=[('filed', '待初核'), ('checked', '待评议'), ('reviewed', '评议中'), ('posted', '已入账'), ('reversed', '已冲正'), ('refused', '未通过'), ('withdrawn', '已撤回')], default='filed', max_length=9)),
                        ('checked_on', models.DateField(blank=True, null=True)),
                        ('checked_by', models.CharField(blank=True, max_length=80)),
                        ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='points.review')),
                        ('voters', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('votes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['jurisdiction', 'state', '-id'], name='points_claim_by_state')],
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_claim_key'), models.UniqueConstraint(condition=models.Q(('state__in', ('reversed', 'refused', 'withdrawn')), _negated=True), fields=('account', 'item', 'on'), name='one_points_claim_of_a_day'), models.CheckConstraint(condition=models.Q(('points__gte', 1)), name='points_claim_gives_some'), models.CheckConstraint(condition=models.Q(('votes__isnull', True), ('votes__lte', models.F('voters')), _connector='OR'), name='points_votes_of_the_panel'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['reviewed', 'posted', 'reversed']), _negated=True), ('review__isnull', False), _connector='OR'), name='points_claim_went_through_a_review')],
                    },
                ),
                migrations.CreateModel(
                    name='Good',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goods', to='points.scheme')),
                        ('name', models.CharField(max_length=40)),
                        ('unit', models.CharField(max_length=10)),
                        ('price', models.PositiveIntegerField()),
                        ('stock', models.IntegerField(default=0)),
                        ('ended_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_good_key'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('scheme', 'name'), name='one_points_good_of_a_name'), models.CheckConstraint(condition=models.Q(('price__gte', 1)), name='points_good_costs_some'), models.CheckConstraint(condition=models.Q(('stock__gte', 0)), name='points_stock_never_below_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='ExchangeDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='points.scheme')),
                        ('on', models.DateField()),
                        ('place', models.CharField(blank=True, max_length=80)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.meeting')),
                        ('state', models.CharField(choices=[('open', '兑换中'), ('closed', '已结束'), ('called_off', '已取消')], default='open', max_length=10)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_exchangeday_key'), models.UniqueConstraint(condition=models.Q(('state', 'called_off'), _negated=True), fields=('scheme', 'on'), name='one_points_exchange_on_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Exchange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='points.exchangeday')),
                        ('number', models.PositiveIntegerField()),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='points.account')),
                        ('good', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='points.good')),
                        ('quantity', models.PositiveIntegerField()),
                        ('price', models.PositiveIntegerField()),
                        ('returned_on', models.DateField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_exchange_key'), models.UniqueConstraint(fields=('day', 'number'), name='one_points_receipt_of_a_number'), models.CheckConstraint(condition=models.Q(('price__gte', 1), ('quantity__gte', 1)), name='points_exchange_of_some')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='points.account')),
                        ('kind', models.CharField(choices=[('earned', '评议入账'), ('brought', '期初结转'), ('spent', '兑换支出'), ('returned', '兑换退回'), ('corrected', '冲正'), ('lapsed', '年度清零')], max_length=9)),
                        ('points', models.IntegerField()),
                        ('on', models.DateField()),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='points.claim')),
                        ('exchange', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='points.exchange')),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='points.entry')),
                        ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['account', '-id'], name='points_entry_of_account')],
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_entry_key'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('kind', 'earned'), ('points__gt', 0)), models.Q(('kind', 'brought'), ('points__gt', 0)), models.Q(('exchange__isnull', False), ('kind', 'spent'), ('points__lt', 0)), models.Q(('exchange__isnull', False), ('kind', 'returned'), ('points__gt', 0)), models.Q(('kind', 'lapsed'), ('points__lt', 0), ('year__isnull', False)), models.Q(('kind', 'corrected'), models.Q(('points', 0), _negated=True)), _connector='OR'), name='points_entry_rests_on_its_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['corrected', 'returned']), ('reverses__isnull', False)), models.Q(models.Q(('kind__in', ['corrected', 'returned']), _negated=True), ('reverses__isnull', True)), _connector='OR'), name='points_entry_reverses_one'), models.UniqueConstraint(condition=models.Q(('kind', 'earned')), fields=('claim',), name='one_points_entry_of_a_claim')],
                    },
                ),
                migrations.CreateModel(
                    name='StockMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.jurisdiction')),
                        ('good', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='points.good')),
                        ('kind', models.CharField(choices=[('bought', '购入'), ('donated', '捐赠'), ('given', '兑换发出'), ('put_back', '兑换退回'), ('spoiled', '损耗'), ('counted', '盘点')], max_length=8)),
                        ('quantity', models.IntegerField()),
                        ('on', models.DateField()),
                        ('document', models.CharField(blank=True, max_length=120)),
                        ('donor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                        ('exchange', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='points.exchange')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['good', '-id'], name='points_move_of_good')],
                        'constraints': [models.UniqueConstraint(fields=('key', 'jurisdiction'), name='points_stockmove_key'), models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='points_stock_moves_some'), models.CheckConstraint(condition=models.Q(('donor__isnull', True), ('kind', 'donated'), _connector='OR'), name='points_donor_donated')],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_scheme',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_edition',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_item',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_account',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_review',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_juror',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_recusal',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_claim',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_good',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_exchangeday',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_exchange',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_entry',
            kind='owned',
            shared=False,
            open_to='',
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table='points_stockmove',
            kind='owned',
            shared=False,
            open_to='',
        ),
    ]
