"""The bands of pain, against a table written by hand: by usual pain, pain, morning, leg and a
clinic's own limits."""

from __future__ import annotations

from itertools import product

import pytest

from patients.models import Leg
from patients.pictures.pain_chart import zones
from patients.standing import pain
from patients.standing.pain import Band, Thresholds

LETTERS = {"f": Band.FINE, "e": Band.EASE, "s": Band.STOP}
#: Columns: pain 0 to 10. Rows: usual pain. By the text of the rules, number by number.
DEFAULT = {
    None: "ffffeesssss",
    0: "ffffeesssss",
    1: "ffffeesssss",
    2: "ffffeesssss",
    3: "ffffeesssss",
    4: "fffffesssss",
    5: "ffffffessss",
    6: "ffffeeeesss",
    7: "ffffeeeesss",
    8: "ffffeeeesss",
    9: "ffffeeeesss",
    10: "ffffeeeesss",
}
#: A careful clinic: amber from 2, stop from 5, always from 7, stop when 3 above usual.
CAREFUL = Thresholds(2, 5, 7, 3)
CAREFUL_TABLE = {
    None: "ffeeessssss",
    0: "ffeeessssss",
    1: "ffeeessssss",
    2: "fffeessssss",
    3: "ffffeesssss",
    4: "fffffeessss",
    5: "ffeeeeessss",
    6: "ffeeeeessss",
    10: "ffeeeeessss",
}
TABLES = [(Thresholds(), DEFAULT), (CAREFUL, CAREFUL_TABLE)]
#: What the leg alone says.
LEG = {None: None, "none": None, "below_knee": Band.EASE, "numb": Band.STOP, "weak": Band.STOP}
#: One up, when the morning was worse than usual.
ONE_UP = {None: Band.EASE, Band.FINE: Band.EASE, Band.EASE: Band.STOP, Band.STOP: Band.STOP}


def by_hand(number: int | None, row: str) -> Band | None:
    return None if number is None else LETTERS[row[number]]


def highest(*bands: Band | None) -> Band | None:
    order = [None, Band.FINE, Band.EASE, Band.STOP]
    return order[max(order.index(band) for band in bands)]


@pytest.mark.parametrize(("limits", "table"), TABLES, ids=["default", "careful"])
def test_every_number_has_the_band_of_the_table(
    limits: Thresholds, table: dict[int | None, str]
) -> None:
    for usual, row in table.items():
        assert [pain.band(number, usual, limits) for number in range(11)] == [
            LETTERS[letter] for letter in row
        ], usual


@pytest.mark.parametrize(("limits", "table"), TABLES, ids=["default", "careful"])
def test_every_combination_of_answers_has_the_higher_band_and_one_up_when_worse(
    limits: Thresholds, table: dict[int | None, str]
) -> None:
    numbers = [None, *range(11)]
    for (usual, row), number, leg, morning, worse in product(
        table.items(), numbers, [*LEG], numbers, [None, False, True]
    ):
        logged = highest(by_hand(number, row), LEG[leg])
        assert pain.during(number, leg, usual, limits) is logged
        whole = highest(logged, by_hand(morning, row))
        expected = ONE_UP[whole] if worse else whole
        assert pain.with_morning(logged, morning, worse, usual, limits) is expected, (
            usual,
            number,
            leg,
            morning,
            worse,
        )


def test_what_was_not_reported_is_no_band_at_all() -> None:
    assert pain.band(None, 0, Thresholds()) is None
    assert pain.during(None, None, None, Thresholds()) is None
    assert pain.during(None, Leg.NONE, 5, Thresholds()) is None
    assert pain.with_morning(None, None, False, 5, Thresholds()) is None


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
    assert pain.stop_cause(pain.band(number, None, Thresholds()), leg) == cause


@pytest.mark.parametrize(("limits", "table"), TABLES, ids=["default", "careful"])
def test_the_chart_is_shaded_by_the_persons_own_bands(
    limits: Thresholds, table: dict[int | None, str]
) -> None:
    for usual, row in table.items():
        own = zones(usual, limits)
        assert own.stop_from == row.index("s")
        assert own.ease_from == (row.index("e") if "e" in row else row.index("s"))
