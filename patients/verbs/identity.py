"""The verbs that write who a patient is, how they are called, and how to reach them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from accounts import audit, telephones
from accounts.models import Clinic, User
from accounts.names import has_letter
from patients.models import Patient, Sex
from patients.rules import guards
from patients.rules.periods import OLDEST_AGE
from patients.rules.refusals import Refused
from patients.standing.identity import Details
from patients.summaries import name_parts
from patients.summaries import refresh as summaries

#: Letters that a column holds of a name.
NAME = 200


@transaction.atomic
def identify(*, patient: Patient, by: User, details: Details) -> Patient:
    """Write who the patient is, in place of what was written before.

    Raises ``Refused``: not_yours, too_long, birth_date_impossible, bad_choice, number_taken,
    bad_phone, phone_comes_first, bad_email.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    columns = asdict(_checked(details, patient.clinic))
    keep_names(patient, by, patient.name, columns.pop("formal_name"))
    try:
        with transaction.atomic():
            keep_columns(patient, by, **columns)
    except IntegrityError as taken:
        raise _number_taken(patient) from taken
    return patient


def keep_columns(patient: Patient, by: User, **columns: Any) -> None:
    """Write columns of a patient, whose row is locked. The trail keeps the names of those that
    have a new value."""
    changed = [name for name, value in columns.items() if getattr(patient, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(patient, name, columns[name])
    patient.save(update_fields=changed)
    audit.record("patient_changed", actor=by, subject=patient.user, fields=changed)


@transaction.atomic
def put_names_right(*, patient: Patient, by: User, name: str, formal_name: str) -> Patient:
    """Write how the patient is called, and their name in letters, if it differs.

    The patients themselves may do this until they are discharged, and the clinicians of their
    clinic. The trail keeps who did it. Raises ``Refused``: not_the_patient, finished_name,
    name_missing, too_long.
    """
    patient = guards.lock_patient(patient)
    guards.patient_or_clinic(by, patient)
    if by.pk == patient.user_id and patient.archived_at is not None:
        raise Refused("finished_name", clinic=patient.clinic.name, phone=patient.clinic.phone)
    keep_names(patient, by, clean_name(name), guards.one_line(formal_name, NAME))
    summaries.refresh(patient)
    return patient


def clean_name(name: str) -> str:
    """A name as a column can hold it. Refuse ``name_missing`` if it has no letter."""
    cleaned = guards.one_line(name, NAME)
    if not has_letter(cleaned):
        raise Refused("name_missing")
    return cleaned


def keep_names(patient: Patient, by: User, name: str, formal_name: str) -> None:
    """Write the names of a patient, whose row is locked, wherever they stand. The caller refreshes
    the summary."""
    if (patient.name, patient.formal_name) == (name, formal_name):
        return
    patient.name = name
    patient.formal_name = formal_name
    patient.save(update_fields=["name", "formal_name"])
    User.objects.filter(pk=patient.user_id).update(name=name)
    name_parts.write(patient)
    audit.record("name_changed", actor=by, subject=patient.user)


def _checked(details: Details, clinic: Clinic) -> Details:
    if details.sex and details.sex not in Sex.values:
        raise Refused("bad_choice")
    checked = Details(
        formal_name=guards.one_line(details.formal_name, NAME),
        born_on=_birth_date(details.born_on, clinic.today()),
        sex=details.sex,
        number=guards.one_line(details.number, 40),
        phone=_phone(details.phone, clinic),
        other_phone=_phone(details.other_phone, clinic),
        email=_email(details.email),
    )
    if checked.other_phone and not checked.phone:
        raise Refused("phone_comes_first")
    return checked


def _birth_date(day: date | None, today: date) -> date | None:
    if day is not None and not (today.year - OLDEST_AGE <= day.year and day <= today):
        raise Refused("birth_date_impossible")
    return day


def _phone(typed: str, clinic: Clinic) -> str:
    typed = guards.one_line(typed, 50)
    try:
        return telephones.kept(typed, clinic.region) if typed else ""
    except ValidationError as problem:
        raise Refused("bad_phone", why=problem.messages[0]) from problem


def _email(typed: str) -> str:
    address = guards.one_line(typed, 254)
    try:
        if address:
            validate_email(address)
    except ValidationError as problem:
        raise Refused("bad_email") from problem
    return address


def _number_taken(patient: Patient) -> Refused:
    """A number is one patient's of the clinic, discharged ones included."""
    others = Patient.objects.filter(clinic_id=patient.clinic_id, number=patient.number)
    other = others.exclude(pk=patient.pk).get()
    return Refused("number_taken", number=patient.number, name=other.name)
