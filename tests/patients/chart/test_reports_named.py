"""What a patient reported is named, with its side, wherever the clinic decides."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.urls import reverse

from patients.models import Stop
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.telling import told


def test_the_stop_on_the_chart_names_each_sign_its_side_and_since_when(cast: Cast) -> None:
    told(cast.maya, "weak", "fever", side="left", growing=True, since="week", words="My knee.")
    page = chart(browser(cast.elin), cast.maya)
    named = "Stopped: weak leg, left, gets worse or drags; fever or feeling ill,"
    assert named in page
    assert "An emergency sign. Since this week. “My knee.”" in page


def test_a_side_that_was_not_told_is_said_to_be_so(cast: Cast) -> None:
    told(cast.maya, "numb")
    assert "numb or tingling leg, side not told" in chart(browser(cast.elin), cast.maya)


def test_two_stops_of_one_report_each_name_their_own_sign(cast: Cast) -> None:
    told(cast.maya, "below_knee", "fall", side="right")
    page = chart(browser(cast.elin), cast.maya)
    assert "Stopped: bad fall or accident," in page
    assert "Also waiting: pain below the knee, right," in page


def front(cast: Cast) -> str:
    """What stands in front of the gate, apart from the stop that waits."""
    page = chart(browser(cast.elin), cast.maya)
    return (
        page.partition('id="reported"')[2].partition("practice_history")[0].partition("</div>")[0]
    )


def test_a_low_number_and_something_else_stand_in_front_without_a_stop(cast: Cast) -> None:
    told(cast.maya, pain=2)
    told(cast.maya, "other", words="My knee clicks.")
    said = front(cast)
    assert "Pain 2 of 10." in said
    assert "Something else." in said
    assert "“My knee clicks.”" in said
    assert said.count("No stop came of it.") == 2


def test_a_report_taken_back_stays_in_front_as_one_that_was(cast: Cast) -> None:
    row = told(cast.maya, "below_knee", side="left", since="today")
    report_verbs.take_back(report=row, by=cast.maya.user, client_id="back")
    said = front(cast)
    assert "Pain below the knee, left; since today." in said
    assert "Reported, then taken back at " in said
    assert "The stop is lifted by it." in said


def test_an_answered_report_says_by_whom_and_how_and_goes_after_two_weeks(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "numb", side="right", since="week")
    assert front(cast) == "", "the stop names it"
    stop = Stop.objects.get()
    stop_verbs.answer(stop=stop, by=cast.omar, action="carry_on", word="Go on.", **acts.SEEN)
    answered = "Stop answered 2 March by Omar O.: seen here, carry on."
    assert f"Numb or tingling leg, right; since this week.</b> {answered}" in front(cast)
    clock.shift(timedelta(days=14))
    assert front(cast) == ""


def test_two_reports_stand_in_front_signs_before_numbers(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "other", words="A cold.")
    for pain in (1, 2, 3):
        clock.shift(60)
        told(cast.maya, pain=pain)
    said = front(cast)
    assert said.index("Something else.") < said.index("Pain 3 of 10.")
    assert "Pain 2 of 10" not in said
    assert "All 4 reports" in chart(browser(cast.elin), cast.maya)


def evidence(cast: Cast) -> str:
    page = chart(browser(cast.elin), cast.maya)
    return page.partition('id="evidence"')[2].partition("</section>")[0]


def test_the_gate_names_the_signs_reported_since_the_rung_opened(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "fall")
    stop_verbs.answer(stop=Stop.objects.get(), by=cast.elin, action="carry_on", **acts.SEEN)
    clock.shift(timedelta(days=1))
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert "Reported since" not in evidence(cast)
    told(cast.maya, pain=1)
    assert "Reported since" not in evidence(cast), "a number is no sign"
    told(cast.maya, "numb", side="left", since="today")
    said = evidence(cast)
    assert "3 March: Numb or tingling leg, left; since today. Stop: not answered yet." in said
    assert "fall" not in said


def test_the_leg_of_an_older_entry_is_named_beside_the_gate_too(cast: Cast) -> None:
    acts.log(cast.plan, leg="numb", pain=1)
    assert "Numbness or tingling in the leg. Stop: not answered yet." in evidence(cast)


def test_reports_beside_the_gate_refuse_no_pass(cast: Cast) -> None:
    told(cast.maya, "other", words="A cold.")
    assert "Something else" in evidence(cast)
    factories.pass_open_rung(cast.plan, by=cast.elin)


def decisions(cast: Cast) -> str:
    return text(browser(cast.elin).get(reverse("decisions", args=[cast.maya.pk])))


def test_the_record_names_a_sign_without_a_stop_and_one_taken_back(cast: Cast) -> None:
    told(cast.maya, "other", words="A cold.")
    row = told(cast.maya, "numb", side="left", since="week")
    report_verbs.take_back(report=row, by=cast.maya.user, client_id="back")
    told(cast.maya, pain=1)
    for page in (decisions(cast), chart(browser(cast.elin), cast.maya)):
        assert "<b>Reported: Something else</b>" in page
        assert "<b>Stop: numb or tingling leg, left</b>" in page
        assert "<b>Reported, then taken back: numb or tingling leg, left</b>" in page
        assert "Reported: Pain 1" not in page
    assert "Since this week." in decisions(cast)


def test_a_report_answered_under_an_earlier_plan_is_no_decision_of_the_next(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "numb", side="left")
    stop_verbs.answer(stop=Stop.objects.get(), by=cast.elin, action="carry_on", **acts.SEEN)
    told(cast.maya, "other", words="A cold.")
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    clock.shift(60)
    factories.plan(cast.maya)
    page = chart(browser(cast.elin), cast.maya)
    assert "Stop answered 2 March by Elin E.: seen here, carry on." in front(cast)
    assert "<b>Stop: numb" not in page
    assert "<b>Reported: Something else</b>" not in page
    assert decisions(cast).count("<b>Stop: numb or tingling leg, left</b>") == 1
    assert decisions(cast).count("<b>Reported: Something else</b>") == 1


def test_somebody_without_a_plan_is_read_too(cast: Cast) -> None:
    told(cast.tomas, "other", words="A cold.")
    assert "“A cold.” No stop came of it." in chart(browser(cast.elin), cast.tomas)
