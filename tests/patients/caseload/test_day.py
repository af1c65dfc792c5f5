"""Today's visits: in their order, with what is asked, kept or missed by one press."""

from __future__ import annotations

from datetime import date, time, timedelta

import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import staff
from accounts.models import User
from patients.models import Patient, Visit
from patients.summaries import verify
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import visits
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked, headings
from tests.patients.clinic_pages import browser, chart, text
from tests.patients.conftest import MONDAY
from tests.queries import BeforeTheAnswer


def at(cast: Cast, patient: Patient, hour: int | None, **said: object) -> Visit:
    """A visit of today, planned by the lead."""
    clock = None if hour is None else time(hour)
    day = said.pop("day", cast.harbour.today())
    return visits.plan(patient=patient, by=patient.lead, day=day, time=clock, **said)  # type: ignore[arg-type]


def page(user: User, who: str = "mine") -> str:
    return text(browser(user).get(reverse("todays_visits"), {"who": who}))


def names(user: User, who: str = "mine") -> list[str]:
    shown = browser(user).get(reverse("todays_visits"), {"who": who})
    return [visit.row.name for visit in shown.context["day"].today]


def mark(client: Client, visit: Visit, state: str, back: str = "todays_visits") -> str:
    address = reverse("visit_mark", args=[visit.pk])
    return text(client.post(address, {"state": state, "back": back}, follow=True))


def test_the_day_stands_in_its_order_with_what_is_asked(cast: Cast) -> None:
    at(cast, cast.tomas, None)
    at(cast, cast.maya, 14)
    at(cast, factories.patient(cast.elin, "Early Eva"), 8)
    message_verbs.write(plan=cast.plan, by=cast.maya.user, text="May I travel?")
    assert names(cast.elin) == ["Early Eva", "Maya Roos", "Tomas Tran"]
    shown = page(cast.elin)
    assert "3 visits (next 08:00)" in shown
    assert "“May I travel?”" in shown
    assert "No time" in shown


def test_the_visits_stand_above_the_caseload_and_are_marked_there(cast: Cast) -> None:
    visit = at(cast, cast.maya, 9)
    client = browser(cast.elin)
    listed = text(client.get(reverse("caseload")))
    assert listed.index("Today’s visits") < listed.index('id="group-0"')
    marked = mark(client, visit, "kept", "caseload")
    assert "1 kept" in marked
    assert "<h1>Caseload</h1>" in marked
    address = reverse("visit_take_back", args=[visit.pk])
    assert "1 kept" not in text(client.post(address, {"back": "caseload"}, follow=True))


def test_a_list_without_visits_shows_no_section_and_the_page_says_so(cast: Cast) -> None:
    assert "Today’s visits" not in text(asked(cast.elin))
    assert "No visits today" in page(cast.elin)


def test_visits_are_the_clinicians_who_has_them_and_of_who_stands_in(cast: Cast) -> None:
    """The lead of the patient and whom the patient sees may be two people."""
    at(cast, cast.maya, 9, clinician=cast.omar)
    at(cast, cast.tomas, 10)
    assert (names(cast.elin), names(cast.omar)) == (["Tomas Tran"], ["Maya Roos"])
    assert "With Omar Odeh." in page(cast.elin, "clinic")
    assert names(cast.petra, "clinic") == ["Maya Roos", "Tomas Tran"]
    assert names(cast.ines, "clinic") == []
    until = cast.harbour.today()
    staff.set_cover(by=cast.elin, cover=cast.omar, until=until)
    assert names(cast.omar) == ["Maya Roos", "Tomas Tran"]
    assert names(cast.petra, str(cast.elin.pk)) == ["Tomas Tran"]


def test_called_off_and_discharged_stand_in_no_list(cast: Cast) -> None:
    off = at(cast, cast.maya, 9)
    at(cast, cast.tomas, 10)
    visits.mark(visit=off, by=cast.elin, state="called_off")
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    assert names(cast.elin) == []


