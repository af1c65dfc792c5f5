"""Pictures of counted numbers: rows with a label above a bar, or above a dot in its band.

What is not shown in words is not drawn either: a bar has the length of the number beside it. A
label above its bar leaves room for both on a phone. The functions are pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH = 360
#: The longest bar. Right of it stands its number, at most "fewer than 5 of 2000".
_BAR = 215
_LINE = 18
_HIGH = 16
_GAP = 12
#: So many letters of a label stand in one line, and so many lines are drawn.
_LETTERS = 40
_LINES = 2


class Bar(NamedTuple):
    """A row: how many of how many, in words at its end.

    ``value``: the dark bar; ``of``: the light one behind it; ``beside``: the one at the end of
    that, of those who stopped. None = not shown
    """

    label: str
    value: int | None
    of: int | None
    words: str
    beside: int | None = None


class Band(NamedTuple):
    """A row: a dot at ``mid`` in the band from ``low`` to ``high``; None = not shown."""

    label: str
    ends: tuple[float, float, float] | None
    words: str


def bars(rows: Sequence[Bar], words: str) -> SafeString:
    """``words``: what the picture shows, for who cannot see it."""
    most = max((row.of or row.value or 0 for row in rows), default=0) or 1
    drawn: list[SafeString] = []
    y = 0
    for row in rows:
        label, y = _label(row.label, y)
        drawn += [label, _bar(row, y, _BAR / most)]
        y += _HIGH + _GAP
    return _svg(drawn, y, words)


def bands(rows: Sequence[Band], most: int, marks: int, words: str) -> SafeString:
    """``most``: the end of the scale, which begins at 0; ``marks``: how many parts it has."""
    scale = [(most * nth // marks, 4 + nth * (_BAR - 4) / marks) for nth in range(marks + 1)]
    drawn: list[SafeString] = []
    y = 0
    for row in rows:
        label, y = _label(row.label, y)
        drawn += [label, _band(row, y, (_BAR - 4) / most)]
        y += _HIGH + _GAP
    lines = format_html_join(
        "",
        '<path class="rule" d="M{} 0V{}"/><text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((round(x, 1), y, max(round(x, 1), 8), y + _LINE - 2, number) for number, x in scale),
    )
    return _svg([lines, *drawn], y + _LINE + 4, words)


def scale_for_days(highest: float) -> int:
    """The end of a scale in whole weeks, with a mark at each quarter of it."""
    return 28 * max(1, math.ceil(highest / 28))


def _label(text: str, y: int) -> tuple[SafeString, int]:
    """The label, and where its bar begins."""
    lines = wrap(text, _LETTERS, max_lines=_LINES, placeholder=" …")
    drawn = format_html_join(
        "",
        '<text class="v" x="0" y="{}">{}</text>',
        ((y + _LINE * nth - 5, line) for nth, line in enumerate(lines, 1)),
    )
    return drawn, y + _LINE * len(lines)


def _bar(row: Bar, y: int, per: float) -> SafeString:
    parts: list[tuple[str, float, float]] = []
    whole = (row.of or 0) * per
    if row.of:
        parts.append(("bar2", 0, whole))
    if row.value:
        parts.append(("bar1", 0, row.value * per))
    if row.beside:
        parts.append(("gone", max(whole - row.beside * per, 0), row.beside * per))
    rects = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        ((name, round(x, 1), y, round(wide, 1), _HIGH) for name, x, wide in parts),
    )
    end = max((x + wide for _name, x, wide in parts), default=-8)
    return format_html("{}{}", rects, _at_end(row.words, end, y))


def _band(row: Band, y: int, per: float) -> SafeString:
    if row.ends is None:
        return _at_end(row.words, -8, y)
    low, mid, high = (round(4 + value * per, 1) for value in row.ends)
    return format_html(
        '<rect class="range" x="{}" y="{}" width="{}" height="{}" rx="7"/>'
        '<circle class="mid" cx="{}" cy="{}" r="7"/>{}',
        round(low - 4, 1),
        y + 1,
        round(high - low + 8, 1),
        _HIGH - 2,
        mid,
        y + _HIGH / 2,
        _at_end(row.words, high + 4, y),
    )


def _at_end(words: str, x: float, y: int) -> SafeString:
    return format_html('<text x="{}" y="{}">{}</text>', round(x + 8, 1), y + _HIGH - 3, words)


def _svg(parts: Iterable[SafeString], high: int, words: str) -> SafeString:
    return format_html(
        '<svg class="chart counted" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        _WIDTH,
        high,
        words,
        format_html_join("", "{}", ((part,) for part in parts)),
    )
