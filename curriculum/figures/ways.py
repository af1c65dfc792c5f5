"""Another way to do a drill, as a posture: a table that says only what differs from the drill's.

It stands over the drill's own table, and over that of every level that has one:

* both, start, middle, end: what differs in the postures; a moment with a base begins anew
* without: the types of equipment that are not there; a level that has none of it stays as it is
* change: what is different about equipment that stays, by its type
* extra: equipment that comes to that of the drill or level
* every other key replaces that of the drill or level
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum.figures.equipment import EQUIPMENT
from curriculum.figures.poses import PostureError, overlay
from curriculum.figures.spec import KEYS, Table, without_base

WAY_KEYS = (KEYS | {"without", "change", "extra"}) - {"mark", "view", "loaded"}


def in_this_way(table: Table, way: Table) -> dict[str, Any]:
    """The whole table of a drill or a level that is done in this way.

    Raises PostureError for a key that a way does not have, and for unknown equipment.
    """
    unknown = sorted(set(way) - WAY_KEYS)
    if unknown:
        raise PostureError(
            f"unknown key {', '.join(map(repr, unknown))}, there are {', '.join(sorted(WAY_KEYS))}"
        )
    said = {
        key: value
        for key, value in way.items()
        if key not in ("both", "without", "change", "extra")
    }
    poses = {moment: _pose(table, way, moment) for moment in _moments(table, way)}
    whole = {key: value for key, value in table.items() if key not in ("both", "middle")}
    return whole | said | poses | {"props": _props(table, way)}


def _moments(table: Table, way: Table) -> list[str]:
    """A movement that begins or ends anew does not pass through the drill's middle."""
    anew = any("base" in way.get(moment, {}) for moment in ("start", "end"))
    passes = "middle" in way or ("middle" in table and not anew)
    return ["start", "middle", "end"] if passes else ["start", "end"]


def _pose(table: Table, way: Table, moment: str) -> dict[str, Any]:
    mine = way.get(moment, {})
    both = way.get("both", {})
    if "base" in mine:
        return {**both, **mine}
    own = table.get(moment, {})
    whole: dict[str, Any] = {}
    for part in (table.get("both", {}), without_base(own), both, mine):
        whole = overlay(whole, part)
    return whole | ({"base": own["base"]} if "base" in own else {})


def _props(table: Table, way: Table) -> list[Any]:
    gone = way.get("without", [])
    change = way.get("change", {})
    props = way.get("props", table.get("props", []))
    for name in (*gone, *change):
        if name not in EQUIPMENT:
            raise PostureError(f"there is no equipment {name!r}, there are {', '.join(EQUIPMENT)}")
    kept = (prop for prop in props if _type(prop) not in gone)
    return [_changed(prop, change.get(_type(prop), {})) for prop in kept] + [*way.get("extra", [])]


def _changed(prop: str | dict[str, Any], change: Table) -> str | dict[str, Any]:
    whole = {"type": prop} if isinstance(prop, str) else prop
    return {**whole, **change} if change else prop


def _type(prop: str | Mapping[str, Any]) -> str:
    return prop if isinstance(prop, str) else str(prop.get("type", ""))
