"""The only module that writes ``PatientSummary``.

Every verb calls ``refresh`` for its patient. ``rebuild`` compares the summaries of many patients,
and the parts of their names, with the tables and writes those that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Clinic, User
from patients.models import Patient, PatientSummary
from patients.summaries import facts as summary_facts
from patients.summaries import name_parts

#: How many patients are read at once.
CHUNK = 500
#: The columns of a clinic on which the summaries of its patients depend.
OF_CLINIC = frozenset(
    {
        "time_zone",
        "pain_fine_to",
        "pain_fine_rise_to",
        "pain_stop_from",
        "pain_rise_stop",
        "pain_high",
        "pain_rise_high",
    }
)


def refresh(patient: Patient) -> None:
    """Write the summary of a patient. Call this inside the verb's transaction."""
    # The lock comes before the facts are read: facts from before another verb's commit would undo
    # what that verb wrote to this row.
    row = PatientSummary.objects.select_for_update(no_key=True).filter(patient=patient).first()
    _write(patient.pk, row, facts(patient))


def _write(patient_id: int, row: PatientSummary | None, columns: summary_facts.Facts) -> None:
    if row is None:
        PatientSummary.objects.create(patient_id=patient_id, **columns)
        return
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))


def lead_changed(pks: list[int], lead: User) -> None:
    """Write the new lead of many patients; no other column of a summary depends on the lead.

    Call this inside the verb's transaction, after the patients themselves are written.
    """
    PatientSummary.objects.filter(patient__in=pks).update(lead=lead)


def make(pks: list[int]) -> None:
    """Write the summaries, and the parts of the names, of many patients that have none yet."""
    rows = [
        PatientSummary(patient_id=pk, **columns)
        for pk, columns in summary_facts.facts_of(pks).items()
    ]
    PatientSummary.objects.bulk_create(rows, batch_size=1000)
    name_parts.make(Patient.objects.filter(pk__in=pks))


def rebuild(patients: QuerySet[Patient], tell: Callable[[int], object] | None = None) -> int:
    """Compare summaries and parts of names with what they sum up, and write those that differ.

    Returns for how many patients something was written. ``tell`` is called after every chunk with
    the number of patients compared so far. A chunk is one transaction, so a rebuild can be
    interrupted and run again.
    """
    pks = patients.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
    compared = written = 0
    while chunk := list(islice(pks, CHUNK)):
        written += _rebuild(chunk)
        compared += len(chunk)
        if tell is not None:
            tell(compared)
    return written


@transaction.atomic
def _rebuild(pks: Collection[int]) -> int:
    # A hand-over locks patients in the same order, so that the two cannot wait for each other.
    locked = Patient.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    list(locked.values_list("pk"))
    rows = PatientSummary.objects.select_for_update(no_key=True).filter(patient__in=pks)
    existing = {row.patient_id: row for row in rows.order_by("patient")}
    written = name_parts.rebuild(pks)
    for pk, columns in summary_facts.facts_of(pks).items():
        row = existing.get(pk)
        if _wrong_columns(row, columns):
            _write(pk, row, columns)
            written.add(pk)
    return len(written)


def after_phone_link(sender: object, user: User, **kwargs: object) -> None:
    """Receives ``accounts.signals.phone_link_changed``: the summary shows an unopened link."""
    patient = Patient.objects.filter(user=user).first()
    if patient is not None:
        refresh(patient)


def after_clinic(
    sender: object, clinic: Clinic, changed: Collection[str], **kwargs: object
) -> None:
    """Receives ``accounts.signals.clinic_changed``.

    With a new time zone days begin at another hour; with new pain figures the facts change too.
    """
    if not OF_CLINIC.isdisjoint(changed):
        rebuild(Patient.objects.filter(clinic=clinic))


def facts(patient: Patient) -> summary_facts.Facts:
    """Every column of the patient's summary, worked out from the tables that it sums up."""
    return summary_facts.facts_of([patient.pk])[patient.pk]


def differing(pks: Collection[int]) -> dict[int, list[str]]:
    """The columns in which summaries differ from the tables, by the patient's id.

    Patients without a difference are left out. ["missing"] = the patient has no summary.
    """
    existing = {row.patient_id: row for row in PatientSummary.objects.filter(patient__in=pks)}
    compared = {
        pk: _wrong_columns(existing.get(pk), columns)
        for pk, columns in summary_facts.facts_of(pks).items()
    }
    return {pk: wrong for pk, wrong in compared.items() if wrong}


def _wrong_columns(row: PatientSummary | None, columns: summary_facts.Facts) -> list[str]:
    if row is None:
        return ["missing"]
    return [name for name, value in columns.items() if getattr(row, name) != value]
