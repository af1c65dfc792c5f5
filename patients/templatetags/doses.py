"""The filter that puts the parts of a dose into words for the patient's pages."""

from __future__ import annotations

from django import template

from patients.wording.dosage import parts_of

register = template.Library()
register.filter("parts", parts_of)
