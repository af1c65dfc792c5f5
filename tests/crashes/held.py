"""The product, whose first answer to a form never leaves: the file `held` in `VAR_DIR` says that
all was saved by then."""

from __future__ import annotations

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings

from config.wsgi import application as product


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    answer: Iterable[bytes] = product(environ, start_response)
    held = settings.VAR / "held"
    if environ["REQUEST_METHOD"] == "POST" and not held.exists():
        held.touch()
        time.sleep(600)
    return answer
