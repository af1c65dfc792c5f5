"""Redacts sign-in links in log lines."""

from __future__ import annotations

import logging
import re

_KEYS = re.compile(r"/(p|join|account/password/reset/key)/[^/\s]+")


class WithoutKeys(logging.Filter):
    """Shortens addresses that let their reader in.

    They are a patient's link, an invitation, and the link of a password mail.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _KEYS.sub(r"/\1/…", record.getMessage())
        record.args = None
        return True
