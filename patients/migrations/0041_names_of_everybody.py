"""Every patient is found by each part of the names, and told from namesakes, after the update."""

from itertools import islice
from typing import Any

from django.db import migrations

from patients.models import names

CHUNK = 500


def fill(apps: Any, schema_editor: Any) -> None:
    NamePart = apps.get_model("patients", "NamePart")
    PatientSummary = apps.get_model("patients", "PatientSummary")
    rows = PatientSummary.objects.select_related("patient").order_by("pk").iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for row in chunk:
            row.sorts_as = names.sorts_as(row.patient.name)
            row.same_as = names.same_as(row.patient.name)
        PatientSummary.objects.bulk_update(chunk, ["sorts_as", "same_as"])
        NamePart.objects.bulk_create(
            NamePart(patient_id=row.patient_id, clinic_id=row.clinic_id, spelling=spelling)
            for row in chunk
            for spelling in sorted(names.parts_of(row.patient.name, row.patient.formal_name))
        )


def empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("patients", "NamePart").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("patients", "0040_name_parts")]

    operations = [migrations.RunPython(fill, empty)]
