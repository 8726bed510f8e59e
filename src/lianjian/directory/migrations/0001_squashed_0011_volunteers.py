"""All tables of this app as `0011_volunteers` left them, for a new house. Written by `lianjian.config.squash`."""

from importlib import import_module
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.migrations.operations.special
import django.db.models.deletion
import lianjian.directory.models.organizations
import lianjian.foundation.keys
import lianjian.foundation.secretfield
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.conf import settings
from django.db import migrations, models


_0003_industries = import_module("lianjian.directory.migrations.0003_industries")
_0010_tags_and_moves = import_module("lianjian.directory.migrations.0010_tags_and_moves")


class Migration(migrations.Migration):
    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0002_row_security"),
        ("directory", "0003_industries"),
        ("directory", "0004_members_by_year"),
        ("directory", "0005_post_until"),
        ("directory", "0006_adjudicator"),
        ("directory", "0007_teams"),
        ("directory", "0008_reviewer_role"),
        ("directory", "0009_temporary_formation"),
        ("directory", "0010_tags_and_moves"),
        ("directory", "0011_volunteers"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        migrations.RunSQL(
            sql="CREATE FUNCTION link_kind_range(kind text) RETURNS int8range LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT int8range(hashtextextended(kind, 0), hashtextextended(kind, 0), '[]') $$",
            reverse_sql="DROP FUNCTION link_kind_range(text)",
        ),
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("level", models.PositiveSmallIntegerField()),
                        ("first_year", models.PositiveSmallIntegerField(null=True)),
                        ("last_year", models.PositiveSmallIntegerField(null=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="directory.area",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["name"], name="area_by_name")],
                    },
                ),
                migrations.CreateModel(
                    name="AreaShape",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("geojson", models.JSONField()),
                        ("source_datum", models.CharField(default="WGS-84", max_length=10)),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Industry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=5, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("section", models.CharField(max_length=1)),
                        ("level", models.PositiveSmallIntegerField()),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="directory.industry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Organization",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=120)),
                        ("short_name", models.CharField(blank=True, max_length=60)),
                        ("name_key", models.CharField(db_collation="C", editable=False, max_length=120)),
                        (
                            "short_key",
                            models.CharField(blank=True, db_collation="C", editable=False, max_length=120),
                        ),
                        (
                            "classification",
                            models.CharField(
                                choices=[
                                    ("party", "党组织"),
                                    ("station", "党建指导站"),
                                    ("government", "党政机关"),
                                    ("mass", "群团组织"),
                                    ("enterprise", "企业"),
                                    ("social", "社会组织"),
                                    ("village", "村(社区)"),
                                    ("cooperative", "合作社"),
                                    ("bank", "金融机构"),
                                    ("park", "园区"),
                                    ("centre", "党群服务中心"),
                                    ("property", "物业企业"),
                                    ("owners", "业主委员会"),
                                    ("joint", "联建组织"),
                                    ("institute", "院校院所"),
                                    ("settlement", "安置点"),
                                    ("other", "其他组织"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("code", models.CharField(blank=True, db_collation="C", max_length=18)),
                        ("external_code", models.CharField(blank=True, max_length=60)),
                        (
                            "path",
                            models.CharField(blank=True, db_collation="C", editable=False, max_length=120),
                        ),
                        ("depth", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("is_root", models.BooleanField(default=False)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        (
                            "latitude",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                        ),
                        (
                            "longitude",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                        ),
                        ("functions", models.TextField(blank=True)),
                        ("tags", models.JSONField(blank=True, default=list)),
                        ("founded_on", models.DateField(blank=True, null=True)),
                        ("dissolved_on", models.DateField(blank=True, null=True)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.area",
                            ),
                        ),
                        (
                            "bundle",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.bundle",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["path"], name="organization_by_path"),
                            models.Index(
                                fields=["jurisdiction", "classification", "name"], name="organization_by_kind"
                            ),
                            models.Index(fields=["name_key"], name="organization_by_name_key"),
                            models.Index(
                                condition=models.Q(
                                    ("dissolved_on__isnull", True), ("merged_into__isnull", True)
                                ),
                                fields=["name", "id"],
                                name="organization_by_name",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("dissolved_on__isnull", True), ("merged_into__isnull", True)
                                ),
                                fields=["classification", "name", "id"],
                                name="organization_by_tab",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", True)),
                                fields=["jurisdiction", "short_key"],
                                name="organization_by_short_key",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=True,
                                fields=["search"],
                                gin_pending_list_limit=1024,
                                name="organization_search",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_organization_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True), models.Q(("code", ""), _negated=True)
                                ),
                                fields=("code",),
                                name="one_organization_per_credit_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_root", True)),
                                fields=("jurisdiction",),
                                name="one_root_organization_per_jurisdiction",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))
                                    ),
                                    _connector="OR",
                                ),
                                name="organization_place_is_on_earth",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("at", models.DateTimeField()),
                        ("by", models.CharField(max_length=40)),
                        ("moved", models.JSONField(default=dict)),
                        ("replaced", models.JSONField(default=list)),
                        ("fields", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "loser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "winner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["winner", "id"], name="merge_by_winner")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_merge_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("loser",),
                                name="one_open_merge_per_loser",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=20)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_out",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_in",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["target", "kind", "since"], name="link_by_target"),
                            models.Index(fields=["source", "kind", "since"], name="link_by_source"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_link_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="link_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="link_joins_two",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind", "administration")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("target_id"),
                                            models.F("target_id"),
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
                                name="one_administration_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("kind", "coverage")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("target_id"),
                                            models.F("target_id"),
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
                                name="one_station_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(
                                    ("kind__in", ["administration", "coverage"]), _negated=True
                                ),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("source_id"),
                                            models.F("source_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("target_id"),
                                            models.F("target_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (models.Func(models.F("kind"), function="link_kind_range"), "&&"),
                                    (
                                        lianjian.directory.models.organizations.DateRange(
                                            models.F("since"), models.F("until")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_link_of_a_kind_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Likeness",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("same_name", "名称相同"),
                                    ("alias", "与曾用名、简称相同"),
                                    ("short", "字号相同"),
                                    ("near", "名称相近"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待核对"),
                                    ("merged", "已合并"),
                                    ("different", "不是同一家"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=40)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["jurisdiction", "state", "id"], name="likeness_by_state")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_likeness_key"
                            ),
                            models.UniqueConstraint(fields=("first", "second"), name="one_likeness_per_pair"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="likeness_has_one_form",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("clerk", "党务干部"),
                                    ("instructor", "党建指导员(红管家)"),
                                    ("handler", "部门经办人"),
                                    ("contact", "企业联系人"),
                                    ("village", "村支书"),
                                    ("leader", "分管领导"),
                                    ("reviewer", "文件审核人"),
                                    ("adjudicator", "退单裁定人"),
                                    ("system_admin", "系统管理员"),
                                    ("security_admin", "安全管理员"),
                                    ("auditor", "审计管理员"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("granted_by", models.CharField(blank=True, max_length=40)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["user", "since"], name="grant_by_user")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_grant_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="grant_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(
                                    ("role__in", ("system_admin", "security_admin", "auditor"))
                                ),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("user_id"),
                                            models.F("user_id"),
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
                                name="one_officer_role_per_account",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnterpriseYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("staff", models.PositiveIntegerField(null=True)),
                        ("staff_text", models.CharField(blank=True, max_length=40)),
                        ("above_scale", models.BooleanField(null=True)),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="years",
                                to="directory.organization",
                            ),
                        ),
                        ("party_members", models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_enterpriseyear_key"
                            ),
                            models.UniqueConstraint(
                                fields=("organization", "year"), name="one_size_per_enterprise_and_year"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnterpriseProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("industry_text", models.CharField(blank=True, max_length=80)),
                        ("legal_representative", models.CharField(blank=True, max_length=40)),
                        ("staff", models.PositiveIntegerField(blank=True, null=True)),
                        ("staff_text", models.CharField(blank=True, max_length=40)),
                        ("above_scale", models.BooleanField(blank=True, null=True)),
                        ("size_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("party_members", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "party_formation",
                            models.CharField(
                                blank=True,
                                choices=[("own", "单独建"), ("joint", "联合建"), ("attached", "挂靠建")],
                                max_length=10,
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
                            "industry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.industry",
                            ),
                        ),
                        (
                            "organization",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enterprise",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_enterpriseprofile_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=120)),
                        ("name_key", models.CharField(db_collation="C", max_length=120)),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["name_key"], name="alias_by_name_key")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_alias_key"
                            ),
                            models.UniqueConstraint(
                                fields=("organization", "name_key"), name="one_alias_per_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartyProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("committee", "党委"),
                                    ("work_committee", "党工委"),
                                    ("chain_committee", "产业链(行业)党委"),
                                    ("joint", "联合党组织"),
                                    ("general_branch", "党总支"),
                                    ("branch", "党支部"),
                                    ("chain_branch", "产业链党支部"),
                                    ("group", "党小组"),
                                    ("home", "党员中心户"),
                                ],
                                default="branch",
                                max_length=20,
                            ),
                        ),
                        (
                            "formation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "单独建"),
                                    ("joint", "联合建"),
                                    ("attached", "挂靠建"),
                                    ("temporary", "临时设立"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("chain", models.CharField(blank=True, max_length=40)),
                        ("secretary_name", models.CharField(blank=True, max_length=40)),
                        ("members", models.PositiveIntegerField(blank=True, null=True)),
                        ("members_as_of", models.DateField(blank=True, null=True)),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="party",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_partyprofile_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        (
                            "sex",
                            models.CharField(
                                blank=True, choices=[("female", "女"), ("male", "男")], max_length=6
                            ),
                        ),
                        ("phone", lianjian.foundation.secretfield.SecretField(blank=True)),
                        ("phone_blind", models.CharField(blank=True, editable=False, max_length=32)),
                        ("identity_number", lianjian.foundation.secretfield.SecretField(blank=True)),
                        ("identity_blind", models.CharField(blank=True, editable=False, max_length=32)),
                        ("name_published", models.BooleanField(default=False)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="person",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["jurisdiction", "name"], name="person_by_name"),
                            models.Index(fields=["jurisdiction", "phone_blind"], name="person_by_phone"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_person_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("identity_blind", ""), _negated=True),
                                fields=("jurisdiction", "identity_blind"),
                                name="one_person_per_identity_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("title", models.CharField(max_length=60)),
                        ("role", models.CharField(blank=True, max_length=30)),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="posts",
                                to="directory.organization",
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_post_key"
                            ),
                            models.UniqueConstraint(
                                fields=("organization", "title"), name="one_post_per_title"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("details", models.JSONField(blank=True, default=dict)),
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
                                related_name="memberships",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="directory.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="directory.post",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sent",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["organization", "role", "since"], name="membership_by_organization"
                            ),
                            models.Index(fields=["person", "role"], name="membership_by_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_membership_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="membership_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("organization_id"),
                                            models.F("organization_id"),
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
                                name="one_membership_of_a_role_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("role", "posted")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
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
                                name="one_village_posting_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "posted"), _negated=True),
                                    ("sent_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="posting_has_a_sender",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VillageProfile",
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
                                choices=[("village", "村"), ("community", "社区")],
                                default="village",
                                max_length=10,
                            ),
                        ),
                        ("households", models.PositiveIntegerField(blank=True, null=True)),
                        ("residents", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "land_mu",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="village",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_villageprofile_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Team",
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
                                choices=[("help", "帮办团"), ("task", "专班"), ("volunteer", "志愿服务队")],
                                default="help",
                                max_length=9,
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("project", models.CharField(blank=True, max_length=120)),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("skills", models.CharField(blank=True, max_length=200)),
                        ("founded_on", models.DateField()),
                        ("dissolved_on", models.DateField(blank=True, null=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        ("purpose", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_team_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dissolved_on__isnull", True)),
                                fields=("jurisdiction", "name"),
                                name="one_team_per_name",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dissolved_on__isnull", True), ("kind", "task")),
                                fields=("jurisdiction", "project"),
                                name="one_task_force_per_project",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "task"), _negated=True),
                                    models.Q(("project", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="task_force_has_a_project",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dissolved_on__isnull", True),
                                    ("dissolved_on__gte", models.F("founded_on")),
                                    _connector="OR",
                                ),
                                name="team_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="areas",
                                to="directory.team",
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_teamarea_key"
                            ),
                            models.UniqueConstraint(fields=("team", "village"), name="one_area_of_a_team"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("task", models.CharField(blank=True, max_length=60)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="directory.team",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_teammember_key"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("team_id"),
                                            models.F("team_id"),
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
                                    (
                                        lianjian.directory.models.organizations.DateRange(
                                            models.F("since"), models.F("until")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_seat_in_a_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="team_seat_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Relocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("households", models.PositiveIntegerField()),
                        ("residents", models.PositiveIntegerField()),
                        ("whole", models.BooleanField(default=False)),
                        ("document", models.CharField(max_length=120)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "settlement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moved_in",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moved_to",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["settlement", "since"], name="relocation_by_settlement"),
                            models.Index(fields=["village", "since"], name="relocation_by_village"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_relocation_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="relocation_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("village", models.F("settlement")), _negated=True),
                                name="relocation_leads_elsewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__gte", 1), ("residents__gte", models.F("households"))
                                ),
                                name="household_has_a_resident",
                            ),
                            models.UniqueConstraint(
                                fields=("village", "settlement", "since"), name="one_relocation_of_a_day"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("document", models.CharField(blank=True, max_length=120)),
                        ("slot", models.BigIntegerField(editable=False)),
                        ("retired_on", models.DateField(blank=True, null=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tags",
                                to="directory.tagscheme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "jurisdiction"), name="directory_tag_key"),
                            models.UniqueConstraint(fields=("scheme", "name"), name="one_tag_per_name"),
                            models.UniqueConstraint(fields=("id", "slot"), name="tag_with_its_slot"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tagging",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("slot", models.BigIntegerField(editable=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("document", models.CharField(max_length=120)),
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
                                related_name="taggings",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taggings",
                                to="directory.tag",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["tag", "since"], name="tagging_by_tag"),
                            models.Index(fields=["organization", "since"], name="tagging_by_organization"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_tagging_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="tagging_ends_later",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("organization_id"),
                                            models.F("organization_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("slot"),
                                            models.F("slot"),
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
                                name="one_tag_of_a_slot_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TagMeasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("text", models.CharField(max_length=300)),
                        ("document", models.CharField(max_length=120)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jurisdictions.jurisdiction",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="directory.tag",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_tagmeasure_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="tag_measure_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TagScheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("name", models.CharField(max_length=40)),
                        ("about", models.CharField(blank=True, max_length=300)),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("exclusive", models.BooleanField(default=False)),
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
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_tagscheme_key"
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"), name="one_tag_scheme_per_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="units",
                                to="directory.team",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["team", "since"], name="team_unit_by_team")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="directory_teamunit_key"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("team_id"),
                                            models.F("team_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("organization_id"),
                                            models.F("organization_id"),
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
                                name="one_unit_in_a_team",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="team_unit_ends_later",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_organization",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_alias",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_enterpriseprofile",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_enterpriseyear",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_villageprofile",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_partyprofile",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_link",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_post",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_grant",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_areashape",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_likeness",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_merge",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_person",
            kind="owned",
            shared=True,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_membership",
            kind="owned",
            shared=True,
            open_to="",
        ),
        migrations.RunPython(
            code=_0003_industries.load,
            reverse_code=django.db.migrations.operations.special.RunPython.noop,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_team",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_teammember",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_teamarea",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_tagscheme",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_tag",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_tagmeasure",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_tagging",
            kind="register",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_relocation",
            kind="register",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql=_0010_tags_and_moves.SLOT,
            reverse_sql=_0010_tags_and_moves.NO_SLOT,
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="directory_teamunit",
            kind="owned",
            shared=False,
            open_to="",
        ),
    ]
