"""Changes of register tables are counted, so that what was read of them may be kept."""

from django.db import migrations, models

from lianjian.foundation.references import Reference


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ReferenceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(
            "CREATE FUNCTION foundation_reference_changed() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN INSERT INTO foundation_referencechange (n) VALUES (1); RETURN NULL; END $$",
            "DROP FUNCTION foundation_reference_changed()",
        ),
        Reference("foundation_dayoverride"),
    ]
