"""What may be said of a criterion: the figure that was seen, and why it does not apply.

The database holds the same ranges: see ``triggers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from curriculum.measures import FIGURES
from patients.rules.refusals import Refused

#: How long a reason in words may be.
WHY_LIMIT = 200

#: A figure as the tables store it.
Figure = dict[str, float | int | str]


class FigureRange(NamedTuple):
    """The range of one number of a figure. ``whole``: without decimals, or else with one."""

    low: float
    high: float
    whole: bool
    label: Any


FIGURE: dict[str, FigureRange] = {
    "reps": FigureRange(1, 200, True, _("Repetitions")),
    "kg": FigureRange(0.5, 300, False, _("Weight, kg")),
    "seconds": FigureRange(1, 600, True, _("Seconds")),
    "degrees": FigureRange(-90, 180, True, _("Degrees")),
    "cm": FigureRange(-100, 300, False, _("Centimetres")),
}
SIDES = ("left", "right", "both")


def clean_figure(figure: Mapping[str, Any] | None) -> Figure | None:
    """The figure in its stored shape; None when it says nothing.

    Raises ``Refused``: bad_figure, out_of_range.
    """
    given = {name: value for name, value in (figure or {}).items() if value not in (None, "")}
    if not given.keys() <= set(FIGURES) or given.get("side", SIDES[0]) not in SIDES:
        raise Refused("bad_figure")
    cleaned: Figure = {
        name: _number(given[name], bounds) for name, bounds in FIGURE.items() if name in given
    }
    if "side" in given:
        cleaned["side"] = given["side"]
    return cleaned or None


def _number(value: Any, bounds: FigureRange) -> float | int:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise Refused("bad_figure") from error
    if not number.is_finite() or isinstance(value, bool):
        raise Refused("bad_figure")
    if not Decimal(str(bounds.low)) <= number <= Decimal(str(bounds.high)):
        raise Refused("out_of_range", field=bounds.label, low=bounds.low, high=bounds.high)
    if bounds.whole and number != int(number):
        raise Refused("bad_figure")
    return int(number) if number == int(number) else float(round(number, 1))


def is_lift(figure: Mapping[str, Any] | None) -> bool:
    """Whether a figure tells of a lift that was seen: kilograms and repetitions."""
    return figure is not None and "kg" in figure and "reps" in figure
