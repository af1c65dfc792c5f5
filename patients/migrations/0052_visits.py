"""Visits as rows: planned, kept, missed or called off."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0051_first_visit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("time", models.TimeField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("kept", "Kept"),
                            ("missed", "Missed"),
                            ("called_off", "Called off"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="patients.patient",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["patient", "day"], name="visit_of_patient"),
                    models.Index(fields=["clinician", "day"], name="visit_of_clinician"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "kept", "missed", "called_off"])
                        ),
                        name="visit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("said_at__isnull", True),
                                ("said_by__isnull", True),
                                ("state", "planned"),
                            ),
                            models.Q(
                                models.Q(("state", "planned"), _negated=True),
                                ("said_at__isnull", False),
                                ("said_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="visit_said_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("time__isnull", False),
                            models.Q(("state", "called_off"), _negated=True),
                        ),
                        fields=("patient", "day", "time"),
                        name="visit_once_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("time__isnull", True), models.Q(("state", "called_off"), _negated=True)
                        ),
                        fields=("patient", "day"),
                        name="visit_once_a_day_without_time",
                    ),
                ],
            },
        ),
    ]
