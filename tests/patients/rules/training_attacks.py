"""Ways to tick, pass or answer for somebody who may not train: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import time_machine
from django.db import connection
from django.utils import timezone

from accounts import links
from accounts.models import PhoneLink, User
from config import triggers
from patients.models import (
    LookedAgain,
    Outbox,
    Patient,
    Plan,
    Screening,
    Stop,
    StopAnswer,
    StopCause,
    StopTry,
    Tick,
)
from patients.verbs import people as people_verbs
from patients.verbs import screening as screening_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules.attacks import make_pass, sound_review
from tests.patients.rules.report_attacks import report_of


def _not_cleared(cast: Cast) -> None:
    screening_verbs.screen(
        patient=cast.maya, by=cast.elin, outcome="not_cleared", words="Sent to her doctor."
    )


def _pass_of_somebody_not_cleared(cast: Cast) -> Callable[[], Any]:
    review = sound_review(cast, 1)
    _not_cleared(cast)
    return lambda: make_pass(review)


def _pin_of_somebody_discharged(cast: Cast) -> Callable[[], Any]:
    link = links.issue(cast.maya.user, by=cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return lambda: PhoneLink.objects.filter(pk=link.pk).update(pin_hash="x")


def _tick_of_somebody_not_cleared(cast: Cast) -> Callable[[], Any]:
    _not_cleared(cast)
    criterion = acts.criteria(cast.plan, 1)[0]
    return lambda: Tick.objects.create(plan=cast.plan, criterion=criterion, by=cast.elin)


def _never_screened(cast: Cast) -> Plan:
    return factories.plan(factories.patient(cast.elin, "Ulla Unasked", screened=False))


def _tick_of_somebody_never_screened(cast: Cast) -> Callable[[], Any]:
    plan = _never_screened(cast)
    criterion = acts.criteria(plan, 1)[0]
    return lambda: Tick.objects.create(plan=plan, criterion=criterion, by=cast.elin)


def _pass_of_somebody_never_screened(cast: Cast) -> Callable[[], Any]:
    plan = _never_screened(cast)
    review = sound_review(replace(cast, plan=plan), 1)
    return lambda: make_pass(review)


def _screened_by(cast: Cast, by: User) -> Callable[[], Any]:
    return lambda: Screening.objects.create(patient=cast.maya, by=by, outcome="cleared")


def _looked_by(cast: Cast, by: User) -> Callable[[], Any]:
    return lambda: LookedAgain.objects.create(patient=cast.maya, by=by)


def _pass_while_a_stop_waits(cast: Cast) -> Callable[[], Any]:
    review = sound_review(cast, 1)
    acts.log(cast.plan, pain=6)
    return lambda: make_pass(review)


def _pass_while_one_of_two_stops_waits(cast: Cast) -> Callable[[], Any]:
    review = sound_review(cast, 1)
    answered = acts.log(cast.plan, pain=6).stops.get()
    stop_verbs.answer(stop=answered, by=cast.elin, action="carry_on", word="It will settle.")
    said = {"patient": cast.maya, "plan": cast.plan, "practice": answered.practice}
    Stop.objects.create(**said, cause=StopCause.NUMB)
    return lambda: make_pass(review)


def _cleared_by_an_answer_taken_back(cast: Cast) -> None:
    _not_cleared(cast)
    stop = _told(cast.maya, "numb")
    said: dict[str, Any] = {"by": cast.elin, "action": "carry_on", "word": "Fine.", **acts.SEEN}
    given = stop_verbs.answer(stop=stop, **said)
    assert Screening.objects.get(answer=given).outcome == "cleared"
    (again,) = stop_verbs.undo_answer(answer=given, by=cast.elin)
    stop_verbs.answer(stop=again, **said | {"outcome": ""})


def _tick_of_somebody_cleared_by_an_answer_taken_back(cast: Cast) -> Callable[[], Any]:
    _cleared_by_an_answer_taken_back(cast)
    criterion = acts.criteria(cast.plan, 1)[0]
    return lambda: Tick.objects.create(plan=cast.plan, criterion=criterion, by=cast.elin)


def _pass_of_somebody_cleared_by_an_answer_taken_back(cast: Cast) -> Callable[[], Any]:
    review = sound_review(cast, 1)
    _cleared_by_an_answer_taken_back(cast)
    return lambda: make_pass(review)


def _answered(cast: Cast, stop: Stop, **said: str) -> Callable[[], Any]:
    at = timezone.now() if "contact" in said else None
    return lambda: StopAnswer.objects.create(
        **{"stop": stop, "by": cast.elin, "action": "pause", "contact_at": at, **said}
    )


def _answered_in_two_presses(cast: Cast, leg: str, **said: str) -> Callable[[], Any]:
    return _answered(cast, acts.log(cast.plan, leg=leg).stops.get(), **said)


def _answered_after_a_leg(cast: Cast, **said: str) -> Callable[[], Any]:
    return _answered_in_two_presses(cast, "numb", finding="Equal.", **said)


def _answered_while_weak(cast: Cast, **said: str) -> Callable[[], Any]:
    return _answered_in_two_presses(cast, "weak", finding="Equal.", **said)


def _answered_below_the_knee(cast: Cast, **said: str) -> Callable[[], Any]:
    told = {"patient": cast.maya, "practice": acts.log(cast.plan)}
    stop = Stop.objects.create(**told, cause=StopCause.BELOW_KNEE)
    return _answered(cast, stop, **said)


def _letter(cast: Cast, stop: Stop, **said: str) -> Callable[[], Any]:
    return _answered(cast, stop, **{"contact": "letter", "finding": "To her home."} | said)


def tried_on_two_days(cast: Cast, stop: Stop) -> None:
    for days in (1, 0):
        with time_machine.travel(timezone.now() - timedelta(days=days)):
            _try(cast, stop, cast.elin)()


def _told(patient: Patient, cause: str, **said: Any) -> Stop:
    return Stop.objects.create(patient=patient, report=report_of(patient), cause=cause, **said)


def _letter_to_nobody(cast: Cast) -> Callable[[], Any]:
    stop = _told(cast.maya, "pain")
    tried_on_two_days(cast, stop)
    return _letter(cast, stop, finding="")


def _letter_after_tries_to_reach_another(cast: Cast) -> Callable[[], Any]:
    tried_on_two_days(cast, _told(cast.tomas, "numb"))
    return _letter(cast, _told(cast.maya, "numb"))


def _letter_after_tries_for_what_was_answered(
    cast: Cast, cause: str = "numb", **said: Any
) -> Callable[[], Any]:
    """``said``: of the stop that waits now."""
    stop = _told(cast.maya, "numb")
    tried_on_two_days(cast, stop)
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.", **acts.SEEN)
    return _letter(cast, _told(cast.maya, cause, **said))


def _letter_beside_what_another_told_at_that_moment(cast: Cast) -> Callable[[], Any]:
    letter = _letter_after_tries_for_what_was_answered(cast)
    _told(cast.tomas, "numb", at=Stop.objects.filter(patient=cast.maya).earliest("pk").at)
    return letter


def _letter_for_what_else_was_told_at_that_moment(cast: Cast) -> Callable[[], Any]:
    letter = _letter_after_tries_for_what_was_answered(cast, "pain")
    first, second = Stop.objects.filter(patient=cast.maya).order_by("pk")
    triggers.remove(connection)
    Stop.objects.filter(pk=second.pk).update(at=first.at)
    triggers.install(connection)
    return letter


def _letter_after_one_day_of_tries(cast: Cast) -> Callable[[], Any]:
    stop = acts.log(cast.plan, leg="numb").stops.get()
    for _ in range(2):
        _try(cast, stop, cast.elin)()
    return _answered(cast, stop, contact="letter", finding="To her home.")


def _try(cast: Cast, stop: Stop, by: User) -> Callable[[], Any]:
    now = timezone.now()
    row = {"day": cast.harbour.today(), "at": now, "try_again_at": now + timedelta(hours=2)}
    return lambda: StopTry.objects.create(stop=stop, by=by, **row)


def _tried_by(cast: Cast, by: User) -> Callable[[], Any]:
    """Beside a stop of the other clinic's own."""
    acts.log(cast.noors_plan, leg="numb")
    return _try(cast, acts.log(cast.plan, leg="numb").stops.get(), by)


