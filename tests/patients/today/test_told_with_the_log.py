"""What a log tells of pain and of a leg is kept first, whatever becomes of the log."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from patients.models import Patient, Practice, Report, Stop
from patients.summaries import verify
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart
from tests.patients.phone import phone_of, save, sheet, words_of


def send_sheet(patient: Patient, **typed: Any) -> Any:
    """The sheet of the day without a single set."""
    phone = phone_of(patient)
    data = {"client_id": "the sheet", "level": "", "reps-1": "10"} | typed
    return phone.post(reverse("log_day", args=[patient.clinic.today()]), data, follow=True)


def test_a_refused_log_keeps_a_weak_leg_and_says_at_once_where_to_call(cast: Cast) -> None:
    page = words_of(send_sheet(cast.maya, kind="weak"))
    assert "Get medical care now" in page
    row = Report.objects.get()
    assert (row.asked, row.urgency, row.kinds[0]["kind"]) == ("log", "now", "weak")
    assert not Practice.objects.exists()


def test_a_refused_log_keeps_the_number_and_says_so(cast: Cast) -> None:
    answer = send_sheet(cast.maya, pain="9", note="Too much.")
    assert answer.status_code == 422
    assert "What you told of your body is kept already." in words_of(answer)
    assert "Too much." in words_of(answer)
    row = Report.objects.get()
    assert (row.pain, row.asked) == (9, "log")
    (stop,) = Stop.objects.all()
    assert (stop.cause, stop.high, stop.report) == ("pain", True, row)


def test_a_refused_log_sent_again_tells_it_once_and_its_entry_makes_no_second_stop(
    cast: Cast,
) -> None:
    for _ in range(2):
        send_sheet(cast.maya, pain="9")
    level = acts.level(cast.plan)
    send_sheet(cast.maya, pain="9", level=str(level.pk), **{"done-1": "1"})
    entry = Practice.objects.get()
    assert entry.report == Report.objects.get()
    assert (entry.pain, entry.band) == (9, "stop")
    assert Stop.objects.count() == 1


def test_a_refused_log_that_tells_nothing_of_the_body_keeps_nothing(cast: Cast) -> None:
    send_sheet(cast.maya, note="Hello.")
    assert not Report.objects.exists()


def log(patient: Patient, **typed: Any) -> Any:
    """The sheet of the day with a set."""
    level = acts.level(patient.plans.get())
    typed = {"client_id": acts.new_id(), "level": str(level.pk), "done-1": "1"} | typed
    return send_sheet(patient, **typed)


def test_a_sign_told_with_the_log_has_its_side_and_waits_once(cast: Cast) -> None:
    page = words_of(log(cast.maya, growing="no", pain="2", **{"side-weak": "left"}))
    assert "A doctor needs to look at this today" in page
    assert "my left leg is weak" in page
    entry = Practice.objects.get()
    assert entry.report == Report.objects.get()
    (stop,) = Stop.objects.all()
    assert (stop.cause, stop.report) == ("today", entry.report)


def test_a_sign_and_high_pain_in_one_log_are_two_stops_and_no_more(cast: Cast) -> None:
    log(cast.maya, pain="9", **{"side-numb": "right"})
    assert sorted(stop.cause for stop in Stop.objects.all()) == ["numb", "pain"]


def test_a_correction_of_the_log_says_what_is_true_instead(cast: Cast) -> None:
    log(cast.maya, pain="9", **{"side-below_knee": "left"})
    first = Practice.objects.get()
    assert Stop.objects.unanswered().count() == 2
    log(cast.maya, new="no", pain="1", corrects=str(first.pk))
    assert not Stop.objects.unanswered().exists()
    assert Report.objects.count() == 2
    log(
        cast.maya,
        pain="1",
        corrects=str(Practice.objects.standing().get().pk),
        **{"side-weak": "both"},
    )
    assert [stop.cause for stop in Stop.objects.unanswered()] == ["now"]


def test_the_leg_of_an_older_entry_makes_no_second_stop_when_the_log_is_corrected(
    cast: Cast,
) -> None:
    entry = acts.log(cast.plan, leg="numb", pain=1)
    log(cast.maya, kind="numb", pain="2", corrects=str(entry.pk))
    assert Stop.objects.count() == 1
    assert not Report.objects.exists()


def test_several_signs_of_one_log_are_kept_each_with_its_side_and_their_sum_decides(
    cast: Cast,
) -> None:
    sides = {"side-numb": "left", "side-below_knee": "right"}
    log(cast.maya, pain="1", kind=["numb", "below_knee", "fall"], since="week", **sides)
    entry = Practice.objects.get()
    assert entry.report is not None
    assert [(sign.kind, sign.side) for sign in entry.report.signs] == [
        ("numb", "left"),
        ("below_knee", "right"),
        ("fall", None),
    ]
    assert (entry.leg, entry.band, entry.report.since) == ("numb", "stop", "week")
    assert sorted(stop.cause for stop in Stop.objects.all()) == ["below_knee", "fall", "numb"]
    assert list(verify.differences()) == []


def test_a_sign_that_is_none_of_a_leg_stops_the_log_too(cast: Cast) -> None:
    page = words_of(log(cast.maya, pain="0", kind="fever"))
    assert "A doctor needs to look at this today" in page
    entry = Practice.objects.get()
    assert (entry.leg, entry.band) == (None, "stop")


def test_something_else_told_with_the_log_is_a_message_and_stops_nothing(cast: Cast) -> None:
    log(cast.maya, pain="0", kind="other", words="My shoulder clicks.")
    entry = Practice.objects.get()
    assert entry.band == "fine"
    assert cast.maya.messages.get().text == "My shoulder clicks."
    assert not Stop.objects.exists()


def test_no_beside_a_tick_asks_which_is_right_and_keeps_the_tick(cast: Cast) -> None:
    answer = log(cast.maya, pain="0", new="no", **{"side-numb": "left"})
    assert answer.status_code == 422
    assert "You chose “No”, but something is ticked. Which is right?" in words_of(answer)
    assert not Practice.objects.exists()
    assert [stop.cause for stop in Stop.objects.all()] == ["numb"]


def test_a_correction_of_the_sets_alone_takes_no_sign_back(cast: Cast) -> None:
    log(cast.maya, pain="3", since="today", **{"side-numb": "left"})
    phone = phone_of(cast.maya)
    day = cast.harbour.today()
    for reps in ("8", "7"):
        save(phone, day, path=reverse("log_day", args=[day]), **{"reps-1": reps})
    entry = Practice.objects.standing().get()
    assert (entry.sets[0]["reps"], entry.leg, entry.band) == (7, "numb", "stop")
    assert Report.objects.count() == 1
    stop = Stop.objects.get()
    assert not stop.taken_back
    assert "took back" not in words_of(phone.get(reverse("today")))
    page = chart(browser(cast.elin), cast.maya)
    assert "eported, then" not in page
    assert list(verify.differences()) == []


def test_a_sign_that_is_told_more_exactly_is_not_taken_back(cast: Cast) -> None:
    log(cast.maya, pain="3", **{"side-numb": "left"})
    phone = phone_of(cast.maya)
    day = cast.harbour.today()
    save(phone, day, path=reverse("log_day", args=[day]), pain="4", since="week")
    assert Report.objects.count() == 2
    assert not Stop.objects.get().taken_back
    page = chart(browser(cast.elin), cast.maya)
    assert "No stop came of it" not in page
    save(phone, day, path=reverse("log_day", args=[day]), kind=[], new="no", **{"side-numb": ""})
    assert Stop.objects.get().taken_back


def test_the_name_of_a_box_is_nobodys_message(cast: Cast) -> None:
    send_sheet(cast.maya, kind=["weak", "fever"])
    assert not cast.maya.messages.exists()


def test_the_note_of_a_log_that_is_not_saved_for_an_urgent_sign_reaches_the_clinic(
    cast: Cast,
) -> None:
    note = "It began when I lifted my boy on Friday."
    page = words_of(send_sheet(cast.maya, kind="saddle", note=note))
    assert "Get medical care now" in page
    assert "Elin reads your note." in page
    assert cast.maya.messages.get().text == note
    assert not Practice.objects.exists()


def test_a_log_that_is_changed_shows_what_was_ticked_and_tells_it_no_second_time(
    cast: Cast,
) -> None:
    log(cast.maya, pain="3", kind=["weak"], growing="no", since="today", **{"side-weak": "left"})
    first = Practice.objects.get()
    phone = phone_of(cast.maya)
    shown = sheet(phone, reverse("log_day", args=[cast.harbour.today()]))
    assert (shown["new"], shown["kind"], shown["side-weak"]) == ("yes", "weak", "left")
    assert (shown["growing"], shown["since"]) == ("no", "today")
    save(phone, cast.harbour.today(), path=reverse("log_day", args=[cast.harbour.today()]), pain=2)
    assert Practice.objects.standing().get().corrects == first
    assert Stop.objects.unanswered().count() == 1


def test_words_without_a_tick_are_kept_too(cast: Cast) -> None:
    log(cast.maya, pain="0", words="It burns in my foot.")
    assert Practice.objects.get().report == Report.objects.get()
    assert cast.maya.messages.get().text == "It burns in my foot."


def test_the_clinic_reads_that_the_number_of_a_log_is_of_the_practice(cast: Cast) -> None:
    log(cast.maya, pain="4", **{"side-numb": "left"})
    page = chart(browser(cast.elin), cast.maya)
    assert "Pain 4/10 at its highest while practising." in page
    assert "Pain 4/10 now" not in page
