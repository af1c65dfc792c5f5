"""Makes room for loads that grow: ranges, rests, reserves, bands, and weights at home."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_installation"),
        ("curriculum", "0010_ranges"),
        ("patients", "0045_carers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Band",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                (
                    "kg_from",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                ),
                (
                    "kg_to",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                ),
                ("marks", models.PositiveSmallIntegerField(default=3)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["clinic", "position"],
            },
        ),
        migrations.CreateModel(
            name="HomeWeights",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bag", "Bag"),
                            ("backpack", "Backpack"),
                            ("bottle", "Bottles of water"),
                            ("dumbbell", "Dumbbells"),
                            ("kettlebell", "Kettlebells"),
                            ("bar", "Bar with plates"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kilograms", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "weights at home",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="practice",
            name="reserve",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="mark",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="max_kg",
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="pause",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="reps_to",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="reserve",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="rest",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="prescription",
            name="signed_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "Nothing proposed"),
                    ("restart", "A lighter start"),
                    ("hold", "The same again"),
                    ("back", "One step back"),
                    ("fewer", "Fewer repetitions"),
                    ("return", "Towards the weight from before"),
                    ("sets", "One more set"),
                    ("reps", "More repetitions"),
                    ("weight", "More weight"),
                    ("big_step", "A big step in weight"),
                    ("pause", "A pause at the bottom"),
                    ("slow", "Slower on the way down"),
                    ("keep", "Keep it as it is"),
                ],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="why_more",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reserve__isnull", True), ("reserve__range", (0, 4)), _connector="OR"
                ),
                name="practice_reserve_0_4",
            ),
        ),
        migrations.AddField(
            model_name="band",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bands",
                to="accounts.clinic",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="band",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="patients.band",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reps_to__isnull", True),
                        models.Q(("reps_to__gte", models.F("reps")), ("reps_to__lte", 50)),
                        _connector="OR",
                    ),
                    models.Q(("pause__isnull", True), ("pause__range", (1, 10)), _connector="OR"),
                    models.Q(("rest__isnull", True), ("rest__range", (0, 600)), _connector="OR"),
                    models.Q(
                        ("reserve__isnull", True), ("reserve__range", (0, 4)), _connector="OR"
                    ),
                    (
                        "signed_for__in",
                        [
                            "",
                            "restart",
                            "back",
                            "fewer",
                            "return",
                            "sets",
                            "reps",
                            "weight",
                            "big_step",
                            "pause",
                            "slow",
                        ],
                    ),
                ),
                name="prescription_load_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mark__isnull", True),
                    models.Q(("band__isnull", False), ("mark__range", (0, 3))),
                    _connector="OR",
                ),
                name="prescription_mark_of_a_band",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_kg__isnull", True),
                    models.Q(
                        ("max_kg__range", (0.5, 300)),
                        models.Q(
                            ("load__isnull", True),
                            ("load__lte", models.F("max_kg")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="prescription_up_to_its_cap",
            ),
        ),
        migrations.AddField(
            model_name="homeweights",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="homeweights",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="home_weights",
                to="patients.patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("clinic", "position"),
                name="band_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("position__gte", 1),
                    ("marks__range", (0, 3)),
                    models.Q(("name", ""), _negated=True),
                ),
                name="band_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kg_from__isnull", True), ("kg_to__isnull", True)),
                    models.Q(
                        ("kg_from__gt", 0), ("kg_to__gte", models.F("kg_from")), ("kg_to__lte", 200)
                    ),
                    _connector="OR",
                ),
                name="band_from_below_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="homeweights",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["bag", "backpack", "bottle", "dumbbell", "kettlebell", "bar", "other"],
                    )
                ),
                name="home_weights_kind_known",
            ),
        ),
    ]
