"""Who a patient is, in words: what stands with the name wherever somebody decides."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from patients.models import Patient
from patients.standing.age import age_of
from patients.wording.days import full_day

#: What the clinic is asked for when it takes a patient on, and how it is called.
ASKED = {
    "born_on": pgettext_lazy("missing", "birth date"),
    "phone": pgettext_lazy("missing", "phone"),
    "email": pgettext_lazy("missing", "e-mail"),
    "number": pgettext_lazy("missing", "number"),
    "sex": pgettext_lazy("missing", "sex"),
}


@dataclass(frozen=True)
class Details:
    """Who a patient is, beside the name. What is not known is empty."""

    formal_name: str = ""
    born_on: date | None = None
    sex: str = ""
    number: str = ""
    phone: str = ""
    other_phone: str = ""
    email: str = ""


def details_of(patient: Patient) -> Details:
    return Details(**{column.name: getattr(patient, column.name) for column in fields(Details)})


def in_words(patient: Patient, day: date) -> str:
    """ "born 2 May 1957 (69), woman · No. 20601". Empty while nothing of it is known."""
    parts = [part for part in (_born(patient, day), patient.get_sex_display().lower()) if part]
    number = _("No. %(number)s") % {"number": patient.number} if patient.number else ""
    return " · ".join(part for part in (", ".join(parts), number) if part)


def born_in_words(born_on: date) -> str:
    return _("born %(day)s") % {"day": full_day(born_on)}


def _born(patient: Patient, day: date) -> str:
    if patient.born_on is None:
        return ""
    return f"{born_in_words(patient.born_on)} ({age_of(patient, day)})"


def missing(patient: Patient) -> list[str]:
    """What the clinic has not told of the patient, each as a word."""
    return [str(word) for column, word in ASKED.items() if not getattr(patient, column)]
