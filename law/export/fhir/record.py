"""The record of one patient as one FHIR R4 bundle."""

from __future__ import annotations

from law.export.fhir.parts import Resource, bundle
from law.export.fhir.people import people
from law.export.fhir.telling import telling
from law.export.fhir.training import training
from patients.models import Patient


def record(patient: Patient, *, own: bool = False) -> Resource:
    return bundle([*people(patient), *training(patient), *telling(patient, own=own)])
