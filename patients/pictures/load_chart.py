"""The load chart: weight times repetitions of each session as bars, with the pain of the session
and of the morning after as numbers beneath.

Unknown pain is never drawn as 0. A sentence beside the chart says what it shows, and a table shows
its numbers. The functions are pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from patients.standing.lifted import Lifted
from patients.wording.days import short_day

#: How many sessions a chart draws. The table beside it has all of them.
MOST = 10
_LEFT = 58
_RIGHT = 388
_TOP = 34
_BASE = 118
_ROWS = {"weight": 135, "pain": 158, "morning": 178, "day": 200, "month": 215}
_UNKNOWN = "–"


@dataclass(frozen=True)
class LoadChart:
    """The picture of some sessions with its words; empty without a session.

    ``lifts``: every session, newest first, for the table
    ``drawn``: how many of the newest sessions the picture shows
    ``sided``: whether some session counts left and right apart
    """

    svg: SafeString | str
    words: str
    lifts: Sequence[Lifted]
    drawn: int

    @property
    def sided(self) -> bool:
        return any(lift.sided for lift in self.lifts)


def load_chart(lifts: Sequence[Lifted], labelled_by: str) -> LoadChart:
    """Draw the newest sessions; ``lifts`` is oldest first.

    ``labelled_by``: the HTML id of the sentence that says what the chart shows
    """
    shown = lifts[-MOST:]
    newest_first = list(reversed(lifts))
    if not shown:
        return LoadChart("", "", newest_first, 0)
    return LoadChart(_svg(shown, labelled_by), lifted_in_words(shown), newest_first, len(shown))


def lifted_in_words(lifts: Sequence[Lifted]) -> str:
    """The chart in words; at least one session, oldest first."""
    sentences = [_sentence(lifts[0], lifts[-1])]
    told = [lift for lift in lifts if lift.felt.pain is not None]
    if told:
        highest = max(told, key=lambda lift: (lift.felt.pain or 0, lift.day))
        sentences.append(
            _("Highest pain while lifting: {pain} of 10, on {day} with {kg} kg.").format(
                pain=highest.felt.pain, day=short_day(highest.day), kg=highest.kilograms
            )
        )
    if any(lift.felt.worse for lift in lifts):
        sentences.append(
            _("Worse the morning after: {days}.").format(
                days=", ".join(short_day(lift.day) for lift in lifts if lift.felt.worse)
            )
        )
    return " ".join(sentences)


def _sentence(first: Lifted, last: Lifted) -> str:
    words = {
        "day": short_day(last.day),
        "kg": last.kilograms,
        "amount": f"{last.amount:g}",
        "first_day": short_day(first.day),
        "first_kg": first.kilograms,
        "first_amount": f"{first.amount:g}",
    }
    if first is last:
        return _("{kg} kg on {day}: {amount} kilograms in all repetitions.").format(**words)
    return _(
        "Weight × repetitions: {first_amount} on {first_day} with {first_kg} kg, "
        "{amount} on {day} with {kg} kg."
    ).format(**words)


def _svg(lifts: Sequence[Lifted], labelled_by: str) -> SafeString:
    places = _places(len(lifts))
    parts = [
        _names(lifts),
        *_bars(lifts, places),
        _weights(lifts, places),
        *_felt(lifts, places),
        _days(lifts, places),
    ]
    return format_html(
        '<svg class="chart load" viewBox="0 0 390 220" role="img" aria-labelledby="{}">{}</svg>',
        labelled_by,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _places(count: int) -> list[float]:
    """The middle of each session's column. Few sessions stand at the left, not far apart."""
    return [round(_LEFT + _step(count) * (nth + 0.5), 1) for nth in range(count)]


def _step(count: int) -> float:
    return min((_RIGHT - _LEFT) / count, 48)


