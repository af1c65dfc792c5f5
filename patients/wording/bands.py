"""What an owner reads about one of the clinic's elastic bands."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patients.models import Band
from patients.wording.dosage import plain_kilograms


def band_about(band: Band, people: int) -> str:
    """'4 to 7 kg, marks 0 to 2, 1 patient practises with it'.

    ``people``: how many patients have it in a dose that stands
    """
    marks = _("marks 0 to {last}").format(last=band.marks) if band.marks else _("mark 0 alone")
    words = ngettext("{n} patient practises with it", "{n} patients practise with it", people)
    parts = (_pull(band), marks, words.format(n=people) if people else "")
    return ", ".join(part for part in parts if part)


def _pull(band: Band) -> str:
    if band.kg_from is None or band.kg_to is None:
        return ""
    return _("{low} to {high} kg").format(
        low=plain_kilograms(band.kg_from), high=plain_kilograms(band.kg_to)
    )


def still_in_a_dose(people: int) -> str:
    """Of a retired band; empty where nobody has it."""
    if not people:
        return ""
    words = ngettext(
        "Still in the dose of {n} patient", "Still in the dose of {n} patients", people
    )
    return words.format(n=people)
