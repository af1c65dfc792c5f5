"""Second steps of the people of a test: an app for codes, a passkey in software, a fresh proof."""

from __future__ import annotations

import json
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ORIGIN = "http://localhost"
#: A person was seen, and known by a finger or a PIN.
SEEN_AND_KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def app_of(user: User) -> None:
    """Give the person an app for codes, set up as ``code`` reckons."""
    TOTP.activate(user, SECRET)


def code(later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return f"{hotp_value(SECRET, int(time.time()) // 30 + later):06}"


def code_of(browser: Client) -> str:
    """What an app shows that has just scanned the page of this browser."""
    secret = browser.session[SECRET_SESSION_KEY]
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


def showed(browser: Client) -> None:
    """As if a second step had been shown in this sign-in."""
    session = browser.session
    session["account_authentication_methods"] += [{"method": "mfa", "at": time.time()}]
    session.save()


def grow_old(browser: Client, by: timedelta) -> None:
    """As if the person had signed in, and shown all proofs, so much earlier."""
    session = browser.session
    session["signed_in"] -= by.total_seconds()
    for record in session.get("account_authentication_methods", []):
        record["at"] -= by.total_seconds()
    session.save()


def prove(browser: Client, user: User) -> None:
    """As if the person had just signed in by typing the password, and begun to set up an app."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session[SECRET_SESSION_KEY] = SECRET
    session.save()


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


@dataclass(frozen=True)
class Passkey:
    """A passkey in software. It signs what a server asks, for the site that it was made for.

    ``number``: the secret that its key is derived from
    """

    user: User
    number: int
    name: bytes = b"a passkey of the tests"
    site: str = "localhost"
    pk: int = 0

    @property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(self.number, ec.SECP256R1())

    def _data(
        self, flags: AuthenticatorData.FLAG, made: AttestedCredentialData | None = None
    ) -> bytes:
        site = sha256(self.site.encode()).digest()
        return bytes(AuthenticatorData.create(site, flags, 1, made or b""))

    def registration(self) -> dict[str, Any]:
        """What the database keeps of it."""
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        made = AttestedCredentialData.create(b"\0" * 16, self.name, public)
        flags = SEEN_AND_KNOWN | AuthenticatorData.FLAG.AT
        asked = {"type": "webauthn.create", "challenge": "AAAA", "origin": ORIGIN}
        answer = {
            "clientDataJSON": _text(json.dumps(asked).encode()),
            "attestationObject": _text(_attested(self._data(flags, made))),
        }
        return self._said(answer) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def answer(self, asked: dict[str, Any], origin: str = ORIGIN) -> str:
        """The answer to what the server asked, as a page posts it."""
        challenge = asked["request_options"]["publicKey"]["challenge"]
        client = json.dumps(
            {"type": "webauthn.get", "challenge": challenge, "origin": origin, "crossOrigin": False}
        ).encode()
        data = self._data(SEEN_AND_KNOWN)
        signature = self._key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(data),
            "signature": _text(signature),
            "userHandle": _text(user_pk_to_url_str(self.user).encode()),
        }
        return json.dumps(self._said(answer))

    def _said(self, answer: dict[str, str]) -> dict[str, Any]:
        name = _text(self.name)
        return {"id": name, "rawId": name, "type": "public-key", "response": answer}


def _attested(data: bytes) -> bytes:
    """The outer shell of a registration, in CBOR."""
    head = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"
    return head + b"\x59" + len(data).to_bytes(2, "big") + data


def unknown_passkey_of(user: User) -> Passkey:
    """A passkey of which the database knows nothing."""
    return Passkey(user, secrets.randbits(255) + 1)


def passkey_of(user: User) -> Passkey:
    passkey = unknown_passkey_of(user)
    kept = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "iPad", "credential": passkey.registration()},
    )
    return replace(passkey, pk=kept.pk)
