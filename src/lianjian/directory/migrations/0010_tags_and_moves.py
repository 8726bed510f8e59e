"""Tags with groups and measures; villages that move to a settlement; cadres posted to villages."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.directory.models.organizations
from django.db import migrations, models

import lianjian.foundation.keys
from lianjian.jurisdictions.policy import RowSecurity

# What a tagging fills is what its tag says: the exclusion constraint can be relied on.
SLOT = """
ALTER TABLE directory_tagging ADD CONSTRAINT tagging_has_the_slot_of_its_tag
  FOREIGN KEY (tag_id, slot) REFERENCES directory_tag (id, slot)
"""
NO_SLOT = "ALTER TABLE directory_tagging DROP CONSTRAINT tagging_has_the_slot_of_its_tag"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_temporary_formation"),
        ("jurisdictions", "0003_own_rows_only"),
    ]

    operations = [
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
            ],
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
            ],
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
            ],
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
            ],
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
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("exclusive", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="membership",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sent",
                to="directory.organization",
            ),
        ),
        migrations.AlterField(
            model_name="organization",
            name="classification",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "posted"), _negated=True), ("sent_by__isnull", False), _connector="OR"
                ),
                name="posting_has_a_sender",
            ),
        ),
        migrations.AddField(
            model_name="relocation",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="relocation",
            name="settlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_in",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="relocation",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_to",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="tagging",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="tagging",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taggings",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="tagging",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="directory.tag"
            ),
        ),
        migrations.AddField(
            model_name="tagmeasure",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="tagmeasure",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="directory.tag"
            ),
        ),
        migrations.AddField(
            model_name="tagscheme",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tags", to="directory.tagscheme"
            ),
        ),
        migrations.AddIndex(
            model_name="relocation",
            index=models.Index(fields=["settlement", "since"], name="relocation_by_settlement"),
        ),
        migrations.AddIndex(
            model_name="relocation",
            index=models.Index(fields=["village", "since"], name="relocation_by_village"),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="directory_relocation_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="relocation_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("village", models.F("settlement")), _negated=True),
                name="relocation_leads_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("households__gte", 1), ("residents__gte", models.F("households"))),
                name="household_has_a_resident",
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.UniqueConstraint(
                fields=("village", "settlement", "since"), name="one_relocation_of_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["tag", "since"], name="tagging_by_tag"),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["organization", "since"], name="tagging_by_organization"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="directory_tagging_key"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="tagging_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
                            models.F("slot"), models.F("slot"), models.Value("[]"), function="int8range"
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
        ),
        migrations.AddConstraint(
            model_name="tagmeasure",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="directory_tagmeasure_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="tagmeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                ),
                name="tag_measure_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="tagscheme",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="directory_tagscheme_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="tagscheme",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "name"), name="one_tag_scheme_per_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="directory_tag_key"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("scheme", "name"), name="one_tag_per_name"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("id", "slot"), name="tag_with_its_slot"),
        ),
        RowSecurity("directory_tagscheme", kind="register"),
        RowSecurity("directory_tag", kind="register"),
        RowSecurity("directory_tagmeasure", kind="register"),
        RowSecurity("directory_tagging", kind="register"),
        RowSecurity("directory_relocation", kind="register"),
        migrations.RunSQL(SLOT, NO_SLOT),
    ]
