"""Reads a posture of the curriculum's content into one typed value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Literal, get_args

Frame = Literal["world", "trunk", "back", "head", "crease", "thigh", "knee", "heel", "dowel"]


class PostureError(ValueError):
    """A posture that cannot be read. str() says which part is wrong and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A point to which a hand goes, in a frame that moves with the body, or in the world."""

    frame: Frame
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Pose:
    """One posture: angles in degrees (see curriculum.posture), lengths in statures.

    far_*: the far limb; None copies the near limb
    hand, far_hand: where a hand goes, instead of shoulder and elbow
    far_foot: (x, y, pitch) of the far ball of the foot
    slide: the radius of a bar that straight arms hold against the near leg
    bend: -1 turns the elbow the other way
    reach: shortening of an upper arm and a forearm that leave the picture plane
    kneel: where the near knee rests
    trunk with pin: for lying, the inclination of the pelvis and where the shoulder rests
    x, y: where the near foot stands
    dowel: which end of the stick keeps contact
    """

    shin: float = 2
    knee: float = 3
    hip: float = 1
    lumbar: float = 0
    thoracic: float = 0
    neck: float = 0
    heel: float = 0
    shoulder: float = 4
    elbow: float = 8
    far_shoulder: float | None = None
    far_elbow: float | None = None
    far_hip: float | None = None
    far_knee: float | None = None
    far_ankle: float | None = None
    hand: Target | None = None
    far_hand: Target | None = None
    far_foot: tuple[float, float, float] | None = None
    slide: float | None = None
    bend: float = 1
    far_bend: float | None = None
    reach: tuple[float, float] = (1, 1)
    far_reach: tuple[float, float] | None = None
    kneel: tuple[float, float] | None = None
    trunk: float | None = None
    pin: tuple[float, float] | None = None
    x: float = 0
    y: float = 0
    dowel: str = "sacrum"


BASES: dict[str, dict[str, Any]] = {
    "stand": {"shin": 5, "knee": 6, "hip": 2, "shoulder": 6, "elbow": 10},
    "hinge": {"shin": 0, "knee": 27.5, "hip": 87, "shoulder": 57, "elbow": 6},
}
"""Postures that many drills begin with: `start = { base = "stand", ... }`."""

KEYS = tuple(field.name for field in fields(Pose))
_TARGETS = ("hand", "far_hand")
_TUPLES = {"far_foot": 3, "reach": 2, "far_reach": 2, "kneel": 2, "pin": 2}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _target(key: str, value: Any) -> Target:
    if (
        isinstance(value, list)
        and len(value) == 3
        and value[0] in get_args(Frame)
        and all(map(_is_number, value[1:]))
    ):
        return Target(value[0], float(value[1]), float(value[2]))
    raise PostureError(
        f"{key}: expected [frame, x, y] with a frame of {', '.join(get_args(Frame))}, got {value!r}"
    )


def _read(key: str, value: Any) -> Any:
    if key in _TARGETS:
        return _target(key, value)
    if key in _TUPLES:
        if isinstance(value, list) and len(value) == _TUPLES[key] and all(map(_is_number, value)):
            return tuple(map(float, value))
        raise PostureError(f"{key}: expected a list of {_TUPLES[key]} numbers, got {value!r}")
    if key == "dowel":
        if value in ("sacrum", "head"):
            return value
        raise PostureError(f'dowel: expected "sacrum" or "head", got {value!r}')
    if _is_number(value):
        return float(value)
    raise PostureError(f"{key}: expected a number, got {value!r}")


def _based(table: Mapping[str, Any]) -> dict[str, Any]:
    name = str(table.get("base", ""))
    if name and name not in BASES:
        raise PostureError(f"base: unknown posture {name!r}, there are {', '.join(BASES)}")
    return {**BASES.get(name, {}), **{key: value for key, value in table.items() if key != "base"}}


def overlay(values: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those of a later table in their place, which may replace a whole arm."""
    gone = {
        side + "hand"
        for side in ("", "far_")
        if side + "shoulder" in table and side + "hand" not in table
    }
    if "slide" not in table and not {"hand", "shoulder"}.isdisjoint(table):
        gone.add("slide")
    return {key: value for key, value in values.items() if key not in gone} | _based(table)


def read_pose(*tables: Mapping[str, Any]) -> Pose:
    """One Pose from tables of content; a later table replaces values of an earlier one.

    A table may name a base pose, whose values it replaces. `shoulder` in a later table removes a
    `hand` of an earlier one, and `hand` removes a `slide`. Raises PostureError.
    """
    values: dict[str, Any] = {}
    for table in tables:
        values = overlay(values, table)
    unknown = [key for key in values if key not in KEYS]
    if unknown:
        raise PostureError(
            f"unknown joint {', '.join(map(repr, unknown))}, there are {', '.join(KEYS)}"
        )
    return Pose(**{key: _read(key, value) for key, value in values.items()})


def _near(pose: Pose, key: str) -> Any:
    """The value of `key`; a far limb without one copies the near limb."""
    value = getattr(pose, key)
    near = key.removeprefix("far_")
    if value is None and near != key and near in KEYS:
        return getattr(pose, near)
    return value


def _mix(first: Any, last: Any, share: float) -> Any:
    if first is None or last is None:
        return first if last is None else last
    if isinstance(first, str):
        return first if share < 1 else last
    if isinstance(first, tuple):
        return tuple(a + (b - a) * share for a, b in zip(first, last, strict=True))
    if isinstance(first, Target):
        return replace(first, x=_mix(first.x, last.x, share), y=_mix(first.y, last.y, share))
    return first + (last - first) * share


def mix(first: Pose, last: Pose, share: float) -> Pose:
    """The posture `share` (0 to 1) of the way, joint angle by joint angle; shared targets stay
    targets."""
    same, moves = _moves(first, last)
    return Pose(**same, **{key: _mix(a, b, share) for key, a, b in moves})


@lru_cache(maxsize=512)
def _moves(first: Pose, last: Pose) -> tuple[dict[str, Any], list[tuple[str, Any, Any]]]:
    """What two postures share, and what differs between them, from the one to the other."""
    same: dict[str, Any] = {}
    moves = []
    for key in KEYS:
        a = getattr(first, key)
        b = getattr(last, key)
        if (a is None) != (b is None):
            a = _near(first, key)
            b = _near(last, key)
        if a == b:
            same[key] = a
        else:
            moves.append((key, a, b))
    return same, moves
