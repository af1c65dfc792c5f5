"""Reads what somebody typed to find a patient: a name, the clinic's own number, a birth date."""

from __future__ import annotations

import re
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q
from django.utils.dates import MONTHS, MONTHS_3

from accounts.models import Clinic
from accounts.parsing import plausible_date
from patients.models import NamePart, Patient
from patients.models.names import close_to, typed_words

#: The most words of a name that are looked for, and the most for which a slip is allowed.
WORDS = 5
WITH_SLIPS = 3
#: The most patients who are looked for by number or birth date.
MOST = 200


def meant(text: str, clinic: Clinic) -> Q:
    """The summaries that the text may mean."""
    words = typed_words(text[:200])[:WORDS]
    named = _all([_with(_beginning(word), clinic) for word in words])
    if not any(mark.isdigit() for mark in text):
        return named
    number = " ".join(text.split())[:40]
    asked = Q(number__in={number, number.upper(), number.lower()}) | Q(born_on__in=days(text))
    found = Patient.objects.filter(asked, clinic=clinic).values_list("pk", flat=True)
    return named | Q(patient__in=list(found[:MOST]))


def nearly_meant(text: str, clinic: Clinic) -> Q:
    """The summaries that the text may mean with a slip in each of its first words."""
    words = typed_words(text[:200])[:WITH_SLIPS]
    return _all([_with(_beginning(word), clinic, _close(word)) for word in words])


def _all(found: list[Q]) -> Q:
    """What every word finds; nobody if there is no word."""
    return reduce(and_, found) if found else Q(pk__in=[])


def _beginning(word: set[str]) -> Q:
    return reduce(or_, (Q(spelling__begins=spelling) for spelling in sorted(word)))


def _close(word: set[str]) -> Q:
    return Q(spelling__in=sorted(set().union(*(close_to(spelling) for spelling in word))))


def _with(part: Q, clinic: Clinic, *others: Q) -> Q:
    """The summaries of patients with such a part, or another, in their names. Each is looked up in
    the index, which holds all that is read."""
    of_clinic = NamePart.objects.filter(clinic=clinic)
    found = [of_clinic.filter(one).values("patient") for one in (part, *others)]
    return Q(patient__in=found[0].union(*found[1:]) if others else found[0])


def days(text: str) -> set[date]:
    """The days that the text may mean. "02/05/1957" may be a day in May or in February."""
    months = [_month(word) for word in re.findall(r"[^\W\d_]+", text.casefold())]
    numbers = [int(number) for number in re.findall(r"\d+", text) if len(number) <= 8]
    if len(numbers) == 1:
        numbers = _split(numbers[0])
    if len(numbers) == 2 and len(months) == 1:
        day, year = sorted(numbers)
        return _days((year, months[0], day))
    return _in_numbers(*numbers) if len(numbers) == 3 and not months else set()


def _in_numbers(first: int, second: int, third: int) -> set[date]:
    if first > 31:
        return _days((first, second, third))
    return _days((third, second, first), (third, first, second))


def _split(number: int) -> list[int]:
    """19570502 as year, month and day."""
    return [number // 10_000, number // 100 % 100, number % 100] if number > 9_999_999 else []


def _month(word: str) -> int:
    """The number of a month by its name or its first letters; 0 for another word."""
    for months in (MONTHS, MONTHS_3):
        for number, name in months.items():
            if word == str(name).casefold():
                return number
    return 0


def _days(*parts: tuple[int, int, int]) -> set[date]:
    found = set()
    for year, month, day in parts:
        try:
            found.add(plausible_date(date(year, month, day)))
        except ValueError:
            continue
    return found
