"""The trail says who changed what, from where, and what was not let through."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts import staff
from accounts.models import Event
from tests.cast import Cast
from tests.factories import PASSWORD

TABLET = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604"
NEW = "another long walk home"


def _browser(user: object = None) -> Client:
    browser = Client(headers={"User-Agent": TABLET}, REMOTE_ADDR="10.1.2.3")
    if user is not None:
        browser.force_login(user)  # type: ignore[arg-type]
    return browser


def test_a_password_changed_by_its_form_is_kept_with_where(cast: Cast) -> None:
    typed = {"oldpassword": PASSWORD, "password1": NEW}
    assert _browser(cast.elin).post(reverse("account_change_password"), typed).status_code == 303
    event = Event.objects.get(kind="password_changed")
    assert (event.actor, event.subject) == (cast.elin, cast.elin)
    assert (event.address, event.device, event.refused) == ("10.1.2.3", "Safari, iPad", False)


def test_a_password_set_by_a_link_is_kept(cast: Cast) -> None:
    link = staff.password_url(user=cast.omar, by=cast.petra)
    browser = _browser()
    browser.post(browser.get(link)["Location"], {"password1": NEW})
    event = Event.objects.get(kind="password_set_by_link")
    assert (event.subject, event.address) == (cast.omar, "10.1.2.3")


def test_a_wrong_password_and_one_too_many_are_kept_as_refused(cast: Cast) -> None:
    browser = _browser()
    for _ in range(6):
        browser.post(reverse("account_login"), {"login": cast.elin.email, "password": "wrong"})
    kinds = list(Event.objects.filter(subject=cast.elin, refused=True).values_list("kind"))
    assert kinds.count(("sign_in_failed",)) == 5
    assert kinds.count(("sign_in_limited",)) == 1


def test_what_changed_of_a_patient_is_kept_by_its_name_and_not_its_value(cast: Cast) -> None:
    typed = {"name": cast.maya.name, "lead": cast.omar.pk, "number": "A 17", "referral_note": "Hip"}
    address = reverse("patient_edit", args=[cast.maya.pk])
    assert _browser(cast.petra).post(address, typed).status_code == 303
    events = Event.objects.filter(kind="patient_changed", subject=cast.maya.user)
    assert {field for event in events for field in event.fields.split()} == {
        "lead",
        "number",
        "referral_note",
    }
    assert {event.actor for event in events} == {cast.petra}
    before = Event.objects.count()
    _browser(cast.petra).post(address, typed)
    assert Event.objects.count() == before


def test_what_changed_of_the_clinic_is_kept_by_its_name(cast: Cast) -> None:
    clinic = cast.harbour
    typed = {
        "name": clinic.name,
        "phone": "08 999 99",
        "time_zone": clinic.time_zone,
        "urgent_again_minutes": 60,
        **{name: getattr(clinic, name) for name in LIMITS},
    }
    assert _browser(cast.petra).post(reverse("clinic"), typed).status_code == 303
    event = Event.objects.get(kind="clinic_changed")
    assert "phone" in event.fields.split()
    assert "time_zone" not in event.fields.split()


LIMITS = (
    "pain_fine_to",
    "pain_fine_rise_to",
    "pain_stop_from",
    "pain_rise_stop",
    "pain_high",
    "pain_rise_high",
)


def test_a_changed_e_mail_is_told_at_the_old_and_at_the_new_address(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    old = cast.omar.email
    typed = {"name": cast.omar.name, "email": "new@harbour.example", "role": "clinician"}
    browser = _browser(cast.petra)
    answer = browser.post(reverse("staff_change", args=[cast.omar.pk]), typed)
    assert answer.status_code == 303
    assert [mail.to for mail in mailoutbox] == [[old], ["new@harbour.example"]]
    assert all(cast.petra.name in str(mail.body) for mail in mailoutbox)
    browser.post(reverse("staff_change", args=[cast.omar.pk]), typed)
    assert len(mailoutbox) == 2
