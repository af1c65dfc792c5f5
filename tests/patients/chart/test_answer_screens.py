"""An answer to something urgent says whether the patient may train, and that is a screening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from curriculum.screening import red_flags
from patients.models import Screening, Stop, StopAnswer
from patients.summaries import verify
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text

FOUND = "Passes water well. Strength equal, feeling equal."


def told_of(cast: Cast, *kinds: str, **said: Any) -> Stop:
    report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id=acts.new_id(), kinds=kinds, **said
    )
    stop: Stop = Stop.objects.unanswered().worst_first()[0]
    return stop


def post(cast: Cast, stop: Stop, **said: Any) -> Any:
    shared = {"contact": "seen", "finding": FOUND, "word": "Go on as before."}
    url = reverse("stop_answer", args=[stop.pk])
    return browser(cast.elin).post(url, {**shared, **said})


def answers(screening: Screening) -> dict[str, str]:
    return dict(screening.items.values_list("key", "answer"))


def test_nobody_is_cleared_by_an_answer_that_does_not_say_so(cast: Cast) -> None:
    stop = told_of(cast, "bladder")
    page = chart(browser(cast.elin), cast.maya)
    assert "Cleared for training?" in page
    for flag in red_flags().values():
        assert flag.term in page
    unsaid = post(cast, stop, action="carry_on")
    assert unsaid.status_code == 422
    assert "Say whether Maya R. is cleared for training." in text(unsaid)
    trains = post(cast, stop, action="carry_on", outcome="not_cleared")
    assert "Who is not cleared does no drill: choose Pause." in text(trains)
    assert Stop.objects.unanswered().exists()


def test_cleared_says_that_every_red_flag_was_asked_again(cast: Cast) -> None:
    stop = told_of(cast, "bladder")
    assert post(cast, stop, action="carry_on", outcome="cleared").status_code == 303
    row = Screening.objects.last()
    assert row is not None
    assert (row.outcome, row.by, row.words) == ("cleared", cast.elin, FOUND)
    assert (row.examined_by, row.finding) == ("Elin Ek", FOUND)
    assert set(answers(row).values()) == {"no"}
    assert StopAnswer.objects.get().outcome == "cleared"
    assert "Passes water well. Strength equal, feeling equal. Cleared" in chart(
        browser(cast.elin), cast.maya
    )
    assert list(verify.differences()) == []


def test_with_limits_what_was_told_is_there_and_was_examined(cast: Cast) -> None:
    stop = told_of(cast, "weak", sides={"weak": "left"}, growing=False)
    assert post(cast, stop, action="carry_on", outcome="cleared_with_limits").status_code == 303
    row = Screening.objects.last()
    assert row is not None
    assert row.outcome == "cleared_with_limits"
    assert {key for key, said in answers(row).items() if said == "yes"} == {"weakness"}


def test_precautions_are_copied_with_their_fields_and_their_day(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    flags = dict.fromkeys(red_flags(), "no")
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        items=flags | {"hip_limit": "yes"},
        fields={"hip_limit": {"degrees": "90"}},
    )
    asked_on = cast.harbour.today()
    clock.shift(timedelta(days=1))
    stop = told_of(cast, "saddle")
    post(cast, stop, action="carry_on", outcome="cleared")
    row = Screening.objects.last()
    assert row is not None
    kept = row.precautions.get()
    assert (kept.key, kept.fields, kept.asked_on) == ("hip_limit", {"degrees": "90"}, asked_on)
    assert row.outcome == "cleared_with_limits"


def test_who_is_sent_on_is_not_cleared_and_is_looked_at_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = told_of(cast, "bladder", "weak", sides={"weak": "left"})
    assert post(cast, stop, contact="sent_on", word="Go to the hospital.").status_code == 303
    row = Screening.objects.last()
    assert row is not None
    tomorrow = cast.harbour.today() + timedelta(days=1)
    assert (row.outcome, row.look_again_on) == ("not_cleared", tomorrow)
    said = answers(row)
    assert {key for key, answer in said.items() if answer == "yes"} == {"bladder", "weakness"}
    assert said["saddle"] == "not_asked"
    with refused("not_cleared"):
        acts.tick_all(cast.plan, 1, cast.elin)


def test_nobody_is_cleared_while_something_else_urgent_waits(cast: Cast) -> None:
    first = told_of(cast, "fever")
    told_of(cast, "bladder")
    said: dict[str, Any] = {"action": "carry_on", "word": "Fine.", **acts.SEEN}
    stop_verbs.answer(stop=first, by=cast.elin, **said)
    assert Screening.objects.order_by("-pk")[0].outcome == "not_cleared"
    stop_verbs.answer(stop=Stop.objects.unanswered().get(), by=cast.elin, **said)
    assert Screening.objects.order_by("-pk")[0].outcome == "cleared"


def test_the_same_answer_twice_writes_one_screening(cast: Cast) -> None:
    stop = told_of(cast, "bladder")
    for _ in range(2):
        assert post(cast, stop, action="carry_on", outcome="cleared").status_code == 303
    assert Screening.objects.filter(patient=cast.maya).count() == 2
    with refused("stop_answered"):
        stop_verbs.answer(
            stop=stop,
            by=cast.elin,
            action="carry_on",
            word="Go on as before.",
            **acts.SEEN | {"outcome": "cleared_with_limits", "finding": FOUND},
        )


@pytest.mark.parametrize("kind", ["saddle", "bladder", "bowel", "fever", "calf", "other_now"])
def test_every_urgent_sign_is_a_red_flag_of_the_screening(cast: Cast, kind: str) -> None:
    post(cast, told_of(cast, kind), contact="sent_on")
    row = Screening.objects.last()
    assert row is not None
    assert "yes" in answers(row).values()
