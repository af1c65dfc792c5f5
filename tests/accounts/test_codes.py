"""A short code opens a patient's page in a browser that knows nobody: once, soon, with the PIN."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts import codes, doors, links
from accounts.models import Clinic, Event, Phone, PhoneLink, User
from accounts.refusals import Refused
from law.export.rows import tables_of
from patients.verbs import people as people_verbs
from tests.accounts.phones import code_of, code_on, new_link, opened, path_of, signed_in
from tests.cast import Cast
from tests.patients.acts import everything

PIN = "4711"
DID_NOT_WORK = "Look at the code and at your PIN"


@pytest.fixture
def maya(cast: Cast) -> User:
    """She has a link and a PIN."""
    user = cast.maya.user
    links.issue(user, by=cast.elin)
    links.set_pin(user, PIN)
    user.refresh_from_db()
    return user


def typed(code: str, pin: str = PIN, network: str = "203.0.113.7") -> tuple[Client, Any]:
    """Open the sign-in of a new browser, press "Open with a code", and type it."""
    browser = Client(REMOTE_ADDR=network)
    assert 'href="/code/"' in browser.get("/", follow=True).content.decode()
    answer = browser.post("/code/", {"code": code, "pin": pin})
    return browser, answer


def test_a_phone_shows_a_code_that_opens_an_icon_once(maya: User, cast: Cast) -> None:
    phone = opened(path_of(maya.phone_link), pin=PIN)
    assert "Show a code" in phone.get("/me/").content.decode()
    code = code_on(phone.post("/me/code/"))
    icon, answer = typed(f"{code[:4]} {code[4:]}")
    assert (answer.status_code, answer["Location"]) == (303, "/today/")
    assert signed_in(icon)
    assert signed_in(phone)
    assert Phone.objects.filter(user=maya).count() == 2
    again, answer = typed(code)
    assert answer.status_code == 422
    assert not signed_in(again)
    kinds = Event.objects.filter(subject=maya).values_list("kind", flat=True)
    assert {"code_made", "link_used"} <= set(kinds)


def test_a_patients_phone_is_not_asked_for_a_password(maya: User) -> None:
    """The clinic's half of the sign-in is folded there, and opens when somebody uses it."""
    folded = '<details class="panel">'
    assert folded not in Client().get("/account/login/").content.decode()
    phone = opened(path_of(maya.phone_link), pin=PIN)
    phone.post("/account/logout/")
    assert folded in phone.get("/account/login/").content.decode()
    wrong = phone.post("/account/login/", {"login": "elin@harbour.example", "password": "x"})
    assert '<details class="panel" open>' in wrong.content.decode()


def test_a_clinician_tells_a_code_on_the_telephone(maya: User, cast: Cast) -> None:
    desk = Client()
    desk.force_login(cast.omar)
    assert "Make a short code" in desk.get(f"/people/{maya.pk}/link/").content.decode()
    answer = desk.post(f"/people/{maya.pk}/link/code/")
    browser, _ = typed(code_on(answer))
    assert signed_in(browser)
    assert Event.objects.get(kind="code_made").actor == cast.omar


def _old(maya: User, cast: Cast, code: str) -> None:
    PhoneLink.objects.filter(user=maya).update(code_until=timezone.now() - timedelta(seconds=1))


def _lock(maya: User, cast: Cast, code: str) -> None:
    for _try in range(5):
        typed(code, "0000", network="198.51.100.9")


def _new_link_with_pin(maya: User, cast: Cast, code: str) -> None:
    links.issue(maya, by=cast.elin)
    links.set_pin(maya, PIN)


def _discharge(maya: User, cast: Cast, code: str) -> None:
    """From a clinic that then ends reading, too."""
    Clinic.objects.filter(pk=maya.clinic_id).update(read_after_discharge=False)
    people_verbs.discharge(patient=maya.patient, by=cast.elin)


WHY_NOT: dict[str, Callable[[User, Cast, str], object]] = {
    "used": lambda maya, cast, code: typed(code, network="198.51.100.9"),
    "old": _old,
    "a newer one": lambda maya, cast, code: code_of(maya),
    "link taken back": lambda maya, cast, code: links.revoke(maya, by=cast.elin),
    "a new link": lambda maya, cast, code: new_link(maya, cast.elin),
    "a new link with its PIN": _new_link_with_pin,
    "locked": _lock,
    "no access": lambda maya, cast, code: User.objects.filter(pk=maya.pk).update(is_active=False),
    "discharged": _discharge,
    "no PIN any more": lambda maya, cast, code: PhoneLink.objects.update(pin_hash=""),
}


class Counted(MD5PasswordHasher):
    """Counts hashes: each takes most of a second where it is a real one."""

    made = 0

    def encode(self, password: str, salt: str) -> str:
        Counted.made += 1
        return str(super().encode(password, salt))


