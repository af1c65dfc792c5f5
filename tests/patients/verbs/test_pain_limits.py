"""A patient's own pain limits replace the clinic's rule for a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import staff
from patients.models import PainLimits
from patients.rules.refusals import Refused
from patients.standing.pain import OwnLimits, limits_of
from patients.standing.pain_limits import limits_for
from patients.summaries import verify
from patients.verbs import pain_limits as limit_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.phone import phone_of
from tests.patients.rules.pain_attacks import limits

STEADY: dict[str, Any] = {"fine_to": 7, "stop_from": 9, "reason": "Steady 8.", "second": "Dr Ask"}


def set_own(cast: Cast, **said: Any) -> PainLimits:
    return limit_verbs.set_own(patient=cast.maya, by=cast.elin, **STEADY | said)


def test_somebody_with_a_steady_high_pain_is_no_longer_eased_off_every_day(cast: Cast) -> None:
    usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=8)
    first = acts.log(cast.plan, pain=8)
    set_own(cast, fine_to=7, stop_from=8, second="")
    assert first.band == "ease"
    corrected = acts.log(cast.plan, pain=7, corrects=first)
    assert corrected.band == "fine"
    tile = '<input type="radio" name="pain" value="8" data-says="stop"'
    page = phone_of(cast.maya).get(reverse("log_day", args=[first.done_on])).content.decode()
    assert tile in page
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        morning = practice_verbs.answer_morning(
            practice=corrected, by=cast.maya.user, pain_now=7, worse=False
        )
    assert morning.band == "fine"
    assert list(verify.differences()) == []


def test_they_hold_for_90_days_at_most_and_end_earlier_by_one_press(cast: Cast) -> None:
    row = set_own(cast)
    assert row.until == cast.harbour.today() + timedelta(days=90)
    assert limits_for(cast.maya) == OwnLimits(7, 9, 8)
    assert limits_for(cast.maya, row.until) == OwnLimits(7, 9, 8)
    clinic = limits_of(cast.harbour)
    assert limits_for(cast.maya, row.until + timedelta(days=1)) == clinic
    assert limits_for(cast.maya, row.day - timedelta(days=1)) == clinic
    assert set_own(cast) == row
    with refused("until_too_late"):
        set_own(cast, until=row.until + timedelta(days=1))
    limit_verbs.end_own(patient=cast.maya, by=cast.omar)
    assert limits_for(cast.maya) == clinic


@pytest.mark.parametrize("name", ["Maya Roos", " maya  ROOS ", "Elin Ek", "elin ek", "Maya R."])
def test_a_second_clinician_is_neither_the_patient_nor_the_same(cast: Cast, name: str) -> None:
    with refused("second_missing"):
        set_own(cast, second=name)


def test_a_formal_name_is_no_second_clinician(cast: Cast) -> None:
    staff.put_names_right(
        user=cast.elin, by=cast.elin, name="Elin Ek", formal_name="Dr. Elin Ek, PT"
    )
    cast.elin.refresh_from_db()
    with refused("second_missing"):
        set_own(cast, second="dr. elin ek, pt")


def _sound(fine_to: int, stop_from: int) -> bool:
    return 0 <= fine_to <= 7 and fine_to < stop_from <= 10


def test_every_pair_of_figures_is_taken_or_refused_by_verb_and_database_alike(cast: Cast) -> None:
    for fine_to, stop_from in product(range(12), range(12)):
        figures: dict[str, Any] = {"fine_to": fine_to, "stop_from": stop_from}
        agreed = figures | {"second": "Omar Odeh" if stop_from >= 9 else ""}
        taken = not _refusal(partial(set_own, cast, **agreed), Refused)
        held = not _refusal(partial(limits, cast.maya, cast.elin, **agreed), IntegrityError)
        assert taken is held is _sound(fine_to, stop_from)
        if stop_from >= 9:
            alone = figures | {"second": ""}
            assert _refusal(partial(set_own, cast, **alone), Refused)
            assert _refusal(partial(limits, cast.maya, cast.elin, **alone), IntegrityError)


class _Undone(Exception):
    """Takes back what was written."""


def _refusal(act: Callable[[], object], refusal: type[Exception]) -> bool:
    """Whether the verb, or the database by itself, refuses; whatever was written is undone."""
    try:
        with transaction.atomic():
            act()
            raise _Undone
    except refusal:
        return True
    except _Undone:
        return False


def test_nobody_agrees_with_themselves(cast: Cast) -> None:
    with refused("second_missing"):
        set_own(cast, second=" elin  EK ")


def test_they_want_a_reason_and_a_clinician_of_the_clinic(cast: Cast) -> None:
    with refused("reason_missing"):
        set_own(cast, reason=" ")
    with refused("until_in_past"):
        set_own(cast, until=cast.harbour.today() - timedelta(days=1))
    for stranger in (cast.maya.user, cast.ines):
        with refused("not_yours"):
            limit_verbs.set_own(patient=cast.maya, by=stranger, **STEADY)
    set_own(cast)
    for stranger in (cast.maya.user, cast.ines):
        with refused("not_yours"):
            limit_verbs.end_own(patient=cast.maya, by=stranger)


def test_the_chart_offers_them_from_a_usual_pain_of_8_and_shows_them_with_reason_and_end(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.elin)
    chart = reverse("chart", args=[cast.maya.pk])
    address = reverse("pain_limits", args=[cast.maya.pk])
    for usual, offered in ((7, False), (8, True)):
        usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.elin, usual_pain=usual)
        assert ("Set own limits" in client.get(chart).content.decode()) is offered
    until = cast.harbour.today() + timedelta(days=30)
    typed = STEADY | {"until": until.isoformat(), "second": ""}
    refusal = client.post(address, typed)
    assert refusal.status_code == 422
    assert "a second clinician agrees" in refusal.content.decode()
    client.post(address, typed | {"second": "Omar Odeh"})
    page = " ".join(client.get(chart).content.decode().split())
    assert f"Own pain limits until {until.day} {until:%B}: fine to 7, stop from 9." in page
    assert "Steady 8." in page
    assert "(Elin E., Omar Odeh)" in page
    client.post(reverse("pain_limits_end", args=[cast.maya.pk]))
    assert "Set own limits" in client.get(chart).content.decode()
