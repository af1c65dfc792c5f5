"""The shipped curriculum against the facts that it encodes: nothing missing, nothing made up."""

from __future__ import annotations

from dataclasses import fields

import pytest

from curriculum.loader import digest_of_rows
from curriculum.models import (
    Criterion,
    Drill,
    Equipment,
    Fault,
    FaultPicture,
    Goal,
    Ladder,
    Level,
    Load,
    Rung,
    Source,
)
from curriculum.posture import Measured
from tests.curriculum import stand

RUNGS = [
    "dowel-hinge",
    "butt-taps",
    "bench-in-front",
    "bench-behind",
    "banded-hinge",
    "kettlebell-rdl",
    "kickstand-warrior",
]

LEVELS = {
    "dowel-hinge": {"dowel-hinge": "dowel-hinge"},
    "butt-taps": dict.fromkeys(["5-cm", "15-cm", "20-cm", "25-cm", "30-cm"], "butt-tap"),
    "bench-in-front": {
        "against-knees": "bench-in-front",
        "two-to-five-cm": "bench-in-front",
        "rolling-stool": "stool-in-front",
    },
    "bench-behind": {"bench-behind": "bench-behind"},
    "banded-hinge": {"tall-kneel-band": "tall-kneel-raise-band", "standing-band": "banded-hinge"},
    "kettlebell-rdl": {
        "pull-through": "pull-through",
        "kettlebell-stool": "kettlebell-deadlift",
        "kettlebell-floor": "kettlebell-deadlift",
        "single-arm": "single-arm-lift",
        "suitcase": "suitcase-deadlift",
        "romanian": "romanian-deadlift",
    },
    "kickstand-warrior": {
        "kickstand": "kickstand-hinge",
        "kickstand-lifted": "kickstand-lifted",
        "warrior": "warrior-hinge",
    },
}

HELPERS = {
    "wall-touch": [1, 2],
    "plain-hinge": [1, 2, 3, 4],
    "double-leg-bridge": [1, 2, 3, 4],
    "tall-kneel-raise": [1, 2, 3, 4],
    "lat-engagement": [1, 2, 3, 4, 5, 6],
}

BESIDE = {
    "kettlebell-swing": {"russell", "stgeorge", "miller", "physiofit"},
    "high-box-step": {"russell"},
    "squat": {"russell"},
    "deadlift": {"bodyweight"},
}

DRILL_SOURCES = BESIDE | {
    "dowel-hinge": {"miller", "russell", "physiofit"},
    "butt-tap": {"miller", "russell"},
    "wall-touch": {"stgeorge"},
    "bench-in-front": {"miller", "bodyweight"},
    "stool-in-front": {"miller"},
    "bench-behind": {"bodyweight"},
    "tall-kneel-raise": {"stgeorge"},
    "tall-kneel-raise-band": {"stgeorge"},
    "banded-hinge": {"physiofit", "stgeorge"},
    "lat-engagement": {"stgeorge"},
    "pull-through": {"physiofit"},
    "kettlebell-deadlift": {"stgeorge", "bodyweight"},
    "single-arm-lift": {"stgeorge"},
    "suitcase-deadlift": {"stgeorge"},
    "romanian-deadlift": {"physiofit", "bodyweight"},
    "kickstand-hinge": {"bodyweight"},
    "kickstand-lifted": {"bodyweight"},
    "warrior-hinge": {"bodyweight"},
    "double-leg-bridge": {"stgeorge", "russell"},
    "plain-hinge": {"stgeorge"},
    "free-hinge": {"bodyweight"},
    "dowel-butt-tap": {"miller"},
    "dowel-banded-hinge": {"physiofit"},
    "stick-rdl": {"bodyweight"},
    "stick-deadlift": {"bodyweight"},
    "banded-pull-through": {"physiofit"},
}

