"""Every kind of event of the audit trail is told in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from trail.words import EVENTS

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "curriculum", "patients", "law", "trail", "config")
#: Functions whose first word, or whose ``kind``, is the kind of an event.
RECORDING = {"record", "record_each", "_refused", "show", "press"}


def _words(node: ast.expr) -> Iterator[str]:
    """The words in code, also those of a choice between two."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _told_by(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name not in RECORDING:
        return
    if name in {"record", "record_each"} and call.args:
        yield from _words(call.args[0])
    if name == "_refused" and len(call.args) == 3:
        yield from _words(call.args[0])
    for keyword in call.keywords:
        if keyword.arg == "kind" and name in {"show", "press"}:
            yield from _words(keyword.value)


def kinds() -> set[str]:
    """Every kind that the product writes."""
    found: set[str] = {"link_shown"}  # the default of ``links.show``
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    found.update(_told_by(node))
    return found


def test_every_event_is_told_in_words() -> None:
    written = kinds()
    assert {"sign_in_limited", "link_printed", "erased", "sign_ins_ended"} <= written
    assert len(written) > 35
    assert written - EVENTS.keys() == set()
    assert EVENTS.keys() - written == set()
