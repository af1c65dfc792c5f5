"""The identity provider that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404

from accounts import hosts

#: The addresses of single sign-on: the way to the provider, and the way back.
ADDRESSES = frozenset({"sign_on", "sign_on_back"})
#: What is closed where the provider is the only way in.
BY_PASSWORD = frozenset(
    {
        "mfa_login_webauthn",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "staff_accept",
        "staff_password",
    }
)


@dataclass(frozen=True)
class Provider:
    """issuer: its address, as its tokens name it
    name: as people call it, such as "Microsoft"
    only: whether staff come in by no other way
    second_step: whether it always asks for a second step itself
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    only: bool
    second_step: bool


def read(env: Any) -> Provider | None:
    """The provider of this environment; None when it names none."""
    issuer = env.str("OIDC_ISSUER", default="").strip()
    if not issuer:
        return None
    client_id = env.str("OIDC_CLIENT_ID", default="").strip()
    secret = env.str("OIDC_CLIENT_SECRET", default="").strip()
    if not client_id or not secret:
        raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, too")
    if not is_private_way(issuer):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER must look like https://login.example.org, not {issuer!r}"
        )
    return Provider(
        issuer=issuer,
        client_id=client_id,
        client_secret=secret,
        name=env.str("OIDC_NAME", default="").strip() or str(urlsplit(issuer).hostname),
        only=env.bool("OIDC_ONLY", default=False),
        second_step=env.bool("OIDC_SECOND_STEP", default=False),
    )


def chosen() -> Provider:
    """The provider that the settings name. Its addresses exist only with one."""
    provider: Provider | None = settings.OIDC
    if provider is None:
        raise Http404
    return provider


def is_only_way_in() -> bool:
    """Whether staff come in by the provider alone, so that no password lets anybody in."""
    return settings.OIDC is not None and settings.OIDC.only


def is_private_way(address: str) -> bool:
    """Whether nobody on the way can read or change what is said there: https, or this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and hosts.is_loopback(parts.hostname or "")
