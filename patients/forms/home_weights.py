"""The form for the weights at a patient's home: one line for each kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from patients.models import WeightKind
from patients.models.load import LEAST_KG, MOST_KG
from patients.standing.load.at_home import steps_up_to
from patients.verbs.home_weights import MOST_WEIGHTS

#: What is filled by the kilogram: the line says how much it holds.
FILLED = (WeightKind.BAG, WeightKind.BACKPACK, WeightKind.BOTTLE)
_NUMBER = r"\d{1,3}(?:[.,]\d)?"
_SPAN = re.compile(rf"({_NUMBER})\s*[-–]\s*({_NUMBER})(?:\s*/\s*({_NUMBER}))?")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _span(first: Decimal, last: Decimal, step: Decimal) -> list[Decimal]:
    if not first <= last or step < LEAST_KG or (last - first) / step > MOST_WEIGHTS:
        raise ValueError
    return [first + step * nth for nth in range(int((last - first) / step) + 1)]


def read_kilograms(text: str) -> list[Decimal]:
    """The weights of a line such as "8, 12, 16" or "2-10/2", which is from 2 to 10 by 2.

    Raises ``ValueError`` for anything else.
    """
    found: list[Decimal] = []
    # A comma stands between two weights or, with one digit behind it, inside of one.
    tight = re.sub(r"\s*([-–/])\s*", r"\1", text.strip())
    for part in re.split(r"\s*;\s*|,?\s+|,(?=\d\d|\d,)", tight):
        span = _SPAN.fullmatch(part)
        if span is not None:
            first, last, step = span.groups(default="1")
            found += _span(_decimal(first), _decimal(last), _decimal(step))
        elif re.fullmatch(_NUMBER, part):
            found.append(_decimal(part))
        else:
            raise ValueError(part)
    if not all(LEAST_KG <= kg <= MOST_KG for kg in found) or len(set(found)) > MOST_WEIGHTS:
        raise ValueError(text)
    return sorted(set(found))


class KilogramsField(OneLine):
    """A line with weights in kg; empty = none. ``filled``: the line says the most that it holds."""

    def __init__(self, *, filled: bool, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)
        self.filled = filled

    def clean(self, value: Any) -> list[Decimal]:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return []
        try:
            return self._read(text)
        except ValueError as error:
            raise forms.ValidationError(self._help()) from error

    def _read(self, text: str) -> list[Decimal]:
        if not self.filled:
            return read_kilograms(text)
        most = int(text)
        if not 1 <= most <= MOST_WEIGHTS:
            raise ValueError(text)
        return [Decimal(kg) for kg in steps_up_to(most)]

    def _help(self) -> Any:
        if self.filled:
            return _("Write the most that it holds, in whole kilograms: 1 to 60.")
        return _("Write the kilograms, such as 8, 12, 16 or 2-10/2, each between 0.5 and 300.")


def _name(kind: str) -> str:
    return f"kg_{kind}"


class HomeWeightsForm(Form):
    """The weights that a patient owns, of each kind. A bag is filled a kilogram at a time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            _name(kind): KilogramsField(filled=kind in FILLED, label=self._label(kind))
            for kind in WeightKind
        }

    @staticmethod
    def _label(kind: WeightKind) -> Any:
        if kind in FILLED:
            return _("%(kind)s, up to how many kg") % {"kind": kind.label}
        return _("%(kind)s, kg") % {"kind": kind.label}

    def weights(self) -> dict[str, list[Decimal]]:
        """The kilograms by kind, as ``people.take_intake`` takes them."""
        return {kind.value: self.cleaned_data[_name(kind)] for kind in WeightKind}

    @staticmethod
    def of(weights: Mapping[str, Sequence[Decimal]]) -> dict[str, str]:
        """The initial values. ``weights``: kilograms by kind, as ``weights_at_home`` reads them."""
        return {_name(kind): _line(kind, kilograms) for kind, kilograms in weights.items()}


def _line(kind: str, kilograms: Sequence[Decimal]) -> str:
    """What stands in the line of a kind."""
    numbers = [f"{float(kg):g}" for kg in kilograms]
    return numbers[-1] if kind in FILLED else "; ".join(numbers)
