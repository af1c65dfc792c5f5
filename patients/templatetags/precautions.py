"""The tag {% precautions %} says what is true of a patient, on pages on which somebody decides."""

from __future__ import annotations

from typing import Any

from django import template

from patients.models import Patient
from patients.standing.screening import precautions_of

register = template.Library()


@register.inclusion_tag("patients/people/_precautions.html")
def precautions(patient: Patient) -> dict[str, Any]:
    return {"precautions": precautions_of(patient), "patient": patient}
