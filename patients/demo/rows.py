"""Collects rows in memory and writes them together, in an order that the database accepts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from django.db import models

from accounts.models import PhoneLink, User
from patients.models import (
    Activity,
    Finding,
    FirstVisit,
    HomeWeights,
    Intake,
    LevelChoice,
    Message,
    Morning,
    NamePart,
    Outbox,
    Pass,
    Patient,
    PatientSummary,
    Pause,
    Plan,
    Practice,
    Precaution,
    Prescription,
    Rating,
    RecordNote,
    Report,
    Review,
    ReviewRequest,
    ReviewTick,
    Schedule,
    Screening,
    ScreeningItem,
    Stop,
    StopAnswer,
    Tick,
    UsualPain,
    Withdrawal,
)

ORDER: tuple[type[models.Model], ...] = (
    User,
    PhoneLink,
    Patient,
    FirstVisit,
    Intake,
    UsualPain,
    Screening,
    ScreeningItem,
    Precaution,
    RecordNote,
    Activity,
    Rating,
    HomeWeights,
    Plan,
    Schedule,
    Pause,
    Prescription,
    LevelChoice,
    Tick,
    Review,
    ReviewTick,
    Pass,
    Withdrawal,
    Report,
    Practice,
    Morning,
    Stop,
    StopAnswer,
    Outbox,
    Message,
    ReviewRequest,
    Finding,
    PatientSummary,
    NamePart,
)


DemoRow = TypeVar("DemoRow", bound=models.Model)


def _turns(rows: list[models.Model]) -> list[list[models.Model]]:
    """The rows of a table, and after them those that refer to one of them."""
    later = [row for row in rows if getattr(row, "takes_back", None) is not None]
    return [[row for row in rows if row not in later], later]


class DemoRows:
    def __init__(self) -> None:
        self._kept: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def add(self, row: DemoRow) -> DemoRow:
        self._kept[type(row)].append(row)
        return row

    def of(self, model: type[models.Model]) -> list[Any]:
        return self._kept[model]

    def save(self) -> None:
        """Write every row. A row may refer to an unsaved row of a table that comes earlier."""
        for model in ORDER:
            for turn in _turns(self._kept.pop(model, [])):
                model._default_manager.bulk_create(turn, batch_size=2000)
        if self._kept:
            raise ValueError(f"no order is given for {', '.join(map(str, self._kept))}")
