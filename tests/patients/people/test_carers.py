"""Somebody helps a patient: they see the day, log and tell under their own name, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import links, phones
from accounts.models import Event, Phone, PhoneLink, User
from accounts.refusals import Refused as LinkRefused
from law.erasing import erase as erasing
from law.export.rows import tables_of
from patients.models import Carer, Message, Morning, Patient, Practice, Report, Stop
from patients.summaries import verify
from patients.verbs import carers as carer_verbs
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import practice as practice_verbs
from patients.verbs import reports as report_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from tests import factories
from tests.accounts.phones import new_link, opened, signed_in
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import refused
from tests.patients.clinic_pages import browser, text
from tests.patients.people.carers import MARK, named, page_of, told
from tests.patients.phone import phone_of, save
from trail import reading

QR = '<img class="qr'


# ---- named, let in, and what they write


def test_a_patient_names_somebody_who_logs_on_their_own_phone(cast: Cast) -> None:
    phone_of(cast.maya).post(reverse("my_carers"), {"name": "Rut Roos"})
    carer = Carer.objects.get()
    clinic = browser(cast.elin)
    clinic.post(reverse("carer_link_issue", args=[carer.pk]))
    address = links.url(PhoneLink.objects.get(user=carer.user))
    assert QR in clinic.get(reverse("carer_link", args=[carer.pk])).content.decode()
    assert QR not in browser(cast.omar).get(reverse("carer_link", args=[carer.pk])).content.decode()
    phone = opened("/" + address.split("/", 3)[3])
    phone.post(reverse("pin"), {"pin": "4711"})
    assert "You help Maya Roos." in page_of(phone, "today")
    save(phone, cast.harbour.today(), pain=2, note="She was brave.")
    assert Practice.objects.get().by == carer.user
    assert MARK in page_of(phone, "today")
    assert MARK in page_of(browser(cast.elin), "practice_history", cast.maya.pk)
    assert "sets, written by Rut Roos, carer" in page_of(browser(cast.elin), "chart", cast.maya.pk)
    assert MARK in page_of(phone_of(cast.maya), "history")
    assert "Rut Roos, carer" in page_of(browser(cast.elin), "thread", cast.maya.pk)


def test_a_report_of_a_carer_stops_practice_and_says_who_told_it(cast: Cast) -> None:
    phone = phone_of(named(cast))
    phone.post(reverse("report"), {"client_id": "a", "kind": "saddle"})
    assert Stop.objects.unanswered().get().patient == cast.maya
    assert "Your clinic was told" in page_of(phone_of(cast.maya), "today")
    assert MARK in page_of(browser(cast.elin), "practice_history", cast.maya.pk)


def test_words_that_are_read_first_reach_the_clinic_from_a_carer_too(cast: Cast) -> None:
    phone = phone_of(named(cast))
    answer = phone.post(
        reverse("report"), {"client_id": "a", "kind": "other", "words": "I want to kill myself."}
    )
    assert answer["Location"] == reverse("read_first")
    assert Message.objects.get().read_first


def test_naming_lets_nobody_in_and_the_same_name_is_one_carer(cast: Cast) -> None:
    first = named(cast)
    assert carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.elin) == first
    assert links.state(links.link_of(first.user)) == "none"
    assert [event.actor for event in Event.objects.filter(kind="carer_named")] == [cast.maya.user]


@pytest.mark.parametrize("who", ["tomas", "ines", "rut", "noor"])
def test_nobody_else_names_ends_or_lets_read(cast: Cast, who: str) -> None:
    carer = named(cast)
    by = carer.user if who == "rut" else getattr(cast, who)
    by = by if isinstance(by, User) else by.user
    with refused("not_the_patient"):
        carer_verbs.name(patient=cast.maya, name="Zoe Zorn", by=by)
    with refused("not_the_patient"):
        carer_verbs.end(carer=carer, by=by)
    with refused("not_the_patient"):
        carer_verbs.allow_reading(carer=carer, allowed=True, by=by)


def test_the_clinic_never_lets_a_carer_read(cast: Cast) -> None:
    carer = named(cast)
    with refused("not_the_patient"):
        carer_verbs.allow_reading(carer=carer, allowed=True, by=cast.elin)


def test_a_carer_reads_once_the_patient_lets_them_and_no_longer(cast: Cast) -> None:
    carer = named(cast)
    phone = phone_of(carer)
    switch = reverse("carer_reading", args=[carer.pk])
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Quixotry?")
    for allowed, status in (("yes", 200), ("no", 403)):
        phone_of(cast.maya).post(switch, {"allowed": allowed})
        pages = ("ladder", "history", "my_messages")
        assert {phone.get(reverse(page)).status_code for page in pages} == {status}
        assert ("wrote to you" in page_of(phone, "today")) == (status == 200)
        phone.post(reverse("my_messages"), {"text": "She sleeps well.", "client_id": allowed})
    (written,) = Message.objects.filter(from_patient=True)
    assert written.by == carer.user
    assert Message.objects.get(from_patient=False).read_at is None
    assert "Rut Roos, carer" in page_of(phone_of(cast.maya), "my_messages")


def test_not_more_than_five_help_at_once(cast: Cast) -> None:
    for name in ("Ada", "Bo", "Cleo", "Dag", "Eve"):
        last = named(cast, name)
    with refused("too_many_carers"):
        carer_verbs.name(patient=cast.maya, name="Finn", by=cast.elin)
    carer_verbs.end(carer=last, by=cast.maya.user)
    named(cast, "Finn")


@pytest.mark.parametrize("by", ["patient", "clinic"])
def test_a_patient_reads_for_a_week_whom_the_clinic_named(clock: Any, cast: Cast, by: str) -> None:
    carer = named(cast, by=cast.maya.user if by == "patient" else cast.elin)
    says = "Your clinic named Rut Roos to help you."
    assert (says in page_of(phone_of(cast.maya), "today")) == (by == "clinic")
    assert says not in page_of(phone_of(carer), "today")
    carer_verbs.end(carer=carer, by=cast.maya.user)
    assert says not in page_of(phone_of(cast.maya), "today")
    named(cast, "Rolf Roth", by=cast.elin)
    clock.shift(timedelta(days=7, minutes=1))
    assert "Your clinic named" not in page_of(phone_of(cast.maya), "today")


# ---- only of the one they help, and only the day


def test_a_carer_opens_the_drill_of_the_day_and_no_other(cast: Cast) -> None:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    phone = phone_of(named(cast))
    level = acts.level(cast.plan, 2)
    assert phone.get(reverse("level_page", args=[2, level.slug])).status_code == 200
    assert phone.get(reverse("level_page", args=[1, acts.level(cast.plan).slug])).status_code == 403
    assert phone.get(reverse("log_day", args=[cast.harbour.today()])).status_code == 200
    assert "looks for on rung" not in page_of(phone, "about_ladder")


def test_a_carer_of_one_writes_nothing_about_another(cast: Cast) -> None:
    rut = named(cast).user
    entry = acts.log(cast.noors_plan)
    with refused("not_the_patient"):
        acts.log(cast.noors_plan, by=rut)
    with refused("not_the_patient"):
        told(cast.tomas, rut, pain=3)
    with refused("not_the_patient"):
        message_verbs.write(plan=cast.noors_plan, by=rut, text="Hello.")
    with refused("not_the_patient"):
        practice_verbs.answer_morning(practice=entry, by=rut, pain_now=3)


def test_a_carer_decides_nothing_for_the_patient(cast: Cast) -> None:
    rut = named(cast).user
    with refused("not_the_patient"):
        plan_verbs.pause(plan=cast.plan, by=rut)
    with refused("not_the_patient"):
        plan_verbs.request_review(plan=cast.plan, by=rut)
    with refused("not_the_patient"):
        plan_verbs.choose_level(plan=cast.plan, level=acts.level(cast.plan), by=rut)
    with refused("not_the_patient"):
        usual_pain_verbs.tell(patient=cast.maya, by=rut, pain=3)
    with refused("not_the_patient"):
        message_verbs.mark_read(plan=cast.plan, by=rut)


def test_the_page_of_a_carer_shows_no_words_of_the_patient(cast: Cast) -> None:
    """Neither a note, nor what was told, nor the message that waits, nor why it is paused."""
    phone = phone_of(named(cast))
    acts.log(cast.plan, note="Quixotry hurts.")
    told(cast.maya, cast.maya.user, kinds=["other"], words="Quixotry too.")
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Quixotry?")
    today = cast.harbour.today()
    pages = [page_of(phone, "today"), page_of(phone, "report"), page_of(phone, "log_day", today)]
    plan_verbs.pause(plan=cast.plan, by=cast.maya.user, reason="Quixotry again.")
    pages.append(page_of(phone, "today"))
    assert "This day is logged." in pages[2]
    assert not [page for page in pages if "uixotry" in page or "wrote to you" in page]
    assert "set this pause" not in pages[3]


# ---- what somebody else wrote stays


def test_a_carer_corrects_and_takes_back_their_own_words_alone(cast: Cast) -> None:
    rut = named(cast).user
    own = told(cast.maya, rut, pain=8)
    hers = told(cast.maya, cast.maya.user, kinds=["below_knee"], sides={"below_knee": "left"})
    with refused("not_your_words"):
        report_verbs.take_back(report=hers, by=rut, client_id="b")
    report_verbs.take_back(report=own, by=rut, client_id="c")
    assert [stop.cause for stop in Stop.objects.unanswered()] == ["below_knee"]


def test_a_carer_lifts_no_stop_by_telling_something_else(cast: Cast) -> None:
    """Neither on the same form, nor with a log that corrects the patient's."""
    rut = named(cast).user
    entry = acts.log(cast.plan, pain=8)
    with refused("not_your_words"):
        acts.log(cast.plan, by=rut, corrects=entry, pain=1)
    report_verbs.report(patient=cast.maya, by=cast.maya.user, client_id="a", pain=9)
    beside = report_verbs.report(patient=cast.maya, by=rut, client_id="a", pain=1)
    assert beside.takes_back is None
    phone_of(Carer.objects.get()).post(reverse("before"), {"before": "1"})
    assert Stop.objects.unanswered().count() == 2


