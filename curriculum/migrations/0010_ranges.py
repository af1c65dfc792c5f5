"""A level has a range of repetitions, and a rest between its sets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0009_way_back_without_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="level",
            name="reps_to",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="level",
            name="rest",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reps_to__isnull", True),
                        models.Q(("reps_to__gte", models.F("reps")), ("reps_to__lte", 50)),
                        _connector="OR",
                    ),
                    models.Q(("rest__isnull", True), ("rest__range", (0, 600)), _connector="OR"),
                ),
                name="level_range_sane",
            ),
        ),
    ]
