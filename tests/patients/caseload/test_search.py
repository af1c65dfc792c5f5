"""The search of the caseload: by every usual spelling, with one slip, by an index, and Enter opens
the only patient found."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from curriculum.models import Ladder
from patients.models import NamePart, Patient
from patients.verbs import people as people_verbs
from tests import factories
from tests.cast import Cast
from tests.patients.caseloads import asked, found, listed, names
from tests.patients.clinic_pages import HTMX, browser, text
from tests.queries import BeforeTheAnswer

CASELOAD = reverse("caseload")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Jürgen Müller", "mueller"),
        ("Jürgen Müller", "muller jürgen"),
        ("Siobhán O’Brien", "o'brien"),
        ("Siobhán O’Brien", "brien"),
        ("Anna Smith-Jones", "smith-jones"),
        ("Anna Smith-Jones", "jones"),
        ("Nguyễn Văn An", "an nguyen"),
        ("Kim Ng", "ng"),
        ("王小明", "小明"),
    ],
)
def test_a_patient_is_found_in_the_whole_clinic(cast: Cast, name: str, typed: str) -> None:
    factories.patient(cast.omar, name)
    assert listed(cast.elin, q=typed) == [name]
    assert listed(cast.ines, q=typed) == []


def test_the_formal_name_finds_too(cast: Cast) -> None:
    people_verbs.take_on(by=cast.elin, name="Peter Lund", formal_name="Per Erik Lund")
    assert listed(cast.elin, q="erik") == ["Peter Lund"]


# ---- nearly


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Greta Nilsson", "nillson"),
        ("Aisha Khan", "Kahn"),
        ("Aisha Khan", "aisha kahn"),
        ("Aisha Khan", "ai kahn"),
        ("Jürgen Mueller", "muller"),
        ("Anna Smith-Jones", "jonse"),
    ],
)
def test_a_slip_is_asked_about_before_a_new_patient_is_offered(
    cast: Cast, name: str, typed: str
) -> None:
    factories.patient(cast.omar, name)
    answer = asked(cast.elin, q=typed)
    page = text(answer)
    assert names(answer) == [name]
    assert page.index("Did you mean") < page.index(name) < page.index(f"New patient “{typed}”")
    assert "Did you mean" not in text(asked(cast.ines, q=typed))


def test_who_is_found_as_typed_stands_alone(cast: Cast) -> None:
    for name in ("Aisha Khan", "Otto Kahn"):
        factories.patient(cast.elin, name)
    answer = asked(cast.elin, q="kahn")
    assert names(answer) == ["Otto Kahn"]
    assert "Did you mean" not in text(answer)
    assert "New patient “" not in text(answer)


def test_no_more_than_ten_are_asked_about_and_nobody_by_two_letters(cast: Cast) -> None:
    for number in range(12):
        factories.patient(cast.elin, f"Greta Nilsson {'ab' * number}")
    assert len(listed(cast.elin, q="nillson")) == 10
    assert listed(cast.elin, q="mx") == []
    assert listed(cast.elin, q="maya zz") == []


# ---- Enter


def entered(user: User, typed: str, **more: Any) -> Any:
    return browser(user).post(CASELOAD, {"q": typed, "open": "1"}, **more)


def test_enter_opens_the_only_patient_found(cast: Cast) -> None:
    chart = reverse("chart", args=[cast.maya.pk])
    answer = entered(cast.elin, "maya")
    assert (answer.status_code, answer["Location"]) == (303, chart)
    assert entered(cast.elin, "maya", headers=HTMX)["HX-Redirect"] == chart


def test_enter_opens_nobody_of_several_and_nobody_who_is_only_nearly_meant(cast: Cast) -> None:
    factories.patient(cast.elin, "Maya Berg")
    for typed, many in (("maya", 2), ("bergg", 1), ("nobody", 0)):
        answer = entered(cast.elin, typed, follow=True)
        assert (answer.status_code, len(names(answer))) == (200, many)


def test_the_way_back_to_a_list_does_not_lead_on_to_a_chart(cast: Cast) -> None:
    other = factories.patient(cast.elin, "Maya Berg")
    elin = browser(cast.elin)
    pushed = elin.post(CASELOAD, {"q": "maya", "open": "1"}, headers=HTMX)["HX-Push-Url"]
    people_verbs.amend(
        patient=other,
        by=cast.elin,
        name="Vera Berg",
        lead=cast.elin,
        referral_note="",
    )
    assert elin.get(pushed).status_code == 200
    assert listed(cast.elin, q="maya") == ["Maya Roos"]


def test_the_page_has_the_button_that_enter_presses_before_every_other(cast: Cast) -> None:
    page = asked(cast.elin).content.decode()
    form = page[page.index('<form class="filters"') : page.index("</form>")]
    assert form.index('name="open"') == form.index("<button") + len('<button class="vh" ')


# ---- by an index, on both databases


@pytest.fixture
def many(curriculum: Ladder) -> Client:
    call_command("bench_data", patients=300, practice=1, verbosity=0)
    return browser(User.objects.get(role=Role.OWNER))


def _searched(client: Client, typed: str) -> list[str]:
    """The queries of a search that read parts of names."""
    list_of_it = client.post(CASELOAD, {"q": typed})["Location"]
    with BeforeTheAnswer(connection) as queries:
        assert client.get(list_of_it).status_code == 200
    assert len(queries) <= 9
    return [query["sql"] for query in queries if "patients_namepart" in query["sql"]]


def _plan(sql: str) -> str:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not sqlite:
            # Few rows are read faster from the table itself.
            cursor.execute("ANALYZE patients_namepart")
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize("typed", ["anna", "müller", "ann mül", "zzyzx"])
def test_the_beginning_of_a_name_is_a_range_of_the_index(many: Client, typed: str) -> None:
    begins = _searched(many, typed)[0]
    plan = _plan(begins)
    assert "name_part_begins" in plan, plan
    if connection.vendor == "sqlite":
        assert "name_part_begins (clinic_id=? AND spelling>? AND spelling<?)" in plan, plan
        assert "SCAN patients_namepart" not in plan
    else:
        assert "~>=~" in plan[plan.index("Index Cond") :], plan
        assert "Seq Scan on patients_namepart" not in plan


def test_what_is_close_is_looked_up_in_the_index_word_by_word(many: Client) -> None:
    _begins, close = _searched(many, "zzyzx")
    plan = _plan(close)
    assert "name_part_begins" in plan, plan
    assert "SCAN patients_namepart" not in plan
    assert "Seq Scan on patients_namepart" not in plan


def test_every_patient_of_the_crowd_is_found_by_each_word_of_the_name(many: Client) -> None:
    patient = Patient.objects.order_by("?")[0]
    for word in patient.name.split():
        rows = found(many, q=f"{word} {patient.name}").context["found"]
        assert patient.pk in {row.patient_id for row in rows}
    assert NamePart.objects.filter(patient=patient).exists()
