"""Replace the pain thresholds by limits that compare a number with a base."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

#: How far above usual a stop began by default, before.
OLD_RISE = 2


def carry_over(apps: Any, schema_editor: Any) -> None:
    for clinic in apps.get_model("accounts", "Clinic").objects.all():
        clinic.pain_fine_to = clinic.pain_amber_from - 1
        clinic.pain_fine_rise_to = max(clinic.pain_fine_to, min(5, clinic.pain_stop_from - 1))
        clinic.pain_high = clinic.pain_stop_always_from
        rise = clinic.pain_above_usual
        clinic.pain_rise_stop = 3 if rise == OLD_RISE else min(5, max(2, rise))
        clinic.save(
            update_fields=["pain_fine_to", "pain_fine_rise_to", "pain_high", "pain_rise_stop"]
        )


def carry_back(apps: Any, schema_editor: Any) -> None:
    """As near as the old thresholds can say it."""
    for clinic in apps.get_model("accounts", "Clinic").objects.all():
        clinic.pain_stop_from = max(clinic.pain_stop_from, 2)
        clinic.pain_amber_from = min(clinic.pain_fine_to + 1, clinic.pain_stop_from - 1)
        clinic.pain_stop_always_from = max(clinic.pain_high, clinic.pain_stop_from)
        rise = clinic.pain_rise_stop
        clinic.pain_above_usual = OLD_RISE if rise == OLD_RISE + 1 else rise
        clinic.save()


def number(default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(default=default)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_urgent_mails_again")]

    operations = [
        migrations.RemoveConstraint("clinic", "clinic_thresholds_in_order"),
        migrations.AddField("clinic", "pain_fine_to", number(3)),
        migrations.AddField("clinic", "pain_fine_rise_to", number(5)),
        migrations.AddField("clinic", "pain_high", number(8)),
        migrations.AddField("clinic", "pain_rise_stop", number(3)),
        migrations.AddField("clinic", "pain_rise_high", number(2)),
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField("clinic", "pain_amber_from"),
        migrations.RemoveField("clinic", "pain_stop_always_from"),
        migrations.RemoveField("clinic", "pain_above_usual"),
        migrations.AddConstraint(
            "clinic",
            models.CheckConstraint(
                condition=models.Q(pain_fine_to__gte=0)
                & models.Q(pain_fine_to__lte=F("pain_fine_rise_to"))
                & models.Q(pain_fine_rise_to__lt=F("pain_stop_from"))
                & models.Q(pain_stop_from__lte=F("pain_high"))
                & models.Q(pain_high__lte=10),
                name="clinic_pain_limits_in_order",
            ),
        ),
        migrations.AddConstraint(
            "clinic",
            models.CheckConstraint(
                condition=models.Q(pain_rise_high__gte=2)
                & models.Q(pain_rise_high__lte=F("pain_rise_stop"))
                & models.Q(pain_rise_stop__lte=5),
                name="clinic_pain_rises_in_order",
            ),
        ),
    ]
