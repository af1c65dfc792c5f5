"""Patients whose name is spelled like a title are told from namesakes as others are."""

from typing import Any

from django.db import migrations

from patients.models import names

CHUNK = 500


def refresh(apps: Any, schema_editor: Any) -> None:
    PatientSummary = apps.get_model("patients", "PatientSummary")
    rows = PatientSummary.objects.select_related("patient").order_by("pk")
    changed = []
    for row in rows.iterator(CHUNK):
        same_as = names.same_as(row.patient.name)
        if row.same_as != same_as:
            row.same_as = same_as
            changed.append(row)
    PatientSummary.objects.bulk_update(changed, ["same_as"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("patients", "0043_erased_at")]

    operations = [migrations.RunPython(refresh, migrations.RunPython.noop)]
