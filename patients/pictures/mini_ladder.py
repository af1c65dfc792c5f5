"""A picture of the ladder as small as a letter. It shows which rungs are passed and which is open.

The page says the same in words beside it.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_STEP = 4


@lru_cache(maxsize=256)
def mini_ladder(rung: int, top: int, *, complete: bool = False) -> SafeString:
    """A ladder of ``top`` rungs: those below ``rung`` are passed, and ``rung`` is open.

    All are passed when ``complete``.
    """
    bars = ((_kind(number, rung, complete), _STEP * (top - number)) for number in range(1, top + 1))
    return format_html(
        '<svg class="mini" viewBox="0 0 18 {}" aria-hidden="true">{}</svg>',
        max(_STEP * top - 1, 1),
        format_html_join("", '<rect{} x="0" y="{}" width="18" height="2.6" rx="1"/>', bars),
    )


def _kind(number: int, rung: int, complete: bool) -> SafeString:
    if number < rung or complete:
        return SafeString(' class="on"')
    return SafeString(' class="now"') if number == rung else SafeString("")
