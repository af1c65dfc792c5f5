"""Doses in words, for every page, note and handout."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.models import EXTERNAL_LOADS
from patients.models import Prescription


class DoseParts(NamedTuple):
    """A dose as a patient's page shows it, each part by itself. ``amount``, ``band``: in words"""

    amount: str
    load: Decimal | None
    band: str
    seconds: int | None
    pause: int | None
    max_depth: str


def parts_of(dose: Prescription) -> DoseParts:
    return DoseParts(
        sets_in_words(dose),
        dose.load,
        band_in_words(dose),
        dose.seconds,
        dose.pause,
        dose.max_depth,
    )


def dosage_in_words(dose: Prescription) -> str:
    """'3 × 8 to 12 a side, 3 seconds down, 12 kg, to mid-thigh, rest 90 seconds'."""
    return ", ".join(filter(None, [dose_amount(dose), dose.max_depth, rest_in_words(dose)]))


def whole_dose(dose: Prescription) -> str:
    """The same and what a colleague asks for: '..., 3 in reserve, 20 kg at most'."""
    parts = [dosage_in_words(dose)]
    if dose.reserve is not None:
        parts.append(_("{reserve} in reserve").format(reserve=dose.reserve))
    if dose.max_kg is not None:
        parts.append(_("{kg} kg at most").format(kg=plain_kilograms(dose.max_kg)))
    return ", ".join(parts)


def dose_amount(dose: Prescription) -> str:
    """The dose without depth and rest: '3 × 8 a side, 3 seconds down, 12 kg'."""
    amount = _("{sets} × {reps} a side") if dose.per_side else _("{sets} × {reps}")
    parts = [amount.format(sets=dose.sets, reps=reps_in_words(dose))]
    if dose.seconds:
        parts.append(_("{seconds} seconds down").format(seconds=dose.seconds))
    if dose.pause:
        parts.append(_("{seconds} seconds held at the bottom").format(seconds=dose.pause))
    if dose.load is not None:
        parts.append(_("{load} kg").format(load=kilograms(dose)))
    if dose.band is not None:
        parts.append(band_in_words(dose))
    return ", ".join(parts)


def sets_in_words(dose: Prescription) -> str:
    """'2 sets of 10', '3 sets of 8 to 12 a side': the amount as a patient reads it.

    A multiplication sign would read the other way round from right to left.
    """
    if dose.per_side:
        words = ngettext("{sets} set of {reps} a side", "{sets} sets of {reps} a side", dose.sets)
    else:
        words = ngettext("{sets} set of {reps}", "{sets} sets of {reps}", dose.sets)
    return words.format(sets=dose.sets, reps=reps_in_words(dose))


def reps_in_words(dose: Prescription) -> str:
    """'8', or the range '8 to 12'."""
    if dose.reps_to is None or dose.reps_to == dose.reps:
        return str(dose.reps)
    return _("{low} to {high}").format(low=dose.reps, high=dose.reps_to)


def band_in_words(dose: Prescription) -> str:
    """'Blue band, mark 2'; empty without a band."""
    if dose.band is None:
        return ""
    if dose.mark is None:
        return dose.band.name
    return _("{band}, mark {mark}").format(band=dose.band.name, mark=dose.mark)


def rest_in_words(dose: Prescription) -> str:
    """'Rest 90 seconds' in a sentence; empty where none is said."""
    return _("rest {seconds} seconds").format(seconds=dose.rest) if dose.rest else ""


def load_lines(dose: Prescription, load: str) -> list[str]:
    """What the patient reads below a dose with a load, a sentence each.

    ``load``: what the drill is done with
    """
    lines = []
    if dose.rest:
        lines.append(_("Rest {seconds} seconds between sets.").format(seconds=dose.rest))
    if dose.reserve is not None:
        lines.append(_reserve(dose.reserve))
    if load in EXTERNAL_LOADS:
        lines.append(_("Breathe in on the way down, out as you stand up."))
    return lines


def _reserve(reserve: int) -> str:
    if reserve == 0:
        return _("End a set when you could not do another one well.")
    return _("End a set when you could still do {reserve} more well.").format(reserve=reserve)


def kilograms(dose: Prescription) -> str:
    """The load without zeros at its end: '12' or '12.5'; empty without a load."""
    return plain_kilograms(dose.load) if dose.load is not None else ""


def plain_kilograms(kg: Decimal) -> str:
    """'12' or '12.5'."""
    return f"{kg.normalize():f}"