def _names(lifts: Sequence[Lifted]) -> SafeString:
    sided = any(lift.sided for lift in lifts)
    named = [
        (14, _("kg × repetitions, left below right") if sided else _("kg × repetitions")),
        (_ROWS["weight"], _("Weight")),
        (_ROWS["pain"], _("Pain")),
        (_ROWS["morning"], _("Morning")),
    ]
    words = format_html_join("", '<text x="0" y="{}">{}</text>', named)
    return format_html('<path class="rule" d="M{} {}H{}"/>{}', _LEFT, _BASE, _RIGHT, words)


def _bars(lifts: Sequence[Lifted], places: Sequence[float]) -> Iterator[SafeString]:
    """A bar for each session, left below right; those of today's weight are darker."""
    most = max(lift.amount for lift in lifts)
    wide = round(_step(len(lifts)) * 0.7, 1)
    for lift, x in zip(lifts, places, strict=True):
        kind = "lift" if lift.weights == lifts[-1].weights else "lift was"
        foot = float(_BASE)
        for amount in [lift.left, lift.right] if lift.sided else [lift.amount]:
            tall = (_BASE - _TOP) * amount / most
            foot -= tall
            yield format_html(
                '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
                kind,
                round(x - wide / 2, 1),
                round(foot, 1),
                wide,
                round(max(tall - 1, 0), 1),
            )
        yield format_html(
            '<text class="sum" x="{}" y="{}" text-anchor="middle">{}</text>',
            x,
            round(foot - 5, 1),
            f"{lift.amount:g}",
        )


def _weights(lifts: Sequence[Lifted], places: Sequence[float]) -> SafeString:
    """The weight once over all neighbouring sessions that had it, with a line above."""
    half = _step(len(lifts)) * 0.45
    spans = []
    for (_drill, kilograms), group in groupby(
        zip(lifts, places, strict=True), key=lambda one: (one[0].drill, one[0].kilograms)
    ):
        xs = [x for _lift, x in group]
        middle = round((xs[0] + xs[-1]) / 2, 1)
        unit = _("{kg} kg") if len(xs) > 1 else "{kg}"
        words = unit.format(kg=kilograms)
        spans.append((round(xs[0] - half, 1), _BASE + 4, round(xs[-1] + half, 1), middle, words))
    return format_html_join(
        "",
        '<path class="rule" d="M{} {}H{}"/><text class="sum" x="{}" y="135" '
        'text-anchor="middle">{}</text>',
        spans,
    )


def _felt(lifts: Sequence[Lifted], places: Sequence[float]) -> Iterator[SafeString]:
    """Pain and morning of each session as numbers."""
    for lift, x in zip(lifts, places, strict=True):
        pain = _UNKNOWN if lift.felt.pain is None else str(lift.felt.pain)
        yield _number(x, _ROWS["pain"], pain, uneasy=lift.uneasy)
        yield _number(x, _ROWS["morning"], morning_mark(lift), uneasy=bool(lift.felt.worse))


def morning_mark(lift: Lifted) -> str:
    """The morning in one character or number: pain, '=' as usual, '↑' worse, '–' not reported."""
    if lift.felt.morning is not None:
        return str(lift.felt.morning)
    if lift.felt.worse is None:
        return _UNKNOWN
    return "↑" if lift.felt.worse else "="


def _number(x: float, y: int, words: str, *, uneasy: bool) -> SafeString:
    return format_html(
        '<text class="felt{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        " uneasy" if uneasy else "",
        x,
        y,
        words,
    )


def _days(lifts: Sequence[Lifted], places: Sequence[float]) -> SafeString:
    """The day under each session, and the month where it begins."""
    rows: list[tuple[float, int, str]] = []
    month = None
    for lift, x in zip(lifts, places, strict=True):
        rows.append((x, _ROWS["day"], str(lift.day.day)))
        if (lift.day.year, lift.day.month) != month:
            rows.append((x, _ROWS["month"], formats.date_format(lift.day, "M")))
            month = (lift.day.year, lift.day.month)
    return format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', rows)
