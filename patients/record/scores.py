"""The scores of the patient's own activities in words, for the clinic: change, and what counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from patients.standing.activities import Course, Score, mean_of, score_of
from patients.wording.days import short_day


def scores_in_words(courses: Sequence[Course]) -> list[str]:
    """A line for the mean, and one for each activity; empty while nothing is followed."""
    return list(_lines(courses))


def changes_in_words(courses: Sequence[Course]) -> list[str]:
    """The same, for a page that shows the scores themselves: of what has changed alone."""
    named = [(_("mean"), mean_of(courses))]
    named += [(course.activity.words, score_of(course)) for course in courses]
    return [
        f"{name}: {score_in_words(score)}"
        for name, score in named
        if score is not None and score.change is not None
    ]


def _lines(courses: Sequence[Course]) -> Iterator[str]:
    mean = mean_of(courses)
    if mean is not None:
        yield _("mean: {score}").format(score=score_in_words(mean))
    for course in courses:
        score = score_of(course)
        words = score_in_words(score) if score is not None else _("not rated yet")
        yield f"{course.activity.words}: {words}"


def score_in_words(score: Score) -> str:
    """'3 on 2 March, 6 on 30 March: change +3 (detectable from 3 on)'."""
    first = _("{score} on {day}").format(score=_figure(score.first), day=short_day(score.first_on))
    if score.latest is None or score.latest_on is None:
        return first
    latest = _("{score} on {day}").format(
        score=_figure(score.latest), day=short_day(score.latest_on)
    )
    return f"{first}, {latest}: {change_in_words(score)}"


def change_in_words(score: Score) -> str:
    """'change +3, at least the detectable 3'; empty with one rating alone."""
    if score.change is None:
        return ""
    words = (
        _("change {change}, at least the detectable {limit}")
        if score.is_detectable
        else _("change {change}, below the detectable {limit}")
    )
    return words.format(change=_signed(score.change), limit=score.detectable)


def _figure(score: float) -> str:
    """'6' or '6.3'."""
    return f"{score:.1f}".removesuffix(".0")


def _signed(change: float) -> str:
    figure = _figure(abs(change))
    return figure if figure == "0" else f"+{figure}" if change > 0 else f"−{figure}"