def test_a_log_of_a_carer_over_the_patients_keeps_what_it_tells_and_what_stood(cast: Cast) -> None:
    signs = told(cast.maya, cast.maya.user, kinds=["numb"], asked="log")
    entry = acts.log(cast.plan, pain=2, report=signs)
    day = cast.harbour.today()
    sheet = {"client_id": "of a carer", "level": entry.level_id, "corrects": entry.pk, "new": "no"}
    sheet |= {"pain": "1", "done-1": "1", "reps-1": "10"}
    answer = phone_of(named(cast)).post(reverse("log_day", args=[day]), sheet)
    assert answer.status_code == 422
    assert Practice.objects.get() == entry
    assert not hasattr(Report.objects.get(pk=signs.pk), "taken_back_by")


def test_a_carer_answers_the_morning_once_and_changes_no_answer_of_the_patient(
    clock: Any, cast: Cast
) -> None:
    entry = acts.log(cast.plan)
    clock.shift(timedelta(days=1))
    rut = named(cast)
    practice_verbs.answer_morning(practice=entry, by=rut.user, pain_now=2)
    practice_verbs.answer_morning(practice=entry, by=rut.user, pain_now=3)
    practice_verbs.answer_morning(practice=entry, by=cast.maya.user, pain_now=4)
    with refused("not_your_words"):
        practice_verbs.answer_morning(practice=entry, by=rut.user, pain_now=1)
    assert list(Morning.objects.values_list("pain", flat=True)) == [2, 3, 4]
    assert phone_of(rut).get(reverse("morning", args=[entry.pk])).status_code == 302


