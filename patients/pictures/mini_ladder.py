"""A picture of the ladder as small as a letter. It shows which rungs are passed and which is open.

The page says the same in words beside it.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString

_STEP = 4


@lru_cache(maxsize=256)
def mini_ladder(rung: int, top: int, *, complete: bool = False) -> SafeString:
    """A ladder of ``top`` rungs: those below ``rung`` are passed, and ``rung`` is open.

    All are passed when ``complete``.
    """
    open_from, open_to = (top, top) if complete else (min(rung - 1, top), min(rung, top))
    high = max(_STEP * top - 1, 1)
    return SafeString(
        f'<svg class="mini" viewBox="0 0 18 {high}" aria-hidden="true">'
        f"{_shape('on', top, range(1, open_from + 1))}"
        f"{_shape('now', top, range(open_from + 1, open_to + 1))}"
        f"{_shape('off', top, range(open_to + 1, top + 1))}</svg>"
    )


def _shape(kind: str, top: int, rungs: range) -> str:
    """Bars of 18 by 2.6, without the line of 1 around them that rounds their corners."""
    path = "".join(f"M1 {_STEP * (top - number) + 1}h16v.6H1z" for number in rungs)
    return f'<path class="{kind}" d="{path}"/>' if path else ""
