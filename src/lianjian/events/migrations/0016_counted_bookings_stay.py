"""A booking whose people have been counted stays at its venue and on its day: the count says both."""

from django.db import migrations

MOVED = """
CREATE OR REPLACE FUNCTION events_book(what text, whose bigint, hall bigint, first timestamptz, last timestamptz, soon boolean)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held public.events_booking;
BEGIN
    SELECT * INTO held FROM public.events_booking WHERE kind = what AND record = whose;
    IF hall IS NULL THEN
        IF held.id IS NOT NULL AND EXISTS (SELECT 1 FROM public.events_venuecount WHERE booking_id = held.id) THEN
            RAISE EXCEPTION 'how many came is written down'
                USING ERRCODE = '23514', CONSTRAINT = 'counted_booking_stays';
        END IF;
        DELETE FROM public.events_booking WHERE id = held.id;
        RETURN;
    END IF;
    IF held.venue_id = hall AND held.starts_at = first AND held.ends_at = last THEN
        UPDATE public.events_booking SET ahead = soon WHERE id = held.id AND ahead <> soon;
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('events.venue:' || hall, 0));
    IF held.venue_id <> hall OR (held.starts_at AT TIME ZONE 'Asia/Shanghai')::date
                                <> (first AT TIME ZONE 'Asia/Shanghai')::date THEN
        -- Whoever counts at this moment has the row: waited for, and seen.
        PERFORM 1 FROM public.events_booking WHERE id = held.id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM public.events_venuecount WHERE booking_id = held.id) THEN
            RAISE EXCEPTION 'how many came is written down'
                USING ERRCODE = '23514', CONSTRAINT = 'counted_booking_stays';
        END IF;
    END IF;
    INSERT INTO public.events_booking
                (key, jurisdiction_id, venue_id, kind, record, starts_at, ends_at, alone, ahead)
    SELECT gen_random_uuid(), v.jurisdiction_id, v.id, what, whose, first, last, NOT v.several, soon
      FROM public.events_venue v WHERE v.id = hall
    ON CONFLICT (kind, record) DO UPDATE
       SET venue_id = excluded.venue_id, jurisdiction_id = excluded.jurisdiction_id, starts_at = excluded.starts_at,
           ends_at = excluded.ends_at, alone = excluded.alone, ahead = excluded.ahead;
END $$;
"""

# Counts whose booking moved on since: they count where the booking is.
FOLLOW = """
UPDATE events_venuecount c
   SET venue_id = b.venue_id, "on" = (b.starts_at AT TIME ZONE 'Asia/Shanghai')::date
  FROM events_booking b
 WHERE b.id = c.booking_id
   AND (c.venue_id, c."on") IS DISTINCT FROM (b.venue_id, (b.starts_at AT TIME ZONE 'Asia/Shanghai')::date);
"""

BACK = """
CREATE OR REPLACE FUNCTION events_book(what text, whose bigint, hall bigint, first timestamptz, last timestamptz, soon boolean)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held public.events_booking;
BEGIN
    SELECT * INTO held FROM public.events_booking WHERE kind = what AND record = whose;
    IF hall IS NULL THEN
        IF held.id IS NOT NULL AND EXISTS (SELECT 1 FROM public.events_venuecount WHERE booking_id = held.id) THEN
            RAISE EXCEPTION 'how many came is written down'
                USING ERRCODE = '23514', CONSTRAINT = 'counted_booking_stays';
        END IF;
        DELETE FROM public.events_booking WHERE id = held.id;
        RETURN;
    END IF;
    IF held.venue_id = hall AND held.starts_at = first AND held.ends_at = last THEN
        UPDATE public.events_booking SET ahead = soon WHERE id = held.id AND ahead <> soon;
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('events.venue:' || hall, 0));
    INSERT INTO public.events_booking
                (key, jurisdiction_id, venue_id, kind, record, starts_at, ends_at, alone, ahead)
    SELECT gen_random_uuid(), v.jurisdiction_id, v.id, what, whose, first, last, NOT v.several, soon
      FROM public.events_venue v WHERE v.id = hall
    ON CONFLICT (kind, record) DO UPDATE
       SET venue_id = excluded.venue_id, jurisdiction_id = excluded.jurisdiction_id, starts_at = excluded.starts_at,
           ends_at = excluded.ends_at, alone = excluded.alone, ahead = excluded.ahead;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_serving_teams"),
    ]

    operations = [
        migrations.RunSQL(MOVED, BACK),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop, elidable=True),
    ]
