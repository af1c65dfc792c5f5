"""Each next day that stands in a patient's own row becomes a visit with the lead."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.db import migrations

CHUNK = 500


def take_over(apps: Any, editor: Any) -> None:
    visit_of = apps.get_model("patients", "Visit")
    patients = apps.get_model("patients", "Patient").objects.filter(next_visit__isnull=False)
    rows = patients.order_by("pk").values_list("pk", "next_visit", "lead").iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        visit_of.objects.bulk_create(
            visit_of(patient_id=pk, day=day, clinician_id=lead) for pk, day, lead in chunk
        )


class Migration(migrations.Migration):
    dependencies = [("patients", "0052_visits")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
