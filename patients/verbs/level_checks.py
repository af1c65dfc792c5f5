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


def suit(prescription: Prescription, reason: str, *, at_home: bool) -> None:
    """Refuse a level that does not suit the patient, and keep why it is prescribed all the same.

    ``reason``: none is kept where nothing says to avoid the level; ``at_home``: the second yes to
    a level for the clinic alone

    Raises ``Refused``: avoid_without_reason, clinic_alone, too_long.
    """
    plan = prescription.plan
    level = prescription.level
    name = plan.patient.short_name
    reason = guards.words(reason, 500)
    why = why_avoid(plan, level)
    if why and not reason:
        raise Refused("avoid_without_reason", patient=name, why=" ".join(why))
    if not level.home and not at_home:
        raise Refused("clinic_alone", level=str(level), patient=name)
    prescription.reason = reason if why else ""
    prescription.at_home = not level.home


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
