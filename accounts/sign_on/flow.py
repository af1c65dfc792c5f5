"""The way to the provider and back: the code flow of OpenID Connect, with state, nonce and PKCE.

django-allauth's own provider is not used: it sends no nonce, does not look at the signature of the
token, knows people by a name of the provider instead of its address, and keeps three tables.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.conf import settings
from django.urls import reverse

from accounts import proof
from accounts.sign_on import tokens, web
from accounts.sign_on.provider import Provider
from accounts.sign_on.web import Failed, Unreachable

#: How many seconds the provider's description of itself is kept.
KEPT = 3600
#: How many seconds somebody may take at the provider.
TAKES = 15 * 60
_known: dict[str, tuple[float, dict[str, Any]]] = {}


@dataclass(frozen=True)
class Person:
    """Who signed in at the provider.

    subject: the provider's own name of the account, which never changes
    email: only what the provider has verified; "" otherwise
    """

    issuer: str
    subject: str
    email: str


def begin(provider: Provider, *, anew: bool) -> tuple[str, dict[str, Any]]:
    """Where the browser goes, and what its session keeps until it is back.

    ``anew``: ask for the password, however lately the provider did. Raises Unreachable.
    """
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = base64.urlsafe_b64encode(sha256(kept["verifier"].encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": _back(),
        "scope": "openid email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge.rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "max_age": str(0 if anew else int(proof.LASTS.total_seconds())),
    }
    if anew:
        asked["prompt"] = "login"
    page = _described(provider, "authorization_endpoint")
    address = f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"
    return address, {**kept, "at": time.time(), "anew": anew}


def finish(provider: Provider, kept: Mapping[str, Any], answer: Mapping[str, Any]) -> Person:
    """Who is back from the provider. Raises Failed."""
    if not hmac.compare_digest(str(answer.get("state", "")), kept["state"]):
        raise Failed("another state")
    if time.time() > kept["at"] + TAKES:
        raise Failed("too late")
    if "error" in answer or not answer.get("code"):
        raise Failed("the provider let nobody in")
    given = _exchanged(provider, answer["code"], kept["verifier"])
    said = tokens.read(
        given.get("id_token"),
        provider=provider,
        keys_at=_described(provider, "jwks_uri"),
        nonce=kept["nonce"],
    )
    oldest = kept["at"] - (0 if kept["anew"] else proof.LASTS.total_seconds())
    if not tokens.was_asked_since(said, oldest):
        raise Failed("the provider does not say that it asked for the password lately")
    if "email" not in said:
        said = _told_apart(provider, said, given.get("access_token"))
    return Person(provider.issuer, said["sub"], _verified_email(said))


def _exchanged(provider: Provider, code: str, verifier: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(),
        "code_verifier": verifier,
    }
    headers = {}
    ways = _description(provider).get("token_endpoint_auth_methods_supported") or []
    if "client_secret_post" in ways and "client_secret_basic" not in ways:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    else:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return web.ask(_described(provider, "token_endpoint"), form=form, headers=headers)


def _told_apart(provider: Provider, said: dict[str, Any], access: Any) -> dict[str, Any]:
    """The token with what the provider says about its person at another address."""
    if "userinfo_endpoint" not in _description(provider) or not isinstance(access, str):
        return said
    headers = {"Authorization": f"Bearer {access}"}
    more = web.ask(_described(provider, "userinfo_endpoint"), headers=headers)
    if more.get("sub") != said["sub"]:
        raise Failed("told about somebody else")
    return {**more, **said}


def _verified_email(said: dict[str, Any]) -> str:
    email = said.get("email")
    is_verified = said.get("email_verified") in {True, "true"}
    return email.strip() if isinstance(email, str) and is_verified else ""


def _back() -> str:
    return f"{settings.PUBLIC_URL}{reverse('sign_on_back')}"


def _described(provider: Provider, name: str) -> str:
    address = _description(provider).get(name)
    if not isinstance(address, str):
        raise Unreachable(f"no {name}")
    return address


def _description(provider: Provider) -> dict[str, Any]:
    """What the provider says about itself, under the address that the settings name."""
    at, found = _known.get(provider.issuer, (0.0, {}))
    if not found or not 0 <= time.time() - at < KEPT:
        found = web.ask(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != provider.issuer:
            raise Unreachable("it calls itself by another name")
        _known[provider.issuer] = (time.time(), found)
    return found
