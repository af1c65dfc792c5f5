"""Recognises a person by e-mail and password at sign-in, and by the session afterwards."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.prepared import Prepared

_active_user = Prepared(
    lambda pk: User.objects.select_related("clinic").filter(pk=pk, is_active=True).order_by(),
    pk=int,
)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        """The signed-in person with the clinic, in one query.

        It is None for a deactivated person, whose session ends with that.
        """
        return _active_user.first(pk=user_id)
