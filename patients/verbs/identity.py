"""The verb that writes who a patient is and how to reach them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from accounts import telephones
from accounts.models import Clinic, User
from patients.models import Patient, Sex
from patients.rules import guards
from patients.rules.periods import OLDEST_AGE
from patients.rules.refusals import Refused
from patients.standing.identity import Details


@transaction.atomic
def identify(*, patient: Patient, by: User, details: Details) -> Patient:
    """Write who the patient is, in place of what was written before.

    Raises ``Refused``: not_yours, too_long, birth_date_impossible, bad_choice, number_taken,
    bad_phone, phone_comes_first, bad_email.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    columns = asdict(_checked(details, patient.clinic))
    for column, value in columns.items():
        setattr(patient, column, value)
    try:
        with transaction.atomic():
            patient.save(update_fields=list(columns))
    except IntegrityError as taken:
        raise _number_taken(patient) from taken
    return patient


def _checked(details: Details, clinic: Clinic) -> Details:
    if details.sex and details.sex not in Sex.values:
        raise Refused("bad_choice")
    checked = Details(
        formal_name=_one_line(details.formal_name, 200),
        born_on=_birth_date(details.born_on, clinic.today()),
        sex=details.sex,
        number=_one_line(details.number, 40),
        phone=_phone(details.phone, clinic),
        other_phone=_phone(details.other_phone, clinic),
        email=_email(details.email),
    )
    if checked.other_phone and not checked.phone:
        raise Refused("phone_comes_first")
    return checked


def _one_line(text: str, limit: int) -> str:
    return " ".join(guards.words(text, limit).split())


def _birth_date(day: date | None, today: date) -> date | None:
    if day is not None and not (today.year - OLDEST_AGE <= day.year and day <= today):
        raise Refused("birth_date_impossible")
    return day


def _phone(typed: str, clinic: Clinic) -> str:
    typed = _one_line(typed, 50)
    try:
        return telephones.kept(typed, clinic.region) if typed else ""
    except ValidationError as problem:
        raise Refused("bad_phone", why=problem.messages[0]) from problem


def _email(typed: str) -> str:
    address = _one_line(typed, 254)
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
