"""The drills that can be prescribed, as cards with a picture, by rung: what is true of each stands
in its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from curriculum.models import Level, Rung
from patients.models import Prescription
from patients.standing.cautions import Held, LevelCautions, of_levels
from patients.standing.equipment import HomeEquipment
from patients.wording.dosage import dose_amount


@dataclass(frozen=True)
class DrillCard:
    """A level that can be prescribed.

    ``dose``: its latest prescription in words; empty if there is none
    ``now``: whether the patient practises it now; ``chosen``: whether the form shows its dose
    ``said``: what speaks about it, each as (tone, words), strictest first
    """

    level: Level
    dose: str
    now: bool
    chosen: bool
    said: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RungCards:
    """The cards of a rung; ``opened``: whether the page shows them at once."""

    rung: Rung
    cards: Sequence[DrillCard]
    opened: bool


def drill_cards(
    levels: Sequence[Level],
    doses: Mapping[int, Prescription],
    *,
    now: Level | None,
    chosen: Level | None,
    home: HomeEquipment,
    held: Sequence[Held] = (),
) -> list[RungCards]:
    """The cards in the given order of rungs; those to avoid last in their rung.

    ``levels``: those that can be prescribed, with rung and drill
    ``doses``: the latest prescription of each level, by the level's id
    """
    found = {one.level.pk: one for one in of_levels(held, levels)}
    shown = {level.rung_id for level in (now, chosen, levels[0] if levels else None) if level}
    return [
        RungCards(
            rung,
            [
                DrillCard(
                    level,
                    dose_amount(doses[level.pk]) if level.pk in doses else "",
                    now == level,
                    chosen == level,
                    _said(found[level.pk], home.lacks(level)),
                )
                for level in sorted(group, key=lambda level: found[level.pk].avoid)
            ],
            rung.pk in shown,
        )
        for rung, group in groupby(levels, key=lambda level: level.rung)
    ]


def _said(one: LevelCautions, lacks: Sequence[str]) -> list[tuple[str, str]]:
    said = []
    if one.avoid:
        said.append(("stop", gettext("To avoid: %(why)s") % {"why": one.why}))
    if not one.level.home:
        said.append(("warn", gettext("For the clinic alone")))
    if lacks:
        things = {"things": ", ".join(lacks)}
        said.append(("warn", gettext("Not noted at home: %(things)s") % things))
    if one.level.helper:
        said.append(("plain", gettext("Helper: no gate asks for it")))
    return said
