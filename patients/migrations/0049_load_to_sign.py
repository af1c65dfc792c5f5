"""Lists whose load has a change that waits for a signature."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0048_person_in_the_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="patientsummary",
            name="sign_from",
            field=models.DateField(
                blank=True,
                help_text="the day from which on a change of load waits for a signature",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="patientsummary",
            name="sign_kind",
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
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("sign_from__isnull", False)),
                fields=["clinic", "sign_from", "patient"],
                name="summary_clinic_sign",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("sign_from__isnull", False)),
                fields=["lead", "sign_from", "patient"],
                name="summary_lead_sign",
            ),
        ),
    ]
