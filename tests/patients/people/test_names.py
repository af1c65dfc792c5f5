"""Names of patients: put right by the person or by the clinic, and the right one on each page and
paper."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import staff
from accounts.models import Event, User
from patients.models import NamePart, Patient, PatientSummary
from patients.summaries import refresh, verify
from patients.verbs import identity as identity_verbs
from patients.verbs import people as people_verbs
from patients.wording.days import full_day
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.caseloads import listed
from tests.patients.clinic_pages import browser, text
from tests.patients.phone import phone_of

OWN = reverse("own_name")


def named(patient: Patient) -> tuple[str, str, str]:
    fresh = Patient.objects.select_related("user").get(pk=patient.pk)
    return fresh.name, fresh.formal_name, fresh.user.name


def test_a_patient_puts_their_own_name_right_and_it_is_on_record(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    assert OWN in phone.get(reverse("me")).content.decode()
    assert 'value="Maya Roos"' in phone.get(OWN).content.decode()
    answer = phone.post(OWN, {"name": "Maja Lind", "formal_name": "Maja Lovisa Lind"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("me"))
    assert named(cast.maya) == ("Maja Lind", "Maja Lovisa Lind", "Maja Lind")
    event = Event.objects.get(kind="name_changed")
    assert (event.actor, event.subject) == (cast.maya.user, cast.maya.user)
    assert listed(cast.elin, q="lovisa") == listed(cast.elin, q="lind") == ["Maja Lind"]
    assert listed(cast.elin, q="roos") == []
    assert list(verify.differences()) == []


def test_the_clinic_reads_who_changed_the_name_and_when(cast: Cast) -> None:
    edit = reverse("patient_edit", args=[cast.maya.pk])
    assert "The name was changed" not in text(browser(cast.elin).get(edit))
    phone_of(cast.maya).post(OWN, {"name": "Maja Lind"})
    day = full_day(cast.harbour.today())
    assert f"The name was changed on {day} by Maja Lind." in text(browser(cast.elin).get(edit))


@pytest.mark.parametrize("typed", ["", "...", "\u202e\u200b", "x" * 201])
def test_nobody_is_without_a_name(cast: Cast, typed: str) -> None:
    answer = phone_of(cast.maya).post(OWN, {"name": typed, "formal_name": "Maja Lovisa Lind"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_name_error"' in page
    assert 'value="Maja Lovisa Lind"' in page
    assert named(cast.maya) == ("Maya Roos", "", "Maya Roos")


@pytest.mark.parametrize(
    ("name", "code"), [("", "name_missing"), ("–", "name_missing"), ("x" * 201, "too_long")]
)
def test_the_verb_too_refuses_by_name(cast: Cast, name: str, code: str) -> None:
    with acts.refused(code):
        identity_verbs.put_names_right(
            patient=cast.maya, by=cast.maya.user, name=name, formal_name=""
        )


def test_whoever_has_finished_asks_the_clinic(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = phone.post(OWN, {"name": "Maja Lind"})
    assert answer.status_code == 422
    assert "You have finished with Harbour Physio." in text(answer)
    assert OWN not in phone.get(reverse("me")).content.decode()
    assert named(cast.maya)[0] == "Maya Roos"
    identity_verbs.put_names_right(
        patient=cast.maya, by=cast.elin, name="Maja Lind", formal_name=""
    )


@pytest.mark.parametrize("who", ["tomas", "noor", "ines"])
def test_nobody_else_puts_it_right(cast: Cast, who: str) -> None:
    other = getattr(cast, who)
    with acts.refused("not_the_patient"):
        identity_verbs.put_names_right(
            patient=cast.maya,
            by=other if isinstance(other, User) else other.user,
            name="Maja",
            formal_name="",
        )


def test_the_clinic_puts_both_right_and_the_same_again_is_no_change(cast: Cast) -> None:
    said = {"name": "Maja Lind", "formal_name": "Maja Lovisa Lind", "lead": cast.elin.pk}
    edit = reverse("patient_edit", args=[cast.maya.pk])
    for _ in range(2):
        assert browser(cast.elin).post(edit, said).status_code == 303
    assert named(cast.maya) == ("Maja Lind", "Maja Lovisa Lind", "Maja Lind")
    changed = Event.objects.filter(kind="name_changed", subject=cast.maya.user)
    assert {event.actor for event in changed} == {cast.elin}
    before = changed.count()
    browser(cast.elin).post(edit, said)
    assert changed.count() == before
    assert list(verify.differences()) == []


# ---- how people are addressed


def test_a_title_is_nobodys_first_name(clock: time_machine.Traveller, cast: Cast) -> None:
    jane = factories.clinician(cast.harbour, "Dr. Jane Roe", email="jane@harbour.example")
    plan = factories.plan(factories.patient(jane, "Muster, Anna"))
    phone = phone_of(plan.patient)
    acts.log(plan, pain=8)
    for name in ("today", "ladder", "my_messages", "report", "history"):
        page = text(phone.get(reverse(name)))
        assert "Dr. can" not in page
        assert "Dr. has" not in page
        assert "Anna M." in page
    page = text(phone.get(reverse("today"))) + text(phone.get(reverse("my_messages")))
    assert "Jane" in page
    chart = text(browser(jane).get(reverse("chart", args=[plan.patient.pk])))
    assert "Anna has no drill until you answer." in chart or "Anna" in chart
    assert "Muster, has" not in chart


def test_pages_have_the_display_name_and_papers_the_formal_one(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    identity_verbs.put_names_right(
        patient=cast.maya, by=cast.elin, name="Maya Roos", formal_name="Maya Lovisa Roos"
    )
    staff.put_names_right(
        user=cast.elin, by=cast.elin, name="Dr. Elin Ek", formal_name="Dr. med. Elin Ek, PT"
    )
    phone = phone_of(cast.maya)
    for name in ("today", "ladder", "me", "my_messages"):
        page = text(phone.get(reverse(name)))
        assert "Lovisa" not in page
        assert "Dr. med." not in page
    clinic = browser(cast.elin)
    for name in ("plan_summary", "handout", "visit_note"):
        page = text(clinic.get(reverse(name, args=[cast.maya.pk])))
        assert "Maya Lovisa Roos" in page, name
    assert "Dr. med. Elin Ek, PT" in text(clinic.get(reverse("handout", args=[cast.maya.pk])))
    letter = clinic.get(reverse("letter", args=[cast.maya.pk]))
    assert "About: Maya Lovisa Roos" in text(letter)
    assert "Dr. med. Elin Ek, PT" in text(letter)


# ---- what the search reads is kept right


def _spoilt(cast: Cast) -> None:
    NamePart.objects.filter(patient=cast.maya, spelling="roos").delete()
    NamePart.objects.create(patient=cast.maya, clinic=cast.harbour, spelling="lind")
    PatientSummary.objects.filter(patient=cast.tomas).update(same_as="", sorts_as="")


def test_verify_names_a_patient_whom_a_search_would_miss_and_repairs_it(cast: Cast) -> None:
    _spoilt(cast)
    found = "\n".join(verify.differences())
    assert f"patient {cast.maya.pk}: a search does not find every part of the name" in found
    assert "differs in sorts_as, same_as" in found
    assert refresh.rebuild(Patient.objects.all()) == 2
    assert list(verify.differences()) == []
    assert listed(cast.elin, q="roos") == ["Maya Roos"]


def test_verify_names_a_patient_with_two_names(cast: Cast) -> None:
    User.objects.filter(pk=cast.maya.user.pk).update(name="Maja Lind")
    assert [line for line in verify.differences() if "another name at sign-in" in line]


@pytest.mark.both
def test_a_part_is_kept_once(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NamePart.objects.create(patient=cast.maya, clinic=cast.harbour, spelling="roos")


def test_a_new_patient_and_a_renamed_one_have_every_part(cast: Cast) -> None:
    def parts(patient: Patient) -> set[str]:
        return set(NamePart.objects.filter(patient=patient).values_list("spelling", flat=True))

    jo: Any = people_verbs.take_on(by=cast.elin, name="Jö Smith-Ek", formal_name="Johan Ek")
    assert parts(jo) == {"jo", "joe", "smithek", "smith", "ek", "johan"}
    identity_verbs.put_names_right(patient=jo, by=jo.user, name="Jo Ek", formal_name="")
    assert parts(jo) == {"jo", "ek"}
