"""The chain: numbers and hashes are given at commit, and nobody can change what was written.

A deferred constraint trigger holds the head of a chain only during commit; a plain trigger would make every
town's writers wait for one another. Heads are locked in ascending order, whatever order the entries came in.
"""

from django.db import migrations

from lianjian.jurisdictions.policy import RowSecurity

CHAIN = """
CREATE FUNCTION journal_canon(e journal_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT convert_to(jsonb_build_array(
        e.jurisdiction_id, e.seq, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        e.actor_id, e.actor_name, e.verb, e.subject_kind, e.subject_key, e.body)::text, 'UTF8')
$$;

CREATE FUNCTION journal_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.seq := NULL; NEW.prev := NULL; NEW.hash := NULL;
    NEW.at := clock_timestamp();
    NEW.txid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

CREATE FUNCTION journal_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    e journal_entry;
    h journal_head;
BEGIN
    FOR e IN SELECT * FROM journal_entry
              WHERE txid = NEW.txid AND seq IS NULL ORDER BY jurisdiction_id, id
    LOOP
        INSERT INTO journal_head (jurisdiction_id, seq, hash)
             VALUES (e.jurisdiction_id, 0, sha256(convert_to('genesis:' || e.jurisdiction_id, 'UTF8')))
        ON CONFLICT DO NOTHING;
        SELECT * INTO h FROM journal_head WHERE jurisdiction_id = e.jurisdiction_id FOR UPDATE;
        e.seq := h.seq + 1;
        e.prev := h.hash;
        e.hash := sha256(e.prev || journal_canon(e));
        UPDATE journal_entry SET seq = e.seq, prev = e.prev, hash = e.hash WHERE id = e.id;
        UPDATE journal_head SET seq = e.seq, hash = e.hash WHERE jurisdiction_id = e.jurisdiction_id;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the journal cannot be changed' USING ERRCODE = '42501';
END $$;

-- A value may be erased (a person's right), never replaced: the commitment in the entry then says nothing.
CREATE FUNCTION journal_erase_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.before = '' AND NEW.after = '' AND NEW.salt = ''::bytea
       AND (NEW.id, NEW.jurisdiction_id, NEW.entry_id, NEW.field)
         = (OLD.id, OLD.jurisdiction_id, OLD.entry_id, OLD.field)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'values in the journal can only be erased' USING ERRCODE = '42501';
END $$;

CREATE TRIGGER erase_only BEFORE UPDATE OR DELETE ON journal_change
    FOR EACH ROW EXECUTE FUNCTION journal_erase_only();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON journal_change
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER stamp BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_stamp();
CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_chain();
CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""

UNDO = """
DROP TRIGGER erase_only ON journal_change;
DROP TRIGGER refuse_truncate ON journal_change;
DROP FUNCTION journal_erase_only();
DROP TRIGGER refuse_truncate ON journal_entry;
DROP TRIGGER refuse ON journal_entry;
DROP TRIGGER chain ON journal_entry;
DROP TRIGGER stamp ON journal_entry;
DROP FUNCTION journal_refuse();
DROP FUNCTION journal_chain();
DROP FUNCTION journal_stamp();
DROP FUNCTION journal_canon(journal_entry);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("jurisdictions", "0002_context")]

    operations = [
        migrations.RunSQL(CHAIN, UNDO),
        RowSecurity("journal_entry"),
        RowSecurity("journal_head"),
        RowSecurity("journal_change"),
        RowSecurity("journal_check"),
    ]
