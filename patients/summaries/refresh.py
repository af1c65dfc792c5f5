"""The one room that writes ``PatientSummary``; every verb calls it, ``manage.py verify`` rebuilds
and compares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from patients.models import Patient, PatientSummary
from patients.summaries import facts as summary_facts

#: Patients read at once.
CHUNK = 500
#: Stands in Django's own record of migrations, under a name that is no app's: no migration since
#: the summaries were written. Every start asks for this one row instead of comparing all patients.
WRITTEN = ("patients.summaries", "written")


def refresh(patient: Patient) -> None:
    """Write what lists read about a patient. Call inside the verb's transaction."""
    # Held first, read afterwards: facts read before another verb's commit would undo what that verb
    # wrote here.
    standing = PatientSummary.objects.select_for_update(no_key=True).filter(patient=patient).first()
    found = facts(patient)
    if standing is None:
        PatientSummary.objects.create(patient=patient, **found)
        return
    for name, value in found.items():
        setattr(standing, name, value)
    standing.save(update_fields=list(found))


def lead_changed(pks: list[int], lead: User) -> None:
    """Write the new lead of many patients, of which nothing else in a summary depends. As
    ``refresh``, inside the verb's transaction, after the patients themselves."""
    PatientSummary.objects.filter(patient__in=pks).update(lead=lead)


def make(pks: list[int]) -> None:
    """Write the summaries of patients that have none yet, many at once."""
    found = summary_facts.facts_of(pks)
    made = [PatientSummary(patient_id=pk, **facts) for pk, facts in found.items()]
    PatientSummary.objects.bulk_create(made, batch_size=1000)


def before_migrate(
    sender: object, plan: Sequence[tuple[Migration, bool]] = (), **kwargs: object
) -> None:
    """Receives ``pre_migrate``: whatever stops a migration, the summaries count as unwritten from
    its start."""
    if plan:
        MigrationRecorder(connection).record_unapplied(*WRITTEN)


def after_migrate(
    sender: object, plan: Sequence[tuple[Migration, bool]] | None = None, **kwargs: object
) -> None:
    """Receives ``post_migrate``: what a new column sums up is written for the patients who were
    there before it, and gone on with when that was interrupted."""
    record = MigrationRecorder(connection)
    # Emptying a database sends this too, without a plan.
    if plan is None or WRITTEN in record.applied_migrations() or _behind():
        return
    pks = Patient.objects.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
    while chunk := list(islice(pks, CHUNK)):
        for pk in differing(chunk):
            with transaction.atomic():
                refresh(Patient.objects.select_related("clinic").get(pk=pk))
    record.record_applied(*WRITTEN)


def _behind() -> bool:
    """Whether the database lacks a migration, so that our models cannot read it yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def after_phone_link(sender: object, user: User, **kwargs: object) -> None:
    """Receives ``accounts.signals.phone_link_changed``: an unopened link becomes a matter, an
    opened one is none."""
    patient = Patient.objects.filter(user=user).first()
    if patient is not None:
        refresh(patient)


def facts(patient: Patient) -> dict[str, Any]:
    """Every column of the summary, read from the tables that it sums up."""
    return summary_facts.facts_of([patient.pk])[patient.pk]


def differing(pks: list[int]) -> dict[int, list[str]]:
    """Columns in which standing summaries differ from the facts, by patient; "missing" where there
    is none."""
    standing = {row.patient_id: row for row in PatientSummary.objects.filter(patient__in=pks)}
    differing: dict[int, list[str]] = {}
    for pk, found in summary_facts.facts_of(pks).items():
        row = standing.get(pk)
        wrong = (
            ["missing"]
            if row is None
            else [name for name in found if getattr(row, name) != found[name]]
        )
        if wrong:
            differing[pk] = wrong
    return differing
