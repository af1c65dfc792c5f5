"""Says of an exception what whoever runs the server needs, and nothing that somebody typed."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from accounts.logs import blotted

ROOT = Path(__file__).resolve().parent.parent
#: The innermost places that are told.
PLACES = 12
#: Their words are about code. Those of all others may quote what was typed.
ABOUT_CODE = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
_QUOTED = re.compile(r"'[^']*'|\"(?!\w+_\w+\")[^\"]*\"|«[^»]*»")


@dataclass(frozen=True)
class Place:
    file: str
    line: int
    function: str
    ours: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}"


@dataclass(frozen=True)
class Fault:
    """An exception. ``places``: the innermost last."""

    kind: str
    words: str
    places: list[Place]

    @property
    def innermost(self) -> Place | None:
        """The place that is most likely to be mended."""
        places = [place for place in self.places if place.ours] or self.places
        return places[-1] if places else None

    def __str__(self) -> str:
        where = " > ".join(map(str, self.places))
        return f"{self.kind}: {self.words} ({where})"


def fault_of(error: BaseException) -> Fault:
    return Fault(type(error).__name__, _words(error), _places(error.__traceback__))


def chain_of(error: BaseException) -> list[Fault]:
    """The exception and those that it came of, at most three."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and len(found) < 3:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return [fault_of(one) for one in found]


def _words(error: BaseException) -> str:
    # The lines after the first one quote the row that was to be written.
    first = str(error).strip().partition("\n")[0][:200]
    return blotted(first if isinstance(error, ABOUT_CODE) else _QUOTED.sub("…", first))


def _places(found: TracebackType | None) -> list[Place]:
    frames = traceback.extract_tb(found)[-PLACES:]
    return [_place(frame) for frame in frames]


def _place(frame: traceback.FrameSummary) -> Place:
    path = Path(frame.filename)
    ours = path.is_relative_to(ROOT) and "site-packages" not in path.parts
    outside = frame.filename.rpartition("site-packages/")[2]
    name = str(path.relative_to(ROOT)) if ours else outside
    return Place(name, frame.lineno or 0, frame.name, ours)
