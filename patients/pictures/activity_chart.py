"""The chart of the patient's own activities: up to three lines of scores from 0 to 10.

The lines differ in mark, dash and number. A table beside the chart shows the scores. No score
decides anything, so the chart has no zones and no target. The functions are pure.
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

#: Distance of the lines from each other, so that equal scores of one day do not hide each other.
_APART = 7
#: Room at the right for the numbers of the lines, and the least distance between two numbers.
_ROOM = 40
_BETWEEN = 13
#: Above this number of days the marks are smaller.
_MANY = 20
#: How many days of scores, and characters of an activity, fit on a printed summary.
ON_PAPER = 6
WORDS_ON_PAPER = 60


@dataclass(frozen=True)
class ActivityRow:
    """One activity in the table: its number and mark in the chart, and its scores, oldest first."""

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
        """The newest score; None when there are fewer than two."""
        return self.course.ratings[-1] if len(self.course.ratings) > 1 else None


@dataclass(frozen=True)
class ActivityChart:
    """The chart and its table.

    ``rows``: one row for each followed activity
    ``svg``: the picture; empty until an activity is rated
    ``days``: each day with the score of every row (None = not rated that day), oldest day first
    ``day_format``: Django's date format for these days
    """

    rows: list[ActivityRow]
    svg: SafeString
    days: list[tuple[date, list[int | None]]]
    day_format: str

    @property
    def few_days(self) -> list[date]:
        """The days that fit on paper: the first day and the newest ones."""
        days = [day for day, _scores in self.days]
        return days if len(days) <= ON_PAPER else [days[0], *days[1 - ON_PAPER :]]

    @property
    def few_scores(self) -> list[tuple[ActivityRow, list[int | None]]]:
        """Each row with its scores of the few days."""
        scored = [(row, dict(row.course.ratings)) for row in self.rows]
        return [(row, [scores.get(day) for day in self.few_days]) for row, scores in scored]


def activity_chart(courses: Sequence[Course]) -> ActivityChart:
    """The chart of the followed activities with its table; without activities it has no rows."""
    scores_by_day = [dict(course.ratings) for course in courses]
    days = sorted({day for scores in scores_by_day for day in scores})
    rows = [ActivityRow(number, _key(number), course) for number, course in enumerate(courses, 1)]
    return ActivityChart(
        rows,
        _picture(rows, days) if days else SafeString(""),
        [(day, [scores.get(day) for scores in scores_by_day]) for day in days],
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

    lines = [(row.number, places(row)) for row in rows if row.course.ratings]
    parts = [
        format_html(
            '<path class="guide" d="M{0} {2}H{1}M{0} {3}H{1}M{0} {4}H{1}"/>', LEFT, RIGHT, *_GUIDES
        ),
        axis(first, last, left, right),
        *(_line(number, points, size) for number, points in lines),
        _numbers([(number, *points[-1]) for number, points in lines]),
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
    """The mark of a line: a filled circle (1), an empty square (2) or a filled triangle (3)."""
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
    """The number of each line beside its last mark, moved down where it would cover another."""
    placed: list[tuple[float, float, int]] = []
    for number, x, y in sorted(ends, key=lambda end: (end[2], end[0])):
        above = placed[-1][1] if placed else -_BETWEEN
        placed.append((x, max(y + 4, above + _BETWEEN), number))
    right = max(x for x, _y, _number in placed) + 9
    return format_html_join(
        "", '<text class="no" x="{}" y="{}">{}</text>', ((right, y, n) for _x, y, n in placed)
    )


def _key(number: int) -> SafeString:
    """A sample of a line with its mark, small enough to stand beside words."""
    line = format_html('<path class="course-{}" d="M1 8H33"/>', number)
    mark = _mark(number, 17, 8, 4)
    return format_html(
        '<svg class="chart" width="34" height="16" aria-hidden="true">{}{}</svg>', line, mark
    )


def activities_in_words(courses: Sequence[Course]) -> str:
    """'Tying shoes: 3 on 2 Mar, 6 on 30 Mar.' for each activity that was rated."""
    sentences = []
    for course in courses:
        scores = [
            _("{score} on {day}").format(score=score, day=formats.date_format(day, "j M Y"))
            for day, score in course.ratings
        ]
        if scores:
            sentences.append(f"{course.activity.words}: {', '.join(scores)}.")
    return " ".join(sentences)
