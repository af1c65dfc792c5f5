"""What the guided set counts: the phases of a repetition, the sets with their sides, the rest.

Its script, static/guide.js, knows no drill and has no words of its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from curriculum.figures import PostureError
from curriculum.figures.course import Course, course_of
from curriculum.models import Level
from curriculum.variants import Variant, posture_of
from patients.models import Prescription
from patients.rules.periods import (
    BETWEEN_REPS_SECONDS,
    GUIDE_REST_SECONDS,
    PACE_SECONDS,
    READY_SECONDS,
    SIDES_SECONDS,
)
from patients.wording.guide import pace_in_words, titles_of, words_of_guide, words_of_phases

#: How high the ground of the picture stands at the end of a phase, as a share. Held, it stays.
LOW = 0.12
HIGH = 1.0
TO = {"down": LOW, "release": LOW, "up": HIGH, "squeeze": HIGH}


class _Counted(NamedTuple):
    """All that a guided set hangs on: which way it goes first, and the dose."""

    course: Course
    sets: int
    reps: int
    per_side: bool
    seconds: int | None
    pause: int | None
    rest: int | None


def guide_script(level: Level, dose: Prescription, way: Variant | None) -> SafeString:
    """What ``guide_of`` gives, as the page holds it for the script."""
    return _written(_counted(level, dose, way), get_language())


@lru_cache(maxsize=512)
def _written(counted: _Counted, _language: str | None) -> SafeString:
    return json_script(_guide(counted), "guide-plan")


def guide_of(level: Level, dose: Prescription, way: Variant | None) -> dict[str, Any]:
    """The set that the script counts, as JSON takes it.

    ``dose``: today's
    ``phases``: the word, the seconds, how many of them it moves, and how high the ground gets; none
    = whoever does it counts by themselves
    ``may_choose``: whether nobody prescribed a pace, so that one may count by oneself
    """
    return _guide(_counted(level, dose, way))


def _counted(level: Level, dose: Prescription, way: Variant | None) -> _Counted:
    numbers = (dose.sets, dose.reps, dose.per_side, dose.seconds, dose.pause, dose.rest)
    return _Counted(_course(level, way), *numbers)


def _guide(dose: _Counted) -> dict[str, Any]:
    parts = _phases(dose)
    return {
        "titles": titles_of(dose.sets, per_side=dose.per_side),
        "sides": 2 if dose.per_side else 1,
        "reps": dose.reps,
        "phases": _timed(parts),
        "may_choose": bool(parts) and dose.seconds is None and dose.pause is None,
        "pace": pace_in_words(parts, prescribed=bool(dose.seconds or dose.pause)),
        "ready": READY_SECONDS,
        "change": SIDES_SECONDS,
        "rest": GUIDE_REST_SECONDS if dose.rest is None else max(dose.rest, READY_SECONDS),
        "words": words_of_guide(),
    }


def _course(level: Level, way: Variant | None) -> Course:
    try:
        table = posture_of(level, way)
        return course_of(table) if table else "down"
    except PostureError:
        return "down"


def _phases(dose: _Counted) -> list[tuple[str, int]]:
    """The phases of a repetition in their order, each with the seconds that it moves.

    ``seconds`` of a dose are those on the way down, ``pause`` those at the bottom.
    """
    held = [("hold", dose.pause)] if dose.pause else []
    down = dose.seconds or PACE_SECONDS
    if dose.course == "down":
        return [("down", down), *held, ("up", PACE_SECONDS)]
    if dose.course == "up":
        return [("up", PACE_SECONDS), ("down", down), *held]
    if dose.course == "squeeze":
        return [("squeeze", PACE_SECONDS), *held, ("release", down)]
    return []


def _timed(parts: list[tuple[str, int]]) -> list[dict[str, Any]]:
    words = words_of_phases()
    timed: list[dict[str, Any]] = []
    for nth, (name, seconds) in enumerate(parts, 1):
        between = BETWEEN_REPS_SECONDS if nth == len(parts) else 0
        phase = {"word": words[name], "seconds": seconds + between, "moves": seconds}
        timed.append(phase | ({"to": TO[name]} if name in TO else {}))
    return timed
