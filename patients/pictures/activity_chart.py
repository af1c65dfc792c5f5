"""How the patient's own activities went: up to three lines from 0 to 10, told apart by mark, dash
and number. Pure.

The numbers stand in a table beside it. No score decides anything: there is no zone and no target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from patients.pictures.pain_chart import LEFT, RIGHT, axis, day_format, y_of
from patients.standing.activities import Course

#: Lines stand this far beside each other, so that equal scores of one day do not hide each other.
_APART = 7
#: Room at the right for the numbers; how far they keep from each other.
_ROOM = 40
_BETWEEN = 13
#: From so many days on the marks are smaller.
_MANY = 20
#: So many days of scores, and characters of an activity, have room on a printed summary.
ON_PAPER = 6
WORDS_ON_PAPER = 60


@dataclass(frozen=True)
class ActivityRow:
    """One activity below the picture: its number and mark as in the picture, its scores, oldest
    first."""

    number: int
    mark: SafeString
    course: Course

    @property
    def short(self) -> str:
        return Truncator(self.course.activity.words).chars(WORDS_ON_PAPER)

    @property
    def first(self) -> tuple[date, int] | None:
        return next(iter(self.course.ratings), None)

    @property
    def latest(self) -> tuple[date, int] | None:
        """The newest score; None when there is but one, or none."""
        return self.course.ratings[-1] if len(self.course.ratings) > 1 else None


@dataclass(frozen=True)
class ActivityChart:
    """``svg`` is empty until something is rated; ``days``: each day with a score (or None) of every
    row, oldest first; ``day_format``: how days are written."""

    rows: list[ActivityRow]
    svg: SafeString
    days: list[tuple[date, list[int | None]]]
    day_format: str

    @property
    def few_days(self) -> list[date]:
        """What paper has room for: the first day and the newest ones."""
        days = [day for day, _scores in self.days]
        return days if len(days) <= ON_PAPER else [days[0], *days[1 - ON_PAPER :]]

    @property
    def few_scores(self) -> list[tuple[ActivityRow, list[int | None]]]:
        """Each row with its scores of the few days."""
        given = [(row, dict(row.course.ratings)) for row in self.rows]
        return [(row, [scores.get(day) for day in self.few_days]) for row, scores in given]


def activity_chart(courses: Sequence[Course]) -> ActivityChart:
    """The picture of the followed activities with its numbers; no rows without activities."""
    scores = [dict(one.ratings) for one in courses]
    days = sorted({day for one in scores for day in one})
    rows = [ActivityRow(number, _key(number), one) for number, one in enumerate(courses, 1)]
    return ActivityChart(
        rows,
        _picture(rows, days) if days else SafeString(""),
        [(day, [one.get(day) for one in scores]) for day in days],
        day_format(days[0], days[-1]) if days else "j M",
    )


def _picture(rows: Sequence[ActivityRow], days: Sequence[date]) -> SafeString:
    first = days[0]
    last = days[-1]
    size = 4 if len(days) <= _MANY else 2.5
    left = LEFT + _APART + 8
    right = RIGHT - _ROOM

    def places(row: ActivityRow) -> list[tuple[float, float]]:
        aside = (row.number - 2) * _APART
        along = (right - left) / max((last - first).days, 1)
        return [
            (round(left + aside + along * (day - first).days, 1), y_of(score))
            for day, score in row.course.ratings
        ]

    drawn = [(row.number, places(row)) for row in rows if row.course.ratings]
    parts = [
        format_html(
            '<path class="guide" d="M{0} {2}H{1}M{0} {3}H{1}M{0} {4}H{1}"/>', LEFT, RIGHT, *_GUIDES
        ),
        axis(first, last, left, right),
        *(_line(number, at, size) for number, at in drawn),
        _numbers([(number, *at[-1]) for number, at in drawn]),
    ]
    return format_html(
        '<svg class="chart measure" viewBox="0 0 390 222" role="img" aria-label="{}">{}</svg>',
        activities_in_words([row.course for row in rows]),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


_GUIDES = [y_of(number) for number in (0, 5, 10)]


def _line(number: int, places: Sequence[tuple[float, float]], size: float) -> SafeString:
    marks = format_html_join("", "{}", ((_mark(number, x, y, size),) for x, y in places))
    if len(places) == 1:
        return marks
    points = " ".join(f"{x},{y}" for x, y in places)
    return format_html('<polyline class="course-{}" points="{}"/>{}', number, points, marks)


def _mark(number: int, x: float, y: float, size: float) -> SafeString:
    """A filled circle, an empty square, a filled triangle."""
    if number == 1:
        return format_html('<circle class="mark-1" cx="{}" cy="{}" r="{}"/>', x, y, size)
    if number == 2:
        corner = (round(x - size, 1), round(y - size, 1), 2 * size)
        return format_html(
            '<rect class="mark-2" x="{0}" y="{1}" width="{2}" height="{2}"/>', *corner
        )
    up = round(y - 1.2 * size, 1)
    side = round(y + size, 1)
    where = (round(x - 1.2 * size, 1), side, x, up, round(x + 1.2 * size, 1), side)
    return format_html('<path class="mark-3" d="M{} {}L{} {}L{} {}z"/>', *where)


def _numbers(ends: Sequence[tuple[int, float, float]]) -> SafeString:
    """The number of each line beside its last mark, moved apart where the ends meet."""
    placed: list[tuple[float, float, int]] = []
    for number, x, y in sorted(ends, key=lambda end: (end[2], end[0])):
        above = placed[-1][1] if placed else -_BETWEEN
        placed.append((x, max(y + 4, above + _BETWEEN), number))
    right = max(x for x, _y, _number in placed) + 9
    return format_html_join(
        "", '<text class="no" x="{}" y="{}">{}</text>', ((right, y, n) for _x, y, n in placed)
    )


def _key(number: int) -> SafeString:
    """The line and mark of an activity in the size of a word."""
    line = format_html('<path class="course-{}" d="M1 8H33"/>', number)
    mark = _mark(number, 17, 8, 4)
    return format_html(
        '<svg class="chart" width="34" height="16" aria-hidden="true">{}{}</svg>', line, mark
    )


def activities_in_words(courses: Sequence[Course]) -> str:
    """'Tying shoes: 3 on 2 Mar, 6 on 30 Mar.' for each activity that was rated."""
    said = []
    for one in courses:
        scores = [
            _("{score} on {day}").format(score=score, day=formats.date_format(day, "j M Y"))
            for day, score in one.ratings
        ]
        if scores:
            said.append(f"{one.activity.words}: {', '.join(scores)}.")
    return " ".join(said)
