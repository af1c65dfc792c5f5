"""What is asked again before a dose with load is written: see ``verbs.prescribing``.

A first weight is the clinician's own. What is heavier, longer or further than the last dose is held
against what went fine lately.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from curriculum.cautions import read_cautions
from patients.models import BandCode, Prescription, ProposalKind
from patients.rules.periods import CAREFUL_RESERVE, GUARD_DAYS, MOST_REPS, STEP_KG, STEP_SHARE
from patients.standing.cautions import Held, line_keys
from patients.standing.load.parts import NOTHING, Aim, Played, Unit
from patients.standing.load.read import LoadOfLevel
from patients.wording.dosage import band_in_words

#: With these lines of the cautions every increase is asked while fewer than four are in reserve.
ASKED_LINES = frozenset({"b2", "h1", "pf1", "o4", "f1", "c1"})
FRAGILE = "spine_fracture"
#: These go back to a weight from before, so the weight itself asks nothing.
_FREE = (ProposalKind.RETURN, ProposalKind.RESTART)


def needs_a_cap(dose: Prescription, held: Sequence[Held]) -> bool:
    """Whether the dose has to say how many kilograms are prescribed at most. ``held``: what is true
    of the patient."""
    if dose.load is None or dose.max_kg is not None:
        return False
    return any(one.key == FRAGILE for one in held)


def total(dose: Prescription) -> int:
    """Repetitions in all, a side where it is one-sided, at the top of the range."""
    return dose.sets * (dose.reps_to or dose.reps)


def is_more(dose: Prescription, before: Prescription) -> bool:
    """Whether a dose is more than the level's last one: more kilograms, a higher band or mark, or
    more repetitions in all at the same weight."""
    now = _step(dose)
    then = _step(before)
    if now != then and dose.band_id is not None and before.band_id is None:
        # Nobody said which band it was.
        return False
    return now > then if now != then else total(dose) > total(before)


def _step(dose: Prescription) -> tuple[float, ...]:
    if dose.band is not None:
        return (dose.band.position, dose.mark or 0)
    return (float(dose.load or 0),)


def questions(dose: Prescription, load: LoadOfLevel | None, held: Sequence[Held]) -> list[str]:
    """Why the dose is asked again, in words; none = it is not.

    ``dose``: not saved yet; ``load``: how the load of its level stands; None = it has none, or
    nobody prescribed it
    ``held``: what is true of the patient
    """
    return [*_too_many(dose), *(_about_more(dose, load, held) if load is not None else ())]


def _too_many(dose: Prescription) -> Iterator[str]:
    if dose.level.drill.loaded and total(dose) > MOST_REPS:
        words = _("{total} repetitions in all a side") if dose.per_side else _("{total} in all")
        words = _("{amount}: more than {most} is a lot.").format(amount=words, most=MOST_REPS)
        yield words.format(total=total(dose))


def _about_more(dose: Prescription, load: LoadOfLevel, held: Sequence[Held]) -> Iterator[str]:
    if not is_more(dose, load.dose):
        return
    yield from _far_above(dose, load)
    yield from _bands_ahead(dose, load)
    counted = load.case.counted
    last = counted[-1].session if counted else None
    if last is not None and last.uneasy:
        yield _("The last session eased off, or the morning after was worse.")
    level = dose.level
    asked = line_keys(held, read_cautions(level.drill.cautions, level.cautions)) & ASKED_LINES
    told = last.reserve if last is not None else None
    if asked and (told is None or told < CAREFUL_RESERVE):
        words = _("Fewer than {least} were left in reserve, and a precaution asks for that many.")
        yield words.format(least=CAREFUL_RESERVE)


def _far_above(dose: Prescription, load: LoadOfLevel) -> Iterator[str]:
    """A weight far above the heaviest that went fine lately."""
    if load.steps.scale.unit is not Unit.KILOGRAMS or dose.load is None:
        return
    if dose.signed_for in _FREE or dose.load <= (load.dose.load or 0) or not load.case.played:
        return
    heaviest = _went_fine(load)
    if heaviest is None:
        yield _("No weight went fine here in the last {days} days.").format(days=GUARD_DAYS)
    elif float(dose.load) > heaviest + max(STEP_KG, STEP_SHARE * heaviest) + NOTHING:
        words = _("{kg} kg is far above {fine} kg, the heaviest that went fine in {days} days.")
        kg = f"{float(dose.load):g}"
        yield words.format(kg=kg, fine=f"{heaviest:g}", days=GUARD_DAYS)


def _bands_ahead(dose: Prescription, load: LoadOfLevel) -> Iterator[str]:
    """More than one band or mark above the heaviest that went fine lately."""
    scale = load.steps.scale
    if scale.unit is not Unit.BANDS or dose.band is None or not load.case.played:
        return
    now = load.steps.of(dose)
    if dose.signed_for in _FREE or now <= load.steps.of(load.dose):
        return
    heaviest = _went_fine(load)
    if heaviest is None:
        yield _("No band went fine here in the last {days} days.").format(days=GUARD_DAYS)
    elif now > min(scale.above(heaviest), default=heaviest) + NOTHING:
        words = _("{band} is more than one step above {fine}, the heaviest fine in {days} days.")
        fine = load.dose_of(Aim(heaviest, dose.sets, dose.reps))
        names = {"band": band_in_words(dose), "fine": band_in_words(fine)}
        yield words.format(**names, days=GUARD_DAYS)


def _went_fine(load: LoadOfLevel) -> float | None:
    since = load.case.today - timedelta(days=GUARD_DAYS)
    fine = [one for one in load.case.played if one.session.day >= since and _is_fine(one)]
    return max((_weight(one) for one in fine), default=None)


def _is_fine(one: Played) -> bool:
    session = one.session
    return session.band == BandCode.FINE and not session.worse


def _weight(one: Played) -> float:
    heaviest = one.session.heaviest
    return one.aim.weight if heaviest is None else heaviest
