"""The log: one line a record, or one JSON object, each with the id of its request.

The settings read this module, so it needs none of them.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from accounts.logs import request_id
from config import errors
from config.faults import chain_of

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("line", "json")
#: The logger of the access log. It writes whatever the level of the others.
ACCESS = "access"


def settings(env: Any) -> dict[str, Any]:
    """``LOGGING``. Raises ImproperlyConfigured with a sentence for whoever wrote the settings."""
    level = _one_of(env, "LOG_LEVEL", "WARNING", LEVELS, str.upper)
    shape = _one_of(env, "LOG_FORMAT", "line", FORMATS, str.lower)
    access = env.bool("ACCESS_LOG", default=True)
    told = errors.settings(env)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "config.logs.Line"}, "json": {"()": "config.logs.Json"}},
        "filters": {"without_keys": {"()": "accounts.logs.WithoutKeys"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": shape,
                "filters": ["without_keys"],
            },
            "access": {"class": "logging.StreamHandler", "formatter": shape},
            **({"told": told} if told else {}),
        },
        "loggers": {
            # Django's own mails the whole request to the admins.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # At DEBUG it writes what people typed, as it goes into the database.
            "django.db.backends": {"level": "INFO"},
            ACCESS: {
                "handlers": ["access"],
                "level": "INFO" if access else "CRITICAL",
                "propagate": False,
            },
        },
        "root": {"handlers": ["stderr", *(["told"] if told else [])], "level": level},
    }


def _one_of(env: Any, name: str, default: str, allowed: tuple[str, ...], case: Any) -> str:
    written = env.str(name, default=default)
    value: str = case(written.strip())
    if value not in allowed:
        choices = ", ".join(one.lower() for one in allowed)
        raise ImproperlyConfigured(f"{name} must be one of {choices}, not {written!r}")
    return value


def _at(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


class Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = f"{_at(record)} {record.levelname} {record.name} {record.getMessage()}"
        if of := request_id.get():
            text += f" [{of}]"
        if error := _error(record):
            text += " | " + " | after ".join(map(str, chain_of(error)))
        return text


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if of := request_id.get():
            told["request_id"] = of
        told.update(getattr(record, "fields", {}))
        if error := _error(record):
            told["errors"] = [
                {"type": one.kind, "words": one.words, "where": list(map(str, one.places))}
                for one in chain_of(error)
            ]
        return json.dumps(told, ensure_ascii=False)
