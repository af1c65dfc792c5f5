"""A letter to a doctor: what it says, what is kept of it, and how it is put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import Letter, Stop
from patients.papers.letter import Typed, letter_text
from patients.papers.visit_note import visit_note
from patients.rules.refusals import Refused
from patients.verbs import activities as activity_verbs
from patients.verbs import letters as letter_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of
from tests.patients.telling import told

DAY = timedelta(days=1)
TYPED = {
    "client_id": "a",
    "addressee": "Dr Anna Berg\nHarbour Health Centre",
    "why": "New numbness in the left leg.",
    "words": "Could you see her this week?",
}


def send(cast: Cast, query: str = "", **typed: str) -> Any:
    address = reverse("letter", args=[cast.maya.pk]) + query
    return browser(cast.elin).post(address, TYPED | typed)


def written(cast: Cast, by: str = "Dr Berg") -> str:
    return letter_text(cast.maya, cast.elin, Typed(by))


def test_a_letter_is_kept_as_it_is_read_printed_and_copied(cast: Cast) -> None:
    answer = send(cast)
    kept = Letter.objects.get()
    assert answer["Location"] == reverse("written_letter", args=[kept.pk])
    for words in (TYPED["addressee"], TYPED["why"], TYPED["words"], "Dear colleague,", "Elin Ek"):
        assert words in kept.text
    page = browser(cast.omar).get(answer["Location"]).content.decode()
    assert page.count("Could you see her this week?") == 2  # to copy, and to print
    cast.maya.name = "Maya Rose"
    cast.maya.save()
    assert "About: Maya Roos" in browser(cast.omar).get(answer["Location"]).content.decode()


def test_the_same_form_keeps_one_letter(cast: Cast) -> None:
    assert send(cast)["Location"] == send(cast)["Location"]
    assert Letter.objects.count() == 1
    send(cast, words="Today, please.")
    assert Letter.objects.count() == 2


def test_looking_first_keeps_nothing_and_loses_nothing(cast: Cast) -> None:
    answer = send(cast, look="1")
    assert answer.status_code == 200
    assert not Letter.objects.exists()
    assert text(answer).count(TYPED["why"]) == 2  # in its field, and in the letter


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"addressee": "  "}, "Write to whom the letter goes."),
        ({"words": "x" * 4001}, "Keep it under 4000 characters."),
        ({"why": "x" * 1001}, "Keep it under 1000 characters."),
    ],
)
def test_what_cannot_be_kept_gets_a_sentence_and_stays_typed(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    answer = send(cast, **typed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Harbour Health Centre" in text(answer) or "addressee" in typed
    assert not Letter.objects.exists()


def test_the_next_letter_begins_with_the_same_addressee_and_no_other_word(cast: Cast) -> None:
    send(cast)
    page = text(browser(cast.elin).get(reverse("letter", args=[cast.maya.pk])))
    assert "Harbour Health Centre" in page
    assert TYPED["words"] not in page


def test_a_letter_written_anew_names_the_one_that_it_replaces(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    send(cast)
    first = Letter.objects.get()
    clock.shift(DAY)
    query = f"?instead={first.pk}"
    page = text(browser(cast.elin).get(reverse("letter", args=[cast.maya.pk]) + query))
    assert TYPED["words"] in page
    send(cast, query, client_id="b", words="Today, please.")
    later = Letter.objects.get(takes_back=first)
    page = text(browser(cast.elin).get(reverse("written_letter", args=[first.pk])))
    assert "Replaced by the letter of 3 March 2026." in page
    assert reverse("written_letter", args=[later.pk]) in page
    record = text(browser(cast.elin).get(reverse("decisions", args=[cast.maya.pk])))
    assert record.count("Letter to Dr Anna Berg") == 2
    assert "Replaced by another letter 3 March" in record
    refused = send(cast, query, client_id="c", words="Now, please.")
    assert refused.status_code == 422
    assert "Elin E. has already written another letter in its place." in text(refused)


def test_the_letter_stands_in_the_visit_note_and_on_no_page_of_the_patient(cast: Cast) -> None:
    send(cast)
    line = "- Letter to Dr Anna Berg (Elin Ek). New numbness in the left leg."
    assert line in visit_note(cast.maya, cast.harbour.today())
    phone = phone_of(cast.maya)
    for name in ("today", "history", "my_messages"):
        assert "Dr Anna Berg" not in text(phone.get(reverse(name)))


def test_only_a_clinician_of_the_clinic_writes(cast: Cast) -> None:
    for by in (cast.maya.user, cast.ines):
        with pytest.raises(Refused) as refused:
            letter_verbs.write(patient=cast.maya, by=by, addressee="Dr Berg", text="Hello.")
        assert refused.value.code == "not_yours"


def test_a_letter_says_stops_with_what_was_found(clock: time_machine.Traveller, cast: Cast) -> None:
    told(cast.maya, "numb", side="right", since="week")
    stop = Stop.objects.unanswered().get()
    stop_verbs.answer(stop=stop, by=cast.omar, action="carry_on", word="Go on.", **acts.SEEN)
    said = written(cast)
    assert "- 2 March: Numb or tingling leg, right; since this week. Stop answered 2 March" in said
    assert "Seen here 2 March 09:00: Strength and sensation equal." in said
    clock.shift(timedelta(weeks=7))
    assert "Numb or tingling" not in written(cast)
    assert "Nothing new was reported, and nothing was stopped, in the last 6 weeks." in written(
        cast
    )


def test_a_letter_says_practice_pain_load_and_scores_in_brief(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    plan = factories.plan(cast.tomas, passed=5)
    level = acts.level(plan, 6)
    plan_verbs.prescribe(plan=plan, level=level, by=cast.elin, sets=1, reps=8, load=16)
    lift, garden = activity_verbs.set_activities(
        patient=cast.tomas, by=cast.elin, words=["Lift", "Garden"]
    )
    activity_verbs.rate(patient=cast.tomas, by=cast.tomas.user, scores={lift.pk: 3, garden.pk: 4})
    for pain in (3, 1, None):
        clock.shift(DAY)
        sets = [{"side": None, "reps": 8, "seconds": None, "load": 16}]
        acts.log(plan, level=level, pain=pain, sets=sets)
    said = letter_text(cast.tomas, cast.elin, Typed())
    assert "practised on 3 of " in said
    assert (
        "Pain during practice: 1/10 on 4 March, at most 3/10 (3 March), not reported on 1 day."
        in said
    )
    assert f"Load: heaviest lift 8 × 16 kg on 5 March, {level}." in said
    assert "At home: " in said
    assert "- Mean: 3.5 on 2 March" in said


def test_a_letter_says_precautions_and_the_outcome_without_a_plan_too(cast: Cast) -> None:
    people_verbs.take_intake(
        patient=cast.tomas, by=cast.elin, usual_pain=3, reason="Back pain.", goal="Run."
    )
    screening_verbs.screen(
        patient=cast.tomas,
        by=cast.elin,
        items={"infection": "yes", "osteoporosis": "yes"},
        notes={"osteoporosis": "Wrist in May."},
        outcome="not_cleared",
        words="Sent to you today.",
    )
    said = letter_text(cast.tomas, cast.elin, Typed("Dr Berg", "Fever.", ""))
    assert "Reason for physiotherapy: Back pain.\nOwn goal: Run.\n" in said
    assert "Precautions: Osteoporosis" in said
    assert "(Wrist in May)." in said
    assert "not cleared. Red flags told: fever" in said
    assert "Sent to you today." in said
    assert "Load" not in said
    page = text(browser(cast.elin).get(reverse("chart", args=[cast.tomas.pk])))
    assert reverse("letter", args=[cast.tomas.pk]) in page


def test_the_summary_says_the_outcome_the_load_and_why_somebody_was_sent(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    cast.tomas.referral_note = "From Dr Berg: back pain."
    cast.tomas.save()
    plan = factories.plan(cast.tomas, passed=5)
    level = acts.level(plan, 6)
    plan_verbs.prescribe(plan=plan, level=level, by=cast.elin, sets=1, reps=8, load=16)
    screening_verbs.screen(patient=cast.tomas, by=cast.elin, items=None)
    sets = [{"side": None, "reps": 8, "seconds": None, "load": 16}]
    acts.log(plan, level=level, pain=1, sets=sets)
    page = text(browser(cast.elin).get(reverse("plan_summary", args=[cast.tomas.pk])))
    assert "From Dr Berg: back pain." in page
    assert "Screened 2 March 2026 by Elin Ek: cleared. No red flag told." in page
    assert f"Heaviest lift 8 × 16 kg on 2 March, {level}." in page


def test_nobody_is_called_cleared_while_something_urgent_waits(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "saddle")
    waits = "Not cleared while it waits for an answer: numb between the legs."
    page = text(browser(cast.elin).get(reverse("plan_summary", args=[cast.maya.pk])))
    day = cast.harbour.today()
    for words in (written(cast), page, visit_note(cast.maya, day)):
        assert waits in words
    clock.shift(DAY)
    stop = Stop.objects.unanswered().get()
    stop_verbs.answer(stop=stop, by=cast.omar, action="carry_on", word="Go on.", **acts.SEEN)
    for words in (written(cast), visit_note(cast.maya, day + DAY)):
        assert "Not cleared while" not in words
    assert waits in visit_note(cast.maya, day)
