"""Votes, cadences, ranges and lists: the rules of members, branches, elections and firms; local ones of every kind."""

from typing import Any

from django.db import migrations, models

from lianjian.rulebook.actions.loading import load

DIGEST = "dcc41514c76db352"


def bring_up(apps: Any, schema_editor: Any) -> None:
    load(apps.get_model("rulebook", "Rule"))


class Migration(migrations.Migration):

    dependencies = [
        ('rulebook', '0008_references'),
    ]

    operations = [
        migrations.AddField(
            model_name='localrule',
            name='params',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='rule',
            name='overridable_by',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='rule',
            name='ref',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name='localrule',
            name='amount',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='localrule',
            name='unit',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name='rule',
            name='kind',
            field=models.CharField(choices=[('quorum', '到会人数'), ('majority', '表决票数'), ('min_interval', '最短间隔'), ('max_deadline', '最长期限'), ('cadence', '每期次数'), ('range', '数量范围'), ('enum', '规定的项'), ('exclusion', '不得有的项')], max_length=20),
        ),
        migrations.RunPython(bring_up, migrations.RunPython.noop, elidable=True),
    ]
