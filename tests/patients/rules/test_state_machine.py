from __future__ import annotations

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import ladders
from tests.cast import Cast
from tests.patients.clinics_machine import Clinics

#: The quick suite tries the same stories every time; `make slow` tries others.
BOUNDED = settings(
    derandomize=True,
    max_examples=6,
    stateful_step_count=30,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
OTHERS = settings(BOUNDED, derandomize=False, max_examples=60)


def _run(clock: time_machine.Traveller, cast: Cast, bounds: settings) -> None:
    Clinics.cast = cast
    Clinics.clock = clock
    newer = ladders.next_edition(cast.plan.ladder, new_criteria={"bench-in-front": "one-more"})
    Clinics.editions = [cast.plan.ladder, newer]
    run_state_machine_as_test(Clinics, settings=bounds)


def test_the_rules_hold_after_any_verb_by_anyone_at_any_time(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    _run(clock, cast, BOUNDED)


@pytest.mark.slow
def test_they_hold_in_other_stories_too(clock: time_machine.Traveller, cast: Cast) -> None:
    _run(clock, cast, OTHERS)
