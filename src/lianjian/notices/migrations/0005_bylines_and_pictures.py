"""Documents name their authors, and say of their pictures what they show and who gave them."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_squashed_0004_plans_of_villages"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="bylines",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                ),
            )
            for model in ("document", "publication")
        ),
        *(
            migrations.AddField(
                model_name=model, name="pictures", field=models.JSONField(blank=True, default=list)
            )
            for model in ("document", "publication")
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("down_at__isnull", True),
                    models.Q(("bylines", []), ("pictures", [])),
                    _connector="OR",
                ),
                name="taken_down_names_nobody",
            ),
        ),
    ]
