"""A sign in a leg is answered by who reached the patient; who could not, tries again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from patients.models import Pause, Stop, StopAnswer, StopTry
from patients.papers.visit_note import visit_note
from patients.summaries import verify
from patients.verbs import plan as plan_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.conftest import MONDAY

ONE_DAY = timedelta(days=1)
FOUND = "Strength and feeling equal."
TO_WHOM = "To her home and to Dr Berg: please come in."


def _numb(cast: Cast) -> Stop:
    return acts.log(cast.plan, leg="numb").stops.get()


def post(cast: Cast, stop: Stop, by: User | None = None, **said: Any) -> Any:
    return browser(by or cast.elin).post(reverse("stop_answer", args=[stop.pk]), said)


def _tried(cast: Cast, stop: Stop, words: str = "") -> Any:
    soon = f"{timezone.now().astimezone(cast.harbour.zone) + timedelta(hours=2):%Y-%m-%dT%H:%M}"
    return post(cast, stop, contact="not_reached", try_again_at=soon, finding=words)


# ---- who trains on


def test_after_a_call_nobody_trains_on_without_words(cast: Cast) -> None:
    stop = _numb(cast)
    said: dict[str, Any] = {"action": "carry_on", "contact": "spoken", "finding": FOUND}
    bare = post(cast, stop, **said)
    assert bare.status_code == 422
    assert "After a call Maya R. trains on only with words from you" in text(bare)
    lower: dict[str, Any] = {"level": acts.level(cast.plan), "until": cast.harbour.today()}
    with refused("spoken_without_words"):
        stop_verbs.answer(stop=stop, by=cast.elin, **said | {"action": "lower"} | lower)
    assert post(cast, stop, **said, word="Half the depth.").status_code == 303
    assert StopAnswer.objects.get().word == "Half the depth."


def test_who_is_sent_on_pauses_without_being_asked_more(cast: Cast) -> None:
    stop = _numb(cast)
    forced = post(cast, stop, action="carry_on", contact="sent_on", finding=FOUND)
    assert "Nobody trains who was sent on" in text(forced)
    assert post(cast, stop, contact="sent_on", finding=FOUND).status_code == 303
    assert StopAnswer.objects.get().action == "pause"
    assert Pause.objects.get().by == cast.elin


def test_a_pause_of_the_clinic_takes_the_place_of_the_patients_own(cast: Cast) -> None:
    stop = _numb(cast)
    until = cast.harbour.today() + 2 * ONE_DAY
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, until=until)
    assert post(cast, stop, contact="sent_on", finding=FOUND).status_code == 303
    running = Pause.objects.get(resumed_on=None)
    assert (running.by, running.until) == (cast.elin, None)


def test_pain_below_the_knee_is_answered_by_who_reached_the_patient_in_words(cast: Cast) -> None:
    report_verbs.report(
        patient=cast.maya,
        by=cast.maya.user,
        client_id="a",
        kinds=["below_knee"],
        sides={"below_knee": "left"},
    )
    stop = Stop.objects.get()
    assert "pain below the knee, left" in chart(browser(cast.elin), cast.maya)
    assert "Say how you reached Maya R. first." in text(post(cast, stop, action="carry_on"))
    bare = post(cast, stop, action="carry_on", contact="spoken")
    assert "Write a few words" in text(bare)
    assert (
        post(
            cast, stop, action="carry_on", contact="spoken", word="Go on, and tell me."
        ).status_code
        == 303
    )


def test_high_pain_is_answered_in_words(cast: Cast) -> None:
    stop = acts.log(cast.plan, pain=8).stops.get()
    assert "Write a few words" in text(post(cast, stop, action="carry_on"))
    assert post(cast, stop, action="carry_on", phrases=["settle"]).status_code == 303


# ---- who could not be reached


def test_who_could_not_be_reached_waits_on_and_every_page_says_so(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = _numb(cast)
    assert _tried(cast, stop, "No answer, voicemail left.").status_code == 303
    assert Stop.objects.unanswered().get() == stop
    today = cast.harbour.today()
    for page in (
        chart(browser(cast.elin), cast.maya),
        text(browser(cast.elin).get(reverse("stop_answer", args=[stop.pk]))),
    ):
        assert "Not reached 2 March 09:00 by Elin E., to be tried again 2 March 11:00." in page
        assert "“No answer, voicemail left.”" in page
    note = visit_note(cast.maya, today)
    assert "Could not be reached (Elin Ek). Try again 2 March 11:00. No answer" in note
    assert "Could not be reached" in chart(browser(cast.elin), cast.maya)


def test_the_moment_to_try_again_is_proposed_asked_for_and_to_come(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = _numb(cast)
    assert 'value="2026-03-02T11:00"' in chart(browser(cast.elin), cast.maya)
    bare = post(cast, stop, contact="not_reached")
    assert "Say when somebody tries again." in text(bare)
    past = post(cast, stop, contact="not_reached", try_again_at="2026-03-01T09:00")
    assert "Choose a later moment" in text(past)
    assert not StopTry.objects.exists()


def test_somebody_with_an_urgent_sign_is_tried_again_in_an_hour_at_a_weekend_too(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.move_to(MONDAY.replace(hour=18) + 5 * ONE_DAY)
    acts.log(cast.plan, leg="weak")
    assert 'value="2026-03-07T19:00"' in chart(browser(cast.elin), cast.maya)


def test_a_letter_is_an_answer_after_tries_on_two_days(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = _numb(cast)
    _tried(cast, stop)
    clock.shift(timedelta(hours=3))
    _tried(cast, stop)
    assert 'value="letter"' not in chart(browser(cast.elin), cast.maya)
    with refused("letter_too_early"):
        stop_verbs.answer(
            stop=stop, by=cast.elin, action="pause", contact="letter", finding=TO_WHOM
        )
    clock.shift(ONE_DAY)
    _tried(cast, stop)
    assert 'value="letter"' in chart(browser(cast.elin), cast.maya)
    assert "Write what you were told or found." in text(post(cast, stop, contact="letter"))
    assert post(cast, stop, contact="letter", finding=TO_WHOM).status_code == 303
    given = StopAnswer.objects.get()
    assert (given.action, given.contact) == ("pause", "letter")
    assert "Letter 3 March 12:00: To her home" in chart(browser(cast.elin), cast.maya)
    assert list(verify.differences()) == []


def test_the_same_try_twice_is_one_and_a_try_after_the_answer_is_refused(cast: Cast) -> None:
    stop = _numb(cast)
    said: dict[str, Any] = {
        "stop": stop,
        "by": cast.elin,
        "try_again_at": timezone.now() + timedelta(hours=1),
    }
    first = stop_verbs.could_not_reach(**said)
    assert stop_verbs.could_not_reach(**said) == first
    sooner = said | {"try_again_at": timezone.now() + timedelta(minutes=30)}
    again = stop_verbs.could_not_reach(**sooner)
    assert again != first
    stop_verbs.answer(stop=stop, by=cast.omar, action="pause", **acts.SEEN)
    assert stop_verbs.could_not_reach(**sooner) == again
    with refused("stop_answered"):
        stop_verbs.could_not_reach(**said, words="Once more.")
    with refused("not_yours"):
        stop_verbs.could_not_reach(**(said | {"by": cast.ines}))


# ---- without a plan


def test_what_somebody_without_a_plan_tells_is_answered_from_their_page(cast: Cast) -> None:
    report_verbs.report(
        patient=cast.tomas, by=cast.tomas.user, client_id="a", kinds=["numb"], words="Since noon."
    )
    stop = Stop.objects.get()
    page = chart(browser(cast.elin), cast.tomas)
    assert "Stopped: numb or tingling leg, side not told," in page
    assert "“Since noon.”" in page
    assert 'value="lower"' not in page
    assert post(cast, stop, contact="sent_on", finding=FOUND).status_code == 303
    assert StopAnswer.objects.get().action == "pause"
