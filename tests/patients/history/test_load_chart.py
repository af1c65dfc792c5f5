"""Weight times repetitions with pain beneath: the same numbers in the picture and in its table, for
the patient and for the clinic; nothing of it before a weight is lifted."""

from __future__ import annotations

import re
from datetime import date, timedelta

import time_machine
from django.urls import reverse

from patients.pictures.load_chart import MOST, load_chart
from patients.standing.lifted import Felt, Lifted, lifted_on
from patients.verbs import practice as practice_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text, tight
from tests.patients.conftest import MONDAY
from tests.patients.phone import phone_of

DAY = date(2026, 3, 2)


def lift(nth: int = 0, kilograms: float = 12, reps: int = 10, **felt: object) -> Lifted:
    rows = [{"side": None, "reps": reps, "load": kilograms}] * 3
    found = lifted_on(DAY + timedelta(days=nth), "Deadlift", rows, Felt(**felt))  # type: ignore[arg-type]
    assert found is not None
    return found


def heights(svg: object) -> list[float]:
    return [float(tall) for tall in re.findall(r'class="lift[^>]* height="([\d.]+)"', str(svg))]


def test_a_bar_is_as_high_as_weight_times_repetitions() -> None:
    lifts = [lift(0, 10, 10), lift(1, 10, 5), lift(2, 20, 10)]
    assert [one.amount for one in lifts] == [300, 150, 600]
    tall = [height + 1 for height in heights(load_chart(lifts, "words").svg)]
    assert [round(each / tall[2], 2) for each in tall] == [0.5, 0.25, 1.0]


def test_the_side_that_does_less_is_told_apart() -> None:
    sides = [{"side": side, "reps": reps, "load": 8} for side, reps in (("left", 6), ("right", 9))]
    found = lifted_on(DAY, "Single-arm lift", sides * 2)
    assert found is not None
    assert (found.left, found.right, found.amount, found.reps) == (96, 144, 240, 30)
    drawn = load_chart([found], "words")
    assert drawn.sided
    assert len(heights(drawn.svg)) == 2
    assert "left below right" in drawn.svg


def test_what_had_no_weight_or_no_repetition_is_no_lift() -> None:
    assert lifted_on(DAY, "Dowel hinge", acts.TWO_SETS) is None
    assert lifted_on(DAY, "Deadlift", [{"side": None, "reps": 0, "load": 12}]) is None
    assert load_chart([], "words").svg == ""


def test_pain_that_was_not_told_is_a_dash_and_a_zero_is_a_zero() -> None:
    felt = r'class="felt(?: uneasy)?"[^>]*>([^<]*)<'
    lifts = [
        lift(0, pain=0, worse=False),
        lift(1, pain=None, worse=None),
        lift(2, pain=5, worse=True, band="ease"),
        lift(3, pain=1, morning=0),
    ]
    svg = str(load_chart(lifts, "words").svg)
    assert re.findall(felt, svg) == ["0", "=", "–", "–", "5", "↑", "1", "0"]
    assert svg.count('class="felt uneasy"') == 2
    words = load_chart(lifts, "words").words
    assert "Highest pain while lifting: 5 of 10, on 4 March with 12 kg." in words
    assert "Worse the morning after: 4 March." in words


def test_the_picture_keeps_to_the_newest_and_the_table_has_them_all() -> None:
    drawn = load_chart([lift(nth, 10 + nth) for nth in range(MOST + 5)], "words")
    assert len(heights(drawn.svg)) == drawn.drawn == MOST
    assert len(drawn.lifts) == MOST + 5
    assert drawn.lifts[0].weights == (10 + MOST + 4,)


def _two_lifts(clock: time_machine.Traveller, cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    for nth, kilograms, pain in ((0, 8, 1), (1, 10, None)):
        clock.move_to(MONDAY + timedelta(days=nth))
        sets = [{"side": None, "reps": 8, "seconds": None, "load": kilograms}] * 3
        entry = acts.log(
            cast.plan, level=acts.level(cast.plan, 6), sets=sets, pain=pain, effort="right"
        )
        clock.move_to(MONDAY + timedelta(days=nth + 1))
        practice_verbs.answer_morning(practice=entry, by=cast.maya.user, worse=bool(nth))


def test_patient_and_physio_see_the_same_lifts(clock: time_machine.Traveller, cast: Cast) -> None:
    _two_lifts(clock, cast)
    shown = [
        text(phone_of(cast.maya).get(reverse("history"))),
        text(browser(cast.elin).get(reverse("practice_history", args=[cast.maya.pk]))),
        chart(browser(cast.elin), cast.maya),
    ]
    for page in shown:
        assert "Weight × repetitions: 192 on 2 March with 8 kg, 240 on 3 March with 10 kg." in page
        table = tight(page).partition("Weight and pain in numbers")[2].partition("</table>")[0]
        rows = re.findall(r'<td class="num">\s*([^<]*?)\s*</td>', table)
        assert rows == [
            *["10 kg", "24", "240", "not reported", "worse than usual"],
            *["8 kg", "24", "192", "1", "about as usual"],
        ]


def test_nobody_reads_of_weights_before_there_are_any(cast: Cast) -> None:
    acts.log(cast.plan)
    assert "Weight × repetitions" not in text(phone_of(cast.maya).get(reverse("history")))
    assert "Weight × repetitions" not in chart(browser(cast.elin), cast.maya)
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    assert "No session with a weight in this time." in chart(browser(cast.elin), cast.maya)
