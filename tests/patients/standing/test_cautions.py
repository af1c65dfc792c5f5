"""Which caution applies, read by hand from the matrix of the content: patient, drill, kind and
line. A drill is "drill" in the library or "rung/level" on the ladder."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from curriculum.cautions import read_cautions
from curriculum.models import Drill, Level
from patients.standing.cautions import Caution, avoids, cautions, of_drill, of_level, stricter
from tests.factories import hip_hinge

pytestmark = pytest.mark.django_db

NOTHING = ""


@dataclass(frozen=True)
class Told:
    """Something true of a patient."""

    key: str
    fields: dict[str, str] = field(default_factory=dict)


def hip(degrees: str) -> Told:
    return Told("hip_limit", {"degrees": degrees} if degrees else {})


def knee(bend: str) -> Told:
    return Told("knees", {"bend": bend})


BONE = {answer: Told("cancer", {"bone": answer}) for answer in ("yes", "no", "not known")}
HERNIA = {answer: Told("hernia_pelvic_floor", {"large": answer}) for answer in ("yes", "no")}
PREGNANT = Told("pregnancy")
PRESSURE = Told("blood_pressure")
SHOULDER = Told("shoulder")
FALLS = Told("falls")

#: The line is how its words for the clinician begin.
ROWS: list[tuple[Told, str, str, str]] = [
    (Told("surgery"), "dowel-hinge", "limit", "Within the operating team"),
    (Told("surgery"), "lat-engagement", "watch", "Within the operating team"),
    (Told("surgery"), "pull-through", "avoid", "No band, no weight"),
    (Told("spine_surgery"), "butt-taps/20-cm", "watch", "Neutral back"),
    (Told("spine_surgery"), "butt-taps/25-cm", "limit", "Neutral back"),
    (Told("spine_surgery"), "kettlebell-rdl/kettlebell-stool", "limit", "Not before 12 weeks"),
    (Told("spine_surgery"), "kettlebell-rdl/kettlebell-floor", "avoid", "Not before 6 months"),
    (Told("osteoporosis"), "double-leg-bridge", NOTHING, ""),
    (Told("osteoporosis"), "butt-taps/30-cm", "limit", "The hinge is wanted"),
    (Told("osteoporosis"), "kettlebell-swing", "avoid", "No fast or jerky"),
    (Told("spine_fracture"), "butt-taps/15-cm", "limit", "Short range"),
    (Told("spine_fracture"), "butt-taps/30-cm", "avoid", "Deep bend"),
    (Told("spine_fracture"), "romanian-deadlift", "avoid", "Deep bend"),
    (Told("cancer"), "dowel-hinge", NOTHING, ""),
    (Told("cancer"), "banded-hinge", "limit", "Know first"),
    (BONE["not known"], "deadlift", "avoid", "Not with bone metastases"),
    (BONE["yes"], "kickstand-hinge", "watch", "With metastases"),
    (BONE["no"], "deadlift", NOTHING, ""),
    (BONE["no"], "banded-hinge", NOTHING, ""),
    (Told("inflammatory"), "squat", NOTHING, ""),
    (Told("inflammatory"), "kettlebell-swing", "limit", "In a flare"),
    (PREGNANT, "double-leg-bridge", "avoid", "No exercise flat"),
    (PREGNANT, "butt-taps/25-cm", "limit", "A hand on a counter: the balance"),
    (PREGNANT, "suitcase-deadlift", "limit", "Light, 4 or more"),
    (PREGNANT, "warrior-hinge", "avoid", "A hand on a counter: the balance"),
    (PRESSURE, "dowel-hinge", NOTHING, ""),
    (PRESSURE, "wall-touch", NOTHING, ""),
    (PRESSURE, "plain-hinge", "watch", "The head comes low"),
    (PRESSURE, "butt-taps/15-cm", NOTHING, ""),
    (PRESSURE, "butt-taps/20-cm", NOTHING, ""),
    (PRESSURE, "butt-taps/30-cm", "watch", "The head comes low"),
    (PRESSURE, "kickstand-lifted", "watch", "The head comes low"),
    (PRESSURE, "romanian-deadlift", "limit", "Breathe out on the way up"),
    (PRESSURE, "squat", NOTHING, ""),
    (Told("heart"), "bench-behind", NOTHING, ""),
    (Told("heart"), "kettlebell-swing", "avoid", "Not without cardiac"),
    (Told("knees"), "tall-kneel-raise", "avoid", "No kneeling"),
    (Told("knees"), "dowel-hinge", NOTHING, ""),
    (SHOULDER, "dowel-hinge", "limit", "The stick held another way"),
    (SHOULDER, "butt-taps/wall-touch", NOTHING, ""),
    (SHOULDER, "dowel-hinge/wall-touch", "limit", "The stick held another way"),
    (SHOULDER, "warrior-hinge", "limit", "Arms on the hips"),
    (FALLS, "stool-in-front", "avoid", "Choose a drill with support"),
    (FALLS, "butt-taps/wall-touch", "limit", "A ball can roll"),
    (FALLS, "butt-tap", "watch", "Counter within reach"),
    (Told("hypermobility"), "butt-taps/20-cm", NOTHING, ""),
    (Told("hypermobility"), "bench-behind", "limit", "Stop before the end of range"),
    (HERNIA["no"], "double-leg-bridge", NOTHING, ""),
    (HERNIA["no"], "pull-through", "limit", "Breathe out on effort"),
    (HERNIA["yes"], "pull-through", "avoid", "Breathe out on effort"),
    (HERNIA["yes"], "banded-hinge", "watch", "The band on the hip bones"),
    (Told("nerve_signs"), "kickstand-lifted", "limit", "Known foot drop"),
    (Told("blood_thinners"), "kettlebell-swing", NOTHING, ""),
    # A hip that must not bend past a figure, held against the figure of the drill.
    (hip("90"), "dowel-hinge", NOTHING, ""),
    (hip("90"), "butt-taps/20-cm", NOTHING, ""),
    (hip("90"), "butt-taps/25-cm", "watch", "The figure bends the hip 86 degrees; the limit is 90"),
    (hip("90"), "bench-behind", "watch", "The figure bends the hip 87 degrees; the limit is 90"),
    (hip("90"), "kettlebell-rdl/kettlebell-stool", NOTHING, ""),
    (hip("90"), "kettlebell-rdl/kettlebell-floor", "avoid", "The figure bends the hip 125"),
    (hip("90"), "tall-kneel-raise", "limit", "The figure bends the hip 97"),
    (hip("90"), "tall-kneel-raise-band", "limit", "The figure bends the hip 92"),
    (hip("90"), "squat", "limit", "The figure bends the hip 116"),
    (hip("90"), "high-box-step", "avoid", "The figure bends the hip 112"),
    (hip("90"), "warrior-hinge", "avoid", "The figure bends the hip 108"),
    (hip("90"), "double-leg-bridge", NOTHING, ""),
    (hip("87"), "bench-behind", "watch", "The figure bends the hip 87"),
    (hip("86"), "bench-behind", "limit", "The figure bends the hip 87"),
    (hip("97"), "bench-behind", NOTHING, ""),
    (hip("96"), "bench-behind", "watch", "The figure bends the hip 87"),
    (hip("70"), "dowel-hinge", "limit", "The figure bends the hip 79"),
    (hip("69"), "butt-taps/20-cm", "watch", "The figure bends the hip 63"),
    # A knee that must not bend past a figure. Without one only the lines of the content are said.
    (knee(""), "squat", "limit", "Range by comfort"),
    (
        knee("110"),
        "squat",
        "limit",
        "Range by comfort: a high seat, a low step of 15 to 20 cm. The",
    ),
    (knee("60"), "tall-kneel-raise", "avoid", "No kneeling"),
    (knee("60"), "dowel-hinge", NOTHING, ""),
    (knee("130"), "double-leg-bridge", "watch", "The figure bends the knee"),
    (knee("80"), "double-leg-bridge", "limit", "The figure bends the knee"),
    (knee("95"), "kettlebell-rdl/kettlebell-floor", "watch", "Watch how far"),
    (knee("79"), "kettlebell-rdl/kettlebell-floor", "avoid", "The figure bends the knee 80"),
    (knee("50"), "kettlebell-rdl/kettlebell-stool", NOTHING, ""),
    (hip(""), "butt-taps/30-cm", "avoid", "The figure bends the hip 94 degrees; the limit is 90"),
]


def _cautions(told: list[Told], where: str) -> list[Caution]:
    rung, _slash, level = where.partition("/")
    if not level:
        return of_drill(told, Drill.objects.get(slug=where))
    found = Level.objects.select_related("drill").get(
        rung__ladder=hip_hinge(), rung__slug=rung, slug=level
    )
    return of_level(told, found)


@pytest.mark.parametrize(("told", "where", "kind", "begins"), ROWS)
def test_a_precaution_changes_a_drill_as_the_matrix_says(
    told: Told, where: str, kind: str, begins: str
) -> None:
    found = _cautions([told], where)
    assert [caution.kind for caution in found] == ([kind] if kind else [])
    assert all(caution.clinician.startswith(begins) for caution in found)
    assert all(caution.patient and (caution.source or caution.default) for caution in found)


def test_of_several_precautions_the_strictest_stands_first_and_each_is_said() -> None:
    told = [SHOULDER, Told("knees"), PREGNANT, Told("osteoporosis"), FALLS]
    found = _cautions(told, "kickstand-warrior/warrior")
    assert [(caution.kind, caution.precaution) for caution in found] == [
        ("avoid", "pregnancy"),
        ("avoid", "falls"),
        ("limit", "osteoporosis"),
        ("limit", "shoulder"),
        ("watch", "knees"),
    ]
    assert found[0].label == "Pregnancy, or birth in the last 12 weeks"


def test_of_what_is_written_and_what_the_figure_says_the_stricter_counts() -> None:
    (found,) = _cautions([PRESSURE], "kettlebell-rdl/pull-through")
    assert (found.kind, found.clinician[:15]) == ("limit", "Breathe out on ")


def test_a_hip_limit_without_degrees_counts_as_90_and_asks() -> None:
    (found,) = _cautions([hip("")], "bench-behind/bench-behind")
    assert found.kind == "watch"
    assert found.clinician.endswith("No degrees are noted, so 90 count: ask.")


def test_a_weight_in_the_hand_takes_the_stricter_of_two_rows() -> None:
    stool = read_cautions(Drill.objects.get(slug="kettlebell-deadlift").cautions)
    kickstand = read_cautions(Drill.objects.get(slug="kickstand-hinge").cautions)
    weighted = stricter(kickstand, stool)

    def kinds(told: Told) -> list[str]:
        return [one.kind for one in cautions([told], weighted)]

    # Heart: nothing and L. Cancer: W and L. Falls: L and W. Hip limit 90: the kickstand's 84.
    assert [kinds(told) for told in (Told("heart"), Told("cancer"), FALLS, hip("90"))] == [
        ["limit"],
        ["limit"],
        ["limit"],
        ["watch"],
    ]
    assert avoids([HERNIA["yes"]], weighted)
    assert not avoids([HERNIA["yes"]], kickstand)


def test_what_the_content_no_longer_knows_changes_nothing() -> None:
    assert _cautions([Told("red_flags")], "kettlebell-swing") == []
