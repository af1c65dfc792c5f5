"""Reads telephone numbers and opening hours from the words in which clinics have written them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import migrations

from accounts import countries, hours_in_words, telephones


def read_old_words(apps: Any, schema_editor: Any) -> None:
    """What cannot be read stays as it was written."""
    Clinic = apps.get_model("accounts", "Clinic")
    for clinic in Clinic.objects.all():
        clinic.country = countries.of_zone(clinic.time_zone)
        clinic.phone = _phone(clinic.phone, clinic.country)
        clinic.emergency_number = _emergency_number(clinic.emergency_text, clinic.country)
        hours = hours_in_words.week(clinic.opening_hours)
        if hours is not None:
            clinic.hours = hours.kept()
            clinic.opening_hours = ""
        clinic.save()


def _phone(words: str, country: str) -> str:
    try:
        shown = telephones.read(words, country).shown
    except ValidationError:
        return words
    return shown if len(shown) <= 50 else words


def _emergency_number(words: str, country: str) -> str:
    """The first number in the clinic's own words that the country's emergency services answer."""
    numbers: list[str] = re.findall(r"(?<![\d+-])(?<!\d )\d{3}(?![\d-])(?! \d)", words)
    for digits in numbers:
        if telephones.is_emergency(digits, country):
            return digits
    return ""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_whom_to_call")]

    operations = [migrations.RunPython(read_old_words, migrations.RunPython.noop)]