def _tried_after_the_answer(cast: Cast) -> Callable[[], Any]:
    stop = acts.log(cast.plan, pain=6).stops.get()
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on")
    return _try(cast, stop, cast.elin)


def _mail(cast: Cast, **other: Any) -> Callable[[], Any]:
    said = {"to": cast.elin, "patient": cast.maya, "clinic": cast.harbour, "urgency": "now"}
    Outbox.at(timezone.now(), **said).save()
    return lambda: Outbox.at(timezone.now() + timedelta(hours=1), **said | other).save()


def _mail_sent_on_to_another_clinic(cast: Cast) -> Callable[[], Any]:
    acts.log(cast.plan, pain=9)
    return lambda: Outbox.objects.filter(to=cast.elin).update(to=cast.ines)


def _tick_while_a_leg_is_weak(cast: Cast) -> Callable[[], Any]:
    criterion = acts.criteria(cast.plan, 1)[0]
    acts.log(cast.plan, leg="weak")
    return lambda: Tick.objects.create(plan=cast.plan, criterion=criterion, by=cast.elin)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Callable[[Cast], Callable[[], Any]]]] = {
    "pass_of_a_screened_patient": [
        _pass_of_somebody_not_cleared,
        _pass_of_somebody_never_screened,
        _pass_of_somebody_cleared_by_an_answer_taken_back,
    ],
    "tick_of_a_screened_patient": [
        _tick_of_somebody_not_cleared,
        _tick_of_somebody_never_screened,
        _tick_of_somebody_cleared_by_an_answer_taken_back,
    ],
    "pin_of_somebody_treated": [_pin_of_somebody_discharged],
    "look_by_our_clinician": [
        lambda cast: _looked_by(cast, cast.ines),
        lambda cast: _looked_by(cast, cast.maya.user),
    ],
    "screening_by_our_clinician": [
        lambda cast: _screened_by(cast, cast.ines),
        lambda cast: _screened_by(cast, cast.maya.user),
    ],
    "mail_to_our_clinician": [
        lambda cast: _mail(cast, to=cast.ines),
        lambda cast: _mail(cast, to=cast.maya.user),
        lambda cast: _mail(cast, clinic=cast.hilltop),
        lambda cast: _mail(cast, patient=cast.noor),
        _mail_sent_on_to_another_clinic,
    ],
    "trains_on_after_a_contact": [
        lambda cast: _answered_after_a_leg(cast, action="carry_on", contact="spoken"),
        lambda cast: _answered_after_a_leg(cast, action="lower", contact="spoken"),
    ],
    "urgent_answered_with_an_outcome": [
        lambda cast: _answered_while_weak(cast, contact="seen"),
        lambda cast: _answered_while_weak(cast, contact="sent_on", outcome="cleared"),
        lambda cast: _answered_while_weak(
            cast, contact="seen", outcome="not_cleared", action="carry_on"
        ),
    ],
    "no_drill_after_being_sent_on": [
        lambda cast: _answered(
            cast, acts.log(cast.plan, pain=6).stops.get(), action="carry_on", contact="sent_on"
        ),
    ],
    "letter_after_tries_on_two_days": [
        _letter_after_one_day_of_tries,
        _letter_to_nobody,
        _letter_after_tries_to_reach_another,
        _letter_after_tries_for_what_was_answered,
        _letter_beside_what_another_told_at_that_moment,
        _letter_for_what_else_was_told_at_that_moment,
    ],
    "answered_with_words": [
        lambda cast: _answered(cast, acts.log(cast.plan, pain=9).stops.get()),
        lambda cast: _answered_below_the_knee(cast, contact="spoken"),
        lambda cast: _answered_below_the_knee(cast, word="Fine."),
    ],
    "try_by_our_clinician": [
        lambda cast: _tried_by(cast, cast.ines),
        lambda cast: _tried_by(cast, cast.maya.user),
    ],
    "try_while_the_stop_waits": [_tried_after_the_answer],
    "leg_stop_answered_with_contact": [
        lambda cast: _answered_in_two_presses(cast, "weak", finding="Equal.", outcome="cleared"),
        lambda cast: _answered_in_two_presses(cast, "numb", contact="seen"),
    ],
    "pass_while_no_stop_waits": [
        _pass_while_a_stop_waits,
        _pass_while_one_of_two_stops_waits,
    ],
    "tick_while_nothing_urgent_waits": [_tick_while_a_leg_is_weak],
}
