"""Countries, by their two letters: their names, and the country of a time zone.

Both come from the time zone database, which every installation has.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


def _rows(file: str) -> list[list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", file).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def names() -> dict[str, str]:
    """The name of each country, by its two letters, in the order of the names."""
    return dict(
        sorted(((code, name) for code, name in _rows("iso3166.tab")), key=lambda row: row[1])
    )


@cache
def _zones() -> dict[str, str]:
    return {row[2]: row[0] for row in _rows("zone.tab")}


def of_zone(time_zone: str) -> str:
    """The country in which this time zone lies; "" for one of no country, such as UTC."""
    return _zones().get(time_zone, "")
