"""People in alliances; where what is given comes from; agreements of several parties, with what each was paid.

Going back brings the columns of two parties back empty: what agreements of several say does not fit them.
"""

import django.contrib.postgres.constraints
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity


# The owner is bound by row security too, and this fills the rows of every place. Two parties become two of several.
TABLES = (
    "alliances_benefitagreement",
    "alliances_benefititem",
    "alliances_benefitparty",
    "alliances_benefitshare",
    "directory_organization",
)
FREE = "".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in TABLES)
BOUND = "".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in TABLES)
FILL = (
    FREE
    + """
INSERT INTO alliances_benefitparty (key, jurisdiction_id, agreement_id, number, side, organization_id, "group")
SELECT gen_random_uuid(), a.jurisdiction_id, a.id, p.number,
       CASE o.classification WHEN 'enterprise' THEN 'firm' WHEN 'village' THEN 'village' WHEN 'park' THEN 'park'
            WHEN 'cooperative' THEN 'cooperative' WHEN 'government' THEN 'government' WHEN 'party' THEN 'government'
            ELSE 'other' END,
       o.id, ''
  FROM alliances_benefitagreement a
 CROSS JOIN LATERAL (VALUES (1, a.first_id), (2, a.second_id)) p(number, body)
  JOIN directory_organization o ON o.id = p.body
 ORDER BY a.id, p.number;
INSERT INTO alliances_benefitshare (key, jurisdiction_id, item_id, party_id, points)
SELECT gen_random_uuid(), i.jurisdiction_id, i.id, p.id, CASE p.number WHEN 1 THEN i.first_share ELSE i.second_share END
  FROM alliances_benefititem i JOIN alliances_benefitparty p ON p.agreement_id = i.agreement_id
 ORDER BY i.id, p.number;
SET CONSTRAINTS ALL IMMEDIATE;
"""
    + BOUND
    + "SET CONSTRAINTS ALL DEFERRED;"
)
# Backwards the columns come back empty: what has more than two parties has no place in them.
UNFILL = migrations.RunSQL.noop
# The shares of a thing make the whole once the transaction is through.
WHOLE = """
CREATE FUNCTION benefit_shares_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
BEGIN
    IF TG_TABLE_NAME = 'alliances_benefititem' THEN
        held := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        held := OLD.item_id;
    ELSE
        held := NEW.item_id;
    END IF;
    IF EXISTS (SELECT 1 FROM alliances_benefititem WHERE id = held)
       AND 10000 <> (SELECT coalesce(sum(points), 0) FROM alliances_benefitshare WHERE item_id = held)
    THEN
        RAISE EXCEPTION 'the shares of a thing make the whole'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_make_the_whole',
                  TABLE = 'alliances_benefitshare';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_make_the_whole AFTER INSERT OR UPDATE OR DELETE ON alliances_benefitshare
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION benefit_shares_whole();
CREATE CONSTRAINT TRIGGER shares_make_the_whole AFTER INSERT ON alliances_benefititem
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION benefit_shares_whole();
"""
NOT_WHOLE = """
DROP TRIGGER shares_make_the_whole ON alliances_benefitshare;
DROP TRIGGER shares_make_the_whole ON alliances_benefititem;
DROP FUNCTION benefit_shares_whole();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0007_model_cases"),
        ("directory", "0009_temporary_formation"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("role", models.CharField(max_length=30)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("ground", models.CharField(blank=True, max_length=200)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
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
                    "on_behalf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alliance_seats",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "since"], name="seat_by_person"),
                    models.Index(fields=["alliance", "role"], name="person_seat_by_alliance"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="alliances_personseat_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="person_seat_ends_later",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("alliance_id"),
                                    models.F("alliance_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("person_id"),
                                    models.F("person_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("role"), function="link_kind_range"), "&&"),
                            (
                                lianjian.directory.models.organizations.DateRange(
                                    models.F("since"), models.F("until")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_role_of_a_person_at_a_time",
                    ),
                ],
            },
        ),
        # What was written as the source so far says how it is known: a bank slip, a list. It is kept as that.
        migrations.RenameField("contribution", "source", "note"),
        migrations.AddField(
            "contribution", "source", models.CharField(blank=True, default="", max_length=30)
        ),
        migrations.CreateModel(
            name="BenefitParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("village", "村集体"),
                            ("firm", "企业"),
                            ("cooperative", "合作社"),
                            ("farmers", "农户方"),
                            ("government", "镇(街道)或部门"),
                            ("park", "园区"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="BenefitPayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                ("source", models.CharField(max_length=120)),
                ("stated_by", models.CharField(max_length=80)),
                ("stated_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_reason", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="BenefitShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("points", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="benefititem",
            name="name",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name="benefititem",
            name="unit",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name="benefititem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("tax", "税收留成"),
                    ("output", "产值"),
                    ("invest", "固定资产投资"),
                    ("jobs", "新增就业"),
                    ("land", "供地面积"),
                    ("profit", "经营收益分红"),
                    ("rent", "土地租金"),
                    ("wages", "务工工资"),
                    ("sales", "产品销售额"),
                    ("other", "其他事项"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="benefitparty",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parties",
                to="alliances.benefitagreement",
            ),
        ),
        migrations.AddField(
            model_name="benefitparty",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="benefitparty",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="benefitpayout",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payouts",
                to="alliances.benefititem",
            ),
        ),
        migrations.AddField(
            model_name="benefitpayout",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="benefitpayout",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payouts",
                to="alliances.benefitparty",
            ),
        ),
        migrations.AddField(
            model_name="benefitshare",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="alliances.benefititem"
            ),
        ),
        migrations.AddField(
            model_name="benefitshare",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="benefitshare",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="alliances.benefitparty",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitparty",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="alliances_benefitparty_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitparty",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="one_party_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="benefitparty",
            constraint=models.UniqueConstraint(
                fields=("agreement", "organization"), name="each_body_is_one_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", ""), ("organization__isnull", False)),
                    models.Q(
                        ("organization__isnull", True),
                        ("side", "farmers"),
                        models.Q(("group", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="party_is_a_body_or_farmers",
            ),
        ),
        migrations.AddIndex(
            model_name="benefitpayout",
            index=models.Index(fields=["item", "on"], name="payout_by_item"),
        ),
        migrations.AddConstraint(
            model_name="benefitpayout",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="alliances_benefitpayout_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitpayout",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="payout_is_above_0"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitshare",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="alliances_benefitshare_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitshare",
            constraint=models.UniqueConstraint(fields=("item", "party"), name="one_share_of_a_party"),
        ),
        migrations.AddConstraint(
            model_name="benefitshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__lte", 10000)), name="share_is_a_part"
            ),
        ),
        RowSecurity("alliances_personseat"),
        RowSecurity("alliances_benefitparty"),
        RowSecurity("alliances_benefitshare"),
        RowSecurity("alliances_benefitpayout"),
        migrations.RunSQL(FILL, UNFILL, elidable=True),
        migrations.RemoveConstraint(
            model_name="benefitagreement",
            name="benefit_joins_two",
        ),
        migrations.RemoveConstraint(
            model_name="benefititem",
            name="one_share_of_a_kind",
        ),
        migrations.RemoveConstraint(
            model_name="benefititem",
            name="shares_make_the_whole",
        ),
        migrations.RemoveField(
            model_name="benefitagreement",
            name="first",
        ),
        migrations.RemoveField(
            model_name="benefitagreement",
            name="second",
        ),
        migrations.RemoveField(
            model_name="benefititem",
            name="first_share",
        ),
        migrations.RemoveField(
            model_name="benefititem",
            name="second_share",
        ),
        migrations.AddConstraint(
            model_name="benefititem",
            constraint=models.UniqueConstraint(
                fields=("agreement", "kind", "name"), name="one_share_of_a_kind"
            ),
        ),
        migrations.RunSQL(WHOLE, NOT_WHOLE),
    ]
