"""Somebody is erased: no name and no word of them is left in the database or in its file, and what
was practised and decided stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import doors, links
from accounts.models import Event, Phone, PhoneLink, Session, User
from accounts.session_store import SessionStore
from law import reach
from law.erasing import erase as erasing
from law.erasing.outline import later, outline
from law.models import Erasure
from patients.models import Patient, Practice, Prescription, Review, ScreeningItem, Stop
from patients.rules.refusals import Refused
from patients.summaries import verify
from patients.verbs import people as people_verbs
from patients.verbs import record_notes as record_note_verbs
from patients.verbs import stops as stop_verbs
from tests import factories
from tests.cast import Cast
from tests.law import marked
from tests.patients import acts
from tests.patients.acts import database_refuses
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of
from tests.patients.rules.failing import DiskFull, failing_at

WORD = "quixotry"
FACTS = (Practice, Prescription, Review, ScreeningItem, Stop)
WHY = "She asked for it in a letter of 3 March."


def _discharge(cast: Cast) -> Patient:
    waiting = list(Stop.objects.filter(patient=cast.maya, answer=None).worst_first())
    if waiting:
        stop_verbs.answer(
            stop=waiting[0], by=cast.elin, covers=waiting, action="carry_on", word="Go on."
        )
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    return Patient.objects.select_related("clinic", "user").get(pk=cast.maya.pk)


def _erase(patient: Patient, by: User | None, **given: Any) -> Patient:
    typed = given.pop("typed", erasing.asked_for(patient))
    return erasing.erase(patient=patient, by=by, typed=typed, why=given.pop("why", WHY), **given)


def _marked(cast: Cast) -> Patient:
    marked.mark(cast, WORD)
    patient = _discharge(cast)
    marked.write(patient, WORD)
    patient.refresh_from_db()
    return patient


def test_a_word_that_stood_everywhere_is_found_nowhere(cast: Cast) -> None:
    patient = _marked(cast)
    assert len(marked.found(WORD)) > 45
    _erase(patient, cast.petra)
    assert marked.found(WORD) == []
    assert marked.found("Maya") == marked.found("Roos") == []


def test_what_was_practised_and_decided_stays(cast: Cast) -> None:
    patient = _marked(cast)
    before = {model: reach.rows_of(patient, model).count() for model in FACTS}
    differences = list(verify.differences())
    pains = list(reach.rows_of(patient, Practice).values_list("pain", "sets", "done_on"))
    _erase(patient, cast.petra)
    assert {model: reach.rows_of(patient, model).count() for model in FACTS} == before
    assert list(reach.rows_of(patient, Practice).values_list("pain", "sets", "done_on")) == pains
    assert set(verify.differences()) <= set(differences)


def test_where_nobody_was_asked_stays_apart_from_where_words_were_erased(cast: Cast) -> None:
    patient = _discharge(cast)
    assert [line.goes for line in outline(patient) if line.title == "Plans"] == [0]
    _erase(patient, cast.petra)
    assert patient.plans.get().end_reason is None


def test_the_words_of_others_stay(cast: Cast) -> None:
    record_note_verbs.write(patient=cast.tomas, by=cast.elin, text="Walks well.")
    _erase(_marked(cast), cast.petra)
    cast.tomas.refresh_from_db()
    assert cast.tomas.name == cast.tomas.user.name == "Tomas Tran"
    assert cast.tomas.record_notes.get().text == "Walks well."


def test_every_way_in_ends(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    link = links.issue(cast.maya.user, by=cast.elin)
    address = links.url(link)
    Phone.objects.create(user=cast.maya.user, session_key="a" * 64, label="Phone")
    Session.objects.create(
        session_key="a" * 64, session_data="x", expire_date=timezone.now() + timedelta(days=9)
    )
    _erase(_discharge(cast), cast.petra)
    assert not PhoneLink.objects.filter(user=cast.maya.user).exists()
    assert not Session.objects.filter(session_key="a" * 64).exists()
    assert phone.get(reverse("today")).status_code == 302
    assert Client().get(address).status_code in {404, 410, 200}
    assert doors.peek(address.rstrip("/").rpartition("/")[2]) is None


def test_the_trail_keeps_who_looked_and_forgets_the_persons_own_devices(cast: Cast) -> None:
    for actor in (cast.elin, cast.maya.user):
        for kind in ("looked", "looked_again"):
            Event.objects.create(
                actor=actor, subject=cast.maya.user, kind=kind, address="10.0.0.7", device="Phone"
            )
    _erase(_discharge(cast), cast.petra)
    kept = Event.objects.filter(kind__startswith="looked").values_list("actor", "address", "device")
    assert set(kept) == {(cast.elin.pk, "10.0.0.7", "Phone"), (cast.maya.user.pk, "", "")}


def test_no_session_of_the_staff_names_the_person_any_more(cast: Cast) -> None:
    """Somebody looked for them by name; the owner did so in the browser that then erases."""
    _discharge(cast)
    searching = {who: browser(who) for who in (cast.elin, cast.petra)}
    for one in searching.values():
        one.post(reverse("caseload"), {"q": "Maya Roos"})
    elsewhere = browser(cast.ines)
    elsewhere.post(reverse("caseload"), {"q": "Noor"})
    held = [SessionStore().decode(row.session_data) for row in Session.objects.all()]
    assert str(held).count("Maya Roos") == 2
    form = {"typed": "Maya Roos", "why": WHY}
    erased = searching[cast.petra].post(reverse("erase", args=[cast.maya.pk]), form)
    assert erased.status_code == 303
    held = [SessionStore().decode(row.session_data) for row in Session.objects.all()]
    assert ("Maya Roos" in str(held), "Noor" in str(held)) == (False, True)
    assert searching[cast.elin].get(reverse("caseload")).status_code == 200


def test_before_the_years_are_over_the_owner_says_why(cast: Cast) -> None:
    patient = _discharge(cast)
    with pytest.raises(Refused) as refused:
        _erase(patient, cast.petra, why=" ")
    assert refused.value.code == "kept_until"
    with time_machine.travel(timezone.now() + timedelta(days=3654)):
        _erase(patient, cast.petra, why="")
    assert Erasure.objects.get().why == ""


def test_a_childs_record_is_kept_until_they_have_grown_up_and_the_years_are_over(
    cast: Cast,
) -> None:
    Patient.objects.filter(pk=cast.maya.pk).update(born_on=date(2020, 2, 29))
    patient = _discharge(cast)
    with time_machine.travel(timezone.now() + timedelta(days=3654)), pytest.raises(Refused):
        _erase(patient, cast.petra, why="")
    assert later(date(2020, 2, 29), 18) == date(2038, 2, 28)


@pytest.mark.parametrize("typed", ["", "Tomas Tran", "Maya"])
def test_nobody_else_is_erased_by_mistake(cast: Cast, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        _erase(_discharge(cast), cast.petra, typed=typed)
    assert refused.value.code == "wrong_person"


def test_only_the_owner_erases_and_nobody_who_is_treated_is_erased(cast: Cast) -> None:
    with pytest.raises(Refused) as treated:
        _erase(cast.maya, cast.petra)
    patient = _discharge(cast)
    codes = []
    for by in (cast.elin, cast.ines, cast.maya.user):
        with pytest.raises(Refused) as refused:
            _erase(patient, by)
        codes.append(refused.value.code)
    assert (treated.value.code, codes) == ("not_discharged", ["owner_only"] * 3)


def test_nothing_is_written_about_somebody_erased(cast: Cast) -> None:
    patient = _erase(_discharge(cast), cast.petra)
    for write in (
        lambda: people_verbs.take_back(patient=patient, by=cast.elin),
        lambda: record_note_verbs.write(patient=patient, by=cast.elin, text="Maya again."),
        lambda: _erase(patient, cast.petra),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.code == "erased"
    page = text(browser(cast.petra).get(reverse("chart", args=[patient.pk])))
    assert "Erased on" in page
    assert "Take on again" not in page
    answer = browser(cast.elin).post(reverse("take_back", args=[patient.pk]), follow=True)
    assert "This person was erased." in text(answer)


def test_the_database_keeps_the_erased_erased(cast: Cast) -> None:
    patient = _erase(_discharge(cast), cast.petra)
    rows = Patient.objects.filter(pk=patient.pk)
    for change in (
        {"name": "Maya"},
        {"formal_name": "Maya"},
        {"number": "1"},
        {"phone": "1"},
        {"email": "a@x.example"},
        {"referral_note": "x"},
        {"born_on": date(1980, 1, 1)},
        {"erased_at": None},
    ):
        with database_refuses("who was erased stays erased"):
            rows.update(**change)
    with database_refuses("only somebody who was discharged is erased"):
        rows.update(archived_at=None)
    with database_refuses("who was erased stays erased"):
        rows.update(archived_at=None, erased_at=None)
    with database_refuses("only somebody who was discharged is erased"):
        Patient.objects.filter(pk=cast.tomas.pk).update(erased_at=timezone.now())
    with database_refuses("only the owner of the clinic erases somebody"):
        Erasure.objects.create(patient=cast.tomas)
    with database_refuses("append-only"):
        Erasure.objects.all().update(why="Another reason.")


def test_only_the_owner_of_the_clinic_stands_behind_an_erasure(cast: Cast) -> None:
    patient = _discharge(cast)
    Patient.objects.filter(pk=patient.pk).update(erased_at=timezone.now())
    for by in (cast.elin, cast.ines):
        with database_refuses("only the owner of the clinic erases somebody"):
            Erasure.objects.create(patient=patient, by=by)


def test_an_erasure_that_breaks_off_leaves_everything_as_it_was(cast: Cast) -> None:
    patient = _marked(cast)
    before = acts.everything()
    for nth in (1, 9, 25, 60):
        with pytest.raises(DiskFull), failing_at(nth):
            _erase(patient, cast.petra)
        assert acts.everything() == before


def test_the_page_says_what_goes_and_what_stays_and_erases(cast: Cast) -> None:
    _marked(cast)
    Patient.objects.filter(pk=cast.maya.pk).update(name="Maya Roos", number="20601")
    owner = browser(cast.petra)
    address = reverse("erase", args=[cast.maya.pk])
    page = text(owner.get(address))
    assert "The record is to be kept until" in page
    assert "write <b>20601</b>" in page
    assert Practice.objects.filter(plan__patient=cast.maya).exclude(note="").exists()
    wrong = owner.post(address, {"typed": "20602", "why": WHY})
    assert (wrong.status_code, 'value="20602"' in text(wrong)) == (422, True)
    assert "Write “20601”" in text(wrong)
    early = owner.post(address, {"typed": "20601", "why": ""})
    assert (early.status_code, "write why" in text(early)) == (422, True)
    done = owner.post(address, {"typed": "20601", "why": WHY}, follow=True)
    assert "Erased. What was practised and decided stays." in text(done)
    assert marked.found(WORD) == []
    event = Event.objects.get(kind="erased")
    assert (event.actor, event.subject) == (cast.petra, cast.maya.user)


def test_the_command_says_first_and_erases_when_it_is_told_whom(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    _discharge(cast)
    call_command("erase", cast.maya.pk)
    said = capsys.readouterr().out
    assert "Maya Roos: kept until" in said
    assert Patient.objects.get(pk=cast.maya.pk).name == "Maya Roos"
    with pytest.raises(CommandError, match="kept until"):
        call_command("erase", cast.maya.pk, confirm="Maya Roos")
    call_command("erase", cast.maya.pk, confirm="Maya Roos", why=WHY)
    assert Patient.objects.get(pk=cast.maya.pk).name == "Erased"
    assert Event.objects.get(kind="erased").actor is None
    with pytest.raises(CommandError, match="no patient"):
        call_command("erase", 999_999)


def _file_holds(path: Path, word: bytes) -> list[str]:
    files = (path, path.with_name(path.name + "-wal"))
    return [file.name for file in files if file.exists() and word in file.read_bytes()]


@pytest.mark.only_sqlite
@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_the_products_own_file_holds_no_word(cast: Cast) -> None:
    factories.clinic()
    patient = _discharge(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patients_patient SET referral_note = %s WHERE id = %s", [WORD, patient.pk]
        )
    file = Path(connection.settings_dict["NAME"])
    assert _file_holds(file, WORD.encode()) != []
    _erase(patient, cast.petra)
    assert _file_holds(file, WORD.encode()) == []
