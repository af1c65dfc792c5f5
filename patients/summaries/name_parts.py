"""The only module that writes ``NamePart``: the parts of patients' names that a search finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from patients.models import NamePart, Patient
from patients.models.names import parts_of


def write(patient: Patient) -> None:
    """Write the parts of the names of a patient, whose row is locked. Call this inside the verb's
    transaction, after the names themselves are written."""
    _write([patient], _there([patient.pk]))


def make(patients: Iterable[Patient]) -> None:
    """Write the parts of many patients who have none yet."""
    rows = [row for patient in patients for row in _rows(patient, _wanted(patient))]
    NamePart.objects.bulk_create(rows, batch_size=1000)


def rebuild(pks: Collection[int]) -> set[int]:
    """Write the parts that differ from the names, and return the ids of their patients."""
    there = _there(pks)
    wrong = [patient for patient in _patients(pks) if _wanted(patient) != there[patient.pk]]
    _write(wrong, there)
    return {patient.pk for patient in wrong}


def differing(pks: Collection[int]) -> set[int]:
    """The ids of patients whose parts differ from their names."""
    there = _there(pks)
    return {patient.pk for patient in _patients(pks) if _wanted(patient) != there[patient.pk]}


def _patients(pks: Collection[int]) -> Iterable[Patient]:
    columns = ("pk", "clinic", "name", "formal_name")
    return Patient.objects.filter(pk__in=pks).only(*columns).order_by("pk")


def _wanted(patient: Patient) -> set[str]:
    return parts_of(patient.name, patient.formal_name)


def _there(pks: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = NamePart.objects.filter(patient__in=pks)
    for pk, spelling in rows.values_list("patient", "spelling"):
        found[pk].add(spelling)
    return found


def _write(patients: Collection[Patient], there: dict[int, set[str]]) -> None:
    rows: list[NamePart] = []
    for patient in patients:
        wanted = _wanted(patient)
        gone = there[patient.pk] - wanted
        if gone:
            NamePart.objects.filter(patient=patient, spelling__in=gone).delete()
        rows += _rows(patient, wanted - there[patient.pk])
    if rows:
        NamePart.objects.bulk_create(rows, batch_size=1000)


def _rows(patient: Patient, spellings: Iterable[str]) -> list[NamePart]:
    of = {"patient": patient, "clinic_id": patient.clinic_id}
    return [NamePart(**of, spelling=spelling) for spelling in sorted(spellings)]
