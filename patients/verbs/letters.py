"""The verb of letters about a patient: keep one as it was written."""

from __future__ import annotations

from django.db import transaction

from accounts import typed
from accounts.models import User
from patients.models import Letter, Patient
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.verbs.record_rows import keep_once

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
    letter.text = typed.text(text)
    if not letter.addressee:
        raise Refused("addressee_missing")
    if not letter.text:
        raise Refused("nothing_written")
    return keep_once(letter, client_id, SAID, "letter_put_right")
