"""All tables of this app as `0004_plans_of_villages` left them, for a new house. Written by `lianjian.config.squash`."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.tables
import lianjian.jurisdictions.policy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("notices", "0001_initial"),
        ("notices", "0002_row_security"),
        ("notices", "0003_documents"),
        ("notices", "0004_plans_of_villages"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0001_squashed_0011_volunteers"),
        ("files", "0001_squashed_0002_row_security"),
        ("jurisdictions", "0001_squashed_0003_own_rows_only"),
    ]

    operations = [
        lianjian.foundation.tables.Tables(
            operations=[
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("kind", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("url", models.CharField(blank=True, max_length=300)),
                        ("sender", models.CharField(blank=True, max_length=80)),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("unread", "未读"), ("read", "已读")], default="unread", max_length=6
                            ),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("once", models.CharField(blank=True, max_length=120, null=True)),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["user", "-at"], name="message_by_user"),
                            models.Index(
                                condition=models.Q(("state", "unread")),
                                fields=["user"],
                                name="message_unread",
                            ),
                            models.Index(fields=["jurisdiction", "at"], name="message_by_age"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="notices_message_key"
                            ),
                            models.UniqueConstraint(fields=("user", "once"), name="one_message_per_once_key"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("read_at__isnull", True), ("state", "unread")),
                                    models.Q(("read_at__isnull", False), ("state", "read")),
                                    _connector="OR",
                                ),
                                name="message_read_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("notice", "通知"),
                                    ("plan", "方案(计划)"),
                                    ("help_plan", "帮扶计划"),
                                    ("spatial", "规划"),
                                    ("system", "制度"),
                                    ("minutes", "纪要"),
                                    ("disclosure", "公示"),
                                    ("policy", "政策"),
                                    ("agreement", "协议"),
                                    ("report", "简报"),
                                    ("letter", "函"),
                                    ("other", "其他文件"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("made_on", models.DateField()),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("body", "本单位"),
                                    ("place", "本地区各单位"),
                                    ("county", "全县各单位"),
                                    ("public", "社会公开"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("returned", "退回修改"),
                                    ("first", "待初审"),
                                    ("second", "待复审"),
                                    ("final", "待终审"),
                                    ("ready", "待公布"),
                                    ("published", "已公布"),
                                    ("down", "已下架"),
                                    ("dropped", "已作废"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("round", models.PositiveSmallIntegerField(default=0)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("publish_on", models.DateField(blank=True, null=True)),
                        ("author_name", models.CharField(blank=True, max_length=80)),
                        (
                            "writers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("withheld", models.JSONField(blank=True, default=dict)),
                        ("down_reason", models.CharField(blank=True, max_length=300)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
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
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["jurisdiction", "state", "-changed_at"], name="document_by_state"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["subjects"], name="document_by_subject"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="notices_document_key"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), _negated=True),
                                    models.Q(("state", "dropped"), _negated=True),
                                ),
                                fields=("issuer", "number"),
                                name="one_document_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("since__isnull", True),
                                    ("until__gt", models.F("since")),
                                    _connector="OR",
                                ),
                                name="document_ends_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "returned",
                                            "first",
                                            "second",
                                            "final",
                                            "ready",
                                            "published",
                                            "down",
                                            "dropped",
                                        ],
                                    )
                                ),
                                name="document_state_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "stance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agree", "赞成"),
                                    ("amend", "建议修改"),
                                    ("object", "反对"),
                                    ("none", "没有意见"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=80)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("taken", "采纳"), ("partly", "部分采纳"), ("not_taken", "未采纳")],
                                max_length=10,
                            ),
                        ),
                        ("response", models.CharField(blank=True, max_length=300)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="notices.document",
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
                                related_name="+",
                                to="directory.organization",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["organization", "asked_at"], name="opinion_by_body")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="notices_opinion_key"
                            ),
                            models.UniqueConstraint(
                                fields=("document", "version", "organization"), name="one_opinion_of_a_body"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("notice", "通知"),
                                    ("plan", "方案(计划)"),
                                    ("help_plan", "帮扶计划"),
                                    ("spatial", "规划"),
                                    ("system", "制度"),
                                    ("minutes", "纪要"),
                                    ("disclosure", "公示"),
                                    ("policy", "政策"),
                                    ("agreement", "协议"),
                                    ("report", "简报"),
                                    ("letter", "函"),
                                    ("other", "其他文件"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("made_on", models.DateField()),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("body", "本单位"),
                                    ("place", "本地区各单位"),
                                    ("county", "全县各单位"),
                                    ("public", "社会公开"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "document_key",
                            models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("published_at", models.DateTimeField()),
                        ("published_on", models.DateField()),
                        ("replaced_at", models.DateTimeField(blank=True, null=True)),
                        ("down_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "down_ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("wrong", "内容有误"),
                                    ("privacy", "涉及个人信息"),
                                    ("outdated", "已经失效"),
                                    ("law", "依法不再公开"),
                                    ("other", "其他原因"),
                                ],
                                max_length=10,
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
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="notices.document",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["document_key", "version"], name="publication_by_document"),
                            models.Index(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=["audience", "-published_on"],
                                name="publication_by_audience",
                            ),
                            models.Index(
                                fields=["jurisdiction", "-published_on"], name="publication_by_place"
                            ),
                            models.Index(fields=["issuer"], name="publication_by_issuer"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["subjects"], name="publication_by_subject"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="notices_publication_key"
                            ),
                            models.UniqueConstraint(
                                fields=("document", "version"), name="one_publication_per_version"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("document",),
                                name="one_current_publication",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("down_at__isnull", True), ("down_ground", "")),
                                    models.Q(("down_at__isnull", False), ("text", "")),
                                    _connector="OR",
                                ),
                                name="taken_down_is_without_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "stage",
                            models.CharField(
                                choices=[("first", "初审"), ("second", "复审"), ("final", "终审")],
                                max_length=6,
                            ),
                        ),
                        ("reviewer_name", models.CharField(max_length=80)),
                        ("passed", models.BooleanField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("digest", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="notices.document",
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
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "jurisdiction"), name="notices_review_key"
                            ),
                            models.UniqueConstraint(
                                fields=("document", "version", "round", "stage"), name="one_review_of_a_stage"
                            ),
                            models.UniqueConstraint(
                                fields=("document", "version", "round", "reviewer"),
                                name="one_review_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("passed", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="a_return_has_a_reason",
                            ),
                        ],
                    },
                ),
            ],
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="notices_message",
            kind="owned",
            shared=False,
            open_to="",
        ),
        migrations.RunSQL(
            sql="CREATE POLICY send ON notices_message FOR INSERT TO app WITH CHECK (state = 'unread' AND (SELECT sec.readable()) IS NOT NULL)",
            reverse_sql="DROP POLICY send ON notices_message",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="notices_document",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="notices_review",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="notices_opinion",
            kind="owned",
            shared=False,
            open_to="",
        ),
        lianjian.jurisdictions.policy.RowSecurity(
            table="notices_publication",
            kind="owned",
            shared=False,
            open_to="audience = 'public' OR (audience = 'county' AND cardinality({readable}::int[]) > 0)",
        ),
    ]
