"""A word to the clinic and a word back."""

from __future__ import annotations

import time_machine
from django.urls import reverse
from django.utils import timezone

from patients.models import Message
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.phone import phone_of, save


def test_a_note_reaches_the_physio_and_the_answer_marks_it_read(cast: Cast) -> None:
    acts.log(cast.plan, note="Felt stiff.")
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.unread_since is not None
    message_verbs.write(plan=cast.plan, by=cast.omar, text="That is usual.")
    assert Message.objects.get(from_patient=True).read_at is not None
    assert Message.objects.get(from_patient=False).read_at is None
    message_verbs.mark_read(plan=cast.plan, by=cast.maya.user)
    assert not Message.objects.filter(read_at=None).exists()


def test_the_same_words_pressed_twice_are_one_message(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = message_verbs.write(plan=cast.plan, by=cast.maya.user, text=" Hello ")
    assert message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello") == first
    clock.shift(61)
    assert message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Hello") != first
    assert first.at < timezone.now()


def test_only_the_two_sides_write_and_read(cast: Cast) -> None:
    for by in (cast.ines, cast.noor.user):
        with refused("not_the_patient"):
            message_verbs.write(plan=cast.plan, by=by, text="Hello")
        with refused("not_the_patient"):
            message_verbs.mark_read(plan=cast.plan, by=by)
    with refused("nothing_written"):
        message_verbs.write(plan=cast.plan, by=cast.maya.user, text=" \x00 ")
    with refused("too_long"):
        message_verbs.write(plan=cast.plan, by=cast.maya.user, text="x" * 10_000)


def test_a_note_that_was_not_changed_is_not_sent_again_with_the_corrected_number(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    today = cast.harbour.today()
    save(phone, today, pain=5, note="After the garden.\nFelt stiff.")
    change = reverse("log_day", args=[today])
    assert save(phone, today, path=change, pain=2).status_code == 303
    assert [one.pain for one in cast.plan.practices.order_by("pk")] == [5, 2]
    assert Message.objects.count() == 1
    save(phone, today, path=change, note="All well now.")
    assert [one.text.split()[0] for one in Message.objects.order_by("pk")] == ["After", "All"]


def test_a_patient_reads_what_was_written_in_the_order_of_time(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Written second.")
    clock.shift(-3600)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Written first.")
    clock.shift(7200)
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Written last.")
    page = phone_of(cast.maya).get(reverse("my_messages")).content.decode()
    places = [page.index(f"Written {when}.") for when in ("first", "second", "last")]
    assert places == sorted(places)
    assert page.index('id="newest"') < places[-1]


def test_words_sent_after_a_discharge_come_back_with_the_number_to_call(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = phone.post(reverse("my_messages"), {"text": "My leg is numb"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was sent" in page
    assert "My leg is numb" in page
    assert cast.harbour.phone in page
    assert not Message.objects.exists()
