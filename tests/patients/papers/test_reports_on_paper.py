"""What was reported is named in the visit note and in the summary for a colleague."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.urls import reverse

from patients.models import Stop
from patients.papers import plan_summary
from patients.papers.visit_note import visit_note
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.conftest import MONDAY
from tests.patients.telling import told

DAY = timedelta(days=1)


def note(cast: Cast, back: int = 0) -> str:
    day = cast.harbour.today() - back * DAY
    return visit_note(cast.maya, day)


def answer(cast: Cast) -> None:
    stop = Stop.objects.unanswered().get()
    stop_verbs.answer(stop=stop, by=cast.omar, action="carry_on", word="Go on.", **acts.SEEN)


def test_one_press_that_answers_three_is_one_answer_in_note_and_record(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    for kind in ("saddle", "bladder", "fever"):
        told(cast.maya, kind)
    waiting = list(Stop.objects.unanswered().worst_first())
    assert len(waiting) == 3
    said = {"action": "carry_on", "word": "Go on gently.", "covers": waiting, **acts.SEEN}
    stop_verbs.answer(stop=waiting[0], by=cast.elin, **said)
    record = text(browser(cast.elin).get(reverse("decisions", args=[cast.maya.pk])))
    for page in (record, note(cast)):
        assert page.count("Answer: carry on") == 1
        assert "(to numb between the legs; trouble with peeing; fever or feeling ill)" in page
        assert page.count(acts.SEEN["finding"].rstrip(".")) == 1
    assert note(cast).count("- Told the patient: “Go on gently.”\n") == 1


def test_the_note_names_every_report_of_the_day_and_what_came_of_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, pain=2)
    told(cast.maya, "other", words="A cold.")
    row = told(cast.maya, "below_knee", side="left")
    report_verbs.take_back(report=row, by=cast.maya.user, client_id="back")
    told(cast.maya, "numb", side="right", since="week")
    answer(cast)
    for line in (
        "- 2 March: Pain 2 of 10. No stop came of it\n",
        "- 2 March: Something else. “A cold.” No stop came of it\n",
        "- 2 March: Pain below the knee, left. Reported, then taken back at 09:00. "
        "The stop is lifted by it\n",
        "- 2 March: Numb or tingling leg, right; since this week. "
        "Stop answered 2 March by Omar O.: seen here, carry on\n",
    ):
        assert line in note(cast), line


def test_a_past_day_says_what_had_come_of_a_report_by_then(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "numb", side="right")
    clock.shift(DAY)
    answer(cast)
    assert "- 2 March: Numb or tingling leg, right. Stop: not answered yet\n" in note(cast, 1)


def test_a_day_with_two_plans_tells_each_report_once(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "other", words="A cold.")
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    clock.shift(60)
    factories.plan(cast.maya)
    assert note(cast).count("- 2 March: Something else. “A cold.”") == 1


def summary(cast: Cast) -> str:
    return text(browser(cast.elin).get(reverse("plan_summary", args=[cast.maya.pk])))


def test_the_summary_names_signs_and_stops_of_six_weeks_and_no_number_alone(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    assert "Reported, and stops" not in summary(cast)
    told(cast.maya, pain=1)
    told(cast.maya, "numb", side="right", since="week", words="Since Sunday.")
    answer(cast)
    clock.shift(DAY)
    acts.log(cast.plan, pain=7)
    said = summary(cast)
    assert (
        "<li>2 March: Numb or tingling leg, right; since this week. “Since Sunday.” "
        "Stop answered 2 March by Omar O.: seen here, carry on.</li>" in said
    )
    assert "<li>3 March: Pain 7/10. Stop: not answered yet.</li>" in said
    assert "Pain 1 of 10" not in said
    clock.move_to(MONDAY + timedelta(weeks=7))
    assert "Numb or tingling leg" not in summary(cast)


def test_many_long_reports_are_cut_to_one_side(cast: Cast) -> None:
    for _ in range(12):
        told(cast.maya, "other", words="It hurts here and there. " * 40)
    sheet = plan_summary.of_plan(cast.plan)
    assert sheet.shortened
    assert len(sheet.reported) == plan_summary.REPORTS_CUT
    assert sheet.lines <= plan_summary.FULLEST
