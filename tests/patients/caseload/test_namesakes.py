"""Two patients of one name: noticed before the second is made, and told apart in lists."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from patients.models import Patient
from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients.caseloads import asked, found
from tests.patients.clinic_pages import browser, text

WARNED = "Somebody of this name is there already."


def new(client: Client, lead: User, name: str, **said: Any) -> Any:
    return client.post(reverse("patient_new"), {"name": name, "lead": lead.pk, **said})


def press_again(client: Client, page: Any, lead: User, name: str, **said: Any) -> Any:
    """Press the same button of the page that came back."""
    button = re.search(
        r'<button class="primary" name="another" value="([^"]*)"', page.content.decode()
    )
    assert button
    return new(client, lead, name, another=unescape(button[1]), **said)


@pytest.mark.parametrize("name", ["Maya Roos", "maya  ROOS", "Måya Rôos"])
def test_a_name_that_is_there_already_is_noticed_and_shown_with_start_and_lead(
    clock: time_machine.Traveller, cast: Cast, name: str
) -> None:
    answer = new(browser(cast.omar), cast.omar, name)
    page = text(answer)
    assert answer.status_code == 422
    assert WARNED in page
    started = f"{cast.plan.started_on:%-d %B %Y}"
    assert f"Started {started}. Lead: Elin Ek." in page
    assert f'href="{reverse("chart", args=[cast.maya.pk])}"' in answer.content.decode()
    assert Patient.objects.filter(clinic=cast.harbour).count() == 2


def test_one_more_press_goes_on(cast: Cast) -> None:
    client = browser(cast.omar)
    answer = press_again(client, new(client, cast.omar, "Maya Roos"), cast.omar, "Maya Roos")
    assert answer.status_code == 303
    assert Patient.objects.filter(clinic=cast.harbour, name="Maya Roos").count() == 2


def test_the_press_counts_for_the_name_it_was_about_and_outlives_another_mistake(
    cast: Cast,
) -> None:
    client = browser(cast.omar)
    warned = new(client, cast.omar, "Maya Roos")
    assert WARNED in text(press_again(client, warned, cast.omar, "Tomas Tran"))
    mistaken = press_again(client, warned, cast.omar, "Maya Roos", born_on="soon")
    assert WARNED not in text(mistaken)
    assert press_again(client, mistaken, cast.omar, "Maya Roos").status_code == 303


def test_somebody_discharged_is_shown_and_somebody_of_another_clinic_is_not(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert "Discharged." in text(new(browser(cast.omar), cast.omar, "Maya Roos"))
    assert new(browser(cast.omar), cast.omar, "Noor Nadim").status_code == 303
    assert new(browser(cast.omar), cast.omar, "Maya Roosevelt").status_code == 303


def test_of_two_of_one_name_search_says_since_when_and_with_whom(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(timedelta(days=40))
    later = factories.plan(factories.patient(cast.omar, "maya ROOS"))
    page = text(asked(cast.elin, q="maya"))
    for plan, lead in ((cast.plan, "Elin Ek"), (later, "Omar Odeh")):
        assert page.count(f"Started {plan.started_on:%-d %B %Y}. Lead: {lead}.") == 1


def test_without_a_plan_it_is_the_day_they_were_taken_on(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    day = cast.harbour.today()
    factories.patient(cast.elin, "Tomas Tran")
    assert text(asked(cast.elin, q="tomas")).count(f"Taken on {day:%-d %B %Y}. Lead: Elin Ek.") == 2


def test_a_name_of_its_own_needs_no_such_words(cast: Cast) -> None:
    assert "Lead: Elin Ek." not in text(asked(cast.elin, q="maya"))


def test_equal_names_on_two_pages_are_told_apart_too(cast: Cast) -> None:
    for _ in range(51):
        factories.patient(cast.elin, "Anna Alm")
    client = browser(cast.elin)
    first = found(client, q="anna")
    second = client.get(f"{reverse('caseload')}?{first.context['next']}")
    assert [text(page).count("Lead: Elin Ek.") for page in (first, second)] == [50, 1]
