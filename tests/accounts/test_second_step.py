"""Who knows a password of the staff comes in no further where there is a second step."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import second_step, staff
from accounts.models import Clinic, Event, User
from accounts.passwords import HardToGuess
from accounts.public import PUBLIC
from accounts.refusals import Refused
from accounts.staff_door import AT_THE_LOCK, SETTING_UP
from curriculum.models import Ladder
from tests import access_world
from tests.access_table import rows
from tests.accounts import steps
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
STEP = "/account/step/"


#: Passkeys belong to a site with a name.
SITE = "localhost"


def give_password(client: Client, user: User) -> str:
    """Type the right password; where it leads."""
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return str(answer.headers.get("Location", answer.status_code))


def ask_of_all(clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(second_step=True)


def test_a_password_alone_opens_nothing_and_the_code_opens_the_clinic(
    cast: Cast, client: Client
) -> None:
    steps.app_of(cast.elin)
    assert give_password(client, cast.elin) == STEP
    assert not signed_in(client)
    assert client.post(STEP, {"code": steps.code()}).status_code == 303
    assert signed_in(client)


def test_a_code_works_once_though_it_fits_for_some_time(cast: Cast) -> None:
    steps.app_of(cast.elin)
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):
        used = steps.code()
        entered = Client()
        give_password(entered, cast.elin)
        entered.post(STEP, {"code": used})
        assert signed_in(entered)
    for later in (0, 29, 31, 45):
        with time_machine.travel(now + timedelta(seconds=later), tick=False):
            looked_over_the_shoulder = Client()
            give_password(looked_over_the_shoulder, cast.elin)
            looked_over_the_shoulder.post(STEP, {"code": f"{used[:3]} {used[3:]}"})
            assert not signed_in(looked_over_the_shoulder), later


def test_the_code_that_set_up_an_app_is_used_up_by_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.elin)
    steps.prove(client, cast.elin)
    used = steps.code()
    client.post(reverse("mfa_activate_totp"), {"code": used})
    thief = Client()
    assert give_password(thief, cast.elin) == STEP
    thief.post(STEP, {"code": used})
    assert not signed_in(thief)


def test_wrong_codes_are_counted_as_wrong_passwords_are(cast: Cast) -> None:
    steps.app_of(cast.elin)
    for _ in range(5):
        thief = Client()
        give_password(thief, cast.elin)
        refused = thief.post(STEP, {"code": "000000"})
        assert refused.status_code == 422
    assert "did not fit" in refused.content.decode()
    assert give_password(Client(), cast.elin) == "422"
    waiting = Client(REMOTE_ADDR="203.0.113.9")
    give_password(waiting, cast.elin)
    waiting.post(STEP, {"code": steps.code()})
    assert signed_in(waiting)
    assert Event.objects.filter(kind="second_step_failed", subject=cast.elin).count() == 5


def test_guessing_goes_no_further_in_one_browser_that_waits_at_the_second_step(
    cast: Cast, client: Client
) -> None:
    steps.app_of(cast.elin)
    give_password(client, cast.elin)
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    right = client.post(STEP, {"code": steps.code()})
    assert "Too many tries" in right.content.decode()
    assert not signed_in(client)


def recovery_codes(client: Client) -> list[str]:
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)


@pytest.mark.django_db(transaction=True)
def test_recovery_codes_are_shown_once_and_each_lets_in_once_without_the_phone(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.elin)
    steps.prove(client, cast.elin)
    done = client.post(reverse("mfa_activate_totp"), {"code": steps.code()})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = recovery_codes(client)
    assert len(codes) == 10
    assert recovery_codes(client) == []
    assert mail.outbox[-1].to == ["elin@harbour.example"]
    for attempt in (1, 2):
        lost = Client(REMOTE_ADDR=f"203.0.113.{attempt}")
        give_password(lost, cast.elin)
        lost.post(STEP, {"code": codes[0]})
        assert signed_in(lost) == (attempt == 1)


def test_a_copy_of_the_database_shows_no_secret_of_an_app_and_no_recovery_code(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.elin)
    steps.prove(client, cast.elin)
    client.post(reverse("mfa_activate_totp"), {"code": steps.code()})
    codes = recovery_codes(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert steps.SECRET not in kept
    assert not [code for code in codes if code in kept]


def test_an_older_key_opens_what_it_sealed_and_without_its_key_no_code_fits(
    cast: Cast, settings: Settings
) -> None:
    steps.app_of(cast.elin)
    older = settings.SECRET_KEY
    settings.SECRET_KEY = "another key of this installation"
    for fallbacks, comes_in in (([older], True), ([], False)):
        settings.SECRET_KEY_FALLBACKS = fallbacks
        browser = Client()
        give_password(browser, cast.elin)
        assert browser.post(STEP, {"code": steps.code()}).status_code == (303 if comes_in else 422)
        assert signed_in(browser) is comes_in


def test_a_passkey_signs_in_without_a_password(cast: Cast) -> None:
    client = Client(SERVER_NAME=SITE)
    passkey = steps.passkey_of(cast.elin)
    sign_in = reverse("mfa_login_webauthn")
    asked = client.get(sign_in, headers={"accept": "application/json"}).json()
    answer = passkey.answer(asked)
    assert client.post(sign_in, {"credential": answer})["Location"] == "/"
    assert signed_in(client)
    again = Client(SERVER_NAME=SITE)
    again.get(sign_in, headers={"accept": "application/json"})
    again.post(sign_in, {"credential": answer})
    assert not signed_in(again)


def test_a_passkey_answers_the_site_for_which_it_was_made_and_nobody_else_answers_for_it(
    cast: Cast,
) -> None:
    passkey = steps.passkey_of(cast.elin)
    stranger = steps.unknown_passkey_of(cast.elin)
    sign_in = reverse("mfa_login_webauthn")
    for key, origin in (
        (passkey, "https://hinge.evil.example"),
        (stranger, steps.ORIGIN),
        (steps.Passkey(cast.petra, passkey.number), steps.ORIGIN),
    ):
        browser = Client(SERVER_NAME=SITE)
        asked = browser.get(sign_in, headers={"accept": "application/json"}).json()
        browser.post(sign_in, {"credential": key.answer(asked, origin)})
        assert not signed_in(browser)


def test_a_passkey_of_somebody_whose_access_ended_opens_nothing(cast: Cast) -> None:
    client = Client(SERVER_NAME=SITE)
    passkey = steps.passkey_of(cast.omar)
    staff.deactivate(user=cast.omar, by=cast.petra)
    sign_in = reverse("mfa_login_webauthn")
    asked = client.get(sign_in, headers={"accept": "application/json"}).json()
    client.post(sign_in, {"credential": passkey.answer(asked)})
    assert not signed_in(client)


def test_the_square_code_for_the_app_is_a_picture_that_a_browser_draws(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.elin)
    steps.prove(client, cast.elin)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.context["totp_svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')


# ---- where the clinic asks it of everybody


@pytest.mark.django_db(transaction=True)
def test_who_has_no_second_step_is_led_to_set_one_up_and_reaches_nothing_else(
    cast: Cast, client: Client
) -> None:
    ask_of_all(cast.harbour)
    give_password(client, cast.elin)
    assert client.get("/caseload/")["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Your clinic asks for a second step." in page
    client.get(reverse("mfa_activate_totp"))
    code = steps.code_of(client)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 303
    assert client.get("/caseload/").status_code == 200


def test_no_address_opens_before_the_second_step(curriculum: Ladder) -> None:
    world = access_world.build()
    ask_of_all(world.cast.harbour)
    opened = []
    for row in rows():
        if row.name in {*PUBLIC, *SETTING_UP, *AT_THE_LOCK}:
            continue
        browser = Client()
        browser.force_login(world.cast.petra)
        steps.prove(browser, world.cast.petra)
        address = access_world.address(row.name, world)
        for headers in ({}, {"HX-Request": "true"}):
            answer = browser.generic(row.method, address, headers=headers)
            to = answer.headers.get("Location") or answer.headers.get("HX-Redirect")
            if to != reverse("mfa_index"):
                opened.append((row.name, row.method, answer.status_code, to))
    assert opened == []


def test_every_way_in_meets_the_second_step(cast: Cast) -> None:
    """The password, a new password by a mail or an owner's link, an invitation, and a session that
    was there before."""
    ask_of_all(cast.harbour)
    steps.app_of(cast.elin)
    before = Client()
    before.force_login(cast.elin)
    assert before.get("/caseload/")["Location"] == reverse("mfa_reauthenticate")
    by_link = Client()
    link = urlsplit(staff.password_url(user=cast.elin, by=cast.petra)).path
    form = by_link.get(link)["Location"]
    by_link.post(form, {"password1": "another long walk home"})
    assert not signed_in(by_link)
    by_link.post(LOGIN, {"login": cast.elin.email, "password": "another long walk home"})
    assert not signed_in(by_link)
    invited = staff.invite(
        clinic=cast.harbour, name="Nina New", email="n@x.example", role="clinician", by=cast.petra
    )
    joining = Client()
    address = urlsplit(staff.invitation_url(invited)).path
    joining.post(address, {"password": "another long walk home"})
    assert joining.get("/caseload/")["Location"] == reverse("mfa_index")


def test_a_session_from_before_the_app_goes_on_after_a_code(cast: Cast, client: Client) -> None:
    ask_of_all(cast.harbour)
    steps.app_of(cast.elin)
    client.force_login(cast.elin)
    again = reverse("mfa_reauthenticate")
    assert client.post(again, {"code": "000000"}).status_code == 422
    assert client.get("/caseload/")["Location"] == again
    assert client.post(again, {"code": steps.code()}).status_code == 303
    assert client.get("/caseload/").status_code == 200


def test_the_last_second_step_cannot_be_removed_while_the_clinic_asks_for_it(
    cast: Cast, client: Client
) -> None:
    ask_of_all(cast.harbour)
    steps.passkey_of(cast.elin)
    passkey = Authenticator.objects.get(user=cast.elin)
    client.force_login(cast.elin)
    steps.prove(client, cast.elin)
    steps.showed(client)
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
    client.post(remove)
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    steps.app_of(cast.elin)
    client.post(remove)
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_patient_is_asked_for_no_second_step(cast: Cast, client: Client) -> None:
    ask_of_all(cast.harbour)
    client.force_login(cast.maya.user)
    assert client.get("/today/").status_code == 200


# ---- a phone that is lost


def test_the_owner_removes_a_colleagues_second_step_and_the_colleague_is_told(
    cast: Cast, client: Client
) -> None:
    steps.app_of(cast.omar)
    theirs = Client()
    theirs.force_login(cast.omar)
    client.force_login(cast.petra)
    steps.prove(client, cast.petra)
    assert (
        "Remove the second step"
        in client.get(reverse("staff_change", args=[cast.omar.pk])).content.decode()
    )
    client.post(reverse("staff_step_remove", args=[cast.omar.pk]))
    assert second_step.steps_of(cast.omar) == []
    assert not signed_in(theirs)
    assert mail.outbox[-1].to == ["omar@harbour.example"]
    assert Event.objects.filter(
        kind="second_step_removed", actor=cast.petra, subject=cast.omar
    ).exists()


def test_nobody_removes_their_own_by_that_way_nor_somebody_elses(cast: Cast) -> None:
    for user, by in ((cast.petra, cast.petra), (cast.petra, cast.omar), (cast.omar, cast.ines)):
        if not second_step.steps_of(user):
            steps.app_of(user)
        with pytest.raises(Refused):
            second_step.remove(user=user, by=by)
        assert second_step.steps_of(user)


def test_whoever_runs_the_installation_helps_an_only_owner(cast: Cast) -> None:
    steps.app_of(cast.petra)
    call_command("remove_second_step", "petra@harbour.example")
    assert second_step.steps_of(cast.petra) == []


# ---- a password that spells our own words in signs


@pytest.mark.parametrize(
    "password", ["h1ng3-l4dd3r-1", "H4rb0ur_Phy$10", "El1n 3k h1ng3!", "1adder-2026-hin9e"]
)
def test_words_of_ours_with_signs_for_letters_make_no_password(cast: Cast, password: str) -> None:
    with pytest.raises(ValidationError, match="easy to guess"):
        HardToGuess().validate(password, cast.elin)


def test_words_that_have_nothing_to_do_with_each_other_still_make_one(cast: Cast) -> None:
    HardToGuess().validate("copper kite under 7 plums", cast.elin)
