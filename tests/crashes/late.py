"""The product, some of whose answers are late by a moment: a crash then finds saved what nobody was
told of."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from config.wsgi import application as product

#: How many of the answers to a form, and by how many seconds.
SHARE = 0.25
SECONDS = 0.3


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    answer: Iterable[bytes] = product(environ, start_response)
    if environ["REQUEST_METHOD"] == "POST" and random.random() < SHARE:
        time.sleep(SECONDS)
    return answer
