"""The visits of a patient as the clinic plans and reads them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Patient
from patients.verbs import visits
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import browser, chart, details, text, tight


@pytest.fixture
def elin(cast: Cast) -> Client:
    return browser(cast.elin)


def page(client: Client, patient: Patient) -> str:
    return text(client.get(reverse("visits", args=[patient.pk])))


def test_a_visit_is_planned_with_a_colleague_and_read_on_every_page(
    cast: Cast, elin: Client
) -> None:
    day = cast.harbour.today() + timedelta(days=7)
    address = reverse("visits", args=[cast.maya.pk])
    asked = {"day": day.isoformat(), "time": "09:20", "clinician": cast.omar.pk}
    assert elin.post(address, asked).status_code == 303
    shown = tight(page(elin, cast.maya))
    words = f"{day:%A} {day.day} {day:%B}, 09:20"
    assert f'{words}<br><small class="muted">with Omar Odeh</small>' in shown
    assert words in details(elin, cast.maya)
    assert f'value="{day}"' in chart(elin, cast.maya)


def test_what_cannot_be_planned_comes_back_with_a_sentence_and_what_was_typed(
    cast: Cast, elin: Client
) -> None:
    before = acts.everything()
    yesterday = cast.harbour.today() - timedelta(days=1)
    address = reverse("visits", args=[cast.maya.pk])
    said = {"day": yesterday.isoformat(), "time": "09:20", "clinician": cast.omar.pk}
    answer = elin.post(address, said)
    assert answer.status_code == 422
    assert "The next visit is today at the earliest." in text(answer)
    assert 'value="09:20"' in text(answer)
    foot = elin.post(reverse("next_visit", args=[cast.maya.pk]), {"next_time": "09:20"})
    assert foot.status_code == 422
    assert "Choose the day of this time, too." in text(foot)
    assert acts.everything() == before


def test_who_changed_no_day_calls_off_no_visit_that_a_colleague_planned_meanwhile(
    cast: Cast, elin: Client
) -> None:
    """The page was opened before."""
    visits.plan(patient=cast.maya, by=cast.omar, day=cast.harbour.today() + timedelta(days=7))
    shown = {"next_visit": "", "next_time": "", "initial-next_visit": "", "initial-next_time": ""}
    details = {"name": "Maya Roos", "lead": cast.elin.pk, "referral_note": ""}
    for name in ("next_visit", "patient_edit"):
        answer = elin.post(reverse(name, args=[cast.maya.pk]), details | shown)
        assert answer.status_code == 303
    assert cast.maya.visits.get().state == "planned"


def test_emptied_the_next_visit_is_called_off(cast: Cast, elin: Client) -> None:
    day = cast.harbour.today() + timedelta(days=7)
    visits.plan(patient=cast.maya, by=cast.omar, day=day)
    assert f'name="initial-next_visit" value="{day}"' in chart(elin, cast.maya)
    emptied = {"next_visit": "", "next_time": "", "initial-next_visit": day.isoformat()}
    elin.post(reverse("next_visit", args=[cast.maya.pk]), emptied)
    assert cast.maya.visits.get().state == "called_off"


def test_a_visit_is_kept_missed_and_called_off_by_one_press_each_with_a_way_back(
    cast: Cast, elin: Client
) -> None:
    visit = visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today())
    mark = reverse("visit_mark", args=[visit.pk])
    back = reverse("visit_take_back", args=[visit.pk])
    for state, word in (("kept", "Kept"), ("missed", "Missed"), ("called_off", "Called off")):
        answer = elin.post(mark, {"state": state, "back": "visits"})
        assert answer["Location"] == reverse("visits", args=[cast.maya.pk])
        shown = page(elin, cast.maya)
        assert f">{word}</span>" in shown
        assert "said by Elin E." in shown
        elin.post(back, {"back": "visits"})
    assert "said by" not in page(elin, cast.maya)


def test_a_colleague_who_was_slower_reads_what_was_said(cast: Cast, elin: Client) -> None:
    visit = visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today())
    visits.mark(visit=visit, by=cast.omar, state="missed")
    answer = elin.post(reverse("visit_mark", args=[visit.pk]), {"state": "kept"}, follow=True)
    assert "Omar Odeh has already marked this visit: missed." in text(answer)


def test_junk_marks_nothing(cast: Cast, elin: Client) -> None:
    visit = visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today())
    before = acts.everything()
    for junk in ("", "planned", "gone", "x" * 500):
        answer = elin.post(reverse("visit_mark", args=[visit.pk]), {"state": junk}, follow=True)
        assert "Choose one of the answers shown." in text(answer)
    assert acts.everything() == before


def test_a_visit_that_is_over_is_no_next_visit_on_either_page(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    elin = browser(cast.elin)
    sentence = "The next visit is today at the earliest."
    details = {
        "name": "Maya Roos",
        "lead": cast.elin.pk,
        "referral_note": "",
        "next_visit": "2026-03-01",
    }
    for name in ("next_visit", "patient_edit"):
        answer = elin.post(reverse(name, args=[cast.maya.pk]), details)
        assert answer.status_code == 422
        assert sentence in text(answer).partition('name="next_visit"')[2].partition("</p>")[0]
    saved = elin.post(reverse("next_visit", args=[cast.maya.pk]), {"next_visit": "2026-03-02"})
    assert saved.status_code == 303
    clock.shift(timedelta(days=1))
    later = browser(cast.elin)
    assert "2026-03-02" not in text(later.get(reverse("patient_edit", args=[cast.maya.pk])))
    again = later.post(reverse("patient_edit", args=[cast.maya.pk]), details | {"next_visit": ""})
    assert again.status_code == 303


def test_emptied_during_todays_visit_the_foot_calls_off_no_visit(cast: Cast, elin: Client) -> None:
    """The patient sits there. Whether today's visit was kept is said where visits are listed."""
    visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today())
    shown = chart(elin, cast.maya)
    assert 'name="initial-next_visit"' in shown
    assert f'name="initial-next_visit" value="{cast.harbour.today()}"' not in shown
    day = cast.harbour.today().isoformat()
    emptied = {"next_visit": "", "next_time": "", "initial-next_visit": day}
    assert elin.post(reverse("next_visit", args=[cast.maya.pk]), emptied).status_code == 303
    assert cast.maya.visits.get().state == "planned"


