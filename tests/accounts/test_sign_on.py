"""Staff sign in by the clinic's identity provider, a real one that is started for these tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from accounts import second_step, staff
from accounts.models import Clinic, Event, Role, SignOnLink, User
from tests.accounts import identity, sign_on_urls, steps
from tests.accounts.identity import Identity, begin, changed, query_of, sign_on
from tests.accounts.phones import signed_in
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
BACK = "/account/sign-on/back/"


@pytest.fixture(scope="module")
def running() -> Iterator[Identity]:
    with identity.running() as started:
        yield started


@pytest.fixture
def provider(cast: Cast, running: Identity, settings: Settings) -> Identity:
    Clinic.objects.update(idle_minutes=15)
    settings.OIDC = running.settings()
    settings.ROOT_URLCONF = sign_on_urls.__name__
    running.knows("elin-1", email="Elin@Harbour.example")
    return running


def kinds(user: User | None) -> list[str]:
    return list(Event.objects.filter(subject=user).order_by("pk").values_list("kind", flat=True))


def state_of(user: User) -> tuple[bool, str]:
    found = User.objects.get(pk=user.pk)
    return found.is_active, found.role


# ---- the way in


def test_a_colleague_comes_in_without_a_password_and_it_is_on_record(
    cast: Cast, provider: Identity, client: Client
) -> None:
    assert "Continue with Harbour ID" in client.get("/account/login/").content.decode()
    answer = sign_on(client, provider, "elin-1", next="/caseload/?show=all")
    assert answer["Location"] == "/caseload/?show=all"
    assert client.get("/me/").wsgi_request.user == cast.elin
    assert kinds(cast.elin)[-2:] == ["sign_on_linked", "sign_on"]
    sent = provider.asked[-1]
    assert {"state", "nonce", "code_challenge", "max_age"} <= set(sent)
    assert sent["code_challenge_method"] == "S256"


def test_from_then_on_the_account_counts_and_not_its_email(
    cast: Cast, provider: Identity, client: Client
) -> None:
    sign_on(client, provider, "elin-1")
    provider.knows("elin-1", email="omar@harbour.example")
    again = Client()
    sign_on(again, provider, "elin-1")
    assert again.get("/me/").wsgi_request.user == cast.elin


def test_an_invitation_is_accepted_by_it_and_gives_no_other_role_than_the_owner_chose(
    cast: Cast, provider: Identity, client: Client
) -> None:
    new = staff.invite(
        clinic=cast.harbour,
        name="Nils Nord",
        email="nils@harbour.example",
        role=Role.CLINICIAN,
        by=cast.petra,
    )
    provider.knows("nils-1", email="nils@harbour.example", role="owner", groups=["owner"])
    sign_on(client, provider, "nils-1")
    assert state_of(new) == (True, Role.CLINICIAN)
    assert not User.objects.get(pk=new.pk).has_usable_password()
    assert client.get("/caseload/").status_code == 200


def test_the_clinics_second_step_is_asked_after_it_unless_the_provider_asks_for_one(
    cast: Cast, provider: Identity, client: Client, settings: Settings
) -> None:
    Clinic.objects.update(second_step=True)
    sign_on(client, provider, "elin-1")
    assert client.get("/caseload/")["Location"] == "/account/steps/"
    steps.app_of(cast.elin)
    asked = Client()
    assert sign_on(asked, provider, "elin-1")["Location"] == "/account/step/"
    assert not signed_in(asked)
    asked.post("/account/step/", {"code": steps.code()})
    assert asked.get("/caseload/").status_code == 200
    settings.OIDC = provider.settings(second_step=True)
    entered = Client()
    sign_on(entered, provider, "elin-1")
    assert entered.get("/caseload/").status_code == 200


def test_what_is_important_is_allowed_after_the_provider_was_asked_anew(
    cast: Cast, provider: Identity, client: Client
) -> None:
    provider.knows("petra-1", email="petra@harbour.example")
    User.objects.filter(pk=cast.petra.pk).update(password="!")
    sign_on(client, provider, "petra-1")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=14), tick=False) as clock:
        client.get("/account/steps/app/")
        clock.shift(timedelta(minutes=10))
        pressed = client.post("/account/steps/app/", {"code": steps.code_of(client)})
        assert pressed["Location"].startswith("/account/reauthenticate/")
        shown = client.get(pressed["Location"]).content.decode()
        assert "Continue with Harbour ID" in shown
        assert 'name="password"' not in shown
        address = begin(client, next="/account/steps/app/")
        assert query_of(address)["prompt"] == "login"
        provider.knows("petra-1", email="petra@harbour.example")
        gone_on = client.get(provider.press(address, "petra-1"))
        assert gone_on["Location"] == "/account/steps/codes/"
        assert second_step.steps_of(cast.petra)


def test_what_is_important_waits_in_its_tab_until_the_provider_was_asked_anew(
    cast: Cast, provider: Identity, client: Client
) -> None:
    Clinic.objects.update(idle_minutes=720)
    User.objects.filter(pk=cast.petra.pk).update(password="!")
    provider.knows("petra-1", email="petra@harbour.example")
    sign_on(client, provider, "petra-1")
    change = f"/staff/{cast.omar.pk}/change/"
    form = {"name": "Omar Odeh", "email": "omar@harbour.example", "role": "owner"}
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        asked = client.post(change, form)
        page = asked.content.decode()
        assert (asked.status_code, 'name="password"' in page) == (423, False)
        assert 'target="_blank"' in page
        provider.knows("petra-1", email="petra@harbour.example")
        sign_on(client, provider, "petra-1", apart="1")
        assert client.post(change, form).status_code == 303
    assert state_of(cast.omar) == (True, Role.OWNER)


# ---- the lock


def test_the_lock_opens_only_when_the_provider_has_asked_for_the_password_anew(
    provider: Identity, client: Client
) -> None:
    sign_on(client, provider, "elin-1")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        lock = client.get("/caseload/?show=all")["Location"]
        assert lock.startswith("/account/lock/")
        # Their provider still knows the browser, and asks for nothing.
        silent = client.get(provider.press(begin(client), "elin-1"))
        assert silent.status_code == 400
        assert client.get("/caseload/")["Location"].startswith("/account/lock/")
        provider.knows("elin-1", email="elin@harbour.example")
        opened = sign_on(client, provider, "elin-1", next="/caseload/?show=all")
        assert opened["Location"] == "/caseload/?show=all"
        assert client.get("/caseload/").status_code == 200


def test_what_was_typed_before_the_lock_waits_in_its_tab(
    provider: Identity, client: Client
) -> None:
    sign_on(client, provider, "elin-1")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        typed = {"name": "Ek, Elin", "formal_name": "Dr. Elin Ek"}
        locked = client.post("/me/name/", typed)
        assert locked.status_code == 423
        assert 'target="_blank"' in locked.content.decode()
        kept = {"kept": '[["name", "Ek, Elin"]]', "to": "/me/name/"}
        assert client.post("/account/lock/", kept).status_code == 422
        provider.knows("elin-1", email="elin@harbour.example")
        other_tab = sign_on(client, provider, "elin-1", apart="1")
        assert "Close this tab" in other_tab.content.decode()
        assert 'value="Ek, Elin"' in client.post("/account/lock/", kept).content.decode()


def test_a_colleagues_account_opens_nobody_elses_lock(
    cast: Cast, provider: Identity, client: Client
) -> None:
    sign_on(client, provider, "elin-1")
    client.post("/account/lock/now/")
    provider.knows("omar-1", email="omar@harbour.example")
    assert sign_on(client, provider, "omar-1").status_code == 403
    assert client.get("/caseload/")["Location"].startswith("/account/lock/")
    assert not SignOnLink.objects.filter(user=cast.omar).exists()


# ---- attacks


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "elin@harbour.example", "email_verified": False}, "not verified"),
        ({"email": "elin@harbour.example", "email_verified": "no"}, "not verified"),
        ({"email": None}, "not verified"),
        ({"email": "stranger@harbour.example"}, "invite"),
    ],
)
def test_only_an_email_that_the_provider_has_verified_opens_an_account(
    cast: Cast, provider: Identity, client: Client, claims: dict[str, object], words: str
) -> None:
    people = User.objects.count()
    provider.knows("mallory", **claims)
    refused = sign_on(client, provider, "mallory")
    assert refused.status_code == 403
    assert words in refused.content.decode()
    assert not signed_in(client)
    assert User.objects.count() == people
    assert not SignOnLink.objects.exists()
    assert Event.objects.filter(kind="sign_on_refused", refused=True).count() == 1


def test_another_account_with_the_same_email_is_refused_and_kept_until_an_owner_decides(
    cast: Cast, provider: Identity, client: Client
) -> None:
    sign_on(client, provider, "elin-1")
    provider.knows("elin-2", email="elin@harbour.example")
    other = Client()
    assert sign_on(other, provider, "elin-2").status_code == 403
    assert not signed_in(other)
    assert kinds(cast.elin)[-1] == "sign_on_refused"
    staff.deactivate(user=cast.elin, by=cast.petra)
    assert not signed_in(client)
    staff.reactivate(user=cast.elin, by=cast.petra)
    sign_on(other, provider, "elin-2")
    assert signed_in(other)
    assert sign_on(Client(), provider, "elin-1").status_code == 403


def test_who_has_left_stays_out_whether_known_before_or_not(
    cast: Cast, provider: Identity, client: Client
) -> None:
    sign_on(client, provider, "elin-1")
    for person in (cast.elin, cast.omar):
        staff.deactivate(user=person, by=cast.petra)
    provider.knows("omar-1", email="omar@harbour.example")
    for subject, person in (("elin-1", cast.elin), ("omar-1", cast.omar)):
        left = Client()
        refused = sign_on(left, provider, subject)
        assert refused.status_code == 403
        assert "has ended" in refused.content.decode()
        assert not signed_in(left)
        assert state_of(person)[0] is False
        assert kinds(person)[-1] == "sign_on_refused"


def test_no_patient_and_no_one_whose_invitation_has_run_out_comes_in(
    cast: Cast, provider: Identity, client: Client
) -> None:
    new = staff.invite(
        clinic=cast.harbour, name="N N", email="n@x.example", role=Role.OWNER, by=cast.petra
    )
    provider.knows("maya", email="maya@home.example", name="Maya Roos")
    assert sign_on(client, provider, "maya").status_code == 403
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8), tick=False):
        provider.knows("n", email="n@x.example")
        assert sign_on(client, provider, "n").status_code == 403
    assert state_of(new)[0] is False
    assert not signed_in(client)


def test_a_token_of_another_sign_in_is_refused(provider: Identity, client: Client) -> None:
    elsewhere = changed(begin(client), nonce="of-another-sign-in")
    assert client.get(provider.press(elsewhere, "elin-1")).status_code == 400
    assert not signed_in(client)


def test_what_came_back_once_comes_back_in_vain(provider: Identity, client: Client) -> None:
    back = provider.press(begin(client), "elin-1")
    client.get(back)
    client.post("/account/logout/")
    assert client.get(back).status_code == 400
    fresh = query_of(begin(client))["state"]
    assert client.get(changed(back, state=fresh)).status_code == 502
    assert not signed_in(client)


def test_a_code_of_somebody_elses_browser_is_refused(provider: Identity, client: Client) -> None:
    victim = Client()
    theirs = provider.press(begin(client), "elin-1")
    assert victim.get(theirs).status_code == 400
    mine = query_of(begin(victim))["state"]
    assert victim.get(changed(theirs, state=mine)).status_code == 502
    assert not signed_in(victim)


@pytest.mark.parametrize("answer", ["", "?code=x", "?state=&code=x", "?error=access_denied"])
def test_an_answer_that_nobody_asked_for_is_refused_in_plain_words(
    provider: Identity, client: Client, answer: str
) -> None:
    events = Event.objects.count()
    assert "Begin again" in client.get(BACK + answer).content.decode()
    assert Event.objects.count() == events
    begin(client)
    assert client.get(BACK + answer).status_code == 400


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "x"])
def test_it_leads_nowhere_but_here(provider: Identity, client: Client, to: str) -> None:
    assert sign_on(client, provider, "elin-1", next=to)["Location"] == "/"


def test_nobody_is_led_on_by_another_site_or_by_looking(provider: Identity, cast: Cast) -> None:
    assert Client(enforce_csrf_checks=True).post("/account/sign-on/").status_code == 403
    assert Client().get("/account/sign-on/").status_code == 405
    phone = Client()
    phone.force_login(cast.maya.user)
    assert phone.post("/account/sign-on/")["Location"] == "/"


def test_a_provider_that_does_not_answer_is_said_so(
    provider: Identity, client: Client, settings: Settings
) -> None:
    settings.OIDC = Identity("http://localhost:9").settings()
    answer = client.post("/account/sign-on/")
    assert answer.status_code == 502
    assert "Harbour ID does not answer" in answer.content.decode()


def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    provider: Identity, client: Client, settings: Settings
) -> None:
    settings.OIDC = Identity(provider.issuer.replace("localhost", "127.0.0.1") + "/").settings()
    assert client.post("/account/sign-on/").status_code == 502


# ---- the only way in


def test_where_it_is_the_only_way_no_password_opens_anything(
    cast: Cast, provider: Identity, client: Client, settings: Settings
) -> None:
    settings.OIDC = provider.settings(only=True)
    page = client.get("/account/login/").content.decode()
    assert 'name="password"' not in page
    assert "Continue with Harbour ID" in page
    client.post("/account/login/", {"login": cast.elin.email, "password": PASSWORD})
    assert not signed_in(client)
    assert not client.login(email=cast.elin.email, password=PASSWORD)
    for address in ("/account/password/reset/", "/account/passkey/", "/join/x/"):
        assert client.get(address)["Location"] == "/", address
    sign_on(client, provider, "elin-1")
    client.post("/account/lock/now/")
    assert 'name="password"' not in client.get("/account/lock/").content.decode()
    client.post("/account/lock/", {"password": PASSWORD})
    assert client.get("/caseload/")["Location"].startswith("/account/lock/")


def test_without_the_setting_there_is_no_button_and_no_address(client: Client) -> None:
    assert "sign-on" not in client.get("/account/login/").content.decode()
    assert client.post("/account/sign-on/").status_code == 404
    assert client.get(BACK).status_code == 404
