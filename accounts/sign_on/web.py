"""Asks the provider over the network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from accounts.sign_on.provider import is_private_way

#: How many seconds an answer of the provider may take, and how many bytes it may have.
PATIENCE = 10
LARGEST = 1024 * 1024


class Failed(Exception):
    """A sign-in by the provider came to nothing. ``code`` says in the log what happened."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Unreachable(Failed):
    """The provider did not answer, or not as OpenID Connect asks."""


class _Stays(HTTPRedirectHandler):
    """A secret goes to the address that the provider names, and to no other."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


_opener = build_opener(_Stays)


def ask(
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What an address of the provider answers, in JSON. Raises Unreachable."""
    if not is_private_way(address):
        raise Unreachable("an address without https")
    body = urlencode(form).encode() if form is not None else None
    headers = {"Accept": "application/json", **(headers or {})}
    request = Request(address, data=body, headers=headers)  # noqa: S310 (https, as asked above)
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            said = json.loads(answer.read(LARGEST))
    except (URLError, HTTPException, OSError, ValueError) as problem:
        raise Unreachable(f"{type(problem).__name__} {getattr(problem, 'code', '')}") from problem
    if not isinstance(said, dict):
        raise Unreachable("no JSON object")
    return said
