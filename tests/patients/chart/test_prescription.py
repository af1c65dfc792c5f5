"""Dose, days, goal, level, pause and paper, through their pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from curriculum.models import Level
from patients.models import LevelChoice, Pause, Plan, Practice, Prescription, Schedule
from patients.standing.position import current_level
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def post(client: Client, name: str, plan: Plan, **said: Any) -> Any:
    return client.post(reverse(name, args=[plan.pk]), said)


def dose(plan: Plan, position: int = 1, **said: Any) -> dict[str, Any]:
    return {"level": acts.level(plan, position).pk, "sets": 3, "reps": 12, **said}


def weighted(plan: Plan) -> Level:
    found = Level.objects.filter(
        rung__ladder=plan.ladder, rung__position=6, drill__load="weight"
    ).first()
    assert found is not None
    return found


def test_a_dose_is_saved_and_stands_on_the_page_with_its_history(elin: Client, cast: Cast) -> None:
    said = dose(cast.plan, seconds=3, max_depth="to the knees", word="Slow <down>", per_side="")
    assert post(elin, "prescribe", cast.plan, **said).status_code == 303
    made = Prescription.objects.get()
    assert (made.sets, made.reps, made.seconds, made.per_side, made.word) == (
        3,
        12,
        3,
        False,
        "Slow <down>",
    )
    page = chart(elin, cast.maya)
    assert "Dose: 3 × 12, 3 seconds down, to the knees" in page
    assert "Slow <down></textarea>" in page
    assert "3 × 12, 3 seconds down" in text(elin.get(reverse("prescribe", args=[cast.plan.pk])))


def test_the_same_dose_again_is_no_new_row(elin: Client, cast: Cast) -> None:
    for _ in range(2):
        post(elin, "prescribe", cast.plan, **dose(cast.plan))
    assert Prescription.objects.count() == 1


def test_a_locked_level_is_not_offered_and_a_forged_one_is_refused_by_name(
    elin: Client, cast: Cast
) -> None:
    locked = acts.level(cast.plan, 5)
    page = text(elin.get(reverse("prescribe", args=[cast.plan.pk])))
    assert f'name="show" value="{locked.pk}"' not in page
    assert "5. Banded hinge" in page.partition("locked until the gate below it")[2]
    answer = post(elin, "prescribe", cast.plan, **dose(cast.plan, 5))
    assert answer.status_code == 422
    assert "“Banded hinge” is locked" in text(answer)
    assert not Prescription.objects.exists()


def test_helpers_of_a_reachable_rung_can_be_prescribed(elin: Client, cast: Cast) -> None:
    helper = Level.objects.filter(rung=acts.rung(cast.plan, 1), helper=True).first()
    assert helper is not None
    assert (
        post(elin, "prescribe", cast.plan, **dose(cast.plan) | {"level": helper.pk}).status_code
        == 303
    )


def test_a_drill_with_a_weight_asks_for_the_kilograms(elin: Client, cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    level = weighted(cast.plan)
    answer = post(elin, "prescribe", cast.plan, level=level.pk, sets=3, reps=8)
    assert answer.status_code == 422
    assert "Say how many kilograms." in text(answer)
    assert (
        post(elin, "prescribe", cast.plan, level=level.pk, sets=3, reps=8, load="12.5").status_code
        == 303
    )
    assert "12.5 kg" in chart(elin, cast.maya)


@pytest.mark.parametrize(
    "bad",
    [
        {"sets": ""},
        {"sets": "0"},
        {"sets": "11"},
        {"reps": "-3"},
        {"reps": "9" * 30},
        {"seconds": "61"},
        {"load": "NaN"},
        {"load": "5"},
        {"level": "x"},
        {"word": "x" * 10_000},
        {"max_depth": "x" * 201},
    ],
)
def test_nonsense_is_refused_beside_its_field_and_what_was_typed_is_kept(
    elin: Client, cast: Cast, bad: dict[str, str]
) -> None:
    answer = post(
        elin, "prescribe", cast.plan, **{**dose(cast.plan), "max_depth": "to <mid-thigh> 🙂", **bad}
    )
    assert answer.status_code == 422
    assert 'class="error"' in text(answer)
    if "max_depth" not in bad:
        assert 'value="to <mid-thigh> 🙂"' in text(answer)
    assert not Prescription.objects.exists()


def test_another_level_shows_its_own_dose_before_anything_is_saved(
    elin: Client, cast: Cast
) -> None:
    helper = Level.objects.filter(rung=acts.rung(cast.plan, 1), helper=True).last()
    assert helper is not None
    address = reverse("prescribe", args=[cast.plan.pk])
    page = text(elin.get(address, {"level": helper.pk}))
    assert f'<input type="hidden" name="level" value="{helper.pk}">' in page
    assert f'name="sets" value="{helper.sets}"' in page
    assert not Prescription.objects.exists()


def test_another_drill_is_one_press_away_and_keeps_the_words_that_were_typed(
    elin: Client, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    here = acts.level(cast.plan, 2)
    below = acts.level(cast.plan, 1)
    own: dict[str, Any] = {"word": "As before.", "max_depth": "mid thigh"}
    plan_verbs.prescribe(plan=cast.plan, level=below, by=cast.elin, sets=4, reps=6, **own)
    typed = dose(cast.plan, 2, sets="9", word="Slowly, and breathe out.")
    page = text(post(elin, "prescribe", cast.plan, **typed, show=below.pk))
    assert f'<input type="hidden" name="level" value="{below.pk}">' in page
    assert 'name="sets" value="4"' in page
    assert "Slowly, and breathe out.</textarea>" in page
    assert 'value="mid thigh"' in page
    back = typed | {"level": below.pk, "word": "As before.", "max_depth": "mid thigh"}
    page = text(post(elin, "prescribe", cast.plan, **back, show=here.pk))
    assert "As before.</textarea>" not in page
    assert 'value="mid thigh"' not in page
    assert Prescription.objects.count() == 1


def test_the_cards_say_what_is_practised_what_was_prescribed_and_what_is_not_at_home(
    elin: Client, cast: Cast
) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    below = acts.level(cast.plan, 1)
    plan_verbs.prescribe(plan=cast.plan, level=below, by=cast.elin, sets=4, reps=6)
    people_verbs.take_intake(
        patient=cast.maya, by=cast.elin, usual_pain=None, equipment=["kettlebell"]
    )
    page = text(elin.get(reverse("prescribe", args=[cast.plan.pk])))
    card = page.partition(f'name="show" value="{below.pk}"')[2].partition("</li>")[0]
    assert "4 × 6" in card
    assert "Not noted at home: " in card
    assert "Practised now" not in card
    now = page.partition(f'name="show" value="{acts.level(cast.plan, 2).pk}"')[2]
    assert "Practised now" in now.partition("</li>")[0]


def test_drill_and_dose_are_set_in_one_act_or_neither(elin: Client, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    second = acts.rung(cast.plan, 2).levels.filter(helper=False).last()
    assert second is not None
    said = dose(cast.plan) | {"level": second.pk, "practise": "on"}
    assert post(elin, "prescribe", cast.plan, **said).status_code == 303
    assert current_level(cast.plan, cast.harbour.today()).level == second
    lower = dose(cast.plan, sets="5") | {"practise": "on"}
    answer = post(elin, "prescribe", cast.plan, **lower)
    assert answer.status_code == 422
    assert "Say until when" in text(answer)
    assert (Prescription.objects.count(), LevelChoice.objects.count()) == (1, 1)
    until = (cast.harbour.today() + timedelta(days=5)).isoformat()
    assert post(elin, "prescribe", cast.plan, **lower, until=until).status_code == 303
    assert "Trains lower until" in chart(elin, cast.maya)


def test_days_are_saved_from_today_on_and_an_empty_week_is_refused(
    elin: Client, cast: Cast
) -> None:
    assert post(elin, "schedule", cast.plan, weekdays=[1, 3]).status_code == 303
    newest = Schedule.objects.filter(plan=cast.plan).last()
    assert newest is not None
    assert (newest.weekdays, newest.from_day) == (0b1010, cast.harbour.today())
    wrong: list[dict[str, Any]] = [
        {"weekdays": []},
        {"weekdays": [7]},
        {"weekdays": [1], "from_day": "2020-01-01"},
    ]
    for bad in wrong:
        assert post(elin, "schedule", cast.plan, **bad).status_code == 422
    assert Schedule.objects.filter(plan=cast.plan).count() == 2


def test_a_goal_below_a_pass_is_refused_and_a_goal_hides_what_lies_above(
    elin: Client, cast: Cast
) -> None:
    for _ in range(3):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    assert post(elin, "goal", cast.plan, goal_rung=acts.rung(cast.plan, 2).pk).status_code == 422
    assert post(elin, "goal", cast.plan, goal_rung=acts.rung(cast.plan, 4).pk).status_code == 303
    page = chart(elin, cast.maya)
    assert "Above the goal" in page
    assert "Maya passed: complete the ladder" in page


def test_training_lower_needs_a_last_day_and_costs_no_pass(elin: Client, cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    lower = acts.level(cast.plan, 1)
    answer = post(elin, "choose_level", cast.plan, level=lower.pk)
    assert answer.status_code == 422
    assert "Say until when" in text(answer)
    until = cast.harbour.today() + timedelta(days=5)
    assert (
        post(elin, "choose_level", cast.plan, level=lower.pk, until=until.isoformat()).status_code
        == 303
    )
    assert "Trains lower until" in chart(elin, cast.maya)
    assert acts.passed(cast.plan) == [1]
    assert LevelChoice.objects.count() == 1


def test_practice_is_paused_shown_and_resumed(elin: Client, cast: Cast) -> None:
    assert post(elin, "pause", cast.plan, reason="Moving <house>").status_code == 303
    assert "Paused until somebody resumes." in chart(elin, cast.maya)
    assert post(elin, "pause", cast.plan, reason="Again").status_code == 422
    assert post(elin, "resume", cast.plan).status_code == 303
    answer = post(elin, "resume", cast.plan)
    assert answer.status_code == 422
    assert "Practice is not paused." in text(answer)
    assert Pause.objects.count() == 1


def test_an_ended_plan_takes_no_dose_no_days_and_no_pause(elin: Client, cast: Cast) -> None:
    assert post(elin, "end", cast.plan, reason="Another first.").status_code == 303
    assert post(elin, "end", cast.plan, reason="Another first.").status_code == 303
    before = acts.everything()
    level = acts.level(cast.plan).pk
    asked = {
        "prescribe": dose(cast.plan),
        "schedule": {"weekdays": [1]},
        "goal": {},
        "choose_level": {"level": level},
    }
    asked |= {"pause": {}, "resume": {}, "finding": {"words": "Tips"}}
    for name, said in asked.items():
        answer = post(elin, name, cast.plan, **said)
        assert answer.status_code == 422, name
        assert "This plan has ended." in text(answer), name
    assert acts.everything() == before


def yesterday(cast: Cast) -> date:
    """A day on which the plan was running, whose morning after has come."""
    day = cast.harbour.today() - timedelta(days=1)
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=day)
    cast.plan.refresh_from_db()
    return day


def paper(cast: Cast, **said: Any) -> dict[str, Any]:
    day = cast.harbour.today()
    return {
        "client_id": "paper-1",
        "done_on": day,
        "level": acts.level(cast.plan).pk,
        "sets": 2,
        "reps": 10,
        **said,
    }


def test_a_paper_day_is_entered_once_with_its_morning_and_marked_as_paper(
    elin: Client, cast: Cast
) -> None:
    told = {"pain": "0", "effort": "easy", "morning_pain": "2", "worse": "usual"}
    said = paper(cast, done_on=yesterday(cast), note="From the fridge door", **told)
    for _ in range(2):
        assert post(elin, "paper", cast.plan, **said).status_code == 303
    entry = Practice.objects.get()
    assert (entry.paper, entry.pain, len(entry.sets), entry.by) == (True, 0, 2, cast.elin)
    morning = entry.mornings.get()
    assert (morning.pain, morning.worse) == (2, False)
    assert "paper" in text(elin.get(reverse("paper", args=[cast.plan.pk])))


def test_what_the_paper_does_not_say_stays_unknown(elin: Client, cast: Cast) -> None:
    post(elin, "paper", cast.plan, **paper(cast))
    entry = Practice.objects.get()
    assert (entry.pain, entry.effort, entry.leg, entry.mornings.count()) == (None, None, None, 0)


def test_paper_reaches_back_to_the_start_of_the_plan_and_no_further(
    elin: Client, cast: Cast
) -> None:
    today = cast.harbour.today()
    Plan.objects.filter(pk=cast.plan.pk).update(started_on=today - timedelta(days=40))
    assert (
        post(
            elin, "paper", cast.plan, **paper(cast, done_on=today - timedelta(days=40))
        ).status_code
        == 303
    )
    for day, code in ((41, "before the plan began"), (-1, "is still to come")):
        said = paper(
            cast, client_id=f"p{day}", done_on=today - timedelta(days=day), note="kept <so>"
        )
        answer = post(elin, "paper", cast.plan, **said)
        assert answer.status_code == 422
        assert code in text(answer)
        assert "kept <so></textarea>" in text(answer)
    assert Practice.objects.count() == 1


def test_a_day_logged_already_is_refused_with_its_morning_not_half_saved(
    elin: Client, cast: Cast
) -> None:
    day = yesterday(cast)
    acts.log(cast.plan, day, pain=1)
    answer = post(elin, "paper", cast.plan, **paper(cast, done_on=day, morning_pain="9"))
    assert answer.status_code == 422
    assert "is already logged" in text(answer)
    assert Practice.objects.get().mornings.count() == 0


def test_a_choice_of_the_patient_stands_under_all_decisions_only(elin: Client, cast: Cast) -> None:
    levels = list(acts.rung(cast.plan, 1).levels.filter(drill__load="none"))
    plan_verbs.choose_level(plan=cast.plan, level=levels[-1], by=cast.maya.user)
    assert f"Level: {levels[-1]}" not in chart(elin, cast.maya)
    assert f"Level: {levels[-1]}" in text(elin.get(reverse("decisions", args=[cast.maya.pk])))


def test_ending_a_plan_over_a_stop_says_on_the_page_to_answer_first(
    elin: Client, cast: Cast
) -> None:
    acts.log(cast.plan, pain=8)
    refused = post(elin, "end", cast.plan, reason="Another first.")
    assert refused.status_code == 422
    assert "waits for an answer. Answer it first." in text(refused)
    cast.plan.refresh_from_db()
    assert cast.plan.ended_on is None
