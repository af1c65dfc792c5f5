"""A picture and its table for each of the numbers of a clinic, with what stands out as its title.

A title says what the picture shows. It never says why, and calls no difference an effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
#: A title names what most people share only if so many more people share it than anything else.
LEAD = 2 * SMALLEST_GROUP
#: A title says what took longest only if it took so many days more.
WEEK = 7


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


def _days(value: float, step: float) -> str:
    """Days rounded to whole weeks are never none."""
    return _("under %(n)s") % {"n": 4} if step > 1 and not value else f"{value:.0f}"


def _decimal(value: float, _step: float) -> str:
    return formats.number_format(value, 1)


def _spreads(numbers: Mapping[str, Any], key: str) -> Mapping[str, Sequence[Any]]:
    """Of each slug how many people, the low, the middle, the high value, and the step. The values
    are None where they are hidden."""
    spreads: Mapping[str, Sequence[Any]] = numbers["spreads"][key]
    return spreads


def _values(spreads: Mapping[str, Sequence[Any]], names: Names) -> list[tuple[str, float, float]]:
    """Position, middle and step of each rung with values, the lowest first."""
    found = ((slug, spreads[slug]) for slug in names.rungs if slug in spreads)
    return [(names.position(slug), of[2], of[4]) for slug, of in found if of[2] is not None]


def _by_rung(
    spreads: Mapping[str, Sequence[Any]], names: Names, number: Callable[[float, float], str]
) -> tuple[list[list[str]], list[Band]]:
    """The rows of a table, the lowest rung first, and those of its picture, the highest first."""
    rows: list[list[str]] = []
    drawn: list[Band] = []
    for slug, name in names.rungs.items():
        people, low, mid, high, step = spreads.get(slug) or [None] * 5
        if mid is None:
            rows.append([name, _("not shown"), _("not shown"), shown(people)])
            drawn.append(Band(name, None, few() if people is None else _("not shown")))
            continue
        half = _("%(low)s to %(high)s") % {"low": number(low, step), "high": number(high, step)}
        rows.append([name, number(mid, step), half, str(people)])
        drawn.append(Band(name, (low, mid, high), number(mid, step)))
    return rows, drawn[::-1]


def days(numbers: Mapping[str, Any], names: Names) -> Panel:
    spreads = _spreads(numbers, "days")
    rows, drawn = _by_rung(spreads, names, _days)
    table = Table([_("Rung"), _("Middle, in days"), _("Middle half"), _("People")], rows)
    if not spreads:
        return Panel("days", _("Days on a rung"), table)
    end = scale_for_days(max(spread[3] or 0 for spread in spreads.values()))
    picture = bands(drawn, end, 4, _in_words(_("Days on a rung"), table))
    return Panel("days", _took_longest(_values(spreads, names)), table, picture)


def _took_longest(middles: Sequence[tuple[str, float, float]]) -> str:
    """The title: the rung that took longest, by a week or more. Whoever is still on a rung, or gave
    up there, is in no middle: so it speaks of those who passed."""
    ordered = sorted((days, rung) for rung, days, _step in middles)
    (before, _rung), (days, rung) = [(0.0, ""), (0.0, ""), *ordered][-2:]
    if not days or (len(ordered) > 1 and days - before < WEEK):
        return _("Days on a rung")
    words = ngettext(
        "Rung %(rung)s took those who passed it about %(n)s day",
        "Rung %(rung)s took those who passed it about %(n)s days",
        round(days),
    )
    if len(ordered) > 1:
        words = ngettext(
            "Of those who passed, rung %(rung)s took longest: about %(n)s day",
            "Of those who passed, rung %(rung)s took longest: about %(n)s days",
            round(days),
        )
    return words % {"rung": rung, "n": round(days)}


def _leads(counts: Iterable[int | None]) -> bool:
    """Whether the first of some counts, with the most people, is so far ahead of all others that it
    is first without the rounding as well."""
    first, second = [*sorted((count or 0 for count in counts), reverse=True), 0, 0][:2]
    return first - second >= LEAD


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
    """The title: the rung on which more people stop than on any other."""
    stopped = {slug: count for slug, (_on, _passed, count) in counts.items()}
    if not _leads(stopped.values()):
        return _("Where people stop")
    most = max(stopped, key=lambda slug: stopped[slug] or 0)
    return _("More people stop on rung %(rung)s than on any other") % {"rung": names.position(most)}


def held(numbers: Mapping[str, Any], names: Names) -> Panel:
    rows = [(names.criterion(rung, slug), n, of) for rung, slug, n, of in numbers["held"]]
    columns = [_("Criterion"), _("People"), _("Looked at on the rung")]
    table = Table(columns, [[name, shown(count), shown(of)] for name, count, of in rows])
    if not rows:
        return Panel("held", _("Which criterion holds people up"), table)
    title = _("Which criterion holds people up")
    if _leads(count for _name, count, _of in rows):
        first = shorten(rows[0][0].partition(" ")[2], 60, placeholder=" …")
        title = _("Most often not met: “%(one)s”") % {"one": first}
    drawn = [Bar(name, count, of, _of(count, of)) for name, count, of in rows]
    picture = bars(drawn, _in_words(_("Not met, of those looked at"), table))
    return Panel("held", title, table, picture)


def kept(numbers: Mapping[str, Any], _names: Names) -> Panel:
    counts: list[int | None] = numbers["kept"]
    spread = _spreads(numbers, "kept").get("all")
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
    title = _("How much is practised")
    if spread[2] is not None:
        title = _("Practised: about %(n)s %% of the planned days, in the middle") % {
            "n": f"{spread[2]:.0f}"
        }
    drawn = [Bar(label, count, None, shown(count)) for label, count in reversed(rows)]
    picture = bars(drawn, _in_words(_("People"), table))
    return Panel("kept", title, table, picture)


def pain(numbers: Mapping[str, Any], names: Names) -> Panel:
    spreads = _spreads(numbers, "pain")
    rows, drawn = _by_rung(spreads, names, _decimal)
    table = Table([_("Rung"), _("Mean"), _("Middle half"), _("People")], rows)
    if not spreads:
        return Panel("pain", _("Pain while practising"), table)
    here = _values(spreads, names)
    words = [
        _("%(pain)s on rung %(rung)s") % {"pain": _decimal(mid, step), "rung": rung}
        for rung, mid, step in [*here[:1], *here[1:][-1:]]
    ]
    title = ": ".join([_("Pain while practising"), ", ".join(words)]) if words else ""
    picture = bands(drawn, 10, 5, _in_words(_("Pain while practising, 0 to 10"), table))
    return Panel("pain", title or _("Pain while practising"), table, picture)


def faults(numbers: Mapping[str, Any], names: Names) -> Panel:
    found: list[list[Any]] = numbers["faults"]
    rows: list[list[str]] = []
    drawn: list[Bar] = []
    more: list[list[str]] = []
    spreads = _spreads(numbers, "faults")
    for fault, seen, gone, drills in found:
        name = names.faults.get(fault, fault)
        _people, _low, mid, _high, step = spreads.get(fault) or [None] * 5
        until = _("not shown") if mid is None else _days(mid, step)
        rows.append([name, shown(seen), shown(gone), until])
        drawn.append(Bar(name, gone, seen, _of(gone, seen)))
        more += [[name, names.drills.get(d, d), shown(n), shown(of)] for d, n, of in drills]
    columns = [_("Fault"), _("Seen in"), _("Not seen any more"), _("Days until then, middle")]
    table = Table(columns, rows)
    if not found:
        return Panel("faults", _("Faults, and the drills for them"), table)
    title = _("Faults, and the drills for them")
    if _leads(row[1] for row in found):
        title = _("Seen most often: %(fault)s") % {"fault": rows[0][0]}
    beside = [_("Fault"), _("Drill practised meanwhile"), _("People"), _("Not seen any more in")]
    picture = bars(drawn, _in_words(_("Seen in, not seen any more"), table))
    return Panel("faults", title, table, picture, Table(beside, more) if more else None)
