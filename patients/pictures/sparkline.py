"""The sparkline: the last days of practice as a row of small bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from patients.pictures.marks import AWAY, DID, MISS, PART, REST, TODAY, Mark

_STEP = 8
_BAR = 6
_HEIGHT = 24


def sparkline(marks: Sequence[Mark]) -> SafeString:
    """Draw a bar as high as the share of the dose, a dot for a rest day or a day away, and an
    outline where nothing was logged."""
    bars = SafeString(
        "".join(_bar(mark.kind, mark.share, x * _STEP) for x, mark in enumerate(marks))
    )
    width = len(marks) * _STEP
    return format_html(
        '<svg class="spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" '
        'aria-label="{2}">{3}</svg>',
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
    # Cached, since a caseload shows 700 bars and most of them are equal.
    if kind in {DID, PART}:
        high = max(4, round(min(share, 1.0) * (_HEIGHT - 1)))
        return format_html(
            '<rect class="did" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>',
            x,
            _HEIGHT - high,
            _BAR,
            high,
        )
    if kind in {REST, AWAY}:
        return format_html('<circle class="rest" cx="{}" cy="21" r="1.5"/>', x + _BAR // 2)
    if kind in {MISS, TODAY}:
        return format_html(
            '<rect class="miss" x="{}" y="17.5" width="5" height="6" rx="1.5"/>', x + 0.5
        )
    return SafeString("")
