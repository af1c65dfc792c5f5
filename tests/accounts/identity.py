"""A real identity provider for a test: codes, keys and signed tokens, over the network.

It is `oidc-provider-mock`, which asks for no PKCE. What stands in front of it here does.
"""

from __future__ import annotations

import base64
import io
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import oidc_provider_mock
from django.test import Client
from werkzeug.serving import make_server

from accounts.sign_on.provider import Provider

BEGIN = "/account/sign-on/"


@dataclass
class Identity:
    """The provider, and what the browser of a test does there."""

    issuer: str
    challenges: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def settings(self, **choices: Any) -> Provider:
        kept = {"only": False, "second_step": False} | choices
        return Provider(self.issuer, "hinge", "a secret: of ours", "Harbour ID", **kept)

    def knows(self, subject: str, **claims: Any) -> None:
        """Somebody has an account there, and has just shown the password for it."""
        usual = {"email_verified": True, "auth_time": int(time.time())}
        said = httpx.put(f"{self.issuer}/users/{subject}", json=usual | claims)
        assert said.status_code == 204

    def press(self, address: str, subject: str) -> str:
        """Sign in there as this person; where the provider leads the browser, without the host."""
        self.asked.append(query_of(address))
        answer = httpx.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        to = urlsplit(answer.headers["location"])
        return f"{to.path}?{to.query}"


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def changed(address: str, **values: str) -> str:
    """The address with other values in its query."""
    return f"{address.partition('?')[0]}?{urlencode(query_of(address) | values)}"


def begin(browser: Client, **form: str) -> str:
    """Press the button; the address at the provider to which the page leads."""
    page = browser.post(BEGIN, form).content.decode()
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert found is not None, page
    return unescape(found[1])


def sign_on(browser: Client, provider: Identity, subject: str, **form: str) -> Any:
    """The whole way: the button, the provider, and back."""
    return browser.get(provider.press(begin(browser, **form), subject))


@contextmanager
def running() -> Iterator[Identity]:
    identity = Identity("")
    with served(_demanding(identity)) as port:
        identity.issuer = f"http://localhost:{port}"
        yield identity


@contextmanager
def served(application: Any) -> Iterator[int]:
    """A server of this application, for as long; its port."""
    server = make_server("localhost", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _demanding(identity: Identity) -> Any:
    """The provider, which gives a token only to who knows what the challenge was made from."""
    behind = oidc_provider_mock.app(require_nonce=True)

    def answer(environ: dict[str, Any], start: Any) -> Any:
        path = environ["PATH_INFO"]
        if path == "/oauth2/token" and not _knows(identity, environ):
            start("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']

        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            to = dict(headers).get("Location", "")
            if path == "/oauth2/authorize" and "code=" in to:
                asked = query_of(f"?{environ['QUERY_STRING']}")
                identity.challenges[query_of(to)["code"]] = asked["code_challenge"]
            return start(status, headers, *more)

        return behind(environ, begin)

    return answer


def _knows(identity: Identity, environ: dict[str, Any]) -> bool:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    environ["wsgi.input"] = io.BytesIO(body)
    said = query_of(f"?{body.decode()}")
    digest = sha256(said.get("code_verifier", "").encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return identity.challenges.get(said.get("code", "")) == made
