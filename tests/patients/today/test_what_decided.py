"""A page speaks of what decided, the number, the leg or the word, and promises only what
happens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse

from patients.models import Stop
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of, save, words_of

GOOD_SHAPE = "keeps it in good shape"


def today(cast: Cast) -> str:
    return words_of(phone_of(cast.maya).get(reverse("today") + "?drill"))


def test_pain_below_the_knee_says_while_it_is_tapped_what_the_next_page_says_too(
    cast: Cast,
) -> None:
    tapped = today(cast).partition('data-said="below_knee"')[2].partition("</fieldset>")[0]
    assert "Stop here for today." in tapped
    assert "Save this, so that Elin sees it." in tapped
    assert "Ease off" not in tapped
    answers = {"pain": 2, "new": "yes", "kind": "below_knee", "side-below_knee": "left"}
    save(phone_of(cast.maya), cast.harbour.today(), **answers)
    page = today(cast)
    assert "Stop here for today" in page
    assert "You noted pain below your left knee." in page
    assert "2 of 10," not in page
    assert "Maya" in text(browser(cast.elin).get(reverse("caseload")))
    assert Stop.objects.unanswered().get().cause == "below_knee"


def test_who_had_to_stop_for_pain_and_gave_no_number_is_not_told_of_a_wrong_number(
    cast: Cast,
) -> None:
    acts.log(cast.plan, effort="stopped", why_stopped="pain")
    page = today(cast)
    assert "I tapped the wrong answer" in page
    assert "wrong number" not in page
    day = reverse("log_day", args=[cast.harbour.today()])
    assert "Tap the right answer" in words_of(phone_of(cast.maya).get(f"{day}?wrong=answer"))
    assert "Tap the right number" in words_of(phone_of(cast.maya).get(f"{day}?wrong=number"))


def _rests_today(cast: Cast) -> None:
    others = 127 & ~(1 << cast.harbour.today().weekday())
    plan_verbs.schedule(plan=cast.plan, weekdays=others, by=cast.elin)


def test_a_complete_ladder_is_not_praised_while_a_stop_waits(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan_verbs.set_goal(plan=cast.plan, goal_rung=acts.rung(cast.plan, 1), by=cast.elin)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert GOOD_SHAPE in today(cast)
    acts.log(cast.plan, pain=7)
    clock.shift(timedelta(days=1))
    page = today(cast)
    assert "An easier day." in page
    assert GOOD_SHAPE not in page
    _rests_today(cast)
    page = today(cast)
    assert "Today is a rest day." in page
    assert GOOD_SHAPE not in page
    assert "You noted pain of 7 of 10." in page


def test_a_rest_day_names_what_still_waits_for_an_answer(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=7)
    clock.shift(timedelta(days=1))
    _rests_today(cast)
    page = today(cast)
    assert "Rest day" in page
    assert "You noted pain of 7 of 10." in page


def test_what_a_drill_needs_stands_in_whole_sentences_and_tells_what_is_extra(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    page = words_of(phone.get(reverse("level_page", args=[1, "wall-touch"])))
    needs = page.partition("You need:")[2].partition("</p>")[0]
    assert "A wall. A stick as long as your back." in needs
    assert "A big soft ball is extra." in needs
    assert "(" not in needs
    plan_verbs.prescribe(
        plan=cast.plan,
        level=acts.level(cast.plan),
        by=cast.elin,
        sets=2,
        reps=8,
        variant="two-hands",
    )
    page = words_of(phone.get(reverse("level_page", args=[1, "dowel-hinge"])))
    assert "You need:" not in page


def test_how_hard_a_lift_may_be_is_said_in_repetitions_and_not_on_a_scale_that_nobody_asks(
    cast: Cast,
) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    page = words_of(phone_of(cast.maya).get(reverse("level_page", args=[6, "kettlebell-stool"])))
    assert "End a set while you could still do 3 more." in page
    assert "effort" not in page.lower()
    assert "Step closer before you reach for a weight that is far away." in page
    assert "clinic default" not in page.lower()


def test_the_counter_of_the_one_leg_hinge_is_in_reach_of_a_hand_that_is_up(cast: Cast) -> None:
    for _ in range(6):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    address = reverse("level_page", args=[7, "warrior"])
    page = words_of(phone_of(cast.maya).get(address))
    assert "so that one hand can reach it at any time" in page
    assert "Bring one hand down to the counter" in page
    dose: dict[str, Any] = {"sets": 2, "reps": 8, "variant": "low-arms"}
    level = acts.rung(cast.plan, 7).levels.get(slug="warrior")
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose)
    page = words_of(phone_of(cast.maya).get(address))
    assert "Put your hands on your hips" in page
    assert "Reach your arms up" not in page