# ---- ended, discharged, erased


@pytest.mark.parametrize("by", ["patient", "clinic"])
def test_ended_access_is_gone_at_once(cast: Cast, by: str) -> None:
    carer = named(cast)
    other = named(cast, "Rolf Roth")
    path = new_link(carer.user, cast.elin)
    phone = opened(path)
    beside = opened(new_link(other.user, cast.elin))
    ends = phone_of(cast.maya) if by == "patient" else browser(cast.omar)
    ends.post(reverse("carer_end", args=[carer.pk]))
    assert not signed_in(phone)
    assert not phone.post(reverse("report"), {"client_id": "a", "kind": "fever"}).get("HX-Redirect")
    assert (Client().get(path).status_code, signed_in(beside)) == (410, True)
    assert not Report.objects.exists()
    assert list(Phone.objects.values_list("user", flat=True)) == [other.user_id]
    carer.user.refresh_from_db()
    with refused("not_the_patient"):
        told(cast.maya, carer.user, pain=3)
    with pytest.raises(LinkRefused, match="link"):
        links.issue(carer.user, by=cast.elin)
    assert "Rut Roos helped until" in page_of(phone_of(cast.maya), "my_carers")


def test_a_page_left_open_says_that_the_access_has_ended_and_whom_to_call(cast: Cast) -> None:
    """On the phone that was used, and with what was typed; a stranger learns nothing of it."""
    carer = named(cast)
    path = new_link(carer.user, cast.elin)
    phone = opened(path)
    carer_verbs.end(carer=carer, by=cast.maya.user)
    typed = {"client_id": "a", "kind": "other", "words": "Her foot drags."}
    answer = phone.post(reverse("report"), typed)
    assert answer.status_code == 403
    for words in ("Nothing was saved, and nobody reads it.", "08 123 45", "Her foot drags."):
        assert words in text(answer)
    by_htmx = phone.post(reverse("report"), typed, headers={"HX-Request": "true"})
    assert "Your access has ended." in text(by_htmx)
    assert by_htmx["HX-Redirect"] == reverse("account_login")
    assert "Your access has ended" in page_of(phone, "today")
    assert "Your access has ended" in text(phone.get(path))
    assert "Your access has ended" not in text(Client().get(path))
    again = named(cast, "Rut Ros")
    phone.post(new_link(again.user, cast.elin))
    assert "You help Maya Roos." in page_of(phone, "today")


