"""The bands of pain, against tables written by hand and against what a person may rely on: more
pain is never milder, and at or below usual nobody is stopped."""

from __future__ import annotations

from dataclasses import astuple
from itertools import product
from random import Random
from typing import NamedTuple

import pytest

from patients.models import Leg
from patients.pictures.pain_chart import zones
from patients.standing import pain
from patients.standing.pain import DEFAULTS, AnyLimits, Band, Limits, OwnLimits

NUMBERS = range(11)
MAYBE = [None, *NUMBERS]
LETTERS = {"f": Band.FINE, "e": Band.EASE, "s": Band.STOP}

#: One look. Columns: pain 0 to 10. Rows: the base.
LOOK = """
    None  ffffeesssss
    0     ffffeesssss
    1     ffffeesssss
    2     ffffeesssss
    3     fffffesssss
    4     ffffffessss
    5     ffffffeesss
    6     fffffffesss
    7     ffffffffess
    8     ffffffffees
    9     ffffffffeee
    10    ffffffffeee
"""
#: A careful clinic: always fine to 1, fine to 3 when 1 above, stop from 5 when 2 above, high from
#: 7 when 2 above.
CAREFUL = Limits(fine_to=1, fine_rise_to=3, stop_from=5, rise_stop=2, high=7, rise_high=2)
CAREFUL_LOOK = """
    None  ffeeessssss
    0     ffeeessssss
    1     fffeessssss
    2     ffffessssss
    3     ffffessssss
    4     fffffesssss
    5     ffffffessss
    6     fffffffesss
    7     fffffffeess
    8     fffffffeees
    9     fffffffeeee
    10    fffffffeeee
"""
#: A patient with a steady high pain: fine to 6, stop from 9. No base counts.
OWN = OwnLimits(fine_to=6, stop_from=9)
OWN_LOOK = "\n".join(f"{base} fffffffeess" for base in MAYBE)
TABLES = [(DEFAULTS, LOOK), (CAREFUL, CAREFUL_LOOK), (OWN, OWN_LOOK)]
each_table = pytest.mark.parametrize(
    ("limits", "table"), TABLES, ids=["default", "careful", "own limits"]
)

#: An entry, by its pain before (rows) and the highest while practising (columns).
ENTRIES: dict[int | None, str] = {
    None: """
        None  ffffeesssss
        0     ffffeesssss
        1     ffffeesssss
        2     ffffeesssss
        3     ffffeesssss
        4     eeeeeesssss
        5     eeeeeesssss
        6     sssssssssss
        7     sssssssssss
        8     sssssssssss
    """,
    0: """
        None  ffffeesssss
        0     ffffeesssss
        1     ffffeesssss
        2     ffffeesssss
        3     ffffeesssss
        4     eeeeeesssss
        5     eeeeeesssss
        6     sssssssssss
        7     sssssssssss
        8     sssssssssss
    """,
    3: """
        None  fffffesssss
        0     ffffeesssss
        1     ffffeesssss
        2     ffffeesssss
        3     fffffesssss
        4     fffffesssss
        5     eeeeeesssss
        6     sssssssssss
        7     sssssssssss
        8     sssssssssss
    """,
    5: """
        None  ffffffeesss
        0     ffffeesssss
        1     ffffeesssss
        2     fffffesssss
        3     ffffffsssss
        4     ffffffessss
        5     ffffffeesss
        6     eeeeeeeesss
        7     eeeeeeeesss
        8     sssssssssss
    """,
    7: """
        None  ffffffffess
        0     ffffeeeesss
        1     ffffeeeesss
        2     fffffeeesss
        3     ffffffeesss
        4     fffffffesss
        5     ffffffffsss
        6     ffffffffsss
        7     ffffffffess
        8     eeeeeeeeess
    """,
    9: """
        None  ffffffffeee
        0     ffffeeeesss
        1     ffffeeeesss
        2     fffffeeesss
        3     ffffffeesss
        4     fffffffesss
        5     ffffffffsss
        6     ffffffffsss
        7     ffffffffess
        8     eeeeeeeeees
    """,
}
#: Usual, before, while practising, and the band of the entry.
EXAMPLES = """
    - - 5 e   - 5 5 e   - 6 6 s   0 0 3 f   2 2 4 e   2 5 5 e   3 - 4 f   3 4 4 f   3 5 6 s
    5 5 5 f   5 1 5 e   5 - 7 e   5 5 8 s   7 7 7 f   7 2 4 f   7 2 6 e   7 1 4 e   7 - 8 e
    7 6 8 s   9 9 9 e   3 6 3 s
"""


