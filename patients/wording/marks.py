"""Marks on criteria in words: what was seen, and why a criterion does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curriculum.models import Criterion
from patients.models import ReviewTick, Tick, WhyNot

SIDE_WORDS = {
    "left": gettext_lazy("left"),
    "right": gettext_lazy("right"),
    "both": gettext_lazy("both sides"),
}


def figure_in_words(figure: Mapping[str, Any] | None) -> str:
    """'8 × 12 kg, left'; empty without a figure."""
    return ", ".join(_parts(figure)) if figure else ""


def _parts(figure: Mapping[str, Any]) -> list[str]:
    reps = figure.get("reps")
    kilograms = figure.get("kg")
    parts = []
    if reps is not None and kilograms is not None:
        parts.append(_("{reps} × {kg} kg").format(reps=reps, kg=f"{kilograms:g}"))
    elif reps is not None:
        parts.append(ngettext("{reps} repetition", "{reps} repetitions", reps).format(reps=reps))
    elif kilograms is not None:
        parts.append(_("{kg} kg").format(kg=f"{kilograms:g}"))
    for name, words in (("seconds", _("{n} s")), ("degrees", _("{n}°")), ("cm", _("{n} cm"))):
        if name in figure:
            parts.append(words.format(n=f"{figure[name]:g}"))
    if "side" in figure:
        parts.append(str(SIDE_WORDS.get(figure["side"], figure["side"])))
    return parts


def why_in_words(why: str) -> str:
    """'A variant is in use: strap', or the clinic's own words."""
    code, _colon, words = why.partition(":")
    if code not in WhyNot.values:
        return capfirst(why)
    label = str(WhyNot(code).label)
    return f"{label}: {words.strip()}" if words.strip() else label


def asked_later_words(hours_after: int | None, first_tick: datetime | None, now: datetime) -> str:
    """'Asked 48 hours after the first tick, which is 30 hours old.' Empty = asked at any time.

    ``first_tick``: None = nothing is ticked yet
    """
    if hours_after is None:
        return ""
    if first_tick is None:
        return _("Asked {hours} hours after the first tick.").format(hours=hours_after)
    age = max(0, (now - first_tick) // timedelta(hours=1))
    words = ngettext(
        "Asked {hours} hours after the first tick, which is {age} hour old.",
        "Asked {hours} hours after the first tick, which is {age} hours old.",
        age,
    )
    return words.format(hours=hours_after, age=age)


def judged_words(mark: Tick | ReviewTick, *, placed: bool) -> str:
    """The words that were judged.

    ``placed``: whether the criterion was marked at the first assessment
    """
    if mark.judged:
        return mark.judged
    return placement_words(mark.criterion) if placed else mark.criterion.text


def placement_words(criterion: Criterion) -> str:
    """What a clinician is asked to see at the first assessment."""
    if criterion.placement_text:
        return criterion.placement_text
    enough = ngettext(
        "{reps} clean repetition", "{reps} clean repetitions", criterion.placement_reps
    ).format(reps=criterion.placement_reps)
    return _("{criterion} ({enough})").format(
        criterion=criterion.text.removesuffix("."), enough=enough
    )
