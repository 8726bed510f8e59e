"""A yearly plan holds activities by kind, not only classes by audience."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_ownership'),
        ('jurisdictions', '0001_squashed_0003_own_rows_only'),
        ('partylife', '0001_squashed_0013_corrections_corrected'),
    ]

    operations = [
        migrations.AddField(
            model_name='trainingline',
            name='kind',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AlterField(
            model_name='trainingline',
            name='audiences',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None),
        ),
        migrations.AddConstraint(
            model_name='trainingline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), ('audiences__len__gte', 1), _connector='OR'), name='planned_for_audiences_or_of_a_kind'),
        ),
    ]
