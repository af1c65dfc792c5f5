"""Recognises a person by e-mail and password at sign-in, and by the session afterwards."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.prepared import Prepared

_known = User.objects.select_related("clinic", "phone_link").order_by()
_active_user = Prepared(lambda pk: _known.filter(pk=pk, is_active=True), pk=int)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        """The signed-in person with the clinic, and a patient with the link, in one query.

        It is None for a deactivated person, whose session ends with that.
        """
        return _active_user.first(pk=user_id)
