from __future__ import annotations

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import ladders
from tests.cast import Cast
from tests.patients.clinics_machine import Clinics

BOUNDED = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


def test_the_rules_hold_after_any_verb_by_anyone_at_any_time(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    Clinics.cast = cast
    Clinics.clock = clock
    newer = ladders.next_edition(cast.plan.ladder, new_criteria={"bench-in-front": "one-more"})
    Clinics.editions = [cast.plan.ladder, newer]
    run_state_machine_as_test(Clinics, settings=BOUNDED)
