"""The morning after, as the patient tells it: answered at once, there to be read and to be put
right."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Morning, Practice, Stop
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text
from tests.patients.phone import phone_of

ONE_DAY = timedelta(days=1)
EASE = "<strong>Ease off today.</strong> Go less deep and do fewer repetitions."


def words(client: Client, address: str) -> str:
    """What a person reads on the page, in one line."""
    page = client.get(address)
    assert page.status_code == 200
    return text(page)


def the_next_day(
    clock: time_machine.Traveller, cast: Cast, pain: int = 2
) -> tuple[Client, Practice]:
    entry = acts.log(cast.plan, pain=pain)
    clock.shift(ONE_DAY)
    return phone_of(cast.maya), entry


@pytest.mark.parametrize(
    "told", [{"worse": "yes"}, {"worse": "yes", "morning": "3"}, {"morning": "5"}]
)
def test_a_worse_morning_is_saved_and_answered_with_an_easier_day(
    clock: time_machine.Traveller, cast: Cast, told: dict[str, str]
) -> None:
    phone, entry = the_next_day(clock, cast)
    phone.post(reverse("morning", args=[entry.pk]), told)
    page = words(phone, reverse("today"))
    assert EASE in page
    assert "Saved at" in page
    assert page.index(EASE) < page.index("How to do it")


@pytest.mark.parametrize("told", [{"worse": "no"}, {"worse": "no", "morning": "1"}])
def test_a_usual_morning_is_saved_and_changes_nothing_about_the_day(
    clock: time_machine.Traveller, cast: Cast, told: dict[str, str]
) -> None:
    phone, entry = the_next_day(clock, cast, pain=5)
    phone.post(reverse("morning", args=[entry.pk]), told)
    page = words(phone, reverse("today"))
    assert "about as usual" in page
    assert "Saved at" in page
    assert "Ease off today" not in page


def test_what_was_said_about_the_morning_can_be_changed_from_today_and_from_the_days_log(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, entry = the_next_day(clock, cast)
    change = reverse("morning", args=[entry.pk])
    phone.post(change, {"worse": "yes", "morning": "3"})
    for address in (reverse("today"), reverse("log_day", args=[entry.done_on])):
        assert f'href="{change}"' in phone.get(address).content.decode()
    form = phone.get(change).content.decode()
    assert 'value="yes" data-says="yes" checked' in form
    assert 'value="3" data-says="fine" checked' in form
    assert phone.post(change, {"worse": "no"}).status_code == 303
    assert "Ease off today" not in words(phone, reverse("today"))
    assert [row.worse for row in Morning.objects.order_by("pk")] == [True, False]


def test_a_change_that_says_nothing_is_refused_on_the_same_page(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, entry = the_next_day(clock, cast)
    change = reverse("morning", args=[entry.pk])
    phone.post(change, {"worse": "yes"})
    answer = phone.post(change, {"morning": "11", "worse": "no"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The morning after" in page
    assert 'value="no" data-says="no" checked' in page
    assert Morning.objects.get().worse is True


def test_on_a_day_without_a_drill_the_advice_is_for_the_next_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, entry = the_next_day(clock, cast)
    phone.post(reverse("morning", args=[entry.pk]), {"worse": "yes"})
    acts.log(cast.plan, pain=1)
    page = words(phone, reverse("today"))
    assert "Ease off next time." in page
    assert (
        f'href="{reverse("morning", args=[entry.pk])}"'
        in phone.get(reverse("today")).content.decode()
    )


def test_after_three_days_there_is_nothing_to_change_and_the_page_leads_to_the_days_log(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, entry = the_next_day(clock, cast)
    clock.shift(3 * ONE_DAY)
    day = reverse("log_day", args=[entry.done_on])
    assert phone.get(reverse("morning", args=[entry.pk]))["Location"] == day
    assert reverse("morning", args=[entry.pk]) not in phone.get(day).content.decode()


def test_a_bad_morning_changed_and_changed_back_stops_again(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone, entry = the_next_day(clock, cast)
    change = reverse("morning", args=[entry.pk])
    bad = {"morning": "9", "worse": "yes"}
    usual = {"morning": "2", "worse": "no"}
    for told, waiting in ((bad, True), (usual, False), (bad, True), (usual, False), (bad, True)):
        assert phone.post(change, told).status_code == 303
        assert Stop.objects.unanswered().exists() is waiting
    assert "No drill for now" in words(phone, reverse("today"))
    assert Stop.objects.unanswered().get().morning == Morning.objects.order_by("pk").last()


def test_a_stop_of_the_morning_is_put_right_by_the_morning_and_not_by_the_days_number(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    """Also where the day itself was logged only today."""
    day = cast.harbour.today()
    clock.shift(ONE_DAY)
    entry = acts.log(cast.plan, day, pain=2)
    phone = phone_of(cast.maya)
    phone.post(reverse("morning", args=[entry.pk]), {"morning": "9", "worse": "yes"})
    page = phone.get(reverse("today")).content.decode()
    assert page.count("I tapped the wrong number") == 1
    assert f'action="{reverse("morning", args=[entry.pk])}"' in page
    assert f"{reverse('log_day', args=[day])}?wrong" not in page


@pytest.mark.parametrize("followed", [False, True])
def test_a_bad_morning_after_the_plan_has_ended_is_not_taken_in_silence(
    clock: time_machine.Traveller, cast: Cast, followed: bool
) -> None:
    phone, entry = the_next_day(clock, cast)
    plan_verbs.end(plan=cast.plan, by=cast.elin)
    if followed:
        factories.plan(cast.maya)
    address = reverse("morning", args=[entry.pk])
    assert phone.get(address).status_code == 302
    answer = phone.post(address, {"worse": "yes", "morning": "9"})
    assert answer.status_code == 422
    assert f"call Harbour Physio on {cast.harbour.phone}" in text(answer)
    assert not Stop.objects.exists()
    assert not Morning.objects.exists()
