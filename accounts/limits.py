"""Limits wrong passwords by account, network and known device. Nothing counts by the Host header,
which the sender chooses.

A stranger who tries the passwords of a colleague locks out strangers: the colleague still comes in
where they have signed in before, and from other networks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

from accounts import audit, device_cookie
from accounts.models import User
from accounts.refusals import Refused

#: In the words of django-allauth: how often, in what time, counted by what.
WRONG_PASSWORDS = {
    "network": "10/m/ip",
    # Fewer than the account allows in all, so that one network cannot use up all.
    "account_here": "5/300s/key,15/h/key",
    "account": "50/h/key",
    "device": "5/300s/key,30/d/key",
}
STRANGE = ("network", "account_here", "account")
#: How often an owner is told that an e-mail is taken. Who signs in at another clinic of the
#: installation is nobody's business, and a list of addresses is tried in no other way.
TAKEN = {"email_taken": "5/d/key"}


class PasswordTry:
    """A password that somebody types for an account. It counts as wrong until it is taken back."""

    def __init__(self, request: HttpRequest, email: str) -> None:
        self.request = request
        self.usages: list[RateLimitUsage] = []
        self.keys = _keys(request, email)

    def begin(self) -> bool:
        """Count the try; False if there were too many already."""
        for action, key in self.keys.items():
            usage = ratelimit.consume(
                self.request, app=__name__, action=action, config=WRONG_PASSWORDS, key=key
            )
            if usage is None:
                return False
            self.usages.append(usage)
        return True

    def take_back(self) -> None:
        for usage in self.usages:
            usage.rollback()


def forgive(request: HttpRequest, email: str) -> None:
    """Forget the wrong tries for an account whose password was reset, here and anywhere."""
    for action, key in _keys(request, email).items():
        if action != "network":
            ratelimit.clear(request, app=__name__, action=action, config=WRONG_PASSWORDS, key=key)


@contextmanager
def address_tried(request: HttpRequest, by: User) -> Iterator[None]:
    """Let an owner write an e-mail by which somebody shall sign in. One that is taken counts, and
    stands in the clinic's events.

    Raises Refused("emails_tried") when too many were taken today, whatever this one is.
    """
    usage = ratelimit.consume(
        request, app=__name__, action="email_taken", config=TAKEN, key=f"user {by.pk}"
    )
    if usage is None:
        raise Refused("emails_tried")
    try:
        yield
    except Refused as refused:
        if refused.code == "email_taken":
            audit.record("email_refused", actor=by, request=request, refused=True)
        else:
            usage.rollback()
        raise
    usage.rollback()


def _keys(request: HttpRequest, email: str) -> dict[str, str]:
    """By what each limit counts that holds for this browser, the network's first."""
    person = User.objects.filter(email__iexact=email).order_by().only("pk").first()
    if person is None:
        account = email.casefold()
    else:
        account = f"user {person.pk}"
        if device := device_cookie.device_of(request, person.pk):
            return {"device": f"{account} on {device}"}
    here = f"{account} from {ratelimit.get_ip(request)}"
    return dict(zip(STRANGE, ("", here, account), strict=True))
