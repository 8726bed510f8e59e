"""What can be matched: entries, their outbox, counts of words, an office's words and weights, verdicts."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


# An entry that changed is written down in the transaction that changed it, by whatever hand. What the protocol of claims
# moves (migration 0002: the quantity left, ratings) is carried into the entry of the item, whichever place moved it.
TRIGGERS = """
CREATE FUNCTION lists_match_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO lists_matchchange (entry_id, xid, at)
    VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, pg_current_xact_id()::text::bigint, clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER match_changed AFTER INSERT OR UPDATE OR DELETE ON lists_matchentry
    FOR EACH ROW EXECUTE FUNCTION lists_match_changed();

CREATE FUNCTION lists_match_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE lists_matchentry SET "left" = NEW.capacity - NEW.taken
     WHERE subject_label = 'lists.item' AND subject_key = NEW.key;
    RETURN NULL;
END $$;
CREATE TRIGGER match_left AFTER UPDATE OF taken ON lists_item FOR EACH ROW
    WHEN (NEW.taken IS DISTINCT FROM OLD.taken) EXECUTE FUNCTION lists_match_left();

CREATE FUNCTION lists_match_rated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE lists_matchentry e SET ratings = e.ratings + 1, rating_sum = e.rating_sum + NEW.rating
      FROM lists_claim c JOIN lists_item i ON i.id = c.item_id
     WHERE c.id = NEW.claim_id AND i.kind <> 'need' AND e.subject_label = 'lists.item' AND e.subject_key = i.key;
    RETURN NULL;
END $$;
CREATE TRIGGER match_rated AFTER INSERT ON lists_claimstep FOR EACH ROW
    WHEN (NEW.act = 'rate') EXECUTE FUNCTION lists_match_rated();
"""
BACK = """
DROP TRIGGER match_rated ON lists_claimstep;
DROP TRIGGER match_left ON lists_item;
DROP TRIGGER match_changed ON lists_matchentry;
DROP FUNCTION lists_match_rated(), lists_match_left(), lists_match_changed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0001_initial"),
        ("directory", "0007_teams"),
        ("jurisdictions", "0003_own_rows_only"),
        ("lists", "0002_protocol"),
    ]

    operations = [
        migrations.CreateModel(
            name="MatchCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("documents", models.PositiveIntegerField()),
                ("mean_length", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="MatchChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
                ("xid", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["xid", "entry_id"], name="match_change_by_xid")],
            },
        ),
        migrations.CreateModel(
            name="MatchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("need", "需求"),
                            ("resource", "资源"),
                            ("project", "项目"),
                            ("activity", "活动"),
                            ("expert", "专家"),
                            ("policy", "政策"),
                            ("lesson", "办理经验"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_label", models.CharField(max_length=40)),
                ("subject_key", models.UUIDField()),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(blank=True)),
                ("category", models.CharField(blank=True, max_length=30)),
                ("chain", models.CharField(blank=True, max_length=30)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("left", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("unit", models.CharField(blank=True, max_length=10)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("alliance", "联盟内"),
                            ("town", "本地区"),
                            ("county", "全县"),
                            ("public", "公开"),
                        ],
                        default="county",
                        max_length=10,
                    ),
                ),
                ("ratings", models.PositiveIntegerField(default=0, editable=False)),
                ("rating_sum", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, editable=False, size=None
                    ),
                ),
                (
                    "counts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("length", models.PositiveIntegerField(default=0, editable=False)),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "alliance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="alliances.alliance",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_entries",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=True,
                        fields=["search"],
                        gin_pending_list_limit=1024,
                        name="match_entry_search",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_matchentry_key"),
                    models.UniqueConstraint(
                        fields=("subject_label", "subject_key"), name="one_match_entry_of_a_record"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "alliance"), _negated=True),
                            ("alliance__isnull", False),
                            _connector="OR",
                        ),
                        name="match_entry_in_an_alliance",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchWeight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("words", "用词"),
                            ("category", "类别"),
                            ("chain", "产业链"),
                            ("distance", "距离"),
                            ("time", "时间"),
                            ("capacity", "数量"),
                            ("outcomes", "以往成效"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=5)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_matchweight_key"),
                    models.UniqueConstraint(
                        fields=("jurisdiction", "code"), name="one_weight_of_a_criterion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0), ("value__lte", 20)),
                        name="match_weight_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=24)),
                ("documents", models.PositiveIntegerField()),
                (
                    "count",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="lists.matchcount",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("count", "word"), name="one_number_per_word_and_count")
                ],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("word", models.CharField(max_length=24)),
                ("other", models.CharField(max_length=24)),
                ("ground", models.CharField(blank=True, max_length=200)),
                ("added_by", models.CharField(max_length=80)),
                ("added_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_synonym_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on__isnull", True)),
                        fields=("jurisdiction", "word", "other"),
                        name="one_synonym_of_a_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("asker_label", models.CharField(max_length=40)),
                ("asker_key", models.UUIDField()),
                ("asker_title", models.CharField(max_length=120)),
                ("found_label", models.CharField(max_length=40)),
                ("found_key", models.UUIDField()),
                ("found_title", models.CharField(max_length=120)),
                ("accepted", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("score", models.FloatField()),
                ("parts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=80)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_verdicts",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["jurisdiction", "-id"], name="verdict_by_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="lists_verdict_key"),
                    models.UniqueConstraint(
                        fields=("asker_key", "found_key"), name="one_verdict_of_a_proposal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="refused_match_says_why",
                    ),
                ],
            },
        ),
        RowSecurity("lists_matchentry", kind="register"),
        RowSecurity("lists_synonym", kind="register"),
        RowSecurity("lists_matchweight", kind="register"),
        RowSecurity("lists_verdict"),
        migrations.RunSQL(TRIGGERS, BACK),
    ]
