"""Letters about a patient, as the record names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Clinic
from patients.models import Letter, Patient, Plan
from patients.record.decision import Decision
from patients.record.notes import while_newest
from patients.wording.days import short_day


def letters_of(patient: Patient) -> QuerySet[Letter]:
    """Every letter about a patient, newest first, each with the one that replaced it."""
    letters = Letter.objects.filter(patient=patient)
    return letters.select_related("by", "taken_back_by").order_by("-pk")


def letters_of_plan(plan: Plan) -> list[Letter]:
    """The letters written while a plan was the patient's newest, oldest first."""
    return list(while_newest(plan, letters_of(plan.patient)).order_by("pk"))


def letter_lines(clinic: Clinic, letters: Iterable[Letter]) -> Iterator[Decision]:
    for letter in letters:
        later: Letter | None = getattr(letter, "taken_back_by", None)
        day = short_day(clinic.day_of(later.at)) if later is not None else ""
        fate = _("Replaced by another letter {day}").format(day=day) if day else ""
        title = _("Letter to {addressee}").format(addressee=to_whom(letter))
        words = " ".join(letter.why.split())
        yield Decision(letter.at, clinic.day_of(letter.at), title, fate, words, letter.by.name)


def to_whom(letter: Letter) -> str:
    """The first line of the addressee."""
    return next(iter(letter.addressee.splitlines()), "")
