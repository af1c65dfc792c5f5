"""What stands behind the one door of the day's page: pain, ill or away, easier, ready for more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from accounts.models import User
from patients.standing.day_state import DayState
from patients.today.day import Today


class DoorLevel(NamedTuple):
    """A level of the open rung, as in ``LevelOption``."""

    level_id: int
    drill: str
    setting: str
    current: bool
    may: bool


class Door(NamedTuple):
    """Plain values, so that what is written of them is kept.

    ``may_pause``, ``may_write``, ``may_rate``, ``may_remind``, ``may_ask``: what the reader may do
    ``levels``: to choose from; ``move_on``: when to take the next one
    ``practises``: whether practice goes on meanwhile
    ``wrong_level``, ``wrong_words``: why that was refused; ``words``: what was typed for a look
    """

    may_pause: bool
    may_write: bool
    may_rate: bool
    may_remind: bool
    may_ask: bool
    levels: tuple[DoorLevel, ...] = ()
    move_on: str = ""
    practises: bool = False
    wrong_level: str = ""
    wrong_words: str = ""
    words: str = ""


def door_of(
    now: Today, user: User, *, rates: bool, errors: Mapping[str, str], words: str = ""
) -> Door:
    """``rates``: whether the door leads to the patient's activities"""
    plan = now.plan
    levels = _levels(now, user)
    return Door(
        may_pause=user.is_patient and now.state is not DayState.PAUSED,
        may_write=user.may_read,
        may_remind=user.is_patient,
        may_rate=user.is_patient and rates and bool(plan and plan.rating_due),
        may_ask=user.is_patient and _may_ask(now),
        levels=levels,
        move_on=now.step.move_on if now.step and levels else "",
        practises=now.practises,
        wrong_level=errors.get("level", ""),
        wrong_words=errors.get("review", ""),
        words=words,
    )


def _levels(now: Today, user: User) -> tuple[DoorLevel, ...]:
    """The levels from which the patient alone chooses."""
    return tuple(
        DoorLevel(step.level_id, step.drill, step.setting, current, may)
        for step, current, may in (now.options if user.is_patient else ())
    )


def _may_ask(now: Today) -> bool:
    """Whether a look can be asked for: no look is, and the ladder goes on."""
    complete = now.place is not None and now.place.complete
    return not complete and not (now.plan is not None and now.plan.asked_at)
