"""The pain chart: pain during practice and the morning after, over the zones of the pain rules.

Unknown pain is never drawn as 0. A sentence beside the chart says what it shows, and a table shows
its numbers. The functions are pure. The activity chart uses the axis of this one.
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
    """The lowest pain, 0-10, of the zone "ease off" and of the zone "stop"; 11 = no such zone."""

    ease_from: int
    stop_from: int


def zones(usual: int | None, limits: pain.AnyLimits) -> Zones:
    """The zones of a patient with this usual pain, by the same rules as for an entry."""
    bands = [pain.band(number, usual, limits) for number in range(11)]
    ease = bands.index(pain.Band.EASE) if pain.Band.EASE in bands else 11
    stop = bands.index(pain.Band.STOP) if pain.Band.STOP in bands else 11
    return Zones(min(ease, stop), stop)


class Point(NamedTuple):
    """The pain of one day, 0-10, during practice and the morning after; None = not reported."""

    day: date
    during: int | None
    morning: int | None


LEFT = 28
_TOP = 8
RIGHT = 382
_BOTTOM = 198
_PER_POINT = (_BOTTOM - _TOP) / 10
#: At the right the names of the zones stand, where no line runs.
_NAMES = 72


def pain_chart(points: Sequence[Point], own: Zones, labelled_by: str) -> SafeString:
    """Draw pain during practice as dots and a line, and pain of the morning after as diamonds.

    The line breaks where a day has no number. A diamond stands at the day of its entry.

    ``points``: oldest first, at least one
    ``own``: the patient's own zones
    ``labelled_by``: the HTML id of the sentence that says what the chart shows
    """
    first = points[0].day
    last = points[-1].day
    span = max((last - first).days, 1)

    def x_of(day: date) -> float:
        return round(LEFT + 8 + (RIGHT - LEFT - 24 - _NAMES) * (day - first).days / span, 1)

    placed = [(x_of(point.day), point) for point in points]
    parts = [
        _zones(own),
        axis(first, last, x_of(first), x_of(last)),
        _lines(
            [(x, y_of(point.during) if point.during is not None else None) for x, point in placed]
        ),
        _mornings([(x, y_of(point.morning)) for x, point in placed if point.morning is not None]),
        _dots(
            [(x, y_of(point.during)) for x, point in placed if point.during is not None],
            5 if len(points) <= 30 else 3,
        ),
    ]
    return format_html(
        '<svg class="chart pains" viewBox="0 0 390 222" role="img" aria-labelledby="{}">{}</svg>',
        labelled_by,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def y_of(number: float) -> float:
    """The height of a number from 0 to 10 in the picture; 0 is at the bottom."""
    return round(_BOTTOM - number * _PER_POINT, 1)


def _zones(own: Zones) -> SafeString:
    stop = min(own.stop_from - 0.5, 10)
    ease = min(own.ease_from - 0.5, 10)
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
                y_of(top) + 17,
                word,
            )
            for tone, top, low, word in bands
            if top > low
        ),
    )


def axis(first: date, last: date, left: float, right: float) -> SafeString:
    """Draw the labels of both axes: 0 to 10 upwards; the first, the middle and the last day along.

    ``left``, ``right``: where the first and the last day stand.
    """
    scale = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT - 7, y_of(number) + 4, number) for number in range(0, 11, 2)),
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
    """Django's format for days between these two: '2 Mar', or '2 Mar 2026' across a new year."""
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
    # A little to the right, since a dot and a diamond at one place would hide each other.
    return format_html_join(
        "",
        '<rect class="morning" stroke-width="1.75" x="{}" y="{}" width="7" height="7" '
        'transform="rotate(45 {} {})"/>',
        ((round(x + 3.5, 1), round(y - 3.5, 1), x + 7, y) for x, y in places),
    )