def test_the_patient_sees_that_who_helps_has_looked(cast: Cast) -> None:
    phone = phone_of(named(cast))
    phone.get(reverse("today"))
    phone.get(reverse("pin"))
    (line,) = reading.who_looked(cast.maya.user, 1)[0]
    assert line.sentence.startswith("Rut Roos, carer, opened your day and your ladder on ")


def test_of_who_was_discharged_a_carer_tells_and_does_no_more(cast: Cast) -> None:
    carer = named(cast)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    phone = phone_of(carer)
    assert "You have finished with Elin" in page_of(phone, "today")
    phone.post(reverse("report"), {"client_id": "a", "kind": "fever"})
    assert Report.objects.get().by == carer.user
    assert phone.post(reverse("pin"), {"pin": "4711"}).status_code == 422
    cast.maya.refresh_from_db()
    with refused("carer_too_late"):
        carer_verbs.name(patient=cast.maya, name="Zoe Zorn", by=cast.elin)
    with refused("carer_too_late"):
        carer_verbs.allow_reading(carer=carer, allowed=True, by=cast.maya.user)
    carer_verbs.end(carer=carer, by=cast.maya.user)


def test_the_birthday_of_who_is_helped_is_no_pin(cast: Cast) -> None:
    carer = named(cast)
    Patient.objects.filter(pk=cast.maya.pk).update(born_on="1957-05-02")
    phone = opened(new_link(carer.user, cast.elin))
    assert phone.post(reverse("pin"), {"pin": "0205"}).status_code == 422
    assert phone.post(reverse("pin"), {"pin": "4711"}).status_code == 303


def test_a_clinic_signs_one_phone_of_a_carer_out(cast: Cast) -> None:
    carer = named(cast)
    phone = opened(new_link(carer.user, cast.elin))
    (entry,) = phones.phones_of(carer.user)
    answer = browser(cast.elin).post(reverse("phone_end", args=[entry.phone.pk]))
    assert answer["Location"] == reverse("carer_link", args=[carer.pk])
    assert not signed_in(phone)


def test_an_erased_patient_leaves_no_name_of_who_helped(cast: Cast) -> None:
    carer = named(cast)
    phone = opened(new_link(carer.user, cast.elin))
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    patient = Patient.objects.select_related("clinic", "user").get(pk=cast.maya.pk)
    erasing.erase(patient=patient, by=cast.petra, typed="Maya Roos", why="She asked for it.")
    carer.refresh_from_db()
    assert (User.objects.get(pk=carer.user_id).name, carer.ended_by) == ("Erased", cast.petra)
    assert not signed_in(phone)
    assert not PhoneLink.objects.filter(user=carer.user).exists()
    assert list(verify.differences()) == []


def test_an_export_names_who_helped_and_opens_no_door(cast: Cast) -> None:
    carer = named(cast)
    links.issue(carer.user, by=cast.elin)
    rows = {table.name: table for table in tables_of(cast.maya)}
    assert rows["patients.carer"].rows[0]["user"]["name"] == "Rut Roos"
    assert len(rows["accounts.phonelink"].rows) == 1
    assert "opaque" not in rows["accounts.phonelink"].columns
