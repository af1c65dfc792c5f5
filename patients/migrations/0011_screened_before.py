"""Write what is known of the patients who were there before screenings."""

import zoneinfo
from typing import Any

from django.db import migrations
from django.utils import timezone

#: What an intake's precautions are called in a screening.
KEYS = {
    "surgery": ["surgery"],
    "osteoporosis": ["osteoporosis"],
    "cancer_or_steroids": ["cancer", "osteoporosis"],
    "pregnancy": ["pregnancy"],
    "dizziness": ["blood_pressure"],
    "hip_replacement": ["hip_limit"],
    "falls": ["falls"],
}
ASK_WHICH = "Cancer or steroids: ask which."


def write_what_is_known(apps: Any, schema_editor: Any) -> None:
    """``not_recorded`` for everybody with a plan; ``not_cleared`` where the latest intake ticks red
    flags. Both keep the intake's precautions."""
    Patient = apps.get_model("patients", "Patient")
    patients = Patient.objects.filter(plans__isnull=False).distinct().select_related("clinic")
    for patient in patients.order_by("pk").iterator(500):
        _write(apps, patient)


def _write(apps: Any, patient: Any) -> None:
    Screening = apps.get_model("patients", "Screening")
    intake = patient.intakes.order_by("-pk").first()
    ticked = {row["key"]: row.get("note", "") for row in (intake.precautions if intake else [])}
    now = timezone.now()
    zone = zoneinfo.ZoneInfo(patient.clinic.time_zone)
    if intake is not None and "red_flags" in ticked:
        day = intake.at.astimezone(zone).date()
        words = f"Red flags: ticked at intake on {day:%Y-%m-%d}. {ticked['red_flags']}".strip()
        made = Screening.objects.create(
            patient=patient,
            at=intake.at,
            by=intake.by,
            outcome="not_cleared",
            words=words,
            look_again_on=now.astimezone(zone).date(),
        )
    else:
        made = Screening.objects.create(patient=patient, at=now, outcome="not_recorded")
    if intake is not None:
        _keep_precautions(apps, made, ticked, intake.at.astimezone(zone).date())


def _keep_precautions(apps: Any, screening: Any, ticked: dict[str, str], day: Any) -> None:
    Precaution = apps.get_model("patients", "Precaution")
    kept: dict[str, str] = {}
    for old, note in ticked.items():
        if old == "cancer_or_steroids":
            note = f"{ASK_WHICH} {note}".strip()
        for key in KEYS.get(old, []):
            kept[key] = f"{kept[key]} {note}".strip() if key in kept else note
    for key, note in kept.items():
        fields = {"bone": "not known"} if key == "cancer" else {}
        Precaution.objects.create(
            screening=screening, key=key, fields=fields, note=note, asked_on=day
        )


def forget(apps: Any, schema_editor: Any) -> None:
    """The tables go with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("patients", "0010_screenings")]

    operations = [migrations.RunPython(write_what_is_known, forget)]
