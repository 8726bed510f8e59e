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

CREATE FUNCTION lists_claim_begins() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    i public.lists_item;
BEGIN
    SELECT * INTO i FROM public.lists_item WHERE id = NEW.item_id;
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
    IF current_user = 'app' AND (to_jsonb(NEW) - 'organization_id') <> (to_jsonb(OLD) - 'organization_id') THEN
        RAISE EXCEPTION 'a claim moves by its steps' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_kept BEFORE UPDATE ON lists_claim FOR EACH ROW EXECUTE FUNCTION lists_claim_kept();

CREATE FUNCTION lists_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a step stays as it was written' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER step_kept BEFORE UPDATE OR DELETE ON lists_claimstep FOR EACH ROW EXECUTE FUNCTION lists_step_kept();

CREATE FUNCTION lists_item_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'app' THEN
        IF TG_OP = 'INSERT' AND NEW.taken <> 0 OR TG_OP = 'UPDATE' AND NEW.taken <> OLD.taken THEN
            RAISE EXCEPTION 'what is taken follows from claims' USING ERRCODE = '42501';
        END IF;
        IF TG_OP = 'UPDATE' AND (NEW.by_day, NEW.reusable, NEW.kind) IS DISTINCT FROM (OLD.by_day, OLD.reusable, OLD.kind)
           AND EXISTS (SELECT 1 FROM public.lists_claim WHERE item_id = NEW.id) THEN
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
DROP TRIGGER claim_kept ON lists_claim;
DROP TRIGGER claim_moves ON lists_claimstep;
DROP TRIGGER claim_begins ON lists_claim;
DROP FUNCTION lists_item_kept(), lists_step_kept(), lists_claim_kept(), lists_claim_moves(), lists_claim_begins();
DROP FUNCTION lists_place_of(bigint), lists_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial")]

    operations = [migrations.RunSQL(MOVES, BACK)]
