"""What a carer meets on the pages of the day after the patient has told something there."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from patients.models import Carer, Report, Stop
from patients.standing.before import told_before
from patients.verbs import carers as carer_verbs
from tests.accounts.phones import new_link, opened
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text
from tests.patients.phone import phone_of
from tests.patients.telling import told


@pytest.fixture
def rut(cast: Cast) -> Carer:
    return carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)


def test_the_sheet_of_a_carers_entry_shows_no_words_that_the_patient_told_since(
    cast: Cast, rut: Carer
) -> None:
    first = told(cast.maya, "below_knee", by=rut.user, asked="log")
    entry = acts.log(cast.plan, by=rut.user, report=first)
    day = reverse("log_day", args=[entry.done_on])
    refused: dict[str, Any] = {"client_id": "hers", "level": entry.level_id, "corrects": entry.pk}
    refused |= {"new": "yes", "kind": "other", "words": "Quixotry hurts.", "pain": "77"}
    assert phone_of(cast.maya).post(day, refused).status_code == 422
    assert Report.objects.get(words__startswith="Quixotry").takes_back == first
    page = text(phone_of(rut).get(day))
    assert "Change what you logged" in page
    assert "Quixotry" not in page


def test_a_carer_lifts_no_stop_that_the_patient_told_in_the_same_card(
    cast: Cast, rut: Carer
) -> None:
    for who in (rut, cast.maya):
        phone_of(who).post(reverse("before"), {"before": "8"})
    carers = Report.objects.get(by=rut.user)
    phone_of(rut).post(reverse("report_take_back", args=[carers.pk]))
    assert Stop.objects.unanswered().get().high
    assert Report.objects.get(taken_back_by=None).by == cast.maya.user


def test_a_lower_number_of_a_carer_makes_the_day_of_the_patient_no_harder(
    cast: Cast, rut: Carer
) -> None:
    for who, pain in ((cast.maya, "4"), (rut, "1")):
        phone_of(who).post(reverse("before"), {"before": pain})
    today = cast.harbour.today()
    assert told_before(cast.plan, today) == 4
    phone_of(cast.maya).post(reverse("before"), {"before": "2"})
    assert told_before(cast.plan, today) == 2


def test_what_was_typed_after_the_end_is_shown_once_and_kept_by_no_browser(
    cast: Cast, rut: Carer
) -> None:
    phone = opened(new_link(rut.user, cast.elin))
    carer_verbs.end(carer=rut, by=cast.maya.user)
    answer = phone.post(reverse("report"), {"client_id": "a", "words": "Her foot drags."})
    assert "Her foot drags." in text(answer)
    assert "no-store" in answer["Cache-Control"]
