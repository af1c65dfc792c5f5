"""The first assessment proposes; the clinician decides, never above the rung that was shown."""

from __future__ import annotations

import pytest

from curriculum.models import Criterion, Fault, Level
from patients.models import Plan
from patients.standing.position import current_level
from patients.verbs import assessment
from tests.cast import Cast
from tests.patients.acts import refused

pytestmark = pytest.mark.django_db


def _criteria(plan: Plan, *positions: int) -> list[Criterion]:
    return list(Criterion.objects.filter(rung__ladder=plan.ladder, rung__position__in=positions))


def _start_of(plan: Plan) -> Level | None:
    return current_level(plan, plan.clinic.today()).level


def test_nothing_met_starts_on_the_first_rung(cast: Cast) -> None:
    proposal = assessment.propose(cast.plan, [], [])
    assert proposal.rung is not None
    assert proposal.rung.slug == "dowel-hinge"


def test_a_criterion_left_below_holds_the_start_there(cast: Cast) -> None:
    met = _criteria(cast.plan, 1, 2, 3)
    left = next(one for one in met if one.rung.position == 2)
    proposal = assessment.propose(cast.plan, [one for one in met if one != left], [])
    assert proposal.rung is not None
    assert proposal.rung.position == 2


def test_who_squats_the_hinge_starts_rung_three_with_the_bench_for_the_stool_is_the_clinics(
    cast: Cast,
) -> None:
    squats = Fault.objects.get(slug="squats-the-hinge")
    proposal = assessment.propose(cast.plan, _criteria(cast.plan, 1, 2), [squats])
    assert proposal.level is not None
    assert proposal.chosen_for is not None
    assert (
        proposal.level.drill.slug,
        proposal.chosen_for.source and proposal.chosen_for.source.slug,
    ) == (
        "bench-in-front",
        "bodyweight",
    )


def test_starting_passes_the_gates_below_and_keeps_ticks_of_the_rung_itself(cast: Cast) -> None:
    met = [*_criteria(cast.plan, 1), *_criteria(cast.plan, 2)[:1]]
    assessment.start(
        plan=cast.plan, by=cast.elin, criteria=met, faults=[Fault.objects.get(slug="stutters")]
    )
    assert [rung.position for rung in cast.plan.passed_rungs] == [1]
    assert cast.plan.ticks.filter(criterion__rung__position=2).count() == 1
    assert cast.plan.findings.get().fault is not None


def test_a_lower_rung_is_the_clinicians_choice_with_a_reason(cast: Cast) -> None:
    first = cast.plan.rungs()[0]
    with refused("reason_missing"):
        assessment.start(
            plan=cast.plan, by=cast.elin, criteria=_criteria(cast.plan, 1, 2), rung=first
        )
    assessment.start(
        plan=cast.plan,
        by=cast.elin,
        criteria=_criteria(cast.plan, 1, 2),
        rung=first,
        reason="Anxious today.",
    )
    assert cast.plan.passed_rungs == []


def test_a_higher_rung_than_was_shown_is_refused_and_nothing_is_saved(cast: Cast) -> None:
    fourth = cast.plan.rungs()[3]
    with refused("too_high"):
        assessment.start(
            plan=cast.plan,
            by=cast.elin,
            criteria=_criteria(cast.plan, 1),
            faults=[Fault.objects.get(slug="stutters")],
            rung=fourth,
            reason="strong",
        )
    assert not cast.plan.findings.exists()
    assert cast.plan.passed_rungs == []


def test_the_chosen_level_is_what_the_patient_practises(cast: Cast) -> None:
    rung = Level.objects.filter(rung__ladder=cast.plan.ladder, rung__position=3)
    bench = rung.get(slug="two-to-five-cm")
    assessment.start(plan=cast.plan, by=cast.elin, criteria=_criteria(cast.plan, 1, 2), level=bench)
    assert _start_of(cast.plan) == bench


def test_nobody_starts_at_home_with_a_level_for_the_clinic_alone(cast: Cast) -> None:
    stool = Level.objects.get(rung__ladder=cast.plan.ladder, slug="rolling-stool")
    met = _criteria(cast.plan, 1, 2)
    with refused("clinic_prescribe_first"):
        assessment.start(plan=cast.plan, by=cast.elin, criteria=met, level=stool)


@pytest.mark.parametrize("rungs", [(), (1,)], ids=["with nothing seen", "with a rung seen"])
def test_another_clinics_clinician_assesses_nobody_here(cast: Cast, rungs: tuple[int, ...]) -> None:
    with refused("not_yours"):
        assessment.start(plan=cast.plan, by=cast.ines, criteria=_criteria(cast.plan, *rungs))
