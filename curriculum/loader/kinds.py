"""The kinds of value in the content: how to check a value, and what to say when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from curriculum.ladder_words import KEYS
from curriculum.models import EVERY_DAY

SLUG_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Kind:
    """``expected`` completes the sentence "expected ..."; ``fits`` says whether a value is one."""

    expected: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True)
class Key:
    """One key of a table. When it is left out, its value is ``default``."""

    kind: Kind
    required: bool = True
    default: Any = None


def optional(kind: Kind, default: Any) -> Key:
    return Key(kind, required=False, default=default)


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and value.strip() != "" and len(value) <= longest


def text(longest: int = 2000) -> Kind:
    return Kind(
        f"a text that is not empty, of at most {longest} characters",
        lambda value: _is_text(value, longest),
    )


def number(low: int, high: int) -> Kind:
    return Kind(
        f"a whole number from {low} to {high}",
        lambda value: (
            isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        ),
    )


def one_of(choices: Iterable[str]) -> Kind:
    allowed = list(choices)
    return Kind(f"one of {', '.join(allowed)}", lambda value: value in allowed)


def _all(value: Any, kind: Kind) -> bool:
    return isinstance(value, list) and all(kind.fits(part) for part in value)


def list_of(kind: Kind, least: int = 0) -> Kind:
    many = "a list" if least == 0 else f"a list of at least {least}"
    return Kind(
        f"{many}, each one {kind.expected}, and none twice",
        lambda value: (
            _all(value, kind) and least <= len(value) == len({str(part) for part in value})
        ),
    )


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 50 and bool(SLUG_SHAPE.fullmatch(value))


def _is_ranges(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _is_slug(name) and _is_range(part) for name, part in value.items()
    )


def _is_range(value: Any) -> bool:
    degrees = number(-180, 180)
    return _all(value, degrees) and len(value) == 2 and value[0] <= value[1]


SLUG = Kind("a slug: small letters, digits and single hyphens, at most 50", _is_slug)
YES_NO = Kind("true or false", lambda value: isinstance(value, bool))
SLUGS = list_of(SLUG)
SENTENCES = list_of(text(), least=1)
DAYS = Kind(
    f'"daily" or a list of {", ".join(WEEKDAYS)}',
    lambda value: value == "daily" or (value != [] and list_of(one_of(WEEKDAYS)).fits(value)),
)
LINES = Kind(
    "a table of precautions, each with the key of a line",
    lambda value: (
        isinstance(value, dict)
        and value != {}
        and all(isinstance(key, str) for key in value.values())
    ),
)
WORDS = Kind(
    f"a table of some of {', '.join(KEYS)}, each a text of at most 200 characters",
    lambda value: (
        isinstance(value, dict)
        and value.keys() <= set(KEYS)
        and all(_is_text(words, 200) for words in value.values())
    ),
)
RANGES = Kind("a table of measures, each [from, to] in degrees with from at most to", _is_ranges)
POSTURE = Kind(
    "a table that describes a posture", lambda value: isinstance(value, dict) and bool(value)
)


def weekday_bits(days: str | list[str]) -> int:
    """Bits for "daily" or for names of weekdays; Monday is the lowest bit."""
    return EVERY_DAY if days == "daily" else sum(1 << WEEKDAYS.index(day) for day in days)
