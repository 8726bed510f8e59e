"""Transfers in two phases, spells away, contacts, decisions of standing."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity

# A transfer has two writers, and row security lets each write its own place only (decision 0018). So the answer of the
# receiving place moves the transfer and closes what the member held in the sending place, as the owner of the tables.
MOVES = """
CREATE FUNCTION partylife_transfer_moves() RETURNS trigger
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
    IF NEW.day < t.opened_on OR EXISTS (SELECT 1 FROM partylife_branchmembership
         WHERE member_id = t.member_id AND until IS NULL AND since >= NEW.day) THEN
        RAISE EXCEPTION 'too early' USING ERRCODE = '23514', CONSTRAINT = 'transfer_accepted_later';
    END IF;
    SELECT name INTO target FROM directory_organization WHERE id = t.to_branch_id;
    UPDATE partylife_branchmembership SET until = NEW.day, ended_kind = 'moved', ended_reason = target
     WHERE member_id = t.member_id AND until IS NULL;
    UPDATE partylife_memberexemption SET until = greatest(NEW.day, since + 1)
     WHERE member_id = t.member_id AND (until IS NULL OR until > NEW.day);
    UPDATE partylife_absence SET until = greatest(NEW.day, since + 1)
     WHERE member_id = t.member_id AND (until IS NULL OR until > NEW.day);
    IF NEW.jurisdiction_id <> t.jurisdiction_id THEN
        -- The record of a member belongs to the place of the home branch; who was lent it reads it on.
        SELECT person_id INTO p FROM partylife_partymember WHERE id = t.member_id;
        UPDATE jurisdictions_share SET until = now()
         WHERE until IS NULL AND jurisdiction_id = t.jurisdiction_id AND grantee_id = NEW.jurisdiction_id
           AND (("table" = 'partylife_partymember' AND row_id = t.member_id)
                OR ("table" = 'directory_person' AND row_id = p));
        UPDATE partylife_partymember SET jurisdiction_id = NEW.jurisdiction_id WHERE id = t.member_id;
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
CREATE TRIGGER transfer_moves AFTER INSERT ON partylife_transferanswer
    FOR EACH ROW EXECUTE FUNCTION partylife_transfer_moves();

-- By hand the sender withdraws; only what goes to a place outside, which cannot answer here, is closed by hand.
CREATE FUNCTION partylife_transfer_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class
                        WHERE oid = 'public.partylife_transfer'::regclass) THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'the transfer is closed' USING ERRCODE = '23514', CONSTRAINT = 'transfer_answered_while_open';
    END IF;
    IF NEW.state NOT IN ('open', 'withdrawn') AND NEW.to_branch_id IS NOT NULL THEN
        RAISE EXCEPTION 'a transfer is answered by the receiver' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER transfer_kept BEFORE UPDATE ON partylife_transfer
    FOR EACH ROW EXECUTE FUNCTION partylife_transfer_kept();

CREATE FUNCTION partylife_answer_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answer stays as it was written' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER answer_kept BEFORE UPDATE OR DELETE ON partylife_transferanswer
    FOR EACH ROW EXECUTE FUNCTION partylife_answer_kept();
