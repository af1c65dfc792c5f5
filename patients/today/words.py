"""The words of the drill that the page of a day shows, as plain values: what is written of them is
kept (``{% kept %}``), and hangs on them alone."""

from __future__ import annotations

from typing import NamedTuple

from curriculum.models import Level
from curriculum.variants import Lesson
from patients.standing.position import LadderStep

#: How many things to keep in mind stand beside the picture.
CUES_FIRST = 3


class Watch(NamedTuple):
    """``do``: what to do where the sign is seen."""

    sign: str
    do: str


class DrillWords(NamedTuple):
    """``need``: what it takes, in short; ``needs``: the whole of it
    ``load_lines``: what stands below the dose of a drill with a load
    ``cues``, ``more_cues``: what to keep in mind, first and besides
    ``rung``, ``slug``: of its level, for the address
    """

    name: str
    setting: str
    need: str
    needs: tuple[str, ...]
    load_lines: tuple[str, ...]
    cues: tuple[str, ...]
    more_cues: tuple[str, ...]
    steps: tuple[str, ...]
    feel: str
    watch_for: tuple[Watch, ...]
    rung: int
    slug: str


def drill_words(
    level: Level, lesson: Lesson, step: LadderStep, load_lines: list[str]
) -> DrillWords:
    """``lesson``: the words of the level's drill in the patient's way; ``step``: of the level"""
    return DrillWords(
        name=level.drill.plain_name,
        setting=level.setting,
        need=_in_short(lesson),
        needs=tuple(lesson.needs),
        load_lines=tuple(load_lines),
        cues=tuple(lesson.cues[:CUES_FIRST]),
        more_cues=tuple(lesson.cues[CUES_FIRST:]),
        steps=tuple(lesson.steps),
        feel=lesson.feel,
        watch_for=tuple(Watch(part["sign"], part["do"]) for part in lesson.watch_for),
        rung=step.rung,
        slug=step.slug,
    )


def _in_short(lesson: Lesson) -> str:
    """What the drill takes: the first sentence of each; empty where it is nothing."""
    return " ".join(need.partition(". ")[0].rstrip(".") + "." for need in lesson.needs)
