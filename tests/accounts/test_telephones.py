"""Telephone numbers: a button dials the number that was meant, or words say why there is none."""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from phonenumbers import PhoneNumberFormat

from accounts import telephones


def _examples() -> Iterator[tuple[str, str, str]]:
    """The library's own example of each country, as it is written at home and abroad."""
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
            number = phonenumbers.example_number_for_type(country, kind)
            if number is not None:
                dial = phonenumbers.format_number(number, PhoneNumberFormat.E164)
                for form in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL):
                    yield country, phonenumbers.format_number(number, form), dial


def test_the_example_of_every_country_is_dialled_right_and_reads_the_same_again() -> None:
    examples = list(_examples())
    assert len(examples) > 900
    for country, written, dial in examples:
        number = telephones.read(written, country)
        assert (number.dial, number.known) == (dial, True), (country, written)
        assert telephones.read(number.shown, country) == number, (country, written)
        assert telephones.dialled(number.shown, country) == dial


@pytest.mark.parametrize(
    ("typed", "country", "dial", "shown"),
    [
        ("+44 (0)20 7946 0000", "GB", "+442079460000", "020 7946 0000"),
        ("+44 (0)20 7946 0000", "SE", "+442079460000", "+44 20 7946 0000"),
        ("020 7946–0000", "GB", "+442079460000", "020 7946 0000"),
        ("020 7946 0000 ext. 12", "GB", "+442079460000", "020 7946 0000 ext. 12"),
        ("020 7946 0000 x12", "GB", "+442079460000", "020 7946 0000 ext. 12"),
        ("030/1234567", "DE", "+49301234567", "030 1234567"),
        ("+39 (0)2 1234567", "SE", "+39021234567", "+39 02 123 4567"),
        ("٠٨ ٥٥٥ ٠١ ٤٢", "SE", "+4685550142", "08-555 01 42"),
    ],
)
def test_a_number_typed_in_any_usual_way_is_one_number(
    typed: str, country: str, dial: str, shown: str
) -> None:
    number = telephones.read(typed, country)
    assert (number.dial, number.shown) == (dial, shown)


@pytest.mark.parametrize(
    ("typed", "country", "sentence"),
    [
        ("020 7946 0000 / 07700 900000", "GB", "Write one number here"),
        ("020 7946 0000 or 07700 900000", "GB", "Write one number here"),
        ("08 555 01 42/43", "SE", "Write one number here"),
        ("020 7946 0000 07700 900000", "GB", "too long"),
        ("555 0142", "US", "with its area code"),
        ("08 555 01 42", "", "Choose the country"),
        ("+999 123 12345", "SE", "No country has this code"),
        ("08 555 01 42 (reception)", "SE", "with digits"),
        ("ring us", "SE", "with digits"),
        ("1", "SE", "with digits"),
        ("112", "SE", "too short"),
    ],
)
def test_what_no_telephone_dials_is_refused_with_the_reason(
    typed: str, country: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        telephones.read(typed, country)
    assert sentence in refused.value.messages[0]


def test_short_numbers_of_services_are_dialled_as_they_stand() -> None:
    assert telephones.read_any("112", "SE") == ("112", "112", True)
    assert telephones.read_any("1177", "SE") == ("1177", "1177", True)
    assert telephones.read_any("116 117", "DE") == ("116117", "116 117", True)
    assert telephones.read_any("08 555 01 42", "SE").dial == "+4685550142"


def test_words_from_before_dial_their_first_number_and_never_two_glued_together() -> None:
    assert telephones.dialled("020 7946 0000 / 07700 900000", "GB") == "+442079460000"
    assert telephones.dialled("reception 08 555 01 42", "SE") == "+4685550142"
    assert telephones.dialled("08 555 01 42", "") == "085550142"
    assert telephones.dialled("1800 FLOWERS", "SE") == ""
    assert telephones.dialled("ask at the desk", "SE") == ""
