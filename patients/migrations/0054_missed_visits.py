"""Lists show who missed a visit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0053_visits_of_before")]

    operations = [
        migrations.AddField(
            model_name="patientsummary",
            name="missed_on",
            field=models.DateField(
                blank=True,
                help_text="the day of a missed visit that none was planned after",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("missed_on__isnull", False)),
                fields=["clinic", "missed_on", "patient"],
                name="summary_clinic_missed",
            ),
        ),
        migrations.AddIndex(
            model_name="patientsummary",
            index=models.Index(
                condition=models.Q(("rank", 140), ("missed_on__isnull", False)),
                fields=["lead", "missed_on", "patient"],
                name="summary_lead_missed",
            ),
        ),
    ]
