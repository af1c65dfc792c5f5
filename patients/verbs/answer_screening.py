"""The screening that an answer to an urgent stop writes: whether the patient may train."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from curriculum import screening as content
from patients.models import Contact, Patient, ScreeningAnswer, ScreeningOutcome, Stop, StopAnswer
from patients.models.stops import PAUSING
from patients.rules.refusals import Refused
from patients.standing.red_flags import told_flags
from patients.verbs.screening import OUTCOMES, Examined, SentOn, screen


class Beside(NamedTuple):
    """What an answer says besides, for the screening: who examined the patient, if anybody, and how
    who is sent on travels, if it is known."""

    found: Examined | None
    travels: str


def outcome_of(stop: Stop, said: StopAnswer) -> str:
    """Nobody who was sent on, or only written to, is cleared."""
    return ScreeningOutcome.NOT_CLEARED if stop.is_urgent and said.contact in PAUSING else ""


def examination(said: StopAnswer, patient: Patient, elsewhere: Examined | None) -> Examined | None:
    """Who examined the patient: whoever sees them here; else whom the answer names, if anybody.

    ``elsewhere``: somebody's examination of which the clinic was told
    """
    if said.contact == Contact.SEEN:
        on = patient.clinic.day_of(said.contact_at or timezone.now())
        return Examined(on, said.by.name, said.finding)
    if elsewhere is None or said.contact != Contact.SPOKEN or not elsewhere.by.strip():
        return None
    return Examined(elsewhere.on, elsewhere.by, said.finding)


def check_outcome(said: StopAnswer, answered: Sequence[Stop], found: Examined | None) -> None:
    """Nobody is cleared who was not examined since it was told.

    Raises ``Refused``: outcome_missing, bad_choice, not_cleared_pauses, examined_missing,
    examined_too_early, examined_in_future.
    """
    worst = answered[0]
    if worst.is_urgent and not said.outcome:
        raise Refused("outcome_missing", patient=worst.patient.short_name)
    if said.outcome and said.outcome not in OUTCOMES:
        raise Refused("bad_choice")
    if said.outcome == ScreeningOutcome.NOT_CLEARED and said.action != "pause":
        raise Refused("not_cleared_pauses")
    if said.outcome and said.outcome != ScreeningOutcome.NOT_CLEARED:
        _check_examination(worst.patient, answered, found)


def _check_examination(patient: Patient, answered: Sequence[Stop], found: Examined | None) -> None:
    if found is None:
        raise Refused("examined_missing", patient=patient.short_name)
    if found.on > patient.clinic.today():
        raise Refused("examined_in_future")
    told_on = min(stop.told_on for stop in answered)
    if found.on < told_on:
        raise Refused("examined_too_early", day=told_on)


def write_screening(
    said: StopAnswer, patient: Patient, answered: Sequence[Stop], beside: Beside
) -> None:
    """Write the row of an answer that has an outcome; precautions are copied.

    Cleared says that every red flag was asked again and answered no. With limits, what was told is
    there and was examined. While something else that is urgent waits, nobody is cleared.

    ``said``: as it is saved, to the first of ``answered``
    """
    if not said.outcome:
        return
    told = told_flags(answered)
    others = Stop.objects.unanswered().urgent().filter(patient=patient)
    waits = others.exclude(pk__in=[stop.pk for stop in answered]).exists()
    outcome = ScreeningOutcome.NOT_CLEARED if waits else ScreeningOutcome(said.outcome)
    answers = dict.fromkeys(told, ScreeningAnswer.YES.value)
    if outcome == ScreeningOutcome.CLEARED:
        answers = {}
    if outcome != ScreeningOutcome.NOT_CLEARED:
        answers = dict.fromkeys(content.red_flags(), ScreeningAnswer.NO.value) | answers
    screen(
        patient=patient,
        by=said.by,
        items=answers,
        outcome=outcome,
        words=said.finding,
        look_again_on=said.look_again_on,
        examined=beside.found,
        sent=_sent_on(said, beside.travels),
        answer=said,
    )


def _sent_on(said: StopAnswer, travels: str) -> SentOn | None:
    if said.contact != Contact.SENT_ON or not travels:
        return None
    return SentOn(travels, said.contact_at)
