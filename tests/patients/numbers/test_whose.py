"""Whose patients are counted, how few are shown to nobody, and what an owner may compare."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from law.erasing.erase import erase
from patients.numbers.small import people
from patients.verbs import findings as finding_verbs
from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser
from tests.patients.numbers.crowd import FEW, HIDDEN, page, passing, plans, table
from tests.queries import BeforeTheAnswer

FIRST = "1 Dowel hinge"


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (203, 205)],
)
def test_people_are_counted_to_the_nearest_five_and_never_fewer(
    count: int, shown: int | None
) -> None:
    assert people(count) == shown


def test_a_clinician_counts_only_those_whom_they_lead_whatever_the_address_says(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = [*plans(3, cast.elin), *plans(3, cast.omar)]
    passing(clock, [(plan, 21) for plan in crowd])
    assert table(cast.elin, "days", whose="clinic")[FIRST] == HIDDEN
    assert "Whole clinic" not in page(cast.elin)
    assert table(cast.petra, "days")[FIRST] == ["21", "21 to 21", "5"]
    assert table(cast.petra, "days", whose="mine")[FIRST] == HIDDEN


def test_the_owner_cannot_take_their_own_from_all_to_learn_of_a_few(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """Ten of the owner's own and two of a colleague: both counts say ten."""
    crowd = [*plans(10, cast.petra), *plans(2, cast.omar)]
    passing(clock, [(plan, 21) for plan in crowd])
    everybody = table(cast.petra, "stops", whose="clinic")[FIRST]
    own = table(cast.petra, "stops", whose="mine")[FIRST]
    assert own == ["10", "10", FEW]
    assert everybody[1:] == ["10", FEW]


def test_the_owner_cannot_take_a_middle_or_a_mean_of_their_own_from_all(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """Of 22 on the first rung 2 are a colleague's; of 25 in pain 5 are."""
    own = plans(20, cast.petra)
    others = plans(5, cast.omar)
    for plan in [*own, *others]:
        acts.log(plan, pain=1)
    passing(clock, [(plan, 21) for plan in [*own, *others[:2]]])
    assert table(cast.petra, "days", whose="clinic")[FIRST] == ["21", "21 to 21", "20"]
    assert table(cast.petra, "days", whose="mine")[FIRST] == ["not shown", "not shown", "20"]
    assert table(cast.petra, "pain", whose="mine")[FIRST] == ["1.0", "1.0 to 1.0", "20"]
    shown = page(cast.petra, whose="mine")
    assert "One of your own patients is hidden where the clinic’s is of only 1 to 4" in shown


@pytest.mark.parametrize(("others", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_own_shares_and_faults_are_hidden_where_a_few_more_are_the_clinics(
    clock: time_machine.Traveller, cast: Cast, others: int, hidden: bool
) -> None:
    cast.maya.lead_id = cast.petra.pk
    cast.maya.save()
    fault = factories.hip_hinge().own_faults()[0]
    crowd = [*plans(6, cast.petra), *plans(others, cast.omar)]
    found = [finding_verbs.note(plan=plan, by=plan.patient.lead, fault=fault) for plan in crowd]
    clock.shift(timedelta(days=14))
    for finding in found:
        finding_verbs.clear(finding=finding, by=finding.plan.patient.lead)
    until = table(cast.petra, "faults", whose="mine")[fault.name][2]
    assert until == ("not shown" if hidden else "14")
    assert ("in the middle" in page(cast.petra, whose="mine")) is not hidden


def test_two_means_that_differ_by_one_person_tell_of_nobody_exactly(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """Whoever subtracts six times one mean from seven times the other learns no single number."""
    crowd = plans(6, cast.elin)
    for plan, pain in zip(crowd, (1, 1, 2, 2, 3, 3), strict=True):
        acts.log(plan, pain=pain)
    before = float(table(cast.elin, "pain")[FIRST][0])
    cache.clear()
    acts.log(cast.plan, pain=1)
    after = float(table(cast.elin, "pain")[FIRST][0])
    assert (before, after) == (2.0, 2.0)


def test_nobody_of_another_clinic_is_counted(clock: time_machine.Traveller, cast: Cast) -> None:
    crowd = [*plans(4, cast.petra), *plans(5, cast.ines)]
    passing(clock, [(plan, 21) for plan in crowd])
    assert table(cast.petra, "days")[FIRST] == HIDDEN
    assert table(cast.ines, "days")[FIRST] == ["21", "21 to 21", "5"]


def test_no_page_names_anybody(clock: time_machine.Traveller, cast: Cast) -> None:
    passing(clock, [(plan, 21) for plan in plans(5, cast.omar)])
    shown = page(cast.petra)
    assert "Rung 1 took those who passed it about 21 days" in shown
    assert [name for name in ("Pat ", "Maya", "Omar") if name in shown] == []


def test_a_new_clinic_reads_in_words_that_there_is_nothing_yet(cast: Cast) -> None:
    shown = page(cast.ines)
    assert "Fewer than 5 people had a plan on this ladder in this time" in shown
    assert '<svg class="chart' not in shown


def test_the_numbers_stay_while_somebody_is_discharged_and_erased(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    crowd = plans(5, cast.elin)
    passing(clock, [(plan, 21) for plan in crowd])
    gone = crowd[0].patient
    people_verbs.discharge(patient=gone, by=cast.elin)
    erase(patient=gone, by=cast.petra, typed=gone.name, why="The patient asked for it.")
    assert table(cast.elin, "days")[FIRST] == ["21", "21 to 21", "5"]


def test_it_is_counted_once_a_day_and_the_page_says_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    passing(clock, [(plan, 21) for plan in plans(4, cast.elin)])
    assert "Counted today at 09:00, and next tomorrow." in page(cast.elin)
    clock.shift(timedelta(hours=2))
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert table(cast.elin, "days")[FIRST] == HIDDEN
    assert "Counted today at 09:00" in page(cast.elin)
    clock.shift(timedelta(days=1))
    assert table(cast.elin, "days")[FIRST] == ["21", "21 to 21", "5"]


def test_counting_asks_as_often_for_many_as_for_few(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    asked: list[int] = []
    for _ in range(2):
        passing(clock, [(plan, 21) for plan in plans(6, cast.elin)])
        cache.clear()
        client = browser(cast.elin)
        with BeforeTheAnswer(connection) as queries:
            client.get(reverse("numbers"))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 22


def test_what_was_counted_is_read_again_by_few_queries(cast: Cast) -> None:
    client = browser(cast.elin)
    client.get(reverse("numbers"))
    with BeforeTheAnswer(connection) as queries:
        client.get(reverse("numbers"))
    assert len(queries) <= 12


@pytest.mark.parametrize("chosen", ["x", "all\x00", "'", "9" * 500])
def test_what_an_address_makes_up_shows_the_usual(cast: Cast, chosen: str) -> None:
    query = {"ladder": chosen, "period": chosen, "whose": chosen, "table": chosen}
    answers = [browser(cast.elin).get(reverse(name), query) for name in ("numbers", "numbers_file")]
    assert [answer.status_code for answer in answers] == [200, 200]
