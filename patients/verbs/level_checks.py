"""Whether a level suits the patient: what their precautions say to avoid, and what is for the
clinic alone. These read only."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from curriculum.models import Level
from curriculum.variants import Variant, read_variants
from patients.models import Plan, Prescription
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.cautions import Caution, held_by, of_level
from patients.standing.ways import way_of


def _avoided(plan: Plan, level: Level, way: Variant | None) -> list[Caution]:
    found = of_level(held_by(plan.patient), level, way)
    return [caution for caution in found if caution.avoid]


def _not_covered(avoided: list[Caution], dose: Prescription | None) -> list[Caution]:
    """Without the precautions in spite of which the dose was prescribed."""
    covered = dose.reason_for if dose is not None else ""
    return [caution for caution in avoided if not caution.is_covered(covered)]


def _in_words(cautions: Iterable[Caution]) -> str:
    return " ".join(f"{caution.label}. {caution.clinician}" for caution in cautions)


def suit(prescription: Prescription, reason: str, *, at_home: bool) -> None:
    """Refuse a level that does not suit the patient, and keep why it is prescribed all the same.

    A variant for a precaution takes the place of a reason. ``reason``: none is kept where nothing
    says to avoid the level; ``at_home``: the second yes to a level for the clinic alone

    Raises ``Refused``: unknown_variant, avoid_without_reason, clinic_alone, too_long.
    """
    level = prescription.level
    name = prescription.plan.patient.short_name
    way = _known(level, prescription.variant)
    avoided = _avoided(prescription.plan, level, way)
    left = [caution for caution in avoided if not _answers(way, caution)]
    prescription.reason = guards.words(reason, 500) if left else ""
    if left and not prescription.reason:
        raise Refused("avoid_without_reason", patient=name, why=_in_words(left))
    if not level.home and not at_home:
        raise Refused("clinic_alone", level=str(level), patient=name)
    prescription.reason_for = " ".join(caution.as_covered for caution in avoided)
    prescription.at_home = not level.home


def _answers(way: Variant | None, caution: Caution) -> bool:
    """Whether a way is the answer to a caution. One with a picture of its own is held against a
    limit of hip or knee like any other, and answers it only by bending less."""
    if way is None or caution.precaution not in way.helps:
        return False
    return way.posture is None or not caution.beyond


def _known(level: Level, key: str) -> Variant | None:
    """A variant of the level's drill. "" = as the drill is drawn."""
    if not key:
        return None
    variant = read_variants(level.drill.variants).get(key)
    if variant is None:
        raise Refused("unknown_variant")
    return variant


def _found_against(plan: Plan, level: Level) -> tuple[list[Caution], bool]:
    """The cautions that say to avoid a level, and whether it is for the clinic alone, as far as
    nobody prescribed it all the same."""
    dose = Prescription.objects.filter(plan=plan, level=level).order_by("-pk").first()
    away = not level.home and not (dose is not None and dose.at_home)
    way = way_of(level.drill, dose)
    return _not_covered(_avoided(plan, level, way), dose), away


def suits(plan: Plan, level: Level) -> bool:
    """Whether the patient may practise a level at home: nothing says otherwise, or a clinician
    prescribed it all the same."""
    why, away = _found_against(plan, level)
    return not why and not away


def check_choice(plan: Plan, level: Level, by: User) -> None:
    """Refuse to practise a level that does not suit the patient, before it is prescribed all the
    same.

    Raises ``Refused``: of a patient not_for_you; of a clinician avoid_prescribe_first,
    clinic_prescribe_first.
    """
    why, away = _found_against(plan, level)
    if not why and not away:
        return
    if by.is_patient:
        raise Refused("not_for_you")
    if why:
        name = plan.patient.short_name
        raise Refused("avoid_prescribe_first", patient=name, why=_in_words(why))
    raise Refused("clinic_prescribe_first", level=str(level))
