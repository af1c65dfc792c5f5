"""An installation in use takes the release that keeps digests of keys: everybody stays signed in,
and no published password opens anything."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.models import Clinic, Phone, SignIn, SignOnLink, User
from config import triggers
from curriculum.models import Ladder
from patients.summaries import verify
from patients.verbs import carers as carer_verbs
from tests import factories, steps
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.kept_rows import KeptRows
from tests.patients.clinic_pages import browser


def migrate(*to: str) -> None:
    steps.migrate(*to)


def _as_before(cast: Cast) -> tuple[str, str]:
    """Sign a clinician and a phone in by the release that kept session keys as they are."""
    migrate("accounts", "0010")
    keys = []
    for user, key, days in ((cast.elin, "e" * 32, 1), (cast.maya.user, "m" * 32, 180)):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        ends = timezone.now() + timedelta(days=days)
        session.set_expiry(ends)
        _insert("django_session", key, session.encode(dict(session.items())), str(ends))
        keys.append(key)
    _insert("django_session", "o" * 32, "", str(timezone.now() - timedelta(days=1)))
    columns = ("user_id", "session_key", "label", "signed_in_at")
    _insert(
        "accounts_phone", cast.maya.user.pk, keys[1], "Firefox", str(timezone.now()), of=columns
    )
    return keys[0], keys[1]


def _insert(table: str, *values: Any, of: tuple[str, ...] = ()) -> None:
    columns = of or ("session_key", "session_data", "expire_date")
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", values)  # noqa: S608


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_everybody_stays_signed_in_when_keys_become_digests(cast: Cast) -> None:
    staff_key, phone_key = _as_before(cast)
    migrate()
    for key in (staff_key, phone_key):
        browser = Client()
        browser.cookies["sid"] = key
        assert browser.get("/me/").status_code == 200
        assert (b"Firefox" in browser.get("/me/").content) == (key == phone_key)
    kept = KeptRows.of(connection, "accounts").tables
    assert len(kept["accounts_session"].rows) == 2
    assert not {staff_key, phone_key, "o" * 32} & {
        cell
        for table in kept.values()
        for row in table.rows
        for cell in row
        if isinstance(cell, str)
    }
    assert not {"django_session", "cache"} & set(connection.introspection.table_names())
    end = Client()
    end.cookies["sid"] = phone_key
    end.post(reverse("phone_end", args=[Phone.objects.get().pk]))
    assert end.get("/me/").status_code == 302


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_was_signed_in_before_sign_ins_were_listed_stays_in_and_can_be_put_out(
    cast: Cast,
) -> None:
    """The releases that brought single sign-on, the list of own sign-ins, and news about them."""
    at_home = browser(cast.elin)
    migrate("accounts", "0017")
    migrate()
    page = at_home.get("/me/")
    assert page.status_code == 200
    assert not SignIn.objects.exists()
    assert not SignOnLink.objects.exists()
    assert b"changed your" not in page.content
    in_the_clinic = browser(cast.elin)
    assert [row.user for row in SignIn.objects.all()] == [cast.elin]
    assert in_the_clinic.post(reverse("sign_ins_end")).status_code == 303
    assert in_the_clinic.get("/me/").status_code == 200
    assert at_home.get("/me/").status_code == 302


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_demo_keeps_a_published_password_or_stays_open_beside_a_real_clinic(
    curriculum: Ladder,
) -> None:
    demo = factories.clinic("Harbour Physio")
    person = factories.owner(demo, "Petra Palm", email="petra@harbour.example")
    migrate("accounts", "0010")
    _alone_with_a_published_password(demo, person)
    migrate()
    person.refresh_from_db()
    assert person.is_active
    assert not _comes_in("petra@harbour.example", PASSWORD)
    said = StringIO()
    call_command("demo", stdout=said)
    printed = re.search(r"password: (.+)", said.getvalue())
    assert printed
    assert _comes_in("petra@harbour.example", printed[1])
    triggers.remove(connection)
    factories.owner(factories.clinic("North"), "Nina North", email="nina@north.example")
    migrate("accounts", "0010")
    migrate()
    assert not _comes_in("petra@harbour.example", printed[1])
    assert _comes_in("nina@north.example", PASSWORD)
    person.refresh_from_db()
    assert not person.is_active


def _alone_with_a_published_password(demo: Clinic, person: User) -> None:
    triggers.remove(connection)
    Clinic.objects.filter(pk=demo.pk).update(demo=True)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])


def _comes_in(email: str, password: str) -> bool:
    browser = Client()
    browser.post("/account/login/", {"login": email, "password": password})
    return browser.get("/me/").status_code == 200


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_everybody_stays_who_they_are_when_carers_come(cast: Cast) -> None:
    migrate("accounts", "0022")
    before = KeptRows.of_tables(connection, ["accounts_user"]).tables
    migrate()
    assert KeptRows.of_tables(connection, ["accounts_user"]).tables == before
    carer = carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)
    links.issue(carer.user, by=cast.elin)
    assert list(verify.differences()) == []
