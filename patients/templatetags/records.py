"""The filter ``patient|answered_for_by:user`` says who is offered the record as a whole."""

from __future__ import annotations

from django import template

from accounts.models import User
from patients.models import Patient

register = template.Library()


@register.filter
def answered_for_by(patient: Patient, user: User) -> bool:
    return patient.is_answered_for_by(user)
