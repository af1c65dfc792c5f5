"""A day's number, its correction and what is said about the morning after, in every mixture,
against tables by hand: which band the day has, and which stop waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patients.models import Practice, Stop
from patients.rules.refusals import Refused
from patients.standing.readiness import evidence_entries
from patients.verbs import practice as practice_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY

ONE_DAY = timedelta(days=1)
Told = tuple[int | None, bool | None]  # pain, and whether it was worse than usual

#: The days' numbers, from the top: as logged or, once corrected, as corrected.
NUMBERS = (None, 2, 5, 9)
#: What can be said about a morning, from the left.
MORNINGS: tuple[Told, ...] = (
    *((None, True), (None, False)),
    *((2, True), (2, False), (2, None)),
    *((9, True), (9, False), (9, None)),
)
#: The band of the day. The first column: nothing was said about the morning. In the others a
#: number, if there was one, and "worse", "usual" or "-".
BANDS = """
        nothing  worse  usual  2worse  2usual  2-     9worse  9usual  9-
None    unknown  ease   unknown ease   fine    fine   stop    stop    stop
2       fine     ease   fine   ease    fine    fine   stop    stop    stop
5       ease     ease   ease   ease    ease    ease   stop    stop    stop
9       stop     stop   stop   stop    stop    stop   stop    stop    stop
"""
#: The causes of the stops that wait at the end. The day's number and its morning stop on their own.
WAITING = """
        nothing  worse  usual  2worse  2usual  2-     9worse  9usual  9-
None    none     none   none   none    none    none   morning morning morning
2       none     none   none   none    none    none   morning morning morning
5       none     none   none   none    none    none   morning morning morning
9       pain     pain   pain   pain    pain    pain   pain,morning pain,morning pain,morning
"""


#: Of every kind one: as usual, worse, far too much.
KINDS: tuple[Told, ...] = ((None, False), (2, True), (9, True))


def _cell(table: str, number: int | None, told: Told | None) -> str:
    """What a table says of a day: its last number, and what was said last about its morning."""
    row = table.strip().splitlines()[1 + NUMBERS.index(number)].split()
    assert row[0] == str(number)
    return row[1 if told is None else 2 + MORNINGS.index(told)]


@contextmanager
def _undone() -> Iterator[None]:
    start = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(start)


def _tell(entry: Practice, told: Told) -> None:
    pain, worse = told
    practice_verbs.answer_morning(
        practice=entry, by=entry.plan.patient.user, pain_now=pain, worse=worse
    )


def _differs(entry: Practice, told: Sequence[Told]) -> str:
    """In words how the day differs from the tables; empty where it is as they say."""
    last = told[-1] if told else None
    waiting = Stop.objects.unanswered().filter(plan=entry.plan)
    causes = ",".join(waiting.values_list("cause", flat=True)) or "none"
    (day,) = evidence_entries(entry.plan)
    band = day.whole or "unknown"
    wanted = _cell(BANDS, entry.pain, last), _cell(WAITING, entry.pain, last)
    before = "" if entry.corrects is None else f"{entry.corrects.pain} corrected to "
    story = f"{before}{entry.pain}, mornings {list(told)}"
    return "" if (band, causes) == wanted else f"{story}: {(band, causes)}, not {wanted}"


def _walk(entry: Practice, told: Sequence[Told], kinds: Sequence[Told], deep: int) -> Iterator[str]:
    """Every order of so many words about the morning; after each, how the day differs."""
    yield _differs(entry, told)
    for one in kinds if deep else ():
        with _undone():
            _tell(entry, one)
            yield from _walk(entry, [*told, one], kinds, deep - 1)


def _day(cast: Cast, clock: time_machine.Traveller, *numbers: int | None) -> Practice:
    """Log the first number and correct it to the others on the same day; the next morning."""
    clock.move_to(MONDAY)
    entry = None
    for number in numbers:
        entry = acts.log(cast.plan, pain=number, corrects=entry)
    assert entry is not None
    clock.shift(ONE_DAY)
    return entry


@pytest.mark.slow_on_postgres
def test_every_number_every_correction_and_every_morning_are_as_the_tables_say(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    faults: list[str] = []
    for days in [*product(NUMBERS), *product(NUMBERS, NUMBERS)]:
        with _undone():
            faults += _walk(_day(cast, clock, *days), [], MORNINGS, 1)
    assert len(faults) == (4 + 16) * (1 + 8)
    assert list(filter(None, faults)) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_three_words_about_one_morning_in_any_order_leave_what_the_last_one_says(
    clock: time_machine.Traveller, cast: Cast, number: int | None
) -> None:
    faults = list(_walk(_day(cast, clock, number), [], KINDS, 3))
    assert len(faults) == 1 + 3 + 9 + 27
    assert list(filter(None, faults)) == []


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=2),
    mornings=st.lists(
        st.tuples(st.sampled_from([None, 2, 9]), st.sampled_from([None, True, False])),
        min_size=2,
        max_size=3,
    ),
)
def test_any_day_and_any_mornings_are_as_the_tables_say(
    clock: time_machine.Traveller, cast: Cast, days: list[int | None], mornings: list[Told]
) -> None:
    with _undone():
        entry = _day(cast, clock, *days)
        told = []
        for one in mornings:
            if one == (None, None):
                with pytest.raises(Refused):
                    _tell(entry, one)
            else:
                _tell(entry, one)
                told.append(one)
        fault = _differs(entry, told)
    assert fault == ""
