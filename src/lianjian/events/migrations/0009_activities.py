"""Templates in parts, results, questions, photos, displays, feeds; a venue holds one meeting at a time."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import lianjian.foundation.keys
from django.conf import settings
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity

# A venue where meetings have been at the same time has rooms for several: nothing that was recorded is refused now.
SEVERAL = """
UPDATE events_venue v SET several = true WHERE EXISTS (
  SELECT 1 FROM events_meeting a JOIN events_meeting b
    ON b.venue_id = a.venue_id AND b.id > a.id AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
   WHERE a.venue_id = v.id AND a.state <> 'cancelled' AND b.state <> 'cancelled')
"""
TOGETHER = """
UPDATE events_meeting m SET alone = false FROM events_venue v WHERE v.id = m.venue_id AND v.several
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_reviewer_role"),
        ("events", "0008_attendance"),
        ("files", "0002_row_security"),
        ("jurisdictions", "0003_own_rows_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Display",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("kind", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=60)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="display_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False, unique=True),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("caption", models.CharField(max_length=100)),
                ("credit", models.CharField(max_length=40)),
                ("consent", models.BooleanField(default=False)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("asked_by", models.CharField(blank=True, max_length=80)),
                ("text", models.CharField(max_length=500)),
                ("answer", models.CharField(blank=True, max_length=2000)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=30)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("agenda", models.TextField(blank=True)),
                (
                    "rhythm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "每周一次"),
                            ("fortnightly", "每两周一次"),
                            ("monthly", "每月一次"),
                            ("quarterly", "每季度一次"),
                            ("halfyearly", "每半年一次"),
                            ("yearly", "每年一次"),
                            ("nines", "逢九(公历9日、19日、29日)"),
                            ("lunar_nines", "逢九(农历初九、十九、廿九)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("minutes", models.PositiveSmallIntegerField(default=120)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parts__len__gt", 0)), name="template_has_parts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="Winner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("prize", models.CharField(max_length=60)),
                ("person_name", models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="alone",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="parts_held",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="several",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("parts_held__len__lte", models.F("parts__len"))),
                name="held_parts_are_parts",
            ),
        ),
        migrations.RunSQL(SEVERAL, migrations.RunSQL.noop, elidable=True),
        migrations.RunSQL(TOGETHER, migrations.RunSQL.noop, elidable=True),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("alone", True), ("venue__isnull", False), models.Q(("state", "cancelled"), _negated=True)
                ),
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
                name="one_meeting_at_a_venue",
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="displays", to="events.venue"
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="bundle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="files.bundle",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="events.meeting"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="events.meeting",
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organization"
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.venue",
            ),
        ),
        migrations.AddField(
            model_name="templatehost",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="templatehost",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organization"
            ),
        ),
        migrations.AddField(
            model_name="templatehost",
            name="template",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hosts",
                to="events.template",
            ),
        ),
        migrations.AddField(
            model_name="winner",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="winner",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="winners",
                to="events.meeting",
            ),
        ),
        migrations.AddField(
            model_name="winner",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_display_key"),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(
                fields=("user", "organization"), name="one_feed_per_user_and_body", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_photo_key"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_question_key"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="one_question_per_number"),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_template_key"),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_on__isnull", True)),
                fields=("organization", "name"),
                name="one_activity_template_per_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatehost",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="events_templatehost_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatehost",
            constraint=models.UniqueConstraint(
                fields=("template", "organization"), name="one_host_per_template"
            ),
        ),
        migrations.AddConstraint(
            model_name="winner",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="events_winner_key"),
        ),
        migrations.AddConstraint(
            model_name="winner",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="one_winner_per_number"),
        ),
        migrations.AddConstraint(
            model_name="winner",
            constraint=models.UniqueConstraint(
                fields=("meeting", "prize", "person_name", "organization"),
                name="one_prize_per_winner",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="winner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organization__isnull", False),
                    models.Q(("person_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="winner_is_named",
            ),
        ),
        RowSecurity("events_template", kind="register"),
        RowSecurity("events_templatehost", kind="register"),
        RowSecurity("events_winner", kind="register"),
        RowSecurity("events_display", kind="register"),
        RowSecurity("events_question", shared=True),
        RowSecurity("events_photo", shared=True),
    ]
