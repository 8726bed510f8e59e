"""A team that serves keeps of what kind it was: who may not read the team counts it all the same."""

from django.db import migrations, models

KINDS = "UPDATE events_servingteam s SET kind = t.kind FROM directory_team t WHERE t.id = s.team_id"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_volunteers"),
        ("events", "0016_counted_bookings_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="servingteam",
            name="kind",
            field=models.CharField(default="help", max_length=9),
            preserve_default=False,
        ),
        migrations.RunSQL(KINDS, migrations.RunSQL.noop, elidable=True),
    ]
