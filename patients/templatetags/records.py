"""Filters of records: who is offered one as a whole, and whose hand wrote what is in it."""

from __future__ import annotations

from django import template

from accounts.models import User
from patients.models import Patient
from patients.wording import carers

register = template.Library()

register.filter("written_by", carers.written_by)
register.filter("hand_of_stop", carers.hand_of_stop)


@register.filter
def answered_for_by(patient: Patient, user: User) -> bool:
    return patient.is_answered_for_by(user)
