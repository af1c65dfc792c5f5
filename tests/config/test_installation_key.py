"""Every machine of an installation signs with the same key, and whoever changes it knows it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from accounts import jobs
from accounts.models import Installation, Job
from config import installation_key
from config.installation_key import WrongKey
from tests import steps

pytestmark = pytest.mark.django_db
OLD = "o" * 50
NEW = "n" * 50


def _accept(*options: str) -> str:
    out = StringIO()
    call_command("accept_key", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def first(settings: Settings) -> None:
    settings.SECRET_KEY = OLD
    installation_key.check()


def test_a_machine_with_the_key_of_the_others_serves(settings: Settings) -> None:
    installation_key.check()
    assert Installation.objects.count() == 1
    assert OLD not in Installation.objects.get().fingerprint


def test_a_machine_with_another_key_does_not(settings: Settings) -> None:
    settings.SECRET_KEY = NEW
    with pytest.raises(WrongKey, match="SECRET_KEY_FALLBACKS"):
        installation_key.check()
    settings.SECRET_KEY = OLD
    installation_key.check()


def test_a_new_key_that_knows_the_old_one_takes_its_place(settings: Settings) -> None:
    settings.SECRET_KEY = NEW
    settings.SECRET_KEY_FALLBACKS = [OLD]
    installation_key.check()
    settings.SECRET_KEY_FALLBACKS = []
    installation_key.check()
    settings.SECRET_KEY = OLD
    with pytest.raises(WrongKey):
        installation_key.check()


def test_a_key_that_was_stolen_is_replaced_knowingly(settings: Settings) -> None:
    assert "Nothing to do" in _accept("--confirm")
    settings.SECRET_KEY = NEW
    assert "QR codes on paper" in _accept()
    with pytest.raises(WrongKey):
        installation_key.check()
    assert "is now the installation's" in _accept("--confirm")
    installation_key.check()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_installation_in_use_keeps_its_key_and_plans_its_jobs() -> None:
    steps.migrate("accounts", "0023")
    # A machine of this release whose database is still that of the one before.
    installation_key.check()
    steps.migrate()
    assert not Installation.objects.exists()
    installation_key.check()
    assert Installation.objects.get().fingerprint == installation_key.fingerprint(OLD)
    jobs.ensure()
    assert set(Job.objects.values_list("pk", flat=True)) == set(jobs.known())
