"""Patients' words: as a 12-year-old reads, and never frightening. Needs no database: `make check` runs it."""

from __future__ import annotations

import re

import pytest
import textstat

from tests.curriculum.words import Passage, names, passages

#: US school grade of a 12-year-old, as Flesch-Kincaid measures it.
GRADE_OF_A_TWELVE_YEAR_OLD = 7.0

LONGEST_SENTENCE = 25

FRIGHTENING = re.compile(
    r"\b(protect|wrong|damag|risk|weak|injur|harm|danger|unsafe|hurt|fail|bad|worn|slipped|disc|avoid|never|"
    r"careful|fragile|unstable|tear|afraid|fear)\w*",
    re.IGNORECASE,
)

JARGON = re.compile(
    r"\b(glute|hamstring|sacrum|lumbar|thorac|pelvi|neutral|lats?\b|engage|flexion|extension|dowel|anterior|posterior|"
    r"rdl\b|trunk|load tolerance|eccentric|proprio)\w*",
    re.IGNORECASE,
)


def by_place(passage: Passage) -> str:
    return passage.place


@pytest.mark.parametrize("passage", passages(), ids=by_place)
def test_a_twelve_year_old_can_read_it(passage: Passage) -> None:
    grade = textstat.flesch_kincaid_grade(passage.text)
    assert grade <= GRADE_OF_A_TWELVE_YEAR_OLD, f"grade {grade:.1f}: {passage.text}"


@pytest.mark.parametrize("passage", passages(), ids=by_place)
def test_no_sentence_is_long(passage: Passage) -> None:
    longest = max(re.split(r"(?<=[.:?]) ", passage.text), key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= LONGEST_SENTENCE, longest


@pytest.mark.parametrize("passage", [*passages(), *names()], ids=by_place)
def test_no_word_frightens(passage: Passage) -> None:
    assert not FRIGHTENING.findall(passage.text), passage.text
    assert "!" not in passage.text, passage.text


@pytest.mark.parametrize("passage", [*passages(), *names()], ids=by_place)
def test_no_word_needs_a_clinician_to_explain_it(passage: Passage) -> None:
    assert not JARGON.findall(passage.text), passage.text


def test_the_whole_curriculum_was_measured() -> None:
    assert len(passages()) > 200
    assert textstat.flesch_kincaid_grade(" ".join(passage.text for passage in passages())) <= 5
