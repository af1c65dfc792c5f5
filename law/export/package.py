"""Everything about one person in one ZIP file."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import audit, csv_text
from accounts.models import User
from law.export.fhir.record import record
from law.export.pictures import pictures_of
from law.export.rows import Table, tables_of
from patients.models import Patient

#: The record for other programs.
BUNDLE = "fhir/bundle.json"


@transaction.atomic
def export(
    *, patient: Patient, by: User | None, own: bool = False, request: HttpRequest | None = None
) -> bytes:
    """The ZIP file. The trail keeps who took it; ``by`` is None for a command.

    ``own``: for the patient: without the words that the product promises to keep for the clinic
    """
    audit.record("exported", actor=by, subject=patient.user, request=request)
    tables = tables_of(patient, own=own)
    pictures = {f"pictures/{name}": svg for name, svg in pictures_of(patient).items()}
    files = {"index.html": _index(patient, tables, sorted(pictures), own)} | pictures
    files[BUNDLE] = _json(record(patient, own=own))
    for table in tables:
        files[table.json] = _json(table.rows)
        rows = ([row[name] for name in table.columns] for row in table.rows)
        files[table.sheet] = csv_text.written(table.columns, rows)
    return _zipped(files)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _index(patient: Patient, tables: list[Table], pictures: list[str], own: bool) -> str:
    return render_to_string(
        "law/export_index.html",
        {
            "patient": patient,
            "made_at": timezone.now(),
            "tables": [table for table in tables if table.rows],
            "empty": [table for table in tables if not table.rows],
            "pictures": pictures,
            "bundle": BUNDLE,
            "own": own,
        },
    )


def _zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode())
    return packed.getvalue()
