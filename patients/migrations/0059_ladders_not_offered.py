"""Which ladders a clinic gives to nobody new, since when, and who said so."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0058_usual_pain_anew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotOffered",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ladder", models.SlugField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_offered",
                        to="accounts.clinic",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ladders not offered",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("back_at__isnull", True)),
                        fields=("clinic", "ladder"),
                        name="not_offered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("back_at__isnull", True), ("back_by__isnull", True)),
                            models.Q(("back_at__isnull", False), ("back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="not_offered_back_by",
                    ),
                ],
            },
        ),
    ]
