"""The product as a WSGI application."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_whole = get_wsgi_application()


def load() -> None:
    """Load the rest too. The server calls this before its processes part."""
    from config import loading

    loading.load()


class _WithoutBody:
    """An answer of which the head alone is sent."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    def close(self) -> None:
        if hasattr(self.answer, "close"):
            self.answer.close()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    answer = _whole(environ, start_response)
    # Django answers HEAD as it does GET, and not every server keeps the body back. The next answer
    # on the connection would begin with it.
    return _WithoutBody(answer) if environ["REQUEST_METHOD"] == "HEAD" else answer
