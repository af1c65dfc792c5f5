"""The sparkline: the last days of practice as a row of small bars."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from patients.pictures.marks import AWAY, DID, MISS, PART, REST, TODAY, Mark

_STEP = 8
_HEIGHT = 24


def sparkline(marks: Sequence[Mark]) -> SafeString:
    """Draw a bar as high as the share of the dose, a dot for a rest day or a day away, and an
    outline where nothing was logged.

    All bars are one shape, and so are all dots: a caseload shows 700 of them. A line of 3 around
    the bars rounds their corners, and makes the dots.
    """
    width = len(marks) * _STEP
    bars = "".join(_bar(mark, x * _STEP) for x, mark in enumerate(marks) if mark.kind in _DONE)
    dots = "".join(f"M{x * _STEP + 3} 21h0" for x, mark in enumerate(marks) if mark.kind in _FREE)
    outlines = "".join(
        f'<rect class="miss" x="{x * _STEP}.5" y="17.5" width="5" height="6" rx="1.5"/>'
        for x, mark in enumerate(marks)
        if mark.kind in _OPEN
    )
    return SafeString(
        f'<svg class="spark" width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}"'
        f' role="img" aria-label="{escape(counts_in_words(marks))}">'
        f"{_shape('did', bars)}{_shape('rest', dots)}{outlines}</svg>"
    )


_DONE = frozenset({DID, PART})
_FREE = frozenset({REST, AWAY})
_OPEN = frozenset({MISS, TODAY})


def _shape(name: str, path: str) -> str:
    return f'<path class="{name}" d="{path}"/>' if path else ""


def _bar(mark: Mark, x: int) -> str:
    """A bar of 6 by at least 4, without the line of 1.5 around it."""
    high = max(4, round(min(mark.share, 1.0) * (_HEIGHT - 1)))
    return f"M{x + 1}.5 {_HEIGHT - high + 1}.5h3v{high - 3}h-3z"


def counts_in_words(marks: Sequence[Mark]) -> str:
    """'Last 14 days: practised 12, rest 2, not logged 0'."""
    kinds = [mark.kind for mark in marks]
    return _("Last {days} days: practised {did}, rest {rest}, not logged {miss}").format(
        days=len(marks),
        did=kinds.count(DID) + kinds.count(PART),
        rest=kinds.count(REST) + kinds.count(AWAY),
        miss=kinds.count(MISS),
    )