#: Fault -> its sources, and its drills in order, each with the source or None for a clinic default.
FAULTS: dict[str, tuple[set[str], list[tuple[str, str | None]]]] = {
    "low-back-rounds-early": ({"miller", "bodyweight"}, [("dowel-hinge", "miller")]),
    "low-back-rounds-late": (
        {"bodyweight"},
        [("dowel-hinge", None), ("plain-hinge", None), ("free-hinge", "bodyweight")],
    ),
    "upper-back-rounds": (
        {"miller", "russell"},
        [("dowel-hinge", "miller"), ("lat-engagement", None)],
    ),
    "squats-the-hinge": (
        {"miller", "bodyweight", "physiofit", "stgeorge"},
        [
            ("stool-in-front", "miller"),
            ("bench-in-front", "bodyweight"),
            ("bench-behind", "bodyweight"),
            ("banded-hinge", "physiofit"),
        ],
    ),
    "no-weight-shift": (
        {"miller", "stgeorge", "physiofit"},
        [("butt-tap", "miller"), ("wall-touch", "stgeorge"), ("banded-hinge", "physiofit")],
    ),
    "stutters": ({"miller"}, [("dowel-hinge", None), ("butt-tap", None)]),
    "head-off-line": ({"russell", "bodyweight"}, [("dowel-hinge", "russell")]),
    "over-arches": (
        {"stgeorge", "bodyweight"},
        [("double-leg-bridge", None), ("tall-kneel-raise", None)],
    ),
    "unrolls-the-back": (
        {"bodyweight", "stgeorge"},
        [("dowel-hinge", None), ("pull-through", None)],
    ),
    "rides-the-box": ({"miller"}, [("stool-in-front", "miller")]),
    "weight-drifts": (
        {"stgeorge"},
        [("lat-engagement", "stgeorge"), ("kettlebell-deadlift", "stgeorge")],
    ),
    "side-bends": (
        {"stgeorge"},
        [("single-arm-lift", "stgeorge"), ("suitcase-deadlift", "stgeorge")],
    ),
    "rocks-back": ({"bodyweight"}, [("kickstand-hinge", "bodyweight")]),
    "pelvis-tips": ({"bodyweight"}, [("kickstand-hinge", None), ("kickstand-lifted", None)]),
}

#: Rung -> sets, repetitions and days a week of its own levels: clinic defaults.
DOSES = {
    1: (2, 10, 7),
    2: (2, 10, 7),
    3: (2, 10, 7),
    4: (2, 10, 7),
    5: (3, 12, 3),
    6: (3, 8, 3),
    7: (2, 8, 3),
}


def rung_levels(rung: Rung) -> list[Level]:
    return list(rung.levels.filter(helper=False).select_related("drill"))


def test_the_ladder_has_its_seven_rungs_in_order_and_load_starts_at_the_fifth(
    curriculum: Ladder,
) -> None:
    rungs = list(curriculum.rungs.all())
    assert curriculum.edition == 1
    assert [rung.slug for rung in rungs] == RUNGS
    assert [rung.loaded for rung in rungs] == [False] * 4 + [True] * 3
    assert digest_of_rows(curriculum) == curriculum.digest


def test_every_level_stands_on_its_rung_in_order_and_no_other(curriculum: Ladder) -> None:
    found = {
        rung.slug: [(lv.slug, lv.drill.slug) for lv in rung_levels(rung)]
        for rung in curriculum.rungs.all()
    }
    assert found == {rung: list(levels.items()) for rung, levels in LEVELS.items()}


def test_every_helper_is_offered_on_the_rungs_named_and_carries_no_load(curriculum: Ladder) -> None:
    helpers = Level.objects.filter(rung__ladder=curriculum, helper=True).select_related(
        "rung", "drill"
    )
    found: dict[str, list[int]] = {}
    for level in helpers:
        assert (level.slug, level.drill.load) == (level.drill.slug, Load.NONE)
        found.setdefault(level.slug, []).append(level.rung.position)
    assert found == HELPERS


def test_the_library_holds_every_drill_with_its_sources_and_no_other(curriculum: Ladder) -> None:
    drills = Drill.objects.prefetch_related("sources")
    assert {
        drill.slug: {source.slug for source in drill.sources.all()} for drill in drills
    } == DRILL_SOURCES | stand.DRILL_SOURCES


def test_what_is_beside_the_ladder_stands_on_no_rung(curriculum: Ladder) -> None:
    assert set(Drill.objects.filter(levels=None).values_list("slug", flat=True)) == set(BESIDE)


@pytest.mark.parametrize(
    ("positions", "loads"),
    [([1, 2, 3, 4], {"none"}), ([5], {"band"}), ([6], {"weight"}), ([7], {"one-leg"})],
)
def test_a_rungs_own_levels_have_the_load_of_their_kind(
    curriculum: Ladder, positions: list[int], loads: set[str]
) -> None:
    rungs = curriculum.rungs.filter(position__in=positions)
    assert {level.drill.load for rung in rungs for level in rung_levels(rung)} == loads


def test_one_sided_drills_are_logged_by_side(curriculum: Ladder) -> None:
    assert set(Drill.objects.filter(one_sided=True).values_list("slug", flat=True)) == {
        "single-arm-lift",
        "suitcase-deadlift",
        "kickstand-hinge",
        "kickstand-lifted",
        "warrior-hinge",
        "high-box-step",
    }


def test_every_fault_has_its_sources_and_its_drills_in_order(curriculum: Ladder) -> None:
    found = {
        fault.slug: (
            {source.slug for source in fault.sources.all()},
            [
                (remedy.drill.slug, remedy.source.slug if remedy.source else None)
                for remedy in fault.remedies.all()
            ],
        )
        for fault in Fault.objects.all()
    }
    assert found == FAULTS | stand.FAULTS


def test_only_the_faults_whose_cause_no_source_gives_have_none(curriculum: Ladder) -> None:
    assert set(Fault.objects.filter(why="").values_list("slug", flat=True)) == {
        "no-weight-shift",
        "head-off-line",
        "over-arches",
        "unrolls-the-back",
        "side-bends",
        "rocks-back",
        *stand.FAULTS,
    }


