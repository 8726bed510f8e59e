"""The list of a body takes over whom a team of another place wrote down: that row is not the body's to change."""

from django.db import migrations

# What a team of the same place wrote is carried over by the verb; of another place's rows nothing is seen there, and a
# person has one row at a meeting. The list of a body wins (decision 0022): the row of the team goes as it comes.
LISTS = """
CREATE FUNCTION events_list_takes_over() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM public.events_attendance
     WHERE meeting_id = NEW.meeting_id AND person_id = NEW.person_id AND team_id IS NOT NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER list_takes_over BEFORE INSERT ON events_attendance FOR EACH ROW
    WHEN (NEW.team_id IS NULL) EXECUTE FUNCTION events_list_takes_over();
"""

BACK = """
DROP TRIGGER list_takes_over ON events_attendance;
DROP FUNCTION events_list_takes_over();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0017_servingteam_kind"),
    ]

    operations = [
        migrations.RunSQL(LISTS, BACK),
    ]