def rows(table: str) -> list[tuple[int | None, list[Band]]]:
    split = [line.split() for line in table.strip().splitlines()]
    return [
        (None if base == "None" else int(base), [LETTERS[letter] for letter in letters])
        for base, letters in split
    ]


@each_table
def test_every_number_has_the_band_of_the_table(limits: AnyLimits, table: str) -> None:
    assert [base for base, _ in rows(table)] == MAYBE
    for base, row in rows(table):
        assert [pain.band(number, base, limits) for number in NUMBERS] == row, base


@pytest.mark.parametrize("usual", ENTRIES)
def test_every_entry_has_the_band_of_the_table(usual: int | None) -> None:
    for before, row in rows(ENTRIES[usual]):
        assert [pain.entry(number, before, usual) for number in NUMBERS] == row, before


def test_examples_worked_out_by_hand() -> None:
    words = EXAMPLES.split()
    for usual, before, number, letter in zip(*[iter(words)] * 4, strict=True):
        base, first, peak = (None if word == "-" else int(word) for word in (usual, before, number))
        assert pain.entry(peak, first, base) is LETTERS[letter], (usual, before, number)


def test_a_patients_own_limits_leave_no_base_that_counts() -> None:
    row = rows(OWN_LOOK)[0][1]
    for before, usual in product(MAYBE, MAYBE):
        known = -1 if before is None else row[before]
        assert [pain.entry(number, before, usual, OWN) for number in NUMBERS] == [
            max(band, known) for band in row
        ]


def test_what_was_not_reported_is_no_band_at_all() -> None:
    settings: list[AnyLimits] = [DEFAULTS, OWN]
    for usual, limits in product(MAYBE, settings):
        assert pain.band(None, usual, limits) is None
        assert pain.before(None, usual, limits) is None
        assert pain.during(None, 9, usual, limits) is None
        assert pain.entry(None, None, usual, limits) is None
        assert pain.morning(None, None, usual, limits) is None
        assert pain.morning(None, False, usual, limits) is None
        # What was told before practice stands on its own.
        assert pain.entry(None, 9, usual, limits) is pain.band(9, usual, limits)


# ------------------------------------------------------------- what a person may rely on


def allowed() -> list[Limits]:
    """Every setting that a clinic can save."""
    return [
        Limits(fine_to, fine_rise_to, stop_from, rise_stop, high, rise_high)
        for stop_from in range(1, 11)
        for high in range(stop_from, 11)
        for fine_rise_to in range(stop_from)
        for fine_to in range(fine_rise_to + 1)
        for rise_stop in range(2, 6)
        for rise_high in range(2, rise_stop + 1)
    ]


def sample() -> list[AnyLimits]:
    own = [OwnLimits(fine, stop) for stop in range(1, 11) for fine in range(min(stop, 8))]
    chosen: list[AnyLimits] = [DEFAULTS, CAREFUL, *Random(4).sample(allowed(), 60), *own]
    return chosen


def test_the_settings_tried_are_all_that_make_sense() -> None:
    every = allowed()
    assert len(every) == len(set(map(astuple, every))) == 7150
    assert DEFAULTS in every
    assert CAREFUL in every


def test_more_pain_is_never_milder() -> None:
    for limits, usual, told in product(sample(), MAYBE, MAYBE):
        bands = [pain.during(number, told, usual, limits) for number in NUMBERS]
        assert bands == sorted(bands, key=_known), (limits, usual, told)
    for limits, usual, worse in product(sample(), MAYBE, (None, False, True)):
        bands = [pain.morning(number, worse, usual, limits) for number in NUMBERS]
        assert bands == sorted(bands, key=_known), (limits, usual, worse)


def test_a_higher_usual_is_never_stricter_and_an_unknown_one_never_milder() -> None:
    for limits, number, told in product(sample(), NUMBERS, MAYBE):
        for rule in (pain.during, pain.entry):
            bands = [rule(number, told, usual, limits) for usual in MAYBE]
            assert bands == sorted(bands, key=_known, reverse=True), (limits, number, told)


def test_telling_the_pain_before_never_lowers_the_band() -> None:
    for limits, number, usual in product(sample(), NUMBERS, MAYBE):
        silent = _known(pain.entry(number, None, usual, limits))
        bands = [_known(pain.entry(number, told, usual, limits)) for told in NUMBERS]
        assert min(bands) >= silent, (limits, number, usual)


