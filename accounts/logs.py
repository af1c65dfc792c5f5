"""Takes out of log lines what opens a door, and what people typed.

The settings read this module, so it needs none of them.
"""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar

#: The id of the request that this thread answers, which its answer carries as ``X-Request-ID``.
request_id: ContextVar[str] = ContextVar("request_id", default="")

_KEYS = re.compile(r"/(p|join|calendar|account/password/reset/key)/[^/\s]+")
#: A part of an address that only a program can have made.
_OPAQUE = re.compile(r"(?<=/)(?=[^/\s?'\"]*[0-9A-Z])[\w:=.~%+-]{20,}(?=[/\s?'\",]|$)")
_QUERY = re.compile(r"(/[^\s?'\"]*)\?[^\s'\"]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
#: Signs that begin a new line, or move on a terminal.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def blotted(text: str) -> str:
    """The text in one line, without keys, queries and addresses of people."""
    text = _CONTROL.sub(lambda sign: repr(sign[0])[1:-1], text)
    text = _QUERY.sub(r"\1?…", _KEYS.sub(r"/\1/…", text))
    return _MAIL.sub("…@…", _OPAQUE.sub("…", text))


class WithoutKeys(logging.Filter):
    """Shortens addresses that let their reader in, and keeps a record in one line.

    They are a patient's link, an invitation, and the link of a password mail.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        # Of an error that is told to others the pattern alone goes out: see ``config.errors``.
        record.pattern = str(record.msg)
        record.msg = blotted(record.getMessage())
        record.args = None
        return True
