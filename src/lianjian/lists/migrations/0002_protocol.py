"""The protocol of a claim, kept by the database: each side writes its own steps, and the steps move what both share.

A claim between two places cannot be one row that both write: row security lets each write its own place only. So
`lists_claim_moves` runs as the owner of the tables when a step is written, checks whose move it is, and carries the claim
and what is promised of the item along. It locks the item before the claim, so that two steps never wait for each other.
"""

from django.db import migrations

MOVES = """
CREATE FUNCTION lists_refuse(name text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', message USING ERRCODE = '23514', CONSTRAINT = name;
END $$;

CREATE FUNCTION lists_place_of(body bigint) RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT jurisdiction_id FROM public.directory_organization WHERE id = body $$;

-- Whether a statement was written by the application, and not by the protocol, which runs as the tables' owner.
CREATE FUNCTION lists_by_hand() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT current_user <> pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.lists_claim'::regclass $$;

CREATE FUNCTION lists_claim_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    i public.lists_item;
BEGIN
    -- Shared, so that nobody ends the item meanwhile.
    SELECT * INTO i FROM public.lists_item WHERE id = NEW.item_id FOR SHARE;
    IF NEW.state <> 'proposed' OR NEW.agreed_at IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a claim begins as a proposal' USING ERRCODE = '42501';
    END IF;
    IF NEW.jurisdiction_id IS DISTINCT FROM public.lists_place_of(
        CASE NEW.proposed_by WHEN 'owner' THEN i.organization_id ELSE NEW.organization_id END) THEN
        RAISE EXCEPTION 'a proposal is written by the place of its side' USING ERRCODE = '42501';
    END IF;
    IF i.state <> 'open' THEN
        PERFORM public.lists_refuse('claim_of_an_open_item', 'the item is not offered');
    END IF;
    IF i.organization_id = NEW.organization_id THEN
        PERFORM public.lists_refuse('claim_of_another_body', 'nobody claims his own');
    END IF;
    NEW.by_day := i.by_day;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_begins BEFORE INSERT ON lists_claim FOR EACH ROW EXECUTE FUNCTION lists_claim_begins();

CREATE FUNCTION lists_claim_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    c lists_claim;
    i lists_item;
    target text;
    delta numeric;
    was boolean;
    holds boolean;
BEGIN
    SELECT t.* INTO i FROM lists_item t JOIN lists_claim k ON k.item_id = t.id WHERE k.id = NEW.claim_id FOR UPDATE OF t;
    SELECT * INTO c FROM lists_claim WHERE id = NEW.claim_id FOR UPDATE;
    IF NEW.jurisdiction_id IS DISTINCT FROM lists_place_of(
        CASE NEW.side WHEN 'owner' THEN i.organization_id ELSE c.organization_id END) THEN
        RAISE EXCEPTION 'a step is written by the place of its side' USING ERRCODE = '42501';
    END IF;
    target := CASE
        WHEN NEW.act = 'agree' AND c.state = 'proposed' AND NEW.side <> c.proposed_by THEN 'agreed'
        WHEN NEW.act = 'refuse' AND c.state = 'proposed' AND NEW.side <> c.proposed_by THEN 'refused'
        WHEN NEW.act = 'take_back' AND c.state = 'proposed' AND NEW.side = c.proposed_by THEN 'taken_back'
        WHEN NEW.act = 'take_back' AND c.state = 'agreed' THEN 'taken_back'
        WHEN NEW.act = 'fulfil' AND c.state = 'agreed' THEN 'fulfilled'
        WHEN NEW.act = 'rate' AND c.state = 'fulfilled'
             AND NEW.side = (CASE i.kind WHEN 'need' THEN 'owner' ELSE 'claimant' END) THEN 'fulfilled'
    END;
    IF target IS NULL THEN
        PERFORM lists_refuse('claim_step_in_order', 'not this step, not now, or not this side');
    END IF;
    IF NEW.act = 'take_back' AND c.state = 'agreed' AND NEW.words = '' THEN
        PERFORM lists_refuse('claim_taken_back_with_a_reason', 'what was agreed is taken back with a reason');
    END IF;
    IF NEW.act = 'agree' AND i.state <> 'open' THEN
        PERFORM lists_refuse('claim_of_an_open_item', 'the item is not offered');
    END IF;
    was := c.state = 'agreed' OR (c.state = 'fulfilled' AND NOT i.reusable);
    holds := target = 'agreed' OR (target = 'fulfilled' AND NOT i.reusable);
    delta := CASE WHEN c.by_day THEN 0 ELSE (holds::int - was::int) * c.amount END;
    IF delta > 0 AND i.taken + delta > i.capacity THEN
        PERFORM lists_refuse('claim_of_what_is_left', 'not enough is left');
    END IF;
    IF delta <> 0 THEN
        UPDATE lists_item SET taken = taken + delta WHERE id = i.id;
    END IF;
    UPDATE lists_claim SET state = target,
           agreed_at = CASE WHEN NEW.act = 'agree' THEN NEW.at ELSE agreed_at END,
           ended_at = CASE WHEN target IN ('refused', 'taken_back', 'fulfilled') THEN coalesce(ended_at, NEW.at) END
     WHERE id = c.id;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_moves AFTER INSERT ON lists_claimstep FOR EACH ROW EXECUTE FUNCTION lists_claim_moves();

-- What the protocol writes, nobody writes by hand. A merged body's claims may come to name the other record.
CREATE FUNCTION lists_claim_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.lists_by_hand() AND (to_jsonb(NEW) - 'organization_id') <> (to_jsonb(OLD) - 'organization_id') THEN
        RAISE EXCEPTION 'a claim moves by its steps' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_kept BEFORE UPDATE ON lists_claim FOR EACH ROW EXECUTE FUNCTION lists_claim_kept();

CREATE FUNCTION lists_row_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this row stays as it was written' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER step_kept BEFORE UPDATE OR DELETE ON lists_claimstep FOR EACH ROW EXECUTE FUNCTION lists_row_kept();
CREATE TRIGGER edition_kept BEFORE UPDATE OR DELETE ON lists_edition FOR EACH ROW EXECUTE FUNCTION lists_row_kept();
CREATE TRIGGER line_kept BEFORE UPDATE OR DELETE ON lists_editionline FOR EACH ROW EXECUTE FUNCTION lists_row_kept();

CREATE FUNCTION lists_outcome_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    c lists_claim;
    body bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an outcome is withdrawn, not deleted' USING ERRCODE = '42501';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.withdrawn_at IS NOT NULL OR (to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_reason')
           <> (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_reason') THEN
            RAISE EXCEPTION 'an outcome is withdrawn once, not changed' USING ERRCODE = '42501';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO c FROM lists_claim WHERE id = NEW.claim_id FOR UPDATE;
    body := CASE NEW.side WHEN 'owner' THEN (SELECT organization_id FROM lists_item WHERE id = c.item_id)
                          ELSE c.organization_id END;
    IF NEW.jurisdiction_id IS DISTINCT FROM lists_place_of(body) THEN
        RAISE EXCEPTION 'an outcome is written by the place of its side' USING ERRCODE = '42501';
    END IF;
    IF c.state NOT IN ('agreed', 'fulfilled') THEN
        PERFORM lists_refuse('outcome_of_an_agreed_claim', 'nothing can have come of it');
    END IF;
    IF EXISTS (SELECT 1 FROM lists_outcome
                WHERE claim_id = c.id AND kind = NEW.kind AND side <> NEW.side AND withdrawn_at IS NULL) THEN
        PERFORM lists_refuse('one_side_records_an_outcome', 'the other side has recorded it');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcome_kept BEFORE INSERT OR UPDATE OR DELETE ON lists_outcome
    FOR EACH ROW EXECUTE FUNCTION lists_outcome_kept();

CREATE FUNCTION lists_item_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.lists_by_hand() THEN
        IF TG_OP = 'INSERT' AND NEW.taken <> 0 OR TG_OP = 'UPDATE' AND NEW.taken <> OLD.taken THEN
            RAISE EXCEPTION 'what is taken follows from claims' USING ERRCODE = '42501';
        END IF;
        IF TG_OP = 'UPDATE' AND (NEW.by_day, NEW.reusable, NEW.kind, NEW.unit)
           IS DISTINCT FROM (OLD.by_day, OLD.reusable, OLD.kind, OLD.unit)
           AND EXISTS (SELECT 1 FROM public.lists_claim
                        WHERE item_id = NEW.id AND state IN ('proposed', 'agreed', 'fulfilled')) THEN
            PERFORM public.lists_refuse('item_with_claims_keeps_its_way', 'there are claims');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_kept BEFORE INSERT OR UPDATE ON lists_item FOR EACH ROW EXECUTE FUNCTION lists_item_kept();
"""

BACK = """
DROP TRIGGER item_kept ON lists_item;
DROP TRIGGER step_kept ON lists_claimstep;
DROP TRIGGER edition_kept ON lists_edition;
DROP TRIGGER line_kept ON lists_editionline;
DROP TRIGGER outcome_kept ON lists_outcome;
DROP TRIGGER claim_kept ON lists_claim;
DROP TRIGGER claim_moves ON lists_claimstep;
DROP TRIGGER claim_begins ON lists_claim;
DROP FUNCTION lists_item_kept(), lists_row_kept(), lists_outcome_kept(), lists_claim_kept(), lists_claim_moves();
DROP FUNCTION lists_claim_begins(), lists_by_hand(), lists_place_of(bigint), lists_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial")]

    operations = [migrations.RunSQL(MOVES, BACK)]
