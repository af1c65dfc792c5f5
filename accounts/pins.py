"""A patient's PIN: which ones are easy to guess, and how tries are counted.

No list of ours can know a person's door code or year of marriage. What is refused here is what
strangers try first: runs, repetitions, shapes on the keypad, years and the person's own birthday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.contrib.auth.hashers import check_password
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.link_models import PhoneLink
from accounts.refusals import Refused

WRONG_PINS = 5
#: The PIN of the demo's patients, which everybody can read. Only a demo lets it be chosen.
DEMO_PIN = "2580"
#: Lines over the keypad of a telephone, and words that are typed on its letters.
_LINES = ("147", "258", "369", "159", "357", "123", "456", "789", "2580", "1397", "1379", "7193")
_WORDS = {"5683", "0007", "1004", "3141", "3142", "31415", "31416", "314159", "5201314", "5150"}
_STEPS = (1, -1, 2, -2)


def easy_to_guess(pin: str, *, born_on: date | None = None, demo: bool = False) -> bool:
    """Whether strangers would try this PIN early."""
    if pin == DEMO_PIN:
        return not demo
    return (
        pin in _WORDS
        or _is_run(pin)
        or _is_repetition(pin)
        or _is_line(pin)
        or _ends_with_year(pin)
        or (born_on is not None and pin in set(_birthdays(born_on)))
    )


def spend_try(link: PhoneLink, pin: str) -> None:
    """Count the try before the PIN is checked, so that many tries at once are all counted.

    Raises Refused("pin_refused") for a wrong PIN, and for any PIN of a locked link.
    """
    unlocked = PhoneLink.objects.filter(pk=link.pk, generation=link.generation, locked_at=None)
    counted = unlocked.filter(tries__lt=WRONG_PINS).update(tries=F("tries") + 1)
    right = check_password(pin, link.pin_hash)
    if counted and right:
        unlocked.update(tries=0)
        return
    if counted and unlocked.filter(tries__gte=WRONG_PINS).update(locked_at=timezone.now()):
        audit.record("link_locked", subject=link.user, refused=True)
    audit.record("pin_refused", subject=link.user, refused=True)
    raise Refused("pin_refused")


def _is_run(pin: str) -> bool:
    """1234, 8765, 2468, 9753, also over nought: 7890."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= {step % 10 for step in _STEPS}


def _is_repetition(pin: str) -> bool:
    """1111, 1212, 123123, 1122, 1221, and one digit that stands there all but once: 1112."""
    half = len(pin) // 2
    blocks = any(
        len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size)
        for size in range(1, half + 1)
    )
    pairs = len(pin) % 2 == 0 and all(pin[at] == pin[at + 1] for at in range(0, len(pin), 2))
    most = max(pin.count(digit) for digit in pin)
    return blocks or pairs or pin == pin[::-1] or most >= len(pin) - 1


def _is_line(pin: str) -> bool:
    """Lines over the keypad, there and back: 2580, 1470, 147258."""
    lines = {*_LINES, *(line[::-1] for line in _LINES)}
    return any(
        pin in (line, f"{line}0", f"0{line}") or (len(pin) == 6 and {pin[:3], pin[3:]} <= lines)
        for line in lines
    )


def _ends_with_year(pin: str) -> bool:
    """1957, and a date with a year before or after it: 02051957, 20001231."""
    if len(pin) == 4:
        return "1900" <= pin <= "2039"
    dated = len(pin) == 8
    return dated and any("1900" <= year <= "2039" for year in (pin[:4], pin[4:]))


def _birthdays(born_on: date) -> Iterator[str]:
    """The day of birth in the ways in which it is typed."""
    day = f"{born_on:%d}"
    month = f"{born_on:%m}"
    year = f"{born_on.year:04}"
    for first, second in ((day, month), (month, day)):
        yield first + second
        for long in (year, year[2:]):
            yield first + second + long
            yield long + first + second
    for part in (day, month, f"{born_on.day}", f"{born_on.month}"):
        yield part + year
        yield year + part
        yield part + year[2:]
        yield year[2:] + part
