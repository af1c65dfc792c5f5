"""First visits with their drafts, and lists that show one which is unfinished."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0050_sent_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="patientsummary",
            name="visit_step",
            field=models.CharField(
                blank=True,
                choices=[
                    ("who", "Who"),
                    ("story", "Story"),
                    ("see", "See"),
                    ("dose", "Dose"),
                    ("hand_over", "Hand over"),
                ],
                db_default="",
                default="",
                help_text="the step of an unfinished first visit that waits",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="patientsummary",
            name="rank",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (9, "Stopped: emergency"),
                    (10, "Stopped: a doctor today"),
                    (11, "Stopped: numbness or a fall"),
                    (12, "Stopped: high pain"),
                    (13, "Stopped"),
                    (20, "Pain below the knee"),
                    (21, "Usual pain went up"),
                    (30, "Message to read first"),
                    (31, "Message"),
                    (50, "Easing off"),
                    (60, "Asked for a review"),
                    (85, "First visit unfinished"),
                    (90, "To screen"),
                    (120, "New"),
                    (130, "Not cleared"),
                    (140, "On track"),
                ],
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="FirstVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "saved",
                    models.CharField(
                        choices=[
                            ("who", "Who"),
                            ("story", "Story"),
                            ("see", "See"),
                            ("dose", "Dose"),
                            ("hand_over", "Hand over"),
                        ],
                        default="who",
                        max_length=9,
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "set_aside",
                    models.CharField(blank=True, db_default="", default="", max_length=500),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_visit",
                        to="patients.patient",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VisitDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("who", "Who"),
                            ("story", "Story"),
                            ("see", "See"),
                            ("dose", "Dose"),
                            ("hand_over", "Hand over"),
                        ],
                        max_length=9,
                    ),
                ),
                ("typed", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="patients.firstvisit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="firstvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("saved__in", ["who", "story", "see", "dose", "hand_over"])),
                name="first_visit_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="firstvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="first_visit_ended_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitdraft",
            constraint=models.UniqueConstraint(
                fields=("visit", "step"), name="visit_draft_one_a_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["who", "story", "see", "dose", "hand_over"])),
                name="visit_draft_step_known",
            ),
        ),
    ]
