"""Recognises a person by e-mail and password at sign-in, and by the session afterwards."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from accounts import known_clinic
from accounts.models import User
from accounts.prepared import Prepared
from accounts.sign_on.provider import is_only_way_in

_known = User.objects.select_related("clinic", "phone_link").order_by()
_active_user = Prepared(lambda pk: _known.filter(pk=pk, is_active=True), pk=int)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose password this is; nobody's, where the provider is the only way in."""
        if is_only_way_in():
            return None
        found: User | None = super().authenticate(request, **credentials)
        return found

    def get_user(self, user_id: int) -> User | None:
        """The signed-in person with the clinic, and a patient with the link, in one query.

        It is None for a deactivated person, whose session ends with that.
        """
        person: User | None = _active_user.first(pk=user_id)
        if person is not None:
            known_clinic.see(person.clinic)
        return person
