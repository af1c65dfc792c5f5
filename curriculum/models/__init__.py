"""The library of drills and faults, and the ladders made of them. It knows no patient."""

from curriculum.models.ladders import (
    EVERY_DAY,
    Criterion,
    Goal,
    Ladder,
    Level,
    Rung,
)
from curriculum.models.library import (
    EXTERNAL_LOADS,
    Drill,
    Equipment,
    Fault,
    FaultPicture,
    Load,
    Remedy,
    Source,
)

__all__ = [
    "EVERY_DAY",
    "EXTERNAL_LOADS",
    "Criterion",
    "Drill",
    "Equipment",
    "Fault",
    "FaultPicture",
    "Goal",
    "Ladder",
    "Level",
    "Load",
    "Remedy",
    "Rung",
    "Source",
]
