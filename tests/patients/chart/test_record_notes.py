"""A note for the clinic: kept as it was written, put right by another one, read by no patient."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import RecordNote
from patients.rules.refusals import Refused
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import record_notes as record_note_verbs
from tests import factories
from tests.cast import Cast
from tests.patients.clinic_pages import HTMX, browser, chart, text
from tests.patients.phone import phone_of

SAID = "Heard a click in the left hip. Wants to wait with the weight."


def write(cast: Cast, words: str = SAID, **said: Any) -> RecordNote:
    return record_note_verbs.write(patient=cast.maya, by=cast.elin, text=words, **said)


def record(cast: Cast) -> str:
    return text(browser(cast.omar).get(reverse("decisions", args=[cast.maya.pk])))


def notes_page(cast: Cast) -> str:
    return text(browser(cast.omar).get(reverse("record_notes", args=[cast.maya.pk])))


def test_a_note_written_on_the_chart_stands_there_and_in_the_record(cast: Cast) -> None:
    elin = browser(cast.elin)
    typed = {"client_id": "a", "text": SAID, "part": "told"}
    answer = elin.post(reverse("record_notes", args=[cast.maya.pk]), typed)
    assert answer["Location"].endswith(f"/patients/{cast.maya.pk}/#notes")
    for page in (chart(elin, cast.maya), record(cast), notes_page(cast)):
        assert page.count(SAID) == 1
        assert "Elin E." in page
    assert "Told · <a" in chart(elin, cast.maya)


def test_htmx_gets_the_notes_alone_and_an_empty_form(cast: Cast) -> None:
    typed = {"client_id": "a", "text": SAID, "part": "seen"}
    address = reverse("record_notes", args=[cast.maya.pk])
    page = text(browser(cast.elin).post(address, typed, headers=HTMX))
    assert page.startswith('<section id="notes"')
    assert "Note saved." in page
    assert page.count(SAID) == 1
    again = text(browser(cast.elin).post(address, {**typed, "text": ""}, headers=HTMX))
    assert "Write a few words first." in again


def test_no_page_of_the_patient_holds_a_note(cast: Cast) -> None:
    write(cast)
    phone = phone_of(cast.maya)
    for name in ("today", "history", "my_messages", "ladder", "report"):
        assert "click in the left hip" not in text(phone.get(reverse(name)))


def test_the_same_form_writes_one_note_and_other_words_another(cast: Cast) -> None:
    first = write(cast, client_id="form")
    assert write(cast, client_id="form") == first
    assert write(cast, "Other words.", client_id="form") != first
    assert write(cast, client_id="other form") != first
    assert RecordNote.objects.count() == 3


def test_a_note_put_right_keeps_both_in_the_record_and_one_on_the_chart(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    note = write(cast, part="seen")
    clock.shift(timedelta(days=1))
    address = reverse("record_note_put_right", args=[note.pk])
    omar = browser(cast.omar)
    assert SAID in text(omar.get(address))
    omar.post(address, {"client_id": "b", "text": "It was the right hip.", "part": "seen"})
    page = chart(omar, cast.maya)
    assert "It was the right hip." in page
    assert "click in the left hip" not in page
    for kept in (record(cast), notes_page(cast)):
        assert SAID in kept
        assert "It was the right hip." in kept
        assert kept.count("Put right 3 March by Omar O.") == 1


def test_a_note_taken_back_leaves_nothing_on_the_chart(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    note = write(cast)
    address = reverse("record_note_put_right", args=[note.pk])
    browser(cast.elin).post(address, {"text": "", "part": "judged"})
    assert "click in the left hip" not in chart(browser(cast.elin), cast.maya)
    assert "Taken back 2 March by Elin E." in record(cast)


def test_who_comes_second_reads_who_put_it_right_and_keeps_the_words(cast: Cast) -> None:
    note = write(cast)
    right: dict[str, Any] = {"note": note, "by": cast.omar, "text": "Right hip."}
    later = record_note_verbs.put_right(**right)
    assert record_note_verbs.put_right(**right) == later
    address = reverse("record_note_put_right", args=[note.pk])
    page = browser(cast.elin).post(address, {"text": "Both hips.", "part": "judged"})
    assert page.status_code == 422
    assert "Omar O. has already put this note right." in text(page)
    assert "Both hips." in text(page)


def test_a_note_needs_words_and_a_clinician_of_the_clinic(cast: Cast) -> None:
    for by, words, code in (
        (cast.elin, " ", "nothing_written"),
        (cast.elin, "x" * 4001, "too_long"),
        (cast.maya.user, "Hello.", "not_yours"),
        (cast.ines, "Hello.", "not_yours"),
    ):
        with pytest.raises(Refused) as refused:
            record_note_verbs.write(patient=cast.maya, by=by, text=words)
        assert refused.value.code == code
    assert not RecordNote.objects.exists()


def test_a_note_is_kept_without_a_plan_and_after_a_discharge(cast: Cast) -> None:
    elin = browser(cast.elin)
    typed = {"text": "Sent on to Dr Berg.", "part": "decided"}
    elin.post(reverse("record_notes", args=[cast.tomas.pk]), typed)
    assert "Sent on to Dr Berg." in chart(elin, cast.tomas)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    elin.post(reverse("record_notes", args=[cast.maya.pk]), typed)
    assert "Sent on to Dr Berg." in chart(elin, cast.maya)


def test_a_note_stands_under_the_plan_that_ran_and_the_first_has_those_before_it(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    record_note_verbs.write(patient=cast.tomas, by=cast.elin, text="Before the plan.")
    clock.shift(60)
    first = factories.plan(cast.tomas)
    record_note_verbs.write(patient=cast.tomas, by=cast.elin, text="On the first plan.")
    plan_verbs.end(plan=first, by=cast.elin)
    clock.shift(60)
    factories.plan(cast.tomas)
    record_note_verbs.write(patient=cast.tomas, by=cast.elin, text="On the second plan.")
    page = text(browser(cast.elin).get(reverse("decisions", args=[cast.tomas.pk])))
    newest, _heading, oldest = page.partition(f'id="plan-{first.pk}"')
    assert [newest.count(words) for words in ("Before", "On the first", "On the second")] == [
        0,
        0,
        1,
    ]
    assert [oldest.count(words) for words in ("Before", "On the first", "On the second")] == [
        1,
        1,
        0,
    ]
