"""The verb of letters about a patient: keep one as it was written."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from patients.models import Letter, Patient
from patients.rules import guards
from patients.rules.refusals import Refused

#: Letters of each typed part.
ADDRESSEE = 300
WHY = 1000
WORDS = 4000
#: What makes a letter the same letter when its form arrives again.
SAID = ("by_id", "addressee", "why", "words", "takes_back_id")


@transaction.atomic
def write(
    *,
    patient: Patient,
    by: User,
    addressee: str,
    text: str,
    why: str = "",
    words: str = "",
    takes_back: Letter | None = None,
    client_id: str = "",
) -> Letter:
    """Keep a letter as it is printed or sent. The same form keeps one letter.

    ``text``: the whole letter, as ``papers.letter`` makes it
    ``takes_back``: the letter in whose place it stands; both stay in the record

    Raises ``Refused``: not_yours, addressee_missing, nothing_written, too_long, letter_put_right.
    """
    patient = guards.lock_patient(patient)
    guards.own_clinician(by, patient.clinic_id)
    letter = Letter(patient=patient, by=by, takes_back=takes_back)
    letter.addressee = guards.words(addressee, ADDRESSEE)
    letter.why = guards.words(why, WHY)
    letter.words = guards.words(words, WORDS)
    letter.text = text.replace("\x00", "").strip()
    if not letter.addressee:
        raise Refused("addressee_missing")
    if not letter.text:
        raise Refused("nothing_written")
    return _keep(letter, guards.form_number(client_id))


def _keep(letter: Letter, number: str) -> Letter:
    before = Letter.objects.filter(patient=letter.patient, client_id=number).first()
    if number and before is not None:
        if _is_the_same(before, letter):
            return before
        # Other words in a form that was sent before, as after "Back", are another letter.
        number = ""
    if letter.takes_back is not None:
        later = Letter.objects.filter(takes_back=letter.takes_back).select_related("by").first()
        if later is not None and _is_the_same(later, letter):
            return later
        if later is not None:
            raise Refused("letter_put_right", name=later.by.short_name)
    letter.client_id = number
    letter.save(force_insert=True)
    return letter


def _is_the_same(one: Letter, other: Letter) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAID)
