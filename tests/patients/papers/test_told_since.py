"""The visit note tells what was told and logged since the last visit, once and in plain text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from curriculum.screening import red_flags
from patients.papers.visit_note import visit_note
from patients.verbs import activities as activity_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import record_notes as record_note_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.telling import told

DAY = timedelta(days=1)
TITLES = ("Told and logged", "Seen", "Judged", "Decided, prescribed, advised")


def note(cast: Cast, since: date | None = None) -> str:
    return visit_note(cast.maya, cast.harbour.today(), since)


def part(words: str, title: str) -> str:
    """The lines under a title that begins so."""
    after = words.partition(f"\n{title}")[2]
    return after.partition(":\n")[2].partition("\n\n")[0]


def visit(cast: Cast) -> None:
    """A visit of today: a dose with a word."""
    level = acts.level(cast.plan, 1)
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, sets=2, reps=10, word="Slowly.")


def test_practice_pain_and_effort_since_the_last_visit_stand_in_a_few_lines(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=9)
    visit(cast)
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=2)
    for pain in (1, 3, None):
        clock.shift(DAY)
        entry = acts.log(cast.plan, pain=pain, effort="right" if pain else None)
        if pain == 3:
            clock.shift(DAY)
            practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=1)
    clock.shift(DAY)
    told = part(note(cast), "Told and logged since 2 March")
    for line in (
        "- Practised on 3 of 4 planned days, last on 6 March\n",
        "- Dowel hinge: 3 days; all prescribed sets on 3 of 3 days\n",
        "- Pain during practice, 0 to 10, newest last: 1, 3, not reported; highest 3 on 4 March\n",
        "- Next morning, told after 1 of 3 days: 1\n",
        "- Effort: about right 2, not reported 1\n",
        "- Usual pain: 2/10, told 2 March",
    ):
        assert line in f"{told}\n", line


def test_what_was_told_before_the_last_visit_is_not_told_again_unless_asked(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="It went\nwell.")
    clock.shift(60)
    visit(cast)
    clock.shift(DAY)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Better still.")
    assert "3 March, wrote: “Better still.”" in note(cast)
    assert "It went well." not in note(cast)
    assert "2 March, wrote: “It went well.”" in note(cast, date(2026, 3, 2))


def test_a_note_for_the_clinic_stands_in_its_part(cast: Cast) -> None:
    for kind in ("told", "seen", "judged", "decided"):
        record_note_verbs.write(
            patient=cast.maya, by=cast.elin, part=kind, text=f"Words {kind}.\n\nMore."
        )
    written = note(cast)
    for kind, title in zip(("told", "seen", "judged", "decided"), TITLES, strict=True):
        assert f"- Words {kind}.\n  More. (Elin Ek)" in part(written, title)


def test_a_note_put_right_later_is_marked_on_its_day_and_gone_after_on_the_same(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = record_note_verbs.write(patient=cast.maya, by=cast.elin, text="Left knee.")
    second = record_note_verbs.put_right(note=first, by=cast.elin, text="Right knee.")
    assert "Left knee." not in note(cast)
    assert "- Right knee. (Elin Ek)" in note(cast)
    clock.shift(DAY)
    record_note_verbs.put_right(note=second, by=cast.omar, text="Both knees.")
    before = visit_note(cast.maya, cast.harbour.today() - DAY)
    assert "- Right knee. [Put right 3 March by Omar O.] (Elin Ek)" in before
    assert "Both knees." not in before


def test_own_activities_stand_with_mean_change_and_what_is_detectable(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    lift, garden = activity_verbs.set_activities(
        patient=cast.maya, by=cast.elin, words=["Lift", "Garden"]
    )
    activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={lift.pk: 3, garden.pk: 4})
    clock.shift(28 * DAY)
    activity_verbs.rate(patient=cast.maya, by=cast.maya.user, scores={lift.pk: 6, garden.pk: 5})
    told = note(cast)
    assert (
        "- PSFS, mean: 3.5 on 2 March, 5.5 on 30 March: change +2, at least the detectable 2\n"
        in told
    )
    assert (
        "- PSFS, Lift: 3 on 2 March, 6 on 30 March: change +3, at least the detectable 3\n" in told
    )
    assert (
        "- PSFS, Garden: 4 on 2 March, 5 on 30 March: change +1, below the detectable 3\n" in told
    )
    first = visit_note(cast.maya, date(2026, 3, 2))
    assert "- PSFS, mean: 3.5 on 2 March\n" in first


def test_the_first_visit_tells_why_somebody_came_and_what_limits_them(cast: Cast) -> None:
    cast.maya.referral_note = "From Dr Berg."
    cast.maya.save()
    people_verbs.take_intake(
        patient=cast.maya,
        by=cast.elin,
        usual_pain=3,
        reason="Back pain\nafter lifting.",
        goal="Lift Leo.",
    )
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        items=dict.fromkeys(red_flags(), "no") | {"fracture": "yes", "osteoporosis": "yes"},
        notes={"fracture": "Wrist in May."},
        fields={"osteoporosis": {"t_score": "-2.8"}},
        words="Seen with Dr Berg.",
        examined=screening_verbs.Examined(cast.harbour.today(), "Dr Berg", "Healed."),
    )
    written = visit_note(cast.maya, cast.harbour.today(), cast.harbour.today())
    assert "Reason: Back pain after lifting.\n- Own goal: Lift Leo.\n" in written
    assert "\nPrecautions: Osteoporosis" in written
    assert "-2.8" in written
    assert "cleared, with limits. Red flags told: " in written
    assert "(Wrist in May.). Examined" in written
    assert "by Dr Berg: Healed. Seen with Dr Berg." in written


def test_somebody_not_cleared_without_a_plan_has_a_note(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    screening_verbs.screen(
        patient=cast.tomas, by=cast.elin, outcome="not_cleared", words="Sent to Dr Berg."
    )
    record_note_verbs.write(patient=cast.tomas, by=cast.elin, text="Limps.", part="seen")
    page = text(browser(cast.elin).get(reverse("visit_note", args=[cast.tomas.pk])))
    assert "not cleared. No red flag told. Sent to Dr Berg. Look again 3 March 2026." in page
    assert "Seen: - Limps. (Elin Ek)" in page
    clock.shift(DAY)
    again = browser(cast.elin).get(reverse("visit_note", args=[cast.tomas.pk]))
    assert "Limps." in text(again)


def test_nobody_seen_yet_has_no_note(cast: Cast) -> None:
    new = factories.patient(cast.elin, "Ulla Unasked", screened=False)
    assert browser(cast.elin).get(reverse("visit_note", args=[new.pk])).status_code == 404


@pytest.mark.parametrize("since", ["2026-03-09", "abc"])
def test_a_day_since_when_that_cannot_be_gets_a_sentence(
    clock: time_machine.Traveller, cast: Cast, since: str
) -> None:
    address = reverse("visit_note", args=[cast.maya.pk])
    answer = browser(cast.elin).get(address, {"day": "2026-03-02", "since": since})
    assert answer.status_code == 422
    assert f'value="{since}"' in text(answer)


def test_what_the_clinic_said_between_two_visits_is_in_the_note_of_the_second(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    visit(cast)
    clock.shift(DAY)
    stop = acts.log(cast.plan, pain=9).stops.get()
    said: dict[str, Any] = {"action": "carry_on", "word": "Half as many.", "contact": "spoken"}
    stop_verbs.answer(stop=stop, by=cast.omar, finding="No leg signs.", **said)
    message_verbs.write(plan=cast.plan, by=cast.elin, text="See you soon.")
    clock.shift(DAY)
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Today.")
    written = note(cast)
    told = part(written, "Told and logged since 2 March")
    assert "spoken to, carry on. Spoken to 3 March 09:00: No leg signs" in told
    assert "- 3 March, Omar Odeh answered: “Half as many.”" in told
    assert "- 3 March, Elin Ek wrote: “See you soon.”" in told
    assert "Today." not in told
    assert "- Wrote to the patient: “Today.”" in written


def test_scores_that_nobody_told_since_the_last_visit_stand_in_one_line(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    activities = activity_verbs.set_activities(
        patient=cast.maya, by=cast.elin, words=["Lift", "Garden"]
    )
    activity_verbs.rate(
        patient=cast.maya, by=cast.maya.user, scores={one.pk: 4 for one in activities}
    )
    visit(cast)
    clock.shift(DAY)
    assert note(cast).count("- PSFS, ") == 1


def test_a_placement_says_how_many_repetitions_once(cast: Cast) -> None:
    gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1), by=cast.elin)
    seen = part(note(cast), "Seen")
    assert seen.startswith("- Dowel hinge, met: ")
    assert seen.count("(5 clean repetitions)") == 1


def test_a_past_day_says_what_was_done_at_home_then(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    visit(cast)
    clock.shift(DAY)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    clock.shift(DAY)
    gate_verbs.withdraw(
        plan=cast.plan, rung=acts.rung(cast.plan, 1), by=cast.elin, reason="Lost it."
    )
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 1), by=cast.elin)
    stop = acts.log(cast.plan, pain=9).stops.get()
    days = [visit_note(cast.maya, date(2026, 3, day)) for day in (2, 3, 4)]
    assert "- At home: Dowel hinge, 2 × 10, every day\n" in days[0]
    assert f"- At home: {acts.level(cast.plan, 2)}, 2 × 10, every day\n" in days[1]
    assert "- At home: no drill until the stop is answered\n" in days[2]
    clock.shift(DAY)
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Go on.")
    assert visit_note(cast.maya, date(2026, 3, 4)) == days[2]


def test_words_that_the_patient_reads_twice_stand_once(cast: Cast) -> None:
    visit(cast)
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Slowly.")
    assert note(cast).count("“Slowly.”") == 1


def test_a_report_taken_back_is_told_in_one_line(cast: Cast) -> None:
    row = told(cast.maya, "below_knee", side="left")
    report_verbs.take_back(report=row, by=cast.maya.user, client_id="back")
    assert note(cast).count("elow the knee") == 1
