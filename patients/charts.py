"""Pictures of practice, drawn on the server: a sparkline, a pain chart, a month. Pure; unknown is never drawn as 0.

Every picture says in words what it shows, and its numbers stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from patients import pain

#: What a day was: practised, in part, a rest day, away, planned and not logged, today and open, still to come.
DID, PART, REST, AWAY, MISS, TODAY, LATER = "did", "part", "rest", "away", "miss", "today", "later"
BEFORE = "before"


class Mark(NamedTuple):
    """One day of practice. ``share``: of the dose, 0-1; of no matter unless the day was practised."""

    day: date
    kind: str
    share: float = 1.0

    @property
    def word(self) -> str:
        return word(self.kind)


class Zones(NamedTuple):
    """Pain 0-10: ease off from, stop from."""

    ease_from: int
    stop_from: int


def zones(usual: int | None, limits: pain.Thresholds) -> Zones:
    """Where the person's own bands begin; the same rules as for an entry."""
    bands = [pain.band(number, usual, limits) for number in range(11)]
    above = [number for number, band in enumerate(bands) if band is not pain.Band.FINE]
    return Zones(above[0], next(number for number in above if bands[number] is pain.Band.STOP))


class Point(NamedTuple):
    """Pain of one day, 0-10; None = not reported."""

    day: date
    during: int | None
    morning: int | None


# ---- sparkline

_STEP, _BAR, _HEIGHT = 8, 6, 24


def sparkline(marks: Sequence[Mark]) -> SafeString:
    """Bars as high as the share of the dose, dots on rest days, outlines where nothing was logged."""
    bars = SafeString("".join(_bar(mark.kind, mark.share, x * _STEP) for x, mark in enumerate(marks)))
    width = len(marks) * _STEP
    return format_html(
        '<svg class="spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}">{3}</svg>',
        width,
        _HEIGHT,
        counts_in_words(marks),
        bars,
    )


def counts_in_words(marks: Sequence[Mark]) -> str:
    """'Last 14 days: practised 12, rest 2, not logged 0'."""
    return _("Last {days} days: practised {did}, rest {rest}, not logged {miss}").format(
        days=len(marks),
        did=_count(marks, DID, PART),
        rest=_count(marks, REST, AWAY),
        miss=_count(marks, MISS),
    )


def _count(marks: Iterable[Mark], *kinds: str) -> int:
    return sum(mark.kind in kinds for mark in marks)


@lru_cache(maxsize=1024)
def _bar(kind: str, share: float, x: int) -> SafeString:
    # Kept, since a caseload shows 700 of them and they are few kinds.
    if kind in {DID, PART}:
        high = max(4, round(min(share, 1.0) * (_HEIGHT - 1)))
        return format_html(
            '<rect class="did" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>', x, _HEIGHT - high, _BAR, high
        )
    if kind in {REST, AWAY}:
        return format_html('<circle class="rest" cx="{}" cy="21" r="1.5"/>', x + _BAR // 2)
    if kind in {MISS, TODAY}:
        return format_html('<rect class="miss" x="{}" y="17.5" width="5" height="6" rx="1.5"/>', x + 0.5)
    return SafeString("")


# ---- the little ladder


@lru_cache(maxsize=64)
def mini(count: int, rung: int, *, complete: bool = False) -> SafeString:
    """Where somebody stands, in the size of a letter; the words stand beside it."""
    bars = (
        ("on" if number < rung or complete else "now" if number == rung else "", (count - number) * 4)
        for number in range(1, count + 1)
    )
    return format_html(
        '<svg class="mini" viewBox="0 0 18 {}" aria-hidden="true">{}</svg>',
        count * 4 - 1,
        format_html_join("", '<rect class="{}" x="0" y="{}" width="18" height="2.6" rx="1"/>', bars),
    )


# ---- pain chart

LEFT, _TOP, RIGHT, _BOTTOM = 28, 8, 382, 198
_PER_POINT = (_BOTTOM - _TOP) / 10


def pain_chart(points: Sequence[Point], own: Zones, labelled_by: str) -> SafeString:
    """During (dots and a line, broken where a day says nothing) and the morning after (diamonds, at its own day).

    ``points``: oldest first, at least one; ``labelled_by``: id of the sentence that says what it shows.
    """
    first, last = points[0].day, points[-1].day
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + 8 + (RIGHT - LEFT - 24) * (day - first).days / span, 1)

    parts = [
        _zones(own),
        axis(first, last, x(first), x(last)),
        _lines([(x(p.day), y_of(p.during) if p.during is not None else None) for p in points]),
        _mornings([(x(p.day), y_of(p.morning)) for p in points if p.morning is not None]),
        _dots([(x(p.day), y_of(p.during)) for p in points if p.during is not None], 5 if len(points) <= 30 else 3),
    ]
    return format_html(
        '<svg class="chart" viewBox="0 0 390 222" role="img" aria-labelledby="{}">{}</svg>',
        labelled_by,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def y_of(number: float) -> float:
    """Where a number from 0 to 10 stands: 0 at the bottom."""
    return round(_BOTTOM - number * _PER_POINT, 1)


def _zones(own: Zones) -> SafeString:
    stop, ease = own.stop_from - 0.5, own.ease_from - 0.5
    bands = (("stop", 10, stop, _("Stop")), ("warn", stop, ease, _("Ease off")), ("ok", ease, 0, _("Fine")))
    return format_html_join(
        "",
        '<rect class="z-{}" x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (tone, LEFT, y_of(top), RIGHT - LEFT, round(y_of(low) - y_of(top), 1), RIGHT - 6, y_of(top) + 15, word)
            for tone, top, low, word in bands
            if top > low
        ),
    )