def test_the_five_sources_stand_in_order_and_each_is_cited(curriculum: Ladder) -> None:
    of_the_hinge = Source.objects.exclude(slug__in=["janssen", "rikli"])
    assert list(of_the_hinge.values_list("slug", flat=True)) == [
        "miller",
        "russell",
        "stgeorge",
        "bodyweight",
        "physiofit",
    ]
    assert not Source.objects.filter(drills=None).exists()
    assert not Equipment.objects.filter(drills=None).exists()


def test_every_gate_has_three_to_five_criteria_with_sources_or_a_clinic_default(
    curriculum: Ladder,
) -> None:
    for rung in curriculum.rungs.all():
        criteria = list(rung.criteria.prefetch_related("sources"))
        assert 3 <= len(criteria) <= 5
        assert all(criterion.sources.all() or criterion.clinic_default for criterion in criteria)
        assert {criterion.placement_reps for criterion in criteria} == {5}


def test_a_figure_that_no_source_gives_is_marked_a_clinic_default(curriculum: Ladder) -> None:
    def default_of(rung: str, slug: str) -> str:
        return Criterion.objects.get(
            rung__slug=rung, rung__ladder=curriculum, slug=slug
        ).clinic_default

    assert default_of("dowel-hinge", "smooth-ten") == "10 in a row."
    assert default_of("dowel-hinge", "lean-fifty") == "All of it."
    assert default_of("butt-taps", "distance") == "At least 15 cm, and heel to wall."
    assert default_of("butt-taps", "ten-taps") == "10 in a row."
    assert default_of("bench-behind", "calves-touch") == ""
    assert not Level.objects.exclude(dose_source=None).exists()


def test_doses_are_the_clinics_and_the_sources_own_stand_beside_them(curriculum: Ladder) -> None:
    for rung in curriculum.rungs.all():
        doses = {(level.sets, level.reps, level.days_a_week) for level in rung_levels(rung)}
        assert doses == {DOSES[rung.position]}
    dowel = Level.objects.get(rung__ladder=curriculum, slug="dowel-hinge")
    assert dowel.source_dose == "Daily (physio fit)."
    helpers = Level.objects.filter(rung__ladder=curriculum, helper=True)
    assert set(helpers.values_list("source_dose", flat=True)) == {"15 repetitions (St. George)."}


def test_every_drill_says_all_that_its_page_shows(curriculum: Ladder) -> None:
    for drill in Drill.objects.all():
        assert all(
            [drill.when_to_use, drill.set_up, drill.movement, drill.watch_for, drill.in_your_day]
        ), drill
        assert 3 <= len(drill.cues) <= 5, drill


def test_what_a_patient_watches_for_names_only_faults_that_exist(curriculum: Ladder) -> None:
    named = {
        part["fault"] for drill in Drill.objects.all() for part in drill.watch_for if part["fault"]
    }
    assert named <= set(FAULTS | stand.FAULTS)
    assert set(FAULTS | stand.FAULTS) - named == {"stutters"}


def test_plain_names_are_those_agreed(curriculum: Ladder) -> None:
    plain = dict(curriculum.rungs.values_list("slug", "plain_name"))
    assert plain["dowel-hinge"] == "Stick hinge"
    assert plain["butt-taps"] == "Wall taps"
    assert plain["kettlebell-rdl"] == "Lifting a weight"
    assert plain["kickstand-warrior"] == "One-leg hinge"
    assert (
        "sacrum"
        not in str(
            list(Drill.objects.values_list("set_up", "movement", "cues", "watch_for"))
        ).lower()
    )


def test_the_checklist_of_a_good_hinge_is_whole_and_cited(curriculum: Ladder) -> None:
    assert len(curriculum.checklist) == 13
    assert all(point["sources"] for point in curriculum.checklist)
    slugs = [part["slug"] for part in curriculum.guide]
    assert slugs == [
        "start-position",
        "movement",
        "end-position",
        "in-your-day",
        "choosing-drills",
        "evidence",
        "our-words",
    ]


def test_every_drill_and_level_has_something_to_draw(curriculum: Ladder) -> None:
    assert [drill.slug for drill in Drill.objects.all() if not drill.posture] == []
    assert [
        level
        for level in Level.objects.select_related("drill")
        if not (level.posture or level.drill.posture)
    ] == []


def test_every_fault_can_be_shown_on_a_drill(curriculum: Ladder) -> None:
    assert set(FaultPicture.objects.values_list("fault__slug", flat=True)) == {
        *FAULTS,
        *stand.FAULTS,
    }


def test_goals_measure_what_a_form_check_measures(curriculum: Ladder) -> None:
    assert set(Goal.objects.values_list("measure", flat=True)) <= {
        field.name for field in fields(Measured)
    }
