"""Who has a venue when, whatever takes it; its free services; how many used it.

A meeting and a booking of the lists are rows of two tables, so no constraint of one of them can hold them apart. Both
are carried into `events_booking` by triggers that run as its owner, and the one exclusion constraint stands there
(decision 0021). Whoever books holds the venue first: two that come at once wait for each other instead of dead-locking
in the constraint, and the second is told what the first one is.
"""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity

BOOKINGS = """
-- Called by triggers only, which run as the owner: a row written by hand is refused.
CREATE FUNCTION events_book(what text, whose bigint, hall bigint, first timestamptz, last timestamptz, soon boolean)
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

CREATE FUNCTION events_meeting_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM public.events_book('events.meeting', OLD.id, NULL, NULL, NULL, NULL);
        RETURN NULL;
    END IF;
    PERFORM public.events_book('events.meeting', NEW.id, CASE WHEN NEW.state <> 'cancelled' THEN NEW.venue_id END,
                               NEW.starts_at, NEW.ends_at, NEW.state = 'planned');
    RETURN NULL;
END $$;
CREATE TRIGGER meeting_books AFTER INSERT ON events_meeting FOR EACH ROW
    WHEN (NEW.venue_id IS NOT NULL) EXECUTE FUNCTION events_meeting_books();
CREATE TRIGGER meeting_moves AFTER UPDATE OF venue_id, starts_at, ends_at, state ON events_meeting FOR EACH ROW
    WHEN (NEW.venue_id IS NOT NULL OR OLD.venue_id IS NOT NULL) EXECUTE FUNCTION events_meeting_books();
CREATE TRIGGER meeting_frees AFTER DELETE ON events_meeting FOR EACH ROW
    WHEN (OLD.venue_id IS NOT NULL) EXECUTE FUNCTION events_meeting_books();

-- What is to come follows the venue: from now on one at a time, or several.
CREATE FUNCTION events_venue_rooms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('events.venue:' || NEW.id, 0));
    UPDATE public.events_booking SET alone = NOT NEW.several WHERE venue_id = NEW.id AND ahead;
    RETURN NULL;
END $$;
CREATE TRIGGER venue_rooms AFTER UPDATE OF several ON events_venue FOR EACH ROW
    WHEN (NEW.several <> OLD.several) EXECUTE FUNCTION events_venue_rooms();

CREATE FUNCTION events_booking_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.events_booking'::regclass) THEN
        RAISE EXCEPTION 'a booking follows its record' USING ERRCODE = '42501';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER booking_kept BEFORE INSERT OR UPDATE OR DELETE ON events_booking FOR EACH ROW
    EXECUTE FUNCTION events_booking_kept();
"""

FILL = """
INSERT INTO events_booking (key, jurisdiction_id, venue_id, kind, record, starts_at, ends_at, alone, ahead)
SELECT gen_random_uuid(), v.jurisdiction_id, v.id, 'events.meeting', m.id, m.starts_at, m.ends_at, m.alone,
       m.state = 'planned'
  FROM events_meeting m JOIN events_venue v ON v.id = m.venue_id WHERE m.state <> 'cancelled';
"""

BACK = """
DROP TRIGGER booking_kept ON events_booking;
DROP TRIGGER venue_rooms ON events_venue;
DROP TRIGGER meeting_frees ON events_meeting;
DROP TRIGGER meeting_moves ON events_meeting;
DROP TRIGGER meeting_books ON events_meeting;
DROP FUNCTION events_booking_kept(), events_venue_rooms(), events_meeting_books();
DROP FUNCTION events_book(text, bigint, bigint, timestamptz, timestamptz, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_votes"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("kind", models.CharField(max_length=30)),
                ("record", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("alone", models.BooleanField(default=True)),
                ("ahead", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="VenueCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("on", models.DateField()),
                ("members", models.PositiveIntegerField()),
                ("others", models.PositiveIntegerField()),
                ("recorded_by_name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="VenueService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=40)),
                ("charge", models.CharField(blank=True, max_length=60)),
                ("hours", models.CharField(blank=True, max_length=80)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="booking",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="venue",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="events.venue",
            ),
        ),
        migrations.AddField(
            model_name="venuecount",
            name="booking",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counts",
                to="events.booking",
            ),
        ),
        migrations.AddField(
            model_name="venuecount",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="venuecount",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="events.venue"
            ),
        ),
        migrations.AddField(
            model_name="venueservice",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="venueservice",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="services", to="events.venue"
            ),
        ),
        migrations.AddField(
            model_name="venuecount",
            name="service",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counts",
                to="events.venueservice",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["venue", "starts_at"], name="booking_by_start"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_booking_key"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(fields=("kind", "record"), name="one_booking_of_a_record"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="booking_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("alone", True)),
                expressions=[
                    (
                        models.Func(
                            models.F("venue_id"),
                            models.F("venue_id"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (models.Func(models.F("starts_at"), models.F("ends_at"), function="tstzrange"), "&&"),
                ],
                name="one_booking_of_a_venue",
            ),
        ),
        migrations.AddConstraint(
            model_name="venueservice",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="events_venueservice_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="venueservice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("venue", "name"),
                name="one_venue_service_per_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="venueservice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="venue_service_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="venuecount",
            index=models.Index(fields=["jurisdiction", "on"], name="venue_count_by_day"),
        ),
        migrations.AddConstraint(
            model_name="venuecount",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_venuecount_key"),
        ),
        migrations.AddConstraint(
            model_name="venuecount",
            constraint=models.UniqueConstraint(fields=("booking",), name="one_count_of_a_booking"),
        ),
        migrations.AddConstraint(
            model_name="venuecount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("booking__isnull", True)),
                fields=("venue", "on", "service"),
                name="one_count_a_day",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="venuecount",
            constraint=models.CheckConstraint(
                condition=models.Q(("members__gt", 0), ("others__gt", 0), _connector="OR"),
                name="venue_count_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="venuecount",
            constraint=models.CheckConstraint(
                condition=models.Q(("booking__isnull", True), ("service__isnull", True), _connector="OR"),
                name="venue_count_of_one_kind",
            ),
        ),
        RowSecurity("events_booking", kind="register"),
        RowSecurity("events_venueservice", kind="register"),
        RowSecurity("events_venuecount", kind="register"),
        migrations.RunSQL(BOOKINGS, BACK),
        migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="one_meeting_at_a_venue",
        ),
        migrations.RemoveField(
            model_name="meeting",
            name="alone",
        ),
    ]
