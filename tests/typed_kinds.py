"""The kinds of fields, and the bad input that each must survive."""

from __future__ import annotations

from dataclasses import dataclass

SCRIPT = '<script>alert("x")</script>&amp;'
EMOJI = "Bien 👍🏽 👩‍👩‍👧‍👦"
RIGHT_TO_LEFT = "‏كان الظهر جيدًا‏ ‮abc"
NUL = "a\x00b"
LONG = "x" * 10_000
DIGITS = "9" * 40
MORE_DIGITS = "9" * 5000  # more than int() takes
HUGE = str(10**40)


@dataclass(frozen=True)
class Kind:
    """A kind of field.

    refused: input that must come back with a sentence
    survived: input that may be taken or refused, but must not break the page
    kept: whether the form that comes back holds the input; a password and an unknown choice do not
    words: whether a person writes what they like
    """

    refused: tuple[str, ...] = ()
    survived: tuple[str, ...] = ()
    kept: bool = True
    words: bool = False


def text(limit: int, *, needed: bool = False) -> Kind:
    """Text of at most ``limit`` characters."""
    too_long = ("x" * (limit + 1), "é👍🏽" * 5000)
    empty = ("", "  \r\n\t ")
    return Kind(
        too_long + (empty if needed else ()),
        (SCRIPT, EMOJI + RIGHT_TO_LEFT, NUL, *(() if needed else empty)),
        words=True,
    )


NO_NUMBER = ("-1", HUGE, MORE_DIGITS, "NaN", "1e400", SCRIPT, NUL, RIGHT_TO_LEFT)
NO_CHOICE = ("-1", DIGITS, MORE_DIGITS, SCRIPT, NUL)


def number(*, needed: bool = True) -> Kind:
    return Kind((*NO_NUMBER, "1,5", *([""] if needed else [])), ("٣",))


def signed() -> Kind:
    """A number that may lie below zero."""
    return Kind((*(bad for bad in NO_NUMBER if bad != "-1"),), ("٣", "", "-5", "1.5"))


def weight() -> Kind:
    return Kind((*NO_NUMBER, "sNaN", "inf", "-0.1"), ("12,5", "1e1", "1E-999999999", "١٢", ""))


def choice(*, needed: bool = False) -> Kind:
    """One or several of the offered choices."""
    return Kind((*NO_CHOICE, *([""] if needed else [])), ("٣", ""), kept=False)


def day(*, needed: bool = False) -> Kind:
    no_day = ("2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "30/02/2026")
    wrong = (*no_day, SCRIPT, NUL)
    return Kind((*wrong, *([""] if needed else [])), ("1900-01-01", "2999-12-31", ""))


def clock(*, needed: bool = False) -> Kind:
    """A time of the day."""
    wrong = ("25:00", "9.20", "noon", DIGITS, SCRIPT, EMOJI, NUL, LONG)
    taken = ("00:00", "23:59", "09:20:30", "٠٩:٢٠")
    return Kind((*wrong, ""), taken) if needed else Kind(wrong, (*taken, ""))


def secret() -> Kind:
    """A password or a PIN, which no page shows again."""
    return Kind(("", LONG, NUL), (SCRIPT, EMOJI + RIGHT_TO_LEFT), kept=False)


def email() -> Kind:
    return Kind(
        ("", "nobody", SCRIPT, LONG, NUL, "a@x.example\nBcc: b@x.example"), ("É@x.example",)
    )
