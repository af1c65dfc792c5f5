"""How hard practice was, in words: what was left in reserve where there is a load, or effort."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from patients.models import Effort, WhyStopped
from patients.models.load import MOST_RESERVE

#: What a set can leave in reserve, as a form offers it, most first.
RESERVES: list[tuple[str, Any]] = [
    (str(MOST_RESERVE), lazy("4 or more")),
    *((str(number), str(number)) for number in range(MOST_RESERVE - 1, -1, -1)),
]


class Told(Protocol):
    """An entry, or what a page read of it."""

    @property
    def effort(self) -> str | None: ...

    @property
    def why_stopped(self) -> str | None: ...

    @property
    def reserve(self) -> int | None: ...


def reserve_in_words(reserve: int) -> str:
    """'2 more possible', '4 or more possible'."""
    if reserve >= MOST_RESERVE:
        return _("{reserve} or more possible").format(reserve=MOST_RESERVE)
    return _("{reserve} more possible").format(reserve=reserve)


def effort_in_words(told: Told) -> str:
    """'About right', 'Had to stop: pain, 1 more possible', or 'not reported'."""
    return _joined(told, "{effort}: {why}")


def effort_in_a_line(told: Told) -> str:
    """The same within a sentence: 'had to stop (pain), 1 more possible'."""
    return _joined(told, "{effort} ({why})").lower()


def _joined(told: Told, stopped: str) -> str:
    """``stopped``: how the words for the effort and for why it ended stand together."""
    words = []
    if told.effort is not None:
        effort = str(Effort(told.effort).label)
        why = str(WhyStopped(told.why_stopped).label).lower() if told.why_stopped else ""
        words.append(stopped.format(effort=effort, why=why) if why else effort)
    if told.reserve is not None:
        words.append(reserve_in_words(told.reserve))
    return ", ".join(words) or _("not reported")
