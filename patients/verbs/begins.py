"""What holds when a patient begins a ladder, by an assignment or on another edition."""

from __future__ import annotations

from accounts.models import User
from curriculum.models import Ladder
from patients.models import Patient, Plan, UsualPain
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing import pain_limits
from patients.standing.asked_besides import left_to_ask
from patients.standing.ladders_offered import why_not
from patients.verbs import pain_limits as limit_verbs
from patients.verbs import usual_pain as usual_pain_verbs


def check_offered(patient: Patient, ladder: Ladder) -> None:
    """Raises ``Refused``: not_offered, where the clinic gives the ladder to nobody new."""
    why = why_not(patient.clinic, ladder)
    if why is not None:
        raise why


def check_asked(patient: Patient, ladder: Ladder) -> None:
    """Raises ``Refused``: ladder_asks, while a red flag of the ladder was not asked."""
    left = left_to_ask(patient, ladder)
    if left:
        raise Refused("ladder_asks", ladder=ladder.name, left=left)


def check(patient: Patient, ladder: Ladder, by: User) -> None:
    """What holds on the way to another edition, of somebody who may train.

    Raises ``Refused``: not_screened, not_cleared, ladder_asks.
    """
    guards.screened(patient)
    check_asked(patient, ladder)
    ask_usual_anew(patient, ladder, by)


def ask_usual_anew(patient: Patient, ladder: Ladder, by: User) -> None:
    """Forget the usual pain where the ladder before asked for another pain than this one, and end
    limits of the patient's own, which were set for that pain.

    Numbers of two pains are not compared: until the usual one is told again it is unknown. What a
    clinician wrote down today was told with this ladder in mind, if the one before had ended on an
    earlier day: of the same day nobody knows which came first.
    """
    before = Plan.objects.filter(patient=patient).select_related("ladder").first()
    if before is None or before.ladder.said.pain == ladder.said.pain:
        return
    if pain_limits.in_force(patient, patient.clinic.today()) is not None:
        limit_verbs.end_own(patient=patient, by=by)
    last = UsualPain.objects.filter(patient=patient).select_related("by").order_by("-pk").first()
    if last is None or last.anew:
        return
    usual_pain_verbs.forget(patient, by)
    if _is_of_this_ladder(last, before):
        usual_pain_verbs.keep(patient, by, last.pain)


def _is_of_this_ladder(told: UsualPain, before: Plan) -> bool:
    """Whether a clinician wrote the number down today, after the ladder before. One that was only
    seen was told by the patient, of the pain of that ladder."""
    today = before.clinic.today()
    ended = before.ended_on is not None and before.ended_on < today
    if told.pain is None or not ended:
        return False
    return told.day == today and told.by.is_clinician and told.accepts_id is None
