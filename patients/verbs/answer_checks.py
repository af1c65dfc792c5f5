"""The checks of an answer to a stop. They read only.

They refuse: bad_choice, stop_answered, answer_taken_back, contact_missing, finding_missing,
spoken_without_words, answer_without_words, outcome_missing, not_cleared_pauses, sent_on,
examined_missing, examined_too_early, examined_in_future, letter_too_early, contact_too_early,
day_in_future.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from patients.models import Answer, Contact, Screening, Stop, StopAnswer
from patients.models.stops import PAUSING
from patients.rules.refusals import Refused
from patients.standing.tries import may_write_a_letter
from patients.verbs.answer_screening import check_outcome, examination
from patients.verbs.screening import Examined

BY_A_CLINICIAN = {Answer.CARRY_ON, Answer.LOWER, Answer.PAUSE, Answer.WITHDRAW}
#: What makes an answer the same answer when it arrives again.
SAID = ("by_id", "action", "word", "contact", "finding", "outcome", "look_again_on")


def given_before(
    stop: Stop,
    said: StopAnswer,
    elsewhere: Examined | None = None,
    travels: str = "",
) -> StopAnswer | None:
    """The same answer, if it was given before and stands. ``elsewhere``: as of ``check``;
    ``travels``: as of the verb.

    Raises ``Refused``: stop_answered, answer_taken_back.
    """
    given = StopAnswer.objects.filter(stop=stop).select_related("by").first()
    if given is not None and hasattr(given, "reopened_by"):
        raise Refused("answer_taken_back")
    if given is None or (
        _says_the_same(given, said)
        and _names_examiner(given, said, elsewhere)
        and _says_how(given, travels)
    ):
        return given
    at = given.at.astimezone(stop.patient.clinic.zone)
    raise Refused("stop_answered", name=given.by.short_name, at=at)


def _says_the_same(given: StopAnswer, said: StopAnswer) -> bool:
    return all(getattr(given, name) == getattr(said, name) for name in SAID)


def _names_examiner(given: StopAnswer, said: StopAnswer, elsewhere: Examined | None) -> bool:
    """Whether the screening of an answer names whom the same answer names now."""
    row = Screening.objects.filter(answer=given).first()
    if row is None or said.contact != Contact.SPOKEN:
        return True
    found = examination(said, row.patient, elsewhere)
    named = (found.by.strip(), found.on) if found is not None else ("", None)
    return named == (row.examined_by, row.examined_on)


def _says_how(given: StopAnswer, travels: str) -> bool:
    """Whether the screening of an answer says how the patient travels as the same answer says."""
    row = Screening.objects.filter(answer=given).first()
    return row is None or given.contact != Contact.SENT_ON or travels.strip() == row.travels


def check(
    said: StopAnswer, answered: Sequence[Stop], elsewhere: Examined | None
) -> Examined | None:
    """``answered``: the stop, and those that get the same answer because they are no worse.

    ``elsewhere``: somebody's examination of which the clinic was told. Returns who examined the
    patient, if anybody.
    """
    worst = answered[0]
    found = examination(said, worst.patient, elsewhere)
    if said.action not in BY_A_CLINICIAN or said.contact not in {"", *Contact.values}:
        raise Refused("bad_choice")
    _check_what_is_needed(said, worst)
    if any(stop.asks_words for stop in answered) and not (said.word or said.finding):
        raise Refused("answer_without_words", patient=worst.patient.short_name)
    if said.action != Answer.PAUSE:
        _check_who_trains_on(said, worst)
    if said.contact == Contact.LETTER:
        _check_letter(said, worst)
    _check_moment(said, answered)
    check_outcome(said, answered, found)
    return found


def _check_what_is_needed(said: StopAnswer, worst: Stop) -> None:
    if worst.asks_contact and not said.contact:
        raise Refused("contact_missing", patient=worst.patient.short_name)
    if worst.needs_contact and not said.finding:
        raise Refused("finding_missing")


def _check_who_trains_on(said: StopAnswer, worst: Stop) -> None:
    """Who trains on was seen, or spoken to and reads why."""
    if said.contact in PAUSING:
        raise Refused("sent_on")
    if worst.needs_contact and said.contact == Contact.SPOKEN and not said.word:
        raise Refused("spoken_without_words", patient=worst.patient.short_name)


def _check_letter(said: StopAnswer, worst: Stop) -> None:
    if not said.finding:
        raise Refused("finding_missing")
    if not may_write_a_letter(worst.patient):
        raise Refused("letter_too_early", patient=worst.patient.short_name)


def _check_moment(said: StopAnswer, answered: Sequence[Stop]) -> None:
    now = timezone.now()
    if not said.contact:
        said.contact_at = None
    elif said.contact_at is None:
        said.contact_at = now
    elif said.contact_at > now:
        raise Refused("day_in_future")
    else:
        told_at = min(_told_at(stop) for stop in answered)
        if said.contact_at < told_at:
            zone = answered[0].patient.clinic.zone
            raise Refused("contact_too_early", at=told_at.astimezone(zone))


def _told_at(stop: Stop) -> datetime:
    """The minute in which it was told; of a day from paper, its beginning."""
    if stop.practice is not None and stop.practice.paper:
        return datetime.combine(stop.told_on, time.min, stop.patient.clinic.zone)
    return stop.at.replace(second=0, microsecond=0)
