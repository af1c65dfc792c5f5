"""The pages that ask for a second step offer what the person has."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from tests.accounts import steps
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_passkey_is_offered_only_to_who_has_one(cast: Cast) -> None:
    Clinic.objects.update(second_step=True)
    steps.app_of(cast.elin)
    steps.app_of(cast.omar)
    steps.passkey_of(cast.omar)
    offered = []
    for user in (cast.elin, cast.omar):
        at_the_door = Client()
        at_the_door.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        inside = Client()
        inside.force_login(user)
        pages = [
            at_the_door.get(reverse("mfa_authenticate")),
            inside.get(reverse("mfa_reauthenticate")),
        ]
        offered.append(["data-passkey" in page.content.decode() for page in pages])
    assert offered == [[False, False], [True, True]]
