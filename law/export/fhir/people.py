"""The patient, the clinic, and the staff who acted, as FHIR R4 resources."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import Clinic, Role, User
from law import reach
from law.export.fhir.parts import Resource, at, base, key, our_code, refer
from patients.models import Carer, Patient, Sex

_GENDER = {Sex.WOMAN: "female", Sex.MAN: "male", Sex.OTHER: "other"}


def people(patient: Patient) -> Iterator[Resource]:
    yield _clinic(patient.clinic)
    yield from map(_practitioner, _staff_in_the_record(patient))
    yield _patient(patient)
    yield from map(_carer, patient.carers.select_related("user"))


def _clinic(clinic: Clinic) -> Resource:
    return {
        "resourceType": "Organization",
        "id": key(clinic),
        "name": clinic.name,
        "telecom": [{"system": "phone", "value": clinic.phone}],
    }


def _staff_in_the_record(patient: Patient) -> list[User]:
    """Everybody of the staff whom a row about the patient names."""
    found: set[int] = set()
    for model in reach.tables():
        for field in reach.keys_of(model):
            if field.remote_field.model is User:
                rows = reach.rows_of(patient, model).order_by()
                found.update(rows.values_list(field.attname, flat=True).distinct())
    others = User.objects.filter(pk__in=found - {None}).exclude(pk=patient.user_id)
    return list(others.exclude(role=Role.CARER))


def _practitioner(user: User) -> Resource:
    return {
        "resourceType": "Practitioner",
        "id": key(user),
        "active": user.is_active,
        "name": [{"text": user.name_on_paper}],
    }


def _carer(carer: Carer) -> Resource:
    return {
        "resourceType": "RelatedPerson",
        "id": key(carer),
        "active": carer.ended_at is None,
        "patient": refer("Patient", carer.patient),
        "relationship": [our_code("carer", "Carer")],
        "name": [{"text": carer.user.name}],
        "period": {"start": at(carer.named_at), "end": at(carer.ended_at)},
    }


def _patient(patient: Patient) -> Resource:
    numbers = [{"system": "phone", "value": phone} for phone in patient.phones]
    return {
        "resourceType": "Patient",
        "id": key(patient),
        "identifier": [
            {"system": f"{base()}/clinics/{patient.clinic_id}/numbers", "value": patient.number}
        ]
        if patient.number
        else [],
        "active": patient.archived_at is None,
        "name": [
            {"use": "usual", "text": patient.name},
            {"use": "official", "text": patient.formal_name} if patient.formal_name else {},
        ],
        "telecom": [*numbers, {"system": "email", "value": patient.email} if patient.email else {}],
        "gender": _GENDER.get(Sex(patient.sex)) if patient.sex else None,
        "birthDate": patient.born_on.isoformat() if patient.born_on else None,
        "generalPractitioner": [refer("Practitioner", patient.lead)],
        "managingOrganization": refer("Organization", patient.clinic),
    }
