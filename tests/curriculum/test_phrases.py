"""Words that somebody reads first are found in every language; everyday words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum import phrases
from curriculum.loader import ContentError
from curriculum.phrases import content
from tests.curriculum.written import EVERYDAY, READ_FIRST

FILE = '[[phrase]]\nkind = "legs"\nwords = [["my foot", "feet"], ["drag-"]]\n'


def _of(sentences: dict[str, list[str]]) -> list[str]:
    return [text for texts in sentences.values() for text in texts]


def test_every_sentence_counts() -> None:
    assert (len(_of(READ_FIRST)), len(_of(EVERYDAY))) == (66, 62)


@pytest.mark.parametrize("text", _of(READ_FIRST))
def test_words_that_can_be_important_are_found(text: str) -> None:
    assert phrases.kinds_in(text)


@pytest.mark.parametrize("text", _of(EVERYDAY))
def test_everyday_words_are_left_alone_by_every_language(text: str) -> None:
    assert phrases.kinds_in(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("My left foot drops when I walk and I could not pee this morning", {"legs", "bladder"}),
        ("numb between my legs", {"saddle"}),
        ("Das Bein knickt weg", {"legs"}),
        ("me oriné encima", {"bladder"}),
        ("har feber", {"other"}),
        ("can't hold my poo. I want to kill myself", {"bowel", "self_harm"}),
    ],
)
def test_a_text_says_which_kinds_it_holds(text: str, kinds: set[str]) -> None:
    assert phrases.kinds_in(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "CAN'T PEE",
        "I can’t\tpee",
        "can't, really, (honestly) pee",
        "can't one two three four pee",
        "Mein FUSS schleift",
        "mein fuß schleift",
        "Jag kan inte ki\u0301ssa",
        "fine today\r\ncan't pee\r\nbye",
    ],
)
def test_signs_capitals_accents_and_a_few_words_between_do_not_hide_a_phrase(text: str) -> None:
    assert phrases.kinds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "can't one two three four five pee",
        "I can't. Pee is fine",
        "I can't\npee is fine",
        "I can't… pee is fine",
        "pee can't",
        "scant peel",
        "",
        "…",
        "я не могу",
    ],
)
def test_a_phrase_stays_in_its_sentence_and_its_order(text: str) -> None:
    assert not phrases.kinds_in(text)


def test_the_telling_sentences_are_given_back_as_they_were_written() -> None:
    text = "Thanks. I can’t pee since Tuesday! The stick is fine.\r\nMein Fuß schleift"
    assert phrases.telling_parts(text) == ["I can’t pee since Tuesday", "Mein Fuß schleift"]


def test_a_text_of_any_length_is_looked_through_at_once() -> None:
    assert phrases.kinds_in("x " * 2_000_000) == frozenset()
    assert phrases.kinds_in("I cannot pee. " + "x " * 2_000_000) == {"bladder"}


def _refusal(folder: Path, text: str) -> str:
    (folder / "xx.toml").write_text(text)
    with pytest.raises(ContentError) as caught:
        content.read_folder(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"legs"', '"knees"', "xx.toml: phrase number 1: kind: expected one of saddle, bladder"),
        ('kind = "legs"\n', "", "xx.toml: phrase number 1: kind: is missing: expected one of"),
        ('["drag-"]', "[]", "xx.toml: phrase number 1: words: expected a list of at least 1"),
        ('"drag-"', '"dr-ag"', "phrase number 1: words: expected a list of at least 1, each one a"),
        ('"drag-"', '"?"', "phrase number 1: words: expected a list of at least 1, each one a"),
        ('"drag-"', "7", "phrase number 1: words: expected a list of at least 1, each one a"),
        ("words", "word", "phrase number 1: word: is not known here: expected one of kind, words"),
        ("[[phrase]]", "[[fraze]]", "xx.toml: fraze: is not known here: expected one of phrase"),
        (FILE, "", "xx.toml: expected at least one [[phrase]]"),
        ("[[phrase]]", "[[phrase", "xx.toml: expected TOML in UTF-8"),
    ],
)
def test_a_mistake_says_its_file_its_place_and_what_was_expected(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert says in _refusal(tmp_path, FILE.replace(old, new))


def test_the_mistakes_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "aa.toml").write_text(FILE.replace("legs", "knees"))
    told = _refusal(tmp_path, FILE.replace("words", "word"))
    assert "aa.toml: phrase number 1: kind" in told
    assert "xx.toml: phrase number 1: words: is missing" in told


@pytest.mark.django_db
def test_an_update_with_a_mistake_in_a_phrase_stops_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en.toml").write_text(FILE.replace("legs", "knees"))
    monkeypatch.setattr(phrases, "FOLDER", tmp_path)
    phrases.every_phrase.cache_clear()
    try:
        with pytest.raises(CommandError, match=r"Nothing was loaded: 1 mistake\.\nen\.toml"):
            call_command("load_curriculum", verbosity=0)
    finally:
        phrases.every_phrase.cache_clear()
