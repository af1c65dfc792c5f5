"""From a fault seen to a drill: every suggestion rests on a fact of the sources.

The facts are read here by hand.
"""

from __future__ import annotations

import pytest

from curriculum.models import Drill, Fault, Ladder, Remedy
from patients.verbs import findings as finding_verbs
from patients.verbs.recommendations import of_findings, recommend
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db

#: The column "drills that address it" of the facts, most helpful first, with the source of each
#: (None: clinic default).
REMEDIES: dict[str, list[tuple[str, str | None]]] = {
    "low-back-rounds-early": [("dowel-hinge", "miller")],
    "low-back-rounds-late": [
        ("dowel-hinge", None),
        ("plain-hinge", None),
        ("free-hinge", "bodyweight"),
    ],
    "upper-back-rounds": [("dowel-hinge", "miller"), ("lat-engagement", None)],
    "squats-the-hinge": [
        ("stool-in-front", "miller"),
        ("bench-in-front", "bodyweight"),
        ("bench-behind", "bodyweight"),
        ("banded-hinge", "physiofit"),
    ],
    "no-weight-shift": [
        ("butt-tap", "miller"),
        ("wall-touch", "stgeorge"),
        ("banded-hinge", "physiofit"),
    ],
    "stutters": [("dowel-hinge", None), ("butt-tap", None)],
    "head-off-line": [("dowel-hinge", "russell")],
    "over-arches": [("double-leg-bridge", None), ("tall-kneel-raise", None)],
    "unrolls-the-back": [("dowel-hinge", None), ("pull-through", None)],
    "rides-the-box": [("stool-in-front", "miller")],
    "weight-drifts": [("lat-engagement", "stgeorge"), ("kettlebell-deadlift", "stgeorge")],
    "side-bends": [("single-arm-lift", "stgeorge"), ("suitcase-deadlift", "stgeorge")],
    "rocks-back": [("kickstand-hinge", "bodyweight")],
    "pelvis-tips": [("kickstand-hinge", None), ("kickstand-lifted", None)],
}


@pytest.mark.parametrize("slug", REMEDIES)
def test_a_fault_leads_to_the_drills_that_its_sources_name_in_their_order(
    curriculum: Ladder, slug: str
) -> None:
    found = recommend([Fault.objects.get(slug=slug)])
    assert [(one.drill.slug, one.source.slug if one.source else None) for one in found] == REMEDIES[
        slug
    ]


def test_of_two_drills_that_help_as_much_the_one_for_the_first_fault_comes_first(
    curriculum: Ladder,
) -> None:
    faults = list(Fault.objects.filter(slug__in=REMEDIES).order_by("position")[:4])
    Remedy.objects.all().delete()
    one, other = Drill.objects.order_by("pk")[:2]
    for drill, first, last in ((other, 0, 3), (one, 1, 2)):
        for fault in (faults[first], faults[last]):
            Remedy.objects.create(fault=fault, drill=drill, position=1)
    assert [found.drill for found in recommend(faults)] == [other, one]


def test_no_fault_is_without_a_row_and_no_row_without_a_fault(curriculum: Ladder) -> None:
    assert {fault.slug for fault in factories.newest().own_faults()} == set(REMEDIES)


def test_a_drill_that_is_locked_says_which_rung_opens_it(cast: Cast) -> None:
    found = recommend([Fault.objects.get(slug="squats-the-hinge")], plan=cast.plan)
    assert [(one.drill.slug, one.opens_at and one.opens_at.slug) for one in found] == [
        ("stool-in-front", "bench-in-front"),
        ("bench-in-front", "bench-in-front"),
        ("bench-behind", "bench-behind"),
        ("banded-hinge", "banded-hinge"),
    ]


def test_a_drill_on_the_open_rung_and_a_helper_are_open_now(cast: Cast) -> None:
    rounding, arching = (
        Fault.objects.get(slug=slug) for slug in ("low-back-rounds-early", "over-arches")
    )
    assert {one.opens_at for one in recommend([rounding, arching], plan=cast.plan)} == {None}


def test_a_drill_of_a_passed_rung_stays_open(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    (dowel,) = recommend([Fault.objects.get(slug="head-off-line")], plan=cast.plan)
    assert dowel.opens_at is None


def test_the_drill_that_helps_with_most_of_what_was_seen_comes_first(cast: Cast) -> None:
    faults = Fault.objects.filter(slug__in=["squats-the-hinge", "no-weight-shift"])
    first = recommend(faults, plan=cast.plan)[0]
    assert (first.drill.slug, {fault.slug for fault in first.faults}) == (
        "banded-hinge",
        {"squats-the-hinge", "no-weight-shift"},
    )


def test_it_is_proposed_to_borrow_what_is_for_home_and_without_load(cast: Cast) -> None:
    found = recommend([Fault.objects.get(slug="squats-the-hinge")], plan=cast.plan)
    proposed = {one.drill.slug for one in found if one.is_proposed}
    assert proposed == {"bench-in-front", "bench-behind"}


def test_a_drill_is_borrowed_for_the_first_of_the_faults_that_it_helps_with(cast: Cast) -> None:
    for slug in ("stutters", "no-weight-shift"):
        finding_verbs.note(plan=cast.plan, fault=Fault.objects.get(slug=slug), by=cast.elin)
    (taps,) = (one for one in of_findings(cast.plan) if one.drill.slug == "butt-tap")
    assert [fault.slug for fault in taps.faults] == ["no-weight-shift", "stutters"]
    assert taps.finding is not None
    assert taps.finding.fault == taps.faults[0]


def test_nothing_seen_recommends_nothing(cast: Cast) -> None:
    assert recommend([], plan=cast.plan) == []


def test_only_findings_that_are_not_cleared_are_followed(cast: Cast) -> None:
    finding = finding_verbs.note(
        plan=cast.plan, fault=Fault.objects.get(slug="stutters"), by=cast.elin
    )
    finding_verbs.note(plan=cast.plan, words="looks at the dog", by=cast.elin)
    assert [one.drill.slug for one in of_findings(cast.plan)] == ["dowel-hinge", "butt-tap"]
    finding_verbs.clear(finding=finding, by=cast.elin)
    assert of_findings(cast.plan) == []