def test_at_or_below_usual_nobody_is_stopped_and_only_a_rise_eases_off() -> None:
    clinics = [limits for limits in sample() if isinstance(limits, Limits)]
    for limits, usual, told in product(clinics, NUMBERS, MAYBE):
        for number in range(min(usual + 1, limits.high)):
            band = pain.during(number, told, usual, limits)
            rose = told is not None and number - told >= limits.rise_stop
            assert band is (Band.EASE if rose and number > limits.fine_to else Band.FINE)


def _known(band: Band | None) -> int:
    assert band is not None
    return int(band)


# ------------------------------------------------------------- mornings and the rest of an entry

#: A morning with usual pain 3: what it is when worse than usual or not told, when it is about as
#: usual, and when nothing but the number was told.
MORNINGS = """
    worse   eeeeeesssss
    usual   fffffeeesss
    -       fffffesssss
"""
#: With usual pain 8: 8 and 9 are near enough to it, 10 is not.
HIGH_MORNINGS = """
    worse   eeeeeeeeees
    usual   ffffffffees
    -       ffffffffees
"""
WORSE = {"worse": True, "usual": False, "-": None}


@pytest.mark.parametrize(("usual", "table"), [(3, MORNINGS), (8, HIGH_MORNINGS)])
def test_a_morning_stops_only_when_it_is_worse_too_or_the_pain_is_high(
    usual: int, table: str
) -> None:
    for word, letters in (line.split() for line in table.strip().splitlines()):
        bands = [pain.morning(number, WORSE[word], usual) for number in NUMBERS]
        assert bands == [LETTERS[letter] for letter in letters], word


def test_a_morning_worse_than_usual_eases_off_even_without_a_number() -> None:
    assert pain.morning(None, True, None) is Band.EASE
    assert pain.morning(0, True, 5) is Band.EASE


def test_high_pain_begins_where_the_clinic_says() -> None:
    assert [pain.is_high(number, DEFAULTS) for number in (None, 7, 8)] == [False, False, True]
    assert [pain.is_high(number, CAREFUL) for number in (6, 7)] == [False, True]
    assert pain.is_high(9, OwnLimits(6, 10, high=9))


class Told(NamedTuple):
    pain: int | None = None
    before: int | None = None
    leg: str | None = None
    effort: str | None = None
    why_stopped: str | None = None


#: The band of an entry with usual pain unknown.
TOLD: list[tuple[Told, Band | None]] = [
    (Told(), None),
    (Told(pain=2), Band.FINE),
    (Told(leg=Leg.NONE), None),
    (Told(pain=2, leg=Leg.BELOW_KNEE), Band.EASE),
    (Told(leg=Leg.NUMB), Band.STOP),
    (Told(pain=0, leg=Leg.WEAK), Band.STOP),
    (Told(pain=2, effort="hard"), Band.FINE),
    (Told(pain=2, before=4), Band.EASE),
    (Told(pain=3, before=6), Band.STOP),
    (Told(before=6), Band.STOP),
    (Told(pain=5, before=5, effort="stopped", why_stopped="tired"), Band.EASE),
    (Told(effort="stopped", why_stopped="pain"), Band.STOP),
    (Told(pain=2, effort="stopped", why_stopped="pain"), Band.EASE),
    (Told(pain=7, effort="stopped", why_stopped="pain"), Band.STOP),
    (Told(effort="stopped", why_stopped="tired"), Band.EASE),
    (Told(pain=0, effort="stopped", why_stopped="time"), Band.EASE),
    (Told(effort="stopped"), Band.EASE),
    (Told(pain=7, effort="stopped", why_stopped="tired"), Band.STOP),
]


@pytest.mark.parametrize(("told", "band"), TOLD)
def test_an_entry_has_the_highest_band_of_all_that_it_tells(told: Told, band: Band | None) -> None:
    assert pain.of_entry(told, None, DEFAULTS) is band


@pytest.mark.parametrize(
    ("number", "leg", "cause"),
    [
        (7, None, "pain"),
        (5, None, None),
        (None, None, None),
        (0, "numb", "numb"),
        (7, "numb", "numb"),
        (7, "weak", "weak"),
        (0, "below_knee", None),
        (7, "below_knee", "pain"),
    ],
)
def test_a_stop_names_its_cause_and_weakness_comes_first(
    number: int | None, leg: str | None, cause: str | None
) -> None:
    assert pain.stop_cause(pain.band(number, None), leg) == cause


@each_table
def test_the_chart_is_shaded_by_the_persons_own_bands(limits: AnyLimits, table: str) -> None:
    for base, row in rows(table):
        own = zones(base, limits)
        assert own.stop_from == (row.index(Band.STOP) if Band.STOP in row else 11)
        assert own.ease_from == row.index(next(band for band in row if band > Band.FINE))
