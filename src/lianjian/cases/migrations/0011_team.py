"""The team that helps the unit of a case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_callbacks"),
        ("directory", "0007_teams"),
        ("events", "0005_registered_visitors"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        ("rulebook", "0007_rules_of_escalation"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.team",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("team__isnull", False)), fields=["team", "-id"], name="case_by_team"
            ),
        ),
    ]
