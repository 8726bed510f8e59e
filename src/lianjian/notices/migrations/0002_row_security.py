"""Messages are read in the recipient's place only, but every place may send: a town hears of the county and back."""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        RowSecurity("notices_message"),
        migrations.RunSQL(
            # Only unread messages may be put into another place, and whoever puts them needs a signed context.
            "CREATE POLICY send ON notices_message FOR INSERT TO app"
            " WITH CHECK (state = 'unread' AND (SELECT sec.readable()) IS NOT NULL)",
            "DROP POLICY send ON notices_message",
        ),
    ]
