"""A jurisdiction lends its own rows only: the wall asks the row whose it is, whoever writes the loan."""

from django.db import migrations

GUARD = """
CREATE FUNCTION sec.lends_own() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, sec AS $$
DECLARE
    owner bigint;
BEGIN
    IF to_regclass(format('public.%I', NEW."table")) IS NULL THEN
        RAISE EXCEPTION 'no such table to lend from' USING ERRCODE = '42501';
    END IF;
    EXECUTE format('SELECT jurisdiction_id FROM public.%I WHERE id = $1', NEW."table") INTO owner USING NEW.row_id;
    IF owner IS DISTINCT FROM NEW.jurisdiction_id THEN
        RAISE EXCEPTION 'a jurisdiction lends its own rows only' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER lends_own BEFORE INSERT OR UPDATE ON jurisdictions_share
    FOR EACH ROW EXECUTE FUNCTION sec.lends_own();
"""

UNDO = """
DROP TRIGGER lends_own ON jurisdictions_share;
DROP FUNCTION sec.lends_own();
"""


class Migration(migrations.Migration):
    dependencies = [("jurisdictions", "0002_context")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
