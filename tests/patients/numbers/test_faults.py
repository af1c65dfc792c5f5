"""Faults that were seen, and the drills that were practised while they stood."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from curriculum.models import Fault, Level
from patients.models import Finding
from patients.verbs import findings as finding_verbs
from patients.verbs import move_edition as edition_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.numbers.crowd import FEW, page, plans, table, taken_out


def helped() -> tuple[Fault, Level]:
    """A fault, and a level of the first rung whose drill is recommended for it."""
    levels = Level.objects.filter(rung__ladder=factories.hip_hinge(), rung__position=1)
    level = levels.filter(drill__remedies__isnull=False).select_related("drill")[0]
    return Fault.objects.filter(remedies__drill=level.drill)[0], level


def seen(cast: Cast, count: int, fault: Fault) -> list[Finding]:
    return [
        finding_verbs.note(plan=plan, by=cast.elin, fault=fault) for plan in plans(count, cast.elin)
    ]


def test_a_clinician_reads_which_faults_went_and_what_was_practised_meanwhile(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    fault, level = helped()
    findings = seen(cast, 10, fault)
    clock.shift(timedelta(days=2))
    for finding in findings[:5]:
        acts.log(finding.plan, level=level)
    clock.shift(timedelta(days=12))
    for finding in findings[:5]:
        finding_verbs.clear(finding=finding, by=cast.elin)
    for finding in findings[5:]:
        acts.log(finding.plan, level=level)
    assert table(cast.elin, "faults") == {fault.name: ["10", "5", "14"]}
    shown = page(cast.elin)
    assert f"Seen most often: {fault.name}" in shown
    drill = f'<td class="num">{level.drill.name}</td>'
    assert f'{drill}<td class="num">10</td><td class="num">5</td>' in shown


def test_the_file_says_what_it_is_of_has_both_tables_and_is_on_the_trail(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    fault, level = helped()
    for finding in seen(cast, 5, fault):
        acts.log(finding.plan, level=level)
    name, lines = taken_out(cast.petra, "faults", period="3", whose="clinic")
    day = cast.harbour.today().isoformat()
    assert f"numbers-hip-hinge-faults-3-months-clinic-{day}.csv" in name
    assert lines[:4] == [
        ["Ladder", "Hip hinge"],
        ["When", "Last 3 months"],
        ["Whose patients", "Whole clinic"],
        ["Counted on", day],
    ]
    assert lines[4][1].startswith("Nothing about fewer than 5 people")
    assert [fault.name, level.drill.name, "5", FEW] in lines


def test_what_was_practised_after_a_fault_went_is_not_counted_with_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    fault, level = helped()
    for finding in seen(cast, 5, fault):
        finding_verbs.clear(finding=finding, by=cast.elin)
    clock.shift(timedelta(days=1))
    for finding in Finding.objects.all():
        acts.log(finding.plan, level=level)
    assert table(cast.elin, "faults") == {fault.name: ["5", "5", "under 4"]}
    assert "Drills practised while a fault stood" not in page(cast.elin)


def test_a_fault_of_four_people_and_one_in_words_are_not_listed(cast: Cast) -> None:
    fault, _level = helped()
    seen(cast, 4, fault)
    for plan in plans(5, cast.elin):
        finding_verbs.note(plan=plan, by=cast.elin, words="Holds her breath")
    assert table(cast.elin, "faults") == {}
    assert "Holds her breath" not in page(cast.elin)


def test_a_fault_that_goes_along_to_a_newer_edition_is_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    fault, level = helped()
    findings = seen(cast, 5, fault)
    for finding in findings:
        acts.log(finding.plan, level=level)
    newer = ladders.next_edition(factories.hip_hinge())
    clock.shift(timedelta(days=21))
    for finding in findings:
        moved = edition_verbs.move(plan=finding.plan, ladder=newer, by=cast.elin)
        finding_verbs.clear(finding=moved.findings.get(), by=cast.elin)
    assert table(cast.elin, "faults") == {fault.name: ["5", "5", "21"]}
    assert f'{level.drill.name}</td><td class="num">5</td><td class="num">5</td>' in page(cast.elin)


def test_a_fault_that_came_back_has_not_gone(clock: time_machine.Traveller, cast: Cast) -> None:
    fault, _level = helped()
    for finding in seen(cast, 5, fault):
        finding_verbs.clear(finding=finding, by=cast.elin)
        finding_verbs.note(plan=finding.plan, by=cast.elin, fault=fault)
    assert table(cast.elin, "faults") == {fault.name: ["5", FEW, "not shown"]}
