"""Weights at home in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from patients.models import WeightKind


def weights_in_words(weights: Mapping[str, Sequence[Decimal]]) -> str:
    """'Kettlebells 8, 12, 16 kg; backpack up to 6 kg'; empty for none. ``weights``: by kind."""
    said: list[str] = []
    for kind, kilograms in weights.items():
        name = str(WeightKind(kind).label)
        said.append(f"{name if not said else name[:1].lower() + name[1:]} {_amount(kilograms)}")
    return "; ".join(said)


def _amount(kilograms: Sequence[Decimal]) -> str:
    if len(kilograms) > 1 and list(kilograms) == list(range(1, len(kilograms) + 1)):
        return _("up to {kg:g} kg").format(kg=float(kilograms[-1]))
    return _("{list} kg").format(list=", ".join(f"{kg:g}" for kg in map(float, kilograms)))
