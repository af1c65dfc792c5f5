"""The forms of a name in which it is found, told from a namesake, and ordered."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patients.models.names import (
    PART_LIMIT,
    PARTS,
    close_to,
    parts_of,
    same_as,
    sorts_as,
    typed_words,
)

#: Each letter in both usual spellings.
TWICE = {
    "ä": ("a", "ae"),
    "ö": ("o", "oe"),
    "ü": ("u", "ue"),
    "å": ("a", "aa"),
    "ø": ("o", "oe"),
    "æ": ("ae", "a"),
    "œ": ("oe", "o"),
    "þ": ("th", "t"),
    "ð": ("d", "dh"),
    "đ": ("d", "dj"),
    "š": ("s", "sh"),
    "ş": ("s", "sh"),
    "č": ("c", "ch"),
    "ç": ("c", "ch"),
    "ž": ("z", "zh"),
    "ĳ": ("ij", "y"),
}
#: Letters with one usual spelling.
ONCE = {"ß": "ss", "ł": "l", "ñ": "n", "é": "e", "ı": "i", "ğ": "g", "ễ": "e", "ț": "t", "ý": "y"}


def found(name: str, typed: str, *more: str) -> bool:
    """Whether the search finds somebody of this name."""
    parts = parts_of(name, *more)
    words = typed_words(typed)
    return bool(words) and all(
        any(part.startswith(spelling) for part in parts for spelling in word) for word in words
    )


@pytest.mark.parametrize("letter", TWICE)
def test_a_letter_is_found_in_both_usual_spellings_and_finds_both(letter: str) -> None:
    for name in (f"B{letter}rn", f"B{letter.upper()}RN", letter, f"{letter}s"):
        for spelling in TWICE[letter]:
            written = name.lower().replace(letter, spelling)
            assert found(name, written)
            assert found(written, name)
            assert same_as(name) == same_as(written)


@pytest.mark.parametrize("letter", ONCE)
def test_a_letter_with_a_mark_is_found_without_it(letter: str) -> None:
    assert found(f"B{letter}rn", f"b{ONCE[letter]}rn")
    assert found(f"b{ONCE[letter]}rn", f"B{letter}rn")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Jürgen Müller", "mueller"),
        ("Jürgen Müller", "muller jurgen"),
        ("Juergen Mueller", "Müller"),
        ("Siobhán O’Brien", "O'Brien"),
        ("Siobhan O'Brien", "o’brien"),
        ("Siobhan O'Brien", "obrien"),
        ("Siobhan O'Brien", "brien"),
        ("Siobhan O Brien", "o'brien"),
        ("Jean d’Aubigné", "d'Aubigne"),
        ("Jean d’Aubigné", "aubigne"),
        ("Anna Smith-Jones", "jones"),
        ("Anna Smith-Jones", "smith-jones"),
        ("Anna Smith-Jones", "smith jones"),
        ("Anna Smith-Jones", "smithjones"),
        ("Anna Smith‐Jones", "smith–jones"),
        ("Jürgen Müller-Lüdenscheidt", "luedenscheidt"),
        ("Jürgen Müller-Lüdenscheidt", "Mueller-Ludenscheidt"),
        ("Guðrún Þórsdóttir", "thorsdottir"),
        ("Anna van der Berg", "vanderberg"),
        ("Anna van der Berg", "van der berg"),
        ("Berg, Anna van der", "berg anna"),
        ("Ronald McDonald", "donald"),
        ("Ronald McDonald", "mcdonald"),
        ("Nguyễn Văn An", "nguyen"),
        ("Nguyễn Văn An", "an van"),
        ("Łukasz Żółkiewski", "Lukasz Zolkiewski"),
        ("Kim Ng", "ng"),
        ("Ø", "ø"),
        ("Ø", "o"),
        ("Li", "li"),
        ("王小明", "小明"),
        ("王小明", "wang"),
        ("Юлия Щербакова", "щерб"),
        ("Юлия Щербакова", "yuliya"),
        ("김민수", "민수"),
        ("علی\u200cرضا محمد", "علیرضا"),
        ("Dr. Elin Sand", "dr sand"),
        ("Smith, John (DOB 03/04/1961)", "john smith"),
        ("Anna (Kasia) Nowak", "kasia"),
        ("ＭＡＹＡ Roos", "maya"),
        ("Strauß", "strauss"),
    ],
)
def test_a_name_is_found_as_people_type_it(name: str, typed: str) -> None:
    assert found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Maya Roos", "aya"),
        ("Maya Roos", "maya x"),
        ("Maya Roos", "%"),
        ("Maya Roos", "’"),
        ("Maya Roos", "😀"),
        ("Johan Ek", "Joe"),
        ("黎明", "李"),
        ("Lisa Lind", "李"),
        ("Dr. Elin Sand", "dr"),
    ],
)
def test_others_are_not_found(name: str, typed: str) -> None:
    assert not found(name, typed)


def test_the_formal_name_is_found_too() -> None:
    assert found("Peter Lund", "per erik", "Per Erik Lund")


LETTERS = [*TWICE, *ONCE, *"abehknort"]
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=9)


@settings(max_examples=300)
@given(st.lists(words, min_size=1, max_size=4), st.data())
def test_a_name_is_found_in_every_mixture_of_its_usual_spellings(
    name: list[str], data: st.DataObject
) -> None:
    written = " ".join(
        "".join(
            ONCE.get(letter) or data.draw(st.sampled_from(TWICE.get(letter, (letter,))))
            for letter in word[:4]
        )
        for word in name
    )
    whole = " ".join(word[:4] for word in name)
    assert found(whole, written)
    assert found(written, whole)
    assert same_as(whole) == same_as(written)


@settings(max_examples=300)
@given(st.text(min_size=1, max_size=24), st.integers(1, 12))
def test_every_beginning_of_every_word_finds_its_name(name: str, letters: int) -> None:
    parts = parts_of(name)
    for word in typed_words(name):
        begun = {spelling[:letters] for spelling in word}
        digits = not any(sign.isalpha() for spelling in word for sign in spelling)
        assert digits or any(part.startswith(one) for part in parts for one in begun)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_what_is_kept_fits_its_columns(name: str) -> None:
    parts = parts_of(name, name[::-1])
    assert len(parts) <= PARTS
    assert all(0 < len(part) <= PART_LIMIT for part in parts)
    assert parts == {part.casefold() for part in parts}
    assert len(sorts_as(name)) <= 450
    assert len(same_as(name)) <= 450


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łukasz Żółkiewski", "Lukasz Zolkiewski"),
        ("Siobhán O’Brien", "Siobhan O'Brien"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Jürgen Müller", "Mueller, Juergen"),
        ("Dr. Jürgen Müller", "jurgen muller"),
        ("Karl-Erik Ek", "Karl Erik Ek"),
        ("Anna van der Berg", "Anna Vanderberg"),
    ],
)
def test_namesakes_are_known_however_the_name_is_written(one: str, other: str) -> None:
    assert same_as(one) == same_as(other)


@pytest.mark.parametrize(
    ("one", "other"), [("a ðr", "a dr"), ("ðr a", "dr a"), ("a rñ", "a rn"), ("ðr dr", "dr dr")]
)
def test_a_name_that_is_spelled_like_a_title_is_found_all_the_same(one: str, other: str) -> None:
    assert found(one, other)
    assert found(other, one)
    assert same_as(one) == same_as(other)


def test_other_names_are_no_namesakes() -> None:
    people = ["Maya Roos", "Maya Roosevelt", "Roos Maya", "Maja Roos", "Anna Berg", "Anna Borg"]
    assert len({same_as(name) for name in people}) == len(people)


def test_lists_are_ordered_by_the_name_without_titles_and_marks() -> None:
    names = ["Östen Ek", "Dr. Anna Berg", "Cesar Dahl", "Çelik, Ömer", "Charlotte Ek", "Zoe Ek"]
    assert sorted(names, key=sorts_as) == [
        "Dr. Anna Berg",
        "Cesar Dahl",
        "Charlotte Ek",
        "Çelik, Ömer",
        "Östen Ek",
        "Zoe Ek",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nillson", "nilsson"), ("kahn", "khan"), ("ngyuen", "nguyen"), ("roo", "roos")],
)
def test_one_slip_is_close_enough(typed: str, meant: str) -> None:
    assert meant in close_to(typed)
    assert typed in close_to(meant)


def test_two_letters_are_too_few_to_be_mistaken() -> None:
    assert close_to("ng") == set()
    assert close_to("小明小明") == set()
    assert len(close_to("x" * PART_LIMIT)) < 4000


@settings(max_examples=100)
@given(st.text("abc", min_size=3, max_size=6), st.text("abc", min_size=3, max_size=6))
def test_what_is_close_differs_by_one_slip_at_most(one: str, other: str) -> None:
    assert (other in close_to(one)) == (_slips(one, other) <= 1)


def _slips(one: str, other: str) -> int:
    """How many slips lie between two words, worked out by the table of optimal alignments."""
    table = {(row, 0): row for row in range(len(one) + 1)}
    table |= {(0, column): column for column in range(len(other) + 1)}
    for row, column in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        differs = one[row - 1] != other[column - 1]
        ways = [
            table[row - 1, column] + 1,
            table[row, column - 1] + 1,
            table[row - 1, column - 1] + differs,
        ]
        if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
            ways.append(table[row - 2, column - 2] + 1)
        table[row, column] = min(ways)
    return table[len(one), len(other)]
