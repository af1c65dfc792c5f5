"""A picture and its table for each of the numbers of a clinic, with what stands out as its title.

A title says what the picture shows. It never says why, and calls no difference an effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patients.numbers.names import Names
from patients.numbers.small import SMALLEST_GROUP
from patients.pictures.counted import Band, Bar, bands, bars, scale_for_days

NO_PICTURE = SafeString("")


@dataclass(frozen=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Panel:
    """``picture``: empty where there are too few people. ``more``: a second table."""

    key: str
    title: str
    table: Table
    picture: SafeString = NO_PICTURE
    more: Table | None = None


def few() -> str:
    """What stands in place of a number about too few people."""
    return _("fewer than %(n)s") % {"n": SMALLEST_GROUP}


def shown(count: int | None) -> str:
    return few() if count is None else str(count)


def _of(count: int | None, whole: int | None) -> str:
    """'20 of 35', in the words at the end of a bar."""
    return _("%(count)s of %(whole)s") % {"count": shown(count), "whole": shown(whole)}


def _in_words(what: str, table: Table) -> str:
    """What a picture shows, for who cannot see it: 'People: 1 Dowel hinge, 60; 2 Butt taps, 55'."""
    return f"{what}: " + "; ".join(", ".join(row) for row in table.rows)


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _decimal(value: float) -> str:
    return formats.number_format(value, 1)


def _by_rung(
    spreads: Mapping[str, Sequence[float]], names: Names, number: Callable[[float], str]
) -> tuple[list[list[str]], list[Band]]:
    """The rows of a table, the lowest rung first, and those of its picture, the highest first."""
    rows: list[list[str]] = []
    drawn: list[Band] = []
    for slug, name in names.rungs.items():
        spread = spreads.get(slug)
        if spread is None:
            rows.append([name, _("not shown"), _("not shown"), few()])
            drawn.append(Band(name, None, few()))
            continue
        people, low, mid, high = spread
        half = _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
        rows.append([name, number(mid), half, _whole(people)])
        drawn.append(Band(name, (low, mid, high), number(mid)))
    return rows, drawn[::-1]


def days(numbers: Mapping[str, Any], names: Names) -> Panel:
    spreads: dict[str, list[float]] = numbers["days"]
    rows, drawn = _by_rung(spreads, names, _whole)
    table = Table([_("Rung"), _("Middle, in days"), _("Middle half"), _("People")], rows)
    if not spreads:
        return Panel("days", _("Days on a rung"), table)
    end = scale_for_days(max(spread[3] for spread in spreads.values()))
    picture = bands(drawn, end, 4, _in_words(_("Days on a rung"), table))
    middles = [(spread[2], names.position(slug)) for slug, spread in spreads.items()]
    return Panel("days", _takes_longest(middles), table, picture)


def _takes_longest(middles: Sequence[tuple[float, str]]) -> str:
    """The title: the rung that takes longest, if it is one alone. ``middles``: with positions."""
    days, rung = max(middles)
    if [middle for middle, _rung in middles].count(days) > 1:
        return _("Days on a rung")
    words = ngettext("Rung %(rung)s: %(n)s day", "Rung %(rung)s: %(n)s days", round(days))
    if len(middles) > 1:
        words = ngettext(
            "Rung %(rung)s takes longest: %(n)s day",
            "Rung %(rung)s takes longest: %(n)s days",
            round(days),
        )
    return words % {"rung": rung, "n": round(days)}


def stops(numbers: Mapping[str, Any], names: Names) -> Panel:
    counts: dict[str, list[int | None]] = numbers["rungs"]
    rows = [(name, counts.get(slug) or [None] * 3) for slug, name in names.rungs.items()]
    columns = [_("Rung"), _("Had it open"), _("Passed it"), _("Stopped there")]
    table = Table(columns, [[name, *map(shown, of_rung)] for name, of_rung in rows])
    if not any(on for _name, (on, *_rest) in rows):
        return Panel("stops", _("Where people stop"), table)
    drawn = [
        Bar(name, passed, on, _of(passed, on) if on else few(), stopped)
        for name, (on, passed, stopped) in reversed(rows)
    ]
    picture = bars(drawn, _in_words(_("Had it open, passed it, stopped there"), table))
    return Panel("stops", _most_stop(counts, names), table, picture)


def _most_stop(counts: Mapping[str, Sequence[int | None]], names: Names) -> str:
    """The title: the rung on which most people stop, if it is one alone."""
    stopped = sorted((count or 0, slug) for slug, (_on, _passed, count) in counts.items())
    (before, _slug), (most, slug) = [(0, ""), *stopped][-2:]
    if most == before:
        return _("Where people stop")
    return _("Most who stop, stop on rung %(rung)s") % {"rung": names.position(slug)}


def held(numbers: Mapping[str, Any], names: Names) -> Panel:
    rows = [(names.criterion(rung, slug), n, of) for rung, slug, n, of in numbers["held"]]
    columns = [_("Criterion"), _("People"), _("Looked at on the rung")]
    table = Table(columns, [[name, shown(count), shown(of)] for name, count, of in rows])
    if not rows:
        return Panel("held", _("Which criterion holds people up"), table)
    first = shorten(rows[0][0].partition(" ")[2], 60, placeholder=" …")
    drawn = [Bar(name, count, of, _of(count, of)) for name, count, of in rows]
    picture = bars(drawn, _in_words(_("Not met, of those looked at"), table))
    return Panel("held", _("Most often not met: “%(one)s”") % {"one": first}, table, picture)


def kept(numbers: Mapping[str, Any], _names: Names) -> Panel:
    counts: list[int | None] = numbers["kept"]["parts"]
    spread: list[float] | None = numbers["kept"]["middle"]
    labels = [
        _("Under a quarter of the planned days"),
        _("A quarter to half"),
        _("Half to three quarters"),
        _("Three quarters or more"),
    ]
    rows = list(zip(labels, counts, strict=True))
    table = Table([_("Practised"), _("People")], [[label, shown(n)] for label, n in rows])
    if spread is None:
        return Panel("kept", _("How much is practised"), table)
    title = _("Practised: %(n)s %% of the planned days, in the middle") % {"n": _whole(spread[2])}
    drawn = [Bar(label, count, None, shown(count)) for label, count in reversed(rows)]
    picture = bars(drawn, _in_words(_("People"), table))
    return Panel("kept", title, table, picture)


def pain(numbers: Mapping[str, Any], names: Names) -> Panel:
    spreads: dict[str, list[float]] = numbers["pain"]
    rows, drawn = _by_rung(spreads, names, _decimal)
    table = Table([_("Rung"), _("Mean"), _("Middle half"), _("People")], rows)
    here = [spreads[slug] for slug in names.rungs if slug in spreads]
    if not here:
        return Panel("pain", _("Pain while practising"), table)
    ends = {"first": _decimal(here[0][2]), "last": _decimal(here[-1][2])}
    title = _("Pain while practising: %(first)s")
    if len(here) > 1:
        title = _("Pain while practising: %(first)s on the lowest rung, %(last)s on the highest")
    picture = bands(drawn, 10, 5, _in_words(_("Pain while practising, 0 to 10"), table))
    return Panel("pain", title % ends, table, picture)


def faults(numbers: Mapping[str, Any], names: Names) -> Panel:
    found: list[list[Any]] = numbers["faults"]
    rows: list[list[str]] = []
    drawn: list[Bar] = []
    more: list[list[str]] = []
    for fault, seen, gone, spread, drills in found:
        name = names.faults.get(fault, fault)
        rows.append(
            [name, shown(seen), shown(gone), _whole(spread[2]) if spread else _("not shown")]
        )
        drawn.append(Bar(name, gone, seen, _of(gone, seen)))
        more += [[name, names.drills.get(d, d), shown(n), shown(of)] for d, n, of in drills]
    columns = [_("Fault"), _("Seen in"), _("Not seen any more"), _("Days until then, middle")]
    table = Table(columns, rows)
    if not found:
        return Panel("faults", _("Faults, and the drills for them"), table)
    title = _("Seen most often: %(fault)s") % {"fault": rows[0][0]}
    beside = [_("Fault"), _("Drill practised meanwhile"), _("People"), _("Not seen any more in")]
    picture = bars(drawn, _in_words(_("Seen in, not seen any more"), table))
    return Panel("faults", title, table, picture, Table(beside, more) if more else None)