@pytest.mark.parametrize("typed", [14, None], ids=["another day", "no day"])
def test_a_visit_that_a_colleague_planned_after_the_page_was_opened_stays(
    cast: Cast, elin: Client, typed: int | None
) -> None:
    today = cast.harbour.today()
    shown = today + timedelta(days=3)
    mine = visits.plan(patient=cast.maya, by=cast.elin, day=shown)
    visits.mark(visit=mine, by=cast.omar, state="called_off")
    theirs = visits.plan(patient=cast.maya, by=cast.omar, day=today + timedelta(days=7))
    day = "" if typed is None else (today + timedelta(days=typed)).isoformat()
    said = {"next_visit": day, "next_time": "", "initial-next_visit": shown.isoformat()}
    assert elin.post(reverse("next_visit", args=[cast.maya.pk]), said).status_code == 303
    planned = cast.maya.visits.filter(state="planned").order_by("day")
    assert [visit.day for visit in planned] == [
        theirs.day,
        *([] if typed is None else [today + timedelta(days=typed)]),
    ]


def test_plan_it_pressed_twice_plans_one_visit(cast: Cast, elin: Client) -> None:
    day = cast.harbour.today() + timedelta(days=7)
    asked = {"day": day.isoformat(), "time": "09:20", "clinician": cast.omar.pk}
    for _ in range(2):
        assert elin.post(reverse("visits", args=[cast.maya.pk]), asked).status_code == 303
    assert cast.maya.visits.count() == 1
