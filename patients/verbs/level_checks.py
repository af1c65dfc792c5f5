"""Whether a level suits the patient: what their precautions say to avoid, and what is for the
clinic alone. These read only."""

from __future__ import annotations

from accounts.models import User
from curriculum.models import Level
from patients.models import Plan, Prescription
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.cautions import held_by, of_level


def why_avoid(plan: Plan, level: Level) -> list[str]:
    """What the clinician reads of each precaution that says to avoid the level."""
    found = of_level(held_by(plan.patient), level)
    return [f"{caution.label}. {caution.clinician}" for caution in found if caution.avoid]


def reason_to_prescribe(plan: Plan, level: Level, reason: str) -> str:
    """The reason that is kept: none where nothing says to avoid the level.

    Raises ``Refused``: avoid_without_reason, too_long.
    """
    reason = guards.words(reason, 500)
    why = why_avoid(plan, level)
    if why and not reason:
        name = plan.patient.short_name
        raise Refused("avoid_without_reason", patient=name, why=" ".join(why))
    return reason if why else ""


def done_at_home(plan: Plan, level: Level, *, at_home: bool) -> bool:
    """Whether a level for the clinic alone is done at home: somebody said so a second time.

    Raises ``Refused``: clinic_alone.
    """
    if not level.home and not at_home:
        raise Refused("clinic_alone", level=str(level), patient=plan.patient.short_name)
    return not level.home


def check_choice(plan: Plan, level: Level, by: User) -> None:
    """Refuse to practise a level that does not suit the patient, before it is prescribed all the
    same.

    Raises ``Refused``: of a patient not_for_you; of a clinician avoid_prescribe_first,
    clinic_prescribe_first.
    """
    dose = Prescription.objects.filter(plan=plan, level=level).order_by("-pk").first()
    why = [] if dose is not None and dose.reason else why_avoid(plan, level)
    away = not level.home and (dose is None or not dose.at_home)
    if by.is_patient and (why or away):
        raise Refused("not_for_you")
    if why:
        name = plan.patient.short_name
        raise Refused("avoid_prescribe_first", patient=name, why=" ".join(why))
    if away:
        raise Refused("clinic_prescribe_first", level=str(level))