@pytest.mark.parametrize("why", WHY_NOT)
def test_nobody_learns_why_a_code_does_not_open(
    maya: User, cast: Cast, settings: Settings, why: str
) -> None:
    """Neither from the page nor from the time it takes."""
    settings.PASSWORD_HASHERS = ["tests.accounts.test_codes.Counted"]
    code = code_of(maya)
    WHY_NOT[why](maya, cast, code)
    pages = set()
    for wrong in (code, "00000000"):
        Counted.made = 0
        browser, answer = typed(wrong)
        assert Counted.made == 1
        assert answer.status_code == 422
        assert not signed_in(browser)
        text = re.sub(r'value="[^"]*"|\d{2}:\d{2}', "", answer.content.decode())
        pages.add(re.sub(r"(\?v=|nonce-)\S+", "", text))
    assert len(pages) == 1
    assert DID_NOT_WORK in pages.pop()


def test_a_wrong_pin_reads_the_same_and_leaves_the_code(maya: User) -> None:
    code = code_of(maya)
    browser, answer = typed(code, "0000")
    assert DID_NOT_WORK in answer.content.decode()
    assert not signed_in(browser)
    assert PhoneLink.objects.get(user=maya).tries == 1
    assert signed_in(typed(code)[0])


def test_ten_minutes_are_the_end_of_a_code(maya: User) -> None:
    code = code_of(maya)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        assert not signed_in(typed(code)[0])


def test_without_a_pin_no_code_is_made(cast: Cast) -> None:
    links.issue(cast.maya.user, by=cast.elin)
    cast.maya.user.refresh_from_db()
    phone = Client()
    phone.force_login(cast.maya.user)
    page = phone.get("/me/code/").content.decode()
    assert 'href="/me/pin/"' in page
    assert "Show a code</button>" not in page
    assert phone.post("/me/code/").status_code == 422
    assert PhoneLink.objects.get(user=cast.maya.user).code_digest == ""


@pytest.mark.parametrize("who", ["ines", "tomas"])
def test_nobody_makes_a_code_for_a_patient_of_others(maya: User, cast: Cast, who: str) -> None:
    """Neither another clinic nor another patient; the verb refuses it too."""
    by = cast.ines if who == "ines" else cast.tomas.user
    other = Client()
    other.force_login(by)
    asked = other.post(f"/people/{maya.pk}/link/code/")
    assert asked.status_code == (404 if who == "ines" else 403)
    with pytest.raises(Refused) as refused:
        codes.make(_request(), maya, by=by)
    assert refused.value.code == "not_yours"
    assert PhoneLink.objects.get(user=maya).code_digest == ""


def test_who_has_finished_gets_no_code(maya: User, cast: Cast) -> None:
    people_verbs.discharge(patient=maya.patient, by=cast.elin)
    phone = Client()
    phone.force_login(maya)
    assert phone.post("/me/code/").status_code == 422
    desk = Client()
    desk.force_login(cast.elin)
    assert desk.post(f"/people/{maya.pk}/link/code/").status_code == 422
    assert PhoneLink.objects.get(user=maya).code_digest == ""


def test_a_network_that_guesses_is_stopped_and_keeps_out_no_other(maya: User) -> None:
    code = code_of(maya)
    statuses = [typed(f"{guess:08}")[1].status_code for guess in range(11)]
    assert statuses == [422] * 10 + [429]
    assert not signed_in(typed(code)[0])
    assert signed_in(typed(code, network="198.51.100.9")[0])


def test_right_codes_do_not_count_against_a_waiting_room(maya: User) -> None:
    for _visit in range(6):
        assert signed_in(typed(code_of(maya))[0])
    phone = Client()
    phone.force_login(maya)
    assert phone.post("/me/code/").status_code == 422
    assert "Six codes" in phone.post("/me/code/").content.decode()


def test_a_copy_of_the_database_shows_no_code(maya: User) -> None:
    code = code_of(maya)
    assert code not in str(everything())
    kept = PhoneLink.objects.get(user=maya).code_digest
    assert len(kept) == 64
    assert "code_digest" not in str(_exported(maya))


def _exported(maya: User) -> Any:
    return [table.columns for table in tables_of(maya.patient)]


def _request() -> Any:
    """Of a browser that nobody is signed in with."""
    request = RequestFactory().post("/code/")
    request.session = Client().session
    request.user = AnonymousUser()
    return request


def test_of_two_browsers_that_send_a_code_at_once_one_comes_in(maya: User) -> None:
    code_of(maya)
    link = PhoneLink.objects.get(user=maya)
    request = _request()
    PhoneLink.objects.update(code_digest="", code_until=None)  # the other was faster
    with pytest.raises(Refused) as refused:
        doors.redeem(request, link.token, PIN, code=link.code_digest)
    assert refused.value.code == "link_dead"
    assert not Phone.objects.filter(user=maya).exists()


@pytest.mark.both
def test_the_database_keeps_no_half_code(maya: User) -> None:
    link = PhoneLink.objects.filter(user=maya)
    with pytest.raises(IntegrityError, match="phone_link_code_ends"), transaction.atomic():
        link.update(code_digest="x")
    with pytest.raises(IntegrityError, match="phone_link_code_ends"), transaction.atomic():
        link.update(code_until=timezone.now())
