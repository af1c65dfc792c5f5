"""The screening that an answer to an urgent stop writes: whether the patient may train."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum import screening as content
from patients.models import Contact, Patient, ScreeningAnswer, ScreeningOutcome, Stop, StopAnswer
from patients.models.stops import PAUSING
from patients.rules.refusals import Refused
from patients.standing.red_flags import told_flags
from patients.verbs.screening import OUTCOMES, Examined, screen


def outcome_of(stop: Stop, said: StopAnswer) -> str:
    """Nobody who was sent on, or only written to, is cleared."""
    return ScreeningOutcome.NOT_CLEARED if stop.is_urgent and said.contact in PAUSING else ""


def check_outcome(said: StopAnswer, worst: Stop) -> None:
    """Raises ``Refused``: outcome_missing, bad_choice, not_cleared_pauses."""
    if worst.is_urgent and not said.outcome:
        raise Refused("outcome_missing", patient=worst.patient.short_name)
    if said.outcome and said.outcome not in OUTCOMES:
        raise Refused("bad_choice")
    if said.outcome == ScreeningOutcome.NOT_CLEARED and said.action != "pause":
        raise Refused("not_cleared_pauses")


def write_screening(said: StopAnswer, patient: Patient, answered: Sequence[Stop]) -> None:
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
        examined=_examined(said, patient),
        answer=said,
    )


def _examined(said: StopAnswer, patient: Patient) -> Examined | None:
    if said.contact not in {Contact.SEEN, Contact.SPOKEN} or said.contact_at is None:
        return None
    return Examined(patient.clinic.day_of(said.contact_at), said.by.name, said.finding)
