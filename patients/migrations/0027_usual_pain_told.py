"""What intakes say of the usual pain becomes rows of its own, each as it was told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

CHUNK = 500


def _rows(apps: Any) -> Iterator[Any]:
    """An intake that repeats the number of the one before told nothing of it again."""
    row_of = apps.get_model("patients", "UsualPain")
    intakes = apps.get_model("patients", "Intake").objects.order_by("patient", "pk")
    patient: int | None = None
    pain: int | None = None
    columns = ("patient_id", "patient__clinic__time_zone", "at", "by_id", "usual_pain")
    for patient_id, zone, at, by_id, usual in intakes.values_list(*columns).iterator(CHUNK):
        if patient_id != patient:
            patient = patient_id
            pain = None
        if usual == pain:
            continue
        pain = usual
        day = at.astimezone(ZoneInfo(zone)).date()
        yield row_of(patient_id=patient_id, at=at, day=day, by_id=by_id, pain=usual, accepted=True)


def tell(apps: Any, editor: Any) -> None:
    rows = _rows(apps)
    manager = apps.get_model("patients", "UsualPain").objects
    while chunk := list(islice(rows, CHUNK)):
        manager.bulk_create(chunk)


class Migration(migrations.Migration):
    dependencies = [("patients", "0026_usual_pain")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
