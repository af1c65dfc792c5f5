"""Plan templates of a clinic, and their doses."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0011_kept_apart"),
        ("patients", "0059_ladders_not_offered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("weekdays", models.PositiveSmallIntegerField(default=127)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("put_away_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_templates",
                        to="accounts.clinic",
                    ),
                ),
                (
                    "goal_rung",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.rung",
                    ),
                ),
                (
                    "ladder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.ladder",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TemplateDose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sets", models.PositiveSmallIntegerField()),
                ("reps", models.PositiveSmallIntegerField()),
                ("reps_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("pause", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rest", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("per_side", models.BooleanField(default=False)),
                ("word", models.TextField(blank=True, default="")),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.level",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doses",
                        to="patients.plantemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["template", "level__rung__position", "level__position"],
            },
        ),
        migrations.AddConstraint(
            model_name="plantemplate",
            constraint=models.UniqueConstraint(
                models.F("clinic"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("put_away_at__isnull", True)),
                name="plan_template_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), ("weekdays__range", (1, 127))
                ),
                name="plan_template_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatedose",
            constraint=models.UniqueConstraint(
                fields=("template", "level"), name="template_dose_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatedose",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sets__range", (1, 10)),
                    ("reps__range", (1, 50)),
                    models.Q(
                        ("reps_to__isnull", True),
                        models.Q(("reps_to__gte", models.F("reps")), ("reps_to__lte", 50)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("seconds__isnull", True), ("seconds__range", (1, 60)), _connector="OR"
                    ),
                    models.Q(("pause__isnull", True), ("pause__range", (1, 10)), _connector="OR"),
                    models.Q(("rest__isnull", True), ("rest__range", (0, 600)), _connector="OR"),
                ),
                name="template_dose_in_range",
            ),
        ),
    ]
