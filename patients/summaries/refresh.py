"""The only module that writes ``PatientSummary``. Every verb calls ``refresh`` for its patient;
``rebuild`` compares many patients and writes the summaries that differ."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Clinic, User
from patients.models import Patient, PatientSummary
from patients.summaries import facts as summary_facts

#: Patients read at once.
CHUNK = 500
#: Columns of a clinic that decide on which day, and how seriously, something is a matter.
OF_CLINIC = frozenset(
    {
        "time_zone",
        "pain_amber_from",
        "pain_stop_from",
        "pain_stop_always_from",
        "pain_above_usual",
    }
)


def refresh(patient: Patient) -> None:
    """Write what lists read about a patient. Call inside the verb's transaction."""
    # Held first, read afterwards: facts read before another verb's commit would undo what that verb
    # wrote here.
    row = PatientSummary.objects.select_for_update(no_key=True).filter(patient=patient).first()
    _write(patient.pk, row, facts(patient))


def _write(patient_id: int, row: PatientSummary | None, found: summary_facts.Facts) -> None:
    if row is None:
        PatientSummary.objects.create(patient_id=patient_id, **found)
        return
    for name, value in found.items():
        setattr(row, name, value)
    row.save(update_fields=list(found))


def lead_changed(pks: list[int], lead: User) -> None:
    """Write the new lead of many patients, of which nothing else in a summary depends. As
    ``refresh``, inside the verb's transaction, after the patients themselves."""
    PatientSummary.objects.filter(patient__in=pks).update(lead=lead)


def make(pks: list[int]) -> None:
    """Write the summaries of patients that have none yet, many at once."""
    found = summary_facts.facts_of(pks)
    made = [PatientSummary(patient_id=pk, **facts) for pk, facts in found.items()]
    PatientSummary.objects.bulk_create(made, batch_size=1000)


def rebuild(patients: QuerySet[Patient], tell: Callable[[int], object] | None = None) -> int:
    """Compare summaries with the tables that they sum up, and write those that differ; how many.

    ``tell`` is called after every chunk with the number of patients compared so far. A chunk is one
    transaction, so this may be interrupted at any time and run again.
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
    # Held in the order in which a hand-over holds them, so that the two cannot tie.
    held = Patient.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    list(held.values_list("pk"))
    rows = PatientSummary.objects.select_for_update(no_key=True).filter(patient__in=pks)
    standing = {row.patient_id: row for row in rows.order_by("patient")}
    written = 0
    for pk, found in summary_facts.facts_of(pks).items():
        row = standing.get(pk)
        if _wrong(row, found):
            _write(pk, row, found)
            written += 1
    return written


def after_phone_link(sender: object, user: User, **kwargs: object) -> None:
    """Receives ``accounts.signals.phone_link_changed``: an unopened link becomes a matter, an
    opened one is none."""
    patient = Patient.objects.filter(user=user).first()
    if patient is not None:
        refresh(patient)


def after_clinic(
    sender: object, clinic: Clinic, changed: Collection[str], **kwargs: object
) -> None:
    """Receives ``accounts.signals.clinic_changed``: with the time zone, days begin at another
    hour."""
    if not OF_CLINIC.isdisjoint(changed):
        rebuild(Patient.objects.filter(clinic=clinic))


def facts(patient: Patient) -> summary_facts.Facts:
    """Every column of the summary, read from the tables that it sums up."""
    return summary_facts.facts_of([patient.pk])[patient.pk]


def differing(pks: Collection[int]) -> dict[int, list[str]]:
    """Columns in which standing summaries differ from the facts, by patient; "missing" where there
    is none."""
    standing = {row.patient_id: row for row in PatientSummary.objects.filter(patient__in=pks)}
    compared = {
        pk: _wrong(standing.get(pk), found) for pk, found in summary_facts.facts_of(pks).items()
    }
    return {pk: wrong for pk, wrong in compared.items() if wrong}


def _wrong(row: PatientSummary | None, found: summary_facts.Facts) -> list[str]:
    if row is None:
        return ["missing"]
    return [name for name in found if getattr(row, name) != found[name]]
