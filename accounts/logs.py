"""What must not stand in a log: an address that lets its reader in."""

from __future__ import annotations

import logging
import re

_KEYS = re.compile(r"/(p|join|account/password/reset/key)/[^/\s]+")


class WithoutKeys(logging.Filter):
    """Shortens the addresses that are keys: a patient's link, an invitation, the link of a password
    mail."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _KEYS.sub(r"/\1/…", record.getMessage())
        record.args = None
        return True
