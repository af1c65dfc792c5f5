"""Keeps the person in a patient's pictures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0047_days_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="DrawnPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "build",
                    models.CharField(
                        choices=[
                            ("slim", "Slim"),
                            ("medium", "In between"),
                            ("curved", "Fuller chest"),
                            ("broad", "Broad"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "hair",
                    models.CharField(
                        choices=[
                            ("short", "Short"),
                            ("curls", "Curls"),
                            ("long", "Long"),
                            ("tied", "Tied back"),
                            ("bun", "Bun"),
                            ("sides", "Only at the sides"),
                            ("bald", "None"),
                            ("headscarf", "Headscarf"),
                            ("turban", "Turban"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "hair_colour",
                    models.CharField(
                        choices=[
                            ("black", "Black"),
                            ("brown", "Brown"),
                            ("red", "Red"),
                            ("fair", "Fair"),
                            ("grey", "Grey"),
                            ("white", "White"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "skin",
                    models.CharField(
                        choices=[
                            ("1", "Very light"),
                            ("2", "Light"),
                            ("3", "Light brown"),
                            ("4", "Brown"),
                            ("5", "Dark brown"),
                            ("6", "Very dark"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "clothes",
                    models.CharField(
                        choices=[
                            ("tee", "T-shirt and long trousers"),
                            ("vest", "Top without sleeves"),
                            ("sleeves", "Long sleeves"),
                            ("shorts", "T-shirt and shorts"),
                            ("tunic", "Long top with long sleeves"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "top",
                    models.CharField(
                        choices=[
                            ("blue", "Blue"),
                            ("plum", "Plum"),
                            ("green", "Green"),
                            ("brick", "Brick red"),
                            ("ochre", "Ochre"),
                        ],
                        max_length=5,
                    ),
                ),
                ("glasses", models.BooleanField(default=False)),
                ("beard", models.BooleanField(default=False)),
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn_as",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("build__in", ["slim", "medium", "curved", "broad"]),
                            ("clothes__in", ["tee", "vest", "sleeves", "shorts", "tunic"]),
                            (
                                "hair__in",
                                [
                                    "short",
                                    "curls",
                                    "long",
                                    "tied",
                                    "bun",
                                    "sides",
                                    "bald",
                                    "headscarf",
                                    "turban",
                                ],
                            ),
                            ("hair_colour__in", ["black", "brown", "red", "fair", "grey", "white"]),
                            ("skin__in", ["1", "2", "3", "4", "5", "6"]),
                            ("top__in", ["blue", "plum", "green", "brick", "ochre"]),
                        ),
                        name="drawn_person_can_be_drawn",
                    )
                ],
            },
        ),
    ]
