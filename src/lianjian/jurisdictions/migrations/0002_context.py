"""The wall: schema `sec`, the functions that read the signed context, and the first tables behind it.

The other half is `lianjian.foundation.context`.
"""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity

CONTEXT = """
CREATE SCHEMA sec;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Only functions that run as the owner read it; `lianjian.foundation.dbsetup` fills it.
CREATE TABLE sec.key (
    id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);

CREATE FUNCTION sec.context() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, sec AS $$
DECLARE
    raw text := current_setting('app.ctx', true);
    parts text[];
    k sec.key;
BEGIN
    IF raw IS NULL OR raw = '' THEN
        RAISE EXCEPTION 'no jurisdiction context' USING ERRCODE = '42501';
    END IF;
    parts := string_to_array(raw, '|');
    SELECT * INTO STRICT k FROM sec.key;
    IF cardinality(parts) <> 4 OR parts[4] IS DISTINCT FROM encode(sha256(k.outer_pad || sha256(
        k.inner_pad || convert_to(parts[1] || '|' || parts[2] || '|' || parts[3], 'UTF8'))), 'hex')
    THEN
        RAISE EXCEPTION 'false jurisdiction context' USING ERRCODE = '42501';
    END IF;
    IF parts[3]::bigint < extract(epoch FROM clock_timestamp()) THEN
        RAISE EXCEPTION 'jurisdiction context has expired' USING ERRCODE = '42501';
    END IF;
    RETURN parts;
END $$;

CREATE FUNCTION sec.readable() RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, sec AS $$
BEGIN
    RETURN (sec.context())[1]::int[];
END $$;

CREATE FUNCTION sec.writable() RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, sec AS $$
BEGIN
    RETURN (sec.context())[2]::int[];
END $$;

CREATE FUNCTION sec.shared(name text) RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, sec AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(s.row_id) FROM public.jurisdictions_share s
         WHERE s.grantee_id = ANY (sec.readable()) AND s."table" = name
           AND (s.until IS NULL OR s.until > clock_timestamp())), '{}');
END $$;
"""

UNDO = """
DROP FUNCTION sec.shared(text);
DROP FUNCTION sec.writable();
DROP FUNCTION sec.readable();
DROP FUNCTION sec.context();
DROP TABLE sec.key;
DROP SCHEMA sec;
"""


class Migration(migrations.Migration):
    dependencies = [("jurisdictions", "0001_initial")]

    operations = [
        migrations.RunSQL(CONTEXT, UNDO),
        RowSecurity("jurisdictions_counter"),
        RowSecurity("jurisdictions_share"),
        migrations.RunSQL(
            # The borrower sees the loan too.
            "CREATE POLICY borrowed ON jurisdictions_share FOR SELECT TO app"
            " USING (grantee_id = ANY ((SELECT sec.readable())::int[]))",
            "DROP POLICY borrowed ON jurisdictions_share",
        ),
    ]
