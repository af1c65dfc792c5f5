"""Reads, checks and writes telephone numbers, as the country of a clinic dials them.

A field holds one number. A number that is known is kept as its country writes it; one that is only
possible is kept as it was typed. Numbers that were typed before anything read them may hold more
than one number: a button then dials the first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

#: Digits of any script, and the signs with which people group them.
_GROUPED = re.compile(r"\+?[\d().\s/\u2010-\u2015\u2212-]+")
_EXTENSION = re.compile(
    r"\s*[,;]?\s*(?:ext(?:ension)?|x|#|anknytning|ankn|anexo|durchwahl|poste)[.:=\s]*(\d{1,7})$"
)
#: Signs between two numbers in one field.
_BETWEEN = re.compile(r"[/,;|&]|\b(?:or|and|oder|und|eller|och|o|y)\b", re.IGNORECASE)
#: The digits of the shortest number, such as 112, and of the longest one of a service, 116 117.
_FEWEST = 3
_SHORT = 6


class Number(NamedTuple):
    """A telephone number.

    dial: what a telephone dials, such as "+442079460000" or "112"
    shown: what a person reads, such as "020 7946 0000 ext. 12"
    known: whether the numbering plan of its country has such a number
    """

    dial: str
    shown: str
    known: bool


def read(text: str, country: str) -> Number:
    """The one number that the text holds. Raises ValidationError with a sentence that says why not.

    ``country`` has two letters, such as "SE". Without it a number needs its + and country code.
    """
    typed = " ".join(text.split())
    if _holds_several(typed, country):
        raise ValidationError(_("Write one number here. There is no place for a second one."))
    check_signs(typed)
    if not country and not typed.startswith("+"):
        raise ValidationError(_("Choose the country, or begin the number with + and its code."))
    return _checked(_parsed(typed.lower(), country), typed, country)


def check_signs(text: str) -> None:
    """Raise ValidationError when no telephone number is written with these signs."""
    main = _EXTENSION.sub("", text.strip().lower())
    if not _GROUPED.fullmatch(main) or len(_digits(main)) < _FEWEST:
        raise ValidationError(_("Write the number with digits, as one would dial it."))


def read_any(text: str, country: str) -> Number:
    """Like ``read``, and also short numbers of services, such as 112 or 1177."""
    typed = " ".join(text.split())
    digits = _digits(typed)
    if not (re.fullmatch(r"[\d -]+", typed) and _FEWEST <= len(digits) <= _SHORT):
        return read(text, country)
    try:
        number = read(text, country)
    except ValidationError:
        number = None
    # The whole numbers of small countries are as short as those of services.
    if number is not None and number.known:
        return number
    return Number(digits, typed, _is_service(digits, country))


@lru_cache(maxsize=1024)
def dialled(text: str, country: str) -> str:
    """What a button dials for a number as it was kept; "" when the text holds no number.

    Of several numbers it is the first.
    """
    try:
        return read_any(text, country).dial
    except ValidationError:
        pass
    first = next(iter(phonenumbers.PhoneNumberMatcher(text, country or None)), None)
    if first is not None:
        return _e164(first.number)
    plus = "+" if text.strip().startswith("+") else ""
    digits = _digits(text)
    return (
        plus + digits if _GROUPED.fullmatch(text.strip()) and _FEWEST <= len(digits) <= 15 else ""
    )


@lru_cache(maxsize=1024)
def shown(number: str, country: str) -> str:
    """A number kept as "+46701234567" or as it was typed, as people in that country read it."""
    try:
        return read_any(number, country).shown
    except ValidationError:
        return number


def kept(text: str, country: str) -> str:
    """The number as a column keeps it whatever becomes of the country: "+46701234567 ext. 12".

    One that is not known is kept as it was typed. Raises ValidationError like ``read``.
    """
    number = read(text, country)
    if not number.known:
        return number.shown
    extension = _EXTENSION.search(number.shown)
    return f"{number.dial} ext. {extension[1]}" if extension else number.dial


def is_known(number: str, country: str) -> bool:
    """Whether the numbering plan of its country has the number."""
    try:
        return read_any(number, country).known
    except ValidationError:
        return False


def is_emergency(digits: str, country: str) -> bool:
    """Whether the country's emergency services answer this number."""
    return bool(country) and phonenumbers.is_emergency_number(digits, country)


def _digits(text: str) -> str:
    """The digits in the text, each written as 0 to 9."""
    return "".join(str(int(character)) for character in text if character.isdecimal())


def _is_service(digits: str, country: str) -> bool:
    number = PhoneNumber(
        country_code=phonenumbers.country_code_for_region(country or "ZZ"),
        national_number=int(digits),
    )
    return phonenumbers.is_valid_short_number_for_region(number, country or "ZZ")


def _holds_several(typed: str, country: str) -> bool:
    """Whether what stands before a sign such as / is a whole number by itself."""
    first, *others = _BETWEEN.split(typed)
    if not any(_digits(other) for other in others):
        return False
    return _possible(_EXTENSION.sub("", first.lower()), country)


def _possible(text: str, country: str) -> bool:
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _parsed(typed: str, country: str) -> PhoneNumber:
    extension = _EXTENSION.search(typed)
    try:
        number = phonenumbers.parse(_EXTENSION.sub("", typed), country or None)
    except phonenumbers.NumberParseException as problem:
        raise ValidationError(_REASONS.get(problem.error_type, _NO_NUMBER)) from problem
    if extension:
        number.extension = _digits(extension[1])
    return number


def _checked(number: PhoneNumber, typed: str, country: str) -> Number:
    result = phonenumbers.is_possible_number_with_reason(number)
    if result != ValidationResult.IS_POSSIBLE:
        raise ValidationError(_RESULTS.get(result, _NO_NUMBER))
    if not phonenumbers.is_valid_number(number):
        # Nobody knows what is right, so it is dialled as it was typed.
        as_typed = _digits(_EXTENSION.sub("", typed.lower()))
        return Number(_e164(number) if typed.startswith("+") else as_typed, typed, False)
    at_home = number.country_code == phonenumbers.country_code_for_region(country or "ZZ")
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    extension = f" ext. {number.extension}" if number.extension else ""
    number.extension = None
    return Number(_e164(number), phonenumbers.format_number(number, form) + extension, True)


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


_NO_NUMBER = _("This is no telephone number. Write it with digits, as one would dial it.")
_TOO_SHORT = _("This number is too short.")
_TOO_LONG = _("This number is too long. Write one number, without anything else.")
_REASONS = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: _("No country has this code after +."),
    phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD: _TOO_SHORT,
    phonenumbers.NumberParseException.TOO_SHORT_NSN: _TOO_SHORT,
    phonenumbers.NumberParseException.TOO_LONG: _TOO_LONG,
}
_RESULTS = {
    ValidationResult.TOO_SHORT: _TOO_SHORT,
    ValidationResult.TOO_LONG: _TOO_LONG,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: _("Write the number with its area code."),
    ValidationResult.INVALID_COUNTRY_CODE: _("No country has this code after +."),
}
