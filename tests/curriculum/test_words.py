"""Patients' words: as a 12-year-old reads, and never frightening. Needs no database: `make check`
runs it."""

from __future__ import annotations

import re
from functools import cache

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
    r"\b(glute|hamstring|sacrum|lumbar|thorac|pelvi|neutral|lats?\b|engage|flexion|extension|dowel|"
    r"anterior|posterior|prescri|romanian|kickstand|warrior|one-sided|rdl\b|trunk|"
    r"load tolerance|eccentric|proprio)\w*",
    re.IGNORECASE,
)


@cache
def grade(passage: Passage) -> float:
    return float(textstat.flesch_kincaid_grade(passage.text))


def longest_sentence(passage: Passage) -> int:
    return max(len(sentence.split()) for sentence in re.split(r"(?<=[.:?]) ", passage.text))


def test_a_twelve_year_old_can_read_every_passage() -> None:
    hard = [
        (round(grade(passage), 1), passage)
        for passage in passages()
        if grade(passage) > GRADE_OF_A_TWELVE_YEAR_OLD
    ]
    assert hard == []


def test_the_curriculum_as_a_whole_reads_easier_still() -> None:
    assert len(passages()) > 200
    assert grade(Passage("all", " ".join(passage.text for passage in passages()))) <= 5


def test_no_sentence_is_long() -> None:
    assert [passage for passage in passages() if longest_sentence(passage) > LONGEST_SENTENCE] == []


def test_no_word_frightens() -> None:
    read = [*passages(), *names()]
    assert [
        passage for passage in read if FRIGHTENING.search(passage.text) or "!" in passage.text
    ] == []


def test_no_word_needs_a_clinician_to_explain_it() -> None:
    assert [passage for passage in [*passages(), *names()] if JARGON.search(passage.text)] == []


#: What a clinician reads of where a word comes from, and of how hard something is.
FOR_CLINICIANS = re.compile(
    r"\b(miller|russell|st\. george|bodyweight tutorial|physio fit|clinic default|effort)\b",
    re.IGNORECASE,
)


def test_no_word_tells_a_patient_who_wrote_it_or_how_hard_on_a_scale() -> None:
    assert [one for one in [*passages(), *names()] if FOR_CLINICIANS.search(one.text)] == []


def test_the_guide_does_not_ask_for_a_tucked_tailbone_and_a_back_that_keeps_its_shape() -> None:
    starts = [one.text for one in passages() if one.place == "guide start-position"]
    assert starts
    for start in starts:
        assert "tuck your tailbone" not in start
        assert "Keep this shape." in start
