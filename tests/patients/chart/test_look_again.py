"""An answer names the day on which somebody looks again: on that day the patient stands among those
who need the clinic, until somebody looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from patients.models import LookedAgain, PatientSummary, Stop, StopAnswer
from patients.papers.visit_note import visit_note
from patients.summaries import refresh as summaries
from patients.summaries import verify
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text

ONE_DAY = timedelta(days=1)


def answer(cast: Cast, **said: Any) -> Any:
    stop = Stop.objects.unanswered().filter(patient=cast.maya)[0]
    said = {"action": "carry_on", "word": "It settles.", **said}
    return browser(cast.elin).post(reverse("stop_answer", args=[stop.pk]), said)


def look(cast: Cast, by: User | None = None, **said: Any) -> Any:
    return browser(by or cast.elin).post(reverse("looked_again", args=[cast.maya.pk]), said)


def caseload(cast: Cast) -> str:
    return text(browser(cast.elin).get(reverse("caseload")))


def look_again_on(cast: Cast) -> Any:
    return PatientSummary.objects.get(patient=cast.maya).follow_up_on


@pytest.mark.parametrize(
    ("told", "said", "days"),
    [
        ({"pain": 7}, {}, 3),
        ({"leg": "numb"}, acts.SEEN, 1),
        ({"pain": 7}, {"look_again": "tomorrow"}, 1),
        ({"pain": 7}, {"look_again": "not"}, None),
    ],
)
def test_every_answer_asks_when_to_look_again_and_proposes_a_day(
    clock: time_machine.Traveller,
    cast: Cast,
    told: dict[str, Any],
    said: dict[str, Any],
    days: int | None,
) -> None:
    acts.log(cast.plan, **told)
    page = chart(browser(cast.elin), cast.maya)
    proposed = "tomorrow" if "leg" in told else "three_days"
    assert f'<input type="radio" name="look_again" value="{proposed}"' in page
    assert (
        page.partition(f'name="look_again" value="{proposed}"')[2].split(">")[0].endswith("checked")
    )
    assert answer(cast, **said).status_code == 303
    day = days and cast.harbour.today() + days * ONE_DAY
    assert StopAnswer.objects.get().look_again_on == day == look_again_on(cast)


def test_a_day_of_ones_own_is_today_at_the_earliest_and_is_asked_for(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=7)
    today = cast.harbour.today()
    assert "Choose the day." in text(answer(cast, look_again="day"))
    past = answer(cast, look_again="day", look_again_on=today - ONE_DAY)
    assert past.status_code == 422
    assert "Somebody looks again today at the earliest." in text(past)
    assert not StopAnswer.objects.exists()
    answer(cast, look_again="day", look_again_on=today + 9 * ONE_DAY)
    assert look_again_on(cast) == today + 9 * ONE_DAY


def test_the_patient_stands_under_follow_up_from_that_day(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=7)
    answer(cast)
    row = PatientSummary.objects.values().get(patient=cast.maya)
    clock.shift(2 * ONE_DAY)
    assert "Follow up" not in caseload(cast)
    assert "Look again on Thursday 5 March" in chart(browser(cast.elin), cast.maya)
    clock.shift(ONE_DAY)
    page = caseload(cast)
    assert page.index("Follow up") < page.index("Maya Roos")
    assert "Look again: today." in page
    assert PatientSummary.objects.values().get(patient=cast.maya) == row


def test_one_press_says_that_somebody_looked(clock: time_machine.Traveller, cast: Cast) -> None:
    acts.log(cast.plan, pain=7)
    answer(cast)
    clock.shift(3 * ONE_DAY)
    assert look(cast).status_code == 303
    assert "Follow up" not in caseload(cast)
    page = chart(browser(cast.elin), cast.maya)
    assert 'id="look-again"' not in page
    assert "<b>Looked again</b>" in page
    assert list(verify.differences()) == []


def test_a_look_on_a_day_gone_by_is_refused_and_keeps_the_words(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    yesterday = cast.harbour.today() - ONE_DAY
    refused = look(cast, words="Better <now>", look_again_on=yesterday)
    assert refused.status_code == 422
    assert 'value="Better <now>"' in text(refused)
    assert not LookedAgain.objects.exists()


def test_a_look_has_words_and_may_name_the_next_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=7)
    answer(cast)
    clock.shift(3 * ONE_DAY)
    today = cast.harbour.today()
    said: dict[str, Any] = {"words": "Better.", "look_again_on": today + 7 * ONE_DAY}
    for _ in range(2):
        assert look(cast, **said).status_code == 303
    assert LookedAgain.objects.get().words == "Better."
    assert look_again_on(cast) == today + 7 * ONE_DAY
    note = visit_note(cast.maya, today)
    for page in (chart(browser(cast.elin), cast.maya), note):
        assert "Look again 12 March" in page
        assert "Better." in page


def test_a_later_answer_says_anew_when_to_look_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=7)
    answer(cast)
    clock.shift(ONE_DAY)
    acts.log(cast.plan, pain=7)
    answer(cast, look_again="not")
    assert look_again_on(cast) is None


def test_a_number_put_right_by_the_patient_asks_nobody_to_look(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan, pain=7)
    answer(cast)
    day = look_again_on(cast)
    clock.shift(ONE_DAY)
    first = acts.log(cast.plan, pain=7)
    acts.log(cast.plan, pain=1, corrects=first)
    assert look_again_on(cast) == day


def test_who_is_not_cleared_is_looked_at_again_until_a_screening_clears_them(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    screening_verbs.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="To a doctor."
    )
    today = cast.harbour.today()
    assert look_again_on(cast) == today + ONE_DAY
    clock.shift(2 * ONE_DAY)
    assert look(cast, words="Waits for the picture.").status_code == 303
    assert look_again_on(cast) == today + 3 * ONE_DAY
    assert "Not cleared" in caseload(cast)
    screening_verbs.screen(patient=cast.maya, by=cast.elin)
    assert "Not cleared" not in caseload(cast)
    assert summaries.differing([cast.maya.pk]) == {}


def test_only_the_patients_own_clinic_looks_again(cast: Cast) -> None:
    assert look(cast, by=cast.ines).status_code == 404
    stop = acts.log(cast.plan, pain=7).stops.get()
    stop_verbs.answer(stop=stop, by=cast.omar, action="carry_on")
    assert look_again_on(cast) is None
