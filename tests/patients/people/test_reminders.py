"""A patient's own calendar reminds them on the days of practice, says nothing of them, and stops at
one press."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts import links
from accounts.logs import blotted
from curriculum.screening import red_flags
from law.erasing.erase import erase
from patients.models import PracticeFeed
from patients.verbs import carers as carer_verbs
from patients.verbs import gate as gate_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice_days, practice_feeds
from patients.verbs import screening as screening_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import text
from tests.patients.phone import phone_of

#: Monday, Wednesday and Friday.
THREE_DAYS = 0b10101


def _token(cast: Cast, at: time = time(7, 30)) -> str:
    return practice_feeds.make(patient=cast.maya, reminds_at=at, by=cast.maya.user)


def _read(token: str) -> Any:
    """What a calendar gets, which has no sign-in."""
    return Client().get(reverse("practice_feed_file", args=[token]))


def _events(answer: Any) -> list[Any]:
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def _days(token: str) -> list[date]:
    return [event["dtstart"].dt.date() for event in _events(_read(token))]


def test_each_planned_day_has_one_reminder_at_the_chosen_time_of_the_clinics_zone(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    cast.harbour.time_zone = "Europe/Stockholm"
    cast.harbour.save()
    practice_days.schedule(plan=cast.plan, weekdays=THREE_DAYS, by=cast.elin)
    events = _events(_read(_token(cast)))
    starts = [event["dtstart"].dt for event in events]
    assert len({at.date() for at in starts}) == len(starts) == 13
    # 07:30 in Stockholm, before and after its clocks go forward on 29 March.
    assert starts[0] == datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
    assert starts[-1] == datetime(2026, 3, 30, 5, 30, tzinfo=UTC)
    assert {at.weekday() for at in starts} == {0, 2, 4}
    for event in events:
        (alarm,) = event.walk("VALARM")
        assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta())


def test_neither_title_nor_file_says_anything_of_the_body_the_drill_or_the_clinic(
    cast: Cast,
) -> None:
    acts.log(cast.plan, pain=3, note="Numb foot.")
    factories.pass_open_rung(cast.plan, by=cast.elin)
    shown = _read(_token(cast)).content.decode()
    assert "SUMMARY:Exercise" in shown
    words = (cast.harbour.name, "Maya", "Elin", "Numb", "pain", "inge", "Dowel", "rung", "physio")
    assert [
        word
        for word in words
        if word in shown.replace("hinge-ladder", "").replace("Hinge Ladder", "")
    ] == []


def test_a_day_that_is_logged_or_away_or_without_a_drill_reminds_of_nothing(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    token = _token(cast)
    today = cast.harbour.today()
    assert _days(token)[0] == today
    entry = acts.log(cast.plan)
    assert _days(token)[0] == today + timedelta(days=1)
    plan_verbs.pause(plan=cast.plan, until=today + timedelta(days=6), by=cast.maya.user)
    assert _days(token)[0] == today + timedelta(days=7)
    plan_verbs.resume(plan=cast.plan, by=cast.maya.user)
    acts.log(cast.plan, pain=9, corrects=entry)
    assert _days(token) == []


def test_nobody_is_reminded_who_is_not_cleared_or_was_discharged(cast: Cast) -> None:
    token = _token(cast)
    assert _days(token)
    screening_verbs.screen(
        patient=cast.maya,
        by=cast.elin,
        items=dict.fromkeys(red_flags(), "no") | {next(iter(red_flags())): "yes"},
        outcome="not_cleared",
        words="To a doctor first.",
    )
    assert _events(_read(token)) == []
    other = practice_feeds.make(patient=cast.tomas, reminds_at=time(8), by=cast.tomas.user)
    factories.plan(cast.tomas)
    assert _events(_read(other))
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    assert _events(_read(other)) == []


def test_it_says_for_two_weeks_that_something_new_is_open(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    token = _token(cast)
    factories.pass_open_rung(cast.plan, by=cast.elin)
    news = _events(_read(token))[0]
    assert (news["summary"], news["dtstart"].dt) == (
        "Something new is open",
        cast.harbour.today(),
    )
    acts.log(cast.plan, pain=9)
    assert "Something new is open" not in _read(token).content.decode()
    clock.shift(timedelta(days=15))
    assert "Something new is open" not in _read(token).content.decode()


def test_what_a_first_assessment_passes_is_no_news(cast: Cast) -> None:
    token = _token(cast)
    gate_verbs.place(plan=cast.plan, criteria=acts.criteria(cast.plan, 1, 2), by=cast.elin)
    assert "Something new is open" not in _read(token).content.decode()


def _made(phone: Client, **fields: str) -> tuple[str, str]:
    """The secret of a new address, and the page that shows it."""
    page = phone.post(reverse("my_reminders"), {"reminds_at": "07:30", "new": "1", **fields})
    assert page.status_code == 200
    shown = page.content.decode()
    return re.findall(r'value="[^"]*/calendar/([\w-]+)/exercise\.ics"', shown)[0], shown


def test_the_address_is_shown_once_is_kept_by_nobody_and_a_new_one_ends_the_old(
    cast: Cast,
) -> None:
    phone = phone_of(cast.maya)
    first, shown = _made(phone)
    assert re.search(rf'href="webcal://[^"/]+/calendar/{first}/exercise\.ics"', shown)
    assert first not in phone.get(reverse("my_reminders")).content.decode()
    assert first not in PracticeFeed.objects.get().token_digest
    second, _shown = _made(phone)
    assert _read(first).status_code == 404
    assert _read(second).status_code == 200
    path = reverse("practice_feed_file", args=[second])
    assert second not in blotted(f"GET {path}")


def test_another_time_is_chosen_without_a_new_address_and_a_wrong_one_is_given_back(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    phone = phone_of(cast.maya)
    token, _shown = _made(phone)
    page = phone.post(reverse("my_reminders"), {"reminds_at": "25:10"})
    assert page.status_code == 422
    assert "Write a time such as 09:20." in text(page)
    assert 'value="25:10"' in page.content.decode()
    assert phone.post(reverse("my_reminders"), {"reminds_at": "18:45"}).status_code == 303
    starts = _events(_read(token))[0]["dtstart"].dt.astimezone(cast.harbour.zone)
    assert starts.time() == time(18, 45)


def test_one_press_ends_it_and_so_does_erasing(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    token, _shown = _made(phone)
    assert phone.post(reverse("my_reminders_end")).status_code == 303
    assert _read(token).status_code == 404
    assert "End the reminders" not in text(phone.get(reverse("my_reminders")))
    again, _shown = _made(phone)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    erase(patient=cast.maya, by=cast.petra, typed=cast.maya.name, why="asked")
    assert not PracticeFeed.objects.exists()
    assert _read(again).status_code == 404


def test_only_the_patient_decides_and_nobody_makes_one_after_the_end(cast: Cast) -> None:
    for by in (cast.elin, cast.tomas.user):
        with acts.refused("not_the_patient"):
            practice_feeds.make(patient=cast.maya, reminds_at=time(8), by=by)
    with acts.refused("reminders_ended"):
        practice_feeds.move(patient=cast.maya, reminds_at=time(8), by=cast.maya.user)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    with acts.refused("reminders_too_late"):
        practice_feeds.make(patient=cast.maya, reminds_at=time(8), by=cast.maya.user)


def test_a_phone_without_subscriptions_takes_the_days_as_a_file(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert len(_events(phone.get(reverse("my_practice_file")))) > 20


def test_an_address_is_not_read_without_end(cast: Cast) -> None:
    token = _token(cast)
    cache.clear()
    answers = [_read(token) for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {200}
    assert (answers[60].status_code, answers[60]["Retry-After"]) == (429, "3600")


@pytest.mark.both
def test_the_database_takes_no_feed_without_a_secret_and_no_secret_twice(cast: Cast) -> None:
    _token(cast)
    digest = PracticeFeed.objects.get().token_digest
    for wrong in ("", digest):
        with pytest.raises(IntegrityError), transaction.atomic():
            PracticeFeed.objects.create(patient=cast.tomas, token_digest=wrong, reminds_at=time(8))


def test_today_leads_the_patient_to_reminders_and_nobody_else(cast: Cast) -> None:
    leads = f'href="{reverse("my_reminders")}"'
    assert leads in phone_of(cast.maya).get(reverse("today")).content.decode()
    rut = carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)
    links.issue(rut.user, by=cast.elin)
    assert leads not in phone_of(rut).get(reverse("today")).content.decode()
