import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0006_judged_how"),
        ("patients", "0041_names_of_everybody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="levelchoice",
            name="finding",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="borrowed_levels",
                to="patients.finding",
            ),
        ),
        migrations.AddField(
            model_name="levelchoice",
            name="from_day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="levelchoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("own", "Level"),
                    ("lower", "Train lower"),
                    ("borrowed", "For now, instead"),
                ],
                db_default="own",
                default="own",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="levelchoice",
            name="until",
            field=models.DateField(blank=True, help_text="the last day of it", null=True),
        ),
        migrations.AddConstraint(
            model_name="levelchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finding__isnull", False),
                    ("from_day__isnull", False),
                    ("kind", "borrowed"),
                    ("until__gte", models.F("from_day")),
                    ("until__isnull", False),
                )
                | models.Q(
                    ("finding__isnull", True),
                    ("from_day__isnull", True),
                    ("kind__in", ["own", "lower"]),
                ),
                name="level_choice_borrowed_for_a_finding",
            ),
        ),
        migrations.AddField(
            model_name="practice",
            name="borrowed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="BorrowedEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_day", models.DateField()),
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
                    "choice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_early",
                        to="patients.levelchoice",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
