"""The token about a person is believed only when the provider signed it, for us and for this
sign-in."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from accounts.sign_on import tokens
from accounts.sign_on.web import Failed
from tests.accounts import identity
from tests.accounts.identity import Identity


def forged(provider: Identity, key: str = "provider", **claims: Any) -> str:
    """A token as it would be right, but for these claims and this key."""
    now = int(time.time())
    right = {"iss": provider.issuer, "aud": "hinge", "sub": "elin-1", "nonce": "n"}
    said = right | {"iat": now, "exp": now + 60} | claims
    if key == "none":
        return jwt.encode(said, "", algorithm="none")
    if key == "our secret":
        return jwt.encode(said, provider.settings().client_secret * 4, algorithm="HS256")
    return jwt.encode(said, KEYS[key], algorithm="RS256", headers={"kid": "1"})


KEYS = {
    name: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for name in ("provider", "mallory")
}


@pytest.mark.parametrize(
    ("key", "claims"),
    [
        ("mallory", {}),
        ("none", {}),
        ("our secret", {}),
        ("provider", {"aud": "another"}),
        ("provider", {"aud": ["hinge", "another"]}),
        ("provider", {"azp": "another"}),
        ("provider", {"iss": "https://evil.example"}),
        ("provider", {"exp": 1}),
        ("provider", {"nonce": "of another"}),
        ("provider", {"nonce": None}),
        ("provider", {"sub": ""}),
    ],
)
def test_a_token_that_is_not_the_providers_or_not_for_us_is_refused(
    key: str, claims: dict[str, Any]
) -> None:
    public: Any = RSAAlgorithm.to_jwk(KEYS["provider"].public_key(), as_dict=True)
    with serving({"keys": [{**public, "kid": "1"}]}) as address:
        provider = Identity(address)

        def read(token: str) -> dict[str, Any]:
            return tokens.read(
                token, provider=provider.settings(), keys_at=f"{address}/jwks", nonce="n"
            )

        assert read(forged(provider))["sub"] == "elin-1"
        with pytest.raises(Failed):
            read(forged(provider, key, **claims))


@contextmanager
def serving(said: Any) -> Iterator[str]:
    """A server that answers everything with this; its address."""
    body = json.dumps(said).encode()

    def answer(_environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        return [body]

    with identity.served(answer) as port:
        yield f"http://localhost:{port}"
