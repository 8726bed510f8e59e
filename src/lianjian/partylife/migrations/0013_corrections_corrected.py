"""A correction period may be corrected by a later decision: both stay on record (`rules.moves.correcting`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partylife", "0012_practice_in_order")]

    operations = [
        migrations.RemoveConstraint(model_name="standingdecision", name="one_correction_at_a_time"),
    ]
