"""Pictures of practice, drawn on the server: a sparkline, a pain chart, a month. Pure; unknown is
never drawn as 0.

Every picture says in words what it shows, and its numbers stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from patients.standing import pain


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


# ---- pain chart

LEFT = 28
_TOP = 8
RIGHT = 382
_BOTTOM = 198
_PER_POINT = (_BOTTOM - _TOP) / 10


def pain_chart(points: Sequence[Point], own: Zones, labelled_by: str) -> SafeString:
    """During (dots and a line, broken where a day says nothing) and the morning after (diamonds, at
    its own day).

    ``points``: oldest first, at least one; ``labelled_by``: id of the sentence that says what it
    shows.
    """
    first = points[0].day
    last = points[-1].day
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + 8 + (RIGHT - LEFT - 24) * (day - first).days / span, 1)

    parts = [
        _zones(own),
        axis(first, last, x(first), x(last)),
        _lines([(x(p.day), y_of(p.during) if p.during is not None else None) for p in points]),
        _mornings([(x(p.day), y_of(p.morning)) for p in points if p.morning is not None]),
        _dots(
            [(x(p.day), y_of(p.during)) for p in points if p.during is not None],
            5 if len(points) <= 30 else 3,
        ),
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
    stop = own.stop_from - 0.5
    ease = own.ease_from - 0.5
    bands = (
        ("stop", 10, stop, _("Stop")),
        ("warn", stop, ease, _("Ease off")),
        ("ok", ease, 0, _("Fine")),
    )
    return format_html_join(
        "",
        '<rect class="z-{}" x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}" '
        'text-anchor="end">{}</text>',
        (
            (
                tone,
                LEFT,
                y_of(top),
                RIGHT - LEFT,
                round(y_of(low) - y_of(top), 1),
                RIGHT - 6,
                y_of(top) + 15,
                word,
            )
            for tone, top, low, word in bands
            if top > low
        ),
    )


def axis(first: date, last: date, left: float, right: float) -> SafeString:
    """0 to 10 upwards, and the days of both ends and the middle; with their years when there are
    two of them."""
    scale = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT - 7, y_of(n) + 4, n) for n in range(0, 11, 2)),
    )
    ends = (
        [(left, "start", first)]
        if first == last
        else [(left, "start", first), (right, "end", last)]
    )
    if (last - first).days >= 6:
        ends.insert(
            1, ((left + right) / 2, "middle", first + timedelta(days=(last - first).days // 2))
        )
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
        '<rect class="morning" stroke-width="1.75" x="{}" y="{}" width="7" height="7" '
        'transform="rotate(45 {} {})"/>',
        ((round(x + 3.5, 1), round(y - 3.5, 1), x + 7, y) for x, y in places),
    )
