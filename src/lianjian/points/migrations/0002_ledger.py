"""The ledger and the stock are kept by the database: entries and moves are only added, and they alone move what is left.

A balance or a stock that would fall below zero is refused by its named constraint, whoever writes at the same time.
"""

from django.db import migrations

KEPT = """
-- Whether a statement was written by the application, and not by the ledger, which runs as the tables' owner.
CREATE FUNCTION points_by_hand() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT current_user <> pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.points_entry'::regclass $$;

CREATE FUNCTION points_entry_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    a public.points_account;
    r public.points_entry;
BEGIN
    SELECT * INTO a FROM public.points_account WHERE id = NEW.account_id FOR UPDATE;
    IF a.jurisdiction_id IS DISTINCT FROM NEW.jurisdiction_id THEN
        RAISE EXCEPTION 'an entry is written by the place of its account' USING ERRCODE = '42501';
    END IF;
    IF NEW.kind = 'earned' AND NOT EXISTS (
        SELECT FROM public.points_claim c
         WHERE c.id = NEW.claim_id AND c.account_id = NEW.account_id AND c.points = NEW.points AND c.state = 'reviewed'
    ) THEN
        RAISE EXCEPTION 'what is earned is what was reviewed of the account' USING ERRCODE = '42501';
    END IF;
    IF NEW.kind = 'spent' AND NOT EXISTS (
        SELECT FROM public.points_exchange x
         WHERE x.id = NEW.exchange_id AND x.account_id = NEW.account_id AND x.quantity * x.price = -NEW.points
    ) THEN
        RAISE EXCEPTION 'what is spent is what was exchanged by the account' USING ERRCODE = '42501';
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT * INTO r FROM public.points_entry WHERE id = NEW.reverses_id;
        IF r.account_id <> NEW.account_id OR r.points <> -NEW.points OR r.reverses_id IS NOT NULL THEN
            RAISE EXCEPTION 'a correction takes back one whole entry of the same account' USING ERRCODE = '42501';
        END IF;
    END IF;
    UPDATE public.points_account SET balance = balance + NEW.points WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_counts AFTER INSERT ON points_entry FOR EACH ROW EXECUTE FUNCTION points_entry_counts();

CREATE FUNCTION points_move_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    g public.points_good;
BEGIN
    SELECT * INTO g FROM public.points_good WHERE id = NEW.good_id FOR UPDATE;
    IF g.jurisdiction_id IS DISTINCT FROM NEW.jurisdiction_id THEN
        RAISE EXCEPTION 'a move is written by the place of its good' USING ERRCODE = '42501';
    END IF;
    UPDATE public.points_good SET stock = stock + NEW.quantity WHERE id = NEW.good_id;
    RETURN NULL;
END $$;
CREATE TRIGGER move_counts AFTER INSERT ON points_stockmove FOR EACH ROW EXECUTE FUNCTION points_move_counts();

CREATE FUNCTION points_row_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this row stays as it was written' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER entry_kept BEFORE UPDATE OR DELETE ON points_entry FOR EACH ROW EXECUTE FUNCTION points_row_kept();

-- A body that gave and was merged comes to be named by its other record; nothing else of a move changes.
CREATE FUNCTION points_move_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'donor_id') <> (to_jsonb(OLD) - 'donor_id') THEN
        RAISE EXCEPTION 'this row stays as it was written' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER move_kept BEFORE UPDATE OR DELETE ON points_stockmove
FOR EACH ROW EXECUTE FUNCTION points_move_kept();

CREATE FUNCTION points_balance_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.points_by_hand() AND NEW.balance <> (CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD.balance END) THEN
        RAISE EXCEPTION 'a balance moves by its entries' USING ERRCODE = '42501';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.scheme_id <> OLD.scheme_id THEN
            RAISE EXCEPTION 'it stays with its scheme' USING ERRCODE = '42501';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balance_kept BEFORE INSERT OR UPDATE ON points_account
FOR EACH ROW EXECUTE FUNCTION points_balance_kept();

CREATE FUNCTION points_stock_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.points_by_hand() AND NEW.stock <> (CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD.stock END) THEN
        RAISE EXCEPTION 'a stock moves by its moves' USING ERRCODE = '42501';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.scheme_id <> OLD.scheme_id THEN
            RAISE EXCEPTION 'it stays with its scheme' USING ERRCODE = '42501';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stock_kept BEFORE INSERT OR UPDATE ON points_good FOR EACH ROW EXECUTE FUNCTION points_stock_kept();

CREATE FUNCTION points_day_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.scheme_id <> OLD.scheme_id THEN
        RAISE EXCEPTION 'it stays with its scheme' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER day_kept BEFORE UPDATE ON points_exchangeday FOR EACH ROW EXECUTE FUNCTION points_day_kept();

CREATE FUNCTION points_exchange_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM public.points_exchangeday d
              JOIN public.points_account a ON a.scheme_id = d.scheme_id
              JOIN public.points_good g ON g.scheme_id = d.scheme_id
             WHERE d.id = NEW.day_id AND a.id = NEW.account_id AND g.id = NEW.good_id
               AND d.jurisdiction_id = NEW.jurisdiction_id
        ) THEN
            RAISE EXCEPTION 'day, account and good are of one scheme' USING ERRCODE = '42501';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.returned_on IS NOT NULL
       OR (to_jsonb(NEW) - 'returned_on' - 'reason') <> (to_jsonb(OLD) - 'returned_on' - 'reason') THEN
        RAISE EXCEPTION 'an exchange is given back once, not changed' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_kept BEFORE INSERT OR UPDATE OR DELETE ON points_exchange
FOR EACH ROW EXECUTE FUNCTION points_exchange_kept();
"""

GONE = """
DROP TRIGGER exchange_kept ON points_exchange;
DROP TRIGGER day_kept ON points_exchangeday;
DROP TRIGGER stock_kept ON points_good;
DROP TRIGGER balance_kept ON points_account;
DROP TRIGGER move_kept ON points_stockmove;
DROP TRIGGER entry_kept ON points_entry;
DROP TRIGGER move_counts ON points_stockmove;
DROP TRIGGER entry_counts ON points_entry;
DROP FUNCTION points_exchange_kept();
DROP FUNCTION points_day_kept();
DROP FUNCTION points_stock_kept();
DROP FUNCTION points_balance_kept();
DROP FUNCTION points_move_kept();
DROP FUNCTION points_row_kept();
DROP FUNCTION points_move_counts();
DROP FUNCTION points_entry_counts();
DROP FUNCTION points_by_hand();
"""


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial")]

    operations = [migrations.RunSQL(KEPT, GONE)]
