"""The caseload's row of somebody who is stopped, or not cleared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine

from patients.models import Stop
from patients.verbs import messages as message_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseload.test_page import row
from tests.patients.conftest import MONDAY
from tests.patients.telling import told


def test_the_row_names_the_worst_that_waits_with_its_side_and_its_own_moment(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "numb", sides={"numb": "left"})
    assert "<b>Numb or tingling leg, left, today 09:00.</b>" in row(cast.elin, "Maya Roos")
    clock.shift(timedelta(minutes=10))
    told(cast.maya, "calf", sides={"calf": "right"})
    assert (
        "<b>A doctor needs to look today: calf swollen, red or hot, right, told today 09:10.</b>"
    ) in row(cast.elin, "Maya Roos")
    clock.shift(timedelta(minutes=10))
    told(cast.maya, "saddle")
    assert "<b>An emergency sign: numb between the legs, told today 09:20.</b>" in row(
        cast.elin, "Maya Roos"
    )


def test_the_row_says_what_was_taken_back_and_who_was_not_reached(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    first = told(cast.maya, "saddle")
    assert "taken back" not in row(cast.elin, "Maya Roos")
    report_verbs.take_back(report=first, by=cast.maya.user, client_id=acts.new_id())
    assert "Reported, then taken back: call." in row(cast.elin, "Maya Roos")
    soon = MONDAY + timedelta(hours=1)
    stop = Stop.objects.get()
    stop_verbs.could_not_reach(stop=stop, by=cast.elin, try_again_at=soon)
    assert "Reported, then taken back: call. Not reached." in row(cast.elin, "Maya Roos")


def test_a_message_hides_no_day_on_which_somebody_looks_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    barred: dict[str, Any] = {"outcome": "not_cleared", "words": "Sent to the hospital."}
    day = cast.harbour.today() + timedelta(days=1)
    screening_verbs.screen(patient=cast.maya, by=cast.elin, look_again_on=day, **barred)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="Home again.")
    before = row(cast.elin, "Maya Roos")
    assert "“Home again.” Not cleared." in before
    assert "Look again" not in before
    clock.shift(timedelta(days=1))
    assert "“Home again.” Not cleared. Look again: today." in row(cast.elin, "Maya Roos")


def test_a_new_sign_of_somebody_who_is_not_cleared_says_both(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    told(cast.maya, "numb", sides={"numb": "left"})
    assert "Not cleared." not in row(cast.elin, "Maya Roos")
    screening_verbs.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="Sent to the hospital."
    )
    assert "<b>Numb or tingling leg, left, today 09:00.</b> Not cleared." in " ".join(
        row(cast.elin, "Maya Roos").split()
    )
