"""Writing practice down through the front door: once, whole, and nothing that was typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import Draft, Practice, Report, Stop
from patients.verbs import move_edition
from patients.verbs import plan as plan_verbs
from tests import factories, ladders
from tests.cast import Cast
from tests.patients import acts
from tests.patients.conftest import MONDAY
from tests.patients.people import carers
from tests.patients.phone import level_of, phone_of, save, sheet, words_of

HTMX = {"HX-Request": "true"}


def test_what_was_done_is_saved_and_the_page_says_when(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    answer = save(phone, MONDAY.date(), pain=4, effort="right", new="no", note="The stick helps.")
    assert answer.status_code == 303
    assert answer["Location"] == reverse("today")
    entry = cast.plan.practices.get()
    assert (entry.pain, entry.effort, entry.leg, entry.note) == (
        4,
        "right",
        "none",
        "The stick helps.",
    )
    assert [one["reps"] for one in entry.sets] == [10, 10]
    page = phone.get(reverse("today")).content.decode()
    assert "Saved for Monday 2 March." in page
    assert "At 09:00." in page
    assert "4 of 10, ease off" in page
    assert "Ease off next time." in page


def test_a_phone_with_javascript_is_sent_to_the_page_of_the_day(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    today = cast.harbour.today()
    answer = phone.post(
        reverse("log_day", args=[today]), sheet(phone) | {"done-1": "1"}, headers=HTMX
    )
    assert answer["HX-Redirect"] == reverse("today")


def test_nothing_is_preselected_and_what_was_not_answered_is_not_reported(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    today = cast.harbour.today()
    given = sheet(phone)
    assert not {"pain", "new", "kind", "effort", "why_stopped"} & given.keys()
    save(phone, today)
    entry = cast.plan.practices.get()
    assert (entry.pain, entry.leg, entry.effort, entry.band) == (None, None, None, None)
    page = phone.get(reverse("today")).content.decode()
    assert "not reported" in page
    assert "0 of 10" not in page


def test_no_pain_is_a_number_like_any_other(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    save(phone, cast.harbour.today(), pain=0)
    assert cast.plan.practices.get().pain == 0
    assert "0 of 10, fine" in phone.get(reverse("today")).content.decode()


def test_the_same_form_sent_twice_is_one_entry_and_with_other_content_asks_which_counts(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    path = reverse("log_day", args=[cast.harbour.today()])
    said = sheet(phone) | {"done-1": "1", "pain": "2"}
    assert [phone.post(path, said).status_code for _ in range(3)] == [303, 303, 303]
    answer = phone.post(path, said | {"pain": "6"})
    assert answer.status_code == 422
    assert "This day is logged already" in words_of(answer)
    assert cast.plan.practices.get().pain == 2
    assert phone.post(path, hidden(answer)).status_code == 303
    assert Practice.objects.standing().get().pain == 6


def hidden(answer: Any) -> dict[str, str]:
    """What a page sends that asks about a sheet, whichever button is pressed."""
    page = words_of(answer)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_second_phone_reads_what_was_saved_before_and_keeps_it_or_replaces_it(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    path = reverse("log_day", args=[cast.harbour.today()])
    first = sheet(phone) | {"did": "some"}
    second = sheet(phone)
    phone.post(path, first | {"done-1": "1", "note": "From the first."})
    answer = phone.post(path, second | {"note": "second phone"})
    assert answer.status_code == 422
    page = words_of(answer)
    for words in ("From the first.", "1 of 2", "second phone", "2 of 2: 10, 10", "Keep that"):
        assert words in page
    assert cast.plan.practices.get().note == "From the first."
    assert phone.post(path, hidden(answer)).status_code == 303
    assert Practice.objects.standing().get().note == "second phone"
    assert Practice.objects.count() == 2


def test_a_carer_does_not_replace_what_the_patient_logged_nor_read_it(cast: Cast) -> None:
    helped = phone_of(carers.named(cast))
    path = reverse("log_day", args=[cast.harbour.today()])
    given = sheet(helped) | {"done-1": "1", "note": "He did one."}
    save(phone_of(cast.maya), cast.harbour.today(), note="Mine alone.")
    page = words_of(helped.post(path, given))
    assert "Somebody else wrote it, so you cannot change it." in page
    assert "He did one." in page
    assert "Mine alone." not in page
    assert "Replace it" not in page


def test_no_set_tapped_asks_how_many_were_done_directly_above_save(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    path = reverse("log_day", args=[cast.harbour.today()])
    given = sheet(phone) | {"did": "some", "pain": "2", "note": "Easy."}
    page = words_of(phone.post(path, given))
    note = page.partition('id="refused"')[2]
    assert "Which sets did you do?" in note
    assert 0 < note.index("Save for") < 2000
    assert phone.post(path, given | {"did": "all"}).status_code == 303
    entry = cast.plan.practices.get()
    assert ([one["reps"] for one in entry.sets], entry.pain) == ([10, 10], 2)


def test_no_set_done_logs_nothing_and_the_clinic_reads_the_note_and_the_number(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    path = reverse("log_day", args=[cast.harbour.today()])
    given = sheet(phone) | {"pain": "4", "note": "Too sore to begin.", "did": "none"}
    page = words_of(phone.post(path, given, follow=True))
    assert "No practice is logged for" in page
    assert "What you told of your body is kept." in page
    assert not Practice.objects.exists()
    assert cast.maya.messages.get().text == "Too sore to begin."
    assert Report.objects.get().pain == 4


def test_a_sheet_of_a_ladder_that_was_renewed_meanwhile_is_saved_with_the_next_press(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    path = reverse("log_day", args=[cast.harbour.today()])
    given = sheet(phone) | {"done-1": "1", "note": "Before the change."}
    move_edition.move(plan=cast.plan, ladder=ladders.next_edition(cast.plan.ladder), by=cast.elin)
    answer = phone.post(path, given)
    assert "Look at the drill of now, then save once more." in words_of(answer)
    level = re.findall(r'type="hidden" name="level" value="(\d+)"', words_of(answer))[0]
    assert phone.post(path, given | {"level": level}).status_code == 303
    assert Practice.objects.get().note == "Before the change."


def _all_but_of_the_body() -> dict[str, list[str]]:
    """The number and the leg are kept even if the log is refused."""
    rows = acts.everything()
    return {table: rows[table] for table in rows.keys() - acts.OF_THE_BODY}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"did": "some"}, "Tap the sets that you did."),
        ({"reps-1": "ten"}, "Repetitions are a whole number from 0 to 200."),
        ({"done-1": "1", "reps-1": "-3"}, "Repetitions are a whole number from 0 to 200."),
        ({"done-1": "1", "reps-1": "9" * 5000}, "Repetitions are a whole number from 0 to 200."),
        ({"done-1": "1", "reps-1": "ten"}, "Repetitions are a whole number from 0 to 200."),
        ({"done-1": "1", "reps-1": ""}, "Repetitions are a whole number from 0 to 200."),
        ({"done-1": "1", "load-1": "NaN"}, "The weight is 0 to 500 kg."),
        ({"done-1": "1", "pain": "11"}, "Pain is a number from 0 to 10."),
        ({"done-1": "1", "pain": "-1"}, "Pain is a number from 0 to 10."),
        ({"done-1": "1", "pain": "lots"}, "Pain is a number from 0 to 10."),
        ({"done-1": "1", "effort": "heroic"}, "Choose one of the answers shown."),
        ({"done-1": "1", "new": "yes"}, "Tick what is new or worse."),
        ({"done-1": "1", "note": "x" * 10_000}, "Keep it under 1000 characters."),
        ({"done-1": "1", "client_id": ""}, "The form has lost its number."),
        ({"done-1": "1", "level": "999999"}, "This belongs to another ladder."),
        ({"done-1": "1", "level": "x"}, "This belongs to another ladder."),
        ({"done-1": "1", "corrects": "12345"}, "There is no such entry to correct"),
        ({"done-1": "1", "corrects": "x"}, "There is no such entry to correct"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_nothing_half_saved(
    cast: Cast, said: dict[str, str], words: str
) -> None:
    phone = phone_of(cast.maya)
    typed = "<b>bold</b> 😀 שלום"
    given = sheet(phone) | {"note": typed, "pain": "3"} | said
    before = _all_but_of_the_body()
    answer = phone.post(reverse("log_day", args=[cast.harbour.today()]), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert (said.get("note") or "&lt;b&gt;bold&lt;/b&gt; 😀 שלום") in page
    if "pain" not in said:
        assert 'name="pain" value="3" data-says="fine" checked' in page
    assert _all_but_of_the_body() == before


def test_html_emoji_and_right_to_left_are_kept_as_they_were_written(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    note = "<script>alert(1)</script> 😀 שלום عرض"
    save(phone, cast.harbour.today(), note=note)
    assert cast.plan.practices.get().note == note
    for path in (reverse("today"), reverse("history"), reverse("my_messages")):
        page = phone.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; 😀 שלום عرض" in page


def test_a_forged_post_to_a_locked_level_is_refused(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    said = sheet(phone) | {"done-1": "1", "level": str(level_of(5).pk)}
    answer = phone.post(reverse("log_day", args=[cast.harbour.today()]), said)
    assert answer.status_code == 422
    assert "was not open on" in answer.content.decode()
    assert not Practice.objects.exists()


def test_having_had_to_stop_before_the_first_set_can_be_said(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    said = sheet(phone) | {"effort": "stopped", "why_stopped": "tired"}
    assert phone.post(reverse("log_day", args=[cast.harbour.today()]), said).status_code == 303
    page = phone.get(reverse("today")).content.decode()
    assert "Had to stop: tired" in page
    assert "0 of 2" in page


def test_a_reason_for_stopping_is_dropped_once_the_effort_says_otherwise(cast: Cast) -> None:
    save(phone_of(cast.maya), cast.harbour.today(), effort="easy", why_stopped="pain")
    assert cast.plan.practices.get().why_stopped is None


def test_every_set_counts_as_done_without_a_tap_unless_somebody_had_to_stop(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    address = reverse("log_day", args=[cast.harbour.today()])
    said = sheet(phone)
    assert said["did"] == "all"
    answer = phone.post(address, said)
    assert answer.status_code == 422
    assert "Tap a number, or answer one of the other questions." in answer.content.decode()
    assert phone.post(address, said | {"effort": "stopped"}).status_code == 303
    assert [one["reps"] for one in Practice.objects.get().sets] == [0]
    said = sheet(phone, address)
    assert said["did"] == "some"
    again = {"did": "all", "effort": "easy", "reps-1": "10", "reps-2": "9"}
    assert phone.post(address, said | again).status_code == 303
    assert [one["reps"] for one in Practice.objects.latest("pk").sets] == [10, 9]


def test_sets_are_kept_as_they_are_tapped_each_in_its_place(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    answer = phone.post(
        reverse("draft"), sheet(phone) | {"done-2": "1", "reps-2": "7"}, headers=HTMX
    )
    assert "1 of 2 done" in answer.content.decode()
    given = sheet(phone_of(cast.maya))
    assert "done-1" not in given
    assert (given["done-2"], given["reps-2"]) == ("1", "7")
    save(phone, cast.harbour.today())
    assert not Draft.objects.exists()


def test_an_entry_is_changed_by_a_new_row_and_the_first_one_stays(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    today = cast.harbour.today()
    save(phone, today, pain=2, note="first")
    path = reverse("log_day", args=[today])
    given = sheet(phone, path)
    assert (given["pain"], given["note"], given["done-1"]) == ("2", "first", "1")
    assert save(phone, today, path=path, pain=3).status_code == 303
    assert [(one.pain, one.corrects_id is None) for one in Practice.objects.order_by("pk")] == [
        (2, True),
        (3, False),
    ]
    assert "3 of 10" in phone.get(reverse("today")).content.decode()


def test_a_wrong_number_is_put_right_the_same_day_and_lifts_the_stop(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    today = MONDAY.date()
    save(phone, today, pain=7)
    page = phone.get(reverse("today")).content.decode()
    assert f'href="{reverse("log_day", args=[today])}?wrong=number#pain"' in page
    save(phone, today, path=reverse("log_day", args=[today]) + "?wrong=number", pain=2)
    assert not Stop.objects.unanswered().exists()
    assert "Done for today" in phone.get(reverse("today")).content.decode()


def test_a_day_later_the_wrong_number_is_for_the_clinician_to_answer(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    today = MONDAY.date()
    save(phone, today, pain=7)
    clock.move_to(MONDAY + timedelta(days=1))
    assert "I tapped the wrong number" not in phone.get(reverse("today")).content.decode()
    save(phone, today, path=reverse("log_day", args=[today]), pain=2)
    assert Stop.objects.unanswered().exists()


def test_a_forgotten_day_can_be_added_for_a_week_with_the_level_of_that_time(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    clock.move_to(MONDAY + timedelta(days=7))
    factories.pass_open_rung(cast.plan, by=cast.elin)
    assert (
        reverse("log_day", args=[MONDAY.date()]) in phone.get(reverse("history")).content.decode()
    )
    answer = save(phone, MONDAY.date(), path=reverse("log_day", args=[MONDAY.date()]), pain=1)
    assert answer["Location"] == reverse("history")
    entry = cast.plan.practices.get()
    assert (entry.done_on, entry.level) == (MONDAY.date(), level_of(1))


def test_a_forgotten_day_with_high_pain_leads_to_the_stop_page(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.move_to(MONDAY + timedelta(days=2))
    phone = phone_of(cast.maya)
    day = MONDAY.date()
    assert save(phone, day, path=reverse("log_day", args=[day]), pain=9)["Location"] == reverse(
        "today"
    )


@pytest.mark.parametrize("days", [1, -8])
def test_tomorrow_and_eight_days_ago_are_closed(
    clock: time_machine.Traveller, cast: Cast, days: int
) -> None:
    clock.move_to(MONDAY + timedelta(days=20))
    phone = phone_of(cast.maya)
    day = (MONDAY + timedelta(days=20 + days)).date()
    path = reverse("log_day", args=[day])
    assert "This day is closed" in phone.get(path).content.decode()
    answer = phone.post(path, sheet(phone) | {"done-1": "1"})
    assert answer.status_code == 422
    assert "Practice can be logged for today and the past seven days." in answer.content.decode()
    assert not Practice.objects.exists()


def test_a_weight_can_be_adjusted_also_with_a_comma(cast: Cast) -> None:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    plan_verbs.prescribe(plan=cast.plan, level=level_of(6), by=cast.elin, sets=2, reps=8, load=12)
    save(phone_of(cast.maya), cast.harbour.today(), **{"load-1": "10,5"})
    assert [one["load"] for one in cast.plan.practices.get().sets] == [10.5, 12.0]
