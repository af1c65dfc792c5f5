"""A word to the clinic and a word back."""

from __future__ import annotations

import time_machine
from django.utils import timezone

from patients import messages
from patients.models import Message
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused


def test_a_note_reaches_the_physio_and_the_answer_marks_it_read(cast: Cast) -> None:
    acts.log(cast.plan, note="Felt stiff.")
    cast.maya.summary.refresh_from_db()
    assert cast.maya.summary.unread_since is not None
    messages.write(plan=cast.plan, by=cast.omar, text="That is usual.")
    assert Message.objects.get(from_patient=True).read_at is not None
    assert Message.objects.get(from_patient=False).read_at is None
    messages.mark_read(plan=cast.plan, by=cast.maya.user)
    assert not Message.objects.filter(read_at=None).exists()


def test_the_same_words_pressed_twice_are_one_message(clock: time_machine.Traveller, cast: Cast) -> None:
    first = messages.write(plan=cast.plan, by=cast.maya.user, text=" Hello ")
    assert messages.write(plan=cast.plan, by=cast.maya.user, text="Hello") == first
    clock.shift(61)
    assert messages.write(plan=cast.plan, by=cast.maya.user, text="Hello") != first
    assert first.at < timezone.now()


def test_only_the_two_sides_write_and_read(cast: Cast) -> None:
    for by in (cast.ines, cast.noor.user):
        with refused("not_the_patient"):
            messages.write(plan=cast.plan, by=by, text="Hello")
        with refused("not_the_patient"):
            messages.mark_read(plan=cast.plan, by=by)
    with refused("nothing_written"):
        messages.write(plan=cast.plan, by=cast.maya.user, text=" \x00 ")
    with refused("too_long"):
        messages.write(plan=cast.plan, by=cast.maya.user, text="x" * 10_000)
