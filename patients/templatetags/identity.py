"""Filters that say who a patient is and how to reach them."""

from __future__ import annotations

from django import template

from accounts import telephones
from accounts.models import Clinic
from patients.models import Patient
from patients.standing import identity as standing_identity

register = template.Library()


@register.filter
def identity(patient: Patient, clinic: Clinic) -> str:
    """'born 2 May 1957 (69), woman · No. 20601'."""
    return standing_identity.in_words(patient, clinic.today())


@register.filter
def missing(patient: Patient) -> list[str]:
    return standing_identity.missing(patient)


@register.filter
def telephone(number: str, clinic: Clinic) -> str:
    """A patient's number as people read it: '070-123 45 67'."""
    return telephones.shown(number, clinic.region)