def axis(first: date, last: date, left: float, right: float) -> SafeString:
    """0 to 10 upwards, and the days of both ends and the middle; with their years when there are two of them."""
    scale = format_html_join(
        "", '<text x="{}" y="{}" text-anchor="end">{}</text>', ((LEFT - 7, y_of(n) + 4, n) for n in range(0, 11, 2))
    )
    ends = [(left, "start", first)] if first == last else [(left, "start", first), (right, "end", last)]
    if (last - first).days >= 6:
        ends.insert(1, ((left + right) / 2, "middle", first + timedelta(days=(last - first).days // 2)))
    days = format_html_join(
        "",
        '<text x="{}" y="217" text-anchor="{}">{}</text>',
        ((x, anchor, formats.date_format(day, day_format(first, last))) for x, anchor, day in ends),
    )
    return format_html("{}{}", scale, days)


def day_format(first: date, last: date) -> str:
    """How days between these two are written: '2 Mar', or '2 Mar 2026' across a new year."""
    return "j M" if first.year == last.year else "j M Y"


def _lines(places: Sequence[tuple[float, float | None]]) -> SafeString:
    runs: list[list[str]] = [[]]
    for x, y in places:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x},{y}")
    return format_html_join(
        "",
        '<polyline class="line" stroke-width="2" points="{}"/>',
        ((" ".join(run),) for run in runs if len(run) > 1),
    )


def _dots(places: Iterable[tuple[float, float]], radius: int) -> SafeString:
    dot = '<circle class="during" cx="{}" cy="{}" r="{}" stroke-width="2"/>'
    return format_html_join("", dot, ((x, y, radius) for x, y in places))


def _mornings(places: Iterable[tuple[float, float]]) -> SafeString:
    # Beside its practice, not on it: a dot and a diamond at one place would hide each other.
    return format_html_join(
        "",
        '<rect class="morning" stroke-width="1.75" x="{}" y="{}" width="7" height="7" transform="rotate(45 {} {})"/>',
        ((round(x + 3.5, 1), round(y - 3.5, 1), x + 7, y) for x, y in places),
    )


# ---- calendar


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday; None pads. ``previous``, ``next``: first days of the months to turn to."""

    first: date
    weeks: list[list[Mark | None]]
    previous: date | None
    next: date | None


def month(first: date, marks: Sequence[Mark], *, earliest: date, latest: date) -> Month:
    """``marks``: every day of the month in order; ``earliest``, ``latest``: the months that can be turned to."""
    padded: list[Mark | None] = [None] * first.weekday() + list(marks)
    padded += [None] * (-len(padded) % 7)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    return Month(
        first,
        [padded[start : start + 7] for start in range(0, len(padded), 7)],
        before if before >= earliest.replace(day=1) else None,
        after if after <= latest.replace(day=1) else None,
    )


def word(kind: str) -> str:
    """What a mark means, as it is read out."""
    return {
        DID: _("practised"),
        PART: _("practised in part"),
        REST: _("rest day"),
        AWAY: _("away"),
        MISS: _("not logged"),
        TODAY: _("today"),
        LATER: _("still to come"),
        BEFORE: _("before the plan"),
    }[kind]


def weekdays() -> list[tuple[str, str]]:
    """The seven days from Monday: first letter and whole name."""
    monday = date(2024, 1, 1)
    named = (formats.date_format(monday + timedelta(days=nth), "l") for nth in range(7))
    return [(name[0], name) for name in named]
