"""Mediation of disputes and hearings of petitions."""

import django.db.models.deletion
import lianjian.foundation.keys
import lianjian.foundation.secretfield
from django.db import migrations, models

from lianjian.jurisdictions.policy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_accusations"),
        ("jurisdictions", "0003_own_rows_only"),
        ("rulebook", "0007_rules_of_escalation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("form", models.CharField(max_length=8)),
                ("terms", models.TextField()),
                ("effective_on", models.DateField()),
                ("court_until", models.DateTimeField(blank=True, null=True)),
                ("court_on", models.DateField(blank=True, null=True)),
                ("court_number", models.CharField(blank=True, max_length=60)),
                ("kept", models.BooleanField(null=True)),
                ("kept_on", models.DateField(blank=True, null=True)),
                ("kept_note", models.CharField(blank=True, max_length=300)),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("held_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=100)),
                ("mediators", models.JSONField(default=list)),
                ("outcome", models.CharField(max_length=10)),
                ("text", models.TextField()),
                ("tier", models.CharField(blank=True, max_length=8)),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["agreed", "closer", "apart", "refused"])),
                        name="attempt_outcome_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("title", models.CharField(max_length=120)),
                ("plan", models.TextField()),
                ("scheduled_at", models.DateTimeField()),
                ("place", models.CharField(max_length=100)),
                ("state", models.CharField(default="planned", max_length=10)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                ("conclusion", models.TextField(blank=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("made_by_name", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "concluded", "cancelled"])),
                        name="hearing_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HearingCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("outcome", models.CharField(blank=True, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="HearingPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("name", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=10)),
                ("attended", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "chair",
                                    "member",
                                    "clerk",
                                    "petitioner",
                                    "agent",
                                    "unit",
                                    "lawyer",
                                    "deputy",
                                    "public",
                                ],
                            )
                        ),
                        name="hearing_role_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=lianjian.foundation.keys.uuid7, editable=False)),
                ("side", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=60)),
                ("phone", lianjian.foundation.secretfield.SecretField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["asking", "other"])), name="party_side_is_known"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="pause",
            name="pause_reason_is_listed",
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason_code__in",
                        ["material", "appraisal", "superior", "lawsuit", "weather", "season", "hearing"],
                    )
                ),
                name="pause_reason_is_listed",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreement", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="evaluation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rulebook.evaluation"
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="hearingcase",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="heard_in", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="hearingcase",
            name="hearing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="heard", to="cases.hearing"
            ),
        ),
        migrations.AddField(
            model_name="hearingcase",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="cases",
            field=models.ManyToManyField(
                related_name="hearings", through="cases.HearingCase", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="hearingperson",
            name="hearing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="people", to="cases.hearing"
            ),
        ),
        migrations.AddField(
            model_name="hearingperson",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="jurisdiction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jurisdictions.jurisdiction"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_agreement_key"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["case", "id"], name="attempt_by_case"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["jurisdiction", "held_on"], name="attempt_by_day"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_attempt_key"),
        ),
        migrations.AddConstraint(
            model_name="hearingcase",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_hearingcase_key"),
        ),
        migrations.AddConstraint(
            model_name="hearingcase",
            constraint=models.UniqueConstraint(fields=("hearing", "case"), name="one_case_in_a_hearing"),
        ),
        migrations.AddIndex(
            model_name="hearing",
            index=models.Index(fields=["jurisdiction", "-id"], name="hearing_by_newest"),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_hearing_key"),
        ),
        migrations.AddConstraint(
            model_name="hearingperson",
            constraint=models.UniqueConstraint(
                fields=("key", "jurisdiction"), name="cases_hearingperson_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingperson",
            constraint=models.UniqueConstraint(
                fields=("hearing", "name", "role"), name="one_seat_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("key", "jurisdiction"), name="cases_party_key"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(fields=("case", "name"), name="one_party_per_name"),
        ),
        RowSecurity("cases_party"),
        RowSecurity("cases_attempt"),
        RowSecurity("cases_agreement"),
        RowSecurity("cases_hearing"),
        RowSecurity("cases_hearingcase"),
        RowSecurity("cases_hearingperson"),
    ]
