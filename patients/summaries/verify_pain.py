"""Checks what is written of the usual pain and of easier days. ``verify`` runs these too."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from patients.models import Patient, Practice, Stop, UsualPain
from patients.standing.usual_pain import Told, counts_at_once, told_by


def usual_pains() -> Iterator[str]:
    """A usual pain counts exactly where the numbers before it say so."""
    told = UsualPain.objects.order_by().values("patient")
    for patient in Patient.objects.filter(pk__in=told).order_by("pk").iterator():
        rows = told_by(patient)
        for nth, row in enumerate(rows):
            if row.accepted != _counts(row, rows[:nth]):
                yield f"usual pain {row.pk}: {'counts' if row.accepted else 'waits'}, wrongly"


def _counts(row: Told, before: list[Told]) -> bool:
    if row.pain is None or not row.by_patient:
        return True
    return counts_at_once(row.pain, row.day, before)


def easier_days() -> Iterator[str]:
    """Nobody had an easier day without a stop."""
    told = Stop.objects.filter(patient=OuterRef("plan__patient"), at__lt=OuterRef("at"))
    for entry in Practice.objects.filter(~Exists(told), easier=True):
        yield f"practice {entry.pk}: an easier day without a stop"


CHECKS = (usual_pains, easier_days)
