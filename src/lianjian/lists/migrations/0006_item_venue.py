"""An item may be a venue of the register: what is agreed about it is then a booking of that venue (decision 0020)."""

import django.db.models.deletion
from django.db import migrations, models

BOOKS = """
-- Days are days of China, whatever the session's zone.
CREATE FUNCTION lists_book(c lists_claim, hall bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.events_book('lists.claim', c.id, hall, c.since::timestamp AT TIME ZONE 'Asia/Shanghai',
                               (c.until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', c.state = 'agreed');
END $$;

CREATE FUNCTION lists_claim_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    hall bigint;
BEGIN
    IF NEW.state = 'agreed' THEN
        SELECT venue_id INTO hall FROM lists_item WHERE id = NEW.item_id;
        PERFORM public.lists_book(NEW, hall);
    ELSIF NEW.state = 'fulfilled' THEN  -- what is over stays where it was
        UPDATE events_booking SET ahead = false WHERE kind = 'lists.claim' AND record = NEW.id;
    ELSE
        PERFORM public.lists_book(NEW, NULL);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_books AFTER UPDATE OF state ON lists_claim FOR EACH ROW
    WHEN (NEW.by_day) EXECUTE FUNCTION lists_claim_books();

-- An item that becomes a venue, or leaves one, takes along what is agreed.
CREATE FUNCTION lists_item_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    c lists_claim;
BEGIN
    FOR c IN SELECT * FROM lists_claim WHERE item_id = NEW.id AND by_day AND state = 'agreed' ORDER BY id LOOP
        PERFORM public.lists_book(c, NEW.venue_id);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER item_books AFTER UPDATE OF venue_id ON lists_item FOR EACH ROW
    WHEN (NEW.venue_id IS DISTINCT FROM OLD.venue_id) EXECUTE FUNCTION lists_item_books();
"""

BACK = """
DROP TRIGGER item_books ON lists_item;
DROP TRIGGER claim_books ON lists_claim;
DROP FUNCTION lists_item_books(), lists_claim_books();
DROP FUNCTION lists_book(lists_claim, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_venue_bookings"),
        ("lists", "0005_matchentry_path"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="list_items",
                to="events.venue",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("venue__isnull", True), ("by_day", True), _connector="OR"),
                name="item_of_a_venue_by_day",
            ),
        ),
        migrations.RunSQL(BOOKS, BACK),
    ]
