"""Reads the provider's token about a person: signed by the provider, for us, now, and for this
sign-in."""

from __future__ import annotations

import time
from typing import Any

import jwt

from accounts.sign_on import web
from accounts.sign_on.provider import Provider
from accounts.sign_on.web import Failed

#: Signatures with a key that only the provider has. Never "none", nor one made with our secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
#: How many seconds two clocks may differ.
CLOCKS = 60


def read(token: Any, *, provider: Provider, keys_at: str, nonce: str) -> dict[str, Any]:
    """What the token says. Raises Failed."""
    said: dict[str, Any] | None = None
    try:
        head = jwt.get_unverified_header(token)
        for key in _fitting(web.ask(keys_at).get("keys"), head):
            said = _opened(token, key, provider)
            if said is not None:
                break
    except jwt.PyJWTError as problem:
        raise Failed(f"token: {type(problem).__name__}") from problem
    if said is None:
        raise Failed("token: no key of the provider fits")
    _is_for_us(said, provider, nonce)
    return said


def _fitting(keys: Any, head: dict[str, Any]) -> list[jwt.PyJWK]:
    """The provider's keys that can have signed it."""
    algorithm = head.get("alg")
    if algorithm not in ALGORITHMS or not isinstance(keys, list):
        return []
    found = []
    for key in filter(_signs, keys):
        named = key.get("kid") == head.get("kid") or "kid" not in head
        if named and key.get("alg", algorithm) == algorithm:
            found.append(jwt.PyJWK(key, algorithm=algorithm))
    return found


def _signs(key: Any) -> bool:
    return isinstance(key, dict) and key.get("use", "sig") == "sig" and key.get("kty") != "oct"


def _opened(token: str, key: jwt.PyJWK, provider: Provider) -> dict[str, Any] | None:
    """What it says, if this key signed it."""
    asked = ["exp", "iat", "iss", "aud", "sub"]
    try:
        said: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=ALGORITHMS,
            issuer=provider.issuer,
            audience=provider.client_id,
            leeway=CLOCKS,
            options={"require": asked},
        )
    except jwt.InvalidSignatureError:
        return None
    return said


def _is_for_us(said: dict[str, Any], provider: Provider, nonce: str) -> None:
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if (several or "azp" in said) and said.get("azp") != provider.client_id:
        raise Failed("token: for somebody else")
    if said.get("nonce") != nonce:
        raise Failed("token: of another sign-in")
    if not said["sub"] or len(said["sub"]) > 255:
        raise Failed("token: about nobody")


def was_asked_since(said: dict[str, Any], oldest: float) -> bool:
    """Whether the provider says that the person showed it a password, or more, after that."""
    at = said.get("auth_time")
    if not isinstance(at, int | float):
        return False
    return oldest - CLOCKS <= at <= time.time() + CLOCKS
