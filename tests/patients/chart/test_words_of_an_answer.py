"""What a patient reads after a stop was answered: never nothing, and never the words for another
trouble."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from patients.models import Outcome, StopAnswer
from patients.verbs import gate as gate_verbs
from patients.verbs import practice as practice_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, press_not_yet, text
from tests.patients.phone import phone_of
from tests.patients.telling import told

ONE_DAY = timedelta(days=1)
FLARE_UP = "Flare-ups are common and usually settle."


def answer(cast: Cast, **said: object) -> str:
    """Answers the one open stop on the patient's page; what the clinician reads then."""
    stop = cast.plan.stops.unanswered().get()
    elin = browser(cast.elin)
    assert elin.post(reverse("stop_answer", args=[stop.pk]), said).status_code == 303
    return chart(elin, cast.maya)


def today(cast: Cast) -> str:
    return text(phone_of(cast.maya).get(reverse("today") + "?drill"))


@pytest.mark.parametrize(("action", "said"), [("carry_on", "carry on."), ("pause", "pause.")])
def test_an_answer_without_words_is_seen_by_the_patient_and_announced_as_what_it_is(
    clock: time_machine.Traveller, cast: Cast, action: str, said: str
) -> None:
    acts.log(cast.plan, leg="numb", pain=1)
    page = answer(cast, action=action, **acts.SEEN)
    assert "Maya sees on the next visit to Today what you answered." in page
    assert "reads your word" not in page
    assert f"<strong>Elin Ek has answered:</strong> {said}" in today(cast)


def test_an_answer_with_words_is_announced_and_read_as_such(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=8)
    assert "Maya reads your word on the next visit to Today." in answer(
        cast, action="carry_on", word="Half the depth."
    )
    page = today(cast)
    assert "<p>Half the depth.</p>" in page
    assert "has answered:" not in page


def test_an_answer_without_words_hides_no_older_word_and_goes_after_two_weeks(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    gate_verbs.decide(
        plan=cast.plan,
        rung=acts.rung(cast.plan, 1),
        outcome=Outcome.NOT_YET,
        by=cast.elin,
        note="Slow down.",
    )
    clock.shift(ONE_DAY)
    acts.log(cast.plan, pain=7)
    answer(cast, action="carry_on")
    page = today(cast)
    assert page.index("has answered:") < page.index("Slow down.")
    clock.shift(15 * ONE_DAY)
    assert "has answered:" not in today(cast)


def test_a_number_that_the_patient_put_right_is_nobodys_answer(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = acts.log(cast.plan, pain=8)
    acts.log(cast.plan, pain=2, corrects=first)
    assert StopAnswer.objects.get().action == "corrected"
    assert "has answered:" not in today(cast)


@pytest.mark.parametrize("leg", ["numb", "weak"])
def test_the_ready_phrases_for_a_leg_are_not_those_of_a_flare_up(
    clock: time_machine.Traveller, cast: Cast, leg: str
) -> None:
    acts.log(cast.plan, leg=leg, pain=1)
    page = chart(browser(cast.elin), cast.maya)
    offered = page[page.index('id="stop"') : page.index("Your own words")]
    assert FLARE_UP not in offered
    assert "Go on as before. Stop the set" not in offered
    # They have been spoken to already when this is written.
    assert "call me" not in offered
    answer(cast, action="pause", phrases=["wait", "come"], **acts.SEEN)
    assert (
        "Do no drill until we have spoken. Please come in, so that I can look at your leg."
        in today(cast)
    )


@pytest.mark.parametrize(
    ("kind", "fits", "not_this"),
    [
        ("bladder", "Go to the emergency department now, as we agreed.", "look at your leg"),
        ("saddle", "call at once if it comes back", "Good that it has eased"),
        ("fever", "Let a doctor look at the fever today", "look at your leg"),
        ("calf", "Let a doctor look at your calf today", "look at your leg"),
        ("fall", "look at you after the fall", "look at your leg"),
        ("numb", "look at your leg", "emergency department"),
    ],
)
def test_the_ready_phrases_fit_the_sign_that_was_told(
    cast: Cast, kind: str, fits: str, not_this: str
) -> None:
    told(cast.maya, kind, side="left")
    page = chart(browser(cast.elin), cast.maya)
    offered = page[page.index("Ready phrases") : page.index("Your own words")]
    assert fits in offered
    assert not_this not in offered
    assert offered.count("Do no drill until we have spoken.") == 1


def test_the_ready_phrases_for_pain_are_those_of_a_flare_up(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=8)
    page = chart(browser(cast.elin), cast.maya)
    assert FLARE_UP in page


def test_a_morning_that_stops_is_a_flare_up_too(clock: time_machine.Traveller, cast: Cast) -> None:
    entry = acts.log(cast.plan, pain=2)
    clock.shift(ONE_DAY)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=9, worse=True)
    assert FLARE_UP in chart(browser(cast.elin), cast.maya)


def test_not_yet_promises_only_what_the_patient_will_see(cast: Cast) -> None:
    elin = browser(cast.elin)
    press_not_yet(elin, cast.plan, 1)
    assert "Not yet: Dowel hinge. Maya sees it on the ladder, without a note." in chart(
        elin, cast.maya
    )
    assert "<b>Not yet.</b>" in text(phone_of(cast.maya).get(reverse("ladder")))
    press_not_yet(elin, cast.plan, 1, word="Slow down.")
    assert "Maya reads your note above the drill." in chart(elin, cast.maya)
    assert "Slow down." in today(cast)
