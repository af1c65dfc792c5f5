"""Ready by numbers: a table by hand. The numbers suggest; they open nothing, and what is unknown is
never ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from curriculum.models import Rung
from patients.standing.calendar import Calendar
from patients.standing.prescribed import Done
from patients.standing.readiness import (
    NOT_READY,
    EvidenceEntry,
    Readiness,
    evidence_entries,
    readiness_by_numbers,
    readiness_of,
)
from patients.summaries import verify
from patients.verbs import gate as gate_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, headings
from tests.patients.clinic_pages import browser, chart

START = date(2026, 3, 2)  # a Monday
ONE_DAY = timedelta(days=1)
EVERY_DAY = Calendar(START, [(START, 127)], [])
MONDAYS = Calendar(START, [(START, 1)], [])
FIRST = Rung(pk=1, loaded=False)
LOADED = Rung(pk=5, loaded=True)


def _entry(day: int, **other: Any) -> EvidenceEntry:
    """A day in March that went well, on the rung asked about."""
    well: dict[str, Any] = {
        "rung_id": 1,
        "helper": False,
        "pain": 1,
        "effort": "right",
        "band": "fine",
        "morning_pain": None,
        "worse": None,
        "morning_band": None,
    }
    return EvidenceEntry(date(2026, 3, day), **{**well, **other})


def _ready(
    *practised: EvidenceEntry, calendar: Calendar = EVERY_DAY, opened_on: date = START
) -> Readiness:
    return readiness_by_numbers(calendar, FIRST, opened_on, practised)


def test_three_planned_days_in_ten_that_went_well_are_ready_until_the_first_is_too_old() -> None:
    assert _ready(_entry(2), _entry(4)) == NOT_READY
    assert _ready(_entry(2), _entry(4), _entry(6)) == Readiness(date(2026, 3, 6), date(2026, 3, 11))
    assert _ready(_entry(2), _entry(4), _entry(11)) == Readiness(
        date(2026, 3, 11), date(2026, 3, 11)
    )
    assert _ready(_entry(2), _entry(4), _entry(12)) == NOT_READY


def test_practice_on_other_days_than_planned_does_not_count_as_a_planned_day() -> None:
    assert _ready(_entry(2), _entry(3), _entry(4), calendar=MONDAYS) == NOT_READY
    assert _ready(_entry(2), _entry(9), _entry(10), calendar=MONDAYS) == NOT_READY


@pytest.mark.parametrize(
    "last",
    [
        {"pain": None, "band": None},
        {"effort": None},
        {"effort": "hard"},
        {"effort": "stopped"},
        {"pain": 4, "band": "ease"},
        {"band": "ease"},
        {"pain": 7, "band": "stop"},
        {"worse": True, "morning_band": "ease"},
        {"morning_pain": 5, "worse": False, "morning_band": "ease"},
    ],
)
def test_one_of_the_last_three_unknown_or_not_well_is_not_ready(last: dict[str, Any]) -> None:
    days_before = [_entry(2), _entry(3), _entry(4)]
    assert _ready(*days_before).since == date(2026, 3, 4)
    for others in ((), (_entry(6),), (_entry(6), _entry(7))):
        assert _ready(*days_before, _entry(5, **last), *others) == NOT_READY
    later = (_entry(6), _entry(7), _entry(8))
    assert _ready(*days_before, _entry(5, **last), *later).since == date(2026, 3, 8)


def test_pain_on_a_companion_drill_or_another_rung_holds_readiness_back_too() -> None:
    well = [_entry(2), _entry(3), _entry(4)]
    for other in ({"helper": True}, {"rung_id": 7}):
        assert _ready(*well, _entry(5, pain=5, band="ease", **other)) == NOT_READY
        assert _ready(*well, _entry(5, **other)).since == date(2026, 3, 4)


def test_companion_drills_and_other_rungs_make_no_rung_ready() -> None:
    assert _ready(*(_entry(day, helper=True) for day in range(2, 9))) == NOT_READY
    assert _ready(*(_entry(day, rung_id=2) for day in range(2, 9))) == NOT_READY
    below = [_entry(day, rung_id=4) for day in range(2, 20)]
    assert readiness_by_numbers(EVERY_DAY, LOADED, START, below) == NOT_READY


def test_practice_before_the_rung_opened_again_does_not_count() -> None:
    practised = [_entry(2), _entry(3), _entry(4), _entry(5)]
    assert _ready(*practised, opened_on=date(2026, 3, 4)) == NOT_READY
    assert _ready(*practised, opened_on=date(2026, 3, 3)).since == date(2026, 3, 5)


def test_a_loaded_rung_asks_for_six_days_in_twenty_one() -> None:
    practised = [_entry(day, rung_id=5) for day in (2, 5, 9, 12, 16)]
    assert readiness_by_numbers(EVERY_DAY, LOADED, START, practised) == NOT_READY
    ready = readiness_by_numbers(EVERY_DAY, LOADED, START, [*practised, _entry(22, rung_id=5)])
    assert ready == Readiness(date(2026, 3, 22), date(2026, 3, 22))
    late = readiness_by_numbers(EVERY_DAY, LOADED, START, [*practised, _entry(23, rung_id=5)])
    assert late == NOT_READY


def test_readiness_goes_on_from_its_first_day_and_begins_anew_after_a_gap() -> None:
    run = [_entry(day) for day in (2, 3, 4, 6, 8)]
    assert _ready(*run) == Readiness(date(2026, 3, 4), date(2026, 3, 13))
    assert _ready(*run, _entry(13)).since == date(2026, 3, 4)
    assert _ready(*run, _entry(14)).since == date(2026, 3, 14)
    assert _ready(*run, _entry(20), _entry(21), _entry(22)).since == date(2026, 3, 22)


# ---- read from the database


def test_ready_by_numbers_is_shown_and_opens_nothing(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(3):
        acts.log(cast.plan, pain=0, effort="easy")
        clock.shift(ONE_DAY)
    assert readiness_of(cast.plan).since == START + 2 * ONE_DAY
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.ready_since == START + 2 * ONE_DAY
    assert acts.open_position(cast.plan) == 1


def test_an_entry_counts_as_corrected_and_with_its_latest_morning(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=5)
    acts.log(cast.plan, pain=2, corrects=first)
    clock.shift(ONE_DAY)
    for worse in (True, False):
        practice_verbs.answer_morning(practice=first, by=cast.maya.user, pain_now=1, worse=worse)
    (entry,) = evidence_entries(cast.plan)
    assert (entry.pain, entry.band, entry.worse, entry.whole) == (2, "fine", False, "fine")


def test_two_ambers_in_a_row_are_a_matter_and_a_corrected_one_is_none(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=4)
    clock.shift(ONE_DAY)
    second = acts.log(cast.plan, pain=5)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.amber_since == START
    acts.log(cast.plan, pain=0, corrects=second)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.amber_since is None


def test_two_worse_mornings_in_a_row_are_a_matter(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(2):
        entry = acts.log(cast.plan, pain=1)
        clock.shift(ONE_DAY)
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=2, worse=True)
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.amber_since == START


def test_a_complete_ladder_is_not_ready_for_anything(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 1), by=cast.elin)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert readiness_of(cast.plan) == NOT_READY


def test_a_rung_that_was_lost_is_open_since_then_on_every_page(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """What was practised before the pass was taken back speaks for nothing now."""
    for _ in range(3):
        acts.log(cast.plan, pain=0, effort="right")
        clock.shift(ONE_DAY)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.shift(2 * ONE_DAY)
    gate_verbs.withdraw(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost it."
    )
    assert readiness_of(cast.plan) == NOT_READY
    assert "Ready by numbers" not in headings(asked(cast.elin))
    page = chart(browser(cast.elin), cast.maya)
    assert "Open since today" in page
    assert "Ready by numbers" not in page
    clock.shift(4 * ONE_DAY)
    page = chart(browser(cast.elin), cast.maya)
    assert "Open for 4 days" in page
    assert "<b>0</b> of 4 planned days" in page
    assert list(verify.differences()) == []


#: Three sets of ten at 16 kg were prescribed, on the second of the levels prescribed so far.
PRESCRIBED = Done(dose=[3, 10, False, 16], position=2, hardest=2)


def _did(*sets: tuple[int, float | None], **other: Any) -> Done:
    rows = [{"side": None, "reps": reps, "seconds": None, "load": kg} for reps, kg in sets]
    return replace(PRESCRIBED, sets=rows, **other)


WHOLE = _did(*[(10, 16.0)] * 3)
SHORT: dict[str, Done] = {
    "one set of three": _did((10, 16.0)),
    "one repetition a set": _did(*[(1, 16.0)] * 3),
    "lighter": _did(*[(10, 12.0)] * 3),
    "weight not told": _did(*[(10, None)] * 3),
}


def _ready_with(done: Done) -> bool:
    days = [_entry(day, done=done) for day in (2, 3, 4)]
    return _ready(*days) != NOT_READY


def test_what_was_prescribed_counts_towards_a_gate_from_four_fifths_on() -> None:
    assert _ready_with(WHOLE)
    assert _ready_with(_did((8, 16.0), (8, 16.0), (8, 20.0)))
    assert not _ready_with(_did((8, 16.0), (8, 16.0), (7, 16.0)))
    assert _ready_with(_did((12, 16.0), (12, 16.0)))  # two long sets are as much


@pytest.mark.parametrize("how", SHORT)
def test_a_session_that_was_less_than_prescribed_does_not_count(how: str) -> None:
    assert not _ready_with(SHORT[how])


def test_each_side_is_prescribed_and_counted() -> None:
    sides = [{"side": side, "reps": 8, "load": None} for side in ("left", "right")]
    once = replace(PRESCRIBED, dose=[2, 8, True, None])
    assert not _ready_with(replace(once, sets=sides))
    assert _ready_with(replace(once, sets=sides * 2))


def test_an_easier_level_than_the_hardest_prescribed_does_not_count() -> None:
    easier = replace(WHOLE, position=1)
    assert not _ready_with(easier)
    assert _ready_with(replace(easier, hardest=None))  # nothing was prescribed on this rung
    # It went well all the same: beside three sessions that count it holds nothing back.
    whole = [_entry(day, done=WHOLE) for day in (2, 3, 4)]
    assert _ready(*whole, _entry(5, done=easier)) != NOT_READY


@pytest.mark.parametrize(("reserve", "ready"), [(4, True), (2, True), (1, False), (0, False)])
def test_with_load_two_more_possible_repetitions_take_the_place_of_the_effort(
    reserve: int, ready: bool
) -> None:
    days = [_entry(day, effort=None, reserve=reserve, done=WHOLE) for day in (2, 3, 4)]
    assert (_ready(*days) != NOT_READY) is ready
    stopped = [replace(day, effort="stopped") for day in days]
    assert _ready(*stopped) == NOT_READY


def test_the_chart_says_why_a_session_does_not_count(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    lift = acts.rung(cast.plan, 6).levels.get(slug="kettlebell-stool")
    pull = acts.rung(cast.plan, 6).levels.get(slug="pull-through")
    dose: dict[str, Any] = {"plan": cast.plan, "by": cast.elin, "sets": 2, "reps": 10, "load": 16}
    plan_verbs.prescribe(level=pull, **dose)
    plan_verbs.prescribe(level=lift, **dose)
    sets = {"side": None, "seconds": None}
    light = [{**sets, "reps": 10, "load": 12.0}] * 2
    few = [{**sets, "reps": 5, "load": 16.0}] * 2
    for level, done in ((lift, light), (lift, few), (pull, light)):
        acts.log(cast.plan, level=level, sets=done, pain=1, effort="right")
        clock.shift(ONE_DAY)
    page = chart(browser(cast.elin), cast.maya)
    assert "2 March: 12 kg of 16 kg prescribed." in page
    assert "3 March: 10 of 20 repetitions prescribed." in page
    assert "4 March: 12 kg of 16 kg prescribed, not on the hardest level prescribed." in page
    assert "Practised as prescribed on 0 planned days; 6 are usual before a gate." in page
