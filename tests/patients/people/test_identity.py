"""Who a patient is and how to reach them: asked at the start, shown wherever somebody decides,
found by the search, and never mistaken for a namesake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Clinic
from patients.models import Patient
from patients.rules.refusals import Refused
from patients.standing.age import age_of
from patients.standing.identity import Details
from patients.summaries import verify
from patients.verbs import identity as identity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import asked
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of

ASTRID = {
    "name": "Astrid Alm",
    "formal_name": "Astrid Maria Alm",
    "born_on": "1957-05-02",
    "number": "20601",
    "phone": "070 174 06 18",
    "other_phone": "+44 (0)20 7946 0000",
    "email": "astrid@example.org",
    "sex": "woman",
}


def identify(cast: Cast, patient: Patient | None = None, **details: Any) -> Patient:
    known: dict[str, Any] = {"born_on": date(1957, 5, 2), "sex": "woman", "number": "20601"}
    known |= {"phone": "070 174 06 18"}
    return identity_verbs.identify(
        patient=patient or cast.maya, by=cast.elin, details=Details(**(known | details))
    )


def take_on(cast: Cast, **said: Any) -> Any:
    return browser(cast.elin).post(
        reverse("patient_new"), {"name": "Astrid Alm", "lead": cast.elin.pk, **said}
    )


# ---- asked at the start, all may be left out


def test_who_somebody_is_is_asked_at_the_start_and_kept(cast: Cast) -> None:
    assert take_on(cast, **ASTRID).status_code == 303
    astrid = Patient.objects.get(number="20601")
    assert (astrid.born_on, astrid.phone, astrid.other_phone) == (
        date(1957, 5, 2),
        "+46701740618",
        "+442079460000",
    )
    form = browser(cast.elin).get(reverse("patient_edit", args=[astrid.pk])).content.decode()
    for shown in ("Astrid Maria Alm", "1957-05-02", "20601", "070-174 06 18", "+44 20 7946 0000"):
        assert f'value="{shown}"' in form


def test_only_the_name_is_needed_and_the_page_says_what_is_missing(cast: Cast) -> None:
    assert take_on(cast).status_code == 303
    astrid = Patient.objects.get(name="Astrid Alm")
    page = text(browser(cast.elin).get(reverse("details", args=[astrid.pk])))
    assert "Not told: birth date, phone, e-mail, number, sex." in page
    assert "No phone number of Astrid is noted." in page
    identify(cast, astrid, email="astrid@example.org")
    page = text(browser(cast.elin).get(reverse("details", args=[astrid.pk])))
    assert "Not told" not in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("born_on", "2999-01-01", "cannot lie in the future"),
        ("born_on", "1901-01-01", "too far back"),
        ("born_on", "2 May", "Choose a day"),
        ("phone", "070 174 06 18 / 070 174 06 19", "Write one number here"),
        ("phone", "ring her son", "with digits"),
        ("other_phone", "112", "too short"),
        ("email", "astrid", "Write an e-mail address"),
        ("email", f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example.com", "at most 254"),
        ("sex", "x", "Select a valid choice"),
        ("number", "1" * 41, "at most 40 characters"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_is_saved(
    cast: Cast, field: str, typed: str, sentence: str
) -> None:
    client = browser(cast.elin)
    before = acts.everything()
    said = {**ASTRID, "lead": str(cast.elin.pk), field: typed}
    answer = client.post(reverse("patient_new"), said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page[page.index(f'id="id_{field}_error"') :][:400]
    assert 'value="Astrid Maria Alm"' in page
    assert acts.everything() == before


@pytest.mark.both
def test_a_number_is_one_patients_alone_and_the_page_says_whose(cast: Cast) -> None:
    identify(cast)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = take_on(cast, number="20601")
    assert answer.status_code == 422
    assert "20601 is the number of Maya Roos already." in text(answer)
    assert not Patient.objects.filter(name="Astrid Alm").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=cast.tomas.pk).update(number="20601")
    factories.patient(cast.ines, "Astrid Alm")
    identity_verbs.identify(patient=cast.noor, by=cast.ines, details=Details(number="20601"))


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"sex": "x"}, "bad_choice"),
        ({"born_on": date(2999, 1, 1)}, "birth_date_impossible"),
        ({"born_on": date(1901, 1, 1)}, "birth_date_impossible"),
        ({"phone": "1"}, "bad_phone"),
        ({"phone": "", "other_phone": "070 174 06 18"}, "phone_comes_first"),
        ({"email": "maya"}, "bad_email"),
        ({"formal_name": "x" * 201}, "too_long"),
    ],
)
def test_the_verb_too_refuses_by_name(cast: Cast, details: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        identify(cast, **details)
    assert refused.value.code == code


def test_only_the_patients_own_clinic_writes_who_they_are(cast: Cast) -> None:
    for person in (cast.ines, cast.maya.user):
        with pytest.raises(Refused) as refused:
            identity_verbs.identify(patient=cast.maya, by=person, details=Details())
        assert refused.value.code == "not_yours"


@pytest.mark.parametrize(
    "broken",
    [{"sex": "x"}, {"born_on": date(1899, 12, 31)}, {"phone": "", "other_phone": "+46701740618"}],
)
@pytest.mark.both
def test_the_database_too_refuses_what_nobody_can_be(cast: Cast, broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=cast.maya.pk).update(**broken)


# ---- shown wherever somebody decides


WHO = "born 2 May 1957 (68), woman · No. 20601"


def test_two_things_beside_the_name_stand_wherever_somebody_decides(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    identify(cast)
    stop = acts.log(cast.plan, pain=8).stops.get()
    plan = cast.plan.pk
    rung = acts.rung(cast.plan, 1).pk
    pages = (
        ("chart", [cast.maya.pk]),
        ("stop_answer", [stop.pk]),
        ("prescribe", [plan]),
        ("place", [plan]),
        ("assess", [cast.maya.pk]),
        ("screening", [cast.maya.pk]),
        ("not_yet", [plan, rung]),
        ("end", [plan]),
        ("discharge", [cast.maya.pk]),
        ("visit_note", [cast.maya.pk]),
        ("plan_summary", [cast.maya.pk]),
    )
    for name, arguments in pages:
        assert WHO in text(browser(cast.elin).get(reverse(name, args=arguments))), name
    stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Fine.")
    handout = browser(cast.elin).get(reverse("handout", args=[cast.maya.pk]))
    assert WHO in text(handout)


def test_the_gate_names_whom_it_passes_beside_the_button(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    identify(cast)
    page = text(browser(cast.elin).get(reverse("chart", args=[cast.maya.pk])))
    beside = page[page.index("Gate: ") : page.index("Maya passed: open")]
    assert f"<b>Maya Roos</b>, {WHO}" in beside


def test_one_press_calls_from_the_chart_and_from_a_stop(cast: Cast) -> None:
    identify(cast, other_phone="020 7946 0000")
    Clinic.objects.filter(pk=cast.harbour.pk).update(country="GB")
    identify(cast, phone="+46701740618", other_phone="020 7946 0000 ext. 12")
    stop = acts.log(cast.plan, pain=8).stops.get()
    for address in (
        reverse("chart", args=[cast.maya.pk]),
        reverse("stop_answer", args=[stop.pk]),
    ):
        page = browser(cast.elin).get(address).content.decode()
        assert 'href="tel:+46701740618"' in page
        assert "Call Maya, +46 70 174 06 18" in page
        assert 'href="tel:+442079460000"' in page
        assert "Call Maya, 020 7946 0000 ext. 12" in page


def test_letters_have_the_formal_name_and_the_phone_the_short_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    identify(cast, formal_name="Maya Lovisa Roos")
    assert "Maya Lovisa Roos: Hip hinge" in text(
        browser(cast.elin).get(reverse("plan_summary", args=[cast.maya.pk]))
    )
    assert "Lovisa" not in text(phone_of(cast.maya).get(reverse("today")))


@pytest.mark.parametrize(
    ("day", "age"), [("2026-05-01", 68), ("2026-05-02", 69), ("1957-05-02", 0), ("2057-05-01", 99)]
)
def test_somebody_is_a_year_older_on_their_birthday(cast: Cast, day: str, age: int) -> None:
    identify(cast)
    cast.maya.refresh_from_db()
    assert age_of(cast.maya, date.fromisoformat(day)) == age
    assert age_of(cast.tomas, date.fromisoformat(day)) is None


@pytest.mark.parametrize(
    ("born_on", "urgency"),
    [(date(1961, 3, 2), "today"), (date(1961, 3, 3), "soon"), (None, "soon")],
)
def test_a_fall_is_looked_at_the_same_day_from_the_65th_birthday_on(
    clock: time_machine.Traveller, cast: Cast, born_on: date | None, urgency: str
) -> None:
    identify(cast, born_on=born_on)
    told = report_verbs.report(
        patient=cast.maya, by=cast.maya.user, client_id=acts.new_id(), kinds=["fall"]
    )
    assert told.urgency == urgency


def test_verify_names_what_nobody_could_read_or_call(cast: Cast) -> None:
    identify(cast)
    assert list(verify.differences()) == []
    Clinic.objects.filter(pk=cast.harbour.pk).update(hours={"weekdays": []}, advice_number="ask")
    Patient.objects.filter(pk=cast.maya.pk).update(phone="ask", born_on=date(2999, 1, 1))
    found = list(verify.differences())
    for words in ("its opening hours", "nothing dials ask", "dials a phone", "a day to come"):
        assert [line for line in found if words in line], words
    assert phone_of(cast.maya).get(reverse("get_help")).status_code == 200


# ---- found, and told apart


@pytest.mark.parametrize(
    "typed",
    ["20601", "1957-05-02", "2 May 1957", "2.5.1957", "02/05/1957", "05/02/1957", "19570502"],
)
def test_the_search_finds_by_number_and_by_birth_date(cast: Cast, typed: str) -> None:
    identify(cast)
    page = text(asked(cast.elin, q=typed))
    assert "Maya Roos" in page
    assert "Tomas Tran" not in page


@pytest.mark.parametrize("typed", ["20602", "1957-05-03", "2057", "31 February 1957", "9" * 40])
def test_the_search_finds_nobody_by_a_number_that_is_nobodys(cast: Cast, typed: str) -> None:
    identify(cast)
    assert "Maya Roos" not in text(asked(cast.elin, q=typed))


def test_another_clinics_number_finds_nobody(cast: Cast) -> None:
    identify(cast)
    assert "Maya Roos" not in text(asked(cast.ines, q="20601"))


def test_namesakes_are_told_apart_by_their_birth_dates(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    clock.shift(timedelta(days=40))
    identify(cast)
    other = factories.patient(cast.elin, "Maya Roos")
    identify(cast, other, born_on=date(1982, 1, 3), number="")
    warned = take_on(cast, name="Maya Roos")
    for page in (text(warned), text(asked(cast.elin, q="maya")), text(asked(cast.elin))):
        assert page.count("Born 2 May 1957.") == 1
        assert page.count("Born 3 January 1982.") == 1
    assert "Born" not in text(asked(cast.elin, q="tomas"))