"""

BACK = """
DROP TRIGGER answer_kept ON partylife_transferanswer;
DROP TRIGGER transfer_kept ON partylife_transfer;
DROP TRIGGER transfer_moves ON partylife_transferanswer;
DROP FUNCTION partylife_answer_kept(), partylife_transfer_kept(), partylife_transfer_moves();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
        ("jurisdictions", "0003_own_rows_only"),
        ("partylife", "0006_talent_leads"),
        ("rulebook", "0010_rules_in_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("branch_text", models.CharField(blank=True, max_length=120)),
                ("to_text", models.CharField(blank=True, max_length=120)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("work", "工作单位变动"),
                            ("home", "经常居住地变动"),
                            ("away", "外出六个月以上且地点较固定"),
                            ("study", "升学或毕业"),
                            ("retired", "离退休"),
                            ("branch", "支部设置调整"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                ("letter_number", models.CharField(blank=True, max_length=60)),
                ("opened_on", models.DateField()),
                ("valid_until", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待接收"),
                            ("accepted", "已接收"),
                            ("refused", "未接收"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_reason", models.CharField(blank=True, max_length=200)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_out",
                        to="directory.organization",
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="partylife.partymember",
                    ),
                ),
                (
                    "to_branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_in",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "组织关系转接",
                "indexes": [
                    models.Index(fields=["to_branch", "state"], name="transfer_by_receiver"),
                    models.Index(fields=["branch", "state"], name="transfer_by_sender"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_transfer_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("member",),
                        name="one_open_transfer_per_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("branch__isnull", False),
                                models.Q(("branch_text", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("to_branch__isnull", False),
                                models.Q(("to_text", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("branch__isnull", False), ("to_branch__isnull", False), _connector="OR"
                            ),
                        ),
                        name="transfer_names_both_sides",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="transfer_closes_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "accepted"]),
                            models.Q(("closed_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="transfer_ends_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("opened_on"))),
                        name="transfer_valid_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferAnswer",
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
                    models.CharField(choices=[("accepted", "已接收"), ("refused", "未接收")], max_length=8),
                ),
                ("day", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rulebook.evaluation",
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
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="partylife.transfer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="partylife_transferanswer_key"
                    ),
                    models.UniqueConstraint(fields=("transfer",), name="one_answer_per_transfer"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "accepted"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="transfer_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                            ("mobile", "流动在外"),
                            ("study", "出国(境)学习"),
                            ("abroad", "出国(境),不是学习"),
                            ("lost", "失去联系"),
                            ("life", "不参加组织生活"),
                            ("work", "不做党所分配的工作"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("contact_name", models.CharField(blank=True, max_length=40)),
                ("registered_out_on", models.DateField(blank=True, null=True)),
                ("registered_in_on", models.DateField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="partylife.partymember",
                    ),
                ),
            ],
            options={
                "verbose_name": "流动和失联",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "jurisdiction"), name="partylife_absence_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="absence_ends_later",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind__in", ("mobile", "study", "abroad"))),
                        expressions=[
                            (
                                models.Func(
                                    models.F("member_id"),
                                    models.F("member_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                lianjian.directory.models.organizations.DateRange(
                                    models.F("since"), models.F("until")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_spell_away_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind__in", ("mobile", "study", "abroad")), _negated=True),
                        expressions=[
                            (
                                models.Func(
                                    models.F("member_id"),
                                    models.F("member_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                lianjian.directory.models.organizations.DateRange(
                                    models.F("since"), models.F("until")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_loss_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("mobile", "study", "abroad")), _negated=True),
                            models.Q(("place", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="away_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("day", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "电话"),
                            ("message", "微信、短信"),
                            ("visit", "上门走访"),
                            ("letter", "信函"),
                            ("kin", "通过家属、同事"),
                            ("host", "通过流入地党组织"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reached", models.BooleanField(default=True)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="partylife.partymember",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "day"], name="member_contact_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="partylife_membercontact_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingDecision",
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
                            ("suspend", "停止党籍"),
                            ("remove", "除名"),
                            ("restore", "恢复党籍"),
                            ("keep", "不作处理,继续联系"),
                        ],
                        max_length=8,
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=8)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("body", models.CharField(blank=True, max_length=120)),
                ("paper", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(max_length=200)),
                ("recorded_by_name", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "evaluation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rulebook.evaluation",
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="partylife.partymember",
                    ),
                ),
            ],
            options={
                "verbose_name": "党籍决定",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "jurisdiction"), name="partylife_standingdecision_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="decision_ends_later",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("kind", "suspend")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("member_id"),
                                    models.F("member_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                lianjian.directory.models.organizations.DateRange(
                                    models.F("since"), models.F("until")
                                ),
                                "&&",
                            ),
                        ],
                        name="one_suspension_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="decision_with_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "keep"),
                            models.Q(
                                models.Q(("body", ""), _negated=True), models.Q(("paper", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="decision_with_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "suspend"), ("until__isnull", True), _connector="OR"),
                        name="decision_of_one_day",
                    ),
                ],
            },
        ),
        RowSecurity("partylife_transfer", shared=True),
        RowSecurity("partylife_transferanswer", shared=True),
        RowSecurity("partylife_absence"),
        RowSecurity("partylife_membercontact"),
        RowSecurity("partylife_standingdecision"),
        migrations.RunSQL(MOVES, BACK),
    ]