def test_what_nobody_marked_is_asked_about_on_the_next_day_alone(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    friday = MONDAY + timedelta(days=4)
    clock.move_to(friday)
    forgotten = at(cast, cast.maya, 9)
    seen = at(cast, cast.tomas, 10)
    visits.mark(visit=seen, by=cast.elin, state="kept")
    clock.move_to(friday + timedelta(days=3))
    assert "Not marked on Friday 6 March" in page(cast.elin)
    listed = text(asked(cast.elin))
    assert "Not marked on Friday 6 March: what became of these visits?" in listed
    at(cast, cast.tomas, 11)
    clock.shift(timedelta(days=1))
    assert "Not marked on Friday" not in page(cast.elin)
    clock.shift(timedelta(days=-1))
    client = browser(cast.elin)
    assert "Not marked" not in mark(client, forgotten, "missed")


def test_from_chart_to_chart_in_the_order_of_the_day(cast: Cast) -> None:
    eva = factories.patient(cast.elin, "Eva Early")
    at(cast, eva, 8)
    visit = at(cast, cast.maya, 9)
    at(cast, cast.tomas, 10)
    at(cast, factories.patient(cast.omar, "Olle Olsson"), 9)
    elin = browser(cast.elin)
    shown = chart(elin, cast.maya)
    assert "09:00, 2 of 3 today" in shown
    assert f'href="{reverse("chart", args=[eva.pk])}" rel="prev"' in shown
    assert f'href="{reverse("chart", args=[cast.tomas.pk])}" rel="next"' in shown
    assert "1 of 3 today" in chart(elin, eva)
    assert "2 of 3 today" in text(elin.get(reverse("decisions", args=[cast.maya.pk])))
    assert ">Kept</span>" in mark(elin, visit, "kept", "chart")
    visits.mark(visit=visit, by=cast.elin, state="kept")
    assert "2 of 3 today" in chart(elin, cast.maya)


def test_who_has_no_visit_today_has_no_place_in_the_day(cast: Cast) -> None:
    at(cast, cast.tomas, 10)
    at(cast, cast.maya, 10, day=cast.harbour.today() + timedelta(days=1))
    assert "1 today" not in chart(browser(cast.elin), cast.maya)


def test_a_namesake_is_told_apart_in_the_list(cast: Cast) -> None:
    for year in (1957, 1971):
        anna = factories.patient(cast.elin, "Anna Alm")
        Patient.objects.filter(pk=anna.pk).update(born_on=date(year, 5, 1))
        at(cast, anna, 9)
    shown = page(cast.elin)
    assert "1957" in shown
    assert "1971" in shown


def test_the_visits_cost_the_caseload_no_query(cast: Cast) -> None:
    elin = browser(cast.elin)

    def queries() -> int:
        with BeforeTheAnswer(connection) as made:
            assert elin.get(reverse("caseload")).status_code == 200
        return len(made)

    elin.get(reverse("caseload"))
    acts.log(cast.plan)
    before = queries()
    for hour in (8, 9, 10):
        at(cast, cast.maya, hour)
    assert queries() == before <= 8


def test_who_missed_a_visit_stands_in_the_list_until_another_is_planned(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    acts.log(cast.plan)
    missed = at(cast, cast.maya, 9)
    visits.mark(visit=missed, by=cast.elin, state="missed")
    assert "Missed a visit" in headings(asked(cast.elin, show="needs"))
    clock.shift(timedelta(days=1))
    assert "Missed the visit of yesterday." in text(asked(cast.elin))
    visits.set_next(patient=cast.maya, by=cast.elin, day=cast.harbour.today())
    assert "Missed a visit" not in headings(asked(cast.elin))
    assert "Missed the visit" not in text(asked(cast.elin))


def test_a_missed_visit_is_said_beside_what_matters_more(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    visits.mark(visit=at(cast, cast.maya, 9), by=cast.elin, state="missed")
    listed = asked(cast.elin)
    assert "Missed a visit" not in headings(listed)
    assert "Missed the visit of today." in text(listed)
    assert list(verify.differences()) == []
    cast.maya.visits.all().update(state="kept")
    assert any("missed_on" in one for one in verify.differences())


def test_after_a_press_the_list_of_the_day_shows_whose_it_showed(cast: Cast) -> None:
    visit = at(cast, cast.maya, 9, clinician=cast.omar)
    elin = browser(cast.elin)
    listed = text(elin.get(reverse("todays_visits"), {"who": "clinic"}))
    assert '<input type="hidden" name="who" value="clinic">' in listed
    said = {"state": "kept", "back": "todays_visits", "who": "clinic"}
    for name in ("visit_mark", "visit_take_back"):
        answer = elin.post(reverse(name, args=[visit.pk]), said, follow=True)
        assert "With Omar Odeh." in text(answer)
