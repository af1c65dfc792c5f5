"""After a red sign nobody trains on unexamined: the answer says who examined, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import Screening, Stop, StopAnswer
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts, answering
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, chart, text

CALL: dict[str, Any] = {
    "action": "carry_on",
    "contact": "spoken",
    "finding": "The hospital found feeling and bladder as they should be.",
    "word": "Go on gently.",
    "outcome": "cleared_with_limits",
}
TOLD = "2026-03-02"


def post(cast: Cast, stop: Stop, **said: Any) -> Any:
    return browser(cast.elin).post(reverse("stop_answer", args=[stop.pk]), {**CALL, **said})


@pytest.mark.parametrize("outcome", ["cleared", "cleared_with_limits"])
@pytest.mark.parametrize("said", [{}, {"examined_by": "Dr Berg"}, {"examined_on": TOLD}])
def test_a_call_alone_clears_nobody_of_a_red_sign(
    cast: Cast, outcome: str, said: dict[str, str]
) -> None:
    stop = answering.told(cast, "saddle")
    page = post(cast, stop, **said, outcome=outcome)
    assert page.status_code == 422
    assert "A call examines nobody. Write who examined Maya R., and on which day" in text(page)
    for typed in said.values():
        assert f'value="{typed}"' in text(page)
    assert Stop.objects.unanswered().get() == stop


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-03-01", "Examined on the day on which it was told, 2 March, at the earliest."),
        ("2026-03-04", "The examination cannot lie in the future."),
    ],
)
def test_an_examination_lies_between_what_was_told_and_now(
    clock: time_machine.Traveller, cast: Cast, day: str, sentence: str
) -> None:
    stop = answering.told(cast, "saddle")
    clock.shift(timedelta(days=1))
    page = post(cast, stop, examined_by="Dr Berg", examined_on=day)
    assert page.status_code == 422
    assert sentence in text(page)
    assert not StopAnswer.objects.exists()


def test_somebody_elses_examination_told_on_the_phone_is_named_in_screening_and_record(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = answering.told(cast, "saddle")
    clock.shift(timedelta(days=1))
    said = {"examined_by": "Dr Berg, North Hospital", "examined_on": TOLD}
    assert post(cast, stop, **said).status_code == 303
    row = Screening.objects.order_by("-pk")[0]
    assert (row.outcome, row.examined_by) == ("cleared_with_limits", "Dr Berg, North Hospital")
    assert (str(row.examined_on), row.finding) == (TOLD, CALL["finding"])
    page = chart(browser(cast.elin), cast.maya)
    assert "Examined by Dr Berg, North Hospital, 2 March" in page


def test_the_same_answer_that_names_another_examiner_is_not_taken_for_the_same(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    stop = answering.told(cast, "saddle")
    clock.shift(timedelta(days=1))
    said = {"examined_by": "Dr Berg", "examined_on": TOLD}
    assert post(cast, stop, **said).status_code == 303
    assert post(cast, stop, **said).status_code == 303
    for other in ({"examined_by": "Dr Lind"}, {"examined_on": "2026-03-03"}):
        assert post(cast, stop, **(said | other)).status_code == 422
    row = Screening.objects.order_by("-pk")[0]
    assert (row.examined_by, str(row.examined_on)) == ("Dr Berg", TOLD)


def test_the_same_answer_without_an_examiner_is_the_same_when_it_comes_again(cast: Cast) -> None:
    stop = answering.told(cast, "saddle")
    said = {"action": "pause", "outcome": "not_cleared", "word": ""}
    for _ in range(2):
        assert post(cast, stop, **said).status_code == 303
    assert post(cast, stop, **said, examined_by="Dr Lind", examined_on=TOLD).status_code == 422
    assert StopAnswer.objects.count() == 1


def test_who_is_seen_here_was_examined_by_whoever_answers(cast: Cast) -> None:
    stop = answering.told(cast, "saddle")
    assert post(cast, stop, contact="seen").status_code == 303
    row = Screening.objects.order_by("-pk")[0]
    assert (row.examined_by, row.examined_on) == ("Elin Ek", cast.harbour.today())


def test_a_call_without_an_examination_invents_none(cast: Cast) -> None:
    stop = answering.told(cast, "saddle")
    assert post(cast, stop, action="pause", outcome="not_cleared").status_code == 303
    row = Screening.objects.order_by("-pk")[0]
    assert (row.outcome, row.examined_by, row.examined_on) == ("not_cleared", "", None)


def test_nobody_was_reached_before_the_patient_told_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(timedelta(hours=2))
    first = answering.told(cast, "saddle")
    clock.shift(timedelta(hours=2))
    answering.told(cast, "bladder")
    covers = [stop.pk for stop in Stop.objects.unanswered()]
    seen = {"contact": "seen", "outcome": "cleared", "covers": covers}
    early = post(cast, first, **seen, contact_at="2026-03-02T10:59")
    assert early.status_code == 422
    assert "Choose a moment after it was told, 2 March 11:00." in text(early)
    assert 'value="2026-03-02T10:59"' in text(early)
    assert not StopAnswer.objects.exists()
    assert post(cast, first, **seen, contact_at="2026-03-02T11:00").status_code == 303


def test_a_day_from_paper_may_have_been_spoken_of_before_it_was_entered(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    day = cast.plan.started_on
    entry = acts.log(cast.plan, day, leg="numb", by=cast.elin, paper=True)
    said: dict[str, Any] = {
        "contact": "seen",
        "finding": "Equal.",
        "action": "carry_on",
        "word": "Gently.",
    }
    at = entry.at - timedelta(minutes=30)
    with refused("contact_too_early"):
        stop_verbs.answer(stop=entry.stops.get(), by=cast.elin, **said, at=at - timedelta(days=1))
    assert stop_verbs.answer(stop=entry.stops.get(), by=cast.elin, **said, at=at)
