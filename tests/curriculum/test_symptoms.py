"""The texts of symptoms are content, and every symptom that the product knows has its own."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from curriculum import symptoms
from patients.models import Side, Symptom
from patients.models.reports import SIDED

LANGUAGES = sorted(file.stem for file in symptoms.FOLDER.glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symptom_has_its_box_and_what_is_said_of_each_side(language: str) -> None:
    texts = symptoms.read(language)
    assert list(texts.symptoms) == Symptom.values
    for key, text in texts.symptoms.items():
        assert text.box
        assert bool(text.aloud) is (key != Symptom.OTHER)
        sides = set(Side.values) if key in SIDED else set()
        assert set(text.of_a_side) == sides - ({Side.BOTH} if key == Symptom.CALF else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_patient_reads_at_once_is_left_out(language: str) -> None:
    texts = symptoms.read(language)
    assert all((texts.now, texts.today, texts.grows, texts.taken_back))
    assert texts.at_once.keys() == {"now", "today"}
    assert all(text.title and text.text and text.unreached for text in texts.at_once.values())


@pytest.mark.parametrize("language", ["en", "en-gb", "sv", "xx"])
def test_a_language_without_texts_reads_english(language: str) -> None:
    with override(language):
        assert symptoms.texts().symptoms["weak"].said("left") == "my left leg is weak"


def test_a_side_that_was_not_told_is_not_made_up() -> None:
    assert symptoms.read("en").symptoms["numb"].said(None) == "a leg is numb or tingling"
