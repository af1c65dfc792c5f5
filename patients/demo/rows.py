"""Collects rows in memory and writes them together, in an order that the database accepts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from django.db import models

from accounts.models import PhoneLink, User
from patients.models import (
    Activity,
    Finding,
    Intake,
    LevelChoice,
    Message,
    Morning,
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
    Intake,
    UsualPain,
    Screening,
    ScreeningItem,
    Precaution,
    Activity,
    Rating,
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
)


DemoRow = TypeVar("DemoRow", bound=models.Model)


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
            model._default_manager.bulk_create(self._kept.pop(model, []), batch_size=2000)
        if self._kept:
            raise ValueError(f"no order is given for {', '.join(map(str, self._kept))}")
