"""Drills with a load: the day says how much and how to breathe, and asks what was left in reserve
instead of how hard it was. Other drills ask as before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from curriculum.models import Level
from patients.models import Practice
from patients.standing.calendar import calendar_of
from patients.standing.readiness import EvidenceEntry, readiness_by_numbers
from patients.verbs import plan as plan_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, text, tight
from tests.patients.phone import phone_of, sheet

QUESTION = "How many more could you have done well?"
BREATHE = "Breathe in on the way down, out as you stand up."


def lifts(cast: Cast, **more: Any) -> Level:
    """The rung with weights is open, and its first level prescribed."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    level = acts.level(cast.plan, 6)
    dose: dict[str, Any] = {"sets": 2, "reps": 8, "load": 12} | more
    plan_verbs.prescribe(plan=cast.plan, level=level, by=cast.elin, **dose)
    return level


def send(cast: Cast, **said: str) -> Any:
    phone = phone_of(cast.maya)
    today = reverse("log_day", args=[cast.harbour.today()])
    answers = sheet(phone) | {"done-1": "1", "done-2": "1", "pain": "1", "new": "no", **said}
    return phone.post(today, answers)


def test_the_day_says_range_weight_rest_reserve_and_breath(cast: Cast) -> None:
    lifts(cast, reps_to=12, rest=90, pause=2, reserve=3)
    page = text(phone_of(cast.maya).get(reverse("today")))
    assert "<bdi>2 sets of 8 to 12</bdi>" in page
    assert "12 kg" in page
    assert "2 seconds held at the bottom" in page
    assert "Rest 90 seconds between sets." in page
    assert "End a set when you could still do 3 more well." in page
    assert BREATHE in page
    handout = text(browser(cast.elin).get(reverse("handout", args=[cast.maya.pk])))
    assert "2 × 8 to 12, 2 seconds held at the bottom, 12 kg" in handout
    assert BREATHE in handout


def test_a_drill_without_load_breathes_as_it_likes_and_asks_how_hard_it_was(cast: Cast) -> None:
    page = text(phone_of(cast.maya).get(reverse("today")))
    assert "How hard was it?" in page
    assert QUESTION not in page
    assert BREATHE not in page


@pytest.mark.parametrize(("told", "kept"), [("4", 4), ("0", 0), ("unsure", None), ("", None)])
def test_what_was_left_is_kept_and_not_sure_is_not_told(
    cast: Cast, told: str, kept: int | None
) -> None:
    lifts(cast)
    page = text(phone_of(cast.maya).get(reverse("today")))
    assert QUESTION in page
    assert "How hard was it?" not in page
    assert send(cast, reserve=told).status_code == 303
    entry = Practice.objects.get()
    assert (entry.reserve, entry.effort) == (kept, None)


def test_who_had_to_stop_says_so_beside_what_was_left(cast: Cast) -> None:
    lifts(cast)
    send(cast, reserve="1", effort="stopped", why_stopped="tired")
    entry = Practice.objects.get()
    assert (entry.reserve, entry.effort, entry.why_stopped) == (1, "stopped", "tired")
    history = text(phone_of(cast.maya).get(reverse("history")))
    assert "Effort: had to stop: tired, 1 more possible." in history


@pytest.mark.parametrize("nonsense", ["5", "-1", "x", "٣", "4" * 30])
def test_nonsense_about_the_reserve_is_not_told_rather_than_refused(
    cast: Cast, nonsense: str
) -> None:
    lifts(cast)
    assert send(cast, reserve=nonsense).status_code == 303
    assert Practice.objects.get().reserve is None


def test_a_refused_sheet_keeps_the_answer_and_the_question(cast: Cast) -> None:
    lifts(cast)
    page = text(send(cast, reserve="2", pain="x"))
    assert QUESTION in page
    assert 'name="reserve" value="2" data-says="2" checked' in page


def test_a_drill_without_load_on_another_day_drops_what_cannot_be_told_of_it(cast: Cast) -> None:
    lifts(cast)
    below = acts.level(cast.plan, 1)
    assert send(cast, reserve="3", level=str(below.pk)).status_code == 303
    assert (Practice.objects.get().level, Practice.objects.get().reserve) == (below, None)


def test_the_correction_shows_what_was_told_and_changes_it(cast: Cast) -> None:
    lifts(cast)
    send(cast, reserve="3")
    phone = phone_of(cast.maya)
    address = reverse("log_day", args=[cast.harbour.today()])
    assert 'name="reserve" value="3" data-says="3" checked' in text(phone.get(address))
    phone.post(address, sheet(phone, address) | {"reserve": "1", "done-1": "1", "done-2": "1"})
    assert Practice.objects.standing().get().reserve == 1
    assert "Effort 3 more possible, corrected to 1 more possible" in chart(
        browser(cast.elin), cast.maya
    )


def test_the_gate_reads_the_reserve_and_less_than_two_speaks_for_waiting(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    level = lifts(cast)
    rows = [{"side": None, "reps": 8, "seconds": None, "load": 12}] * 2
    acts.log(cast.plan, level=level, sets=rows, pain=1, reserve=4)
    clock.shift(timedelta(days=1).total_seconds())
    acts.log(cast.plan, level=level, sets=rows, pain=1, reserve=1)
    page = chart(browser(cast.elin), cast.maya)
    told = page.partition("<dt>In reserve</dt>")[2].partition("</dd>")[0]
    assert "<span>4+</span><span>1</span>" in tight(told)
    assert "effort not reported" not in page
    assert ": 1 more possible." in page


@pytest.mark.parametrize(("reserve", "ready"), [(2, True), (1, False)])
def test_sessions_with_two_in_reserve_count_as_done_well(
    cast: Cast, reserve: int, ready: bool
) -> None:
    level = lifts(cast)
    today = cast.harbour.today()
    felt: dict[str, Any] = {"pain": 1, "effort": None, "band": "fine", "reserve": reserve}
    felt |= {"morning_pain": 0, "worse": False, "morning_band": "fine"}
    entries = [
        EvidenceEntry(today + timedelta(days=nth), level.rung_id, helper=False, **felt)
        for nth in range(30)
    ]
    found = readiness_by_numbers(calendar_of(cast.plan), level.rung, today, entries)
    assert (found.until is not None) is ready
