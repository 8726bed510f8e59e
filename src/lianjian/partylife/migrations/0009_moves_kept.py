"""An answer moves only who is still there; what is recorded about him goes along, only the time away ends."""

from django.db import migrations

MOVES = """
CREATE OR REPLACE FUNCTION partylife_transfer_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    t partylife_transfer;
    p bigint;
    target text;
BEGIN
    SELECT * INTO t FROM partylife_transfer WHERE id = NEW.transfer_id FOR UPDATE;
    IF NEW.jurisdiction_id IS DISTINCT FROM
       (SELECT jurisdiction_id FROM directory_organization WHERE id = t.to_branch_id) THEN
        RAISE EXCEPTION 'a transfer is answered by the place of the receiver' USING ERRCODE = '42501';
    END IF;
    IF t.state <> 'open' THEN
        RAISE EXCEPTION 'the transfer is closed' USING ERRCODE = '23514', CONSTRAINT = 'transfer_answered_while_open';
    END IF;
    UPDATE partylife_transfer SET state = NEW.kind, closed_on = NEW.day, closed_reason = NEW.reason WHERE id = t.id;
    IF NEW.kind <> 'accepted' THEN
        RETURN NULL;
    END IF;
    -- Who died, was removed or left, and whose membership is stopped, is not moved by a letter still on its way.
    PERFORM 1 FROM partylife_branchmembership
      WHERE member_id = t.member_id AND branch_id = t.branch_id AND role = 'home' AND until IS NULL FOR UPDATE;
    IF NOT FOUND OR EXISTS (SELECT 1 FROM partylife_standingdecision
         WHERE member_id = t.member_id AND kind = 'suspend' AND (until IS NULL OR until > NEW.day)) THEN
        RAISE EXCEPTION 'he is not there' USING ERRCODE = '23514', CONSTRAINT = 'transfer_of_who_is_there';
    END IF;
    IF NEW.day < t.opened_on OR EXISTS (SELECT 1 FROM partylife_branchmembership
         WHERE member_id = t.member_id AND until IS NULL AND since >= NEW.day) THEN
        RAISE EXCEPTION 'too early' USING ERRCODE = '23514', CONSTRAINT = 'transfer_accepted_later';
    END IF;
    SELECT name INTO target FROM directory_organization WHERE id = t.to_branch_id;
    UPDATE partylife_branchmembership SET until = NEW.day, ended_kind = 'moved', ended_reason = target
     WHERE member_id = t.member_id AND until IS NULL;
    UPDATE partylife_memberexemption SET until = greatest(NEW.day, since + 1)
     WHERE member_id = t.member_id AND (until IS NULL OR until > NEW.day);
    -- With the relation the time away as a mobile member ends; that he is abroad or lost does not.
    UPDATE partylife_absence SET until = greatest(NEW.day, since + 1)
     WHERE member_id = t.member_id AND kind = 'mobile' AND (until IS NULL OR until > NEW.day);
    IF NEW.jurisdiction_id <> t.jurisdiction_id THEN
        -- The record of a member belongs to the place of the home branch; who was lent it reads it on.
        SELECT person_id INTO p FROM partylife_partymember WHERE id = t.member_id;
        UPDATE jurisdictions_share SET until = now()
         WHERE until IS NULL AND jurisdiction_id = t.jurisdiction_id AND grantee_id = NEW.jurisdiction_id
           AND (("table" = 'partylife_partymember' AND row_id = t.member_id)
                OR ("table" = 'directory_person' AND row_id = p));
        UPDATE partylife_partymember SET jurisdiction_id = NEW.jurisdiction_id WHERE id = t.member_id;
        UPDATE partylife_absence SET jurisdiction_id = NEW.jurisdiction_id WHERE member_id = t.member_id;
        UPDATE partylife_membercontact SET jurisdiction_id = NEW.jurisdiction_id WHERE member_id = t.member_id;
        UPDATE partylife_standingdecision SET jurisdiction_id = NEW.jurisdiction_id WHERE member_id = t.member_id;
        UPDATE directory_person SET jurisdiction_id = NEW.jurisdiction_id
         WHERE id = p AND jurisdiction_id = t.jurisdiction_id;
        UPDATE jurisdictions_share SET jurisdiction_id = NEW.jurisdiction_id
         WHERE until IS NULL AND jurisdiction_id = t.jurisdiction_id
           AND (("table" = 'partylife_partymember' AND row_id = t.member_id)
                OR ("table" = 'directory_person' AND row_id = p
                    AND (SELECT jurisdiction_id FROM directory_person WHERE id = p) = NEW.jurisdiction_id));
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("partylife", "0008_bodies")]

    operations = [migrations.RunSQL(MOVES, migrations.RunSQL.noop, elidable=True)]
